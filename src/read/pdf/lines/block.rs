//! The lines of a cell or a page -> what is known of each in the light of all: the room left on it, what would have had
//! to come to it, brackets that are open at its end.

use crate::read::pdf::direction::EmBox;
use crate::read::pdf::lines::TextLine;
use crate::read::pdf::lines::setting::{
    Alignment, Measure, alignment, end_without_hanging, room, usual_pitch,
};
use crate::read::pdf::marks::Marks;
use crate::text::setting::characters::{closes, ends_item, is_sentence_end, is_word, opens};
use crate::text::setting::marks::{self, Class};
use crate::text::setting::{CLEARLY_FITS, first_unit};

/// An indent of this many ems begins a paragraph.
pub(super) const INDENT: f32 = 0.8;
/// Ends that differ by this many ems are the same.
pub(super) const SAME: f32 = 0.02;
/// The narrowest space between words, in ems.
const WORD_SPACE: f32 = 0.25;
/// A line that begins this many ems before or after the one above it is set on its own: a date or a
/// signature at the right, a title in the middle. Items hang by two or three.
pub(super) const APART: f32 = 4.5;
/// Characters that are spread over a column's width stand this many ems apart, those of justified text less.
const SPREAD: f32 = 0.25;
/// The spread of two lines is the same up to this many ems.
const SAME_SPREAD: f32 = 0.05;
/// A spread line leaves no more than this many ems: what its last character's own spacing takes.
const SPREAD_FULL: f32 = 0.6;
/// Lines farther apart than is usual by this factor are of different paragraphs.
const PARAGRAPH_PITCH: f32 = 1.4;

/// The lines of a cell or a page, and what is known of all of them.
pub(super) struct Block<'a> {
    pub(super) marks: &'a Marks,
    pub(super) lines: &'a [TextLine],
    pub(super) rooms: Vec<f32>,
    pub(super) texts: Vec<String>,
    pub(super) alignment: Alignment,
    pub(super) pitch: Option<f32>,
    /// The edges where lines begin and end.
    pub(super) start: f32,
    pub(super) edge: f32,
    /// See [`Block::nearest_out_of_reach`].
    pub(super) out_of_reach: Option<f32>,
}

impl<'a> Block<'a> {
    pub(super) fn of(marks: &'a Marks, lines: &'a [TextLine], measure: Measure) -> Self {
        let alignment = alignment(marks, lines, measure);
        let rooms = lines
            .iter()
            .map(|line| room(marks, line, measure, alignment));
        let mut block = Self {
            marks,
            lines,
            rooms: rooms.collect(),
            texts: lines.iter().map(|line| line.text(marks)).collect(),
            alignment,
            pitch: usual_pitch(lines),
            start: measure.start,
            edge: measure.end,
            out_of_reach: None,
        };
        block.out_of_reach = block.nearest_out_of_reach();
        block
    }

    /// The nearest position that the writer has shown to be out of reach: where a line goes on within a
    /// sentence, what came next had not fitted. It says more than the estimated padding does.
    pub(super) fn nearest_out_of_reach(&self) -> Option<f32> {
        if self.alignment != Alignment::Start {
            return None;
        }
        let reaches = self.lines.windows(2).enumerate().filter_map(|(at, pair)| {
            let [line, next] = pair else { return None };
            let blank = line.is_blank(self.marks) || next.is_blank(self.marks);
            if blank || next.direction != line.direction || self.stands_apart(line, next) {
                return None;
            }
            let last = last_visible(self.texts.get(at)?)?;
            let end = end_without_hanging(self.marks, line, self.edge) + self.needed(at);
            let within = !ends_item(last) && leading_mark(self.texts.get(at + 1)?).is_none();
            (within && end >= self.edge - CLEARLY_FITS * line.size).then_some(end)
        });
        reaches.min_by(f32::total_cmp)
    }

    /// Ems left on a line: no more than up to what is out of reach.
    pub(super) fn known_room(&self, at: usize) -> f32 {
        let room = self.rooms.get(at).copied().unwrap_or_default();
        match (self.out_of_reach, self.lines.get(at)) {
            (Some(reach), Some(line)) => {
                let end = end_without_hanging(self.marks, line, self.edge);
                room.min((reach - end) / line.size - SAME).max(0.0)
            }
            _ => room,
        }
    }

    /// The width of what would have had to come to a line: the next unit, and the space between two words,
    /// which is often not painted at a line's end.
    pub(super) fn needed(&self, at: usize) -> f32 {
        let (Some(line), Some(next)) = (self.lines.get(at), self.lines.get(at + 1)) else {
            return 0.0;
        };
        let words = self
            .texts
            .get(at)
            .and_then(|text| last_visible(text))
            .is_some_and(is_word)
            && self
                .texts
                .get(at + 1)
                .is_some_and(|text| text.trim_start().starts_with(is_word));
        let space = if words { WORD_SPACE * line.size } else { 0.0 };
        space + self.next_unit(next)
    }

