//! The labels of a layout of cards: which cells are one, and which begin with one.

use std::collections::{BTreeMap, HashSet};

use super::definition::Layout;
use super::forms::Labels;
use super::passage::Passage;
use super::spread::{Spread, Words};
use crate::sheet::LineEnd;
use crate::text::{self, setting::marks};

/// The words of a layout's columns.
pub(crate) struct CardLabels<'a> {
    pub layout: &'a Layout,
    /// The labels of the sheet around the cards.
    pub header: Labels<'a>,
    /// Key of a label -> the columns that it is the label of: several where words over it tell them apart.
    whole: BTreeMap<String, Vec<usize>>,
    parents: HashSet<String>,
    /// Characters of the longest of these keys.
    longest: usize,
    /// Labels, to be found in lines, with the indices of their columns.
    words: Vec<(usize, Spread)>,
}

/// The key of a label without the signs and numbers that stand before it or around it: ■目的, 【目的】, (1) 目的, ２．目的.
fn bare(key: &str) -> &str {
    let is_sign = |c: char| {
        matches!(
            c,
            '【' | '】' | '[' | ']' | '(' | ')' | '.' | '〔' | '〕' | ':'
        ) || marks::sign(c).is_some()
    };
    key.trim_start_matches(|c: char| is_sign(c) || c.is_numeric())
        .trim_end_matches(is_sign)
}

/// A label's key without the number of its card after it: 目標1, 目標2.
pub(crate) fn unnumbered(key: &str) -> &str {
    let word = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_word = word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    if is_word { word } else { key }
}

impl<'a> CardLabels<'a> {
    /// The words of a layout, those around the cards its own.
    pub fn of(layout: &'a Layout) -> Self {
        Self::under(layout, Labels::of(layout))
    }

