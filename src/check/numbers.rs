//! The numbers of a sheet's goals: missing, doubled, skipped.

use std::collections::BTreeSet;

use super::finding::{Fault, Finding};
use super::goal::first_place;
use crate::document::goal::GoalSheet;
use crate::document::{Field, Goal};

/// Whether the sheet numbers its goals.
pub(super) fn are_numbered(sheet: &GoalSheet) -> bool {
    let mut columns = sheet.columns.iter();
    columns.any(|column| column.field == Some(Field::Number))
}

/// A goal without a number that can be read.
pub(super) fn missing(goal: &Goal) -> Option<Finding> {
    let value = goal.number.as_ref().and_then(|number| number.value);
    value.is_none().then(|| {
        let place = goal
            .number
            .as_ref()
            .and_then(|number| number.places.first().cloned());
        Finding::new(Fault::NumberMissing)
            .of(&goal.name())
            .at(place.or_else(|| first_place(goal)))
    })
}

/// Numbers that stand twice or leave some out. A list that begins again at 1, as one for each section does, is a list of
/// its own.
pub(super) fn doubled_and_skipped(sheet: &GoalSheet) -> Vec<Finding> {
    let column = sheet.heading(Field::Number);
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    let mut before: Option<i64> = None;
    for goal in &sheet.goals {
        let Some(number) = &goal.number else { continue };
        let Some(value) = number.value else { continue };
        if value == 1 && before.is_some_and(|before| before > 1) {
            seen.clear();
            before = None;
        }
        let fault = if seen.insert(value) {
            let skipped = before.filter(|&before| value > before + 1);
            skipped.map(|before| Fault::NumberSkipped {
                before,
                after: value,
            })
        } else {
            Some(Fault::NumberDoubled { number: value })
        };
        findings.extend(fault.map(|fault| {
            Finding::new(fault)
                .of(&goal.name())
                .under(&*column)
                .at(number.places.first().cloned())
        }));
        before = before.max(Some(value));
    }
    findings
}
