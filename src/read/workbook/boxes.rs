//! Drawn sides of cells -> boxes of several cells that stand on the sheet as one, as in a table on paper.
//!
//! Before cells were merged as a matter of course, a goal's text was typed line by line into rows with a border round
//! all of them, and forms were drawn on small squares (方眼紙). A box is what its borders enclose.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Shown, around};
use super::worksheet::{CellText, Sides};
use crate::place::CellRange;
use crate::sheet::CellValue;
use crate::text;

/// Positions for each cell that is there, up to which a sheet's boxes are looked for, and for any sheet.
const POSITIONS_FOR_EACH: u64 = 16;
const POSITIONS_FOR_ALL: u64 = 16_384;
/// And no more than these: a hundred columns down forty thousand rows.
const MOST_POSITIONS: u64 = 4_000_000;

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Boxes whose texts were joined.
    pub joined: Vec<CellRange>,
    /// Rows between two rules of which nothing shows whether they are one goal or several.
    pub doubtful: Vec<CellRange>,
}

/// Joins the cells of each box, where nothing speaks against it. `sides` are those of each stored cell, by row and
/// column; `is_square` tells of a column whether it is as narrow as a character or two.
pub(super) fn join(
    shown: &mut Vec<Shown>,
    sides: &BTreeMap<(u32, u32), Sides>,
    is_square: impl Fn(u32) -> bool,
) -> Found {
    let mut found = Found::default();
    if sides.values().any(|sides| sides.any_light()) {
        // Light lines guide the eye within what full lines part: a goal, if its one number stands first.
        let full = sides.iter().map(|(&at, own)| (at, own.full())).collect();
        let goals = |band: &[Box], shown: &[Shown]| {
            let filled = band.iter().find(|each| !each.texts.is_empty());
            filled.is_some_and(|first| first.is_numbered(shown)) && !is_doubtful(band, shown)
        };
        join_within(shown, &full, &is_square, &mut found, goals);
        found.doubtful.clear();
    }
    join_within(shown, sides, &is_square, &mut found, |band, shown| {
        !is_doubtful(band, shown)
    });
    found
}

/// Joins the cells of each box between two rules that is as `is_clear` asks.
fn join_within(
    shown: &mut Vec<Shown>,
    sides: &BTreeMap<(u32, u32), Sides>,
    is_square: &impl Fn(u32) -> bool,
    found: &mut Found,
    is_clear: impl Fn(&[Box], &[Shown]) -> bool,
) {
    let Some(walls) = Walls::new(shown, sides) else {
        return;
    };
    let boxes = walls.boxes();
    let ruled = walls.ruled_rows();
    let mut bands: BTreeMap<(u32, u32), Vec<Box>> = BTreeMap::new();
    for range in boxes {
        let last = range.row + range.rows - 1;
        if ruled.range(range.row..last).next().is_some() {
            continue;
        }
        let each = Box::new(range, shown);
        let squares = (range.column..range.column + range.columns).all(is_square);
        let band = bands.entry((range.row, range.rows)).or_default();
        if each.side_by_side && squares {
            let side_by_side = false;
            band.push(Box {
                side_by_side,
                ..each
            });
        } else if each.side_by_side && range.rows > 1 {
            // Columns without rules between them: a goal only if a number at its left says so.
            let strips = each.strips(shown);
            let is_numbered = strips.first().is_some_and(|first| first.is_numbered(shown));
            if is_numbered || strips.iter().any(|strip| strip.has_numbers(shown)) {
                band.extend(strips);
            }
        } else {
            band.push(each);
        }
    }
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut whole: Vec<Shown> = Vec::new();
    for band in bands.into_values() {
        if !is_clear(&band, shown) {
            let ranges = band.iter().map(|each| each.range);
            found.doubtful.extend(ranges.reduce(around));
            continue;
        }
        for each in band.iter().filter(|each| each.can_be_joined()) {
            if each.texts.len() > 1 {
                found.joined.push(each.range);
            }
            taken.extend(&each.members);
            whole.push(each.joined(shown));
        }
    }
    let mut at = 0;
    shown.retain(|_| {
        at += 1;
        !taken.contains(&(at - 1))
    });
    shown.append(&mut whole);
    shown.sort_by_key(|cell| (cell.range.row, cell.range.column));
}

