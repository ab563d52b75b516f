//! Paths -> the files that are meant; reading a file whole; writing one beside its target and renaming it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use super::failure::Failure;

/// Bytes of one source file. A municipality's largest workbooks have some tens of megabytes.
const FILE_BYTES: u64 = 1 << 30;
/// The name of the batch report in an output folder.
pub const REPORT: &str = "import-report.json";
/// The name of the list of notes in an output folder.
pub const NOTES: &str = "import-notes.csv";
/// How the name of a file begins that is being written; hidden, so that folders' readers pass it by.
const UNFINISHED: &str = ".seirihyo-";

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
    /// Its path from the one that was given, for reports: `/` between the parts, composed characters.
    pub input: String,
    /// Its name for people: as they gave it.
    pub shown: String,
    /// Its path in an output folder, before the ending.
    pub relative: PathBuf,
}

impl Found {
    /// The file's own name.
    pub fn name(&self) -> &str {
        self.input.rsplit('/').next().unwrap_or(&self.input)
    }
}

/// A path that leads to nothing, with its reason.
pub type Missing = (String, Failure);

/// Every file that the paths mean, in path order, and the paths that mean none. Links to folders are
/// followed where they are named, not inside folders, where they may lead round in circles.
pub fn find(paths: &[OsString]) -> (Vec<Found>, Vec<Missing>) {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for path in paths {
        if path == "-" {
            found.push(standard_input());
            continue;
        }
        let path = Path::new(path);
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, &mut found, &mut missing),
            Ok(metadata) if metadata.is_file() => found.push(named(path)),
            Ok(_) => missing.push((shown(path), Failure::NotAFile)),
            Err(error) => missing.push((shown(path), Failure::reading(&error))),
        }
    }
    found.sort_by(|a, b| a.input.cmp(&b.input));
    (found, missing)
}

fn standard_input() -> Found {
    Found {
        location: Location::StandardInput,
        origin: Origin::Named,
        input: "stdin".to_owned(),
        shown: "-".to_owned(),
        relative: "stdin".into(),
    }
}

fn named(path: &Path) -> Found {
    let name = path.file_name().unwrap_or(path.as_os_str());
    Found {
        location: Location::File(path.to_owned()),
        origin: Origin::Named,
        input: slashed(Path::new(name)),
        shown: shown(path),
        relative: name.into(),
    }
}

fn walk(folder: &Path, found: &mut Vec<Found>, missing: &mut Vec<Missing>) {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
        match entry {
            Ok(entry) if is_file(&entry) => {
                let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                found.push(Found {
                    location: Location::File(entry.path().to_owned()),
                    origin: Origin::InFolder,
                    input: slashed(relative),
                    shown: shown(entry.path()),
                    relative: relative.to_owned(),
                });
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().map_or_else(|| shown(folder), shown);
                let failure = error.io_error().map_or(Failure::NotAFile, Failure::reading);
                missing.push((path, failure));
            }
        }
    }
}

/// A file, or a link to one; links to folders are not followed.
fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_file()
        || entry.file_type().is_symlink()
            && fs::metadata(entry.path()).is_ok_and(|data| data.is_file())
}

/// A name that begins with a dot, or on Windows the attribute (`FILE_ATTRIBUTE_HIDDEN`).
fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".") || has_hidden_attribute(entry)
}

#[cfg(windows)]
fn has_hidden_attribute(entry: &DirEntry) -> bool {
    use std::os::windows::fs::MetadataExt;
    // Excel marks its owner files hidden; they are listed as ignored, by their name.
    !is_lock_file(entry.file_name())
        && entry
            .metadata()
            .is_ok_and(|metadata| metadata.file_attributes() & 0x2 != 0)
}

#[cfg(not(windows))]
fn has_hidden_attribute(_: &DirEntry) -> bool {
    false
}

/// Excel's owner file of an open workbook.
pub fn is_lock_file(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b"~$")
}

/// A path for people.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// `総務部/r4.pdf`, whatever the system puts between, composed (Unicode normal form C).
fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy().nfc().collect::<String>()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The bytes of a source.
///
/// # Errors
/// Why it cannot be read.
pub fn read(location: &Location) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let result = match location {
        Location::StandardInput => io::stdin()
            .lock()
            .take(FILE_BYTES + 1)
            .read_to_end(&mut bytes),
        Location::File(path) => fs::File::open(path).and_then(|file| {
            // A folder opens like a file on Unix.
            if file.metadata()?.is_dir() {
                return Err(io::Error::from(io::ErrorKind::IsADirectory));
            }
            file.take(FILE_BYTES + 1).read_to_end(&mut bytes)
        }),
    };
    match result {
        Err(error) => Err(Failure::reading(&error)),
        Ok(size) if size as u64 > FILE_BYTES => Err(Failure::TooLarge { limit: FILE_BYTES }),
        Ok(_) => Ok(bytes),
    }
}

/// Whether a file was written by this program: JSON with one of its schemas, or its list of notes.
pub fn is_own_output(name: &str, bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    let head = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    let contains = |word: &[u8]| head.windows(word.len()).any(|part| part == word);
    name == NOTES || (head.starts_with(b"{") && contains(b"\"schema\"") && contains(b"\"seirihyo/"))
}

/// Writes a file so that there is never a half of it: beside its target, then renamed. Folders are made.
///
/// # Errors
/// Why it cannot be written.
pub fn write(target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_whole(target, bytes).map_err(|error| Failure::writing(&error))
}

fn write_whole(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED).suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(ordinary_permissions());
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.persist(target).map(drop).map_err(|error| error.error)
}

/// Temporary files are private; an output is as readable as any file that the user makes.
#[cfg(unix)]
fn ordinary_permissions() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::Permissions::from_mode(0o666)
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
