//! `compare`: two years -> a table on the terminal, or a 新旧対照表, a page, JSON.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::Path;

use super::Status;
use super::args::{CompareArguments, OrderChoice, PaperChoice};
use super::console::{Console, Tone, output, visible};
use super::documents;
use super::failure::{Failure, Told};
use super::files::{self, Location};
use super::import::settings;
use crate::compare::{Comparison, Guide, compare, decisions, organization};
use crate::error::{Error, Problem};
use crate::form::Paper;
use crate::message::Message;
use crate::note::{Note, Severity};
use crate::pipeline::PROGRAM;
use crate::write::comparison::{Paint, page, terminal};
use crate::write::json;
use crate::write::table::Table;
use crate::write::table::comparison::{Order, Shown, View};
use crate::write::xlsx::{Setting, workbook};

/// Runs the command.
pub fn run(arguments: &CompareArguments, console: &Console) -> Status {
    match compared(arguments, console) {
        Ok(status) => status,
        Err(Stop::Told) => Status::Failed,
        Err(Stop::At(file, message)) => {
            console.failure(&file, &message);
            Status::Failed
        }
    }
}

/// Why it stops.
enum Stop {
    /// The user knows already.
    Told,
    /// A file, and what is wrong with it.
    At(String, Message),
}

fn stop(path: &Path, told: &impl Told) -> Stop {
    Stop::At(files::shown(path), told.told())
}

fn compared(arguments: &CompareArguments, console: &Console) -> Result<Status, Stop> {
    let form = Form::of(arguments)?;
    let settings = settings::resolve(&arguments.reading, console).map_err(|_| Stop::Told)?;
    let guide = guide(arguments)?;
    let old = side(&arguments.old, &settings, console)?;
    let new = side(&arguments.new, &settings, console)?;
    for target in arguments.output.iter().chain(&arguments.write_decisions) {
        for side in [&old, &new] {
            side.keeps(target)
                .map_err(|failure| stop(target, &failure))?;
        }
    }
    let mut comparison = compare(&old.imports, &new.imports, &guide, PROGRAM);
    comparison.in_language(console.json_language);
    for note in &comparison.notes {
        tell(note, console);
    }
    write(form, &comparison, arguments, console)?;
    if let Some(target) = &arguments.write_decisions {
        let toml = decisions::to_toml(&guide.decisions, &comparison);
        // Decisions are given back under the name that they were written to: that file may be replaced.
        let is_given = arguments.decisions.as_ref() == Some(target);
        put(
            target,
            toml.as_bytes(),
            if is_given {
                Existing::Replace
            } else {
                existing(arguments)
            },
        )?;
        console.say(Tone::Plain, "", &format!("→ {}", files::shown(target)));
    }
    let found = arguments.exit_code && comparison.has_changes();
    let status = if found { Status::Found } else { Status::Done };
    Ok(status.max(old.status).max(new.status))
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Terminal,
    Workbook,
    Page,
    Json,
}

impl Form {
    fn of(arguments: &CompareArguments) -> Result<Self, Stop> {
        let Some(target) = &arguments.output else {
            return Ok(Self::Terminal);
        };
        let ending = target
            .extension()
            .map(|e| e.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("xlsx") => Ok(Self::Workbook),
            Some("html" | "htm") => Ok(Self::Page),
            Some("json") => Ok(Self::Json),
            _ => Err(stop(
                target,
                &Failure::UnknownEnding {
                    valid: ".xlsx, .html, .json".to_owned(),
                },
            )),
        }
    }
}

/// A side; without imports there is nothing to compare.
fn side(
    path: &OsString,
    settings: &settings::Resolved,
    console: &Console,
) -> Result<documents::Read, Stop> {
    let read = documents::read(std::slice::from_ref(path), settings, console);
    if read.imports.is_empty() {
        return Err(Stop::Told);
    }
    Ok(read)
}

fn guide(arguments: &CompareArguments) -> Result<Guide, Stop> {
    let mut guide = Guide::default();
    if let Some(path) = &arguments.organizations {
        guide.organizations = checked(path, organization::parse)?;
    }
    if let Some(path) = &arguments.decisions {
        guide.decisions = checked(path, decisions::parse)?;
    }
    Ok(guide)
}

