//! A worksheet part (ECMA-376-1 §18.3) -> its cells as they are stored, merges, hidden rows and
//! columns, and what is printed around it.

use super::super::xml::{Element, Node, Xml, is_true};
use super::strings::{RichText, rich_text, unescape};
use crate::error::Error;
use crate::place::{CellRange, Margin};
use crate::read::limits;

/// What a worksheet part says beside its values.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Cells in the order of the part.
    pub marks: Vec<Mark>,
    pub merges: Vec<CellRange>,
    /// Merges that name no range of cells.
    pub lost_merges: u64,
    pub hidden_rows: Vec<(u32, u32)>,
    pub hidden_columns: Vec<(u32, u32)>,
    /// First and last row below the headings of an automatic filter that something is asked of.
    pub filter: Option<(u32, u32)>,
    /// Columns, first and last, and their width in characters.
    pub widths: Vec<((u32, u32), f64)>,
    /// The width of the others.
    pub default_width: Option<f64>,
    /// Cells with formulas.
    pub formulas: u64,
    /// Codes of page headers and footers.
    pub margins: Vec<(Margin, String)>,
    /// Controls: the number of the shape, and the relationship of its part.
    pub controls: Vec<(u32, String)>,
    /// What stopped the scan before the part's end.
    pub broken: Option<String>,
}

/// The last row of a worksheet.
const LAST_ROW: u32 = 1 << 20;
/// The last column of a worksheet.
const LAST_COLUMN: u32 = 1 << 14;

/// A `c` element.
#[allow(clippy::struct_excessive_bools)] // attributes of the file format
#[derive(Debug)]
pub(super) struct Mark {
    /// 1-based.
    pub row: u32,
    /// 1-based.
    pub column: u32,
    pub style: usize,
    /// Its phonetic runs are shown (`ph`, §18.3.1.4). They are hidden in most cells, where an input method left
    /// them.
    pub shows_readings: bool,
    pub value: Value,
    pub formula: bool,
    /// It refers to a value of a kind that is not in the cell (`vm`, §18.3.1.4): a picture, a linked record.
    pub refers: bool,
    /// Its row and its own reference are absent or lie within a worksheet.
    pub within_sheet: bool,
}

/// What a `c` element stores.
#[derive(Debug)]
pub(super) enum Value {
    None,
    /// A formula without a stored result.
    FormulaAlone,
    Number(f64),
    Truth(bool),
    Error(String),
    /// An ISO 8601 day or moment (§18.18.11).
    Moment(String),
    /// The shared string with this index.
    Shared(usize),
    Inline(RichText),
    /// The string that a formula gave.
    Result(String),
    /// What its kind does not explain.
    Unreadable(String),
}

impl Value {
    /// From the kind of a cell and the characters of its `v` element.
    fn read(kind: Option<&str>, text: String) -> Self {
        let trimmed = text.trim();
        let number = || {
            trimmed
                .parse::<f64>()
                .ok()
                .filter(|value| value.is_finite())
        };
        match kind {
            _ if text.is_empty() => Self::None,
            Some("s") => trimmed
                .parse()
                .map_or_else(|_| Self::Unreadable(text), Self::Shared),
            Some("str") => Self::Result(text),
            Some("b") => Self::Truth(is_true(trimmed)),
            Some("e") => Self::Error(trimmed.to_owned()),
            Some("d") => Self::Moment(trimmed.to_owned()),
            None | Some("n") => number().map_or_else(|| Self::Unreadable(text), Self::Number),
            Some(_) => Self::Unreadable(text),
        }
    }
}

/// Scans as much of the part as is well formed.
pub(super) fn scan(text: &str, part: &str) -> Scan {
    let mut scanner = Scanner {
        scan: Scan::default(),
        filter: None,
        row: 0,
        column: 0,
        row_within_sheet: true,
    };
    let mut xml = Xml::new(text, part);
    loop {
        match xml.next() {
            Ok(Node::Open(element)) => {
                if let Err(error) = scanner.element(&element, &mut xml) {
                    scanner.scan.broken = Some(error.to_string());
                    break;
                }
            }
            Ok(Node::End) => break,
            Ok(Node::Close | Node::Text(_)) => {}
            Err(error) => {
                scanner.scan.broken = Some(error.to_string());
                break;
            }
        }
        if scanner.scan.marks.len().max(scanner.scan.merges.len()) > limits::CELLS {
            break;
        }
    }
    scanner.scan
}

struct Scanner {
    scan: Scan,
    /// The rows of the automatic filter.
    filter: Option<(u32, u32)>,
    /// The row and column of the cell before, 1-based; 0 before the first.
    row: u32,
    column: u32,
    row_within_sheet: bool,
}

