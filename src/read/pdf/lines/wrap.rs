//! How lines end: whether the writer ran out of room or the author began a new line.

use crate::read::pdf::lines::TextLine;
use crate::read::pdf::lines::block::{Block, CLEARLY_FITS, SAME, last_visible};
use crate::read::pdf::lines::characters::{Mark, ends_item, ends_sentence, leading_mark};
use crate::read::pdf::lines::hanging::{Hanging, Hangs};
use crate::read::pdf::lines::items::{Items, Sentences, begins_with_dot};
use crate::read::pdf::lines::setting::{Measure, end_without_hanging};
use crate::read::pdf::marks::Marks;
use crate::sheet::LineEnd;

/// It would not have fitted if this many ems were lacking.
const CLEARLY_NOT: f32 = -0.1;

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
        line.room = Some(room);
    }
}

/// How a line ends, and whether it could as well end otherwise.
#[derive(Debug, Clone, Copy)]
struct Ending {
    ends: LineEnd,
    is_uncertain: bool,
}

impl Ending {
    fn sure(ends: LineEnd) -> Self {
        Self {
            ends,
            is_uncertain: false,
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
        let last = last_visible(text);
        let needed = self.needed(at);
        let slack = self.rooms.get(at).copied().unwrap_or_default() - needed / line.size;
        let sentence = last.is_some_and(ends_sentence);
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
            Some(Mark::Bullet) if dot => self.dot_begins_item(at, items),
            Some(Mark::Bullet) => true,
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
        let fits = slack > CLEARLY_FITS || (slack > CLEARLY_NOT && sentence);
        let ends = if begins || (fits && !refused && !dot) {
            LineEnd::Break
        } else {
            LineEnd::Wrap
        };
        if sentence && !begins && slack <= CLEARLY_FITS && leading_mark(next_text).is_none() {
            return match sentences {
                Sentences::Flow => Ending::sure(LineEnd::Wrap),
                Sentences::Apart => Ending::sure(LineEnd::Break),
                Sentences::Unknown => Ending {
                    ends,
                    is_uncertain: true,
                },
            };
        }
        let is_uncertain = hangs == Hangs::Unknown || (dot && self.may_be_word_or_item(at, items));
        Ending { ends, is_uncertain }
    }
}
