//! A page's content -> glyphs and ink on the displayed page: the types between interpreter and table finder.
//!
//! Coordinates are points on the page as displayed: after rotation, clipped to its crop box, origin at the
//! top left, y downwards.

use std::collections::BTreeSet;

/// A point on the displayed page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Point {
    pub x: f32,
    pub y: f32,
}

/// Everything painted on a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    /// Width and height of the page in points.
    pub size: (f32, f32),
    /// Whether the program that wrote the page lets any character begin a line.
    pub breaks_anywhere: bool,
    /// Whether that program paints the spaces between words.
    pub paints_spaces: bool,
    /// The characters of all glyphs; `Glyph::text` are ranges of it.
    pub text: String,
    /// Glyphs in painting order.
    pub glyphs: Vec<Glyph>,
    /// Glyphs of vertical text that begin a number right below another: numbers that are set across, one under the other.
    pub number_starts: BTreeSet<u32>,
    /// Lines and filled shapes in painting order.
    pub ink: Vec<Ink>,
    /// Images: where they stand.
    pub images: Vec<Rect>,
    /// Visible and invisible characters, counted where they are decoded (no white space, no U+FEFF).
    pub decoded_characters: u64,
}

impl Rect {
    /// Whether the middle of another rectangle is inside.
    pub(crate) fn holds(self, other: Self) -> bool {
        let across = f32::midpoint(other.left, other.right);
        let down = f32::midpoint(other.top, other.bottom);
        (self.left..=self.right).contains(&across) && (self.top..=self.bottom).contains(&down)
    }
}

impl Marks {
    /// Glyphs that a reader sees, and the others.
    pub(crate) fn seen_and_hidden(&self) -> (Vec<u32>, Vec<u32>) {
        let seen = |at: &u32| {
            let glyph = self.glyphs.get(*at as usize);
            glyph.is_some_and(|glyph| glyph.visibility == Visibility::Visible)
        };
        (0..self.glyphs.len() as u32).partition(seen)
    }
}

/// A painted glyph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph {
    /// Its characters: start and end in `Marks::text`. Usually one character; never empty.
    pub text: (u32, u32),
    /// Its origin: the start of its baseline; for vertical writing the top centre.
    pub origin: Point,
    /// From its origin to where the next one starts, character and word spacing left out.
    pub advance: Point,
    /// Its em in points on the displayed page.
    pub size: f32,
    /// Writing mode of its font (ISO 32000-1 §9.7.4.3).
    pub vertical: bool,
    /// The show operator that painted it, counted over the page: glyphs of one operator are one run.
    pub run: u32,
    /// Whether a reader of the page sees it.
    pub visibility: Visibility,
}

/// Whether a reader of the page sees a glyph, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visibility {
    Visible,
    /// Text rendering mode 3 or 7.
    Invisible,
    /// Outside the clipping path.
    Clipped,
    /// Outside the page's crop box.
    OffPage,
    /// The colour of what is behind it (white on white).
    SameColour,
    /// A watermark over the page's text.
    Watermark,
    /// Of a stamp or another annotation that reviewers put over a page.
    Annotation,
    /// Under something opaque that is painted later.
    Covered,
    /// A rule runs through it (見え消し).
    Struck,
    /// Of a tiling pattern: an ornament of what is filled with it.
    Pattern,
    /// In an optional-content group that is off, or an artifact the file hides.
    HiddenLayer,
}

/// Something painted that can be a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Ink {
    /// A stroked straight piece of a path; `lightness` as below.
    Stroke {
        from: Point,
        to: Point,
        width: f32,
        lightness: f32,
    },
    /// A filled rectangle; `lightness` 0 black to 1 white.
    Fill { rect: Rect, lightness: f32 },
    /// A piece of a curve or slanted shape: never a rule, kept for drawing.
    Other { from: Point, to: Point },
}

/// A rectangle: left ≤ right, top ≤ bottom.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Rect {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}
