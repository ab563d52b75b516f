//! Goals through the years -> flat rows: one for each goal, its columns for each year.

use super::pairs::{named, words};
use super::{Column, Kind, Value};
use crate::compare::chains::{Chain, Link};
use crate::compare::comparison::{GoalRef, Side};
use crate::document::value::Grade;
use crate::document::{Document, Goal, Import, by_year};

/// The columns that say what goal it is.
const GOAL: &[(&str, Kind)] = &[
    ("chain", Kind::Integer),
    ("item", Kind::Text),
    ("department", Kind::Text),
    ("sections", Kind::Text),
    ("first_fiscal_year", Kind::Integer),
    ("last_fiscal_year", Kind::Integer),
    ("years", Kind::Integer),
];
/// The columns of a year, each under its name and the year.
const YEAR: &[(&str, Kind)] = &[
    ("achievement", Kind::Text),
    ("achievement_group", Kind::Text),
    ("number", Kind::Text),
    ("item", Kind::Text),
    ("change", Kind::Text),
    ("besides", Kind::Text),
];

/// Flat rows whose columns depend on what was compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The columns' names and kinds, left to right.
    pub columns: Vec<(String, Kind)>,
    /// The rows; each has a cell for each column.
    pub rows: Vec<Vec<Value>>,
}

impl Rows {
    /// The columns as the writers take them.
    pub fn columns(&self) -> Vec<Column<'_>> {
        let columns = self.columns.iter();
        columns
            .map(|(name, kind)| Column { name, kind: *kind })
            .collect()
    }
}

/// The goals of each year's imports, by the chains that follow them. Columns of one kind stand together:
/// `achievement_2022`, `achievement_2023`, …
pub fn rows(chains: &[Chain], sides: &[&Side], imports: &[Vec<Import>]) -> Rows {
    let names = year_names(sides);
    let years: Vec<Option<i32>> = sides.iter().map(|side| year(side)).collect();
    let mut columns: Vec<(String, Kind)> = GOAL
        .iter()
        .map(|(name, kind)| ((*name).to_owned(), *kind))
        .collect();
    for (name, kind) in YEAR {
        columns.extend(names.iter().map(|year| (format!("{name}_{year}"), *kind)));
    }
    let documents = by_year(imports);
    let row = |(at, chain): (usize, &Chain)| {
        let mut cells = of_goal(at, chain, &years, &documents);
        for (name, _) in YEAR {
            let links = chain.years.iter().zip(&documents);
            cells.extend(links.map(|(link, documents)| {
                link.as_ref().map_or(Value::Null, |link| {
                    of_year(name, link, goal(documents, &link.goal))
                })
            }));
        }
        cells
    };
    Rows {
        rows: chains.iter().enumerate().map(row).collect(),
        columns,
    }
}

fn of_goal(
    at: usize,
    chain: &Chain,
    years: &[Option<i32>],
    documents: &[Vec<&Document>],
) -> Vec<Value> {
    let (first, last, count) = chain.span().unwrap_or_default();
    let last_goal = chain.last();
    let department = last_goal.and_then(|goal| {
        let sheet = sheet(documents.get(last)?, goal)?;
        sheet.organization.as_ref()?.department.clone()
    });
    let year = |at: usize| {
        let year = years.get(at).copied().flatten();
        year.map_or(Value::Null, |year| Value::Integer(year.into()))
    };
    vec![
        Value::Integer(at as i64 + 1),
        words(
            last_goal
                .and_then(|goal| goal.item.as_deref())
                .unwrap_or_default(),
        ),
        words(&department.unwrap_or_default()),
        words(
            &last_goal
                .map(|goal| goal.sections.join("、"))
                .unwrap_or_default(),
        ),
        year(first),
        year(last),
        Value::Integer(count as i64),
    ]
}

fn of_year(name: &str, link: &Link, goal: Option<&Goal>) -> Value {
    let grade = goal.and_then(|goal| goal.achievement.as_ref());
    match name {
        "achievement" => words(&grade.map(achievement).unwrap_or_default()),
        "achievement_group" => words(
            &grade
                .and_then(|grade| grade.group)
                .map(|group| named(&group))
                .unwrap_or_default(),
        ),
        "number" => words(link.goal.number.as_deref().unwrap_or_default()),
        "item" => words(link.goal.item.as_deref().unwrap_or_default()),
        "change" => words(&link.change.map(|change| named(&change)).unwrap_or_default()),
        _ => words(&besides(link)),
    }
}

/// A grade on one line.
pub(in crate::write) fn achievement(grade: &Grade) -> String {
    grade.raw.split_whitespace().collect()
}

/// Goals of the year before that it came from too: 3 空き家の調査.
fn besides(link: &Link) -> String {
    let shown = link.besides.iter().map(|goal| {
        let parts = [goal.number.as_deref(), goal.item.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    shown.collect::<Vec<_>>().join("; ")
}

fn sheet<'a>(documents: &[&'a Document], goal: &GoalRef) -> Option<&'a crate::document::GoalSheet> {
    match documents.get(goal.document)? {
        Document::GoalSheet(sheet) => Some(sheet),
        Document::Policy(_) => None,
    }
}

/// A goal among the documents of its year.
pub(in crate::write) fn goal<'a>(documents: &[&'a Document], goal: &GoalRef) -> Option<&'a Goal> {
    sheet(documents, goal)?.goals.get(goal.goal)
}

fn year(side: &Side) -> Option<i32> {
    side.fiscal_year().map(|year| year.year)
}

/// What tells each year's columns: its number; its place among them where that is not known or not its own.
fn year_names(sides: &[&Side]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        let name = year(side).map_or_else(|| format!("side{}", at + 1), |year| year.to_string());
        let name = if names.contains(&name) {
            format!("{name}_{}", at + 1)
        } else {
            name
        };
        names.push(name);
    }
    names
}
