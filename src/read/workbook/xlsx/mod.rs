//! An Office Open XML workbook (ECMA-376-1 §18) -> stored worksheets.
//!
//! The values come from calamine (`library.rs`), as far as it reads a sheet: it ends at an error value that it does not know.
//! Styles, runs, merges and hidden rows, and the values from there on, are read from the same elements beside it.

pub(super) mod controls;
pub(super) mod drawing;
mod library;
pub(super) mod package;
mod sheet;
mod strings;
mod styles;
mod values;

use std::collections::BTreeMap;

use self::library::Values;
use self::package::{Package, SheetEntry};
use self::sheet::Scan;
use self::strings::RichText;
use super::cells::{Cells, Looks};
use super::margin;
use super::worksheet::{WIDEST_SQUARE, Workbook, Worksheet};
use super::xml::decode;
use crate::error::{Error, Problem};
use crate::note::{Note, What};
use crate::read::active;
use crate::read::container::Container;
use crate::sheet::Format;

/// Reads the stored cells of all worksheets.
///
/// # Errors
/// No worksheet can be read, or a limit is exceeded.
pub(super) fn read(container: &mut Container<'_>, format: Format) -> Result<Workbook, Error> {
    let package = Package::read(container)?;
    let strings = match &package.shared_strings {
        Some(path) => container.part(path)?.unwrap_or_default(),
        None => Vec::new(),
    };
    let strings_part = decode(&strings);
    let strings = strings::shared_strings(&strings_part)?;
    let styles = match &package.styles {
        Some(path) => styles::read(&decode(&container.part(path)?.unwrap_or_default()))?,
        None => Vec::new(),
    };
    let looks = Looks {
        epoch: package.epoch,
        styles,
        fonts: Vec::new(),
        results: package.results,
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
            Ok(part) => parts.push((entry, decode(&part).into_owned())),
            Err(note) => workbook.notes.push(note),
        }
    }
    let mut values = Values::open(&strings_part, parts.iter().map(|(_, text)| text.as_str()));
    for (index, (entry, text)) in parts.iter().enumerate() {
        let mut scan = sheet::scan(text, entry.path.as_deref().unwrap_or_default());
        if let Some(values) = &mut values {
            values.put(index, &mut scan.marks);
        }
        let (mut worksheet, controls) = worksheet(&looks, &strings, entry, scan)?;
        beside(container, entry, &controls, &mut worksheet)?;
        workbook.sheets.push(worksheet);
    }
    if workbook.sheets.is_empty() {
        return Err(Problem::Damaged {
            reason: "xl/worksheets".to_owned(),
        }
        .into());
    }
    Ok(workbook)
}

/// What stands in parts of their own beside a worksheet: its drawing, its controls – each a shape's number and the
/// relationship of its part – and its comments.
fn beside(
    container: &mut Container<'_>,
    entry: &SheetEntry,
    controls: &[(u32, String)],
    worksheet: &mut Worksheet,
) -> Result<(), Error> {
    let mut part = |path: &Option<String>| match path {
        Some(path) => container.part(path),
        None => Ok(None),
    };
    let mut states = BTreeMap::new();
    for (number, path) in controls {
        let own = part(&entry.controls.get(path).cloned())?;
        let state = own.and_then(|bytes| controls::state(&decode(&bytes)));
        states.extend(state.map(|state| (*number, state)));
    }
    let vml = part(&entry.vml)?.unwrap_or_default();
    let controls = controls::controls(&decode(&vml), &states);
    if let Some(bytes) = part(&entry.drawing)? {
        worksheet.add_shapes(drawing::shapes(&decode(&bytes), &controls.numbers));
    }
    worksheet.add_shapes(controls.shapes);
    if let Some(bytes) = part(&entry.comments)? {
        worksheet.comments = sheet::comments(&decode(&bytes));
    }
    Ok(())
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

/// One worksheet from its part, and its controls.
fn worksheet(
    looks: &Looks,
    strings: &[RichText],
    entry: &SheetEntry,
    scan: Scan,
) -> Result<(Worksheet, Vec<(u32, String)>), Error> {
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
    worksheet.print_areas.clone_from(&entry.print_areas);
    if let Some(rows) = scan.filter {
        worksheet.set_filter(rows);
    }
    worksheet.formulas = scan.formulas;
    worksheet.squares = scan
        .default_width
        .is_some_and(|width| width <= WIDEST_SQUARE);
    for (columns, width) in scan.widths {
        worksheet.set_width(columns, width);
    }
    for (margin, code) in &scan.margins {
        worksheet.add_margin(*margin, margin::texts(code));
    }
    let mut filling = values::Filling {
        cells: Cells {
            looks,
            worksheet,
            lost: 0,
        },
        strings,
        stored: 0,
        read: 0,
        unread: None,
    };
    for mark in &scan.marks {
        filling.cell(mark)?;
    }
    let (read, stored) = (filling.read, filling.stored);
    let reason = filling.unread.or(scan.broken);
    let mut worksheet = filling.cells.finish();
    if let Some(reason) = reason {
        let sheet = entry.name.clone();
        worksheet.notes.push(Note::new(What::CellsNotRead {
            sheet,
            read,
            stored,
            reason,
        }));
    }
    Ok((worksheet, scan.controls))
}
