//! Merged ranges -> which of them covers a cell, by one sweep down the rows.

use std::collections::BTreeMap;

use crate::place::CellRange;

/// Merged ranges that do not overlap, in row-major order.
pub(super) struct Merges {
    pub ranges: Vec<CellRange>,
    /// Ranges that overlap an earlier one; a valid file has none (ECMA-376-1 §18.3.1.55).
    pub overlapping: Vec<CellRange>,
}

impl Merges {
    /// Sorts the ranges and takes out the ones that overlap.
    pub(super) fn new(mut stored: Vec<CellRange>) -> Self {
        stored.retain(|range| range.rows > 1 || range.columns > 1);
        stored.sort_unstable();
        stored.dedup();
        let mut active = Active::default();
        let (ranges, overlapping) = stored.into_iter().partition(|range| active.add(*range, 0));
        Self {
            ranges,
            overlapping,
        }
    }

    /// Starts a sweep.
    pub(super) fn sweep(&self) -> Sweep<'_> {
        Sweep {
            ranges: &self.ranges,
            next: 0,
            active: Active::default(),
        }
    }
}

/// Asks which range covers a cell; rows must not decrease from call to call.
pub(super) struct Sweep<'a> {
    ranges: &'a [CellRange],
    next: usize,
    active: Active,
}

impl Sweep<'_> {
    /// The index of the range that covers this cell, 1-based row and column.
    pub(super) fn at(&mut self, row: u32, column: u32) -> Option<usize> {
        while let Some(range) = self.ranges.get(self.next).filter(|range| range.row <= row) {
            self.active.add(*range, self.next);
            self.next += 1;
        }
        let (_, (range, index)) = self.active.by_column.range(..=column).next_back()?;
        range
            .holds(CellRange {
                row,
                column,
                rows: 1,
                columns: 1,
            })
            .then_some(*index)
    }
}

/// The ranges that the sweep's row crosses, by first column, and some that it has left behind.
#[derive(Default)]
struct Active {
    by_column: BTreeMap<u32, (CellRange, usize)>,
}

impl Active {
    /// Adds a range whose first row is the sweep's row, unless it overlaps one that is crossed. What it
    /// takes the place of is forgotten, so that the nearest range to the left is always the right one.
    fn add(&mut self, range: CellRange, index: usize) -> bool {
        let end = range.column + range.columns;
        let crossed = |other: &CellRange| other.row + other.rows > range.row;
        let left = self.by_column.range(..range.column).next_back();
        if left.is_some_and(|(_, (other, _))| {
            crossed(other) && other.column + other.columns > range.column
        }) {
            return false;
        }
        if self
            .by_column
            .range(range.column..end)
            .any(|(_, (other, _))| crossed(other))
        {
            return false;
        }
        let gone: Vec<u32> = self
            .by_column
            .range(range.column..end)
            .map(|(&column, _)| column)
            .collect();
        for column in gone {
            self.by_column.remove(&column);
        }
        self.by_column.insert(range.column, (range, index));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merges(addresses: &[&str]) -> Merges {
        Merges::new(
            addresses
                .iter()
                .map(|a| CellRange::parse(a).unwrap())
                .collect(),
        )
    }

    #[test]
    fn a_range_below_a_smaller_one_is_found() {
        let merges = merges(&["B1:C1", "A2:D9", "A10:A11", "F1:F20", "D4:E5"]);
        assert_eq!(merges.overlapping, [CellRange::parse("D4:E5").unwrap()]);
        let mut sweep = merges.sweep();
        let mut named = |row, column| sweep.at(row, column).map(|i| merges.ranges[i].to_string());
        assert_eq!(named(1, 1), None);
        assert_eq!(named(1, 3).as_deref(), Some("B1:C1"));
        assert_eq!(named(5, 3).as_deref(), Some("A2:D9"));
        assert_eq!(named(5, 5), None);
        assert_eq!(named(5, 6).as_deref(), Some("F1:F20"));
        assert_eq!(named(10, 1).as_deref(), Some("A10:A11"));
        assert_eq!(named(10, 2), None);
    }
}
