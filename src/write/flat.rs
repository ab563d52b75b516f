//! Documents -> flat rows for analysis: one for each goal and indicator, every notion in a column of its own.

pub mod chains;
pub mod pairs;
pub mod persons;
mod row;

use std::collections::BTreeMap;
#[cfg(any(feature = "sqlite", test))]
use std::ops::Range;

use crate::document::{Document, Import};
use crate::text::date::Date;
#[cfg(feature = "sqlite")]
pub(super) use row::{goal_cells, indicator_cells, policy_head, review_cells, sheet_head};

/// A column of the flat table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column<'a> {
    /// Its name: lower-case letters, digits and underscores.
    pub name: &'a str,
    /// What its cells are.
    pub kind: Kind,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// A day.
    Day,
}

/// A cell of the flat table.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing stands there.
    Null,
    /// Words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(Flag),
    /// A day.
    Day(Date),
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// No.
    No,
    /// Yes.
    Yes,
}

const fn column(name: &str, kind: Kind) -> Column<'_> {
    Column { name, kind }
}

/// The columns, left to right.
pub const COLUMNS: &[Column<'static>] = &[
    column("source_file", Kind::Text),
    column("source_sha256", Kind::Text),
    column("duplicate_of", Kind::Text),
    column("document", Kind::Integer),
    column("layout", Kind::Text),
    column("title", Kind::Text),
    column("municipality_code", Kind::Text),
    column("municipality", Kind::Text),
    column("fiscal_year", Kind::Integer),
    column("fiscal_year_label", Kind::Text),
    column("fiscal_year_start", Kind::Day),
    column("fiscal_year_end", Kind::Day),
    column("organization", Kind::Text),
    column("department", Kind::Text),
    column("section", Kind::Text),
    column("unit", Kind::Text),
    column("prepared_on", Kind::Day),
    column("post", Kind::Text),
    column("person", Kind::Text),
    column("goal", Kind::Integer),
    column("number", Kind::Integer),
    column("number_text", Kind::Text),
    column("predecessors", Kind::Text),
    column("categories", Kind::Text),
    column("item", Kind::Text),
    column("level", Kind::Text),
    column("methods", Kind::Text),
    column("deadline", Kind::Text),
    column("deadline_kind", Kind::Text),
    column("deadline_from", Kind::Day),
    column("deadline_to", Kind::Day),
    column("sections", Kind::Text),
    column("common", Kind::Flag),
    column("indicator", Kind::Integer),
    column("indicator_label", Kind::Text),
    column("indicator_name", Kind::Text),
    column("baseline", Kind::Text),
    column("baseline_value", Kind::Number),
    column("baseline_unit", Kind::Text),
    column("baseline_comparator", Kind::Text),
    column("baseline_per", Kind::Text),
    column("baseline_cumulative", Kind::Flag),
    column("baseline_note", Kind::Text),
    column("target", Kind::Text),
    column("target_value", Kind::Number),
    column("target_unit", Kind::Text),
    column("target_comparator", Kind::Text),
    column("target_per", Kind::Text),
    column("target_cumulative", Kind::Flag),
    column("target_note", Kind::Text),
    column("actual", Kind::Text),
    column("actual_value", Kind::Number),
    column("actual_unit", Kind::Text),
    column("actual_comparator", Kind::Text),
    column("actual_per", Kind::Text),
    column("actual_cumulative", Kind::Flag),
    column("actual_note", Kind::Text),
    column("achievement", Kind::Text),
    column("achievement_group", Kind::Text),
    column("achievement_scale", Kind::Text),
    column("midterm_progress", Kind::Text),
    column("midterm_progress_group", Kind::Text),
    column("midterm_review", Kind::Text),
    column("midterm_plan", Kind::Text),
    column("year_end_summary", Kind::Text),
    column("year_end_viewpoint", Kind::Text),
    column("year_end_issues", Kind::Text),
    column("extra", Kind::Text),
];

/// The columns that say what document a goal stands in, its source and position aside.
#[cfg(any(feature = "sqlite", test))]
pub(super) const HEAD: Range<usize> = 4..19;
/// The columns of a goal.
#[cfg(any(feature = "sqlite", test))]
pub(super) const GOAL: Range<usize> = 19..33;
/// The columns of an indicator.
#[cfg(any(feature = "sqlite", test))]
pub(super) const INDICATOR: Range<usize> = 33..57;
/// The columns of a goal that are filled in during and after the year.
#[cfg(any(feature = "sqlite", test))]
pub(super) const REVIEW: Range<usize> = 57..68;

/// The rows of all goal sheets, in order; each has a cell for each of [`COLUMNS`].
pub fn rows(imports: &[Import]) -> Vec<Vec<Value>> {
    let duplicates = duplicates(imports);
    let mut rows = Vec::new();
    for (import, duplicate_of) in imports.iter().zip(&duplicates) {
        for (at, document) in import.documents.iter().enumerate() {
            let Document::GoalSheet(sheet) = document else {
                continue;
            };
            let head = row::head(&import.source, duplicate_of.as_deref(), at, sheet);
            for (number, goal) in sheet.goals.iter().enumerate() {
                rows.extend(row::goal(&head, number, goal));
            }
        }
    }
    rows
}

/// For each import, the file among those before it that holds the same documents: without the source's
/// characters, places, columns and spaces.
pub fn duplicates(imports: &[Import]) -> Vec<Option<String>> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = Vec::with_capacity(imports.len());
    for (at, import) in imports.iter().enumerate() {
        let says = serde_json::to_value(&import.documents)
            .map(|value| bare(value).to_string())
            .unwrap_or_default();
        let first = if import.documents.is_empty() {
            at
        } else {
            *known.entry(says).or_insert(at)
        };
        let first = imports.get(first).filter(|_| first != at);
        found.push(first.map(|first| first.source.file.clone()));
    }
    found
}

fn bare(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .filter(|(key, _)| !matches!(key.as_str(), "raw" | "places" | "columns"))
                .map(|(key, value)| (key, bare(value)))
                .collect(),
        ),
        Value::Array(values) => Value::Array(values.into_iter().map(bare).collect()),
        Value::String(text) => Value::String(text.split_whitespace().collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::row::{goal_cells, indicator_cells, review_cells};
    use super::*;

    #[test]
    fn the_groups_of_columns_are_where_they_are_said_to_be() {
        let first = |range: Range<usize>| COLUMNS[range.start].name;
        assert_eq!(first(HEAD), "layout");
        assert_eq!(first(GOAL), "goal");
        assert_eq!(first(INDICATOR), "indicator");
        assert_eq!(first(REVIEW), "achievement");
        assert_eq!(REVIEW.end, COLUMNS.len());
        assert_eq!(
            goal_cells(0, &crate::document::Goal::default()).len(),
            GOAL.len()
        );
        assert_eq!(indicator_cells(None).len(), INDICATOR.len());
        assert_eq!(
            review_cells(&crate::document::Goal::default()).len(),
            REVIEW.len()
        );
    }
}
