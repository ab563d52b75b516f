//! A value -> JSON text: keys in the order of its type, the same bytes each time.

use serde::Serialize;

/// JSON for files: two spaces a level, a line break at the end.
///
/// # Errors
/// A value that JSON cannot hold; none of this crate's types has one.
pub fn pretty(value: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n")
}

/// JSON on one line, with a line break at the end.
///
/// # Errors
/// A value that JSON cannot hold; none of this crate's types has one.
pub fn line(value: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(value).map(|text| text + "\n")
}
