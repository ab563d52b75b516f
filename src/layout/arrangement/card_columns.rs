//! The labels of a card -> the columns of a layout of cards, each with the words that head it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::repeats::Slots;
use super::roles::Kind;
use crate::layout::definition::ColumnDefinition;
use crate::layout::passage::Passage;
use crate::text;

/// The labels of a card as columns.
pub(super) struct Labelled<'a, 's> {
    slots: &'a Slots<'s>,
    roles: &'a BTreeMap<usize, Kind>,
    text: &'a str,
    pub columns: Vec<ColumnDefinition>,
    /// The words over each, outermost first.
    pub over: Vec<Vec<String>>,
    pub kinds: Vec<Kind>,
}

impl<'a, 's> Labelled<'a, 's> {
    pub fn of(slots: &'a Slots<'s>, roles: &'a BTreeMap<usize, Kind>, text: &'a str) -> Self {
        let mut found = Self {
            slots,
            roles,
            text,
            columns: Vec::new(),
            over: Vec::new(),
            kinds: Vec::new(),
        };
        let tables = found.small_tables();
        let mut waiting: Vec<usize> = Vec::new();
        for (&at, &kind) in roles {
            match (kind, tables.get(&at)) {
                (Kind::Value, _) | (_, Some(Lines::Heads)) => {}
                (_, Some(Lines::Row(heads))) => {
                    for &head in heads {
                        let head = found.word(head);
                        found.column(at, vec![head.clone()], Some(head), &mut waiting);
                    }
                }
                (Kind::Parent, _) | (_, Some(Lines::Name)) => waiting.push(at),
                (Kind::Side | Kind::Head | Kind::Above, None) => {
                    let parents = found.telling_parents(at);
                    found.column(at, parents, None, &mut waiting);
                }
            }
        }
        found
    }

    /// The words of a label, without the number of its card.
    fn word(&self, at: usize) -> String {
        let cell = self.slots.all.get(at).map(|slot| slot.cell);
        let word = cell.map(|cell| text::squash(&Passage::of_cell(cell).raw(self.text)));
        let word = word.unwrap_or_default();
        if self
            .slots
            .key(at)
            .is_some_and(|key| key == text::heading_key(&word))
        {
            return word;
        }
        word.trim_end_matches(char::is_numeric).to_owned()
    }

    /// Adds a column; words that head it and others are named with the first one.
    fn column(
        &mut self,
        at: usize,
        mut parents: Vec<String>,
        head: Option<String>,
        waiting: &mut Vec<usize>,
    ) {
        let heading = self.word(at);
        let key = text::heading_key(&heading);
        let is_there = |column: &ColumnDefinition, parents: &[String]| {
            column
                .headings
                .iter()
                .any(|word| text::heading_key(word) == key)
                && (parents.is_empty() || parents.iter().any(|word| column.parents.contains(word)))
        };
        if self.columns.iter().any(|column| is_there(column, &parents)) {
            return;
        }
        let over = self.over(at).into_iter().rev().chain(head);
        self.over.push(over.collect());
        self.kinds
            .push(self.roles.get(&at).copied().unwrap_or(Kind::Side));
        for parent in std::mem::take(waiting) {
            let word = self.word(parent);
            let known = |word: &String| {
                self.columns
                    .iter()
                    .any(|column| column.parents.contains(word))
            };
            if !parents.contains(&word) && !known(&word) {
                parents.push(word);
            }
        }
        self.columns.push(ColumnDefinition {
            field: None,
            headings: vec![heading],
            parents,
            required: false,
            optional: false,
            may_be_unheaded: false,
        });
    }

    /// Of a label that a card has several times: the word that heads it and not the others.
    fn telling_parents(&self, at: usize) -> Vec<String> {
        let key = self.slots.key(at);
        let again: Vec<usize> = self
            .roles
            .keys()
            .copied()
            .filter(|&other| self.slots.key(other) == key)
            .collect();
        if again.len() < 2 {
            return Vec::new();
        }
        let others: HashSet<String> = again
            .iter()
            .filter(|&&other| other != at)
            .flat_map(|&other| self.over(other))
            .collect();
        let own = self
            .over(at)
            .into_iter()
            .find(|word| !others.contains(word));
        own.into_iter().collect()
    }

