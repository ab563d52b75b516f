//! What stands above the table: label–value cells and lines -> header fields; the title; the rest.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::definition::{FiscalYearFrom, HeaderField, LabelDefinition, Layout, OrganizationFrom};
use super::passage::Passage;
use super::spread::{Spread, Words};
use crate::note::{Note, What};
use crate::sheet::{LineEnd, TextRange};
use crate::text::{self, era};

/// The text above a table, sorted out.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// The title with what belongs to it.
    pub title: Option<Passage>,
    /// The values of labels.
    pub values: BTreeMap<HeaderField, Passage>,
    /// The labels themselves.
    pub labels: Vec<TextRange>,
    /// What no label claims, in reading order.
    pub rest: Vec<Passage>,
    /// What a person should look at.
    pub notes: Vec<Note>,
}

/// The words of a layout's labels and titles, ready for comparison.
pub(crate) struct Labels<'a> {
    pub layout: &'a Layout,
    words: Vec<Word>,
    /// Characters of the longest word's key.
    longest: usize,
    title_keys: Vec<String>,
}

/// A word of a label.
struct Word {
    field: HeaderField,
    key: String,
    spread: Spread,
}

/// A label found in a line.
pub(super) struct FoundLabel {
    field: HeaderField,
    /// From the label's first character to its value's first, in bytes.
    start: usize,
    end: usize,
}

impl<'a> Labels<'a> {
    /// The words of a layout.
    pub fn of(layout: &'a Layout) -> Self {
        Self::of_labels(layout, layout.labels.iter(), &layout.title)
    }

    /// The same, and what any town calls the values that the layout has no label for: towns that share a table put
    /// other labels above it. Of a layout that leaves the head open, all that any town calls it.
    pub fn with_usual(layout: &'a Layout, any_town: &Layout) -> Self {
        if layout.leaves_head_open() {
            return Self::of_labels(layout, any_town.labels.iter(), &any_town.title);
        }
        let is_lacking = |label: &&LabelDefinition| {
            let has = layout.labels.iter().any(|own| own.field == label.field);
            !has && match label.field {
                HeaderField::Organization => layout.organization != OrganizationFrom::Nowhere,
                HeaderField::FiscalYear => layout.fiscal_year == FiscalYearFrom::Label,
                _ => true,
            }
        };
        let usual = any_town.labels.iter().filter(is_lacking);
        Self::of_labels(layout, layout.labels.iter().chain(usual), &layout.title)
    }

    fn of_labels<'l>(
        layout: &'a Layout,
        labels: impl Iterator<Item = &'l LabelDefinition>,
        titles: &[String],
    ) -> Self {
        let words: Vec<Word> = labels
            .flat_map(|label| {
                label.words.iter().map(|word| Word {
                    field: label.field,
                    key: text::heading_key(word),
                    spread: Spread::of(word),
                })
            })
            .collect();
        let lengths = words.iter().map(|word| word.key.chars().count());
        Self {
            layout,
            longest: lengths.max().unwrap_or(0),
            words,
            title_keys: titles.iter().map(|word| text::key(word)).collect(),
        }
    }

    /// The label that a whole cell is, if it is one.
    fn whole(&self, passage: &Passage, text: &str) -> Option<HeaderField> {
        let key = passage.heading_key_up_to(self.longest, text)?;
        let key = key.trim_end_matches(':');
        let word = self.words.iter().find(|word| word.key == key);
        word.map(|word| word.field)
    }

    /// Whether a whole cell is a label.
    pub fn is_whole(&self, passage: &Passage, text: &str) -> bool {
        self.whole(passage, text).is_some()
    }

    /// Whether a whole cell is a label, or begins with one and its value.
    pub fn is_label(&self, passage: &Passage, text: &str) -> bool {
        self.whole(passage, text).is_some() || starts_with_label(passage, self, text)
    }

    /// The labels in a line, left to right, none inside another.
    pub(super) fn in_line(&self, line: &str) -> Vec<FoundLabel> {
        let mut found: Vec<FoundLabel> = Vec::new();
        let places = Words::of(line);
        for word in &self.words {
            let labels = places.parts(|rest| value_after(&word.spread, rest));
            found.extend(labels.into_iter().map(|label| FoundLabel {
                field: word.field,
                start: label.start,
                end: label.end,
            }));
        }
        found.sort_by_key(|label| (label.start, std::cmp::Reverse(label.end)));
        found.dedup_by(|later, first| later.start < first.end);
        found
    }

    /// Whether this text could be the layout's title: it has one of its words and is no sentence.
    pub fn is_title(&self, passage: &Passage, text: &str) -> bool {
        const LONGEST_TITLE: usize = 60;
        let lines = passage.lines.iter().map(|line| line.range.of(text));
        if self.title_keys.is_empty() || text::is_longer_than_heading(lines, LONGEST_TITLE) {
            return false;
        }
        let key = text::key(&passage.raw(text));
        let characters = key.chars().count();
        characters <= LONGEST_TITLE
            && !key.ends_with('。')
            && self
                .title_keys
                .iter()
                .any(|word| key.contains(word.as_str()))
    }

    /// The keys of the title's words.
    pub fn title_keys(&self) -> &[String] {
        &self.title_keys
    }

    /// Whether a row begins with a label, or has one with its value in the same cell.
    pub fn begins_label_block(&self, cells: &[Passage], text: &str) -> bool {
        cells.first().is_some_and(|first| {
            self.whole(first, text).is_some()
                || first.lines.first().is_some_and(|line| {
                    self.in_line(line.range.of(text))
                        .first()
                        .is_some_and(|label| label.start == 0)
                })
        })
    }
}

