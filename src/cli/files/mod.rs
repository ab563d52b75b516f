//! Files and folders of the user: finding them, reading one whole, writing one whole.

mod find;
mod write;

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::failure::Failure;
use crate::read::limits::FILE_BYTES;

pub use find::{everything, find};
pub use write::{not_in_use, prepare, write};

/// The name of the batch report in an output folder.
pub const REPORT: &str = "import-report.json";
/// The name of the list of notes in an output folder.
pub const NOTES: &str = "import-notes.csv";
/// The name of the list of what a person has to do in an output folder.
pub const WORKLIST: &str = "import-notes.xlsx";

/// The name of the list of outputs that a run has begun to write; it is gone when the run is.
pub const JOURNAL: &str = ".seirihyo-begun";

/// Where a source's bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// Standard input.
    StandardInput,
    /// A file.
    File(PathBuf),
}

/// How a file was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The user named it.
    Named,
    /// It stands in a folder that the user named.
    InFolder,
}

/// A file that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Where its bytes are.
    pub location: Location,
    /// How it was found.
    pub origin: Origin,
    /// The folder that its path below is seen from: the one that was given, or the file's own.
    pub root: Option<PathBuf>,
    /// Its path from the one that was given, for reports: `/` between the parts, composed characters.
    pub input: String,
    /// Its name for people: as they gave it.
    pub shown: String,
    /// Its path in an output folder, before the ending.
    pub relative: PathBuf,
    /// Why there is nothing to read, if that is known already.
    pub obstacle: Option<Failure>,
}

impl Found {
    /// The file's own name.
    pub fn name(&self) -> &str {
        self.input.rsplit('/').next().unwrap_or(&self.input)
    }
}

/// Excel's owner file of an open workbook.
pub fn is_lock_file(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b"~$")
}

/// A path for people.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Whether two paths lead to one file, by whatever names.
pub fn are_one(a: &Path, b: &Path) -> bool {
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// A name with its characters composed (Unicode normal form C): systems hand out one name in several ways.
pub fn composed(name: &str) -> String {
    name.nfc().collect()
}

/// `総務部/r4.pdf`, whatever the system puts between, composed (Unicode normal form C).
fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(composed(&part.to_string_lossy())),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The bytes of a source.
///
/// # Errors
/// Why it cannot be read.
pub fn read(location: &Location) -> Result<Vec<u8>, Failure> {
    let bytes = match location {
        Location::StandardInput => whole(io::stdin().lock()),
        Location::File(path) => regular(path).and_then(whole),
    };
    match bytes {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            Err(Failure::TooLarge { limit: FILE_BYTES })
        }
        Err(error) => Err(Failure::reading(&error)),
        Ok(bytes) if bytes.len() as u64 > FILE_BYTES => {
            Err(Failure::TooLarge { limit: FILE_BYTES })
        }
        Ok(bytes) => Ok(bytes),
    }
}

fn whole(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(FILE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a file that is one: a pipe would be waited for, a device read without end, a folder opened.
fn regular(path: &Path) -> io::Result<fs::File> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    if metadata.len() > FILE_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    fs::File::open(path)
}

/// Whether a file is one of the lists that a batch leaves beside its report.
pub fn is_own_list(name: &str) -> bool {
    name == NOTES || name == WORKLIST
}

/// Whether a file was written by this program: JSON with one of its schemas, or one of its lists.
pub fn is_own_output(name: &str, bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    let head = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    let contains = |word: &[u8]| head.windows(word.len()).any(|part| part == word);
    is_own_list(name)
        || (head.starts_with(b"{") && contains(b"\"schema\"") && contains(b"\"seirihyo/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_composed_and_slashed() {
        let decomposed = Path::new("./総務部").join("か\u{3099}く.pdf");
        assert_eq!(slashed(&decomposed), "総務部/がく.pdf");
    }

    #[test]
    fn own_outputs_are_known_by_content() {
        assert!(is_own_output(
            "a.json",
            b"{\n  \"schema\": \"seirihyo/import/1\","
        ));
        assert!(is_own_output(
            "a.json",
            b"{\"schema\":\"seirihyo/report/1\"}"
        ));
        assert!(!is_own_output("a.json", b"{\"schema\":\"other\"}"));
        assert!(!is_own_output("a.csv", "番号,項目\n".as_bytes()));
    }
}
