//! A comparison -> a table for a terminal: wide characters count two columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::words;
use crate::compare::comparison::Pair;
use crate::compare::{Change, Comparison};
use crate::message::Language;
use crate::text::setting::characters::may_not_begin;

/// Whether the table is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// No.
    Plain,
    /// With ANSI sequences (ECMA-48).
    Coloured,
}

/// Columns of the table but the two that share what is left: change, old and new number, units.
const CHANGE: usize = 9;
const NUMBER: usize = 5;
/// Between two columns.
const GAP: &str = " ";
/// Narrower terminals get lines that they wrap themselves.
const NARROWEST: usize = 60;

/// The table, its lines at most `columns` wide.
pub fn terminal(
    comparison: &Comparison,
    language: Language,
    columns: usize,
    paint: Paint,
) -> String {
    let columns = columns.max(NARROWEST);
    let rest = columns - CHANGE - 2 * NUMBER - 5 * GAP.len();
    let units = rest / 4;
    let changed = rest / 4;
    let widths = [
        CHANGE,
        NUMBER,
        NUMBER,
        units,
        rest - units - changed,
        changed,
    ];
    let mut text = words::title(comparison, language);
    text.push('\n');
    let heading = match language {
        Language::Japanese => ["区分", "旧", "新", "課名", "実施項目", "変わった欄"],
        Language::English => ["change", "old", "new", "section", "item", "fields"],
    };
    row(&heading.map(str::to_owned), &widths, None, &mut text);
    text.push_str(&"-".repeat(columns));
    text.push('\n');
    for pair in &comparison.pairs {
        let colour = (paint == Paint::Coloured)
            .then(|| colour(pair.change))
            .flatten();
        row(&cells(pair, language), &widths, colour, &mut text);
    }
    text.push('\n');
    text.push_str(&counts(comparison, language));
    text
}

fn cells(pair: &Pair, language: Language) -> [String; 6] {
    let (old, new) = (words::sections(&pair.old), words::sections(&pair.new));
    let sections = match (old.is_empty(), new.is_empty()) {
        (_, true) => old,
        (true, _) => new,
        _ if old == new => new,
        _ => format!("{old}→{new}"),
    };
    let item = |goals: &[crate::compare::comparison::GoalRef]| -> String {
        let items = goals.iter().filter_map(|goal| goal.item.clone());
        items
            .map(|item| item.replace('\n', ""))
            .collect::<Vec<_>>()
            .join(" ＋ ")
    };
    let title = match (item(&pair.old), item(&pair.new)) {
        (old, new) if new.is_empty() => old,
        (old, new) if old.is_empty() || crate::text::key(&old) == crate::text::key(&new) => new,
        (old, new) => format!("{old} → {new}"),
    };
    let mut fields: Vec<&str> = words::changed_fields(pair)
        .map(|field| words::short_field(&field.field, language))
        .collect();
    if pair.moved {
        fields.push(words::pick(language, "移管", "moved"));
    }
    [
        words::change(pair.change, language).to_owned(),
        words::numbers(&pair.old),
        words::numbers(&pair.new),
        sections,
        title,
        fields.join(words::pick(language, "・", ", ")),
    ]
}

/// One row, each cell on as many lines as it needs.
fn row(cells: &[String; 6], widths: &[usize; 6], colour: Option<&str>, text: &mut String) {
    let wrapped: Vec<Vec<String>> = cells
        .iter()
        .zip(widths)
        .map(|(cell, &width)| wrap(cell, width))
        .collect();
    let lines = wrapped.iter().map(Vec::len).max().unwrap_or(1);
    for line in 0..lines {
        let mut shown = String::new();
        for (column, (cell, &width)) in wrapped.iter().zip(widths).enumerate() {
            let part = cell.get(line).map_or("", String::as_str);
            let padding = " ".repeat(width.saturating_sub(part.width()));
            match colour.filter(|_| column == 0 && !part.is_empty()) {
                Some(colour) => shown.extend([colour, part, "\u{1b}[0m", &padding]),
                None => shown.extend([part, &padding]),
            }
            shown.push_str(GAP);
        }
        text.push_str(shown.trim_end());
        text.push('\n');
    }
}

/// Breaks a text anywhere, but not before closing punctuation: that stays with the character before it.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for c in text.chars() {
        let own = c.width().unwrap_or(0);
        if used + own > width && used > 0 {
            let carried = lines.last_mut().and_then(|line| carried(line, c));
            used = carried.map_or(0, |c| c.width().unwrap_or(0));
            lines.push(carried.map(String::from).unwrap_or_default());
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
        used += own;
    }
    lines
}

/// The last character of a line, where the next one may not begin a line.
fn carried(line: &mut String, next: char) -> Option<char> {
    (may_not_begin(next) && line.chars().count() > 1)
        .then(|| line.pop())
        .flatten()
}

fn colour(change: Change) -> Option<&'static str> {
    match change {
        Change::New => Some("\u{1b}[32m"),
        Change::Ended => Some("\u{1b}[31m"),
        Change::Changed => Some("\u{1b}[33m"),
        Change::Merged | Change::Split => Some("\u{1b}[36m"),
        Change::Candidate => Some("\u{1b}[35m"),
        Change::Unchanged | Change::Wording => None,
    }
}

/// Each kind with its number.
fn counts(comparison: &Comparison, language: Language) -> String {
    let counted = Change::ALL.iter().map(|&change| {
        let name = words::change(change, language);
        format!("{name} {}", comparison.summary.of_change(change))
    });
    let counted: Vec<String> = counted.collect();
    format!("{}\n", counted.join(words::pick(language, "、", ", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_their_column() {
        assert_eq!(wrap("市長・副市長", 6), ["市長・", "副市長"]);
        assert_eq!(wrap("ごみ減量。", 8), ["ごみ減", "量。"]);
        assert_eq!(wrap("", 8), [""]);
        assert!(
            wrap("令和8年度DX推進計画", 7)
                .iter()
                .all(|line| line.width() <= 7)
        );
    }
}
