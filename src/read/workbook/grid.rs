//! The cells that are shown -> a grid counted in visible rows and columns, its lines over the reading's text.

use super::assemble::Assembly;
use super::axis::Axis;
use super::worksheet::{CellText, Worksheet};
use crate::error::Error;
use crate::ledger;
use crate::note::{Note, What};
use crate::place::{CellRange, Place};
use crate::sheet::{Cell, CellValue, Grid, Line, LineEnd, Ruby, TextRange};

/// A rectangle that costs at most this many empty cells for each one that is there is filled up with
/// empty cells, so that a table's blank cells have places; larger ones stay sparse.
const EMPTY_FOR_EACH: u64 = 4;
/// Empty cells that any worksheet may cost.
const EMPTY_FOR_ALL: u64 = 4_096;

/// A cell or merged range that is shown.
pub(super) struct Shown {
    pub range: CellRange,
    pub text: CellText,
    pub value: CellValue,
}

impl Assembly {
    /// The grid of the cells that are shown, counted in visible rows and columns.
    pub(super) fn grid(
        &mut self,
        worksheet: &Worksheet,
        mut shown: Vec<Shown>,
        rows: &Axis,
        columns: &Axis,
    ) -> Result<Option<Grid>, Error> {
        let Some(used) = shown.iter().map(|cell| cell.range).reduce(around) else {
            return Ok(None);
        };
        let (above, before) = (
            rows.visible_to(used.row - 1),
            columns.visible_to(used.column - 1),
        );
        // A merged cell that begins in a hidden row stands in the first visible one: the text follows the
        // order that is seen.
        shown.sort_by_key(|cell| {
            let row = rows.visible_to(cell.range.row - 1);
            (row, columns.visible_to(cell.range.column - 1))
        });
        let mut cells = Vec::with_capacity(shown.len());
        for Shown { range, text, value } in shown {
            let place = Place::Cell {
                sheet: worksheet.name.clone(),
                cell: range,
            };
            cells.push(Cell {
                row: rows.visible_to(range.row - 1) + 1 - above,
                column: columns.visible_to(range.column - 1) + 1 - before,
                rows: rows.visible_in(range.row, range.rows),
                columns: columns.visible_in(range.column, range.columns),
                lines: self.lines(&text, &place)?,
                value,
                place,
                edges: None,
            });
        }
        let mut grid = Grid {
            rows: rows.visible_in(used.row, used.rows),
            columns: columns.visible_in(used.column, used.columns),
            cells,
            place: Place::Cell {
                sheet: worksheet.name.clone(),
                cell: used,
            },
            title_rows: worksheet
                .title_rows
                .and_then(|titles| title_rows(titles, used, rows)),
            open_below: false,
            open_above: false,
            across_pages: false,
            evidence: None,
        };
        fill_up(&mut grid, worksheet, used, rows, columns);
        Ok(Some(grid))
    }

    /// Notes each private-use character (外字) where it stands first.
    fn note_gaiji(&mut self, text: &str, place: &Place) {
        let private = |c: &char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}');
        for character in text.chars().filter(private) {
            if self.gaiji.insert(character) {
                let what = What::PrivateUse {
                    code: format!("U+{:04X}", u32::from(character)),
                };
                self.reading
                    .notes
                    .push(Note::new(what).at(Some(place.clone())).about(text));
            }
        }
    }

    /// The live characters of a cell, one line for each of its lines; struck parts are set aside.
    pub(super) fn lines(&mut self, text: &CellText, place: &Place) -> Result<Vec<Line>, Error> {
        for part in &text.struck {
            let struck = text.text.get(part.clone()).unwrap_or_default();
            if !struck.trim().is_empty() {
                self.set_aside(struck, place.clone())?;
                self.reading.notes.push(
                    Note::new(What::StruckText)
                        .at(Some(place.clone()))
                        .about(struck),
                );
            }
        }
        self.note_gaiji(&text.text, place);
        let live = text.live_lines();
        let whole = self.keep(&live.join("\n"))?;
        let mut start = 0;
        let mut lines: Vec<Line> = live
            .iter()
            .map(|line| {
                let range = whole.slice(start..start + line.len());
                start += line.len() + 1;
                Line {
                    range,
                    ends: LineEnd::Break,
                    place: place.clone(),
                    ruby: Vec::new(),
                    room: None,
                }
            })
            .collect();
        self.set_readings(text, whole, &mut lines)?;
        Ok(lines)
    }

    /// Sets the readings that a cell shows above its lines. They are counted here: as long as they are hidden,
    /// phonetic runs are no text of the sheet.
    fn set_readings(
        &mut self,
        text: &CellText,
        whole: TextRange,
        lines: &mut [Line],
    ) -> Result<(), Error> {
        // Where parts were struck, nothing tells any more what the readings belong to.
        let readings = text.readings.iter().filter(|_| text.struck.is_empty());
        for (base, reading) in readings {
            let base = whole.slice(base.clone());
            let line = lines
                .iter_mut()
                .find(|line| line.range.start <= base.start && base.end <= line.range.end);
            if let Some(line) = line {
                self.reading.source_characters += ledger::count(reading);
                let reading = self.keep(reading)?;
                line.ruby.push(Ruby { base, reading });
            }
        }
        Ok(())
    }
}

