//! Ink -> rules: straight strokes and thin boxes, snapped to common positions and joined end to end.

use crate::read::pdf::grids::dashes;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::joined::{join, meet};
use crate::read::pdf::grids::loops;
use crate::read::pdf::grids::pieces::{self, Pieces};
use crate::read::pdf::marks::{Ink, Marks, Rect};
use crate::read::pdf::tolerance::{self, WHITE};

/// A horizontal or vertical rule, in points on the displayed page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    /// y of a horizontal rule, x of a vertical one.
    pub at: f32,
    /// Where it starts along its direction.
    pub from: f32,
    /// Where it ends; not before `from`.
    pub to: f32,
}

impl Rule {
    /// A horizontal rule from side to side of an area.
    pub(crate) fn across(at: f32, area: Rect) -> Self {
        Self {
            at,
            from: area.left,
            to: area.right,
        }
    }

    /// A vertical rule from the top of an area to its bottom.
    pub(crate) fn down(at: f32, area: Rect) -> Self {
        Self {
            at,
            from: area.top,
            to: area.bottom,
        }
    }

    pub(super) fn length(self) -> f32 {
        self.to - self.from
    }
}

/// The rules of a page, each list sorted by position, then by start.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    pub horizontal: Vec<Rule>,
    pub vertical: Vec<Rule>,
    /// The em of the page's text, in points.
    pub em: f32,
}

/// Finds the rules of a page whose text is of this em.
fn find(ink: &[Ink], dots: &[Rect], texts: &Texts) -> Rules {
    let em = texts.em;
    let (mut horizontal, mut vertical) = Pieces::of(ink, dots, texts).into_rules();
    let dashed = dashes::whole(&horizontal, &vertical, em);
    vertical.extend(dashes::whole(&vertical, &horizontal, em));
    horizontal.extend(dashed);
    let (mut horizontal, rows) = join(horizontal, em);
    let (mut vertical, columns) = join(vertical, em);
    meet(&mut horizontal, &vertical, &columns, em);
    meet(&mut vertical, &horizontal, &rows, em);
    Rules {
        horizontal,
        vertical,
        em,
    }
}

/// The edges of filled boxes, as rules: what bounds the cells where a program paints cells and no lines.
fn box_edges(ink: &[Ink], texts: &Texts) -> Rules {
    let em = texts.em;
    let (mut horizontal, mut vertical) = (Vec::new(), Vec::new());
    for ink in ink {
        let Ink::Fill { rect, lightness } = *ink else {
            continue;
        };
        if lightness > WHITE || pieces::is_rule(rect, texts) {
            continue;
        }
        horizontal.extend([
            Rule::across(rect.top, rect),
            Rule::across(rect.bottom, rect),
        ]);
        vertical.extend([Rule::down(rect.left, rect), Rule::down(rect.right, rect)]);
    }
    Rules {
        horizontal: join(horizontal, em).0,
        vertical: join(vertical, em).0,
        em,
    }
}

/// What is drawn on a page, found once and handed to all that ask where rules run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drawn {
    pub rules: Rules,
    /// The edges of filled boxes.
    pub edges: Rules,
    /// Boxes with rounded corners.
    pub rounded: Vec<Rect>,
}

