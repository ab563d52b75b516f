//! A goal sheet -> a table: title, labels, headings, a row for each goal, remarks.

use std::collections::BTreeMap;

use super::columns::{self, Column, ExtraColumn};
use super::reading::{self, Reading};
use super::{Cell, Content, Entry, Extent, Look, Overlong, Position, Row, Rules, Stale, Table};
use super::{head, indicators, overflow, value};
use crate::document::goal::GoalSheet;
use crate::document::{Field, Goal};
use crate::form::{Align, Form, FormColumn, HeadValue, Orientation, Paper};
use crate::next;
use crate::text;

/// The title of a form that a sheet's own columns make.
pub(super) const TITLE: &str = "{fiscal_year} 組織目標";

/// The table of a sheet in a form, else in the form that its own columns make.
pub(super) fn table(sheet: &GoalSheet, form: Option<&Form>, extent: Extent) -> Table {
    laid_out(sheet, form, extent, columns::columns, indicators::rows).table
}

/// A sheet to be filled in: each goal has one row, since merged cells are neither fitted nor sorted; which goal of the year
/// before it was stands in a column that is not shown, where the form has none for it.
pub(super) fn to_fill(sheet: &GoalSheet, form: Option<&Form>, extent: Extent) -> Table {
    let with_predecessors = |sheet: &GoalSheet, form: &Form, extent: Extent| {
        let mut columns = columns::columns(sheet, form, extent);
        if !columns.iter().any(|column| column.is(Field::Predecessors)) {
            columns.retain(|column| *column != Column::Overflow || columns::overflows(sheet, form));
            columns.push(Column::carried());
        }
        columns
    };
    let one_row = |row: Row, _: &Goal, _: &[Column]| vec![row];
    let mut made = laid_out(sheet, form, extent, with_predecessors, one_row);
    let rows = made.goals..made.goals + sheet.goals.len();
    let at = |field: Field| made.columns.iter().position(|column| column.is(field));
    let hidden = made.columns.iter().position(Column::is_carried);
    let mut stale: Vec<Stale> = next::dated_words(sheet)
        .into_iter()
        .filter_map(|(field, words)| {
            let column = at(field)?;
            Some(Stale {
                rows: rows.clone(),
                columns: column..column + 1,
                words,
            })
        })
        .collect();
    stale.extend(post(sheet, &made.table, made.goals));
    made.table.entry = Some(Entry {
        rows,
        hidden: hidden.into_iter().collect(),
        stale,
    });
    made.table
}

/// Where 職名 stands above the table: who holds the post this year may have another.
fn post(sheet: &GoalSheet, table: &Table, goals: usize) -> Option<Stale> {
    let post = sheet.post.as_ref().map(|post| post.text.clone())?;
    let rows = table.rows.iter().take(goals).enumerate();
    let mut cells = rows.flat_map(|(row, of)| of.cells.iter().map(move |cell| (row, cell)));
    let (row, cell) = cells.find(|(_, cell)| match &cell.content {
        Content::Words(runs) => runs.iter().any(|run| run.text.contains(&post)),
        _ => false,
    })?;
    Some(Stale {
        rows: row..row + 1,
        columns: cell.column..cell.column + cell.columns,
        words: vec![post],
    })
}

/// A table, its columns, and the index of the first goal's row.
struct Made {
    table: Table,
    columns: Vec<Column>,
    goals: usize,
}

fn laid_out(
    sheet: &GoalSheet,
    form: Option<&Form>,
    extent: Extent,
    columns: impl Fn(&GoalSheet, &Form, Extent) -> Vec<Column>,
    of_goal: impl Fn(Row, &Goal, &[Column]) -> Vec<Row>,
) -> Made {
    let own;
    let form = match form {
        Some(form) if !form.columns.is_empty() => form,
        _ => {
            own = own_form(sheet, form);
            &own
        }
    };
    let columns = columns(sheet, form, extent);
    let mut rows: Vec<Row> = head::title(sheet, form, extent, columns.len())
        .into_iter()
        .collect();
    rows.extend(head::rows(sheet, form, extent, columns.len()));
    let first = rows.len();
    rows.extend(headings(&columns));
    let repeated = first..rows.len();
    let goals = rows.len();
    rows.extend(
        sheet
            .goals
            .iter()
            .map(|goal| goal_row(goal, &columns, sheet)),
    );
    rows.extend(remarks(sheet, form, extent, columns.len()));
    set_readings(sheet, goals, &mut rows);
    let remarks = rows.split_off(goals + sheet.goals.len());
    let in_one = rows.split_off(goals);
    for (row, goal) in in_one.into_iter().zip(&sheet.goals) {
        rows.extend(of_goal(row, goal, &columns));
    }
    rows.extend(remarks);
    let table = Table {
        name: name(sheet),
        paper: form.paper,
        orientation: form.orientation,
        widths: columns.iter().map(Column::width).collect(),
        rows,
        repeated,
        frozen_columns: frozen(&columns),
        filtered: false,
        entry: None,
    };
    Made {
        table,
        columns,
        goals,
    }
}