    /// Whether a line and the next are entries that are spread over the column's width (均等割り付け), each by itself: a
    /// line of justified text is spread by less, and letter-spaced text by the same on every line.
    pub(super) fn are_spread_entries(&self, at: usize) -> bool {
        let is_full = |room: &f32| *room < SPREAD_FULL;
        let both = self
            .rooms
            .get(at..at + 2)
            .is_some_and(|rooms| rooms.iter().all(is_full));
        let Some(own) = self.spread(at).filter(|_| both) else {
            return false;
        };
        let other = self.spread(at + 1).unwrap_or_default();
        (own - other).abs() > SAME_SPREAD || self.rooms.iter().all(is_full)
    }

    /// How far the characters of a line stand apart, in ems, where that is more than justified text is spread by, and the
    /// same between all of them.
    fn spread(&self, at: usize) -> Option<f32> {
        let line = self.lines.get(at)?;
        let inked = line
            .characters(self.marks)
            .filter(|(c, _)| !c.is_whitespace());
        let shapes: Option<Vec<EmBox>> = inked.map(|(_, shape)| shape).collect();
        let gaps = shapes?;
        let gaps = gaps.windows(2).filter_map(|pair| match pair {
            [a, b] => Some((b.start - a.end) / line.size),
            _ => None,
        });
        let range = gaps.fold((f32::INFINITY, f32::NEG_INFINITY), |(least, most), gap| {
            (least.min(gap), most.max(gap))
        });
        let (least, most) = range;
        (least.is_finite() && least >= SPREAD && most - least <= 2.0 * SAME_SPREAD).then_some(least)
    }

    /// Whether an open bracket is closed from this line on, before a sentence ends or an item begins: what
    /// stands between is no item, whatever it begins with (雄5,000円／→7,000円）.
    pub(super) fn closes_bracket(&self, at: usize) -> bool {
        for (index, text) in self.texts.get(at..).unwrap_or_default().iter().enumerate() {
            if index > 0 && leading_mark(text).is_some() {
                return false;
            }
            if let Some(c) = text
                .chars()
                .find(|&c| closes(c) || opens(c) || is_sentence_end(c))
            {
                return closes(c);
            }
        }
        false
    }

    /// Whether a bracket is open at the end of a line, since its item began.
    pub(super) fn in_brackets(&self, at: usize) -> bool {
        let before = self.texts.get(..=at).unwrap_or_default();
        let first = before
            .iter()
            .rposition(|text| leading_mark(text).is_some())
            .unwrap_or(0);
        let mut depth = 0i32;
        for c in before
            .get(first..)
            .unwrap_or_default()
            .iter()
            .flat_map(|text| text.chars())
        {
            depth = (depth + i32::from(opens(c)) - i32::from(closes(c))).max(0);
        }
        depth > 0
    }

    /// A bracketed line as a whole that ends a centred heading is its gloss: いつまで／(期限).
    pub(super) fn is_gloss(&self, at: usize) -> bool {
        let Some([text]) = self.texts.get(at..) else {
            return false;
        };
        let inner = text
            .trim()
            .strip_prefix(['（', '('])
            .and_then(|text| text.strip_suffix(['）', ')']));
        self.alignment == Alignment::Center
            && self.texts.iter().all(|text| leading_mark(text).is_none())
            && inner.is_some_and(|inner| !inner.contains(['（', '(', '）', ')']))
    }

    /// Whether two lines are set apart by distance or position.
    pub(super) fn stands_apart(&self, line: &TextLine, next: &TextLine) -> bool {
        let far = self
            .pitch
            .is_some_and(|pitch| next.bottom - line.bottom > PARAGRAPH_PITCH * pitch);
        let aside = (next.start - line.start).abs() > APART * line.size;
        // A reading above a line takes its own height.
        (far && next.ruby.is_empty()) || (aside && self.alignment == Alignment::Start)
    }

    /// Whether the next line is indented as the first of a paragraph. A line after one with a mark is set
    /// under the item's text, which is no new paragraph.
    pub(super) fn begins_paragraph(
        &self,
        line: &TextLine,
        next: &TextLine,
        sentence: bool,
    ) -> bool {
        if self.alignment != Alignment::Start {
            return false;
        }
        let spaced = next
            .characters(self.marks)
            .next()
            .is_some_and(|(c, _)| c == '\u{3000}');
        let indented = next.start - line.start >= INDENT * line.size;
        (spaced && sentence) || (indented && leading_mark(&line.text(self.marks)).is_none())
    }

    /// The width of what would have had to come to this line, also after a word: had the writer broken words anywhere,
    /// there would be no room for a letter.
    pub(super) fn next_unit(&self, next: &TextLine) -> f32 {
        let shapes = first_unit(next.characters(self.marks)).filter_map(|(_, shape)| shape);
        let unit = shapes.reduce(|unit, shape| EmBox {
            end: unit.end.max(shape.end),
            ..unit
        });
        unit.map_or(0.0, |unit| unit.end - unit.start)
    }
}

/// The class of the mark that a line begins with.
pub(super) fn leading_mark(text: &str) -> Option<Class> {
    marks::leading(text).map(|mark| mark.class)
}

pub(super) fn last_visible(text: &str) -> Option<char> {
    text.trim_end().chars().next_back()
}
