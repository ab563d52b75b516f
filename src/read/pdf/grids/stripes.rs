//! Shaded rows of a table without rules -> the grid of all its rows, shaded or not.
//!
//! Table styles shade the heading and every second row, and draw nothing else.

use crate::read::pdf::grids::aligned::{self, Level};
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::lattice::grid_of;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::grids::tables::Scene;
use crate::read::pdf::grids::unruled::{self, Doubt};
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{CLEAR, HANG, LINES_APART, MEET, NEAR_ROW, NEAR_STRIPE, SEVERAL};
use crate::sheet::Proposer;

/// Puts shaded rows together that begin and end together, one below the other; the others stay.
pub(crate) fn join(mut grids: Vec<GridShape>, scene: &Scene<'_>) -> Vec<GridShape> {
    let texts = scene.texts;
    grids.sort_by(|a, b| {
        let (a, b) = (a.rect, b.rect);
        a.left
            .total_cmp(&b.left)
            .then(a.right.total_cmp(&b.right))
            .then(a.top.total_cmp(&b.top))
    });
    let meet = MEET * texts.em;
    let level = |a: &GridShape, b: &GridShape| {
        (a.rect.left - b.rect.left).abs() <= meet && (a.rect.right - b.rect.right).abs() <= meet
    };
    let stacks = grids.chunk_by(level);
    let mut joined = Vec::with_capacity(grids.len());
    for stack in stacks {
        match table(stack, texts).filter(scene.holds) {
            Some(grid) => joined.push(grid),
            None => joined.extend(stack.iter().cloned()),
        }
    }
    joined
}

/// The grid of a stack of shaded rows with others between them.
fn table(stack: &[GridShape], texts: &Texts) -> Option<GridShape> {
    let mut stripes: Vec<Rect> = stack.iter().map(|grid| grid.rect).collect();
    stripes.sort_by(|a, b| a.top.total_cmp(&b.top));
    let highest = stripes
        .iter()
        .map(|stripe| stripe.bottom - stripe.top)
        .fold(0.0, f32::max);
    let follows = |pair: &[Rect]| match pair {
        [a, b] => (HANG * texts.em..=NEAR_ROW * highest).contains(&(b.top - a.bottom)),
        _ => true,
    };
    if stripes.len() < SEVERAL || !stripes.windows(2).all(follows) {
        return None;
    }
    let area = stripes.iter().copied().reduce(Rect::joined)?;
    let across = |at: f32| Rule::across(at, area);
    let mut horizontal: Vec<Rule> = stripes
        .iter()
        .flat_map(|stripe| [across(stripe.top), across(stripe.bottom)])
        .collect();
    let rows = stack.iter().flat_map(|grid| &grid.cells);
    horizontal.extend(rows.map(|cell| across(cell.rect.top)));
    let rows = unruled::between(&horizontal, &texts.inside(area));
    let between = match painted_columns(stack, MEET * texts.em) {
        Some(between) => between,
        None => columns_by_text(rows, area, texts),
    };
    if between.is_empty() {
        return None;
    }
    let mut top = area;
    for _ in 0..SEVERAL {
        let Some(row) = above(top, &between, texts) else {
            break;
        };
        horizontal.push(across(row));
        top.top = row;
    }
    horizontal.extend(below(area, &between, texts).map(across));
    let (top, bottom) = horizontal
        .iter()
        .fold((area.top, area.bottom), |all, rule| {
            (all.0.min(rule.at), all.1.max(rule.at))
        });
    let area = Rect {
        top,
        bottom,
        ..area
    };
    let vertical = [area.left, area.right].into_iter().chain(between);
    grid_of(&Component {
        vertical: vertical.map(|at| Rule::down(at, area)).collect(),
        horizontal,
        ..Component::new(texts.em, Proposer::Striped)
    })
}

/// Where columns part, if the shading of each row's cells shows it: all rows are divided there, or some of their cells
/// span several columns.
fn painted_columns(stack: &[GridShape], meet: f32) -> Option<Vec<f32>> {
    let divided = stack.iter().max_by_key(|grid| grid.columns)?;
    let between = divided.columns_part();
    let is_there = |at: &f32| between.iter().any(|other| (at - other).abs() <= meet);
    let agree = |grid: &GridShape| grid.columns_part().iter().all(is_there);
    let several = stack.iter().filter(|grid| grid.columns > 1);
    (several.count() * 2 > stack.len() && stack.iter().all(agree)).then_some(between)
}