/// Sets the sheet's readings: those of a goal in its row, the others where their characters stand first. `first`
/// is the row of the first goal.
fn set_readings(sheet: &GoalSheet, first: usize, rows: &mut [Row]) {
    let mut of_rows: BTreeMap<Option<usize>, Vec<Reading<'_>>> = BTreeMap::new();
    for ruby in &sheet.ruby {
        let goal = ruby.places.first().and_then(|place| {
            let mut goals = sheet.goals.iter();
            goals.position(|goal| goal.stands_at(place))
        });
        of_rows.entry(goal).or_default().push(Reading {
            base: &ruby.base,
            text: &ruby.reading,
        });
    }
    let mut left = of_rows.remove(&None).unwrap_or_default();
    for (goal, readings) in of_rows {
        let row = goal.and_then(|goal| rows.get_mut(first + goal));
        let row = row.map_or(&mut [][..], std::slice::from_mut);
        left.extend(reading::set(row, &readings));
    }
    reading::set(rows, &left);
}

/// The unit that the sheet is of, the smallest that is named with what it belongs to; else the title.
fn name(sheet: &GoalSheet) -> String {
    let unit = sheet.organization.as_ref().and_then(|organization| {
        match (&organization.section, &organization.unit) {
            (Some(section), Some(unit)) => Some(format!("{section}{unit}")),
            (Some(section), None) => Some(section.clone()),
            (None, Some(unit)) => Some(unit.clone()),
            (None, None) => organization.department.clone(),
        }
    });
    unit.or_else(|| sheet.title.as_ref().map(|title| text::squash(&title.text)))
        .unwrap_or_default()
}

/// Number and item stay in view where they are the first columns.
fn frozen(columns: &[Column]) -> usize {
    const FEW: usize = 3;
    let item = columns.iter().position(|column| column.is(Field::Item));
    item.map_or(0, |at| at + 1).min(FEW)
}

/// One or two rows: neighbours with the same parent share a cell above theirs.
fn headings(columns: &[Column]) -> Vec<Row> {
    let look = Look::heading;
    let own = |at: usize, column: &Column| {
        let mut look = look();
        look.direction = column.direction();
        if column.heading().contains('\n') {
            look.direction = crate::form::Direction::Horizontal;
        }
        Cell::new(at, Content::words(column.heading()), look)
    };
    if columns.iter().all(|column| column.parent().is_none()) {
        let cells = columns
            .iter()
            .enumerate()
            .map(|(at, column)| own(at, column));
        return vec![Row::new(cells.collect())];
    }
    let (mut upper, mut lower): (Vec<Cell>, Vec<Cell>) = (Vec::new(), Vec::new());
    let mut open: Option<&str> = None;
    for (at, column) in columns.iter().enumerate() {
        match column.parent() {
            None => {
                let mut cell = own(at, column);
                cell.rows = 2;
                upper.push(cell);
            }
            Some(parent) => {
                match upper.last_mut().filter(|_| open == Some(parent)) {
                    Some(shared) => shared.columns += 1,
                    None => upper.push(Cell::new(at, Content::words(parent), look())),
                }
                lower.push(own(at, column));
            }
        }
        open = column.parent();
    }
    vec![Row::new(upper), Row::new(lower)]
}

fn goal_row(goal: &Goal, columns: &[Column], sheet: &GoalSheet) -> Row {
    let extras = columns::numbered(goal);
    let cells: Vec<Cell> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            Cell::new(
                at,
                content(goal, column, &extras, columns, sheet),
                look(column),
            )
        })
        .collect();
    let number = columns.iter().position(|column| column.is(Field::Number));
    Row {
        overlong: number.map_or(Overlong::Plain, Overlong::Marked),
        ..Row::new(cells)
    }
}

