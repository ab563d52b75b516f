//! Two sides' goals -> which belong together: what people and predecessor numbers say, then the likeliest
//! assignment, then what was merged or split.

use std::collections::{BTreeMap, BTreeSet};

use super::assign::assign;
use super::features::{Corpus, Features};
use super::goals::SideGoal;
use super::organization::{Succession, Unit, units_of};
use super::parts::{self, Parts};
use super::relation::{self, Relations};
use super::score::{self, CANDIDATE, Edge, PAIR};
use super::ties::{self, Tie};

/// Goals that belong together, by their places in the sides' rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Of the old side, in order.
    pub old: Vec<usize>,
    /// Of the new side, in order.
    pub new: Vec<usize>,
    /// How sure that is.
    pub score: f32,
    /// What it rests on.
    pub basis: Basis,
    /// Which of the ties chose it, by its place among them.
    pub tie: Option<usize>,
}

/// What a group rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A goal alone.
    Alone,
    /// A person.
    Decision,
    /// Predecessor numbers.
    Predecessor,
    /// Texts and units.
    Likeness,
    /// The same, but not enough to be sure.
    Doubtful,
}

/// Links that are given, not found.
#[derive(Debug, Default)]
pub struct Given {
    /// Goals that belong together, and what says so.
    pub links: Vec<(usize, usize, Basis)>,
    /// Goals that a person said do not.
    pub refused: BTreeSet<(usize, usize)>,
    /// New goals that the sheet says had no predecessor.
    pub without_predecessor: BTreeSet<usize>,
}

/// What pairing found.
#[derive(Debug)]
pub struct Pairing {
    /// Each goal of both sides in one group.
    pub groups: Vec<Group>,
    /// Names of units that the goals showed to be one's new name.
    pub learned: Vec<(Unit, Unit)>,
    /// What owners are to each other.
    pub relations: Relations,
    /// Each old goal's owner.
    pub old_owners: Vec<usize>,
    /// Each new goal's owner.
    pub new_owners: Vec<usize>,
}

/// Pairs the goals.
pub fn pair(
    old: &[SideGoal],
    new: &[SideGoal],
    corpus: &Corpus,
    map: Succession,
    given: &Given,
) -> Pairing {
    let (old_distinct, old_owners) = relation::distinct(old);
    let (new_distinct, new_owners) = relation::distinct(new);
    let mut relations = Relations::new(old_distinct, new_distinct, map);
    let mut groups = given_groups(given);
    let taken = Taken::of(&groups);
    let free = |edges: Vec<Edge>| -> Vec<Edge> {
        let is_free = |edge: &Edge| {
            !taken.old.contains(&edge.old)
                && !taken.new.contains(&edge.new)
                && !given.without_predecessor.contains(&edge.new)
                && !given.refused.contains(&(edge.old, edge.new))
        };
        edges.into_iter().filter(is_free).collect()
    };
    let owners = (old_owners.as_slice(), new_owners.as_slice());
    let mut edges = free(score::edges(corpus, &relations, owners));
    let learned = learn(old, new, &assign(&edges), &relations);
    if !learned.is_empty() {
        relations.learn(learned.clone());
        edges = free(score::edges(corpus, &relations, owners));
    }
    let chosen = assign(&edges);
    let mut ties = ties::ties(&edges, &chosen);
    ties.retain(|tie| matters(tie, corpus, owners));
    let tie_of = |edge: &Edge| ties.iter().position(|tie| tie.old.contains(&edge.old));
    let bands = chosen
        .iter()
        .filter_map(|edge| banded(edge, &edges, &chosen, tie_of(edge)));
    groups.extend(bands);
    let parts = Parts {
        corpus,
        relations: &relations,
        old_owners: &old_owners,
        new_owners: &new_owners,
        given,
        ties: &ties,
    };
    parts::join(&mut groups, &parts, old.len(), new.len());
    add_alone(&mut groups, old.len(), new.len());
    Pairing {
        groups,
        learned,
        relations,
        old_owners,
        new_owners,
    }
}

/// Whether it makes a difference which of a tie's goals became which: where those of a side are word for word alike and
/// each has a partner, it makes none.
fn matters(tie: &Tie, corpus: &Corpus, owners: (&[usize], &[usize])) -> bool {
    let alike = |goals: &BTreeSet<usize>, side: &[Features], owners: &[usize]| {
        let told = |at: &usize| Some((side.get(*at)?, owners.get(*at)?));
        let first = goals.first().and_then(told);
        goals.iter().all(|at| told(at) == first)
    };
    let is_alike = alike(&tie.old, &corpus.old, owners.0) || alike(&tie.new, &corpus.new, owners.1);
    !(is_alike && tie.old.len() == tie.new.len())
}

/// Goals that are in a group.
#[derive(Debug, Default)]
pub struct Taken {
    /// Of the old side.
    pub old: BTreeSet<usize>,
    /// Of the new side.
    pub new: BTreeSet<usize>,
}

