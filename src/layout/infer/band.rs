//! A grid -> its heading band, from its form and its words together: nothing here needs to know a heading.

use super::super::bands::{self, Band, Headed};
use super::super::head_words;
use super::super::passage::Passage;
use super::super::table::{Table, is_blank};
use super::cells;
use super::heading::Heading;
use super::words;
use crate::sheet::Cell;
use crate::text;

/// Rows of a grid in which a band is looked for: above a table stand a title, labels and remarks.
const ROWS: usize = 60;
/// Storeys of a band at most.
const STOREYS: usize = 5;
/// Columns that a table has at least.
const FEWEST_COLUMNS: usize = 3;
/// Rows below that are looked at.
const ROWS_BELOW: usize = 12;
/// Characters of a heading at most: a question may be long.
const LONGEST: usize = 40;
/// What a band needs of [`score`]: every column a short phrase, and rows below that stand in its columns.
const FITS: f32 = 1.6;

/// The heading bands of a grid's rows `from` to `to`, top to bottom: the headings of the page before again, else the
/// best ones; and where they stand again.
pub(crate) fn bands(
    table: &Table<'_>,
    (from, to): (u32, u32),
    before: Option<&[Headed]>,
    text: &str,
) -> Vec<Band> {
    let rows: Vec<u32> = table.rows_within(from, to).collect();
    if let Some(again) = before.and_then(|before| again(table, &rows, before, text)) {
        let mut bands = repeated(table, &again, &rows, text);
        bands.insert(0, again);
        return bands;
    }
    let mut best: Option<(f32, Band)> = None;
    for (at, &top) in rows.iter().enumerate().take(ROWS) {
        for &bottom in rows.iter().skip(at).take(STOREYS) {
            let Some(band) = candidate(table, top, bottom, text) else {
                continue;
            };
            let Some(score) = score(table, &band, &rows, text) else {
                continue;
            };
            if score >= FITS && best.as_ref().is_none_or(|(known, _)| score > *known + 0.01) {
                best = Some((score, band));
            }
        }
    }
    let mut bands: Vec<Band> = Vec::new();
    if let Some((_, first)) = best {
        bands = repeated(table, &first, &rows, text);
        bands.push(first);
    }
    bands.sort_by_key(|band| band.top);
    for band in others(table, &bands, &rows, text) {
        bands.push(band);
    }
    bands.sort_by_key(|band| band.top);
    bands
}

/// Rows in which this many cells are words for the parts of a goal, and nearly all of them are, head another table.
const KNOWN_WORDS: usize = 3;

/// The bands of further tables in a grid: rows of headings only, which a table's own rows hardly are.
fn others(table: &Table<'_>, bands: &[Band], rows: &[u32], text: &str) -> Vec<Band> {
    let mut found: Vec<Band> = Vec::new();
    for (at, &top) in rows.iter().enumerate() {
        let taken = bands
            .iter()
            .chain(&found)
            .any(|band| (band.top..=band.bottom).contains(&top));
        let cells = table.starting(top);
        let (known, all) = cells.fold((0, 0), |(known, all), cell| {
            (known + usize::from(is_word(cell, text)), all + 1)
        });
        if taken || bands.is_empty() || known < KNOWN_WORDS || known * 5 < all * 4 {
            continue;
        }
        let of_bottom = |&bottom: &u32| {
            let band = candidate(table, top, bottom, text)?;
            Some((score(table, &band, rows, text)?, band))
        };
        let scored = rows.iter().skip(at).take(STOREYS).filter_map(of_bottom);
        let best = scored
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|(score, _)| *score >= FITS);
        found.extend(best.map(|(_, band)| band));
    }
    found
}

fn is_word(cell: &Cell, text: &str) -> bool {
    let raw = Passage::of_cell(cell).raw(text);
    raw.chars().count() <= LONGEST && words::whole(&Heading::of(&raw).full).is_some()
}

