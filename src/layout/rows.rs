//! Rows of a table -> goals: which physical rows are one goal, and what each cell is.

use std::collections::BTreeMap;

use super::deadline::deadline;
use super::definition::Layout;
use super::find::{Headed, Match};
use super::indicators::{self, Cells};
use super::passage::Passage;
use super::table::{Extent, Table, is_blank};
use super::values;
use crate::document::Field;
use crate::document::goal::{Extra, Goal, Midterm, YearEnd};
use crate::note::{Note, What};
use crate::sheet::{Cell, TextRange};
use crate::text;

/// One goal's cells, by index of the heading's column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// What stands in each column.
    pub cells: BTreeMap<usize, Passage>,
    /// Cells that this row shares with others because they are merged over them.
    pub shared: Vec<TextRange>,
}

/// A table's columns with their fields.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    pub headed: Vec<Headed>,
    pub matches: Vec<Match>,
}

impl Columns {
    /// The column that a field was matched to.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.matches
            .iter()
            .position(|found| found.field() == Some(field))
    }

    /// The column that a cell stands in, within the heading's own grid or on another page.
    fn column(&self, cell: &Cell, place: Side) -> Option<usize> {
        let holds = |extent: &Extent| match place {
            Side::SameGrid => extent.holds(cell),
            Side::OtherGrid => extent.holds_across(cell),
        };
        self.headed.iter().position(|column| holds(&column.extent))
    }
}

/// Whether rows stand in the grid that has their heading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Side {
    SameGrid,
    OtherGrid,
}

/// What a stretch of a grid's rows gives: goals' rows, and cells that are no goal's.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub rows: Vec<Row>,
    /// Cells outside the columns and rows of remarks, with whether goals follow them.
    pub rest: Vec<Passage>,
}

/// The rows `from..=to` of a grid.
pub(crate) fn rows(
    table: &Table<'_>,
    from: u32,
    to: u32,
    columns: &Columns,
    side: Side,
    text: &str,
) -> Rows {
    let mut found = Rows::default();
    let keys: Vec<usize> = [Field::Number, Field::Item]
        .iter()
        .filter_map(|&field| columns.of(field))
        .collect();
    let mut groups: Vec<(u32, u32)> = Vec::new();
    for row in table.rows().filter(|row| (from..=to).contains(row)) {
        if is_remark(table, row, columns, side, text) {
            found.rest.extend(table.starting(row).map(Passage::of_cell));
            continue;
        }
        match groups.last_mut() {
            Some(last) if goes_on(table, row, *last, &keys, columns, side, text) => last.1 = row,
            _ => groups.push((row, row)),
        }
    }
    for &(first, last) in &groups {
        let row = collect(
            table,
            (first, last),
            &groups,
            columns,
            side,
            text,
            &mut found.rest,
        );
        found.rows.push(row);
    }
    found
}

/// A row that is no goal: one cell with text that stands over several columns or begins with ※, or text in
/// the first column that is no number while every other column is blank.
fn is_remark(table: &Table<'_>, row: u32, columns: &Columns, side: Side, text: &str) -> bool {
    let filled: Vec<&Cell> = table.filled(row).collect();
    let [cell] = filled.as_slice() else {
        return false;
    };
    if cell.row != row {
        return false;
    }
    let raw = Passage::of_cell(cell).raw(text);
    let note_sign = raw
        .trim_start()
        .starts_with(['※', '＊', '*', '注', '（', '(', '■', '【']);
    let covered = columns
        .headed
        .iter()
        .filter(|column| {
            cell.covers(row, column.extent.first)
                || (side == Side::OtherGrid && column.extent.holds_across(cell))
        })
        .count();
    let in_number = columns
        .column(cell, side)
        .is_some_and(|at| columns.of(Field::Number) == Some(at));
    let is_number = text::number::whole_number(&raw).is_some();
    columns.column(cell, side).is_none()
        || covered > 1
        || (note_sign && !is_number)
        || (in_number && !is_number && !is_continued_mark(&raw))
}

/// The mark that a printed form puts in the number cell of a row that goes on: （続き）.
pub(crate) fn is_continued_mark(raw: &str) -> bool {
    text::key(raw) == "(続き)"
}

