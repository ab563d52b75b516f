//! A row of a table -> a goal: each cell read as its column's field.

use super::deadline::deadline;
use super::definition::{Layout, Scale};
use super::indicators::{self, Cells};
use super::passage::Passage;
use super::rows::{Columns, Part, Row};
use super::values;
use crate::document::Field;
use crate::document::goal::{Extra, Goal, Indicator, Midterm, YearEnd};
use crate::note::{Note, What};

/// What the values of a goal depend on.
pub(crate) struct Context<'a> {
    pub text: &'a str,
    pub layout: &'a Layout,
    pub fiscal_year: Option<i32>,
    /// The scale of its municipality and year.
    pub scale: Option<&'a Scale>,
}

/// A row -> a goal.
pub(crate) fn goal(
    row: &Row,
    columns: &Columns,
    context: &Context<'_>,
    notes: &mut Vec<Note>,
) -> Goal {
    let text = context.text;
    let cell = |field: Field| {
        columns
            .of(field)
            .and_then(|at| row.cells.get(&at))
            .filter(|cell| !cell.is_blank(text))
    };
    let words = |field: Field| cell(field).map(|cell| cell.to_text(text));
    let has = |fields: &[Field]| fields.iter().any(|&field| columns.of(field).is_some());
    let grade = |field: Field| cell(field).map(|cell| values::grade(cell, text, context.scale));
    Goal {
        number: cell(Field::Number).map(|cell| values::number(cell, text)),
        predecessors: cell(Field::Predecessors).map(|cell| values::predecessors(cell, text)),
        categories: cell(Field::Categories).map(|cell| values::categories(cell, text)),
        item: words(Field::Item),
        level: words(Field::Level),
        methods: words(Field::Methods),
        deadline: cell(Field::Deadline).map(|cell| deadline(cell, text, context.fiscal_year)),
        sections: cell(Field::Sections).map(|cell| values::sections(cell, text)),
        indicators: indicators(row, columns, text, notes),
        achievement: grade(Field::Achievement),
        midterm: has(&[
            Field::MidtermProgress,
            Field::MidtermReview,
            Field::MidtermPlan,
        ])
        .then(|| Midterm {
            progress: grade(Field::MidtermProgress),
            review: words(Field::MidtermReview),
            plan: words(Field::MidtermPlan),
        }),
        year_end: has(&[
            Field::YearEndSummary,
            Field::YearEndViewpoint,
            Field::YearEndIssues,
        ])
        .then(|| YearEnd {
            summary: words(Field::YearEndSummary),
            viewpoint: words(Field::YearEndViewpoint),
            issues: words(Field::YearEndIssues),
        }),
        extra: extra(row, columns, text),
    }
}

/// A goal's indicators. Where the goal has several physical rows and the indicators' cells stand in them,
/// each stretch of rows that no such cell runs over is read on its own.
fn indicators(row: &Row, columns: &Columns, text: &str, notes: &mut Vec<Note>) -> Vec<Indicator> {
    let groups = columns.indicator_groups().into_iter();
    groups
        .flat_map(|of| of_group(row, of, text, notes))
        .collect()
}

fn of_group(
    row: &Row,
    of: [Option<usize>; 4],
    text: &str,
    notes: &mut Vec<Note>,
) -> Vec<Indicator> {
    let parts: Vec<&Part> = row
        .parts
        .iter()
        .filter(|part| of.contains(&Some(part.column)))
        .collect();
    let mut cuts: Vec<u32> = parts.iter().map(|part| part.rows.0).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.retain(|&cut| {
        !parts
            .iter()
            .any(|part| part.rows.0 < cut && cut <= part.rows.1)
    });
    if cuts.len() < 2 {
        let cells = of.map(|column| {
            column
                .and_then(|column| row.cells.get(&column))
                .filter(|cell| !cell.is_blank(text))
        });
        return indicators::indicators(&cells_of(cells), text, notes);
    }
    let mut found = Vec::new();
    for (at, &from) in cuts.iter().enumerate() {
        let to = cuts.get(at + 1).copied().unwrap_or(u32::MAX);
        let cells = of.map(|column| {
            let mut cell = Passage::default();
            for part in parts
                .iter()
                .filter(|part| Some(part.column) == column && (from..to).contains(&part.rows.0))
            {
                cell.append(part.passage.clone());
            }
            cell
        });
        let cells = cells
            .each_ref()
            .map(|cell| (!cell.is_blank(text)).then_some(cell));
        found.extend(indicators::indicators(&cells_of(cells), text, notes));
    }
    found
}

fn cells_of([names, baselines, targets, actuals]: [Option<&Passage>; 4]) -> Cells<'_> {
    Cells {
        names,
        baselines,
        targets,
        actuals,
    }
}

/// The cells of columns that no field claims.
fn extra(row: &Row, columns: &Columns, text: &str) -> Vec<Extra> {
    let unclaimed = |at: &usize| {
        columns
            .matches
            .get(*at)
            .is_some_and(|found| found.field().is_none())
    };
    row.cells
        .iter()
        .filter(|(at, cell)| unclaimed(at) && !cell.is_blank(text))
        .map(|(&at, cell)| {
            let headed = columns.headed.get(at);
            let plain =
                |headings: &[Passage]| headings.iter().map(|heading| heading.plain(text)).collect();
            Extra {
                heading: headed
                    .map(|column| column.heading.plain(text))
                    .unwrap_or_default(),
                parents: headed
                    .map(|column| plain(&column.parents))
                    .unwrap_or_default(),
                value: cell.to_text(text),
            }
        })
        .collect()
}

/// Notes about a goal's values that a person should look at.
pub(crate) fn check_goal(goal: &Goal, context: &Context<'_>, notes: &mut Vec<Note>) {
    use crate::document::value::DeadlineKind;
    if let Some(number) = goal.number.as_ref().filter(|number| number.value.is_none()) {
        notes.push(
            Note::new(What::NumberUnreadable)
                .at(number.places.first().cloned())
                .about(&number.raw),
        );
    }
    if let Some(deadline) = &goal.deadline {
        let what = match deadline.kind {
            DeadlineKind::Unknown => Some(What::DeadlineUnknown),
            DeadlineKind::FutureYear => Some(What::DeadlineLaterYear),
            _ => None,
        };
        notes.extend(what.map(|what| {
            Note::new(what)
                .at(deadline.places.first().cloned())
                .about(&deadline.raw)
        }));
    }
    let grades = [
        goal.achievement.as_ref(),
        goal.midterm
            .as_ref()
            .and_then(|midterm| midterm.progress.as_ref()),
    ];
    if context.layout.scales.is_empty() {
        return;
    }
    for grade in grades
        .into_iter()
        .flatten()
        .filter(|grade| grade.group.is_none())
    {
        let what = match context.scale {
            Some(scale) => What::GradeUnknown {
                scale: scale.name.clone(),
            },
            None => What::NoScale,
        };
        notes.push(
            Note::new(what)
                .at(grade.places.first().cloned())
                .about(&grade.raw),
        );
    }
}
