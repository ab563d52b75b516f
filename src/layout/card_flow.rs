//! Sheets of cards in the flow of documents: a new one, or the current one going on.

use super::cards::{self, Cards};
use super::flow::{Draft, Walk};
use super::forms::{self, Labels};
use super::join::{self, Boundary};
use super::parts::{Part, begins_document, part_rows};
use super::passage::Passage;
use crate::ledger::Class;

impl<'a> Walk<'a, '_> {
    /// A sheet of cards, as a new document or as the current one going on.
    pub(super) fn cards(&mut self, pending: &[Part<'a>]) -> bool {
        let text = &self.reading.text;
        let parts: Vec<Vec<Passage>> = pending
            .iter()
            .flat_map(|part| part_rows(part, text))
            .collect();
        for layout in self.choice.cards() {
            let current = self
                .flow
                .drafts
                .last()
                .is_some_and(|draft| draft.layout.name == layout.name);
            let labels = Labels::of(layout);
            let begins = parts
                .iter()
                .any(|cells| begins_document(cells, &labels, text));
            let Some(found) = cards::cards(&parts, layout, text, current && !begins) else {
                continue;
            };
            self.flow
                .claims
                .extend(found.repeated.iter().map(|&range| (Class::Repeated, range)));
            if current && !begins {
                self.more_cards(found);
            } else {
                let head = forms::read_head(&parts[..found.head], &labels, text);
                let columns = found.columns(layout);
                self.flow.drafts.push(Draft {
                    layout,
                    head,
                    columns,
                    rows: found.rows,
                    rest: found.rest,
                    sheet: self.sheet,
                    block: self.block,
                    notes: Vec::new(),
                    boundary: Boundary::default(),
                });
            }
            return true;
        }
        false
    }

    /// Cards of a further page: the first may be the rest of the last one.
    fn more_cards(&mut self, found: Cards) {
        let text = &self.reading.text;
        let Some(draft) = self.flow.drafts.last_mut() else {
            return;
        };
        self.flow.claims.extend(
            found
                .headings
                .values()
                .flat_map(Passage::origin)
                .map(|range| (Class::Repeated, range)),
        );
        let mut rows = found.rows.into_iter();
        if found.continues
            && let Some(next) = rows.next()
        {
            match draft.rows.last_mut() {
                Some(last) => join::append_row(last, next, text, &mut draft.notes),
                None => draft.rows.push(next),
            }
        }
        draft.rows.extend(rows);
        draft.rest.extend(found.rest);
    }
}
