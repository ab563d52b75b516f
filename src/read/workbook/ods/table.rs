//! A table element (ODF 1.3 part 3 §9.1) -> a stored worksheet; repeated rows and columns are not unrolled
//! unless they hold something.

use super::super::number_format::general;
use super::super::shape::{Shape, ShapeKind, range_to};
use super::super::worksheet::{
    CellText, Sides, StoredCell, Strike, Unseen, Visibility, WhyUnseen, Worksheet,
};
use super::super::xml::{Element, Node, Xml};
use super::styles::Styles;
use super::text::Paragraphs;
use crate::error::Error;
use crate::note::{Note, What};
use crate::place::CellRange;
use crate::sheet::CellValue;

/// An empty bordered cell that is repeated more often than this stands for the format of whole rows or
/// columns, not for the blanks of a table.
const LONGEST_BLANK_RUN: u32 = 1_024;
/// Where shapes stand that name no cell.
const FIRST_CELL: CellRange = CellRange {
    row: 1,
    column: 1,
    rows: 1,
    columns: 1,
};
/// Rows of a sheet (ODF leaves it open; 2^20 in all programs that are used).
const ROWS: u32 = 1 << 20;
/// Columns of a sheet.
const COLUMNS: u32 = 1 << 14;

/// Reads the table just opened and adds it to the sheets, also as much of it as there is if it is cut.
///
/// # Errors
/// The part is not well formed, or there are too many cells.
pub(super) fn read(
    xml: &mut Xml<'_>,
    styles: &Styles,
    name: &str,
    visibility: Visibility,
    areas: &str,
    sheets: &mut Vec<Worksheet>,
) -> Result<(), Error> {
    let mut table = Table {
        styles,
        worksheet: Worksheet::new(name, visibility),
        columns: Vec::new(),
        next_column: 1,
        row: 1,
        header: None,
    };
    table.worksheet.print_areas = print_areas(areas);
    let result = table.read(xml);
    sheets.push(table.worksheet);
    result
}

/// `$目標.$A$1:$目標.$H$20` and more, apart by spaces (§19.698), -> the ranges.
fn print_areas(ranges: &str) -> Vec<CellRange> {
    let areas = ranges.split_whitespace().filter_map(|range| {
        let (first, last) = range.split_once(':')?;
        let cell = |address: &str| address.rsplit('.').next().map(str::to_owned);
        CellRange::parse(&format!("{}:{}", cell(first)?, cell(last)?))
    });
    areas.collect()
}

/// Whether a length is so short that a shape with it hardly reaches into its last cell: a millimetre and a half.
fn hardly(length: Option<&str>) -> bool {
    let Some(length) = length else { return false };
    let digits = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let millimetres = match length.get(digits.len()..) {
        Some("cm") => 10.0,
        Some("in") => 25.4,
        Some("pt") => 25.4 / 72.0,
        _ => 1.0,
    };
    digits
        .trim()
        .parse::<f64>()
        .is_ok_and(|value| value * millimetres < 1.5)
}

/// Columns that share a default cell style.
struct Columns {
    first: u32,
    last: u32,
    style: String,
}

struct Table<'a> {
    styles: &'a Styles,
    worksheet: Worksheet,
    columns: Vec<Columns>,
    next_column: u32,
    /// The row that comes next, 1-based.
    row: u32,
    /// Depth of the element with the rows that are printed again.
    header: Option<u32>,
}

/// A cell element's own attributes.
struct CellAttributes {
    style: Option<String>,
    repeated: u32,
    spanned: (u32, u32),
    kind: String,
    value: Option<f64>,
    date: Option<String>,
    /// A value in an attribute, for a cell without a paragraph.
    spare: Option<String>,
    formula: bool,
    error: bool,
}

