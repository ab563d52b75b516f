//! Sheets that no layout knows -> what their columns mean: from form, words and cells, as one choice for the table.
//!
//! `band` finds the headings; `heading` and `period` take each apart; `evidence` weighs what a column may be, by its
//! words (`by_words`, from the table in `words`), its time (`by_time`) and its `cells` (`by_cells`); `choice` reads the
//! whole table at once and says by how much; `verdict` says whether it is a list of goals. Every weight stands in
//! `weights`.

pub(crate) mod band;
mod by_cells;
mod by_time;
mod by_words;
mod cells;
pub(crate) mod choice;
pub(crate) mod evidence;
pub(crate) mod heading;
mod leaf;
mod period;
#[cfg(test)]
mod tests;
pub(crate) mod verdict;
pub(crate) mod weights;
pub(crate) mod words;

pub(crate) use choice::{Understood, choose};
pub(crate) use evidence::{Context, Slot};
pub(crate) use verdict::{Verdict, speaks_of_goals, verdict};
pub(crate) use weights::Weights;

use super::bands::{Band, Headed};
use super::fields::Match;
use super::passage::Passage;
use super::table::{Extent, Table};
use crate::text::era;

/// The columns of a band with what stands under them, down to the row `end`.
pub(crate) fn slots(table: &Table<'_>, band: &Band, end: u32, text: &str) -> Vec<Slot> {
    let mut slots: Vec<Slot> = band
        .columns
        .iter()
        .map(|column| slot(column, text))
        .collect();
    let mut rows = 0;
    for row in table.rows_within(band.bottom + 1, end) {
        let starting: Vec<_> = table.starting(row).collect();
        // One cell in a row is a remark or the rest of a merged row, no goal.
        if starting.len() < 2 && band.columns.len() > 2 {
            continue;
        }
        rows += 1;
        for cell in starting {
            let at = band
                .columns
                .iter()
                .position(|column| Extent::holds(&column.extent, cell));
            if let Some(slot) = at.and_then(|at| slots.get_mut(at)) {
                slot.cells.push(Passage::of_cell(cell).plain(text));
            }
        }
    }
    for slot in &mut slots {
        slot.rows = rows;
    }
    slots
}

/// Adds the cells of the same columns elsewhere.
pub(crate) fn add(slots: &mut [Slot], more: &[Slot]) {
    for (slot, more) in slots.iter_mut().zip(more) {
        slot.cells.extend(more.cells.iter().cloned());
        slot.rows += more.rows;
    }
}

/// A column by its headings, without cells so far.
pub(crate) fn slot(column: &Headed, text: &str) -> Slot {
    Slot {
        heading: column.heading.plain(text),
        parents: column
            .parents
            .iter()
            .map(|parent| parent.plain(text))
            .collect(),
        ..Slot::default()
    }
}

/// Whether a grid is a list of goals, by its form, words and cells.
pub(crate) fn is_list_of_goals(table: &Table<'_>, text: &str, weights: &Weights) -> bool {
    let bands = band::bands(table, (1, u32::MAX), None, text);
    let Some(first) = bands.first() else {
        return false;
    };
    let above: Vec<Vec<Passage>> = table
        .rows_within(1, first.top.saturating_sub(1))
        .map(|row| table.starting(row).map(Passage::of_cell).collect())
        .collect();
    let end = bands.get(1).map_or(u32::MAX, |next| next.top - 1);
    let slots = slots(table, first, end, text);
    let context = Context {
        fiscal_year: sheet_year(year_above(&above, text), &slots),
        weights,
    };
    matches(&slots, &context, titles(&above, text)).is_some()
}

/// What the columns or labels of a list of goals are, as its notes say it; `None` if it is a list of something else.
pub(crate) fn matches(slots: &[Slot], context: &Context<'_>, titles: i32) -> Option<Vec<Match>> {
    let columns = choose(slots, context);
    let item = match verdict(&columns, titles) {
        Verdict::Goals => None,
        Verdict::GoalsWithItem(at) => Some(at),
        Verdict::Other => return None,
    };
    let matches = columns.iter().enumerate().map(|(at, column)| {
        if item == Some(at) {
            Match::MostLikeItem
        } else {
            matched(column)
        }
    });
    Some(matches.collect())
}

/// How a column was matched.
fn matched(column: &Understood) -> Match {
    match (column.meaning, column.best) {
        (Some(field), _) => Match::Exact(field),
        (None, Some(best)) => Match::Doubtful(
            Some(best),
            column.runner_up.and_then(|(meaning, _)| meaning),
        ),
        (None, None) if column.score > 0.0 => Match::Extra,
        (None, None) => Match::None,
    }
}

/// The year of a sheet for its columns: what is known of it, else the only year that its headings name.
pub(crate) fn sheet_year(known: Option<i32>, slots: &[Slot]) -> Option<i32> {
    let words = slots
        .iter()
        .flat_map(|slot| std::iter::once(&slot.heading).chain(&slot.parents));
    let mut named: Vec<i32> = words
        .filter_map(|word| match heading::Heading::of(word).period.year {
            Some(period::Year::Named(year)) => Some(year),
            _ => None,
        })
        .collect();
    named.sort_unstable();
    named.dedup();
    match named[..] {
        // Columns of one year are of the sheet's own, whatever year its title has: 令和7年度 報告 of what 令和6年度 brought.
        [only] if known.is_none_or(|known| (known - only).abs() <= 1) => Some(only),
        _ => known,
    }
}

/// The fiscal year that short texts above a table name, the first that does.
pub(crate) fn year_above(parts: &[Vec<Passage>], text: &str) -> Option<i32> {
    const LONGEST: usize = 80;
    let cells = parts
        .iter()
        .flatten()
        .map(|cell| cell.plain(text))
        .filter(|plain| plain.chars().count() <= LONGEST);
    cells
        .map(|plain| era::fiscal_years(&plain))
        .find_map(|found| Some(found.first()?.value.year))
}

/// How much the texts above a table speak of goals, in tenths: the most that one does, and the worst that one says.
pub(crate) fn titles(parts: &[Vec<Passage>], text: &str) -> i32 {
    const LONGEST: usize = 60;
    let cells = parts
        .iter()
        .flatten()
        .map(|cell| cell.plain(text))
        .filter(|plain| plain.chars().count() <= LONGEST);
    let spoken: Vec<i32> = cells.map(|plain| speaks_of_goals(&plain)).collect();
    spoken.iter().copied().max().unwrap_or(0).max(0)
        + spoken.iter().copied().min().unwrap_or(0).min(0)
}
