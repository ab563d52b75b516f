//! Two sides' goals -> which belong together: what people and predecessor numbers say, then the likeliest
//! assignment, then what was merged or split.

use std::collections::{BTreeMap, BTreeSet};

use super::assign::assign;
use super::features::{Corpus, Features};
use super::goals::SideGoal;
use super::near::near;
use super::organization::{Succession, Unit, units_of};
use super::parts::{self, Parts};
use super::relation::{self, Relations};
use super::score::{self, Edge};
use super::ties::{self, Tie};
use super::weights::Weights;

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
    /// Parts of one goal may; only with another part it is a group.
    Seed,
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
    /// The likeliest pairs of each goal, chosen or not.
    pub edges: Vec<Edge>,
}

/// Pairs the goals.
pub fn pair(
    old: &[SideGoal],
    new: &[SideGoal],
    corpus: &Corpus,
    map: Succession,
    (given, weights): (&Given, &Weights),
) -> Pairing {
    let (old_distinct, old_owners) = relation::distinct(old);
    let (new_distinct, new_owners) = relation::distinct(new);
    let mut relations = Relations::new(old_distinct, new_distinct, map, *weights);
    let mut groups = given_groups(given);
    let taken = Taken::of(&groups);
    let is_free = |edge: &&Edge| {
        edge.score >= weights.least
            && !taken.old.contains(&edge.old)
            && !taken.new.contains(&edge.new)
            && !given.without_predecessor.contains(&edge.new)
            && !given.refused.contains(&(edge.old, edge.new))
    };
    let free = |edges: &[Edge]| -> Vec<Edge> { edges.iter().filter(is_free).copied().collect() };
    let owners = (old_owners.as_slice(), new_owners.as_slice());
    let near = near(corpus, &relations, owners, weights);
    let mut edges = score::edges(&near, &relations, owners, weights);
    let learned = learn(old, new, &assign(&free(&edges)).0, &relations);
    if !learned.is_empty() {
        relations.learn(learned.clone());
        edges = score::edges(&near, &relations, owners, weights);
    }
    let open = free(&edges);
    let (chosen, contested) = assign(&open);
    let mut ties = ties::ties(&contested, &chosen);
    ties.retain(|tie| matters(tie, corpus, owners));
    groups.extend(Bands::of(&open, &chosen, &ties, weights).groups());
    let parts = Parts {
        corpus,
        relations: &relations,
        owners,
        given,
        ties: &ties,
        near: &near,
        weights,
    };
    parts::join(&mut groups, &parts, old.len(), new.len());
    add_alone(&mut groups, old.len(), new.len());
    Pairing {
        groups,
        learned,
        relations,
        old_owners,
        new_owners,
        edges,
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
        Self::by(groups, |_| true)
    }

    /// By those of them that are only the seed of one.
    pub fn of_seeds(groups: &[Group]) -> Self {
        Self::by(groups, |group| group.basis == Basis::Seed)
    }

    fn by(groups: &[Group], is_meant: fn(&Group) -> bool) -> Self {
        let meant = || groups.iter().filter(|group| is_meant(group));
        Self {
            old: meant().flat_map(|group| group.old.clone()).collect(),
            new: meant().flat_map(|group| group.new.clone()).collect(),
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

/// Scores that differ by less differ by how they were summed.
const SAME: f32 = 0.0001;

/// The chosen edges on their way to groups.
struct Bands<'a> {
    chosen: &'a [Edge],
    weights: &'a Weights,
    /// All edges of each goal.
    of_old: BTreeMap<usize, Vec<Edge>>,
    of_new: BTreeMap<usize, Vec<Edge>>,
    /// What was chosen for each.
    old_score: BTreeMap<usize, f32>,
    new_score: BTreeMap<usize, f32>,
    /// Each old goal's tie.
    tie: BTreeMap<usize, usize>,
}

impl<'a> Bands<'a> {
    fn of(edges: &[Edge], chosen: &'a [Edge], ties: &[Tie], weights: &'a Weights) -> Self {
        let mut of_old: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
        let mut of_new: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
        for edge in edges {
            of_old.entry(edge.old).or_default().push(*edge);
            of_new.entry(edge.new).or_default().push(*edge);
        }
        let ties = ties.iter().enumerate();
        Self {
            chosen,
            weights,
            of_old,
            of_new,
            old_score: chosen.iter().map(|edge| (edge.old, edge.score)).collect(),
            new_score: chosen.iter().map(|edge| (edge.new, edge.score)).collect(),
            tie: ties
                .flat_map(|(at, tie)| tie.old.iter().map(move |&old| (old, at)))
                .collect(),
        }
    }

    fn groups(&self) -> Vec<Group> {
        self.chosen
            .iter()
            .filter_map(|edge| self.group(edge))
            .collect()
    }

    /// A pair, a candidate, or none. Where only the order of goals decides, which says nothing, it is a candidate however
    /// sure the fit is.
    fn group(&self, edge: &Edge) -> Option<Group> {
        let tie = self.tie.get(&edge.old).copied();
        let weights = self.weights;
        let contested = edge.score < weights.sure && self.is_contested(edge);
        let basis = if edge.score >= weights.pair && !contested && tie.is_none() {
            Basis::Likeness
        } else if edge.score >= weights.candidate {
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

    /// Whether another goal would do as well, and has no better partner.
    fn is_contested(&self, edge: &Edge) -> bool {
        let of_old = self.of_old.get(&edge.old).into_iter().flatten();
        let of_new = self.of_new.get(&edge.new).into_iter().flatten();
        let mut rivals = of_old.chain(of_new).filter(|rival| {
            (rival.old, rival.new) != (edge.old, edge.new)
                && rival.score > edge.score - self.weights.as_good
        });
        let has_better = |rival: &Edge| {
            let better =
                |score: Option<&f32>| score.is_some_and(|score| *score > rival.score + SAME);
            if rival.old == edge.old {
                better(self.new_score.get(&rival.new))
            } else {
                better(self.old_score.get(&rival.old))
            }
        };
        rivals.any(|rival| !has_better(rival))
    }
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
