//! Ink -> rules: straight strokes and thin boxes, snapped to common positions and joined end to end.

use crate::read::pdf::grids::dashes;
use crate::read::pdf::grids::overlays;
use crate::read::pdf::marks::{Ink, Rect};

/// Two parallel pieces closer than this are one rule: a double line (Word's of 1½ pt has its lines 3 pt apart), the
/// two borders of neighbouring cells (a browser's `border-spacing` of 2 px puts them 2.25 pt apart), hairlines of
/// different programs. No cell with text is narrower.
const SNAP: f32 = 3.2;
/// A chain of snapped pieces is never wider than this.
const SNAP_SPREAD: f32 = 5.2;
/// Lines this far apart are two, and not one that was drawn twice.
const DOUBLED: f32 = 1.0;
/// Pieces of one rule that are drawn cell by cell meet within this distance.
const JOIN: f32 = 3.0;
/// A rule drawn as a filled box, or stroked, is at most this thick; more is a shaded area.
const THICKEST: f32 = 5.0;
/// A piece at least this many times as long as it is thick has a direction of its own.
const ELONGATED: f32 = 2.0;
/// Dots and dashes: pieces at most this long are joined over gaps of their own kind.
const DASH: f32 = 9.0;
/// A dash is followed by a gap of at most this many times its length.
const DASH_GAP: f32 = 1.05;
/// Dots are at most this long.
const DOT: f32 = 3.0;
/// A dot is followed by a gap of at most this many times its length.
const DOT_GAP: f32 = 2.5;
/// Joined rules shorter than this separate nothing: ticks, parts of drawn characters.
const SHORTEST: f32 = 5.0;
/// A stroke that leaves its axis by less than this over its length is straight for the eye.
const SLANT: f32 = 0.6;
/// How white a filled box must be to wipe out the rules beneath it.
const WHITE: f32 = 0.985;
/// White boxes that are looked at on a page; more are not a table's doing.
const WIPES: usize = 50_000;

/// A horizontal or vertical rule, in points on the displayed page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    /// y of a horizontal rule, x of a vertical one.
    pub at: f32,
    /// Where it starts along its direction.
    pub from: f32,
    /// Where it ends; not before `from`.
    pub to: f32,
}

impl Rule {
    fn length(self) -> f32 {
        self.to - self.from
    }
}

/// The rules of a page, each list sorted by position, then by start.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    pub horizontal: Vec<Rule>,
    pub vertical: Vec<Rule>,
}

/// Finds the rules of a page.
pub(crate) fn find(ink: &[Ink]) -> Rules {
    let mut pieces = Pieces::default();
    for (order, ink) in ink.iter().enumerate() {
        pieces.add(order, ink);
    }
    pieces.without_boxes_over_rules(ink);
    pieces.wipe();
    let without_order = |pieces: Vec<(usize, Rule)>| pieces.into_iter().map(|(_, rule)| rule);
    let mut horizontal: Vec<Rule> = without_order(pieces.horizontal).collect();
    let mut vertical: Vec<Rule> = without_order(pieces.vertical).collect();
    let dashed = dashes::whole(&horizontal, &vertical, (DASH, JOIN));
    vertical.extend(dashes::whole(&vertical, &horizontal, (DASH, JOIN)));
    horizontal.extend(dashed);
    let (mut horizontal, rows) = join(horizontal);
    let (mut vertical, columns) = join(vertical);
    meet(&mut horizontal, &vertical, &columns);
    meet(&mut vertical, &horizontal, &rows);
    Rules {
        horizontal,
        vertical,
    }
}

/// The edges of filled boxes, as rules: what bounds the cells where a program paints cells and no lines.
pub(crate) fn box_edges(ink: &[Ink]) -> Rules {
    let (mut horizontal, mut vertical) = (Vec::new(), Vec::new());
    for ink in ink {
        let Ink::Fill { rect, lightness } = *ink else {
            continue;
        };
        if lightness > WHITE || is_rule(rect) {
            continue;
        }
        horizontal.push(Rule {
            at: rect.top,
            from: rect.left,
            to: rect.right,
        });
        horizontal.push(Rule {
            at: rect.bottom,
            from: rect.left,
            to: rect.right,
        });
        vertical.push(Rule {
            at: rect.left,
            from: rect.top,
            to: rect.bottom,
        });
        vertical.push(Rule {
            at: rect.right,
            from: rect.top,
            to: rect.bottom,
        });
    }
    Rules {
        horizontal: join(horizontal).0,
        vertical: join(vertical).0,
    }
}

