//! Small readings under construction, and what is asked of the documents that are made of them.

use std::sync::Arc;

use crate::document::{Document, GoalSheet, Import, Source};
use crate::error::Error;
use crate::layout::{ImportOptions, Layouts, import};
use crate::ledger;
use crate::place::{Bbox, Place};
use crate::sheet::{
    Block, Cell, CellValue, Format, Grid, Line, LineEnd, LinesRun, Reading, Sheet, TextRange,
};

/// A reading under construction: text is appended in reading order.
pub(super) struct Builder {
    pub(super) reading: Reading,
}

/// Width and height of a cell on a page, and of the page, in points.
pub(super) const CELL: (f64, f64) = (100.0, 20.0);
pub(super) const PAGE: (f64, f64) = (842.0, 595.0);

impl Builder {
    pub(super) fn new() -> Self {
        let reading = Reading {
            format: Format::Pdf,
            producer: None,
            pages: 0,
            text: String::new(),
            source_characters: 0,
            sheets: Vec::new(),
            set_aside: Vec::new(),
            notes: Vec::new(),
        };
        Self { reading }
    }

    pub(super) fn page(mut self) -> Self {
        self.reading.pages += 1;
        let page = Some(self.reading.pages);
        self.reading.sheets.push(Sheet {
            name: None,
            page,
            size: Some(PAGE),
            blocks: Vec::new(),
            lines_run: LinesRun::default(),
        });
        self
    }

    pub(super) fn worksheet(mut self, name: &str) -> Self {
        self.reading.pages += 1;
        self.reading.sheets.push(Sheet {
            name: Some(Arc::from(name)),
            ..Sheet::default()
        });
        self
    }

    pub(super) fn text_line(&mut self, text: &str, ends: LineEnd, place: Place) -> Line {
        let start = self.reading.text.len() as u32;
        self.reading.text.push_str(text);
        let end = self.reading.text.len() as u32;
        self.reading.text.push('\n');
        self.reading.source_characters += ledger::count(text);
        Line {
            range: TextRange { start, end },
            ends,
            place,
            ruby: Vec::new(),
            room: Some(0.5),
        }
    }

    /// A line outside any grid, at this height of its page.
    pub(super) fn line(mut self, text: &str, top: f64) -> Self {
        let page = self.reading.pages;
        let place = Place::Box {
            page,
            bbox: Bbox::new(36.0, top, 300.0, top + 10.0),
        };
        let line = self.text_line(text, LineEnd::Break, place);
        if let Some(sheet) = self.reading.sheets.last_mut() {
            sheet.blocks.push(Block::Line(line));
        }
        self
    }

    /// A grid of one-cell texts; `""` is an empty cell, `"^"` the cell above going on, `"<"` the one before, `|` a line break.
    pub(super) fn grid(mut self, rows: &[&[&str]]) -> Self {
        let mut cells: Vec<Cell> = Vec::new();
        for (row, texts) in (1u32..).zip(rows) {
            for (column, text) in (1u32..).zip(*texts) {
                if *text == "^" {
                    let above = cells
                        .iter_mut()
                        .rfind(|cell| cell.column == column)
                        .unwrap();
                    above.rows += 1;
                    continue;
                }
                if *text == "<" {
                    cells.last_mut().unwrap().columns += 1;
                    continue;
                }
                let place = self.place(row, column);
                let lines = text
                    .split('|')
                    .filter(|line| !line.is_empty())
                    .map(str::to_owned)
                    .collect::<Vec<_>>();
                let lines = lines
                    .iter()
                    .map(|line| self.text_line(line, LineEnd::Break, place.clone()))
                    .collect();
                cells.push(Cell {
                    row,
                    column,
                    rows: 1,
                    columns: 1,
                    lines,
                    value: CellValue::Text,
                    place,
                    edges: None,
                });
            }
        }
        let columns = rows.iter().map(|row| row.len() as u32).max().unwrap_or(0);
        let place = self.place(1, 1);
        let grid = Grid {
            rows: rows.len() as u32,
            columns,
            cells,
            place,
            title_rows: None,
            open_below: false,
            open_above: false,
            across_pages: false,
            evidence: None,
        };
        self.reading
            .sheets
            .last_mut()
            .unwrap()
            .blocks
            .push(Block::Grid(grid));
        self
    }