/// A box with its cells.
struct Box {
    range: CellRange,
    /// Indices of the cells in it.
    members: Vec<usize>,
    /// Those with text, in reading order.
    texts: Vec<usize>,
    /// In how many rows there are texts.
    lines: usize,
    /// Whether two texts stand side by side.
    side_by_side: bool,
}

impl Box {
    fn new(range: CellRange, shown: &[Shown]) -> Self {
        let end = range.column + range.columns;
        let in_row = |row: u32| {
            let position = |cell: &Shown| (cell.range.row, cell.range.column);
            let start = shown.partition_point(|cell| position(cell) < (row, range.column));
            let is_within =
                move |cell: Option<&Shown>| cell.is_some_and(|cell| position(cell) < (row, end));
            (start..shown.len()).take_while(move |&at| is_within(shown.get(at)))
        };
        let members: Vec<usize> = (range.row..range.row + range.rows)
            .flat_map(in_row)
            .filter(|&at| shown.get(at).is_some_and(|cell| range.holds(cell.range)))
            .collect();
        let is_text = |at: &usize| {
            shown
                .get(*at)
                .is_some_and(|cell| !cell.text.text.is_empty())
        };
        let texts: Vec<usize> = members.iter().copied().filter(is_text).collect();
        let row = |at: &usize| shown.get(*at).map(|cell| cell.range.row);
        let side_by_side = texts.windows(2).any(|pair| match pair {
            [a, b] => row(a) == row(b),
            _ => false,
        });
        let lines: BTreeSet<Option<u32>> = texts.iter().map(row).collect();
        Self {
            range,
            lines: lines.len(),
            members,
            texts,
            side_by_side,
        }
    }

    fn can_be_joined(&self) -> bool {
        !self.side_by_side
    }

    /// Its columns of text as boxes of their own.
    fn strips(&self, shown: &[Shown]) -> Vec<Box> {
        let cells = self.texts.iter().filter_map(|&at| shown.get(at));
        let starts: BTreeSet<u32> = cells.map(|cell| cell.range.column).collect();
        let mut bounds: Vec<u32> = starts.into_iter().skip(1).collect();
        bounds.insert(0, self.range.column);
        bounds.push(self.range.column + self.range.columns);
        let strip = |pair: &[u32]| match pair {
            [from, to] => Some(CellRange {
                column: *from,
                columns: to - from,
                ..self.range
            }),
            _ => None,
        };
        let ranges = bounds.windows(2).filter_map(strip);
        ranges.map(|range| Box::new(range, shown)).collect()
    }

    /// Whether its texts stand in several rows, one in each.
    fn has_lines(&self) -> bool {
        self.lines > 1 && !self.side_by_side
    }

    /// Whether all that stands in it is one number.
    fn is_numbered(&self, shown: &[Shown]) -> bool {
        self.texts.len() == 1 && self.all_numbers(shown)
    }

    /// Whether all that stands in it are numbers, one below the other.
    fn has_numbers(&self, shown: &[Shown]) -> bool {
        self.has_lines() && self.all_numbers(shown)
    }

    fn all_numbers(&self, shown: &[Shown]) -> bool {
        let mut cells = self.texts.iter().filter_map(|&at| shown.get(at));
        cells.all(|cell| is_number(&cell.text.text))
    }

    /// The cells as one: the lines of a text that was typed into several rows stand below each other, the characters
    /// of several squares beside each other.
    fn joined(&self, shown: &[Shown]) -> Shown {
        let mut text = CellText::default();
        let mut value = CellValue::Text;
        let mut row = None;
        for cell in self.texts.iter().filter_map(|&at| shown.get(at)) {
            let beside = row == Some(cell.range.row);
            text.append(cell.text.clone(), if beside { "" } else { "\n" });
            value = cell.value;
            row = Some(cell.range.row);
        }
        Shown {
            range: self.range,
            text,
            value: if self.texts.len() == 1 {
                value
            } else {
                CellValue::Text
            },
        }
    }
}

/// Whether the boxes between two rules may hold several goals, whose rows no rule parts: a box with one number below
/// the other, or most boxes with several texts and none that numbers the goal.
fn is_doubtful(band: &[Box], shown: &[Shown]) -> bool {
    let filled: Vec<&Box> = band.iter().filter(|each| !each.texts.is_empty()).collect();
    let several = filled.iter().filter(|each| each.has_lines()).count();
    if several == 0 {
        return false;
    }
    if filled.iter().any(|each| each.has_numbers(shown)) {
        return true;
    }
    let is_numbered = filled.first().is_some_and(|first| first.is_numbered(shown));
    !is_numbered && filled.len() > 2 && several * 2 > filled.len()
}

