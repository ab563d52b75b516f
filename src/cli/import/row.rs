//! What became of one source of a batch: its row of the report, its notes, what is said about it.

use super::one::Done;
use super::{Work, same, tell_note};
use crate::cli::Status;
use crate::cli::console::{Loudness, Tone};
use crate::cli::worker::Imported;
use crate::document::Import;
use crate::message::{Language, Message};
use crate::note::{Note, Severity};
use crate::write::report::{FileReport, Outcome};

/// What became of a source.
pub struct Row {
    /// Its row of the report.
    pub report: FileReport,
    /// The notes of its documents, and on its failure.
    pub notes: Vec<Note>,
    /// Digest of what its documents say.
    pub documents: Option<String>,
    /// Why it failed, was kept or ignored.
    message: Option<Message>,
}

impl Row {
    /// A source of which nothing is known yet.
    pub fn new(input: &str, outcome: Outcome) -> Self {
        Self {
            report: FileReport::new(input, outcome),
            notes: Vec::new(),
            documents: None,
            message: None,
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
        row.documents.clone_from(&import.digest);
        row
    }

    /// Takes over what an import says.
    pub fn describe(&mut self, import: &Import) {
        self.report.describe(import);
        self.notes.extend(import.notes.iter().cloned());
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
            _ if work.arguments.strict && self.warnings() > 0 => Status::Found,
            _ => Status::Done,
        }
    }

    fn warnings(&self) -> usize {
        self.count(Severity::Error) + self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        let notes = self.notes.iter();
        notes.filter(|note| note.severity == severity).count()
    }

    /// Tells people: failures always, what was kept and the number of warnings usually, all on request.
    pub fn tell(&self, shown: &str, work: &Work) {
        let console = work.console;
        match (self.report.outcome, &self.message) {
            (Outcome::Failed, Some(message)) => console.failure(shown, message),
            (Outcome::Skipped, Some(message)) => {
                console.say(
                    Tone::Warning,
                    &format!("{shown}: "),
                    message.text(console.language),
                );
            }
            (_, Some(message)) => {
                console.detail(&format!("{shown}: "), message.text(console.language));
            }
            (Outcome::Skipped, None) => {
                console.detail(&format!("{shown}: "), console.pick("変更なし", "unchanged"));
            }
            (_, None) => self.tell_notes(shown, work),
        }
    }

    fn tell_notes(&self, shown: &str, work: &Work) {
        let console = work.console;
        if console.loudness >= Loudness::Verbose {
            let goals = format!("{} {}", console.pick("目標", "goals"), self.report.goals);
            console.detail(&format!("{shown}: "), &goals);
            self.notes
                .iter()
                .for_each(|note| tell_note(console, shown, note));
        } else if self.warnings() > 0 {
            let counts = [
                (console.pick("重大", "errors"), self.count(Severity::Error)),
                (
                    console.pick("警告", "warnings"),
                    self.count(Severity::Warning),
                ),
            ];
            let counts = counts.iter().filter(|(_, count)| *count > 0);
            let counts: Vec<String> = counts.map(|(word, n)| format!("{word} {n}")).collect();
            let counts = counts.join(console.pick("、", ", "));
            console.say(Tone::Warning, &format!("{shown}: "), &counts);
        }
    }
}
