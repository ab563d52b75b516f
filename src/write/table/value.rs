//! A goal's values -> the words or numbers that stand in its cells.

use super::Content;
use crate::document::Field;
use crate::document::goal::{Goal, Indicator};
use crate::document::value::{Categories, Grade, Predecessors, Quantity, Sections, Sourced, Text};
use crate::place::Place;
use crate::text::setting::numbers;
use crate::text::{self, blocks, organization};

/// What stands in the cell of a field; `None`: the goal has no such value.
pub(super) fn content(goal: &Goal, field: Field) -> Option<Content> {
    if field == Field::Number
        && let Some(number) = &goal.number
        && let Some(value) = number.value
        && number
            .raw
            .trim()
            .bytes()
            .all(|digit| digit.is_ascii_digit())
    {
        return Some(Content::Number(value));
    }
    match text(goal, field) {
        Some(text) if !text.text.is_empty() => Some(Content::words(as_written(text))),
        _ => words(goal, field).map(Content::words),
    }
}

/// A text as it is printed: from a spreadsheet with its own spaces and empty lines, since all its line breaks are its
/// writer's; from elsewhere with wrapped lines joined. A text that was repaired or changed since is printed as it is now.
fn as_written(text: &Text) -> &str {
    let is_cell = |place: &Place| matches!(place, Place::Cell { .. });
    let lines = |words: &str| -> Vec<String> {
        let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    let is_cell_text = !text.places.is_empty() && text.places.iter().all(is_cell);
    if is_cell_text && lines(&text.raw) == lines(&text.text) {
        &text.raw
    } else {
        &text.text
    }
}

/// The value of a field that is a text.
fn text(goal: &Goal, field: Field) -> Option<&Text> {
    let midterm = goal.midterm.as_ref();
    let year_end = goal.year_end.as_ref();
    match field {
        Field::Item => goal.item.as_ref(),
        Field::Level => goal.level.as_ref(),
        Field::Methods => goal.methods.as_ref(),
        Field::MidtermReview => midterm?.review.as_ref(),
        Field::MidtermPlan => midterm?.plan.as_ref(),
        Field::YearEndSummary => year_end?.summary.as_ref(),
        Field::YearEndViewpoint => year_end?.viewpoint.as_ref(),
        Field::YearEndIssues => year_end?.issues.as_ref(),
        _ => None,
    }
}

/// The same as words.
pub(super) fn words(goal: &Goal, field: Field) -> Option<String> {
    let midterm = goal.midterm.as_ref();
    let found = match field {
        Field::Number => goal.number.as_ref().map(|number| joined(&number.raw)),
        Field::Predecessors => goal.predecessors.as_ref().map(predecessors),
        Field::Categories => goal.categories.as_ref().map(categories),
        Field::Deadline => goal.deadline.as_ref().map(|deadline| joined(&deadline.raw)),
        Field::Sections => goal.sections.as_ref().map(sections),
        Field::IndicatorName => indicator_names(&goal.indicators),
        Field::IndicatorBaseline => quantities(&goal.indicators, |of| of.baseline.as_ref()),
        Field::IndicatorTarget => quantities(&goal.indicators, |of| of.target.as_ref()),
        Field::IndicatorActual => quantities(&goal.indicators, |of| of.actual.as_ref()),
        Field::Achievement => goal.achievement.as_ref().map(grade),
        Field::MidtermProgress => midterm?.progress.as_ref().map(grade),
        texts => text(goal, texts).map(|text| text.text.clone()),
    };
    found.filter(|words| !words.is_empty())
}

/// The lines of a short value as one, with a break only before a list mark: where its lines ended is a
/// matter of the column that it stood in.
pub(crate) fn joined(raw: &str) -> String {
    let mut words = String::new();
    for line in text::clean(raw)
        .lines()
        .filter(|line| !line.trim().is_empty())
    {
        if words.is_empty() {
            words.push_str(line.trim());
        } else if blocks::has_mark(line.trim()) || numbers::meet(&words, line.trim()) {
            words.push('\n');
            words.push_str(line.trim());
        } else {
            text::join_wrapped(&mut words, line.trim_end());
        }
    }
    words
}

fn grade(grade: &Grade) -> String {
    joined(&grade.raw)
}

fn predecessors(predecessors: &Predecessors) -> String {
    if predecessors.numbers.is_empty() {
        return joined(predecessors.raw());
    }
    predecessors.numbers.join(", ")
}

fn categories(categories: &Categories) -> String {
    if categories.values.is_empty() {
        return joined(&categories.raw);
    }
    categories.values.join("／")
}

/// A section list in the writing that is read back as the same list: the source's where it does, else a line
/// for each name.
fn sections(sections: &Sections) -> String {
    let mut lines: Vec<&str> = Vec::new();
    if sections.common {
        lines.push("共通");
    }
    lines.extend(sections.names.iter().map(String::as_str));
    let one_line = joined(&sections.raw);
    let same = |lines: &[&str]| {
        let (names, common) = organization::units(lines);
        names == sections.names && common == sections.common
    };
    let mixed = sections.common && !sections.names.is_empty();
    if !mixed && same(&[&one_line]) {
        one_line
    } else if same(&lines) {
        lines.join("\n")
    } else {
        one_line
    }
}

/// The labels that stand for nothing else are printed with the names.
fn indicator_names(indicators: &[Indicator]) -> Option<String> {
    let of = |indicator: &Indicator| {
        let name = indicator.name.as_ref().map(|name| name.text.clone());
        let has_value = indicator.baseline.is_some()
            || indicator.target.is_some()
            || indicator.actual.is_some();
        match name {
            Some(name) => Some(labelled(indicator.label.as_deref(), &name)),
            None if has_value => None,
            None => indicator.label.clone(),
        }
    };
    lines(indicators.iter().filter_map(of))
}

fn quantities(
    indicators: &[Indicator],
    part: fn(&Indicator) -> Option<&Quantity>,
) -> Option<String> {
    let of = |indicator: &Indicator| {
        part(indicator).map(|quantity| labelled(indicator.label.as_deref(), &joined(&quantity.raw)))
    };
    lines(indicators.iter().filter_map(of))
}

fn lines(entries: impl Iterator<Item = String>) -> Option<String> {
    let entries: Vec<String> = entries.collect();
    (!entries.is_empty()).then(|| entries.join("\n"))
}

/// A label of one sign stands directly before its words; longer ones need a space: ①ー1 12件.
fn labelled(label: Option<&str>, words: &str) -> String {
    match label {
        None => words.to_owned(),
        Some(label) if label.chars().count() == 1 => format!("{label}{words}"),
        Some(label) => format!("{label} {words}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_values_are_one_line_but_marks_begin_lines() {
        assert_eq!(joined("高度に\n達成した"), "高度に達成した");
        assert_eq!(joined("機器撤去\n・用途の検討"), "機器撤去\n・用途の検討");
        assert_eq!(joined("Web\nsite"), "Web site");
    }

    #[test]
    fn sections_are_written_so_that_they_are_read_back() {
        let value = |raw: &str, names: &[&str], common| Sections {
            raw: raw.to_owned(),
            names: names.iter().map(|&name| name.to_owned()).collect(),
            common,
            places: Vec::new(),
            origin: Vec::new(),
        };
        assert_eq!(
            sections(&value("課税課・納税課", &["課税課", "納税課"], false)),
            "課税課・納税課"
        );
        assert_eq!(
            sections(&value("共通\n職員課", &["職員課"], true)),
            "共通\n職員課"
        );
        assert_eq!(
            sections(&value("公共施設再\n編担当", &["公共施設再編担当"], false)),
            "公共施設再編担当"
        );
        assert_eq!(
            sections(&value("秘書課\n広報課", &["秘書課", "広報課"], false)),
            "秘書課\n広報課"
        );
    }
}
