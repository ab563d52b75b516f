//! What a form has no place for -> lines under the words of its heading.

use super::columns::Column;
use super::value;
use crate::document::goal::GoalSheet;
use crate::document::{Field, Goal};
use crate::text;

/// The values of a goal that none of the columns has.
pub(super) fn lines(goal: &Goal, columns: &[Column], sheet: &GoalSheet) -> String {
    let mut lines: Vec<String> = Vec::new();
    for &field in &Field::ALL {
        if columns.iter().any(|column| column.is(field)) {
            continue;
        }
        let Some(words) = value::words(goal, field) else {
            continue;
        };
        let heading = heading(sheet, field);
        if words.contains('\n') || text::blocks::has_mark(&words) {
            lines.push(format!("【{heading}】\n{words}"));
        } else {
            lines.push(format!("【{heading}】{words}"));
        }
    }
    lines.join("\n")
}

/// The sheet's own words for a field, else the usual ones.
pub(super) fn heading(sheet: &GoalSheet, field: Field) -> String {
    let own = sheet
        .columns
        .iter()
        .find(|column| column.field == Some(field))
        .and_then(|column| column.heading.lines().next())
        .map(text::squash)
        .filter(|heading| !heading.is_empty());
    own.unwrap_or_else(|| field.heading().to_owned())
}
