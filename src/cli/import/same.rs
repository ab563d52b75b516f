//! Documents -> a digest that is equal where two files hold the same documents.

use serde_json::Value;

use crate::document::Document;
use crate::pipeline;

/// The digest of what documents say, wherever and however it was written: without the source's
/// characters, places, columns and spaces. `None` without documents.
pub fn digest(documents: &[Document]) -> Option<String> {
    if documents.is_empty() {
        return None;
    }
    let value = serde_json::to_value(documents).ok()?;
    let mut bytes = Vec::new();
    serde_json::to_writer(&mut bytes, &bare(value)).ok()?;
    Some(pipeline::sha256(&bytes))
}

fn bare(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map
                .into_iter()
                .filter(|(key, _)| !matches!(key.as_str(), "raw" | "places" | "columns"));
            Value::Object(kept.map(|(key, value)| (key, bare(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(bare).collect()),
        Value::String(text) => Value::String(text.split_whitespace().collect()),
        other => other,
    }
}
