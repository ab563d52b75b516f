//! Page numbers and running titles: lines that belong to the pages, not to the document.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger;
use crate::place::Place;
use crate::sheet::{Block, Line, Reading, Sheet};
use crate::text::era::pattern;
use crate::text::{self, width};

/// Which lines outside grids are furniture, as (index of sheet, index of block).
///
/// A page number is a line at the head or foot of its page that is nothing but a number (`- 2 -`, `2 / 3`,
/// `2ページ`), and the numbers go up with the pages – on a single page, only `1` or `1 / 1`.
pub(crate) fn page_numbers(reading: &Reading) -> BTreeSet<(usize, usize)> {
    let mut candidates: BTreeMap<i64, Vec<(usize, usize)>> = BTreeMap::new();
    for (sheet_index, sheet) in reading.sheets.iter().enumerate() {
        let Some(page) = sheet.page else { continue };
        for (block_index, block) in sheet.blocks.iter().enumerate() {
            let Block::Line(line) = block else { continue };
            if let Some(number) = page_number(line, &reading.text, reading.pages)
                && at_margin(&line.place, sheet).is_some()
            {
                // The same distance to the physical page makes a series.
                candidates
                    .entry(number - i64::from(page))
                    .or_default()
                    .push((sheet_index, block_index));
            }
        }
    }
    let enough = |series: &(&i64, &Vec<(usize, usize)>)| {
        let pages: BTreeSet<usize> = series.1.iter().map(|&(sheet, _)| sheet).collect();
        pages.len() > 1 || (*series.0 == 0 && reading.pages == 1)
    };
    candidates
        .iter()
        .filter(enough)
        .flat_map(|(_, lines)| lines.iter().copied())
        .collect()
}

/// The share of a page's height at its head and foot where page numbers are set.
const MARGIN: f64 = 0.12;

/// How far from the head of its page, as it is read, a place at its head or foot begins, in points.
fn at_margin(place: &Place, sheet: &Sheet) -> Option<f64> {
    let (Place::Box { bbox, .. }, Some(height)) = (place, sheet.upright_height()) else {
        return None;
    };
    let bbox = sheet.upright(*bbox);
    let is_there = bbox.bottom() < height * MARGIN || bbox.top() > height * (1.0 - MARGIN);
    is_there.then_some(bbox.top())
}

pattern!(
    number_alone,
    r"^(?:-|~)*(?:p\.?|page|第)?([0-9]{1,4})(?:/([0-9]{1,4}))?(?:ページ|頁|p)?(?:-|~)*$".to_owned()
);

fn page_number(line: &Line, text: &str, pages: u32) -> Option<i64> {
    let key: String = text::key(line.range.of(text))
        .chars()
        .map(|c| {
            if width::is_hyphen(c) && c != 'ー' {
                '-'
            } else {
                c
            }
        })
        .collect();
    let captures = number_alone().captures(&key)?;
    let total_fits = captures
        .get(2)
        .is_none_or(|total| total.as_str().parse() == Ok(pages));
    total_fits.then(|| captures[1].parse().ok())?
}

/// Heights of a running title on two pages differ by less than this, in points.
const SAME_HEIGHT: f64 = 3.0;

/// Which lines are running titles, as (index of sheet, index of block): lines at the head or foot of their
/// pages that say the same at the same height on several pages. Where no other line of the first page says it,
/// the first of them is the document's own.
pub(crate) fn running_titles(reading: &Reading) -> BTreeSet<(usize, usize)> {
    let mut groups: BTreeMap<String, Vec<(usize, usize, f64)>> = BTreeMap::new();
    for (sheet_index, sheet) in reading.sheets.iter().enumerate() {
        for (block_index, block) in sheet.blocks.iter().enumerate() {
            let Block::Line(line) = block else { continue };
            let words = text::squash(line.range.of(&reading.text));
            if let Some(depth) = at_margin(&line.place, sheet)
                && !words.contains('。')
            {
                let here = (sheet_index, block_index, depth);
                groups.entry(words).or_default().push(here);
            }
        }
    }
    let mut running = BTreeSet::new();
    for (words, lines) in groups {
        let Some(&(first_sheet, first_block, height)) = lines.first() else {
            continue;
        };
        let same: Vec<_> = lines
            .iter()
            .filter(|(.., top)| (top - height).abs() < SAME_HEIGHT)
            .collect();
        if !same.iter().any(|(sheet, ..)| *sheet != first_sheet) {
            continue;
        }
        let said_elsewhere = reading.sheets.get(first_sheet).is_some_and(|sheet| {
            sheet
                .blocks
                .iter()
                .enumerate()
                .any(|(at, block)| match block {
                    Block::Line(line) => {
                        at != first_block && text::squash(line.range.of(&reading.text)) == words
                    }
                    Block::Grid(_) => false,
                })
        });
        let own = usize::from(!said_elsewhere);
        running.extend(
            same.iter()
                .skip(own)
                .map(|(sheet, block, _)| (*sheet, *block)),
        );
    }
    running
}

/// Whether a line says the same as another: what is proven equal to a running title before.
pub(crate) fn says_the_same(a: &str, b: &str) -> bool {
    text::squash(a) == text::squash(b) && ledger::count(a) > 0
}
