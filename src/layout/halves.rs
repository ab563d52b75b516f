//! Pages that hold further columns of a table on other pages -> one grid: a sheet wider than its paper is printed in
//! parts, down then over or over then down, and facing pages hold a half each.

use std::collections::{BTreeMap, HashSet};

use super::bands::Vocabulary;
use super::passage::Passage;
use crate::ledger::Class;
use crate::note::{Note, What};
use crate::place::{Bbox, Place};
use crate::sheet::{Block, Cell, Grid, Reading, Sheet, TextRange};
use crate::text;

/// Edges within this many points are the same.
const SAME: f64 = 1.5;
/// Rows from which on their heights tell one page from another.
const ROWS: usize = 2;

/// What joining found.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    /// The sheets, each table whole on the page where it begins; `None` if no page holds further columns.
    pub sheets: Option<Vec<Sheet>>,
    pub notes: Vec<Note>,
    pub claims: Vec<(Class, TextRange)>,
}

/// Puts the columns of such pages beside those that they belong to.
pub(crate) fn join(reading: &Reading, vocabulary: &Vocabulary) -> Joined {
    let faces: Vec<Option<Face>> = reading
        .sheets
        .iter()
        .map(|sheet| Face::of(sheet, &reading.text, vocabulary))
        .collect();
    let mut joined = Joined::default();
    let agree = |root: usize, at: usize| halves_agree(reading, &faces, root, at);
    for (at, root) in pairs(&faces, agree) {
        let face = |at: usize| faces.get(at).and_then(Option::as_ref);
        let Some(part) = face(at) else { continue };
        let Some((root, first)) = root.and_then(|root| Some((root, face(root)?))) else {
            let note = Note::new(What::ColumnsNotJoined);
            joined.notes.push(note.at(Some(part.place.clone())));
            continue;
        };
        let sheets = joined.sheets.get_or_insert_with(|| reading.sheets.clone());
        let Some(further) = take_grid(sheets, at, part.block) else {
            continue;
        };
        let Some(sheet) = sheets.get_mut(root) else {
            continue;
        };
        let page = sheet.page.unwrap_or_default();
        let Some(Block::Grid(grid)) = sheet.blocks.get_mut(first.block) else {
            continue;
        };
        let repeated = repeated_columns(grid, &further, &reading.text);
        joined.claims.extend(put_beside(grid, further, repeated));
        let note = Note::new(What::ColumnsJoined { page });
        joined.notes.push(note.at(Some(part.place.clone())));
    }
    joined
}

/// The largest grid of a page, as far as it tells whether pages belong together.
struct Face {
    /// Index of its block.
    block: usize,
    place: Place,
    size: (f64, f64),
    /// The edges of its rows and of its columns.
    rows: Vec<f64>,
    columns: Vec<f64>,
    /// The known heading words in it.
    headings: HashSet<String>,
}

impl Face {
    fn of(sheet: &Sheet, text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let size = sheet.size?;
        let grids = sheet
            .blocks
            .iter()
            .enumerate()
            .filter_map(|(at, block)| match block {
                Block::Grid(grid) => Some((at, grid)),
                Block::Line(_) => None,
            });
        let (block, grid) = grids.max_by(|a, b| area(a.1).total_cmp(&area(b.1)))?;
        let boxes: Vec<Bbox> = grid
            .cells
            .iter()
            .filter_map(|cell| bbox(&cell.place))
            .collect();
        let headings = grid
            .cells
            .iter()
            .filter_map(|cell| vocabulary.heading(cell, text));
        Some(Self {
            block,
            place: grid.place.clone(),
            size,
            rows: edges(boxes.iter().flat_map(|b| [b.top(), b.bottom()])),
            columns: edges(boxes.iter().flat_map(|b| [b.left(), b.right()])),
            headings: headings.collect(),
        })
    }

    /// Whether both have the same rows: one may have cells that are merged over some.
    fn has_rows_of(&self, other: &Self) -> bool {
        let (few, many) = if self.rows.len() <= other.rows.len() {
            (&self.rows, &other.rows)
        } else {
            (&other.rows, &self.rows)
        };
        let meets =
            |a: Option<&f64>, b: Option<&f64>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() <= SAME);
        self.size == other.size
            && few.len() > ROWS
            && meets(few.last(), many.last())
            && few
                .iter()
                .all(|a| many.iter().any(|b| (a - b).abs() <= SAME))
    }

    fn has_columns_of(&self, other: &Self) -> bool {
        self.columns.len() == other.columns.len()
            && self
                .columns
                .iter()
                .zip(&other.columns)
                .all(|(a, b)| (a - b).abs() <= SAME)
    }

    /// Whether its headings are others: it has some that the other page has not, and the other one likewise.
    fn has_other_headings(&self, other: &Self) -> bool {
        !self.headings.is_subset(&other.headings) && !other.headings.is_subset(&self.headings)
    }
}

