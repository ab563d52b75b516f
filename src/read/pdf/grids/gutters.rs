//! Positions of rules with nothing but the white between two cells' borders -> one position.
//!
//! Programs that give each cell a border of its own leave a gutter between them (CSS `border-spacing`); with double or
//! thick borders it is wider than what counts as one rule. No reader takes it for a column or row.

use crate::read::pdf::direction::{Direction, EmBox};
use crate::read::pdf::grids::connected::Component;
use crate::read::pdf::grids::lattice::positions;
use crate::read::pdf::grids::rules::Rule;
use crate::read::pdf::marks::{Glyph, Marks, Rect};
use crate::read::pdf::tolerance::{CELL, SHORT};

/// Where the glyphs of a page stand.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// Boxes sorted by the middle of their width.
    by_x: Vec<(f32, Rect)>,
    /// Boxes sorted by the middle of their height.
    by_y: Vec<(f32, Rect)>,
    /// Boxes of figures and what stands between them, sorted so.
    figures: Vec<(f32, Rect)>,
    /// Spaces that are painted within a text, sorted so.
    spaces: Vec<(f32, Rect)>,
    /// The em of most of the page's text.
    pub em: f32,
}

impl Texts {
    /// No text, on a page of this em.
    #[cfg(test)]
    pub(crate) fn bare(em: f32) -> Self {
        Self {
            em,
            ..Self::default()
        }
    }

    /// The boxes of these glyphs.
    pub(crate) fn of(marks: &Marks, shown: &[u32], em: f32) -> Self {
        let glyphs: Vec<&Glyph> = shown
            .iter()
            .filter_map(|&at| marks.glyphs.get(at as usize))
            .collect();
        let is_space = |glyph: &&&Glyph| crate::read::pdf::lines::runs::is_white(marks, glyph);
        let boxes: Vec<Rect> = glyphs
            .iter()
            .filter(|glyph| !is_space(glyph))
            .map(|glyph| box_of(glyph))
            .collect();
        let figures = glyphs.iter().filter(|glyph| {
            let text = crate::read::pdf::lines::runs::text_of(marks, glyph);
            text.chars().all(is_figure)
        });
        let figures: Vec<Rect> = figures.map(|glyph| box_of(glyph)).collect();
        let within = glyphs.windows(3).filter_map(|around| match around {
            [a, space, b] if is_space(&space) && a.run == b.run => Some(box_of(space)),
            _ => None,
        });
        let middle = |b: &Rect| f32::midpoint(b.top, b.bottom);
        Self {
            by_x: sorted(&boxes, |b| f32::midpoint(b.left, b.right)),
            by_y: sorted(&boxes, middle),
            figures: sorted(&figures, middle),
            spaces: sorted(&within.collect::<Vec<Rect>>(), middle),
            em,
        }
    }

    /// The boxes of the spaces that are typed between the glyphs in an area.
    pub(crate) fn spaces(&self, area: Rect) -> Vec<Rect> {
        in_area(&self.spaces, area)
    }

    /// Whether there is text in an area, and all of it is figures.
    pub(crate) fn is_number(&self, area: Rect) -> bool {
        let figures = in_area(&self.figures, area).len();
        figures > 0 && figures == self.inside(area).len()
    }

    /// The boxes of the glyphs in an area.
    pub(crate) fn inside(&self, area: Rect) -> Vec<Rect> {
        in_area(&self.by_y, area)
    }

    /// Whether a glyph that fits in it stands in a band, within an extent across it. Text that runs over a narrow
    /// band is none of its own.
    fn stand_in(&self, band: Band, (from, to): (f32, f32), axis: Axis) -> bool {
        let sorted = match axis {
            Axis::Columns => &self.by_x,
            Axis::Rows => &self.by_y,
        };
        let first = sorted.partition_point(|&(at, _)| at <= band.0);
        let width = band.1 - band.0;
        let inside = sorted
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(|&&(at, _)| at < band.1);
        inside.into_iter().any(|(_, glyph)| {
            let (wide, high) = (glyph.right - glyph.left, glyph.bottom - glyph.top);
            let (across, along) = match axis {
                Axis::Columns => (wide, f32::midpoint(glyph.top, glyph.bottom)),
                Axis::Rows => (high, f32::midpoint(glyph.left, glyph.right)),
            };
            across <= width + SHORT * self.em
                && high <= CELL * width
                && (from..=to).contains(&along)
        })
    }
}

