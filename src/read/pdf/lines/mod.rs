//! Runs -> lines: what stands on one baseline, in reading order, with the spaces that only gaps show.

mod block;
pub(crate) mod columns;
pub(crate) mod hanging;
mod items;
mod labels;
pub(crate) mod measure;
pub(crate) mod overflow;
pub(crate) mod overprint;
mod raised;
mod readings;
pub(crate) mod ruby;
pub(crate) mod runs;
pub(crate) mod setting;
pub(crate) mod slanted;
pub(crate) mod stacked;
pub(crate) mod strikes;
pub(crate) mod vertical;
pub(crate) mod warichu;
pub(crate) mod watermarks;
pub(crate) mod wrap;

use std::ops::Range;

use crate::read::pdf::direction::{Direction, EmBox};
use crate::read::pdf::lines::runs::{Run, is_white, text_of};
use crate::read::pdf::marks::{Glyph, Marks, Rect};
use crate::sheet::LineEnd;
use crate::text::setting::characters::{closes, hangs, opens};
use crate::text::setting::numbers;

/// A character that begins before this part of the one before it has ended lies over it.
const OVERLAP: f32 = 0.35;
/// Such pairs in a line that is printed over; a single one is a letter pushed close, or its accent.
const OVERLAPS: usize = 2;
/// Sizes of characters of one text differ by less; a superscript may stand over its neighbour.
const ALIKE: f32 = 0.75;
/// Runs whose em boxes share this part of the smaller one's height stand on one line: a superscript is
/// raised by a third of an em and lies wholly beside its base, a reading above its base hardly touches it.
const SHARED_HEIGHT: f32 = 0.6;
/// Text that is larger by this factor than what stands beside it – a watermark, a bracket over several lines, an
/// ornament – shares a line only with what stands on its baseline, to this part of the smaller em.
const MUCH_LARGER: f32 = 2.0;
const SAME_BASE: f32 = 0.25;
/// Lines that a run is compared with: those of columns side by side interleave.
const RECENT_LINES: usize = 6;
/// A gap this much wider (in ems) than is usual on the line separates words of Japanese text.
const WIDE_GAP: f32 = 0.6;
/// From this width on the separation is shown as an ideographic space.
const IDEOGRAPHIC: f32 = 0.85;
/// A gap this much wider (in ems) than is usual between Latin letters of the line is a word space.
const WORD_GAP: f32 = 0.14;

/// Digits whose baselines differ by this many ems are not of one number.
const RAISED: f32 = 0.1;

/// Within one show operator of a program that paints its spaces a gap of this many ems is one it has left out; less is
/// the room of a letter that a narrower font stands in for.
const LEFT_OUT: f32 = 0.5;

/// A glyph of a line, or a space that no glyph paints.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Piece {
    Glyph(u32),
    Space(char),
}

/// A reading set above a part of a line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RubyText {
    /// Pieces of the line that it belongs to.
    pub base: Range<usize>,
    /// Its glyphs.
    pub reading: Vec<u32>,
}

/// A physical line of a page.
#[derive(Debug, Clone)]
pub(crate) struct TextLine {
    pub direction: Direction,
    pub pieces: Vec<Piece>,
    /// Where the first visible glyph starts and the last one ends, along the line.
    pub start: f32,
    pub end: f32,
    /// The em box of its largest glyphs, across the line.
    pub top: f32,
    pub bottom: f32,
    /// Its em: the size of most of its glyphs.
    pub size: f32,
    pub rect: Rect,
    pub ends: LineEnd,
    /// Whether it could as well end otherwise: neither the room left nor marks decide.
    pub is_end_uncertain: bool,
    /// Whether it ends in a number and the next one begins with one, and only the width tells if they are one.
    pub number_goes_on: bool,
    /// Ems left after it, see [`crate::sheet::Line::room`].
    pub room: Option<f32>,
    pub ruby: Vec<RubyText>,
}

