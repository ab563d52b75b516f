//! Readings above a line: small kana lines that lie on a line's base characters become its ruby.

use crate::read::pdf::direction::EmBox;
use crate::read::pdf::lines::runs::is_white;
use crate::read::pdf::lines::{Piece, RubyText, TextLine, readings};
use crate::read::pdf::marks::Marks;
use crate::read::pdf::tolerance::{CLEAR, HALF_SIZE, SMALL};
use crate::text::setting::characters::is_kana;

/// Its bottom lies between this many ems of the base above the base's em box and as many inside it.
const DISTANCE: f32 = 0.5;
/// A reading that is no kana stands this many ems above its base at most.
const CLOSE: f32 = 0.15;
/// A part of a reading goes on over gaps up to this many ems of its own.
const SEGMENT_GAP: f32 = 0.8;
/// A base character belongs to a reading if the two share this part of the narrower: a reading may reach
/// over half of the neighbour.
const SHARED_WIDTH: f32 = 0.55;

/// Attaches readings to the lines under them; what is left are the lines of text.
pub(crate) fn attach(marks: &Marks, lines: Vec<TextLine>) -> Vec<TextLine> {
    let mut rest: Vec<TextLine> = Vec::with_capacity(lines.len());
    let mut readings: Vec<TextLine> = Vec::new();
    for mut line in lines {
        let (mine, others): (Vec<_>, Vec<_>) = readings
            .drain(..)
            .partition(|reading| is_reading_of(marks, reading, &line));
        // A small line that is no reading of what follows it is a line.
        rest.extend(others);
        for reading in mine {
            let attached = parts(marks, &reading, &line);
            if attached
                .iter()
                .map(|part| part.reading.len())
                .sum::<usize>()
                == reading.glyphs().count()
            {
                line.ruby.extend(attached);
            } else {
                rest.push(reading);
            }
        }
        readings.push(line);
    }
    rest.extend(readings);
    readings::take(marks, rest)
}

/// Whether a line is nothing but marks that stress the characters under them (圏点, JIS X 4051 §4.13).
fn is_emphasis(marks: &Marks, line: &TextLine) -> bool {
    line.characters(marks).all(|(c, _)| {
        c.is_whitespace()
            || matches!(
                c,
                '﹅' | '﹆'
                    | '•'
                    | '◦'
                    | '●'
                    | '○'
                    | '・'
                    | '◉'
                    | '◎'
                    | '▲'
                    | '△'
                    | '\''
                    | '‧'
                    | '·'
            )
    })
}

/// Whether every part of a small line stands close above the middle of what is under it, exactly half as large: a reading
/// that is no kana (電子化 over ＤＸ), and no small line above another.
fn stands_over_middle(marks: &Marks, reading: &TextLine, base: &TextLine) -> bool {
    let is_half = HALF_SIZE.contains(&(reading.size / base.size));
    let is_close = (base.top - reading.bottom).abs() <= CLOSE * base.size;
    is_half
        && is_close
        && parts(marks, reading, base).iter().all(|part| {
            let glyphs = base.pieces.get(part.base.clone()).unwrap_or_default();
            let under = glyphs.iter().filter_map(|piece| match *piece {
                Piece::Glyph(at) => Some(at),
                Piece::Space(_) => None,
            });
            let middles = middle(marks, under).zip(middle(marks, part.reading.iter().copied()));
            middles.is_some_and(|(a, b)| (a - b).abs() <= CLEAR * base.size)
        })
}

/// The middle of glyphs along their line.
fn middle(marks: &Marks, glyphs: impl Iterator<Item = u32>) -> Option<f32> {
    let shapes = glyphs.filter_map(|at| marks.glyphs.get(at as usize).map(EmBox::of));
    let ends = shapes.map(|shape| (shape.start, shape.end));
    let (start, end) = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    Some(f32::midpoint(start, end))
}

fn is_kana_only(marks: &Marks, line: &TextLine) -> bool {
    line.characters(marks)
        .all(|(c, _)| is_kana(c) || c.is_whitespace())
}

fn is_reading_of(marks: &Marks, reading: &TextLine, base: &TextLine) -> bool {
    let distance = base.top - reading.bottom;
    reading.direction == base.direction
        && reading.size <= SMALL * base.size
        && distance.abs() <= DISTANCE * base.size
        && reading.start >= base.start - base.size
        && reading.end <= base.end + base.size
        && (is_kana_only(marks, reading) && !is_kana_only(marks, base)
            || is_emphasis(marks, reading) && !is_emphasis(marks, base)
            || stands_over_middle(marks, reading, base))
}

/// The reading cut where it pauses, each part with the base characters under it.
fn parts(marks: &Marks, reading: &TextLine, base: &TextLine) -> Vec<RubyText> {
    let mut parts: Vec<(EmBox, Vec<u32>)> = Vec::new();
    for glyph in reading.glyphs() {
        let Some(shape) = marks.glyphs.get(glyph as usize).map(EmBox::of) else {
            continue;
        };
        match parts
            .last_mut()
            .filter(|(last, _)| shape.start - last.end <= SEGMENT_GAP * reading.size)
        {
            Some((last, glyphs)) => {
                last.end = last.end.max(shape.end);
                glyphs.push(glyph);
            }
            None => parts.push((shape, vec![glyph])),
        }
    }
    parts
        .into_iter()
        .filter_map(|(shape, glyphs)| {
            Some(RubyText {
                base: under(marks, shape, base)?,
                reading: glyphs,
            })
        })
        .collect()
}

/// The pieces of a line that lie under a part of a reading.
fn under(marks: &Marks, shape: EmBox, base: &TextLine) -> Option<std::ops::Range<usize>> {
    let covered = |piece: &Piece| {
        let Piece::Glyph(at) = *piece else {
            return false;
        };
        marks
            .glyphs
            .get(at as usize)
            .filter(|glyph| !is_white(marks, glyph))
            .map(EmBox::of)
            .is_some_and(|b| {
                let shared = b.end.min(shape.end) - b.start.max(shape.start);
                shared >= SHARED_WIDTH * (b.end - b.start).min(shape.end - shape.start)
                    && shared > 0.0
            })
    };
    let first = base.pieces.iter().position(covered)?;
    let last = base.pieces.iter().rposition(covered)?;
    Some(first..last + 1)
}
