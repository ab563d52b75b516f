//! What stands above a goal sheet's table: the title and the rows of labels with their values.

use super::{Cell, Content, Extent, Look, Position, Row, Rules, Size};
use crate::document::goal::GoalSheet;
use crate::form::{Align, Form, HeadCell, HeadValue};
use crate::text::{self, era};
use crate::write::table::value::joined;

/// The title's row over all columns: the form's, where it is the one that the sheet is to have, else the document's. A
/// sheet without a title has none when it is printed as it is.
pub(super) fn title(sheet: &GoalSheet, form: &Form, extent: Extent, columns: usize) -> Option<Row> {
    let words = match (&sheet.title, extent) {
        (_, Extent::Form) => with_year(sheet, forms_title(sheet, form), form),
        (Some(title), Extent::Document) => with_year(sheet, title.text.clone(), form),
        (None, Extent::Document) => return None,
    };
    Some(title_row(&words, columns))
}

/// A title's row over all columns.
pub(super) fn title_row(words: &str, columns: usize) -> Row {
    let look = Look {
        align: Align::Center,
        position: Position::Middle,
        size: Size::Title,
        ..Look::default()
    };
    Row::new(vec![
        Cell::new(0, Content::words(words), look).over(columns),
    ])
}

fn year_words(sheet: &GoalSheet) -> Option<String> {
    let year = sheet.fiscal_year.as_ref()?;
    Some(format!("{}{}年度", year.era, era::year_word(year.era_year)))
}

/// The form's title, filled in for a sheet.
pub(super) fn forms_title(sheet: &GoalSheet, form: &Form) -> String {
    let filled = form
        .title
        .replace("{fiscal_year}", &year_words(sheet).unwrap_or_default())
        .replace("{organization}", &organization(sheet).unwrap_or_default());
    filled.trim().to_owned()
}

/// The document's title where a form has a title of its own that says something else: it is printed below the table, so that
/// it is not lost.
pub(super) fn other_title<'a>(
    sheet: &'a GoalSheet,
    form: &Form,
    extent: Extent,
) -> Option<&'a str> {
    let title = &sheet.title.as_ref()?.text;
    let printed = text::key(&forms_title(sheet, form));
    let is_other = extent == Extent::Form && !printed.contains(&text::key(title));
    is_other.then_some(title)
}

/// A title. A fiscal year that the source names goes before it where neither the title nor another place of the form has it.
fn with_year(sheet: &GoalSheet, title: String, form: &Form) -> String {
    let year = sheet.fiscal_year.as_ref();
    let named = year.is_some_and(|year| year.raw.is_some());
    let in_title = !era::fiscal_years(&title).is_empty();
    match year_words(sheet) {
        Some(words) if named && !in_title && !has(form, HeadValue::FiscalYear) => {
            format!("{words}　{title}")
        }
        _ => title,
    }
}

/// Whether a form has a place for a value above its table.
pub(super) fn has(form: &Form, value: HeadValue) -> bool {
    form.heads
        .iter()
        .flat_map(|row| &row.cells)
        .any(|cell| cell.value == Some(value))
}

/// The form's rows of labels and values, then a row for each value that the form lacks.
pub(super) fn rows(sheet: &GoalSheet, form: &Form, extent: Extent, columns: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = form
        .heads
        .iter()
        .map(|row| head_row(&row.cells, sheet, columns))
        .collect();
    for (value, label) in LABELS {
        if has(form, value) || in_another_place(sheet, value, extent) {
            continue;
        }
        if let Some(words) = words(sheet, value) {
            let own = form.labels.iter().find(|(of, _)| *of == value);
            let label = own.map_or(label, |(_, label)| label);
            rows.push(added(label, &words, columns));
        }
    }
    rows
}

/// A value that the form has no place for, with its label in one cell; of several lines, in a cell of its own,
/// so that they stay together.
fn added(label: &str, words: &str, columns: usize) -> Row {
    const LABEL_COLUMNS: usize = 2;
    if words.contains('\n') && columns > LABEL_COLUMNS {
        let label = Cell::new(0, Content::words(label), ruled(Align::Center)).over(LABEL_COLUMNS);
        let value = Cell::new(LABEL_COLUMNS, Content::words(words), ruled(Align::Left));
        return Row::new(vec![label, value.over(columns - LABEL_COLUMNS)]);
    }
    let content = Content::words(format!("{label}　{words}"));
    Row::new(vec![
        Cell::new(0, content, ruled(Align::Left)).over(columns),
    ])
}

