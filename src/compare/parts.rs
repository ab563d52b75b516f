//! Goals that are left over -> those that went into another goal (統合), or came out of one (分割).
//!
//! A part is told from a goal that merely resembles: the whole must have the part's title and enough of its sentences,
//! have them from this part and not from the others, and be told better with it than without.

use std::collections::{BTreeMap, BTreeSet};

use super::features::{Corpus, Features, Set, intersection};
use super::near::Near;
use super::pair::{Basis, Given, Group, Taken};
use super::relation::Relations;
use super::score::share;
use super::ties::Tie;
use super::weights::Weights;

/// What joining parts looks at.
pub struct Parts<'a> {
    /// The goals' texts.
    pub corpus: &'a Corpus,
    /// What owners are to each other.
    pub relations: &'a Relations,
    /// Each old and each new goal's owner.
    pub owners: (&'a [usize], &'a [usize]),
    /// What a person refused.
    pub given: &'a Given,
    /// Goals that nothing but their order paired.
    pub ties: &'a [Tie],
    /// Goals that may have to do with each other.
    pub near: &'a [Near],
    /// What counts for how much.
    pub weights: &'a Weights,
}

/// Fits that differ by less differ by how they were summed.
const SAME_FIT: f32 = 0.0001;

/// Joins what is left over. Each goal claims the group that it fits best, all before any is joined: so the order of the
/// goals means nothing.
pub fn join(groups: &mut Vec<Group>, parts: &Parts, olds: usize, news: usize) {
    let taken = Taken::of(groups);
    let free_old: BTreeSet<usize> = (0..olds).filter(|at| !taken.old.contains(at)).collect();
    let is_free =
        |at: &usize| !taken.new.contains(at) && !parts.given.without_predecessor.contains(at);
    let free_new: BTreeSet<usize> = (0..news).filter(is_free).collect();
    parts.add_seeds(groups, &free_old, &free_new);
    let seeds = Taken::of_seeds(groups);
    let of_old = parts.claims(groups, &(&free_old - &seeds.old), Side::Old);
    let of_new = parts.claims(groups, &(&free_new - &seeds.new), Side::New);
    for (at, group) in groups.iter_mut().enumerate() {
        let none = Vec::new();
        let (old, new) = (
            of_old.get(&at).unwrap_or(&none),
            of_new.get(&at).unwrap_or(&none),
        );
        let best = |claims: &[Claim]| claims.iter().map(|claim| claim.fit).fold(0.0, f32::max);
        // A goal of two becomes one of one, or one of one becomes one of two; where both look alike, neither is known.
        let (side, claims) = match best(old) - best(new) {
            difference if difference > SAME_FIT => (Side::Old, old),
            difference if difference < -SAME_FIT => (Side::New, new),
            _ => continue,
        };
        parts.join_to(group, claims, side);
    }
    groups.retain(|group| group.basis != Basis::Seed);
}

/// Which side the part stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// A goal that may be a part of a group.
#[derive(Clone, Copy)]
struct Claim {
    part: usize,
    fit: f32,
}

/// A goal and the best of those that may be its parts.
#[derive(Clone, PartialEq)]
struct Seed {
    old: usize,
    new: usize,
    /// All that may be.
    parts: Vec<usize>,
    /// The parts' side.
    side: Side,
    /// How well the second best of them fits.
    fit: f32,
}

impl Seed {
    /// Whether a goal is in both.
    fn touches(&self, other: &Self) -> bool {
        let goals = |seed: &Self, side| match (side == seed.side, side) {
            (true, _) => seed.parts.clone(),
            (false, Side::Old) => vec![seed.old],
            (false, Side::New) => vec![seed.new],
        };
        [Side::Old, Side::New].into_iter().any(|side| {
            let theirs = goals(other, side);
            goals(self, side).iter().any(|goal| theirs.contains(goal))
        })
    }
}

/// How far a goal is a part of another.
#[derive(Clone, Copy)]
struct Fit {
    /// The share of its title that the whole has.
    title: f32,
    /// The share of everything it says that the whole has.
    whole: f32,
    /// The share of its sentences that the whole has.
    body: f32,
}

