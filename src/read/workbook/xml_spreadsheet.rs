//! An XML Spreadsheet of 2003 (Office 2003 XML reference schemas, `urn:schemas-microsoft-com:office:spreadsheet`) ->
//! stored worksheets.

use std::collections::BTreeMap;

use super::cells::{Cells, Head, Looks};
use super::margin;
use super::style::{CellStyle, Colour, Ground};
use super::worksheet::{CellText, Rule, Sides, Strike, Visibility, Workbook, Worksheet};
use super::xml::{Element, Node, Xml};
use crate::error::{Error, Problem};
use crate::note::{Note, What};
use crate::place::{CellRange, Margin};
use crate::read::{encoding, limits};
use crate::sheet::Format;

/// Rows and columns that a sheet has at most.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;
/// Styles that name each other in a circle end here; real ones nest two deep.
const PARENTS: usize = 16;

/// Reads the stored cells of all worksheets.
///
/// # Errors
/// It is damaged before its first worksheet, or a limit is exceeded.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Error> {
    let text = encoding::decode_marked_up(bytes, None);
    let mut workbook = Workbook::new(Format::Xml);
    let mut styles = Styles::default();
    let mut xml = Xml::new(&text, "XML");
    if let Err(error) = worksheets(&mut xml, &mut styles, &mut workbook) {
        let in_part = matches!(error.problem(), Problem::Damaged { .. });
        let cells = workbook.sheets.iter().any(|sheet| !sheet.cells.is_empty());
        if !(in_part && cells) {
            return Err(error);
        }
        workbook.notes.push(Note::new(What::PartNotRead {
            part: "XML".to_owned(),
            reason: error.to_string(),
        }));
    }
    if workbook.sheets.is_empty() {
        return Err(Problem::Damaged {
            reason: "Worksheet".to_owned(),
        }
        .into());
    }
    Ok(workbook)
}

fn worksheets(
    xml: &mut Xml<'_>,
    styles: &mut Styles,
    workbook: &mut Workbook,
) -> Result<(), Error> {
    loop {
        let element = match xml.next()? {
            Node::Open(element) => element,
            Node::End => return Ok(()),
            Node::Close | Node::Text(_) => continue,
        };
        match element.name() {
            "Style" => styles.style(&element, xml)?,
            "Worksheet" => {
                if workbook.sheets.len() >= limits::SHEETS {
                    let most = limits::SHEETS as u64;
                    return Err(crate::read::container::limit(
                        "シートの数",
                        "the number of sheets",
                        most,
                    ));
                }
                let name = element.attribute("Name").unwrap_or_default();
                let looks = styles.looks();
                let mut sheet = Sheet::new(&name, &looks, styles);
                let result = sheet.read(xml);
                workbook.sheets.push(sheet.cells.finish());
                result?;
            }
            _ => {}
        }
    }
}

/// The styles by their names, and what they look like in order.
#[derive(Default)]
struct Styles {
    places: BTreeMap<String, usize>,
    looks: Vec<(Look, Option<String>)>,
}

/// What a style says itself.
#[derive(Default, Clone)]
struct Look {
    code: Option<String>,
    strike: Option<Strike>,
    sides: Option<Sides>,
    ink: Option<Colour>,
    ground: Option<Ground>,
}

