//! A workbook's bytes -> [`Reading`]: each format's reader gives its stored cells, one layout for all.

mod assemble;
mod axis;
mod boxes;
mod cells;
mod encryption;
mod grid;
mod html;
mod margin;
mod merge;
mod number_format;
mod ods;
mod pieces;
mod relationships;
mod run_string;
mod shape;
mod style;
mod worksheet;
mod xls;
mod xlsb;
mod xlsx;
mod xml;
mod xml_spreadsheet;

pub(crate) use self::encryption::EncryptedPackage;
pub(crate) use self::relationships::workbook_format;
use self::worksheet::{CellText, StoredCell, Visibility, Workbook, Worksheet};
use super::container::Container;
use super::sniff::Beside;
use crate::error::Error;
use crate::sheet::{Format, Reading};

/// Reads an Office Open XML workbook (ECMA-376).
///
/// # Errors
/// It is damaged, or a limit is exceeded.
pub(crate) fn read_xlsx(container: &mut Container<'_>, format: Format) -> Result<Reading, Error> {
    assemble::assemble(xlsx::read(container, format)?)
}

/// Reads the workbook stream of an Excel 5.0 to 2003 file ([MS-XLS]), beside which such things stand.
///
/// # Errors
/// It is damaged or encrypted, or a limit is exceeded.
pub(crate) fn read_xls(
    stream: &[u8],
    beside: Beside,
    password: Option<&str>,
) -> Result<Reading, Error> {
    assemble::assemble(xls::read(stream, beside, password)?)
}

/// Reads an Excel binary workbook ([MS-XLSB]).
///
/// # Errors
/// It is damaged, or a limit is exceeded.
pub(crate) fn read_xlsb(container: &mut Container<'_>) -> Result<Reading, Error> {
    assemble::assemble(xlsb::read(container)?)
}

/// Reads an `OpenDocument` spreadsheet (ODF 1.3 part 3).
///
/// # Errors
/// It is damaged, or a limit is exceeded.
pub(crate) fn read_ods(container: &mut Container<'_>) -> Result<Reading, Error> {
    assemble::assemble(ods::read(container)?)
}

/// Reads an HTML page.
///
/// # Errors
/// Nothing stands in it, or a limit is exceeded.
pub(crate) fn read_html(bytes: &[u8]) -> Result<Reading, Error> {
    html::read(bytes).and_then(without_names)
}

/// Reads the pages of an MHTML file.
///
/// # Errors
/// Nothing stands in them, or a limit is exceeded.
pub(crate) fn read_mhtml(bytes: &[u8]) -> Result<Reading, Error> {
    html::read_archive(bytes).and_then(without_names)
}

/// Reads an XML Spreadsheet of 2003.
///
/// # Errors
/// It is damaged, or a limit is exceeded.
pub(crate) fn read_xml_spreadsheet(bytes: &[u8]) -> Result<Reading, Error> {
    assemble::assemble(xml_spreadsheet::read(bytes)?)
}

/// Lays out worksheets that have no names.
fn without_names(workbook: Workbook) -> Result<Reading, Error> {
    let mut reading = assemble::assemble(workbook)?;
    reading
        .sheets
        .iter_mut()
        .for_each(|sheet| sheet.name = None);
    Ok(reading)
}

/// Lays out the records of a text of values as the one worksheet that a spreadsheet makes of it.
///
/// # Errors
/// A limit is exceeded.
pub(crate) fn read_records(records: impl Iterator<Item = Vec<String>>) -> Result<Reading, Error> {
    let mut worksheet = Worksheet::new("", Visibility::Visible);
    for (row, record) in (1..).zip(records) {
        for (column, value) in (1..).zip(record).filter(|(_, value)| !value.is_empty()) {
            worksheet.push(StoredCell::new(row, column, CellText::plain(value)))?;
        }
    }
    let mut workbook = Workbook::new(Format::Csv);
    workbook.sheets.push(worksheet);
    without_names(workbook)
}

/// A program's name as people write it: `LibreOffice/7.4.7.2$Linux_X86_64 …` -> `LibreOffice 7.4.7.2`.
fn program_name(stored: &str) -> Option<String> {
    let name = stored.split('$').next().unwrap_or(stored).trim();
    let name = if stored.contains('$') {
        name.replacen('/', " ", 1)
    } else {
        name.to_owned()
    };
    (!name.is_empty()).then_some(name)
}
