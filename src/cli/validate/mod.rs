//! `validate`: JSON files -> what is wrong with them, by schema and by meaning.

mod finding;
mod import;
mod other;
mod policy;
mod schema;
mod value;

use serde_json::Value;

use super::Status;
use super::args::ValidateArguments;
use super::console::{Console, Tone, output, visible};
use super::failure::{Failure, Told};
use super::files::{self, Found, Origin};
use crate::compare::COMPARISON_SCHEMA;
use crate::document::IMPORT_SCHEMA;
use crate::error::{Error, Problem};
use crate::message::Message;
use crate::write::report::REPORT_SCHEMA;
use crate::write::sheets::SHEETS_SCHEMA;
use finding::Finding;

/// Runs the command.
pub fn run(arguments: &ValidateArguments, console: &Console) -> Status {
    let (found, missing) = files::find(&arguments.paths);
    let mut status = Status::Done;
    for (path, failure) in &missing {
        console.failure(path, &failure.told());
        status = Status::Failed;
    }
    let mut checked = 0;
    for file in &found {
        match check(file) {
            Ok(None) => continue,
            Ok(Some(findings)) => status = status.max(print(file, &findings, console)),
            Err(message) => {
                console.failure(&file.shown, &message);
                status = Status::Failed;
            }
        }
        checked += 1;
    }
    if checked == 0 {
        let path = arguments
            .paths
            .first()
            .map(|path| path.to_string_lossy())
            .unwrap_or_default();
        let reason = console
            .pick("JSONファイルがない", "no JSON files")
            .to_owned();
        if missing.is_empty() {
            console.failure(
                &path,
                &Error::from(Problem::NotJson { detail: reason }).told(),
            );
        }
        return Status::Failed;
    }
    if status == Status::Done {
        console.say(
            Tone::Plain,
            "",
            &format!(
                "{checked} {}",
                console.pick("ファイルに指摘なし", "files without findings")
            ),
        );
    }
    status
}

/// What is wrong with a file; nothing is said of files in folders that are not this program's JSON.
fn check(file: &Found) -> Result<Option<Vec<Finding>>, Message> {
    let bytes = files::read(&file.location).map_err(|failure| failure.told())?;
    let ours = !files::is_own_list(file.name()) && files::is_own_output(file.name(), &bytes);
    if file.origin == Origin::InFolder && !ours {
        return Ok(None);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let values: Result<Vec<Value>, _> = serde_json::Deserializer::from_slice(bytes)
        .into_iter()
        .collect();
    let values = values.map_err(|error| not_json(&error.to_string()))?;
    if values.is_empty() {
        return Err(Error::from(Problem::Empty).told());
    }
    let many = values.len() > 1;
    let mut findings = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let mut of_value = check_value(value)?;
        if many {
            for finding in &mut of_value {
                finding.path = format!("{}:{}", at + 1, finding.path);
            }
        }
        findings.append(&mut of_value);
    }
    Ok(Some(findings))
}

fn not_json(detail: &str) -> Message {
    Error::from(Problem::NotJson {
        detail: detail.to_owned(),
    })
    .told()
}

/// The meaning is looked at only where the schema is kept.
fn check_value(value: &Value) -> Result<Vec<Finding>, Message> {
    use super::args::SchemaName;
    let name = value.get("schema").and_then(Value::as_str);
    let kind = match name {
        Some(IMPORT_SCHEMA) => SchemaName::Import,
        Some(SHEETS_SCHEMA) => SchemaName::Sheets,
        Some(COMPARISON_SCHEMA) => SchemaName::Comparison,
        Some(REPORT_SCHEMA) => SchemaName::Report,
        Some(other) => return Err(not_json(&format!("schema: {other}"))),
        None => return Err(not_json("schema: null")),
    };
    let findings =
        schema::findings(value, kind).map_err(|detail| Failure::Defect { detail }.told())?;
    if !findings.is_empty() {
        return Ok(findings);
    }
    Ok(match kind {
        SchemaName::Import => meaning(value, import::findings),
        SchemaName::Sheets => meaning(value, other::sheets),
        SchemaName::Comparison => meaning(value, other::comparison),
        SchemaName::Report | SchemaName::Layout => meaning(value, other::report),
    })
}

fn meaning<T: serde::de::DeserializeOwned>(
    value: &Value,
    findings: impl Fn(&T) -> Vec<Finding>,
) -> Vec<Finding> {
    match serde_json::from_value::<T>(value.clone()) {
        Ok(typed) => findings(&typed),
        Err(error) => {
            let detail = error.to_string();
            vec![Finding::new("", &finding::Fault::Other { detail })]
        }
    }
}

/// `file: place: message` on standard output.
fn print(file: &Found, findings: &[Finding], console: &Console) -> Status {
    let mut text = String::new();
    for finding in findings {
        let place = finding
            .place
            .as_ref()
            .map(|place| format!(" ({place})"))
            .unwrap_or_default();
        let path = if finding.path.is_empty() {
            "$"
        } else {
            &finding.path
        };
        let message = finding.message.text(console.language);
        text += &visible(&format!("{}: {path}{place}: {message}\n", file.shown));
    }
    if let Err(error) = output(text.as_bytes()) {
        console.failure(&file.shown, &Failure::writing(&error).told());
        return Status::Failed;
    }
    if findings.is_empty() {
        Status::Done
    } else {
        Status::Found
    }
}
