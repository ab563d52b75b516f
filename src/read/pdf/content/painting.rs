//! Paths, colours and images -> ink (ISO 32000-1 §8.5, §8.6, §8.9).

use crate::read::pdf::content::colour::{Paint, Space};
use crate::read::pdf::content::interpret::Interpreter;
use crate::read::pdf::content::operators::{Operand, Operation};
use crate::read::pdf::content::paths::{Inside, Path, Pen, Shape};
use crate::read::pdf::direction::{Direction, EmBox};
use crate::read::pdf::marks::{Ink, Point, Rect, Visibility};

/// An image that is shown thinner than this, in points, is a rule that was drawn as an image.
const THIN_IMAGE: f32 = 2.0;
/// An empty clip: nothing lies inside.
const NOWHERE: Rect = Rect {
    left: f32::MAX,
    top: f32::MAX,
    right: f32::MIN,
    bottom: f32::MIN,
};

impl Interpreter<'_, '_> {
    /// An image: a rule if it is thin, else a place (ISO 32000-1 §8.9.4: it fills the unit square).
    pub(crate) fn paint_image(&mut self, opaque: Option<()>) {
        let bounds = self
            .state
            .ctm
            .bounds([0.0, 0.0, 1.0, 1.0])
            .intersection(self.area());
        let Some(rect) = bounds.filter(|_| self.is_shown(self.state.fill_alpha)) else {
            return;
        };
        if self.paint_through_text(rect, Paint::UNKNOWN) {
            return;
        }
        if rect.width().min(rect.height()) <= THIN_IMAGE {
            self.marks.ink.push(Ink::Fill {
                rect,
                lightness: 0.0,
            });
        } else {
            let over = opaque.map_or(0, |()| self.covered_glyphs(self.state.fill_alpha));
            self.backdrop.fill(rect, Paint::UNKNOWN, over);
            self.marks.images.push(rect);
        }
    }

    /// Where ink is seen: inside the clip and on the page.
    fn area(&self) -> Rect {
        self.state.clip.intersection(self.sheet).unwrap_or(NOWHERE)
    }

    /// Applies a path operator; whether it was one.
    pub(crate) fn apply_path(&mut self, operator: &[u8], operation: &Operation<'_>) -> bool {
        match operator {
            b"m" => self.with_point(operation, Path::move_to),
            b"l" => self.with_point(operation, Path::line_to),
            b"c" => {
                if let Some([x1, y1, x2, y2, x, y]) = operation.numbers() {
                    self.curve((x1, y1), (x2, y2), (x, y));
                }
            }
            b"v" => {
                if let Some([x2, y2, x, y]) = operation.numbers() {
                    self.curve(self.path.current_user, (x2, y2), (x, y));
                }
            }
            b"y" => {
                if let Some([x1, y1, x, y]) = operation.numbers() {
                    self.curve((x1, y1), (x, y), (x, y));
                }
            }
            b"h" => self.path.close(),
            b"re" => self.rectangle(operation),
            b"W" => self.clip_after = Some(Inside::NonZeroWinding),
            b"W*" => self.clip_after = Some(Inside::EvenOdd),
            b"n" => self.end_path(),
            b"S" => self.paint_path(None, Some(())),
            b"s" => {
                self.path.close();
                self.paint_path(None, Some(()));
            }
            b"f" | b"F" => self.paint_path(Some(Inside::NonZeroWinding), None),
            b"f*" => self.paint_path(Some(Inside::EvenOdd), None),
            b"B" => self.paint_path(Some(Inside::NonZeroWinding), Some(())),
            b"B*" => self.paint_path(Some(Inside::EvenOdd), Some(())),
            b"b" => {
                self.path.close();
                self.paint_path(Some(Inside::NonZeroWinding), Some(()));
            }
            b"b*" => {
                self.path.close();
                self.paint_path(Some(Inside::EvenOdd), Some(()));
            }
            _ => return false,
        }
        true
    }

    fn with_point(&mut self, operation: &Operation<'_>, add: fn(&mut Path, Point)) {
        if let Some([x, y]) = operation.numbers() {
            add(&mut self.path, self.state.ctm.point(x, y));
            self.path.current_user = (x, y);
        }
    }

    fn curve(&mut self, first: (f64, f64), second: (f64, f64), end: (f64, f64)) {
        let ctm = self.state.ctm;
        let controls = [ctm.point(first.0, first.1), ctm.point(second.0, second.1)];
        self.path.curve_to(controls, ctm.point(end.0, end.1));
        self.path.current_user = end;
    }

    fn rectangle(&mut self, operation: &Operation<'_>) {
        let Some([x, y, width, height]) = operation.numbers() else {
            return;
        };
        let ctm = self.state.ctm;
        self.path.move_to(ctm.point(x, y));
        self.path.line_to(ctm.point(x + width, y));
        self.path.line_to(ctm.point(x + width, y + height));
        self.path.line_to(ctm.point(x, y + height));
        self.path.close();
        self.path.current_user = (x, y);
    }

    /// Paints the path, clips with it if that was asked for, and forgets it.
    fn paint_path(&mut self, fill: Option<Inside>, stroke: Option<()>) {
        if let Some(inside) = fill {
            self.fill_path(inside);
        }
        if stroke.is_some() && self.is_shown(self.state.stroke_alpha) {
            let state = &self.state;
            let pen = Pen {
                matrix: state.ctm,
                width: state.line_width,
                lightness: state.stroke.over_paper(state.stroke_alpha).lightness,
            };
            self.path.stroke(pen, self.area(), &mut self.marks.ink);
        }
        self.end_path();
    }

