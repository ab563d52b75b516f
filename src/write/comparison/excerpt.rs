//! A changed field -> its changes in a few words: 76%以上→80%以上.

use super::words::pick;
use crate::compare::comparison::{FieldChange, FieldDiff, Op, Run, RunKind};
use crate::message::Language;

/// Longer stretches are cut.
const LONGEST: usize = 40;
/// More changes than this are counted.
const MOST: usize = 4;

/// What changed in a field, on one line.
pub fn excerpt(field: &FieldDiff, language: Language) -> String {
    match field.change {
        FieldChange::Added => return format!("＋{}", cut(&field.new_text())),
        FieldChange::Removed => return format!("－{}", cut(&field.old())),
        FieldChange::Unchanged => return String::new(),
        FieldChange::Wording => return pick(language, "表記のみ", "wording").to_owned(),
        FieldChange::Changed => {}
    }
    let changes = changes(&field.runs);
    if changes.is_empty() {
        return pick(language, "順序", "order").to_owned();
    }
    let mut shown: Vec<String> = changes.iter().take(MOST).cloned().collect();
    let others = changes.len().saturating_sub(MOST);
    if others > 0 {
        shown.push(match language {
            Language::Japanese => format!("ほか{others}か所"),
            Language::English => format!("{others} more"),
        });
    }
    shown.join("／")
}

/// Deleted and inserted stretches that are more than wording; those side by side in each other's place.
fn changes(runs: &[Run]) -> Vec<String> {
    let counts = |run: &&Run| run.op != Op::Equal && run.kind.is_none() && !is_blank(&run.text);
    let mut changes = Vec::new();
    let mut runs = runs
        .iter()
        .filter(|run| run.kind != Some(RunKind::Moved))
        .peekable();
    while let Some(run) = runs.next() {
        if !counts(&run) {
            continue;
        }
        let other =
            runs.next_if(|next| run.op == Op::Delete && next.op == Op::Insert && counts(next));
        changes.push(match (run.op, other) {
            (_, Some(new)) => format!("{}→{}", cut(&run.text), cut(&new.text)),
            (Op::Delete, None) => format!("－{}", cut(&run.text)),
            _ => format!("＋{}", cut(&run.text)),
        });
    }
    changes
}

fn is_blank(text: &str) -> bool {
    crate::text::is_blank(text)
}

fn cut(text: &str) -> String {
    let line: String = text
        .split('\n')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ");
    let line = line.trim();
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    let head: String = line.chars().take(LONGEST - 1).collect();
    format!("{head}…")
}
