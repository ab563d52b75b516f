//! Stored worksheets -> a [`Reading`]: merged cells laid out once, hidden and struck text set aside.

use std::collections::{BTreeMap, BTreeSet};

use super::axis::Axis;
use super::boxes;
use super::grid::{Shown, around};
use super::merge::Merges;
use super::pieces;
use super::shape::{self, Shape, ShapeKind};
use super::worksheet::{CellText, Sides, Unseen, Visibility, Workbook, Worksheet};
use crate::error::Error;
use crate::note::{Note, What};
use crate::place::{CellRange, Margin, Place};
use crate::read::container::limit;
use crate::read::{active, limits};
use crate::sheet::{AsideClass, Block, CellValue, Format, Reading, SetAside, Sheet, TextRange};
use crate::text::own_headings::CARRIED_COLUMN;

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
    assembly
        .reading
        .notes
        .extend(active::notes(workbook.active));
    let count = workbook.sheets.iter().map(|sheet| sheet.formulas).sum();
    if count > 0 {
        assembly
            .reading
            .notes
            .push(Note::new(What::Formulas { count }));
    }
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

/// The hidden columns but those that are read all the same, since they are hidden for people alone.
fn but_carried(hidden: &[(u32, u32)], cells: &[Shown]) -> Vec<(u32, u32)> {
    let is_hidden = |column: u32| {
        hidden
            .iter()
            .any(|&(first, last)| (first..=last).contains(&column))
    };
    let headings = cells.iter().filter(|cell| cell.text.text == CARRIED_COLUMN);
    let carried: BTreeSet<u32> = headings
        .map(|cell| cell.range.column)
        .filter(|&column| is_hidden(column))
        .collect();
    let mut left = hidden.to_vec();
    for column in carried {
        left = left
            .into_iter()
            .flat_map(|(first, last)| {
                if (first..=last).contains(&column) {
                    vec![(first, column - 1), (column + 1, last)]
                } else {
                    vec![(first, last)]
                }
            })
            .filter(|(first, last)| first <= last)
            .collect();
    }
    left
}

/// Why text is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unshown {
    Row(u32),
    Column(u32),
    Sheet,
}

/// The sides of the stored cells, by row and column.
fn sides_of(worksheet: &Worksheet) -> BTreeMap<(u32, u32), Sides> {
    let cells = worksheet.cells.iter();
    cells
        .map(|cell| ((cell.row, cell.column), cell.sides))
        .collect()
}

/// Where texts of a hidden sheet stand that are in no cell.
const FIRST_CELL: CellRange = CellRange {
    row: 1,
    column: 1,
    rows: 1,
    columns: 1,
};

/// A reading that is being put together.
pub(super) struct Assembly {
    pub(super) reading: Reading,
    /// Unseen text of the sheet at hand: joined for one note for each row, column or sheet.
    unseen: BTreeMap<Unshown, (CellRange, String)>,
    /// Private-use characters that have their note.
    pub(super) gaiji: BTreeSet<char>,
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
    pub(super) fn keep(&mut self, text: &str) -> Result<TextRange, Error> {
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

    pub(super) fn set_aside(&mut self, text: &str, place: Place) -> Result<(), Error> {
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
        why: Unshown,
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
            self.set_cell_aside(&worksheet, range, &cell.text.text, Unshown::Sheet)?;
            if let Some(unseen) = cell.unseen {
                self.set_cell_aside(&worksheet, range, &unseen.text, Unshown::Sheet)?;
            }
        }
        for shape in std::mem::take(&mut worksheet.shapes) {
            self.set_cell_aside(&worksheet, shape.range, &shape.text, Unshown::Sheet)?;
        }
        for (_, text) in std::mem::take(&mut worksheet.margins) {
            self.set_cell_aside(&worksheet, FIRST_CELL, &text, Unshown::Sheet)?;
        }
        self.note_unseen(&worksheet);
        Ok(())
    }

