//! Clips that are no upright rectangle, and text that is seen by what is painted through it
//! (ISO 32000-1 §8.5.4, §9.3.6).

use crate::read::pdf::content::colour::Paint;
use crate::read::pdf::content::interpret::Interpreter;
use crate::read::pdf::content::paths::{Inside, Outline, Path};
use crate::read::pdf::marks::{Point, Rect, Visibility};

/// Corners of a clip from which on only its bounds are known; drivers clip to some hundred boxes.
const MOST_POINTS: usize = 2_000;
/// Corners of all clips of a page.
const MOST_OF_PAGE: usize = 1_000_000;
/// Clips within each other that are looked at.
const DEPTH: usize = 16;
/// Glyphs that are compared with what is painted through text, for one page.
const MOST_COMPARED: usize = 50_000_000;

/// A clip of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClipId(u32);

/// Glyphs of a text object that are a clip: the first, and the one after the last.
pub(crate) type TextClip = (u32, u32);

/// The clips of a page that are more than a rectangle.
#[derive(Default)]
pub(crate) struct Clips {
    shapes: Vec<Clip>,
    points: usize,
    compared: usize,
}

struct Clip {
    /// The clip that it narrows.
    within: Option<ClipId>,
    outline: Outline,
    inside: Inside,
}

impl Clips {
    /// Narrows a clip by a path; the clip stays as it is where the path has too many corners.
    pub(crate) fn narrow(
        &mut self,
        within: Option<ClipId>,
        path: &Path,
        inside: Inside,
    ) -> Option<ClipId> {
        let outline = path
            .outline(MOST_POINTS)
            .filter(|outline| self.points + outline.points.len() <= MOST_OF_PAGE);
        let Some(outline) = outline else {
            return within;
        };
        self.points += outline.points.len();
        let id = ClipId(self.shapes.len() as u32);
        self.shapes.push(Clip {
            within,
            outline,
            inside,
        });
        Some(id)
    }

    /// Whether a point lies outside a clip.
    pub(crate) fn hides(&self, clip: Option<ClipId>, at: Point) -> bool {
        let shape = |id: ClipId| self.shapes.get(id.0 as usize);
        let chain = std::iter::successors(clip.and_then(shape), |clip| clip.within.and_then(shape));
        chain
            .take(DEPTH)
            .any(|clip| !clip.outline.contains(at, clip.inside))
    }
}

impl Interpreter<'_, '_> {
    /// `ET`: the text that was shown to clip with becomes a part of the clip.
    pub(crate) fn end_text(&mut self) {
        if let Some(first) = self.clipping_text.take() {
            self.state.text_clip = Some((first, self.marks.glyphs.len() as u32));
            self.state.clip_is_exact = false;
        }
    }

    /// Shows the glyphs that something is painted through; whether there is such text. Nothing else of what is
    /// painted is seen then.
    pub(crate) fn paint_through_text(&mut self, rect: Rect, paint: Paint) -> bool {
        let Some((first, end)) = self.state.text_clip else {
            return false;
        };
        let glyphs = self.marks.glyphs.get_mut(first as usize..end as usize);
        for glyph in glyphs.into_iter().flatten() {
            self.clips.compared += 1;
            if self.clips.compared > MOST_COMPARED {
                break;
            }
            let middle = Point {
                x: glyph.origin.x + glyph.advance.x / 2.0,
                y: glyph.origin.y + glyph.advance.y / 2.0,
            };
            let inside = rect.left <= middle.x
                && middle.x <= rect.right
                && rect.top <= middle.y
                && middle.y <= rect.bottom;
            if inside
                && glyph.visibility == Visibility::Invisible
                && !self.backdrop.hides(paint, middle)
            {
                glyph.visibility = Visibility::Visible;
            }
        }
        true
    }
}
