//! Connected rules -> grids: the cells between them with their spans.

use crate::read::pdf::grids::aligned;
use crate::read::pdf::grids::connected::{Component, MEET, Sets, components, longest};
use crate::read::pdf::grids::gutters::{self, Texts};
use crate::read::pdf::grids::headed;
use crate::read::pdf::grids::islands;
use crate::read::pdf::grids::labelled;
use crate::read::pdf::grids::overlays;
use crate::read::pdf::grids::overrun;
use crate::read::pdf::grids::rules::{Rule, Rules};
use crate::read::pdf::grids::stripes;
use crate::read::pdf::grids::unruled;
use crate::read::pdf::marks::{Point, Rect};

/// Positions of one component, rows by columns, beyond which it is a drawing and not a table.
const POSITIONS: usize = 1 << 20;
/// Grids of a page; the text of smaller ones beyond them stands as lines.
const GRIDS: usize = 1_000;
/// Sides of a box to tick, points.
const TICK_BOX: f32 = 14.0;
/// A frame around this part of the page is decoration, not a cell.
const PAGE_FRAME: f32 = 0.5;

/// What parts a table's rows and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parted {
    ByRules,
    /// Some part where the text does: no rule is drawn there.
    ByText,
    /// It has several cells, but nothing shows which.
    Not,
}

/// The cells between connected rules.
#[derive(Debug, Clone)]
pub(crate) struct GridShape {
    pub rect: Rect,
    pub rows: u32,
    pub columns: u32,
    /// In row-major order of their first position.
    pub cells: Vec<CellShape>,
    /// The page ends inside the last row: nothing is drawn below it.
    pub open_below: bool,
    /// Nothing is drawn above the first row.
    pub open_above: bool,
    pub parted: Parted,
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// For each elementary position the index of its cell plus one, 0 outside the outline.
    owner: Vec<u32>,
}

/// A cell: its place in the grid (0-based) and on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CellShape {
    pub row: u32,
    pub column: u32,
    pub rows: u32,
    pub columns: u32,
    pub rect: Rect,
}

impl GridShape {
    /// The index of the cell that holds a point.
    pub(crate) fn cell_at(&self, point: Point) -> Option<usize> {
        let column = band(&self.xs, point.x)?;
        let row = band(&self.ys, point.y)?;
        let owner = *self.owner.get(row * (self.xs.len() - 1) + column)?;
        (owner > 0).then(|| owner as usize - 1)
    }

    /// Whether some of its rows or columns part where the text does.
    pub(crate) fn is_by_text(&self) -> bool {
        self.parted == Parted::ByText
    }

    /// Where its columns part, from left to right.
    pub(crate) fn columns_part(&self) -> Vec<f32> {
        let lefts = self.cells.iter().filter(|cell| cell.column > 0);
        let mut parts: Vec<f32> = lefts.map(|cell| cell.rect.left).collect();
        parts.sort_by(f32::total_cmp);
        parts.dedup();
        parts
    }

    /// Whether most of its cells are lower or narrower than text that can be read: a hatched or dotted area.
    pub(crate) fn is_pattern(&self) -> bool {
        let tiny = self.cells.iter().map(|cell| cell.rect).filter(|rect| {
            rect.right - rect.left < gutters::GUTTER || rect.bottom - rect.top < gutters::GUTTER
        });
        tiny.count() * 2 > self.cells.len()
    }

    fn area(&self) -> f32 {
        (self.rect.right - self.rect.left) * (self.rect.bottom - self.rect.top)
    }
}

/// Which interval between sorted positions holds a value.
fn band(positions: &[f32], value: f32) -> Option<usize> {
    let after = positions.partition_point(|&at| at <= value);
    (after > 0 && after < positions.len()).then(|| after - 1)
}

/// What the rules of a page bound.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub grids: Vec<GridShape>,
    /// Whether there are so many rules that some were not looked at.
    pub some_left_out: bool,
}

/// What divides a page into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Division {
    /// What is drawn, and the positions of text where only some rules are.
    RulesAndText,
    Rules,
}

