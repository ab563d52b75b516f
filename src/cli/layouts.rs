//! `layouts`: the known layout definitions; checks a user's own.

use std::path::PathBuf;

use unicode_width::UnicodeWidthStr;

use super::Status;
use super::args::{LayoutsAction, LayoutsArguments};
use super::console::{Console, Tone, output};
use super::failure::{Failure, Told};
use super::files;
use super::import::settings::layout_file;
use crate::layout::known;
use crate::message::Language;

/// Runs the command.
pub fn run(arguments: &LayoutsArguments, console: &Console) -> Status {
    match &arguments.action {
        None | Some(LayoutsAction::List) => print(&list(console.language), console),
        Some(LayoutsAction::Show { name }) => show(name, console),
        Some(LayoutsAction::Check { files }) => check(files, console),
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
