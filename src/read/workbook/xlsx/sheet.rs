//! A worksheet part (ECMA-376-1 §18.3) -> what calamine does not give: merges, hidden rows and columns, and
//! for each cell its style, its string's runs and whether a value is stored at all.

use super::super::xml::{Element, Node, Xml};
use super::strings::{RichText, rich_text};
use crate::error::Error;
use crate::place::CellRange;
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
    /// Cells with formulas.
    pub formulas: u64,
    /// What stopped the scan before the part's end.
    pub broken: Option<String>,
}

/// The last row of a worksheet.
const LAST_ROW: u32 = 1 << 20;

/// A `c` element.
#[derive(Debug)]
pub(super) struct Mark {
    /// 1-based.
    pub row: u32,
    /// 1-based.
    pub column: u32,
    pub style: usize,
    pub string: Str,
    /// Its phonetic runs are shown (`ph`, §18.3.1.4). They are hidden in most cells, where an input method left
    /// them.
    pub shows_readings: bool,
    pub value: Value,
    /// Its row and its own reference are absent or lie within a worksheet: what is beyond may be any number, and
    /// calamine's sums of it wrap.
    pub within_sheet: bool,
}

/// What a `c` element stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    None,
    Stored,
    /// A formula without a stored result.
    FormulaAlone,
}

/// Where a cell's string is.
#[derive(Debug)]
pub(super) enum Str {
    /// The value is no string with runs.
    None,
    /// The shared string with this index.
    Shared(usize),
    Inline(RichText),
}

/// Scans as much of the part as is well formed.
pub(super) fn scan(text: &str, part: &str) -> Scan {
    let mut scanner = Scanner {
        scan: Scan::default(),
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
                if let (true, Some(min), Some(max)) = (element.is("hidden") || flat, min, max) {
                    self.scan.hidden_columns.push((min, max));
                }
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
            && (address.is_none() || place.is_some_and(|place| place.row <= LAST_ROW));
        (self.row, self.column) = match place {
            Some(place) => (place.row, place.column),
            None => (self.row, self.column.saturating_add(1)),
        };
        let kind = element.attribute("t").map(std::borrow::Cow::into_owned);
        let mut mark = Mark {
            row: self.row,
            column: self.column,
            style: element.number("s").unwrap_or(0),
            string: Str::None,
            shows_readings: element
                .attribute("ph")
                .is_some_and(|shown| matches!(shown.trim(), "1" | "true")),
            value: Value::None,
            within_sheet,
        };
        let mut formula = false;
        let depth = xml.depth();
        while xml.depth() >= depth {
            let Node::Open(inner) = xml.next()? else {
                continue;
            };
            match inner.name() {
                "v" if kind.as_deref() != Some("inlineStr") => {
                    let value = xml.text()?;
                    if !value.is_empty() {
                        mark.value = Value::Stored;
                    }
                    if let (Some("s"), Ok(index)) = (kind.as_deref(), value.trim().parse()) {
                        mark.string = Str::Shared(index);
                    }
                }
                "is" => {
                    mark.string = Str::Inline(rich_text(xml)?);
                    mark.value = Value::Stored;
                }
                "f" => {
                    formula = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        self.scan.formulas += u64::from(formula);
        if formula && mark.value == Value::None && kind.as_deref() != Some("str") {
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