    fn note_unseen(&mut self, worksheet: &Worksheet) {
        for (why, (cell, text)) in std::mem::take(&mut self.unseen) {
            let what = match why {
                Unshown::Sheet => What::HiddenSheet {
                    sheet: worksheet.name.to_string(),
                },
                Unshown::Row(_) | Unshown::Column(_) => What::HiddenCells,
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
        let sides = sides_of(&worksheet);
        let mut cells = self.join_merged(&mut worksheet)?;
        let columns = Axis::new(&but_carried(&worksheet.hidden_columns, &cells));
        let mut shown = Vec::new();
        self.join_boxes(&worksheet, &mut cells, &sides);
        pieces::join(&mut cells);
        self.note_unprinted(&worksheet, &cells);
        for cell in cells {
            let CellRange {
                row,
                column,
                rows: row_span,
                columns: column_span,
            } = cell.range;
            if rows.visible_in(row, row_span) == 0 {
                self.set_cell_aside(&worksheet, cell.range, &cell.text.text, Unshown::Row(row))?;
            } else if columns.visible_in(column, column_span) == 0 {
                self.set_cell_aside(
                    &worksheet,
                    cell.range,
                    &cell.text.text,
                    Unshown::Column(column),
                )?;
            } else {
                shown.push(cell);
            }
        }
        self.note_unseen(&worksheet);
        let shapes = std::mem::take(&mut worksheet.shapes);
        let shapes = self.seen_shapes(&worksheet, shapes)?;
        let apart = shape::place(shapes, &mut shown);
        let mut sheet = Sheet {
            name: Some(worksheet.name.clone()),
            ..Sheet::default()
        };
        let margins = std::mem::take(&mut worksheet.margins);
        let (headers, footers): (Vec<_>, Vec<_>) = margins
            .into_iter()
            .partition(|(margin, _)| *margin == Margin::Header);
        self.margin_lines(&worksheet, headers, &mut sheet)?;
        if let Some(grid) = self.grid(&worksheet, shown, &rows, &columns)? {
            sheet.blocks.push(Block::Grid(grid));
        }
        for shape in apart {
            let place = Place::Cell {
                sheet: worksheet.name.clone(),
                cell: shape.range,
            };
            if shape.kind == ShapeKind::Control {
                let note = Note::new(What::FormControl).at(Some(place.clone()));
                self.reading.notes.push(note.about(shape.text.as_str()));
            }
            let lines = self.lines(&CellText::plain(shape.text), &place)?;
            sheet.blocks.extend(lines.into_iter().map(Block::Line));
        }
        self.margin_lines(&worksheet, footers, &mut sheet)?;
        self.reading.sheets.push(sheet);
        Ok(())
    }

    /// Joins the cells that borders enclose, and says of which rows that is doubtful.
    fn join_boxes(
        &mut self,
        worksheet: &Worksheet,
        cells: &mut Vec<Shown>,
        sides: &BTreeMap<(u32, u32), Sides>,
    ) {
        let found = boxes::join(cells, sides, worksheet.square_columns());
        let place = |cell: CellRange| Place::Cell {
            sheet: worksheet.name.clone(),
            cell,
        };
        if let Some(first) = found.joined.first() {
            let count = found.joined.len() as u64;
            let note = Note::new(What::LinesInBox { count }).at(Some(place(*first)));
            self.reading.notes.push(note);
        }
        let doubtful = found.doubtful.iter();
        let note = |cell: &CellRange| Note::new(What::RowsNotRuled).at(Some(place(*cell)));
        self.reading.notes.extend(doubtful.map(note));
    }

    /// Says once that what is printed differs from what is read.
    fn note_unprinted(&mut self, worksheet: &Worksheet, cells: &[Shown]) {
        let place = |cell: CellRange| Place::Cell {
            sheet: worksheet.name.clone(),
            cell,
        };
        let areas = &worksheet.print_areas;
        let is_outside = |cell: &&Shown| {
            !areas.is_empty()
                && !cell.text.text.trim().is_empty()
                && !areas
                    .iter()
                    .any(|area| area.holds(cell.range) || cell.range.holds(*area))
        };
        let outside = cells.iter().filter(is_outside).map(|cell| cell.range);
        if let Some(range) = outside.reduce(around) {
            let note = Note::new(What::OutsidePrintArea).at(Some(place(range)));
            self.reading.notes.push(note);
        }
        let filtered = |cell: &&Shown| {
            let mut rows = worksheet.filtered_rows.iter();
            rows.any(|&(first, last)| (first..=last).contains(&cell.range.row))
        };
        let rows: BTreeSet<u32> = match worksheet.filtered_rows.as_slice() {
            [] => BTreeSet::new(),
            _ => cells
                .iter()
                .filter(filtered)
                .map(|cell| cell.range.row)
                .collect(),
        };
        if let Some(&first) = rows.first() {
            let count = rows.len() as u64;
            let note = Note::new(What::FilteredRows { count });
            let place = worksheet.place(first, 1);
            self.reading.notes.push(note.at(Some(place)));
        }
    }

    /// The shapes that are seen; the others are set aside.
    fn seen_shapes(
        &mut self,
        worksheet: &Worksheet,
        shapes: Vec<Shape>,
    ) -> Result<Vec<Shape>, Error> {
        let mut seen = Vec::with_capacity(shapes.len());
        for shape in shapes {
            let Some(why) = shape.unseen() else {
                seen.push(shape);
                continue;
            };
            let place = Place::Cell {
                sheet: worksheet.name.clone(),
                cell: shape.range,
            };
            let text = shape.text;
            self.set_unseen_aside(&Unseen { text, why }, place)?;
        }
        Ok(seen)
    }

    /// The texts of page headers or footers, a line each.
    fn margin_lines(
        &mut self,
        worksheet: &Worksheet,
        texts: Vec<(Margin, String)>,
        sheet: &mut Sheet,
    ) -> Result<(), Error> {
        for (margin, text) in texts {
            let place = Place::Margin {
                sheet: worksheet.name.clone(),
                margin,
            };
            let lines = self.lines(&CellText::plain(text), &place)?;
            sheet.blocks.extend(lines.into_iter().map(Block::Line));
        }
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
        for cell in &mut cells {
            if let Some(unseen) = cell.unseen.take() {
                let place = worksheet.place(cell.row, cell.column);
                self.set_unseen_aside(&unseen, place)?;
            }
        }
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

    /// Sets text aside that its cell or shape does not display, with a note.
    fn set_unseen_aside(&mut self, unseen: &Unseen, place: Place) -> Result<(), Error> {
        self.set_aside(&unseen.text, place.clone())?;
        let why = unseen.why.words().to_owned();
        let note = Note::new(What::HiddenText { why }).at(Some(place));
        self.reading.notes.push(note.about(unseen.text.as_str()));
        Ok(())
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
}
