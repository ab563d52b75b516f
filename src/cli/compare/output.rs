//! What `compare` writes: the form that the output's ending asks for.

use std::path::Path;

use super::screen;
use super::{Stop, stop};
use crate::cli::args::{CompareArguments, OrderChoice, PaperChoice, StyleChoice};
use crate::cli::console::{Console, Tone, output};
use crate::cli::failure::{Failure, Told};
use crate::cli::files::{self, Location};
use crate::compare::chains::{Chain, chains, sides};
use crate::compare::comparison::Comparison;
use crate::document::Import;
use crate::form::Paper;
use crate::pipeline::PROGRAM;
use crate::write::comparison::page;
use crate::write::comparison::{Order, Shown, Style, View, fields_of};
use crate::write::flat::chains::Rows;
use crate::write::flat::{self, Column, Value};
use crate::write::table::Table;
use crate::write::xlsx::{Setting, workbook};
use crate::write::{csv, json, ndjson, parquet};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A table on standard output.
    Terminal,
    /// A 新旧対照表, or a table of the years.
    Workbook,
    /// A page, of two years.
    Page,
    /// The comparison of two years.
    Json,
    /// Rows for analysis.
    Rows(Format),
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.csv`
    Csv,
    /// `.ndjson`
    Ndjson,
    /// `.parquet`
    Parquet,
    /// `.sqlite`
    Sqlite,
}

/// Endings and their forms; those of two years alone last.
const ENDINGS: [(&str, Form); 8] = [
    ("xlsx", Form::Workbook),
    ("csv", Form::Rows(Format::Csv)),
    ("ndjson", Form::Rows(Format::Ndjson)),
    ("parquet", Form::Rows(Format::Parquet)),
    ("sqlite", Form::Rows(Format::Sqlite)),
    ("html", Form::Page),
    ("json", Form::Json),
    ("htm", Form::Page),
];

impl Form {
    /// By the output's ending.
    pub fn of(arguments: &CompareArguments) -> Result<Self, Stop> {
        let Some(target) = &arguments.output else {
            return Ok(Self::Terminal);
        };
        let several = !arguments.further.is_empty();
        let is_written = |form: Self| !several || !matches!(form, Self::Page | Self::Json);
        let ending = target
            .extension()
            .map(|e| e.to_string_lossy().to_ascii_lowercase());
        let mut endings = ENDINGS.iter().filter(|(_, form)| is_written(*form));
        let form = endings
            .clone()
            .find(|(known, _)| ending.as_deref() == Some(known))
            .map(|(_, form)| *form);
        if form == Some(Self::Rows(Format::Sqlite)) && !cfg!(feature = "sqlite") {
            return Err(stop(target, &Failure::WithoutSqlite));
        }
        form.ok_or_else(|| {
            let valid = endings.by_ref().filter(|(ending, _)| *ending != "htm");
            let valid: Vec<String> = valid.map(|(ending, _)| format!(".{ending}")).collect();
            stop(
                target,
                &Failure::UnknownEnding {
                    valid: valid.join(", "),
                },
            )
        })
    }
}

/// Writes the comparison of two years, or of each year with the next.
pub fn write(
    form: Form,
    comparisons: &[Comparison],
    years: &[Vec<Import>],
    arguments: &CompareArguments,
    console: &Console,
) -> Result<(), Stop> {
    let chained;
    let what = match comparisons {
        [only] => What::Two(only),
        several => {
            chained = chains(several);
            What::Several(several, &chained)
        }
    };
    if form == Form::Terminal {
        let text = match what {
            What::Two(comparison) => screen::table(comparison, arguments, console),
            What::Several(comparisons, chains) => {
                screen::chains(chains, &sides(comparisons), years, console)
            }
        };
        let written = output(text.as_bytes());
        return written.map_err(|error| Stop::At("-".to_owned(), Failure::writing(&error).told()));
    }
    let Some(target) = &arguments.output else {
        return Ok(());
    };
    let bytes = bytes(form, what, years, (arguments, console))
        .map_err(|detail| stop(target, &Failure::Defect { detail }))?;
    put(target, &bytes, Existing::of(arguments))?;
    console.say(Tone::Plain, "", &format!("→ {}", files::shown(target)));
    Ok(())
}

/// What was compared.
#[derive(Clone, Copy)]
enum What<'a> {
    Two(&'a Comparison),
    Several(&'a [Comparison], &'a [Chain]),
}

/// The bytes of a file; or what a writer says.
fn bytes(
    form: Form,
    what: What,
    years: &[Vec<Import>],
    (arguments, console): (&CompareArguments, &Console),
) -> Result<Vec<u8>, String> {
    // Files do not depend on the machine's language.
    let language = console.json_language;
    match (form, what) {
        (Form::Json, What::Two(comparison)) => json::pretty(comparison)
            .map(String::into_bytes)
            .map_err(|error| error.to_string()),
        (Form::Page, What::Two(comparison)) => {
            Ok(page(comparison, &view(arguments, years, console)).into_bytes())
        }
        (Form::Workbook, What::Two(comparison)) => {
            let table = Table::from_comparison(comparison, &view(arguments, years, console));
            workbook(&[table], &Setting::default()).map_err(|error| error.to_string())
        }
        (Form::Workbook, What::Several(comparisons, chains)) => {
            let table = Table::from_chains(chains, &sides(comparisons), years, language);
            workbook(&[table], &Setting::default()).map_err(|error| error.to_string())
        }
        (Form::Rows(format), What::Two(comparison)) => {
            let [old, new] = years else {
                return Ok(Vec::new());
            };
            let rows = flat::pairs::rows(comparison, old, new);
            rows_as(format, "pairs", flat::pairs::COLUMNS, &rows)
        }
        (Form::Rows(format), What::Several(comparisons, chains)) => {
            let Rows { columns, rows } = flat::chains::rows(chains, &sides(comparisons), years);
            let columns: Vec<Column> = columns
                .iter()
                .map(|(name, kind)| Column { name, kind: *kind })
                .collect();
            rows_as(format, "chains", &columns, &rows)
        }
        (Form::Terminal | Form::Json | Form::Page, _) => Ok(Vec::new()),
    }
}

fn rows_as(
    format: Format,
    name: &str,
    columns: &[Column],
    rows: &[Vec<Value>],
) -> Result<Vec<u8>, String> {
    Ok(match format {
        Format::Csv => csv::text(columns, rows).into_bytes(),
        Format::Ndjson => ndjson::rows(columns, rows).into_bytes(),
        Format::Parquet => parquet::file(columns, rows, PROGRAM),
        Format::Sqlite => return database(name, columns, rows),
    })
}

#[cfg(feature = "sqlite")]
fn database(name: &str, columns: &[Column], rows: &[Vec<Value>]) -> Result<Vec<u8>, String> {
    crate::write::sqlite::table(name, columns, rows).map_err(|problem| format!("{problem:?}"))
}

#[cfg(not(feature = "sqlite"))]
fn database(_: &str, _: &[Column], _: &[Vec<Value>]) -> Result<Vec<u8>, String> {
    Ok(Vec::new())
}

fn view(arguments: &CompareArguments, years: &[Vec<Import>], console: &Console) -> View {
    View {
        language: console.json_language,
        order: match arguments.order {
            OrderChoice::NewOld => Order::NewOld,
            OrderChoice::OldNew => Order::OldNew,
        },
        rows: if arguments.all {
            Shown::All
        } else {
            Shown::Changes
        },
        style: match arguments.style {
            StyleChoice::Taisho => Style::Sides,
            StyleChoice::Mikeshi => Style::Struck,
        },
        paper: match arguments.paper {
            Some(PaperChoice::A3) => Paper::A3,
            Some(PaperChoice::A4) | None => Paper::A4,
        },
        // The new year's form, then what only the old one has.
        fields: fields_of(years.iter().rev().flatten()),
    }
}

/// What happens with an output that stands there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Another one is not written over.
    Keep,
    /// It is.
    Replace,
}

impl Existing {
    /// By `--force`.
    pub fn of(arguments: &CompareArguments) -> Self {
        if arguments.force {
            Self::Replace
        } else {
            Self::Keep
        }
    }
}

/// Writes a file.
pub fn put(target: &Path, bytes: &[u8], existing: Existing) -> Result<(), Stop> {
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
