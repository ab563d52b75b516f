//! What is drawn over a table: boxes and arrows that cross its rules -> told apart from the rules.
//!
//! A table's rules end at each other, and so do the sides of its cells; what is laid over it crosses them.

use crate::read::pdf::grids::connected::{Component, MEET};
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::marks::{Ink, Point, Rect};

/// A rule that runs on so far on both sides of a box's side crosses it: less is a rule that runs on a little too far.
const CROSSES: f32 = 6.0;
/// Sides of a box, one of them in two.
const SIDES: usize = 5;
/// A side that leaves its axis by less is straight.
const UPRIGHT: f32 = 0.6;
/// Rules of a component that are looked at: where there are more, it is a drawing.
const RULES: usize = 4_000;

/// Which strokes are the sides of boxes that are laid over rules; `horizontal` and `vertical` are the strokes on a page.
pub(crate) fn boxes(ink: &[Ink], horizontal: &[Rule], vertical: &[Rule]) -> Vec<usize> {
    let sorted = |rules: &[Rule]| {
        let mut rules = rules.to_vec();
        rules.sort_by(|a, b| a.at.total_cmp(&b.at));
        rules
    };
    let starts = 0..ink.len();
    let loops: Vec<(std::ops::Range<usize>, Rect)> = starts
        .filter_map(|at| {
            let (count, rect) = loop_of(ink.get(at..)?)?;
            Some((at..at + count, rect))
        })
        .collect();
    if loops.is_empty() {
        return Vec::new();
    }
    let (horizontal, vertical) = (sorted(horizontal), sorted(vertical));
    let is_over = |rect: &Rect| {
        let (height, width) = ((rect.top, rect.bottom), (rect.left, rect.right));
        let mut met = Met::default();
        met.count(&horizontal, height, [rect.left, rect.right]);
        met.count(&vertical, width, [rect.top, rect.bottom]);
        met.crossing > 0 && met.crossing >= met.ending
    };
    let over = loops.into_iter().filter(|(_, rect)| is_over(rect));
    let mut sides: Vec<usize> = over.flat_map(|(sides, _)| sides).collect();
    sides.sort_unstable();
    sides.dedup();
    sides
}

/// How the rules around a box meet its sides.
#[derive(Debug, Default)]
struct Met {
    crossing: usize,
    ending: usize,
}

impl Met {
    /// Counts rules between two positions that meet sides across them.
    fn count(&mut self, rules: &[Rule], (from, to): (f32, f32), sides: [f32; 2]) {
        let first = rules.partition_point(|rule| rule.at <= from + 1.0);
        let rest = rules.get(first..).unwrap_or_default();
        for rule in rest.iter().take_while(|rule| rule.at < to - 1.0) {
            for side in sides {
                if rule.from < side - CROSSES && rule.to > side + CROSSES {
                    self.crossing += 1;
                } else if (rule.from - side).abs() <= MEET || (rule.to - side).abs() <= MEET {
                    self.ending += 1;
                }
            }
        }
    }
}

/// The box that the next strokes are the sides of, one after the other, and how many they are: some programs begin in
/// the middle of a side.
fn loop_of(ink: &[Ink]) -> Option<(usize, Rect)> {
    let mut corners: Vec<Point> = Vec::with_capacity(SIDES + 1);
    let mut length = 0.0;
    for side in ink.iter().take(SIDES) {
        let Ink::Stroke { from, to, .. } = *side else {
            return None;
        };
        let (across, down) = ((from.x - to.x).abs(), (from.y - to.y).abs());
        let goes_on = corners.last().is_none_or(|last| *last == from);
        if !goes_on || across.min(down) > UPRIGHT {
            return None;
        }
        if corners.is_empty() {
            corners.push(from);
        }
        length += across + down;
        corners.push(to);
        let rect = Rect::around(&corners);
        let around = 2.0 * (rect.right - rect.left + rect.bottom - rect.top);
        if corners.first() == Some(&to) {
            let is_box = corners.len() > 4 && (length - around).abs() < 1.0;
            return is_box.then_some((corners.len() - 1, rect));
        }
    }
    None
}

/// Takes away the rules that begin and end inside of cells: the shafts of arrows, as in schedules.
pub(crate) fn without_shafts(component: &mut Component) {
    if component.horizontal.len() + component.vertical.len() > RULES {
        return;
    }
    let horizontal = afloat(&component.horizontal, &component.vertical);
    let vertical = afloat(&component.vertical, &component.horizontal);
    let mut keep = horizontal.iter();
    component
        .horizontal
        .retain(|_| !keep.next().copied().unwrap_or_default());
    let mut keep = vertical.iter();
    component
        .vertical
        .retain(|_| !keep.next().copied().unwrap_or_default());
}

/// Which rules have both ends between rules across them, at none of them. Of a rule that is drawn in pieces, each may.
fn afloat(rules: &[Rule], across: &[Rule]) -> Vec<bool> {
    let is_afloat = |rule: &Rule| {
        let mut over = across
            .iter()
            .filter(|other| other.from - MEET <= rule.at && rule.at <= other.to + MEET);
        let inside = |end: f32, before: f32, after: f32| before < end - MEET && end + MEET < after;
        let (mut before, mut after, mut crosses) = (false, false, false);
        let free = over.all(|other| {
            before |= other.at < rule.from - MEET;
            after |= other.at > rule.to + MEET;
            crosses |= inside(other.at, rule.from, rule.to);
            (other.at - rule.from).abs() > MEET && (other.at - rule.to).abs() > MEET
        });
        let in_line = |other: &&Rule| (other.at - rule.at).abs() <= MEET;
        free && before && after && crosses && rules.iter().filter(in_line).count() == 1
    };
    rules.iter().map(is_afloat).collect()
}
