//! Documents and flat rows -> lines of JSON.

use serde_json::{Map, Value, json};

use super::flat::{self, Column, Flag};
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

/// One line for each flat row, its cells under their columns' names.
pub fn rows(columns: &[Column], rows: &[Vec<flat::Value>]) -> String {
    let mut lines = String::new();
    for row in rows {
        let named = columns.iter().zip(row);
        let object: Map<String, Value> = named
            .map(|(column, cell)| (column.name.to_owned(), value(cell)))
            .collect();
        lines.push_str(&Value::Object(object).to_string());
        lines.push('\n');
    }
    lines
}

fn value(cell: &flat::Value) -> Value {
    match cell {
        flat::Value::Null => Value::Null,
        flat::Value::Text(text) => json!(text),
        flat::Value::Integer(number) => json!(number),
        flat::Value::Number(number) => json!(number),
        flat::Value::Flag(flag) => json!(*flag == Flag::Yes),
        flat::Value::Day(day) => json!(day.to_string()),
    }
}
