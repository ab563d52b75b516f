//! Readings that stand on the line itself, in half the size after the kanji they belong to, as engines without ruby set
//! them -> the line's ruby.

use super::{Piece, RubyText, TextLine};
use crate::read::pdf::direction::{ASCENT, EmBox};
use crate::read::pdf::lines::runs::text_of;
use crate::read::pdf::marks::{Glyph, Marks};
use crate::read::pdf::tolerance::{CLEAR, HALF_SIZE};
use crate::text::setting::characters::{is_kana, is_kanji};

/// The kanji themselves are nearly as large as the line's largest text.
const FULL_SIZE: f32 = 0.8;
/// Kana of a reading for each of its kanji, at least.
const KANA_EACH: usize = 2;
/// Words between nouns, which titles set small: no readings (緑野市の花について).
const PARTICLES: &str =
    "の と を は が に へ で や も から まで より など では には による について";

/// Takes the readings out of lines, each where all that is small on it is one: else it is text that a title sets small.
pub(super) fn take(marks: &Marks, lines: Vec<TextLine>) -> Vec<TextLine> {
    let begins_small = |line: &TextLine| {
        let first = line.pieces.first();
        first.is_some_and(|piece| is_small(marks, *piece, em(line)))
    };
    let has_small = |line: &TextLine| {
        line.pieces
            .iter()
            .any(|piece| is_small(marks, *piece, em(line)))
    };
    if !lines.iter().any(has_small) {
        return lines;
    }
    let mut taken: Vec<TextLine> = Vec::with_capacity(lines.len());
    for line in &lines {
        let mut own = line.clone();
        let parted = line.ruby.is_empty() && part(marks, &mut own, taken.last_mut());
        // What a line begins with may be the rest of a reading: then all of it is text, or none.
        let mut goes_on = !parted && begins_small(line);
        for (before, whole) in taken.iter_mut().zip(&lines).rev() {
            if !goes_on {
                break;
            }
            before.clone_from(whole);
            goes_on = begins_small(whole);
        }
        taken.push(if parted { own } else { line.clone() });
    }
    taken
}

/// Takes the readings out of a line, and puts what it begins with to the reading that the line before ends with; whether
/// all that is small on it is a reading.
fn part(marks: &Marks, line: &mut TextLine, before: Option<&mut TextLine>) -> bool {
    let whole = std::mem::take(&mut line.pieces);
    let em = em(line);
    let mut before = before;
    let mut runs = whole.chunk_by(|a, b| is_small(marks, *a, em) == is_small(marks, *b, em));
    runs.all(|run| {
        let Some(first) = run.first().filter(|piece| is_small(marks, **piece, em)) else {
            line.pieces.extend(run);
            return true;
        };
        let Some(reading) = reading(marks, line, run) else {
            return false;
        };
        let base = match (line.pieces.last(), before.take()) {
            (None, Some(before)) => before,
            (Some(last), _) if touches(marks, (last, first), em) => &mut *line,
            _ => return false,
        };
        attach(marks, base, reading)
    })
}

/// Gives the kanji at the end of a line their reading, or more of it; whether there are any.
fn attach(marks: &Marks, line: &mut TextLine, mut reading: Vec<u32>) -> bool {
    let end = line.pieces.len();
    if let Some(cut) = line.ruby.pop_if(|ruby| ruby.base.end == end) {
        reading.splice(0..0, cut.reading);
    }
    let kanji = line.pieces.iter().rev();
    let kanji = kanji.take_while(|piece| is_base(marks, line, **piece));
    let length = reading.len().div_ceil(KANA_EACH).min(kanji.count());
    let base = end - length..end;
    line.ruby.push(RubyText { base, reading });
    length > 0
}

/// The glyphs of a small run that is a reading: kana on the line's baseline, and no particle.
fn reading(marks: &Marks, line: &TextLine, run: &[Piece]) -> Option<Vec<u32>> {
    let mut said = String::new();
    let mut glyphs = Vec::with_capacity(run.len());
    for piece in run {
        let (at, glyph) = glyph(marks, *piece)?;
        // An em box reaches the less below the baseline, the smaller it is.
        let higher = (1.0 - ASCENT) * (em(line) - glyph.size);
        let below = EmBox::of(glyph).bottom + higher - line.bottom;
        if below.abs() > CLEAR * em(line) {
            return None;
        }
        said.push_str(text_of(marks, glyph));
        glyphs.push(at);
    }
    let is_reading = said.chars().all(|c| is_kana(c) && c != '・')
        && PARTICLES.split(' ').all(|word| word != said);
    is_reading.then_some(glyphs)
}

/// The size of a line's largest text.
fn em(line: &TextLine) -> f32 {
    line.bottom - line.top
}

fn is_small(marks: &Marks, piece: Piece, em: f32) -> bool {
    glyph(marks, piece).is_some_and(|(_, glyph)| HALF_SIZE.contains(&(glyph.size / em)))
}

fn glyph(marks: &Marks, piece: Piece) -> Option<(u32, &Glyph)> {
    match piece {
        Piece::Glyph(at) => Some((at, marks.glyphs.get(at as usize)?)),
        Piece::Space(_) => None,
    }
}

/// Whether a piece is a kanji in the line's size.
fn is_base(marks: &Marks, line: &TextLine, piece: Piece) -> bool {
    glyph(marks, piece).is_some_and(|(_, glyph)| {
        glyph.size > FULL_SIZE * em(line) && text_of(marks, glyph).chars().all(is_kanji)
    })
}

fn touches(marks: &Marks, (before, first): (&Piece, &Piece), em: f32) -> bool {
    let shape = |piece: &Piece| glyph(marks, *piece).map(|(_, glyph)| EmBox::of(glyph));
    let shapes = shape(before).zip(shape(first));
    shapes.is_some_and(|(before, first)| (first.start - before.end).abs() <= CLEAR * em)
}