fn is_number(words: &str) -> bool {
    let key = text::key(words);
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '(' | ')' | '.' | '-'))
}

/// The walls between the positions of a worksheet's drawn part.
struct Walls {
    frame: CellRange,
    /// The sides of each position, row by row, those of its neighbours included.
    sides: Vec<Sides>,
    /// The merged range that a position belongs to, as its index and one.
    merged: Vec<u32>,
}

impl Walls {
    /// `None` if no cell has other sides than all or none, or too much of the sheet is empty.
    fn new(shown: &[Shown], sides: &BTreeMap<(u32, u32), Sides>) -> Option<Self> {
        let drawn = sides.iter().filter(|(_, sides)| sides.any());
        let cells = drawn.map(|(&(row, column), _)| CellRange {
            row,
            column,
            rows: 1,
            columns: 1,
        });
        let frame = cells.reduce(around)?;
        let area = u64::from(frame.rows) * u64::from(frame.columns);
        let most = POSITIONS_FOR_EACH * sides.len() as u64 + POSITIONS_FOR_ALL;
        if area > most.min(MOST_POSITIONS) {
            return None;
        }
        let mut walls = Self {
            frame,
            sides: vec![Sides::NONE; area as usize],
            merged: vec![0; area as usize],
        };
        for (number, cell) in (1..).zip(
            shown
                .iter()
                .filter(|cell| cell.range.rows * cell.range.columns > 1),
        ) {
            walls.merge(cell.range, number);
        }
        let single = |at: usize| walls.merged.get(at) == Some(&0);
        let partly = sides.iter().any(|(&(row, column), &own)| {
            own.any() && !own.is_all() && walls.at(row, column).is_some_and(single)
        });
        if !partly {
            return None;
        }
        for (&(row, column), &own) in sides {
            walls.draw(row, column, own);
        }
        Some(walls)
    }

    fn at(&self, row: u32, column: u32) -> Option<usize> {
        let row = row
            .checked_sub(self.frame.row)
            .filter(|&row| row < self.frame.rows)?;
        let column = column
            .checked_sub(self.frame.column)
            .filter(|&column| column < self.frame.columns)?;
        Some(row as usize * self.frame.columns as usize + column as usize)
    }

    fn merge(&mut self, range: CellRange, number: u32) {
        let end = (
            self.frame.row + self.frame.rows,
            self.frame.column + self.frame.columns,
        );
        for row in range.row.max(self.frame.row)..(range.row + range.rows).min(end.0) {
            for column in
                range.column.max(self.frame.column)..(range.column + range.columns).min(end.1)
            {
                if let Some(at) = self.at(row, column) {
                    self.merged[at] = number;
                }
            }
        }
    }

    /// Draws a cell's sides, each on both of its faces; none runs through a merged range.
    fn draw(&mut self, row: u32, column: u32, own: Sides) {
        let faces = [
            (
                Sides::LEFT,
                Sides::RIGHT,
                (Some(row), column.checked_sub(1)),
            ),
            (Sides::RIGHT, Sides::LEFT, (Some(row), Some(column + 1))),
            (
                Sides::TOP,
                Sides::BOTTOM,
                (row.checked_sub(1), Some(column)),
            ),
            (Sides::BOTTOM, Sides::TOP, (Some(row + 1), Some(column))),
        ];
        let here = self.at(row, column);
        for (side, other, beyond) in faces {
            if !own.has(side) {
                continue;
            }
            let beyond = beyond
                .0
                .zip(beyond.1)
                .and_then(|(row, column)| self.at(row, column));
            let merged =
                |at: Option<usize>| at.and_then(|at| self.merged.get(at)).copied().unwrap_or(0);
            if merged(here) != 0 && merged(here) == merged(beyond) {
                continue;
            }
            for (at, side) in [(here, side), (beyond, other)] {
                if let Some(sides) = at.and_then(|at| self.sides.get_mut(at)) {
                    *sides = sides.and(side);
                }
            }
        }
    }

    /// The rows with a horizontal wall below them anywhere.
    fn ruled_rows(&self) -> BTreeSet<u32> {
        let rows = self.sides.chunks(self.frame.columns as usize);
        (self.frame.row..)
            .zip(rows)
            .filter(|(_, row)| row.iter().any(|sides| sides.has(Sides::BOTTOM)))
            .map(|(row, _)| row)
            .collect()
    }

