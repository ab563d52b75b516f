//! A comments part ([MS-XLSB] §2.1.7.9) -> comments with their cells.

use super::super::worksheet::Strike;
use super::globals::rich_string;
use super::record::{Records, number, u32_at};
use crate::place::CellRange;

/// Reads the comments, as far as the part goes.
pub(super) fn read(bytes: &[u8]) -> Vec<(CellRange, String)> {
    let mut comments: Vec<(CellRange, String)> = Vec::new();
    for (number, data) in Records::new(bytes) {
        match number {
            // The author's number, then the first and last row and column (§2.4.28).
            number::BEGIN_COMMENT => {
                let cell = u32_at(data, 4)
                    .zip(u32_at(data, 12))
                    .map(|(row, column)| CellRange {
                        row: row.saturating_add(1),
                        column: column.saturating_add(1),
                        rows: 1,
                        columns: 1,
                    });
                comments.extend(cell.map(|cell| (cell, String::new())));
            }
            number::COMMENT_TEXT => {
                if let (Some(string), Some((_, text))) = (rich_string(data, 0), comments.last_mut())
                {
                    *text = string.in_cell(Strike::Live, |_| Strike::Live).text;
                }
            }
            _ => {}
        }
    }
    comments.retain(|(_, text)| !text.is_empty());
    comments
}
