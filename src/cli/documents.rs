//! Paths -> imports: import JSON as it stands, sources through the whole line. For commands that work on
//! documents, wherever they come from.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Status;
use super::console::{Console, Tone};
use super::failure::{Failure, Told};
use super::files::{self, Found, Origin};
use super::import::settings::Resolved;
use crate::document::{IMPORT_SCHEMA, Import};
use crate::error::{Error, Problem};
use crate::message::Message;
use crate::note::Severity;
use crate::pipeline;

/// The imports that paths give, in path order, and whether anything failed. Failures are said.
pub fn read(
    paths: &[std::ffi::OsString],
    settings: &Resolved,
    console: &Console,
) -> (Vec<Import>, Status) {
    let (found, missing) = files::find(paths);
    let mut status = Status::Done;
    for (path, failure) in &missing {
        console.failure(path, &failure.message());
        status = Status::Failed;
    }
    let mut imports = Vec::new();
    for file in &found {
        match read_one(file, settings) {
            Ok(Some(of_file)) => {
                of_file
                    .iter()
                    .for_each(|import| tell(import, file, console));
                imports.extend(of_file);
            }
            Ok(None) => {}
            Err(message) => {
                console.failure(&file.shown, &message);
                status = Status::Failed;
            }
        }
    }
    if imports.is_empty() && status == Status::Done {
        let first = paths.first().map(|path| path.to_string_lossy());
        console.failure(&first.unwrap_or_default(), &Failure::NothingFound.message());
        status = Status::Failed;
    }
    (imports, status)
}

/// A file's imports; nothing for another kind of file in a folder.
fn read_one(file: &Found, settings: &Resolved) -> Result<Option<Vec<Import>>, Message> {
    let in_folder = file.origin == Origin::InFolder;
    if files::is_lock_file(file.name().as_ref()) {
        return if in_folder {
            Ok(None)
        } else {
            Err(Failure::LockFile.told())
        };
    }
    let bytes = files::read(&file.location).map_err(|failure| failure.told())?;
    if is_import_json(&bytes) {
        return imports_of_json(&bytes)
            .map(Some)
            .map_err(|error| error.message());
    }
    if files::is_own_output(file.name(), &bytes) {
        return if in_folder {
            Ok(None)
        } else {
            Err(Failure::OwnOutput.told())
        };
    }
    if is_json(&bytes) && !in_folder {
        let detail = "\"schema\": \"seirihyo/import/1\"".to_owned();
        return Err(Error::from(Problem::NotJson { detail }).message());
    }
    let result = catch_unwind(AssertUnwindSafe(|| {
        pipeline::import(file.name(), &bytes, &settings.settings)
    }));
    match result {
        Ok(Ok(import)) => Ok(Some(vec![import])),
        Ok(Err(error)) => match error.problem() {
            Problem::UnknownFormat | Problem::ForeignFormat { .. } if in_folder => Ok(None),
            _ => Err(error.message()),
        },
        Err(_) => Err(Failure::Defect {
            detail: "panic".to_owned(),
        }
        .told()),
    }
}

fn is_json(bytes: &[u8]) -> bool {
    without_mark(bytes).first() == Some(&b'{')
}

/// Whether the bytes begin as import JSON does.
fn is_import_json(bytes: &[u8]) -> bool {
    let head = without_mark(bytes);
    let head = head.get(..head.len().min(256)).unwrap_or_default();
    let schema = IMPORT_SCHEMA.as_bytes();
    is_json(head) && head.windows(schema.len()).any(|part| part == schema)
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start()
}

/// One import, or the lines of `import --ndjson`.
fn imports_of_json(bytes: &[u8]) -> Result<Vec<Import>, Error> {
    let values = serde_json::Deserializer::from_slice(without_mark(bytes)).into_iter::<Import>();
    values
        .map(|value| {
            let import = value.map_err(|error| {
                Error::from(Problem::NotJson {
                    detail: error.to_string(),
                })
            })?;
            if import.schema == IMPORT_SCHEMA {
                Ok(import)
            } else {
                Err(Problem::NotJson {
                    detail: import.schema,
                }
                .into())
            }
        })
        .collect()
}

/// Notes of a source that was just read; those of JSON were said when it was made.
fn tell(import: &Import, file: &Found, console: &Console) {
    if file.name().ends_with(".json") || file.name().ends_with(".ndjson") {
        return;
    }
    for note in import
        .notes
        .iter()
        .filter(|note| note.severity > Severity::Info)
    {
        let place = note.place.as_ref().map(|place| format!("{place}: "));
        let about = format!("{}: {}", file.shown, place.unwrap_or_default());
        console.say(Tone::Warning, &about, note.message.text(console.language));
    }
}