/// Finds the grids of a page, inner ones before those around them. Where no rules are drawn, the edges of
/// painted boxes divide cells, if they make a table.
pub(crate) fn find(
    rules: &Rules,
    edges: &Rules,
    texts: &Texts,
    page: (f32, f32),
    division: Division,
) -> Found {
    let (mut drawn, mut painted) = (Connected::of(rules), Connected::of(edges));
    let mut found = Found {
        grids: Vec::new(),
        some_left_out: drawn.some_left_out || painted.some_left_out,
    };
    let mut bounded = |whole: Vec<Component>| found.bounded(whole, texts, (division, page.1));
    let mut grids = bounded(std::mem::take(&mut drawn.whole));
    let mut shaded = bounded(std::mem::take(&mut painted.whole));
    if division == Division::RulesAndText {
        shaded = stripes::join(islands::join(shaded, texts), texts);
        shaded = shaded
            .into_iter()
            .filter_map(|grid| labelled::completed(grid, texts))
            .collect();
        headed::join(&mut shaded, &mut grids, &mut drawn.alone, texts);
        grids.extend(bounded(unruled::tables(drawn.alone, texts)));
    }
    let mut grids = islands::join(grids, texts);
    let is_table = |grid: &GridShape| grid.rows > 1 && grid.columns > 1;
    let apart = |grid: &GridShape| !grids.iter().any(|other| overlap(grid.rect, other.rect));
    let shaded = shaded.into_iter();
    let shaded: Vec<GridShape> = shaded
        .filter(|grid| is_table(grid) && apart(grid))
        .collect();
    grids.extend(shaded);
    grids.retain(|grid| !is_tick_box(grid));
    grids.sort_by(|a, b| b.area().total_cmp(&a.area()));
    found.some_left_out |= grids.len() > GRIDS;
    grids.truncate(GRIDS);
    let frames: Vec<bool> = grids
        .iter()
        .map(|grid| is_frame(grid, &grids, page))
        .collect();
    let mut frame = frames.iter();
    grids.retain(|_| !frame.next().copied().unwrap_or_default());
    grids.sort_by(|a, b| {
        a.area()
            .total_cmp(&b.area())
            .then(a.rect.top.total_cmp(&b.rect.top))
            .then(a.rect.left.total_cmp(&b.rect.left))
    });
    found.grids = grids;
    found
}

/// Rules that are connected, and horizontal ones that meet no other.
struct Connected {
    whole: Vec<Component>,
    alone: Vec<Rule>,
    some_left_out: bool,
}

impl Connected {
    fn of(rules: &Rules) -> Self {
        let longest = longest(rules);
        let (mut whole, mut alone) = (Vec::new(), Vec::new());
        for mut component in components(longest.as_ref().unwrap_or(rules)) {
            overlays::without_shafts(&mut component);
            match component.horizontal.as_slice() {
                [rule] if component.vertical.is_empty() => alone.push(*rule),
                _ => whole.push(component),
            }
        }
        Self {
            whole,
            alone,
            some_left_out: longest.is_some(),
        }
    }
}

