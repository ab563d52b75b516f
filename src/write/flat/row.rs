//! One goal -> its flat rows.

use serde::Serialize;

use super::{Flag, Value};
#[cfg(feature = "sqlite")]
use crate::document::Policy;
use crate::document::Source;
use crate::document::goal::{Goal, GoalSheet, Indicator};
use crate::document::value::{Day, FiscalYear, Grade, Municipality, Organization, Quantity, Text};
use crate::text::date::Date;

/// The cells that all goals of a sheet have in common.
pub(super) fn head(
    source: &Source,
    duplicate_of: Option<&str>,
    document: usize,
    sheet: &GoalSheet,
) -> Vec<Value> {
    let mut cells = vec![
        words(Some(&source.file)),
        words(Some(&source.sha256)),
        words(duplicate_of),
        counted(document),
    ];
    cells.extend(sheet_head(sheet));
    cells
}

/// What a sheet says about itself.
pub(in crate::write) fn sheet_head(sheet: &GoalSheet) -> Vec<Value> {
    let said = Said {
        layout: &sheet.layout,
        title: sheet.title.as_ref(),
        municipality: sheet.municipality.as_ref(),
        year: sheet.fiscal_year.as_ref(),
        unit: sheet.organization.as_ref(),
        day: sheet.prepared_on.as_ref(),
        post: sheet.post.as_ref().map(|post| post.text.as_str()),
        person: sheet.person.as_ref().map(|person| person.text.as_str()),
    };
    said.cells()
}

/// What a notice says about itself; its signatory stands for post and person.
#[cfg(feature = "sqlite")]
pub(in crate::write) fn policy_head(policy: &Policy) -> Vec<Value> {
    let issuer = policy.issuer.as_ref();
    let said = Said {
        layout: &policy.layout,
        title: Some(&policy.title),
        municipality: policy.municipality.as_ref(),
        year: policy.fiscal_year.as_ref(),
        unit: issuer.and_then(|issuer| issuer.organization.as_ref()),
        day: policy.issued_on.as_ref(),
        post: issuer.and_then(|issuer| issuer.post.as_deref()),
        person: issuer.and_then(|issuer| issuer.person.as_deref()),
    };
    said.cells()
}

/// What documents of both kinds say about themselves.
struct Said<'a> {
    layout: &'a str,
    title: Option<&'a Text>,
    municipality: Option<&'a Municipality>,
    year: Option<&'a FiscalYear>,
    unit: Option<&'a Organization>,
    day: Option<&'a Day>,
    post: Option<&'a str>,
    person: Option<&'a str>,
}

impl Said<'_> {
    fn cells(&self) -> Vec<Value> {
        let of_city =
            |part: fn(&Municipality) -> Option<&str>| words(self.municipality.and_then(part));
        let of_unit = |part: fn(&Organization) -> Option<&str>| words(self.unit.and_then(part));
        vec![
            words(Some(self.layout)),
            text(self.title),
            of_city(|city| city.code.as_deref()),
            of_city(|city| city.name.as_deref()),
            self.year
                .map_or(Value::Null, |year| Value::Integer(i64::from(year.year))),
            self.year.map_or(Value::Null, |year| {
                let number = match year.era_year {
                    1 => "元".to_owned(),
                    number => number.to_string(),
                };
                Value::Text(format!("{}{number}年度", year.era))
            }),
            day(self.year.map(|year| year.start)),
            day(self.year.map(|year| year.end)),
            self.unit.map_or(Value::Null, |unit| raw(&unit.raw)),
            of_unit(|unit| unit.department.as_deref()),
            of_unit(|unit| unit.section.as_deref()),
            of_unit(|unit| unit.unit.as_deref()),
            day(self.day.and_then(|day| day.date)),
            words(self.post),
            words(self.person),
        ]
    }
}

/// The rows of a goal: one for each indicator, or one without.
pub(super) fn goal(head: &[Value], position: usize, goal: &Goal) -> Vec<Vec<Value>> {
    let before = goal_cells(position, goal);
    let after = review_cells(goal);
    let row =
        |indicator: Vec<Value>| -> Vec<Value> { [head, &before, &indicator, &after].concat() };
    if goal.indicators.is_empty() {
        return vec![row(indicator_cells(None))];
    }
    goal.indicators
        .iter()
        .enumerate()
        .map(|numbered| row(indicator_cells(Some(numbered))))
        .collect()
}

