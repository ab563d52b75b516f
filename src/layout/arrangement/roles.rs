//! The cells of a card -> which of them are labels, and of what: the cell beside them, those below, or other labels.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::repeats::{Repeats, Slots};

/// What a cell with a label's words is on its card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its value is at its right.
    Side,
    /// It heads a column of values, with other such labels beside it.
    Head,
    /// Its value is below it.
    Above,
    /// It heads other labels.
    Parent,
    /// It is the value of the label at its left, and the same on every card.
    Value,
}

/// The label words of the first card, in reading order, each with what it is there.
pub(super) fn roles(slots: &Slots<'_>, repeats: &Repeats, text: &str) -> BTreeMap<usize, Kind> {
    let Some(model) = repeats.cards.first() else {
        return BTreeMap::new();
    };
    let view = View {
        slots,
        repeats,
        text,
    };
    let words: Vec<usize> = model.clone().filter(|&at| view.is_word(at)).collect();
    let mut found: BTreeMap<usize, Kind> = BTreeMap::new();
    for &at in &words {
        let beside = |at: Option<usize>| at.is_some_and(|at| view.heads_values(at));
        if view.has_value(at, Slots::right) {
            found.insert(at, Kind::Side);
        } else if view.heads_values(at) && (beside(slots.left(at)) || beside(slots.right(at))) {
            found.insert(at, Kind::Head);
        }
    }
    for &at in &words {
        if found.contains_key(&at) {
            continue;
        }
        let left = slots.left(at);
        let left_kind = left.and_then(|left| found.get(&left).copied());
        let is_blank = |at: Option<usize>| at.is_none_or(|at| view.is_blank(at));
        let kind = match left {
            // What stands right of a value is no label: a unit, a sign.
            Some(left)
                if !view.is_word(left) && !view.is_blank(left) && is_blank(slots.right(at)) =>
            {
                continue;
            }
            Some(left) if view.is_word(left) && matches!(left_kind, None | Some(Kind::Parent)) => {
                if slots
                    .right(at)
                    .is_some_and(|right| found.get(&right) == Some(&Kind::Side))
                    && view.is_known(at)
                {
                    Kind::Parent
                } else {
                    found.insert(left, Kind::Side);
                    Kind::Value
                }
            }
            _ if is_blank(slots.right(at)) && view.has_value(at, Slots::below) => Kind::Above,
            _ if slots.right(at).is_some() && is_blank(slots.right(at)) => Kind::Side,
            _ => Kind::Parent,
        };
        found.insert(at, kind);
    }
    found
}

/// The first card's cells beside those of the others.
struct View<'a, 's> {
    slots: &'a Slots<'s>,
    repeats: &'a Repeats,
    text: &'a str,
}

type Neighbour<'s> = fn(&Slots<'s>, usize) -> Option<usize>;

impl<'s> View<'_, 's> {
    fn is_word(&self, at: usize) -> bool {
        let key = self.slots.key(at);
        key.is_some_and(|key| self.repeats.keys.contains(key))
    }

    fn is_known(&self, at: usize) -> bool {
        self.slots.all.get(at).is_some_and(|slot| slot.is_known)
    }

    fn is_blank(&self, at: usize) -> bool {
        self.slots.all.get(at).is_none_or(|slot| slot.is_blank)
    }

    /// The places of a label of the first card on all cards.
    fn everywhere(&self, at: usize) -> Vec<usize> {
        let key = self.slots.key(at);
        let of = |card: &Range<usize>| -> Vec<usize> {
            card.clone()
                .filter(|&at| self.slots.key(at) == key)
                .collect()
        };
        let Some(model) = self.repeats.cards.first() else {
            return Vec::new();
        };
        let ordinal = of(model).iter().position(|&other| other == at).unwrap_or(0);
        let cards = self.repeats.cards.iter();
        cards
            .filter_map(|card| of(card).get(ordinal).copied())
            .collect()
    }

    /// Whether a neighbour of a label is a value: it is not the same label on every card.
    fn has_value(&self, at: usize, neighbour: Neighbour<'s>) -> bool {
        let there: Vec<usize> = self
            .everywhere(at)
            .into_iter()
            .filter_map(|at| neighbour(self.slots, at))
            .filter(|&at| !self.is_blank(at))
            .collect();
        let varies = there.iter().any(|&other| {
            !self
                .slots
                .same(Some(other), there.first().copied(), self.text)
        });
        there.iter().any(|&at| !self.is_word(at)) || varies
    }

    /// Whether a label has values below it and none at its right.
    fn heads_values(&self, at: usize) -> bool {
        self.is_word(at) && !self.has_value(at, Slots::right) && self.has_value(at, Slots::below)
    }
}

/// The keys of the first card's labels that have a value.
pub(super) fn label_keys(slots: &Slots<'_>, roles: &BTreeMap<usize, Kind>) -> HashSet<String> {
    let labels = roles
        .iter()
        .filter(|(_, kind)| matches!(kind, Kind::Side | Kind::Head | Kind::Above));
    labels
        .filter_map(|(&at, _)| slots.key(at).map(str::to_owned))
        .collect()
}
