//! Lines and values -> their numbers: none is made of two without a note.

use seirihyo::document::Import;
use seirihyo::note::Note;
use seirihyo::sheet::{Block, Line, LineEnd, Reading};
use seirihyo::text::setting::numbers::{are_entries, closed_up, is_number, meet};

/// What a reader joins: no line that is a number, and no two numbers without saying so.
pub fn reading_holds(reading: &Reading) {
    for block in reading.sheets.iter().flat_map(|sheet| &sheet.blocks) {
        if let Block::Grid(grid) = block {
            for cell in &grid.cells {
                lines_hold(reading, &cell.lines);
            }
        }
    }
}

fn lines_hold(reading: &Reading, lines: &[Line]) {
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let (text, after) = (line.range.of(&reading.text), next.range.of(&reading.text));
        if line.ends != LineEnd::Wrap {
            continue;
        }
        assert!(!are_entries(text, after), "{text:?} goes on in {after:?}");
        if meet(text.trim_end(), after.trim_start()) {
            assert!(
                is_told(&reading.notes),
                "{text:?} and {after:?} are one number"
            );
        }
    }
}

fn is_told(notes: &[Note]) -> bool {
    notes.iter().any(|note| note.code == "number-over-lines")
}

/// What stands in a value on one line stands in its source on one, or a note says that it does not.
pub fn import_holds(import: &Import) {
    let Ok(value) = serde_json::to_value(&import.documents) else {
        panic!("cannot be written");
    };
    values_hold(&value, &import.notes);
}

fn values_hold(value: &serde_json::Value, notes: &[Note]) {
    match value {
        serde_json::Value::Object(entries) => {
            let text = |key: &str| entries.get(key).and_then(serde_json::Value::as_str);
            if let (Some(raw), Some(text)) = (text("raw"), text("text")) {
                value_holds(raw, text, notes);
            }
            entries.values().for_each(|inner| values_hold(inner, notes));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| values_hold(item, notes)),
        _ => {}
    }
}

fn value_holds(raw: &str, text: &str, notes: &[Note]) {
    let lines: Vec<&str> = raw.split('\n').map(str::trim).collect();
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let joined = format!("{line}{next}");
        let stands_elsewhere = lines.iter().any(|other| other.contains(&joined));
        if meet(line, next) && text.contains(&joined) && !stands_elsewhere {
            assert!(
                is_told(notes),
                "{line:?} and {next:?} are one number in {text:?}"
            );
        }
    }
}

/// Leaving white space out joins no numbers.
pub fn text_holds(text: &str) {
    let closed = closed_up(text);
    for word in text.split_whitespace() {
        assert!(closed.contains(word), "{word:?} in {closed:?}");
        assert!(
            !is_number(word) || word.chars().any(char::is_numeric),
            "{word:?}"
        );
    }
}
