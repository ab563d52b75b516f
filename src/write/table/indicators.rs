//! A goal whose indicators no labels tell apart -> a row for each, with the goal's other cells merged over them.

use super::columns::Column;
use super::{Cell, Content, Instead, Next, Row, value};
use crate::document::Field;
use crate::document::goal::{Goal, Indicator};

/// The rows of a goal, whose one row this is: as many as its indicators if in one cell they would be read as one.
/// Cells over several rows cannot go on over a page: if they are too tall, the one row stands in their stead.
pub(super) fn rows(row: Row, goal: &Goal, columns: &[Column]) -> Vec<Row> {
    let has_column = columns.iter().any(is_indicator);
    if !has_column || are_told_apart(&goal.indicators) {
        return vec![row];
    }
    let count = goal.indicators.len();
    let mut rows: Vec<Row> = goal
        .indicators
        .iter()
        .map(|indicator| {
            let single = Goal {
                indicators: vec![indicator.clone()],
                ..Goal::default()
            };
            Row {
                next: Next::SamePage,
                ..Row::new(own_cells(&row, &single, columns))
            }
        })
        .collect();
    if let Some(last) = rows.last_mut() {
        last.next = Next::Anywhere;
    }
    if let Some(first) = rows.first_mut() {
        let others = row.cells.iter().zip(columns);
        let others = others.filter(|(_, column)| !is_indicator(column));
        let over_all = |(cell, _): (&Cell, &Column)| Cell {
            rows: count,
            ..cell.clone()
        };
        first.cells.extend(others.map(over_all));
        first.cells.sort_by_key(|cell| cell.column);
        first.instead = Some(Instead {
            rows: count,
            row: Box::new(row),
        });
    }
    rows
}

fn is_indicator(column: &Column) -> bool {
    const FIELDS: [Field; 4] = [
        Field::IndicatorName,
        Field::IndicatorBaseline,
        Field::IndicatorTarget,
        Field::IndicatorActual,
    ];
    FIELDS.iter().any(|&field| column.is(field))
}

/// Whether there is one, or each has a label that no other has.
fn are_told_apart(indicators: &[Indicator]) -> bool {
    let labels: Vec<&str> = indicators
        .iter()
        .filter_map(|indicator| indicator.label.as_deref())
        .collect();
    let repeated = labels
        .iter()
        .enumerate()
        .any(|(at, label)| labels.iter().take(at).any(|before| before == label));
    indicators.len() < 2 || (labels.len() == indicators.len() && !repeated)
}

fn own_cells(row: &Row, single: &Goal, columns: &[Column]) -> Vec<Cell> {
    let all = row.cells.iter().zip(columns);
    all.filter_map(|(cell, column)| match column {
        Column::Field(of) if is_indicator(column) => Some(Cell {
            content: value::content(single, of.field).unwrap_or(Content::Blank),
            ..cell.clone()
        }),
        _ => None,
    })
    .collect()
}