impl Table<'_> {
    fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), Error> {
        let depth = xml.depth();
        while xml.depth() >= depth {
            let node = xml.next()?;
            if self.header.is_some_and(|header| xml.depth() < header) {
                self.header = None;
            }
            let Node::Open(element) = node else { continue };
            match element.name() {
                "table-column" => self.column(&element),
                "table-header-rows" => self.header = Some(xml.depth()),
                "table-row" => self.row(&element, xml)?,
                "table-row-group"
                | "table-rows"
                | "table-column-group"
                | "table-columns"
                | "table-header-columns" => {}
                // Shapes that hang on the sheet and not on a cell.
                "shapes" => self.loose_shapes(xml)?,
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    fn column(&mut self, element: &Element<'_>) {
        let first = self.next_column;
        let last = first
            .saturating_add(repeated(element, "number-columns-repeated"))
            .saturating_sub(1)
            .min(COLUMNS);
        self.next_column = last.saturating_add(1);
        if is_hidden(element) {
            self.worksheet.hidden_columns.push((first, last));
        }
        if let Some(style) = element.attribute("default-cell-style-name")
            && self.columns.len() < COLUMNS as usize
        {
            self.columns.push(Columns {
                first,
                last,
                style: style.into_owned(),
            });
        }
    }

    fn row(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Error> {
        let count = repeated(element, "number-rows-repeated");
        let last = self.row.saturating_add(count).saturating_sub(1).min(ROWS);
        match element.attribute("visibility").as_deref() {
            Some("collapse") => self.worksheet.hidden_rows.push((self.row, last)),
            Some("filter") => self.worksheet.filtered_rows.push((self.row, last)),
            _ => {}
        }
        if self.header.is_some() {
            let first = self.worksheet.title_rows.map_or(self.row, |rows| rows.0);
            self.worksheet.title_rows = Some((first, last));
        }
        let default = element
            .attribute("default-cell-style-name")
            .map(std::borrow::Cow::into_owned);
        let mut column = 1;
        let depth = xml.depth();
        while xml.depth() >= depth {
            let Node::Open(cell) = xml.next()? else {
                continue;
            };
            if !matches!(cell.name(), "table-cell" | "covered-table-cell") {
                xml.skip()?;
                continue;
            }
            let attributes = CellAttributes::of(&cell);
            let own = attributes.style.as_deref().or(default.as_deref());
            let style = own.or_else(|| self.column_style(column)).map(str::to_owned);
            let next = column.saturating_add(attributes.repeated);
            self.cell(&attributes, style.as_deref(), xml, (self.row, last), column)?;
            column = next;
        }
        self.row = last.saturating_add(1);
        Ok(())
    }

    fn column_style(&self, column: u32) -> Option<&str> {
        let at = self
            .columns
            .partition_point(|columns| columns.last < column);
        self.columns
            .get(at)
            .filter(|columns| columns.first <= column)
            .map(|columns| columns.style.as_str())
    }

    /// A cell in these rows, and in as many columns as it is repeated.
    fn cell(
        &mut self,
        attributes: &CellAttributes,
        style: Option<&str>,
        xml: &mut Xml<'_>,
        rows: (u32, u32),
        column: u32,
    ) -> Result<(), Error> {
        let strike = style.map_or(Strike::Live, |style| self.styles.cell_strike(style));
        let here = CellRange {
            row: rows.0,
            column,
            rows: 1,
            columns: 1,
        };
        self.worksheet.formulas += u64::from(attributes.formula);
        let (mut text, comment) = self.content(attributes, xml, strike, here)?;
        self.worksheet
            .comments
            .extend(comment.map(|comment| (here, comment)));
        if attributes.formula && attributes.kind.is_empty() && text.text.is_empty() {
            let place = Some(self.worksheet.place(here.row, here.column));
            self.worksheet
                .notes
                .push(Note::new(What::FormulaWithoutValue).at(place));
        }
        let columns = attributes.repeated.min(COLUMNS.saturating_sub(column) + 1);
        let run = rows.1.saturating_sub(rows.0) + 1;
        self.merge(attributes, here)?;
        let sides = style.map_or(Sides::NONE, |style| self.styles.sides(style));
        let blank = text.text.is_empty();
        let is_long = run > LONGEST_BLANK_RUN || columns > LONGEST_BLANK_RUN;
        let mut unseen = None;
        // A value whose format displays nothing.
        let stored = attributes.undisplayed();
        if blank && !stored.trim().is_empty() && !is_long {
            let why = WhyUnseen::Format;
            unseen = Some(Box::new(Unseen { text: stored, why }));
        }
        if blank && unseen.is_none() && (!sides.any() || is_long) {
            return Ok(());
        }
        if attributes.error {
            let place = Some(self.worksheet.place(here.row, here.column));
            self.worksheet.notes.push(
                Note::new(What::CellError {
                    value: text.text.clone(),
                })
                .at(place),
            );
        }
        if style.is_some_and(|style| self.styles.hides_text(style)) && !blank {
            let text = std::mem::take(&mut text).text;
            let why = WhyUnseen::Colour;
            unseen = Some(Box::new(Unseen { text, why }));
        }
        for row in rows.0..=rows.1 {
            for column in column..column + columns {
                self.worksheet.push(StoredCell {
                    row,
                    column,
                    text: text.clone(),
                    value: attributes.stored(),
                    sides,
                    unseen: unseen.clone(),
                })?;
            }
        }
        Ok(())
    }

    fn merge(&mut self, attributes: &CellAttributes, here: CellRange) -> Result<(), Error> {
        let (rows, columns) = attributes.spanned;
        if rows <= 1 && columns <= 1 {
            return Ok(());
        }
        let rows = rows.min(ROWS.saturating_sub(here.row) + 1);
        let columns = columns.min(COLUMNS.saturating_sub(here.column) + 1);
        self.worksheet.merge(CellRange {
            rows,
            columns,
            ..here
        })
    }

    /// The shapes of the element just opened.
    fn loose_shapes(&mut self, xml: &mut Xml<'_>) -> Result<(), Error> {
        let depth = xml.depth();
        while xml.depth() >= depth {
            match xml.next()? {
                Node::Open(element) => {
                    let kind = shape_kind(&element);
                    let text = shape(xml, self.styles)?;
                    self.shape(FIRST_CELL, text, kind);
                }
                Node::End => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    /// Text in a shape is shown with the sheet, if the shape is.
    fn shape(&mut self, here: CellRange, text: String, kind: ShapeKind) {
        if !text.trim().is_empty() {
            let shape = Shape::text(here, text);
            self.worksheet.add_shapes(vec![Shape { kind, ..shape }]);
        }
    }

    /// What the cell just opened displays, and its comment.
    fn content(
        &mut self,
        attributes: &CellAttributes,
        xml: &mut Xml<'_>,
        strike: Strike,
        here: CellRange,
    ) -> Result<(CellText, Option<String>), Error> {
        let mut paragraphs = Paragraphs::new(self.styles);
        let mut comment = None;
        let depth = xml.depth();
        while xml.depth() >= depth {
            let Node::Open(element) = xml.next()? else {
                continue;
            };
            match element.name() {
                "p" | "h" => paragraphs.paragraph(xml, strike)?,
                "annotation" => comment = Some(annotation(xml, self.styles)?),
                _ => {
                    // §19.627: where the shape ends.
                    let end = element.attribute("end-cell-address");
                    let end = end.and_then(|end| CellRange::parse(end.rsplit('.').next()?));
                    let reached =
                        |name: &str| u32::from(!hardly(element.attribute(name).as_deref()));
                    let end = end.map_or((here.row, here.column), |end| {
                        let (below, right) = (1 - reached("end-y"), 1 - reached("end-x"));
                        (
                            end.row - below.min(end.row - 1),
                            end.column - right.min(end.column - 1),
                        )
                    });
                    let kind = shape_kind(&element);
                    let text = shape(xml, self.styles)?;
                    self.shape(range_to((here.row, here.column), end), text, kind);
                }
            }
        }
        if paragraphs.has_started() {
            return Ok((paragraphs.finish(), comment));
        }
        // Some writers leave the displayed text out.
        let mut text = CellText::plain(attributes.undisplayed());
        if strike == Strike::Struck {
            text.strike();
        }
        Ok((text, comment))
    }
}

impl CellAttributes {
    fn of(element: &Element<'_>) -> Self {
        let owned = |name: &str| element.qualified(name).map(std::borrow::Cow::into_owned);
        let kind = owned("office:value-type").unwrap_or_default();
        let spare = [
            "office:string-value",
            "office:date-value",
            "office:time-value",
            "office:boolean-value",
        ];
        Self {
            style: owned("table:style-name"),
            repeated: repeated(element, "number-columns-repeated"),
            spanned: (
                repeated(element, "number-rows-spanned"),
                repeated(element, "number-columns-spanned"),
            ),
            value: owned("office:value").and_then(|value| value.trim().parse().ok()),
            date: owned("office:date-value"),
            spare: spare.iter().find_map(|name| owned(name)),
            formula: element.attribute("formula").is_some(),
            error: owned("calcext:value-type").as_deref() == Some("error"),
            kind,
        }
    }

    /// The value behind the text.
    fn stored(&self) -> CellValue {
        match (
            self.kind.as_str(),
            self.value,
            self.date.as_deref().and_then(day_of),
        ) {
            ("date", _, Some((year, month, day))) => CellValue::Day(year, month, day),
            ("float" | "percentage" | "currency", Some(value), _) => CellValue::Number(value),
            _ => CellValue::Text,
        }
    }

    /// The value as characters where no displayed text is stored.
    fn undisplayed(&self) -> String {
        match (self.kind.as_str(), self.value) {
            ("float" | "currency", Some(value)) => general(value),
            ("percentage", Some(value)) => format!("{}%", general(value * 100.0)),
            ("boolean", _) => self.spare.clone().unwrap_or_default().to_uppercase(),
            _ => self.spare.clone().unwrap_or_default(),
        }
    }
}

/// `2026-04-01` or `2026-04-01T00:00:00` as year, month and day.
fn day_of(text: &str) -> Option<(i32, u8, u8)> {
    let day = crate::text::date::Date::parse(text.split('T').next()?)?;
    Some((day.year(), day.month(), day.day()))
}

/// Whether a shape is displayed (§19.191 `draw:display`; LibreOffice writes it in a namespace of its own).
fn shape_kind(element: &Element<'_>) -> ShapeKind {
    if element.attribute("display").as_deref() == Some("none") {
        ShapeKind::Hidden
    } else {
        ShapeKind::Text
    }
}

/// A count in an attribute, at least 1.
fn repeated(element: &Element<'_>, name: &str) -> u32 {
    element.number::<u32>(name).unwrap_or(1).max(1)
}

/// Whether a column is hidden (§19.749).
fn is_hidden(element: &Element<'_>) -> bool {
    element
        .attribute("visibility")
        .is_some_and(|visibility| matches!(&*visibility, "collapse" | "filter"))
}

/// The text of the comment just opened, without its author and date.
fn annotation(xml: &mut Xml<'_>, styles: &Styles) -> Result<String, Error> {
    let mut paragraphs = Paragraphs::new(styles);
    let depth = xml.depth();
    while xml.depth() >= depth {
        let Node::Open(element) = xml.next()? else {
            continue;
        };
        match element.name() {
            "p" => paragraphs.paragraph(xml, Strike::Live)?,
            "list" | "list-item" => {}
            _ => xml.skip()?,
        }
    }
    Ok(paragraphs.finish().text)
}

/// The paragraphs inside the shape just opened; its title and description are not shown.
fn shape(xml: &mut Xml<'_>, styles: &Styles) -> Result<String, Error> {
    let mut paragraphs = Paragraphs::new(styles);
    let depth = xml.depth();
    while xml.depth() >= depth {
        let Node::Open(element) = xml.next()? else {
            continue;
        };
        match element.name() {
            "p" | "h" => paragraphs.paragraph(xml, Strike::Live)?,
            "title" | "desc" | "annotation" => xml.skip()?,
            _ => {}
        }
    }
    Ok(paragraphs.finish().text)
}
