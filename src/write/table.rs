//! Hub 3: what is printed – sheets of cells with their looks, from documents or a comparison.

pub mod chains;
mod columns;
pub mod comparison;
pub mod findings;
mod goals;
mod head;
mod indicators;
mod list;
mod overflow;
mod policy;
mod reading;
mod value;
pub mod worklist;

pub(crate) use value::joined;

use std::ops::Range;

use crate::document::Document;
use crate::document::goal::GoalSheet;
use crate::form::{Align, Direction, Form, Orientation, Paper};
use crate::text::date::Date;

/// One printed sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What the sheet is about, for its name; any characters, any length.
    pub name: String,
    /// The paper.
    pub paper: Paper,
    /// Which edge of the paper is up.
    pub orientation: Orientation,
    /// The columns' widths in half-width characters of the sheet's font.
    pub widths: Vec<f64>,
    /// Top to bottom.
    pub rows: Vec<Row>,
    /// The rows that are printed again at the head of each page.
    pub repeated: Range<usize>,
    /// How many columns at the left stay in view while the rest is scrolled.
    pub frozen_columns: usize,
    /// Whether the rows below the headings can be filtered and sorted by each column.
    pub filtered: bool,
    /// What makes the sheet one that people type into; `None`: one to print.
    pub entry: Option<Entry>,
}

/// The part of a sheet that people type into. Its rows have no height of their own, so that spreadsheet programs fit them to
/// what is typed, and a list of choices goes over its whole column, so that rows put in between have it too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The rows.
    pub rows: Range<usize>,
    /// Columns that are not shown.
    pub hidden: Vec<usize>,
    /// What may be last year's, marked as long as it stands there.
    pub stale: Vec<Stale>,
}

/// Words that may be last year's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The rows where they are marked.
    pub rows: Range<usize>,
    /// The columns of the cell that they stand in.
    pub columns: Range<usize>,
    /// The words.
    pub words: Vec<String>,
}

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its cells, left to right; places that none covers are empty and have no rules.
    pub cells: Vec<Cell>,
    /// What happens where it is too tall for one row.
    pub overlong: Overlong,
    /// Where the row after it stands in print.
    pub next: Next,
    /// What stands for this row and some after it if they are too tall for one page.
    pub instead: Option<Instead>,
}

/// A row that says what several do.
#[derive(Debug, Clone, PartialEq)]
pub struct Instead {
    /// How many rows it stands for.
    pub rows: usize,
    /// The row.
    pub row: Box<Row>,
}

/// Where the row after a row stands in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Next {
    /// On the same page or on the next.
    #[default]
    Anywhere,
    /// On the same page: the row is its heading.
    SamePage,
}

/// What happens with a row that is taller than a spreadsheet's row may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlong {
    /// It goes on in a row below, whose cell of this index says （続き）.
    Marked(usize),
    /// It goes on in a row below.
    Plain,
}

/// A cell with its span.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The index of its first column, from 0.
    pub column: usize,
    /// How many columns it spans, at least 1.
    pub columns: usize,
    /// How many rows it spans, at least 1.
    pub rows: usize,
    /// What stands in it.
    pub content: Content,
    /// How it looks.
    pub look: Look,
    /// Where a click on it leads: `file:///FILE#'SHEET'!CELL`, the file relative to the workbook.
    pub link: Option<String>,
    /// Whether it says again what the cell above it says.
    pub down: Down,
}

/// Whether a cell is one with those below it: they are merged as far as a page reaches, and its words stand again at the top of
/// the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Down {
    /// It stands alone.
    #[default]
    Alone,
    /// Cells below may go on with it.
    Begins,
    /// It goes on with the cell above, whose words it has.
    GoesOn,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing.
    Blank,
    /// Words, `\n` for a line break.
    Words(Vec<Run>),
    /// A number.
    Number(i64),
    /// A day, shown with its era.
    Day(Date),
}

/// A stretch of words with one emphasis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// How they stand out.
    pub emphasis: Emphasis,
    /// The reading (ルビ) set above them.
    pub reading: Option<String>,
}

/// How words stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Emphasis {
    /// They do not.
    #[default]
    None,
    /// What only the new year has: underlined, in its colour.
    Inserted,
    /// What only the old year has: underlined, in its colour.
    Deleted,
    /// What only the old year has, where both stand in one text: struck through, in its colour.
    Struck,
    /// What differs in wording only: underlined.
    Reworded,
    /// What stands elsewhere in the other year: underlined twice.
    Moved,
}

