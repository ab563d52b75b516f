//! The fields of the old and new goals of a group -> their differences.

use crate::compare::comparison::{FieldChange, FieldDiff, QuantityDiff};
use crate::compare::goals::SideGoal;
use crate::document::value::{Categories, Quantity, Sections};
use crate::document::{Field, Goal, GoalSheet};
use crate::text::{join_wrapped, key, wording_key};

use super::{quantity, text};

/// The fields of a group, and what they come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Diffs {
    /// Each field that either side has, in the order of import JSON; further columns after them.
    pub fields: Vec<FieldDiff>,
    /// Unchanged, wording or changed: the greatest change among the fields that decide.
    pub change: FieldChange,
}

/// The fields that either side has.
pub fn diffs(old: &[&SideGoal], new: &[&SideGoal]) -> Diffs {
    let mut diffs = Diffs {
        fields: Vec::new(),
        change: FieldChange::Unchanged,
    };
    for field in Field::ALL
        .into_iter()
        .filter(|field| *field != Field::Predecessors)
    {
        if let Some(diff) = diff_of(field, old, new) {
            // What one year's form has no column for did not change.
            if decides(field) && has_column(old, field) && has_column(new, field) {
                diffs.count(diff.change);
            }
            diffs.fields.push(diff);
        }
    }
    for diff in extra(old, new) {
        if !matches!(diff.change, FieldChange::Added | FieldChange::Removed) {
            diffs.count(diff.change);
        }
        diffs.fields.push(diff);
    }
    diffs
}

impl Diffs {
    fn count(&mut self, change: FieldChange) {
        self.change = match (self.change, change) {
            (before, FieldChange::Unchanged) => before,
            (FieldChange::Unchanged | FieldChange::Wording, FieldChange::Wording) => {
                FieldChange::Wording
            }
            _ => FieldChange::Changed,
        };
    }
}

/// Whether a field decides what became of a goal: where a goal stands, who does it and how it
/// went are no part of what it is.
fn decides(field: Field) -> bool {
    matches!(
        field,
        Field::Categories
            | Field::Item
            | Field::Level
            | Field::Methods
            | Field::Deadline
            | Field::IndicatorName
            | Field::IndicatorBaseline
            | Field::IndicatorTarget
    )
}

fn diff_of(field: Field, old: &[&SideGoal], new: &[&SideGoal]) -> Option<FieldDiff> {
    let sides = [old, new].map(|goals| {
        let values = goals.iter().map(|goal| value(goal.goal, field));
        if is_short(field) {
            listed(values)
        } else {
            joined(values)
        }
    });
    let mut diff = diff(field.name(), &sides[0], &sides[1])?;
    if let ([old], [new]) = (old, new) {
        let typed = quantities(old.goal, new.goal, field);
        if !typed.is_empty() {
            diff.quantities = typed;
        }
    }
    Some(diff)
}

/// Whether a field's values are words: those of several goals stand on one line, each once.
fn is_short(field: Field) -> bool {
    matches!(
        field,
        Field::Number | Field::Categories | Field::Deadline | Field::Sections | Field::Achievement
    )
}

fn listed(values: impl Iterator<Item = Option<String>>) -> String {
    let mut listed: Vec<String> = Vec::new();
    for value in values.flatten().filter(|value| !value.is_empty()) {
        if !listed.contains(&value) {
            listed.push(value);
        }
    }
    listed.join("、")
}

fn joined(values: impl Iterator<Item = Option<String>>) -> String {
    let values: Vec<String> = values.flatten().filter(|value| !value.is_empty()).collect();
    values.join("\n")
}

/// A field's difference; none where neither side has anything.
fn diff(name: &str, old: &str, new: &str) -> Option<FieldDiff> {
    let change = match (old.is_empty(), new.is_empty()) {
        (true, true) => return None,
        (true, false) => FieldChange::Added,
        (false, true) => FieldChange::Removed,
        _ if old == new => FieldChange::Unchanged,
        _ if wording_key(old) == wording_key(new) => FieldChange::Wording,
        _ => FieldChange::Changed,
    };
    let runs = text::runs(old, new);
    Some(FieldDiff {
        field: name.to_owned(),
        change,
        quantities: quantity::in_runs(&runs),
        runs,
    })
}

