//! Bold by painting twice: the same character again in place is set apart.

use std::collections::HashMap;

use super::marks::{Glyph, Marks};
use super::runs::{is_white, text_of};

/// A repeated glyph stands within this many ems of the first: printers' drivers shift by a pixel or two,
/// shadows by a little more.
const SHIFT: f32 = 0.16;
/// Two real neighbours of a narrow character (ll, ..) are a whole advance apart; a repetition is not.
const OF_ADVANCE: f32 = 0.5;
/// Sizes of a glyph and its repetition differ by less than this part.
const OF_SIZE: f32 = 0.1;
/// Width of the buckets, points; no repetition is farther away.
const BUCKET: f32 = 4.0;

/// Splits glyphs, in painting order, into those that stay and those that repeat one of them in place.
pub(crate) fn set_apart(marks: &Marks, shown: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut seen: HashMap<(&str, i32, i32), Vec<&Glyph>> = HashMap::new();
    let (mut kept, mut repeated) = (Vec::with_capacity(shown.len()), Vec::new());
    for &index in shown {
        let Some(glyph) = marks.glyphs.get(index as usize) else {
            continue;
        };
        let text = text_of(marks, glyph);
        let (x, y) = (
            (glyph.origin.x / BUCKET) as i32,
            (glyph.origin.y / BUCKET) as i32,
        );
        // The first one's reach counts; with a margin for the rounding of coordinates.
        let reach = (1.2 * SHIFT / (1.0 - OF_SIZE) * glyph.size).min(BUCKET);
        let buckets = |at: f32| ((at - reach) / BUCKET) as i32..=((at + reach) / BUCKET) as i32;
        let again = !is_white(marks, glyph)
            && buckets(glyph.origin.x).any(|x| {
                buckets(glyph.origin.y).any(|y| {
                    seen.get(&(text, x, y))
                        .is_some_and(|others| others.iter().any(|other| repeats(other, glyph)))
                })
            });
        if again {
            repeated.push(index);
        } else {
            seen.entry((text, x, y)).or_default().push(glyph);
            kept.push(index);
        }
    }
    (kept, repeated)
}

/// Whether a glyph is the same one painted again in place.
pub(crate) fn repeats(first: &Glyph, again: &Glyph) -> bool {
    let advance = first.advance.x.abs().max(first.advance.y.abs());
    let reach = (SHIFT * first.size).min(if advance > 0.0 {
        OF_ADVANCE * advance
    } else {
        f32::MAX
    });
    let (dx, dy) = (
        again.origin.x - first.origin.x,
        again.origin.y - first.origin.y,
    );
    dx.abs().max(dy.abs()) <= reach.min(BUCKET)
        && (first.size - again.size).abs() <= OF_SIZE * first.size
        && first.vertical == again.vertical
}
