//! Hub 1: what was read from a file, before any meaning – sheets of grids and lines over one text.
//!
//! Every character that a reader accepts stands once in [`Reading::text`]; lines, cells and set-aside
//! text are ranges of it, so each character keeps its identity until the documents are closed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use std::ops::Range;
use std::sync::Arc;

use crate::note::Note;
use crate::place::{Bbox, Place};

/// A range of [`Reading::text`], in bytes, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// The characters, as a slice of the reading's text; empty if the range is not one of that text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }
    /// The sub-range that starts and ends at these byte offsets from this range's start.
    #[must_use]
    pub fn slice(self, within: Range<usize>) -> Self {
        Self {
            start: self.start + within.start as u32,
            end: self.start + within.end as u32,
        }
    }
    /// Whether it has no characters.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// The kinds of file that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Portable Document Format (ISO 32000).
    Pdf,
    /// Office Open XML workbook (ECMA-376).
    Xlsx,
    /// The same with macros.
    Xlsm,
    /// Excel 5.0 to 2003 binary workbook ([MS-XLS]).
    Xls,
    /// Excel binary workbook ([MS-XLSB]).
    Xlsb,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// Comma- or tab-separated values.
    Csv,
    /// The text export of a document reader.
    Text,
    /// HTML, alone or in an MHTML file, whatever it is called.
    Html,
    /// XML Spreadsheet 2003.
    Xml,
}

impl Format {
    /// The name in the import JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Xlsm => "xlsm",
            Self::Xls => "xls",
            Self::Xlsb => "xlsb",
            Self::Ods => "ods",
            Self::Csv => "csv",
            Self::Text => "text",
            Self::Html => "html",
            Self::Xml => "xml",
        }
    }
}

/// A whole file as it was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What the file is.
    pub format: Format,
    /// What the file says made it.
    pub producer: Option<String>,
    /// Pages or worksheets in the file, read or not.
    pub pages: u32,
    /// All characters in reading order, set-aside ones included.
    pub text: String,
    /// Visible characters, counted where they were decoded, independently of `text`: Unicode scalar
    /// values without white space and U+FEFF.
    pub source_characters: u64,
    /// Worksheets or pages in order.
    pub sheets: Vec<Sheet>,
    /// Characters that are kept apart from the sheets: overprint, hidden text, markup.
    pub set_aside: Vec<SetAside>,
    /// What a person should look at.
    pub notes: Vec<Note>,
}

/// Text that the source holds but does not show, or shows twice.
#[derive(Debug, Clone)]
pub struct SetAside {
    /// Why it is apart.
    pub class: AsideClass,
    /// The characters.
    pub range: TextRange,
    /// Where they stand.
    pub place: Option<Place>,
}

/// Why characters are set aside by a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsideClass {
    /// The same glyph painted again in place.
    Overprint,
    /// Invisible, clipped or off-page text; struck-through runs; hidden rows, columns and sheets.
    Hidden,
    /// Residue of a text export's markup.
    Markup,
    /// A watermark.
    Furniture,
}

/// A worksheet or a page.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The worksheet's name.
    pub name: Option<Arc<str>>,
    /// 1-based page number, PDF only.
    pub page: Option<u32>,
    /// Width and height in points as displayed, PDF only.
    pub size: Option<(f64, f64)>,
    /// Where its lines run as displayed.
    pub lines_run: LinesRun,
    /// Grids and lines in reading order.
    pub blocks: Vec<Block>,
}

/// Where the lines of a displayed page run: `/Rotate` (ISO 32000-1 Table 30) may show it on its side or its head.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LinesRun {
    /// As they are read.
    #[default]
    Right,
    /// The page is turned clockwise.
    Down,
    /// It stands on its head.
    Left,
    /// It is turned anticlockwise.
    Up,
}

impl Sheet {
    /// A box of this page where it would stand if the page were shown as it is read.
    pub fn upright(&self, bbox: Bbox) -> Bbox {
        let (width, height) = self.size.unwrap_or_default();
        let (left, top, right, bottom) = (bbox.left(), bbox.top(), bbox.right(), bbox.bottom());
        match self.lines_run {
            LinesRun::Right => bbox,
            LinesRun::Down => Bbox::new(top, width - right, bottom, width - left),
            LinesRun::Left => Bbox::new(width - right, height - bottom, width - left, height - top),
            LinesRun::Up => Bbox::new(height - bottom, left, height - top, right),
        }
    }

    /// The height in points of the page as it is read, PDF only.
    pub fn upright_height(&self) -> Option<f64> {
        let (width, height) = self.size?;
        Some(match self.lines_run {
            LinesRun::Right | LinesRun::Left => height,
            LinesRun::Down | LinesRun::Up => width,
        })
    }
}

/// A piece of a sheet.
#[derive(Debug, Clone)]
pub enum Block {
    /// A ruled table, or a worksheet's used cells.
    Grid(Grid),
    /// A line of text outside any grid.
    Line(Line),
}

