//! Paths -> ink: strokes, filled rectangles, and the rest (ISO 32000-1 §8.5).

mod outline;

use crate::read::pdf::content::graphics::{Matrix, finite};
use crate::read::pdf::marks::{Ink, Point, Rect};
pub(crate) use outline::Outline;

/// Points that differ by less than this stand on one line: a tenth of the thinnest rule that is printed.
const LEVEL: f32 = 0.02;
/// A side of a polygon that leaves its axis by more than this is slanted.
const SLANT: f32 = 0.6;
/// Borders are at most this thick.
const THICKEST: f32 = 5.0;
/// Contours in a rectangle at most; more are a pattern or drawn characters.
const MOST_CONTOURS: usize = 16;
/// Pieces of one path at most.
const MOST_PIECES: usize = 2_000_000;

/// The path under construction, on the displayed page.
#[derive(Default)]
pub(crate) struct Path {
    subpaths: Vec<Subpath>,
    points: Vec<Point>,
    /// The control points of curves, by the point that a curve ends in.
    controls: Vec<(usize, [Point; 2])>,
    /// Where the next piece starts.
    pub(crate) current: Point,
    /// The current point in user space: curves are given relative to it.
    pub(crate) current_user: (f64, f64),
}

/// A subpath: a range of the path's points, the first of them its start.
#[derive(Clone, Copy)]
struct Subpath {
    start: usize,
    end: usize,
    closed: bool,
    /// Whether a piece of it is a curve.
    curved: bool,
}

/// Which points a fill takes for inside (ISO 32000-1 §8.5.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inside {
    NonZeroWinding,
    EvenOdd,
}

/// What strokes are drawn with.
#[derive(Clone, Copy)]
pub(crate) struct Pen {
    /// User space -> the displayed page: stretches the line's width, too.
    pub(crate) matrix: Matrix,
    /// Line width in user space.
    pub(crate) width: f64,
    pub(crate) lightness: f32,
}

impl Pen {
    /// The width in points of a stroke between two points of the page: what the stretched pen measures across it.
    fn across(self, from: Point, to: Point) -> f32 {
        let (dx, dy) = (f64::from(to.x - from.x), f64::from(to.y - from.y));
        let length = dx.hypot(dy);
        if length <= 0.0 {
            return finite(self.width * self.matrix.scale());
        }
        let (across_x, across_y) = (-dy / length, dx / length);
        let matrix = self.matrix;
        let along_a = matrix.a * across_x + matrix.b * across_y;
        let along_b = matrix.c * across_x + matrix.d * across_y;
        finite(self.width * along_a.hypot(along_b))
    }
}

/// A filled shape.
pub(crate) enum Shape {
    /// An upright rectangle, painted whole.
    Rectangle(Rect),
    /// Anything else, with its bounding box and its edges.
    Other(Rect),
}