/// The value that follows a label at the start of a text: after a colon, after white space, or none at its end.
fn value_after<'l>(label: &Spread, line: &'l str) -> Option<&'l str> {
    let rest = label.strip(line)?;
    let value = rest.trim_start();
    match value.strip_prefix([':', '：']) {
        Some(value) => Some(value.trim_start()),
        None => (value.len() < rest.len() || rest.is_empty()).then_some(value),
    }
}

/// Sorts the rows and lines above a table: each part is a row's cells, left to right, or one line.
pub(crate) fn read_head(parts: &[Vec<Passage>], labels: &Labels<'_>, text: &str) -> Head {
    let mut head = Head::default();
    let mut used: Vec<(usize, usize)> = Vec::new();
    for (row, cells) in parts.iter().enumerate() {
        let mut at = 0;
        while let Some(cell) = cells.get(at) {
            if !used.contains(&(row, at)) && !cell.is_blank(text) {
                if let Some(field) = labels.whole(cell, text) {
                    let value = take_neighbour(&mut head, parts, (row, at), field, labels, text);
                    used.extend(value);
                } else if let Some((field, value)) = labels.told(cells, at, text) {
                    head.labels.extend(cell.origin());
                    labels.give(&mut head, field, value, text);
                    used.push((row, at + 1));
                } else if !labels.told_in_line(&mut head, cell, text) {
                    split_labels(&mut head, cell, labels, text);
                }
            }
            at += 1;
        }
    }
    take_title(&mut head, labels, text);
    labels.take_unlabelled(&mut head, text);
    head
}

/// A cell that is a label: its value is the next cell to the right, or the cell below where none is there.
fn take_neighbour(
    head: &mut Head,
    parts: &[Vec<Passage>],
    (row, at): (usize, usize),
    field: HeaderField,
    labels: &Labels<'_>,
    text: &str,
) -> Option<(usize, usize)> {
    let label = &parts[row][at];
    head.labels
        .extend(label.lines.iter().map(|line| line.range));
    let is_value = |cell: &Passage| {
        !cell.is_blank(text)
            && labels.whole(cell, text).is_none()
            && !starts_with_label(cell, labels, text)
    };
    let right = parts[row]
        .get(at + 1)
        .filter(|cell| is_value(cell))
        .map(|cell| (cell, (row, at + 1)));
    // Below only if the rows have the same cells, one labels and the other none: a block of labels over their values.
    let below = || {
        let next = parts
            .get(row + 1)
            .filter(|next| next.len() == parts[row].len())?;
        let is_label = |cell: &Passage| labels.whole(cell, text).is_some();
        let is_block = parts[row].iter().all(is_label) && !next.iter().any(is_label);
        next.get(at)
            .filter(|cell| is_block && is_value(cell))
            .map(|cell| (cell, (row + 1, at)))
    };
    if let Some((value, place)) = right.or_else(below) {
        labels.give(head, field, value.clone(), text);
        return Some(place);
    }
    head.notes.push(
        Note::new(What::LabelWithoutValue {
            label: text::squash(&label.raw(text)),
        })
        .at(label.places.first().cloned()),
    );
    None
}

