//! Bold by painting twice: the same character again in place is set apart.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::read::pdf::lines::runs::{is_white, text_of};
use crate::read::pdf::marks::{Glyph, Marks};

/// A repeated glyph stands within this many ems of the first: printers' drivers shift by a pixel or two,
/// shadows by a fifth of an em.
const SHIFT: f32 = 0.21;
/// Two real neighbours of a narrow character (ll, ..) are a whole advance apart; a repetition is not.
const OF_ADVANCE: f32 = 0.5;
/// Sizes of a glyph and its repetition differ by less than this part.
const OF_SIZE: f32 = 0.1;
/// Width of the buckets that glyphs are looked up in, in ems of most of them.
const BUCKET: f32 = 0.4;
/// Buckets to each side that are looked at: a glyph many times as large as most is not looked for farther.
const FARTHEST: f32 = 8.0;

/// Splits glyphs, in painting order, into those that stay and those that repeat one of them in place.
pub(crate) fn set_apart(marks: &Marks, shown: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let sizes = shown.iter().filter_map(|&at| marks.glyphs.get(at as usize));
    let sizes: f32 = sizes.map(|glyph| glyph.size).sum();
    let width = (BUCKET * sizes / shown.len().max(1) as f32).max(f32::MIN_POSITIVE);
    let bucket = |at: f32| (at / width) as i32;
    // Of each bucket the glyph kept last; each leads to the one kept before it there.
    let mut last: HashMap<(char, i32, i32), usize, FixedState> =
        HashMap::with_capacity_and_hasher(shown.len(), FixedState::default());
    let mut chain: Vec<(&Glyph, Option<usize>)> = Vec::with_capacity(shown.len());
    let (mut kept, mut repeated) = (Vec::with_capacity(shown.len()), Vec::new());
    // The show operator, and whether all its characters so far were repetitions; none yet: neither.
    let mut run = (None, None);
    for &index in shown {
        let Some(glyph) = marks.glyphs.get(index as usize) else {
            continue;
        };
        // White space repeats with the text that it stands in: alone it may be where another's is by chance.
        let white = is_white(marks, glyph);
        if run.0 != Some(glyph.run) {
            run = (Some(glyph.run), None);
        }
        let may_repeat = !white || run.1 == Some(true);
        let text = text_of(marks, glyph);
        let first = text.chars().next().unwrap_or_default();
        let is_there = |x: i32, y: i32| {
            let head = last.get(&(first, x, y)).copied();
            std::iter::successors(head, |&at| chain.get(at)?.1)
                .filter_map(|at| Some(chain.get(at)?.0))
                .any(|other| text_of(marks, other) == text && repeats(other, glyph))
        };
        // The first one's reach counts; with a margin for the rounding of coordinates.
        let reach = (1.2 * SHIFT / (1.0 - OF_SIZE) * glyph.size).min(FARTHEST * width);
        let buckets = |at: f32| bucket(at - reach)..=bucket(at + reach);
        let (x, y) = (glyph.origin.x, glyph.origin.y);
        if may_repeat && buckets(x).any(|x| buckets(y).any(|y| is_there(x, y))) {
            repeated.push(index);
            run.1 = run.1.or(Some(true));
        } else {
            run.1 = if white { run.1 } else { Some(false) };
            let before = last.insert((first, bucket(x), bucket(y)), chain.len());
            chain.push((glyph, before));
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
    dx.abs().max(dy.abs()) <= reach
        && (first.size - again.size).abs() <= OF_SIZE * first.size
        && first.vertical == again.vertical
}