impl TextLine {
    /// Its characters with their em boxes; spaces that only gaps show have none.
    pub(crate) fn characters<'a>(
        &'a self,
        marks: &'a Marks,
    ) -> impl DoubleEndedIterator<Item = (char, Option<EmBox>)> + 'a {
        self.pieces.iter().flat_map(move |piece| {
            let (space, glyph) = match *piece {
                Piece::Space(c) => (Some(c), None),
                Piece::Glyph(at) => (None, marks.glyphs.get(at as usize)),
            };
            let text = glyph.map_or("", |glyph| text_of(marks, glyph));
            space
                .into_iter()
                .map(|c| (c, None))
                .chain(text.chars().map(move |c| (c, glyph.map(EmBox::of))))
        })
    }

    /// Its text.
    pub(crate) fn text(&self, marks: &Marks) -> String {
        self.characters(marks).map(|(c, _)| c).collect()
    }

    /// Its glyphs' indices, in reading order.
    pub(crate) fn glyphs(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Glyph(at) => Some(*at),
            Piece::Space(_) => None,
        })
    }

    /// Whether another text is printed into it: characters of two show operators lie over each other, as
    /// where the text of a cell overflows into the next. Marks that are set over a letter are one.
    pub(crate) fn is_overlapped(&self, marks: &Marks) -> bool {
        let mut seen = self
            .glyphs()
            .filter_map(|at| marks.glyphs.get(at as usize))
            // Characters that are stacked into a line lie across it.
            .filter(|glyph| Direction::of(glyph) == self.direction && !is_white(marks, glyph));
        let Some(mut last) = seen.next() else {
            return false;
        };
        let mut overlaps = 0;
        for glyph in seen {
            let (a, b) = (EmBox::of(last), EmBox::of(glyph));
            let narrower = (a.end - a.start).min(b.end - b.start);
            let alike = last.size.min(glyph.size) > ALIKE * last.size.max(glyph.size);
            let over = last.run != glyph.run && a.end - b.start > OVERLAP * narrower;
            overlaps += usize::from(
                alike && over && narrower > 0.0 && !may_be_set_solid(marks, last, glyph),
            );
            last = glyph;
        }
        overlaps >= OVERLAPS
    }

    /// Whether digits of it are raised or lowered beside others: an exponent, the number of a note.
    pub(crate) fn has_raised_digits(&self, marks: &Marks) -> bool {
        self.pieces.windows(3).any(|pieces| match *pieces {
            [Piece::Glyph(a), Piece::Space(_), Piece::Glyph(b)] => {
                let glyph = |at: u32| marks.glyphs.get(at as usize);
                glyph(a)
                    .zip(glyph(b))
                    .is_some_and(|(a, b)| is_raised(marks, a, b))
            }
            _ => false,
        })
    }

    /// Whether it holds white space only.
    pub(crate) fn is_blank(&self, marks: &Marks) -> bool {
        self.characters(marks).all(|(c, _)| c.is_whitespace())
    }
}

/// Makes the lines of one cell, or of what stands outside all cells, in reading order.
pub(crate) fn build(marks: &Marks, runs: &[Run]) -> Vec<TextLine> {
    let mut placed: Vec<Placed> = runs
        .iter()
        .filter_map(|run| Placed::new(marks, run))
        .collect();
    placed.sort_by(|a, b| {
        a.run
            .direction
            .cmp(&b.run.direction)
            .then(a.base.total_cmp(&b.base))
            .then(a.start.total_cmp(&b.start))
    });
    let mut groups: Vec<Group> = Vec::new();
    for run in placed {
        let best = groups
            .iter_mut()
            .rev()
            .take(RECENT_LINES)
            .find(|group| group.takes(&run));
        match best {
            Some(group) => group.add(run),
            None => groups.push(Group {
                base: run.base,
                top: run.top,
                bottom: run.bottom,
                runs: vec![run],
            }),
        }
    }
    groups.sort_by(|a, b| {
        let order = |group: &Group| group.runs.first().map(|run| run.run.direction);
        order(a).cmp(&order(b)).then(a.bottom.total_cmp(&b.bottom))
    });
    let groups = raised::joined(groups);
    let lines = groups
        .into_iter()
        .filter_map(|group| group.line(marks))
        .collect();
    labels::first(marks, lines)
}

/// A run with its position across lines.
struct Placed<'a> {
    run: &'a Run,
    base: f32,
    start: f32,
    end: f32,
    top: f32,
    bottom: f32,
}

