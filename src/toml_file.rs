//! A user's TOML file -> a checked type; errors with line, column and the valid names.

use serde::de::DeserializeOwned;

use crate::error::{Error, Problem};

/// Reads a TOML file.
///
/// # Errors
/// [`Problem::TomlFile`] with the 1-based line and column (in characters).
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        problem(text, at, error.message())
    })
}

/// The error for a fault at a byte offset.
fn problem(text: &str, at: usize, message: &str) -> Error {
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
        detail_ja: in_japanese(message),
        detail_en: message.to_owned(),
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
    if let Some(rest) = after("duplicate key") {
        return format!("同じ名前が二度あります{rest}");
    }
    format!("TOMLとして正しくありません（{message}）")
}

/// The valid names without the parser's own punctuation: a, b.
fn names(valid: &str) -> String {
    valid.trim_start_matches("one of ").replace('`', "")
}
