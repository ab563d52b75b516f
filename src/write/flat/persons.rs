//! Imports without the names of people: the fields that hold them, and the same words wherever they stand.

use serde_json::Value;

use crate::document::Import;

/// What stands for a name inside other text.
pub const PERSON: &str = "（氏名）";

/// An import without names of people: 氏名, signatories, and the same names in any other text of the file,
/// whatever spaces and line ends part their characters. Names that stand in sentences only, and a surname alone,
/// are not known as such and stay.
///
/// # Errors
/// None that an import of this program can cause.
pub fn without(import: &Import) -> serde_json::Result<Import> {
    let mut value = serde_json::to_value(import)?;
    let mut names = Vec::new();
    collect(&value, &mut names);
    names.sort_by_key(|name: &Vec<char>| std::cmp::Reverse(name.len()));
    names.dedup();
    redact(&mut value, &names);
    serde_json::from_value(value)
}

/// The names under `person`, a text's words or a signatory's, without their spaces.
fn collect(value: &Value, names: &mut Vec<Vec<char>>) {
    match value {
        Value::Object(map) => {
            if let Some(person) = map.get("person") {
                let words = person.get("text").unwrap_or(person);
                let letters = words.as_str().unwrap_or_default().chars();
                let name: Vec<char> = letters.filter(|c| !c.is_whitespace()).collect();
                // A name of one letter would take that letter out of every text.
                if name.len() > 1 {
                    names.push(name);
                }
            }
            map.values().for_each(|value| collect(value, names));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}

fn redact(value: &mut Value, names: &[Vec<char>]) {
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
                if let Some(without) = replaced(text, name) {
                    *text = without;
                }
            }
        }
        _ => {}
    }
}

/// The text with [`PERSON`] for a name; `None` if the name does not stand in it.
fn replaced(text: &str, name: &[char]) -> Option<String> {
    let first = *name.first()?;
    let mut without = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find(first) {
        let (before, from) = rest.split_at(at);
        without.push_str(before);
        if let Some(end) = length(from, name) {
            without.push_str(PERSON);
            rest = from.get(end..).unwrap_or_default();
            found = true;
        } else {
            without.push(first);
            rest = from.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    without.push_str(rest);
    found.then_some(without)
}

/// The bytes of a name at the beginning of a text.
fn length(text: &str, name: &[char]) -> Option<usize> {
    let mut letters = name.iter().peekable();
    for (at, c) in text.char_indices() {
        match letters.peek() {
            None => return Some(at),
            Some(letter) if **letter == c => {
                letters.next();
            }
            Some(_) if c.is_whitespace() => {}
            Some(_) => return None,
        }
    }
    letters.peek().is_none().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whatever_parts_its_letters() {
        let name: Vec<char> = "茨木のり絵".chars().collect();
        let without = |text| replaced(text, &name);
        assert_eq!(
            without("茨茨木　のり\n絵、茨木のり絵").as_deref(),
            Some("茨（氏名）、（氏名）")
        );
        assert_eq!(without("茨木のり代と茨木"), None);
    }
}
