//! An Excel binary workbook ([MS-XLSB]) -> stored worksheets.
//!
//! The values are read here and not by a library: calamine leaves out inline strings with runs and the errors of
//! formulas without a word, panics and aborts on damaged records, and merges, hidden rows, formats and
//! strikes have to be read from the same records anyway.

mod comments;
mod globals;
mod record;
mod sheet;

use std::collections::BTreeMap;

use self::globals::{Bundle, Strings, Styles};
use super::cells::Looks;
use super::relationships::{of_kind, relationships};
use super::worksheet::{Workbook, Worksheet};
use super::xlsx::package::producer;
use super::xlsx::{controls, drawing};
use super::xml::decode;
use crate::error::{Error, Problem};
use crate::note::{Note, What};
use crate::read::active;
use crate::read::container::Container;
use crate::sheet::Format;

const WORKBOOK: &str = "xl/workbook.bin";

/// Reads the stored cells of all worksheets.
///
/// # Errors
/// No worksheet can be read, or a limit is exceeded.
pub(super) fn read(container: &mut Container<'_>) -> Result<Workbook, Error> {
    let damaged = |part: &str| {
        Error::from(Problem::Damaged {
            reason: part.to_owned(),
        })
    };
    let root = relationships(container, "")?;
    let path = of_kind(&root, "officeDocument").unwrap_or_else(|| WORKBOOK.to_owned());
    let bytes = container.part(&path)?.ok_or_else(|| damaged(&path))?;
    let bundle = Bundle::read(&bytes);
    let parts = relationships(container, &path)?;
    let mut part_of = |kind: &str| match of_kind(&parts, kind) {
        Some(path) => container.part(&path).map(Option::unwrap_or_default),
        None => Ok(Vec::new()),
    };
    let styles = Styles::read(&part_of("styles")?);
    let strings = Strings::read(&part_of("sharedStrings")?);
    let looks = Looks {
        epoch: bundle.epoch,
        styles: styles.cells,
        fonts: styles.fonts,
        results: bundle.results,
    };
    let app = container.part("docProps/app.xml").ok().flatten();
    let mut workbook = Workbook {
        format: Format::Xlsb,
        producer: app.and_then(|bytes| producer(&decode(&bytes))),
        sheets: Vec::new(),
        active: active::in_office_open_xml(container),
        notes: Vec::new(),
    };
    workbook.notes.extend(
        strings
            .cut
            .then(|| not_read("xl/sharedStrings.bin", "BrtSSTItem")),
    );
    for entry in &bundle.sheets {
        let part = parts.get(&entry.relationship);
        if part.is_some_and(|part| part.kind != "worksheet") {
            continue;
        }
        match part
            .map(|part| container.part(&part.target))
            .transpose()?
            .flatten()
        {
            Some(bytes) => {
                let mut worksheet = sheet::read(&bytes, entry, &looks, &strings.items)?;
                let path = part.map(|part| part.target.as_str()).unwrap_or_default();
                beside(container, path, &mut worksheet)?;
                workbook.sheets.push(worksheet);
            }
            None => workbook
                .notes
                .push(not_read(&format!("「{}」", entry.name), WORKBOOK)),
        }
    }
    if workbook.sheets.is_empty() {
        return Err(damaged(WORKBOOK));
    }
    Ok(workbook)
}

/// What stands in parts of their own beside a worksheet: its drawing, which is XML, and its comments.
fn beside(
    container: &mut Container<'_>,
    path: &str,
    worksheet: &mut Worksheet,
) -> Result<(), Error> {
    let parts = relationships(container, path)?;
    let vml = match of_kind(&parts, "vmlDrawing") {
        Some(path) => container.part(&path)?.unwrap_or_default(),
        None => Vec::new(),
    };
    let controls = controls::controls(&decode(&vml), &BTreeMap::new());
    for part in parts.into_values() {
        match part.kind.as_str() {
            "drawing" => {
                let bytes = container.part(&part.target)?.unwrap_or_default();
                worksheet.add_shapes(drawing::shapes(&decode(&bytes), &controls.numbers));
            }
            "comments" => {
                let bytes = container.part(&part.target)?.unwrap_or_default();
                worksheet.comments = comments::read(&bytes);
            }
            _ => {}
        }
    }
    worksheet.add_shapes(controls.shapes);
    Ok(())
}

fn not_read(part: &str, reason: &str) -> Note {
    Note::new(What::PartNotRead {
        part: part.to_owned(),
        reason: reason.to_owned(),
    })
}
