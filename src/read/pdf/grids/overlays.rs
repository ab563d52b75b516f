//! What is drawn over a table: boxes and arrows that cross its rules -> told apart from the rules.
//!
//! A table's rules end at each other, and so do the sides of its cells; what is laid over it crosses them.

use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::gutters::Texts;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::marks::{Ink, Point, Rect};
use crate::read::pdf::tolerance::{
    CLEAR, DASH, HANG, MANY, MEET, MOST_COMPARED, NEAR_STRIPE, SHORT,
};

/// Sides of a box, one of them in two.
const SIDES: usize = 5;

/// Which strokes are the sides of boxes that are laid over rules; `horizontal` and `vertical` are the strokes on a page.
pub(crate) fn boxes(
    ink: &[Ink],
    horizontal: &[Rule],
    vertical: &[Rule],
    texts: &Texts,
) -> Vec<usize> {
    let em = texts.em;
    let sorted = |rules: &[Rule]| {
        let mut rules = rules.to_vec();
        rules.sort_by(|a, b| a.at.total_cmp(&b.at));
        rules
    };
    let starts = 0..ink.len();
    let loops: Vec<(std::ops::Range<usize>, Rect)> = starts
        .filter_map(|at| {
            let next = ink.get(at..)?;
            let (count, rect) = loop_of(next, em).or_else(|| box_of_fills(next, em))?;
            Some((at..at + count, rect))
        })
        .collect();
    if loops.is_empty() {
        return Vec::new();
    }
    let (horizontal, vertical) = (sorted(horizontal), sorted(vertical));
    let is_overlaid = |rect: &Rect| {
        let (height, width) = ((rect.top, rect.bottom), (rect.left, rect.right));
        let mut met = Met {
            em,
            ..Met::default()
        };
        met.count(&horizontal, height, [rect.left, rect.right]);
        met.count(&vertical, width, [rect.top, rect.bottom]);
        met.crossing > 0 && met.crossing >= met.ending
            || is_in_line(rect, [&horizontal, &vertical], texts)
    };
    let over = loops.into_iter().filter(|(_, rect)| is_overlaid(rect));
    let mut sides: Vec<usize> = over.flat_map(|(sides, _)| sides).collect();
    sides.sort_unstable();
    sides.dedup();
    sides
}

/// Whether a box is drawn around a part of a line: text goes on right beside it, and no rule stands between, nor goes on
/// from its upper or lower side, as those of cells do.
fn is_in_line(rect: &Rect, [horizontal, vertical]: [&[Rule]; 2], texts: &Texts) -> bool {
    let em = texts.em;
    let goes_on = |side: f32| {
        let first = horizontal.partition_point(|rule| rule.at < side - SHORT * em);
        let level = horizontal.get(first..).unwrap_or_default().iter();
        let mut level = level.take_while(|rule| rule.at <= side + SHORT * em);
        let meet = MEET * em;
        level.any(|rule| {
            let is_own = rule.from >= rect.left - SHORT * em && rule.to <= rect.right + SHORT * em;
            !is_own && rule.from <= rect.right + meet && rule.to >= rect.left - meet
        })
    };
    if goes_on(rect.top) || goes_on(rect.bottom) {
        return false;
    }
    if rect.bottom - rect.top > NEAR_STRIPE * em || texts.inside(*rect).is_empty() {
        return false;
    }
    let beside = [
        (rect.left - DASH * em, rect.left - SHORT * em),
        (rect.right + SHORT * em, rect.right + DASH * em),
    ];
    beside.into_iter().any(|(left, right)| {
        let first = vertical.partition_point(|rule| rule.at < left);
        let mut between = vertical.get(first..).unwrap_or_default().iter();
        let is_parted = between
            .by_ref()
            .take_while(|rule| rule.at <= right)
            .any(|rule| rule.from < rect.bottom && rect.top < rule.to);
        let area = Rect {
            left,
            right,
            ..*rect
        };
        !is_parted && !texts.inside(area).is_empty()
    })
}

/// The box that the next four fills are the sides of.
fn box_of_fills(ink: &[Ink], em: f32) -> Option<(usize, Rect)> {
    let mut sides = [Rect::default(); 4];
    for (side, ink) in sides.iter_mut().zip(ink.iter().take(4)) {
        let Ink::Fill { rect, .. } = *ink else {
            return None;
        };
        if (rect.right - rect.left).min(rect.bottom - rect.top) > MEET * em {
            return None;
        }
        *side = rect;
    }
    let all = sides.iter().copied().reduce(Rect::joined)?;
    let near = |a: f32, b: f32| (a - b).abs() <= MEET * em;
    let is_across = |side: &Rect| near(side.left, all.left) && near(side.right, all.right);
    let is_down = |side: &Rect| near(side.top, all.top) && near(side.bottom, all.bottom);
    let has =
        |is_there: &dyn Fn(&Rect) -> bool| sides.iter().filter(|side| is_there(side)).count() == 1;
    let is_box = has(&|side| is_across(side) && near(side.bottom, all.top))
        && has(&|side| is_across(side) && near(side.top, all.bottom))
        && has(&|side| is_down(side) && near(side.right, all.left))
        && has(&|side| is_down(side) && near(side.left, all.right));
    (ink.len() >= 4 && is_box).then_some((4, all))
}