pub(in crate::write) fn goal_cells(position: usize, goal: &Goal) -> Vec<Value> {
    let number = goal.number.as_ref();
    let deadline = goal.deadline.as_ref();
    let sections = goal.sections.as_ref();
    vec![
        counted(position),
        number
            .and_then(|number| number.value)
            .map_or(Value::Null, Value::Integer),
        number.map_or(Value::Null, |number| raw(&number.raw)),
        list(
            goal.predecessors
                .as_ref()
                .map(|value| value.numbers.as_slice()),
        ),
        list(
            goal.categories
                .as_ref()
                .map(|value| value.values.as_slice()),
        ),
        text(goal.item.as_ref()),
        text(goal.level.as_ref()),
        text(goal.methods.as_ref()),
        deadline.map_or(Value::Null, |deadline| raw(&deadline.raw)),
        deadline.map_or(Value::Null, |deadline| named(deadline.kind)),
        day(deadline.and_then(|deadline| deadline.from)),
        day(deadline.and_then(|deadline| deadline.to)),
        list(sections.map(|sections| sections.names.as_slice())),
        sections.map_or(Value::Null, |sections| flag(sections.common)),
    ]
}

pub(in crate::write) fn indicator_cells(numbered: Option<(usize, &Indicator)>) -> Vec<Value> {
    let indicator = numbered.map(|(_, indicator)| indicator);
    let mut cells = vec![
        numbered.map_or(Value::Null, |(at, _)| counted(at)),
        words(indicator.and_then(|indicator| indicator.label.as_deref())),
        text(indicator.and_then(|indicator| indicator.name.as_ref())),
    ];
    cells.extend(quantity(indicator.and_then(|of| of.baseline.as_ref())));
    cells.extend(quantity(indicator.and_then(|of| of.target.as_ref())));
    cells.extend(quantity(indicator.and_then(|of| of.actual.as_ref())));
    cells
}

/// As written, the number with its factor, unit, comparator, per, cumulative, note.
fn quantity(quantity: Option<&Quantity>) -> [Value; 7] {
    let Some(quantity) = quantity else {
        return std::array::from_fn(|_| Value::Null);
    };
    let number = quantity.value.as_ref().and_then(serde_json::Number::as_f64);
    [
        raw(&quantity.raw),
        number.map_or(Value::Null, |number| {
            Value::Number(number * quantity.multiplier as f64)
        }),
        words(quantity.unit.as_deref()),
        quantity.comparator.map_or(Value::Null, named),
        list(Some(&quantity.per)),
        flag(quantity.cumulative),
        words(quantity.note.as_deref()),
    ]
}

pub(in crate::write) fn review_cells(goal: &Goal) -> Vec<Value> {
    let midterm = goal.midterm.as_ref();
    let year_end = goal.year_end.as_ref();
    let achievement = goal.achievement.as_ref();
    let progress = midterm.and_then(|midterm| midterm.progress.as_ref());
    let group = |grade: Option<&Grade>| {
        grade
            .and_then(|grade| grade.group)
            .map_or(Value::Null, named)
    };
    let word = |grade: Option<&Grade>| grade.map_or(Value::Null, |grade| raw(&grade.raw));
    let extra: Vec<String> = goal
        .extra
        .iter()
        .map(|extra| format!("{}: {}", extra.name(), extra.value.text))
        .collect();
    vec![
        word(achievement),
        group(achievement),
        words(achievement.and_then(|grade| grade.scale.as_deref())),
        word(progress),
        group(progress),
        text(midterm.and_then(|midterm| midterm.review.as_ref())),
        text(midterm.and_then(|midterm| midterm.plan.as_ref())),
        text(year_end.and_then(|year_end| year_end.summary.as_ref())),
        text(year_end.and_then(|year_end| year_end.viewpoint.as_ref())),
        text(year_end.and_then(|year_end| year_end.issues.as_ref())),
        words((!extra.is_empty()).then(|| extra.join("\n")).as_deref()),
    ]
}

fn words(text: Option<&str>) -> Value {
    text.filter(|text| !text.is_empty())
        .map_or(Value::Null, |text| Value::Text(text.to_owned()))
}

fn text(text: Option<&Text>) -> Value {
    words(text.map(|text| text.text.as_str()))
}

/// A short value as written, its lines joined.
fn raw(raw: &str) -> Value {
    words(Some(&crate::write::table::joined(raw)))
}

/// Counted from 1.
fn counted(at: usize) -> Value {
    Value::Integer(at as i64 + 1)
}

fn day(date: Option<Date>) -> Value {
    date.map_or(Value::Null, Value::Day)
}

fn flag(is_so: bool) -> Value {
    Value::Flag(if is_so { Flag::Yes } else { Flag::No })
}

/// Several values in one cell: a line break between them, which none of them has.
fn list(values: Option<&[String]>) -> Value {
    words(values.map(|values| values.join("\n")).as_deref())
}

/// The word that the JSON has for a member of a closed list.
fn named(member: impl Serialize) -> Value {
    serde_json::to_value(member)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .map_or(Value::Null, Value::Text)
}