impl Path {
    pub(crate) fn clear(&mut self) {
        self.subpaths.clear();
        self.points.clear();
        self.controls.clear();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Begins a subpath.
    pub(crate) fn move_to(&mut self, point: Point) {
        if self.points.len() >= MOST_PIECES {
            return;
        }
        // A subpath of one point paints nothing; the last of several moves counts.
        if let Some(last) = self
            .subpaths
            .last()
            .filter(|last| last.end - last.start == 1 && !last.closed)
        {
            self.points.truncate(last.start);
            self.subpaths.pop();
        }
        let start = self.points.len();
        self.points.push(point);
        self.subpaths.push(Subpath {
            start,
            end: start + 1,
            closed: false,
            curved: false,
        });
        self.current = point;
    }

    /// Adds a straight piece.
    pub(crate) fn line_to(&mut self, point: Point) {
        let _ = self.extend(point, false);
    }

    /// Adds a curve: rules need its end only, clips where it bends.
    pub(crate) fn curve_to(&mut self, controls: [Point; 2], point: Point) {
        let straight = controls
            .iter()
            .all(|control| on_segment(*control, self.current, point));
        let end = self.extend(point, !straight);
        if let Some(end) = end.filter(|_| !straight) {
            self.controls.push((end, controls));
        }
    }

    /// Adds a point; which one of all it is.
    fn extend(&mut self, point: Point, curved: bool) -> Option<usize> {
        if self.points.len() >= MOST_PIECES {
            return None;
        }
        if self.subpaths.last().is_none_or(|last| last.closed) {
            let from = self.current;
            self.move_to(from);
        }
        self.points.push(point);
        if let Some(last) = self.subpaths.last_mut() {
            last.end = self.points.len();
            last.curved |= curved;
        }
        self.current = point;
        self.points.len().checked_sub(1)
    }

    /// Closes the subpath.
    pub(crate) fn close(&mut self) {
        if let Some(last) = self.subpaths.last_mut() {
            last.closed = true;
            if let Some(start) = self.points.get(last.start) {
                self.current = *start;
            }
        }
    }

    fn points_of(&self, subpath: Subpath) -> &[Point] {
        self.points
            .get(subpath.start..subpath.end)
            .unwrap_or_default()
    }

    /// A box around the whole path: its corners and the points that its curves bend towards, which hold them.
    pub(crate) fn bounds(&self) -> Rect {
        let bends = self.controls.iter().flat_map(|(_, controls)| controls);
        bends.fold(Rect::around(&self.points), |rect, bend| {
            rect.joined(Rect::around(&[*bend]))
        })
    }

    /// Strokes the path: each straight piece with its width in points.
    pub(crate) fn stroke(&self, pen: Pen, area: Rect, ink: &mut Vec<Ink>) {
        for subpath in &self.subpaths {
            let points = self.points_of(*subpath);
            let is_shape = subpath.curved || is_slanted(points);
            let closing = match (points.first(), points.last()) {
                (Some(first), Some(last)) if subpath.closed && first != last => {
                    Some((*last, *first))
                }
                _ => None,
            };
            let pieces = points
                .windows(2)
                .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
            for (from, to) in pieces.chain(closing) {
                let width = pen.across(from, to);
                let Some((from, to)) = clipped(from, to, width / 2.0, area) else {
                    continue;
                };
                ink.push(if is_shape {
                    Ink::Other { from, to }
                } else {
                    Ink::Stroke {
                        from,
                        to,
                        width,
                        lightness: pen.lightness,
                    }
                });
            }
        }
    }

    /// The shapes that filling the path paints, in the order of its subpaths. Rectangles that stand one inside
    /// the other with a hole between, whichever is drawn first, give the frame's four sides.
    pub(crate) fn shapes(&self, inside: Inside) -> Vec<Shape> {
        let mut shapes = Vec::with_capacity(self.subpaths.len());
        let mut subpaths = self.subpaths.iter().peekable();
        while let Some(subpath) = subpaths.next() {
            let points = self.points_of(*subpath);
            if points.len() < 2 {
                continue;
            }
            let Some(first) = rectangle(points, subpath.curved) else {
                shapes.push(Shape::Other(Rect::around(points)));
                continue;
            };
            let holes = self.contours_inside(first, subpaths.clone());
            if holes > 0 {
                let contours: Vec<&[Point]> = std::iter::once(subpath)
                    .chain(subpaths.by_ref().take(holes))
                    .map(|subpath| self.points_of(*subpath))
                    .collect();
                shapes.extend(painted(&contours, inside).map(Shape::Rectangle));
                continue;
            }
            let sides = subpaths.peek().and_then(|next| {
                let next_points = self.points_of(**next);
                let second = rectangle(next_points, next.curved)?;
                let cut = inside == Inside::EvenOdd || turn(points) * turn(next_points) < 0.0;
                cut.then(|| frame_of(first, second)).flatten()
            });
            if let Some(sides) = sides {
                subpaths.next();
                shapes.extend(sides.map(Shape::Rectangle));
            } else {
                shapes.push(Shape::Rectangle(first));
            }
        }
        shapes
    }

    /// How many of the next contours lie in a rectangle, if they are not one rectangle alone: then the rule of the fill
    /// tells what is painted.
    fn contours_inside<'a>(&self, outer: Rect, next: impl Iterator<Item = &'a Subpath>) -> usize {
        let is_inside = |subpath: &&Subpath| {
            let points = self.points_of(**subpath);
            points.len() > 2 && !subpath.curved && strictly_inside(Rect::around(points), outer)
        };
        let inside: Vec<&Subpath> = next.take(MOST_CONTOURS + 1).take_while(is_inside).collect();
        let is_rectangle = |subpath: &Subpath| rectangle(self.points_of(*subpath), false).is_some();
        match inside.as_slice() {
            [one] if is_rectangle(one) => 0,
            all if all.len() > MOST_CONTOURS => 0,
            all => all.len(),
        }
    }

