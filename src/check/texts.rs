//! Words of the blank form that were to be written over.

use super::finding::{Fault, Finding};
use crate::document::goal::GoalSheet;
use crate::document::{Field, Goal};
use crate::text::squash;

/// What forms say where something is to be entered, and the marks that stand for a name or a number that is not known yet.
/// One ○ is a grade and two of the same in a row are none: ○○課, ●●件, ××年.
const TEMPLATE: [&str; 15] = [
    "○○",
    "〇〇",
    "◯◯",
    "●●",
    "△△",
    "××",
    "□□",
    "記入例",
    "記載例",
    "（例）",
    "(例)",
    "記入してください",
    "記載してください",
    "入力してください",
    "ここに入力",
];

/// The values of a goal that still have them.
pub(super) fn of_template(sheet: &GoalSheet, goal: &Goal) -> Vec<Finding> {
    let mut findings = Vec::new();
    for field in Field::ALL {
        for value in goal.of(field) {
            let raw = squash(value.raw());
            let left = TEMPLATE.iter().find(|words| raw.contains(**words));
            findings.extend(left.map(|words| {
                Finding::new(Fault::TemplateText {
                    words: (*words).to_owned(),
                })
                .of(&goal.name())
                .under(sheet.heading(field))
                .at(value.places().first().cloned())
                .about(value.raw())
            }));
        }
    }
    findings
}
