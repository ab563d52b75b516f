//! An HTML page, or the pages of an MHTML file -> stored worksheets, as a spreadsheet program opens them: what stands
//! outside tables a row each, tables cell by cell (HTML Living Standard §4.9, §13.2.5).

mod elements;
mod inline;
pub(crate) mod mhtml;
mod rows;
mod table;

use self::elements::Page;
use super::worksheet::{Workbook, Worksheet};
use crate::error::{Error, Problem};
use crate::read::encoding;
use crate::sheet::Format;

/// Reads a page.
///
/// # Errors
/// Nothing stands in it, or a limit is exceeded.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Error> {
    workbook(vec![encoding::decode_marked_up(bytes, None)])
}

/// Reads the pages of an MHTML file (RFC 2557).
///
/// # Errors
/// Nothing stands in them, or a limit is exceeded.
pub(super) fn read_archive(bytes: &[u8]) -> Result<Workbook, Error> {
    workbook(mhtml::pages(bytes))
}

fn workbook(pages: Vec<String>) -> Result<Workbook, Error> {
    let mut workbook = Workbook::new(Format::Html);
    for page in pages {
        let mut page = Page::read(&page)?;
        workbook.producer = workbook.producer.or(page.producer.take());
        let worksheet: Worksheet = page.finish()?;
        if !worksheet.cells.is_empty() {
            workbook.sheets.push(worksheet);
        }
    }
    if workbook.sheets.is_empty() {
        return Err(Problem::Empty.into());
    }
    Ok(workbook)
}
