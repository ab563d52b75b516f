//! Goals that stand side by side, a column each, with their labels at the left -> the same cells with rows and columns
//! exchanged, so that they are read as any table.

use std::collections::{BTreeMap, BTreeSet};

use super::{Known, label_key, make_a_goal};
use crate::document::Field;
use crate::layout::table::is_blank;
use crate::place::Place;
use crate::sheet::{Block, Cell, Grid, Sheet};

/// Labels from which on a column of them is no chance: of the words in a column of a table's cells one or two may be
/// headings elsewhere.
const FEWEST_LABELS: usize = 3;

/// Edges of columns within this many points are the same.
const SAME_EDGE: f64 = 1.5;

/// The sheets with such goals in rows; `None` if there are none.
pub(crate) fn turned(
    sheets: &[Sheet],
    text: &str,
    is_header: &dyn Fn(&Cell) -> bool,
) -> Option<Vec<Sheet>> {
    let of = |sheet: &Sheet| -> Vec<(usize, GoalColumns)> {
        let blocks = sheet.blocks.iter().enumerate();
        let found = blocks.filter_map(|(index, block)| match block {
            Block::Grid(grid) => Some((index, GoalColumns::of(grid, text, is_header)?)),
            Block::Line(_) => None,
        });
        found.collect()
    };
    if sheets.iter().all(|sheet| of(sheet).is_empty()) {
        return None;
    }
    let mut sheets = sheets.to_vec();
    for at in 0..sheets.len() {
        if of(&sheets[at]).is_empty() {
            continue;
        }
        let mut next = at + 1;
        while next < sheets.len()
            && of(&sheets[next]).is_empty()
            && put_below(&mut sheets, at, next, text)
        {
            next += 1;
        }
        // From the last one, so that the indices of the others stay.
        for (index, columns) in of(&sheets[at]).into_iter().rev() {
            if let Some(Block::Grid(grid)) = sheets[at].blocks.get(index).cloned() {
                sheets[at]
                    .blocks
                    .splice(index..=index, columns.parts(&grid));
            }
        }
    }
    Some(sheets)
}

/// Puts the first grid of a page below the last one of another, if it goes on with further labels of the same goals: it
/// has the same columns, and a label in each row.
fn put_below(sheets: &mut [Sheet], at: usize, next: usize, text: &str) -> bool {
    let is_grid = |block: &Block| matches!(block, Block::Grid(_));
    let last = sheets[at].blocks.iter().rposition(is_grid);
    let first = sheets[next].blocks.iter().position(is_grid);
    let (Some(last), Some(first)) = (last, first) else {
        return false;
    };
    let (Some(Block::Grid(above)), Some(Block::Grid(below))) =
        (sheets[at].blocks.get(last), sheets[next].blocks.get(first))
    else {
        return false;
    };
    let labelled = |row: u32| {
        let mut cells = below.cells.iter();
        cells.any(|cell| cell.row == row && cell.column == 1 && label_key(cell, text).is_some())
    };
    let known = edges(above);
    let is_known = |edge: &f64| known.iter().any(|other| (edge - other).abs() <= SAME_EDGE);
    let same_columns = !edges(below).is_empty() && edges(below).iter().all(is_known);
    if !same_columns || !(1..=below.rows).all(labelled) {
        return false;
    }
    let rows = above.rows;
    let further: Vec<Cell> = below
        .cells
        .iter()
        .map(|cell| Cell {
            row: cell.row + rows,
            ..cell.clone()
        })
        .collect();
    let more = below.rows;
    sheets[next].blocks.remove(first);
    if let Some(Block::Grid(above)) = sheets[at].blocks.get_mut(last) {
        above.cells.extend(further);
        above.rows += more;
    }
    true
}