fn starts_with_label(cell: &Passage, labels: &Labels<'_>, text: &str) -> bool {
    cell.lines.first().is_some_and(|line| {
        labels
            .in_line(line.range.of(text))
            .first()
            .is_some_and(|label| label.start == 0)
    })
}

/// Labels with their values in one cell or line: each value goes on to the next label, and over wraps.
fn split_labels(head: &mut Head, cell: &Passage, labels: &Labels<'_>, text: &str) {
    let mut rest = Passage::default();
    let mut open: Option<(HeaderField, Passage)> = None;
    for (at, piece) in cell.lines.iter().enumerate() {
        let line = piece.range.of(text);
        let found = labels.in_line(line);
        let first = found.first().map_or(line.len(), |label| label.start);
        let part = |range| cell.part(at, range).unwrap_or_default();
        if first > 0 {
            match &mut open {
                Some((_, value)) => value.append(part(0..first)),
                None => rest.append(part(0..first)),
            }
        }
        for (index, label) in found.iter().enumerate() {
            close_value(head, open.take(), text);
            let end = found.get(index + 1).map_or(line.len(), |next| next.start);
            head.labels.push(piece.range.slice(label.start..label.end));
            open = Some((label.field, part(label.end..end)));
        }
        if piece.ends != LineEnd::Wrap {
            close_value(head, open.take(), text);
        }
    }
    close_value(head, open, text);
    if !rest.is_blank(text) {
        rest.value = cell.value;
        head.rest.push(rest);
    }
}

fn close_value(head: &mut Head, open: Option<(HeaderField, Passage)>, text: &str) {
    if let Some((field, value)) = open
        && !value.is_blank(text)
    {
        give(head, field, value);
    }
}

/// Gives a field its value; a second one for the same field is among the rest.
pub(super) fn give(head: &mut Head, field: HeaderField, value: Passage) {
    if let Entry::Vacant(first) = head.values.entry(field) {
        first.insert(value);
    } else {
        head.rest.push(value);
    }
}

/// Takes the title out of the rest: the first text with a word of the layout's titles, with a fiscal year or
/// a bracketed addition that stands directly before or after it on its own. Of a sheet that no layout knows, the text
/// that looks most like one.
fn take_title(head: &mut Head, labels: &Labels<'_>, text: &str) {
    let mut rest = head.rest.iter();
    let title = if labels.is_any_towns() {
        labels.title_by_form(&head.rest, text)
    } else {
        rest.position(|passage| labels.is_title(passage, text))
    };
    let Some(at) = title else {
        return;
    };
    let mut title = head.rest.remove(at);
    if let Some(after) = head
        .rest
        .get(at)
        .filter(|next| is_bracketed(next, text))
        .cloned()
    {
        head.rest.remove(at);
        title.append_beside(after);
    }
    if at > 0
        && head
            .rest
            .get(at - 1)
            .is_some_and(|before| is_fiscal_year(before, text))
    {
        let mut before = head.rest.remove(at - 1);
        before.append_beside(title);
        title = before;
    } else if head
        .rest
        .get(at)
        .is_some_and(|after| is_fiscal_year(after, text))
    {
        title.append_beside(head.rest.remove(at));
    }
    head.title = Some(title);
}

pub(super) fn is_bracketed(passage: &Passage, text: &str) -> bool {
    let key = text::key(&passage.raw(text));
    key.starts_with('(') && key.ends_with(')') && key.chars().count() <= 30
}

/// Whether a fiscal year is all that stands there.
pub(crate) fn is_fiscal_year(passage: &Passage, text: &str) -> bool {
    let plain = passage.plain(text);
    era::fiscal_years(&plain)
        .first()
        .is_some_and(|found| found.range == (0..plain.len()))
}
