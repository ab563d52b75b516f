//! A ZIP container's bytes -> its parts, each unpacked once and under the limits.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::limits;
use crate::error::{Error, Problem};

/// Folders of pictures and embedded files, in Office Open XML and `OpenDocument`.
const NEVER_READ: [&str; 4] = ["media/", "embeddings/", "pictures/", "thumbnails/"];

/// A ZIP container (APPNOTE.TXT; ECMA-376-2 and `OpenDocument` part 2 both build on it).
pub(crate) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Part names as they are compared (lower case, `/`, no leading `/`) -> index in the archive.
    names: BTreeMap<String, usize>,
    /// Bytes that may still be unpacked.
    room: u64,
}

impl<'a> Container<'a> {
    /// Opens a container and checks what it claims about itself.
    ///
    /// # Errors
    /// The central directory is lost, or a limit is exceeded.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged("ZIP", &error))?;
        if archive.len() > limits::CONTAINER_ENTRIES {
            return Err(limit(
                "ファイル内の部品の数",
                "the number of parts",
                limits::CONTAINER_ENTRIES as u64,
            ));
        }
        let names = (0..archive.len())
            .filter_map(|index| Some((part_name(&archive.name_for_index(index)?.ok()?), index)))
            .collect();
        let mut container = Self {
            archive,
            names,
            room: limits::CONTAINER_BYTES,
        };
        if container.declared() > limits::CONTAINER_BYTES {
            return Err(too_large());
        }
        Ok(container)
    }

    /// Bytes that the parts are said to unpack to, those aside that are never read.
    fn declared(&mut self) -> u64 {
        let is_read = |name: &str| !NEVER_READ.iter().any(|folder| name.contains(folder));
        let indices = self.names.iter().filter(|(name, _)| is_read(name));
        let mut sum: u64 = 0;
        for &index in indices.map(|(_, index)| index) {
            let size = self
                .archive
                .by_index_raw(index)
                .map_or(0, |part| part.size());
            sum = sum.saturating_add(size);
        }
        sum
    }

    /// Whether there is such a part.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&part_name(name))
    }

    /// The parts' names, as they are compared.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// A part's bytes; `None` if there is no such part. What a part really unpacks to counts, not what
    /// its header says.
    ///
    /// # Errors
    /// The part is damaged, encrypted or too large.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(&index) = self.names.get(&part_name(name)) else {
            return Ok(None);
        };
        let file = self.archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                Error::from(Problem::EncryptionUnsupported {
                    detail: "ZIP".to_owned(),
                })
            }
            other => damaged(name, &other),
        })?;
        let mut bytes = Vec::new();
        let read = file.take(self.room + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.room {
            return Err(too_large());
        }
        read.map_err(|error| unreadable(name, &error))?;
        self.room -= bytes.len() as u64;
        Ok(Some(bytes))
    }
}

/// Part names are compared without regard to case and with their percent escapes resolved (ECMA-376-2 §6.2.2.3,
/// RFC 3986 §6.2.2.2): some writers escape them in targets alone. Some use `\` or a leading `/`.
fn part_name(name: &str) -> String {
    let name = name.replace('\\', "/");
    unescaped(name.trim_start_matches('/')).to_lowercase()
}

/// `%20` as the character that it stands for, where it stands for one.
fn unescaped(name: &str) -> String {
    if !name.contains('%') {
        return name.to_owned();
    }
    let digit = |at: Option<&u8>| at.and_then(|&byte| char::from(byte).to_digit(16));
    let (bytes, mut found, mut at) = (name.as_bytes(), Vec::new(), 0);
    while let Some(&byte) = bytes.get(at) {
        let code = (byte == b'%')
            .then(|| digit(bytes.get(at + 1)).zip(digit(bytes.get(at + 2))))
            .flatten();
        found.push(code.map_or(byte, |(high, low)| (high * 16 + low) as u8));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(found).unwrap_or_else(|_| name.to_owned())
}

fn too_large() -> Error {
    limit(
        "展開後の大きさ（バイト）",
        "the unpacked size in bytes",
        limits::CONTAINER_BYTES,
    )
}

/// The error for a limit that was reached.
pub(crate) fn limit(what_ja: &str, what_en: &str, limit: u64) -> Error {
    Problem::Limit {
        what_ja: what_ja.to_owned(),
        what_en: what_en.to_owned(),
        limit,
    }
    .into()
}

/// The error for a part that could not be unpacked. Want of memory says nothing about the part, and nothing
/// that depends on it may be taken for the file's content.
pub(crate) fn unreadable(part: &str, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::OutOfMemory => Problem::MemoryLimit.into(),
        _ => damaged(part, error),
    }
}

/// The error for a damaged part.
pub(crate) fn damaged(part: &str, reason: &dyn std::fmt::Display) -> Error {
    Problem::Damaged {
        reason: format!("{part}: {reason}"),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::part_name;

    #[test]
    fn part_names_are_compared_by_what_they_stand_for() {
        assert_eq!(
            part_name("/xl\\Worksheets/sheet%201.xml"),
            "xl/worksheets/sheet 1.xml"
        );
        assert_eq!(part_name("100%.xml"), "100%.xml");
        assert_eq!(part_name("%E7%B7%91.xml"), "緑.xml");
        assert_eq!(part_name("%ff.xml"), "%ff.xml");
    }
}