/// Whether a filled box is so thin that it is a rule, or a dot of one.
fn is_rule(rect: Rect) -> bool {
    let (width, height) = (rect.right - rect.left, rect.bottom - rect.top);
    let (thin, long) = (width.min(height), width.max(height));
    thin <= THICKEST && (long <= THICKEST || long >= ELONGATED * thin)
}

/// Pieces of rules with their place in the painting order, and the white boxes.
#[derive(Default)]
struct Pieces {
    horizontal: Vec<(usize, Rule)>,
    vertical: Vec<(usize, Rule)>,
    white: Vec<(usize, Rect)>,
}

impl Pieces {
    fn add(&mut self, order: usize, ink: &Ink) {
        match *ink {
            Ink::Stroke {
                from,
                to,
                width,
                lightness,
                ..
            } => {
                let (across, down) = ((to.x - from.x).abs(), (to.y - from.y).abs());
                if width > THICKEST || lightness > WHITE {
                    return;
                }
                if down <= SLANT && across > down {
                    let at = f32::midpoint(from.y, to.y);
                    self.horizontal.push((order, rule(at, from.x, to.x)));
                } else if across <= SLANT && down > across {
                    let at = f32::midpoint(from.x, to.x);
                    self.vertical.push((order, rule(at, from.y, to.y)));
                }
            }
            Ink::Fill { rect, lightness } => self.add_box(order, rect, lightness),
            Ink::Other { .. } => {}
        }
    }

    fn add_box(&mut self, order: usize, rect: Rect, lightness: f32) {
        let (width, height) = (rect.right - rect.left, rect.bottom - rect.top);
        let thin = width.min(height) <= THICKEST;
        if lightness > WHITE {
            if self.white.len() < WIPES {
                self.white.push((order, rect));
            }
        } else if thin && width >= ELONGATED * height {
            let at = f32::midpoint(rect.top, rect.bottom);
            self.horizontal
                .push((order, rule(at, rect.left, rect.right)));
        } else if thin && height >= ELONGATED * width {
            let at = f32::midpoint(rect.left, rect.right);
            self.vertical.push((order, rule(at, rect.top, rect.bottom)));
        } else if width.max(height) <= THICKEST {
            // A dot of a dotted line: its direction shows only when dots are joined.
            let (x, y) = (
                f32::midpoint(rect.left, rect.right),
                f32::midpoint(rect.top, rect.bottom),
            );
            self.horizontal
                .push((order, rule(y, rect.left, rect.right)));
            self.vertical.push((order, rule(x, rect.top, rect.bottom)));
        }
    }

    /// Takes away the sides of boxes that are laid over other rules.
    fn without_boxes_over_rules(&mut self, ink: &[Ink]) {
        let rules = |pieces: &[(usize, Rule)]| pieces.iter().map(|(_, rule)| *rule).collect();
        let (horizontal, vertical): (Vec<Rule>, Vec<Rule>) =
            (rules(&self.horizontal), rules(&self.vertical));
        let over = overlays::boxes(ink, &horizontal, &vertical);
        let is_kept = |(order, _): &(usize, Rule)| over.binary_search(order).is_err();
        self.horizontal.retain(is_kept);
        self.vertical.retain(is_kept);
    }

    /// Takes away what a white box painted later covers.
    fn wipe(&mut self) {
        if self.white.is_empty() {
            return;
        }
        let bands = Bands::new(&self.white);
        for (pieces, axis) in [
            (&mut self.horizontal, Axis::Horizontal),
            (&mut self.vertical, Axis::Vertical),
        ] {
            let mut kept = Vec::with_capacity(pieces.len());
            for &(order, piece) in pieces.iter() {
                let mut parts = vec![piece];
                // A box that ends on the rule paints beside it, not over it.
                let over = |painted: usize, rect: &Rect| {
                    let (low, high, start, end) = axis.seen_from(rect);
                    painted > order
                        && low + 1.0 < piece.at
                        && piece.at < high - 1.0
                        && start < piece.to
                        && piece.from < end
                };
                let covering = bands.over(piece, axis, |at| {
                    self.white
                        .get(at)
                        .is_some_and(|(painted, rect)| over(*painted, rect))
                });
                for (_, rect) in covering.into_iter().filter_map(|at| self.white.get(at)) {
                    let (_, _, start, end) = axis.seen_from(rect);
                    parts = parts
                        .into_iter()
                        .flat_map(|part| without(part, start, end))
                        .collect();
                }
                kept.extend(parts.into_iter().map(|part| (order, part)));
            }
            *pieces = kept;
        }
    }
}

