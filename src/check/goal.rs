//! A goal and its cells as the checks name them: by number and item, heading and address.

use crate::document::goal::{Column, GoalSheet};
use crate::document::{Field, Goal};
use crate::place::{CellRange, Place};
use crate::text::squash;

/// `3　窓口の待ち時間の短縮`: the number and the item's first words.
pub(super) fn name(goal: &Goal) -> String {
    const LONGEST: usize = 24;
    let number = goal.number.as_ref().map(|number| squash(&number.raw));
    let item = goal.item.as_ref().map(|item| squash(&item.text));
    let item = item.map(|item| match item.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &item[..end]),
        None => item,
    });
    let parts: Vec<String> = [number, item].into_iter().flatten().collect();
    parts.join("　")
}

/// The heading of a field's column, in one line; empty where the sheet has none.
pub(super) fn heading(sheet: &GoalSheet, field: Field) -> String {
    let mut columns = sheet.columns.iter();
    let column = columns.find(|column| column.field == Some(field));
    column
        .map(|column| squash(&column.heading))
        .unwrap_or_default()
}

/// Where the empty cell of a goal under a column lies: in a worksheet its address; elsewhere where the goal begins.
pub(super) fn empty_cell(column: &Column, goal: &Goal) -> Option<Place> {
    let begins = first_place(goal)?;
    match (column.places.first(), &begins) {
        (
            Some(Place::Cell {
                sheet: a,
                cell: top,
            }),
            Place::Cell {
                sheet: b,
                cell: row,
            },
        ) if a == b => Some(Place::Cell {
            sheet: a.clone(),
            cell: CellRange {
                row: row.row,
                column: top.column,
                rows: 1,
                columns: 1,
            },
        }),
        _ => Some(begins),
    }
}

/// The place of a goal's first value.
pub(super) fn first_place(goal: &Goal) -> Option<Place> {
    let values = Field::ALL.iter().flat_map(|&field| goal.of(field));
    let mut places = values.filter_map(|value| value.places().first());
    places.next().cloned()
}
