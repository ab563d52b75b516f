//! The report of the run before: what need not be read again, and what somebody edited since.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::journal;
use crate::cli::files::{self, Location};
use crate::pipeline;
use crate::write::report::{FileReport, Report};

/// What the run before wrote into this folder.
#[derive(Default)]
pub struct Previous {
    /// The output folder.
    folder: PathBuf,
    /// The rows of each input, one for each folder that it was below.
    rows: BTreeMap<String, Vec<FileReport>>,
    /// Outputs that a run which died had begun, see [`journal`].
    begun: BTreeMap<String, BTreeSet<String>>,
    /// Whether it was the same program with the same options.
    comparable: bool,
}

/// A source as reports name it.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    /// The folder, as seen from the output folder.
    pub root: Option<&'a str>,
    /// Its path below.
    pub input: &'a str,
}

/// What stands at an output's place.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Free,
    /// What this command wrote from the same source, program and options.
    Current,
    /// What this command wrote from an older source, program or other options.
    Outdated,
    /// What this command wrote, and someone changed.
    Edited,
    /// A file that this command does not know.
    Foreign,
}

impl Previous {
    /// Reads the report; none, or a damaged one, says nothing.
    pub fn read(folder: &Path, options: &str) -> Self {
        let begun = journal::begun(folder);
        let bytes = files::read(&Location::File(folder.join(files::REPORT))).unwrap_or_default();
        let Ok(report) = serde_json::from_slice::<Report>(&bytes) else {
            return Self {
                folder: folder.to_owned(),
                begun,
                ..Self::default()
            };
        };
        let mut rows: BTreeMap<String, Vec<FileReport>> = BTreeMap::new();
        for row in report.files.into_iter().chain(report.earlier) {
            rows.entry(row.input.clone()).or_default().push(row);
        }
        Self {
            folder: folder.to_owned(),
            begun,
            comparable: report.program == pipeline::PROGRAM && report.options == options,
            rows,
        }
    }

    /// The row of a source: its folder's own, or that of a report of an earlier version, which names no folder; else, where
    /// the folder was moved, the row of the same bytes. Any other file of the same name has nothing to do with it.
    pub fn row(&self, of: Of<'_>, sha256: Option<&str>) -> Option<&FileReport> {
        let rows = self.rows.get(of.input)?;
        let named = |root: Option<&str>| rows.iter().find(|row| row.root.as_deref() == root);
        let is_moved = |row: &&FileReport| {
            sha256.is_some() && row.sha256.as_deref() == sha256 && !self.stands_elsewhere(row)
        };
        named(of.root)
            .or_else(|| named(None))
            .or_else(|| rows.iter().find(is_moved))
    }

    /// Whether the source of a row is where the report says that it was. The report may be anybody's: nothing is done with the
    /// path but to look.
    fn stands_elsewhere(&self, row: &FileReport) -> bool {
        let root = row.root.as_ref().map(|root| self.folder.join(root));
        root.is_some_and(|root| root.join(&row.input).symlink_metadata().is_ok())
    }

    /// Every row.
    pub fn rows(&self) -> impl Iterator<Item = &FileReport> {
        self.rows.values().flatten()
    }

    /// What stands where a source's output goes.
    pub fn standing(&self, of: Of<'_>, sha256: &str, existing: Option<&[u8]>) -> Standing {
        let Some(existing) = existing else {
            return Standing::Free;
        };
        let existing = pipeline::sha256(existing);
        let row = self.row(of, Some(sha256));
        let reported = row.and_then(|row| row.output_sha256.as_deref());
        let begun = self.begun.get(of.input);
        if reported == Some(&existing) {
            let same_source = row.and_then(|row| row.sha256.as_deref()) == Some(sha256);
            return if self.comparable && same_source {
                Standing::Current
            } else {
                Standing::Outdated
            };
        }
        if begun.is_some_and(|begun| begun.contains(&existing)) {
            return Standing::Outdated;
        }
        if reported.is_some() || begun.is_some() {
            Standing::Edited
        } else {
            Standing::Foreign
        }
    }

    /// The digest of a source's output as it was written.
    pub fn output_sha256(&self, of: Of<'_>, sha256: &str) -> Option<String> {
        let reported = self
            .row(of, Some(sha256))
            .and_then(|row| row.output_sha256.clone());
        reported.or_else(|| self.begun.get(of.input)?.first().cloned())
    }

    /// The rows that the report of an unfinished run takes over for the sources it has not come to. Those of
    /// another program or other options keep their outputs, but do not count as done: they lose the digest.
    pub fn not_yet_come_to(&self) -> impl Iterator<Item = FileReport> {
        self.rows().cloned().map(|mut row| {
            if !self.comparable {
                row.sha256 = None;
            }
            row
        })
    }
}
