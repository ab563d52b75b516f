//! Goals of two years -> for each that may be one, how likely that is.

use super::features::{Corpus, Features};
use super::near::Near;
use super::relation::Relations;
use super::weights::Weights;

/// Two goals that may be one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The old goal.
    pub old: usize,
    /// The new goal.
    pub new: usize,
    /// How likely they are one, by texts and units: 0 to 1.
    pub score: f32,
    /// The same by texts alone.
    pub text: f32,
}

/// For each goal no more than this many of the likeliest are kept.
const MOST_EDGES: usize = 16;
/// An act or a subject that weighs less is made of words that any goal may use (推進), and says nothing.
const SAYS_SOMETHING: f32 = 0.75;

/// Each pair of goals that may be one, with the owners' relation counted: the likeliest of each goal, by old and new.
pub fn edges(
    near: &[Near],
    relations: &Relations,
    owners: (&[usize], &[usize]),
    weights: &Weights,
) -> Vec<Edge> {
    let owner = |side: &[usize], at: usize| side.get(at).copied().unwrap_or_default();
    let edge = |near: &Near| {
        let relation = relations.of(owner(owners.0, near.old), owner(owners.1, near.new));
        Edge {
            old: near.old,
            new: near.new,
            score: times_odds(near.text, relation.odds * near.odds),
            text: near.text,
        }
    };
    let mut edges: Vec<Edge> = near.iter().map(edge).collect();
    edges.retain(|edge| edge.score >= weights.least.min(weights.reach));
    for of in [|edge: &Edge| edge.old, |edge: &Edge| edge.new] {
        edges.sort_by(|a, b| {
            let by_goal = of(a).cmp(&of(b)).then(b.score.total_cmp(&a.score));
            by_goal.then((a.old, a.new).cmp(&(b.old, b.new)))
        });
        let (mut goal, mut kept) = (usize::MAX, 0);
        edges.retain(|edge| {
            if of(edge) != goal {
                (goal, kept) = (of(edge), 0);
            }
            kept += 1;
            kept <= MOST_EDGES
        });
    }
    edges.sort_by_key(|edge| (edge.old, edge.new));
    edges
}

/// What two goals share, by weight.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shared {
    /// Their titles.
    pub item: f32,
    /// Their sentences.
    pub body: f32,
    /// The old title in the new sentences, and the new title in the old ones.
    pub old_title: f32,
    /// The new title in the old sentences.
    pub new_title: f32,
    /// The old subject and act, anywhere in the new goal.
    pub old_parts: [f32; 2],
    /// The new subject and act, anywhere in the old goal.
    pub new_parts: [f32; 2],
    /// The old goal's steps in the new sentences, and the new one's in the old ones.
    pub steps: [f32; 2],
}

/// What a goal's sets weigh.
#[derive(Debug, Clone, Copy, Default)]
pub struct Weighed {
    /// The title.
    pub item: f32,
    /// The sentences.
    pub body: f32,
    /// The subject and the act.
    pub parts: [f32; 2],
    /// What is done, step by step.
    pub methods: f32,
}

impl Weighed {
    /// A goal's.
    pub fn of(corpus: &Corpus, features: &Features) -> Self {
        Self {
            item: corpus.weight(&features.item),
            body: corpus.weight(&features.body),
            parts: [&features.subject, &features.act].map(|set| corpus.weight(set)),
            methods: corpus.weight(&features.methods),
        }
    }
}

/// How likely two goals are one by their texts: title and sentences speak for it each in its own right.
pub fn text_score(
    shared: &Shared,
    old: &Weighed,
    new: &Weighed,
    corpus: &Corpus,
    weights: &Weights,
) -> f32 {
    let body = corpus.likeness_of(shared.body, old.body, new.body);
    let Some(item) = corpus.likeness_of(shared.item, old.item, new.item) else {
        return weights.body * body.unwrap_or_default();
    };
    let Some(mut body) = body else {
        return weights.title_alone * item;
    };
    if let Some(kept) = kept(shared, old, new) {
        body = body.max(weights.kept_steps * kept + (1.0 - weights.kept_steps) * body);
    }
    let in_body = f32::midpoint(
        share(shared.old_title, old.item),
        share(shared.new_title, new.item),
    );
    let item = item.max(weights.title_in_body * in_body);
    1.0 - (1.0 - weights.title * item) * (1.0 - weights.body * body)
}

