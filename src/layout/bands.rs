//! Grids -> heading bands: which rows are headings, and what columns they make.

use std::collections::HashSet;

use super::definition::{ColumnDefinition, Kind, Layout};
use super::passage::{Passage, heading_key_up_to};
use super::table::{Extent, Table, is_blank};
use crate::sheet::Cell;
use crate::text;

/// The rows of a grid that are column headings.
#[derive(Debug, Clone)]
pub(crate) struct Band {
    /// First row of the grid, 1-based.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
    /// Its columns, left to right.
    pub columns: Vec<Headed>,
}

/// A column with its heading.
#[derive(Debug, Clone)]
pub(crate) struct Headed {
    /// The grid's columns under it.
    pub extent: Extent,
    /// The heading's text; no lines: unheaded.
    pub heading: Passage,
    /// The headings above it, outermost first.
    pub parents: Vec<Passage>,
    /// Their comparison keys.
    pub key: String,
    pub parent_keys: Vec<String>,
}

/// The heading words of all layouts, as keys.
pub(crate) struct Vocabulary {
    headings: HashSet<String>,
    parents: HashSet<String>,
    /// Characters of the longest of them.
    longest: usize,
}

impl Vocabulary {
    /// The words of these layouts.
    pub fn of<'a>(layouts: impl IntoIterator<Item = &'a Layout>) -> Self {
        let columns: Vec<&ColumnDefinition> = layouts
            .into_iter()
            .filter(|layout| layout.kind == Kind::GoalSheet)
            .flat_map(|layout| &layout.columns)
            .collect();
        let keys = |words: &[String]| {
            words
                .iter()
                .map(|word| text::heading_key(word))
                .collect::<Vec<_>>()
        };
        let headings: HashSet<String> = columns
            .iter()
            .flat_map(|column| keys(&column.headings))
            .collect();
        let parents: HashSet<String> = columns
            .iter()
            .flat_map(|column| keys(&column.parents))
            .collect();
        let lengths = headings
            .iter()
            .chain(&parents)
            .map(|key| key.chars().count());
        Self {
            longest: lengths.max().unwrap_or(0),
            headings,
            parents,
        }
    }

    /// The key of a cell, if it may be one of these words.
    fn key(&self, cell: &Cell, text: &str) -> Option<String> {
        heading_key_up_to(
            cell.lines.iter().map(|line| line.range.of(text)),
            self.longest,
        )
    }

    /// The key of a cell that is one of these headings.
    pub(crate) fn heading(&self, cell: &Cell, text: &str) -> Option<String> {
        let key = self.key(cell, text)?;
        self.headings.contains(&key).then_some(key)
    }

    fn is_heading(&self, cell: &Cell, text: &str) -> bool {
        self.heading(cell, text).is_some()
    }

    fn is_parent(&self, cell: &Cell, text: &str) -> bool {
        self.key(cell, text)
            .is_some_and(|key| self.parents.contains(&key))
    }
}

/// A row is a heading row only with this many known headings in it: two words can meet by chance in a
/// label block (課名, 番号), three that are not labels of a value beside them do not.
const FEWEST_HEADINGS: usize = 3;

/// The heading bands of a grid, top to bottom.
pub(crate) fn bands(table: &Table<'_>, text: &str, vocabulary: &Vocabulary) -> Vec<Band> {
    let hits: Vec<(u32, usize)> = table
        .rows()
        .map(|row| (row, distinct_hits(table, row, text, vocabulary)))
        .filter(|&(row, hits)| hits >= FEWEST_HEADINGS && hits * 2 >= table.filled(row).count())
        .collect();
    let mut bands: Vec<Band> = Vec::new();
    for &(row, count) in &hits {
        // Of rows that share a heading's cells, the one with the most headings is the band's row.
        let better = hits.iter().any(|&(other, others)| {
            other != row
                && shares_heading(table, row, other, text, vocabulary)
                && (others > count || (others == count && other < row))
        });
        if better || bands.last().is_some_and(|band: &Band| row <= band.bottom) {
            continue;
        }
        let above = bands.last().map_or(0, |band| band.bottom);
        bands.push(band_at(table, row, above, text, vocabulary));
    }
    bands
}

