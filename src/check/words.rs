//! Words that the form's list does not offer.

use super::finding::{Fault, Finding};
use crate::document::goal::GoalSheet;
use crate::document::value::Sourced;
use crate::document::{Field, Goal};
use crate::text;

/// The words of a goal that its form's lists lack. Categories may be several in one cell; each is a word.
pub(super) fn outside_list(
    sheet: &GoalSheet,
    goal: &Goal,
    choices: &[(Field, Vec<String>)],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (field, words) in choices.iter().filter(|(_, words)| !words.is_empty()) {
        for value in goal.of(*field) {
            let outside = spoken(goal, *field, value).into_iter().filter(|word| {
                !words
                    .iter()
                    .any(|known| text::key(known) == text::key(word))
            });
            findings.extend(outside.map(|word| {
                Finding::new(Fault::WordOutsideList {
                    words: words.join("、"),
                })
                .of(&goal.name())
                .under(sheet.heading(*field))
                .at(value.places().first().cloned())
                .about(word)
            }));
        }
    }
    findings
}

fn spoken(goal: &Goal, field: Field, value: &dyn Sourced) -> Vec<String> {
    match (field, &goal.categories) {
        (Field::Categories, Some(categories)) => categories.values.clone(),
        _ => vec![value.raw().to_owned()],
    }
}