    /// The straight edges of all subpaths, for drawing shapes that are no rectangles.
    pub(crate) fn edges(&self, clip: Rect, ink: &mut Vec<Ink>) {
        for subpath in &self.subpaths {
            let points = self.points_of(*subpath);
            if rectangle(points, subpath.curved).is_some() {
                continue;
            }
            // A fill closes what it fills (ISO 32000-1 §8.5.3.1).
            let (first, last) = (points.first(), points.last());
            let closing = first.zip(last).filter(|(first, last)| first != last);
            let edges = points
                .windows(2)
                .filter_map(|pair| pair.first().zip(pair.get(1)));
            for (from, to) in edges.chain(closing.map(|(first, last)| (last, first))) {
                if let Some((from, to)) = clipped(*from, *to, 0.0, clip) {
                    ink.push(Ink::Other { from, to });
                }
            }
        }
    }
}

/// The upright rectangle that a subpath's points are the corners of: `re`, or `m l l l` with or without a
/// closing line; two points are a rectangle of no width, which paints a hairline (ISO 32000-1 §8.5.3.3.1).
fn rectangle(points: &[Point], curved: bool) -> Option<Rect> {
    if curved {
        return None;
    }
    let points = match points {
        [all @ .., last]
            if all.len() >= 4 && points.first().is_some_and(|first| near(*first, *last)) =>
        {
            all
        }
        all => all,
    };
    let level = |a: Point, b: Point| (a.y - b.y).abs() < LEVEL;
    let plumb = |a: Point, b: Point| (a.x - b.x).abs() < LEVEL;
    let upright = match points {
        [a, b] => level(*a, *b) || plumb(*a, *b),
        [a, b, c, d] => {
            level(*a, *b) && plumb(*b, *c) && level(*c, *d) && plumb(*d, *a)
                || plumb(*a, *b) && level(*b, *c) && plumb(*c, *d) && level(*d, *a)
        }
        _ => false,
    };
    (upright || is_mitred(points)).then(|| Rect::around(points))
}

/// Whether four corners are those of a border whose ends are cut where it meets another: two sides are upright, as
/// near as a border is thick, and the others lead from one to the other at half a right angle at most.
fn is_mitred(points: &[Point]) -> bool {
    let [a, b, c, d] = points else { return false };
    let along = |[a, b, c, d]: [(f32, f32); 4]| {
        let thickness = (a.1 - c.1).abs();
        let ends = [(a.0 - d.0).abs(), (b.0 - c.0).abs()];
        (a.1 - b.1).abs() < LEVEL
            && (c.1 - d.1).abs() < LEVEL
            && (LEVEL..=THICKEST).contains(&thickness)
            && ends.iter().all(|end| *end <= thickness + LEVEL)
            && (a.0 - b.0).abs() > 2.0 * thickness
    };
    let across = |p: &Point| (p.x, p.y);
    let down = |p: &Point| (p.y, p.x);
    [across, down]
        .iter()
        .any(|seen: &fn(&Point) -> (f32, f32)| {
            along([a, b, c, d].map(seen)) || along([b, c, d, a].map(seen))
        })
}

/// Whether some side of a polygon is slanted: an arrow, a call-out, a triangle. A table's rules that are drawn in one go
/// are all upright.
fn is_slanted(points: &[Point]) -> bool {
    let slanted = |pair: &[Point]| match pair {
        [a, b] => (a.x - b.x).abs() > SLANT && (a.y - b.y).abs() > SLANT,
        _ => false,
    };
    points.len() > 2 && points.windows(2).any(slanted)
}

fn near(a: Point, b: Point) -> bool {
    (a.x - b.x).abs() < LEVEL && (a.y - b.y).abs() < LEVEL
}

