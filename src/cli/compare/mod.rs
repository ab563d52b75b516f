//! `compare`: two years -> a table on the terminal, or a 新旧対照表, a page, JSON, rows; several -> each goal through them.

mod output;
mod screen;

use std::ffi::OsString;
use std::path::Path;

use super::Status;
use super::args::{CompareArguments, ReadingArguments};
use super::console::{Console, Tone};
use super::documents;
use super::failure::{Failure, Told};
use super::files::{self, Location};
use super::import::settings;
use crate::compare::comparison::{Comparison, Side};
use crate::compare::{Guide, compare, decisions, organization};
use crate::document::value::FiscalYear;
use crate::document::{Document, Import};
use crate::error::{Error, Problem};
use crate::message::Message;
use crate::note::{Note, Severity};
use crate::pipeline::PROGRAM;
use output::{Existing, Form};

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
    let guide = guide(arguments)?;
    let sides = sides(arguments, console)?;
    for target in arguments.output.iter().chain(&arguments.write_decisions) {
        for side in &sides {
            side.keeps(target)
                .map_err(|failure| stop(target, &failure))?;
        }
    }
    let status = sides.iter().map(|side| side.status).max();
    let years: Vec<Vec<Import>> = sides.into_iter().map(|side| side.imports).collect();
    let compare_next = |pair: &[Vec<Import>]| {
        let [old, new] = pair else { return None };
        let mut comparison = compare(old, new, &guide, PROGRAM);
        comparison.in_language(console.json_language);
        Some(comparison)
    };
    let comparisons: Vec<Comparison> = years.windows(2).filter_map(compare_next).collect();
    for comparison in &comparisons {
        has_goals(&comparison.old)?;
        has_goals(&comparison.new)?;
    }
    for note in comparisons.iter().flat_map(|comparison| &comparison.notes) {
        tell(note, console);
    }
    output::write(form, &comparisons, &years, arguments, console)?;
    if let (Some(target), [comparison]) = (&arguments.write_decisions, comparisons.as_slice()) {
        let toml = decisions::to_toml(&guide.decisions, comparison);
        // Decisions are given back under the name that they were written to: that file may be replaced.
        let existing = if arguments.decisions.as_ref() == Some(target) {
            Existing::Replace
        } else {
            Existing::of(arguments)
        };
        output::put(target, toml.as_bytes(), existing)?;
        console.say(Tone::Plain, "", &format!("→ {}", files::shown(target)));
    }
    let has_changes = comparisons.iter().any(Comparison::has_changes);
    let found = if arguments.exit_code && has_changes {
        Status::Found
    } else {
        Status::Done
    };
    Ok(found.max(status.unwrap_or(found)))
}

/// The years in order; each is read with its own fiscal year where the user gave one.
fn sides(arguments: &CompareArguments, console: &Console) -> Result<Vec<documents::Read>, Stop> {
    let several = !arguments.further.is_empty();
    if several && (arguments.decisions.is_some() || arguments.write_decisions.is_some()) {
        return Err(Stop::At(
            "--decisions".to_owned(),
            Failure::DecisionsOfTwo.told(),
        ));
    }
    let paths = [&arguments.old, &arguments.new];
    let paths: Vec<&OsString> = paths.into_iter().chain(&arguments.further).collect();
    let last = paths.len() - 1;
    let each = paths.into_iter().enumerate().map(|(at, path)| {
        let own = match at {
            0 => &arguments.old_fiscal_year,
            _ if at == last => &arguments.new_fiscal_year,
            _ => &None,
        };
        side(path, own.as_deref(), &arguments.reading, console)
    });
    each.collect()
}

/// A side; without imports there is nothing to compare.
fn side(
    path: &OsString,
    year: Option<&str>,
    reading: &ReadingArguments,
    console: &Console,
) -> Result<documents::Read, Stop> {
    let mut reading = reading.clone();
    reading.fiscal_year = year.map(str::to_owned).or(reading.fiscal_year);
    let settings = settings::resolve(&reading, console).map_err(|_| Stop::Told)?;
    let mut read = documents::read(std::slice::from_ref(path), &settings, console);
    if read.imports.is_empty() {
        return Err(Stop::Told);
    }
    if let Some(year) = settings
        .settings
        .import
        .fiscal_year
        .and_then(FiscalYear::given)
    {
        // What was imported before is read no more, and may not say its year.
        for document in read
            .imports
            .iter_mut()
            .flat_map(|import| &mut import.documents)
        {
            if let Document::GoalSheet(sheet) = document {
                sheet.fiscal_year.get_or_insert_with(|| year.clone());
            }
        }
    }
    Ok(read)
}

/// A side without goals – a notice, say – has nothing to compare.
fn has_goals(side: &Side) -> Result<(), Stop> {
    if side.goals > 0 {
        return Ok(());
    }
    let names: Vec<&str> = side
        .sources
        .iter()
        .map(|source| source.file.as_str())
        .collect();
    Err(Stop::At(names.join(", "), Failure::NoGoals.told()))
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