impl Parts<'_> {
    /// Goals that are left over, and of which two or more are parts of one of the other side, make a group, though none of
    /// them is like it enough to be its pair. A goal that may be in several such groups is in the one that fits best.
    fn add_seeds(&self, groups: &mut Vec<Group>, olds: &BTreeSet<usize>, news: &BTreeSet<usize>) {
        let mut seeds = self.seeds(groups, (olds, news), Side::Old);
        seeds.extend(self.seeds(groups, (news, olds), Side::New));
        let is_best = |seed: &&Seed| {
            let mut rivals = seeds.iter().filter(|other| *other != *seed);
            !rivals.any(|rival| rival.touches(seed) && rival.fit > seed.fit - SAME_FIT)
        };
        groups.extend(seeds.iter().filter(is_best).map(|seed| Group {
            old: vec![seed.old],
            new: vec![seed.new],
            score: seed.fit / 2.0,
            basis: Basis::Seed,
            tie: None,
        }));
    }

    /// Each free goal of the other side that is the best whole of two free parts, with the part that fits it best.
    fn seeds(
        &self,
        groups: &[Group],
        (parts, wholes): (&BTreeSet<usize>, &BTreeSet<usize>),
        side: Side,
    ) -> Vec<Seed> {
        let grouped = Self::wholes(groups, side);
        let fits = self.fits(parts, side, |_, whole| {
            (grouped.contains_key(&whole) || wholes.contains(&whole)).then_some(whole)
        });
        let mut seeds = Vec::new();
        for (whole, mut claims) in best_of_each(fits) {
            claims.sort_by(|a, b| b.fit.total_cmp(&a.fit).then(a.part.cmp(&b.part)));
            let [first, second, ..] = claims.as_slice() else {
                continue;
            };
            // Which of those that fit alike begins the group must mean nothing.
            let alike = claims
                .iter()
                .take_while(|claim| first.fit - claim.fit < SAME_FIT);
            let alike: Vec<usize> = alike.map(|claim| claim.part).collect();
            let is_own = |part: &usize| {
                let others: Vec<usize> = alike.iter().copied().filter(|at| at != part).collect();
                self.has_own(*part, whole, &others, side)
            };
            if wholes.contains(&whole) && (alike.len() == 1 || alike.iter().all(is_own)) {
                let (old, new) = match side {
                    Side::Old => (first.part, whole),
                    Side::New => (whole, first.part),
                };
                let others = claims.iter().map(|claim| claim.part).collect();
                seeds.push(Seed {
                    old,
                    new,
                    parts: others,
                    side,
                    fit: first.fit.min(second.fit),
                });
            }
        }
        seeds
    }

    /// The group that each goal fits best, if one does and no other does as well; by group.
    fn claims(
        &self,
        groups: &[Group],
        free: &BTreeSet<usize>,
        side: Side,
    ) -> BTreeMap<usize, Vec<Claim>> {
        let group_of = Self::wholes(groups, side);
        best_of_each(self.fits(free, side, |part, whole| {
            let at = *group_of.get(&whole)?;
            let tie = self.tie_of(part, side);
            (tie.is_none() || tie == groups.get(at)?.tie).then_some(at)
        }))
    }

    /// What each free goal fits into, by what the whole is told as, and how well.
    fn fits(
        &self,
        free: &BTreeSet<usize>,
        side: Side,
        told: impl Fn(usize, usize) -> Option<usize>,
    ) -> BTreeMap<usize, Vec<(usize, f32)>> {
        let mut fits: BTreeMap<usize, Vec<(usize, f32)>> = BTreeMap::new();
        for near in self.near {
            let (part, whole) = match side {
                Side::Old => (near.old, near.new),
                Side::New => (near.new, near.old),
            };
            if free.contains(&part)
                && let Some(whole) = told(part, whole)
                && let Some(fit) = self.fit(near.old, near.new, side)
            {
                fits.entry(part).or_default().push((whole, fit));
            }
        }
        fits
    }

    /// The goals that may be wholes, each with its group.
    fn wholes(groups: &[Group], side: Side) -> BTreeMap<usize, usize> {
        let whole = |(at, group): (usize, &Group)| {
            let wholes = match side {
                Side::Old => &group.new,
                Side::New => &group.old,
            };
            let found = matches!(group.basis, Basis::Likeness | Basis::Doubtful | Basis::Seed);
            match wholes.as_slice() {
                [whole] if found => Some((*whole, at)),
                _ => None,
            }
        };
        groups.iter().enumerate().filter_map(whole).collect()
    }

    /// Which tie a goal is in: it can be a part of nothing but what it is tied with.
    fn tie_of(&self, part: usize, side: Side) -> Option<usize> {
        self.ties.iter().position(|tie| match side {
            Side::Old => tie.old.contains(&part),
            Side::New => tie.new.contains(&part),
        })
    }

    /// How well the goal of the other side holds the part, if it does.
    fn fit(&self, old: usize, new: usize, side: Side) -> Option<f32> {
        let owner = |owners: &[usize], at: usize| owners.get(at).copied().unwrap_or_default();
        let relation = self
            .relations
            .of(owner(self.owners.0, old), owner(self.owners.1, new));
        if relation.odds < self.weights.part_unit || self.given.refused.contains(&(old, new)) {
            return None;
        }
        let (old, new) = (self.corpus.old.get(old)?, self.corpus.new.get(new)?);
        let fit = match side {
            Side::Old => fit(self.corpus, old, new),
            Side::New => fit(self.corpus, new, old),
        };
        let by_title =
            fit.title >= self.weights.part_title && fit.whole >= self.weights.part_sentences;
        let by_body = fit.body >= self.weights.part_body;
        (by_title || by_body).then_some(fit.title + fit.whole.max(fit.body))
    }

    /// The features of the parts' side and of the other one.
    fn sides(&self, side: Side) -> (&[Features], &[Features]) {
        match side {
            Side::Old => (&self.corpus.old, &self.corpus.new),
            Side::New => (&self.corpus.new, &self.corpus.old),
        }
    }

    /// Joins those parts which the whole has from them: not from the goal that it was paired with, nor from another part
    /// that fits it no worse.
    fn join_to(&self, group: &mut Group, claims: &[Claim], side: Side) {
        let (rest, whole) = match side {
            Side::Old => (&group.old, &group.new),
            Side::New => (&group.new, &group.old),
        };
        let is_own = |claim: &&Claim| {
            let rivals = claims
                .iter()
                .filter(|other| other.part != claim.part && other.fit > claim.fit - SAME_FIT);
            let others: Vec<usize> = rest
                .iter()
                .copied()
                .chain(rivals.map(|other| other.part))
                .collect();
            whole
                .first()
                .is_some_and(|whole| self.has_own(claim.part, *whole, &others, side))
        };
        let joined: Vec<usize> = claims
            .iter()
            .filter(is_own)
            .map(|claim| claim.part)
            .collect();
        // Of goals that are tied, any might stand in the group: what one may join the others must be able to.
        let all: Vec<usize> = rest.iter().chain(&joined).copied().collect();
        let stands = |part: &usize| {
            let others: Vec<usize> = all.iter().copied().filter(|at| at != part).collect();
            whole
                .first()
                .is_some_and(|whole| self.has_own(*part, *whole, &others, side))
        };
        if joined.is_empty() || group.tie.is_some() && !all.iter().all(stands) {
            return;
        }
        let part_side = match side {
            Side::Old => &mut group.old,
            Side::New => &mut group.new,
        };
        part_side.extend(joined);
        part_side.sort_unstable();
        let tie = group.tie.and_then(|at| self.ties.get(at));
        let is_whole = |goals: &BTreeSet<usize>, joined: &[usize]| {
            goals.iter().all(|goal| joined.contains(goal))
        };
        if tie.is_none_or(|tie| is_whole(&tie.old, &group.old) && is_whole(&tie.new, &group.new)) {
            // What made the pair doubtful was that its other side held more.
            group.basis = Basis::Likeness;
        }
    }

    /// Whether enough of what part and whole share stands in none of the other parts, and the whole has enough of what it
    /// has from none of them from this one.
    fn has_own(&self, part: usize, whole: usize, others: &[usize], side: Side) -> bool {
        let (parts, wholes) = self.sides(side);
        let (Some(part), Some(whole)) = (parts.get(part), wholes.get(whole)) else {
            return false;
        };
        let others: Vec<&Features> = others.iter().filter_map(|&at| parts.get(at)).collect();
        let is_own = |id: &u32| {
            others
                .iter()
                .all(|other| other.whole.binary_search(id).is_err())
        };
        let both = intersection(&part.whole, &whole.whole);
        let own: Set = both.iter().copied().filter(is_own).collect();
        let rest: Set = whole.whole.iter().copied().filter(is_own).collect();
        let own = self.corpus.weight(&own);
        own >= self.weights.part_own * self.corpus.weight(&both)
            && own >= self.weights.part_rest * self.corpus.weight(&rest)
    }
}

/// Each goal's best whole, if no other does as well; by whole.
fn best_of_each(fits: BTreeMap<usize, Vec<(usize, f32)>>) -> BTreeMap<usize, Vec<Claim>> {
    let mut claims: BTreeMap<usize, Vec<Claim>> = BTreeMap::new();
    for (part, fits) in fits {
        let best = fits.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((whole, fit)) = best else { continue };
        let is_rival = |other: &(usize, f32)| other.0 != whole && other.1 > fit - SAME_FIT;
        if !fits.iter().any(is_rival) {
            claims.entry(whole).or_default().push(Claim { part, fit });
        }
    }
    claims
}

/// How far a goal is a part of another: its title may have become one of the other's sentences, or be gone.
fn fit(corpus: &Corpus, part: &Features, whole: &Features) -> Fit {
    let held = |set: &Set| share(corpus.shared(set, &whole.whole), corpus.weight(set));
    Fit {
        title: held(&part.item),
        whole: held(&part.whole),
        body: held(&part.body),
    }
}
