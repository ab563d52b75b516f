//! A plain text -> a [`Reading`]: rows of cells and lines, as readers hand them to the layout engine.
//!
//! A form feed begins a sheet. A line with tabs is a row of cells, and rows that follow each other are a grid; any
//! other line is a line. In a cell, `¶` begins a line, `↵` wraps one; a cell that is `←` belongs to the cell on its
//! left, one that is `↑` to the cell above.

use std::sync::Arc;

use seirihyo::ledger::count;
use seirihyo::place::{Bbox, Place};
use seirihyo::sheet::{
    Block, Cell, CellValue, Format, Grid, Line, LineEnd, Reading, Sheet, TextRange,
};

/// Points between the rows and columns of a page.
const STEP: f64 = 40.0;

/// The reading of a text. One that begins with `%` is a page of a PDF, others are worksheets.
pub fn reading_of(text: &str) -> Reading {
    let (format, text) = match text.strip_prefix('%') {
        Some(rest) => (Format::Pdf, rest),
        None => (Format::Xlsx, text),
    };
    let mut writer = Writer {
        format,
        text: String::new(),
        sheet: 0,
        name: Arc::from(""),
    };
    let sheets: Vec<Sheet> = text.split('\u{c}').map(|part| writer.sheet(part)).collect();
    Reading {
        format,
        producer: None,
        pages: sheets.len() as u32,
        source_characters: count(&writer.text),
        text: writer.text,
        sheets,
        set_aside: Vec::new(),
        notes: Vec::new(),
    }
}

struct Writer {
    format: Format,
    text: String,
    sheet: u32,
    name: Arc<str>,
}

impl Writer {
    fn sheet(&mut self, part: &str) -> Sheet {
        self.sheet += 1;
        self.name = Arc::from(format!("表{}", self.sheet));
        let mut blocks = Vec::new();
        let mut rows: Vec<Vec<&str>> = Vec::new();
        let mut row = 0;
        for line in part.split('\n') {
            if line.contains('\t') {
                rows.push(line.split('\t').collect());
                continue;
            }
            row += self.grid(row, &std::mem::take(&mut rows), &mut blocks);
            if !line.trim().is_empty() {
                row += 1;
                let place = self.place(row, 1, 1, 1);
                blocks.push(Block::Line(self.line(line, LineEnd::Break, &place)));
            }
        }
        self.grid(row, &rows, &mut blocks);
        let paged = self.format == Format::Pdf;
        Sheet {
            name: (!paged).then(|| Arc::clone(&self.name)),
            page: paged.then_some(self.sheet),
            size: paged.then_some((842.0, 595.0)),
            blocks,
            ..Sheet::default()
        }
    }

    /// Adds the grid of these rows, which begins after row `above`, and says how many rows it has.
    fn grid(&mut self, above: u32, rows: &[Vec<&str>], blocks: &mut Vec<Block>) -> u32 {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return 0;
        }
        let at = |row: usize, column: usize| -> &str {
            rows.get(row)
                .and_then(|row| row.get(column))
                .copied()
                .unwrap_or_default()
        };
        let mut cells = Vec::new();
        let mut covered = vec![false; rows.len() * columns];
        for row in 0..rows.len() {
            for column in 0..columns {
                if covered[row * columns + column] {
                    continue;
                }
                let free = |r: usize, c: usize| c < columns && !covered[r * columns + c];
                let wide = 1
                    + (column + 1..columns)
                        .take_while(|&c| free(row, c) && at(row, c) == "←")
                        .count();
                let down =
                    |r: &usize| (column..column + wide).all(|c| free(*r, c) && at(*r, c) == "↑");
                let high = 1 + (row + 1..rows.len()).take_while(down).count();
                for r in row..row + high {
                    covered[r * columns + column..r * columns + column + wide].fill(true);
                }
                let place = self.place(
                    above + row as u32 + 1,
                    column as u32 + 1,
                    high as u32,
                    wide as u32,
                );
                cells.push(Cell {
                    row: row as u32 + 1,
                    column: column as u32 + 1,
                    rows: high as u32,
                    columns: wide as u32,
                    lines: self.lines(at(row, column), &place),
                    value: CellValue::Text,
                    place,
                    edges: None,
                });
            }
        }
        blocks.push(Block::Grid(Grid {
            rows: rows.len() as u32,
            columns: columns as u32,
            cells,
            place: self.place(above + 1, 1, rows.len() as u32, columns as u32),
            title_rows: None,
            open_below: false,
            open_above: false,
            across_pages: false,
            evidence: None,
        }));
        rows.len() as u32
    }

    fn lines(&mut self, cell: &str, place: &Place) -> Vec<Line> {
        if cell.is_empty() {
            return Vec::new();
        }
        let mut lines = Vec::new();
        for line in cell.split_inclusive(['¶', '↵']) {
            let ends = if line.ends_with('↵') {
                LineEnd::Wrap
            } else {
                LineEnd::Break
            };
            lines.push(self.line(line.trim_end_matches(['¶', '↵']), ends, place));
        }
        lines
    }

    fn line(&mut self, line: &str, ends: LineEnd, place: &Place) -> Line {
        let start = self.text.len() as u32;
        self.text.push_str(line);
        Line {
            range: TextRange {
                start,
                end: self.text.len() as u32,
            },
            ends,
            place: place.clone(),
            ruby: Vec::new(),
            room: None,
        }
    }

    fn place(&self, row: u32, column: u32, rows: u32, columns: u32) -> Place {
        if self.format != Format::Pdf {
            return Place::cells(&self.name, row, column, rows, columns);
        }
        let edge = |at: u32| f64::from(at) * STEP;
        let bbox = Bbox::new(
            edge(column),
            edge(row),
            edge(column + columns),
            edge(row + rows),
        );
        Place::Box {
            page: self.sheet,
            bbox,
        }
    }
}
