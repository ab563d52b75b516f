//! Pieces of curves and slanted shapes that lead back to where they began -> closed curves, and what of a table they are.
//!
//! Rules are drawn as round dots, and cells with rounded corners.

use crate::read::pdf::marks::{Ink, Point, Rect};
use crate::read::pdf::tolerance::{DOT, HALF, MOST, ROUND, ROUNDING, ROW_OF, THICKEST};

/// A closed curve, by the pieces of ink that it is drawn with.
pub(crate) struct Loop<'a> {
    pub rect: Rect,
    pieces: &'a [Ink],
}

/// What is drawn in several pieces that follow each other back to the first.
pub(crate) fn closed(ink: &[Ink], em: f32) -> Vec<Loop<'_>> {
    let near =
        |a: Point, b: Point| (a.x - b.x).abs() < ROUNDING * em && (a.y - b.y).abs() < ROUNDING * em;
    let mut loops = Vec::new();
    let mut open: Option<(usize, Point, Point, Rect)> = None;
    for (at, piece) in ink.iter().enumerate() {
        let Ink::Other { from, to } = *piece else {
            open = None;
            continue;
        };
        let around = Rect::around(&[from, to]);
        let (start, first, rect) = match open {
            Some((start, first, last, rect)) if near(last, from) => {
                (start, first, rect.joined(around))
            }
            _ => (at, from, around),
        };
        open = Some((start, first, to, rect));
        if near(first, to) && at > start && loops.len() < MOST {
            let pieces = ink.get(start..=at).unwrap_or_default();
            loops.push(Loop { rect, pieces });
            open = None;
        }
    }
    loops
}

/// The dots among closed curves that are painted one after the other, all of one size.
pub(super) fn dots(loops: &[Loop<'_>], em: f32) -> Vec<Rect> {
    let sides = |rect: Rect| (rect.right - rect.left, rect.bottom - rect.top);
    let is_dot = |rect: Rect| {
        let (width, height) = sides(rect);
        width.max(height) <= DOT * em && width.max(height) <= ROUND * width.min(height)
    };
    let are_alike = |a: &Loop<'_>, b: &Loop<'_>| {
        let (a, b) = (sides(a.rect), sides(b.rect));
        (a.0 - b.0).abs() < ROUNDING * em && (a.1 - b.1).abs() < ROUNDING * em
    };
    let alike = loops
        .chunk_by(are_alike)
        .filter(|dots| dots.len() >= ROW_OF);
    let rects = alike.flatten().map(|dot| dot.rect);
    rects.filter(|rect| is_dot(*rect)).collect()
}

/// The boxes with rounded corners among closed curves: each side is straight for the most part.
pub(super) fn rounded(loops: &[Loop<'_>], em: f32) -> Vec<Rect> {
    let is_box = |found: &&Loop<'_>| {
        let rect = found.rect;
        let (mut across, mut down) = ([0.0; 2], [0.0; 2]);
        for piece in found.pieces {
            let Ink::Other { from, to } = *piece else {
                continue;
            };
            let on = |a: f32, b: f32, side: f32| {
                (a - side).abs() < ROUNDING * em && (b - side).abs() < ROUNDING * em
            };
            for (length, side) in across.iter_mut().zip([rect.top, rect.bottom]) {
                if on(from.y, to.y, side) {
                    *length += (to.x - from.x).abs();
                }
            }
            for (length, side) in down.iter_mut().zip([rect.left, rect.right]) {
                if on(from.x, to.x, side) {
                    *length += (to.y - from.y).abs();
                }
            }
        }
        let most = |length: &f32, side: f32| *length > HALF * side;
        across
            .iter()
            .all(|length| most(length, rect.right - rect.left))
            && down
                .iter()
                .all(|length| most(length, rect.bottom - rect.top))
            && (rect.right - rect.left).min(rect.bottom - rect.top) > em
    };
    let boxes = loops.iter().filter(is_box).map(|found| found.rect);
    let boxes: Vec<Rect> = boxes.collect();
    // A border that is filled has an inner side, drawn right before or after the outer one.
    let is_inner = |inner: &Rect, outer: Option<&Rect>| {
        outer.is_some_and(|outer| {
            let apart = [
                inner.left - outer.left,
                inner.top - outer.top,
                outer.right - inner.right,
                outer.bottom - inner.bottom,
            ];
            apart
                .iter()
                .all(|apart| (0.0..=THICKEST * em).contains(apart))
        })
    };
    let outer = boxes.iter().enumerate().filter(|(at, rect)| {
        let before = at.checked_sub(1).and_then(|at| boxes.get(at));
        !is_inner(rect, before) && !is_inner(rect, boxes.get(at + 1))
    });
    outer.map(|(_, rect)| *rect).collect()
}
