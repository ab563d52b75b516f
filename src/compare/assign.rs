//! Likely pairs -> at most one for each goal, so that all of them together are the likeliest.

use std::collections::{BTreeMap, BTreeSet};

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

use super::score::Edge;

/// Below this a pair is worth nothing.
const WORTHLESS: f32 = 0.25;
/// Goals on the lesser side of a part that is assigned at once; the work grows with their cube.
const LARGEST_PART: usize = 400;
/// By how much the floor rises where a part is larger.
const RISE: f32 = 0.05;

/// Chooses edges; and those that it had to choose among, without what is chosen whatever becomes of the others.
pub fn assign(edges: &[Edge]) -> (Vec<Edge>, Vec<Edge>) {
    let (mut chosen, open) = settled(edges);
    let mut parts = parts(open.clone());
    while let Some(part) = parts.pop() {
        if side(&part, |edge| edge.old).min(side(&part, |edge| edge.new)) > LARGEST_PART {
            parts.extend(thinned(part));
        } else {
            chosen.extend(assign_part(&part));
        }
    }
    chosen.sort_by_key(|edge| (edge.old, edge.new));
    (chosen, open)
}

/// The edges that are worth more than the best others of both their goals together – they are in every best choice – and
/// those that are open without them.
fn settled(edges: &[Edge]) -> (Vec<Edge>, Vec<Edge>) {
    let mut chosen = Vec::new();
    let mut open = edges.to_vec();
    loop {
        let old = Rivals::of(&open, |edge| edge.old);
        let new = Rivals::of(&open, |edge| edge.new);
        let is_settled = |edge: &&Edge| {
            let others = old.beside(edge.old, edge) + new.beside(edge.new, edge);
            worth(edge.score) > others + CLEAR
        };
        let found: Vec<Edge> = open.iter().filter(is_settled).copied().collect();
        if found.is_empty() {
            return (chosen, open);
        }
        let taken = |of: fn(&Edge) -> usize| -> BTreeSet<usize> { found.iter().map(of).collect() };
        let (olds, news) = (taken(|edge| edge.old), taken(|edge| edge.new));
        open.retain(|edge| !olds.contains(&edge.old) && !news.contains(&edge.new));
        chosen.extend(found);
    }
}

/// More than what makes two choices as likely, with the preference for the goals' order.
const CLEAR: f64 = 0.01;

/// The two best edges of each goal of a side.
struct Rivals(Vec<[Option<Edge>; 2]>);

impl Rivals {
    fn of(edges: &[Edge], goal: fn(&Edge) -> usize) -> Self {
        let goals = edges.iter().map(|edge| goal(edge) + 1).max().unwrap_or(0);
        let mut best = vec![[None::<Edge>; 2]; goals];
        for edge in edges {
            let Some([first, second]) = best.get_mut(goal(edge)) else {
                continue;
            };
            let beats = |other: &Option<Edge>| other.is_none_or(|other| edge.score > other.score);
            if beats(first) {
                *second = first.replace(*edge);
            } else if beats(second) {
                *second = Some(*edge);
            }
        }
        Self(best)
    }

    /// What the best other edge of a goal is worth.
    fn beside(&self, goal: usize, edge: &Edge) -> f64 {
        let best = self.0.get(goal).into_iter().flatten().flatten();
        let mut others = best.filter(|other| (other.old, other.new) != (edge.old, edge.new));
        others
            .next()
            .map_or(0.0, |other| worth(other.score).max(0.0))
    }
}

fn side(edges: &[Edge], of: impl Fn(&Edge) -> usize) -> usize {
    let mut goals: Vec<usize> = edges.iter().map(of).collect();
    goals.sort_unstable();
    goals.dedup();
    goals.len()
}

/// A part that is too large without its weakest edges, as the parts that are left of it.
fn thinned(part: Vec<Edge>) -> Vec<Vec<Edge>> {
    let weakest = part.iter().map(|edge| edge.score).fold(1.0, f32::min);
    let kept: Vec<Edge> = part
        .into_iter()
        .filter(|edge| edge.score > weakest + RISE)
        .collect();
    parts(kept)
}

