//! A workbook's bytes -> [`Reading`]: each format's reader gives its stored cells, one layout for all.

mod assemble;
mod axis;
mod cells;
mod encryption;
mod grid;
mod merge;
mod number_format;
mod ods;
mod run_string;
mod style;
mod worksheet;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use std::collections::BTreeSet;

pub(crate) use self::encryption::EncryptedPackage;
use self::worksheet::{CellText, StoredCell, Visibility, Workbook, Worksheet};
use super::active::Active;
use super::container::Container;
use crate::error::Error;
use crate::sheet::{CellValue, Format, Reading};

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
    beside: BTreeSet<Active>,
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

/// Lays out the records of a text of values as the one worksheet that a spreadsheet makes of it.
///
/// # Errors
/// A limit is exceeded.
pub(crate) fn read_records(records: impl Iterator<Item = Vec<String>>) -> Result<Reading, Error> {
    let mut worksheet = Worksheet::new("", Visibility::Visible);
    for (row, record) in (1..).zip(records) {
        for (column, value) in (1..).zip(record).filter(|(_, value)| !value.is_empty()) {
            worksheet.push(StoredCell {
                row,
                column,
                text: CellText::plain(value),
                value: CellValue::Text,
            })?;
        }
    }
    let sheets = vec![worksheet];
    let mut reading = assemble::assemble(Workbook {
        format: Format::Csv,
        producer: None,
        sheets,
        active: BTreeSet::new(),
        notes: Vec::new(),
    })?;
    reading
        .sheets
        .iter_mut()
        .for_each(|sheet| sheet.name = None);
    Ok(reading)
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
