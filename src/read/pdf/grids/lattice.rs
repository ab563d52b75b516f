//! The rules of a table -> the regions that they part, and the grid that these make.

use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::grids::sets::Sets;
use crate::read::pdf::tolerance::MEET;

/// Positions of one component, rows by columns, beyond which it is a drawing and not a table.
const POSITIONS: usize = 1 << 20;

/// Whether a component has more positions than a table.
pub(super) fn has_too_many_positions(component: &Component) -> bool {
    let intervals = |rules: &[Rule]| positions(rules).len().saturating_sub(1);
    intervals(&component.vertical).saturating_mul(intervals(&component.horizontal)) > POSITIONS
}

/// The grid that a component's rules bound.
pub(super) fn grid_of(component: &Component) -> Option<GridShape> {
    let xs = positions(&component.vertical);
    let ys = positions(&component.horizontal);
    if xs.len() < 2 || ys.len() < 2 || has_too_many_positions(component) {
        return None;
    }
    let regions = Lattice::new(component, &xs, &ys).regions();
    let mut grid = GridShape::from_regions(
        &regions,
        &xs,
        &ys,
        (component.open_below, component.open_above),
    )?;
    grid.by = component.by;
    Some(grid)
}

/// The different positions of rules, sorted.
pub(super) fn positions(rules: &[Rule]) -> Vec<f32> {
    let mut positions: Vec<f32> = rules.iter().map(|rule| rule.at).collect();
    positions.sort_by(f32::total_cmp);
    positions.dedup();
    positions
}

/// Elementary positions between all rules of a component, and which of them are divided.
struct Lattice {
    rows: usize,
    columns: usize,
    /// Whether a rule runs above (row, column); one more row than there are.
    above: Vec<bool>,
    /// Whether a rule runs left of (row, column); one more column than there are.
    left: Vec<bool>,
}

impl Lattice {
    fn new(component: &Component, xs: &[f32], ys: &[f32]) -> Self {
        let (rows, columns) = (ys.len() - 1, xs.len() - 1);
        let mut lattice = Self {
            rows,
            columns,
            above: vec![false; (rows + 1) * columns],
            left: vec![false; rows * (columns + 1)],
        };
        for rule in &component.horizontal {
            let row = ys.partition_point(|&y| y < rule.at);
            for column in covered(xs, rule, MEET * component.em) {
                lattice.above[row * columns + column] = true;
            }
        }
        for rule in &component.vertical {
            let column = xs.partition_point(|&x| x < rule.at);
            for row in covered(ys, rule, MEET * component.em) {
                lattice.left[row * (columns + 1) + column] = true;
            }
        }
        lattice
    }

    /// The number of each position's region; 0 is the outside.
    fn regions(&self) -> Vec<usize> {
        let (rows, columns) = (self.rows, self.columns);
        let number = |row: usize, column: usize| 1 + row * columns + column;
        let mut sets = Sets::new(1 + rows * columns);
        for row in 0..=rows {
            for column in 0..columns {
                if !self.above[row * columns + column] {
                    let upper = if row == 0 { 0 } else { number(row - 1, column) };
                    let lower = if row == rows { 0 } else { number(row, column) };
                    sets.unite(upper, lower);
                }
            }
        }
        for row in 0..rows {
            for column in 0..=columns {
                if !self.left[row * (columns + 1) + column] {
                    let before = if column == 0 {
                        0
                    } else {
                        number(row, column - 1)
                    };
                    let after = if column == columns {
                        0
                    } else {
                        number(row, column)
                    };
                    sets.unite(before, after);
                }
            }
        }
        (1..=rows * columns).map(|index| sets.find(index)).collect()
    }
}

/// The intervals between positions that a rule runs along wholly.
fn covered(positions: &[f32], rule: &Rule, meet: f32) -> std::ops::Range<usize> {
    let first = positions.partition_point(|&at| at < rule.from - meet);
    let end = positions.partition_point(|&at| at <= rule.to + meet);
    first..end.saturating_sub(1).max(first)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::read::pdf::marks::Point;
    use crate::sheet::Proposer;

    fn grid(horizontal: &[(f32, f32, f32)], vertical: &[(f32, f32, f32)]) -> GridShape {
        let rules = |items: &[(f32, f32, f32)]| {
            let rules = items.iter().map(|&(at, from, to)| Rule { at, from, to });
            rules.collect()
        };
        let component = Component {
            horizontal: rules(horizontal),
            vertical: rules(vertical),
            ..Component::new(10.0, Proposer::Ruled)
        };
        grid_of(&component).unwrap()
    }

    fn spans(grid: &GridShape) -> Vec<(u32, u32, u32, u32)> {
        grid.cells
            .iter()
            .map(|cell| (cell.row, cell.column, cell.rows, cell.columns))
            .collect()
    }

    #[test]
    fn cells_span_where_no_rule_divides_them() {
        // A heading over two columns, a cell over two rows.
        let grid = grid(
            &[
                (10.0, 10.0, 100.0),
                (30.0, 10.0, 100.0),
                (50.0, 40.0, 100.0),
                (70.0, 10.0, 100.0),
            ],
            &[
                (10.0, 10.0, 70.0),
                (40.0, 30.0, 70.0),
                (70.0, 30.0, 70.0),
                (100.0, 10.0, 70.0),
            ],
        );
        assert_eq!(
            spans(&grid),
            [
                (0, 0, 1, 3),
                (1, 0, 2, 1),
                (1, 1, 1, 1),
                (1, 2, 1, 1),
                (2, 1, 1, 1),
                (2, 2, 1, 1)
            ]
        );
        assert_eq!(grid.cell_at(Point { x: 20.0, y: 60.0 }), Some(1));
        assert_eq!(grid.cell_at(Point { x: 20.0, y: 80.0 }), None);
    }

    #[test]
    fn an_underline_in_a_cell_divides_nothing() {
        let grid = grid(
            &[
                (10.0, 10.0, 100.0),
                (20.0, 15.0, 95.0),
                (25.0, 40.0, 102.0),
                (40.0, 10.0, 100.0),
            ],
            &[(10.0, 10.0, 40.0), (100.0, 10.0, 40.0)],
        );
        assert_eq!((grid.cells.len(), grid.rows), (1, 1));
    }

    #[test]
    fn what_lies_outside_the_outline_is_no_cell() {
        // The second row is narrower than the first.
        let grid = grid(
            &[(10.0, 10.0, 100.0), (30.0, 10.0, 100.0), (50.0, 10.0, 60.0)],
            &[(10.0, 10.0, 50.0), (60.0, 30.0, 50.0), (100.0, 10.0, 30.0)],
        );
        assert_eq!(spans(&grid), [(0, 0, 1, 2), (1, 0, 1, 1)]);
        assert_eq!(grid.cell_at(Point { x: 80.0, y: 40.0 }), None);
    }
}