impl Scanner {
    fn element(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Error> {
        match element.name() {
            "row" => {
                self.row = element.number("r").unwrap_or(self.row.saturating_add(1));
                self.column = 0;
                self.row_within_sheet =
                    element.attribute("r").is_none() || (1..=LAST_ROW).contains(&self.row);
                let flat = element.number::<f64>("ht") == Some(0.0);
                if element.is("hidden") || flat {
                    self.scan.hidden_rows.push((self.row, self.row));
                }
            }
            "c" => self.cell(element, xml)?,
            "col" => {
                let flat = element.number::<f64>("width") == Some(0.0);
                let (min, max) = (element.number("min"), element.number("max"));
                let columns = min.zip(max);
                self.scan
                    .widths
                    .extend(columns.zip(element.number("width")));
                if let (true, Some(min), Some(max)) = (element.is("hidden") || flat, min, max) {
                    self.scan.hidden_columns.push((min, max));
                }
            }
            "oddHeader" | "evenHeader" | "firstHeader" => {
                self.scan
                    .margins
                    .push((Margin::Header, unescape(&xml.text()?)));
            }
            "oddFooter" | "evenFooter" | "firstFooter" => {
                self.scan
                    .margins
                    .push((Margin::Footer, unescape(&xml.text()?)));
            }
            "autoFilter" => {
                let range = element
                    .attribute("ref")
                    .and_then(|range| CellRange::parse(&range));
                self.filter = range.map(|range| (range.row + 1, range.row + range.rows - 1));
            }
            "filterColumn" => self.scan.filter = self.scan.filter.or(self.filter),
            "sheetFormatPr" => self.scan.default_width = element.number("defaultColWidth"),
            "control" => {
                let part = element.attribute("id").map(std::borrow::Cow::into_owned);
                self.scan
                    .controls
                    .extend(element.number("shapeId").zip(part));
            }
            "mergeCell" => {
                let address = element.attribute("ref");
                match address.and_then(|address| CellRange::parse(&address)) {
                    Some(range) => self.scan.merges.push(range),
                    None => self.scan.lost_merges += 1,
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Error> {
        let address = element.attribute("r");
        let place = address.as_deref().and_then(CellRange::parse);
        let within_sheet = self.row_within_sheet
            && (address.is_none() || place.is_some_and(|place| place.row <= LAST_ROW))
            && place.map_or(self.column, |place| place.column) <= LAST_COLUMN;
        (self.row, self.column) = match place {
            Some(place) => (place.row, place.column),
            None => (self.row, self.column.saturating_add(1)),
        };
        let kind = element.attribute("t").map(std::borrow::Cow::into_owned);
        let mut mark = Mark {
            row: self.row,
            column: self.column,
            style: element.number("s").unwrap_or(0),
            shows_readings: element.is("ph"),
            value: Value::None,
            formula: false,
            refers: element.number("vm").is_some_and(|index: u32| index > 0),
            within_sheet,
        };
        let depth = xml.depth();
        while xml.depth() >= depth {
            let Node::Open(inner) = xml.next()? else {
                continue;
            };
            match inner.name() {
                "v" if kind.as_deref() != Some("inlineStr") => {
                    mark.value = Value::read(kind.as_deref(), xml.text()?);
                }
                "is" => mark.value = Value::Inline(rich_text(xml)?),
                "f" => {
                    mark.formula = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        self.scan.formulas += u64::from(mark.formula);
        if mark.formula && matches!(mark.value, Value::None) && kind.as_deref() != Some("str") {
            mark.value = Value::FormulaAlone;
        }
        self.scan.marks.push(mark);
        Ok(())
    }
}

/// The comments part (§18.7): each comment's cell and text, as far as it is well formed.
pub(super) fn comments(text: &str) -> Vec<(CellRange, String)> {
    let mut xml = Xml::new(text, "comments");
    let mut comments: Vec<(CellRange, String)> = Vec::new();
    while let Ok(node) = xml.next() {
        match node {
            Node::Open(element) => match element.name() {
                "comment" => {
                    let cell = element
                        .attribute("ref")
                        .and_then(|address| CellRange::parse(&address));
                    comments.extend(cell.map(|cell| (cell, String::new())));
                }
                "rPh" if xml.skip().is_err() => break,
                "t" => {
                    let Ok(part) = xml.text() else { break };
                    if let Some((_, text)) = comments.last_mut() {
                        text.push_str(&part);
                    }
                }
                _ => {}
            },
            Node::End => break,
            Node::Close | Node::Text(_) => {}
        }
    }
    comments
}