/// The direction of a rule.
#[derive(Debug, Clone, Copy)]
enum Axis {
    Horizontal,
    Vertical,
}

impl Axis {
    /// A box's extent across the direction, then along it.
    fn seen_from(self, rect: &Rect) -> (f32, f32, f32, f32) {
        match self {
            Self::Horizontal => (rect.top, rect.bottom, rect.left, rect.right),
            Self::Vertical => (rect.left, rect.right, rect.top, rect.bottom),
        }
    }
}

/// White boxes by the tiles of the page that they touch, large ones by its bands.
struct Bands {
    tiles: Vec<Vec<usize>>,
    large: Vec<Vec<usize>>,
}

impl Bands {
    /// Sides of a tile, points.
    const SIDE: f32 = 16.0;
    /// Tiles across and down; what lies beyond is in the last ones.
    const COUNT: usize = 128;
    /// Tiles of a box that is not large: a cell of two lines has so many.
    const SMALL: usize = 64;

    fn new(white: &[(usize, Rect)]) -> Self {
        let mut bands = Self {
            tiles: vec![Vec::new(); Self::COUNT * Self::COUNT],
            large: vec![Vec::new(); Self::COUNT],
        };
        for (index, (_, rect)) in white.iter().enumerate() {
            let (rows, columns) = (
                Self::tile(rect.top)..=Self::tile(rect.bottom),
                Self::tile(rect.left)..=Self::tile(rect.right),
            );
            let is_small = rows.clone().count() * columns.clone().count() <= Self::SMALL;
            for row in rows {
                if is_small {
                    let from = row * Self::COUNT;
                    let touched = bands
                        .tiles
                        .get_mut(from + columns.start()..=from + columns.end());
                    for tile in touched.into_iter().flatten() {
                        tile.push(index);
                    }
                } else if let Some(band) = bands.large.get_mut(row) {
                    band.push(index);
                }
            }
        }
        bands
    }

    fn tile(at: f32) -> usize {
        ((at / Self::SIDE).max(0.0) as usize).min(Self::COUNT - 1)
    }