    /// The words of a layout with these around the cards.
    pub fn under(layout: &'a Layout, header: Labels<'a>) -> Self {
        let columns = layout.columns.iter().enumerate();
        let labels =
            columns.flat_map(|(at, column)| column.headings.iter().map(move |word| (at, word)));
        let mut whole: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, word) in labels.clone() {
            whole.entry(text::heading_key(word)).or_default().push(at);
        }
        let parents = layout.columns.iter().flat_map(|column| &column.parents);
        let parents: HashSet<String> = parents.map(|word| text::heading_key(word)).collect();
        let lengths = whole.keys().chain(&parents).map(|key| key.chars().count());
        Self {
            layout,
            header,
            longest: lengths.max().unwrap_or(0),
            words: labels.map(|(at, word)| (at, Spread::of(word))).collect(),
            whole,
            parents,
        }
    }

    /// The key of a whole cell, if it may be one of these words.
    pub fn key(&self, cell: &Passage, text: &str) -> Option<String> {
        cell.heading_key_up_to(self.longest, text)
    }

    /// The column whose label a whole cell with this key is; of several the first.
    pub fn whole(&self, key: &str) -> Option<usize> {
        self.all_whole(key).first().copied()
    }

    /// The columns whose label a whole cell with this key may be.
    pub fn all_whole(&self, key: &str) -> &[usize] {
        let columns = self.whole.get(key);
        let columns = columns.or_else(|| self.whole.get(bare(key)));
        let columns = columns.or_else(|| self.whole.get(unnumbered(bare(key))));
        columns.map_or(&[], Vec::as_slice)
    }

    /// Of these columns, the one that a word heads.
    pub fn headed_by(&self, columns: &[usize], parent: &str) -> Option<usize> {
        let is_own = |word: &String| {
            let key = text::heading_key(word);
            key == parent || key == bare(parent)
        };
        let has = |at: &&usize| {
            let column = self.layout.columns.get(**at);
            column.is_some_and(|column| column.parents.iter().any(is_own))
        };
        columns.iter().find(has).copied()
    }

    /// Of these columns, the one that no word needs to head.
    pub fn unheaded(&self, columns: &[usize]) -> Option<usize> {
        let is_free = |at: &&usize| {
            let column = self.layout.columns.get(**at);
            column.is_some_and(|column| column.parents.is_empty())
        };
        columns.iter().find(is_free).copied()
    }

    /// Whether a cell with this key heads several labels or a line of values.
    pub fn is_parent(&self, key: &str) -> bool {
        self.parents.contains(key) || self.parents.contains(bare(key))
    }

    /// Whether a cell begins with a label and has its value after it.
    pub fn begins(&self, cell: &Passage, text: &str) -> bool {
        let first = cell.lines.first().map_or("", |line| line.range.of(text));
        self.alone(cell, 0, text).is_some()
            || self.in_line(first).first().is_some_and(|&(_, start, _)| {
                first
                    .get(..start)
                    .is_some_and(|before| before.trim().is_empty())
            })
    }

    /// The columns whose labels a cell is or has.
    pub fn columns(&self, cell: &Passage, text: &str) -> Vec<usize> {
        let key = self.key(cell, text);
        if let Some(column) = key.and_then(|key| self.whole(&key)) {
            return vec![column];
        }
        let parts = self.begins(cell, text).then(|| self.split(cell, text));
        parts
            .into_iter()
            .flatten()
            .map(|(column, ..)| column)
            .collect()
    }

    /// The label that a line of a cell is, if others follow.
    fn alone(&self, cell: &Passage, line: usize, text: &str) -> Option<usize> {
        let piece = cell.lines.get(line)?;
        if cell.lines.len() <= line + 1 || piece.ends == LineEnd::Wrap {
            return None;
        }
        let line = piece.range.of(text);
        if text::is_longer_than_heading(std::iter::once(line), self.longest) {
            return None;
        }
        self.whole(&text::heading_key(line))
    }

    /// Labels with a colon or in brackets: column, first byte, and where the value begins.
    fn in_line(&self, line: &str) -> Vec<(usize, usize, usize)> {
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        if !line.contains(MARKS) {
            return found;
        }
        let places = Words::of(line);
        for (column, word) in &self.words {
            let labels = places.parts(|rest| value_after(word, rest));
            let labels = labels.into_iter();
            found.extend(labels.map(|label| (*column, label.start, label.end)));
        }
        found.sort_by_key(|&(_, start, end)| (start, std::cmp::Reverse(end)));
        found.dedup_by(|later, first| later.1 < first.2);
        found
    }

    /// The labels of a cell with their values: column, label, value.
    pub fn split(&self, cell: &Passage, text: &str) -> Vec<(usize, Passage, Passage)> {
        let mut found: Vec<(usize, Passage, Passage)> = Vec::new();
        for (at, piece) in cell.lines.iter().enumerate() {
            let line = piece.range.of(text);
            let part = |range| cell.part(at, range).unwrap_or_default();
            if let Some(column) = self.alone(cell, at, text) {
                found.push((column, part(0..line.len()), Passage::default()));
                continue;
            }
            let labels = self.in_line(line);
            let first = labels.first().map_or(line.len(), |label| label.1);
            if first > 0
                && let Some((_, _, value)) = found.last_mut()
            {
                value.append(part(0..first));
            }
            for (index, &(column, start, end)) in labels.iter().enumerate() {
                let next = labels.get(index + 1).map_or(line.len(), |label| label.1);
                found.push((column, part(start..end), part(end..next)));
            }
        }
        found
    }
}

/// What makes a word in a line a label: a colon after it, or brackets around it.
const MARKS: [char; 5] = [':', '：', '】', '〕', ']'];

/// The value that follows a label at the start of a text: the label has a colon after it or brackets around it,
/// and may have a sign before it.
fn value_after<'l>(word: &Spread, line: &'l str) -> Option<&'l str> {
    let with_colon = |line: &'l str| {
        let rest = word.strip(line)?.trim_start();
        rest.strip_prefix([':', '：'])
    };
    let in_brackets = |line: &'l str| {
        let inside = line.strip_prefix(['【', '〔', '['])?;
        let rest = word.strip(inside)?.strip_prefix(['】', '〕', ']'])?;
        Some(rest.strip_prefix([':', '：']).unwrap_or(rest))
    };
    let labelled = |line| with_colon(line).or_else(|| in_brackets(line));
    let unsigned = line.strip_prefix(|c| marks::sign(c).is_some());
    unsigned
        .and_then(|line| labelled(line.trim_start()))
        .or_else(|| labelled(line))
        .map(str::trim_start)
}
