//! Rules through the middle of text -> the text is struck out (見え消し), not live.

use crate::read::pdf::direction::{Direction, EmBox};
use crate::read::pdf::grids::loops;
use crate::read::pdf::grids::rules::{Rule, Rules};
use crate::read::pdf::lines::runs::{is_white, text_of};
use crate::read::pdf::marks::{Glyph, Marks, Rect, Visibility};

/// A strike, or each of two, runs through this middle part of the characters' em box; an underline and a
/// rule that text overflows do not.
const MIDDLE: f32 = 0.26;
/// The same for letters that are no higher than an x: a rule closer to their top is one over them (x̄, a mean).
const BELOW_TOP: f32 = 0.4;
/// A strike stands over characters for this part of its length.
const OVER_TEXT: f32 = 0.8;
/// A strike reaches beyond its text by at most this many ems.
const BEYOND: f32 = 0.7;
/// A strike that is not drawn to the end still strikes a character if it reaches its middle.
const SLACK: f32 = 0.1;
/// A rule that meets another within this distance, in points, divides cells.
const MEETS: f32 = 1.0;
/// Closed curves that are looked at on a page; more are a picture's.
const CURVES: usize = 500;

/// Marks the glyphs that are struck through.
pub(crate) fn mark(marks: &mut Marks, rules: &Rules) {
    let mut lines: Vec<(f32, u32)> = (0u32..)
        .zip(&marks.glyphs)
        .filter(|(_, glyph)| {
            glyph.visibility == Visibility::Visible && Direction::of(glyph) == Direction::Right
        })
        .map(|(at, glyph)| (EmBox::of(glyph).top, at))
        .collect();
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let tallest = marks.glyphs.iter().map(|glyph| glyph.size);
    let tallest = tallest.fold(0.0, f32::max);
    let alone = |rule: &&Rule| !rules.vertical.iter().any(|other| meets(rule, other));
    let curves = loops::closed(&marks.ink, rules.em);
    let is_chord = |rule: &Rule| {
        let ends_on = |curve: &Rect| {
            is_on_ellipse(*curve, rule.from, rule.at) && is_on_ellipse(*curve, rule.to, rule.at)
        };
        curves.iter().take(CURVES).any(|curve| ends_on(&curve.rect))
    };
    let mut struck = Vec::new();
    for rule in rules.horizontal.iter().filter(alone) {
        if is_chord(rule) {
            continue;
        }
        let first = lines.partition_point(|(top, _)| *top < rule.at - tallest);
        let below = lines.get(first..).unwrap_or_default();
        let near = below.iter().take_while(|(top, _)| *top < rule.at);
        struck.extend(under(marks, *rule, near.map(|(_, at)| *at)));
    }
    for at in struck {
        if let Some(glyph) = marks.glyphs.get_mut(at as usize) {
            glyph.visibility = Visibility::Struck;
        }
    }
}

/// Whether a vertical rule touches or crosses a horizontal one.
fn meets(rule: &Rule, vertical: &Rule) -> bool {
    let along = rule.from - MEETS..=rule.to + MEETS;
    let across = vertical.from - MEETS..=vertical.to + MEETS;
    along.contains(&vertical.at) && across.contains(&rule.at)
}

/// Whether a point lies on the ellipse in a box: the rules of a date stamp (日付印) end on its circle.
fn is_on_ellipse(bounds: Rect, x: f32, y: f32) -> bool {
    let (wide, high) = (
        (bounds.right - bounds.left) / 2.0,
        (bounds.bottom - bounds.top) / 2.0,
    );
    let across = (x - bounds.left - wide) / wide;
    let down = (y - bounds.top - high) / high;
    let slack = (2.0 * MEETS / wide.min(high)).min(0.25);
    wide.min(high) > MEETS && (across.hypot(down) - 1.0).abs() <= slack
}

/// The glyphs that a rule strikes out; none if it is no strike.
fn under(marks: &Marks, rule: Rule, near: impl Iterator<Item = u32>) -> Vec<u32> {
    let (mut struck, mut size) = (Vec::new(), 0.0f32);
    let (mut covered, mut start, mut end) = (0.0, f32::MAX, f32::MIN);
    for at in near {
        let Some(glyph) = marks.glyphs.get(at as usize) else {
            continue;
        };
        let shape = EmBox::of(glyph);
        let (inset, slack) = (MIDDLE * glyph.size, SLACK * glyph.size);
        let above = if is_low(marks, glyph) {
            BELOW_TOP * glyph.size
        } else {
            inset
        };
        let through = shape.top + above < rule.at && rule.at < shape.bottom - inset;
        let middle = f32::midpoint(shape.start, shape.end);
        if through && rule.from - slack < middle && middle < rule.to + slack {
            struck.push(at);
            if !is_white(marks, glyph) {
                covered += shape.end - shape.start;
                (start, end) = (start.min(shape.start), end.max(shape.end));
                size = size.max(glyph.size);
            }
        }
    }
    let beyond = (start - rule.from).max(rule.to - end);
    let is_strike = covered >= OVER_TEXT * (rule.to - rule.from) && beyond <= BEYOND * size;
    if is_strike { struck } else { Vec::new() }
}

/// Whether a glyph is a Latin letter without ascender.
fn is_low(marks: &Marks, glyph: &Glyph) -> bool {
    text_of(marks, glyph)
        .chars()
        .all(|c| "acegmnopqrsuvwxyz".contains(c))
}
