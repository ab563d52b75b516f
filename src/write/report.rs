//! What became of each file of a batch: `import-report.json`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::{Coverage, Document, Import};
use crate::note::Note;

/// The schema name that the report carries.
pub const REPORT_SCHEMA: &str = "seirihyo/report/1";

/// The report on a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// `seirihyo/report/1`.
    pub schema: String,
    /// The program and its version.
    pub program: String,
    /// SHA-256 of the options that outputs depend on, layout definitions included. A source is read
    /// again when it changes.
    pub options: String,
    /// Whether the batch came to its end.
    pub finished: bool,
    /// Every file found, in path order.
    pub files: Vec<FileReport>,
    /// Outputs of earlier runs whose sources this one did not find: those of other folders, and those of sources that are
    /// gone, until they are pruned.
    #[serde(default)]
    pub earlier: Vec<FileReport>,
    /// Sums over the files.
    pub totals: Totals,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileReport {
    /// The folder that `input` is below, as seen from the output folder, with `/`; `null` for standard input and in
    /// reports of earlier versions.
    #[serde(default)]
    pub root: Option<String>,
    /// The file, relative to the path that was given, with `/`.
    pub input: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Its JSON, relative to the output folder, with `/`.
    pub output: Option<String>,
    /// SHA-256 of that JSON as it was written.
    pub output_sha256: Option<String>,
    /// Why it failed, was kept or ignored.
    pub error: Option<String>,
    /// SHA-256 of the file; `null` if it was not read.
    pub sha256: Option<String>,
    /// What the file is; `null` if that is not known.
    pub format: Option<String>,
    /// The layouts of its documents, each once.
    pub layouts: Vec<String>,
    /// Documents found.
    pub documents: u64,
    /// Goals in them.
    pub goals: u64,
    /// Notes by code.
    pub notes: BTreeMap<String, u64>,
    /// What became of its characters; `null` without documents.
    pub coverage: Option<Coverage>,
    /// Time taken.
    pub milliseconds: u64,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Read, and its JSON written.
    Imported,
    /// Not read again, or its edited output kept.
    Skipped,
    /// No document; `error` says why.
    Failed,
    /// No source: another kind of file in a folder.
    Ignored,
}

/// Sums over the files of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Files imported.
    pub imported: u64,
    /// Files skipped.
    pub skipped: u64,
    /// Files that failed.
    pub failed: u64,
    /// Files ignored.
    pub ignored: u64,
    /// Documents in imported and skipped files.
    pub documents: u64,
    /// Goals in them.
    pub goals: u64,
}

impl Report {
    /// A report on these files.
    pub fn new(program: &str, options: &str, mut files: Vec<FileReport>) -> Self {
        files.sort_by(|a, b| a.input.cmp(&b.input));
        let mut totals = Totals::default();
        for file in &files {
            *match file.outcome {
                Outcome::Imported => &mut totals.imported,
                Outcome::Skipped => &mut totals.skipped,
                Outcome::Failed => &mut totals.failed,
                Outcome::Ignored => &mut totals.ignored,
            } += 1;
            totals.documents += file.documents;
            totals.goals += file.goals;
        }
        Self {
            schema: REPORT_SCHEMA.to_owned(),
            program: program.to_owned(),
            options: options.to_owned(),
            finished: true,
            files,
            earlier: Vec::new(),
            totals,
        }
    }
}

impl FileReport {
    /// A file of which nothing is known yet.
    pub fn new(input: &str, outcome: Outcome) -> Self {
        Self {
            root: None,
            input: input.to_owned(),
            outcome,
            output: None,
            output_sha256: None,
            error: None,
            sha256: None,
            format: None,
            layouts: Vec::new(),
            documents: 0,
            goals: 0,
            notes: BTreeMap::new(),
            coverage: None,
            milliseconds: 0,
        }
    }

    /// Takes over what an import says.
    pub fn describe(&mut self, import: &Import) {
        self.sha256 = Some(import.source.sha256.clone());
        self.format = Some(import.source.format.clone());
        self.coverage = Some(import.coverage);
        self.documents = import.documents.len() as u64;
        for document in &import.documents {
            let layout = match document {
                Document::GoalSheet(sheet) => {
                    self.goals += sheet.goals.len() as u64;
                    &sheet.layout
                }
                Document::Policy(policy) => &policy.layout,
            };
            if !self.layouts.contains(layout) {
                self.layouts.push(layout.clone());
            }
        }
        for note in &import.notes {
            self.count(note);
        }
    }

    /// Counts a note.
    pub fn count(&mut self, note: &Note) {
        *self.notes.entry(note.code.clone()).or_default() += 1;
    }
}
