//! An Excel binary workbook ([MS-XLSB]) -> stored worksheets.
//!
//! The values are read here and not by calamine: it leaves out inline strings with runs and the errors of
//! formulas without a word, panics and aborts on damaged records, and merges, hidden rows, formats and
//! strikes have to be read from the same records anyway.

mod globals;
mod record;
mod sheet;

use self::globals::{Bundle, Strings, Styles};
use super::cells::Looks;
use super::worksheet::Workbook;
use super::xlsx::package::{producer, relationships};
use super::xml::decode;
use crate::error::{Error, Problem};
use crate::note::{Note, What};
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
    let bytes = container.part(WORKBOOK)?.ok_or_else(|| damaged(WORKBOOK))?;
    let bundle = Bundle::read(&bytes);
    let parts = relationships(container, WORKBOOK)?;
    let target = |kind: &str| {
        parts
            .values()
            .find(|part| part.kind == kind)
            .map(|part| part.target.clone())
    };
    let mut part_of = |kind: &str| match target(kind) {
        Some(path) => container.part(&path).map(Option::unwrap_or_default),
        None => Ok(Vec::new()),
    };
    let styles = Styles::read(&part_of("styles")?);
    let strings = Strings::read(&part_of("sharedStrings")?);
    let looks = Looks {
        epoch: bundle.epoch,
        styles: styles.cells,
        fonts: styles.fonts,
    };
    let app = container.part("docProps/app.xml").ok().flatten();
    let mut workbook = Workbook {
        format: Format::Xlsb,
        producer: app.and_then(|bytes| producer(&decode(&bytes))),
        sheets: Vec::new(),
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
                let worksheet = sheet::read(&bytes, entry, &looks, &strings.items)?;
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

fn not_read(part: &str, reason: &str) -> Note {
    Note::new(What::PartNotRead {
        part: part.to_owned(),
        reason: reason.to_owned(),
    })
}
