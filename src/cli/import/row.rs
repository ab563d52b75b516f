//! What became of one source of a batch: its row of the report, its notes, what is said about it.

use std::path::PathBuf;

use super::one::Done;
use super::{Work, same, tell_note, to_do};
use crate::cli::Status;
use crate::cli::console::Loudness;
use crate::cli::worker::Imported;
use crate::document::Import;
use crate::document::whereabouts::Whereabouts;
use crate::message::{Language, Message};
use crate::note::{Note, Severity};
use crate::write::report::{FileReport, Outcome};

/// What became of a source.
pub struct Row {
    /// Its row of the report.
    pub report: FileReport,
    /// The notes of its documents, and on its failure.
    pub notes: Vec<Note>,
    /// What stands at the notes' places.
    pub whereabouts: Vec<Whereabouts>,
    /// Digest of what its documents say.
    pub documents: Option<String>,
    /// Why it failed, was kept or ignored.
    pub message: Option<Message>,
    /// Whether it was ignored although it may hold a sheet.
    pub is_document: bool,
    /// Its name for people.
    pub shown: String,
    /// Where it is.
    pub source: Option<PathBuf>,
}

impl Row {
    /// A source of which nothing is known yet.
    pub fn new(input: &str, outcome: Outcome) -> Self {
        Self {
            report: FileReport::new(input, outcome),
            notes: Vec::new(),
            whereabouts: Vec::new(),
            documents: None,
            message: None,
            is_document: false,
            shown: input.to_owned(),
            source: None,
        }
    }

    /// A source that failed.
    pub fn failed(
        input: &str,
        message: Message,
        sha256: Option<String>,
        language: Language,
    ) -> Self {
        let mut row = Self::new(input, Outcome::Failed);
        row.report.sha256 = sha256;
        let mut shown = message.clone();
        shown.in_language(language);
        row.notes.push(Note {
            code: "failed".to_owned(),
            severity: Severity::Error,
            message: shown,
            place: None,
            text: None,
        });
        row.explain(message, language);
        row
    }

    /// A source without an import.
    pub fn without_import(input: &str, done: Done, language: Language) -> Self {
        match done {
            Done::Failed(message, sha256) => Self::failed(input, message, sha256, language),
            Done::Ignored(message) => {
                let mut row = Self::new(input, Outcome::Ignored);
                row.explain(message, language);
                row
            }
            Done::Unread(message) => {
                let mut row = Self::new(input, Outcome::Ignored);
                row.is_document = true;
                row.explain(message, language);
                row
            }
            Done::Imported(import) => Self::imported(input, &import),
        }
    }

    /// A source whose documents were written just now.
    pub fn imported(input: &str, import: &Imported) -> Self {
        let mut row = Self::new(input, Outcome::Imported);
        row.report = FileReport {
            input: input.to_owned(),
            ..import.report.clone()
        };
        row.notes.clone_from(&import.notes);
        row.whereabouts.clone_from(&import.whereabouts);
        row.documents.clone_from(&import.digest);
        row
    }

    /// Takes over what an import says.
    pub fn describe(&mut self, import: &Import) {
        self.report.describe(import);
        self.notes.extend(import.notes.iter().cloned());
        self.whereabouts.extend(to_do::whereabouts(import));
        self.documents = same::digest(&import.documents);
    }

    /// Says why.
    pub fn explain(&mut self, message: Message, language: Language) {
        self.report.error = Some(message.text(language).to_owned());
        self.message = Some(message);
    }

    /// What it makes of the exit status.
    pub fn status(&self, work: &Work) -> Status {
        match self.report.outcome {
            Outcome::Failed => Status::Failed,
            _ if work.arguments.strict && self.is_warned() => Status::Found,
            _ => Status::Done,
        }
    }

    fn is_warned(&self) -> bool {
        let mut notes = self.notes.iter();
        notes.any(|note| note.severity > Severity::Info)
    }

    /// Tells people who want everything what became of it; the others read the list that closes the run.
    pub fn tell(&self, work: &Work) {
        let console = work.console;
        let about = format!("{}: ", self.shown);
        match (self.report.outcome, &self.message) {
            (_, Some(message)) => console.detail(&about, message.text(console.language)),
            (Outcome::Skipped, None) => {
                console.detail(&about, console.pick("変更なし", "unchanged"));
            }
            (_, None) if console.loudness >= Loudness::Verbose => {
                let goals = format!("{} {}", console.pick("目標", "goals"), self.report.goals);
                console.detail(&about, &goals);
                self.notes
                    .iter()
                    .for_each(|note| tell_note(console, &self.shown, note));
            }
            _ => {}
        }
    }
}
