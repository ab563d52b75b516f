//! One source -> its import, whatever happens on the way.

use super::Work;
use crate::cli::failure::{Failure, Told};
use crate::cli::files::{self, Found, Origin};
use crate::cli::worker::{Imported, Written};
use crate::message::Message;
use crate::pipeline;
use crate::read;

/// What became of a source.
pub enum Done {
    /// Documents.
    Imported(Box<Imported>),
    /// No source at all: another kind of file in a folder.
    Ignored(Message),
    /// What may be a sheet in a format that is not read, in a folder: Word, 一太郎, an archive, a picture.
    Unread(Message),
    /// No documents, why, and the digest of what was read.
    Failed(Message, Option<String>),
}

/// A source's bytes, if they were read already.
pub enum Source {
    /// They were not.
    Unread,
    /// They were.
    Bytes(Vec<u8>),
}

/// Imports a source, in a process of its own: whatever happens there fails this file alone.
pub fn import(found: &Found, source: Source, form: Written, work: &Work) -> Done {
    let bytes = match source {
        Source::Bytes(bytes) => bytes,
        Source::Unread => match self::bytes(found) {
            Ok(bytes) => bytes,
            Err(done) => return done,
        },
    };
    let language = work.console.json_language;
    let workers = &work.settings.workers;
    let settings = &work.settings;
    let options = settings.towns.options(found, &settings.settings.import);
    match workers.write(found.name(), (form, language), options, &bytes) {
        Ok(imported) => Done::Imported(Box::new(imported)),
        Err(refusal) if is_no_source(&refusal.code, found, &bytes) => {
            if refusal.code == "foreign-format" {
                Done::Unread(refusal.message)
            } else {
                Done::Ignored(refusal.message)
            }
        }
        Err(refusal) => Done::Failed(refusal.message, Some(pipeline::sha256(&bytes))),
    }
}

/// Whether a file in a folder is another kind of file, not a sheet that could not be read. What is named as
/// a workbook, PDF or table of values and is none has failed: a sheet is missing. Text, and an empty file, have nothing but
/// their name to say what they are: settings and web pages are no sheets.
fn is_no_source(code: &str, found: &Found, bytes: &[u8]) -> bool {
    let name = found.name();
    found.origin == Origin::InFolder
        && match code {
            "unknown-format" | "foreign-format" => {
                !ends_in(name, &DOCUMENTS) && !ends_in(name, &TABLES)
            }
            "empty" | "no-layout" | "no-table" | "no-goal-table" | "unknown-encoding" => {
                !ends_in(name, &DOCUMENTS)
                    && !ends_in(name, &TEXTS)
                    && (bytes.is_empty() || read::is_plain_text(bytes))
            }
            _ => false,
        }
}

const DOCUMENTS: [&str; 6] = ["xlsx", "xlsm", "xls", "xlsb", "ods", "pdf"];
const TABLES: [&str; 2] = ["csv", "tsv"];
const TEXTS: [&str; 3] = ["csv", "tsv", "txt"];

fn ends_in(name: &str, endings: &[&str]) -> bool {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

/// The bytes of a source; or why there are none to import.
pub fn bytes(found: &Found) -> Result<Vec<u8>, Done> {
    let refuse = |failure: Failure| {
        if found.origin == Origin::InFolder && failure.is_no_source() {
            Done::Ignored(failure.told())
        } else {
            Done::Failed(failure.told(), None)
        }
    };
    if let Some(obstacle) = &found.obstacle {
        return Err(refuse(obstacle.clone()));
    }
    if files::is_lock_file(found.name().as_ref()) {
        return Err(refuse(Failure::LockFile));
    }
    let bytes = files::read(&found.location).map_err(refuse)?;
    if files::is_own_output(found.name(), &bytes) {
        return Err(refuse(Failure::OwnOutput));
    }
    Ok(bytes)
}
