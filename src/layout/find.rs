//! Grids -> heading bands: which rows are headings, and which field each column is in each layout.

use std::collections::HashSet;

use super::definition::{ColumnDefinition, Kind, Layout};
use super::passage::Passage;
use super::table::{Extent, Table, is_blank};
use crate::document::Field;
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
        Self {
            headings: columns
                .iter()
                .flat_map(|column| keys(&column.headings))
                .collect(),
            parents: columns
                .iter()
                .flat_map(|column| keys(&column.parents))
                .collect(),
        }
    }

    fn is_heading(&self, key: &str) -> bool {
        self.headings.contains(key)
    }

    fn is_parent(&self, key: &str) -> bool {
        self.parents.contains(key)
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
        .map(|cell| Passage::of_cell(cell).heading_key(text))
        .filter(|key| vocabulary.is_heading(key))
        .collect();
    keys.len()
}

/// Whether two neighbouring rows belong to one band: a heading's cell covers both, or one stands directly on
/// the other and neither repeats the other's words.
fn shares_heading(table: &Table<'_>, a: u32, b: u32, text: &str, vocabulary: &Vocabulary) -> bool {
    let (upper, lower) = (a.min(b), a.max(b));
    let covers = |cell: &Cell| {
        cell.row <= upper
            && cell.row + cell.rows > lower
            && vocabulary.is_heading(&Passage::of_cell(cell).heading_key(text))
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
    let known = |cell: &&Cell| vocabulary.is_heading(&Passage::of_cell(cell).heading_key(text));
    let mut top = table
        .filled(row)
        .filter(known)
        .map(|cell| cell.row)
        .min()
        .unwrap_or(row);
    let mut bottom = table
        .filled(row)
        .filter(known)
        .map(|cell| cell.row + cell.rows - 1)
        .max()
        .unwrap_or(row);
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

/// Whether the row below a band belongs to it: where merged cells are written as one cell and blanks (values,
/// text exports), the lower row of a two-storey heading has nothing but headings, each under a blank or a parent.
fn belongs_below(table: &Table<'_>, bottom: u32, text: &str, vocabulary: &Vocabulary) -> bool {
    let key = |cell: &Cell| Passage::of_cell(cell).heading_key(text);
    let below: Vec<&Cell> = table.starting(bottom + 1).collect();
    let under_heading = |cell: &Cell| {
        table.filled(bottom).any(|above| {
            above.covers(bottom, cell.column)
                && vocabulary.is_heading(&key(above))
                && !vocabulary.is_parent(&key(above))
        })
    };
    let distinct: HashSet<String> = below.iter().map(|cell| key(cell)).collect();
    distinct.len() >= FEWEST_HEADINGS
        && below
            .iter()
            .all(|cell| vocabulary.is_heading(&key(cell)) && !under_heading(cell))
}

/// Whether the row above a band belongs to it: it holds headings that the band's row leaves blank, or
/// parents that stand over several of its columns.
fn belongs_above(
    table: &Table<'_>,
    above: u32,
    top: u32,
    text: &str,
    vocabulary: &Vocabulary,
) -> bool {
    let cells: Vec<&Cell> = table.filled(above).collect();
    let reaches = cells.iter().all(|cell| cell.row + cell.rows >= top);
    let key = |cell: &Cell| Passage::of_cell(cell).heading_key(text);
    let known = cells.iter().filter(|cell| {
        let key = key(cell);
        vocabulary.is_parent(&key) || vocabulary.is_heading(&key)
    });
    reaches && cells.len() > 1 && known.count() * 2 > cells.len()
        || reaches && !cells.is_empty() && cells.iter().all(|cell| vocabulary.is_parent(&key(cell)))
}

/// The columns of a band: under each position the lowest heading, above it its parents.
fn columns(table: &Table<'_>, top: u32, bottom: u32, text: &str) -> Vec<Headed> {
    let mut cells: Vec<&Cell> = Vec::new();
    for row in table.rows().filter(|row| (top..=bottom).contains(row)) {
        for cell in table.cells(row) {
            if !cells.iter().any(|known| std::ptr::eq(*known, cell)) {
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

/// How a column's heading was matched to a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Match {
    /// The heading is one of the layout's words.
    Exact(Field),
    /// It is one of them but for characters that machine reading takes for each other, or has a word more.
    Similar(Field, String),
    /// It has no heading, and stands where the layout allows that.
    Unheaded(Field),
    /// A column that the layout knows and that is no field.
    Extra,
    /// A second column for a field.
    Duplicate(Field),
    /// No field.
    None,
}

impl Match {
    /// The field that the column's cells are read as.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Exact(field) | Self::Similar(field, _) | Self::Unheaded(field) => Some(*field),
            Self::Extra | Self::Duplicate(_) | Self::None => None,
        }
    }
}

/// Matches each column of a band to the layout's fields.
pub(crate) fn match_columns(band: &Band, layout: &Layout) -> Vec<Match> {
    matched(band, layout).0
}

/// The same with the indices of the layout's columns that are there.
fn matched(band: &Band, layout: &Layout) -> (Vec<Match>, HashSet<usize>) {
    let mut matches = vec![Match::None; band.columns.len()];
    let mut taken: HashSet<usize> = HashSet::new();
    for step in [
        exact_with_parents,
        exact_without_parents,
        misread,
        with_a_word_more,
    ] {
        for (at, column) in band.columns.iter().enumerate() {
            if matches[at] != Match::None || column.key.is_empty() {
                continue;
            }
            let found = layout
                .columns
                .iter()
                .enumerate()
                .find_map(|(index, definition)| step(column, definition).map(|how| (index, how)));
            let Some((index, how)) = found else { continue };
            if taken.insert(index) {
                matches[at] = how;
            } else if let Some(field) = how.field() {
                matches[at] = Match::Duplicate(field);
            }
        }
    }
    unheaded(band, layout, &mut matches, &mut taken);
    (matches, taken)
}

fn keys(words: &[String]) -> impl Iterator<Item = String> + '_ {
    words.iter().map(|word| text::heading_key(word))
}

fn exact_with_parents(column: &Headed, definition: &ColumnDefinition) -> Option<Match> {
    let parents_agree = !definition.parents.is_empty()
        && keys(&definition.parents).any(|parent| column.parent_keys.contains(&parent));
    (parents_agree && keys(&definition.headings).any(|heading| heading == column.key))
        .then_some(definition.field.map_or(Match::Extra, Match::Exact))
}

fn exact_without_parents(column: &Headed, definition: &ColumnDefinition) -> Option<Match> {
    keys(&definition.headings)
        .any(|heading| heading == column.key)
        .then_some(definition.field.map_or(Match::Extra, Match::Exact))
}

fn misread(column: &Headed, definition: &ColumnDefinition) -> Option<Match> {
    let folded = text::fold_misread(&column.key);
    definition
        .headings
        .iter()
        .find(|heading| text::fold_misread(&text::heading_key(heading)) == folded)
        .map(|heading| similar(definition, heading))
}

fn similar(definition: &ColumnDefinition, heading: &str) -> Match {
    definition.field.map_or(Match::Extra, |field| {
        Match::Similar(field, heading.to_owned())
    })
}

/// A known heading with a short word before or after it (担当課室 for 担当課). Never for numbers – 前年度実績値
/// is not 実績値 – nor with a word that speaks of another year or side.
fn with_a_word_more(column: &Headed, definition: &ColumnDefinition) -> Option<Match> {
    const LONGEST_REST: usize = 3;
    const OTHER: [char; 12] = [
        '前', '次', '翌', '旧', '来', '昨', '非', '不', '未', '他', '外', '後',
    ];
    let is_number = matches!(
        definition.field,
        Some(
            Field::IndicatorBaseline
                | Field::IndicatorTarget
                | Field::IndicatorActual
                | Field::Number
                | Field::Predecessors
        )
    );
    if is_number {
        return None;
    }
    definition.headings.iter().find_map(|heading| {
        let known = text::heading_key(heading);
        if known.chars().count() < 2 {
            return None;
        }
        let rest = column
            .key
            .strip_prefix(&known)
            .or_else(|| column.key.strip_suffix(&known))?;
        (rest.chars().count() <= LONGEST_REST && !rest.contains(OTHER))
            .then(|| similar(definition, heading))
    })
}

/// A column without a heading is read as the field that may stand so, if it comes right after the column
/// that the layout has before it.
fn unheaded(band: &Band, layout: &Layout, matches: &mut [Match], taken: &mut HashSet<usize>) {
    for (index, definition) in layout.columns.iter().enumerate() {
        let Some(field) = definition.field else {
            continue;
        };
        if !definition.may_be_unheaded || taken.contains(&index) || index == 0 {
            continue;
        }
        let before = layout
            .columns
            .get(index - 1)
            .and_then(|definition| definition.field);
        for at in 1..band.columns.len() {
            if band.columns[at].key.is_empty()
                && matches[at] == Match::None
                && before.is_some()
                && matches[at - 1].field() == before
            {
                matches[at] = Match::Unheaded(field);
                taken.insert(index);
                break;
            }
        }
    }
}

/// How well a layout fits a band, 0 to 1: the share of its usual columns that are there, the share of the
/// band's columns that it knows, and whether the title has its words. 0 if a required column is missing.
pub(crate) fn score(band: &Band, layout: &Layout, title_fits: bool) -> f64 {
    let (matches, taken) = matched(band, layout);
    let columns = || layout.columns.iter().enumerate();
    let missing = columns().any(|(at, column)| column.required && !taken.contains(&at));
    let is_goals = matches.iter().any(|found| found.field().is_some());
    if layout.kind != Kind::GoalSheet || missing || !is_goals {
        return 0.0;
    }
    let usual = columns().filter(|(_, column)| !column.optional);
    let there = usual.clone().filter(|(at, _)| taken.contains(at)).count();
    let headed = band
        .columns
        .iter()
        .filter(|column| !column.key.is_empty())
        .count();
    let known = matches
        .iter()
        .filter(|found| found.field().is_some() || **found == Match::Extra)
        .count()
        .min(headed);
    let share = |part: usize, whole: usize| {
        if whole == 0 {
            0.0
        } else {
            part as f64 / whole as f64
        }
    };
    0.5 * share(there, usual.count())
        + 0.3 * share(known, headed)
        + if title_fits { 0.2 } else { 0.0 }
}
