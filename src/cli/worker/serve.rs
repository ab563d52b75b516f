//! The worker's side: tasks from standard input -> answers on standard output.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};

use super::protocol::{Answer, Setup, Task, What, read_frame, write_frame};
use super::{Refusal, system};
use crate::cli::failure::{Failure, panicked};
use crate::cli::inspect;
use crate::message::Language;
use crate::pipeline::{self, Settings};

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
        let answer = result.unwrap_or_else(|panic| {
            refused(Failure::Defect {
                detail: panicked(panic.as_ref()),
            })
        });
        let written = serde_json::to_vec(&answer)
            .map_err(io::Error::from)
            .and_then(|answer| write_frame(&mut out, &answer))
            .and_then(|()| out.flush());
        if written.is_err() {
            break;
        }
    }
}

fn answered(task: &[u8], bytes: &[u8], settings: &Settings) -> Answer {
    let task: Task = match serde_json::from_slice(task) {
        Ok(task) => task,
        Err(error) => {
            return refused(Failure::Defect {
                detail: error.to_string(),
            });
        }
    };
    #[cfg(debug_assertions)]
    super::misbehave::as_asked(bytes);
    match task.what {
        What::Import => match pipeline::import(&task.name, bytes, settings) {
            Ok(import) => {
                let texts = import.notes.iter().map(|note| &note.message);
                let english = texts.map(|text| text.text(Language::English).to_owned());
                Answer::Imported {
                    english: english.collect(),
                    import: Box::new(import),
                }
            }
            Err(error) => refused(error.problem().clone()),
        },
        What::Inspect { view, english } => {
            let language = if english {
                Language::English
            } else {
                Language::Japanese
            };
            match inspect::rendered(&task.name, bytes, view, settings, language) {
                Ok(text) => Answer::Inspected { text },
                Err(refusal) => refused(refusal),
            }
        }
    }
}

fn refused(why: impl Into<Refusal>) -> Answer {
    let Refusal { code, message } = why.into();
    Answer::Refused {
        code,
        japanese: message.text(Language::Japanese).to_owned(),
        english: message.text(Language::English).to_owned(),
    }
}