/// How the rules around a box meet its sides.
#[derive(Debug, Default)]
struct Met {
    crossing: usize,
    ending: usize,
    em: f32,
}

impl Met {
    /// Counts rules between two positions that meet sides across them.
    fn count(&mut self, rules: &[Rule], (from, to): (f32, f32), sides: [f32; 2]) {
        let first = rules.partition_point(|rule| rule.at <= from + CLEAR * self.em);
        let rest = rules.get(first..).unwrap_or_default();
        for rule in rest
            .iter()
            .take_while(|rule| rule.at < to - CLEAR * self.em)
        {
            for side in sides {
                if rule.from < side - HANG * self.em && rule.to > side + HANG * self.em {
                    self.crossing += 1;
                } else if (rule.from - side).abs() <= MEET * self.em
                    || (rule.to - side).abs() <= MEET * self.em
                {
                    self.ending += 1;
                }
            }
        }
    }
}

/// The box that the next strokes are the sides of, one after the other, and how many they are: some programs begin in
/// the middle of a side.
fn loop_of(ink: &[Ink], em: f32) -> Option<(usize, Rect)> {
    let mut corners: Vec<Point> = Vec::with_capacity(SIDES + 1);
    let mut length = 0.0;
    for side in ink.iter().take(SIDES) {
        let Ink::Stroke { from, to, .. } = *side else {
            return None;
        };
        let (across, down) = ((from.x - to.x).abs(), (from.y - to.y).abs());
        let goes_on = corners.last().is_none_or(|last| *last == from);
        if !goes_on || across.min(down) > SHORT * em {
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
            let is_box = corners.len() > 4 && (length - around).abs() < CLEAR * em;
            return is_box.then_some((corners.len() - 1, rect));
        }
    }
    None
}

/// Takes away the rules that begin and end inside of cells: the shafts of arrows, as in schedules.
pub(crate) fn without_shafts(component: Component) -> Component {
    if component.horizontal.len() + component.vertical.len() > MOST_COMPARED {
        return component;
    }
    let kept = |rules: &[Rule], afloat: Vec<bool>| {
        let kept = rules.iter().zip(afloat).filter(|(_, afloat)| !afloat);
        kept.map(|(rule, _)| *rule).collect()
    };
    let (across, down) = (&component.horizontal, &component.vertical);
    let horizontal = kept(across, afloat(across, down, component.em));
    let vertical = kept(down, afloat(down, across, component.em));
    Component {
        horizontal,
        vertical,
        ..component
    }
}

/// Takes away lines under the text of one cell that end short of its sides, where the rules of the table meet each other.
pub(crate) fn without_underlines(component: Component) -> Component {
    if component.horizontal.len() + component.vertical.len() > MOST_COMPARED {
        return component;
    }
    let em = component.em;
    let short = |rule: &Rule| -> [bool; 2] {
        let crossing = component
            .vertical
            .iter()
            .filter(|other| other.from <= rule.at && rule.at <= other.to);
        let (mut before, mut after) = (f32::MAX, f32::MAX);
        for other in crossing {
            // A rule between rows crosses those between columns.
            if rule.from + MEET * em < other.at && other.at < rule.to - MEET * em {
                return [false; 2];
            }
            if (rule.from - other.at).abs() < before.abs() {
                before = rule.from - other.at;
            }
            if (other.at - rule.to).abs() < after.abs() {
                after = other.at - rule.to;
            }
        }
        [before, after].map(|gap| (SHORT * em..=MEET * em).contains(&gap))
    };
    let ends: Vec<[bool; 2]> = component.horizontal.iter().map(short).collect();
    let underlines = ends.iter().filter(|ends| **ends == [true; 2]).count();
    let others = ends.iter().filter(|ends| **ends == [false; 2]).count();
    if underlines == 0 || others < MANY * underlines {
        return component;
    }
    let rules = component.horizontal.iter().zip(&ends);
    let horizontal = rules.filter(|(_, ends)| **ends != [true; 2]);
    let horizontal = horizontal.map(|(rule, _)| *rule).collect();
    Component {
        horizontal,
        ..component
    }
}

/// Which rules have both ends between rules across them, at none of them. Of a rule that is drawn in pieces, each may.
fn afloat(rules: &[Rule], across: &[Rule], em: f32) -> Vec<bool> {
    let meet = MEET * em;
    let is_afloat = |rule: &Rule| {
        let mut over = across
            .iter()
            .filter(|other| other.from - meet <= rule.at && rule.at <= other.to + meet);
        let inside = |end: f32, before: f32, after: f32| before < end - meet && end + meet < after;
        let (mut before, mut after, mut crosses) = (false, false, false);
        let free = over.all(|other| {
            before |= other.at < rule.from - meet;
            after |= other.at > rule.to + meet;
            crosses |= inside(other.at, rule.from, rule.to);
            (other.at - rule.from).abs() > meet && (other.at - rule.to).abs() > meet
        });
        let in_line = |other: &&Rule| (other.at - rule.at).abs() <= meet;
        free && before && after && crosses && rules.iter().filter(in_line).count() == 1
    };
    rules.iter().map(is_afloat).collect()
}