impl Styles {
    /// The style just opened.
    fn style(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Error> {
        let name = element.attribute("ID").unwrap_or_default().into_owned();
        let parent = element
            .attribute("Parent")
            .map(std::borrow::Cow::into_owned);
        let mut look = Look::default();
        let depth = xml.depth();
        while xml.depth() >= depth {
            if let Node::Open(element) = xml.next()? {
                look.element(&element);
            }
        }
        self.places.insert(name, self.looks.len());
        self.looks.push((look, parent));
        Ok(())
    }

    fn place(&self, name: &str) -> usize {
        self.places.get(name).copied().unwrap_or(usize::MAX)
    }

    /// The first answer of a style and its parents; the style `Default` is the parent of all.
    fn find<T>(&self, at: usize, ask: impl Fn(&Look) -> Option<T>) -> Option<T> {
        let mut at = at;
        for _ in 0..PARENTS {
            let (look, parent) = self.looks.get(at)?;
            if let Some(answer) = ask(look) {
                return Some(answer);
            }
            let next = self.place(parent.as_deref().unwrap_or("Default"));
            if next == at {
                return None;
            }
            at = next;
        }
        None
    }

    fn looks(&self) -> Looks {
        let style = |at: usize| {
            let code = self.find(at, |look| look.code.clone());
            CellStyle {
                ink: self.find(at, |look| look.ink).unwrap_or_default(),
                ground: self.find(at, |look| look.ground).unwrap_or_default(),
                ..CellStyle::new(
                    named_format(code.as_deref().unwrap_or("General")),
                    self.find(at, |look| look.strike).unwrap_or_default(),
                    self.find(at, |look| look.sides).unwrap_or_default(),
                )
            }
        };
        Looks {
            styles: (0..self.looks.len()).map(style).collect(),
            ..Looks::default()
        }
    }
}

/// The formats that have names (`ss:Format`).
fn named_format(code: &str) -> &str {
    match code {
        "General Number" | "" => "General",
        "General Date" => "yyyy/m/d h:mm",
        "Short Date" => "yyyy/m/d",
        "Long Date" => "[$-F800]",
        "Medium Date" => "d-mmm-yy",
        "Short Time" => "h:mm",
        "Long Time" => "h:mm:ss",
        "Medium Time" => "h:mm AM/PM",
        "Fixed" => "0.00",
        "Standard" => "#,##0.00",
        "Percent" => "0.00%",
        "Scientific" => "0.00E+00",
        "Currency" => "¥#,##0",
        "Yes/No" => "\"Yes\";\"Yes\";\"No\"",
        "True/False" => "\"True\";\"True\";\"False\"",
        "On/Off" => "\"On\";\"On\";\"Off\"",
        other => other,
    }
}

impl Look {
    fn element(&mut self, element: &Element<'_>) {
        match element.name() {
            "NumberFormat" => {
                self.code = element
                    .attribute("Format")
                    .map(std::borrow::Cow::into_owned);
            }
            "Borders" => self.sides = Some(self.sides.unwrap_or_default()),
            "Border" => {
                let rule = match element.attribute("LineStyle").as_deref() {
                    None | Some("None") => Rule::None,
                    // A hair line has no weight.
                    Some("Continuous") if element.attribute("Weight").as_deref() == Some("0") => {
                        Rule::Light
                    }
                    Some("Continuous" | "Double") => Rule::Full,
                    Some(_) => Rule::Light,
                };
                let side = match element.attribute("Position").as_deref() {
                    Some("Left") => Sides::LEFT,
                    Some("Right") => Sides::RIGHT,
                    Some("Top") => Sides::TOP,
                    Some("Bottom") => Sides::BOTTOM,
                    _ => Sides::NONE,
                };
                self.sides = Some(self.sides.unwrap_or_default().and_drawn(rule, side));
            }
            "Font" => {
                if element.is("StrikeThrough") {
                    self.strike = Some(Strike::Struck);
                }
                let ink = element.attribute("Color");
                self.ink = ink.map(|ink| Colour::hexadecimal(&ink));
            }
            "Interior" => {
                let fill = element
                    .attribute("Color")
                    .map(|fill| Colour::hexadecimal(&fill));
                self.ground = Some(match element.attribute("Pattern").as_deref() {
                    Some("Solid") => Ground::solid(fill.unwrap_or_default()),
                    None | Some("None") => Ground::Paper,
                    Some(_) => Ground::Pattern,
                });
            }
            _ => {}
        }
    }
}

/// A worksheet that is being filled.
struct Sheet<'a> {
    cells: Cells<'a>,
    styles: &'a Styles,
    row: u32,
    column: u32,
    /// The style of the row's cells that have none.
    row_style: Option<String>,
    /// The styles of columns: first, last, name.
    columns: Vec<(u32, u32, String)>,
    next_column: u32,
}

impl<'a> Sheet<'a> {
    fn new(name: &str, looks: &'a Looks, styles: &'a Styles) -> Self {
        Self {
            cells: Cells {
                looks,
                worksheet: Worksheet::new(name, Visibility::Visible),
                lost: 0,
            },
            styles,
            row: 0,
            column: 0,
            row_style: None,
            columns: Vec::new(),
            next_column: 1,
        }
    }

