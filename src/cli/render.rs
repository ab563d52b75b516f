//! `render`: documents -> a workbook that prints as the form says.

use std::path::{Path, PathBuf};

use super::Status;
use super::args::{PaperChoice, ReadingArguments, RenderArguments};
use super::console::{Console, Tone};
use super::failure::{Failure, Told};
use super::files::{self, Location};
use super::{documents, import::settings};
use crate::document::{Document, Import};
use crate::form::{Form, Paper};
use crate::layout::definition::{Kind, Layout};
use crate::layout::known;
use crate::write::table::{Extent, Table};
use crate::write::xlsx::{self, FONTS, Font, LetterSize, Setting};

/// Runs the command.
pub fn run(arguments: &RenderArguments, console: &Console) -> Status {
    match render(arguments, console) {
        Ok(status) => status,
        Err(Stop::Told) => Status::Failed,
        Err(Stop::Failed(about, failure)) => {
            console.failure(&about, &failure.told());
            Status::Failed
        }
    }
}

/// Why it stops.
pub(super) enum Stop {
    /// The user knows already.
    Told,
    /// What it is about, and what is wrong.
    Failed(String, Failure),
}

fn stop(failure: Failure) -> Stop {
    Stop::Failed("seirihyo".to_owned(), failure)
}

fn render(arguments: &RenderArguments, console: &Console) -> Result<Status, Stop> {
    let output = files::shown(&arguments.output);
    if !has_ending(&arguments.output, "xlsx") {
        let valid = ".xlsx".to_owned();
        return Err(Stop::Failed(output, Failure::UnknownEnding { valid }));
    }
    let setting = setting(arguments)?;
    let (reading, names) = layouts(&arguments.reading);
    let resolved = settings::resolve(&reading, console).map_err(|_| Stop::Told)?;
    let own = &resolved.settings.layouts.own;
    let chosen = names.last().map(|name| chosen(name, own)).transpose()?;
    let read = documents::read(&arguments.paths, &resolved, console);
    let tables = tables(&read.imports, chosen, own);
    if tables.is_empty() {
        return match chosen.filter(|_| !read.imports.is_empty()) {
            Some(layout) => Err(stop(Failure::NothingToPrint {
                name: layout.name.clone(),
            })),
            None => Err(Stop::Told),
        };
    }
    let bytes = xlsx::workbook(&tables, &setting).map_err(|error| {
        Stop::Failed(
            output.clone(),
            Failure::CannotWrite {
                reason: error.to_string(),
            },
        )
    })?;
    say_ruby(&read.imports, &tables, console);
    read.keeps(&arguments.output)
        .map_err(|failure| Stop::Failed(output.clone(), failure))?;
    if !arguments.dry_run {
        write(&arguments.output, &bytes, arguments.force)
            .map_err(|failure| Stop::Failed(output.clone(), failure))?;
        console.say(Tone::Plain, "", &format!("→ {output}"));
    }
    Ok(read.status(arguments.strict))
}

/// Names the readings whose characters the form does not print together.
fn say_ruby(imports: &[Import], tables: &[Table], console: &Console) {
    for import in imports {
        let mut ruby: Vec<String> = Vec::new();
        for document in &import.documents {
            let pairs: Vec<(&String, &String)> = match document {
                Document::GoalSheet(sheet) => {
                    let rubies = sheet.ruby.iter();
                    rubies.map(|ruby| (&ruby.base, &ruby.reading)).collect()
                }
                Document::Policy(policy) => {
                    let rubies = policy.ruby.iter();
                    rubies.map(|ruby| (&ruby.base, &ruby.reading)).collect()
                }
            };
            ruby.extend(
                pairs
                    .iter()
                    .filter(|(base, reading)| {
                        !tables
                            .iter()
                            .any(|table| table.shows_reading(base, reading))
                    })
                    .map(|(base, reading)| format!("{base}（{reading}）")),
            );
        }
        if !ruby.is_empty() {
            let ruby = ruby.join("、");
            let text = Failure::RubyNotPrinted { ruby }.told();
            let about = format!("{}: ", import.source.file);
            console.say(Tone::Warning, &about, text.text(console.language));
        }
    }
}

