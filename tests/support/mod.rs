//! What the tests on whole files share: imports as JSON, and how two JSON values differ.
#![allow(dead_code)] // each test binary uses its part

pub mod binary_workbook;
pub mod comparing;
pub mod dice;
pub mod print;
pub mod program;
pub mod readings;
pub mod truth;
pub mod typing;
pub mod xlsb_writer;
pub mod years;

use std::path::{Path, PathBuf};

use seirihyo::error::Error;
use seirihyo::layout::{ImportOptions, Layouts, definition};
use seirihyo::pipeline::{self, Settings};
use seirihyo::read::{Password, ReadOptions};
use seirihyo::write::json;
use serde_json::Value;

/// The settings of an import without options.
pub fn settings(password: Option<&str>) -> Settings {
    Settings {
        read: ReadOptions {
            passwords: password
                .map(|word| Password(word.to_owned()))
                .into_iter()
                .collect(),
            ..ReadOptions::default()
        },
        layouts: Layouts::default(),
        import: ImportOptions::default(),
    }
}

/// A file's import as the program writes it, or why there is none.
pub fn import(path: &Path, password: Option<&str>) -> Result<String, Error> {
    import_with(path, password, None)
}

/// The same with a layout file of the user's own.
pub fn import_with(
    path: &Path,
    password: Option<&str>,
    layout: Option<&Path>,
) -> Result<String, Error> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let bytes = std::fs::read(path).unwrap();
    let mut settings = settings(password);
    if let Some(path) = layout {
        let text = std::fs::read_to_string(path).unwrap();
        settings.layouts.own.push(definition::parse(&text)?);
    }
    let import = pipeline::import(name, &bytes, &settings)?;
    Ok(json::pretty(&import).unwrap())
}

/// The folder of the documents that are not part of the project, if it is there.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("SEIRIHYO_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
}

/// The text without white space, line breaks aside, and without empty lines.
pub fn tight(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        line.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    });
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The text without any white space.
pub fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What two documents of the same sheet in different formats have in common: everything but the source's
/// own spelling, places, columns, and spaces beside a wrap.
pub fn essence(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let kept = entries
                .iter()
                .filter(|(key, _)| !["raw", "places", "columns"].contains(&key.as_str()));
            Value::Object(
                kept.map(|(key, value)| (key.clone(), essence(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(essence).collect()),
        Value::String(text) => Value::String(tight(text)),
        other => other.clone(),
    }
}

/// Where two values differ first: the path, and what stands there in each.
pub fn first_difference(want: &Value, got: &Value) -> Option<String> {
    fn at(path: &str, want: &Value, got: &Value) -> Option<String> {
        match (want, got) {
            (Value::Object(a), Value::Object(b)) => {
                let (keys, others): (Vec<_>, Vec<_>) = (a.keys().collect(), b.keys().collect());
                if keys != others {
                    return Some(format!(
                        "{path}: want the keys {keys:?}\n      got {others:?}"
                    ));
                }
                a.iter()
                    .find_map(|(key, value)| at(&format!("{path}.{key}"), value, &b[key]))
            }
            (Value::Array(a), Value::Array(b)) => {
                let pairs = a.iter().zip(b).enumerate();
                let inner = pairs
                    .map(|(i, (x, y))| at(&format!("{path}[{i}]"), x, y))
                    .find(Option::is_some);
                inner.flatten().or_else(|| {
                    let more = if a.len() > b.len() {
                        a.get(b.len())
                    } else {
                        b.get(a.len())
                    };
                    (a.len() != b.len()).then(|| {
                        format!(
                            "{path}: want {} entries, got {}; the first too many or missing: {}",
                            a.len(),
                            b.len(),
                            more.map_or_else(String::new, short)
                        )
                    })
                })
            }
            _ => (want != got).then(|| {
                format!(
                    "{path}:\n      want {}\n      got  {}",
                    short(want),
                    short(got)
                )
            }),
        }
    }
    at("", want, got)
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() > 300 {
        text.chars().take(300).chain("…".chars()).collect()
    } else {
        text
    }
}

/// Breaches of what every import promises, whatever the file: sums, places, conservation.
pub fn breaches(import: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let coverage = import["coverage"].as_object().unwrap();
    let number = |value: &Value| value.as_u64().unwrap();
    let sum: u64 = coverage
        .iter()
        .filter(|(key, _)| *key != "source")
        .map(|(_, value)| number(value))
        .sum();
    if sum != number(&coverage["source"]) {
        found.push(format!(
            "coverage: the parts make {sum}, the source is {}",
            coverage["source"]
        ));
    }
    for note in import["notes"].as_array().unwrap() {
        if note["severity"] == "error" {
            found.push(format!("a note of severity error: {}", short(note)));
        }
    }
    without_places("documents", &import["documents"], &mut found);
    found
}

fn without_places(path: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            let raw = entries.get("raw").is_some_and(|raw| !raw.is_null());
            let places = entries
                .get("places")
                .and_then(Value::as_array)
                .is_some_and(|places| !places.is_empty());
            if raw && !places && !path.ends_with("label") {
                found.push(format!("{path} has no places"));
            }
            for (key, inner) in entries {
                without_places(&format!("{path}.{key}"), inner, found);
            }
        }
        Value::Array(items) => {
            for (i, inner) in items.iter().enumerate() {
                without_places(&format!("{path}[{i}]"), inner, found);
            }
        }
        _ => {}
    }
}
