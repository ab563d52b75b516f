//! The cells of all sheets in reading order -> the blocks that have the same labels again: the cards.

use std::collections::{BTreeMap, HashSet};

use super::{Known, label_key};
use crate::layout::table::is_blank;
use crate::sheet::{Block, Cell, Sheet};

/// A cell with where it stands among the others.
pub(super) struct Slot<'a> {
    pub sheet: usize,
    /// Running number of its grid.
    pub grid: usize,
    pub cell: &'a Cell,
    /// Its key, if it may be a label.
    pub key: Option<String>,
    /// Whether it is a known label's words.
    pub is_known: bool,
    pub is_blank: bool,
}

/// The cells of sheets, in reading order.
pub(super) struct Slots<'a> {
    pub all: Vec<Slot<'a>>,
    /// Grid, row and column of a cell's first position -> its index.
    at: BTreeMap<(usize, u32, u32), usize>,
}

impl<'a> Slots<'a> {
    pub fn of(sheets: &'a [Sheet], text: &str) -> Self {
        let mut all = Vec::new();
        let mut grids = 0;
        for (sheet, of) in sheets.iter().enumerate() {
            for block in &of.blocks {
                let Block::Grid(grid) = block else { continue };
                let mut cells: Vec<&Cell> = grid.cells.iter().collect();
                cells.sort_by_key(|cell| (cell.row, cell.column));
                all.extend(cells.into_iter().map(|cell| Slot {
                    sheet,
                    grid: grids,
                    cell,
                    key: label_key(cell, text),
                    is_known: Known::of(cell, text).is_some(),
                    is_blank: is_blank(cell, text),
                }));
                grids += 1;
            }
        }
        let at = all.iter().enumerate();
        let at = at.map(|(at, slot)| ((slot.grid, slot.cell.row, slot.cell.column), at));
        Self {
            at: at.collect(),
            all,
        }
    }

    /// The cell that begins at a position of a grid.
    pub fn at(&self, grid: usize, row: u32, column: u32) -> Option<usize> {
        self.at.get(&(grid, row, column)).copied()
    }

    /// The cell right of one, in its first row.
    pub fn right(&self, at: usize) -> Option<usize> {
        let slot = self.all.get(at)?;
        self.at(
            slot.grid,
            slot.cell.row,
            slot.cell.column + slot.cell.columns,
        )
    }

    /// The cell below one that has its width.
    pub fn below(&self, at: usize) -> Option<usize> {
        let slot = self.all.get(at)?;
        let below = self.at(slot.grid, slot.cell.row + slot.cell.rows, slot.cell.column)?;
        let has_width = self.all.get(below)?.cell.columns == slot.cell.columns;
        has_width.then_some(below)
    }

    /// The cell left of one that reaches over its first row.
    pub fn left(&self, at: usize) -> Option<usize> {
        let slot = self.all.get(at)?;
        let (row, column) = (slot.cell.row, slot.cell.column);
        let first = self.at.range((slot.grid, 0, 0)..(slot.grid, row + 1, 0));
        let mut before = first.rev().map(|(_, &at)| at);
        before.find(|&at| {
            self.all.get(at).is_some_and(|left| {
                left.cell.column + left.cell.columns == column
                    && (left.cell.row..left.cell.row + left.cell.rows).contains(&row)
            })
        })
    }

    /// Whether two cells say the same.
    pub fn same(&self, a: Option<usize>, b: Option<usize>, text: &str) -> bool {
        let said = |at: Option<usize>| -> String {
            let slot = at.and_then(|at| self.all.get(at));
            let lines = slot.into_iter().flat_map(|slot| &slot.cell.lines);
            let lines: String = lines.map(|line| line.range.of(text)).collect();
            crate::text::squash(&lines)
        };
        said(a) == said(b)
    }

    pub fn key(&self, at: usize) -> Option<&str> {
        self.all.get(at)?.key.as_deref()
    }
}

/// Cards that have the same labels.
pub(super) struct Repeats {
    /// The slots of each card: from its first label up to the next card.
    pub cards: Vec<std::ops::Range<usize>>,
    /// The keys that nearly every card has.
    pub keys: HashSet<String>,
}

/// Of a card's labels, this share must stand in another one too. Some cards lack a label, and a value may be a label's
/// word by chance.
const SHARED: (usize, usize) = (4, 5);
/// How many labels are tried as a card's first one: it stands at its top.
const TRIED: usize = 40;