impl<'a> Placed<'a> {
    fn new(marks: &Marks, run: &'a Run) -> Option<Self> {
        let glyph = marks.glyphs.get(*run.glyphs.first()? as usize)?;
        let EmBox {
            start, top, bottom, ..
        } = EmBox::of(glyph);
        let last = marks.glyphs.get(*run.glyphs.last()? as usize)?;
        Some(Self {
            run,
            base: run.direction.across(glyph.origin),
            start,
            end: EmBox::of(last).end,
            top,
            bottom,
        })
    }
}

/// Runs of one line; the box is that of the largest.
struct Group<'a> {
    base: f32,
    top: f32,
    bottom: f32,
    runs: Vec<Placed<'a>>,
}

impl<'a> Group<'a> {
    fn takes(&self, run: &Placed) -> bool {
        let shared = self.bottom.min(run.bottom) - self.top.max(run.top);
        let (own, other) = (self.bottom - self.top, run.bottom - run.top);
        let smaller = own.min(other);
        let on_base = (self.base - run.base).abs() <= SAME_BASE * smaller;
        self.runs
            .first()
            .is_some_and(|first| first.run.direction == run.run.direction)
            && shared >= SHARED_HEIGHT * smaller
            && (on_base || own.max(other) <= MUCH_LARGER * smaller)
    }

    fn add(&mut self, run: Placed<'a>) {
        if run.bottom - run.top > self.bottom - self.top {
            (self.base, self.top, self.bottom) = (run.base, run.top, run.bottom);
        }
        self.runs.push(run);
    }

    fn line(self, marks: &Marks) -> Option<TextLine> {
        let direction = self.runs.first()?.run.direction;
        let glyphs = self.runs.iter().flat_map(|placed| &placed.run.glyphs);
        let mut placed: Vec<(u32, EmBox)> = glyphs
            .filter_map(|&at| Some((at, EmBox::of(marks.glyphs.get(at as usize)?))))
            .collect();
        placed.sort_by(|a, b| a.1.start.total_cmp(&b.1.start).then(a.0.cmp(&b.0)));
        warichu::order(&mut placed, self.bottom - self.top);
        let pieces = with_spaces(marks, &placed);
        Some(finish(marks, direction, pieces, (self.top, self.bottom)))
    }
}

/// A line of these pieces, measured.
pub(crate) fn finish(
    marks: &Marks,
    direction: Direction,
    pieces: Vec<Piece>,
    height: (f32, f32),
) -> TextLine {
    let glyphs: Vec<&Glyph> = pieces
        .iter()
        .filter_map(|piece| {
            if let Piece::Glyph(at) = piece {
                marks.glyphs.get(*at as usize)
            } else {
                None
            }
        })
        .collect();
    let visible = glyphs
        .iter()
        .filter(|glyph| !is_white(marks, glyph))
        .copied();
    let boxes: Vec<EmBox> = visible.clone().map(EmBox::of).collect();
    let all = if boxes.is_empty() {
        glyphs.iter().map(|glyph| EmBox::of(glyph)).collect()
    } else {
        boxes
    };
    let start = all.iter().map(|b| b.start).fold(f32::INFINITY, f32::min);
    let end = all.iter().map(|b| b.end).fold(f32::NEG_INFINITY, f32::max);
    let rect = EmBox {
        start,
        end,
        top: height.0,
        bottom: height.1,
    }
    .on_page(direction);
    let mut sizes: Vec<f32> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied().unwrap_or(1.0).max(0.1);
    TextLine {
        direction,
        pieces,
        start,
        end,
        top: height.0,
        bottom: height.1,
        size,
        rect,
        ends: LineEnd::Break,
        is_end_uncertain: false,
        number_goes_on: false,
        room: None,
        ruby: Vec::new(),
    }
}

