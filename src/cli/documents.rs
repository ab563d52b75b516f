//! Paths -> imports: import JSON as it stands, sources through the whole line. For commands that work on
//! documents, wherever they come from.

use std::path::{Path, PathBuf};

use super::Status;
use super::console::{Console, Tone};
use super::failure::{Failure, Told};
use super::files::{self, Found, Location, Origin};
use super::import::parallel;
use super::import::settings::Resolved;
use crate::document::{IMPORT_SCHEMA, Import};
use crate::error::{Error, Problem};
use crate::message::Message;
use crate::note::Severity;

/// What paths gave.
pub struct Read {
    /// In path order.
    pub imports: Vec<Import>,
    /// The file that each of them was read from; nothing for standard input.
    pub sources: Vec<Option<PathBuf>>,
    /// The files that they were read from.
    pub files: Vec<PathBuf>,
    /// Whether anything failed.
    pub status: Status,
    /// Whether a source that was read just now has a note that a person should look at.
    pub warned: bool,
}

impl Read {
    /// That no file which was read is written over: an input is never changed.
    ///
    /// # Errors
    /// The target is one of them.
    pub fn keeps(&self, target: &Path) -> Result<(), Failure> {
        let is_target = |file: &PathBuf| files::are_one(file, target);
        if self.files.iter().any(is_target) {
            return Err(Failure::OutputIsInput {
                output: files::shown(target),
            });
        }
        Ok(())
    }

    /// The status where warnings count or not.
    pub fn status(&self, strict: bool) -> Status {
        if strict && self.warned {
            self.status.max(Status::Found)
        } else {
            self.status
        }
    }
}

/// The imports that paths give. Failures and warnings are said.
pub fn read(paths: &[std::ffi::OsString], settings: &Resolved, console: &Console) -> Read {
    let (found, missing) = files::find(paths);
    let mut read = Read {
        imports: Vec::new(),
        sources: Vec::new(),
        files: Vec::new(),
        status: Status::Done,
        warned: false,
    };
    for (path, failure) in &missing {
        console.failure(path, &failure.message());
        read.status = Status::Failed;
    }
    let each = |at: usize, result: Result<Option<Vec<Import>>, Message>| {
        let Some(file) = found.get(at) else { return };
        match result {
            Ok(imports) => {
                let path = match &file.location {
                    Location::File(path) => Some(path),
                    Location::StandardInput => None,
                };
                if imports.is_some() {
                    read.files.extend(path.cloned());
                }
                for import in imports.into_iter().flatten() {
                    read.warned |= tell(&import, file, console);
                    read.imports.push(import);
                    read.sources.push(path.cloned());
                }
            }
            Err(message) => {
                console.failure(&file.shown, &message);
                read.status = Status::Failed;
            }
        }
    };
    parallel::over(&found, settings.jobs, |file| read_one(file, settings), each);
    if read.imports.is_empty() && read.status == Status::Done {
        let first = paths.first().map(|path| path.to_string_lossy());
        console.failure(&first.unwrap_or_default(), &Failure::NothingFound.message());
        read.status = Status::Failed;
    }
    read
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
    match settings.workers.import(file.name(), &bytes) {
        Ok(import) => Ok(Some(vec![import])),
        Err(refusal) => match refusal.code.as_str() {
            "unknown-format" | "foreign-format" if in_folder => Ok(None),
            _ => Err(refusal.message),
        },
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

/// Says the notes of a source that was just read, and whether there were any; those of JSON were said when
/// it was made.
fn tell(import: &Import, file: &Found, console: &Console) -> bool {
    let ending = std::path::Path::new(file.name()).extension();
    if ending.is_some_and(|ending| ending == "json" || ending == "ndjson") {
        return false;
    }
    let mut warned = false;
    for note in import
        .notes
        .iter()
        .filter(|note| note.severity > Severity::Info)
    {
        let place = note.place.as_ref().map(|place| format!("{place}: "));
        let about = format!("{}: {}", file.shown, place.unwrap_or_default());
        console.say(Tone::Warning, &about, note.message.text(console.language));
        warned = true;
    }
    warned
}
