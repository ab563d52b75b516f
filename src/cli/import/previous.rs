//! The report of the run before: what need not be read again, and what somebody edited since.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::journal;
use crate::cli::files::{self, Location};
use crate::pipeline;
use crate::write::report::{FileReport, Report};

/// What the run before wrote into this folder.
#[derive(Default)]
pub struct Previous {
    rows: BTreeMap<String, FileReport>,
    /// Outputs that a run which died had begun, see [`journal`].
    begun: BTreeMap<String, BTreeSet<String>>,
    /// Whether it was the same program with the same options.
    comparable: bool,
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
                begun,
                ..Self::default()
            };
        };
        Self {
            begun,
            comparable: report.program == pipeline::PROGRAM && report.options == options,
            rows: report
                .files
                .into_iter()
                .map(|row| (row.input.clone(), row))
                .collect(),
        }
    }

    /// The row of a source.
    pub fn row(&self, input: &str) -> Option<&FileReport> {
        self.rows.get(input)
    }

    /// What stands where a source's output goes.
    pub fn standing(&self, input: &str, sha256: &str, existing: Option<&[u8]>) -> Standing {
        let Some(existing) = existing else {
            return Standing::Free;
        };
        let existing = pipeline::sha256(existing);
        let row = self.row(input);
        let reported = row.and_then(|row| row.output_sha256.as_deref());
        let begun = self.begun.get(input);
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
    pub fn output_sha256(&self, input: &str) -> Option<String> {
        let reported = self.row(input).and_then(|row| row.output_sha256.clone());
        reported.or_else(|| self.begun.get(input)?.first().cloned())
    }

    /// The rows that the report of an unfinished run takes over for the sources it has not come to. Those of
    /// another program or other options keep their outputs, but do not count as done: they lose the digest.
    pub fn not_yet_come_to(&self) -> impl Iterator<Item = FileReport> {
        self.rows.values().cloned().map(|mut row| {
            if !self.comparable {
                row.sha256 = None;
            }
            row
        })
    }
}
