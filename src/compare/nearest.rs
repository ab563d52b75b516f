//! Pairing -> for goals of which it is not sure what became, the goals of the other year that are nearest to them.
//!
//! They never decide anything: they are what a person looks at first.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::Change;
use super::pair::{Basis, Group, Pairing};
use super::score::Edge;
use super::weights::Weights;

/// For a goal no more than this many.
const MOST: usize = 3;

/// Two goals that are near each other and stand in different pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The old goal.
    pub old: usize,
    /// The new goal.
    pub new: usize,
    /// How likely they are one.
    pub score: f32,
    /// What they would be: one goal, or a part that was merged into or split from another.
    pub would_be: Change,
}

/// Where a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Alone,
    Doubtful,
    Sure,
}

/// The links, at most three a goal and together no more than half as many as there are goals; by old and new.
pub fn nearest(pairing: &Pairing, goals: usize, weights: &Weights) -> Vec<Link> {
    let standings = Standings::of(&pairing.groups, weights);
    let mut links: Vec<Link> = pairing
        .edges
        .iter()
        .filter(|edge| edge.score >= weights.reach)
        .filter_map(|edge| standings.link(edge))
        .collect();
    links.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then((a.old, a.new).cmp(&(b.old, b.new)))
    });
    // The best of each goal that stands alone come first.
    let (mut firsts, mut others) = (Vec::new(), Vec::new());
    let (mut old_seen, mut new_seen) = (BTreeSet::new(), BTreeSet::new());
    for link in links {
        let first_of_old = old_seen.insert(link.old) && standings.is_alone_old(link.old);
        let first_of_new = new_seen.insert(link.new) && standings.is_alone_new(link.new);
        if first_of_old || first_of_new {
            firsts.push(link);
        } else {
            others.push(link);
        }
    }
    let (mut of_old, mut of_new) = (BTreeMap::new(), BTreeMap::new());
    let mut kept = Vec::new();
    for link in firsts.into_iter().chain(others) {
        let old: &mut usize = of_old.entry(link.old).or_default();
        let new: &mut usize = of_new.entry(link.new).or_default();
        if *old < MOST && *new < MOST && kept.len() < goals / 2 {
            *old += 1;
            *new += 1;
            kept.push(link);
        }
    }
    kept.sort_by_key(|link| (link.old, link.new));
    kept
}

/// Each goal's group and standing.
struct Standings {
    old: BTreeMap<usize, (usize, Standing)>,
    new: BTreeMap<usize, (usize, Standing)>,
}

impl Standings {
    fn of(groups: &[Group], weights: &Weights) -> Self {
        let mut standings = Self {
            old: BTreeMap::new(),
            new: BTreeMap::new(),
        };
        for (at, group) in groups.iter().enumerate() {
            let standing = match group.basis {
                Basis::Alone => Standing::Alone,
                Basis::Likeness if group.score < weights.sure => Standing::Doubtful,
                Basis::Doubtful | Basis::Seed => Standing::Doubtful,
                Basis::Decision | Basis::Predecessor | Basis::Likeness => Standing::Sure,
            };
            standings
                .old
                .extend(group.old.iter().map(|&goal| (goal, (at, standing))));
            standings
                .new
                .extend(group.new.iter().map(|&goal| (goal, (at, standing))));
        }
        standings
    }

    fn is_alone_old(&self, goal: usize) -> bool {
        self.old
            .get(&goal)
            .is_some_and(|(_, standing)| *standing == Standing::Alone)
    }

    fn is_alone_new(&self, goal: usize) -> bool {
        self.new
            .get(&goal)
            .is_some_and(|(_, standing)| *standing == Standing::Alone)
    }

    /// A link of two goals of different groups of which one is not sure.
    fn link(&self, edge: &Edge) -> Option<Link> {
        let (of_old, old) = *self.old.get(&edge.old)?;
        let (of_new, new) = *self.new.get(&edge.new)?;
        if of_old == of_new || old == Standing::Sure && new == Standing::Sure {
            return None;
        }
        let would_be = match (old, new) {
            (Standing::Alone, Standing::Sure | Standing::Doubtful) => Change::Merged,
            (Standing::Sure | Standing::Doubtful, Standing::Alone) => Change::Split,
            _ => Change::Candidate,
        };
        Some(Link {
            old: edge.old,
            new: edge.new,
            score: edge.score,
            would_be,
        })
    }
}
