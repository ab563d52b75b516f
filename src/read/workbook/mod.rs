//! A workbook's bytes -> [`Reading`]: each format's reader gives its stored cells, one layout for all.

mod assemble;
mod axis;
mod merge;
mod number_format;
mod worksheet;
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
