//! Chosen pairs -> those that nothing but the order of the goals chose.
//!
//! Where goals can change partners so that all pairs together stay as likely, the sheets do not say which goal became
//! which. Such changes are the cycles of a graph in which each goal takes the partner of the next; those that cost
//! nothing run along its tight arrows alone (Ahuja, Magnanti, Orlin, Network Flows, 9.3: reduced cost optimality).

use std::collections::BTreeSet;

use super::assign::{parts, worth};
use super::score::Edge;

/// Goals that can change partners with each other.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tie {
    /// Of the old side.
    pub old: BTreeSet<usize>,
    /// Of the new side.
    pub new: BTreeSet<usize>,
}

/// Changes that make all pairs less likely by no more than this (in log odds) make them as likely; sums of scores and
/// the preference for the goals' order differ by less.
const AS_LIKELY: f64 = 1e-3;
/// A gain below this is none.
const NO_GAIN: f64 = 1e-6;

/// A goal takes the new goal that another has, by an edge; or it goes without, or takes one that nobody has.
struct Arrow {
    from: usize,
    to: usize,
    /// By how much that makes the taker's pair likelier.
    gain: f64,
    edge: Option<Edge>,
}

/// The chosen edges' ties, each goal in at most one; by the edges that there were to choose among.
pub fn ties(edges: &[Edge], chosen: &[Edge]) -> Vec<Tie> {
    let goals: BTreeSet<usize> = edges.iter().map(|edge| edge.old).collect();
    let is_open = |edge: &&Edge| goals.contains(&edge.old);
    let chosen: Vec<Edge> = chosen.iter().filter(is_open).copied().collect();
    let graph = Graph::of(edges, &chosen);
    let tight = graph.tight();
    let component = components(graph.nodes, &tight);
    let is_cyclic = |arrow: &&&Arrow| component.get(arrow.from) == component.get(arrow.to);
    let mut changing: Vec<Edge> = tight
        .iter()
        .filter(is_cyclic)
        .filter_map(|arrow| arrow.edge)
        .collect();
    let olds: BTreeSet<usize> = changing.iter().map(|edge| edge.old).collect();
    let news: BTreeSet<usize> = changing.iter().map(|edge| edge.new).collect();
    let held = chosen
        .iter()
        .filter(|edge| olds.contains(&edge.old) || news.contains(&edge.new));
    changing.extend(held);
    let tie = |part: Vec<Edge>| Tie {
        old: part.iter().map(|edge| edge.old).collect(),
        new: part.iter().map(|edge| edge.new).collect(),
    };
    parts(changing).into_iter().map(tie).collect()
}

/// For each node the number of its component: nodes that can reach each other (Kosaraju). Without recursion, since a ring
/// may have as many nodes as a sheet has goals.
fn components(nodes: usize, arrows: &[&Arrow]) -> Vec<usize> {
    let (mut next, mut before) = (vec![Vec::new(); nodes], vec![Vec::new(); nodes]);
    for arrow in arrows {
        if let (Some(next), Some(before)) = (next.get_mut(arrow.from), before.get_mut(arrow.to)) {
            next.push(arrow.to);
            before.push(arrow.from);
        }
    }
    let mut left = Vec::with_capacity(nodes);
    let mut seen = vec![false; nodes];
    for node in 0..nodes {
        visit(node, &next, &mut seen, &mut left);
    }
    let mut component = vec![0; nodes];
    let mut seen = vec![false; nodes];
    for (number, &node) in left.iter().rev().enumerate() {
        let mut members = Vec::new();
        visit(node, &before, &mut seen, &mut members);
        for member in members {
            if let Some(slot) = component.get_mut(member) {
                *slot = number;
            }
        }
    }
    component
}

/// Walks from a node over all that was not seen, and lists the nodes in the order in which they are left.
fn visit(from: usize, next: &[Vec<usize>], seen: &mut [bool], left: &mut Vec<usize>) {
    let mut enter = |node: usize| {
        seen.get_mut(node)
            .is_some_and(|seen| !std::mem::replace(seen, true))
    };
    let mut path = Vec::new();
    if enter(from) {
        path.push((from, 0));
    }
    while let Some((node, at)) = path.last_mut() {
        if let Some(&other) = next.get(*node).and_then(|next| next.get(*at)) {
            *at += 1;
            if enter(other) {
                path.push((other, 0));
            }
        } else {
            left.push(*node);
            path.pop();
        }
    }
}

/// The old goals, then the new ones that have no partner, then nobody.
struct Graph {
    nodes: usize,
    arrows: Vec<Arrow>,
}

