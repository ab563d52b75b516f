//! How lines end: whether the writer ran out of room or the author began a new line.

use crate::read::pdf::lines::TextLine;
use crate::read::pdf::lines::block::{Block, SAME, last_visible, leading_mark};
use crate::read::pdf::lines::hanging::{Hanging, Hangs};
use crate::read::pdf::lines::items::{Items, Sentences, begins_with_dot};
use crate::read::pdf::lines::setting::{Measure, end_without_hanging};
use crate::read::pdf::marks::Marks;
use crate::sheet::LineEnd;
use crate::text::setting::characters::{ends_item, is_sentence_end};
use crate::text::setting::marks::Class;
use crate::text::setting::{CLEARLY_FITS, Fit, characters, fits, numbers};

/// A line that keeps this many ems is not full: a digit more would have stood there.
const FULL: f32 = 1.0;
/// The width of a digit in ems.
const DIGIT: f32 = 0.5;

/// Decides the end of each line and its room; the last one ends as told. `elsewhere` is what the other cells show.
pub(crate) fn decide(
    marks: &Marks,
    lines: &mut [TextLine],
    measure: Measure,
    last: LineEnd,
    elsewhere: &Hanging,
) {
    let block = Block::of(marks, lines, measure);
    let shown = block.hanging();
    let items = Items::of(&block);
    let sentences = Sentences::of(&block);
    let ends: Vec<Ending> = (0..lines.len())
        .map(|at| {
            if at + 1 < lines.len() {
                block.end(at, &items, sentences, (&shown, elsewhere))
            } else {
                Ending::sure(last)
            }
        })
        .collect();
    let rooms: Vec<f32> = (0..lines.len()).map(|at| block.known_room(at)).collect();
    for ((line, room), ending) in lines.iter_mut().zip(rooms).zip(ends) {
        line.ends = ending.ends;
        line.is_end_uncertain = ending.is_uncertain;
        line.number_goes_on = ending.is_in_number;
        line.room = Some(room);
    }
}

/// How a line ends, and whether it could as well end otherwise.
#[derive(Debug, Clone, Copy)]
struct Ending {
    ends: LineEnd,
    is_uncertain: bool,
    /// Whether digits stand on both sides of it.
    is_in_number: bool,
}

impl Ending {
    fn sure(ends: LineEnd) -> Self {
        Self {
            ends,
            is_uncertain: false,
            is_in_number: false,
        }
    }
}

impl Block<'_> {
    /// How the line at this index ends before the next one.
    fn end(
        &self,
        at: usize,
        items: &Items,
        sentences: Sentences,
        (shown, elsewhere): (&Hanging, &Hanging),
    ) -> Ending {
        let (Some(line), Some(next)) = (self.lines.get(at), self.lines.get(at + 1)) else {
            return Ending::sure(LineEnd::Break);
        };
        let (Some(text), Some(next_text)) = (self.texts.get(at), self.texts.get(at + 1)) else {
            return Ending::sure(LineEnd::Break);
        };
        let blank = line.is_blank(self.marks) || next.is_blank(self.marks);
        if line.direction != next.direction || blank || self.stands_apart(line, next) {
            return Ending::sure(LineEnd::Break);
        }
        if numbers::are_entries(text, next_text) || self.are_spread_entries(at) {
            return Ending::sure(LineEnd::Break);
        }
        let ending = self.end_of_text(at, (text, next_text), items, sentences, (shown, elsewhere));
        if numbers::meet(text.trim_end(), next_text.trim_start()) {
            self.within_number(at, (text, next_text), ending)
        } else {
            ending
        }
    }

    /// The end of a line that ends in a number where the next one begins with one. Writers keep a number whole: it goes
    /// on only where it is set in full-width digits, is wider than a line, or stands in brackets that the next line closes:
    /// (年1⏎2回), by writers that end a line anywhere. It is said in any case.
    fn within_number(&self, at: usize, (text, next): (&str, &str), ending: Ending) -> Ending {
        let is_full = self.rooms.get(at).is_some_and(|room| *room < FULL);
        if !is_full || leading_mark(next).is_some() {
            return Ending::sure(LineEnd::Break);
        }
        let (text, next) = (text.trim_end(), next.trim_start());
        let is_wide = |c: Option<char>| c.is_some_and(|c| ('０'..='９').contains(&c));
        let digits = (numbers::at_end(text) + numbers::at_start(next)) as f32;
        let line = self.lines.get(at).map_or(1.0, |line| line.size);
        let is_wider = digits * DIGIT * line > self.edge - self.start;
        let is_bracketed = characters::leaves_open(text) && next.chars().any(characters::closes);
        let are_wide = is_wide(text.chars().next_back()) && is_wide(next.chars().next());
        let goes_on = are_wide || is_wider || is_bracketed;
        Ending {
            ends: if goes_on { ending.ends } else { LineEnd::Break },
            is_uncertain: false,
            is_in_number: true,
        }
    }

    /// How a line of text ends before one that goes on or not.
    fn end_of_text(
        &self,
        at: usize,
        (text, next_text): (&str, &str),
        items: &Items,
        sentences: Sentences,
        (shown, elsewhere): (&Hanging, &Hanging),
    ) -> Ending {
        let (Some(line), Some(next)) = (self.lines.get(at), self.lines.get(at + 1)) else {
            return Ending::sure(LineEnd::Break);
        };
        let last = last_visible(text);
        let needed = self.needed(at);
        let room = self.rooms.get(at).copied().unwrap_or_default();
        let slack = room - needed / line.size;
        let sentence = last.is_some_and(is_sentence_end);
        let hangs = if slack > CLEARLY_FITS {
            Hangs::No
        } else {
            self.hangs(at, shown, elsewhere)
        };
        if hangs == Hangs::Yes {
            return Ending::sure(LineEnd::Wrap);
        }
        let first_mark = self.texts.first().and_then(|text| leading_mark(text));
        let dot = begins_with_dot(next_text);
        let begins = match leading_mark(next_text) {
            Some(_) if self.in_brackets(at) && self.closes_bracket(at + 1) => false,
            Some(Class::Bullet) if dot => self.dot_begins_item(at, items),
            Some(Class::Bullet) => true,
            Some(mark) => last.is_some_and(ends_item) || first_mark == Some(mark),
            None => {
                self.is_gloss(at + 1)
                    || self.begins_paragraph(line, next, sentence)
                    || (sentence && self.begins_before(at, shown))
            }
        };
        let end = end_without_hanging(self.marks, line, self.edge) + needed;
        let refused = self
            .out_of_reach
            .is_some_and(|reach| end > reach - SAME * line.size);
        let fit = fits(Some(room), needed / line.size, sentence);
        let ends = if begins || (fit == Fit::Break && !refused && !dot) {
            LineEnd::Break
        } else {
            LineEnd::Wrap
        };
        if sentence && !begins && slack <= CLEARLY_FITS && leading_mark(next_text).is_none() {
            return match sentences {
                Sentences::Flow => Ending::sure(LineEnd::Wrap),
                Sentences::Apart => Ending::sure(LineEnd::Break),
                Sentences::Unknown => Ending {
                    is_uncertain: true,
                    ..Ending::sure(ends)
                },
            };
        }
        let is_uncertain = hangs == Hangs::Unknown || (dot && self.may_be_word_or_item(at, items));
        Ending {
            is_uncertain,
            ..Ending::sure(ends)
        }
    }
}