/// Adds the spaces that only gaps show. A gap counts against what is usual on the line, so that justified
/// and letter-spaced text gets none.
fn with_spaces(marks: &Marks, glyphs: &[(u32, EmBox)]) -> Vec<Piece> {
    let gaps: Vec<Option<Gap>> = glyphs
        .windows(2)
        .map(|pair| Gap::between(marks, pair.first()?, pair.get(1)?))
        .collect();
    let usual = median(gaps.iter().flatten().map(|gap| gap.width));
    let usual_latin = median(
        gaps.iter()
            .flatten()
            .filter(|gap| gap.latin)
            .map(|gap| gap.width),
    );
    let mut pieces = Vec::with_capacity(glyphs.len());
    for (index, &(glyph, _)) in glyphs.iter().enumerate() {
        pieces.push(Piece::Glyph(glyph));
        let Some(Some(gap)) = gaps.get(index) else {
            continue;
        };
        if gap.parts_numbers {
            pieces.push(Piece::Space(' '));
        } else if gap.latin {
            let usual = usual_latin.min(WORD_GAP) + WORD_GAP;
            let least = if marks.paints_spaces && gap.one_run {
                usual.max(LEFT_OUT)
            } else {
                usual
            };
            if gap.width > least {
                pieces.push(Piece::Space(' '));
            }
        } else if gap.width > usual.max(0.0) + WIDE_GAP {
            let wide = gap.width >= IDEOGRAPHIC;
            pieces.push(Piece::Space(if wide { '\u{3000}' } else { ' ' }));
        }
    }
    pieces
}

/// Whether one of two characters is punctuation whose body is half white: typesetters push such together (JIS X 4051
/// §4.7), and a font's own widths do not say so.
fn may_be_set_solid(marks: &Marks, first: &Glyph, second: &Glyph) -> bool {
    let is_half = |c: char| opens(c) || closes(c) || hangs(c) || matches!(c, '・' | '‧' | '：');
    [first, second]
        .iter()
        .any(|glyph| text_of(marks, glyph).chars().all(is_half))
}

/// What lies between two visible glyphs that follow each other, in ems.
struct Gap {
    width: f32,
    latin: bool,
    /// Whether one show operator painted both.
    one_run: bool,
    /// Whether both are digits, and not of one number.
    parts_numbers: bool,
}

/// Whether two glyphs are digits of which one is raised or lowered beside the other (10³, 12,345¹): two numbers.
fn is_raised(marks: &Marks, first: &Glyph, second: &Glyph) -> bool {
    let direction = Direction::of(first);
    let step = (direction.across(first.origin) - direction.across(second.origin)).abs();
    let (smaller, larger) = (first.size.min(second.size), first.size.max(second.size));
    (step > RAISED * larger || smaller < ALIKE * larger)
        && numbers::meet(text_of(marks, first), text_of(marks, second))
}

/// Whether the program that wrote a page paints the spaces between words: a space between Latin letters of one show
/// operator.
pub(crate) fn paints_spaces(marks: &Marks) -> bool {
    let is_letter = |glyph: &Glyph| {
        text_of(marks, glyph)
            .chars()
            .all(|c| c.is_ascii_alphabetic())
    };
    marks.glyphs.windows(3).any(|glyphs| match glyphs {
        [first, space, last] => {
            first.run == space.run
                && space.run == last.run
                && text_of(marks, space) == " "
                && is_letter(first)
                && is_letter(last)
        }
        _ => false,
    })
}

impl Gap {
    fn between(marks: &Marks, before: &(u32, EmBox), after: &(u32, EmBox)) -> Option<Self> {
        let (first, second) = (
            marks.glyphs.get(before.0 as usize)?,
            marks.glyphs.get(after.0 as usize)?,
        );
        if is_white(marks, first) || is_white(marks, second) {
            return None;
        }
        let latin = |glyph: &Glyph, last: bool| {
            let text = text_of(marks, glyph);
            let c = if last {
                text.chars().next_back()
            } else {
                text.chars().next()
            };
            c.is_some_and(|c| c.is_ascii_graphic() || ('\u{c0}'..='\u{24f}').contains(&c))
        };
        Some(Self {
            width: (after.1.start - before.1.end) / first.size.max(second.size).max(0.1),
            latin: latin(first, true) && latin(second, false),
            one_run: first.run == second.run,
            parts_numbers: marks.number_starts.contains(&after.0)
                || is_raised(marks, first, second),
        })
    }
}

/// The middle of the values; 0 if there are none.
fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
