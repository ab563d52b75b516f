//! Goals that are left over -> those that went into another goal (統合), or came out of one (分割).
//!
//! A part is told from a goal that merely resembles: the whole must have the part's title and most of its
//! sentences, and have them from this part, not from the other ones.

use std::collections::BTreeSet;

use super::features::{Corpus, Features, Set, intersection};
use super::pair::{Basis, Given, Group, Taken};
use super::relation::Relations;
use super::ties::Tie;

/// What joining parts looks at.
pub struct Parts<'a> {
    /// The goals' texts.
    pub corpus: &'a Corpus,
    /// What owners are to each other.
    pub relations: &'a Relations,
    /// Each old goal's owner.
    pub old_owners: &'a [usize],
    /// Each new goal's owner.
    pub new_owners: &'a [usize],
    /// What a person refused.
    pub given: &'a Given,
    /// Goals that nothing but their order paired.
    pub ties: &'a [Tie],
}

/// The share of the part's title that the whole's title must have.
const TITLE: f32 = 0.45;
/// The share of the part's sentences that the whole must have.
const SENTENCES: f32 = 0.45;
/// The share of what both have that no other part has.
const OWN: f32 = 0.35;
/// Owners whose relation lowers the odds by more than this have no part in each other's goals.
const LEAST_ODDS: f32 = 0.55;

/// Fits that differ by less differ by how they were summed.
const SAME_FIT: f32 = 0.0001;

/// Joins what is left over. Each goal claims the group that it fits best, all before any is joined: so the order of the
/// goals means nothing.
pub fn join(groups: &mut [Group], parts: &Parts, olds: usize, news: usize) {
    let taken = Taken::of(groups);
    let free_old = (0..olds).filter(|at| !taken.old.contains(at));
    let free_new = (0..news)
        .filter(|at| !taken.new.contains(at) && !parts.given.without_predecessor.contains(at));
    let of_old = parts.claims(groups, free_old, Side::Old);
    let of_new = parts.claims(groups, free_new, Side::New);
    for (at, group) in groups.iter_mut().enumerate() {
        let claims = |claims: &[Claim]| -> Vec<Claim> {
            claims
                .iter()
                .filter(|claim| claim.group == at)
                .copied()
                .collect()
        };
        let (old, new) = (claims(&of_old), claims(&of_new));
        let best = |claims: &[Claim]| claims.iter().map(|claim| claim.fit).fold(0.0, f32::max);
        // A goal of two becomes one of one, or one of one becomes one of two; where both look alike, neither is known.
        let (side, claims) = match best(&old) - best(&new) {
            difference if difference > SAME_FIT => (Side::Old, old),
            difference if difference < -SAME_FIT => (Side::New, new),
            _ => continue,
        };
        parts.join_to(group, &claims, side);
    }
}

/// Which side the part stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// A goal that may be a part of a group.
#[derive(Clone, Copy)]
struct Claim {
    part: usize,
    group: usize,
    fit: f32,
}

impl Parts<'_> {
    /// The group that each goal fits best, if one does and no other does as well.
    fn claims(
        &self,
        groups: &[Group],
        free: impl Iterator<Item = usize>,
        side: Side,
    ) -> Vec<Claim> {
        let claim = |part| {
            let tie = self.tie_of(part, side);
            let may_join = |to: &Group| tie.is_none() || tie == to.tie;
            let fits = groups.iter().enumerate().filter(|(_, to)| may_join(to));
            let fits =
                fits.filter_map(|(group, to)| self.fit(part, to, side).map(|fit| (group, fit)));
            let fits: Vec<(usize, f32)> = fits.collect();
            let (group, fit) = fits.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
            let is_rival = |other: &(usize, f32)| other.0 != group && other.1 > fit - SAME_FIT;
            (!fits.iter().any(is_rival)).then_some(Claim { part, group, fit })
        };
        free.filter_map(claim).collect()
    }

    /// Which tie a goal is in: it can be a part of nothing but what it is tied with.
    fn tie_of(&self, part: usize, side: Side) -> Option<usize> {
        self.ties.iter().position(|tie| match side {
            Side::Old => tie.old.contains(&part),
            Side::New => tie.new.contains(&part),
        })
    }

    /// How well the group's other side holds the part, if it does.
    fn fit(&self, part: usize, group: &Group, side: Side) -> Option<f32> {
        let wholes = match side {
            Side::Old => &group.new,
            Side::New => &group.old,
        };
        let ([whole], true) = (
            wholes.as_slice(),
            matches!(group.basis, Basis::Likeness | Basis::Doubtful),
        ) else {
            return None;
        };
        let (old, new) = match side {
            Side::Old => (part, *whole),
            Side::New => (*whole, part),
        };
        let owner = |owners: &[usize], at: usize| owners.get(at).copied().unwrap_or_default();
        let relation = self
            .relations
            .of(owner(self.old_owners, old), owner(self.new_owners, new));
        if relation.odds < LEAST_ODDS || self.given.refused.contains(&(old, new)) {
            return None;
        }
        let (parts, wholes) = self.sides(side);
        let (part, whole) = (parts.get(part)?, wholes.get(*whole)?);
        let share = |shared: f32, of: f32| if of > 0.0 { shared / of } else { 0.0 };
        let title = self.corpus.shared(&part.item, &whole.item);
        let title = share(title, self.corpus.weight(&part.item));
        let sentences = self.corpus.shared(&part.whole, &whole.whole);
        let sentences = share(sentences, self.corpus.weight(&part.whole));
        (title >= TITLE && sentences >= SENTENCES).then_some(title + sentences)
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
        if joined.is_empty() {
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

    /// Whether enough of what part and whole share stands in none of the other parts.
    fn has_own(&self, part: usize, whole: usize, others: &[usize], side: Side) -> bool {
        let (parts, wholes) = self.sides(side);
        let (Some(part), Some(whole)) = (parts.get(part), wholes.get(whole)) else {
            return false;
        };
        let others: Vec<&Features> = others.iter().filter_map(|&at| parts.get(at)).collect();
        let both = intersection(&part.whole, &whole.whole);
        let is_own = |id: &u32| {
            others
                .iter()
                .all(|other| other.whole.binary_search(id).is_err())
        };
        let own: Set = both.iter().copied().filter(is_own).collect();
        self.corpus.weight(&own) >= OWN * self.corpus.weight(&both)
    }
}
