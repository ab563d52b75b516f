//! Sheets of cards in the flow of documents: a new one, or the current one going on.

use std::collections::BTreeSet;

use super::cards::{self, Cards};
use super::choose;
use super::flow::{Draft, Walk};
use super::forms::{self, Head};
use super::furniture;
use super::join::{self, Boundary};
use super::known;
use super::parts::{Part, begins_document, heading_ranges, numbers_go_on, part_rows};
use super::passage::Passage;
use super::rows::{self, Row};
use crate::document::Field;
use crate::ledger::Class;
use crate::sheet::{Block, Sheet, TextRange};

impl<'a> Walk<'a, '_> {
    /// Whether a whole sheet is cards: it has the labels of a layout of cards, and no table's layout fits it better;
    /// or cards go on there.
    pub(super) fn sheet_of_cards(
        &mut self,
        sheet: &'a Sheet,
        taken: &BTreeSet<(usize, usize)>,
    ) -> bool {
        let text = &self.reading.text;
        let choice = self.choice;
        if choice.cards.is_empty() || taken.iter().any(|&(index, _)| index == self.sheet) {
            return false;
        }
        let parts: Vec<Part<'a>> = sheet.blocks.iter().map(Part::of).collect();
        let mut known = choice.cards.iter();
        let fits = known.any(|labels| {
            cards::may_fit(&parts, labels, text)
                && cards::score(&parts, labels, text, true) >= choose::FITS
        });
        let goes_on = || {
            let draft = self.flow.drafts.last();
            let labels = draft.and_then(|draft| choice.cards_of(draft.layout));
            labels.is_some_and(|labels| {
                cards::cards(&parts, labels, text, true)
                    .is_some_and(|found| found.headings.len() > 1)
            })
        };
        // What a file's own form told fits the sheets that have its labels.
        let told = || {
            let mut known = choice.cards.iter();
            known.any(|labels| {
                labels.layout.name == known::GENERIC
                    && cards::may_fit(&parts, labels, text)
                    && cards::cards(&parts, labels, text, false).is_some()
            })
        };
        let best = || {
            let scores = choice.sheet_scores(self.reading, sheet);
            let named = scores.into_iter().find(|(name, _)| name != known::GENERIC);
            named.is_some_and(|(name, score)| {
                let mut known = choice.cards.iter();
                score >= choose::FITS && known.any(|labels| labels.layout.name == name)
            })
        };
        if fits && best() || told() || goes_on() {
            self.block = 0;
            let parts = self.without_page_numbers(sheet);
            return self.cards(&parts);
        }
        false
    }

    /// A sheet's blocks as parts; page numbers are set aside.
    fn without_page_numbers(&mut self, sheet: &'a Sheet) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        for (at, block) in sheet.blocks.iter().enumerate() {
            match block {
                Block::Line(line) if line.in_margin() => self.margins.push(line),
                Block::Line(line) if self.numbers.contains(&(self.sheet, at)) => {
                    self.flow.claims.push((Class::Furniture, line.range));
                }
                block => parts.push(Part::of(block)),
            }
        }
        parts
    }

    /// A sheet of cards, as a new document or as the current one going on.
    pub(super) fn cards(&mut self, pending: &[Part<'a>]) -> bool {
        let text = &self.reading.text;
        let parts: Vec<Vec<Passage>> = pending
            .iter()
            .flat_map(|part| part_rows(part, text))
            .collect();
        let choice = self.choice;
        for card_labels in &choice.cards {
            let (layout, labels) = (card_labels.layout, &card_labels.header);
            let current = self
                .flow
                .drafts
                .last()
                .is_some_and(|draft| std::ptr::eq(draft.layout, layout));
            let begins = parts
                .iter()
                .any(|cells| begins_document(cells, labels, text));
            let Some(found) = cards::cards(pending, card_labels, text, current && !begins) else {
                continue;
            };
            let repeated = found.repeated.iter().map(|&range| (Class::Repeated, range));
            self.flow.claims.extend(repeated);
            let parents = |own: &[TextRange]| -> Vec<(Class, TextRange)> {
                let parents = found.parents.iter().filter(|range| !own.contains(range));
                parents.map(|&range| (Class::Headings, range)).collect()
            };
            let head = forms::read_head(&found.head, labels, text);
            if current && !begins {
                self.flow.claims.extend(parents(&[]));
                self.more_cards(found);
            } else if current && self.is_same_head(&head, &found) {
                let again = head.title.iter().chain(head.values.values());
                let again = again
                    .flat_map(Passage::origin)
                    .chain(head.labels.iter().copied());
                let again = again.map(|range| (Class::Furniture, range));
                self.flow.claims.extend(again.chain(parents(&[])));
                let head = vec![self.new_remarks(head.rest)];
                self.more_cards(Cards { head, ..found });
            } else {
                let columns = found.columns(layout, choice.understood(layout));
                self.flow.claims.extend(parents(&heading_ranges(&columns)));
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

    /// Whether what stands above cards is the current draft's title and labels again, and its cards go on: their numbers
    /// do, or cards without numbers have the same labels with the same values above them.
    fn is_same_head(&self, head: &Head, found: &Cards) -> bool {
        let text = &self.reading.text;
        let Some(draft) = self.flow.drafts.last() else {
            return false;
        };
        let same = |a: &Passage, b: &Passage| furniture::says_the_same(&a.raw(text), &b.raw(text));
        let same_title = match (&head.title, &draft.head.title) {
            (Some(a), Some(b)) => same(a, b),
            (None, None) => true,
            _ => false,
        };
        let is_own = |(field, value): (_, &Passage)| {
            let known = draft.head.values.get(field);
            known.is_some_and(|known| same(known, value))
        };
        let goes_on = match draft.columns.of(Field::Number) {
            Some(number) => numbers_go_on(&draft.rows, &found.rows, number, text),
            None => !head.values.is_empty() && head.values.len() == draft.head.values.len(),
        };
        same_title && head.values.iter().all(is_own) && goes_on
    }

    /// What stands above further cards and not above the first ones.
    fn new_remarks(&mut self, rest: Vec<Passage>) -> Vec<Passage> {
        let text = &self.reading.text;
        let Some(draft) = self.flow.drafts.last() else {
            return rest;
        };
        let says_again = |passage: &Passage| {
            let mut known = draft.head.rest.iter();
            known.any(|known| furniture::says_the_same(&known.raw(text), &passage.raw(text)))
        };
        let (again, new): (Vec<Passage>, Vec<Passage>) = rest.into_iter().partition(says_again);
        let again = again.iter().flat_map(Passage::origin);
        self.flow
            .claims
            .extend(again.map(|range| (Class::Furniture, range)));
        new
    }

    /// Cards of a further page: the first may be the rest of the last one.
    fn more_cards(&mut self, found: Cards) {
        let text = &self.reading.text;
        let Some(draft) = self.flow.drafts.last_mut() else {
            return;
        };
        let headings = found.headings.values().flat_map(Passage::origin);
        let headings: BTreeSet<TextRange> = headings.collect();
        let repeated = headings.into_iter().map(|range| (Class::Repeated, range));
        self.flow.claims.extend(repeated);
        let mut rows = found.rows.into_iter();
        if found.continues
            && let Some(next) = rows.next()
        {
            match draft.rows.last_mut() {
                Some(last) => {
                    let parts = lines_of_both(last, &next);
                    join::append_row(last, next, text, &mut draft.notes);
                    last.parts = parts;
                    cards::keep_whole_parts(last, draft.layout);
                }
                None => draft.rows.push(next),
            }
        }
        draft.rows.extend(rows);
        draft.rest.extend(found.head.into_iter().flatten());
        draft.rest.extend(found.rest);
    }
}

/// The lines of a card before and after a page's end: programs break a page between them.
fn lines_of_both(before: &Row, after: &Row) -> Vec<rows::Part> {
    let last = before.parts.iter().map(|part| part.rows.1).max();
    let offset = last.map_or(0, |last| last + 1);
    let shifted = after.parts.iter().cloned().map(|mut part| {
        part.rows = (part.rows.0 + offset, part.rows.1 + offset);
        part
    });
    before.parts.iter().cloned().chain(shifted).collect()
}
