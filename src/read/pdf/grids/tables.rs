//! The rules and painted boxes of a page -> its grids, inner ones before those around them.

use crate::read::pdf::grids::aligned;
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::grids::connected::{Component, components, longest};
use crate::read::pdf::grids::frames;
use crate::read::pdf::grids::gutters::{self, Texts};
use crate::read::pdf::grids::headed;
use crate::read::pdf::grids::islands;
use crate::read::pdf::grids::labelled;
use crate::read::pdf::grids::lattice::{grid_of, has_too_many_positions};
use crate::read::pdf::grids::overlays;
use crate::read::pdf::grids::overrun;
use crate::read::pdf::grids::rules::{Rule, Rules};
use crate::read::pdf::grids::stripes;
use crate::read::pdf::grids::unruled;
use crate::read::pdf::marks::Rect;

/// Grids of a page; the text of smaller ones beyond them stands as lines.
const GRIDS: usize = 1_000;

/// What the rules of a page bound.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub grids: Vec<GridShape>,
    /// Whether there are so many rules that some were not looked at.
    pub some_left_out: bool,
}

/// What divides a page into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Division {
    /// What is drawn, and the positions of text where only some rules are.
    RulesAndText,
    Rules,
}

/// Finds the grids of a page, inner ones before those around them. Where no rules are drawn, the edges of
/// painted boxes divide cells, if they make a table.
pub(crate) fn find(
    rules: &Rules,
    edges: &Rules,
    texts: &Texts,
    page: (f32, f32),
    division: Division,
) -> Found {
    let (mut drawn, mut painted) = (Connected::of(rules), Connected::of(edges));
    let mut found = Found {
        grids: Vec::new(),
        some_left_out: drawn.some_left_out || painted.some_left_out,
    };
    let mut bounded = |whole: Vec<Component>| found.bounded(whole, texts, (division, page.1));
    let mut grids = bounded(std::mem::take(&mut drawn.whole));
    let mut shaded = bounded(std::mem::take(&mut painted.whole));
    if division == Division::RulesAndText {
        shaded = stripes::join(islands::join(shaded, texts), texts);
        shaded = shaded
            .into_iter()
            .filter_map(|grid| labelled::completed(grid, texts))
            .collect();
        headed::join(&mut shaded, &mut grids, &mut drawn.alone, texts);
        grids.extend(bounded(unruled::tables(drawn.alone, texts)));
    }
    let mut grids = islands::join(grids, texts);
    let is_table = |grid: &GridShape| grid.rows > 1 && grid.columns > 1;
    let apart = |grid: &GridShape| !grids.iter().any(|other| overlap(grid.rect, other.rect));
    let shaded = shaded.into_iter();
    let shaded: Vec<GridShape> = shaded
        .filter(|grid| is_table(grid) && apart(grid))
        .collect();
    grids.extend(shaded);
    grids.retain(|grid| !frames::is_tick_box(grid));
    grids.sort_by(|a, b| b.area().total_cmp(&a.area()));
    found.some_left_out |= grids.len() > GRIDS;
    grids.truncate(GRIDS);
    frames::take_away(&mut grids, page);
    grids.sort_by(|a, b| {
        a.area()
            .total_cmp(&b.area())
            .then(a.rect.top.total_cmp(&b.rect.top))
            .then(a.rect.left.total_cmp(&b.rect.left))
    });
    found.grids = grids;
    found
}

/// Rules that are connected, and horizontal ones that meet no other.
struct Connected {
    whole: Vec<Component>,
    alone: Vec<Rule>,
    some_left_out: bool,
}

impl Connected {
    fn of(rules: &Rules) -> Self {
        let longest = longest(rules);
        let (mut whole, mut alone) = (Vec::new(), Vec::new());
        for mut component in components(longest.as_ref().unwrap_or(rules)) {
            overlays::without_shafts(&mut component);
            match component.horizontal.as_slice() {
                [rule] if component.vertical.is_empty() => alone.push(*rule),
                _ => whole.push(component),
            }
        }
        Self {
            whole,
            alone,
            some_left_out: longest.is_some(),
        }
    }
}

impl Found {
    /// The grids that components bound; those that are too fine are left out.
    fn bounded(
        &mut self,
        whole: Vec<Component>,
        texts: &Texts,
        (division, height): (Division, f32),
    ) -> Vec<GridShape> {
        let mut grids = Vec::with_capacity(whole.len());
        for component in whole {
            let Some(mut component) = component.closed() else {
                continue;
            };
            gutters::close(&mut component, texts);
            overrun::reach(&mut component, texts, height);
            if division == Division::RulesAndText {
                aligned::divide(&mut component, texts);
            }
            if has_too_many_positions(&component) {
                self.some_left_out = true;
            } else {
                grids.extend(grid_of(&component));
            }
        }
        grids
    }
}

