//! Goals that are left over -> those that went into another goal (統合), or came out of one (分割).
//!
//! A part is told from a goal that merely resembles: the whole must have the part's title and most of its
//! sentences, and have them from this part, not from the other ones.

use super::features::{Corpus, Features, Set, intersection};
use super::pair::{Basis, Given, Group, Taken};
use super::relation::Relations;

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
}

/// The share of the part's title that the whole's title must have.
const TITLE: f32 = 0.45;
/// The share of the part's sentences that the whole must have.
const SENTENCES: f32 = 0.45;
/// The share of what both have that no other part has.
const OWN: f32 = 0.35;
/// Owners whose relation lowers the odds by more than this have no part in each other's goals.
const LEAST_ODDS: f32 = 0.55;

/// Joins what is left over.
pub fn join(groups: &mut [Group], parts: &Parts, olds: usize, news: usize) {
    let taken = Taken::of(groups);
    for part in (0..olds).filter(|at| !taken.old.contains(at)) {
        if let Some(group) = parts.best(groups, part, Side::Old) {
            group.old.push(part);
            group.old.sort_unstable();
            // What made the pair doubtful was that its other side held more.
            group.basis = Basis::Likeness;
        }
    }
    let free = (0..news)
        .filter(|at| !taken.new.contains(at) && !parts.given.without_predecessor.contains(at));
    for part in free {
        if let Some(group) = parts.best(groups, part, Side::New) {
            group.new.push(part);
            group.new.sort_unstable();
            group.basis = Basis::Likeness;
        }
    }
}

/// Which side the part stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

impl Parts<'_> {
    /// The group that a goal is a part of.
    fn best<'g>(&self, groups: &'g mut [Group], part: usize, side: Side) -> Option<&'g mut Group> {
        let fit = |group: &Group| {
            let (whole, rest) = match side {
                Side::Old => (&group.new, &group.old),
                Side::New => (&group.old, &group.new),
            };
            let found = matches!(group.basis, Basis::Likeness | Basis::Doubtful);
            match whole.as_slice() {
                [whole] if found => self.fit(part, *whole, rest, side),
                _ => None,
            }
        };
        let fits = groups
            .iter()
            .enumerate()
            .filter_map(|(at, group)| Some((at, fit(group)?)));
        let (at, _) = fits.max_by(|a, b| a.1.total_cmp(&b.1))?;
        groups.get_mut(at)
    }

    /// How well the whole holds the part, if it does.
    fn fit(&self, part: usize, whole: usize, rest: &[usize], side: Side) -> Option<f32> {
        let (old, new) = match side {
            Side::Old => (part, whole),
            Side::New => (whole, part),
        };
        let owner = |owners: &[usize], at: usize| owners.get(at).copied().unwrap_or_default();
        let relation = self
            .relations
            .of(owner(self.old_owners, old), owner(self.new_owners, new));
        if relation.odds < LEAST_ODDS || self.given.refused.contains(&(old, new)) {
            return None;
        }
        let (parts, wholes) = match side {
            Side::Old => (&self.corpus.old, &self.corpus.new),
            Side::New => (&self.corpus.new, &self.corpus.old),
        };
        let (part, whole) = (parts.get(part)?, wholes.get(whole)?);
        let rest: Vec<&Features> = rest.iter().filter_map(|&at| parts.get(at)).collect();
        self.holds(part, whole, &rest)
    }

    fn holds(&self, part: &Features, whole: &Features, rest: &[&Features]) -> Option<f32> {
        let share = |shared: f32, of: f32| if of > 0.0 { shared / of } else { 0.0 };
        let title = share(
            self.corpus.shared(&part.item, &whole.item),
            self.corpus.weight(&part.item),
        );
        let both = intersection(&part.whole, &whole.whole);
        let sentences = share(self.corpus.weight(&both), self.corpus.weight(&part.whole));
        let own: Set = both
            .iter()
            .copied()
            .filter(|id| {
                rest.iter()
                    .all(|other| other.whole.binary_search(id).is_err())
            })
            .collect();
        let own = share(self.corpus.weight(&own), self.corpus.weight(&both));
        (title >= TITLE && sentences >= SENTENCES && own >= OWN).then_some(title + sentences)
    }
}
