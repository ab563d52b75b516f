//! Text that lies at an angle or large over a page (透かし: 見本, 取扱注意) -> told from the text beneath.

use std::collections::BTreeSet;

use crate::read::pdf::direction::{Direction, EmBox};
use crate::read::pdf::lines::runs::{is_white, text_of};
use crate::read::pdf::lines::slanted::{is_slanted, middle, texts};
use crate::read::pdf::marks::{Glyph, Marks, Point, Rect, Visibility};
use crate::text::setting::characters::{closes, opens};

/// A watermark is this much larger than most of a page's text, or lies over it.
const LARGER: f32 = 1.5;
/// Level text that is this much larger and lies over so many glyphs is one, too.
const MUCH_LARGER: f32 = 2.5;
const UNDER: usize = 2;
/// Glyphs that a word at an angle over text has, at least; fewer are parts of signs (≠ of two).
const WORD: usize = 3;
/// Words of watermarks that are kept for the pages after.
const MOST_KNOWN: usize = 1_000;
/// Such glyphs that are looked at, and comparisons of them with others; more is a drawing.
const MOST_GLYPHS: usize = 20_000;
const MOST_COMPARED: usize = 20_000_000;

/// Sets watermarks apart: text at an angle that is larger than the page's text, that lies over it, or that has the same
/// words as one that does; level text that is much larger and lies over other text. A turned heading in its cell and a
/// large title stay what they are. `known` are the words of the pages before: where a page has little text, nothing of
/// it need lie under the same watermark.
pub(crate) fn mark(marks: &mut Marks, known: &mut BTreeSet<String>) {
    let usual = usual_size(marks);
    let candidates = candidates(marks, usual);
    if candidates.is_empty() || candidates.len() > MOST_GLYPHS {
        return;
    }
    let text = marks.glyphs.iter().filter(|glyph| is_shown(glyph));
    let text = text.filter(|glyph| !can_be(glyph, usual) && !is_white(marks, glyph));
    let mut text = Text::of(text);
    let texts = texts(marks, &candidates);
    // A page whose own text is askew has none: a watermark has few words, however often it is repeated.
    let all_words: BTreeSet<String> = texts.iter().map(|glyphs| words(marks, glyphs)).collect();
    let length = |words: &String| words.chars().count();
    if all_words.difference(known).map(length).sum::<usize>() > text.boxes.len() {
        return;
    }
    let over = texts
        .iter()
        .filter(|glyphs| is_over(marks, glyphs, &mut text, usual));
    let over = over.map(|glyphs| words(marks, glyphs));
    known.extend(over.take(MOST_KNOWN.saturating_sub(known.len())));
    let has_words = |glyphs: &&Vec<u32>| known.contains(&words(marks, glyphs));
    let aside: Vec<u32> = texts.iter().filter(has_words).flatten().copied().collect();
    for at in aside {
        if let Some(glyph) = marks.glyphs.get_mut(at as usize) {
            glyph.visibility = Visibility::Watermark;
        }
    }
}

/// Whether a glyph is at an angle, or large beside the usual size.
fn can_be(glyph: &Glyph, usual: Option<f32>) -> bool {
    is_slanted(glyph) || usual.is_some_and(|size| glyph.size > MUCH_LARGER * size)
}

/// The glyphs that can be of a watermark, one more than are looked at if they are too many.
fn candidates(marks: &Marks, usual: Option<f32>) -> Vec<u32> {
    let all = (0u32..).zip(&marks.glyphs);
    let some = all.filter(|(_, glyph)| is_painted(glyph) && can_be(glyph, usual));
    some.map(|(at, _)| at).take(MOST_GLYPHS + 1).collect()
}