impl Taken {
    /// By these groups.
    pub fn of(groups: &[Group]) -> Self {
        Self {
            old: groups.iter().flat_map(|group| group.old.clone()).collect(),
            new: groups.iter().flat_map(|group| group.new.clone()).collect(),
        }
    }
}

/// Given links that share a goal make one group. A person's word about a goal outranks its numbers.
fn given_groups(given: &Given) -> Vec<Group> {
    let decided: Vec<_> = given
        .links
        .iter()
        .filter(|link| link.2 == Basis::Decision)
        .collect();
    let spoken_of = |link: &&(usize, usize, Basis)| {
        link.2 == Basis::Decision
            || !given.refused.contains(&(link.0, link.1))
                && !decided.iter().any(|d| d.0 == link.0 || d.1 == link.1)
    };
    let mut groups: Vec<Group> = Vec::new();
    for &(old, new, basis) in given.links.iter().filter(spoken_of) {
        let mut joined = Group {
            old: vec![old],
            new: vec![new],
            score: 1.0,
            basis,
            tie: None,
        };
        let touches = |group: &Group| group.old.contains(&old) || group.new.contains(&new);
        for group in groups.extract_if(.., |group| touches(group)) {
            joined.old.extend(group.old);
            joined.new.extend(group.new);
        }
        for side in [&mut joined.old, &mut joined.new] {
            side.sort_unstable();
            side.dedup();
        }
        groups.push(joined);
    }
    groups
}

/// Another goal that would do as well makes a pair doubtful, unless that one has a better partner.
const AS_GOOD: f32 = 0.03;
/// Scores that differ by less differ by how they were summed.
const SAME: f32 = 0.0001;
/// A pair that is surer than this is none the less so for another that would do.
const SURE: f32 = 0.72;

/// The band of a chosen edge: a pair, a candidate, or none. Where only the order of goals decides, which says nothing, it
/// is a candidate however sure the fit is.
fn banded(edge: &Edge, edges: &[Edge], chosen: &[Edge], tie: Option<usize>) -> Option<Group> {
    let mut rivals = edges.iter().filter(|rival| {
        (rival.old == edge.old) != (rival.new == edge.new) && rival.score > edge.score - AS_GOOD
    });
    let has_better = |rival: &Edge| {
        chosen.iter().any(|other| {
            other != edge
                && (other.old == rival.old || other.new == rival.new)
                && other.score > rival.score + SAME
        })
    };
    let contested = edge.score < SURE && rivals.any(|rival| !has_better(rival));
    let basis = if edge.score >= PAIR && !contested && tie.is_none() {
        Basis::Likeness
    } else if edge.score >= CANDIDATE {
        Basis::Doubtful
    } else {
        return None;
    };
    Some(Group {
        old: vec![edge.old],
        new: vec![edge.new],
        score: edge.score,
        basis,
        tie,
    })
}

/// By texts alone, from here on goals show what became of their unit.
const SHOWS_UNIT: f32 = 0.60;
/// So many goals of a unit must have gone the same way, and more than half of them.
const FEWEST_SHOWING: usize = 2;

/// Units that are gone whose goals went to one that is new: its new name.
fn learn(
    old: &[SideGoal],
    new: &[SideGoal],
    chosen: &[Edge],
    relations: &Relations,
) -> Vec<(Unit, Unit)> {
    let mut went: BTreeMap<Unit, BTreeMap<Unit, usize>> = BTreeMap::new();
    for edge in chosen.iter().filter(|edge| edge.text >= SHOWS_UNIT) {
        let units = |side: &[SideGoal], at: usize| {
            side.get(at)
                .map(|goal| units_of(&goal.owner))
                .unwrap_or_default()
        };
        if let ([from], [to]) = (
            units(old, edge.old).as_slice(),
            units(new, edge.new).as_slice(),
        ) {
            *went
                .entry(from.clone())
                .or_default()
                .entry(to.clone())
                .or_default() += 1;
        }
    }
    let mut learned = Vec::new();
    for (from, ways) in went {
        let all: usize = ways.values().sum();
        let most = ways.into_iter().max_by_key(|(_, count)| *count);
        if let Some((to, count)) = most
            && count >= FEWEST_SHOWING
            && count * 2 > all
            && from != to
            && relations.is_gone(&from)
            && relations.is_new(&to)
        {
            learned.push((from, to));
        }
    }
    learned
}

fn add_alone(groups: &mut Vec<Group>, old: usize, new: usize) {
    let taken = Taken::of(groups);
    let alone = |old: Vec<usize>, new: Vec<usize>| Group {
        old,
        new,
        score: 0.0,
        basis: Basis::Alone,
        tie: None,
    };
    let olds = (0..old).filter(|at| !taken.old.contains(at));
    groups.extend(olds.map(|at| alone(vec![at], Vec::new())));
    let news = (0..new).filter(|at| !taken.new.contains(at));
    groups.extend(news.map(|at| alone(Vec::new(), vec![at])));
}