impl Found {
    /// The grids that components bound; those that are too fine are left out.
    fn bounded(
        &mut self,
        whole: Vec<Component>,
        texts: &Texts,
        (division, height): (Division, f32),
    ) -> Vec<GridShape> {
        let mut grids = Vec::with_capacity(whole.len());
        for component in whole {
            let Some(mut component) = component.closed() else {
                continue;
            };
            gutters::close(&mut component, texts);
            overrun::reach(&mut component, texts, height);
            if division == Division::RulesAndText {
                aligned::divide(&mut component, texts);
            }
            if has_too_many_positions(&component) {
                self.some_left_out = true;
            } else {
                grids.extend(grid_of(&component));
            }
        }
        grids
    }
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/// Whether it is a single box of a character's size: 実施 □.
fn is_tick_box(grid: &GridShape) -> bool {
    let (width, height) = (
        grid.rect.right - grid.rect.left,
        grid.rect.bottom - grid.rect.top,
    );
    grid.cells.len() == 1 && width.max(height) < TICK_BOX
}

/// Whether a single box is a frame around other tables or around the page's text.
fn is_frame(grid: &GridShape, grids: &[GridShape], page: (f32, f32)) -> bool {
    grid.cells.len() == 1
        && (grid.area() > PAGE_FRAME * page.0 * page.1
            || grids
                .iter()
                .any(|other| other.area() < grid.area() && inside(other.rect, grid.rect)))
}

fn inside(inner: Rect, outer: Rect) -> bool {
    inner.left >= outer.left
        && inner.right <= outer.right
        && inner.top >= outer.top
        && inner.bottom <= outer.bottom
}

fn has_too_many_positions(component: &Component) -> bool {
    let intervals = |rules: &[Rule]| positions(rules).len().saturating_sub(1);
    intervals(&component.vertical).saturating_mul(intervals(&component.horizontal)) > POSITIONS
}

/// The grid that a component's rules bound.
pub(crate) fn grid_of(component: &Component) -> Option<GridShape> {
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
    if component.is_by_text {
        grid.parted = Parted::ByText;
    }
    Some(grid)
}

/// The different positions of rules, sorted.
fn positions(rules: &[Rule]) -> Vec<f32> {
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
            for column in covered(xs, rule) {
                lattice.above[row * columns + column] = true;
            }
        }
        for rule in &component.vertical {
            let column = xs.partition_point(|&x| x < rule.at);
            for row in covered(ys, rule) {
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
fn covered(positions: &[f32], rule: &Rule) -> std::ops::Range<usize> {
    let first = positions.partition_point(|&at| at < rule.from - MEET);
    let end = positions.partition_point(|&at| at <= rule.to + MEET);
    first..end.saturating_sub(1).max(first)
}

impl GridShape {
    /// Cells from regions: a region that is no rectangle is cut into rectangles, row by row.
    fn from_regions(regions: &[usize], xs: &[f32], ys: &[f32], open: (bool, bool)) -> Option<Self> {
        let columns = xs.len() - 1;
        let mut owner = vec![0u32; regions.len()];
        let mut boxes: Vec<[usize; 4]> = Vec::new();
        for start in 0..regions.len() {
            if regions[start] == 0 || owner[start] > 0 {
                continue;
            }
            let found = rectangle_from(start, regions, &owner, columns);
            boxes.push(found);
            let [top, left, bottom, right] = found;
            for row in top..bottom {
                owner[row * columns + left..row * columns + right].fill(boxes.len() as u32);
            }
        }
        if boxes.is_empty() {
            return None;
        }
        // Positions that bound no cell come from rules that divide nothing.
        let row_numbers = used(boxes.iter().flat_map(|b| [b[0], b[2]]), ys.len());
        let column_numbers = used(boxes.iter().flat_map(|b| [b[1], b[3]]), xs.len());
        let cells: Vec<CellShape> = boxes
            .iter()
            .map(|&[top, left, bottom, right]| CellShape {
                row: row_numbers[top],
                column: column_numbers[left],
                rows: row_numbers[bottom] - row_numbers[top],
                columns: column_numbers[right] - column_numbers[left],
                rect: Rect {
                    left: xs[left],
                    top: ys[top],
                    right: xs[right],
                    bottom: ys[bottom],
                },
            })
            .collect();
        let rect = cells.iter().map(|cell| cell.rect).reduce(Rect::joined)?;
        Some(Self {
            rect,
            rows: row_numbers.iter().copied().max().unwrap_or_default(),
            columns: column_numbers.iter().copied().max().unwrap_or_default(),
            cells,
            open_below: open.0,
            open_above: open.1,
            parted: Parted::ByRules,
            xs: xs.to_vec(),
            ys: ys.to_vec(),
            owner,
        })
    }
}

/// The largest rectangle of one region that starts at a position: as wide as the region there, as many
/// rows as are the same.
fn rectangle_from(start: usize, regions: &[usize], owner: &[u32], columns: usize) -> [usize; 4] {
    let (top, left) = (start / columns, start % columns);
    let mine = |row: usize, column: usize| {
        let at = row * columns + column;
        regions.get(at) == regions.get(start) && owner.get(at) == Some(&0)
    };
    let right = (left..columns)
        .find(|&column| !mine(top, column))
        .unwrap_or(columns);
    let whole = |row: usize| {
        (left..right).all(|column| mine(row, column))
            && (left == 0 || !mine(row, left - 1))
            && (right == columns || !mine(row, right))
    };
    let rows = regions.len() / columns;
    let bottom = (top + 1..rows).find(|&row| !whole(row)).unwrap_or(rows);
    [top, left, bottom, right]
}

/// New numbers for the positions in use; a position between two takes the number before it.
fn used(bounds: impl Iterator<Item = usize>, count: usize) -> Vec<u32> {
    let mut is_used = vec![false; count];
    for bound in bounds {
        is_used[bound] = true;
    }
    let mut next = 0;
    is_used
        .into_iter()
        .map(|used| {
            next += u32::from(used);
            next.saturating_sub(1)
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const PAGE: (f32, f32) = (600.0, 400.0);

    fn found(rules: &Rules) -> Vec<GridShape> {
        find(
            rules,
            &Rules::default(),
            &Texts::default(),
            PAGE,
            Division::Rules,
        )
        .grids
    }

    fn rules(horizontal: &[(f32, f32, f32)], vertical: &[(f32, f32, f32)]) -> Rules {
        let list = |items: &[(f32, f32, f32)]| {
            let mut rules: Vec<Rule> = items
                .iter()
                .map(|&(at, from, to)| Rule { at, from, to })
                .collect();
            rules.sort_by(|a, b| a.at.total_cmp(&b.at));
            rules
        };
        Rules {
            horizontal: list(horizontal),
            vertical: list(vertical),
        }
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
        let page = rules(
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
        let grids = found(&page);
        assert_eq!(grids.len(), 1);
        assert_eq!(
            spans(&grids[0]),
            [
                (0, 0, 1, 3),
                (1, 0, 2, 1),
                (1, 1, 1, 1),
                (1, 2, 1, 1),
                (2, 1, 1, 1),
                (2, 2, 1, 1)
            ]
        );
        assert_eq!(grids[0].cell_at(Point { x: 20.0, y: 60.0 }), Some(1));
        assert_eq!(grids[0].cell_at(Point { x: 20.0, y: 80.0 }), None);
    }

    #[test]
    fn rules_short_of_the_corner_meet() {
        let page = rules(
            &[(10.0, 12.0, 99.0), (30.0, 12.0, 98.0)],
            &[(10.0, 11.5, 28.5), (100.0, 11.0, 29.0)],
        );
        assert_eq!(found(&page)[0].cells.len(), 1);
    }

    #[test]
    fn a_row_without_closing_rule_ends_where_the_verticals_end() {
        let page = rules(
            &[(10.0, 10.0, 100.0), (30.0, 10.0, 100.0)],
            &[(10.0, 10.0, 60.0), (50.0, 10.0, 60.0), (100.0, 10.0, 60.5)],
        );
        let grids = found(&page);
        assert!(grids[0].open_below && !grids[0].open_above);
        assert_eq!((grids[0].rows, grids[0].cells.len()), (2, 4));
        assert!(grids[0].rect.bottom >= 60.0);
    }

    #[test]
    fn an_open_top_and_open_sides_close_too() {
        let page = rules(
            &[(30.0, 0.0, 100.0), (60.0, 0.0, 100.0)],
            &[(20.0, 10.0, 60.0), (60.0, 10.0, 60.0)],
        );
        let grids = found(&page);
        assert!(grids[0].open_above);
        assert_eq!(grids[0].columns, 3);
    }

    #[test]
    fn an_underline_in_a_cell_divides_nothing() {
        let page = rules(
            &[
                (10.0, 10.0, 100.0),
                (20.0, 15.0, 95.0),
                (25.0, 40.0, 102.0),
                (40.0, 10.0, 100.0),
            ],
            &[(10.0, 10.0, 40.0), (100.0, 10.0, 40.0)],
        );
        let grids = found(&page);
        assert_eq!(
            (grids.len(), grids[0].cells.len(), grids[0].rows),
            (1, 1, 1)
        );
    }

    #[test]
    fn tables_apart_are_grids_of_their_own_and_a_frame_is_none() {
        let table = |x: f32| {
            (
                [(100.0, x, x + 50.0), (150.0, x, x + 50.0)],
                [(x, 100.0, 150.0), (x + 50.0, 100.0, 150.0)],
            )
        };
        let (h1, v1) = table(50.0);
        let (h2, v2) = table(120.0);
        let frame_h = [(40.0, 30.0, 200.0), (180.0, 30.0, 200.0)];
        let frame_v = [(30.0, 40.0, 180.0), (200.0, 40.0, 180.0)];
        let page = rules(&[h1, h2, frame_h].concat(), &[v1, v2, frame_v].concat());
        let grids = found(&page);
        assert_eq!(grids.len(), 2);
    }

    #[test]
    fn what_lies_outside_the_outline_is_no_cell() {
        // The second row is narrower than the first.
        let page = rules(
            &[(10.0, 10.0, 100.0), (30.0, 10.0, 100.0), (50.0, 10.0, 60.0)],
            &[(10.0, 10.0, 50.0), (60.0, 30.0, 50.0), (100.0, 10.0, 30.0)],
        );
        let grids = found(&page);
        assert_eq!(spans(&grids[0]), [(0, 0, 1, 2), (1, 0, 1, 1)]);
        assert_eq!(grids[0].cell_at(Point { x: 80.0, y: 40.0 }), None);
    }

    #[test]
    fn where_there_are_too_many_rules_the_longest_are_looked_at() {
        let mut horizontal: Vec<_> = (0..30_000u16)
            .map(|n| {
                (
                    f32::from(n) / 10.0,
                    200.0 + f32::from(n % 40) * 9.0,
                    205.0 + f32::from(n % 40) * 9.0,
                )
            })
            .collect();
        horizontal.extend([(10.0, 10.0, 100.0), (30.0, 10.0, 100.0)]);
        let page = rules(&horizontal, &[(10.0, 10.0, 30.0), (100.0, 10.0, 30.0)]);
        let found = find(
            &page,
            &Rules::default(),
            &Texts::default(),
            PAGE,
            Division::Rules,
        );
        assert!(found.some_left_out);
        assert_eq!(found.grids.len(), 1);
    }

    #[test]
    fn thousands_of_rules_are_found_by_a_sweep() {
        let horizontal: Vec<_> = (0..2000u16)
            .map(|n| (f32::from(n) * 10.0, 0.0, 300.0))
            .collect();
        let vertical: Vec<_> = (0..300u16).map(|n| (f32::from(n), 0.0, 19_990.0)).collect();
        assert_eq!(found(&rules(&horizontal, &vertical))[0].rows, 1999);
    }
}