    /// Reads the worksheet just opened.
    fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), Error> {
        let depth = xml.depth();
        while xml.depth() >= depth {
            let Node::Open(element) = xml.next()? else {
                continue;
            };
            match element.name() {
                "NamedRange" if element.attribute("Name").as_deref() == Some("Print_Titles") => {
                    let rows = title_rows(&element.attribute("RefersTo").unwrap_or_default());
                    self.cells.worksheet.title_rows = rows;
                }
                "Column" => self.start_column(&element),
                "Row" => self.start_row(&element),
                "Cell" => self.cell(&element, xml)?,
                "Header" => self.margin(&element, Margin::Header),
                "Footer" => self.margin(&element, Margin::Footer),
                "Visible" if xml.text()?.starts_with("SheetHidden") => {
                    self.cells.worksheet.visibility = Visibility::Hidden;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn margin(&mut self, element: &Element<'_>, margin: Margin) {
        let code = element.attribute("Data").unwrap_or_default();
        self.cells
            .worksheet
            .add_margin(margin, margin::texts(&code));
    }

    fn start_column(&mut self, element: &Element<'_>) {
        let first = element
            .number("Index")
            .unwrap_or(self.next_column)
            .clamp(1, COLUMNS);
        let last = first
            .saturating_add(element.number("Span").unwrap_or(0))
            .min(COLUMNS);
        self.next_column = last + 1;
        if element.is("Hidden") || element.number::<f64>("Width") == Some(0.0) {
            self.cells.worksheet.hidden_columns.push((first, last));
        }
        if let Some(style) = element.attribute("StyleID")
            && self.columns.len() < COLUMNS as usize
        {
            self.columns.push((first, last, style.into_owned()));
        }
    }

    fn start_row(&mut self, element: &Element<'_>) {
        let next = self.row.saturating_add(1);
        let first = element.number("Index").unwrap_or(next).max(next);
        let last = first.saturating_add(element.number("Span").unwrap_or(0));
        if element.is("Hidden") || element.number::<f64>("Height") == Some(0.0) {
            self.cells
                .worksheet
                .hidden_rows
                .push((first, last.min(ROWS)));
        }
        self.row_style = element
            .attribute("StyleID")
            .map(std::borrow::Cow::into_owned);
        // A row with a span stands for the ones after it as well; they are empty.
        (self.row, self.column) = (first, 0);
    }

    fn cell(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Error> {
        let next = self.column.saturating_add(1);
        let column = element.number("Index").unwrap_or(next).max(next);
        let across = element.number::<u32>("MergeAcross").unwrap_or(0);
        let down = element.number::<u32>("MergeDown").unwrap_or(0);
        self.column = column.saturating_add(across);
        if !(1..=ROWS).contains(&self.row) || column > COLUMNS {
            self.cells.lost += 1;
            return xml.skip();
        }
        let of_column = || {
            let mut columns = self.columns.iter();
            columns.find(|(first, last, _)| (*first..=*last).contains(&column))
        };
        let own = element
            .attribute("StyleID")
            .map(std::borrow::Cow::into_owned);
        let style = own.or_else(|| self.row_style.clone());
        let style = style.or_else(|| of_column().map(|(.., style)| style.clone()));
        let head = Head {
            row: self.row,
            column,
            style: self.styles.place(style.as_deref().unwrap_or("Default")),
        };
        if across > 0 || down > 0 {
            self.cells.worksheet.merge(CellRange {
                row: self.row,
                column,
                rows: down.min(ROWS - self.row) + 1,
                columns: across.min(COLUMNS - column) + 1,
            })?;
        }
        let formula = element.attribute("Formula").is_some();
        self.cells.worksheet.formulas += u64::from(formula);
        self.content(head, formula, xml)
    }

    /// What stands in the cell just opened.
    fn content(&mut self, head: Head, formula: bool, xml: &mut Xml<'_>) -> Result<(), Error> {
        let depth = xml.depth();
        let mut filled = false;
        while xml.depth() >= depth {
            let Node::Open(element) = xml.next()? else {
                continue;
            };
            match element.name() {
                "Data" => {
                    let kind = element.attribute("Type").unwrap_or_default().into_owned();
                    let text = data(xml, self.cells.font(head))?;
                    filled = true;
                    self.value(head, &kind, text)?;
                }
                "Comment" => {
                    let text = xml.text()?;
                    let cell = CellRange {
                        row: head.row,
                        column: head.column,
                        rows: 1,
                        columns: 1,
                    };
                    self.cells
                        .worksheet
                        .comments
                        .push((cell, text.trim().to_owned()));
                }
                _ => xml.skip()?,
            }
        }
        match (filled, formula) {
            (true, _) => Ok(()),
            (false, true) => self.cells.without_result(head),
            (false, false) => self.cells.blank(head),
        }
    }

    fn value(&mut self, head: Head, kind: &str, text: CellText) -> Result<(), Error> {
        let trimmed = text.text.trim();
        match kind {
            "Number" => {
                let number = trimmed
                    .parse::<f64>()
                    .ok()
                    .filter(|value| value.is_finite());
                self.cells.number(head, number)
            }
            "Boolean" => self.cells.truth(head, u8::from(trimmed == "1")),
            "Error" => self.cells.error_text(head, trimmed),
            "DateTime" => self.cells.moment(head, trimmed),
            _ => self.cells.text(head, text),
        }
    }
}

/// The characters of the data just opened; `S` strikes through, in a cell whose font is struck or not.
fn data(xml: &mut Xml<'_>, cell: Strike) -> Result<CellText, Error> {
    let depth = xml.depth();
    let mut struck = None;
    let mut text = CellText::default();
    while xml.depth() >= depth {
        match xml.next()? {
            Node::Open(element) if element.name() == "S" && struck.is_none() => {
                struck = Some(xml.depth());
            }
            Node::Text(characters) => {
                let strike = if struck.is_some() {
                    Strike::Struck
                } else {
                    cell
                };
                text.push(&characters, strike);
            }
            Node::Close if struck.is_some_and(|depth| xml.depth() < depth) => struck = None,
            Node::End => break,
            Node::Open(_) | Node::Close => {}
        }
    }
    text.normalize_breaks();
    Ok(text)
}

/// `='組織目標'!R3:R4` -> (3, 4)
fn title_rows(reference: &str) -> Option<(u32, u32)> {
    reference.rsplit(',').find_map(|part| {
        let rows = part.rsplit('!').next()?.trim();
        let (first, last) = rows.split_once(':').unwrap_or((rows, rows));
        let row = |text: &str| text.trim().strip_prefix('R')?.parse::<u32>().ok();
        let (first, last) = (row(first)?, row(last)?);
        (first >= 1 && first <= last).then_some((first, last))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(styles: &str, inside: &str) -> Worksheet {
        let text = format!(
            "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
             <Styles>{styles}</Styles><Worksheet ss:Name=\"目標\">{inside}</Worksheet></Workbook>"
        );
        read(text.as_bytes()).unwrap().sheets.remove(0)
    }

    #[test]
    fn cells_stand_where_indices_and_spans_put_them() {
        let found = sheet(
            "<Style ss:ID=\"d\"><NumberFormat ss:Format=\"[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/></Style>",
            "<Table><Row><Cell ss:MergeAcross=\"2\"><Data ss:Type=\"String\">表&#10;題</Data></Cell><Cell><Data ss:Type=\"Number\">1.5</Data></Cell></Row>\
             <Row ss:Index=\"4\"><Cell ss:Index=\"2\" ss:StyleID=\"d\"><Data ss:Type=\"DateTime\">2026-04-01T00:00:00.000</Data></Cell>\
             <Cell><ss:Data ss:Type=\"String\"><S>旧</S>新</ss:Data></Cell></Row></Table>",
        );
        let shown: Vec<_> = found
            .cells
            .iter()
            .map(|cell| (cell.row, cell.column, cell.text.text.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                (1, 1, "表\n題"),
                (1, 4, "1.5"),
                (4, 2, "令和8年4月1日"),
                (4, 3, "旧新")
            ]
        );
        assert_eq!(
            found.merges.first().map(ToString::to_string).as_deref(),
            Some("A1:C1")
        );
        assert_eq!(found.cells.last().unwrap().text.struck, vec![0..3]);
    }

    #[test]
    fn styles_have_their_parents_and_sheets_what_is_around_them() {
        let found = sheet(
            "<Style ss:ID=\"Default\"><Borders><Border ss:Position=\"Top\" ss:LineStyle=\"Continuous\"/></Borders></Style>\
             <Style ss:ID=\"w\"><Font ss:Color=\"#FFFFFF\"/></Style>",
            "<Names><NamedRange ss:Name=\"Print_Titles\" ss:RefersTo=\"=目標!R2:R3\"/></Names>\
             <Table><Column ss:Index=\"3\" ss:Hidden=\"1\"/><Row ss:Hidden=\"1\"><Cell ss:StyleID=\"w\"><Data ss:Type=\"String\">案</Data></Cell><Cell/></Row></Table>\
             <WorksheetOptions><PageSetup><Header x:Data=\"&amp;C様式\"/></PageSetup><Visible>SheetHidden</Visible></WorksheetOptions>",
        );
        assert_eq!(found.title_rows, Some((2, 3)));
        assert_eq!(
            (found.hidden_rows, found.hidden_columns),
            (vec![(1, 1)], vec![(3, 3)])
        );
        assert_eq!(found.margins, [(Margin::Header, "様式".to_owned())]);
        assert_eq!(found.visibility, Visibility::Hidden);
        let first = found.cells.first().unwrap();
        assert_eq!((first.text.text.as_str(), first.sides), ("", Sides::TOP));
        assert_eq!(
            first.unseen.as_ref().map(|unseen| unseen.text.as_str()),
            Some("案")
        );
    }
}