fn distinct_hits(table: &Table<'_>, row: u32, text: &str, vocabulary: &Vocabulary) -> usize {
    let keys: HashSet<String> = table
        .filled(row)
        .filter_map(|cell| vocabulary.heading(cell, text))
        .collect();
    keys.len()
}

/// Whether two neighbouring rows belong to one band: a heading's cell covers both, or one stands directly on
/// the other and neither repeats the other's words.
fn shares_heading(table: &Table<'_>, a: u32, b: u32, text: &str, vocabulary: &Vocabulary) -> bool {
    let (upper, lower) = (a.min(b), a.max(b));
    let covers = |cell: &Cell| {
        cell.row <= upper && cell.row + cell.rows > lower && vocabulary.is_heading(cell, text)
    };
    table.filled(upper).any(covers)
        || (lower == upper + 1 && {
            let words = |row| -> HashSet<String> {
                table
                    .filled(row)
                    .map(|cell| Passage::of_cell(cell).heading_key(text))
                    .collect()
            };
            words(upper).is_disjoint(&words(lower))
        })
}

fn band_at(
    table: &Table<'_>,
    row: u32,
    last_above: u32,
    text: &str,
    vocabulary: &Vocabulary,
) -> Band {
    let known = |cell: &&Cell| vocabulary.is_heading(cell, text);
    let mut top = table
        .filled(row)
        .filter(known)
        .map(|cell| cell.row)
        .min()
        .unwrap_or(row);
    let headings: Vec<&Cell> = table.filled(row).filter(known).collect();
    let mut bottom = bottom_of(table, row, &headings, |cell| known(&cell));
    if belongs_below(table, bottom, text, vocabulary) {
        bottom += 1;
    }
    while let Some(above) = table
        .row_before(top)
        .filter(|&above| above > last_above && belongs_above(table, above, top, text, vocabulary))
    {
        top = table
            .filled(above)
            .map(|cell| cell.row)
            .min()
            .unwrap_or(above)
            .max(1);
        if top > above {
            break;
        }
    }
    Band {
        top,
        bottom,
        columns: columns(table, top, bottom, text),
    }
}

/// The last row that the headings of a row reach over. It ends above a row where more of them have a cell under them that
/// is no heading than reach over it: a single one that reaches lacks its rule, and what stands beside it is a goal. One
/// heading over twelve months has many such cells, and is one.
fn bottom_of(
    table: &Table<'_>,
    row: u32,
    headings: &[&Cell],
    is_heading: impl Fn(&Cell) -> bool,
) -> u32 {
    let end = |cell: &Cell| cell.row + cell.rows - 1;
    let last = headings.iter().map(|cell| end(cell)).max().unwrap_or(row);
    let is_goal = |below: u32| {
        let (reaching, ending): (Vec<&Cell>, Vec<&Cell>) =
            headings.iter().partition(|cell| end(cell) >= below);
        let has_value = |heading: &&&Cell| {
            let mut values = table.starting(below).filter(|cell| !is_heading(cell));
            values.any(|value| Extent::of(heading).holds(value))
        };
        reaching.len() <= ending.iter().filter(has_value).count()
    };
    let goal = table
        .rows_within(row + 1, last)
        .find(|&below| is_goal(below));
    goal.map_or(last, |goal| goal - 1)
}

