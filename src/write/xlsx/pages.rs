//! Rows of a worksheet -> where its pages begin, so that no heading is the last line of one.

use std::ops::Range;

use super::split::SheetRow;
use crate::write::table::Next;

/// The share of a page that is taken to be there: printers differ in their margins.
const FILL: f64 = 0.97;

/// The rows, from 0, that begin pages of `height` points, the first page aside; `repeated` rows stand above them
/// again. Without rows to keep with the next there are none: the spreadsheet program ends the pages.
pub(super) fn starts(rows: &[SheetRow], repeated: &Range<usize>, height: f64) -> Vec<u32> {
    let headings = rows.iter().take(repeated.end).skip(repeated.start);
    let headings: f64 = headings.map(|row| row.height).sum();
    if rows.iter().all(|row| row.next == Next::Anywhere) {
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
}
