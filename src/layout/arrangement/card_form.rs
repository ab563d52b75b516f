//! Sheets of cards that no layout knows -> a layout of cards: their labels in order, with the words that head them.

use std::collections::BTreeMap;

use super::by_side;
use super::card_columns::Labelled;
use super::repeats::{Slots, repeats};
use super::roles::{Kind, label_keys, roles};
use crate::document::Field;
use crate::layout::card_labels::CardLabels;
use crate::layout::cards;
use crate::layout::choose::Choice;
use crate::layout::definition::{Arrangement, ColumnDefinition, Layout};
use crate::layout::infer::{self, Context, Slot, Weights};
use crate::layout::parts::Part;
use crate::layout::passage::Passage;
use crate::layout::rows::Row;
use crate::sheet::{Cell, Sheet};

/// Labels from which on a block of them is a card.
const FEWEST_LABELS: usize = 4;

/// Of the cells of cards, this share at most stands beside no label: of a table read so nearly all do.
const UNCLAIMED: (usize, usize) = (1, 5);

/// A file's cards; `None` if it has none, or none that are goals.
pub(super) fn card_form(
    sheets: &[Sheet],
    text: &str,
    choice: &Choice<'_>,
    is_header: &dyn Fn(&Cell) -> bool,
) -> Option<super::Cards> {
    let generic = choice.any_town()?;
    let slots = Slots::of(sheets, text);
    let forms = [repeats(&slots, text), by_side::one_card(&slots, is_header)];
    forms.into_iter().flatten().find_map(|repeats| {
        let roles = roles(&slots, &repeats, text);
        let count = |wanted: Kind| roles.values().filter(|kind| **kind == wanted).count();
        let (beside, heads) = (count(Kind::Side), count(Kind::Head));
        let is_stacked = is_stacked(&slots, &roles);
        if label_keys(&slots, &roles).len() < FEWEST_LABELS || beside < heads && !is_stacked {
            return None;
        }
        let labelled = Labelled::of(&slots, &roles, text);
        let layout = Layout {
            arrangement: Arrangement::Cards,
            columns: labelled.columns,
            ..generic.clone()
        };
        let goes_across = |at: &usize| {
            is_stacked || matches!(labelled.kinds.get(*at), Some(Kind::Side | Kind::Above))
        };
        let found = understood(layout, &labelled.over, sheets, text, &choice.weights)?;
        let item = found
            .matches
            .iter()
            .position(|found| found.field() == Some(Field::Item));
        // Where the item heads a column, it is a table with labels above it.
        item.filter(goes_across).map(|_| found)
    })
}

/// Whether a card's labels stand over their values in several rows, values between them. A table's headings stand in one.
fn is_stacked(slots: &Slots<'_>, roles: &BTreeMap<usize, Kind>) -> bool {
    let heads = roles
        .iter()
        .filter(|(_, kind)| matches!(kind, Kind::Head | Kind::Above));
    let heads: Vec<usize> = heads.map(|(&at, _)| at).collect();
    let rows = |at: usize| slots.all.get(at).map(|slot| (slot.grid, slot.cell.row));
    heads.windows(2).any(|pair| {
        let [upper, lower] = *pair else { return false };
        let is_value = |at: usize| {
            let own =
                !roles.contains_key(&at) && slots.all.get(at).is_some_and(|slot| !slot.is_blank);
            own && rows(at) > rows(upper) && rows(at) < rows(lower)
        };
        rows(upper) < rows(lower) && (upper..lower).any(is_value)
    })
}

/// Cards with what their labels mean, by their words and by what the cards hold.
fn understood(
    mut layout: Layout,
    over: &[Vec<String>],
    sheets: &[Sheet],
    text: &str,
    weights: &Weights,
) -> Option<super::Cards> {
    let labels = CardLabels::of(&layout);
    let mut rows: Vec<Row> = Vec::new();
    let mut above: Vec<Vec<Passage>> = Vec::new();
    let mut rest = 0;
    for (at, sheet) in sheets.iter().enumerate() {
        let parts: Vec<Part<'_>> = sheet.blocks.iter().map(Part::of).collect();
        let new = cards::cards(&parts, &labels, text, false);
        if let Some(found) = new.or_else(|| cards::cards(&parts, &labels, text, at > 0)) {
            rows.extend(found.rows);
            above.extend(found.head);
            rest += found.rest.len();
        }
    }
    let claimed: usize = rows.iter().map(|row| row.cells.len()).sum();
    if rest * UNCLAIMED.1 > claimed * UNCLAIMED.0 {
        return None;
    }
    let slot = |(at, column): (usize, &ColumnDefinition)| Slot {
        heading: column.headings.first().cloned().unwrap_or_default(),
        parents: over.get(at).cloned().unwrap_or_default(),
        cells: rows
            .iter()
            .filter_map(|row| Some(row.cells.get(&at)?.plain(text)))
            .collect(),
        rows: rows.len(),
    };
    let slots: Vec<Slot> = layout.columns.iter().enumerate().map(slot).collect();
    let context = Context {
        fiscal_year: infer::sheet_year(infer::year_above(&above, text), &slots),
        weights,
    };
    let matches = infer::matches(&slots, &context, infer::titles(&above, text))?;
    for (column, found) in layout.columns.iter_mut().zip(&matches) {
        column.field = found.field();
        column.required = column.field == Some(Field::Item);
    }
    Some(super::Cards { layout, matches })
}
