//! A workbook's bytes -> [`Reading`]: each format's reader gives its stored cells, one layout for all.

mod assemble;
mod axis;
mod merge;
mod number_format;
mod ods;
mod style;
mod worksheet;
mod xls;
mod xlsx;
mod xml;

use super::container::Container;
use crate::error::Error;
use crate::sheet::{Format, Reading};

/// Reads an Office Open XML workbook (ECMA-376).
///
/// # Errors
/// It is damaged, or a limit is exceeded.
pub(crate) fn read_xlsx(container: &mut Container<'_>, format: Format) -> Result<Reading, Error> {
    assemble::assemble(xlsx::read(container, format)?)
}

/// Reads the workbook stream of an Excel 5.0 to 2003 file ([MS-XLS]).
///
/// # Errors
/// It is damaged or encrypted, or a limit is exceeded.
pub(crate) fn read_xls(stream: &[u8], password: Option<&str>) -> Result<Reading, Error> {
    assemble::assemble(xls::read(stream, password)?)
}

/// Reads an OpenDocument spreadsheet (ODF 1.3 part 3).
///
/// # Errors
/// It is damaged, or a limit is exceeded.
pub(crate) fn read_ods(container: &mut Container<'_>) -> Result<Reading, Error> {
    assemble::assemble(ods::read(container)?)
}

/// A program's name as people write it: `LibreOffice/7.4.7.2$Linux_X86_64 …` -> `LibreOffice 7.4.7.2`.
fn program_name(stored: &str) -> Option<String> {
    let name = stored.split('$').next().unwrap_or(stored).trim();
    let name = if stored.contains('$') { name.replacen('/', " ", 1) } else { name.to_owned() };
    (!name.is_empty()).then_some(name)
}
