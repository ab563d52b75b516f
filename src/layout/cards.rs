//! Sheets of cards -> rows: each goal a block of labels with their values beside, below or in the same cell.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

use super::bands::Headed;
use super::card_block::{Block, Role};
use super::card_labels::CardLabels;
use super::definition::Layout;
use super::fields::Match;
use super::parts::Part;
use super::passage::Passage;
use super::rows::{self, Columns, Row};
use super::table::Extent;
use crate::document::Field;
use crate::sheet::TextRange;

/// The cards of a sheet.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    /// What stands above the first card, and the labels of the sheet among the cards.
    pub head: Vec<Vec<Passage>>,
    /// The labels of the first card that has each, as columns in the layout's order.
    pub headings: BTreeMap<usize, Passage>,
    /// The same labels on later cards.
    pub repeated: Vec<TextRange>,
    /// Words over several labels, and before the lines of values.
    pub parents: Vec<TextRange>,
    /// Of labels that such a word tells from others: that word on the first card that has it.
    pub told_by: BTreeMap<usize, Passage>,
    /// A row for each card; `continues` says that the first one began on the sheet before.
    pub rows: Vec<Row>,
    pub continues: bool,
    /// What no label claims.
    pub rest: Vec<Passage>,
}

/// Reads a sheet's parts as cards of a layout; `None` if a required label is missing.
///
/// A card begins where the layout's first label stands. A label's value is the cell to its right; where another
/// label or nothing stands there, the cell below with the same width; or what follows it in its own cell. Under
/// labels side by side there may be several lines of values.
pub(crate) fn cards(
    parts: &[Part<'_>],
    labels: &CardLabels<'_>,
    text: &str,
    goes_on: bool,
) -> Option<Cards> {
    let layout = labels.layout;
    let mut found = Cards::default();
    let mut base = 0;
    for part in parts {
        let block = Block::of(part, labels, text);
        block.read(&mut found, base, labels, text, goes_on)?;
        base += block.depth + 1;
    }
    for row in &mut found.rows {
        keep_whole_parts(row, layout);
    }
    let required = layout.columns.iter().enumerate();
    let complete = goes_on
        || required
            .filter(|(_, column)| column.required)
            .all(|(at, _)| found.headings.contains_key(&at));
    (complete && !found.headings.is_empty()).then_some(found)
}

/// Indicators are read line by line only where all of their values stand in lines.
pub(crate) fn keep_whole_parts(row: &mut Row, layout: &Layout) {
    let is_indicator = |at: &usize| {
        layout
            .columns
            .get(*at)
            .and_then(|column| column.field)
            .is_some_and(|field| {
                matches!(
                    field,
                    Field::IndicatorName
                        | Field::IndicatorBaseline
                        | Field::IndicatorTarget
                        | Field::IndicatorActual
                )
            })
    };
    let in_lines = |at: &usize| row.parts.iter().any(|part| part.column == *at);
    if !row.cells.keys().filter(|at| is_indicator(at)).all(in_lines) {
        row.parts.clear();
    }
}

/// Whether half of a layout's usual labels stand on a sheet: without them it does not fit,
/// whatever its title, and nobody needs to know by how much.
pub(crate) fn may_fit(parts: &[Part<'_>], labels: &CardLabels<'_>, text: &str) -> bool {
    let cells = parts.iter().flat_map(|part| match part {
        Part::Cells(cells) => cells.clone(),
        Part::Grid(grid) | Part::Rows { grid, .. } => {
            grid.cells.iter().map(Passage::of_cell).collect()
        }
    });
    let there: HashSet<usize> = cells.flat_map(|cell| labels.columns(&cell, text)).collect();
    let columns = labels.layout.columns.iter();
    2 * there.len() >= columns.filter(|column| !column.optional).count()
}

/// How well a layout of cards fits a sheet, 0 to 1: the share of its usual labels that are there, and the title.
pub(crate) fn score(
    parts: &[Part<'_>],
    labels: &CardLabels<'_>,
    text: &str,
    title_fits: bool,
) -> f64 {
    let Some(found) = cards(parts, labels, text, false) else {
        return 0.0;
    };
    let usual = labels
        .layout
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !column.optional);
    let there = usual
        .clone()
        .filter(|(at, _)| found.headings.contains_key(at))
        .count();
    let share = there as f64 / usual.count().max(1) as f64;
    0.8 * share + if title_fits { 0.2 } else { 0.0 }
}

impl Block<'_> {
    /// Puts the block's cells where they belong; `None` if it is a table: several values under the label that
    /// begins a card.
    fn read(
        &self,
        found: &mut Cards,
        base: u32,
        labels: &CardLabels<'_>,
        text: &str,
        goes_on: bool,
    ) -> Option<()> {
        let mut head_row: Option<u32> = None;
        let mut used: HashSet<usize> = HashSet::new();
        for (at, slot) in self.slots.iter().enumerate() {
            if used.contains(&at) {
                continue;
            }
            match self.roles[at] {
                Role::Blank => {}
                Role::Label(_) if !self.line_of_values(at, labels, text).is_empty() => {
                    let line = self.line_of_values(at, labels, text);
                    let columns: Vec<usize> = line.iter().map(|value| value.0).collect();
                    found.line_label(&columns, &slot.passage);
                    for (column, value, parent) in line {
                        used.insert(value);
                        let told_by = &self.slots[parent].passage;
                        found
                            .told_by
                            .entry(column)
                            .or_insert_with(|| told_by.clone());
                        found.give(column, self.slots[value].passage.clone(), None);
                    }
                }
                Role::Label(column) => {
                    let (values, in_lines) = self.values(at);
                    if let Some(&parent) = self.told_by.get(&at) {
                        let word = self.slots[parent].passage.clone();
                        found.told_by.entry(column).or_insert(word);
                    }
                    if column == 0 && values.len() > 1 && in_lines {
                        return None;
                    }
                    found.label(column, slot.passage.clone());
                    for value in values {
                        used.insert(value);
                        let lines = self.slots[value].cell.filter(|_| in_lines);
                        let lines =
                            lines.map(|cell| (base + cell.row, base + cell.row + cell.rows - 1));
                        found.give(column, self.slots[value].passage.clone(), lines);
                    }
                }
                Role::Both => found.split(&slot.passage, labels, text),
                _ if found.rows.is_empty() && !goes_on => {
                    let row = slot.cell.map(|cell| cell.row);
                    match found
                        .head
                        .last_mut()
                        .filter(|_| row.is_some() && row == head_row)
                    {
                        Some(cells) => cells.push(slot.passage.clone()),
                        None => found.head.push(vec![slot.passage.clone()]),
                    }
                    head_row = row;
                }
                Role::Parent => found.parents.extend(slot.passage.origin()),
                Role::Header => {
                    let value = self
                        .beside(slot.cell)
                        .filter(|&value| self.roles[value] == Role::Other);
                    let value = value.filter(|_| labels.header.is_whole(&slot.passage, text));
                    used.extend(value);
                    let value = value.map(|value| self.slots[value].passage.clone());
                    found
                        .head
                        .push(std::iter::once(slot.passage.clone()).chain(value).collect());
                }
                Role::Other => found.rest.push(slot.passage.clone()),
            }
        }
        Some(())
    }
}

impl Cards {
    /// A label: the layout's first one begins a card.
    fn label(&mut self, column: usize, cell: Passage) {
        if column == 0 {
            self.rows.push(Row::default());
        }
        self.go_on();
        match self.headings.entry(column) {
            Entry::Occupied(_) => self.repeated.extend(cell.origin()),
            Entry::Vacant(first) => {
                first.insert(cell);
            }
        }
    }

    /// A label where no card has begun is one of the last card of the sheet before.
    fn go_on(&mut self) {
        if self.rows.is_empty() {
            self.continues = true;
            self.rows.push(Row::default());
        }
    }

    /// A label before the values of several columns: it is the heading of each.
    fn line_label(&mut self, columns: &[usize], cell: &Passage) {
        self.go_on();
        let mut is_new = false;
        for &column in columns {
            if let Entry::Vacant(first) = self.headings.entry(column) {
                first.insert(cell.clone());
                is_new = true;
            }
        }
        if !is_new {
            self.repeated.extend(cell.origin());
        }
    }

    /// A value, with its first and last row where it is one of several lines.
    fn give(&mut self, column: usize, cell: Passage, lines: Option<(u32, u32)>) {
        let Some(row) = self.rows.last_mut() else {
            self.rest.push(cell);
            return;
        };
        row.parts.extend(lines.map(|rows| rows::Part {
            column,
            rows,
            passage: cell.clone(),
        }));
        row.cells.entry(column).or_default().append(cell);
    }

    /// A cell with labels and their values after them.
    fn split(&mut self, cell: &Passage, labels: &CardLabels<'_>, text: &str) {
        for (column, label, value) in labels.split(cell, text) {
            self.label(column, label);
            if !value.is_blank(text) {
                self.give(column, value, None);
            }
        }
    }

    /// The labels as columns: every one of the layout, found or not, so that a card's cells keep their index.
    /// `understood` says how each was, where the file's own form told the layout.
    pub fn columns(&self, layout: &Layout, understood: Option<&[Match]>) -> Columns {
        let nowhere = Extent {
            first: 0,
            last: 0,
            edges: None,
        };
        let headed = (0..layout.columns.len())
            .map(|at| Headed {
                extent: nowhere,
                heading: self.headings.get(&at).cloned().unwrap_or_default(),
                parents: self.told_by.get(&at).cloned().into_iter().collect(),
                key: String::new(),
                parent_keys: Vec::new(),
            })
            .collect();
        let matches = layout
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let own = || column.field.map_or(Match::Extra, Match::Exact);
                if self.headings.contains_key(&at) {
                    let told = understood.and_then(|understood| understood.get(at));
                    told.cloned().unwrap_or_else(own)
                } else {
                    Match::None
                }
            })
            .collect();
        Columns { headed, matches }
    }
}
