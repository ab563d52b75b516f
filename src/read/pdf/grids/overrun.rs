//! A last row that the page's end cuts, with lines written on below its rules -> the row as far as its text goes.
//!
//! Spreadsheets draw a row's borders down to the end of the print area; the line that began there goes on below it.

use crate::read::pdf::grids::aligned::{self, Level};
use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::{
    BELOW_TEXT, CENTRED, CLEAR, INDENT, LINES_APART, MANY, MEET, PAGE_END, ROUNDING,
};

/// The component with the end of its open last row below the lines that go on there; `height` is that of the page.
pub(crate) fn reaching(mut component: Component, texts: &Texts, height: f32) -> Component {
    let ends = component.horizontal.iter().map(|rule| rule.at);
    let Some(bottom) = ends.max_by(f32::total_cmp) else {
        return component;
    };
    if !component.open_below || bottom < PAGE_END * height {
        return component;
    }
    let (meet, rounding) = (MEET * component.em, ROUNDING * component.em);
    let closing = |rule: &&Rule| (rule.at - bottom).abs() <= rounding;
    let Some((left, right)) = component
        .horizontal
        .iter()
        .filter(closing)
        .map(|rule| (rule.from, rule.to))
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    else {
        return component;
    };
    let down = component
        .vertical
        .iter()
        .filter(|rule| rule.to >= bottom - meet);
    let xs: Vec<f32> = down.map(|rule| rule.at).collect();
    let area = |top: f32, bottom: f32| Rect {
        left,
        top,
        right,
        bottom,
    };
    let last_row = above(&component, bottom);
    let inside = texts.inside(area(last_row, bottom));
    let em = aligned::em_of(&inside);
    let Some(end) = inside.iter().map(|glyph| glyph.bottom).reduce(f32::max) else {
        return component;
    };
    let levels = aligned::levels(texts.inside(area(bottom, f32::MAX)), em);
    let under = |level: &Level| begins_under(level, &inside, &xs, em);
    let Some(end) = goes_on(&levels, end, &xs, em).filter(|_| levels.first().is_some_and(under))
    else {
        return component;
    };
    let end = end + BELOW_TEXT * em;
    for rule in &mut component.horizontal {
        if (rule.at - bottom).abs() <= rounding {
            rule.at = end;
        }
    }
    for rule in &mut component.vertical {
        if rule.to >= bottom - meet {
            rule.to = end;
        }
    }
    component
}

/// Where the last row begins.
fn above(component: &Component, bottom: f32) -> f32 {
    let others = component.horizontal.iter().map(|rule| rule.at);
    let others = others.filter(|at| *at < bottom - MEET * component.em);
    others.fold(0.0, f32::max)
}

/// Whether a line below begins where the text of its column does, or has its middle: a page number stands anywhere.
fn begins_under(level: &Level, inside: &[Rect], xs: &[f32], em: f32) -> bool {
    let column = |x: f32| xs.iter().filter(|at| **at <= x).count();
    let extent = |boxes: &[Rect], at: usize| {
        let own = boxes.iter().filter(|glyph| column(glyph.left) == at);
        own.map(|glyph| (glyph.left, glyph.right))
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    let Some(at) = level.boxes.iter().map(|glyph| column(glyph.left)).min() else {
        return false;
    };
    let (below, above) = (extent(&level.boxes, at), extent(inside, at));
    below.zip(above).is_some_and(|(below, above)| {
        let middle = |(from, to): (f32, f32)| f32::midpoint(from, to);
        (below.0 - above.0).abs() <= INDENT * em
            || (middle(below) - middle(above)).abs() <= CENTRED * em
    })
}

/// Where the lines end that go on from `end` without white, each within a cell.
fn goes_on(levels: &[Level], end: f32, xs: &[f32], em: f32) -> Option<f32> {
    let is_near = |end: f32, level: &Level| level.top - end <= LINES_APART * em;
    let mut reached = None;
    for (at, level) in levels.iter().enumerate() {
        if !is_near(reached.unwrap_or(end), level) {
            break;
        }
        if at == MANY || level.stands_across(xs, -CLEAR * em) {
            return None;
        }
        reached = Some(level.bottom);
    }
    reached
}
