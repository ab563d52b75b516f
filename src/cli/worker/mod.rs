//! Files are read in processes of their own: what a parser does to its process – an abort, a stack
//! overflow, an endless loop, all the memory – ends that file, with its reason, and nothing else.

mod child;
#[cfg(debug_assertions)]
mod misbehave;
mod protocol;
mod serve;
mod system;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::failure::Failure;
use crate::document::Import;
use crate::document::whereabouts::Whereabouts;
use crate::error::Problem;
use crate::layout::ImportOptions;
use crate::message::{Language, Message};
use crate::note::Note;
use crate::pipeline::Settings;
use crate::write::report::FileReport;
use child::{Child, End, Launch};
use protocol::{Answer, Setup, Task, What, parse_answer};

pub use protocol::{View, Written};
pub use serve::{ARGUMENT, serve};
pub use system::limits_memory;

/// What a worker may use for one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Memory, MiB (1,048,576 bytes) of address space.
    pub memory: u64,
    /// Time, seconds.
    pub seconds: u64,
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The stable code of the reason.
    pub code: String,
    /// The reason.
    pub message: Message,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self {
            code: problem.code().to_owned(),
            message: problem.message(),
        }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self {
            code: failure.code().to_owned(),
            message: failure.message(),
        }
    }
}

/// A source's documents as they are written, and what is said about them.
#[derive(Debug)]
pub struct Imported {
    /// Their JSON.
    pub json: String,
    /// What a report says about them.
    pub report: FileReport,
    /// Their notes.
    pub notes: Vec<Note>,
    /// What stands at the notes' places, see [`Written::LinesOfBatch`].
    pub whereabouts: Vec<Whereabouts>,
    /// A digest of what they say, see [`Written::LinesOfBatch`].
    pub digest: Option<String>,
}

/// Workers that wait for a file. Each is used for one file at a time, and again for the next.
#[derive(Debug)]
pub struct Workers {
    launch: Launch,
    setup: Vec<u8>,
    limits: Limits,
    waiting: Mutex<Vec<Child>>,
}

impl Workers {
    /// Workers with these settings; none is started before the first file.
    ///
    /// # Errors
    /// Settings that cannot be handed over.
    pub fn new(settings: &Settings, limits: Limits) -> Result<Self, Failure> {
        Self::of(Launch::Own, settings, limits)
    }

    fn of(launch: Launch, settings: &Settings, limits: Limits) -> Result<Self, Failure> {
        let setup = Setup {
            memory: limits.memory,
            settings: settings.clone(),
        };
        let setup = serde_json::to_vec(&setup).map_err(|error| defect(&error))?;
        Ok(Self {
            launch,
            setup,
            limits,
            waiting: Mutex::new(Vec::new()),
        })
    }

    /// Reads a file and says what it means.
    ///
    /// # Errors
    /// Why there is no document.
    pub fn import(&self, name: &str, bytes: &[u8]) -> Result<Import, Refusal> {
        match self.ask(name, What::Import, bytes)? {
            (
                Answer::Imported {
                    mut import,
                    english,
                },
                _,
            ) => {
                give_english(&mut import.notes, english)?;
                Ok(*import)
            }
            _ => Err(unexpected()),
        }
    }

    /// Reads a file and writes what it means; with `options`, by what is known of this file in place of the settings'.
    ///
    /// # Errors
    /// Why there is no document.
    pub fn write(
        &self,
        name: &str,
        (form, language): (Written, Language),
        options: Option<ImportOptions>,
        bytes: &[u8],
    ) -> Result<Imported, Refusal> {
        let english = language == Language::English;
        let what = What::Write {
            form,
            english,
            options,
        };
        match self.ask(name, what, bytes)? {
            (Answer::Written(described), json) => {
                let mut notes = described.notes;
                give_english(&mut notes, described.english)?;
                for note in &mut notes {
                    note.in_language(language);
                }
                Ok(Imported {
                    json,
                    report: described.report,
                    notes,
                    whereabouts: described.whereabouts,
                    digest: described.digest,
                })
            }
            _ => Err(unexpected()),
        }
    }

