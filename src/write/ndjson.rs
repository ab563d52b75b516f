//! Documents -> lines of JSON: one for each goal, with the head of its document.

use serde_json::{Map, Value, json};

use super::flat;
use crate::document::{Document, Import};

/// One line for each goal, as the import JSON has it, after its source and its document without goals.
///
/// # Errors
/// None that an import of this program can cause.
pub fn text(imports: &[Import]) -> serde_json::Result<String> {
    let mut lines = String::new();
    let duplicates = flat::duplicates(imports);
    for (import, duplicate_of) in imports.iter().zip(duplicates) {
        for (at, document) in import.documents.iter().enumerate() {
            let Document::GoalSheet(sheet) = document else {
                continue;
            };
            let mut head = Map::new();
            head.insert("position".to_owned(), json!(at + 1));
            if let Value::Object(fields) = serde_json::to_value(sheet)? {
                let kept = fields.into_iter().filter(|(key, _)| {
                    !matches!(key.as_str(), "columns" | "goals" | "remarks" | "ruby")
                });
                head.extend(kept);
            }
            for (number, goal) in sheet.goals.iter().enumerate() {
                let line = json!({
                    "source": {
                        "file": import.source.file,
                        "sha256": import.source.sha256,
                        "duplicate_of": duplicate_of,
                    },
                    "document": head,
                    "position": number + 1,
                    "goal": goal,
                });
                lines.push_str(&serde_json::to_string(&line)?);
                lines.push('\n');
            }
        }
    }
    Ok(lines)
}