/// Whether a control point lies on the segment, so that the curve is straight.
fn on_segment(control: Point, from: Point, to: Point) -> bool {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let cross = dx * (control.y - from.y) - dy * (control.x - from.x);
    cross.abs() <= LEVEL * (dx.abs() + dy.abs()).max(LEVEL)
}

/// Twice the signed area: which way round the points go.
fn turn(points: &[Point]) -> f32 {
    let next = points.iter().cycle().skip(1);
    points
        .iter()
        .zip(next)
        .map(|(a, b)| a.x * b.y - b.x * a.y)
        .sum()
}

/// What a fill paints of contours that lie one in the other, the outermost a rectangle: stretches from side to side of
/// some contours (ISO 32000-1 §8.5.3.3).
fn painted(contours: &[&[Point]], inside: Inside) -> impl Iterator<Item = Rect> + use<> {
    let outline = Outline::of(contours.iter().copied());
    let bounds: Vec<Rect> = contours.iter().map(|points| Rect::around(points)).collect();
    let sides = |of: fn(&Rect) -> [f32; 2]| {
        let mut sides: Vec<f32> = bounds.iter().flat_map(of).collect();
        sides.sort_by(f32::total_cmp);
        sides.dedup();
        sides
    };
    let (xs, ys) = (sides(|r| [r.left, r.right]), sides(|r| [r.top, r.bottom]));
    let mut rects: Vec<Rect> = Vec::new();
    for rows in ys.windows(2) {
        for columns in xs.windows(2) {
            let ([top, bottom], [left, right]) = (rows, columns) else {
                continue;
            };
            let middle = Point {
                x: f32::midpoint(*left, *right),
                y: f32::midpoint(*top, *bottom),
            };
            if !outline.contains(middle, inside) {
                continue;
            }
            let part = Rect {
                left: *left,
                top: *top,
                right: *right,
                bottom: *bottom,
            };
            let goes_on = |last: &Rect| {
                last.top.total_cmp(&part.top).is_eq() && last.right.total_cmp(&part.left).is_eq()
            };
            match rects.last_mut() {
                Some(last) if goes_on(last) => {
                    last.right = part.right;
                }
                _ => rects.push(part),
            }
        }
    }
    rects.into_iter()
}

fn strictly_inside(inner: Rect, outer: Rect) -> bool {
    outer.left < inner.left
        && inner.right < outer.right
        && outer.top < inner.top
        && inner.bottom < outer.bottom
}

/// The frame between two rectangles, if one stands inside the other.
fn frame_of(a: Rect, b: Rect) -> Option<[Rect; 4]> {
    if strictly_inside(b, a) {
        Some(frame(a, b))
    } else {
        strictly_inside(a, b).then(|| frame(b, a))
    }
}

/// The four sides of the frame between two rectangles.
fn frame(outer: Rect, inner: Rect) -> [Rect; 4] {
    [
        Rect {
            bottom: inner.top,
            ..outer
        },
        Rect {
            top: inner.bottom,
            ..outer
        },
        Rect {
            right: inner.left,
            ..outer
        },
        Rect {
            left: inner.right,
            ..outer
        },
    ]
}

/// The part of a segment inside the clip (Liang–Barsky); `reach` is how far a stroke reaches to either side.
pub(crate) fn clipped(from: Point, to: Point, reach: f32, clip: Rect) -> Option<(Point, Point)> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
    let length = dx.hypot(dy).max(f32::MIN_POSITIVE);
    let (room_x, room_y) = (reach * dy.abs() / length, reach * dx.abs() / length);
    let sides = [
        (-dx, from.x - clip.left + room_x),
        (dx, clip.right - from.x + room_x),
        (-dy, from.y - clip.top + room_y),
        (dy, clip.bottom - from.y + room_y),
    ];
    for (toward, distance) in sides {
        if toward == 0.0 {
            if distance < 0.0 {
                return None;
            }
        } else if toward < 0.0 {
            enter = enter.max(distance / toward);
        } else {
            leave = leave.min(distance / toward);
        }
    }
    if enter > leave || !enter.is_finite() || !leave.is_finite() {
        return None;
    }
    let at = |share: f32| Point {
        x: from.x + dx * share,
        y: from.y + dy * share,
    };
    Some((
        if enter > 0.0 { at(enter) } else { from },
        if leave < 1.0 { at(leave) } else { to },
    ))
}