/// A table: cells with spans over rows and columns.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Number of rows.
    pub rows: u32,
    /// Number of columns.
    pub columns: u32,
    /// Cells in row-major order of their first row and column; each stored once with its span. A
    /// position that no cell covers is outside the grid's outline (PDF) or empty (worksheet).
    pub cells: Vec<Cell>,
    /// Where the grid stands.
    pub place: Place,
    /// Print titles: the first and last row (1-based, within the grid) that the file says are repeated
    /// on each printed page.
    pub title_rows: Option<(u32, u32)>,
    /// PDF only: the page ends inside the last row (its closing rule is missing, or a line of it is cut).
    pub open_below: bool,
    /// PDF only: the first row has no rule above it.
    pub open_above: bool,
    /// PDF only: its columns stand on several pages; they are told apart by their numbers and not by where they stand.
    pub across_pages: bool,
    /// PDF only: what shows that it is a table, and where its cells part.
    pub evidence: Option<Evidence>,
}

/// What shows that part of a page is a table, and where its cells part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What its rows and columns were told by.
    pub by: Proposer,
    /// Sides of its cells.
    pub sides: u32,
    /// How many of these are drawn: by a rule, or by the edge of a painted box.
    pub sides_drawn: u32,
    /// Columns with text in the first row.
    pub columns_headed: u32,
    /// Rows with text in the first column.
    pub rows_begun: u32,
}

/// What the rows and columns of a table are told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Proposer {
    /// Rules around its cells.
    #[default]
    Ruled,
    /// Boxes that stand apart, each a cell.
    Boxed,
    /// Painted cells.
    Painted,
    /// Rules around cells, and a painted row of headings over them.
    Banded,
    /// A frame, or rules between columns or some rows, and the alignment of the text in them.
    Aligned,
    /// Rules around groups of rows; each of their lines is a row.
    Grouped,
    /// A row of headings, painted or over a rule, and the alignment of the text below it.
    Headed,
    /// Painted headings and labels around an area.
    Labelled,
    /// Rules across alone, and white between columns.
    Lined,
    /// Every second row painted, and white between columns.
    Striped,
    /// White between columns and between rows alone.
    Unruled,
}

impl Proposer {
    /// Whether some rows or columns part where the text does, with nothing drawn there.
    pub fn is_by_text(self) -> bool {
        matches!(
            self,
            Self::Aligned
                | Self::Grouped
                | Self::Headed
                | Self::Labelled
                | Self::Lined
                | Self::Striped
                | Self::Unruled
        )
    }
}

/// A cell of a grid.
#[derive(Debug, Clone)]
pub struct Cell {
    /// First row in the grid, 1-based.
    pub row: u32,
    /// First column in the grid, 1-based.
    pub column: u32,
    /// Rows it spans, at least 1.
    pub rows: u32,
    /// Columns it spans, at least 1.
    pub columns: u32,
    /// Its physical lines; none if it is empty.
    pub lines: Vec<Line>,
    /// What the file stores behind the displayed text.
    pub value: CellValue,
    /// Where it stands.
    pub place: Place,
    /// Where it begins and ends along a row of its table as that is read, points; PDF only. On a page that is displayed
    /// on its side the place does not say it.
    pub edges: Option<(f64, f64)>,
}

impl Cell {
    /// Whether the cell covers this position, 1-based.
    pub fn covers(&self, row: u32, column: u32) -> bool {
        (self.row..self.row + self.rows).contains(&row)
            && (self.column..self.column + self.columns).contains(&column)
    }
}

/// What a spreadsheet stores behind a cell's displayed text. A PDF has only text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum CellValue {
    /// Text, or nothing.
    #[default]
    Text,
    /// A number, as stored.
    Number(f64),
    /// A calendar day that a date format displays: year, month, day.
    Day(i32, u8, u8),
}

/// How a physical line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// The writer ran out of room; the text goes on.
    Wrap,
    /// The author began a new line, or the text ends.
    Break,
    /// The page ended; whether the text goes on is decided when the pages are joined.
    Cut,
}

/// A physical line of text.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its characters.
    pub range: TextRange,
    /// How it ends.
    pub ends: LineEnd,
    /// Where it stands: the line's own box on a page, its cell on a worksheet.
    pub place: Place,
    /// Readings set above it.
    pub ruby: Vec<Ruby>,
    /// PDF only: room left between the line's end and the end of its cell (or column of text), in ems
    /// of the line's font. What comes next would have stood here if it had fitted.
    pub room: Option<f32>,
}

impl Line {
    /// Whether it stands in the header or footer of a worksheet's printed pages.
    pub fn in_margin(&self) -> bool {
        matches!(self.place, Place::Margin { .. })
    }
}

/// A reading set above a part of a line.
#[derive(Debug, Clone, Copy)]
pub struct Ruby {
    /// The characters that the reading belongs to, inside the line's range.
    pub base: TextRange,
    /// The reading, outside the line's range.
    pub reading: TextRange,
}
