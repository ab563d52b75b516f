//! A BIFF5 or BIFF8 workbook stream ([MS-XLS]) -> stored worksheets.
//!
//! The values are read here and not by a library: calamine allocates a sheet by its extremes when it opens the
//! file (a cell at IV65536 costs a gigabyte) and panics or aborts on damaged records, and merges, hidden
//! rows, number formats and strikes have to be read from the same records anyway.

mod comments;
mod globals;
mod record;
mod sheet;
mod string;

use std::borrow::Cow;

use self::globals::Globals;
use self::record::{Records, number};
use super::encryption;
use super::worksheet::Workbook;
use crate::error::{Error, Problem};
use crate::note::{Note, What};
use crate::read::sniff::Beside;
use crate::sheet::Format;

/// Reads the stored cells of all worksheets.
///
/// # Errors
/// It is encrypted, no worksheet can be read, or a limit is exceeded.
pub(super) fn read(
    stream: &[u8],
    mut beside: Beside,
    password: Option<&str>,
) -> Result<Workbook, Error> {
    let stream = &*in_plain(stream, password)?;
    let globals = Globals::read(stream)?;
    beside.active.extend(&globals.active);
    let mut workbook = Workbook {
        format: Format::Xls,
        producer: None,
        sheets: Vec::new(),
        active: beside.active,
        notes: beside.notes,
    };
    for (index, entry) in globals.sheets.iter().enumerate() {
        match Records::at(stream, entry.position) {
            Some(records) => workbook.sheets.push(sheet::read(records, &globals, index)?),
            None => workbook.notes.push(Note::new(What::PartNotRead {
                part: format!("「{}」", entry.name),
                reason: "BOUNDSHEET".to_owned(),
            })),
        }
    }
    if workbook.sheets.is_empty() {
        return Err(Problem::Damaged {
            reason: "xls: BOUNDSHEET".to_owned(),
        }
        .into());
    }
    Ok(workbook)
}

/// The stream without encryption: `FilePass` among the first records tells of it (§2.4.117).
fn in_plain<'a>(stream: &'a [u8], password: Option<&str>) -> Result<Cow<'a, [u8]>, Error> {
    let file_pass = Records::at(stream, 0)
        .into_iter()
        .flatten()
        .take_while(|record| record.number != number::EOF)
        .find(|record| record.number == number::FILEPASS);
    match file_pass {
        None => Ok(Cow::Borrowed(stream)),
        Some(record) => encryption::decrypt_stream(stream, record.data, password).map(Cow::Owned),
    }
}
