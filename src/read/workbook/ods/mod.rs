//! An `OpenDocument` spreadsheet (ODF 1.3 part 3) -> stored worksheets.
//!
//! The values are read here and not by a library: calamine loops without end on a cut `content.xml`, and what a
//! cell displays, its merges, hidden rows and strikes stand in the same elements as its value.

mod styles;
mod table;
mod text;

use std::collections::BTreeSet;

use self::styles::Styles;
use super::worksheet::{Visibility, Workbook};
use super::xml::{Node, Xml, decode};
use crate::error::{Error, Problem};
use crate::note::{Note, What};
use crate::read::active;
use crate::read::container::Container;
use crate::read::limits;
use crate::sheet::Format;

/// Reads the stored cells of all worksheets.
///
/// # Errors
/// No worksheet can be read, or a limit is exceeded.
pub(super) fn read(container: &mut Container<'_>) -> Result<Workbook, Error> {
    let missing = || {
        Error::from(Problem::Damaged {
            reason: "content.xml".to_owned(),
        })
    };
    let content = container.part("content.xml")?.ok_or_else(missing)?;
    let common = container
        .part("styles.xml")
        .ok()
        .flatten()
        .unwrap_or_default();
    let mut styles = Styles::default();
    // Without the common styles all text can still be read.
    let unread = styles.read(&decode(&common), "styles.xml").err();
    let producer = container
        .part("meta.xml")
        .ok()
        .flatten()
        .and_then(|meta| generator(&decode(&meta)));
    let mut workbook = Workbook {
        format: Format::Ods,
        producer,
        sheets: Vec::new(),
        active: BTreeSet::new(),
        notes: Vec::new(),
    };
    workbook
        .notes
        .extend(unread.map(|error| not_read("styles.xml", &error)));
    let text = decode(&content);
    workbook.active = active::in_open_document(container, &text);
    let mut xml = Xml::new(&text, "content.xml");
    if let Err(error) = tables(&mut xml, &mut styles, &mut workbook) {
        let in_part = matches!(error.problem(), Problem::Damaged { .. });
        let cells = workbook.sheets.iter().any(|sheet| !sheet.cells.is_empty());
        if !(in_part && cells) {
            return Err(error);
        }
        workbook.notes.push(not_read("content.xml", &error));
    }
    if workbook.sheets.is_empty() {
        return Err(missing());
    }
    Ok(workbook)
}

fn not_read(part: &str, error: &Error) -> Note {
    Note::new(What::PartNotRead {
        part: part.to_owned(),
        reason: error.to_string(),
    })
}

/// Reads the styles and the tables that stand directly in the spreadsheet; tables in tracked changes and
/// in embedded objects are not shown.
fn tables(xml: &mut Xml<'_>, styles: &mut Styles, workbook: &mut Workbook) -> Result<(), Error> {
    let mut spreadsheet = None;
    loop {
        let element = match xml.next()? {
            Node::Open(element) => element,
            Node::End => return Ok(()),
            Node::Close | Node::Text(_) => continue,
        };
        match element.name() {
            "automatic-styles" | "styles" => styles.collect(xml)?,
            "spreadsheet" => spreadsheet = Some(xml.depth()),
            "table" if spreadsheet.is_some_and(|depth| xml.depth() == depth + 1) => {
                if workbook.sheets.len() >= limits::SHEETS {
                    return Err(crate::read::container::limit(
                        "シートの数",
                        "the number of sheets",
                        limits::SHEETS as u64,
                    ));
                }
                let hidden = element
                    .attribute("style-name")
                    .is_some_and(|style| styles.hides_table(&style));
                let visibility = if hidden {
                    Visibility::Hidden
                } else {
                    Visibility::Visible
                };
                let name = element.attribute("name").unwrap_or_default().into_owned();
                let areas = element
                    .attribute("print-ranges")
                    .unwrap_or_default()
                    .into_owned();
                let style = element
                    .attribute("style-name")
                    .unwrap_or_default()
                    .into_owned();
                let first = workbook.sheets.len();
                let result =
                    table::read(xml, styles, &name, visibility, &areas, &mut workbook.sheets);
                if let Some(sheet) = workbook.sheets.get_mut(first) {
                    for (margin, text) in styles.margins(&style) {
                        sheet.add_margin(*margin, vec![text.clone()]);
                    }
                }
                result?;
            }
            "tracked-changes" | "scripts" | "font-face-decls" => xml.skip()?,
            _ => {}
        }
    }
}

/// The program that wrote the file (ODF 1.3 part 3 §4.3.2.1).
fn generator(text: &str) -> Option<String> {
    let mut xml = Xml::new(text, "meta.xml");
    loop {
        match xml.next().ok()? {
            Node::Open(element) if element.name() == "generator" => {
                return super::program_name(&xml.text().ok()?);
            }
            Node::End => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test that cannot go on should stop
mod tests {
    use super::*;

    fn workbook_of(content: &str) -> (Workbook, Result<(), Error>) {
        let mut workbook = Workbook {
            format: Format::Ods,
            producer: None,
            sheets: Vec::new(),
            active: BTreeSet::new(),
            notes: Vec::new(),
        };
        let mut xml = Xml::new(content, "content.xml");
        let read = tables(&mut xml, &mut Styles::default(), &mut workbook);
        (workbook, read)
    }

    /// Wherever it is cut, reading ends, and what stands before the cut is kept.
    #[test]
    fn a_cut_content_ends() {
        let content = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"目標\">\
            <table:table-row><table:table-cell><text:p>一</text:p></table:table-cell></table:table-row>";
        for cut in (0..content.len()).filter(|&cut| content.is_char_boundary(cut)) {
            workbook_of(&content[..cut]).1.ok();
        }
        let (workbook, read) = workbook_of(content);
        assert_eq!(workbook.sheets[0].cells.len(), 1);
        assert!(matches!(
            read.unwrap_err().problem(),
            Problem::Damaged { .. }
        ));
    }
}
