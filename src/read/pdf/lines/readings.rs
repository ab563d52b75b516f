//! Readings that stand on the line itself, in half the size after the kanji they belong to, as engines without ruby set
//! them -> the line's ruby.

use super::{Piece, RubyText, TextLine};
use crate::read::pdf::direction::EmBox;
use crate::read::pdf::lines::runs::text_of;
use crate::read::pdf::marks::{Glyph, Marks};
use crate::text::setting::characters::{is_kana, is_kanji};

/// Readings are half as large as the text (`rt` in HTML: 50 %), up to this part.
const HALF: std::ops::RangeInclusive<f32> = 0.45..=0.55;
/// They stand on the line's baseline and right after the kanji, up to this many ems of the line.
const ON_BASE: f32 = 0.1;
const BESIDE: f32 = 0.1;
/// Kana of a reading for each of its kanji, at most.
const KANA_EACH: usize = 2;
/// Fewer kana are a particle that a title sets small (緑野市の花).
const SHORTEST: usize = 2;

/// Takes the readings out of a line.
pub(super) fn take(marks: &Marks, mut line: TextLine) -> TextLine {
    let is_small = |&piece: &Piece| part_of_reading(marks, &line, piece).is_some();
    if !line.ruby.is_empty() || !line.pieces.iter().any(is_small) {
        return line;
    }
    let mut pieces: Vec<Piece> = Vec::with_capacity(line.pieces.len());
    let mut ruby: Vec<RubyText> = Vec::new();
    let mut rest = line.pieces.as_slice();
    while let Some(&piece) = rest.first() {
        let small: Vec<u32> = rest
            .iter()
            .map_while(|&piece| part_of_reading(marks, &line, piece))
            .collect();
        let kanji = pieces.iter().rev();
        let kanji = kanji
            .take_while(|&&piece| is_base(marks, &line, piece))
            .count();
        let is_reading = small.len() >= SHORTEST
            && kanji > 0
            && small.len() < line.pieces.len() - 1
            && touches(marks, pieces.last(), small.first().copied(), line.size);
        if is_reading {
            let length = small.len().div_ceil(KANA_EACH).min(kanji);
            ruby.push(RubyText {
                base: pieces.len() - length..pieces.len(),
                reading: small.clone(),
            });
            rest = rest.get(small.len()..).unwrap_or_default();
        } else {
            pieces.push(piece);
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    (line.pieces, line.ruby) = (pieces, ruby);
    line
}

fn glyph(marks: &Marks, piece: Piece) -> Option<(u32, &Glyph)> {
    match piece {
        Piece::Glyph(at) => Some((at, marks.glyphs.get(at as usize)?)),
        Piece::Space(_) => None,
    }
}

/// The glyph of a piece that may belong to a reading: kana of half the line's size on its baseline.
fn part_of_reading(marks: &Marks, line: &TextLine, piece: Piece) -> Option<u32> {
    let (at, glyph) = glyph(marks, piece)?;
    let is_half = HALF.contains(&(glyph.size / line.size));
    let is_on_base = (EmBox::of(glyph).bottom
        - 0.12 * glyph.size
        - (line.bottom - 0.12 * (line.bottom - line.top)))
        .abs()
        <= ON_BASE * line.size;
    let is_kana = text_of(marks, glyph)
        .chars()
        .all(|c| is_kana(c) && c != '・');
    (is_half && is_on_base && is_kana).then_some(at)
}

fn is_base(marks: &Marks, line: &TextLine, piece: Piece) -> bool {
    glyph(marks, piece).is_some_and(|(_, glyph)| {
        glyph.size > 0.8 * line.size && text_of(marks, glyph).chars().all(is_kanji)
    })
}

fn touches(marks: &Marks, before: Option<&Piece>, first: Option<u32>, em: f32) -> bool {
    let before = before.and_then(|&piece| glyph(marks, piece));
    let first = first.and_then(|at| marks.glyphs.get(at as usize));
    before.zip(first).is_some_and(|((_, before), first)| {
        (EmBox::of(first).start - EmBox::of(before).end).abs() <= BESIDE * em
    })
}