impl Graph {
    fn of(edges: &[Edge], chosen: &[Edge]) -> Self {
        let olds = edges.iter().map(|edge| edge.old + 1).max().unwrap_or(0);
        let news = edges.iter().map(|edge| edge.new + 1).max().unwrap_or(0);
        let mut held: Vec<Option<&Edge>> = vec![None; olds];
        let mut holder: Vec<usize> = (olds..olds + news).collect();
        for edge in chosen {
            if let (Some(held), Some(holder)) = (held.get_mut(edge.old), holder.get_mut(edge.new)) {
                *held = Some(edge);
                *holder = edge.old;
            }
        }
        let nobody = olds + news;
        let lost = |old: usize| {
            held.get(old)
                .copied()
                .flatten()
                .map_or(0.0, |edge| worth(edge.score))
        };
        let mut arrows = Vec::with_capacity(edges.len() + 2 * olds + news);
        for edge in edges {
            let to = holder.get(edge.new).copied().unwrap_or(nobody);
            if to != edge.old {
                let gain = worth(edge.score) - lost(edge.old);
                arrows.push(Arrow {
                    from: edge.old,
                    to,
                    gain,
                    edge: Some(*edge),
                });
            }
        }
        let mut free = |from, to, gain| {
            arrows.push(Arrow {
                from,
                to,
                gain,
                edge: None,
            });
        };
        for old in 0..olds {
            free(old, nobody, -lost(old));
            free(nobody, old, 0.0);
        }
        for new in olds..nobody {
            free(new, nobody, 0.0);
        }
        Self {
            nodes: nobody + 1,
            arrows,
        }
    }

    /// The arrows that are part of a change which costs nothing, if they are part of a cycle of such.
    fn tight(&self) -> Vec<&Arrow> {
        let mut height = vec![0.0_f64; self.nodes];
        let at = |height: &[f64], node: usize| height.get(node).copied().unwrap_or_default();
        for _ in 0..self.nodes {
            let mut rose = false;
            for arrow in &self.arrows {
                let reached = at(&height, arrow.from) + arrow.gain;
                if let Some(height) = height
                    .get_mut(arrow.to)
                    .filter(|height| reached > **height + NO_GAIN)
                {
                    *height = reached;
                    rose = true;
                }
            }
            if !rose {
                break;
            }
        }
        let is_tight = |arrow: &&Arrow| {
            at(&height, arrow.from) + arrow.gain >= at(&height, arrow.to) - AS_LIKELY
        };
        self.arrows.iter().filter(is_tight).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::assign::assign;
    use super::*;

    /// The ties of edges, each as (old, new, score).
    fn of(edges: &[(usize, usize, f32)]) -> Vec<(Vec<usize>, Vec<usize>)> {
        let edge = |&(old, new, score): &(usize, usize, f32)| Edge {
            old,
            new,
            score,
            text: score,
        };
        let edges: Vec<Edge> = edges.iter().map(edge).collect();
        let goals = |goals: BTreeSet<usize>| goals.into_iter().collect();
        let (chosen, open) = assign(&edges);
        let ties = ties(&open, &chosen);
        ties.into_iter()
            .map(|tie| (goals(tie.old), goals(tie.new)))
            .collect()
    }

    #[test]
    fn a_goal_that_another_would_do_for_is_tied_with_it() {
        assert_eq!(of(&[(0, 0, 0.9), (0, 1, 0.9)]), [(vec![0], vec![0, 1])]);
        assert_eq!(of(&[(0, 0, 0.9), (1, 0, 0.9)]), [(vec![0, 1], vec![0])]);
        assert_eq!(of(&[(0, 0, 0.9), (1, 0, 0.8)]), []);
    }

    #[test]
    fn goals_that_can_change_partners_are_tied() {
        let square = [(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.8), (1, 1, 0.7)];
        assert_eq!(of(&square), []);
        let equal = [(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.9), (1, 1, 0.8)];
        assert_eq!(of(&equal), [(vec![0, 1], vec![0, 1])]);
    }

    #[test]
    fn a_ring_is_tied_though_no_two_can_change() {
        let ring = [
            (0, 0, 0.8),
            (1, 1, 0.8),
            (2, 2, 0.8),
            (0, 1, 0.8),
            (1, 2, 0.8),
            (2, 0, 0.8),
        ];
        assert_eq!(of(&ring), [(vec![0, 1, 2], vec![0, 1, 2])]);
    }

    #[test]
    fn a_ring_of_any_length_is_walked() {
        let many = 100_000;
        let edge = |old, new| Edge {
            old,
            new,
            score: 0.8,
            text: 0.8,
        };
        let chosen: Vec<Edge> = (0..many).map(|at| edge(at, at)).collect();
        let turned = (0..many).map(|at| edge(at, (at + 1) % many));
        let edges: Vec<Edge> = chosen.iter().copied().chain(turned).collect();
        let ties = ties(&edges, &chosen);
        assert_eq!(ties.len(), 1);
        assert_eq!((ties[0].old.len(), ties[0].new.len()), (many, many));
    }

    #[test]
    fn ties_that_have_nothing_to_do_with_each_other_stay_apart() {
        let two = [
            (0, 0, 0.9),
            (0, 1, 0.9),
            (1, 2, 0.7),
            (2, 2, 0.7),
            (3, 3, 0.9),
        ];
        assert_eq!(of(&two), [(vec![0], vec![0, 1]), (vec![1, 2], vec![2])]);
    }
}