/// Where the columns of a page's grid begin and end, in points.
fn edges(grid: &Grid) -> Vec<f64> {
    let of = |cell: &Cell| match (&cell.place, cell.edges) {
        (_, Some(edges)) => Some(edges),
        (Place::Box { bbox, .. }, None) => Some((bbox.left(), bbox.right())),
        _ => None,
    };
    let edges = grid.cells.iter().filter_map(of);
    edges.flat_map(|(left, right)| [left, right]).collect()
}

/// Where in a grid the goals stand side by side.
struct GoalColumns {
    /// First and last row.
    rows: (u32, u32),
    /// The first column of the labels.
    first: u32,
}

impl GoalColumns {
    fn of(grid: &Grid, text: &str, is_header: &dyn Fn(&Cell) -> bool) -> Option<Self> {
        let labels = labels(grid, text)?;
        let edge = labels.edge;
        let item = labels
            .rows
            .iter()
            .find(|(_, known)| **known == Known::Field(Field::Item));
        let item = *item?.0;
        let at = |row: u32| -> Vec<&Cell> {
            let cells = grid.cells.iter();
            let mut right: Vec<&Cell> = cells
                .filter(|cell| cell.row <= row && row < cell.row + cell.rows && cell.column > edge)
                .collect();
            right.sort_by_key(|cell| cell.column);
            right
        };
        let goals: Vec<(u32, u32)> = at(item)
            .iter()
            .filter(|cell| !is_blank(cell, text))
            .map(|cell| (cell.column, cell.column + cell.columns))
            .collect();
        let is_label = |cell: &&Cell| Known::of(cell, text).is_some();
        let within = |row: &u32| labels.rows.contains_key(row);
        let among_values = grid
            .cells
            .iter()
            .filter(|cell| cell.column > edge && within(&cell.row) && is_label(cell))
            .count();
        if goals.len() < 2 || among_values * 2 > labels.rows.len() {
            return None;
        }
        // A cell stands under one goal, or over several of them.
        let fits = |cell: &&Cell| {
            let starts = goals.iter().any(|goal| goal.0 == cell.column);
            let ends = goals
                .iter()
                .any(|goal| goal.1 == cell.column + cell.columns);
            starts && ends || is_blank(cell, text)
        };
        let aligned = |row: u32| at(row).iter().all(fits);
        let is_labelled = |row: u32| {
            let mut cells = grid.cells.iter();
            cells.any(|cell| {
                (cell.row..cell.row + cell.rows).contains(&row)
                    && cell.column + cell.columns == edge + 1
                    && label_key(cell, text).is_some()
            })
        };
        let belongs = |row: u32| {
            let cells = at(row);
            is_labelled(row) && aligned(row) && (cells.is_empty() || cells.len() * 2 > goals.len())
        };
        // Above the first label of goals stand the sheet's own labels, and the goals' names: 目標１, 目標２.
        let is_of_goals = |row: u32| {
            let mut own = grid
                .cells
                .iter()
                .filter(|cell| cell.row == row && cell.column <= edge);
            labels.rows.contains_key(&row) && !own.any(is_header)
        };
        let names_goals = |row: u32| {
            let mut names = at(row).into_iter().map(|cell| without_number(cell, text));
            let first = names.next();
            first.is_some() && names.all(|name| Some(&name) == first.as_ref())
        };
        let mut rows = (item, item);
        let above = |row: u32| row > 1 && belongs(row - 1);
        while above(rows.0) && (is_of_goals(rows.0 - 1) || names_goals(rows.0 - 1)) {
            rows.0 -= 1;
        }
        while rows.1 < grid.rows && belongs(rows.1 + 1) {
            rows.1 += 1;
        }
        let inside = labels.rows.range(rows.0..=rows.1);
        let fields = inside.clone().filter_map(|(_, known)| known.field());
        let enough = inside.count() >= FEWEST_LABELS && make_a_goal(fields);
        enough.then_some(Self {
            rows,
            first: labels.first,
        })
    }

