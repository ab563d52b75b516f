//! Stored worksheets -> a [`Reading`]: merged cells laid out once, hidden and struck text set aside.

use std::collections::{BTreeMap, BTreeSet};

use super::axis::Axis;
use super::merge::Merges;
use super::worksheet::{CellText, Visibility, Workbook, Worksheet};
use crate::error::Error;
use crate::note::{Note, What};
use crate::place::{CellRange, Place};
use crate::read::container::limit;
use crate::read::limits;
use crate::sheet::{
    AsideClass, Block, Cell, CellValue, Format, Grid, Line, LineEnd, Reading, SetAside, Sheet,
    TextRange,
};

/// A rectangle that costs at most this many empty cells for each one that is there is filled up with
/// empty cells, so that a table's blank cells have places; larger ones stay sparse.
const EMPTY_FOR_EACH: u64 = 4;
/// Empty cells that any worksheet may cost.
const EMPTY_FOR_ALL: u64 = 4_096;

/// Lays a workbook out.
///
/// # Errors
/// The limits of sheets and text.
pub(super) fn assemble(workbook: Workbook) -> Result<Reading, Error> {
    if workbook.sheets.len() > limits::SHEETS {
        return Err(limit(
            "シートの数",
            "the number of sheets",
            limits::SHEETS as u64,
        ));
    }
    let mut assembly = Assembly::new(workbook.format);
    assembly.reading.producer = workbook.producer;
    assembly.reading.pages = workbook.sheets.len() as u32;
    assembly.reading.notes = workbook.notes;
    for mut worksheet in workbook.sheets {
        assembly.reading.source_characters += worksheet.source_characters;
        assembly.reading.notes.append(&mut worksheet.notes);
        for (cell, text) in std::mem::take(&mut worksheet.comments) {
            let place = Place::Cell {
                sheet: worksheet.name.clone(),
                cell,
            };
            assembly
                .reading
                .notes
                .push(Note::new(What::Comment).at(Some(place)).about(text));
        }
        match worksheet.visibility {
            Visibility::Hidden => assembly.hidden_sheet(worksheet)?,
            Visibility::Visible => assembly.visible_sheet(worksheet)?,
        }
    }
    Ok(assembly.reading)
}

/// Why text is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unseen {
    Row(u32),
    Column(u32),
    Sheet,
}

/// A cell or merged range that is shown.
struct Shown {
    range: CellRange,
    text: CellText,
    value: CellValue,
}

struct Assembly {
    reading: Reading,
    /// Unseen text of the sheet at hand: joined for one note for each row, column or sheet.
    unseen: BTreeMap<Unseen, (CellRange, String)>,
    /// Private-use characters that have their note.
    gaiji: BTreeSet<char>,
}

impl Assembly {
    fn new(format: Format) -> Self {
        let reading = Reading {
            format,
            producer: None,
            pages: 0,
            text: String::new(),
            source_characters: 0,
            sheets: Vec::new(),
            set_aside: Vec::new(),
            notes: Vec::new(),
        };
        Self {
            reading,
            unseen: BTreeMap::new(),
            gaiji: BTreeSet::new(),
        }
    }

    /// Puts characters into the text of the reading.
    fn keep(&mut self, text: &str) -> Result<TextRange, Error> {
        if self.reading.text.len() + text.len() >= limits::TEXT_BYTES {
            return Err(limit(
                "文字の量（バイト）",
                "the amount of text in bytes",
                limits::TEXT_BYTES as u64,
            ));
        }
        let start = self.reading.text.len() as u32;
        self.reading.text.push_str(text);
        let end = self.reading.text.len() as u32;
        self.reading.text.push('\n');
        Ok(TextRange { start, end })
    }

    fn set_aside(&mut self, text: &str, place: Place) -> Result<(), Error> {
        let range = self.keep(text)?;
        self.reading.set_aside.push(SetAside {
            class: AsideClass::Hidden,
            range,
            place: Some(place),
        });
        Ok(())
    }

