//! What every workbook reader fills in: the stored cells of a worksheet, before anything is laid out.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::shape::Shape;
use crate::error::Error;
use crate::ledger;
use crate::note::Note;
use crate::place::{CellRange, Margin, Place};
use crate::read::active::Active;
use crate::read::container::limit;
use crate::read::limits;
use crate::sheet::{CellValue, Format};

/// A workbook as it is stored.
#[derive(Debug)]
pub(super) struct Workbook {
    pub format: Format,
    /// What the file says made it.
    pub producer: Option<String>,
    /// Worksheets in the order of their tabs.
    pub sheets: Vec<Worksheet>,
    /// What other programs would run or fetch.
    pub active: BTreeSet<Active>,
    /// Notes about the whole file.
    pub notes: Vec<Note>,
}

impl Workbook {
    /// An empty workbook.
    pub(super) fn new(format: Format) -> Self {
        Self {
            format,
            producer: None,
            sheets: Vec::new(),
            active: BTreeSet::new(),
            notes: Vec::new(),
        }
    }
}

/// Whether a worksheet's tab is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visibility {
    Visible,
    /// Hidden, or hidden so that only a program can show it (`veryHidden`).
    Hidden,
}

/// A worksheet as it is stored: only the cells that are there.
#[derive(Debug)]
pub(super) struct Worksheet {
    pub name: Arc<str>,
    pub visibility: Visibility,
    pub cells: Vec<StoredCell>,
    pub merges: Vec<CellRange>,
    /// First and last hidden row of each run, 1-based.
    pub hidden_rows: Vec<(u32, u32)>,
    /// First and last hidden column of each run, 1-based.
    pub hidden_columns: Vec<(u32, u32)>,
    /// First and last row that is printed again on each page, 1-based.
    pub title_rows: Option<(u32, u32)>,
    /// First and last row of each run that a filter hides, 1-based. They are read.
    pub filtered_rows: Vec<(u32, u32)>,
    /// The ranges that are printed; none if all is.
    pub print_areas: Vec<CellRange>,
    /// Columns whose width is said: first, last, and whether they are squares.
    pub widths: Vec<(u32, u32, bool)>,
    /// Whether the others are squares.
    pub squares: bool,
    /// Comments with their cells.
    pub comments: Vec<(CellRange, String)>,
    /// Text boxes, controls and other shapes with text.
    pub shapes: Vec<Shape>,
    /// Texts of its page headers and footers.
    pub margins: Vec<(Margin, String)>,
    /// Characters counted where the cells' strings were produced.
    pub source_characters: u64,
    /// Cells with formulas.
    pub formulas: u64,
    pub notes: Vec<Note>,
}

/// A cell that holds something or has a border.
#[derive(Debug)]
pub(super) struct StoredCell {
    /// 1-based.
    pub row: u32,
    /// 1-based.
    pub column: u32,
    pub text: CellText,
    pub value: CellValue,
    /// The sides that its own style draws.
    pub sides: Sides,
    /// Text that is stored and not displayed.
    pub unseen: Option<Box<Unseen>>,
}

impl StoredCell {
    /// A cell whose sides are not drawn.
    pub(super) fn new(row: u32, column: u32, text: CellText) -> Self {
        Self {
            row,
            column,
            text,
            value: CellValue::Text,
            sides: Sides::NONE,
            unseen: None,
        }
    }
}

/// Text that is not displayed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unseen {
    pub text: String,
    pub why: WhyUnseen,
}

/// Why a cell or a shape that is shown does not show its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhyUnseen {
    /// Its number format has a section for it that leaves it out.
    Format,
    /// It has the colour of what is behind it.
    Colour,
    /// The shape is hidden.
    Shape,
    /// Its element is not displayed (`display: none`).
    Markup,
}

impl WhyUnseen {
    /// In both languages, as notes on hidden text say it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Format => "表示形式 / number format",
            Self::Colour => "背景と同じ色 / same colour as its background",
            Self::Markup => "表示しない指定 / not displayed",
            Self::Shape => "非表示の図形 / hidden shape",
        }
    }
}