/// The headings of the page before, where they stand again.
pub(crate) fn again(
    table: &Table<'_>,
    rows: &[u32],
    before: &[Headed],
    text: &str,
) -> Option<Band> {
    rows.iter().enumerate().take(ROWS).find_map(|(at, &top)| {
        let mut bottoms = rows.iter().skip(at).take(STOREYS);
        bottoms.find_map(|&bottom| {
            let band = candidate(table, top, bottom, text)?;
            super::super::join::same_headings(before, &band.columns, text).then_some(band)
        })
    })
}

/// The bands below that say the same.
fn repeated(table: &Table<'_>, first: &Band, rows: &[u32], text: &str) -> Vec<Band> {
    let height = first.bottom - first.top;
    let starts = rows.iter().filter(|&&row| row > first.bottom);
    starts
        .filter_map(|&top| {
            let row: Vec<&Cell> = table.starting(top).collect();
            let own: Vec<&Cell> = table.starting(first.top).collect();
            let same = row.len() == own.len()
                && row
                    .iter()
                    .zip(&own)
                    .all(|(a, b)| said(a, text) == said(b, text));
            let band = same
                .then(|| candidate(table, top, top + height, text))
                .flatten()?;
            super::super::join::same_headings(&first.columns, &band.columns, text).then_some(band)
        })
        .collect()
}

fn said(cell: &Cell, text: &str) -> String {
    text::squash(&Passage::of_cell(cell).raw(text))
}

/// These rows as a band, if their cells can be one: no title, nothing that reaches out of it.
fn candidate(table: &Table<'_>, top: u32, bottom: u32, text: &str) -> Option<Band> {
    let first: Vec<&Cell> = table.starting(top).collect();
    if first.len() < 2 && bottom > top || first.is_empty() {
        return None;
    }
    let cells: Vec<&Cell> = table
        .rows_within(top, bottom)
        .flat_map(|row| table.starting(row))
        .collect();
    // A single heading that reaches down lacks its rule; of several storeys most reach as far as the band.
    let reaching = cells
        .iter()
        .filter(|cell| cell.row + cell.rows - 1 > bottom)
        .count();
    // Labels with their values above a table are none of its storeys.
    let are_labels = |row: u32| {
        let cells: Vec<Passage> = table.starting(row).map(Passage::of_cell).collect();
        head_words::are_labels(&cells, text)
    };
    if table.rows_within(top, bottom).any(are_labels) {
        return None;
    }
    let from_above = table.filled(top).any(|cell| cell.row < top);
    if from_above || reaching * 4 > cells.len() {
        return None;
    }
    let columns = bands::columns(table, top, bottom, text);
    let named = columns
        .iter()
        .filter(|column| !column.key.is_empty())
        .count();
    (named >= FEWEST_COLUMNS && storeys_fit(&columns, top, bottom, table)).then_some(Band {
        top,
        bottom,
        columns,
    })
}

/// Whether a band of several rows is one: cells stand over several columns, or go on through its rows.
fn storeys_fit(columns: &[Headed], top: u32, bottom: u32, table: &Table<'_>) -> bool {
    if top == bottom {
        return true;
    }
    let spans_rows = table.starting(top).any(|cell| cell.rows > 1);
    let spans_columns = table
        .rows_within(top, bottom.saturating_sub(1))
        .any(|row| table.starting(row).any(|cell| cell.columns > 1));
    let parented = columns.iter().any(|column| !column.parents.is_empty());
    // A storey stands over at least half of the columns: labels with their values do not.
    let reach: u32 = table.starting(top).map(|cell| cell.columns).sum();
    let whole: u32 = columns
        .iter()
        .map(|column| column.extent.last - column.extent.first + 1)
        .sum();
    (spans_rows || spans_columns) && parented && 2 * reach >= whole
}

