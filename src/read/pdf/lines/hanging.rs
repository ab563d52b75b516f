//! Paragraphs whose first line begins before the ones under it (ぶら下げ), without a mark: how articles and their
//! paragraphs are set (公用文、法令).
//!
//! An indented line under a full one either goes on so, or begins a paragraph whose further lines begin before it
//! (字下げ). A short indented line tells them apart by what stands under it: the next paragraph begins where hanging
//! ones do, and where an indented one never does.

use crate::read::pdf::lines::TextLine;
use crate::read::pdf::lines::block::{APART, Block, INDENT, SAME, last_visible, leading_mark};
use crate::read::pdf::lines::setting::{Alignment, Measure};
use crate::read::pdf::marks::Marks;
use crate::text::setting::CLEARLY_FITS;
use crate::text::setting::characters::ends_item;

/// A line in the middle under another leaves as much before it as after it, up to this many ems.
const CENTRED: f32 = 0.7;
/// Lines that begin within so many ems begin together.
const SAME_START: f32 = 0.2;

/// Where the first line of paragraphs begins, and where the others do, in points from the edge of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Indent {
    pub first: f32,
    pub others: f32,
    /// Points.
    pub em: f32,
}

impl Indent {
    fn is_same(self, other: Self) -> bool {
        (self.first - other.first).abs() <= SAME_START * self.em
            && (self.others - other.others).abs() <= SAME_START * self.em
    }
}

/// What a text's lines show of its paragraphs.
#[derive(Debug, Default)]
pub(crate) struct Hanging {
    shown: Vec<Indent>,
    refuted: Vec<Indent>,
}

impl Hanging {
    /// A paragraph has ended on an indented line, and the next one begins before it.
    pub(crate) fn show(&mut self, indent: Indent) {
        if !self.shown.iter().any(|known| known.is_same(indent)) {
            self.shown.push(indent);
        }
    }

    /// A paragraph begins indented, or goes on before where it began.
    pub(crate) fn refute(&mut self, indent: Indent) {
        if !self.is_refuted(indent) {
            self.refuted.push(indent);
        }
    }

    /// Adds what other lines show.
    pub(crate) fn learn(&mut self, other: Self) {
        for indent in other.shown {
            self.show(indent);
        }
        for indent in other.refuted {
            self.refute(indent);
        }
    }

    pub(crate) fn is_shown(&self, indent: Indent) -> bool {
        self.shown.iter().any(|known| known.is_same(indent)) && !self.is_refuted(indent)
    }

    pub(crate) fn is_refuted(&self, indent: Indent) -> bool {
        self.refuted.iter().any(|known| known.is_same(indent))
    }
}

/// What the lines of a cell show of how its paragraphs are indented.
pub(crate) fn hanging(marks: &Marks, lines: &[TextLine], measure: Measure) -> Hanging {
    if begin_together(lines) {
        return Hanging::default();
    }
    Block::of(marks, lines, measure).hanging()
}

/// Lines that all begin together show nothing.
fn begin_together(lines: &[TextLine]) -> bool {
    lines.windows(2).all(|pair| match pair {
        [line, next] => (next.start - line.start).abs() < INDENT * line.size,
        _ => true,
    })
}

/// Whether an indented line goes on a paragraph that begins before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hangs {
    Yes,
    No,
    /// Nothing shows it.
    Unknown,
}

impl Block<'_> {
    /// The indent of two lines of which one begins before the other.
    fn indent(&self, first: &TextLine, others: &TextLine) -> Option<Indent> {
        let ems = (others.start - first.start) / first.size;
        let is_indent = self.alignment == Alignment::Start && (INDENT..=APART).contains(&ems);
        is_indent.then_some(Indent {
            first: first.start - self.start,
            others: others.start - self.start,
            em: first.size,
        })
    }

    /// What each line and the one under it show of how paragraphs are indented. A line with a mark, in brackets as
    /// a whole (the caption of an article) or with a space before it tells nothing of those without.
    pub(super) fn hanging(&self) -> Hanging {
        let mut hanging = Hanging::default();
        if begin_together(self.lines) {
            return hanging;
        }
        let mut is_marked = true;
        for (at, pair) in self.lines.windows(2).enumerate() {
            let ([line, next], Some(text), Some(next_text)) =
                (pair, self.texts.get(at), self.texts.get(at + 1))
            else {
                continue;
            };
            // The mark of the line that these hang under.
            let above = at.checked_sub(1).and_then(|above| self.lines.get(above));
            let is_first = above.is_none_or(|above| line.start < above.start - SAME * line.size);
            is_marked = leading_mark(text).is_some() || (is_marked && !is_first);
            let blank = line.is_blank(self.marks) || next.is_blank(self.marks);
            if blank || line.direction != next.direction || !is_plain(next_text) {
                continue;
            }
            let has_room = self.rooms.get(at).copied().unwrap_or_default()
                - self.needed(at) / line.size
                > CLEARLY_FITS;
            if let Some(indent) = self.indent(line, next)
                && has_room
            {
                hanging.refute(indent);
            }
            if let Some(indent) = self.indent(next, line) {
                let goes_on = !has_room && !last_visible(text).is_some_and(ends_item);
                if goes_on {
                    hanging.refute(indent);
                } else if has_room && !is_marked {
                    hanging.show(indent);
                }
            }
        }
        hanging
    }

    /// Whether the indented line after this full one goes on its paragraph. A sentence may have ended with the
    /// line, and only its own neighbours tell how it is set.
    pub(super) fn hangs(&self, at: usize, own: &Hanging, elsewhere: &Hanging) -> Hangs {
        let (Some(line), Some(next), Some(text), Some(next_text)) = (
            self.lines.get(at),
            self.lines.get(at + 1),
            self.texts.get(at),
            self.texts.get(at + 1),
        ) else {
            return Hangs::No;
        };
        let Some(indent) = self.indent(line, next) else {
            return Hangs::No;
        };
        let is_refuted = own.is_refuted(indent) || elsewhere.is_refuted(indent);
        if is_refuted || leading_mark(text).is_some() || !is_plain(next_text) {
            return Hangs::No;
        }
        let goes_on = !last_visible(text).is_some_and(ends_item);
        if own.is_shown(indent) || (goes_on && elsewhere.is_shown(indent)) {
            Hangs::Yes
        } else if (goes_on || elsewhere.is_shown(indent)) && !is_centred_under(next, line) {
            Hangs::Unknown
        } else {
            Hangs::No
        }
    }

    /// Whether the next line begins where paragraphs do whose other lines begin where this one does.
    pub(super) fn begins_before(&self, at: usize, own: &Hanging) -> bool {
        let (Some(line), Some(next)) = (self.lines.get(at), self.lines.get(at + 1)) else {
            return false;
        };
        self.indent(next, line)
            .is_some_and(|indent| own.is_shown(indent))
    }
}

/// Whether a line stands in the middle under another, as in a heading.
fn is_centred_under(line: &TextLine, above: &TextLine) -> bool {
    let (before, after) = (line.start - above.start, above.end - line.end);
    (before - after).abs() < CENTRED * line.size
}

/// Whether a line has neither a mark nor a space before it, and is no caption in brackets.
fn is_plain(text: &str) -> bool {
    let is_caption = text.starts_with('（') && text.trim_end().ends_with('）');
    leading_mark(text).is_none() && !text.starts_with('\u{3000}') && !is_caption
}
