//! Paths -> what stands there: files to read, and what is no file or cannot be reached, each with its reason.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::write::is_unfinished;
use super::{Found, JOURNAL, Location, Origin, shown, slashed};
use crate::cli::failure::Failure;

/// A path that leads to nothing, with its reason.
pub type Missing = (String, Failure);

/// The files that the paths mean, in path order, and what should have been one and cannot be reached. What
/// stands in folders and is no source is left out.
pub fn find(paths: &[OsString]) -> (Vec<Found>, Vec<Missing>) {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for mut file in everything(paths) {
        match file.obstacle.take() {
            None => found.push(file),
            Some(failure) if file.origin == Origin::InFolder && failure.is_no_source() => {}
            Some(failure) => missing.push((file.shown, failure)),
        }
    }
    (found, missing)
}

/// Everything that stands where the paths lead, in path order. Links to folders are followed where they are
/// named, not inside folders, where they may lead round in circles.
pub fn everything(paths: &[OsString]) -> Vec<Found> {
    let mut found = Vec::new();
    for path in paths {
        if path == "-" {
            found.push(standard_input());
            continue;
        }
        let path = Path::new(path);
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, &mut found),
            Ok(metadata) if metadata.is_file() => found.push(named(path, None)),
            Ok(_) => found.push(named(path, Some(Failure::NotAFile))),
            Err(error) => found.push(named(path, Some(Failure::reading(&error)))),
        }
    }
    found.sort_by(|a, b| a.input.cmp(&b.input));
    // A folder and a file in it, or one file twice.
    found.dedup_by(|a, b| a.location == b.location && a.input == b.input);
    found
}

fn standard_input() -> Found {
    Found {
        location: Location::StandardInput,
        origin: Origin::Named,
        root: None,
        input: "stdin".to_owned(),
        shown: "-".to_owned(),
        relative: "stdin".into(),
        obstacle: None,
    }
}

fn named(path: &Path, obstacle: Option<Failure>) -> Found {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let root = path.parent().unwrap_or(Path::new(""));
    found(path, (root, Path::new(name)), Origin::Named, obstacle)
}

fn found(
    path: &Path,
    (root, relative): (&Path, &Path),
    origin: Origin,
    obstacle: Option<Failure>,
) -> Found {
    let input = slashed(relative);
    Found {
        location: Location::File(path.to_owned()),
        origin,
        root: Some(root.to_owned()),
        // A path without a name (`a/..`) is only found where it leads nowhere.
        input: if input.is_empty() { shown(path) } else { input },
        shown: shown(path),
        relative: relative.to_owned(),
        obstacle,
    }
}

fn walk(folder: &Path, found_files: &mut Vec<Found>) {
    let mut push = |path: &Path, obstacle: Option<Failure>| {
        let relative = path.strip_prefix(folder).unwrap_or(path);
        found_files.push(found(path, (folder, relative), Origin::InFolder, obstacle));
    };
    let mut entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            // What this program is writing, or left behind, is none of the user's files.
            Ok(entry) if entry.file_name().to_str().is_some_and(is_ours) => {}
            Ok(entry) if entry.depth() > 0 && is_hidden(&entry) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                push(entry.path(), Some(Failure::Hidden));
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => push(entry.path(), obstacle(&entry)),
            Err(error) => {
                let failure = error.io_error().map_or(Failure::NotAFile, Failure::reading);
                push(error.path().unwrap_or(folder), Some(failure));
            }
        }
    }
}

/// Whether a name is one of a file that only this program needs.
fn is_ours(name: &str) -> bool {
    is_unfinished(name) || name == JOURNAL
}

/// Why something in a folder is no file to read. A link is what it leads to, but folders are walked only once:
/// under their own names.
fn obstacle(entry: &DirEntry) -> Option<Failure> {
    if entry.file_type().is_file() {
        return None;
    }
    if !entry.file_type().is_symlink() {
        return Some(Failure::NotAFile);
    }
    match fs::metadata(entry.path()) {
        Ok(data) if data.is_file() => None,
        Ok(data) if data.is_dir() => Some(Failure::LinkToFolder),
        Ok(_) => Some(Failure::NotAFile),
        Err(_) => Some(Failure::BrokenLink),
    }
}

/// A name that begins with a dot, or on Windows the attribute (`FILE_ATTRIBUTE_HIDDEN`).
fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".") || has_hidden_attribute(entry)
}

#[cfg(windows)]
fn has_hidden_attribute(entry: &DirEntry) -> bool {
    use std::os::windows::fs::MetadataExt;
    // Excel marks its owner files hidden; they are listed as such, by their name.
    !super::is_lock_file(entry.file_name())
        && entry
            .metadata()
            .is_ok_and(|metadata| metadata.file_attributes() & 0x2 != 0)
}

#[cfg(not(windows))]
fn has_hidden_attribute(_: &DirEntry) -> bool {
    false
}
