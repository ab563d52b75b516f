//! A page that is displayed on its side -> the same marks upright, and boxes back to where they are displayed.

use super::direction::Direction;
use super::marks::{Ink, Marks, Point, Rect};
use crate::read::pdf::lines::runs::is_white;
use crate::sheet::LinesRun;

/// How the upright page lies on the displayed one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Turn {
    direction: Direction,
    /// What is added along and across to make positions start at zero.
    offset: (f32, f32),
}

impl Default for Turn {
    fn default() -> Self {
        Self {
            direction: Direction::Right,
            offset: (0.0, 0.0),
        }
    }
}

impl Turn {
    /// How a page must be turned so that most of its horizontal text runs to the right.
    pub(crate) fn of(marks: &Marks) -> Self {
        let mut counts = [
            (Direction::Right, 0usize),
            (Direction::Down, 0),
            (Direction::Up, 0),
            (Direction::Left, 0),
        ];
        for glyph in marks
            .glyphs
            .iter()
            .filter(|glyph| !glyph.vertical && !is_white(marks, glyph))
        {
            let direction = Direction::of(glyph);
            counts
                .iter_mut()
                .filter(|(other, _)| *other == direction)
                .for_each(|(_, count)| *count += 1);
        }
        // Of equals the first, which needs no turning.
        let most = counts.iter().rev().max_by_key(|(_, count)| *count);
        let direction = most.map_or(Direction::Right, |(direction, _)| *direction);
        let (width, height) = marks.size;
        let offset = match direction {
            Direction::Right => (0.0, 0.0),
            Direction::Down => (0.0, width),
            Direction::Up => (height, 0.0),
            Direction::Left => (width, height),
        };
        Self { direction, offset }
    }

    /// Where the lines of the displayed page run.
    pub(crate) fn lines_run(self) -> LinesRun {
        match self.direction {
            Direction::Right => LinesRun::Right,
            Direction::Down => LinesRun::Down,
            Direction::Left => LinesRun::Left,
            Direction::Up => LinesRun::Up,
        }
    }

    /// Whether the page is displayed on its side or head.
    pub(crate) fn is_turned(self) -> bool {
        self.direction != Direction::Right
    }

    /// The marks on the upright page.
    pub(crate) fn upright(self, mut marks: Marks) -> Marks {
        if !self.is_turned() {
            return marks;
        }
        for glyph in &mut marks.glyphs {
            glyph.origin = self.point(glyph.origin);
            let (along, across) = (
                self.direction.along(glyph.advance),
                self.direction.across(glyph.advance),
            );
            glyph.advance = Point {
                x: along,
                y: across,
            };
        }
        for ink in &mut marks.ink {
            match ink {
                Ink::Stroke { from, to, .. } | Ink::Other { from, to } => {
                    (*from, *to) = (self.point(*from), self.point(*to));
                }
                Ink::Fill { rect, .. } => *rect = self.rect(*rect),
            }
        }
        for image in &mut marks.images {
            *image = self.rect(*image);
        }
        if matches!(self.direction, Direction::Down | Direction::Up) {
            marks.size = (marks.size.1, marks.size.0);
        }
        marks
    }

    /// The box on the displayed page.
    pub(crate) fn displayed(self, rect: Rect) -> Rect {
        let back = |x: f32, y: f32| self.direction.point(x - self.offset.0, y - self.offset.1);
        around(back(rect.left, rect.top), back(rect.right, rect.bottom))
    }

    /// The displayed page's size from the upright one's.
    pub(crate) fn displayed_size(self, size: (f32, f32)) -> (f32, f32) {
        if matches!(self.direction, Direction::Down | Direction::Up) {
            (size.1, size.0)
        } else {
            size
        }
    }

    fn point(self, point: Point) -> Point {
        Point {
            x: self.direction.along(point) + self.offset.0,
            y: self.direction.across(point) + self.offset.1,
        }
    }

    fn rect(self, rect: Rect) -> Rect {
        around(
            self.point(Point {
                x: rect.left,
                y: rect.top,
            }),
            self.point(Point {
                x: rect.right,
                y: rect.bottom,
            }),
        )
    }
}

fn around(a: Point, b: Point) -> Rect {
    Rect {
        left: a.x.min(b.x),
        top: a.y.min(b.y),
        right: a.x.max(b.x),
        bottom: a.y.max(b.y),
    }
}

#[cfg(test)]
mod tests {
    use super::super::marks::{Glyph, Visibility};
    use super::*;

    #[test]
    fn a_page_on_its_side_is_turned_and_boxes_go_back() {
        let glyph = Glyph {
            text: (0, 3),
            origin: Point { x: 90.0, y: 20.0 },
            advance: Point { x: 0.0, y: 10.0 },
            size: 10.0,
            vertical: false,
            run: 1,
            visibility: Visibility::Visible,
        };
        for (advance, origin) in [
            ((0.0, 10.0), (20.0, 10.0)),
            ((0.0, -10.0), (180.0, 90.0)),
            ((-10.0, 0.0), (10.0, 180.0)),
        ] {
            let advance = Point {
                x: advance.0,
                y: advance.1,
            };
            let marks = Marks {
                size: (100.0, 200.0),
                text: "目".into(),
                glyphs: vec![Glyph { advance, ..glyph }],
                ..Marks::default()
            };
            let turn = Turn::of(&marks);
            let upright = turn.upright(marks);
            let placed = upright.glyphs[0];
            assert!(placed.advance.x > 9.0, "{advance:?}");
            assert_eq!((placed.origin.x, placed.origin.y), origin, "{advance:?}");
            let rect = Rect {
                left: placed.origin.x,
                top: placed.origin.y,
                ..Rect {
                    right: placed.origin.x,
                    bottom: placed.origin.y,
                    ..Rect::default()
                }
            };
            let back = turn.displayed(rect);
            assert_eq!((back.left, back.top), (90.0, 20.0));
        }
    }
}