/// The cards of a file: the labels that come again and again, cut where the first of them stands.
pub(super) fn repeats(slots: &Slots<'_>, text: &str) -> Option<Repeats> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, slot) in slots.all.iter().enumerate() {
        if let Some(key) = slot.key.as_deref() {
            places.entry(key).or_default().push(at);
        }
    }
    let has_value = |at: usize| {
        let filled = |at: Option<usize>| {
            at.is_some_and(|at| slots.all.get(at).is_some_and(|slot| !slot.is_blank))
        };
        filled(slots.right(at)) || filled(slots.below(at))
    };
    let mut first: Vec<&Vec<usize>> = places
        .values()
        .filter(|of| of.len() > 1 && of.iter().any(|&at| has_value(at)))
        .collect();
    first.sort();
    let tried: Vec<(HashSet<String>, &Vec<usize>)> = first
        .into_iter()
        .take(TRIED)
        .map(|of| (recurring(of, &places, slots.all.len()), of))
        .collect();
    let most = tried.iter().map(|(keys, _)| keys.len()).max()?;
    // The first label of the most cards: what stands above several cards of a sheet comes again too, but more seldom.
    let (_, starts) = tried
        .iter()
        .filter(|(keys, _)| keys.len() * SHARED.1 >= most * SHARED.0)
        .max_by(|a, b| a.1.len().cmp(&b.1.len()).then_with(|| b.1.cmp(a.1)))?;
    let starts = past_the_head(starts, slots, &places, text);
    let keys = recurring(&starts, &places, slots.all.len());
    let ends = starts.iter().skip(1).copied().chain([slots.all.len()]);
    Some(Repeats {
        cards: starts
            .iter()
            .copied()
            .zip(ends)
            .map(|(from, to)| from..to)
            .collect(),
        keys,
    })
}

/// The keys that stand in nearly every stretch between these places.
fn recurring(starts: &[usize], places: &BTreeMap<&str, Vec<usize>>, end: usize) -> HashSet<String> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    let stretches: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let is_in = |of: &[usize], (from, to): (usize, usize)| {
        of.get(of.partition_point(|&at| at < from))
            .is_some_and(|&at| at < to)
    };
    let often = |of: &[usize]| {
        let there = stretches
            .iter()
            .filter(|&&stretch| is_in(of, stretch))
            .count();
        there > 1 && there * SHARED.1 >= stretches.len() * SHARED.0
    };
    let keys = places.iter().filter(|(_, of)| often(of));
    keys.map(|(key, _)| (*key).to_owned()).collect()
}

/// The first label of each card behind what says the same on every sheet: the labels of the sheet.
fn past_the_head(
    starts: &[usize],
    slots: &Slots<'_>,
    places: &BTreeMap<&str, Vec<usize>>,
    text: &str,
) -> Vec<usize> {
    let mut starts = starts.to_vec();
    let own_sheets: HashSet<Option<usize>> = starts
        .iter()
        .map(|&at| slots.all.get(at).map(|slot| slot.sheet))
        .collect();
    if own_sheets.len() < starts.len() {
        return starts;
    }
    loop {
        let first = starts.first().copied();
        let constant = starts
            .iter()
            .all(|&at| slots.same(slots.right(at), first.and_then(|at| slots.right(at)), text));
        if !constant {
            return starts;
        }
        // The next label that each of them has behind it.
        let next = |key: &str| -> Option<Vec<usize>> {
            let of = places.get(key)?;
            let after = starts.iter().enumerate().map(|(card, &at)| {
                let end = starts.get(card + 1).copied().unwrap_or(slots.all.len());
                let next = *of.get(of.partition_point(|&other| other <= at))?;
                (next < end).then_some(next)
            });
            after.collect()
        };
        let from = first.map_or(0, |at| at + 1);
        let end = starts.get(1).copied().unwrap_or(slots.all.len());
        let found = (from..end).find_map(|at| {
            let after = next(slots.key(at)?)?;
            let same = |a: usize| slots.same(slots.right(a), slots.right(at), text);
            let is_value = slots.left(at).is_some_and(|left| Some(left) == first);
            (!is_value || !after.iter().all(|&at| same(at))).then_some(after)
        });
        match found {
            Some(after) => starts = after,
            None => return starts,
        }
    }
}