    /// The last grid's last row has no closing rule, and its texts are cut.
    pub(super) fn cut(mut self) -> Self {
        if let Some(Block::Grid(grid)) = self.reading.sheets.last_mut().unwrap().blocks.last_mut() {
            grid.open_below = true;
            let last = grid.rows;
            for line in grid
                .cells
                .iter_mut()
                .filter(|cell| cell.row == last)
                .filter_map(|cell| cell.lines.last_mut())
            {
                line.ends = LineEnd::Cut;
            }
        }
        self
    }

    /// A rule closes the last grid's last row.
    pub(super) fn closed(mut self) -> Self {
        if let Some(Block::Grid(grid)) = self.reading.sheets.last_mut().unwrap().blocks.last_mut() {
            grid.open_below = false;
        }
        self
    }

    pub(super) fn place(&self, row: u32, column: u32) -> Place {
        let sheet = self.reading.sheets.last().unwrap();
        if let Some(name) = &sheet.name {
            return Place::cells(name, row, column, 1, 1);
        }
        let (x, y) = (f64::from(column) * CELL.0, 60.0 + f64::from(row) * CELL.1);
        Place::Box {
            page: self.reading.pages,
            bbox: Bbox::new(x, y, x + CELL.0, y + CELL.1),
        }
    }

    pub(super) fn import_with(self, layouts: &Layouts, file: &str) -> Result<Import, Error> {
        self.import_with_options(layouts, file, &ImportOptions::default())
    }

    pub(super) fn import_with_options(
        self,
        layouts: &Layouts,
        file: &str,
        options: &ImportOptions,
    ) -> Result<Import, Error> {
        let source = Source {
            file: file.to_owned(),
            sha256: String::new(),
            bytes: 0,
            format: "pdf".to_owned(),
            pages: self.reading.pages,
            producer: None,
        };
        import(self.reading, source, layouts, options)
    }

    pub(super) fn import(self) -> Import {
        let found = self.import_with(&Layouts::default(), "sheet.pdf").unwrap();
        let lost: Vec<_> = found
            .notes
            .iter()
            .filter(|note| note.code == "text-not-conserved")
            .collect();
        assert!(lost.is_empty(), "{lost:?}");
        let c = found.coverage;
        let sum = c.documents
            + c.headings
            + c.repeated
            + c.furniture
            + c.markup
            + c.overprint
            + c.hidden
            + c.unplaced;
        assert_eq!(c.source, sum);
        found
    }
}

pub(super) fn sheets(import: &Import) -> Vec<&GoalSheet> {
    let mut sheets = Vec::new();
    for document in &import.documents {
        if let Document::GoalSheet(sheet) = document {
            sheets.push(&**sheet);
        }
    }
    sheets
}

pub(super) fn codes(import: &Import) -> Vec<&str> {
    import.notes.iter().map(|note| note.code.as_str()).collect()
}

pub(super) fn items(sheet: &GoalSheet) -> Vec<&str> {
    sheet
        .goals
        .iter()
        .map(|goal| goal.item.as_ref().map_or("", |item| item.text.as_str()))
        .collect()
}

pub(super) fn remarks(sheet: &GoalSheet) -> Vec<&str> {
    sheet
        .remarks
        .iter()
        .map(|remark| remark.text.as_str())
        .collect()
}

pub(super) const TITLE: &str = "令和8年度　組織目標展開整理表";
pub(super) const HEAD: &[&str] = &[
    "番号",
    "実施項目",
    "どの水準まで",
    "どのような方法で",
    "共通/課名",
];