impl Drawn {
    /// The rules and the edges of boxes on a page.
    pub(crate) fn of(marks: &Marks) -> Self {
        let em = tolerance::em_of(marks);
        let texts = Texts::of(marks, &marks.seen_and_hidden().0, em);
        let loops = loops::closed(&marks.ink, em);
        Self {
            rules: find(&marks.ink, &loops::dots(&loops, em), &texts),
            edges: box_edges(&marks.ink, &texts),
            rounded: loops::rounded(&loops, em),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::read::pdf::marks::Point;

    /// The em of the text around these pieces.
    const EM: f32 = 10.0;

    fn find(ink: &[Ink]) -> Rules {
        super::find(ink, &[], &Texts::bare(EM))
    }

    fn stroke(x0: f32, y0: f32, x1: f32, y1: f32) -> Ink {
        Ink::Stroke {
            from: Point { x: x0, y: y0 },
            to: Point { x: x1, y: y1 },
            width: 0.5,
            lightness: 0.0,
        }
    }

    fn fill(left: f32, top: f32, right: f32, bottom: f32, lightness: f32) -> Ink {
        Ink::Fill {
            rect: Rect {
                left,
                top,
                right,
                bottom,
            },
            lightness,
        }
    }

    #[test]
    fn thin_boxes_are_rules_and_wide_ones_are_not() {
        let rules = find(&[
            fill(0.0, 0.0, 80.0, 0.75, 0.0),
            fill(0.0, 0.0, 0.75, 40.0, 0.0),
            fill(1.0, 1.0, 80.0, 40.0, 0.87),
        ]);
        assert_eq!((rules.horizontal.len(), rules.vertical.len()), (1, 1));
        let thick = find(&[fill(0.0, 0.0, 80.0, 4.0, 0.0)]);
        assert_eq!(thick.horizontal.len(), 1, "a frame's thick side");
    }

    #[test]
    fn dots_and_dashes_join_and_slanted_strokes_do_not_count() {
        let dots: Vec<_> = (0..20u8)
            .map(|n| {
                fill(
                    f32::from(n) * 1.5,
                    5.0,
                    f32::from(n) * 1.5 + 0.75,
                    5.75,
                    0.0,
                )
            })
            .collect();
        let rules = find(&dots);
        assert_eq!((rules.horizontal.len(), rules.vertical.len()), (1, 0));
        let dashes: Vec<_> = (0..10u8)
            .map(|n| stroke(f32::from(n) * 6.0, 5.0, f32::from(n) * 6.0 + 3.0, 5.0))
            .collect();
        assert_eq!(find(&dashes).horizontal.len(), 1);
        let piece = |n: u8, length: f32, gap: f32| {
            let from = f32::from(n) * (length + gap);
            stroke(from, 5.0, from + length, 5.0)
        };
        let pieces = |length, gap| (0..10).map(|n| piece(n, length, gap)).collect::<Vec<Ink>>();
        assert_eq!(find(&pieces(6.0, 5.0)).horizontal.len(), 1, "dashes");
        assert_eq!(find(&pieces(1.6, 3.6)).horizontal.len(), 1, "dots");
        assert_eq!(find(&pieces(6.0, 9.0)).horizontal.len(), 10, "borders");
        let slanted = find(&[stroke(0.0, 0.0, 80.0, 40.0)]);
        assert!(slanted.horizontal.is_empty() && slanted.vertical.is_empty());
    }

    #[test]
    fn long_dashes_are_a_rule_and_sides_of_boxes_are_not() {
        let at = |n: u8| f32::from(n) * 21.0;
        let dashes: Vec<Ink> = (0..12)
            .map(|n| stroke(at(n), 5.0, at(n) + 12.6, 5.0))
            .collect();
        assert_eq!(find(&dashes).horizontal.len(), 1);
        assert_eq!(find(&dashes[..4]).horizontal.len(), 4, "blanks to fill in");
        let boxes: Vec<Ink> = (0..12)
            .flat_map(|n| {
                let (left, right) = (at(n), at(n) + 12.6);
                [
                    stroke(left, 5.0, right, 5.0),
                    stroke(left, 17.6, right, 17.6),
                    stroke(left, 5.0, left, 17.6),
                    stroke(right, 5.0, right, 17.6),
                ]
            })
            .collect();
        assert_eq!(find(&boxes).horizontal.len(), 24, "boxes to tick");
    }

    #[test]
    fn filled_cells_that_are_narrow_but_no_rules_have_edges() {
        let cells: Vec<Ink> = (0..4u8)
            .map(|n| fill(f32::from(n) * 5.0, 0.0, f32::from(n) * 5.0 + 4.9, 7.5, 0.9))
            .collect();
        assert_eq!(box_edges(&cells, &Texts::bare(EM)).vertical.len(), 5);
    }
}