/// The odds by subject, act and steps: a goal of which subject or act stands nowhere on the other side, and none of what is
/// done, is another goal, however much else they share (施設の延命化工事, 施設の周辺環境調査).
pub fn support_odds(shared: &Shared, old: &Weighed, new: &Weighed, weights: &Weights) -> f32 {
    let parts = (0..2).filter_map(|at| {
        let of_old = supported(shared.old_parts[at], old.parts[at]);
        let of_new = supported(shared.new_parts[at], new.parts[at]);
        Some(of_old?.max(of_new?))
    });
    let least = parts.fold(1.0, f32::min);
    let by_title = least / weights.supported;
    let odds = |enough: f32| weights.unsupported + (1.0 - weights.unsupported) * enough.min(1.0);
    // The same title may do other things from year to year; another one that does nothing of the same is another goal.
    match kept(shared, old, new).or_else(|| held(shared, old, new)) {
        Some(kept) => {
            let by_steps = kept / weights.supported_steps;
            let other = (weights.other_title * (1.0 - least)).min(1.0);
            odds(by_title.max(by_steps)) * odds(by_steps).powf(other)
        }
        None => odds(by_title),
    }
}

/// The share of one goal's sentences that the other has; none where one says nothing.
fn held(shared: &Shared, old: &Weighed, new: &Weighed) -> Option<f32> {
    let says_something = old.body.min(new.body) >= SAYS_SOMETHING;
    says_something.then(|| share(shared.body, old.body.max(new.body)))
}

/// The share of one goal's steps that the other has in its sentences; none where one has no steps.
fn kept(shared: &Shared, old: &Weighed, new: &Weighed) -> Option<f32> {
    let [of_old, of_new] = shared.steps;
    let has_steps = old.methods.min(new.methods) >= SAYS_SOMETHING;
    has_steps.then(|| share(of_old, old.methods).max(share(of_new, new.methods)))
}

/// The odds where the titles say the same: of goals whose sentences are as like, it is the one of that title.
pub fn title_odds(shared: &Shared, old: &Weighed, new: &Weighed, weights: &Weights) -> f32 {
    const SAME: f32 = 0.999;
    let both = old.item > 0.0 && new.item > 0.0;
    if both && shared.item >= SAME * old.item.max(new.item) {
        weights.same_title
    } else {
        1.0
    }
}

/// The share of a part of a title that stands on the other side; none of a part that says nothing.
fn supported(shared: f32, weight: f32) -> Option<f32> {
    (weight >= SAYS_SOMETHING).then(|| share(shared, weight))
}

/// A share, 0 to 1.
pub fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 {
        (part / whole).min(1.0)
    } else {
        0.0
    }
}

/// The odds by the categories.
pub fn category_odds(old: &Features, new: &Features, weights: &Weights) -> f32 {
    if old.categories.is_empty() || new.categories.is_empty() {
        return 1.0;
    }
    let same = old
        .categories
        .iter()
        .any(|category| new.categories.contains(category));
    if same {
        weights.same_category
    } else {
        weights.other_category
    }
}

/// A probability after evidence that multiplies its odds.
fn times_odds(probability: f32, odds: f32) -> f32 {
    let certain = 0.999;
    let p = probability.clamp(0.0, certain);
    let after = p / (1.0 - p) * odds;
    after / (1.0 + after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_multiply() {
        assert!((times_odds(0.5, 3.0) - 0.75).abs() < 1e-6);
        assert!((times_odds(0.0, 3.0)).abs() < 1e-6);
    }
}