/// Texts of a sheet's headers and footers: three parts on three kinds of pages, twice, some lines each.
const MARGIN_TEXTS: usize = 1_024;

/// Characters of the default font in a column of squares (方眼紙); a full-width character takes two.
pub(super) const WIDEST_SQUARE: f64 = 4.0;

/// Columns of the widest worksheet that a program makes.
const MOST_COLUMNS: usize = 16_384;

/// How a side of a cell is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Rule {
    #[default]
    None,
    /// Hair, dotted or dashed: it guides the eye within what full lines part.
    Light,
    Full,
}

impl Rule {
    /// By the number of a border's style ([MS-XLS] §2.5.15, [MS-XLSB] §2.5.11).
    pub(super) fn numbered(style: u16) -> Self {
        match style {
            0 => Self::None,
            3 | 4 | 7 | 9 | 11 => Self::Light,
            _ => Self::Full,
        }
    }
}

/// How far above the bit of a side that is drawn stands the one that says that its line is light.
const LIGHT: u32 = 4;

/// Which sides of a cell are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sides(u8);

impl Sides {
    pub const NONE: Self = Self(0);
    pub const LEFT: Self = Self(1);
    pub const RIGHT: Self = Self(2);
    pub const TOP: Self = Self(4);
    pub const BOTTOM: Self = Self(8);
    pub const ALL: Self = Self(15);

    /// These and others.
    #[must_use]
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These but others.
    #[must_use]
    pub(super) fn without(self, others: Self) -> Self {
        Self(self.0 & !(others.0 | others.0 << LIGHT))
    }

    /// These, and another one as it is drawn.
    #[must_use]
    pub(super) fn and_drawn(self, rule: Rule, other: Self) -> Self {
        match rule {
            Rule::None => self,
            Rule::Light => Self(self.0 | other.0 | other.0 << LIGHT),
            Rule::Full => self.and(other),
        }
    }

    /// Those that are drawn with a full line.
    #[must_use]
    pub(super) fn full(self) -> Self {
        Self(self.0 & !(self.0 >> LIGHT) & Self::ALL.0)
    }

    /// Whether any is drawn with a light line.
    pub(super) fn any_light(self) -> bool {
        self.0 >> LIGHT != 0
    }

    /// Whether all are drawn, lightly or not.
    pub(super) fn is_all(self) -> bool {
        self.has(Self::ALL)
    }

    /// Whether all of these are drawn.
    pub(super) fn has(self, sides: Self) -> bool {
        self.0 & sides.0 == sides.0
    }

    /// Whether any is drawn.
    pub(super) fn any(self) -> bool {
        self.0 & Self::ALL.0 != 0
    }
}

/// A cell's displayed characters, line breaks as `\n`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct CellText {
    pub text: String,
    /// Struck-through parts (見え消し), in bytes, ascending, not touching.
    pub struck: Vec<Range<usize>>,
    /// Readings that are shown above parts of the text, in bytes, ascending.
    pub readings: Vec<(Range<usize>, String)>,
}

impl CellText {
    /// Live text.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Appends a run; neighbouring struck runs become one.
    pub(super) fn push(&mut self, run: &str, strike: Strike) {
        let start = self.text.len();
        self.text.push_str(run);
        if strike == Strike::Live || run.is_empty() {
            return;
        }
        match self.struck.last_mut() {
            Some(last) if last.end == start => last.end = self.text.len(),
            _ => self.struck.push(start..self.text.len()),
        }
    }

    /// The same text, struck as a whole.
    pub(super) fn strike(&mut self) {
        self.struck.clear();
        if !self.text.is_empty() {
            self.struck.push(0..self.text.len());
        }
    }

