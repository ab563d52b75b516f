//! Sheets of cards -> rows: each goal a block of labels with their values beside or below them.

use std::collections::BTreeMap;

use super::definition::Layout;
use super::find::{Headed, Match};
use super::passage::Passage;
use super::rows::{Columns, Row};
use super::table::Extent;
use crate::sheet::TextRange;
use crate::text;

/// The cards of a sheet.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    /// How many of the sheet's rows stand above the first card.
    pub head: usize,
    /// The labels of the first card that has each, as columns in the layout's order.
    pub headings: BTreeMap<usize, Passage>,
    /// The same labels on later cards.
    pub repeated: Vec<TextRange>,
    /// A row for each card; `continues` says that the first one began on the sheet before.
    pub rows: Vec<Row>,
    pub continues: bool,
    /// What no label claims.
    pub rest: Vec<Passage>,
}

/// Reads a sheet's rows of cells as cards of this layout; `None` if a required label is missing.
///
/// A card begins where the layout's first label stands. A label's value is the next cell to its right, or,
/// where a whole row is labels, the cell below.
pub(crate) fn cards(
    parts: &[Vec<Passage>],
    layout: &Layout,
    text: &str,
    goes_on: bool,
) -> Option<Cards> {
    let labels = label_keys(layout);
    let label = |cell: &Passage| {
        labels
            .get(cell.heading_key(text).trim_end_matches(':'))
            .copied()
    };
    let first = parts
        .iter()
        .position(|cells| cells.iter().any(|cell| label(cell) == Some(0)));
    let mut found = Cards {
        head: if goes_on { 0 } else { first? },
        ..Cards::default()
    };
    let mut waiting: Vec<usize> = Vec::new();
    for cells in parts.get(found.head..)? {
        let of: Vec<Option<usize>> = cells.iter().map(label).collect();
        if of.iter().all(Option::is_none) && waiting.len() == cells.len() {
            for (&column, cell) in waiting.iter().zip(cells) {
                found.give(column, cell.clone());
            }
            waiting.clear();
            continue;
        }
        waiting = if of.iter().all(Option::is_some) && of.len() > 1 {
            of.iter().flatten().copied().collect()
        } else {
            Vec::new()
        };
        let mut open: Option<usize> = None;
        for (cell, column) in cells.iter().zip(of) {
            match (column, open.take()) {
                (Some(column), _) => {
                    found.label(column, cell);
                    open = Some(column);
                }
                (None, Some(column)) => found.give(column, cell.clone()),
                (None, None) => found.rest.push(cell.clone()),
            }
        }
    }
    let complete = layout
        .columns
        .iter()
        .enumerate()
        .all(|(at, column)| goes_on || !column.required || found.headings.contains_key(&at));
    (complete && !found.headings.is_empty()).then_some(found)
}

/// How well a layout of cards fits a sheet, 0 to 1: the share of its labels that are there, and the title.
pub(crate) fn score(parts: &[Vec<Passage>], layout: &Layout, text: &str, title_fits: bool) -> f64 {
    let found = cards(parts, layout, text, false).map_or(0, |found| found.headings.len());
    if found == 0 {
        return 0.0;
    }
    0.8 * found as f64 / layout.columns.len() as f64 + if title_fits { 0.2 } else { 0.0 }
}

/// The keys of a layout's labels -> index of its column.
fn label_keys(layout: &Layout) -> BTreeMap<String, usize> {
    let words = layout.columns.iter().enumerate();
    words
        .flat_map(|(at, column)| {
            column
                .headings
                .iter()
                .map(move |word| (text::heading_key(word), at))
        })
        .collect()
}

impl Cards {
    /// A label: the layout's first one begins a card.
    fn label(&mut self, column: usize, cell: &Passage) {
        if column == 0 {
            self.rows.push(Row::default());
        } else if self.rows.is_empty() {
            self.continues = true;
            self.rows.push(Row::default());
        }
        if self.headings.contains_key(&column) {
            self.repeated.extend(cell.origin());
        } else {
            self.headings.insert(column, cell.clone());
        }
    }

    fn give(&mut self, column: usize, cell: Passage) {
        match self.rows.last_mut() {
            Some(row) => row.cells.entry(column).or_default().append(cell),
            None => self.rest.push(cell),
        }
    }

    /// The labels as columns: every one of the layout, found or not, so that a card's cells keep their index.
    pub fn columns(&self, layout: &Layout) -> Columns {
        let nowhere = Extent {
            first: 0,
            last: 0,
            edges: None,
        };
        let headed = (0..layout.columns.len())
            .map(|at| Headed {
                extent: nowhere,
                heading: self.headings.get(&at).cloned().unwrap_or_default(),
                parents: Vec::new(),
                key: String::new(),
                parent_keys: Vec::new(),
            })
            .collect();
        let matches = layout
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                if self.headings.contains_key(&at) {
                    column.field.map_or(Match::Extra, Match::Exact)
                } else {
                    Match::None
                }
            })
            .collect();
        Columns { headed, matches }
    }
}
