//! Features of two years -> the pairs of goals that share enough to be looked at, with what their texts say.
//!
//! Of many goals most pairs share nothing but what all goals say. A goal's rare features lead to those that may matter;
//! only these are scored.

use super::features::{Corpus, Features};
use super::relation::Relations;
use super::score::{Shared, Weighed, category_odds, support_odds, text_score, title_odds};
use super::weights::Weights;

/// A pair of goals that may have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// The old goal.
    pub old: usize,
    /// The new goal.
    pub new: usize,
    /// How likely they are one, by title and sentences.
    pub text: f32,
    /// What subject, act and categories multiply the odds by.
    pub odds: f32,
}

/// Below so many new goals each pair is scored.
const FEW: usize = 64;
/// A feature that more than one in so many goals have leads nowhere, where a goal has rarer ones.
const COMMON: usize = 16;
/// A goal whose rare features make up less of it than this is looked up by common ones too.
const TOLD_BY_RARE: f32 = 0.3;
/// So many goals are scored for each.
const MOST: usize = 48;
/// Pairs whose texts say less than this are left out.
const LEAST_TEXT: f32 = 0.04;

/// The pairs that may matter, by old and new.
pub fn near(
    corpus: &Corpus,
    relations: &Relations,
    owners: (&[usize], &[usize]),
    weights: &Weights,
) -> Vec<Near> {
    let postings = Postings::of(corpus);
    let new_weighed: Vec<Weighed> = corpus
        .new
        .iter()
        .map(|new| Weighed::of(corpus, new))
        .collect();
    let mut marks = Marks(vec![0; corpus.weights.len()]);
    let mut found = Found::new(corpus.new.len());
    let mut near = Vec::new();
    for (old, features) in corpus.old.iter().enumerate() {
        postings.find(corpus, features, &mut found);
        let owner = owners.0.get(old).copied().unwrap_or_default();
        let odds = |new: usize| {
            let other = owners.1.get(new).copied().unwrap_or_default();
            relations.of(owner, other).odds
        };
        let candidates = found.best(odds);
        marks.set(features);
        let own = Weighed::of(corpus, features);
        for new in candidates {
            let (Some(other), Some(theirs)) = (corpus.new.get(new), new_weighed.get(new)) else {
                continue;
            };
            let shared = marks.shared(corpus, other);
            let text = text_score(&shared, &own, theirs, corpus, weights);
            if text >= LEAST_TEXT {
                near.push(Near {
                    old,
                    new,
                    text,
                    odds: support_odds(&shared, &own, theirs, weights)
                        * title_odds(&shared, &own, theirs, weights)
                        * category_odds(features, other, weights),
                });
            }
        }
        marks.clear(features);
    }
    near
}

/// Which new goals have each feature.
struct Postings(Vec<Vec<u32>>);

impl Postings {
    fn of(corpus: &Corpus) -> Self {
        let mut postings = vec![Vec::new(); corpus.weights.len()];
        for (at, features) in corpus.new.iter().enumerate() {
            for &id in &features.whole {
                if let Some(list) = postings.get_mut(id as usize) {
                    list.push(at as u32);
                }
            }
        }
        Self(postings)
    }

    fn list(&self, id: u32) -> &[u32] {
        self.0.get(id as usize).map_or(&[], Vec::as_slice)
    }

    /// The new goals that share a goal's features, the rarest first, until they make up enough of it.
    fn find(&self, corpus: &Corpus, old: &Features, found: &mut Found) {
        let goals = corpus.new.len();
        let many = if goals <= FEW {
            goals
        } else {
            FEW.max(goals / COMMON)
        };
        let mut ids: Vec<(usize, u32)> = old
            .whole
            .iter()
            .map(|&id| (self.list(id).len(), id))
            .collect();
        ids.sort_unstable();
        let all = corpus.weight(&old.whole);
        let mut told = 0.0;
        for (length, id) in ids {
            if length > many && told >= TOLD_BY_RARE * all {
                break;
            }
            let weight = corpus.of(id);
            if length > 0 {
                told += weight;
            }
            for &at in self.list(id) {
                found.add(at as usize, weight);
            }
        }
    }
}

/// New goals that were found, and the weight of what they share.
struct Found {
    weight: Vec<f32>,
    goals: Vec<usize>,
}

impl Found {
    fn new(goals: usize) -> Self {
        Self {
            weight: vec![0.0; goals],
            goals: Vec::new(),
        }
    }

    fn add(&mut self, at: usize, weight: f32) {
        if let Some(slot) = self.weight.get_mut(at) {
            if *slot <= 0.0 {
                self.goals.push(at);
            }
            *slot += weight;
        }
    }

    /// Those that share most, their owners' odds counted, in order; nothing is found afterwards.
    fn best(&mut self, odds: impl Fn(usize) -> f32) -> Vec<usize> {
        let mut goals = std::mem::take(&mut self.goals);
        let weight = &mut self.weight;
        if goals.len() > MOST {
            let rank = |at: usize| weight.get(at).copied().unwrap_or_default() * odds(at);
            let mut ranked: Vec<(f32, usize)> = goals.iter().map(|&at| (rank(at), at)).collect();
            let by_rank =
                |a: &(f32, usize), b: &(f32, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
            ranked.select_nth_unstable_by(MOST, by_rank);
            for &(_, at) in ranked.iter().skip(MOST) {
                if let Some(slot) = weight.get_mut(at) {
                    *slot = 0.0;
                }
            }
            ranked.truncate(MOST);
            goals = ranked.into_iter().map(|(_, at)| at).collect();
        }
        for &at in &goals {
            if let Some(slot) = weight.get_mut(at) {
                *slot = 0.0;
            }
        }
        goals.sort_unstable();
        goals
    }
}

/// For each feature, in which sets of the old goal that is looked at it stands.
struct Marks(Vec<u8>);

const ITEM: u8 = 1;
const BODY: u8 = 2;
const SUBJECT: u8 = 4;
const ACT: u8 = 8;
const METHODS: u8 = 16;

impl Marks {
    fn set(&mut self, features: &Features) {
        let sets = [
            (&features.item, ITEM),
            (&features.body, BODY),
            (&features.subject, SUBJECT),
            (&features.act, ACT),
            (&features.methods, METHODS),
        ];
        for (set, mark) in sets {
            for &id in set {
                if let Some(slot) = self.0.get_mut(id as usize) {
                    *slot |= mark;
                }
            }
        }
    }

    fn clear(&mut self, features: &Features) {
        for &id in features
            .whole
            .iter()
            .chain(&features.subject)
            .chain(&features.act)
        {
            if let Some(slot) = self.0.get_mut(id as usize) {
                *slot = 0;
            }
        }
    }

    fn of(&self, id: u32) -> u8 {
        self.0.get(id as usize).copied().unwrap_or_default()
    }

    fn shared(&self, corpus: &Corpus, new: &Features) -> Shared {
        let sum = |set: &[u32], mark: u8| -> f32 {
            let has = set.iter().filter(|&&id| self.of(id) & mark != 0);
            has.map(|&id| corpus.of(id)).sum()
        };
        Shared {
            item: sum(&new.item, ITEM),
            body: sum(&new.body, BODY),
            old_title: sum(&new.body, ITEM),
            new_title: sum(&new.item, BODY),
            old_parts: [sum(&new.whole, SUBJECT), sum(&new.whole, ACT)],
            new_parts: [sum(&new.subject, ITEM | BODY), sum(&new.act, ITEM | BODY)],
            steps: [sum(&new.body, METHODS), sum(&new.methods, BODY)],
        }
    }
}
