//! Runs outside grids -> parts of the page in reading order: running text, and text set in columns.

use crate::read::pdf::direction::{Direction, EmBox};
use crate::read::pdf::lines::runs::Run;
use crate::read::pdf::marks::Marks;

/// Lines on each side from which on they are columns: a list of labels and values has fewer full ones.
const LINES: usize = 6;
/// The white between two columns, in ems of their text.
const GUTTER: f32 = 1.2;
/// The part of a left column's lines that reach its edge; the entries of a list end anywhere.
const FULL_LINES: f32 = 0.4;
/// White across both columns of this many ems ends them.
const APART: f32 = 3.0;
/// Lines that end together from which on they show an edge.
const ENDS: usize = 4;
/// A column of running text is at least this many ems wide; one of a list is narrower.
const WIDTH: f32 = 12.0;

/// Columns are parted so often: more than eight stand on no page.
const MOST_PARTED: usize = 2;

/// A part of a page's text.
#[derive(Debug)]
pub(crate) enum Part {
    /// Lines over the page's width.
    Wide(Vec<Run>),
    /// Two columns or more, left to right: the text goes on from one to the next.
    Columns(Vec<Vec<Run>>),
}

/// A run with its extent.
struct Placed {
    run: Run,
    shape: EmBox,
}

/// Splits the runs outside grids where they are set in columns.
pub(crate) fn split(marks: &Marks, runs: Vec<Run>) -> Vec<Part> {
    let (mut placed, mut others) = (Vec::with_capacity(runs.len()), Vec::new());
    for run in runs {
        match extent(marks, &run).filter(|_| run.direction == Direction::Right) {
            Some(shape) => placed.push(Placed { run, shape }),
            None => others.push(run),
        }
    }
    placed.sort_by(|a, b| {
        a.shape
            .top
            .total_cmp(&b.shape.top)
            .then(a.shape.start.total_cmp(&b.shape.start))
    });
    let found = edge(&placed).and_then(|edge| Some((edge, range(&placed, edge)?)));
    let Some((edge, (first, end))) = found else {
        others.extend(placed.into_iter().map(|placed| placed.run));
        return vec![Part::Wide(others)];
    };
    let below = placed.split_off(end);
    let beside = placed.split_off(first);
    others.extend(runs_of(placed));
    vec![
        Part::Wide(others),
        Part::Columns(parted(beside, edge, MOST_PARTED)),
        Part::Wide(runs_of(below)),
    ]
}

/// The columns on both sides of an edge; a side that consists of columns itself is parted in turn.
fn parted(placed: Vec<Placed>, edge: f32, depth: usize) -> Vec<Vec<Run>> {
    let (left, right): (Vec<Placed>, Vec<Placed>) = placed
        .into_iter()
        .partition(|placed| placed.shape.start < edge);
    let sides = [left, right].into_iter();
    sides
        .flat_map(|side| {
            let found = self::edge(&side).filter(|&edge| {
                depth > 0 && range(&side, edge).is_some_and(|range| range == (0, side.len()))
            });
            match found {
                Some(edge) => parted(side, edge, depth - 1),
                None => vec![runs_of(side)],
            }
        })
        .collect()
}

fn runs_of(placed: Vec<Placed>) -> Vec<Run> {
    placed.into_iter().map(|placed| placed.run).collect()
}

fn extent(marks: &Marks, run: &Run) -> Option<EmBox> {
    let glyphs = run
        .glyphs
        .iter()
        .filter_map(|&at| marks.glyphs.get(at as usize))
        .map(EmBox::of);
    glyphs.reduce(|all, shape| EmBox {
        start: all.start.min(shape.start),
        end: all.end.max(shape.end),
        ..all
    })
}

/// The position in the page's middle where most runs end.
fn edge(placed: &[Placed]) -> Option<f32> {
    let start = placed
        .iter()
        .map(|placed| placed.shape.start)
        .min_by(f32::total_cmp)?;
    let end = placed
        .iter()
        .map(|placed| placed.shape.end)
        .max_by(f32::total_cmp)?;
    let middle = start + 0.3 * (end - start)..start + 0.7 * (end - start);
    let mut ends: Vec<(f32, f32)> = placed
        .iter()
        .map(|placed| (placed.shape.end, placed.shape.bottom - placed.shape.top))
        .filter(|(end, _)| middle.contains(end))
        .collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut best: Option<(usize, f32)> = None;
    let mut first = 0;
    for (index, &(end, size)) in ends.iter().enumerate() {
        while ends.get(first).is_some_and(|(other, _)| end - other > size) {
            first += 1;
        }
        if best.is_none_or(|(most, _)| index + 1 - first >= most) {
            best = Some((index + 1 - first, end));
        }
    }
    best.filter(|&(count, _)| count >= ENDS).map(|(_, end)| end)
}

/// The longest range of runs, from top to bottom, that keep clear of the white beside an edge and stand on
/// both sides of it like columns.
fn range(placed: &[Placed], edge: f32) -> Option<(usize, usize)> {
    let crosses = |placed: &Placed| {
        let size = placed.shape.bottom - placed.shape.top;
        placed.shape.start < edge + GUTTER * size && placed.shape.end > edge + 0.2 * size
    };
    let mut best: Option<(usize, usize)> = None;
    let mut first = 0;
    for index in 0..=placed.len() {
        if placed.get(index).is_none_or(crosses) {
            if best.is_none_or(|(from, to)| index - first > to - from) {
                best = Some((first, index));
            }
            first = index + 1;
        }
    }
    let (mut first, mut end) = best?;
    // A title or date above the columns stands on one side only.
    let right_top = placed
        .get(first..end)?
        .iter()
        .filter(|p| p.shape.start >= edge)
        .map(|p| p.shape.top)
        .next()?;
    while placed
        .get(first)
        .is_some_and(|p| p.shape.bottom < right_top)
    {
        first += 1;
    }
    // So does a closing line below them, apart from the rest.
    let mut bottom = f32::NEG_INFINITY;
    for (index, p) in placed.iter().enumerate().take(end).skip(first) {
        if index > first && p.shape.top - bottom > APART * (p.shape.bottom - p.shape.top) {
            end = index;
            break;
        }
        bottom = bottom.max(p.shape.bottom);
    }
    let beside = placed.get(first..end)?;
    let lines = |side: &dyn Fn(&&Placed) -> bool| {
        let mut tops: Vec<i32> = beside
            .iter()
            .filter(side)
            .map(|placed| placed.shape.top.round() as i32)
            .collect();
        tops.dedup();
        tops.len()
    };
    let (left, right) = (
        lines(&|p| p.shape.start < edge),
        lines(&|p| p.shape.start >= edge),
    );
    let full =
        lines(&|p| p.shape.start < edge && edge - p.shape.end <= p.shape.bottom - p.shape.top);
    let wide = beside
        .iter()
        .any(|p| edge - p.shape.start >= WIDTH * (p.shape.bottom - p.shape.top));
    (wide && left >= LINES && right >= LINES && full as f32 >= FULL_LINES * left as f32)
        .then_some((first, end))
}