/// A field of a goal as text; the parts of a table in the cell one a line, with their labels.
fn value(goal: &Goal, field: Field) -> Option<String> {
    match field {
        Field::Categories => goal.categories.as_ref().map(categories),
        Field::Sections => goal.sections.as_ref().map(sections),
        Field::IndicatorName => names(goal),
        Field::IndicatorBaseline => values(goal, |indicator| indicator.baseline.as_ref()),
        Field::IndicatorTarget => values(goal, |indicator| indicator.target.as_ref()),
        Field::IndicatorActual => values(goal, |indicator| indicator.actual.as_ref()),
        _ => {
            let value = goal.in_field(field).first().copied()?;
            Some(match value.text() {
                Some(text) => text.text.clone(),
                None => unwrapped(value.raw()),
            })
        }
    }
}

/// A short value as it reads: a narrow cell's lines are one.
fn unwrapped(raw: &str) -> String {
    let mut joined = String::new();
    for line in raw.trim().lines() {
        join_wrapped(&mut joined, line);
    }
    joined
}

/// Categories one after the other, however the cell parts them.
fn categories(categories: &Categories) -> String {
    if categories.values.is_empty() {
        return unwrapped(&categories.raw);
    }
    let values: Vec<String> = categories
        .values
        .iter()
        .map(|value| unwrapped(value))
        .collect();
    values.join("／")
}

/// Units by their names, 共通 first: where a cell wraps them says nothing.
fn sections(sections: &Sections) -> String {
    let common = sections.common.then_some("共通");
    let names = sections.names.iter().map(String::as_str);
    let all: Vec<String> = common.into_iter().chain(names).map(unwrapped).collect();
    if all.is_empty() {
        return unwrapped(&sections.raw);
    }
    all.join("、")
}

fn names(goal: &Goal) -> Option<String> {
    lines(goal, |indicator| {
        indicator.name.as_ref().map(|name| name.text.clone())
    })
}

fn values(
    goal: &Goal,
    of: impl Fn(&crate::document::goal::Indicator) -> Option<&Quantity>,
) -> Option<String> {
    lines(goal, |indicator| {
        of(indicator).map(|value| unwrapped(&value.raw))
    })
}

fn lines(
    goal: &Goal,
    of: impl Fn(&crate::document::goal::Indicator) -> Option<String>,
) -> Option<String> {
    let line = |indicator| {
        let value = of(indicator)?;
        let label = indicator.label.as_deref().unwrap_or_default();
        // Where the cell's own text begins with the label it is not put there twice.
        let bare = value.starts_with(label);
        Some(if bare {
            value
        } else {
            format!("{label}{value}")
        })
    };
    let lines: Vec<String> = goal.indicators.iter().filter_map(line).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Typed quantities that differ, of indicators that stand at the same place under the same label.
fn quantities(old: &Goal, new: &Goal, field: Field) -> Vec<QuantityDiff> {
    let of = |goal: &Goal, at: usize| -> Option<Quantity> {
        let indicator = goal.indicators.get(at)?;
        match field {
            Field::IndicatorBaseline => indicator.baseline.clone(),
            Field::IndicatorTarget => indicator.target.clone(),
            Field::IndicatorActual => indicator.actual.clone(),
            _ => None,
        }
    };
    if old.indicators.len() != new.indicators.len() {
        return Vec::new();
    }
    (0..old.indicators.len())
        .filter_map(|at| quantity::typed(&of(old, at)?, &of(new, at)?))
        .collect()
}

/// Whether a sheet has a column for the field; a sheet that says nothing of its columns has those that are filled.
fn has_column(goals: &[&SideGoal], field: Field) -> bool {
    let of_sheet = |sheet: &GoalSheet| {
        sheet
            .columns
            .iter()
            .any(|column| column.field == Some(field))
            || sheet.goals.iter().any(|goal| value(goal, field).is_some())
    };
    goals.iter().any(|goal| of_sheet(goal.sheet))
}

/// Columns that no field claims, by their headings.
fn extra(old: &[&SideGoal], new: &[&SideGoal]) -> Vec<FieldDiff> {
    let mut headings: Vec<(String, String)> = Vec::new();
    for column in old.iter().chain(new).flat_map(|goal| &goal.goal.extra) {
        let name = column.name();
        let folded = key(&name);
        if !headings.iter().any(|(known, _)| *known == folded) {
            headings.push((folded, name));
        }
    }
    let values = |goals: &[&SideGoal], heading: &str| {
        joined(
            goals
                .iter()
                .flat_map(|goal| &goal.goal.extra)
                .filter(|extra| key(&extra.name()) == heading)
                .map(|extra| Some(extra.value.text.clone())),
        )
    };
    headings
        .iter()
        .filter_map(|(folded, heading)| {
            diff(
                &format!("extra.{heading}"),
                &values(old, folded),
                &values(new, folded),
            )
        })
        .collect()
}
