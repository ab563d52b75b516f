//! What was read, before any meaning: sheets JSON, its texts resolved from the reading.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Source;
use crate::document::reading::SheetReading;
use crate::ledger::{Coverage, coverage_of_sheets};
use crate::message::Language;
use crate::note::{Note, What};
use crate::place::Place;
use crate::sheet::{Block, Cell, Evidence, Grid, Line, LineEnd, Reading, Sheet};

/// The schema name that sheets JSON carries.
pub const SHEETS_SCHEMA: &str = "seirihyo/sheets/1";

/// One source file, as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetsFile {
    /// `seirihyo/sheets/1`.
    pub schema: String,
    /// The program and its version.
    pub program: String,
    /// The file.
    pub source: Source,
    /// Worksheets or pages in order.
    pub sheets: Vec<SheetJson>,
    /// What a person should look at.
    pub notes: Vec<Note>,
    /// What became of each character before any layout: text of cells and lines counts as documents.
    pub coverage: Coverage,
    /// How the columns of each goal sheet were understood; none where nothing was.
    #[serde(default)]
    pub readings: Vec<SheetReading>,
}

/// A worksheet or page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetJson {
    /// The worksheet's name.
    pub name: Option<String>,
    /// 1-based page number, PDF only.
    pub page: Option<u32>,
    /// Points as displayed, PDF only.
    pub width: Option<f64>,
    /// Points as displayed, PDF only.
    pub height: Option<f64>,
    /// Grids and lines in reading order.
    pub blocks: Vec<BlockJson>,
}

/// A piece of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum BlockJson {
    /// A ruled table, or a worksheet's used cells.
    Grid {
        /// Number of rows.
        rows: u32,
        /// Number of columns.
        columns: u32,
        /// Where the grid stands.
        place: Place,
        /// Its cells, row by row, empty ones too.
        cells: Vec<CellJson>,
        /// Grids of a PDF only: what shows that it is a table, and where its cells part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<Evidence>,
    },
    /// A line of text outside any grid.
    Line {
        /// Its characters.
        text: String,
        /// Where it stands.
        place: Place,
    },
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellJson {
    /// First row, 1-based.
    pub row: u32,
    /// First column, 1-based.
    pub column: u32,
    /// Rows it spans.
    pub rows: u32,
    /// Columns it spans.
    pub columns: u32,
    /// Its logical lines, joined by `\n`.
    pub text: String,
    /// Its physical lines.
    pub lines: Vec<LineJson>,
    /// Where it stands.
    pub place: Place,
}

/// A physical line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineJson {
    /// Its characters.
    pub text: String,
    /// How it ends.
    pub ends: EndJson,
}

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EndJson {
    /// The writer ran out of room.
    Wrap,
    /// The author began a new line, or the text ends.
    Break,
    /// The page ended.
    Cut,
}

impl From<LineEnd> for EndJson {
    fn from(end: LineEnd) -> Self {
        match end {
            LineEnd::Wrap => Self::Wrap,
            LineEnd::Break => Self::Break,
            LineEnd::Cut => Self::Cut,
        }
    }
}

impl SheetsFile {
    /// The sheets of a reading, messages in one language. Characters that do not add up are a note.
    pub fn new(
        program: &str,
        source: Source,
        reading: &Reading,
        mut readings: Vec<SheetReading>,
        language: Language,
    ) -> Self {
        for read in &mut readings {
            read.in_language(language);
        }
        let (coverage, breaches) = coverage_of_sheets(reading);
        let breaches = breaches.iter().map(|breach| {
            Note::new(What::TextNotConserved {
                detail: format!("{breach:?}"),
            })
        });
        let mut notes: Vec<Note> = reading.notes.iter().cloned().chain(breaches).collect();
        for note in &mut notes {
            note.in_language(language);
        }
        let sheets = reading
            .sheets
            .iter()
            .map(|sheet| SheetJson::new(sheet, &reading.text))
            .collect();
        Self {
            schema: SHEETS_SCHEMA.to_owned(),
            program: program.to_owned(),
            source,
            sheets,
            notes,
            coverage,
            readings,
        }
    }
}

impl SheetJson {
    fn new(sheet: &Sheet, text: &str) -> Self {
        Self {
            name: sheet.name.as_deref().map(str::to_owned),
            page: sheet.page,
            width: sheet.size.map(|size| hundredths(size.0)),
            height: sheet.size.map(|size| hundredths(size.1)),
            blocks: sheet
                .blocks
                .iter()
                .map(|block| BlockJson::new(block, text))
                .collect(),
        }
    }
}

/// Points to two decimals, as in places.
fn hundredths(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

impl BlockJson {
    fn new(block: &Block, text: &str) -> Self {
        match block {
            Block::Line(line) => Self::Line {
                text: line.range.of(text).to_owned(),
                place: line.place.clone(),
            },
            Block::Grid(Grid {
                rows,
                columns,
                cells,
                place,
                evidence,
                ..
            }) => Self::Grid {
                rows: *rows,
                columns: *columns,
                place: place.clone(),
                cells: cells.iter().map(|cell| CellJson::new(cell, text)).collect(),
                evidence: *evidence,
            },
        }
    }
}

impl CellJson {
    fn new(cell: &Cell, text: &str) -> Self {
        let line = |line: &Line| LineJson {
            text: line.range.of(text).to_owned(),
            ends: line.ends.into(),
        };
        Self {
            row: cell.row,
            column: cell.column,
            rows: cell.rows,
            columns: cell.columns,
            text: logical_text(&cell.lines, text),
            lines: cell.lines.iter().map(line).collect(),
            place: cell.place.clone(),
        }
    }
}

/// Physical lines joined where they wrap; `\n` where the author broke, and where a page cuts, since
/// nothing is decided about that yet.
pub fn logical_text(lines: &[Line], text: &str) -> String {
    let mut logical = String::new();
    for (at, line) in lines.iter().enumerate() {
        logical.push_str(line.range.of(text));
        if at + 1 < lines.len() && line.ends != LineEnd::Wrap {
            logical.push('\n');
        }
    }
    logical
}
