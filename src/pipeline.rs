//! A file's name and bytes -> its import: the run through all stages.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::document::{Import, Source};
use crate::error::Error;
use crate::layout::{self, ImportOptions, Layouts};
use crate::read::{self, ReadOptions};
use crate::sheet::Reading;

/// The program's name and version, as outputs carry it.
pub const PROGRAM: &str = concat!("seirihyo ", env!("CARGO_PKG_VERSION"));

/// Everything that an import depends on beside the file itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Settings {
    /// How files are opened.
    pub read: ReadOptions,
    /// The layouts that may be recognised.
    pub layouts: Layouts,
    /// What is said about documents that do not say it themselves.
    pub import: ImportOptions,
}

/// Reads a file and says what it means. The same name, bytes and settings give the same import.
///
/// # Errors
/// Why there is no document.
pub fn import(name: &str, bytes: &[u8], settings: &Settings) -> Result<Import, Error> {
    let reading = read::read(bytes, &settings.read).map_err(|error| read::by_name(name, error))?;
    let source = source(name, bytes, &reading);
    layout::import(reading, source, &settings.layouts, &settings.import)
}

/// What is said about a source file. Its name is put into Unicode normal form C: macOS hands out names
/// with the voiced marks of kana apart, and the same file must give the same bytes everywhere.
pub fn source(name: &str, bytes: &[u8], reading: &Reading) -> Source {
    Source {
        file: name.nfc().collect(),
        sha256: sha256(bytes),
        bytes: bytes.len() as u64,
        format: reading.format.name().to_owned(),
        pages: reading.pages,
        producer: reading.producer.clone(),
    }
}

/// The SHA-256 of bytes (FIPS 180-4), lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standard() {
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
