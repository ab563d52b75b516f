//! Cells that are empty where the other goals have something, and indicators without a target.

use super::finding::{Fault, Finding};
use super::goal::empty_cell;
use crate::document::goal::{Column, GoalSheet};
use crate::document::{Field, Goal};
use crate::text::{same_squashed, squash};

/// The columns that most goals of a sheet have filled in.
pub(super) struct Filled<'a>(Vec<&'a Column>);

impl<'a> Filled<'a> {
    /// A column is one that is filled in if more goals have something there than have not: one that few have filled in is
    /// written later in the year, or only where there is something to say.
    pub fn of(sheet: &'a GoalSheet) -> Self {
        let is_usual = |column: &&Column| {
            let filled = sheet.goals.iter().filter(|goal| is_filled(column, goal));
            !may_stay_empty(column) && filled.count() * 2 > sheet.goals.len()
        };
        Self(sheet.columns.iter().filter(is_usual).collect())
    }

    /// The cells of a goal that are empty there.
    pub fn blanks(&self, sheet: &GoalSheet, goal: &Goal) -> Vec<Finding> {
        let empty = self.0.iter().filter(|column| !is_filled(column, goal));
        empty
            .filter(|column| sheet.goals.len() > 1 || column.field == Some(Field::Item))
            .map(|column| {
                Finding::new(Fault::BlankCell)
                    .of(&goal.name())
                    .under(squash(&column.heading))
                    .at(empty_cell(column, goal))
            })
            .collect()
    }
}

/// What is no fault when it is empty: a new goal has no predecessor, 備考 has something only where there is something to
/// say; numbers and targets have checks of their own.
fn may_stay_empty(column: &Column) -> bool {
    match column.field {
        Some(field) => matches!(
            field,
            Field::Number
                | Field::Predecessors
                | Field::IndicatorName
                | Field::IndicatorBaseline
                | Field::IndicatorTarget
        ),
        None => ["備考", "摘要", ""].contains(&squash(&column.heading).as_str()),
    }
}

fn is_filled(column: &Column, goal: &Goal) -> bool {
    let Some(field) = column.field else {
        return goal.extra.iter().any(|extra| {
            let same = |a: &str, b: &str| same_squashed(a.chars(), b.chars());
            let parents = || extra.parents.iter().zip(&column.parents);
            same(&extra.heading, &column.heading)
                && extra.parents.len() == column.parents.len()
                && parents().all(|(a, b)| same(a, b))
                && !extra.value.raw.trim().is_empty()
        });
    };
    goal.of(field)
        .iter()
        .any(|value| !value.raw().trim().is_empty())
}

/// Indicators that have a name and no target, where the sheet has a column for targets.
pub(super) fn targets(sheet: &GoalSheet, goal: &Goal) -> Vec<Finding> {
    let target = sheet.heading(Field::IndicatorTarget);
    if target.is_empty() {
        return Vec::new();
    }
    let lacking = goal
        .indicators
        .iter()
        .filter(|indicator| indicator.target.is_none());
    lacking
        .filter_map(|indicator| indicator.name.as_ref())
        .map(|indicator| {
            Finding::new(Fault::TargetMissing)
                .of(&goal.name())
                .under(&*target)
                .at(indicator.places.first().cloned())
                .about(&*indicator.raw)
        })
        .collect()
}
