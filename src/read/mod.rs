//! Bytes -> [`Reading`]: tells the format by content and hands over to its reader.

pub(crate) mod active;
mod compound;
pub(crate) mod container;
mod controls;
mod csv;
mod encoding;
mod export;
pub mod limits;
pub(crate) mod pdf;
mod sniff;
mod workbook;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Problem};
use crate::sheet::Reading;
pub use pdf::stages;
use sniff::Kind;

/// What a caller may say about reading.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReadOptions {
    /// Passwords that encrypted files may have; each is tried.
    #[serde(default)]
    pub passwords: Vec<Password>,
    /// What to do with the text that a machine recognised in a scanned page.
    pub recognised_layer: RecognisedLayer,
}

impl ReadOptions {
    /// The first password.
    pub(crate) fn password(&self) -> Option<&str> {
        self.passwords.first().map(|password| password.0.as_str())
    }
}

/// A password. It is handed on, but never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(pub String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What to do with an unseen layer of text that lies over the image of a scanned page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum RecognisedLayer {
    /// It is set aside and quoted in notes: nobody has read it against the image.
    #[default]
    SetAside,
    /// It is the page's text.
    Read,
}

/// Whether bytes are text without any format's signature: then only its name says what a file is.
pub fn is_plain_text(bytes: &[u8]) -> bool {
    matches!(sniff::sniff(bytes), Ok(Kind::Plain))
}

/// What is said of a file that no content tells: its name may tell it.
pub fn by_name(name: &str, error: Error) -> Error {
    sniff::by_name(name, error)
}

/// Reads a file.
///
/// # Errors
/// What is wrong with the file, and what to do.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Reading, Error> {
    let mut tried = options.passwords.iter().map(|password| {
        let alone = ReadOptions {
            passwords: vec![password.clone()],
            ..options.clone()
        };
        read_with(bytes, &alone)
    });
    let is_wrong = |read: &Result<Reading, Error>| {
        let error = read.as_ref().err();
        error.is_some_and(|error| *error.problem() == Problem::PasswordWrong)
    };
    let Some(mut read) = tried.next() else {
        return read_with(bytes, options);
    };
    while is_wrong(&read) {
        match tried.next() {
            Some(next) => read = next,
            None => break,
        }
    }
    read
}

/// Reads a file with the one password that is given, if any is.
fn read_with(bytes: &[u8], options: &ReadOptions) -> Result<Reading, Error> {
    let mut reading = match sniff::sniff(bytes)? {
        Kind::Encrypted(package) => {
            return read_with(&package.decrypt(options.password())?, options);
        }
        Kind::OfficeOpenXml(mut container, format) => workbook::read_xlsx(&mut container, format),
        Kind::Biff(stream, beside) => workbook::read_xls(&stream, beside, options.password()),
        Kind::OpenDocument(mut container) => workbook::read_ods(&mut container),
        Kind::Pdf => pdf::read(bytes, options),
        Kind::Html => workbook::read_html(marked_up(bytes)?),
        Kind::Mhtml => workbook::read_mhtml(marked_up(bytes)?),
        Kind::XmlSpreadsheet => workbook::read_xml_spreadsheet(marked_up(bytes)?),
        Kind::Plain => plain(bytes),
        Kind::ExcelBinary(mut container) => workbook::read_xlsb(&mut container),
    }?;
    reading.notes.extend(controls::notes(&reading));
    Ok(reading)
}

/// Bytes of a text with markup, if they are not too many.
fn marked_up(bytes: &[u8]) -> Result<&[u8], Error> {
    if bytes.len() > limits::TEXT_BYTES {
        return Err(csv::too_large());
    }
    Ok(bytes)
}

/// Reads a text: the export of a document reader, or else a table of values.
fn plain(bytes: &[u8]) -> Result<Reading, Error> {
    let decoded = (bytes.len() <= limits::TEXT_BYTES)
        .then(|| encoding::decode(bytes).or_else(|| encoding::decode_damaged(bytes)))
        .flatten();
    let is_export = |text: &str| !csv::is_table(text) && export::is_export(text);
    match decoded.filter(|decoded| is_export(&decoded.text)) {
        Some(decoded) => export::read(decoded.text.trim_end_matches('\u{1a}')),
        None => csv::read(bytes),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test that cannot go on should stop
mod tests;
