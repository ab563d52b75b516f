//! `layouts`: the known layout definitions; checks a user's own.

use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr;

use super::Status;
use super::args::{LayoutsAction, LayoutsArguments, LimitArguments, PasswordArguments};
use super::console::{Console, Tone, output};
use super::failure::{Failure, Told};
use super::files::{self, Location};
use super::import::settings::{layout_file, passwords, workers};
use super::worker::{View, Workers};
use crate::document::reading::SheetReading;
use crate::layout::{ImportOptions, Layouts, known, suggest};
use crate::message::{Language, Message};
use crate::pipeline::Settings;
use crate::read::ReadOptions;

/// Runs the command.
pub fn run(arguments: &LayoutsArguments, console: &Console) -> Status {
    match &arguments.action {
        None | Some(LayoutsAction::List) => print(&list(console.language), console),
        Some(LayoutsAction::Show { name }) => show(name, console),
        Some(LayoutsAction::Check { files }) => check(files, console),
        Some(LayoutsAction::Suggest {
            files,
            name,
            passwords,
            limits,
        }) => {
            let of = Suggestion {
                name,
                passwords,
                limits: *limits,
            };
            suggest(files, &of, console)
        }
    }
}

fn print(text: &str, console: &Console) -> Status {
    match output(text.as_bytes()) {
        Ok(()) => Status::Done,
        Err(error) => {
            console.failure("-", &Failure::writing(&error).told());
            Status::Failed
        }
    }
}

fn list(language: Language) -> String {
    let layouts = known::layouts();
    let width = layouts
        .iter()
        .map(|layout| layout.name.width())
        .max()
        .unwrap_or_default();
    let line = |layout: &crate::layout::definition::Layout| {
        let description = match language {
            Language::Japanese => &layout.description.ja,
            Language::English => &layout.description.en,
        };
        format!("{:width$}  {description}\n", layout.name)
    };
    layouts.iter().map(line).collect()
}

fn show(name: &str, console: &Console) -> Status {
    if let Some((_, text)) = known::FILES.iter().find(|(known, _)| *known == name) {
        return print(text, console);
    }
    let known: Vec<&str> = known::FILES.iter().map(|(name, _)| *name).collect();
    let failure = Failure::NoSuchLayout {
        name: name.to_owned(),
        known: known.join(", "),
    };
    console.failure("seirihyo", &failure.told());
    Status::Failed
}

/// What a suggestion is asked for.
struct Suggestion<'a> {
    name: &'a str,
    passwords: &'a PasswordArguments,
    limits: LimitArguments,
}

/// How the columns of a file's goal sheets were understood, as `inspect --json` says it.
#[derive(serde::Deserialize)]
struct Readings {
    readings: Vec<SheetReading>,
}

/// Prints a layout file that reads these files as they are read without it.
fn suggest(paths: &[PathBuf], of: &Suggestion<'_>, console: &Console) -> Status {
    let passwords = match passwords(of.passwords, console) {
        Ok(passwords) => passwords,
        Err(status) => return status,
    };
    let settings = Settings {
        read: ReadOptions {
            passwords,
            ..ReadOptions::default()
        },
        layouts: Layouts::default(),
        import: ImportOptions::default(),
    };
    let workers = match workers(&settings, of.limits, console) {
        Ok(workers) => workers,
        Err(status) => return status,
    };
    let mut readings: Vec<SheetReading> = Vec::new();
    let mut status = Status::Done;
    for path in paths {
        match read_columns(path, &workers) {
            Ok(of_file) => readings.extend(of_file),
            Err(message) => {
                console.failure(&files::shown(path), &message);
                status = Status::Failed;
            }
        }
    }
    let Some(text) = suggest::layout_file(&readings, of.name) else {
        console.failure("seirihyo", &Failure::NothingToSuggest.told());
        return Status::Failed;
    };
    match (print(&text, console), status) {
        (Status::Done, status) => status,
        (failed, _) => failed,
    }
}

fn read_columns(path: &Path, workers: &Workers) -> Result<Vec<SheetReading>, Message> {
    let bytes = files::read(&Location::File(path.to_owned())).map_err(|failure| failure.told())?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let json = workers
        .inspect(&name, View::Json, Language::Japanese, &bytes)
        .map_err(|refusal| refusal.message)?;
    let readings: Readings = serde_json::from_str(&json).map_err(|error| {
        Failure::Defect {
            detail: error.to_string(),
        }
        .told()
    })?;
    Ok(readings.readings)
}

/// Says what is wrong with each file, with line, column and the valid names.
fn check(paths: &[PathBuf], console: &Console) -> Status {
    let mut status = Status::Done;
    for path in paths {
        let shown = files::shown(path);
        match layout_file(path) {
            Ok(layout) => {
                let text = format!(
                    "{} ({})",
                    console.pick("正しい様式です", "a valid layout"),
                    layout.name
                );
                console.say(Tone::Plain, &format!("{shown}: "), &text);
            }
            Err(message) => {
                console.failure(&shown, &message);
                status = Status::Failed;
            }
        }
    }
    status
}
