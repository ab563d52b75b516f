//! The rules and painted boxes of a page -> its grids, inner ones before those around them.

use crate::read::pdf::grids::aligned;
use crate::read::pdf::grids::banded;
use crate::read::pdf::grids::cells::{Doubt, GridShape};
use crate::read::pdf::grids::connected::{Component, components, longest};
use crate::read::pdf::grids::frames;
use crate::read::pdf::grids::grouped;
use crate::read::pdf::grids::gutters::{self, Texts};
use crate::read::pdf::grids::headed::Headed;
use crate::read::pdf::grids::islands;
use crate::read::pdf::grids::labelled;
use crate::read::pdf::grids::lattice::{grid_of, has_too_many_positions};
use crate::read::pdf::grids::overlays;
use crate::read::pdf::grids::overrun;
use crate::read::pdf::grids::rules::{Drawn, Rule, Rules};
use crate::read::pdf::grids::stripes;
use crate::read::pdf::grids::unruled;
use crate::read::pdf::grids::untold;
use crate::read::pdf::grids::white;
use crate::read::pdf::marks::Rect;
use crate::read::pdf::tolerance::GUTTER;

/// Grids of a page; the text of smaller ones beyond them stands as lines.
const GRIDS: usize = 1_000;

/// What the rules of a page bound.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub grids: Vec<GridShape>,
    /// Whether there are so many rules that some were not looked at.
    pub some_left_out: bool,
    /// Where rules or painted cells with text look like a table's, and are in none.
    pub untold: Vec<Rect>,
}

/// A page as its tables are looked for.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub drawing: &'a Drawn,
    pub texts: &'a Texts,
    /// Width and height of the page.
    pub size: (f32, f32),
    /// Whether text stands in the cells of a table as it is written: a line that goes on from column to column refutes a
    /// table that was told by text.
    pub holds: &'a dyn Fn(&GridShape) -> bool,
}

/// Finds the grids of a page, inner ones before those around them. Where no rules are drawn, the edges of
/// painted boxes divide cells, if they make a table.
///
/// What is proposed is proposed from what is drawn and written alone; where proposals overlap, here is said which is taken.
pub(crate) fn find(scene: &Scene<'_>) -> Found {
    let (texts, em) = (scene.texts, scene.drawing.rules.em);
    let (drawn, painted) = (
        Connected::of(&scene.drawing.rules),
        Connected::of(&scene.drawing.edges),
    );
    let ruled = Bounded::of(&drawn.whole, scene);
    let painted_cells = Bounded::of(&painted.whole, scene);
    let shaded = stripes::join(islands::join(painted_cells.grids, texts), scene);
    let shaded: Vec<GridShape> = shaded
        .into_iter()
        .filter_map(|grid| labelled::completed(grid, scene))
        .collect();
    let mut heads = shaded.clone();
    heads.extend(unruled::heads(&drawn.alone, texts));
    let headed = Headed::of(&heads, &ruled.grids, &drawn.alone, scene);
    // A table under a heading is more than its frame and than the rules in it.
    let own = drawn.alone.iter().filter(|rule| !headed.has_rule(rule, em));
    let alone = own.chain(&headed.sides).copied().collect();
    let lined = Bounded::of(&unruled::tables(alone, texts), scene);
    let outside = ruled
        .grids
        .into_iter()
        .filter(|grid| !headed.has_frame(grid, em));
    let told = outside.map(|mut grid| {
        grid.doubt = headed.is_undivided(&grid, em).then_some(Doubt::Cells);
        grid
    });
    let boxes = told.chain(lined.grids).collect();
    let mut grids: Vec<GridShape> = islands::join(boxes, texts)
        .into_iter()
        .chain(islands::tables(&scene.drawing.rounded, texts))
        .map(|grid| {
            let with_head = |head: &GridShape| {
                let headed = banded::headed(head, &grid, texts);
                headed.or_else(|| banded::parted(head, &grid, texts))
            };
            shaded.iter().find_map(with_head).unwrap_or(grid)
        })
        .collect();
    // What is drawn tells a table before what is painted does.
    let is_table = |grid: &GridShape| grid.rows > 1 && grid.columns > 1;
    let is_apart = |grid: &GridShape, others: &[GridShape]| {
        !others.iter().any(|other| overlap(grid.rect, other.rect))
    };
    let mut painted_tables = headed.tables;
    let replaced = |grid: &GridShape| is_apart(grid, &painted_tables);
    let others: Vec<GridShape> = shaded.into_iter().filter(replaced).collect();
    painted_tables.extend(others);
    painted_tables.retain(|grid| is_table(grid) && is_apart(grid, &grids));
    grids.extend(painted_tables);
    grids.retain(|grid| !frames::is_tick_box(grid, em));
    grids.sort_by(|a, b| b.area().total_cmp(&a.area()));
    let some_left_out = drawn.some_left_out
        || painted.some_left_out
        || [
            ruled.some_left_out,
            painted_cells.some_left_out,
            lined.some_left_out,
        ]
        .contains(&true)
        || grids.len() > GRIDS;
    grids.truncate(GRIDS);
    let mut grids = frames::without_frames(grids, scene.size);
    let unruled = white::tables(&grids, scene);
    grids.extend(unruled);
    for grid in grids.iter_mut().filter(|grid| grid.by.is_by_text()) {
        let are_apart = unruled::has_headings_apart(grid, texts);
        grid.doubt = grid.doubt.or(are_apart.then_some(Doubt::Headings));
    }
    let untold = untold::places(&drawn, &heads, &grids, texts);
    grids.sort_by(|a, b| {
        a.area()
            .total_cmp(&b.area())
            .then(a.rect.top.total_cmp(&b.rect.top))
            .then(a.rect.left.total_cmp(&b.rect.left))
    });
    Found {
        grids,
        some_left_out,
        untold,
    }
}

