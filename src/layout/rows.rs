//! Physical rows of a table -> rows of goals: which rows are one goal, which are none.

use std::collections::{BTreeMap, BTreeSet};

use super::bands::Headed;
use super::fields::Match;
use super::passage::Passage;
use super::table::{Extent, Table};
use crate::document::Field;
use crate::note::{Note, What};
use crate::place::Place;
use crate::sheet::{Cell, TextRange};
use crate::text;

/// One goal's cells, by index of the heading's column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// What stands in each column.
    pub cells: BTreeMap<usize, Passage>,
    /// The same cells apart, where a goal has several physical rows: first and last row of each.
    pub parts: Vec<Part>,
    /// Cells that this row shares with others because they are merged over them.
    pub shared: Vec<TextRange>,
    /// The columns of such cells.
    pub merged: Vec<usize>,
}

/// A cell at the top of a stretch that is empty or stands beside several goals: it may be the rest of one that the
/// page's end cut.
#[derive(Debug, Clone)]
pub(crate) struct TopCell {
    /// Index of the heading's column.
    pub column: usize,
    /// How many goals it stands beside.
    pub goals: usize,
    pub is_empty: bool,
    pub place: Place,
}

/// A cell of a goal that has several physical rows.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Index of the heading's column.
    pub column: usize,
    /// First and last physical row.
    pub rows: (u32, u32),
    /// What stands there.
    pub passage: Passage,
}

/// A table's columns with their fields.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    pub headed: Vec<Headed>,
    pub matches: Vec<Match>,
}

impl Columns {
    /// The column that a field was matched to.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.matches
            .iter()
            .position(|found| found.field() == Some(field))
    }

    /// The columns of each group of indicators: name, baseline, target, actual. A sheet may have several: 活動指標
    /// and 成果指標, each with its values.
    pub fn indicator_groups(&self) -> Vec<[Option<usize>; 4]> {
        let mut groups = vec![[None; 4]];
        for (at, found) in self.matches.iter().enumerate() {
            let slot = found
                .field()
                .and_then(|field| INDICATOR_FIELDS.iter().position(|&known| known == field));
            let (Some(slot), Some(last)) = (slot, groups.last_mut()) else {
                continue;
            };
            if last[slot].is_some() {
                groups.push([None; 4]);
            }
            if let Some(group) = groups.last_mut() {
                group[slot] = Some(at);
            }
        }
        groups
    }
}

/// The fields of an indicator.
pub(crate) const INDICATOR_FIELDS: [Field; 4] = [
    Field::IndicatorName,
    Field::IndicatorBaseline,
    Field::IndicatorTarget,
    Field::IndicatorActual,
];

/// Whether rows stand in the grid that has their heading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Side {
    SameGrid,
    OtherGrid,
}

/// What a stretch of a grid's rows gives: goals' rows, and cells that are no goal's.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub goals: Vec<Row>,
    /// Cells outside the columns, and rows of remarks.
    pub rest: Vec<Passage>,
    /// Remarks that stand between goals.
    pub notes: Vec<Note>,
    /// Cells beside the first goals.
    pub top_cells: Vec<TopCell>,
}

/// A grid's rows under headings.
pub(crate) struct Stretch<'a, 't> {
    pub table: &'t Table<'a>,
    pub columns: &'t Columns,
    pub side: Side,
    /// Its first row. A cell that begins above it is the heading's, however far down it reaches.
    pub from: u32,
    pub text: &'t str,
}