    /// Reads a file and shows what was seen of it.
    ///
    /// # Errors
    /// Why there is nothing to show.
    pub fn inspect(
        &self,
        name: &str,
        view: View,
        language: Language,
        bytes: &[u8],
    ) -> Result<String, Refusal> {
        let english = language == Language::English;
        match self.ask(name, What::Inspect { view, english }, bytes)? {
            (Answer::Inspected, text) => Ok(text),
            _ => Err(unexpected()),
        }
    }

    fn ask(&self, name: &str, what: What, bytes: &[u8]) -> Result<(Answer, String), Refusal> {
        let task = Task {
            name: name.to_owned(),
            what,
        };
        let task = serde_json::to_vec(&task).map_err(|error| defect(&error))?;
        match self.exchange(&task, bytes)? {
            (
                Answer::Refused {
                    code,
                    japanese,
                    english,
                },
                _,
            ) => Err(Refusal {
                code,
                message: Message::new(japanese, english),
            }),
            answer => Ok(answer),
        }
    }

    /// A worker that read other files before may have died of them; only a new one's death is this file's.
    /// So what is said about a file does not depend on the files before it.
    fn exchange(&self, task: &[u8], bytes: &[u8]) -> Result<(Answer, String), Refusal> {
        if let Some(child) = self.take() {
            match self.exchange_with(child, task, bytes) {
                Err(End::Died { .. }) => {}
                Ok((answer, _)) if is_want_of_memory(&answer) => {}
                Err(end) => return Err(self.refusal(end)),
                Ok(answer) => return Ok(answer),
            }
        }
        let child = Child::start(&self.launch, &self.setup).map_err(|error| {
            Refusal::from(Failure::NoWorker {
                reason: error.to_string(),
            })
        })?;
        self.exchange_with(child, task, bytes)
            .map_err(|end| self.refusal(end))
    }

    fn exchange_with(
        &self,
        mut child: Child,
        task: &[u8],
        bytes: &[u8],
    ) -> Result<(Answer, String), End> {
        let frame = child.exchange(task, bytes, Duration::from_secs(self.limits.seconds))?;
        let answer = parse_answer(frame).map_err(End::Nonsense)?;
        // One that is full of what it read before is not used again.
        if !is_want_of_memory(&answer.0) {
            self.lock().push(child);
        }
        Ok(answer)
    }

    fn take(&self) -> Option<Child> {
        self.lock().pop()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Child>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How a worker ended -> what is said about its file.
    fn refusal(&self, end: End) -> Refusal {
        let seconds = self.limits.seconds;
        match end {
            End::Nonsense(detail) => Failure::Defect { detail }.into(),
            End::TimedOut => Problem::TimeLimit { seconds }.into(),
            End::Died { last_words, .. } if is_out_of_memory(&last_words) => {
                Problem::MemoryLimit.into()
            }
            End::Died { last_words, .. } if last_words.contains("overflowed its stack") => {
                Problem::NestingTooDeep.into()
            }
            End::Died { how, .. } => Problem::ReaderDied { how }.into(),
        }
    }
}

/// Whether a worker could not read a file for want of memory, and lived.
fn is_want_of_memory(answer: &Answer) -> bool {
    matches!(answer, Answer::Refused { code, .. } if code == Problem::MemoryLimit.code())
}

/// What the standard library says before it aborts for want of memory.
fn is_out_of_memory(last_words: &str) -> bool {
    last_words.contains("memory allocation of") && last_words.contains("failed")
}

fn defect(error: &dyn std::fmt::Display) -> Failure {
    Failure::Defect {
        detail: error.to_string(),
    }
}

fn unexpected() -> Refusal {
    defect(&"answer").into()
}

/// Notes arrive with their Japanese texts; the English ones stand beside.
fn give_english(notes: &mut [Note], english: Vec<String>) -> Result<(), Refusal> {
    if notes.len() != english.len() {
        return Err(unexpected());
    }
    for (note, english) in notes.iter_mut().zip(english) {
        let japanese = note.message.text(Language::Japanese).to_owned();
        note.message = Message::new(japanese, english);
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests;