/// Rules that are connected, and horizontal ones that meet no other.
pub(super) struct Connected {
    pub whole: Vec<Component>,
    pub alone: Vec<Rule>,
    some_left_out: bool,
}

impl Connected {
    fn of(rules: &Rules) -> Self {
        let longest = longest(rules);
        let (mut whole, mut alone) = (Vec::new(), Vec::new());
        for component in components(longest.as_ref().unwrap_or(rules)) {
            let component = overlays::without_underlines(overlays::without_shafts(component));
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

/// The grids that components bound.
struct Bounded {
    grids: Vec<GridShape>,
    /// Whether some are too fine to be looked at.
    some_left_out: bool,
}

impl Bounded {
    fn of(whole: &[Component], scene: &Scene<'_>) -> Self {
        let mut bounded = Self {
            grids: Vec::with_capacity(whole.len()),
            some_left_out: false,
        };
        for component in whole {
            let Some(component) = component.clone().closed(scene.size.1) else {
                continue;
            };
            let em = component.text_em(scene.texts);
            let component = gutters::closed(Component { em, ..component }, scene.texts, GUTTER);
            let component = overrun::reaching(component, scene.texts, scene.size.1);
            if has_too_many_positions(&component) {
                bounded.some_left_out = true;
            } else {
                bounded.grids.extend(divided(&component, scene));
            }
        }
        bounded
    }
}

/// The grid of a component: with the rows and columns that its text shows, where that is written so.
fn divided(component: &Component, scene: &Scene<'_>) -> Option<GridShape> {
    let aligned = aligned::divided(component, scene.texts);
    let aligned = aligned.filter(|component| !has_too_many_positions(component));
    let aligned = aligned.as_ref().and_then(grid_of).filter(scene.holds);
    aligned.or_else(|| {
        let ruled = grid_of(component)?;
        let grouped = grouped::divided(&ruled, scene.texts).filter(scene.holds);
        Some(grouped.unwrap_or(ruled))
    })
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
        let drawing = Drawn {
            rules: rules.clone(),
            ..Drawn::default()
        };
        find(&Scene {
            drawing: &drawing,
            texts: &Texts::bare(10.0),
            size: PAGE,
            holds: &|_| true,
        })
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
            em: 10.0,
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
        let drawing = Drawn {
            rules: page,
            ..Drawn::default()
        };
        let found = find(&Scene {
            drawing: &drawing,
            texts: &Texts::bare(10.0),
            size: PAGE,
            holds: &|_| true,
        });
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
