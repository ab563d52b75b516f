//! A comparison -> a table for a terminal: wide characters count two columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::view::Shown;
use super::{excerpt, words};
use crate::compare::chains::Chain;
use crate::compare::comparison::{Pair, Side};
use crate::compare::{Change, Comparison};
use crate::document::Document;
use crate::message::Language;
use crate::text::setting::characters::may_not_begin;
use crate::write::table::chains::of_year;

/// Whether the table is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// No.
    Plain,
    /// With ANSI sequences (ECMA-48).
    Coloured,
}

/// Columns of the table but the two that share what is left: change, old and new number.
const CHANGE: usize = 9;
const NUMBER: usize = 5;
/// Between two columns.
const GAP: &str = " ";
/// Narrower terminals get lines that they wrap themselves.
const NARROWEST: usize = 60;

/// The table, its lines at most `columns` wide: a row a pair, and below it what changed in each field. Of changes alone,
/// one line lists the others.
pub fn terminal(
    comparison: &Comparison,
    rows: Shown,
    language: Language,
    (columns, paint): (usize, Paint),
) -> String {
    let columns = columns.max(NARROWEST);
    let rest = columns - CHANGE - 2 * NUMBER - 4 * GAP.len();
    let units = rest / 4;
    let widths = [CHANGE, NUMBER, NUMBER, units, rest - units];
    let mut text = words::title(comparison, language);
    text.push('\n');
    let heading = match language {
        Language::Japanese => ["区分", "旧", "新", "課名", "実施項目"],
        Language::English => ["change", "old", "new", "section", "item"],
    };
    row(&heading.map(str::to_owned), &widths, None, &mut text);
    text.push_str(&"-".repeat(columns));
    text.push('\n');
    for pair in comparison.pairs.iter().filter(|pair| rows.has(pair)) {
        let colour = (paint == Paint::Coloured)
            .then(|| colour(pair.change))
            .flatten();
        row(&cells(pair, language), &widths, colour, &mut text);
        for line in details(comparison, pair, language) {
            row(
                &[String::new(), line],
                &[INDENT, columns - INDENT - GAP.len()],
                None,
                &mut text,
            );
        }
    }
    text.push('\n');
    if let Some(line) = words::left_out(comparison, rows, language) {
        row(&[line], &[columns], None, &mut text);
    }
    text.push_str(&counts(comparison, language));
    text
}

/// Details stand under their row.
const INDENT: usize = 3;

/// What changed in the fields that decide, and the goals nearest to one that stands alone.
fn details(comparison: &Comparison, pair: &Pair, language: Language) -> Vec<String> {
    let fields = words::changed_fields(pair);
    let mut lines: Vec<String> = fields
        .map(|field| {
            let name = words::short_field(&field.field, language);
            format!("{name}: {}", excerpt(field, language))
        })
        .collect();
    if pair.moved {
        lines.push(words::pick(language, "移管", "moved").to_owned());
    }
    lines.extend(words::nearest(comparison, pair, language));
    lines
}

/// The table of goals through the years.
pub fn chain_table(
    chains: &[Chain],
    sides: &[&Side],
    documents: &[Vec<&Document>],
    (language, columns): (Language, usize),
) -> String {
    let columns = columns.max(NARROWEST);
    let gaps = (sides.len() + 1) * GAP.len();
    let year = ((columns - NUMBER - gaps) * 2 / 3 / sides.len().max(1)).clamp(6, 16);
    let item = (columns - NUMBER - gaps)
        .saturating_sub(year * sides.len())
        .max(12);
    let mut widths = vec![NUMBER, item];
    widths.extend(vec![year; sides.len()]);
    let mut text = String::new();
    let mut heading = vec![
        "No.".to_owned(),
        words::pick(language, "実施項目", "item").to_owned(),
    ];
    heading.extend(sides.iter().map(|side| words::year(side, language)));
    row(&heading, &widths, None, &mut text);
    text.push_str(&"-".repeat(widths.iter().sum::<usize>() + gaps));
    text.push('\n');
    for (at, chain) in chains.iter().enumerate() {
        let title = chain
            .last()
            .and_then(|goal| goal.item.clone())
            .unwrap_or_default();
        let mut cells = vec![(at + 1).to_string(), title.replace('\n', "")];
        let years = chain.years.iter().zip(documents);
        cells.extend(years.map(|(link, documents)| match link {
            Some(link) => of_year(link, documents, language).replace('\n', " "),
            None => "―".to_owned(),
        }));
        row(&cells, &widths, None, &mut text);
    }
    text
}

fn cells(pair: &Pair, language: Language) -> [String; 5] {
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
    [
        words::change(pair.change, language).to_owned(),
        words::numbers(&pair.old),
        words::numbers(&pair.new),
        sections,
        title,
    ]
}

/// One row, each cell on as many lines as it needs.
fn row(cells: &[String], widths: &[usize], colour: Option<&str>, text: &mut String) {
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
            if column + 1 < widths.len() {
                shown.push_str(GAP);
            }
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
