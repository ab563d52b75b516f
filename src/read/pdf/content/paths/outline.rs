//! Paths -> the polygons that they enclose, curves as chords (ISO 32000-1 §8.5.2.2, §8.5.3.3).

use super::{Inside, Path};
use crate::read::pdf::marks::Point;

/// Chords that a curve is taken for: those of a quarter circle lie within a two-hundredth of its radius.
const CHORDS: usize = 8;

/// The corners of a path; of curves, points that lie near each other on them.
pub(crate) struct Outline {
    pub(crate) points: Vec<Point>,
    /// Where each subpath ends.
    ends: Vec<usize>,
}

impl Outline {
    /// The outline of polygons.
    pub(super) fn of<'a>(polygons: impl Iterator<Item = &'a [Point]>) -> Self {
        let (mut points, mut ends) = (Vec::new(), Vec::new());
        for polygon in polygons {
            points.extend_from_slice(polygon);
            ends.push(points.len());
        }
        Self { points, ends }
    }

    /// Whether a point lies inside (ISO 32000-1 §8.5.3.3).
    pub(crate) fn contains(&self, at: Point, inside: Inside) -> bool {
        let (mut winding, mut start) = (0i32, 0);
        for &end in &self.ends {
            let corners = self.points.get(start..end).unwrap_or_default();
            start = end;
            for (a, b) in corners.iter().zip(corners.iter().cycle().skip(1)) {
                let crosses = (a.y <= at.y) != (b.y <= at.y);
                if crosses && a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x) > at.x {
                    winding += if a.y <= at.y { 1 } else { -1 };
                }
            }
        }
        match inside {
            Inside::NonZeroWinding => winding != 0,
            Inside::EvenOdd => winding % 2 != 0,
        }
    }
}

impl Path {
    /// Its corners, its curves as chords; `None` where these are more than `most`.
    pub(crate) fn outline(&self, most: usize) -> Option<Outline> {
        let count = self.points.len() + self.controls.len() * (CHORDS - 1);
        if count > most {
            return None;
        }
        let mut points = Vec::with_capacity(count);
        let mut controls = self.controls.iter().peekable();
        let mut ends = self.subpaths.iter().map(|subpath| subpath.end).peekable();
        let mut outline_ends = Vec::with_capacity(self.subpaths.len());
        for (at, point) in self.points.iter().enumerate() {
            if let Some((_, between)) = controls.next_if(|(end, _)| *end == at)
                && let Some(from) = points.last().copied()
            {
                points.extend(chord_ends(from, *between, *point));
            }
            points.push(*point);
            if ends.next_if_eq(&(at + 1)).is_some() {
                outline_ends.push(points.len());
            }
        }
        let ends = outline_ends;
        Some(Outline { points, ends })
    }
}

/// The points between the ends of a curve's chords (ISO 32000-1 §8.5.2.2).
fn chord_ends(from: Point, [first, second]: [Point; 2], to: Point) -> impl Iterator<Item = Point> {
    (1..CHORDS).map(move |step| {
        let along = step as f32 / CHORDS as f32;
        let rest = 1.0 - along;
        let shares = [
            (rest * rest * rest, from),
            (3.0 * rest * rest * along, first),
            (3.0 * rest * along * along, second),
            (along * along * along, to),
        ];
        Point {
            x: shares.iter().map(|(share, point)| share * point.x).sum(),
            y: shares.iter().map(|(share, point)| share * point.y).sum(),
        }
    })
}
