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
    own.unwrap_or_else(|| usual(field).to_owned())
}

/// What a field is usually called.
pub(super) fn usual(field: Field) -> &'static str {
    match field {
        Field::Number => "番号",
        Field::Predecessors => "前年度番号",
        Field::Categories => "計画・方針等の分類",
        Field::Item => "実施項目",
        Field::Level => "どの水準まで",
        Field::Methods => "どのような方法で",
        Field::Deadline => "いつまで",
        Field::Sections => "共通/課名",
        Field::IndicatorName => "指標",
        Field::IndicatorBaseline => "現状値",
        Field::IndicatorTarget => "目標値",
        Field::IndicatorActual => "実績値",
        Field::Achievement => "達成状況",
        Field::MidtermProgress => "進捗状況",
        Field::MidtermReview => "上半期の状況や評価",
        Field::MidtermPlan => "下半期の予定",
        Field::YearEndSummary => "1年間の総括",
        Field::YearEndViewpoint => "評価の視点",
        Field::YearEndIssues => "課題と対応",
    }
}