    /// The grid's rows above, its goals with rows and columns exchanged, and its rows below.
    fn parts(&self, grid: &Grid) -> Vec<Block> {
        let (top, bottom) = self.rows;
        let some = |cells: Vec<Cell>, turn: bool| {
            (!cells.is_empty()).then(|| {
                let (rows, columns) = if turn {
                    (grid.columns + 1 - self.first, bottom + 1 - top)
                } else {
                    (grid.rows, grid.columns)
                };
                let place = around(&cells).unwrap_or_else(|| grid.place.clone());
                Block::Grid(Grid {
                    rows,
                    columns,
                    cells,
                    place,
                    title_rows: None,
                    open_below: false,
                    open_above: false,
                    across_pages: false,
                    evidence: grid.evidence,
                })
            })
        };
        let of = |within: &dyn Fn(&Cell) -> bool| -> Vec<Cell> {
            grid.cells
                .iter()
                .filter(|cell| within(cell))
                .cloned()
                .collect()
        };
        let above = of(&|cell| cell.row < top);
        let below = of(&|cell| cell.row > bottom);
        let mut turned: Vec<Cell> = of(&|cell| (top..=bottom).contains(&cell.row))
            .into_iter()
            .map(|cell| self.turn(cell))
            .collect();
        turned.sort_by_key(|cell| (cell.row, cell.column));
        [some(above, false), some(turned, true), some(below, false)]
            .into_iter()
            .flatten()
            .collect()
    }

    fn turn(&self, cell: Cell) -> Cell {
        let edges = match (&cell.place, cell.edges) {
            (Place::Box { bbox, .. }, Some(_)) => Some((bbox.top(), bbox.bottom())),
            _ => None,
        };
        Cell {
            row: cell.column.saturating_sub(self.first) + 1,
            column: cell.row - self.rows.0 + 1,
            rows: cell.columns,
            columns: cell.rows,
            edges,
            ..cell
        }
    }
}

/// The known labels at the left of a grid.
struct Labels {
    /// Row -> its label's field.
    rows: BTreeMap<u32, Known>,
    /// The last column of the labels, and the first one.
    edge: u32,
    first: u32,
}

/// The column that most known labels end with, if it is at the left.
fn labels(grid: &Grid, text: &str) -> Option<Labels> {
    let mut ends: BTreeMap<u32, Vec<(&Cell, Known)>> = BTreeMap::new();
    for cell in &grid.cells {
        if let Some(field) = Known::of(cell, text) {
            let end = cell.column + cell.columns - 1;
            ends.entry(end).or_default().push((cell, field));
        }
    }
    let (&edge, cells) = ends
        .iter()
        .max_by_key(|(end, cells)| (cells.len(), std::cmp::Reverse(**end)))?;
    let rows: BTreeMap<u32, Known> = cells
        .iter()
        .map(|(cell, field)| (cell.row, *field))
        .collect();
    let reach: BTreeSet<u32> = cells
        .iter()
        .flat_map(|(cell, _)| cell.row..cell.row + cell.rows)
        .collect();
    // Labels in two storeys: what stands at their left heads several of them.
    let left = grid
        .cells
        .iter()
        .filter(|cell| cell.column <= edge && reach.contains(&cell.row) && !is_blank(cell, text));
    let first = left.map(|cell| cell.column).min()?;
    (rows.len() >= FEWEST_LABELS).then_some(Labels { rows, edge, first })
}

/// A cell's text without its numbers: what the names of goals have in common.
fn without_number(cell: &Cell, text: &str) -> String {
    let lines = cell.lines.iter().map(|line| line.range.of(text));
    let said: String = lines.collect();
    said.chars()
        .filter(|c| !c.is_numeric() && !c.is_whitespace())
        .collect()
}

/// The box or cells around these cells.
fn around(cells: &[Cell]) -> Option<Place> {
    let mut places = cells.iter().map(|cell| cell.place.clone());
    let first = places.next()?;
    Some(places.fold(first, |all, place| all.around(&place)))
}
