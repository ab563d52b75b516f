//! The columns of a heading band -> the field that each is in a layout, and how well the layout fits.

use std::collections::HashSet;

use super::bands::{Band, Headed};
use super::definition::{ColumnDefinition, Kind, Layout};
use crate::document::Field;
use crate::text;
use crate::text::own_headings::CARRIED_COLUMN;

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
    /// Of an unknown sheet: one reading is not clearly better than the other.
    Doubtful(Option<Field>, Option<Field>),
    /// Of an unknown sheet without a column that is clearly its item: the one most like it.
    MostLikeItem,
    /// No field.
    None,
}

impl Match {
    /// The field that the column's cells are read as.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Exact(field) | Self::Similar(field, _) | Self::Unheaded(field) => Some(*field),
            Self::MostLikeItem => Some(Field::Item),
            Self::Extra | Self::Duplicate(_) | Self::Doubtful(..) | Self::None => None,
        }
    }
}

/// The heading words of one layout, as keys.
pub(crate) struct Headings<'a> {
    layout: &'a Layout,
    columns: Vec<ColumnWords<'a>>,
}

/// The words of a layout's column, as keys.
struct ColumnWords<'a> {
    definition: &'a ColumnDefinition,
    headings: Vec<String>,
    parents: Vec<String>,
    /// The headings with characters in one form that machine reading takes for each other.
    misread: Vec<String>,
}

impl<'a> Headings<'a> {
    /// The words of a layout.
    pub fn of(layout: &'a Layout) -> Self {
        let keys = |words: &[String]| -> Vec<String> {
            words.iter().map(|word| text::heading_key(word)).collect()
        };
        let columns = layout.columns.iter().map(|definition| {
            let headings = keys(&definition.headings);
            ColumnWords {
                definition,
                parents: keys(&definition.parents),
                misread: headings.iter().map(|key| text::fold_misread(key)).collect(),
                headings,
            }
        });
        Self {
            layout,
            columns: columns.collect(),
        }
    }
}

/// Matches each column of a band to the layout's fields.
pub(crate) fn match_columns(band: &Band, headings: &Headings<'_>) -> Vec<Match> {
    matched(band, headings).0
}

/// The same with the indices of the layout's columns that are there.
fn matched(band: &Band, headings: &Headings<'_>) -> (Vec<Match>, HashSet<usize>) {
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
            let fitting = headings
                .columns
                .iter()
                .enumerate()
                .filter_map(|(index, words)| step(column, words).map(|how| (index, how)));
            // Of columns headed alike, the one with the most of its parents; of several the first that is left.
            let parents = |index: usize| shared_parents(column, &headings.columns[index]);
            let found = fitting.max_by_key(|(index, _)| {
                let is_left = !taken.contains(index);
                (parents(*index), is_left, std::cmp::Reverse(*index))
            });
            let Some((index, how)) = found else { continue };
            if taken.insert(index) {
                matches[at] = how;
            } else if let Some(field) = how.field() {
                matches[at] = Match::Duplicate(field);
            }
        }
    }
    unheaded(band, headings.layout, &mut matches, &mut taken);
    carried(band, &mut matches);
    (matches, taken)
}

/// The column that this program adds to a form that is filled in: it means the same in every layout.
fn carried(band: &Band, matches: &mut [Match]) {
    let field = Field::Predecessors;
    if matches.iter().any(|found| found.field() == Some(field)) {
        return;
    }
    let key = text::heading_key(CARRIED_COLUMN);
    let columns = band.columns.iter().zip(matches);
    let mut own = columns.filter(|(column, found)| column.key == key && **found == Match::None);
    if let Some((_, found)) = own.next() {
        *found = Match::Exact(field);
    }
}

/// How many of the headings above a column are a layout's column's.
fn shared_parents(column: &Headed, words: &ColumnWords<'_>) -> usize {
    let own = words.parents.iter();
    own.filter(|parent| column.parent_keys.contains(parent))
        .count()
}

fn exact_with_parents(column: &Headed, words: &ColumnWords<'_>) -> Option<Match> {
    let mut parents = words.parents.iter();
    if parents.any(|parent| column.parent_keys.contains(parent)) {
        exact_without_parents(column, words)
    } else {
        None
    }
}

fn exact_without_parents(column: &Headed, words: &ColumnWords<'_>) -> Option<Match> {
    let field = words.definition.field;
    words
        .headings
        .contains(&column.key)
        .then_some(field.map_or(Match::Extra, Match::Exact))
}

fn misread(column: &Headed, words: &ColumnWords<'_>) -> Option<Match> {
    let folded = text::fold_misread(&column.key);
    let at = words.misread.iter().position(|key| *key == folded)?;
    let heading = words.definition.headings.get(at)?;
    Some(similar(words.definition, heading))
}

fn similar(definition: &ColumnDefinition, heading: &str) -> Match {
    definition.field.map_or(Match::Extra, |field| {
        Match::Similar(field, heading.to_owned())
    })
}

/// A known heading with a short word before or after it (担当課室 for 担当課). Never for numbers – 前年度実績値
/// is not 実績値 – nor with a word that speaks of another year or side.
fn with_a_word_more(column: &Headed, words: &ColumnWords<'_>) -> Option<Match> {
    const LONGEST_REST: usize = 3;
    const OTHER: [char; 12] = [
        '前', '次', '翌', '旧', '来', '昨', '非', '不', '未', '他', '外', '後',
    ];
    let is_number = matches!(
        words.definition.field,
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
    let headings = words.definition.headings.iter().zip(&words.headings);
    headings
        .filter(|(_, known)| known.chars().count() >= 2)
        .find_map(|(heading, known)| {
            let rest = column
                .key
                .strip_prefix(known.as_str())
                .or_else(|| column.key.strip_suffix(known.as_str()))?;
            (rest.chars().count() <= LONGEST_REST && !rest.contains(OTHER))
                .then(|| similar(words.definition, heading))
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
pub(crate) fn score(band: &Band, headings: &Headings<'_>, title_fits: bool) -> f64 {
    let layout = headings.layout;
    let (matches, taken) = matched(band, headings);
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