    fn fill_path(&mut self, inside: Inside) {
        if !self.is_shown(self.state.fill_alpha) {
            return;
        }
        let paint = self.state.fill.over_paper(self.state.fill_alpha);
        let mut has_others = false;
        for shape in self.path.shapes(inside) {
            match shape {
                Shape::Rectangle(rect) => self.fill_rectangle(rect, paint),
                Shape::Other(bounds) => {
                    has_others |= !self.paint_through_text(bounds, paint);
                    if !has_others {
                        continue;
                    }
                    if let Some(rect) = bounds.intersection(self.area()) {
                        self.backdrop.fill(rect, Paint::UNKNOWN, 0);
                    }
                }
            }
        }
        if has_others {
            self.path.edges(self.area(), &mut self.marks.ink);
        }
    }

    pub(crate) fn fill_rectangle(&mut self, rect: Rect, paint: Paint) {
        let visible = rect.intersection(self.area());
        if let Some(rect) = visible.filter(|_| self.is_shown(self.state.fill_alpha)) {
            if self.paint_through_text(rect, paint) {
                return;
            }
            let is_known = paint.rgb.is_some();
            let over = if is_known {
                self.covered_glyphs(self.state.fill_alpha)
            } else {
                0
            };
            self.backdrop.fill(rect, paint, over);
            self.marks.ink.push(Ink::Fill {
                rect,
                lightness: paint.lightness,
            });
        }
    }

    /// How many of the glyphs painted so far an area hides that is painted now.
    fn covered_glyphs(&self, alpha: f32) -> u32 {
        let replaces = alpha >= 1.0 && self.state.replaces && self.state.clip_is_exact;
        if replaces {
            self.marks.glyphs.len() as u32
        } else {
            0
        }
    }

    /// Hides the glyphs that lie wholly under what was painted after them.
    pub(crate) fn cover(&mut self) {
        for (at, glyph) in (0u32..).zip(&mut self.marks.glyphs) {
            if glyph.visibility != Visibility::Visible {
                continue;
            }
            let (direction, shape) = (Direction::of(glyph), EmBox::of(glyph));
            let inside = |part: f32, from: f32, to: f32| from + part * (to - from);
            let hidden = [0.2, 0.5, 0.8].into_iter().all(|along| {
                [0.25, 0.75].into_iter().all(|across| {
                    let point = direction.point(
                        inside(along, shape.start, shape.end),
                        inside(across, shape.top, shape.bottom),
                    );
                    self.backdrop.covers(point, at)
                })
            });
            if hidden {
                glyph.visibility = Visibility::Covered;
            }
        }
    }

    fn end_path(&mut self) {
        if let Some(inside) = self.clip_after.take().filter(|_| !self.path.is_empty()) {
            let is_box = matches!(
                self.path.shapes(Inside::NonZeroWinding).as_slice(),
                [Shape::Rectangle(_)]
            );
            if !is_box {
                let narrowed = self.clips.narrow(self.state.clip_shape, &self.path, inside);
                (self.state.clip_shape, self.state.clip_is_exact) = (narrowed, false);
            }
            self.clip_to(self.path.bounds());
        }
        self.path.clear();
    }

    /// Applies a colour operator; whether it was one.
    pub(crate) fn apply_colour(&mut self, operator: &[u8], operation: &Operation<'_>) -> bool {
        let space = match operator {
            b"g" | b"G" => Space::Gray,
            b"rg" | b"RG" => Space::Rgb,
            b"k" | b"K" => Space::Cmyk,
            b"cs" | b"CS" => operation
                .name()
                .map_or(Space::Other, |name| self.spaces.named(name, self.resources)),
            b"sc" | b"scn" => self.state.fill_space,
            b"SC" | b"SCN" => self.state.stroke_space,
            _ => return false,
        };
        let mut components = [0.0; 32];
        let mut count = 0;
        for operand in operation.operands.iter().take(components.len()) {
            if let (Operand::Number(number), Some(slot)) = (operand, components.get_mut(count)) {
                *slot = *number;
                count += 1;
            }
        }
        let paint = match operator {
            b"cs" | b"CS" => self.spaces.initial(space),
            _ if operation.last_name().is_some() => {
                self.use_pattern(operation);
                Paint::UNKNOWN
            }
            _ => self
                .spaces
                .paint(space, components.get(..count).unwrap_or_default()),
        };
        let strokes = operator.first().is_some_and(u8::is_ascii_uppercase);
        let target = if strokes {
            (&mut self.state.stroke, &mut self.state.stroke_space)
        } else {
            (&mut self.state.fill, &mut self.state.fill_space)
        };
        (*target.0, *target.1) = (paint, space);
        true
    }

    /// Narrows the clip.
    pub(crate) fn clip_to(&mut self, rect: Rect) {
        self.state.clip = self.state.clip.intersection(rect).unwrap_or(NOWHERE);
    }

    pub(crate) fn is_shown(&self, alpha: f32) -> bool {
        self.hidden == 0 && alpha > 0.0
    }
}
