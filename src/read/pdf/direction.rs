//! The four reading directions on a page, and positions along and across them.

use super::marks::{Glyph, Point, Rect};

/// Where the next glyph of a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Direction {
    /// Horizontal text.
    Right,
    /// Vertical text, and horizontal text turned clockwise: lines follow each other to the left.
    Down,
    /// Horizontal text turned anticlockwise: lines follow each other to the right.
    Up,
    /// Text that stands on its head.
    Left,
}

impl Direction {
    /// The direction in which a glyph's line goes.
    pub(crate) fn of(glyph: &Glyph) -> Self {
        let Point { x, y } = glyph.advance;
        if x == 0.0 && y == 0.0 {
            return if glyph.vertical {
                Self::Down
            } else {
                Self::Right
            };
        }
        match (x.abs() >= y.abs(), x > 0.0, y > 0.0) {
            (true, true, _) => Self::Right,
            (true, false, _) => Self::Left,
            (false, _, true) => Self::Down,
            (false, _, false) => Self::Up,
        }
    }

    /// The position along the line; grows in reading order.
    pub(crate) fn along(self, point: Point) -> f32 {
        match self {
            Self::Right => point.x,
            Self::Down => point.y,
            Self::Up => -point.y,
            Self::Left => -point.x,
        }
    }

    /// The position across lines; grows from each line to the next.
    pub(crate) fn across(self, point: Point) -> f32 {
        match self {
            Self::Right => point.y,
            Self::Down => -point.x,
            Self::Up => point.x,
            Self::Left => -point.y,
        }
    }

    /// The point at a position along and across.
    pub(crate) fn point(self, along: f32, across: f32) -> Point {
        match self {
            Self::Right => Point {
                x: along,
                y: across,
            },
            Self::Down => Point {
                x: -across,
                y: along,
            },
            Self::Up => Point {
                x: across,
                y: -along,
            },
            Self::Left => Point {
                x: -along,
                y: -across,
            },
        }
    }

    /// Where a rectangle starts and ends along the line.
    pub(crate) fn extent(self, rect: Rect) -> (f32, f32) {
        match self {
            Self::Right => (rect.left, rect.right),
            Self::Down => (rect.top, rect.bottom),
            Self::Up => (-rect.bottom, -rect.top),
            Self::Left => (-rect.right, -rect.left),
        }
    }
}

/// The part of the em above the baseline (ISO 32000-1 §9.8.1 leaves it to the font; Japanese fonts
/// set their em box at 0.88 and 0.12).
pub(crate) const ASCENT: f32 = 0.88;

/// A glyph's em box, along and across its line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EmBox {
    pub start: f32,
    pub end: f32,
    pub top: f32,
    pub bottom: f32,
}

impl EmBox {
    pub(crate) fn of(glyph: &Glyph) -> Self {
        let direction = Direction::of(glyph);
        let start = direction.along(glyph.origin);
        let base = direction.across(glyph.origin);
        let top = if glyph.vertical {
            base - glyph.size / 2.0
        } else {
            base - ASCENT * glyph.size
        };
        let end = start + direction.along(glyph.advance).max(0.0);
        Self {
            start,
            end,
            top,
            bottom: top + glyph.size,
        }
    }

    /// The box on the page.
    pub(crate) fn on_page(self, direction: Direction) -> Rect {
        let a = direction.point(self.start, self.top);
        let b = direction.point(self.end, self.bottom);
        Rect {
            left: a.x.min(b.x),
            top: a.y.min(b.y),
            right: a.x.max(b.x),
            bottom: a.y.max(b.y),
        }
    }

    /// Where the glyph's body begins: what decides which cell it stands in.
    pub(crate) fn head(self, direction: Direction) -> Point {
        let size = self.bottom - self.top;
        let inset = (0.1 * size).min((self.end - self.start) / 2.0);
        direction.point(self.start + inset, f32::midpoint(self.top, self.bottom))
    }
}