pub(super) fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension()
        .is_some_and(|given| given.eq_ignore_ascii_case(ending))
}

/// Writes an output; another one that stands there is kept unless the user forces it.
pub fn write(target: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    if !force {
        match files::read(&Location::File(target.to_owned())) {
            Ok(existing) if existing == bytes => return Ok(()),
            Ok(_) => {
                return Err(Failure::OutputExists {
                    output: files::shown(target),
                });
            }
            Err(Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    files::write(target, bytes)
}

fn setting(arguments: &RenderArguments) -> Result<Setting, Stop> {
    let font = match &arguments.font {
        None => Font::default(),
        Some(name) => Font::named(name).ok_or_else(|| {
            let known: Vec<&str> = FONTS.iter().map(|font| font.name).collect();
            stop(Failure::NoSuchFont {
                name: name.clone(),
                known: known.join("、"),
            })
        })?,
    };
    let size = match arguments.font_size {
        None => LetterSize::default(),
        Some(points) => LetterSize::new(points).ok_or_else(|| stop(Failure::FontSize))?,
    };
    let paper = arguments.paper.map(|paper| match paper {
        PaperChoice::A4 => Paper::A4,
        PaperChoice::A3 => Paper::A3,
    });
    Ok(Setting { font, size, paper })
}

/// What `--layout` gives: files to read with, and names of forms to print in.
pub(super) fn layouts(reading: &ReadingArguments) -> (ReadingArguments, Vec<String>) {
    let is_file = |path: &PathBuf| has_ending(path, "toml") || path.is_file();
    let (files, names): (Vec<PathBuf>, Vec<PathBuf>) =
        reading.layouts.iter().cloned().partition(is_file);
    let mut reading = reading.clone();
    reading.layouts = files;
    let names = names.iter().map(|name| files::shown(name)).collect();
    (reading, names)
}

/// The layout of a name, which must have a printed form.
pub(super) fn chosen<'a>(name: &str, own: &'a [Layout]) -> Result<&'a Layout, Stop> {
    let all = || own.iter().chain(known::layouts());
    let printed = || {
        let names: Vec<&str> = all()
            .filter(|layout| layout.print.is_some())
            .map(|layout| layout.name.as_str())
            .collect();
        names.join(", ")
    };
    match all().find(|layout| layout.name == name) {
        None => Err(stop(Failure::NoSuchLayout {
            name: name.to_owned(),
            known: printed(),
        })),
        Some(layout) if layout.print.is_none() => Err(stop(Failure::NoForm {
            name: name.to_owned(),
            known: printed(),
        })),
        Some(layout) => Ok(layout),
    }
}

/// A table for each document. A chosen form is for documents of its kind; the others keep their own.
fn tables(imports: &[Import], chosen: Option<&Layout>, own: &[Layout]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut fits = chosen.is_none();
    for document in imports.iter().flat_map(|import| &import.documents) {
        let (kind, name) = match document {
            Document::GoalSheet(sheet) => (Kind::GoalSheet, &sheet.layout),
            Document::Policy(policy) => (Kind::Policy, &policy.layout),
        };
        let (form, extent): (Option<Form>, Extent) =
            match chosen.filter(|layout| layout.kind == kind) {
                Some(layout) => {
                    fits = true;
                    (layout.form(), Extent::Form)
                }
                None => (form_of(name, own), Extent::Document),
            };
        let table = Table::from_document(document, form.as_ref(), extent);
        tables.push(if tables.is_empty() {
            table
        } else {
            table.set_off(form.as_ref())
        });
    }
    if fits { tables } else { Vec::new() }
}

/// The printed form of the layout that a document follows.
pub(super) fn form_of(name: &str, own: &[Layout]) -> Option<Form> {
    let mut all = own.iter().chain(known::layouts());
    all.find(|layout| layout.name == name)
        .and_then(Layout::form)
}