/// The smallest range around both.
pub(super) fn around(a: CellRange, b: CellRange) -> CellRange {
    let (row, column) = (a.row.min(b.row), a.column.min(b.column));
    CellRange {
        row,
        column,
        rows: (a.row + a.rows).max(b.row + b.rows) - row,
        columns: (a.column + a.columns).max(b.column + b.columns) - column,
    }
}

/// Print titles as rows of the grid, if any of them is shown in it.
fn title_rows(titles: (u32, u32), used: CellRange, rows: &Axis) -> Option<(u32, u32)> {
    let first = titles.0.max(used.row);
    let last = titles.1.min(used.row + used.rows - 1);
    let above = rows.visible_to(used.row - 1);
    (first <= last && rows.visible_in(first, last - first + 1) > 0).then(|| {
        (
            rows.visible_to(first - 1) + 1 - above,
            rows.visible_to(last) - above,
        )
    })
}

/// Adds an empty cell at each position that none covers, if the rectangle is worth it.
fn fill_up(grid: &mut Grid, worksheet: &Worksheet, used: CellRange, rows: &Axis, columns: &Axis) {
    let area = u64::from(grid.rows) * u64::from(grid.columns);
    if area > EMPTY_FOR_EACH * grid.cells.len() as u64 + EMPTY_FOR_ALL {
        return;
    }
    let width = grid.columns as usize;
    let mut covered = vec![false; area as usize];
    for cell in &grid.cells {
        for row in cell.row..cell.row + cell.rows {
            let start = (row as usize - 1) * width + cell.column as usize - 1;
            if let Some(part) = covered.get_mut(start..start + cell.columns as usize) {
                part.fill(true);
            }
        }
    }
    let visible = |first: u32, count: u32, axis: &Axis| -> Vec<u32> {
        (first..first + count)
            .filter(|&n| axis.visible_in(n, 1) == 1)
            .collect()
    };
    // The hidden positions inside the rectangle may be many; they are walked only if they are not.
    if u64::from(used.rows) + u64::from(used.columns)
        > EMPTY_FOR_EACH * grid.cells.len() as u64 + EMPTY_FOR_ALL
    {
        return;
    }
    let (row_numbers, column_numbers) = (
        visible(used.row, used.rows, rows),
        visible(used.column, used.columns, columns),
    );
    for (row, &row_number) in row_numbers.iter().enumerate() {
        for (column, &column_number) in column_numbers.iter().enumerate() {
            if covered.get(row * width + column) == Some(&false) {
                grid.cells.push(Cell {
                    row: row as u32 + 1,
                    column: column as u32 + 1,
                    rows: 1,
                    columns: 1,
                    lines: Vec::new(),
                    value: CellValue::Text,
                    place: worksheet.place(row_number, column_number),
                    edges: None,
                });
            }
        }
    }
    grid.cells.sort_by_key(|cell| (cell.row, cell.column));
}
