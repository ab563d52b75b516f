//! A grid's cells on a sheet of cards, or one line -> which are labels, and what stands beside, below and over them.

use std::collections::BTreeMap;

use super::card_labels::CardLabels;
use super::parts::Part;
use super::passage::Passage;
use super::table::Table;
use crate::sheet::Cell;

/// A cell of a sheet of cards, or a line outside grids.
pub(super) struct Slot<'a> {
    pub(super) cell: Option<&'a Cell>,
    pub(super) passage: Passage,
}

/// What a cell is on a card.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Role {
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

/// A grid's cells, or one line, with their roles.
pub(super) struct Block<'a> {
    pub(super) slots: Vec<Slot<'a>>,
    pub(super) roles: Vec<Role>,
    /// Where a cell begins: row and column -> its slot.
    at: BTreeMap<(u32, u32), usize>,
    /// Labels of several columns, each with the cell that says which one it is.
    pub(super) told_by: BTreeMap<usize, usize>,
    /// Its last row.
    pub(super) depth: u32,
}

impl<'a> Block<'a> {
    pub(super) fn of(part: &Part<'a>, labels: &CardLabels<'_>, text: &'a str) -> Self {
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
        let mut block = Self {
            slots,
            roles,
            at,
            told_by: BTreeMap::new(),
            depth: depth.unwrap_or(1),
        };
        block.tell_apart(labels, text);
        block
    }

    /// Labels of several columns: the word over or before each says which one it is.
    pub(super) fn tell_apart(&mut self, labels: &CardLabels<'_>, text: &str) {
        for at in 0..self.slots.len() {
            if !self.is_label(at) {
                continue;
            }
            let columns = self.columns(at, labels, text);
            if columns.len() < 2 {
                continue;
            }
            let told = self.over(at).into_iter().find_map(|parent| {
                let key = labels.key(&self.slots[parent].passage, text)?;
                Some((labels.headed_by(columns, &key)?, parent))
            });
            if let Some((column, parent)) = told {
                self.roles[at] = Role::Label(column);
                self.told_by.insert(at, parent);
            } else if let Some(column) = labels.unheaded(columns) {
                self.roles[at] = Role::Label(column);
            }
        }
    }

    /// The columns whose label a cell may be.
    pub(super) fn columns<'l>(
        &self,
        at: usize,
        labels: &'l CardLabels<'_>,
        text: &str,
    ) -> &'l [usize] {
        let key = labels.key(&self.slots[at].passage, text);
        key.map_or(&[], |key| labels.all_whole(&key))
    }

    /// The cells that head labels and stand left of one or above it, the nearest first.
    pub(super) fn over(&self, at: usize) -> Vec<usize> {
        let Some(cell) = self.slots[at].cell else {
            return Vec::new();
        };
        let stands = |over: &Cell| {
            let beside = over.row <= cell.row
                && cell.row < over.row + over.rows
                && over.column + over.columns <= cell.column;
            let above = over.row + over.rows <= cell.row
                && over.column <= cell.column
                && cell.column < over.column + over.columns;
            beside.then_some(0).or(above.then_some(1))
        };
        let mut found: Vec<(u32, std::cmp::Reverse<usize>)> = (0..at)
            .filter(|&other| self.roles[other] == Role::Parent)
            .filter_map(|other| {
                let side = stands(self.slots[other].cell?)?;
                Some((side, std::cmp::Reverse(other)))
            })
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, other)| other.0).collect()
    }

    /// The values right of a label of several columns, each under the word that says which one.
    pub(super) fn line_of_values(
        &self,
        at: usize,
        labels: &CardLabels<'_>,
        text: &str,
    ) -> Vec<(usize, usize, usize)> {
        let columns = self.columns(at, labels, text);
        let mut found = Vec::new();
        if columns.len() < 2 {
            return found;
        }
        let mut right = self.beside(self.slots[at].cell);
        while let Some(value) =
            right.filter(|&value| matches!(self.roles[value], Role::Other | Role::Blank))
        {
            let told = self.over(value).into_iter().find_map(|parent| {
                let (over, under) = (self.slots[parent].cell?, self.slots[value].cell?);
                let key = labels.key(&self.slots[parent].passage, text)?;
                let same = (over.column, over.columns) == (under.column, under.columns);
                let column = labels.headed_by(columns, &key).filter(|_| same)?;
                Some((column, value, parent))
            });
            found.extend(told);
            right = self.beside(self.slots[value].cell);
        }
        found
    }

    /// The slot of the cell right of this one.
    pub(super) fn beside(&self, cell: Option<&Cell>) -> Option<usize> {
        let cell = cell?;
        self.at
            .get(&(cell.row, cell.column + cell.columns))
            .copied()
    }

    pub(super) fn is_label(&self, at: usize) -> bool {
        matches!(self.roles[at], Role::Label(_))
    }

    /// The values of a label, and whether they may be several lines.
    pub(super) fn values(&self, at: usize) -> (Vec<usize>, bool) {
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