    /// The lines without their struck parts; none for an empty cell. A line that was struck as a whole
    /// goes with its line break, so that what takes its place begins the cell.
    pub(super) fn live_lines(&self) -> Vec<String> {
        if self.text.is_empty() {
            return Vec::new();
        }
        let mut lines = Vec::new();
        let mut start = 0;
        let mut next = 0;
        for line in self.text.split('\n') {
            let end = start + line.len();
            let mut live = String::new();
            let mut struck = false;
            let mut at = start;
            while let Some(part) = self.struck.get(next).filter(|part| part.start < end) {
                live.push_str(self.text.get(at..part.start.max(at)).unwrap_or_default());
                let gone = self
                    .text
                    .get(part.start.max(at)..part.end.min(end))
                    .unwrap_or_default();
                struck |= !gone.trim().is_empty();
                at = part.end.min(end);
                if part.end > end {
                    break;
                }
                next += 1;
            }
            live.push_str(self.text.get(at..end).unwrap_or_default());
            if !(struck && live.trim().is_empty()) {
                lines.push(live);
            }
            start = end + 1;
        }
        lines
    }

    /// Takes what a text format makes of the text: the same with literals before and after it.
    pub(super) fn surround(&mut self, shown: String) {
        if !shown.contains(&self.text) {
            *self = Self::plain(shown);
        } else if shown != self.text {
            let before = shown.find(&self.text).unwrap_or(0);
            let readings = self.readings.iter_mut().map(|(part, _)| part);
            for part in self.struck.iter_mut().chain(readings) {
                *part = part.start + before..part.end + before;
            }
            self.text = shown;
        }
    }

    /// CRLF and CR as `\n`, keeping the struck parts on their characters.
    pub(super) fn normalize_breaks(&mut self) {
        if !self.text.contains('\r') {
            return;
        }
        let old = std::mem::take(self);
        let mut at = 0;
        let parts = old.struck.iter().map(|part| (part.clone(), Strike::Struck));
        let mut pieces = Vec::new();
        for (part, strike) in parts {
            pieces.push((at..part.start, Strike::Live));
            at = part.end;
            pieces.push((part, strike));
        }
        pieces.push((at..old.text.len(), Strike::Live));
        for (range, strike) in pieces {
            let followed = old
                .text
                .get(range.end..)
                .is_some_and(|rest| rest.starts_with('\n'));
            let piece = old.text.get(range).unwrap_or_default();
            let piece = if followed {
                piece.strip_suffix('\r').unwrap_or(piece)
            } else {
                piece
            };
            self.push(&piece.replace("\r\n", "\n").replace('\r', "\n"), strike);
        }
    }
}

/// Whether a run of text is struck through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Strike {
    #[default]
    Live,
    Struck,
}

impl Worksheet {
    /// An empty worksheet.
    pub(super) fn new(name: &str, visibility: Visibility) -> Self {
        Self {
            name: Arc::from(name),
            visibility,
            cells: Vec::new(),
            merges: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            title_rows: None,
            filtered_rows: Vec::new(),
            print_areas: Vec::new(),
            widths: Vec::new(),
            squares: false,
            comments: Vec::new(),
            shapes: Vec::new(),
            margins: Vec::new(),
            source_characters: 0,
            formulas: 0,
            notes: Vec::new(),
        }
    }

    /// Adds a cell and counts its characters.
    ///
    /// # Errors
    /// The limit of cells.
    pub(super) fn push(&mut self, cell: StoredCell) -> Result<(), Error> {
        self.source_characters += ledger::count(&cell.text.text);
        if let Some(unseen) = &cell.unseen {
            self.source_characters += ledger::count(&unseen.text);
        }
        if self.cells.len() >= limits::CELLS {
            return Err(limit(
                "セルの数",
                "the number of cells",
                limits::CELLS as u64,
            ));
        }
        self.cells.push(cell);
        Ok(())
    }

    /// Adds a merged range.
    ///
    /// # Errors
    /// The limit of cells, for ranges.
    pub(super) fn merge(&mut self, range: CellRange) -> Result<(), Error> {
        if self.merges.len() >= limits::CELLS {
            let limits = limits::CELLS as u64;
            return Err(limit("結合の数", "the number of merged ranges", limits));
        }
        self.merges.push(range);
        Ok(())
    }