/// Edges that hang together by their goals.
pub fn parts(edges: Vec<Edge>) -> Vec<Vec<Edge>> {
    let olds = edges.iter().map(|edge| edge.old + 1).max().unwrap_or(0);
    let news = edges.iter().map(|edge| edge.new + 1).max().unwrap_or(0);
    let mut roots: Vec<usize> = (0..olds + news).collect();
    for edge in &edges {
        let (a, b) = (
            root(&mut roots, edge.old),
            root(&mut roots, olds + edge.new),
        );
        if let Some(slot) = roots.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
    let mut parts: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for edge in edges {
        parts
            .entry(root(&mut roots, edge.old))
            .or_default()
            .push(edge);
    }
    parts.into_values().collect()
}

fn root(roots: &mut [usize], mut at: usize) -> usize {
    while let Some(&above) = roots.get(at) {
        if above == at {
            break;
        }
        let further = roots.get(above).copied().unwrap_or(above);
        if let Some(slot) = roots.get_mut(at) {
            *slot = further;
        }
        at = further;
    }
    at
}

fn assign_part(part: &[Edge]) -> Vec<Edge> {
    let goals = |of: fn(&Edge) -> usize| {
        let mut goals: Vec<usize> = part.iter().map(of).collect();
        goals.sort_unstable();
        goals.dedup();
        goals
    };
    let (olds, news) = (goals(|edge| edge.old), goals(|edge| edge.new));
    let turned = olds.len() > news.len();
    let (rows, columns) = if turned {
        (&news, &olds)
    } else {
        (&olds, &news)
    };
    let mut worths = Matrix::new(rows.len(), columns.len(), 0i64);
    for edge in part {
        let (row, column) = if turned {
            (edge.new, edge.old)
        } else {
            (edge.old, edge.new)
        };
        if let (Ok(row), Ok(column)) = (rows.binary_search(&row), columns.binary_search(&column))
            && let Some(slot) = worths.get_mut((row, column))
        {
            *slot = ordered_worth(edge);
        }
    }
    let (_, columns_of_rows) = kuhn_munkres(&worths);
    let is_chosen = |edge: &&Edge| {
        let (row, column) = if turned {
            (edge.new, edge.old)
        } else {
            (edge.old, edge.new)
        };
        let at = rows.binary_search(&row).ok();
        at.and_then(|row| columns_of_rows.get(row))
            .and_then(|&at| columns.get(at))
            == Some(&column)
    };
    part.iter().filter(is_chosen).copied().collect()
}

/// The odds of a pair as a sum's part, in log odds: the product of all odds is to be the greatest.
pub fn worth(score: f32) -> f64 {
    let log_odds = |p: f32| (f64::from(p) / (1.0 - f64::from(p).min(0.9999))).ln();
    log_odds(score) - log_odds(WORTHLESS)
}

/// The same as a whole number. Where two ways are equally likely, goals keep their order.
fn ordered_worth(edge: &Edge) -> i64 {
    let out_of_order = edge.old.abs_diff(edge.new).min(1000) as i64;
    ((worth(edge.score) * 1e7) as i64 - out_of_order).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(old: usize, new: usize, score: f32) -> Edge {
        Edge {
            old,
            new,
            score,
            text: score,
        }
    }

    fn chosen(edges: &[Edge]) -> Vec<(usize, usize)> {
        assign(edges)
            .0
            .iter()
            .map(|edge| (edge.old, edge.new))
            .collect()
    }

    #[test]
    fn one_sure_pair_is_worth_more_than_two_doubtful_ones() {
        assert_eq!(
            chosen(&[edge(0, 0, 0.97), edge(0, 1, 0.5), edge(1, 0, 0.5)]),
            [(0, 0)]
        );
        assert_eq!(
            chosen(&[edge(0, 0, 0.6), edge(0, 1, 0.58), edge(1, 0, 0.58)]),
            [(0, 1), (1, 0)]
        );
    }

    #[test]
    fn equal_goals_keep_their_order() {
        let all: Vec<Edge> = (0..6)
            .flat_map(|i| (0..6).map(move |j| edge(i, j, 0.9)))
            .collect();
        assert_eq!(chosen(&all), (0..6).map(|i| (i, i)).collect::<Vec<_>>());
    }

    #[test]
    fn a_part_that_is_too_large_is_thinned() {
        let many = LARGEST_PART + 10;
        let edges: Vec<Edge> = (0..many)
            .flat_map(|i| [edge(i, i, 0.9), edge(i, (i + 1) % many, 0.4)])
            .collect();
        assert_eq!(chosen(&edges).len(), many);
    }
}
