//! Pieces of rules and white boxes painted over them -> the parts that still show.

use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{CLEAR, ROUNDING};

/// Takes away from pieces what a white box painted later covers; all have their place in the painting order.
pub(super) fn wipe(pieces: [(&mut Vec<(usize, Rule)>, Axis); 2], white: &[(usize, Rect)], em: f32) {
    if white.is_empty() {
        return;
    }
    let bands = Bands::new(white);
    for (pieces, axis) in pieces {
        let mut kept = Vec::with_capacity(pieces.len());
        for &(order, piece) in pieces.iter() {
            let mut parts = vec![piece];
            // A box that ends on the rule paints beside it, not over it.
            let over = |painted: usize, rect: &Rect| {
                let (low, high, start, end) = axis.seen_from(rect);
                painted > order
                    && low + CLEAR * em < piece.at
                    && piece.at < high - CLEAR * em
                    && start < piece.to
                    && piece.from < end
            };
            let covering = bands.over(piece, axis, |at| {
                white
                    .get(at)
                    .is_some_and(|(painted, rect)| over(*painted, rect))
            });
            for (_, rect) in covering.into_iter().filter_map(|at| white.get(at)) {
                let (_, _, start, end) = axis.seen_from(rect);
                parts = parts
                    .into_iter()
                    .flat_map(|part| without(part, start, end, em))
                    .collect();
            }
            kept.extend(parts.into_iter().map(|part| (order, part)));
        }
        *pieces = kept;
    }
}

/// The direction of a rule.
#[derive(Debug, Clone, Copy)]
pub(super) enum Axis {
    Horizontal,
    Vertical,
}

impl Axis {
    /// A box's extent across the direction, then along it.
    fn seen_from(self, rect: &Rect) -> (f32, f32, f32, f32) {
        match self {
            Self::Horizontal => (rect.top, rect.bottom, rect.left, rect.right),
            Self::Vertical => (rect.left, rect.right, rect.top, rect.bottom),
        }
    }
}

/// White boxes by the tiles of the page that they touch, large ones by its bands.
struct Bands {
    tiles: Vec<Vec<usize>>,
    large: Vec<Vec<usize>>,
}

impl Bands {
    /// Sides of a tile, points.
    const SIDE: u8 = 16;
    /// Tiles across and down; what lies beyond is in the last ones.
    const COUNT: usize = 128;
    /// Tiles of a box that is not large: a cell of two lines has so many.
    const SMALL: usize = 64;

    fn new(white: &[(usize, Rect)]) -> Self {
        let mut bands = Self {
            tiles: vec![Vec::new(); Self::COUNT * Self::COUNT],
            large: vec![Vec::new(); Self::COUNT],
        };
        for (index, (_, rect)) in white.iter().enumerate() {
            let (rows, columns) = (
                Self::tile(rect.top)..=Self::tile(rect.bottom),
                Self::tile(rect.left)..=Self::tile(rect.right),
            );
            let is_small = rows.clone().count() * columns.clone().count() <= Self::SMALL;
            for row in rows {
                if is_small {
                    let from = row * Self::COUNT;
                    let touched = bands
                        .tiles
                        .get_mut(from + columns.start()..=from + columns.end());
                    for tile in touched.into_iter().flatten() {
                        tile.push(index);
                    }
                } else if let Some(band) = bands.large.get_mut(row) {
                    band.push(index);
                }
            }
        }
        bands
    }

    fn tile(at: f32) -> usize {
        ((at / f32::from(Self::SIDE)).max(0.0) as usize).min(Self::COUNT - 1)
    }

    /// The boxes near a rule that pass a test, each once, in painting order.
    fn over(&self, rule: Rule, axis: Axis, passes: impl Fn(usize) -> bool) -> Vec<usize> {
        let along = Self::tile(rule.from)..=Self::tile(rule.to);
        let across = Self::tile(rule.at)..=Self::tile(rule.at);
        let (rows, columns) = match axis {
            Axis::Horizontal => (across, along),
            Axis::Vertical => (along, across),
        };
        let mut found: Vec<usize> = Vec::new();
        for row in rows {
            let from = row * Self::COUNT;
            let tiles = self
                .tiles
                .get(from + columns.start()..=from + columns.end());
            let small = tiles.unwrap_or_default().iter().flatten();
            let large = self.large.get(row).into_iter().flatten();
            found.extend(small.chain(large).copied().filter(|&at| passes(at)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// What is left of a rule when the part from `start` to `end` is taken away.
fn without(rule: Rule, start: f32, end: f32, em: f32) -> Vec<Rule> {
    let before = Rule {
        to: rule.to.min(start),
        ..rule
    };
    let after = Rule {
        from: rule.from.max(end),
        ..rule
    };
    [before, after]
        .into_iter()
        .filter(|part| part.length() > ROUNDING * em)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_white_box_painted_later_wipes_and_one_painted_before_does_not() {
        let line = Rule {
            at: 20.0,
            from: 0.0,
            to: 100.0,
        };
        let shown = |line_order: usize, (top, bottom): (f32, f32)| {
            let white = Rect {
                left: 40.0,
                top,
                right: 60.0,
                bottom,
            };
            let (mut horizontal, mut vertical) = (vec![(line_order, line)], Vec::new());
            let pieces = [
                (&mut horizontal, Axis::Horizontal),
                (&mut vertical, Axis::Vertical),
            ];
            wipe(pieces, &[(1, white)], 10.0);
            let parts = horizontal.into_iter();
            parts
                .map(|(_, part)| (part.from, part.to))
                .collect::<Vec<_>>()
        };
        assert_eq!(shown(0, (10.0, 30.0)), [(0.0, 40.0), (60.0, 100.0)]);
        assert_eq!(shown(2, (10.0, 30.0)), [(0.0, 100.0)]);
        // A white cell background that ends on the rule does not touch it.
        assert_eq!(shown(0, (20.2, 40.0)), [(0.0, 100.0)]);
    }
}