/// Whether a text is a watermark by its size, or by what it lies over.
fn is_over(marks: &Marks, glyphs: &[u32], text: &mut Text, usual: Option<f32>) -> bool {
    let glyphs = || {
        glyphs
            .iter()
            .filter_map(|&at| marks.glyphs.get(at as usize))
    };
    if glyphs().any(is_slanted) {
        let is_word = glyphs().filter(|glyph| !is_white(marks, glyph)).count() >= WORD;
        let larger = |glyph: &Glyph| usual.is_some_and(|size| glyph.size > LARGER * size);
        return glyphs().any(larger)
            || is_word && glyphs().any(|glyph| text.is_under(middle(glyph)));
    }
    let is_bracket = |glyph: &Glyph| text_of(marks, glyph).chars().all(|c| opens(c) || closes(c));
    let inside = glyphs()
        .filter(|glyph| !is_bracket(glyph))
        .map(|glyph| text.inside(inner(glyph)));
    inside.sum::<usize>() >= UNDER
}

fn is_shown(glyph: &Glyph) -> bool {
    glyph.visibility == Visibility::Visible
}

/// Whether a glyph is seen, or would be if it stood on the page: watermarks reach over its edges.
fn is_painted(glyph: &Glyph) -> bool {
    matches!(
        glyph.visibility,
        Visibility::Visible | Visibility::OffPage | Visibility::Clipped
    )
}

/// The size of most glyphs.
fn usual_size(marks: &Marks) -> Option<f32> {
    let shown = marks
        .glyphs
        .iter()
        .filter(|glyph| is_shown(glyph) && !is_slanted(glyph));
    let mut sizes: Vec<f32> = shown.map(|glyph| glyph.size).collect();
    let middle = sizes.len() / 2;
    (!sizes.is_empty()).then(|| *sizes.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// The text that watermarks lie over: em boxes on the page, by their top.
struct Text {
    boxes: Vec<Rect>,
    tallest: f32,
    /// How many of them were compared.
    compared: usize,
}

impl Text {
    fn of<'a>(glyphs: impl Iterator<Item = &'a Glyph>) -> Self {
        let boxes = glyphs.map(|glyph| EmBox::of(glyph).on_page(Direction::of(glyph)));
        let mut boxes: Vec<Rect> = boxes.collect();
        boxes.sort_by(|a, b| a.top.total_cmp(&b.top));
        let tallest = boxes.iter().map(|rect| rect.height()).fold(0.0, f32::max);
        Self {
            boxes,
            tallest,
            compared: 0,
        }
    }

    /// The boxes that begin between two heights, while not too many were compared.
    fn between(&mut self, top: f32, bottom: f32) -> &[Rect] {
        let first = self
            .boxes
            .partition_point(|rect| rect.top < top - self.tallest);
        let end = self
            .boxes
            .partition_point(|rect| rect.top <= bottom)
            .max(first);
        self.compared += end - first;
        let end = if self.compared > MOST_COMPARED {
            first
        } else {
            end
        };
        self.boxes.get(first..end).unwrap_or_default()
    }

    /// Whether a glyph is under a point.
    fn is_under(&mut self, point: Point) -> bool {
        let near = self.between(point.y, point.y);
        near.iter().any(|rect| holds(*rect, point))
    }

    /// How many glyphs have their middle in a rectangle.
    fn inside(&mut self, area: Rect) -> usize {
        let middle = |rect: &Rect| Point {
            x: f32::midpoint(rect.left, rect.right),
            y: f32::midpoint(rect.top, rect.bottom),
        };
        let near = self.between(area.top, area.bottom).iter();
        near.filter(|rect| holds(area, middle(rect))).count()
    }
}

fn holds(rect: Rect, point: Point) -> bool {
    (rect.left..=rect.right).contains(&point.x) && (rect.top..=rect.bottom).contains(&point.y)
}

/// The part of a level glyph's em box where its strokes are.
fn inner(glyph: &Glyph) -> Rect {
    let shape = EmBox::of(glyph).on_page(Direction::of(glyph));
    let (x, y) = (0.1 * shape.width(), 0.1 * shape.height());
    Rect {
        left: shape.left + x,
        top: shape.top + y,
        right: shape.right - x,
        bottom: shape.bottom - y,
    }
}

fn words(marks: &Marks, text: &[u32]) -> String {
    let glyphs = text.iter().filter_map(|&at| marks.glyphs.get(at as usize));
    let text: String = glyphs.map(|glyph| text_of(marks, glyph)).collect();
    text.split_whitespace().collect()
}
