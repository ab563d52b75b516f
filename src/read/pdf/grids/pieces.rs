//! Ink -> pieces of rules in painting order, and the white boxes among them that may wipe them out.

use crate::read::pdf::grids::overlays;
use crate::read::pdf::grids::rules::{Rule, WHITE};
use crate::read::pdf::grids::wiped::{self, Axis};
use crate::read::pdf::marks::{Ink, Rect};

/// A rule drawn as a filled box, or stroked, is at most this thick; more is a shaded area.
const THICKEST: f32 = 5.0;
/// A piece at least this many times as long as it is thick has a direction of its own.
const ELONGATED: f32 = 2.0;
/// A stroke that leaves its axis by less than this over its length is straight for the eye.
const SLANT: f32 = 0.6;
/// White boxes that are looked at on a page; more are not a table's doing.
const WIPES: usize = 50_000;

/// Pieces of rules with their place in the painting order, and the white boxes.
#[derive(Default)]
pub(super) struct Pieces {
    horizontal: Vec<(usize, Rule)>,
    vertical: Vec<(usize, Rule)>,
    white: Vec<(usize, Rect)>,
}

impl Pieces {
    /// What of the ink on a page may be rules and still shows when all is painted.
    pub(super) fn of(ink: &[Ink]) -> Self {
        let mut pieces = Self::default();
        for (order, ink) in ink.iter().enumerate() {
            pieces.add(order, ink);
        }
        pieces.without_boxes_over_rules(ink);
        let both = [
            (&mut pieces.horizontal, Axis::Horizontal),
            (&mut pieces.vertical, Axis::Vertical),
        ];
        wiped::wipe(both, &pieces.white);
        pieces
    }

    /// The horizontal and the vertical ones.
    pub(super) fn into_rules(self) -> (Vec<Rule>, Vec<Rule>) {
        let without_order = |pieces: Vec<(usize, Rule)>| pieces.into_iter().map(|(_, rule)| rule);
        (
            without_order(self.horizontal).collect(),
            without_order(self.vertical).collect(),
        )
    }

    fn add(&mut self, order: usize, ink: &Ink) {
        match *ink {
            Ink::Stroke {
                from,
                to,
                width,
                lightness,
                ..
            } => {
                let (across, down) = ((to.x - from.x).abs(), (to.y - from.y).abs());
                if width > THICKEST || lightness > WHITE {
                    return;
                }
                if down <= SLANT && across > down {
                    let at = f32::midpoint(from.y, to.y);
                    self.horizontal.push((order, rule(at, from.x, to.x)));
                } else if across <= SLANT && down > across {
                    let at = f32::midpoint(from.x, to.x);
                    self.vertical.push((order, rule(at, from.y, to.y)));
                }
            }
            Ink::Fill { rect, lightness } => self.add_box(order, rect, lightness),
            Ink::Other { .. } => {}
        }
    }

    fn add_box(&mut self, order: usize, rect: Rect, lightness: f32) {
        let (width, height) = (rect.right - rect.left, rect.bottom - rect.top);
        let thin = width.min(height) <= THICKEST;
        if lightness > WHITE {
            if self.white.len() < WIPES {
                self.white.push((order, rect));
            }
        } else if thin && width >= ELONGATED * height {
            let at = f32::midpoint(rect.top, rect.bottom);
            self.horizontal
                .push((order, rule(at, rect.left, rect.right)));
        } else if thin && height >= ELONGATED * width {
            let at = f32::midpoint(rect.left, rect.right);
            self.vertical.push((order, rule(at, rect.top, rect.bottom)));
        } else if width.max(height) <= THICKEST {
            // A dot of a dotted line: its direction shows only when dots are joined.
            let (x, y) = (
                f32::midpoint(rect.left, rect.right),
                f32::midpoint(rect.top, rect.bottom),
            );
            self.horizontal
                .push((order, rule(y, rect.left, rect.right)));
            self.vertical.push((order, rule(x, rect.top, rect.bottom)));
        }
    }

    /// Takes away the sides of boxes that are laid over other rules.
    fn without_boxes_over_rules(&mut self, ink: &[Ink]) {
        let rules = |pieces: &[(usize, Rule)]| pieces.iter().map(|(_, rule)| *rule).collect();
        let (horizontal, vertical): (Vec<Rule>, Vec<Rule>) =
            (rules(&self.horizontal), rules(&self.vertical));
        let over = overlays::boxes(ink, &horizontal, &vertical);
        let is_kept = |(order, _): &(usize, Rule)| over.binary_search(order).is_err();
        self.horizontal.retain(is_kept);
        self.vertical.retain(is_kept);
    }
}

/// Whether a filled box is so thin that it is a rule, or a dot of one.
pub(super) fn is_rule(rect: Rect) -> bool {
    let (width, height) = (rect.right - rect.left, rect.bottom - rect.top);
    let (thin, long) = (width.min(height), width.max(height));
    thin <= THICKEST && (long <= THICKEST || long >= ELONGATED * thin)
}

fn rule(at: f32, a: f32, b: f32) -> Rule {
    Rule {
        at,
        from: a.min(b),
        to: a.max(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::marks::Point;

    #[test]
    fn a_white_box_over_a_stroke_leaves_what_stands_out_on_both_sides() {
        let line = Ink::Stroke {
            from: Point { x: 0.0, y: 20.0 },
            to: Point { x: 100.0, y: 20.0 },
            width: 0.5,
            dashed: false,
            lightness: 0.0,
        };
        let rect = Rect {
            left: 40.0,
            top: 10.0,
            right: 60.0,
            bottom: 30.0,
        };
        let box_of = |lightness| Ink::Fill { rect, lightness };
        let count = |ink: [Ink; 2]| Pieces::of(&ink).into_rules().0.len();
        assert_eq!(count([line, box_of(1.0)]), 2);
        assert_eq!(count([box_of(1.0), line]), 1);
        assert_eq!(count([line, box_of(0.9)]), 1, "a shaded cell");
    }
}
