//! A table that goes on under other headings -> one table: columns that are added, or written differently.

use std::collections::HashSet;

use super::find::Match;
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
    let last = number(before, rows.last());
    let first = number(now, new.first());
    (known.is_subset(&named) || named.is_subset(&known))
        && last.is_some_and(|last| first == Some(last + 1))
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
