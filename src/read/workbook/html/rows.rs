//! The pieces of a page -> the rows of a worksheet, counted as a spreadsheet program counts them.

use std::collections::BTreeMap;

use super::super::worksheet::{CellText, Sides, StoredCell, Strike, Unseen, WhyUnseen, Worksheet};
use super::inline::Inline;
use super::table::{Cell, Piece, Table};
use crate::error::Error;
use crate::note::{Note, What};
use crate::place::CellRange;
use crate::sheet::CellValue;

/// Columns that a sheet has at most.
const COLUMNS: u32 = 1 << 14;

/// A worksheet that is being filled from above.
pub(super) struct Rows<'a> {
    pub worksheet: &'a mut Worksheet,
    /// The next row, 1-based.
    pub row: u32,
    /// Cells beyond the last column.
    pub lost: u64,
}

impl Rows<'_> {
    /// Adds pieces below what is there.
    ///
    /// # Errors
    /// The limit of cells.
    pub(super) fn add(&mut self, pieces: Vec<Piece>) -> Result<(), Error> {
        for piece in pieces {
            match piece {
                Piece::Text(inline) => self.text(inline)?,
                Piece::Table(table) if table.only_arranges() => {
                    let cells = table.rows.into_iter().flatten();
                    cells
                        .into_iter()
                        .try_for_each(|cell| self.add(cell.pieces))?;
                }
                Piece::Table(table) => self.table(table)?,
            }
        }
        Ok(())
    }

    /// Text outside tables: each of its lines a row, in the first column.
    fn text(&mut self, inline: Inline) -> Result<(), Error> {
        let (text, hidden) = inline.finish();
        if text.text.trim().is_empty() && hidden.is_empty() {
            return Ok(());
        }
        self.push(1, text, hidden, Sides::NONE)?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, table: Table) -> Result<(), Error> {
        let first = self.row;
        let usual = table.usual_sides();
        let mut covered = Covered::default();
        let mut merges: Vec<CellRange> = Vec::new();
        for row in table.rows {
            let mut column = 1;
            for cell in row {
                column = covered.free_from(column, self.row);
                let Some(mut range) = range(&cell, self.row, column) else {
                    self.lost += 1;
                    break;
                };
                range.columns = range.columns.min(covered.room(column, self.row));
                covered.add(range);
                column += range.columns;
                merges.push(range);
                let sides = cell.sides.unwrap_or(usual);
                let (text, hidden) = flattened(cell.pieces);
                self.push(range.column, text, hidden, sides)?;
            }
            self.row += 1;
        }
        let end = self.row.max(first + 1);
        for range in merges {
            // A span ends with its table.
            let rows = range.rows.min(end - range.row);
            self.worksheet.merge(CellRange { rows, ..range })?;
        }
        Ok(())
    }

    fn push(
        &mut self,
        column: u32,
        text: CellText,
        hidden: String,
        sides: Sides,
    ) -> Result<(), Error> {
        let unseen = (!hidden.is_empty()).then(|| {
            Box::new(Unseen {
                text: hidden,
                why: WhyUnseen::Markup,
            })
        });
        self.worksheet.push(StoredCell {
            row: self.row,
            column,
            text,
            value: CellValue::Text,
            sides,
            unseen,
        })
    }

    /// The note on what had no room.
    pub(super) fn finish(self) {
        if self.lost > 0 {
            let note = Note::new(What::PartNotRead {
                part: "HTML".to_owned(),
                reason: format!("{} cells", self.lost),
            });
            self.worksheet.notes.push(note);
        }
    }
}

/// What cells with spans over rows still cover, by their first column: the last one, and the row that is free again.
#[derive(Default)]
struct Covered(BTreeMap<u32, (u32, u32)>);

impl Covered {
    fn add(&mut self, range: CellRange) {
        if range.rows > 1 {
            let last = range.column + range.columns - 1;
            self.0.insert(range.column, (last, range.row + range.rows));
        }
    }

    /// The first column from this one on that nothing covers in a row.
    fn free_from(&mut self, mut column: u32, row: u32) -> u32 {
        while let Some((&first, &(last, free))) = self.0.range(..=column).next_back() {
            if free <= row {
                self.0.remove(&first);
            } else if last >= column {
                column = last + 1;
            } else {
                break;
            }
        }
        column
    }

    /// How many columns there are from this one on to the next that is covered.
    fn room(&mut self, column: u32, row: u32) -> u32 {
        while let Some((&first, &(_, free))) = self.0.range(column..).next() {
            if free > row {
                return first - column;
            }
            self.0.remove(&first);
        }
        u32::MAX
    }
}

fn range(cell: &Cell, row: u32, column: u32) -> Option<CellRange> {
    let columns = cell.columns.max(1).min(COLUMNS.checked_sub(column)? + 1);
    Some(CellRange {
        row,
        column,
        rows: cell.rows.max(1),
        columns,
    })
}

/// The text of a cell; a table within it gives a line for each of its rows.
fn flattened(pieces: Vec<Piece>) -> (CellText, String) {
    let (mut whole, mut hidden) = (CellText::default(), String::new());
    let mut texts = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(inline) => texts.push(inline.finish()),
            Piece::Table(table) => texts.extend(table.rows.into_iter().map(one_line)),
        }
    }
    for (text, apart) in texts {
        hidden.push_str(&apart);
        whole.append(text, "\n");
    }
    (whole, hidden)
}

fn one_line(row: Vec<Cell>) -> (CellText, String) {
    let (mut line, mut hidden) = (CellText::default(), String::new());
    for cell in row {
        let (text, apart) = flattened(cell.pieces);
        hidden.push_str(&apart);
        line.append(text, "\t");
    }
    (line, hidden)
}

impl CellText {
    /// Appends another text behind a separator, if both have characters.
    pub(in super::super) fn append(&mut self, other: CellText, separator: &str) {
        if other.text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.push(separator, Strike::Live);
        }
        let start = self.text.len();
        let moved = |part: std::ops::Range<usize>| part.start + start..part.end + start;
        self.struck.extend(other.struck.into_iter().map(moved));
        let readings = other.readings.into_iter();
        self.readings
            .extend(readings.map(|(part, words)| (moved(part), words)));
        self.text.push_str(&other.text);
    }
}