/// What values are called that a form has no label for.
const LABELS: [(HeadValue, &str); 6] = [
    (HeadValue::FiscalYear, "年度"),
    (HeadValue::Organization, "部課名"),
    (HeadValue::PreparedOn, "作成日"),
    (HeadValue::Post, "職名"),
    (HeadValue::Person, "氏名"),
    (HeadValue::Mission, "課の使命"),
];

/// The year stands in the title, if there is one; one that the source does not name is an option's, and will be
/// again. A unit that was read from the post stands there.
fn in_another_place(sheet: &GoalSheet, value: HeadValue, extent: Extent) -> bool {
    match value {
        HeadValue::FiscalYear => {
            let year = sheet.fiscal_year.as_ref();
            let named = year.is_some_and(|year| year.raw.is_some());
            !named || sheet.title.is_some() || extent == Extent::Form
        }
        HeadValue::Organization => from_post(sheet),
        _ => false,
    }
}

fn from_post(sheet: &GoalSheet) -> bool {
    match (&sheet.organization, &sheet.post) {
        (Some(organization), Some(post)) => {
            text::squash(&organization.raw) == text::squash(&post.raw)
        }
        _ => false,
    }
}

/// The cells of a row, each as wide as the form says; the last reaches to the table's edge if the form's own
/// did.
fn head_row(cells: &[HeadCell], sheet: &GoalSheet, columns: usize) -> Row {
    let mut at = 0;
    let mut row = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        let wanted = cell.columns.max(1) as usize;
        if at >= columns {
            break;
        }
        let is_last = index + 1 == cells.len();
        let wide = if is_last {
            columns - at
        } else {
            wanted.min(columns - at)
        };
        row.push(head_cell(cell, sheet, at).over(wide));
        at += wide;
    }
    Row::new(row)
}

fn head_cell(cell: &HeadCell, sheet: &GoalSheet, at: usize) -> Cell {
    match (&cell.label, cell.value) {
        (Some(label), None) => Cell::new(at, Content::words(label), ruled(Align::Center)),
        (Some(label), Some(value)) => {
            let words = words(sheet, value).unwrap_or_default();
            let content = Content::words(format!("{label}　{words}").trim_end());
            Cell::new(at, content, ruled(Align::Left))
        }
        (None, Some(value)) => {
            let day = sheet.prepared_on.as_ref().and_then(|day| day.date);
            let content = match (value, day) {
                (HeadValue::PreparedOn, Some(day)) => Content::Day(day),
                _ => Content::words(words(sheet, value).unwrap_or_default()),
            };
            Cell::new(at, content, ruled(Align::Left))
        }
        (None, None) => Cell::new(at, Content::Blank, Look::default()),
    }
}

fn ruled(align: Align) -> Look {
    Look {
        align,
        position: Position::Middle,
        rules: Rules::Thin,
        ..Look::default()
    }
}

fn words(sheet: &GoalSheet, value: HeadValue) -> Option<String> {
    match value {
        HeadValue::FiscalYear => sheet.fiscal_year.as_ref().map(|year| {
            let own = format!("{}{}年度", year.era, era::year_word(year.era_year));
            year.raw.as_deref().map_or(own, joined)
        }),
        HeadValue::Organization => organization(sheet),
        HeadValue::PreparedOn => sheet.prepared_on.as_ref().map(|day| joined(&day.raw)),
        HeadValue::Post => sheet.post.as_ref().map(|post| post.text.clone()),
        HeadValue::Person => sheet.person.as_ref().map(|person| person.text.clone()),
        HeadValue::Mission => sheet.mission.as_ref().map(|mission| mission.text.clone()),
    }
    .filter(|words| !words.is_empty())
}

/// The unit's name: the source's, or its parts where the source names a post.
fn organization(sheet: &GoalSheet) -> Option<String> {
    let organization = sheet.organization.as_ref()?;
    if !from_post(sheet) {
        return Some(joined(&organization.raw));
    }
    let parts = [
        &organization.department,
        &organization.section,
        &organization.unit,
    ];
    Some(parts.into_iter().flatten().cloned().collect())
}
