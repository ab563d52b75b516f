//! Two small lines set in one (割注, JIS X 4051 §4.17): glyphs of a line by their place -> the upper line, then the lower.

use crate::read::pdf::direction::EmBox;
use crate::read::pdf::tolerance::SMALL;

/// The lower one stands this many of its ems below the upper, or more.
const BELOW: f32 = 0.7;
/// Characters of each, from which on they are lines: an index above another is none.
const LEAST: usize = 2;
/// Characters of both at most, which a line of text has.
const MOST: usize = 200;

/// Whether a glyph can stand in one of two lines within a line of a height.
fn is_small(shape: &EmBox, height: f32) -> bool {
    shape.bottom - shape.top <= SMALL * height
}

/// Whether a glyph stands in the lower of two lines, seen from one of the upper.
pub(crate) fn is_lower(upper: &EmBox, shape: &EmBox, height: f32) -> bool {
    is_small(upper, height)
        && is_small(shape, height)
        && shape.top - upper.top >= BELOW * (shape.bottom - shape.top)
}

/// Orders the glyphs of a line of a height, which are sorted along it.
pub(crate) fn order(glyphs: &mut [(u32, EmBox)], height: f32) {
    let same =
        |a: &(u32, EmBox), b: &(u32, EmBox)| is_small(&a.1, height) == is_small(&b.1, height);
    for small in glyphs.chunk_by_mut(same) {
        let top = small
            .iter()
            .map(|(_, shape)| shape.top)
            .fold(f32::INFINITY, f32::min);
        let lower = |(_, shape): &(u32, EmBox)| {
            let upper = EmBox {
                top,
                bottom: top,
                ..*shape
            };
            is_lower(&upper, shape, height)
        };
        let count = small.iter().filter(|glyph| lower(glyph)).count();
        if count < LEAST || small.len() - count < LEAST || small.len() > MOST {
            continue;
        }
        let extent = |is_lower: bool| {
            let own = small.iter().filter(|glyph| lower(glyph) == is_lower);
            own.fold(
                (f32::INFINITY, f32::NEG_INFINITY),
                |(start, end), (_, shape)| (start.min(shape.start), end.max(shape.end)),
            )
        };
        let ((a, b), (c, d)) = (extent(false), extent(true));
        let shared = b.min(d) - a.max(c);
        // Marks that stand here and there (漢文) are no lines.
        let mut uppers = small.iter().filter(|glyph| !lower(glyph));
        let parted = uppers.all(|(_, upper)| {
            let mut lowers = small.iter().filter(|glyph| lower(glyph));
            lowers.all(|(_, shape)| is_lower(upper, shape, height))
        });
        if parted && shared > (b - a).min(d - c) / 2.0 {
            small.sort_by_key(lower);
        }
    }
}
