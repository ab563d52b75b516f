//! Goals of two years -> for each that may be one, how likely that is.

use std::collections::BTreeMap;

use super::features::{Corpus, Features, likeness};
use super::relation::Relations;

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

/// From here on two goals are one.
pub const PAIR: f32 = 0.60;
/// From here on a person should look.
pub const CANDIDATE: f32 = 0.42;
/// What is less likely is not kept.
const LEAST: f32 = 0.25;
/// For each goal no more than this many of the likeliest are kept.
const MOST_EDGES: usize = 16;

/// How far the same title speaks for one goal, by itself.
const TITLE: f32 = 0.72;
/// How far the same title does where there is nothing else to compare.
const TITLE_ALONE: f32 = 0.92;
/// How far the same level, methods and indicators do.
const BODY: f32 = 0.88;
/// How far a title counts that the other goal has only in its sentences.
const TITLE_IN_BODY: f32 = 0.6;
/// The same categories, and other ones.
const SAME_CATEGORY: f32 = 1.1;
const OTHER_CATEGORY: f32 = 0.95;

/// A side's features, turned round: which new goals have each.
struct Postings {
    item: Vec<Vec<u32>>,
    body: Vec<Vec<u32>>,
}

/// What a goal's sets weigh.
#[derive(Clone, Copy, Default)]
struct Weights {
    item: f32,
    body: f32,
}

/// What a new goal shares with the old one that is looked at.
#[derive(Clone, Copy, Default)]
struct Shared {
    item: f32,
    body: f32,
    /// The old title in the new sentences, and the new title in the old ones.
    old_title: f32,
    new_title: f32,
}

/// Each pair of goals that may be one, with the owners' relation counted.
pub fn edges(corpus: &Corpus, relations: &Relations, owners: (&[usize], &[usize])) -> Vec<Edge> {
    let postings = Postings::of(corpus);
    let new_weights: Vec<Weights> = corpus.new.iter().map(|new| weights(corpus, new)).collect();
    let mut shared = vec![Shared::default(); corpus.new.len()];
    let mut edges = Vec::new();
    for (old, features) in corpus.old.iter().enumerate() {
        shared.fill(Shared::default());
        postings.share(corpus, features, &mut shared);
        let own = weights(corpus, features);
        let mut of_goal = Vec::new();
        for (new, (shared, theirs)) in shared.iter().zip(&new_weights).enumerate() {
            let text = text_score(*shared, own, *theirs);
            if text < LEAST / 2.0 {
                continue;
            }
            let owner = |side: &[usize], at: usize| side.get(at).copied().unwrap_or_default();
            let relation = relations.of(owner(owners.0, old), owner(owners.1, new));
            let category = category_odds(features, corpus.new.get(new));
            let score = times_odds(text, relation.odds * category);
            if score >= LEAST {
                of_goal.push(Edge {
                    old,
                    new,
                    score,
                    text,
                });
            }
        }
        keep_best(&mut of_goal);
        edges.extend(of_goal);
    }
    best_of_each_new(edges)
}

fn keep_best(edges: &mut Vec<Edge>) {
    edges.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.new.cmp(&b.new)));
    edges.truncate(MOST_EDGES);
}

/// The same limit from the new goals' side.
fn best_of_each_new(edges: Vec<Edge>) -> Vec<Edge> {
    let mut by_new: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for edge in edges {
        by_new.entry(edge.new).or_default().push(edge);
    }
    let mut kept: Vec<Edge> = by_new
        .into_values()
        .flat_map(|mut edges| {
            edges.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.old.cmp(&b.old)));
            edges.truncate(MOST_EDGES);
            edges
        })
        .collect();
    kept.sort_by_key(|edge| (edge.old, edge.new));
    kept
}

fn weights(corpus: &Corpus, features: &Features) -> Weights {
    Weights {
        item: corpus.weight(&features.item),
        body: corpus.weight(&features.body),
    }
}

impl Postings {
    fn of(corpus: &Corpus) -> Self {
        let turned = |set: fn(&Features) -> &[u32]| {
            let mut postings = vec![Vec::new(); corpus.weights.len()];
            for (at, features) in corpus.new.iter().enumerate() {
                for &id in set(features) {
                    if let Some(list) = postings.get_mut(id as usize) {
                        list.push(at as u32);
                    }
                }
            }
            postings
        };
        Self {
            item: turned(|features| &features.item),
            body: turned(|features| &features.body),
        }
    }

    /// Adds up what each new goal shares with an old one.
    fn share(&self, corpus: &Corpus, old: &Features, shared: &mut [Shared]) {
        for &id in &old.item {
            let weight = corpus.of(id);
            add(&self.item, id, shared, |shared| shared.item += weight);
            add(&self.body, id, shared, |shared| shared.old_title += weight);
        }
        for &id in &old.body {
            let weight = corpus.of(id);
            add(&self.body, id, shared, |shared| shared.body += weight);
            add(&self.item, id, shared, |shared| shared.new_title += weight);
        }
    }
}

fn add(postings: &[Vec<u32>], id: u32, shared: &mut [Shared], with: impl Fn(&mut Shared)) {
    for &at in postings.get(id as usize).into_iter().flatten() {
        if let Some(shared) = shared.get_mut(at as usize) {
            with(shared);
        }
    }
}

/// How likely two goals are one by their texts: title and sentences speak for it each in its own right.
fn text_score(shared: Shared, old: Weights, new: Weights) -> f32 {
    let body = likeness(shared.body, old.body, new.body);
    let Some(item) = likeness(shared.item, old.item, new.item) else {
        return BODY * body.unwrap_or_default();
    };
    let Some(body) = body else {
        return TITLE_ALONE * item;
    };
    let found = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
    let in_body = f32::midpoint(
        found(shared.old_title, old.item),
        found(shared.new_title, new.item),
    );
    let item = item.max(TITLE_IN_BODY * in_body.min(1.0));
    1.0 - (1.0 - TITLE * item) * (1.0 - BODY * body)
}

fn category_odds(old: &Features, new: Option<&Features>) -> f32 {
    let Some(new) = new else { return 1.0 };
    if old.categories.is_empty() || new.categories.is_empty() {
        return 1.0;
    }
    let same = old
        .categories
        .iter()
        .any(|category| new.categories.contains(category));
    if same { SAME_CATEGORY } else { OTHER_CATEGORY }
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
