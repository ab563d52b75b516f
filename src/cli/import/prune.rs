//! Outputs whose sources are gone -> their removal, with every guard against a source that is only out of reach.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::row::Row;
use crate::cli::failure::Failure;
use crate::cli::files::{self, Found, Location, Origin};
use crate::cli::links;
use crate::pipeline;
use crate::write::report::{FileReport, Outcome};

/// The folders that files are below -> their names in the report: as seen from the output folder.
#[derive(Default)]
pub struct Roots {
    names: BTreeMap<PathBuf, String>,
    /// Those that were gone through, by their names.
    walked: BTreeSet<String>,
}

impl Roots {
    /// Of these files.
    pub fn of(found: &[Found], output: &Path) -> Self {
        let mut roots = Self::default();
        for file in found {
            let Some(root) = &file.root else { continue };
            let name = roots.names.entry(root.clone()).or_insert_with(|| {
                let folder = if root.as_os_str().is_empty() {
                    Path::new(".")
                } else {
                    root
                };
                let seen = links::relative(folder, output);
                let name = files::shown(&seen);
                // One writing on every system.
                let name = if cfg!(windows) {
                    name.replace('\\', "/")
                } else {
                    name
                };
                if name.is_empty() {
                    ".".to_owned()
                } else {
                    name
                }
            });
            if file.origin == Origin::InFolder {
                roots.walked.insert(name.clone());
            }
        }
        roots
    }

    /// A file's.
    pub fn name(&self, file: &Found) -> Option<&str> {
        let root = file.root.as_ref()?;
        self.names.get(root).map(String::as_str)
    }

    fn is_walked(&self, row: &FileReport) -> bool {
        let root = row.root.as_ref();
        root.is_some_and(|root| self.walked.contains(root))
    }

    /// Of outputs of earlier runs those whose sources are gone: their folder was gone through and they were not there. What
    /// stands below something that could not be read, or was not gone into, is not known to be gone.
    pub fn gone<'a>(
        &self,
        earlier: &'a [FileReport],
        rows: &BTreeMap<usize, Row>,
    ) -> Vec<&'a FileReport> {
        let mut closed: BTreeSet<(&str, &str)> = BTreeSet::new();
        for row in rows.values() {
            if matches!(row.report.outcome, Outcome::Failed | Outcome::Ignored) {
                let root = row.report.root.as_deref().unwrap_or_default();
                closed.insert((root, &row.report.input));
            }
        }
        let is_open = |row: &&FileReport| {
            let root = row.root.as_deref().unwrap_or_default();
            let mut above = row.input.match_indices('/').map(|(at, _)| &row.input[..at]);
            !above.any(|folder| closed.contains(&(root, folder)))
        };
        let walked = earlier.iter().filter(|row| self.is_walked(row));
        walked.filter(is_open).collect()
    }
}

/// Whether these may go: each path that was given is a folder with sources, and most outputs of each folder stay.
///
/// # Errors
/// The path, and why nothing is removed.
pub fn guard(
    paths: &[std::ffi::OsString],
    gone: &[&FileReport],
    rows: &BTreeMap<usize, Row>,
    force: bool,
) -> Result<(), (String, Failure)> {
    for path in paths {
        let path = Path::new(path);
        let holds = |row: &&Row| {
            let there = row.report.outcome != Outcome::Ignored;
            let below = row
                .source
                .as_ref()
                .is_some_and(|file| file.starts_with(path));
            // A folder that cannot be read is a row of its own.
            there && below && row.source.as_deref() != Some(path)
        };
        if !path.is_dir() || !rows.values().any(|row| holds(&row)) {
            return Err((files::shown(path), Failure::NothingToPruneBy));
        }
    }
    let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let root = |row: &'_ FileReport| row.root.clone().unwrap_or_default();
    let roots: Vec<(String, bool)> = gone
        .iter()
        .map(|row| (root(row), true))
        .chain(
            rows.values()
                .filter(|row| row.report.output.is_some())
                .map(|row| (root(&row.report), false)),
        )
        .collect();
    for (root, is_gone) in &roots {
        let (goes, all) = counts.entry(root).or_default();
        *goes += u64::from(*is_gone);
        *all += 1;
    }
    let most = counts.iter().find(|(_, (goes, all))| goes * 2 > *all);
    match most {
        Some((root, &(gone, of))) if !force => {
            Err(((*root).to_owned(), Failure::MostWouldGo { gone, of }))
        }
        _ => Ok(()),
    }
}

/// Removes an output, if it is a regular file of the output folder and as it was written. One that is not there any more is
/// removed already. What the report says is taken from nobody's hand: another name than the input's own is no output.
///
/// # Errors
/// Why it stays.
pub fn remove(folder: &Path, row: &FileReport, dry_run: bool) -> Result<(), Failure> {
    let foreign = || Failure::NoOutputOfOurs;
    let output = row.output.as_deref().ok_or_else(foreign)?;
    let path = Path::new(output);
    let is_plain = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !is_plain || output != format!("{}.json", row.input) {
        return Err(foreign());
    }
    let target = folder.join(path);
    let metadata = match target.symlink_metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::reading(&error)),
    };
    // No folder on the way may be a link that leads elsewhere.
    let inside = match (folder.canonicalize(), target.canonicalize()) {
        (Ok(folder), Ok(real)) => real == folder.join(path),
        _ => false,
    };
    if !metadata.is_file() || !inside {
        return Err(foreign());
    }
    let bytes = files::read(&Location::File(target.clone()))?;
    if row.output_sha256.as_deref() != Some(&pipeline::sha256(&bytes)) {
        return Err(Failure::Edited {
            output: output.to_owned(),
        });
    }
    if dry_run {
        return Ok(());
    }
    fs::remove_file(&target).map_err(|error| Failure::writing(&error))
}