pub(super) fn overlap(a: Rect, b: Rect) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const PAGE: (f32, f32) = (600.0, 400.0);

    fn found(rules: &Rules) -> Vec<GridShape> {
        find(
            rules,
            &Rules::default(),
            &Texts::default(),
            PAGE,
            Division::Rules,
        )
        .grids
    }

    fn rules(horizontal: &[(f32, f32, f32)], vertical: &[(f32, f32, f32)]) -> Rules {
        let list = |items: &[(f32, f32, f32)]| {
            let mut rules: Vec<Rule> = items
                .iter()
                .map(|&(at, from, to)| Rule { at, from, to })
                .collect();
            rules.sort_by(|a, b| a.at.total_cmp(&b.at));
            rules
        };
        Rules {
            horizontal: list(horizontal),
            vertical: list(vertical),
        }
    }

    #[test]
    fn rules_short_of_the_corner_meet() {
        let page = rules(
            &[(10.0, 12.0, 99.0), (30.0, 12.0, 98.0)],
            &[(10.0, 11.5, 28.5), (100.0, 11.0, 29.0)],
        );
        assert_eq!(found(&page)[0].cells.len(), 1);
    }

    #[test]
    fn a_row_without_closing_rule_ends_where_the_verticals_end() {
        let page = rules(
            &[(10.0, 10.0, 100.0), (30.0, 10.0, 100.0)],
            &[(10.0, 10.0, 60.0), (50.0, 10.0, 60.0), (100.0, 10.0, 60.5)],
        );
        let grids = found(&page);
        assert!(grids[0].open_below && !grids[0].open_above);
        assert_eq!((grids[0].rows, grids[0].cells.len()), (2, 4));
        assert!(grids[0].rect.bottom >= 60.0);
    }

    #[test]
    fn an_open_top_and_open_sides_close_too() {
        let page = rules(
            &[(30.0, 0.0, 100.0), (60.0, 0.0, 100.0)],
            &[(20.0, 10.0, 60.0), (60.0, 10.0, 60.0)],
        );
        let grids = found(&page);
        assert!(grids[0].open_above);
        assert_eq!(grids[0].columns, 3);
    }

    #[test]
    fn tables_apart_are_grids_of_their_own_and_a_frame_is_none() {
        let table = |x: f32| {
            (
                [(100.0, x, x + 50.0), (150.0, x, x + 50.0)],
                [(x, 100.0, 150.0), (x + 50.0, 100.0, 150.0)],
            )
        };
        let (h1, v1) = table(50.0);
        let (h2, v2) = table(120.0);
        let frame_h = [(40.0, 30.0, 200.0), (180.0, 30.0, 200.0)];
        let frame_v = [(30.0, 40.0, 180.0), (200.0, 40.0, 180.0)];
        let page = rules(&[h1, h2, frame_h].concat(), &[v1, v2, frame_v].concat());
        let grids = found(&page);
        assert_eq!(grids.len(), 2);
    }

    #[test]
    fn where_there_are_too_many_rules_the_longest_are_looked_at() {
        let mut horizontal: Vec<_> = (0..30_000u16)
            .map(|n| {
                (
                    f32::from(n) / 10.0,
                    200.0 + f32::from(n % 40) * 9.0,
                    205.0 + f32::from(n % 40) * 9.0,
                )
            })
            .collect();
        horizontal.extend([(10.0, 10.0, 100.0), (30.0, 10.0, 100.0)]);
        let page = rules(&horizontal, &[(10.0, 10.0, 30.0), (100.0, 10.0, 30.0)]);
        let found = find(
            &page,
            &Rules::default(),
            &Texts::default(),
            PAGE,
            Division::Rules,
        );
        assert!(found.some_left_out);
        assert_eq!(found.grids.len(), 1);
    }

    #[test]
    fn thousands_of_rules_are_found_by_a_sweep() {
        let horizontal: Vec<_> = (0..2000u16)
            .map(|n| (f32::from(n) * 10.0, 0.0, 300.0))
            .collect();
        let vertical: Vec<_> = (0..300u16).map(|n| (f32::from(n), 0.0, 19_990.0)).collect();
        assert_eq!(found(&rules(&horizontal, &vertical))[0].rows, 1999);
    }
}