impl<'a> Stretch<'a, '_> {
    /// The rows down to this one.
    pub fn rows(&self, to: u32) -> Rows {
        let from = self.from;
        let mut found = Rows {
            notes: self.headings_over_rows(to),
            ..Rows::default()
        };
        let mut groups: Vec<(u32, u32)> = Vec::new();
        let mut remarks: Vec<(u32, Passage)> = Vec::new();
        for row in self.table.rows_within(from, to) {
            if self.is_remark(row) && !(row == from && self.is_tail(row)) {
                remarks.extend(
                    self.table
                        .starting(row)
                        .map(|cell| (row, Passage::of_cell(cell))),
                );
            } else if let Some(last) = groups.last_mut().filter(|last| self.goes_on(row, **last)) {
                last.1 = row;
            } else {
                groups.push((row, row));
            }
        }
        let last_goal = groups.last().map_or(0, |group| group.1);
        let remark_rows: BTreeSet<u32> = remarks.iter().map(|remark| remark.0).collect();
        for (row, remark) in remarks {
            if row < last_goal {
                let note = Note::new(What::RowNotGoal).at(remark.places.first().cloned());
                found.notes.push(note.about(remark.raw(self.text)));
            }
            found.rest.push(remark);
        }
        for &group in &groups {
            let row = self.collect(group, &groups, &remark_rows, &mut found.rest);
            found.goals.push(row);
        }
        found.top_cells = self.top_cells(&groups);
        found
    }

    /// A rule is missing under a heading, or it is merged over the rows: what stands there was read as heading.
    fn headings_over_rows(&self, to: u32) -> Vec<Note> {
        let Some(first) = self.table.rows_within(self.from, to).next() else {
            return Vec::new();
        };
        let cells = self.table.filled(first);
        cells
            .filter(|cell| cell.row < self.from)
            .map(|cell| {
                let note = Note::new(What::HeadingOverRows).at(Some(cell.place.clone()));
                note.about(Passage::of_cell(cell).raw(self.text))
            })
            .collect()
    }

    /// The cells with text that cover a row and began in these rows.
    fn filled(&self, row: u32) -> impl Iterator<Item = &'a Cell> + '_ {
        let cells = self.table.filled(row);
        cells.filter(|cell| cell.row >= self.from)
    }

    /// The cells that begin with the first goal and are empty or go on beside others.
    fn top_cells(&self, groups: &[(u32, u32)]) -> Vec<TopCell> {
        let Some(&(first, _)) = groups.first() else {
            return Vec::new();
        };
        let cells = self.table.cells(first);
        cells
            .filter(|cell| cell.row == first)
            .filter_map(|cell| {
                let end = cell.row + cell.rows.max(1) - 1;
                Some(TopCell {
                    column: self.column(cell)?,
                    goals: groups.iter().filter(|group| group.0 <= end).count(),
                    is_empty: super::table::is_blank(cell, self.text),
                    place: cell.place.clone(),
                })
            })
            .filter(|cell| cell.is_empty || cell.goals > 1)
            .collect()
    }

    /// The column that a cell stands in.
    fn column(&self, cell: &Cell) -> Option<usize> {
        let holds = |extent: &Extent| match self.side {
            Side::SameGrid => extent.holds(cell),
            Side::OtherGrid => extent.holds_across(cell),
        };
        self.columns
            .headed
            .iter()
            .position(|column| holds(&column.extent))
    }

    /// The cell of a row in a field's column, if it has text of its own there.
    fn filled_in(&self, row: u32, field: Field) -> Option<&'a Cell> {
        let column = self.columns.of(field)?;
        self.filled(row)
            .find(|cell| self.column(cell) == Some(column))
    }

    /// Whether a row may be the rest of one that the page before cut: its cells stand in columns of texts,
    /// whatever their characters are. What a remark needs is a place of its own.
    fn is_tail(&self, row: u32) -> bool {
        self.filled(row).all(|cell| {
            matches!(cell.place, Place::Box { .. })
                && cell.columns == 1
                && self.column(cell).is_some_and(|column| column > 0)
        })
    }

    /// A row that is no goal: one cell that stands over several columns, outside them, or begins with ※; or
    /// words where the number should be and no item beside them.
    fn is_remark(&self, row: u32) -> bool {
        let filled: Vec<&Cell> = self.filled(row).collect();
        if let Some(number) = self
            .filled_in(row, Field::Number)
            .filter(|cell| cell.row == row)
        {
            let raw = Passage::of_cell(number).raw(self.text);
            let is_number = text::number::whole_number(&raw).is_some() || is_continued_mark(&raw);
            let is_label = raw.chars().any(|c| c.is_ascii_digit() || c.is_numeric());
            let has_item = self.columns.of(Field::Item).is_none()
                || self.filled_in(row, Field::Item).is_some();
            if is_number {
                return false;
            }
            if !(has_item || is_label && filled.len() > 1) {
                return true;
            }
        }
        let [cell] = filled.as_slice() else {
            return false;
        };
        let raw = Passage::of_cell(cell).raw(self.text);
        let note_sign = raw
            .trim_start()
            .starts_with(['※', '＊', '*', '注', '（', '(', '■', '【']);
        let under = |extent: &Extent| match self.side {
            Side::SameGrid => (extent.first..=extent.last).any(|column| cell.covers(row, column)),
            Side::OtherGrid => extent.mostly_under(cell),
        };
        let covered = self
            .columns
            .headed
            .iter()
            .filter(|column| under(&column.extent))
            .count();
        cell.row == row && (self.column(cell).is_none() || covered > 1 || note_sign)
    }

    /// Whether a row belongs to the goal above it: the goal's number or item cell is merged over it and it
    /// has no number of its own.
    fn goes_on(&self, row: u32, group: (u32, u32)) -> bool {
        let number = self.columns.of(Field::Number);
        let keys = [number, self.columns.of(Field::Item)];
        let mut key_cells = self.table.cells(row).filter(|cell| {
            self.column(cell)
                .is_some_and(|column| keys.contains(&Some(column)))
        });
        let own_number = self
            .filled_in(row, Field::Number)
            .is_some_and(|cell| cell.row == row);
        !own_number && key_cells.any(|cell| cell.row < row && cell.row >= group.0)
    }

    /// The cells of one goal. A cell that is merged over several goals gives each its value; one that begins in a
    /// remark is the remark's.
    fn collect(
        &self,
        (first, last): (u32, u32),
        groups: &[(u32, u32)],
        remark_rows: &BTreeSet<u32>,
        rest: &mut Vec<Passage>,
    ) -> Row {
        let mut row = Row::default();
        // Of a goal that a page's end cuts between two indicators, one may stand alone on its page.
        let has_indicators = self.columns.of(Field::IndicatorName).is_some();
        let mut seen: Vec<&Cell> = Vec::new();
        for physical in self.table.rows_within(first, last) {
            for cell in self.filled(physical) {
                let is_seen = seen.iter().any(|known| std::ptr::eq(*known, cell));
                if is_seen || remark_rows.contains(&cell.row) {
                    continue;
                }
                seen.push(cell);
                let passage = Passage::of_cell(cell);
                let Some(column) = self.column(cell) else {
                    if cell.row >= first {
                        rest.push(passage);
                    }
                    continue;
                };
                let end = cell.row + cell.rows - 1;
                let reached = groups.partition_point(|group| group.1 < cell.row);
                if groups.get(reached + 1).is_some_and(|next| next.0 <= end) {
                    row.shared.extend(cell.lines.iter().map(|line| line.range));
                    row.merged.push(column);
                }
                if first < last || has_indicators {
                    row.parts.push(Part {
                        column,
                        rows: (cell.row, end),
                        passage: passage.clone(),
                    });
                }
                row.cells.entry(column).or_default().append(passage);
            }
        }
        row
    }
}

/// The mark that a printed form puts in the number cell of a row that goes on: （続き）.
pub(crate) fn is_continued_mark(raw: &str) -> bool {
    text::key(raw) == "(続き)"
}