    /// The words that head a label, the nearest first: left of it, above it, and on a row of their own before it.
    fn over(&self, at: usize) -> Vec<String> {
        let is_parent = |other: usize| self.roles.get(&other) == Some(&Kind::Parent);
        let mut found: Vec<usize> = Vec::new();
        let mut left = self.slots.left(at);
        while let Some(other) = left {
            if is_parent(other) {
                found.push(other);
            }
            left = self.slots.left(other);
        }
        let Some(slot) = self.slots.all.get(at) else {
            return Vec::new();
        };
        let parents = self
            .roles
            .keys()
            .copied()
            .filter(|&other| is_parent(other) && other < at);
        let mut above: Vec<usize> = parents
            .filter(|&other| {
                self.slots.all.get(other).is_some_and(|over| {
                    let cell = over.cell;
                    over.grid == slot.grid
                        && cell.row + cell.rows <= slot.cell.row
                        && (cell.column..cell.column + cell.columns).contains(&slot.cell.column)
                })
            })
            .collect();
        above.reverse();
        found.extend(above);
        found.into_iter().map(|at| self.word(at)).collect()
    }

    /// The small tables within a card: rows of values under labels that stand side by side.
    fn small_tables(&self) -> HashMap<usize, Lines> {
        // Row label -> the labels over its values.
        let mut rows: Vec<(usize, Vec<usize>)> = Vec::new();
        for (&at, &kind) in self.roles {
            if kind != Kind::Side {
                continue;
            }
            let mut heads = Vec::new();
            let mut right = self.slots.right(at);
            while let Some(value) = right.filter(|value| !self.roles.contains_key(value)) {
                heads.extend(self.head_of(value));
                right = self.slots.right(value);
            }
            if heads.len() > 1 {
                rows.push((at, heads));
            }
        }
        let mut found = HashMap::new();
        for (at, heads) in &rows {
            let lines = rows.iter().filter(|(_, others)| others == heads).count();
            let is_period = |head: &usize| is_period(&self.word(*head));
            if lines > 1 || heads.iter().all(is_period) {
                found.extend(heads.iter().map(|&head| (head, Lines::Heads)));
                found.insert(*at, Lines::Row(heads.clone()));
            } else {
                found.insert(*at, Lines::Name);
            }
        }
        found
    }

    /// The label that heads the column of a value.
    fn head_of(&self, value: usize) -> Option<usize> {
        let slot = self.slots.all.get(value)?;
        let (column, columns) = (slot.cell.column, slot.cell.columns);
        let above = (1..slot.cell.row)
            .rev()
            .filter_map(|row| self.slots.at(slot.grid, row, column));
        above
            .take_while(|&at| {
                let cell = self.slots.all.get(at).map(|slot| slot.cell.columns);
                cell == Some(columns)
            })
            .find(|at| self.roles.contains_key(at))
            .filter(|at| self.roles.get(at) == Some(&Kind::Head))
    }
}

/// What a label is to the small table it stands in.
enum Lines {
    /// It names a row whose values are each a column of its own, by the labels over them.
    Row(Vec<usize>),
    /// It names the only row.
    Name,
    /// It heads such a column.
    Heads,
}

/// Whether a heading says only when: 令和６年度, 上半期, ４月.
fn is_period(word: &str) -> bool {
    let key = text::heading_key(word);
    let words = [
        "上半期",
        "下半期",
        "前期",
        "後期",
        "中間",
        "期末",
        "年度末",
        "当初",
        "前年度",
        "今年度",
        "次年度",
    ];
    !text::era::fiscal_years(&key).is_empty()
        || words.contains(&key.as_str())
        || key.strip_suffix(['月', '期']).is_some_and(|number| {
            number
                .chars()
                .all(|c| c.is_ascii_digit() || c == '第' || c == '/' || c == '四' || c == '半')
        })
}
