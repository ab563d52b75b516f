//! The parts of a finished workbook, for what the writer that we use has no words for.

use std::io::{Cursor, Read, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Unwritable;

/// The parts of a workbook in order: name and text.
pub(super) struct Package(Vec<(String, String)>);

/// The name of a worksheet's part; worksheets are counted from 1.
pub(super) fn worksheet(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}

impl Package {
    /// # Errors
    /// Bytes that are not what the writer makes.
    pub fn of(workbook: Vec<u8>) -> Result<Self, Unwritable> {
        let wrong = |error: &dyn std::fmt::Display| Unwritable(error.to_string());
        let mut archive = ZipArchive::new(Cursor::new(workbook)).map_err(|error| wrong(&error))?;
        let mut parts = Vec::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).map_err(|error| wrong(&error))?;
            let name = file.name().map_err(|error| wrong(&error))?.into_owned();
            let mut text = String::new();
            file.read_to_string(&mut text)
                .map_err(|error| wrong(&error))?;
            parts.push((name, text));
        }
        Ok(Self(parts))
    }

    pub fn part(&mut self, name: &str) -> Option<&mut String> {
        let found = self.0.iter_mut().find(|(known, _)| known == name);
        found.map(|(_, text)| text)
    }

    /// The bytes of the workbook; the same parts give the same bytes, since the entries have no time of their own.
    pub fn packed(&self) -> Result<Vec<u8>, Unwritable> {
        let wrong = |error: &dyn std::fmt::Display| Unwritable(error.to_string());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in &self.0 {
            zip.start_file(name.as_str(), SimpleFileOptions::default())
                .map_err(|error| wrong(&error))?;
            zip.write_all(text.as_bytes())
                .map_err(|error| wrong(&error))?;
        }
        let bytes = zip.finish().map_err(|error| wrong(&error))?;
        Ok(bytes.into_inner())
    }
}
