//! The laws that hold for any sheet in several formats, on real documents that are not part of the project. They are looked for
//! in the folder that `SEIRIHYO_SHARED` names (by default `../shared`); without it the tests say so and pass.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{breaches, essence, first_difference, import, shared};

/// Inputs by the sheet that they hold: `NAME.*.EXT` holds NAME.
fn inputs() -> BTreeMap<String, Vec<PathBuf>> {
    let mut sheets: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let Some(folder) = shared()
        .map(|folder| folder.join("acceptance/input"))
        .filter(|folder| folder.is_dir())
    else {
        eprintln!(
            "skipped: no documents (set SEIRIHYO_SHARED to the folder that has acceptance/input)"
        );
        return sheets;
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let sheet = name.split('.').next().unwrap_or_default().to_owned();
        sheets.entry(sheet).or_default().push(path);
    }
    sheets
}

fn imported(path: &Path) -> Value {
    let json = import(path, None).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(
        json,
        import(path, None).unwrap(),
        "{}: two runs differ",
        path.display()
    );
    serde_json::from_str(&json).unwrap()
}

#[test]
fn the_same_sheet_is_the_same_in_every_format() {
    let mut failures = Vec::new();
    for (sheet, paths) in inputs() {
        let imports: Vec<Value> = paths.iter().map(|path| imported(path)).collect();
        let first = paths
            .iter()
            .position(|path| path.extension().is_some_and(|e| e == "xlsx"))
            .unwrap_or_default();
        for (path, import) in paths.iter().zip(&imports) {
            let (want, got) = (
                essence(&imports[first]["documents"]),
                essence(&import["documents"]),
            );
            if let Some(difference) = first_difference(&want, &got) {
                failures.push(format!(
                    "{sheet}: {} at documents{difference}",
                    path.display()
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_import_keeps_its_promises() {
    let mut failures = Vec::new();
    for path in inputs().into_values().flatten() {
        failures.extend(
            breaches(&imported(&path))
                .into_iter()
                .map(|what| format!("{}: {what}", path.display())),
        );
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
