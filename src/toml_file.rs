//! A user's TOML file -> a checked type; errors with line, column and the valid names.

use serde::de::DeserializeOwned;

use crate::error::{Error, Problem};

/// Reads a TOML file.
///
/// # Errors
/// [`Problem::TomlFile`] with the 1-based line and column (in characters).
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    parse_checked(text, |_| None)
}

/// A step from a table to one of its values, or from a list to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A key.
    Key(&'static str),
    /// A place in a list, counted from 0.
    Index(usize),
}

/// What is wrong with a file whose types are right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: as far as it is there, its line and column are said.
    pub path: Vec<Step>,
    /// What, in Japanese.
    pub ja: String,
    /// What, in English.
    pub en: String,
}

/// Reads a TOML file and asks whether its values make sense.
///
/// # Errors
/// As [`parse`], and for the fault that `check` finds.
pub fn parse_checked<T: DeserializeOwned>(
    text: &str,
    check: impl Fn(&T) -> Option<Fault>,
) -> Result<T, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: T = read(text)?;
    match check(&value) {
        None => Ok(value),
        Some(fault) => Err(located(
            text,
            position(text, &fault.path),
            fault.ja,
            fault.en,
        )),
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        problem(text, at, error.message())
    })
}

/// The byte offset of the value at the end of a path, or of the last one on it that is there.
fn position(text: &str, path: &[Step]) -> usize {
    use toml::de::{DeTable, DeValue};
    let Ok(table) = DeTable::parse(text) else {
        return 0;
    };
    let mut at = 0;
    let Some((Step::Key(first), rest)) = path.split_first() else {
        return at;
    };
    let mut next = table.get_ref().get(*first);
    for step in rest.iter().map(Some).chain([None]) {
        let Some(value) = next else { break };
        at = value.span().start;
        next = match (step, value.get_ref()) {
            (Some(Step::Key(key)), DeValue::Table(table)) => table.get(*key),
            (Some(Step::Index(index)), DeValue::Array(entries)) => entries.get(*index),
            _ => None,
        };
    }
    at
}

/// The error for a fault of the TOML at a byte offset.
fn problem(text: &str, at: usize, message: &str) -> Error {
    located(text, at, in_japanese(message), message.to_owned())
}

fn located(text: &str, at: usize, detail_ja: String, detail_en: String) -> Error {
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    Problem::TomlFile {
        line,
        column,
        detail_ja,
        detail_en,
    }
    .into()
}

/// The parser's message in Japanese; names and values stay as they are.
fn in_japanese(message: &str) -> String {
    let after = |prefix: &str| message.strip_prefix(prefix);
    if let Some(rest) = after("unknown field ") {
        return match rest.split_once(", expected ") {
            Some((name, valid)) => format!(
                "{name} という名前はありません（使える名前: {}）",
                names(valid)
            ),
            None => format!("{rest} という名前はありません"),
        };
    }
    if let Some(rest) = after("unknown variant ") {
        return match rest.split_once(", expected ") {
            Some((name, valid)) => {
                format!("{name} という値はありません（使える値: {}）", names(valid))
            }
            None => format!("{rest} という値はありません"),
        };
    }
    if let Some(rest) = after("missing field ") {
        return format!("{rest} がありません");
    }
    if let Some((found, expected)) =
        after("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        let (found, expected) = (kind(found), kind(expected));
        return format!("値の種類が違います（{found} ではなく {expected} を書きます）");
    }
    if let Some(rest) = after("duplicate key") {
        return format!("同じ名前が二度あります{rest}");
    }
    format!("TOMLとして正しくありません（{message}）")
}

/// The parser's words for a kind of value; a value itself stays as it is.
fn kind(words: &str) -> String {
    let named = [
        ("a sequence", "[ ] の並び"),
        ("sequence", "[ ] の並び"),
        ("a map", "{ } の表"),
        ("map", "{ } の表"),
        ("a string", "\"\" で囲んだ文字列"),
        ("a boolean", "true か false"),
        ("string ", "文字列 "),
        ("integer ", "整数 "),
        ("floating point ", "小数 "),
        ("boolean ", ""),
    ];
    let found = named
        .iter()
        .find_map(|(known, ja)| Some(format!("{ja}{}", words.strip_prefix(known)?)));
    found.unwrap_or_else(|| words.to_owned())
}

/// The valid names without the parser's own punctuation: a, b.
fn names(valid: &str) -> String {
    valid.trim_start_matches("one of ").replace('`', "")
}
