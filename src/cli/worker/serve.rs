//! The worker's side: tasks from standard input -> answers on standard output.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};

use super::protocol::{Answer, Described, Setup, Task, What, Written, read_frame, write_answer};
use super::{Refusal, defect, system};
use crate::cli::failure::{Failure, panicked};
use crate::cli::import::{same, to_do};
use crate::cli::inspect;
use crate::document::Import;
use crate::message::Language;
use crate::note::Note;
use crate::pipeline::{self, Settings};
use crate::write::json;
use crate::write::report::{FileReport, Outcome};

/// The one argument that makes the program a worker. Nothing that a user would write.
pub const ARGUMENT: &str = "--serve-as-reading-worker";

/// Stack of the thread that reads, bytes; documents nest tens of levels, not thousands.
const STACK: usize = 16 << 20;

/// Serves until standard input ends.
pub fn serve() -> ExitCode {
    match served() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The parent reads it.
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// This thread does nothing but wait for standard input, so that a worker whose parent is gone ends at
/// once, whatever it is busy with.
fn served() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let setup: Setup = serde_json::from_slice(&read_frame(&mut input)?)?;
    system::confine(setup.memory)?;
    let (tasks, waiting) = mpsc::channel();
    std::thread::Builder::new()
        .name("reader".to_owned())
        .stack_size(STACK)
        .spawn(move || answer_all(&waiting, &setup.settings))?;
    while let Ok(task) = read_frame(&mut input) {
        let bytes = read_frame(&mut input)?;
        if tasks.send((task, bytes)).is_err() {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
    }
    Ok(())
}

fn answer_all(waiting: &Receiver<(Vec<u8>, Vec<u8>)>, settings: &Settings) {
    let mut out = io::stdout().lock();
    for (task, bytes) in waiting {
        let result = catch_unwind(AssertUnwindSafe(|| answered(&task, &bytes, settings)));
        let (answer, text) = result.unwrap_or_else(|panic| {
            let detail = panicked(panic.as_ref());
            (refused(Failure::Defect { detail }), String::new())
        });
        let written = write_answer(&mut out, &answer, &text).and_then(|()| out.flush());
        if written.is_err() {
            break;
        }
    }
}

fn answered(task: &[u8], bytes: &[u8], settings: &Settings) -> (Answer, String) {
    let done = done(task, bytes, settings);
    done.unwrap_or_else(|refusal| (refused(refusal), String::new()))
}

fn done(task: &[u8], bytes: &[u8], settings: &Settings) -> Result<(Answer, String), Refusal> {
    let task: Task = serde_json::from_slice(task).map_err(|error| defect(&error))?;
    #[cfg(debug_assertions)]
    super::misbehave::as_asked(bytes);
    match task.what {
        What::Import => {
            let import = import(&task.name, bytes, settings)?;
            let answer = Answer::Imported {
                english: english_texts(&import.notes),
                import: Box::new(import),
            };
            Ok((answer, String::new()))
        }
        What::Write {
            form,
            english,
            options,
        } => {
            let own = options.map(|import| Settings {
                import,
                ..settings.clone()
            });
            let import = import(&task.name, bytes, own.as_ref().unwrap_or(settings))?;
            written(import, form, language(english))
        }
        What::Inspect { view, english } => {
            let language = language(english);
            let text = inspect::rendered(&task.name, bytes, view, settings, language)?;
            Ok((Answer::Inspected, text))
        }
    }
}

fn import(name: &str, bytes: &[u8], settings: &Settings) -> Result<Import, Refusal> {
    pipeline::import(name, bytes, settings).map_err(|error| error.problem().clone().into())
}

fn language(english: bool) -> Language {
    if english {
        Language::English
    } else {
        Language::Japanese
    }
}

fn english_texts(notes: &[Note]) -> Vec<String> {
    let texts = notes.iter().map(|note| &note.message);
    texts
        .map(|text| text.text(Language::English).to_owned())
        .collect()
}

/// Documents as JSON, and what is said about them.
fn written(
    mut import: Import,
    form: Written,
    language: Language,
) -> Result<(Answer, String), Refusal> {
    let mut report = FileReport::new("", Outcome::Imported);
    report.describe(&import);
    let english = english_texts(&import.notes);
    let notes = import.notes.clone();
    import.in_language(language);
    let text = match form {
        Written::Lines | Written::LinesOfBatch => json::pretty(&import),
        Written::Line => json::line(&import),
    };
    let text = text.map_err(|error| defect(&error))?;
    let in_batch = form == Written::LinesOfBatch;
    let described = Described {
        report,
        notes,
        english,
        whereabouts: if in_batch {
            to_do::whereabouts(&import)
        } else {
            Vec::new()
        },
        digest: in_batch.then(|| same::digest(&import.documents)).flatten(),
    };
    Ok((Answer::Written(Box::new(described)), text))
}

fn refused(why: impl Into<Refusal>) -> Answer {
    let Refusal { code, message } = why.into();
    Answer::Refused {
        code,
        japanese: message.text(Language::Japanese).to_owned(),
        english: message.text(Language::English).to_owned(),
    }
}
