//! A place of a source -> where a click on it leads, from a workbook that lists it.

use std::path::{Component, Path, PathBuf};

use crate::place::Place;

/// The cell of a workbook, else the file, as seen from the folder of the list. JSON is no place to look.
pub fn link(file: &Path, place: Option<&Place>, folder: &Path) -> Option<String> {
    if file.extension().is_some_and(|ending| ending == "json") {
        return None;
    }
    let path = relative(file, folder);
    // What stands after # is a place within the file.
    let path = path.to_str().filter(|path| !path.contains('#'))?;
    Some(match place {
        Some(Place::Cell { sheet, cell }) if !sheet.is_empty() => {
            format!("file:///{path}#'{}'!{cell}", sheet.replace('\'', "''"))
        }
        _ => format!("file:///{path}"),
    })
}

/// A file's path as seen from a folder; whole where they have nothing in common.
pub fn relative(file: &Path, folder: &Path) -> PathBuf {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let (Ok(file), Ok(folder)) = (file.canonicalize(), folder.canonicalize()) else {
        return file.to_owned();
    };
    let shared = file
        .components()
        .zip(folder.components())
        .take_while(|(a, b)| a == b)
        .count();
    if shared == 0 {
        return file;
    }
    let up = folder
        .components()
        .skip(shared)
        .map(|_| Component::ParentDir);
    up.chain(file.components().skip(shared)).collect()
}