fn content(
    goal: &Goal,
    column: &Column,
    extras: &[ExtraColumn],
    columns: &[Column],
    sheet: &GoalSheet,
) -> Content {
    match column {
        Column::Field(column) | Column::Carried(column) => {
            value::content(goal, column.field).unwrap_or(Content::Blank)
        }
        Column::Extra(column, _) => {
            let at = extras.iter().position(|known| known == column);
            let extra = at.and_then(|at| goal.extra.get(at));
            extra.map_or(Content::Blank, |extra| Content::words(&extra.value.text))
        }
        Column::Overflow => Content::words(overflow::lines(goal, columns, sheet)),
    }
}

/// Everything stands in the middle of its row, as on the sheets that towns publish: so text keeps off the rules
/// above and below it.
fn look(column: &Column) -> Look {
    let choices = match column {
        Column::Field(column) => column.choices.clone(),
        _ => Vec::new(),
    };
    Look {
        align: column.align(),
        position: Position::Middle,
        direction: column.direction(),
        rules: Rules::Thin,
        choices,
        ..Look::default()
    }
}

/// What stands before the title of a sheet that is printed in another form.
const OWN_TITLE: &str = "元の表の題";

/// A ruled row for each remark: in print, its rules keep its lines together. A year that a label names is
/// printed there and not again.
fn remarks(sheet: &GoalSheet, form: &Form, extent: Extent, columns: usize) -> Vec<Row> {
    let labelled_year = sheet
        .fiscal_year
        .as_ref()
        .and_then(|year| year.raw.as_deref())
        .filter(|_| head::has(form, HeadValue::FiscalYear))
        .map(text::squash);
    let look = || Look {
        rules: Rules::Thin,
        ..Look::default()
    };
    let of_title = head::other_title(sheet, form, extent);
    let of_title = of_title.map(|title| format!("{OWN_TITLE}　{title}"));
    sheet
        .remarks
        .iter()
        .map(|remark| &remark.text)
        .filter(|remark| labelled_year.as_ref() != Some(&text::squash(remark)))
        .chain(&of_title)
        .map(|remark| {
            Row::new(vec![
                Cell::new(0, Content::words(remark), look()).over(columns),
            ])
        })
        .collect()
}

/// The form that a sheet's own columns make.
fn own_form(sheet: &GoalSheet, form: Option<&Form>) -> Form {
    const MANY: usize = 9;
    let columns: Vec<FormColumn> = sheet
        .columns
        .iter()
        .filter_map(|column| {
            let field = column.field?;
            let mut column = FormColumn {
                field,
                heading: bare_heading(&column.heading).to_owned(),
                parent: column.parents.last().cloned(),
                width: usual_width(field),
                align: usual_align(field),
                direction: crate::form::Direction::Horizontal,
                choices: Vec::new(),
            };
            if let Some(form) = form {
                column.offer(&form.grades);
            }
            Some(column)
        })
        .collect();
    Form {
        paper: if columns.len() > MANY {
            Paper::A3
        } else {
            Paper::A4
        },
        orientation: Orientation::Landscape,
        title: form.map_or(TITLE, |form| &form.title).to_owned(),
        heads: Vec::new(),
        labels: form.map(|form| form.labels.clone()).unwrap_or_default(),
        grades: Vec::new(),
        columns,
    }
}

/// A heading without the signs that set a label off from the value after it in a card: `期限：`, `【課題】`.
fn bare_heading(heading: &str) -> &str {
    let bare = heading.trim().trim_end_matches(['：', ':']);
    let in_brackets = bare
        .strip_prefix('【')
        .and_then(|bare| bare.strip_suffix('】'));
    in_brackets.unwrap_or(bare)
}

/// Half-width characters.
fn usual_width(field: Field) -> f64 {
    match field {
        Field::Number | Field::MidtermProgress => 6.0,
        Field::Predecessors | Field::Deadline => 9.0,
        Field::Categories | Field::Sections | Field::Achievement => 12.0,
        Field::IndicatorBaseline | Field::IndicatorTarget | Field::IndicatorActual => 14.0,
        Field::Item | Field::IndicatorName => 22.0,
        Field::Methods | Field::Level => 40.0,
        _ => 26.0,
    }
}

fn usual_align(field: Field) -> Align {
    match field {
        Field::Number
        | Field::Predecessors
        | Field::Deadline
        | Field::Categories
        | Field::Sections
        | Field::Achievement
        | Field::MidtermProgress => Align::Center,
        _ => Align::Left,
    }
}