/// How much rows look like a band, about 0 to 3; `None` if they cannot be one.
fn score(table: &Table<'_>, band: &Band, rows: &[u32], text: &str) -> Option<f32> {
    let named: Vec<&Headed> = band
        .columns
        .iter()
        .filter(|column| !column.key.is_empty())
        .collect();
    let count = named.len() as f32;
    let points =
        |column: &&Headed| phrase_points(&column.heading.raw(text), !column.parents.is_empty());
    let words: f32 = named.iter().map(points).sum::<f32>() / count;
    let parents: f32 = named
        .iter()
        .flat_map(|column| &column.parents)
        .map(|parent| {
            if is_sentence(&parent.raw(text)) {
                -0.3
            } else {
                0.0
            }
        })
        .sum();
    let blank = (band.columns.len() - named.len()) as f32 / band.columns.len() as f32;
    let below: Vec<u32> = rows
        .iter()
        .copied()
        .filter(|&row| row > band.bottom)
        .take(ROWS_BELOW)
        .collect();
    let (agrees, differs) = below_points(table, band, &below, text);
    let body = if below.is_empty() {
        0.0
    } else {
        agrees + 0.6 * differs
    };
    // A form without a row is one only by its words.
    if below.is_empty() && words < 0.9 || !below.is_empty() && agrees < 0.5 {
        return None;
    }
    Some(words + parents + body - 0.8 * blank + 0.03 * count.min(12.0) + storey_bonus(band, text))
}

/// A band with the headings above its columns says more than its last row alone, if they look like headings: labels
/// with their values stand above a table too.
fn storey_bonus(band: &Band, text: &str) -> f32 {
    const UNKNOWN: f32 = 0.8;
    let parents: Vec<f32> = band
        .columns
        .iter()
        .flat_map(|column| &column.parents)
        .map(|parent| phrase_points(&parent.raw(text), true))
        .collect();
    if parents.is_empty() {
        return 0.0;
    }
    0.5 * (parents.iter().sum::<f32>() / parents.len() as f32 - UNKNOWN)
}

/// How much a phrase looks like a heading: 1 for a short one, less for a value, more for a known word. One of several
/// storeys may be a number alone.
fn phrase_points(raw: &str, in_storeys: bool) -> f32 {
    let heading = Heading::of(raw);
    let known = words::whole(&heading.full)
        .or_else(|| words::whole(&heading.core))
        .is_some();
    let length = heading.full.chars().count();
    match () {
        () if known => 1.4,
        () if is_sentence(raw) || length > LONGEST => -0.5,
        () if heading.is_bare() && in_storeys => 0.9,
        () if cells::is_value(raw) => -0.4,
        () if words::ending(&heading.core).is_some() => 1.1,
        () if length <= 16 => 0.7,
        () => 0.4,
    }
}

fn is_sentence(raw: &str) -> bool {
    raw.contains('。')
}

/// How well the rows below stand in the columns, and how much they are of another kind than the headings; 0 to 1 each.
fn below_points(table: &Table<'_>, band: &Band, below: &[u32], text: &str) -> (f32, f32) {
    let mut fitting = 0usize;
    let mut all = 0usize;
    let mut values = 0usize;
    for &row in below {
        let mut seen: Vec<usize> = Vec::new();
        for cell in table.starting(row) {
            let at: Vec<usize> = (0..band.columns.len())
                .filter(|&at| band.columns[at].extent.holds(cell))
                .collect();
            let covered = band
                .columns
                .iter()
                .filter(|column| {
                    (column.extent.first..=column.extent.last)
                        .any(|position| cell.covers(row, position))
                })
                .count();
            all += 1;
            if let [at] = at[..]
                && covered == 1
                && !seen.contains(&at)
            {
                seen.push(at);
                fitting += 1;
                values +=
                    usize::from(!is_blank(cell, text) && is_body(cell, &band.columns[at], text));
            }
        }
        // A row of one cell over the whole is a remark, and no sign against the columns.
        if table.starting(row).count() == 1 {
            all = all.saturating_sub(1).max(fitting);
        }
    }
    if all == 0 {
        return (0.0, 0.0);
    }
    (
        fitting as f32 / all as f32,
        values as f32 / fitting.max(1) as f32,
    )
}

/// Whether a cell is of another kind than its heading: a value, a sentence, or much longer.
fn is_body(cell: &Cell, column: &Headed, text: &str) -> bool {
    let raw = Passage::of_cell(cell).raw(text);
    let length = raw.chars().count();
    let is_heading = words::whole(&Heading::of(&raw).full).is_some();
    !is_heading
        && (cells::is_value(&raw)
            || is_sentence(&raw)
            || length > 2 * column.key.chars().count()
            || length != column.key.chars().count())
}