    /// The boxes near a rule that pass a test, each once, in painting order.
    fn over(&self, rule: Rule, axis: Axis, passes: impl Fn(usize) -> bool) -> Vec<usize> {
        let along = Self::tile(rule.from)..=Self::tile(rule.to);
        let across = Self::tile(rule.at)..=Self::tile(rule.at);
        let (rows, columns) = match axis {
            Axis::Horizontal => (across, along),
            Axis::Vertical => (along, across),
        };
        let mut found: Vec<usize> = Vec::new();
        for row in rows {
            let from = row * Self::COUNT;
            let tiles = self
                .tiles
                .get(from + columns.start()..=from + columns.end());
            let small = tiles.unwrap_or_default().iter().flatten();
            let large = self.large.get(row).into_iter().flatten();
            found.extend(small.chain(large).copied().filter(|&at| passes(at)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn rule(at: f32, a: f32, b: f32) -> Rule {
    Rule {
        at,
        from: a.min(b),
        to: a.max(b),
    }
}

/// What is left of a rule when the part from `start` to `end` is taken away.
fn without(rule: Rule, start: f32, end: f32) -> Vec<Rule> {
    let before = Rule {
        to: rule.to.min(start),
        ..rule
    };
    let after = Rule {
        from: rule.from.max(end),
        ..rule
    };
    [before, after]
        .into_iter()
        .filter(|part| part.length() > 0.1)
        .collect()
}

/// Parallel lines that became one rule.
struct Doubled {
    /// Where the first and the last of them lie.
    lines: (f32, f32),
    /// Where the rule lies.
    at: f32,
}

/// Lets rules that end at a line of a double rule across them end at the rule.
fn meet(rules: &mut [Rule], across: &[Rule], doubled: &[Doubled]) {
    let end_at = |end: f32, at: f32| {
        let first = doubled.partition_point(|rule| rule.lines.1 + SNAP_SPREAD + JOIN < end);
        let near = doubled.get(first..).unwrap_or_default().iter();
        // The lines between two cells end short of the inner line of a double frame by as much as its lines stand apart.
        let mut near = near.take_while(|rule| rule.lines.0 - SNAP_SPREAD - JOIN <= end);
        let reaches = |rule: &&Doubled| {
            let reach = JOIN + (rule.lines.1 - rule.lines.0) / 2.0;
            let runs_there =
                across.partition_point(|other| (other.at, other.from) <= (rule.at, at + reach));
            (rule.lines.0 - reach..=rule.lines.1 + reach).contains(&end)
                && across
                    .get(..runs_there)
                    .and_then(<[Rule]>::last)
                    .is_some_and(|other| {
                        other.at.total_cmp(&rule.at).is_eq() && other.to >= at - reach
                    })
        };
        near.find(reaches).map(|rule| rule.at)
    };
    for rule in rules {
        let from = end_at(rule.from, rule.at);
        let to = end_at(rule.to, rule.at);
        if from == to {
            continue;
        }
        rule.from = from.map_or(rule.from, |at| at.min(rule.from));
        rule.to = to.map_or(rule.to, |at| at.max(rule.to));
    }
}

/// Snaps pieces to common positions and joins those that meet.
fn join(mut pieces: Vec<Rule>) -> (Vec<Rule>, Vec<Doubled>) {
    pieces.retain(|piece| piece.at.is_finite() && piece.from.is_finite() && piece.to.is_finite());
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    let (mut joined, mut doubled) = (Vec::new(), Vec::new());
    let mut rest = pieces.as_mut_slice();
    while let Some(first) = rest.first().copied() {
        let mut last = first.at;
        let length = rest
            .iter()
            .take_while(|piece| {
                let near = piece.at - last <= SNAP && piece.at - first.at <= SNAP_SPREAD;
                last = piece.at;
                near
            })
            .count();
        let (group, others) = rest.split_at_mut(length.max(1));
        let lines = (first.at, group.last().map_or(first.at, |last| last.at));
        let at = join_group(group, &mut joined);
        if lines.1 - lines.0 > DOUBLED {
            doubled.push(Doubled { lines, at });
        }
        rest = others;
    }
    joined.retain(|rule| rule.length() >= SHORTEST);
    joined.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    (joined, doubled)
}

/// Joins the pieces of one position, which becomes the mean of theirs, weighted by length.
fn join_group(group: &mut [Rule], joined: &mut Vec<Rule>) -> f32 {
    let weight: f64 = group.iter().map(|piece| f64::from(piece.length())).sum();
    let mean = group
        .iter()
        .map(|piece| f64::from(piece.at) * f64::from(piece.length()))
        .sum::<f64>();
    let at = if weight > 0.0 {
        (mean / weight) as f32
    } else {
        group.first().map_or(0.0, |p| p.at)
    };
    group.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
    let mut current: Option<Rule> = None;
    let mut last: Option<Rule> = None;
    for piece in group.iter() {
        let gap = last.map_or(JOIN, |last| gap_of(last, *piece));
        last = Some(*piece);
        match &mut current {
            Some(rule) if piece.from <= rule.to + gap => rule.to = rule.to.max(piece.to),
            _ => {
                joined.extend(current.take());
                current = Some(Rule { at, ..*piece });
            }
        }
    }
    joined.extend(current);
    at
}

/// The widest gap over which short pieces of these lengths go on a line of dots or dashes. Borders of cells that stand
/// apart are as short as dashes, where text is small; where a cell is missing among them, the gap is longer than it.
fn gap_of(before: Rule, after: Rule) -> f32 {
    let (shorter, longer) = (
        before.length().min(after.length()),
        before.length().max(after.length()),
    );
    if longer > DASH {
        return JOIN;
    }
    let share = if shorter <= DOT { DOT_GAP } else { DASH_GAP };
    JOIN.max(shorter * share)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::read::pdf::marks::Point;

    fn stroke(x0: f32, y0: f32, x1: f32, y1: f32) -> Ink {
        Ink::Stroke {
            from: Point { x: x0, y: y0 },
            to: Point { x: x1, y: y1 },
            width: 0.5,
            dashed: false,
            lightness: 0.0,
        }
    }

    fn fill(left: f32, top: f32, right: f32, bottom: f32, lightness: f32) -> Ink {
        Ink::Fill {
            rect: Rect {
                left,
                top,
                right,
                bottom,
            },
            lightness,
        }
    }

    #[test]
    fn pieces_drawn_cell_by_cell_are_one_rule() {
        let rules = find(&[
            stroke(0.0, 10.0, 50.0, 10.2),
            stroke(50.5, 10.0, 90.0, 10.0),
            stroke(120.0, 10.0, 150.0, 10.0),
        ]);
        assert_eq!(rules.horizontal.len(), 2);
        assert_eq!(
            (rules.horizontal[0].from, rules.horizontal[0].to),
            (0.0, 90.0)
        );
    }

    #[test]
    fn a_double_line_is_one_rule_and_a_thin_row_is_two() {
        assert_eq!(
            find(&[stroke(0.0, 10.0, 50.0, 10.0), stroke(0.0, 12.0, 50.0, 12.0)])
                .horizontal
                .len(),
            1
        );
        assert_eq!(
            find(&[stroke(0.0, 10.0, 50.0, 10.0), stroke(0.0, 16.0, 50.0, 16.0)])
                .horizontal
                .len(),
            2
        );
    }

    #[test]
    fn thin_boxes_are_rules_and_wide_ones_are_not() {
        let rules = find(&[
            fill(0.0, 0.0, 80.0, 0.75, 0.0),
            fill(0.0, 0.0, 0.75, 40.0, 0.0),
            fill(1.0, 1.0, 80.0, 40.0, 0.87),
        ]);
        assert_eq!((rules.horizontal.len(), rules.vertical.len()), (1, 1));
        let thick = find(&[fill(0.0, 0.0, 80.0, 4.0, 0.0)]);
        assert_eq!(thick.horizontal.len(), 1, "a frame's thick side");
    }

    #[test]
    fn dots_and_dashes_join_and_slanted_strokes_do_not_count() {
        let dots: Vec<_> = (0..20u8)
            .map(|n| {
                fill(
                    f32::from(n) * 1.5,
                    5.0,
                    f32::from(n) * 1.5 + 0.75,
                    5.75,
                    0.0,
                )
            })
            .collect();
        let rules = find(&dots);
        assert_eq!((rules.horizontal.len(), rules.vertical.len()), (1, 0));
        let dashes: Vec<_> = (0..10u8)
            .map(|n| stroke(f32::from(n) * 6.0, 5.0, f32::from(n) * 6.0 + 3.0, 5.0))
            .collect();
        assert_eq!(find(&dashes).horizontal.len(), 1);
        let piece = |n: u8, length: f32, gap: f32| {
            let from = f32::from(n) * (length + gap);
            stroke(from, 5.0, from + length, 5.0)
        };
        let pieces = |length, gap| (0..10).map(|n| piece(n, length, gap)).collect::<Vec<Ink>>();
        assert_eq!(find(&pieces(6.0, 5.0)).horizontal.len(), 1, "dashes");
        assert_eq!(find(&pieces(1.6, 3.6)).horizontal.len(), 1, "dots");
        assert_eq!(find(&pieces(6.0, 9.0)).horizontal.len(), 10, "borders");
        let slanted = find(&[stroke(0.0, 0.0, 80.0, 40.0)]);
        assert!(slanted.horizontal.is_empty() && slanted.vertical.is_empty());
    }

    #[test]
    fn long_dashes_are_a_rule_and_sides_of_boxes_are_not() {
        let at = |n: u8| f32::from(n) * 21.0;
        let dashes: Vec<Ink> = (0..12)
            .map(|n| stroke(at(n), 5.0, at(n) + 12.6, 5.0))
            .collect();
        assert_eq!(find(&dashes).horizontal.len(), 1);
        assert_eq!(find(&dashes[..4]).horizontal.len(), 4, "blanks to fill in");
        let boxes: Vec<Ink> = (0..12)
            .flat_map(|n| {
                let (left, right) = (at(n), at(n) + 12.6);
                [
                    stroke(left, 5.0, right, 5.0),
                    stroke(left, 17.6, right, 17.6),
                    stroke(left, 5.0, left, 17.6),
                    stroke(right, 5.0, right, 17.6),
                ]
            })
            .collect();
        assert_eq!(find(&boxes).horizontal.len(), 24, "boxes to tick");
    }

    #[test]
    fn filled_cells_that_are_narrow_but_no_rules_have_edges() {
        let cells: Vec<Ink> = (0..4u8)
            .map(|n| fill(f32::from(n) * 5.0, 0.0, f32::from(n) * 5.0 + 4.9, 7.5, 0.9))
            .collect();
        assert_eq!(box_edges(&cells).vertical.len(), 5);
    }

    #[test]
    fn a_white_box_painted_later_wipes_and_one_painted_before_does_not() {
        let line = stroke(0.0, 20.0, 100.0, 20.0);
        let white = fill(40.0, 10.0, 60.0, 30.0, 1.0);
        let rules = find(&[line, white]);
        assert_eq!(rules.horizontal.len(), 2);
        assert!((rules.horizontal[1].from - 60.0).abs() < 0.01);
        assert_eq!(find(&[white, line]).horizontal.len(), 1);
        // A white cell background that ends on the rule does not touch it.
        assert_eq!(
            find(&[line, fill(0.0, 20.2, 100.0, 40.0, 1.0)])
                .horizontal
                .len(),
            1
        );
    }
}
