//! An Office Open XML workbook (ECMA-376-1 §18) -> stored worksheets: values by calamine, the rest beside it.

pub(super) mod drawing;
pub(super) mod package;
mod sheet;
mod strings;
mod styles;
mod values;

use std::borrow::Cow;

use self::package::{Package, SheetEntry};
use self::strings::RichText;
use self::styles::Styles;
use super::worksheet::{Workbook, Worksheet};
use super::xml::decode;
use crate::error::{Error, Problem};
use crate::note::{Note, What};
use crate::read::active;
use crate::read::container::Container;
use crate::sheet::Format;

/// What all sheets of a workbook share.
struct Shared {
    package: Package,
    strings: Vec<RichText>,
    styles: Styles,
}

/// Reads the stored cells of all worksheets.
///
/// # Errors
/// No worksheet can be read, or a limit is exceeded.
pub(super) fn read(container: &mut Container<'_>, format: Format) -> Result<Workbook, Error> {
    let package = Package::read(container)?;
    let string_bytes = match &package.shared_strings {
        Some(path) => container.part(path)?.unwrap_or_default(),
        None => Vec::new(),
    };
    let strings = strings::shared_strings(&decode(&string_bytes))?;
    let styles = match &package.styles {
        Some(path) => Styles::read(&decode(&container.part(path)?.unwrap_or_default()))?,
        None => Styles::default(),
    };
    let mut workbook = Workbook {
        format,
        producer: package.producer.clone(),
        sheets: Vec::new(),
        active: active::in_office_open_xml(container),
        notes: Vec::new(),
    };
    let mut parts = Vec::new();
    for entry in &package.sheets {
        match part_of(container, entry)? {
            Ok(part) => parts.push((entry.clone(), part)),
            Err(note) => workbook.notes.push(note),
        }
    }
    if parts.is_empty() {
        return Err(Problem::Damaged {
            reason: "xl/worksheets".to_owned(),
        }
        .into());
    }
    let shared = Shared {
        package,
        strings,
        styles,
    };
    let mut values =
        values::Values::open(string_bytes, parts.iter().map(|(_, part)| part.as_slice()))?;
    for (index, (entry, part)) in parts.iter().enumerate() {
        let comments = entry
            .comments
            .as_ref()
            .map(|path| container.part(path))
            .transpose()?
            .flatten();
        let text: Cow<'_, str> = decode(part);
        let mut worksheet = worksheet(&shared, entry, &text, &mut values, index)?;
        let drawing = entry
            .drawing
            .as_ref()
            .map(|path| container.part(path))
            .transpose()?
            .flatten();
        if let Some(bytes) = drawing {
            worksheet.add_shapes(drawing::shapes(&decode(&bytes)));
        }
        if let Some(bytes) = comments {
            worksheet.comments = sheet::comments(&decode(&bytes));
        }
        workbook.sheets.push(worksheet);
    }
    Ok(workbook)
}

/// A worksheet's part, or the note that it is missing.
fn part_of(
    container: &mut Container<'_>,
    entry: &SheetEntry,
) -> Result<Result<Vec<u8>, Note>, Error> {
    let missing = |reason: String| {
        Note::new(What::PartNotRead {
            part: format!("「{}」", entry.name),
            reason,
        })
    };
    let Some(path) = &entry.path else {
        return Ok(Err(missing("xl/_rels/workbook.xml.rels".to_owned())));
    };
    match container.part(path) {
        Ok(Some(part)) => Ok(Ok(part)),
        Ok(None) => Ok(Err(missing(path.clone()))),
        Err(error) => match error.problem() {
            Problem::Damaged { reason } => Ok(Err(missing(reason.clone()))),
            _ => Err(error),
        },
    }
}

/// One worksheet from its part and its values.
fn worksheet(
    shared: &Shared,
    entry: &SheetEntry,
    text: &str,
    values: &mut values::Values,
    index: usize,
) -> Result<Worksheet, Error> {
    let scan = sheet::scan(text, entry.path.as_deref().unwrap_or_default());
    let mut worksheet = Worksheet::new(&entry.name, entry.visibility);
    for range in scan.merges {
        worksheet.merge(range)?;
    }
    if scan.lost_merges > 0 {
        let part = format!("「{}」", entry.name);
        let reason = format!("{} mergeCell", scan.lost_merges);
        let note = Note::new(What::PartNotRead { part, reason });
        worksheet.notes.push(note);
    }
    worksheet.hidden_rows = scan.hidden_rows;
    worksheet.hidden_columns = scan.hidden_columns;
    worksheet.title_rows = entry.title_rows;
    worksheet.formulas = scan.formulas;
    let stored = scan
        .marks
        .iter()
        .filter(|mark| mark.value == sheet::Value::Stored)
        .count() as u64;
    let mut filling = values::Filling {
        shared,
        worksheet: &mut worksheet,
        read: 0,
    };
    let failure = values.fill(index, &scan.marks, &mut filling)?;
    let read = filling.read;
    if read != stored || failure.is_some() || scan.broken.is_some() {
        let reason = failure
            .or(scan.broken)
            .unwrap_or_else(|| "xl/worksheets".to_owned());
        let sheet = entry.name.clone();
        worksheet.notes.push(Note::new(What::CellsNotRead {
            sheet,
            read,
            stored,
            reason,
        }));
    }
    Ok(worksheet)
}
