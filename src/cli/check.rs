//! `check`: filled sheets -> what they lack or contradict, on the terminal or as a list with links.

use std::path::Path;

use super::Status;
use super::args::CheckArguments;
use super::console::{Console, Tone, output, visible};
use super::documents::{self, Read};
use super::failure::{Failure, Told};
use super::files;
use super::import::settings::{self, Resolved};
use super::links;
use super::render::{form_of, write};
use crate::check::finding::Finding;
use crate::check::{Against, CHECKS, check};
use crate::document::{Document, Field};
use crate::layout::definition::Layout;
use crate::write::table::findings::{Listed, table};
use crate::write::xlsx::{Setting, workbook};

/// Runs the command.
pub fn run(arguments: &CheckArguments, console: &Console) -> Status {
    match checked(arguments, console) {
        Ok(status) => status,
        Err(Some((about, failure))) => {
            console.failure(&about, &failure.told());
            Status::Failed
        }
        Err(None) => Status::Failed,
    }
}

/// What it is about and what is wrong; nothing where the user knows already.
type Stop = Option<(String, Failure)>;

fn checked(arguments: &CheckArguments, console: &Console) -> Result<Status, Stop> {
    let refuse = |failure: Failure| Some(("seirihyo".to_owned(), failure));
    let unknown = arguments
        .skip
        .iter()
        .find(|name| !CHECKS.contains(&name.as_str()));
    if let Some(name) = unknown {
        return Err(refuse(Failure::NoSuchCheck {
            name: name.clone(),
            known: CHECKS.join(", "),
        }));
    }
    if let Some(target) = &arguments.output {
        let is_workbook = target
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        if !is_workbook {
            let valid = ".xlsx".to_owned();
            return Err(Some((
                files::shown(target),
                Failure::UnknownEnding { valid },
            )));
        }
    }
    let settings = settings::resolve(&arguments.reading, console).map_err(|_| None)?;
    let last = last(arguments, &settings, console)?;
    let read = documents::read(&arguments.paths, &settings, console);
    let found = findings(
        &read,
        &last,
        &settings.settings.layouts.own,
        &arguments.skip,
    );
    match &arguments.output {
        None => print(&read, &found, console)?,
        Some(target) => {
            let bytes = list(&read, &found, target, console)?;
            let at = |failure| Some((files::shown(target), failure));
            read.keeps(target).map_err(at)?;
            write(target, &bytes, arguments.force).map_err(at)?;
            console.say(Tone::Plain, "", &format!("→ {}", files::shown(target)));
        }
    }
    let count = found.len();
    let words = match count {
        0 => console.pick("指摘なし", "nothing found").to_owned(),
        _ => format!("{}{count}", console.pick("指摘 ", "found: ")),
    };
    if read.status == Status::Done {
        console.say(Tone::Plain, "", &words);
    }
    let status = if count > 0 {
        Status::Found
    } else {
        Status::Done
    };
    Ok(status.max(read.status))
}

/// The documents of last year, which must be readable if they are named.
fn last(
    arguments: &CheckArguments,
    settings: &Resolved,
    console: &Console,
) -> Result<Vec<Document>, Stop> {
    if arguments.last.is_empty() {
        return Ok(Vec::new());
    }
    let read = documents::read(&arguments.last, settings, console);
    if read.status == Status::Failed {
        return Err(None);
    }
    let documents = read.imports.into_iter().flat_map(|import| import.documents);
    Ok(documents.collect())
}

/// Each finding with the index of its import.
fn findings(
    read: &Read,
    last: &[Document],
    own: &[Layout],
    skip: &[String],
) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    for (at, import) in read.imports.iter().enumerate() {
        for document in &import.documents {
            let Document::GoalSheet(sheet) = document else {
                continue;
            };
            let choices = choices(&sheet.layout, own);
            let against = Against {
                last,
                choices: &choices,
            };
            let of_sheet = check(sheet, against).into_iter();
            let kept = of_sheet.filter(|finding| !skip.iter().any(|name| name == finding.check));
            found.extend(kept.map(|finding| (at, finding)));
        }
    }
    found
}

/// The words that a layout's printed form offers.
fn choices(layout: &str, own: &[Layout]) -> Vec<(Field, Vec<String>)> {
    let columns = form_of(layout, own)
        .map(|form| form.columns)
        .unwrap_or_default();
    let offered = columns
        .into_iter()
        .filter(|column| !column.choices.is_empty());
    offered
        .map(|column| (column.field, column.choices))
        .collect()
}

/// `file: place: goal [column]: message (check)` on standard output.
fn print(read: &Read, found: &[(usize, Finding)], console: &Console) -> Result<(), Stop> {
    let mut text = String::new();
    for (at, finding) in found {
        let place = finding.place.as_ref().map(|place| format!("{place}: "));
        let column = finding
            .column
            .as_ref()
            .map(|column| format!("［{column}］"));
        let about = [finding.goal.clone(), column]
            .into_iter()
            .flatten()
            .collect::<String>();
        let about = if about.is_empty() {
            about
        } else {
            format!("{about}: ")
        };
        text += &visible(&format!(
            "{}: {}{about}{} ({})\n",
            shown(read, *at),
            place.unwrap_or_default(),
            finding.message.text(console.language),
            finding.check,
        ));
    }
    output(text.as_bytes()).map_err(|error| Some(("seirihyo".to_owned(), Failure::writing(&error))))
}

fn shown(read: &Read, at: usize) -> String {
    match read.sources.get(at) {
        Some(Some(path)) => files::shown(path),
        _ => read
            .imports
            .get(at)
            .map(|import| import.source.file.clone())
            .unwrap_or_default(),
    }
}

fn list(
    read: &Read,
    found: &[(usize, Finding)],
    target: &Path,
    console: &Console,
) -> Result<Vec<u8>, Stop> {
    let entries: Vec<Listed<'_>> = found
        .iter()
        .map(|(at, finding)| Listed {
            file: read
                .imports
                .get(*at)
                .map_or("", |import| &import.source.file),
            link: read
                .sources
                .get(*at)
                .and_then(Option::as_ref)
                .and_then(|file| links::link(file, finding.place.as_ref(), target.parent()?)),
            finding,
        })
        .collect();
    let table = table(&entries, console.json_language);
    workbook(&[table], &Setting::default()).map_err(|error| {
        let reason = error.to_string();
        Some((files::shown(target), Failure::CannotWrite { reason }))
    })
}
