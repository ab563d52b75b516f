//! A sheet with one card -> its labels, told by the words that are known and by what stands as they do.

use std::collections::HashSet;

use super::repeats::{Repeats, Slots};
use crate::sheet::Cell;

/// Known labels with a value at their right from which on they are a card: a block of labels above a table has two or
/// three (課名, 担当, 目標).
const FEWEST: usize = 4;

/// The one card of a file.
pub(super) fn one_card(slots: &Slots<'_>, is_header: impl Fn(&Cell) -> bool) -> Option<Repeats> {
    let is_known = |at: usize| slots.all.get(at).is_some_and(|slot| slot.is_known);
    let all = 0..slots.all.len();
    // Beside a known label stands its value, beside a heading of a table another heading.
    let beside_value: Vec<usize> = all
        .clone()
        .filter(|&at| is_known(at) && slots.right(at).is_some_and(|right| !is_known(right)))
        .collect();
    let is_of_sheet = |at: usize| slots.all.get(at).is_some_and(|slot| is_header(slot.cell));
    let first = beside_value.iter().copied().find(|&at| !is_of_sheet(at))?;
    let sure: Vec<usize> = beside_value.into_iter().filter(|&at| at >= first).collect();
    let headings = all
        .clone()
        .filter(|&at| at >= first && is_known(at))
        .count();
    if sure.len() < FEWEST || sure.len() * 2 < headings {
        return None;
    }
    let stands_as = |at: usize, label: usize| {
        let of = |at: Option<usize>| {
            let slot = at.and_then(|at| slots.all.get(at))?;
            Some((slot.grid, slot.cell.column, slot.cell.columns))
        };
        of(Some(at)) == of(Some(label)) && of(slots.right(at)) == of(slots.right(label))
    };
    let mut keys: HashSet<String> = HashSet::new();
    for at in (first..all.end).filter(|&at| slots.key(at).is_some()) {
        if is_known(at) || sure.iter().any(|&label| stands_as(at, label)) {
            keys.extend(slots.key(at).map(str::to_owned));
        }
    }
    Some(Repeats {
        cards: std::iter::once(first..all.end).collect(),
        keys,
    })
}
