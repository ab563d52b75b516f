//! Bytes -> [`Reading`]: tells the format by content and hands over to its reader.

pub(crate) mod container;
pub mod limits;
pub(crate) mod pdf;
mod workbook;

use crate::error::{Error, Problem};
use crate::sheet::Reading;

/// What a caller may say about reading.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The password of an encrypted file.
    pub password: Option<String>,
}

/// Reads a file.
///
/// # Errors
/// What is wrong with the file, and what to do.
pub fn read(bytes: &[u8], _options: &ReadOptions) -> Result<Reading, Error> {
    if bytes.is_empty() {
        return Err(Problem::Empty.into());
    }
    Err(Problem::UnknownFormat.into())
}