/// A user's file, read and checked.
fn checked<T>(path: &Path, parse: impl Fn(&str) -> Result<T, Error>) -> Result<T, Stop> {
    let bytes =
        files::read(&Location::File(path.to_owned())).map_err(|failure| stop(path, &failure))?;
    let text =
        String::from_utf8(bytes).map_err(|_| stop(path, &Error::from(Problem::UnknownEncoding)))?;
    parse(&text).map_err(|error| stop(path, &error))
}

fn tell(note: &Note, console: &Console) {
    let text = note.message.text(console.language);
    if note.severity > Severity::Info {
        console.say(Tone::Warning, "", text);
    } else {
        console.detail("", text);
    }
}

fn write(
    form: Form,
    comparison: &Comparison,
    arguments: &CompareArguments,
    console: &Console,
) -> Result<(), Stop> {
    let bytes = match form {
        Form::Terminal => {
            let text = visible_table(comparison, arguments, console);
            let written = output(text.as_bytes());
            return written
                .map_err(|error| Stop::At("-".to_owned(), Failure::writing(&error).told()));
        }
        Form::Json => json::pretty(comparison)
            .map(String::into_bytes)
            .map_err(|e| e.to_string()),
        // Files do not depend on the machine's language.
        Form::Page => Ok(page(comparison, console.json_language).into_bytes()),
        Form::Workbook => {
            let table = Table::from_comparison(comparison, view(arguments, console));
            workbook(&[table], &Setting::default()).map_err(|error| error.to_string())
        }
    };
    let Some(target) = &arguments.output else {
        return Ok(());
    };
    let bytes = bytes.map_err(|detail| stop(target, &Failure::Defect { detail }))?;
    put(target, &bytes, existing(arguments))?;
    console.say(Tone::Plain, "", &format!("→ {}", files::shown(target)));
    Ok(())
}

fn visible_table(
    comparison: &Comparison,
    arguments: &CompareArguments,
    console: &Console,
) -> String {
    let paint = if colours(console) {
        Paint::Coloured
    } else {
        Paint::Plain
    };
    let columns = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let mut shown = comparison.clone();
    if arguments.only_changes {
        shown.pairs.retain(|pair| {
            !matches!(
                pair.change,
                crate::compare::Change::Unchanged | crate::compare::Change::Wording
            )
        });
    }
    for source in shown.old.sources.iter_mut().chain(&mut shown.new.sources) {
        source.file = visible(&source.file).replace('\n', "\\n");
    }
    for pair in &mut shown.pairs {
        for goal in pair.old.iter_mut().chain(&mut pair.new) {
            goal.item = goal.item.as_deref().map(visible);
            goal.number = goal.number.as_deref().map(visible);
            goal.sections
                .iter_mut()
                .for_each(|name| *name = visible(name));
        }
    }
    terminal(&shown, console.language, columns.unwrap_or(80), paint)
}

fn colours(console: &Console) -> bool {
    console.colours_output(std::io::stdout().is_terminal())
}

fn view(arguments: &CompareArguments, console: &Console) -> View {
    View {
        language: console.json_language,
        order: match arguments.order {
            OrderChoice::NewOld => Order::NewOld,
            OrderChoice::OldNew => Order::OldNew,
        },
        rows: if arguments.only_changes {
            Shown::Changes
        } else {
            Shown::All
        },
        paper: match arguments.paper {
            Some(PaperChoice::A3) => Paper::A3,
            Some(PaperChoice::A4) | None => Paper::A4,
        },
    }
}

/// What happens with an output that stands there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Existing {
    Keep,
    Replace,
}

fn existing(arguments: &CompareArguments) -> Existing {
    if arguments.force {
        Existing::Replace
    } else {
        Existing::Keep
    }
}

fn put(target: &Path, bytes: &[u8], existing: Existing) -> Result<(), Stop> {
    if existing == Existing::Keep {
        match files::read(&Location::File(target.to_owned())) {
            Ok(there) if there == bytes => return Ok(()),
            Ok(_) => {
                let output = files::shown(target);
                return Err(stop(target, &Failure::OutputExists { output }));
            }
            Err(Failure::NotFound) => {}
            Err(failure) => return Err(stop(target, &failure)),
        }
    }
    files::write(target, bytes).map_err(|failure| stop(target, &failure))
}