/// How a cell looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// How its text is set between left and right.
    pub align: Align,
    /// How its text is set between top and bottom.
    pub position: Position,
    /// Which way its text runs.
    pub direction: Direction,
    /// Its rules.
    pub rules: Rules,
    /// The size of its letters.
    pub size: Size,
    /// What is behind its text.
    pub ground: Ground,
    /// Indent of its text in full-width characters.
    pub indent: u8,
    /// The words that may be entered; empty: any.
    pub choices: Vec<String>,
}

impl Look {
    /// Of a heading over a column: in the middle, ruled and shaded.
    fn heading() -> Self {
        Self {
            align: Align::Center,
            position: Position::Middle,
            rules: Rules::Thin,
            ground: Ground::Shaded,
            ..Self::default()
        }
    }
}

/// How text is set between a cell's top and bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Position {
    /// At the top.
    #[default]
    Top,
    /// In the middle.
    Middle,
}

/// The rules around a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rules {
    /// None.
    #[default]
    None,
    /// Thin ones on all sides.
    Thin,
    /// Thin ones, and a heavier one above: something else begins.
    HeavyAbove,
}

/// The size of a cell's letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// The sheet's.
    #[default]
    Text,
    /// The title's.
    Title,
}

/// What is behind a cell's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    /// The paper.
    #[default]
    Plain,
    /// A light grey, under headings.
    Shaded,
}

/// Which of a form's columns are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Those that the document's own sheet had: reading the print gives the same document.
    Document,
    /// All: the form is the one that the sheet is to have.
    Form,
}

impl Table {
    /// A document in a printed form; without one, in the form that its own columns make. What the form has
    /// no place for is added to it.
    pub fn from_document(document: &Document, form: Option<&Form>, extent: Extent) -> Self {
        match document {
            Document::GoalSheet(sheet) => goals::table(sheet, form, extent),
            Document::Policy(policy) => policy::table(policy, form),
        }
    }

    /// A sheet to be filled in, in a form or in that of its own columns: see [`crate::next`].
    pub fn to_fill(sheet: &GoalSheet, form: Option<&Form>, extent: Extent) -> Self {
        goals::to_fill(sheet, form, extent)
    }
}

impl Table {
    /// Under the form's title, if nothing stands above its headings: it would be read as going on with the sheet
    /// before it.
    #[must_use]
    pub fn set_off(mut self, form: Option<&Form>) -> Self {
        if self.repeated.is_empty() || self.repeated.start > 0 {
            return self;
        }
        let title = form.map_or(goals::TITLE, |form| &form.title);
        let title = title
            .replace("{fiscal_year}", "")
            .replace("{organization}", "");
        let row = head::title_row(title.trim(), self.widths.len());
        self.rows.insert(0, row);
        self.repeated = 1..self.repeated.end + 1;
        if let Some(entry) = &mut self.entry {
            entry.rows = entry.rows.start + 1..entry.rows.end + 1;
            for stale in &mut entry.stale {
                stale.rows = stale.rows.start + 1..stale.rows.end + 1;
            }
        }
        self
    }

    /// Whether a reading stands above these characters somewhere.
    pub fn shows_reading(&self, base: &str, reading: &str) -> bool {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let mut runs = cells.flat_map(|cell| match &cell.content {
            Content::Words(runs) => runs.as_slice(),
            _ => &[],
        });
        runs.any(|run| run.text == base && run.reading.as_deref() == Some(reading))
    }
}

impl Content {
    /// Words without emphasis; none give a blank.
    pub fn words(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            return Self::Blank;
        }
        Self::Words(vec![Run::plain(text)])
    }
}

impl Run {
    /// Words without emphasis or reading.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            emphasis: Emphasis::None,
            reading: None,
        }
    }
}

impl Cell {
    /// A cell of one row and one column.
    pub fn new(column: usize, content: Content, look: Look) -> Self {
        Self {
            column,
            columns: 1,
            rows: 1,
            content,
            look,
            link: None,
            down: Down::Alone,
        }
    }

    /// The same over several columns.
    #[must_use]
    pub fn over(mut self, columns: usize) -> Self {
        self.columns = columns.max(1);
        self
    }
}

impl Row {
    /// A row that goes on without a mark.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            overlong: Overlong::Plain,
            next: Next::Anywhere,
            instead: None,
        }
    }

    /// The same, never the last of a page.
    #[must_use]
    pub fn above_next(mut self) -> Self {
        self.next = Next::SamePage;
        self
    }
}
