//! The texts of page headers and footers -> the title of a document whose cells have none, or furniture.

use super::super::forms::{self, Labels};
use super::super::passage::Passage;
use super::Walk;
use crate::ledger::Class;
use crate::note::{Note, What};
use crate::place::{Margin, Place};
use crate::sheet::Line;
use crate::text;

impl<'a> Walk<'a, '_> {
    /// Says what the headers and footers of a sheet are to the document that begins on it, the draft with this index.
    pub(super) fn end_of_margins(&mut self, first: usize) {
        let lines = std::mem::take(&mut self.margins);
        let (headers, footers): (Vec<&Line>, Vec<&Line>) =
            lines.into_iter().partition(|line| is_header(line));
        let furniture = if self.title_in(&headers, first) {
            footers
        } else {
            headers.into_iter().chain(footers).collect()
        };
        for line in furniture {
            self.flow.claims.push((Class::Furniture, line.range));
            let words = line.range.of(&self.reading.text);
            if !is_page_number(words) && self.running.insert(words.to_owned()) {
                let note = Note::new(What::PageMargin).at(Some(line.place.clone()));
                self.flow.notes.push(note.about(words));
            }
        }
    }

    /// Takes the title and what stands beside it from the headers, if the document has none in its cells.
    fn title_in(&mut self, headers: &[&'a Line], first: usize) -> bool {
        let Some(draft) = self.flow.drafts.get_mut(first) else {
            return false;
        };
        if draft.head.title.is_some() || headers.is_empty() {
            return false;
        }
        let labels = Labels::of(draft.layout);
        let parts: Vec<Vec<Passage>> = headers
            .iter()
            .map(|line| vec![Passage::of_lines([*line])])
            .collect();
        let mut own = forms::read_head(&parts, &labels, &self.reading.text);
        if own.title.is_none() {
            return false;
        }
        draft.head.title = own.title;
        draft.head.labels.append(&mut own.labels);
        draft.head.notes.append(&mut own.notes);
        for (field, value) in own.values {
            match draft.head.values.entry(field) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                std::collections::btree_map::Entry::Occupied(_) => own.rest.push(value),
            }
        }
        draft.head.rest.append(&mut own.rest);
        true
    }
}

fn is_header(line: &Line) -> bool {
    matches!(
        line.place,
        Place::Margin {
            margin: Margin::Header,
            ..
        }
    )
}

/// Whether nothing is left beside the codes but what stands around a page number.
fn is_page_number(words: &str) -> bool {
    let key = text::key(words);
    let rest = [
        "ページ",
        "頁",
        "page",
        "pages",
        "of",
        "no",
        "p",
        "第",
        "全",
        "枚",
        "目",
    ]
    .iter()
    .fold(key, |key, word| key.replace(word, ""));
    !rest.chars().any(char::is_alphabetic)
}