    /// Sets a whole cell aside and remembers its text for the note on its row, column or sheet.
    fn set_cell_aside(
        &mut self,
        sheet: &Worksheet,
        range: CellRange,
        text: &str,
        why: Unseen,
    ) -> Result<(), Error> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.set_aside(
            text,
            Place::Cell {
                sheet: sheet.name.clone(),
                cell: range,
            },
        )?;
        match self.unseen.entry(why) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert((range, text.to_owned()));
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                let (whole, joined) = entry.get_mut();
                joined.push(if whole.row + whole.rows > range.row {
                    '\t'
                } else {
                    '\n'
                });
                joined.push_str(text);
                *whole = around(*whole, range);
            }
        }
        Ok(())
    }

    fn hidden_sheet(&mut self, mut worksheet: Worksheet) -> Result<(), Error> {
        let mut cells = std::mem::take(&mut worksheet.cells);
        cells.sort_by_key(|cell| (cell.row, cell.column));
        for cell in cells {
            let range = CellRange {
                row: cell.row,
                column: cell.column,
                rows: 1,
                columns: 1,
            };
            self.set_cell_aside(&worksheet, range, &cell.text.text, Unseen::Sheet)?;
        }
        self.note_unseen(&worksheet);
        Ok(())
    }

    fn note_unseen(&mut self, worksheet: &Worksheet) {
        for (why, (cell, text)) in std::mem::take(&mut self.unseen) {
            let what = match why {
                Unseen::Sheet => What::HiddenSheet {
                    sheet: worksheet.name.to_string(),
                },
                Unseen::Row(_) | Unseen::Column(_) => What::HiddenCells,
            };
            let place = Place::Cell {
                sheet: worksheet.name.clone(),
                cell,
            };
            self.reading
                .notes
                .push(Note::new(what).at(Some(place)).about(text));
        }
    }

    fn visible_sheet(&mut self, mut worksheet: Worksheet) -> Result<(), Error> {
        let rows = Axis::new(&worksheet.hidden_rows);
        let columns = Axis::new(&worksheet.hidden_columns);
        let mut shown = Vec::new();
        for cell in self.join_merged(&mut worksheet)? {
            let CellRange {
                row,
                column,
                rows: row_span,
                columns: column_span,
            } = cell.range;
            if rows.visible_in(row, row_span) == 0 {
                self.set_cell_aside(&worksheet, cell.range, &cell.text.text, Unseen::Row(row))?;
            } else if columns.visible_in(column, column_span) == 0 {
                self.set_cell_aside(
                    &worksheet,
                    cell.range,
                    &cell.text.text,
                    Unseen::Column(column),
                )?;
            } else {
                shown.push(cell);
            }
        }
        self.note_unseen(&worksheet);
        let mut sheet = Sheet {
            name: Some(worksheet.name.clone()),
            ..Sheet::default()
        };
        if let Some(grid) = self.grid(&worksheet, shown, &rows, &columns)? {
            sheet.blocks.push(Block::Grid(grid));
        }
        self.reading.sheets.push(sheet);
        Ok(())
    }

    /// The stored cells with each merged range as one cell, in row-major order.
    fn join_merged(&mut self, worksheet: &mut Worksheet) -> Result<Vec<Shown>, Error> {
        let merges = Merges::new(std::mem::take(&mut worksheet.merges));
        for cell in &merges.overlapping {
            let place = Place::Cell {
                sheet: worksheet.name.clone(),
                cell: *cell,
            };
            self.reading
                .notes
                .push(Note::new(What::MergesOverlap).at(Some(place)));
        }
        let mut cells = std::mem::take(&mut worksheet.cells);
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut anchored = vec![false; merges.ranges.len()];
        let mut shown: Vec<Shown> = Vec::with_capacity(cells.len());
        let mut sweep = merges.sweep();
        for cell in cells {
            let own = CellRange {
                row: cell.row,
                column: cell.column,
                rows: 1,
                columns: 1,
            };
            let index = sweep.at(cell.row, cell.column);
            let range = index
                .and_then(|at| merges.ranges.get(at).copied())
                .unwrap_or(own);
            let first = index.and_then(|at| anchored.get_mut(at));
            let repeated = shown.last().is_some_and(|last| last.range.holds(own));
            if (range.row, range.column) != (cell.row, cell.column) || repeated {
                self.set_covered_aside(worksheet, own, &cell.text.text)?;
                continue;
            }
            if let Some(first) = first {
                *first = true;
            }
            shown.push(Shown {
                range,
                text: cell.text,
                value: cell.value,
            });
        }
        let empty = merges
            .ranges
            .iter()
            .zip(anchored)
            .filter(|(_, anchored)| !anchored);
        shown.extend(empty.map(|(range, _)| Shown {
            range: *range,
            text: CellText::default(),
            value: CellValue::Text,
        }));
        shown.sort_by_key(|cell| (cell.range.row, cell.range.column));
        Ok(shown)
    }

    fn set_covered_aside(
        &mut self,
        worksheet: &Worksheet,
        range: CellRange,
        text: &str,
    ) -> Result<(), Error> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let place = Place::Cell {
            sheet: worksheet.name.clone(),
            cell: range,
        };
        self.set_aside(text, place.clone())?;
        self.reading
            .notes
            .push(Note::new(What::CoveredText).at(Some(place)).about(text));
        Ok(())
    }

    /// The grid of the cells that are shown, counted in visible rows and columns.
    fn grid(
        &mut self,
        worksheet: &Worksheet,
        shown: Vec<Shown>,
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
    fn lines(&mut self, text: &CellText, place: &Place) -> Result<Vec<Line>, Error> {
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
        Ok(live
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
            .collect())
    }
}

/// The smallest range around both.
fn around(a: CellRange, b: CellRange) -> CellRange {
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
                });
            }
        }
    }
    grid.cells.sort_by_key(|cell| (cell.row, cell.column));
}
