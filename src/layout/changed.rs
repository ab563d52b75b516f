//! A table that goes on under other headings -> one table: columns that are added, or written differently.

use std::collections::HashSet;

use super::bands::Band;
use super::fields::{self, Headings, Match};
use super::parts::heading_ranges;
use super::passage::Passage;
use super::rows::{Columns, Row};
use crate::document::Field;
use crate::ledger::Class;
use crate::sheet::TextRange;
use crate::text;

/// Whether a table without a head of its own goes on the one before it although its headings differ: the
/// numbers go on without a gap, and one of them has all fields of the other. Forms whose later pages have a
/// column more are printed so, and machine reading moves the upper headings.
pub(crate) fn goes_on(
    before: &Columns,
    rows: &[Row],
    now: &Columns,
    new: &[Row],
    text: &str,
) -> bool {
    let fields = |columns: &Columns| -> HashSet<Field> {
        columns.matches.iter().filter_map(Match::field).collect()
    };
    let (known, named) = (fields(before), fields(now));
    let number = |columns: &Columns, row: Option<&Row>| {
        let cell = row?.cells.get(&columns.of(Field::Number)?)?;
        text::number::whole_number(&cell.plain(text))
    };
    let last = rows.iter().rev().find_map(|row| number(before, Some(row)));
    // The first row may be the rest of one that the page before cut, which has no number.
    let first = new.iter().find_map(|row| number(now, Some(row)));
    let follows = match (last, first) {
        (Some(last), Some(first)) => first == last + 1,
        (Some(_), None) => new.len() == 1,
        _ => false,
    };
    (known.is_subset(&named) || named.is_subset(&known)) && follows
}

/// A band's columns read with the headings of the table before it, if at least two thirds of them are that table's and
/// it lacks some: what those do not know is read with others.
pub(crate) fn renamed(
    before: &Columns,
    [headings, others]: [&Headings<'_>; 2],
    band: &Band,
) -> Option<Columns> {
    let keys: HashSet<&str> = before.headed.iter().map(|c| c.key.as_str()).collect();
    let same = band
        .columns
        .iter()
        .filter(|c| keys.contains(c.key.as_str()));
    let same = same.count();
    if same * 3 < band.columns.len() * 2 || same == before.headed.len() {
        return None;
    }
    let mut matches = fields::match_columns(band, headings);
    let mut taken: HashSet<Field> = matches.iter().filter_map(Match::field).collect();
    for (found, other) in matches.iter_mut().zip(fields::match_columns(band, others)) {
        let field = other.field().filter(|_| *found == Match::None);
        if field.is_some_and(|field| taken.insert(field)) {
            *found = other;
        }
    }
    Some(Columns {
        headed: band.columns.clone(),
        matches,
    })
}

/// The headings that a table before has not, for the note.
pub(crate) fn new_headings(before: &Columns, now: &Columns, text: &str) -> String {
    let known: HashSet<&str> = before.headed.iter().map(|c| c.key.as_str()).collect();
    let new = now
        .headed
        .iter()
        .filter(|c| !known.contains(c.key.as_str()));
    let words: Vec<String> = new
        .map(|column| text::squash(&column.heading.raw(text)))
        .collect();
    words.join("、")
}

/// Makes one table's columns of two: fields that are there keep their column, others are added at the right.
/// Gives each new column's index among them, and what becomes of the new headings that are not added.
pub(crate) fn merge(
    before: &mut Columns,
    now: &Columns,
    text: &str,
) -> (Vec<usize>, Vec<(Class, TextRange)>) {
    let known: HashSet<String> = before
        .headed
        .iter()
        .flat_map(|column| std::iter::once(&column.heading).chain(&column.parents))
        .map(|heading| text::squash(&heading.raw(text)))
        .collect();
    let mut added = Columns {
        headed: Vec::new(),
        matches: Vec::new(),
    };
    let mut indices = Vec::with_capacity(now.headed.len());
    for (column, found) in now.headed.iter().zip(&now.matches) {
        let there = found.field().and_then(|field| before.of(field));
        indices.push(there.unwrap_or(before.headed.len() + added.headed.len()));
        if there.is_none() {
            added.headed.push(column.clone());
            added.matches.push(found.clone());
        }
    }
    let claimed_later: HashSet<TextRange> = heading_ranges(&added).into_iter().collect();
    let said_before = |passage: &Passage| known.contains(&text::squash(&passage.raw(text)));
    let mut claims: Vec<(Class, TextRange)> = Vec::new();
    let mut seen: HashSet<TextRange> = HashSet::new();
    for column in &now.headed {
        for heading in std::iter::once(&column.heading).chain(&column.parents) {
            let class = if said_before(heading) {
                Class::Repeated
            } else {
                Class::Headings
            };
            for range in heading.origin() {
                if !claimed_later.contains(&range) && seen.insert(range) {
                    claims.push((class, range));
                }
            }
        }
    }
    before.headed.extend(added.headed);
    before.matches.extend(added.matches);
    (indices, claims)
}

/// Puts a row's cells under the columns with these indices.
pub(crate) fn move_cells(row: &mut Row, indices: &[usize]) {
    let to = |column: usize| indices.get(column).copied().unwrap_or(column);
    row.cells = std::mem::take(&mut row.cells)
        .into_iter()
        .map(|(column, cell)| (to(column), cell))
        .collect();
    for part in &mut row.parts {
        part.column = to(part.column);
    }
}
