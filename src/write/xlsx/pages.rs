//! Rows of a worksheet -> where its pages begin, so that no heading is the last line of one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::split::SheetRow;
use crate::write::table::{Down, Next};

/// The share of a page that is taken to be there: printers differ in their margins.
const FILL: f64 = 0.97;

/// The rows, from 0, that begin pages of `height` points, the first page aside; `repeated` rows stand above them
/// again. Without rows to keep with the next and cells to repeat there are none: the spreadsheet program ends
/// the pages.
pub(super) fn starts(rows: &[SheetRow], repeated: &Range<usize>, height: f64) -> Vec<u32> {
    let headings = rows.iter().take(repeated.end).skip(repeated.start);
    let headings: f64 = headings.map(|row| row.height).sum();
    let is_bound = |row: &SheetRow| {
        row.next == Next::SamePage || row.cells.iter().any(|cell| cell.down == Down::GoesOn)
    };
    if !rows.iter().any(is_bound) {
        return Vec::new();
    }
    let mut starts = Vec::new();
    let (mut used, mut at) = (0.0, 0);
    for group in rows.split_inclusive(|row| row.next == Next::Anywhere) {
        let needed: f64 = group.iter().map(|row| row.height).sum();
        if used > 0.0 && used + needed > height * FILL {
            starts.extend(u32::try_from(at));
            used = headings;
        }
        used += needed;
        at += group.len();
    }
    starts
}

/// Merges cells that say again what stands above them, as far as a page reaches.
pub(super) fn merge_down(rows: &mut [SheetRow], starts: &[u32]) {
    // The row where each column's cell begins.
    let mut begun: BTreeMap<usize, usize> = BTreeMap::new();
    for at in 0..rows.len() {
        let is_start = u32::try_from(at).is_ok_and(|at| starts.contains(&at));
        let Some(row) = rows.get_mut(at) else { break };
        let mut joined = Vec::new();
        row.cells.retain(|cell| {
            if cell.down == Down::GoesOn && !is_start && begun.contains_key(&cell.column) {
                joined.push(cell.column);
                return false;
            }
            begun.remove(&cell.column);
            if cell.down != Down::Alone {
                begun.insert(cell.column, at);
            }
            true
        });
        for column in joined {
            let above = begun.get(&column).and_then(|&at| rows.get_mut(at));
            let mut cells = above.into_iter().flat_map(|row| &mut row.cells);
            if let Some(cell) = cells.find(|cell| cell.column == column) {
                cell.rows += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_goes_to_the_page_of_what_it_heads() {
        let row = |height, next| SheetRow {
            cells: Vec::new(),
            height,
            next,
        };
        let (text, heading) = (Next::Anywhere, Next::SamePage);
        let rows = [
            row(40.0, text),
            row(40.0, text),
            row(10.0, heading),
            row(40.0, text),
            row(40.0, text),
            row(40.0, text),
        ];
        assert_eq!(starts(&rows, &(0..0), 100.0), [2, 5]);
        assert!(starts(&rows[3..], &(0..0), 100.0).is_empty());
        assert_eq!(starts(&rows, &(0..1), 100.0), [2, 4, 5]);
    }
    #[test]
    fn what_goes_on_is_merged_and_said_again_on_the_next_page() {
        use crate::write::table::{Cell, Content, Look};
        let row = |words: &str, down| SheetRow {
            cells: vec![Cell {
                down,
                ..Cell::new(0, Content::words(words), Look::default())
            }],
            height: 40.0,
            next: Next::Anywhere,
        };
        let mut rows = vec![
            row("1", Down::Begins),
            row("1", Down::GoesOn),
            row("1", Down::GoesOn),
            row("1", Down::GoesOn),
            row("2", Down::Begins),
        ];
        let starts = starts(&rows, &(0..0), 100.0);
        assert_eq!(starts, [2, 4]);
        merge_down(&mut rows, &starts);
        let spans: Vec<Vec<usize>> = rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.rows).collect())
            .collect();
        assert_eq!(spans, [vec![2], vec![], vec![2], vec![], vec![1]]);
    }
}
