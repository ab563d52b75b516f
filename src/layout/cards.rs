//! Sheets of cards -> rows: each goal a block of labels with their values beside, below or in the same cell.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

use super::bands::Headed;
use super::card_labels::CardLabels;
use super::definition::Layout;
use super::fields::Match;
use super::parts::Part;
use super::passage::Passage;
use super::rows::{self, Columns, Row};
use super::table::{Extent, Table};
use crate::document::Field;
use crate::sheet::{Cell, TextRange};

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
    /// A row for each card; `continues` says that the first one began on the sheet before.
    pub rows: Vec<Row>,
    pub continues: bool,
    /// What no label claims.
    pub rest: Vec<Passage>,
}

/// A cell of a sheet of cards, or a line outside grids.
struct Slot<'a> {
    cell: Option<&'a Cell>,
    passage: Passage,
}

/// What a cell is on a card.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Blank,
    /// The label of the layout's column of this index.
    Label(usize),
    /// It begins with a label and has the value after it.
    Both,
    Parent,
    /// A label of the sheet.
    Header,
    Other,
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

/// A grid's cells, or one line, with their roles.
struct Block<'a> {
    slots: Vec<Slot<'a>>,
    roles: Vec<Role>,
    /// Where a cell begins: row and column -> its slot.
    at: BTreeMap<(u32, u32), usize>,
    /// Its last row.
    depth: u32,
}

impl<'a> Block<'a> {
    fn of(part: &Part<'a>, labels: &CardLabels<'_>, text: &'a str) -> Self {
        let slots: Vec<Slot<'a>> = match part {
            Part::Cells(cells) => cells
                .iter()
                .map(|passage| Slot {
                    cell: None,
                    passage: passage.clone(),
                })
                .collect(),
            Part::Grid(grid) => slots(&Table::of(grid, text), 1, u32::MAX),
            Part::Rows { grid, from, to } => slots(&Table::of(grid, text), *from, *to),
        };
        let at = slots
            .iter()
            .enumerate()
            .filter_map(|(at, slot)| slot.cell.map(|cell| ((cell.row, cell.column), at)))
            .collect();
        let depth = slots
            .iter()
            .filter_map(|slot| slot.cell)
            .map(|cell| cell.row + cell.rows)
            .max();
        let roles = slots
            .iter()
            .map(|slot| role(&slot.passage, labels, text))
            .collect();
        Self {
            slots,
            roles,
            at,
            depth: depth.unwrap_or(1),
        }
    }

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
                Role::Label(column) => {
                    let (values, in_lines) = self.values(at);
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

    /// The slot of the cell right of this one.
    fn beside(&self, cell: Option<&Cell>) -> Option<usize> {
        let cell = cell?;
        self.at
            .get(&(cell.row, cell.column + cell.columns))
            .copied()
    }

    fn is_label(&self, at: usize) -> bool {
        matches!(self.roles[at], Role::Label(_))
    }

    /// The values of a label, and whether they may be several lines.
    fn values(&self, at: usize) -> (Vec<usize>, bool) {
        let Some(cell) = self.slots[at].cell else {
            return (Vec::new(), false);
        };
        let right: Vec<usize> = (cell.row..cell.row + cell.rows)
            .filter_map(|row| self.at.get(&(row, cell.column + cell.columns)).copied())
            .filter(|&value| matches!(self.roles[value], Role::Other | Role::Blank))
            .collect();
        let left_is_label = self.slots.iter().enumerate().any(|(other, slot)| {
            self.is_label(other)
                && slot.cell.is_some_and(|left| {
                    left.row == cell.row && left.column + left.columns == cell.column
                })
        });
        let side_by_side = left_is_label
            || self
                .beside(Some(cell))
                .is_some_and(|right| self.is_label(right));
        let filled: Vec<usize> = right
            .iter()
            .copied()
            .filter(|&value| self.roles[value] == Role::Other)
            .collect();
        if !filled.is_empty() {
            return (filled, cell.rows > 1);
        }
        if !right.is_empty() && !side_by_side {
            return (Vec::new(), false);
        }
        let mut below = Vec::new();
        let mut row = cell.row + cell.rows;
        while let Some(&value) = self.at.get(&(row, cell.column)) {
            let under = self.slots[value]
                .cell
                .filter(|under| under.columns == cell.columns);
            let Some(under) =
                under.filter(|_| matches!(self.roles[value], Role::Other | Role::Blank))
            else {
                break;
            };
            let labelled = self
                .at
                .range((row, 0)..(row + 1, 0))
                .any(|(_, &other)| self.is_label(other) || self.roles[other] == Role::Both);
            if labelled {
                break;
            }
            if self.roles[value] == Role::Other {
                below.push(value);
            }
            if !side_by_side {
                break;
            }
            row += under.rows.max(1);
        }
        (below, side_by_side)
    }
}

/// The cells of these rows, row by row, blank ones too.
fn slots<'a>(table: &Table<'a>, from: u32, to: u32) -> Vec<Slot<'a>> {
    let rows = table.rows_within(from, to);
    rows.flat_map(|row| table.cells(row).filter(move |cell| cell.row == row))
        .map(|cell| Slot {
            cell: Some(cell),
            passage: Passage::of_cell(cell),
        })
        .collect()
}

fn role(passage: &Passage, labels: &CardLabels<'_>, text: &str) -> Role {
    if passage.is_blank(text) {
        return Role::Blank;
    }
    let key = labels.key(passage, text);
    let key = key.as_deref();
    if let Some(column) = key.and_then(|key| labels.whole(key)) {
        Role::Label(column)
    } else if labels.header.is_label(passage, text) {
        Role::Header
    } else if key.is_some_and(|key| labels.is_parent(key)) {
        Role::Parent
    } else if labels.begins(passage, text) {
        Role::Both
    } else {
        Role::Other
    }
}

impl Cards {
    /// A label: the layout's first one begins a card.
    fn label(&mut self, column: usize, cell: Passage) {
        if column == 0 {
            self.rows.push(Row::default());
        } else if self.rows.is_empty() {
            self.continues = true;
            self.rows.push(Row::default());
        }
        match self.headings.entry(column) {
            Entry::Occupied(_) => self.repeated.extend(cell.origin()),
            Entry::Vacant(first) => {
                first.insert(cell);
            }
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
