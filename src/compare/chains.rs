//! Comparisons of years that follow each other -> each goal through the years.

use std::collections::BTreeMap;

use super::comparison::{Change, Comparison, GoalRef, Pair, Side};
use crate::text::wording_key;

/// A goal through the years, from the one in which it is new to its last.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// For each year its goal, if it had one.
    pub years: Vec<Option<Link>>,
}

/// A goal of one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The goal.
    pub goal: GoalRef,
    /// What became of the year before's; none in the first of all years.
    pub change: Option<Change>,
    /// Further goals of the year before that were merged into it, or the one that it was split from.
    pub besides: Vec<GoalRef>,
}

/// The chains of years of which each comparison compares one with the next: in the order of the years in which they
/// begin, and of the goals in them.
///
/// Of goals that were merged the one whose title goes on, else the first, is followed; the others end. Of goals that were
/// split the same one goes on, and the others begin, with what they came from beside them. A candidate is followed and
/// stays named as one.
pub fn chains(comparisons: &[Comparison]) -> Vec<Chain> {
    let years = comparisons.len() + 1;
    let mut chains: Vec<Chain> = Vec::new();
    // The chain that each goal of the year before stands in.
    let mut standing: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, comparison) in comparisons.iter().enumerate() {
        if at == 0 {
            let mut olds: Vec<&GoalRef> =
                comparison.pairs.iter().flat_map(|pair| &pair.old).collect();
            olds.sort_by_key(|goal| (goal.document, goal.goal));
            for goal in olds {
                standing.insert((goal.document, goal.goal), chains.len());
                chains.push(Chain::beginning(years, 0, Link::first(goal)));
            }
        }
        let mut next = BTreeMap::new();
        let mut pairs: Vec<&Pair> = comparison.pairs.iter().collect();
        pairs.sort_by_key(|pair| pair.new.first().map(|goal| (goal.document, goal.goal)));
        for pair in pairs {
            let main = main_link(pair);
            for (position, goal) in pair.new.iter().enumerate() {
                let goes_on = main.filter(|(_, new)| *new == position);
                let before = goes_on.and_then(|(old, _)| pair.old.get(old));
                let chain = before
                    .and_then(|goal| standing.get(&(goal.document, goal.goal)))
                    .copied();
                let besides = pair.old.iter().filter(|old| Some(*old) != before);
                let link = Link {
                    goal: goal.clone(),
                    change: Some(pair.change),
                    besides: besides.cloned().collect(),
                };
                let chain = if let Some(chain) = chain {
                    if let Some(slot) = chains
                        .get_mut(chain)
                        .and_then(|chain| chain.years.get_mut(at + 1))
                    {
                        *slot = Some(link);
                    }
                    chain
                } else {
                    chains.push(Chain::beginning(years, at + 1, link));
                    chains.len() - 1
                };
                next.insert((goal.document, goal.goal), chain);
            }
        }
        standing = next;
    }
    chains
}

/// The sides that comparisons went through, the first one's old side first.
pub fn sides(comparisons: &[Comparison]) -> Vec<&Side> {
    let first = comparisons.first().map(|comparison| &comparison.old);
    let others = comparisons.iter().map(|comparison| &comparison.new);
    first.into_iter().chain(others).collect()
}

impl Chain {
    fn beginning(years: usize, at: usize, link: Link) -> Self {
        let mut all = vec![None; years];
        if let Some(slot) = all.get_mut(at) {
            *slot = Some(link);
        }
        Self { years: all }
    }

    /// The first and the last year in which there was a goal, and how many there are.
    pub fn span(&self) -> Option<(usize, usize, usize)> {
        let has_goal = |link: &Option<Link>| link.is_some();
        let first = self.years.iter().position(has_goal)?;
        let last = self.years.iter().rposition(has_goal)?;
        Some((first, last, self.years.iter().flatten().count()))
    }

    /// The goal of the last year that has one.
    pub fn last(&self) -> Option<&GoalRef> {
        self.years
            .iter()
            .rev()
            .flatten()
            .next()
            .map(|link| &link.goal)
    }
}

impl Link {
    fn first(goal: &GoalRef) -> Self {
        Self {
            goal: goal.clone(),
            change: None,
            besides: Vec::new(),
        }
    }
}

/// Which of a pair's goals is followed: by their positions on both sides.
fn main_link(pair: &Pair) -> Option<(usize, usize)> {
    if pair.old.is_empty() || pair.new.is_empty() {
        return None;
    }
    let title = |goal: &GoalRef| goal.item.as_deref().map(wording_key);
    let same = pair.old.iter().enumerate().find_map(|(old, before)| {
        let same = |goal: &GoalRef| title(goal).is_some() && title(goal) == title(before);
        pair.new.iter().position(same).map(|new| (old, new))
    });
    Some(same.unwrap_or((0, 0)))
}
