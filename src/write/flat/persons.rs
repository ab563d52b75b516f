//! Imports without the names of people: the fields that hold them, and the same words wherever they stand.

use serde_json::Value;

use crate::document::Import;

/// What stands for a name inside other text.
pub const PERSON: &str = "（氏名）";

/// An import without names of people: 氏名, signatories, and the same names in any other text of the file.
/// Names that stand in sentences only are not known as such and stay.
///
/// # Errors
/// None that an import of this program can cause.
pub fn without(import: &Import) -> serde_json::Result<Import> {
    let mut value = serde_json::to_value(import)?;
    let mut names = Vec::new();
    collect(&value, &mut names);
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    redact(&mut value, &names);
    serde_json::from_value(value)
}

/// The names under `person`: a text's words, or a signatory's.
fn collect(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if let Some(person) = map.get("person") {
                let words = person.get("text").unwrap_or(person);
                for name in words.as_str().into_iter().flat_map(spellings) {
                    names.push(name);
                }
            }
            map.values().for_each(|value| collect(value, names));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}

/// A name as written, without its spaces, and with each kind of space.
fn spellings(name: &str) -> Vec<String> {
    let parts: Vec<&str> = name.split_whitespace().collect();
    // A name of one letter would take that letter out of every text.
    if parts.concat().chars().count() < 2 {
        return Vec::new();
    }
    let mut spellings: Vec<String> = vec![name.to_owned()];
    spellings.extend(["", " ", "　"].map(|space| parts.join(space)));
    spellings
}

fn redact(value: &mut Value, names: &[String]) {
    match value {
        Value::Object(map) => {
            if map.contains_key("person") {
                map.insert("person".to_owned(), Value::Null);
            }
            map.values_mut().for_each(|value| redact(value, names));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| redact(value, names)),
        Value::String(text) => {
            for name in names {
                if text.contains(name.as_str()) {
                    *text = text.replace(name.as_str(), PERSON);
                }
            }
        }
        _ => {}
    }
}
