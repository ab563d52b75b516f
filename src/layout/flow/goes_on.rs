//! Headings that stand again -> whether the current draft's table goes on below them, as they were or changed.

use super::super::bands::Band;
use super::super::changed;
use super::super::definition::Layout;
use super::super::forms::{self, Labels};
use super::super::furniture;
use super::super::join;
use super::super::known::GENERIC;
use super::super::parts::{heading_ranges, numbers_go_on};
use super::super::passage::Passage;
use super::super::rows::{Columns, Rows};
use super::super::table::Table;
use super::Walk;
use crate::document::Field;
use crate::ledger::Class;
use crate::note::{Note, What};
use crate::sheet::{Grid, TextRange};

/// What stands above a table that goes on.
pub(super) struct Again {
    /// Running titles and labels, proven equal to the first ones.
    furniture: Vec<TextRange>,
    /// Remarks.
    rest: Vec<Passage>,
}

impl<'a> Walk<'a, '_> {
    /// A band that goes on the current draft although some of its headings are other words: most are the draft's, and
    /// the numbers go on. The other words are read as any town's.
    pub(super) fn renamed(
        &self,
        table: &Table<'a>,
        band: &Band,
        end: u32,
    ) -> Option<(&'a Layout, Columns)> {
        let text = &self.reading.text;
        let draft = self.flow.drafts.last()?;
        let headings = self.choice.headings(draft.layout)?;
        let any_town = |layout: &&&Layout| layout.name == GENERIC;
        let generic = self.choice.layouts.iter().find(any_town);
        let generic = generic.and_then(|generic| self.choice.headings(generic))?;
        let columns = changed::renamed(&draft.columns, [headings, generic], band)?;
        let found = self.rows_below(table, band, &columns, end);
        let goes_on = changed::goes_on(&draft.columns, &draft.rows, &columns, &found.goals, text);
        (goes_on && draft.layout.name != GENERIC).then_some((draft.layout, columns))
    }

    /// What stands above a band that continues the current draft; `None` if it begins a document.
    ///
    /// It continues if its headings are equal, and either nothing above it begins a document, or what stands
    /// there is the draft's own title and labels again – running titles – and the numbers go on.
    pub(super) fn again(
        &self,
        labels: &Labels<'_>,
        columns: &Columns,
        parts: &[Vec<Passage>],
        start: Option<usize>,
        found: &Rows,
    ) -> Option<Again> {
        let text = &self.reading.text;
        let draft = self.flow.drafts.last()?;
        if draft.layout.name != labels.layout.name
            || !join::same_headings(&draft.columns.headed, &columns.headed, text)
        {
            return None;
        }
        let Some(start) = start else {
            return Some(Again {
                furniture: Vec::new(),
                rest: parts.iter().flatten().cloned().collect(),
            });
        };
        let (before, head) = parts.split_at(start.min(parts.len()));
        let head = forms::read_head(head, labels, text);
        let same = |a: &Passage, b: &Passage| furniture::says_the_same(&a.raw(text), &b.raw(text));
        let same_title = match (&head.title, &draft.head.title) {
            (Some(a), Some(b)) => same(a, b),
            (None, _) => true,
            (Some(_), None) => false,
        };
        let same_values = head.values.iter().all(|(field, value)| {
            draft
                .head
                .values
                .get(field)
                .is_some_and(|known| same(known, value))
        });
        // Without numbers only the same labels with the same values say that the sheet is the same.
        let goes_on = match columns.of(Field::Number) {
            Some(number) => numbers_go_on(&draft.rows, &found.goals, number, text),
            None => !head.values.is_empty(),
        };
        if !same_title || !same_values || !goes_on {
            return None;
        }
        let values = head
            .title
            .iter()
            .chain(head.values.values())
            .flat_map(Passage::origin);
        Some(Again {
            furniture: values.chain(head.labels).collect(),
            rest: before.iter().flatten().cloned().chain(head.rest).collect(),
        })
    }

    /// Appends a table that goes on: its headings are repeated.
    pub(super) fn continue_with(
        &mut self,
        grid: &Grid,
        columns: &Columns,
        again: Again,
        found: Rows,
    ) {
        let repeated = heading_ranges(columns)
            .into_iter()
            .map(|range| (Class::Repeated, range));
        let furniture = again
            .furniture
            .into_iter()
            .map(|range| (Class::Furniture, range));
        self.flow.claims.extend(repeated.chain(furniture));
        if let Some(draft) = self.flow.drafts.last_mut() {
            draft.rest.extend(again.rest);
        }
        self.append(grid, found);
    }

    /// Whether a table without a head goes on the current draft under other headings.
    pub(super) fn goes_on_changed(
        &self,
        labels: &Labels<'_>,
        columns: &Columns,
        found: &Rows,
    ) -> bool {
        self.flow.drafts.last().is_some_and(|draft| {
            draft.layout.name == labels.layout.name
                && draft.layout.name != GENERIC
                && changed::goes_on(
                    &draft.columns,
                    &draft.rows,
                    columns,
                    &found.goals,
                    &self.reading.text,
                )
        })
    }

    /// Appends such a table.
    pub(super) fn continue_changed(
        &mut self,
        grid: &Grid,
        columns: &Columns,
        parts: &[Vec<Passage>],
        mut found: Rows,
    ) {
        let Some(draft) = self.flow.drafts.last_mut() else {
            return;
        };
        let new = changed::new_headings(&draft.columns, columns, &self.reading.text);
        let (indices, claims) = changed::merge(&mut draft.columns, columns, &self.reading.text);
        for row in &mut found.goals {
            changed::move_cells(row, &indices);
        }
        draft.rest.extend(parts.iter().flatten().cloned());
        draft.notes.push(
            Note::new(What::HeadingsChanged)
                .at(Some(grid.place.clone()))
                .about(new),
        );
        self.flow.claims.extend(claims);
        self.append(grid, found);
    }
}