/// Digits, and what numbers in tables have besides: 1,234.5 △3 -0.2 60% (12).
fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || "，,．.△▲－-−+＋%％()（）".contains(c)
}

fn box_of(glyph: &Glyph) -> Rect {
    EmBox::of(glyph).on_page(Direction::of(glyph))
}

fn sorted(boxes: &[Rect], middle: impl Fn(&Rect) -> f32) -> Vec<(f32, Rect)> {
    let mut sorted: Vec<(f32, Rect)> = boxes.iter().map(|b| (middle(b), *b)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    sorted
}

/// Those of boxes sorted by the middle of their height whose middles lie in an area.
fn in_area(by_y: &[(f32, Rect)], area: Rect) -> Vec<Rect> {
    let first = by_y.partition_point(|&(at, _)| at <= area.top);
    let rest = by_y.get(first..).unwrap_or_default();
    rest.iter()
        .take_while(|&&(at, _)| at < area.bottom)
        .map(|(_, glyph)| *glyph)
        .filter(|glyph| (area.left..=area.right).contains(&f32::midpoint(glyph.left, glyph.right)))
        .collect()
}

/// A position and the next.
type Band = (f32, f32);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Axis {
    Columns,
    Rows,
}

/// Makes one position of those on both sides of each gutter, none wider than so many ems.
pub(crate) fn closed(mut component: Component, texts: &Texts, widest: f32) -> Component {
    let extent = |rules: &[Rule]| {
        let at = || rules.iter().map(|rule| rule.at);
        (
            at().fold(f32::INFINITY, f32::min),
            at().fold(f32::NEG_INFINITY, f32::max),
        )
    };
    let (height, width) = (extent(&component.horizontal), extent(&component.vertical));
    let (em, widest) = (component.em, widest * component.em);
    let columns = gutters(&component.vertical, (height, widest), Axis::Columns, texts);
    let rows = gutters(&component.horizontal, (width, widest), Axis::Rows, texts);
    move_to(
        &columns,
        em,
        &mut component.vertical,
        &mut component.horizontal,
    );
    move_to(
        &rows,
        em,
        &mut component.horizontal,
        &mut component.vertical,
    );
    component
}

/// The gutters between rules of one direction.
fn gutters(
    rules: &[Rule],
    (extent, widest): ((f32, f32), f32),
    axis: Axis,
    texts: &Texts,
) -> Vec<Band> {
    let positions = positions(rules);
    let narrow = |band: Band| band.1 - band.0 <= widest && !texts.stand_in(band, extent, axis);
    // Positions that are one after the other with narrow bands between: a gutter with double borders.
    let mut groups: Vec<Band> = Vec::with_capacity(positions.len());
    for at in positions {
        match groups.last_mut() {
            Some(group) if narrow((group.1, at)) => group.1 = at,
            _ => groups.push((at, at)),
        }
    }
    let wide = |other: Option<f32>, group: &Band| {
        other.is_none_or(|distance| distance >= CELL * (group.1 - group.0))
    };
    let before = |at: usize| {
        let (last, group) = (groups.get(at.checked_sub(1)?)?, groups.get(at)?);
        Some(group.0 - last.1)
    };
    groups
        .iter()
        .enumerate()
        .filter(|(at, group)| {
            group.1 > group.0
                && group.1 - group.0 <= widest
                && wide(before(*at), group)
                && wide(before(at + 1), group)
        })
        .map(|(_, group)| *group)
        .collect()
}

/// Moves what lies on the sides of gutters, or ends there, to their middles.
fn move_to(gutters: &[Band], em: f32, rules: &mut [Rule], across: &mut [Rule]) {
    let beside = SHORT * em;
    if gutters.is_empty() {
        return;
    }
    let moved = |at: f32| {
        let next = gutters.partition_point(|gutter| gutter.1 + beside < at);
        gutters
            .get(next)
            .filter(|gutter| gutter.0 - beside <= at)
            .map_or(at, |gutter| f32::midpoint(gutter.0, gutter.1))
    };
    for rule in rules {
        rule.at = moved(rule.at);
    }
    for rule in across {
        (rule.from, rule.to) = (moved(rule.from), moved(rule.to));
    }
}