/// Whether the row below a band belongs to it: where merged cells are written as one cell and blanks (values,
/// text exports), the lower row of a two-storey heading has nothing but headings, each under a blank or a parent.
fn belongs_below(table: &Table<'_>, bottom: u32, text: &str, vocabulary: &Vocabulary) -> bool {
    let below: Vec<&Cell> = table.starting(bottom + 1).collect();
    let under_heading = |cell: &Cell| {
        table.filled(bottom).any(|above| {
            above.covers(bottom, cell.column)
                && vocabulary.is_heading(above, text)
                && !vocabulary.is_parent(above, text)
        })
    };
    let headings: Option<HashSet<String>> = below
        .iter()
        .map(|cell| vocabulary.heading(cell, text))
        .collect();
    headings.is_some_and(|headings| headings.len() >= FEWEST_HEADINGS)
        && !below.iter().any(|cell| under_heading(cell))
}

/// Whether the row above a band belongs to it: it holds headings that the band's row leaves blank, parents that
/// stand over several of its columns, or mostly cells that go on in the band's row.
fn belongs_above(
    table: &Table<'_>,
    above: u32,
    top: u32,
    text: &str,
    vocabulary: &Vocabulary,
) -> bool {
    let cells: Vec<&Cell> = table.filled(above).collect();
    let reaches = cells.iter().all(|cell| cell.row + cell.rows >= top);
    let is_parent = |cell: &Cell| vocabulary.is_parent(cell, text);
    let known = cells
        .iter()
        .filter(|cell| is_parent(cell) || vocabulary.is_heading(cell, text));
    let reaching = cells.iter().filter(|cell| cell.row + cell.rows > top);
    reaches && cells.len() > 1 && known.count().max(reaching.count()) * 2 > cells.len()
        || reaches && !cells.is_empty() && cells.iter().all(|cell| is_parent(cell))
}

/// The columns of a band: under each position the lowest heading, above it its parents. A cell that begins above the
/// band is a label beside what stands there.
pub(crate) fn columns(table: &Table<'_>, top: u32, bottom: u32, text: &str) -> Vec<Headed> {
    let mut cells: Vec<&Cell> = Vec::new();
    for row in table.rows_within(top, bottom) {
        for cell in table.cells(row) {
            let is_known = cells.iter().any(|known| std::ptr::eq(*known, cell));
            if cell.row >= top && !is_known {
                cells.push(cell);
            }
        }
    }
    let filled: Vec<&Cell> = cells
        .iter()
        .copied()
        .filter(|cell| !is_blank(cell, text))
        .collect();
    let above = |low: &Cell, high: &Cell| {
        high.row + high.rows <= low.row
            && high.column <= low.column
            && low.column < high.column + high.columns
    };
    let is_parent = |cell: &Cell| filled.iter().any(|low| above(low, cell));
    let mut leaves: Vec<&Cell> = filled
        .iter()
        .copied()
        .filter(|cell| !is_parent(cell))
        .collect();
    // A blank cell of the band's last row that no heading covers is a column without a heading.
    leaves.extend(cells.iter().copied().filter(|cell| {
        is_blank(cell, text)
            && cell.row + cell.rows > bottom
            && !filled.iter().any(|other| {
                !is_parent(other) && (above(cell, other) || other.covers(bottom, cell.column))
            })
    }));
    leaves.sort_by_key(|cell| (cell.column, cell.row));
    leaves
        .into_iter()
        .map(|leaf| {
            let mut parents: Vec<&Cell> = filled
                .iter()
                .copied()
                .filter(|cell| above(leaf, cell))
                .collect();
            parents.sort_by_key(|cell| cell.row);
            let heading = if is_blank(leaf, text) {
                Passage {
                    places: vec![leaf.place.clone()],
                    ..Passage::default()
                }
            } else {
                Passage::of_cell(leaf)
            };
            let parents: Vec<Passage> = parents.into_iter().map(Passage::of_cell).collect();
            Headed {
                extent: Extent::of(leaf),
                key: heading.heading_key(text),
                parent_keys: parents
                    .iter()
                    .map(|parent| parent.heading_key(text))
                    .collect(),
                heading,
                parents,
            }
        })
        .collect()
}
