//! Glyphs whose lines run at an angle to the page's sides -> texts, each on its straight line, and lines of these.

use crate::read::pdf::direction::Direction;
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::lines::{Piece, TextLine, finish};
use crate::read::pdf::marks::{Glyph, Marks, Point, Rect};

/// Text is at an angle where its lines leave the page's sides by more than this, as a tangent: six degrees. Scans and
/// what recognition adds to them are skewed by less.
const SLANT: f32 = 0.1;
/// What goes on with a text at an angle begins within so many ems after it, and as near to its line.
const GAP: f32 = 3.0;
const BESIDE: f32 = 0.5;

/// Whether a glyph's line runs at an angle to the page's sides.
pub(crate) fn is_slanted(glyph: &Glyph) -> bool {
    let (x, y) = (glyph.advance.x.abs(), glyph.advance.y.abs());
    x.min(y) > SLANT * x.max(y)
}

/// How far a point lies after a glyph's origin along the glyph's own line, and how far beside it, points.
pub(crate) fn along_and_beside(glyph: &Glyph, point: Point) -> (f32, f32) {
    let Point { x, y } = glyph.advance;
    let length = x.hypot(y).max(f32::MIN_POSITIVE);
    let (dx, dy) = (point.x - glyph.origin.x, point.y - glyph.origin.y);
    ((dx * x + dy * y) / length, (dy * x - dx * y) / length)
}

/// Texts on straight lines, each its glyphs in painting order.
pub(crate) fn texts(marks: &Marks, glyphs: &[u32]) -> Vec<Vec<u32>> {
    let mut texts: Vec<Vec<u32>> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for &at in glyphs {
        let Some(glyph) = marks.glyphs.get(at as usize) else {
            continue;
        };
        match texts.last_mut() {
            Some(text) if last.is_some_and(|last| follows(last, glyph)) => text.push(at),
            _ => texts.push(vec![at]),
        }
        last = Some(glyph);
    }
    texts
}

fn follows(last: &Glyph, glyph: &Glyph) -> bool {
    let size = last.size.max(glyph.size);
    let (along, beside) = along_and_beside(last, glyph.origin);
    let end = last.advance.x.hypot(last.advance.y);
    let (_, turned) = along_and_beside(last, end_of(glyph));
    (-0.5 * size..GAP * size).contains(&(along - end))
        && beside.abs() < BESIDE * size
        && turned.abs() < 2.0 * BESIDE * size
}

/// Where the next glyph would stand.
fn end_of(glyph: &Glyph) -> Point {
    Point {
        x: glyph.origin.x + glyph.advance.x,
        y: glyph.origin.y + glyph.advance.y,
    }
}

/// The middle of a glyph's em box, turned as it is.
pub(crate) fn middle(glyph: &Glyph) -> Point {
    let Point { x, y } = glyph.advance;
    let up = 0.35 * glyph.size / x.hypot(y).max(f32::MIN_POSITIVE);
    Point {
        x: glyph.origin.x + x / 2.0 + up * y,
        y: glyph.origin.y + y / 2.0 - up * x,
    }
}

/// A text as a line.
pub(crate) fn line(marks: &Marks, text: &[u32]) -> Option<TextLine> {
    let glyphs = || text.iter().filter_map(|&at| marks.glyphs.get(at as usize));
    let direction = Direction::of(glyphs().next()?);
    let boxes = glyphs().map(|glyph| {
        let middle = middle(glyph);
        let half = glyph.size / 2.0;
        Rect {
            left: middle.x - half,
            top: middle.y - half,
            right: middle.x + half,
            bottom: middle.y + half,
        }
    });
    let rect = boxes.reduce(Rect::joined)?;
    let pieces = text.iter().map(|&at| Piece::Glyph(at)).collect();
    let mut line = finish(marks, direction, pieces, (0.0, 0.0));
    line.rect = rect;
    Some(line)
}

/// Whether a line runs at an angle.
pub(crate) fn is_slanted_line(marks: &Marks, line: &TextLine) -> bool {
    let first = line.glyphs().next();
    let first = first.and_then(|at| marks.glyphs.get(at as usize));
    first.is_some_and(is_slanted)
}

/// Puts texts at an angle into the cells of grids – turned headings – where a whole text stands in one with no level text;
/// the others are lines outside.
pub(crate) fn place(
    marks: &Marks,
    slanted: &[u32],
    grids: &[GridShape],
    cells: &mut [Vec<Vec<TextLine>>],
) -> Vec<TextLine> {
    let home = |at: &u32| {
        let middle = middle(marks.glyphs.get(*at as usize)?);
        let mut numbered = grids.iter().enumerate();
        numbered.find_map(|(number, grid)| Some((number, grid.cell_at(middle)?)))
    };
    let mut outside = Vec::new();
    for text in texts(marks, slanted) {
        let Some(line) = line(marks, &text) else {
            continue;
        };
        let first = text.first().and_then(home);
        let whole = first.filter(|_| text.iter().all(|at| home(at) == first));
        let cell = whole.and_then(|(grid, cell)| cells.get_mut(grid)?.get_mut(cell));
        match cell.filter(|lines| lines.iter().all(|line| is_slanted_line(marks, line))) {
            Some(lines) => lines.push(line),
            None => outside.push(line),
        }
    }
    outside
}
