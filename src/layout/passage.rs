//! Lines of a source -> the text of a value, with the identity of its characters.

use crate::document::value::{Origin, Text, TextBlock};
use crate::place::Place;
use crate::sheet::{Cell, CellValue, Line, LineEnd, TextRange};
use crate::text::{self, blocks};

/// Source text that belongs together: the lines of a cell, of several cells of one row, or around a page break.
#[derive(Debug, Clone, Default)]
pub(crate) struct Passage {
    /// Its physical lines.
    pub lines: Vec<Piece>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// What a spreadsheet stores behind the text, if the passage is one cell.
    pub value: CellValue,
}

/// A physical line, or a part of one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    /// Its characters.
    pub range: TextRange,
    /// How it ends.
    pub ends: LineEnd,
    /// Room left after it, in ems.
    pub room: Option<f32>,
}

impl Passage {
    /// The text of a cell.
    pub fn of_cell(cell: &Cell) -> Self {
        Self {
            lines: cell.lines.iter().map(piece).collect(),
            places: vec![cell.place.clone()],
            value: cell.value,
        }
    }

    /// Lines outside any grid.
    pub fn of_lines<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Self {
        let mut passage = Self::default();
        for line in lines {
            passage.lines.push(piece(line));
            passage.add_place(&line.place);
        }
        passage
    }

    /// A part of one of this passage's lines, in bytes from that line's start.
    pub fn part(&self, line: usize, within: std::ops::Range<usize>) -> Option<Self> {
        let piece = self.lines.get(line)?;
        Some(Self {
            lines: vec![Piece {
                range: piece.range.slice(within),
                ..*piece
            }],
            places: self.places.clone(),
            value: CellValue::Text,
        })
    }

    /// Puts another passage after this one; where both stand in one row of a worksheet, on the same line.
    pub fn append_beside(&mut self, other: Self) {
        let row = |place: Option<&Place>| match place {
            Some(Place::Cell { sheet, cell }) => Some((sheet.clone(), cell.row)),
            _ => None,
        };
        let here = row(self.places.last());
        if here.is_some()
            && here == row(other.places.first())
            && let Some(last) = self.lines.last_mut()
        {
            last.ends = LineEnd::Wrap;
        }
        self.append(other);
    }

    /// Puts another passage after this one.
    pub fn append(&mut self, other: Self) {
        if other.lines.is_empty() {
            return;
        }
        self.value = if self.lines.is_empty() {
            other.value
        } else {
            CellValue::Text
        };
        self.lines.extend(other.lines);
        for place in &other.places {
            self.add_place(place);
        }
    }

    fn add_place(&mut self, place: &Place) {
        if !self.places.contains(place) {
            self.places.push(place.clone());
        }
    }

    /// Whether nothing but white space stands there.
    pub fn is_blank(&self, text: &str) -> bool {
        self.lines
            .iter()
            .all(|line| text::is_blank(line.range.of(text)))
    }

    /// The source's characters, lines joined by `\n`.
    pub fn raw(&self, text: &str) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.range.of(text)).collect();
        lines.join("\n")
    }

    /// The source characters of [`Passage::raw`].
    pub fn origin(&self) -> Origin {
        self.lines.iter().map(|line| line.range).collect()
    }

    /// The lines as the author wrote them: joined over wraps, repaired, white space at their ends left out,
    /// blank ones left out.
    pub fn logical_lines(&self, text: &str) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut goes_on = false;
        for piece in &self.lines {
            let cleaned = text::clean(piece.range.of(text));
            match lines.last_mut().filter(|_| goes_on) {
                Some(line) => text::join_wrapped(line, &cleaned),
                None => lines.push(cleaned),
            }
            goes_on = piece.ends == LineEnd::Wrap;
        }
        lines
            .iter()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }

    /// The logical lines as one string.
    pub fn plain(&self, text: &str) -> String {
        self.logical_lines(text).join("\n")
    }

    /// The value as a text in its layers.
    pub fn to_text(&self, text: &str) -> Text {
        let lines = self.logical_lines(text);
        let blocks = blocks::items(lines.iter().map(String::as_str))
            .into_iter()
            .map(|item| TextBlock {
                mark: item.mark,
                depth: item.depth,
                text: item.text,
            })
            .collect();
        Text {
            raw: self.raw(text),
            text: lines.join("\n"),
            blocks,
            places: self.places.clone(),
            origin: self.origin(),
        }
    }

    /// The same, or nothing if it is blank.
    pub fn to_some_text(&self, text: &str) -> Option<Text> {
        (!self.is_blank(text)).then(|| self.to_text(text))
    }

    /// The comparison key of a heading or label.
    pub fn heading_key(&self, text: &str) -> String {
        heading_key(self.lines.iter().map(|line| line.range.of(text)))
    }

    /// The same for finding it among words of at most `longest` characters; nothing if it cannot be one of them.
    pub fn heading_key_up_to(&self, longest: usize, text: &str) -> Option<String> {
        heading_key_up_to(self.lines.iter().map(|line| line.range.of(text)), longest)
    }
}

fn heading_key<'a>(mut lines: impl Iterator<Item = &'a str> + Clone) -> String {
    match (lines.clone().nth(1), lines.next()) {
        (None, Some(line)) => text::heading_key(line),
        (None, None) => String::new(),
        (Some(_), first) => {
            let all: Vec<&str> = first.into_iter().chain(lines).collect();
            text::heading_key(&all.join("\n"))
        }
    }
}

/// The key of a heading's lines for finding it among words of at most `longest` characters, see
/// [`Passage::heading_key_up_to`].
pub(crate) fn heading_key_up_to<'a>(
    lines: impl DoubleEndedIterator<Item = &'a str> + Clone,
    longest: usize,
) -> Option<String> {
    (!text::is_longer_than_heading(lines.clone(), longest)).then(|| heading_key(lines))
}

fn piece(line: &Line) -> Piece {
    Piece {
        range: line.range,
        ends: line.ends,
        room: line.room,
    }
}
