//! `import`: sources -> JSON on standard output, or in a folder with its report.

mod batch;
mod items;
mod journal;
mod notes;
mod one;
pub mod parallel;
mod previous;
mod prune;
mod record;
mod row;
pub mod same;
pub mod settings;
pub mod to_do;
pub mod towns;
mod worklist;

use super::Status;
use super::args::ImportArguments;
use super::console::{Console, Tone};
use super::failure::{Failure, Told};
use super::files::{self, Found, Origin};
use super::interrupt;
use super::worker::Written;
use crate::message::Language;
use crate::note::{Note, Severity};
use one::{Done, Source};
use towns::Towns;

/// Runs the command.
pub fn run(arguments: &ImportArguments, console: &Console) -> Status {
    let mut settings = match settings::resolve(&arguments.reading, console) {
        Ok(settings) => settings,
        Err(status) => return status,
    };
    let found = files::everything(&arguments.paths);
    if let Some(file) = &arguments.municipalities {
        let about = files::shown(file);
        match Towns::read(file) {
            Ok(towns) => settings.towns = towns,
            Err(message) => {
                console.failure(&about, &message);
                return Status::Failed;
            }
        }
        for path in settings.towns.without_files(&found) {
            let text = match console.language {
                Language::Japanese => format!("「{path}」のファイルがありません"),
                Language::English => format!("there are no files in “{path}”"),
            };
            console.say(Tone::Warning, &format!("{about}: "), &text);
        }
    }
    if found.is_empty() {
        return nothing_found(arguments, console);
    }
    let work = Work {
        arguments,
        console,
        settings,
    };
    if arguments.output.is_some() || arguments.dry_run || arguments.ndjson {
        interrupt::watch(console.interruption());
    }
    if arguments.output.is_some() || arguments.dry_run {
        batch::run(&work, &found)
    } else if arguments.ndjson {
        lines(&work, &found)
    } else if let (true, [one]) = (arguments.paths.len() == 1, found.as_slice())
        && one.origin == Origin::Named
    {
        single(&work, one)
    } else {
        let first = arguments
            .paths
            .first()
            .map(|path| path.to_string_lossy())
            .unwrap_or_default();
        console.failure(&first, &Failure::SeveralWithoutOutput.message());
        Status::Failed
    }
}

/// What every way of importing needs.
struct Work<'a> {
    arguments: &'a ImportArguments,
    console: &'a Console,
    settings: settings::Resolved,
}

/// A folder without files. Somebody expected sheets there: a failure, said of each folder.
fn nothing_found(arguments: &ImportArguments, console: &Console) -> Status {
    for path in arguments
        .paths
        .iter()
        .filter(|path| std::path::Path::new(path).is_dir())
    {
        console.failure(&path.to_string_lossy(), &Failure::NothingFound.message());
    }
    Status::Failed
}

/// One file to standard output.
fn single(work: &Work, found: &Found) -> Status {
    match one::import(found, Source::Unread, Written::Lines, work) {
        Done::Imported(import) => {
            let status = tell(work, found, &import.notes);
            print(work, found, &import.json).max(status)
        }
        Done::Ignored(message) | Done::Unread(message) | Done::Failed(message, _) => {
            work.console.failure(&found.shown, &message);
            Status::Failed
        }
    }
}

/// A line for each file to standard output, in path order.
fn lines(work: &Work, found: &[Found]) -> Status {
    let mut status = Status::Done;
    let mut any = false;
    let each = |at: usize, done: Done| {
        let Some(file) = found.get(at) else { return };
        match done {
            Done::Imported(import) => {
                any = true;
                status = status.max(tell(work, file, &import.notes));
                status = status.max(print(work, file, &import.json));
            }
            Done::Failed(message, _) => {
                any = true;
                work.console.failure(&file.shown, &message);
                status = Status::Failed;
            }
            Done::Ignored(message) | Done::Unread(message) => work.console.detail(
                &format!("{}: ", file.shown),
                message.text(work.console.language),
            ),
        }
    };
    let progress = work.console.progress(found.len());
    let one = |file: &Found| {
        progress.begins(file.name());
        let done = one::import(file, Source::Unread, Written::Line, work);
        progress.done();
        done
    };
    parallel::over(found, work.settings.jobs, one, each);
    drop(progress);
    if interrupt::asked() {
        Status::Interrupted
    } else if any {
        status
    } else {
        nothing_found(work.arguments, work.console).max(status)
    }
}

fn print(work: &Work, found: &Found, json: &str) -> Status {
    match work.console.output(json.as_bytes()) {
        Ok(()) => Status::Done,
        Err(error) => {
            work.console
                .failure(&found.shown, &Failure::writing(&error).told());
            Status::Failed
        }
    }
}

/// Says what a person should look at; whether that makes the status 1.
fn tell(work: &Work, found: &Found, notes: &[Note]) -> Status {
    for note in notes {
        tell_note(work.console, &found.shown, note);
    }
    let warned = notes.iter().any(|note| note.severity > Severity::Info);
    if warned && work.arguments.strict {
        Status::Found
    } else {
        Status::Done
    }
}

/// `file: place: message`, where a note is worth it.
fn tell_note(console: &Console, shown: &str, note: &Note) {
    let place = note
        .place
        .as_ref()
        .map(|place| format!("{place}: "))
        .unwrap_or_default();
    let about = format!("{shown}: {place}");
    let mut text = note.message.text(console.language).to_owned();
    if let Some(quoted) = &note.text {
        text = format!("{text} 「{}」", shortened(quoted));
    }
    if note.severity == Severity::Info {
        console.detail(&about, &text);
    } else {
        console.say(Tone::Warning, &about, &text);
    }
}

/// A quotation on one line, short enough for a terminal.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}