    /// The rectangles of several positions that walls enclose, and that no merged range fills.
    fn boxes(&self) -> Vec<CellRange> {
        let mut seen = vec![false; self.sides.len()];
        let mut found = Vec::new();
        for start in 0..self.sides.len() {
            if seen.get(start) == Some(&false) {
                found.extend(self.enclosed(start, &mut seen));
            }
        }
        found
    }

    /// The rectangle around a position, if walls enclose it on all sides.
    fn enclosed(&self, start: usize, seen: &mut [bool]) -> Option<CellRange> {
        let width = self.frame.columns as usize;
        let (mut open, mut count) = (false, 0_u64);
        let mut merges = BTreeSet::new();
        let mut single = 0_u64;
        let (mut top, mut bottom, mut left, mut right) = (usize::MAX, 0, usize::MAX, 0);
        let mut next = vec![start];
        seen[start] = true;
        while let Some(at) = next.pop() {
            let (row, column) = (at / width, at % width);
            (top, bottom) = (top.min(row), bottom.max(row));
            (left, right) = (left.min(column), right.max(column));
            count += 1;
            match self.merged.get(at).copied().unwrap_or(0) {
                0 => single += 1,
                number => {
                    merges.insert(number);
                }
            }
            let sides = self.sides.get(at).copied().unwrap_or_default();
            let ways = [
                (Sides::LEFT, (column > 0).then(|| at - 1)),
                (Sides::RIGHT, (column + 1 < width).then_some(at + 1)),
                (Sides::TOP, at.checked_sub(width)),
                (
                    Sides::BOTTOM,
                    Some(at + width).filter(|&at| at < self.sides.len()),
                ),
            ];
            for (_, beyond) in ways.into_iter().filter(|(side, _)| !sides.has(*side)) {
                match beyond {
                    None => open = true,
                    Some(beyond) if seen.get(beyond) == Some(&false) => {
                        seen[beyond] = true;
                        next.push(beyond);
                    }
                    Some(_) => {}
                }
            }
        }
        let area = (bottom - top + 1) as u64 * (right - left + 1) as u64;
        let is_one_already = merges.len() as u64 + single < 2;
        (!open && count == area && !is_one_already).then(|| CellRange {
            row: self.frame.row + top as u32,
            column: self.frame.column + left as u32,
            rows: (bottom - top + 1) as u32,
            columns: (right - left + 1) as u32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::worksheet::Rule;
    use super::*;

    /// A sheet as lines: each cell its sides (LRTB, small: lightly drawn) and its text, at the address before them.
    fn sheet(cells: &[(&str, &str, &str)]) -> (Vec<Shown>, BTreeMap<(u32, u32), Sides>) {
        let mut drawn = BTreeMap::new();
        let mut shown = Vec::new();
        for (address, letters, text) in cells {
            let range = CellRange::parse(address).unwrap();
            let sides = letters.chars().fold(Sides::NONE, |sides, letter| {
                let side = match letter.to_ascii_uppercase() {
                    'L' => Sides::LEFT,
                    'R' => Sides::RIGHT,
                    'T' => Sides::TOP,
                    _ => Sides::BOTTOM,
                };
                let rule = if letter.is_ascii_lowercase() {
                    Rule::Light
                } else {
                    Rule::Full
                };
                sides.and_drawn(rule, side)
            });
            drawn.insert((range.row, range.column), sides);
            shown.push(Shown {
                range,
                text: CellText::plain(*text),
                value: CellValue::Text,
            });
        }
        shown.sort_by_key(|cell| (cell.range.row, cell.range.column));
        (shown, drawn)
    }

    fn joined(cells: &[(&str, &str, &str)]) -> (Vec<(String, String)>, usize) {
        let (mut shown, sides) = sheet(cells);
        let found = join(&mut shown, &sides, |column| column > 20);
        let cells = shown.into_iter();
        (
            cells
                .map(|cell| (cell.range.to_string(), cell.text.text))
                .collect(),
            found.doubtful.len(),
        )
    }

    fn owned(cells: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = |&(a, b): &(&str, &str)| (a.to_owned(), b.to_owned());
        cells.iter().map(own).collect()
    }

    #[test]
    fn a_text_typed_into_rows_is_one_where_a_border_is_round_it() {
        let cells = [
            ("A1", "LRT", "1"),
            ("B1", "LRT", "・甲"),
            ("A2", "LRB", ""),
            ("B2", "LRB", "・乙"),
            ("A3", "LRTB", "2"),
            ("B3", "LRTB", "・丙"),
        ];
        let expected = owned(&[
            ("A1:A2", "1"),
            ("B1:B2", "・甲\n・乙"),
            ("A3", "2"),
            ("B3", "・丙"),
        ]);
        assert_eq!(joined(&cells), (expected, 0));
    }

    #[test]
    fn squares_are_one_where_a_border_is_round_them() {
        let cells = [
            ("A1", "LTB", ""),
            ("B1", "TB", "番号"),
            ("C1", "RTB", ""),
            ("D1", "LTB", ""),
            ("E1", "RTB", "項目"),
            ("A2", "LTB", "1"),
            ("B2", "TB", ""),
            ("C2", "RTB", ""),
            ("D2", "LTB", "甲"),
            ("E2", "RTB", ""),
        ];
        let expected = owned(&[
            ("A1:C1", "番号"),
            ("D1:E1", "項目"),
            ("A2:C2", "1"),
            ("D2:E2", "甲"),
        ]);
        assert_eq!(joined(&cells), (expected, 0));
    }

    #[test]
    fn characters_in_squares_of_a_box_are_one_text() {
        let cells = [
            ("U1", "LTB", "９"),
            ("V1", "TB", ""),
            ("W1", "RTB", "月末"),
            ("X1", "LRTB", "課"),
        ];
        let expected = owned(&[("U1:W1", "９月末"), ("X1", "課")]);
        assert_eq!(joined(&cells), (expected, 0));
    }

    #[test]
    fn a_border_round_a_goal_alone_holds_its_lines() {
        let cells = [
            ("A1", "LT", "1"),
            ("B1", "T", "甲"),
            ("C1", "RT", "課"),
            ("A2", "LB", ""),
            ("B2", "B", "乙"),
            ("C2", "RB", ""),
        ];
        let expected = owned(&[("A1:A2", "1"), ("B1:B2", "甲\n乙"), ("C1:C2", "課")]);
        assert_eq!(joined(&cells), (expected, 0));
        let labels = [
            ("A1", "LT", "職名"),
            ("B1", "RT", "部長"),
            ("A2", "LB", "氏名"),
            ("B2", "RB", "緑野"),
        ];
        assert_eq!((joined(&labels).0.len(), joined(&labels).1), (4, 0));
    }

    #[test]
    fn light_lines_within_full_ones_part_the_lines_of_a_goal() {
        let cells = |second: &str| {
            let cells = [
                ("A1", "LRTb", "1"),
                ("B1", "LRTb", "甲"),
                ("A2", "LRtB", second),
                ("B2", "LRtB", "乙"),
                ("A3", "LRTB", "3"),
                ("B3", "LRTB", "丙"),
            ];
            joined(&cells)
        };
        let expected = owned(&[
            ("A1:A2", "1"),
            ("B1:B2", "甲\n乙"),
            ("A3", "3"),
            ("B3", "丙"),
        ]);
        assert_eq!(cells(""), (expected, 0));
        assert_eq!(
            (cells("2").0.len(), cells("2").1),
            (6, 0),
            "goals of their own"
        );
    }

    #[test]
    fn rows_without_rules_between_them_stay_and_are_said() {
        let cells = [
            ("A1", "LRT", "1"),
            ("B1", "LRT", "甲"),
            ("A2", "LRB", "2"),
            ("B2", "LRB", "乙"),
        ];
        let (found, doubtful) = joined(&cells);
        assert_eq!((found.len(), doubtful), (4, 1));
    }

    #[test]
    fn texts_side_by_side_and_rows_that_others_part_stay() {
        let side_by_side = [("A1", "LTB", "職名"), ("B1", "RTB", "部長")];
        assert_eq!(joined(&side_by_side).0.len(), 2);
        let parted = [
            ("A1", "LRTB", "1"),
            ("B1", "LRT", ""),
            ("A2", "LRTB", "2"),
            ("B2", "LRB", "備考"),
        ];
        assert_eq!(joined(&parted).0.len(), 4);
        let open = [("A1", "LT", "題"), ("B1", "T", ""), ("C1", "LRTB", "課")];
        assert_eq!(joined(&open).0.len(), 3);
    }
}
