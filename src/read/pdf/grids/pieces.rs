//! Ink -> pieces of rules in painting order, and the white boxes among them that may wipe them out.

use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::overlays;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::grids::wiped::{self, Axis};
use crate::read::pdf::marks::{Ink, Point, Rect};
use crate::read::pdf::tolerance::{
    DOT, ELONGATED, LEVEL, MOST, SHORT, THICKEST, WHITE, WIDE_GUTTER,
};

/// Pieces of rules with their place in the painting order, and the white boxes.
#[derive(Default)]
pub(super) struct Pieces {
    horizontal: Vec<(usize, Rule)>,
    vertical: Vec<(usize, Rule)>,
    white: Vec<(usize, Rect)>,
    /// The em of the page's text.
    em: f32,
}

impl Pieces {
    /// What of the ink on a page may be rules and still shows when all is painted.
    pub(super) fn of(ink: &[Ink], dots: &[Rect], texts: &Texts) -> Self {
        let em = texts.em;
        let mut pieces = Self {
            em,
            ..Self::default()
        };
        for (order, ink) in ink.iter().enumerate() {
            pieces.add(order, ink, texts);
        }
        for dot in dots {
            pieces.add_dot(ink.len(), *dot);
        }
        pieces.without_boxes_over_rules(ink, texts);
        let both = [
            (&mut pieces.horizontal, Axis::Horizontal),
            (&mut pieces.vertical, Axis::Vertical),
        ];
        wiped::wipe(both, &pieces.white, em);
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

    fn add(&mut self, order: usize, ink: &Ink, texts: &Texts) {
        match *ink {
            Ink::Stroke {
                from,
                to,
                width,
                lightness,
                ..
            } => {
                let (across, down) = ((to.x - from.x).abs(), (to.y - from.y).abs());
                if width > THICKEST * self.em {
                    self.add_thick(order, (from, to, width), lightness, texts);
                    return;
                }
                if lightness > WHITE {
                    return;
                }
                let level = (SHORT * self.em).max(LEVEL * across.max(down));
                if down <= level && across > down {
                    let at = f32::midpoint(from.y, to.y);
                    self.horizontal.push((order, rule(at, from.x, to.x)));
                } else if across <= level && down > across {
                    let at = f32::midpoint(from.x, to.x);
                    self.vertical.push((order, rule(at, from.y, to.y)));
                }
            }
            Ink::Fill { rect, lightness } => self.add_box(order, rect, lightness, texts),
            Ink::Other { .. } => {}
        }
    }

    /// Adds a stroke that is thicker than borders are: what it paints may be a thin rule across it, drawn with a pen as
    /// wide as the rule is long, or a border all the same where it is long.
    fn add_thick(
        &mut self,
        order: usize,
        (from, to, width): (Point, Point, f32),
        lightness: f32,
        texts: &Texts,
    ) {
        let mut rect = Rect::around(&[from, to]);
        let (across, down) = (rect.right - rect.left, rect.bottom - rect.top);
        if across.min(down) > SHORT * self.em {
            return;
        }
        let reach = width / 2.0;
        if across >= down {
            (rect.top, rect.bottom) = (rect.top - reach, rect.bottom + reach);
        } else {
            (rect.left, rect.right) = (rect.left - reach, rect.right + reach);
        }
        let is_border = across.max(down) >= ELONGATED * width && width <= WIDE_GUTTER * self.em;
        if is_border && lightness <= WHITE {
            let axis = if across >= down {
                (f32::midpoint(rect.top, rect.bottom), rect.left, rect.right)
            } else {
                (f32::midpoint(rect.left, rect.right), rect.top, rect.bottom)
            };
            let pieces = if across >= down {
                &mut self.horizontal
            } else {
                &mut self.vertical
            };
            pieces.push((order, rule(axis.0, axis.1, axis.2)));
        } else {
            self.add_box(order, rect, lightness, texts);
        }
    }

    /// Adds a dot of a dotted rule: its direction shows only when dots are joined.
    fn add_dot(&mut self, order: usize, dot: Rect) {
        let (x, y) = (
            f32::midpoint(dot.left, dot.right),
            f32::midpoint(dot.top, dot.bottom),
        );
        self.horizontal.push((order, rule(y, dot.left, dot.right)));
        self.vertical.push((order, rule(x, dot.top, dot.bottom)));
    }

    fn add_box(&mut self, order: usize, rect: Rect, lightness: f32, texts: &Texts) {
        let (width, height) = (rect.right - rect.left, rect.bottom - rect.top);
        let thickest = THICKEST * self.em;
        let thin = is_thin(rect, texts);
        if lightness > WHITE {
            if self.white.len() < MOST {
                self.white.push((order, rect));
            }
        } else if thin && width >= ELONGATED * height {
            let at = f32::midpoint(rect.top, rect.bottom);
            self.horizontal
                .push((order, rule(at, rect.left, rect.right)));
        } else if thin && height >= ELONGATED * width {
            let at = f32::midpoint(rect.left, rect.right);
            self.vertical.push((order, rule(at, rect.top, rect.bottom)));
        } else if width.max(height) <= thickest {
            self.add_dot(order, rect);
        }
    }

    /// Takes away the sides of boxes that are laid over other rules.
    fn without_boxes_over_rules(&mut self, ink: &[Ink], texts: &Texts) {
        let rules = |pieces: &[(usize, Rule)]| pieces.iter().map(|(_, rule)| *rule).collect();
        let (horizontal, vertical): (Vec<Rule>, Vec<Rule>) =
            (rules(&self.horizontal), rules(&self.vertical));
        let over = overlays::boxes(ink, &horizontal, &vertical, texts);
        let is_kept = |(order, _): &(usize, Rule)| over.binary_search(order).is_err();
        self.horizontal.retain(is_kept);
        self.vertical.retain(is_kept);
    }
}

/// Whether a filled box has no room for text, or none of the text that is small enough for it.
fn is_thin(rect: Rect, texts: &Texts) -> bool {
    let thin = (rect.right - rect.left).min(rect.bottom - rect.top);
    thin <= DOT * texts.em || thin <= THICKEST * texts.em && texts.inside(rect).is_empty()
}

/// Whether a filled box is so thin that it is a rule, or a dot of one.
pub(super) fn is_rule(rect: Rect, texts: &Texts) -> bool {
    let em = texts.em;
    let (width, height) = (rect.right - rect.left, rect.bottom - rect.top);
    let (thin, long) = (width.min(height), width.max(height));
    is_thin(rect, texts) && (long <= THICKEST * em || long >= ELONGATED * thin)
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

    #[test]
    fn a_white_box_over_a_stroke_leaves_what_stands_out_on_both_sides() {
        let line = Ink::Stroke {
            from: Point { x: 0.0, y: 20.0 },
            to: Point { x: 100.0, y: 20.0 },
            width: 0.5,
            lightness: 0.0,
        };
        let rect = Rect {
            left: 40.0,
            top: 10.0,
            right: 60.0,
            bottom: 30.0,
        };
        let box_of = |lightness| Ink::Fill { rect, lightness };
        let count = |ink: [Ink; 2]| {
            Pieces::of(&ink, &[], &Texts::bare(10.0))
                .into_rules()
                .0
                .len()
        };
        assert_eq!(count([line, box_of(1.0)]), 2);
        assert_eq!(count([box_of(1.0), line]), 1);
        assert_eq!(count([line, box_of(0.9)]), 1, "a shaded cell");
    }
}
