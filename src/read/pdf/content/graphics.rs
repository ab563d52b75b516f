//! The graphics state (ISO 32000-1 §8.4, §9.3): matrices, the clip, colours and text parameters.

use crate::read::pdf::content::clips::{ClipId, TextClip};
use crate::read::pdf::content::colour::{Paint, Space};
use crate::read::pdf::fonts::FontId;
use crate::read::pdf::marks::{Point, Rect};

/// Points that a mark may stand away from the page's corner; damaged files say more.
const FARTHEST: f64 = 1e7;

/// A coordinate or length that can be compared and added: no infinity, no NaN.
pub(crate) fn finite(value: f64) -> f32 {
    if value.is_nan() {
        0.0
    } else {
        value.clamp(-FARTHEST, FARTHEST) as f32
    }
}

/// A transformation (ISO 32000-1 §8.3.3): x' = a·x + c·y + e, y' = b·x + d·y + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Matrix {
    pub(crate) a: f64,
    pub(crate) b: f64,
    pub(crate) c: f64,
    pub(crate) d: f64,
    pub(crate) e: f64,
    pub(crate) f: f64,
}

impl Matrix {
    /// The transformation that changes nothing.
    pub(crate) const IDENTITY: Self = Self {
        a: 1.0,
        b: 0.0,
        c: 0.0,
        d: 1.0,
        e: 0.0,
        f: 0.0,
    };

    /// From the six numbers of a matrix array.
    #[allow(clippy::many_single_char_names)] // the standard's names
    pub(crate) fn new([a, b, c, d, e, f]: [f64; 6]) -> Self {
        Self { a, b, c, d, e, f }
    }

    /// This transformation first, then `next`.
    pub(crate) fn then(self, next: Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// Where a point goes.
    pub(crate) fn point(self, x: f64, y: f64) -> Point {
        let (dx, dy) = self.vector(x, y);
        Point {
            x: finite(dx + self.e),
            y: finite(dy + self.f),
        }
    }

    /// Where a direction goes.
    pub(crate) fn vector(self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x + self.c * y, self.b * x + self.d * y)
    }

    /// The smallest upright rectangle around the transformed rectangle.
    pub(crate) fn bounds(self, [x0, y0, x1, y1]: [f64; 4]) -> Rect {
        let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map(|(x, y)| self.point(x, y));
        Rect::around(&corners)
    }

    /// By how much lengths grow on average: the square root of the area's growth.
    pub(crate) fn scale(self) -> f64 {
        (self.a * self.d - self.b * self.c).abs().sqrt()
    }
}

/// Everything that `q` saves and `Q` restores.
#[derive(Debug, Clone, Copy)]
pub(crate) struct State {
    /// User space -> the displayed page.
    pub(crate) ctm: Matrix,
    /// The bounding box of the clipping path on the displayed page.
    pub(crate) clip: Rect,
    pub(crate) fill: Paint,
    pub(crate) stroke: Paint,
    pub(crate) fill_space: Space,
    pub(crate) stroke_space: Space,
    /// Constant alpha (ISO 32000-1 §11.6.4.4), 0 transparent to 1 opaque.
    pub(crate) fill_alpha: f32,
    pub(crate) stroke_alpha: f32,
    /// User space units.
    pub(crate) line_width: f64,
    /// Whether the clip is just the rectangle `clip`.
    pub(crate) clip_is_exact: bool,
    /// What more is known of a clip that is no upright rectangle.
    pub(crate) clip_shape: Option<ClipId>,
    /// Text that is the clip.
    pub(crate) text_clip: Option<TextClip>,
    /// Whether what is painted replaces what lies beneath: no blend mode but Normal, no soft mask, no
    /// overprinting (ISO 32000-1 §11.3.5, §11.6.5, §8.6.7).
    pub(crate) replaces: bool,
    pub(crate) text: TextState,
}

/// The text state (ISO 32000-1 §9.3.1), in unscaled text space units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextState {
    pub(crate) font: Option<FontId>,
    pub(crate) size: f64,
    pub(crate) character_spacing: f64,
    pub(crate) word_spacing: f64,
    /// Horizontal scaling as a factor: `Tz` 100 is 1.
    pub(crate) scaling: f64,
    pub(crate) leading: f64,
    pub(crate) rise: f64,
    /// Text rendering mode, 0 to 7.
    pub(crate) mode: u8,
}

impl State {
    /// The state at the start of a page (ISO 32000-1 Table 52, 53, 104).
    pub(crate) fn start(ctm: Matrix, clip: Rect) -> Self {
        Self {
            ctm,
            clip,
            fill: Paint::BLACK,
            stroke: Paint::BLACK,
            fill_space: Space::Gray,
            stroke_space: Space::Gray,
            fill_alpha: 1.0,
            stroke_alpha: 1.0,
            line_width: 1.0,
            clip_is_exact: true,
            clip_shape: None,
            text_clip: None,
            replaces: true,
            text: TextState {
                font: None,
                size: 0.0,
                character_spacing: 0.0,
                word_spacing: 0.0,
                scaling: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
            },
        }
    }
}

impl Rect {
    /// The smallest rectangle that holds both.
    pub(crate) fn joined(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The smallest rectangle around points; empty at the origin if there are none.
    pub(crate) fn around(points: &[Point]) -> Self {
        let mut all = points.iter();
        let Some(first) = all.next() else {
            return Self::default();
        };
        let start = Self {
            left: first.x,
            top: first.y,
            right: first.x,
            bottom: first.y,
        };
        all.fold(start, |rect, point| Self {
            left: rect.left.min(point.x),
            top: rect.top.min(point.y),
            right: rect.right.max(point.x),
            bottom: rect.bottom.max(point.y),
        })
    }

    /// What both share, a line or point included; `None` if they do not touch.
    pub(crate) fn intersection(self, other: Self) -> Option<Self> {
        let both = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        (both.left <= both.right && both.top <= both.bottom).then_some(both)
    }

    /// Width in points.
    pub(crate) fn width(self) -> f32 {
        self.right - self.left
    }
    /// Height in points.
    pub(crate) fn height(self) -> f32 {
        self.bottom - self.top
    }
}