    /// Rows that are hidden within the rows of a filter are not hidden by hand: they come and go with what is asked
    /// for, and belong to the sheet.
    pub(super) fn set_filter(&mut self, rows: (u32, u32)) {
        let hidden = std::mem::take(&mut self.hidden_rows);
        for (first, last) in hidden {
            if rows.0 <= first && last <= rows.1 {
                self.filtered_rows.push((first, last));
            } else {
                self.hidden_rows.push((first, last));
            }
        }
    }

    /// Says how wide some columns are, in characters of the default font.
    pub(super) fn set_width(&mut self, columns: (u32, u32), characters: f64) {
        let is_square = characters <= WIDEST_SQUARE;
        self.widths.push((columns.0, columns.1, is_square));
    }

    /// Tells of each column whether it is one of small squares.
    pub(super) fn square_columns(&self) -> impl Fn(u32) -> bool + use<> {
        let mut columns = vec![self.squares; MOST_COLUMNS + 1];
        // The first that says a column's width stands.
        for &(first, last, is_square) in self.widths.iter().take(MOST_COLUMNS).rev() {
            let last = (last as usize).min(MOST_COLUMNS);
            if let Some(own) = columns.get_mut(first as usize..last + 1) {
                own.fill(is_square);
            }
        }
        move |column| columns.get(column as usize) == Some(&true)
    }

    /// Adds shapes whose characters their reader has not counted yet.
    pub(super) fn add_shapes(&mut self, shapes: Vec<Shape>) {
        let texts = shapes.iter().map(|shape| ledger::count(&shape.text));
        self.source_characters += texts.sum::<u64>();
        self.shapes.extend(shapes);
    }

    /// Adds the texts of page headers or footers; the same text on odd, even and first pages is one.
    pub(super) fn add_margin(&mut self, margin: Margin, texts: Vec<String>) {
        for text in texts {
            let entry = (margin, text);
            if !self.margins.contains(&entry) && self.margins.len() < MARGIN_TEXTS {
                self.source_characters += ledger::count(&entry.1);
                self.margins.push(entry);
            }
        }
    }

    /// The place of one cell, 1-based.
    pub(super) fn place(&self, row: u32, column: u32) -> Place {
        Place::cells(&self.name, row, column, 1, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(runs: &[(&str, Strike)]) -> CellText {
        let mut text = CellText::default();
        for (run, strike) in runs {
            text.push(run, *strike);
        }
        text
    }

    #[test]
    fn merges_beyond_the_limit_are_an_error_and_not_left_out() {
        let mut worksheet = Worksheet::new("目標", Visibility::Visible);
        let range = CellRange::parse("A1:B2").unwrap();
        worksheet.merges = vec![range; limits::CELLS - 1];
        worksheet.merge(range).unwrap();
        assert!(worksheet.merge(range).is_err());
    }

    #[test]
    fn struck_parts_leave_their_lines() {
        use Strike::{Live, Struck};
        let lines = |runs: &[(&str, Strike)]| text(runs).live_lines();
        assert_eq!(lines(&[("旧案", Struck), ("\n新案", Live)]), ["新案"]);
        assert_eq!(
            lines(&[("年", Live), ("５", Struck), ("６", Live), ("回", Live)]),
            ["年６回"]
        );
        assert_eq!(
            lines(&[("甲", Live), ("乙\n丙", Struck), ("丁\n戊", Live)]),
            ["甲", "丁", "戊"]
        );
        assert_eq!(lines(&[("甲\n乙", Struck)]), [""; 0]);
        assert_eq!(lines(&[("甲\n\n乙\n", Live)]), ["甲", "", "乙", ""]);
        assert_eq!(lines(&[]), [""; 0]);
    }

    #[test]
    fn line_breaks_are_one_character_even_between_runs() {
        let mut cell = text(&[("甲\r", Strike::Struck), ("\n乙\r\n丙\r丁", Strike::Live)]);
        cell.normalize_breaks();
        assert_eq!(cell.text, "甲\n乙\n丙\n丁");
        assert_eq!((cell.struck.len(), cell.struck.first()), (1, Some(&(0..3))));
    }
}
