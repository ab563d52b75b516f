//! A goal's cells as the checks name them: by address.

use crate::document::goal::Column;
use crate::document::{Field, Goal};
use crate::place::{CellRange, Place};

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
