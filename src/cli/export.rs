//! `export`: documents -> flat tables for analysis, by the output's ending.

use std::path::Path;

use super::args::ExportArguments;
use super::console::{Console, Tone};
use super::failure::{Failure, Told};
use super::{Status, documents, files, import::settings, render};
use crate::document::Import;
use crate::pipeline;
use crate::write::flat::{self, persons};
use crate::write::{csv, ndjson, parquet};

/// The formats that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Ndjson,
    Sqlite,
    Parquet,
}

/// Endings and their formats.
const ENDINGS: [(&str, Format); 4] = [
    ("csv", Format::Csv),
    ("ndjson", Format::Ndjson),
    ("sqlite", Format::Sqlite),
    ("parquet", Format::Parquet),
];

/// Runs the command.
pub fn run(arguments: &ExportArguments, console: &Console) -> Status {
    let output = files::shown(&arguments.output);
    let refuse = |failure: Failure| {
        console.failure(&output, &failure.told());
        Status::Failed
    };
    let Some(format) = format(&arguments.output) else {
        return refuse(Failure::UnknownEnding {
            valid: ".csv, .ndjson, .sqlite, .parquet".to_owned(),
        });
    };
    if format == Format::Sqlite && !cfg!(feature = "sqlite") {
        return refuse(Failure::WithoutSqlite);
    }
    let Ok(resolved) = settings::resolve(&arguments.reading, console) else {
        return Status::Failed;
    };
    let mut read = documents::read(&arguments.paths, &resolved, console);
    if read.imports.is_empty() {
        return Status::Failed;
    }
    if let Err(failure) = read.keeps(&arguments.output) {
        return refuse(failure);
    }
    if arguments.without_persons {
        match read.imports.iter().map(persons::without).collect() {
            Ok(without) => read.imports = without,
            Err(error) => return refuse(defect(&error)),
        }
    }
    let status = read.status(arguments.strict);
    if arguments.dry_run {
        return status;
    }
    match write(arguments, format, &read.imports) {
        Ok(()) => {
            console.say(Tone::Plain, "", &format!("→ {output}"));
            status
        }
        Err(failure) => refuse(failure),
    }
}

fn format(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    ENDINGS
        .iter()
        .find(|(known, _)| *known == ending)
        .map(|(_, format)| *format)
}

fn defect(error: &impl std::fmt::Display) -> Failure {
    Failure::CannotWrite {
        reason: error.to_string(),
    }
}

fn write(arguments: &ExportArguments, format: Format, imports: &[Import]) -> Result<(), Failure> {
    let bytes = match format {
        Format::Csv => csv::text(flat::COLUMNS, &flat::rows(imports)).into_bytes(),
        Format::Ndjson => ndjson::text(imports)
            .map_err(|error| defect(&error))?
            .into_bytes(),
        Format::Parquet => parquet::file(flat::COLUMNS, &flat::rows(imports), pipeline::PROGRAM),
        Format::Sqlite => return database(arguments, imports),
    };
    render::write(&arguments.output, &bytes, arguments.force)
}

/// A database is added to; only one that is not this program's, or `--force`, is replaced.
#[cfg(feature = "sqlite")]
fn database(arguments: &ExportArguments, imports: &[Import]) -> Result<(), Failure> {
    use super::files::Location;
    use crate::write::sqlite;
    let existing = match files::read(&Location::File(arguments.output.clone())) {
        Ok(bytes) => Some(bytes),
        Err(Failure::NotFound) => None,
        Err(failure) => return Err(failure),
    };
    let existing = existing.filter(|bytes| !arguments.force && !bytes.is_empty());
    let persons = if arguments.without_persons {
        sqlite::Persons::LeftOut
    } else {
        sqlite::Persons::Named
    };
    let bytes = sqlite::database(existing.as_deref(), imports, persons);
    let bytes = bytes.map_err(|error| match error {
        sqlite::Problem::NotOurs => Failure::OutputExists {
            output: files::shown(&arguments.output),
        },
        sqlite::Problem::Persons => Failure::PersonsThere {
            output: files::shown(&arguments.output),
        },
        sqlite::Problem::Database(reason) => Failure::CannotWrite { reason },
    })?;
    files::write(&arguments.output, &bytes)
}

#[cfg(not(feature = "sqlite"))]
fn database(_: &ExportArguments, _: &[Import]) -> Result<(), Failure> {
    Err(Failure::WithoutSqlite)
}