/// Where columns part by the text of these rows, and of the headings above them if those keep to columns too.
fn columns_by_text(mut rows: Vec<Vec<Rect>>, area: Rect, texts: &Texts) -> Vec<f32> {
    let parted = |rows: &[Vec<Rect>], area: Rect| {
        let doubt = Doubt::Refuses(texts.spaces(area));
        let between: Vec<f32> = unruled::middles(&unruled::parted(rows, &doubt)).collect();
        between
    };
    let between = parted(&rows, area);
    let Some(heading) = level_above(area, texts) else {
        return between;
    };
    let top = heading.top.min(area.top);
    rows.insert(0, heading.boxes);
    let headed = parted(&rows, Rect { top, ..area });
    if headed.len() >= between.len() {
        headed
    } else {
        between
    }
}

/// The text right above an area, as far as its lines stand beside each other.
pub(super) fn level_above(area: Rect, texts: &Texts) -> Option<Level> {
    let boxes = texts.inside(Rect {
        top: area.top - (area.bottom - area.top),
        bottom: area.top,
        ..area
    });
    let em = aligned::em_of(&boxes);
    let level = aligned::levels(boxes, em).pop();
    level.filter(|level| area.top - level.bottom <= NEAR_STRIPE * em)
}

/// The text right below an area, likewise.
pub(super) fn level_below(area: Rect, texts: &Texts) -> Option<Level> {
    let boxes = texts.inside(Rect {
        top: area.bottom,
        bottom: area.bottom + (area.bottom - area.top),
        ..area
    });
    let em = aligned::em_of(&boxes);
    let level = aligned::levels(boxes, em).into_iter().next();
    level.filter(|level| level.top - area.bottom <= NEAR_STRIPE * em)
}

/// The top of the row above the first stripe, if its text stands in these columns.
pub(super) fn above(area: Rect, between: &[f32], texts: &Texts) -> Option<f32> {
    let reach = area.bottom - area.top;
    let boxes = texts.inside(Rect {
        top: area.top - reach,
        bottom: area.top,
        ..area
    });
    let em = aligned::em_of(&boxes);
    let levels = aligned::levels(boxes, em).into_iter().rev();
    let row = row(levels, em, between, |level, end| match end {
        None => (area.top - level.bottom, level.top),
        Some(end) => (end - level.bottom, level.top),
    })?;
    Some(row.min(area.top) - (area.top - row).max(0.0) * CLEAR)
}

/// The bottom of the row below the last stripe, if its text stands in these columns.
pub(super) fn below(area: Rect, between: &[f32], texts: &Texts) -> Option<f32> {
    let reach = area.bottom - area.top;
    let boxes = texts.inside(Rect {
        top: area.bottom,
        bottom: area.bottom + reach,
        ..area
    });
    let em = aligned::em_of(&boxes);
    let levels = aligned::levels(boxes, em).into_iter();
    let row = row(levels, em, between, |level, end| match end {
        None => (level.top - area.bottom, level.bottom),
        Some(end) => (level.top - end, level.bottom),
    })?;
    Some(row.max(area.bottom) + (row - area.bottom).max(0.0) * CLEAR)
}

/// Where the text ends that goes on from an edge without white, if it stands in several columns and across none of the
/// positions between them. Of a level and the end of the one before it, `from` gives the white between and its own end.
fn row(
    levels: impl Iterator<Item = Level>,
    em: f32,
    between: &[f32],
    from: impl Fn(&Level, Option<f32>) -> (f32, f32),
) -> Option<f32> {
    let (mut end, mut seen) = (None, vec![false; between.len() + 1]);
    let first = |glyph: &Rect| between.first().is_none_or(|&at| glyph.right < at);
    let end_of_first = |level: &Level| {
        let inside = level.boxes.iter().filter(|glyph| first(glyph));
        inside.map(|glyph| glyph.right).reduce(f32::max)
    };
    let mut entry: Option<(f32, f32)> = None;
    for level in levels {
        let (white, far) = from(&level, end);
        let near = if end.is_none() {
            NEAR_STRIPE
        } else {
            LINES_APART
        };
        if white > near * em || level.stands_across(between, CLEAR * em) {
            break;
        }
        if let Some(right) = end_of_first(&level) {
            // Of two entries of the first column the lower one is the rest of the upper one only where that is full.
            let upper = entry.filter(|other| other.0 < level.top);
            let upper = upper.map_or(right, |other| other.1);
            let is_full = between
                .first()
                .is_some_and(|&at| upper > at - NEAR_STRIPE * em);
            if entry.is_some() && !is_full {
                break;
            }
            entry = Some((level.top, right));
        }
        for glyph in &level.boxes {
            let column = between.partition_point(|&at| at < glyph.left);
            *seen.get_mut(column)? = true;
        }
        end = Some(far);
    }
    let several = seen.iter().filter(|seen| **seen).count() > 1;
    end.filter(|_| several)
}