/// The pages that hold further columns, each with the page that holds the first ones; `None` where that is not known.
///
/// The first page with other headings beside the same rows shows how far apart both are; those after it that have its
/// columns go on it, whether headings are repeated or not.
fn pairs(
    faces: &[Option<Face>],
    agree: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, Option<usize>)> {
    let mut roots: BTreeMap<usize, usize> = BTreeMap::new();
    // The columns of each part, by a page that has them, and how far it is from its root.
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut found = Vec::new();
    for (at, face) in faces.iter().enumerate() {
        let Some(face) = face else { continue };
        let face_at = |at: usize| faces.get(at).and_then(Option::as_ref);
        let known = parts
            .iter()
            .find(|(page, _)| face_at(*page).is_some_and(|part| part.has_columns_of(face)));
        let is_first = (0..at).any(|before| {
            !roots.contains_key(&before)
                && face_at(before).is_some_and(|root| root.has_columns_of(face))
        });
        if is_first {
            continue;
        }
        let fits = |root: usize| {
            !roots.contains_key(&root) && face_at(root).is_some_and(|other| face.has_rows_of(other))
        };
        if let Some(&(_, distance)) = known {
            let root = at.checked_sub(distance).filter(|&root| fits(root));
            if let Some(root) = root {
                roots.insert(at, root);
            }
            found.push((at, root));
        } else if let Some(root) = (0..at).find(|&root| {
            fits(root)
                && face_at(root).is_some_and(|other| face.has_other_headings(other))
                && agree(root, at)
        }) {
            roots.insert(at, root);
            parts.push((at, at - root));
            found.push((at, Some(root)));
        }
    }
    found
}

/// Whether two pages may be halves of one table: where both have a column of one heading, it is printed again and says
/// the same – two tables may have rows of one height.
fn halves_agree(reading: &Reading, faces: &[Option<Face>], root: usize, at: usize) -> bool {
    let found = |at: usize| {
        let face = faces.get(at)?.as_ref()?;
        let block = reading.sheets.get(at)?.blocks.get(face.block)?;
        match block {
            Block::Grid(grid) => Some((face, grid)),
            Block::Line(_) => None,
        }
    };
    found(root)
        .zip(found(at))
        .is_some_and(|((first, grid), (part, further))| {
            part.headings.is_disjoint(&first.headings)
                || repeated_columns(grid, further, &reading.text) > 0
        })
}

/// Takes a grid off its page.
fn take_grid(sheets: &mut [Sheet], sheet: usize, block: usize) -> Option<Grid> {
    let blocks = &mut sheets.get_mut(sheet)?.blocks;
    if !matches!(blocks.get(block), Some(Block::Grid(_))) {
        return None;
    }
    match blocks.remove(block) {
        Block::Grid(grid) => Some(grid),
        Block::Line(_) => None,
    }
}

/// How many columns at the left of a part are those at the left of the first one again (print titles).
fn repeated_columns(first: &Grid, part: &Grid, text: &str) -> u32 {
    // A cell that is merged over other columns is cut where the page ends: its text need not be there again.
    let said = |grid: &Grid, column: u32| -> Vec<String> {
        let cells = grid.cells.iter();
        cells
            .filter(|cell| cell.column == column && cell.columns == 1)
            .map(|cell| text::squash(&Passage::of_cell(cell).raw(text)))
            .filter(|word| !word.is_empty())
            .collect()
    };
    let same = |column: &u32| {
        let words = said(part, *column);
        !words.is_empty() && words == said(first, *column)
    };
    (1..first.columns.min(part.columns))
        .take_while(same)
        .count() as u32
}

/// Puts a part's columns at the right of a grid, but for the repeated ones, whose text is given back.
fn put_beside(grid: &mut Grid, part: Grid, repeated: u32) -> Vec<(Class, TextRange)> {
    let (again, further): (Vec<Cell>, Vec<Cell>) = part
        .cells
        .into_iter()
        .partition(|cell| cell.column + cell.columns <= repeated + 1);
    let shift = grid.columns - repeated;
    let further = further.into_iter().map(|cell| Cell {
        column: cell.column + shift,
        ..cell
    });
    grid.cells.extend(further);
    grid.columns += part.columns - repeated;
    grid.open_below |= part.open_below;
    grid.open_above |= part.open_above;
    grid.across_pages = true;
    number_rows(grid);
    let lines = again.into_iter().flat_map(|cell| cell.lines);
    lines.map(|line| (Class::Repeated, line.range)).collect()
}

/// Numbers a grid's rows anew by where its cells stand.
fn number_rows(grid: &mut Grid) {
    let boxes = grid.cells.iter().filter_map(|cell| bbox(&cell.place));
    let edges = edges(boxes.flat_map(|b| [b.top(), b.bottom()]));
    let row = |y: f64| edges.partition_point(|edge| *edge < y - SAME) as u32;
    for cell in &mut grid.cells {
        if let Some(bbox) = bbox(&cell.place) {
            cell.row = row(bbox.top()) + 1;
            cell.rows = (row(bbox.bottom()) + 1).saturating_sub(cell.row).max(1);
        }
    }
    grid.rows = (edges.len() as u32).saturating_sub(1);
    grid.cells.sort_by_key(|cell| (cell.row, cell.column));
}

/// The different positions, sorted.
fn edges(positions: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut edges: Vec<f64> = positions.collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|b, a| *b - *a <= SAME);
    edges
}

fn area(grid: &Grid) -> f64 {
    bbox(&grid.place).map_or(0.0, |b| (b.right() - b.left()) * (b.bottom() - b.top()))
}

fn bbox(place: &Place) -> Option<Bbox> {
    match place {
        Place::Box { bbox, .. } => Some(*bbox),
        _ => None,
    }
}
