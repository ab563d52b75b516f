//! Goals that last year's sheet has word for word.

use super::finding::{Fault, Finding};
use super::goal::first_place;
use crate::document::{Document, Goal};
use crate::text::squash;

/// What a goal sets out to do: item, level and methods, without white space. `None` if it says too little to be told from
/// another: the item alone comes again each year.
fn words(goal: &Goal) -> Option<[String; 3]> {
    let parts = [&goal.item, &goal.level, &goal.methods].map(|text| {
        text.as_ref()
            .map_or(String::new(), |text| squash(&text.text))
    });
    let said = parts.iter().filter(|part| !part.is_empty());
    (said.count() >= 2).then_some(parts)
}

/// The goal of last year that this one repeats.
pub(super) fn same(goal: &Goal, last: &[Document]) -> Option<Finding> {
    let own = words(goal)?;
    let sheets = last.iter().filter_map(|document| match document {
        Document::GoalSheet(sheet) => Some(sheet),
        Document::Policy(_) => None,
    });
    let mut goals = sheets.flat_map(|sheet| &sheet.goals);
    let repeated = goals.find(|old| words(old).as_ref() == Some(&own))?;
    let number = repeated.number.as_ref().map(|number| squash(&number.raw));
    Some(
        Finding::new(Fault::SameAsLast {
            number: number.unwrap_or_default(),
        })
        .of(&goal.name())
        .at(first_place(goal)),
    )
}