/// Whether a row belongs to the goal above it: the goal's number or item cell is merged over it and it has
/// no number of its own.
fn goes_on(
    table: &Table<'_>,
    row: u32,
    group: (u32, u32),
    keys: &[usize],
    columns: &Columns,
    side: Side,
    text: &str,
) -> bool {
    let key_cells: Vec<&Cell> = table
        .cells(row)
        .filter(|cell| {
            columns
                .column(cell, side)
                .is_some_and(|at| keys.contains(&at))
        })
        .collect();
    let number = columns.of(Field::Number);
    let own_number = key_cells.iter().any(|cell| {
        cell.row == row && columns.column(cell, side) == number && !is_blank(cell, text)
    });
    let merged_over = key_cells
        .iter()
        .any(|cell| cell.row < row && cell.row >= group.0);
    merged_over && !own_number
}

/// The cells of one goal. A cell that is merged over several goals gives each its value.
fn collect(
    table: &Table<'_>,
    (first, last): (u32, u32),
    groups: &[(u32, u32)],
    columns: &Columns,
    side: Side,
    text: &str,
    rest: &mut Vec<Passage>,
) -> Row {
    let mut row = Row::default();
    let mut seen: Vec<&Cell> = Vec::new();
    for physical in table
        .rows()
        .filter(|physical| (first..=last).contains(physical))
    {
        for cell in table.filled(physical) {
            if seen.iter().any(|known| std::ptr::eq(*known, cell)) {
                continue;
            }
            seen.push(cell);
            let begins_above = cell.row < first;
            let Some(at) = columns.column(cell, side) else {
                if !begins_above {
                    rest.push(Passage::of_cell(cell));
                }
                continue;
            };
            let end = cell.row + cell.rows - 1;
            let covers_others = groups
                .iter()
                .filter(|group| cell.row <= group.1 && group.0 <= end)
                .count()
                > 1;
            if covers_others {
                row.shared.extend(cell.lines.iter().map(|line| line.range));
            }
            row.cells
                .entry(at)
                .or_default()
                .append(Passage::of_cell(cell));
        }
    }
    row
}

/// What the values of a goal depend on.
pub(crate) struct Context<'a> {
    pub text: &'a str,
    pub layout: &'a Layout,
    pub fiscal_year: Option<i32>,
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
    let scale = context.layout.scale.as_ref();
    let grade = |field: Field| cell(field).map(|cell| values::grade(cell, text, scale));
    let indicator_cells = Cells {
        names: cell(Field::IndicatorName),
        baselines: cell(Field::IndicatorBaseline),
        targets: cell(Field::IndicatorTarget),
        actuals: cell(Field::IndicatorActual),
    };
    Goal {
        number: cell(Field::Number).map(|cell| values::number(cell, text)),
        predecessors: cell(Field::Predecessors).map(|cell| values::predecessors(cell, text)),
        categories: cell(Field::Categories).map(|cell| values::categories(cell, text)),
        item: words(Field::Item),
        level: words(Field::Level),
        methods: words(Field::Methods),
        deadline: cell(Field::Deadline).map(|cell| deadline(cell, text, context.fiscal_year)),
        sections: cell(Field::Sections).map(|cell| values::sections(cell, text)),
        indicators: indicators::indicators(&indicator_cells, text, notes),
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
        .map(|(&at, cell)| Extra {
            heading: columns
                .headed
                .get(at)
                .map(|column| column.heading.raw(text))
                .unwrap_or_default(),
            value: cell.to_text(text),
        })
        .collect()
}

/// Notes about a goal's values that a person should look at.
pub(crate) fn check_goal(goal: &Goal, layout: &Layout, notes: &mut Vec<Note>) {
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
    if let Some(scale) = &layout.scale {
        for grade in grades
            .into_iter()
            .flatten()
            .filter(|grade| grade.group.is_none())
        {
            notes.push(
                Note::new(What::GradeUnknown {
                    scale: scale.name.clone(),
                })
                .at(grade.places.first().cloned())
                .about(&grade.raw),
            );
        }
    }
}
