//! `next`: this year's sheets -> next year's form to fill in.

use super::Status;
use super::args::{NextArguments, PaperChoice};
use super::console::{Console, Tone};
use super::documents;
use super::failure::{Failure, Told};
use super::files;
use super::import::settings;
use super::render::{Stop, chosen, form_of, has_ending, layouts, write};
use crate::document::Document;
use crate::document::goal::GoalSheet;
use crate::form::{Form, Paper};
use crate::layout::definition::{Kind, Layout};
use crate::next::{blank, next, of_layout};
use crate::text::era::FiscalYearName;
use crate::write::table::{Extent, Table};
use crate::write::xlsx::{self, Setting};

/// Runs the command.
pub fn run(arguments: &NextArguments, console: &Console) -> Status {
    match made(arguments, console) {
        Ok(status) => status,
        Err(Stop::Told) => Status::Failed,
        Err(Stop::Failed(about, failure)) => {
            console.failure(&about, &failure.told());
            Status::Failed
        }
    }
}

fn made(arguments: &NextArguments, console: &Console) -> Result<Status, Stop> {
    let output = files::shown(&arguments.output);
    let at_output = |failure| Stop::Failed(output.clone(), failure);
    let refuse = |failure| Stop::Failed("seirihyo".to_owned(), failure);
    if !has_ending(&arguments.output, "xlsx") {
        let valid = ".xlsx".to_owned();
        return Err(at_output(Failure::UnknownEnding { valid }));
    }
    let year = settings::fiscal_year_name(&arguments.year).map_err(refuse)?;
    let (reading, names) = layouts(&arguments.reading);
    let resolved = settings::resolve(&reading, console).map_err(|_| Stop::Told)?;
    let own = &resolved.settings.layouts.own;
    let layout = names.last().map(|name| chosen(name, own)).transpose()?;
    let layout = layout.filter(|layout| layout.kind == Kind::GoalSheet);
    let (sheets, status) = if arguments.paths.is_empty() {
        let layout = layout.ok_or_else(|| refuse(Failure::NothingToCarryOver))?;
        (vec![of_layout(&layout.name, year)], Status::Done)
    } else {
        let read = documents::read(&arguments.paths, &resolved, console);
        read.keeps(&arguments.output).map_err(at_output)?;
        let documents = read.imports.iter().flat_map(|import| &import.documents);
        let sheets = documents.filter_map(|document| match document {
            Document::GoalSheet(sheet) => Some(carried(sheet, year, console)),
            Document::Policy(_) => None,
        });
        (sheets.collect(), read.status)
    };
    if sheets.is_empty() {
        return Err(if status == Status::Failed {
            Stop::Told
        } else {
            refuse(Failure::NothingToCarryOver)
        });
    }
    let tables = tables(sheets, arguments.blank, layout, own);
    let setting = Setting {
        paper: arguments.paper.map(|paper| match paper {
            PaperChoice::A4 => Paper::A4,
            PaperChoice::A3 => Paper::A3,
        }),
        ..Setting::default()
    };
    let bytes = xlsx::workbook(&tables, &setting).map_err(|error| {
        let reason = error.to_string();
        at_output(Failure::CannotWrite { reason })
    })?;
    write(&arguments.output, &bytes, arguments.force).map_err(at_output)?;
    console.say(Tone::Plain, "", &format!("→ {output}"));
    Ok(status)
}

/// The sheet of the year; one that does not come from the year before is said.
fn carried(sheet: &GoalSheet, year: FiscalYearName, console: &Console) -> GoalSheet {
    let of = sheet.fiscal_year.as_ref().map(|of| of.year);
    if let Some(of) = of.filter(|of| of + 1 != year.year) {
        let from =
            FiscalYearName::of_year(of).map_or_else(|| of.to_string(), |name| name.to_string());
        let to = year.to_string();
        let told = Failure::NotTheYearBefore { from, to }.told();
        console.say(Tone::Warning, "", told.text(console.language));
    }
    next(sheet, year)
}

fn tables(
    sheets: Vec<GoalSheet>,
    rows: Option<u16>,
    layout: Option<&Layout>,
    own: &[Layout],
) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for mut sheet in sheets {
        // The form that was asked for has a title of its own.
        if layout.is_some() {
            sheet.title = None;
        }
        let (form, extent): (Option<Form>, Extent) = match layout {
            Some(layout) => (layout.form(), Extent::Form),
            None => (form_of(&sheet.layout, own), Extent::Document),
        };
        let sheet = match rows {
            Some(rows) => blank(sheet, usize::from(rows)),
            None => sheet,
        };
        let table = Table::to_fill(&sheet, form.as_ref(), extent);
        tables.push(if tables.is_empty() {
            table
        } else {
            table.set_off(form.as_ref())
        });
    }
    tables
}
