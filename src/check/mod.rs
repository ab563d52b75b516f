//! A filled goal sheet -> what it lacks or contradicts, before it is handed in.
//!
//! Each check is a pure function over one sheet. Here belongs what is wrong with what people wrote; what is doubtful about how
//! the file was read is a note of the import.

mod blanks;
pub mod finding;
mod goal;
mod last;
mod numbers;
mod texts;
mod words;
mod years;

use crate::document::goal::GoalSheet;
use crate::document::{Document, Field};
use finding::{Fault, Finding};

/// What a sheet is held against beside itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Against<'a> {
    /// Last year's documents.
    pub last: &'a [Document],
    /// The words that the sheet's form offers for a field; a field that is not here takes any.
    pub choices: &'a [(Field, Vec<String>)],
}

/// The names of all checks, with which they can be left out.
pub const CHECKS: &[&str] = Fault::CODES;

/// Everything that a person should look at, in the order of the sheet: what is about the sheet first, then goal by goal.
pub fn check(sheet: &GoalSheet, against: Against<'_>) -> Vec<Finding> {
    if sheet.goals.is_empty() {
        return vec![Finding::new(Fault::NoGoals)];
    }
    let mut findings = years::prepared(sheet);
    findings.extend(numbers::doubled_and_skipped(sheet));
    let filled = blanks::Filled::of(sheet);
    let numbered = numbers::are_numbered(sheet);
    for goal in &sheet.goals {
        if numbered {
            findings.extend(numbers::missing(goal));
        }
        findings.extend(filled.blanks(sheet, goal));
        findings.extend(years::deadline(sheet, goal));
        findings.extend(years::last_year(sheet, goal));
        findings.extend(blanks::targets(sheet, goal));
        findings.extend(words::outside_list(sheet, goal, against.choices));
        findings.extend(texts::of_template(sheet, goal));
        findings.extend(last::same(goal, against.last));
    }
    findings
}
