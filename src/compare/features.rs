//! Goals -> weighted sets of features of their texts, by which goals of two years are likened.

use crate::document::Goal;
use crate::text::key;

use super::goals::SideGoal;
use super::grams::{Gram, Words};
use super::weights::Weights;

/// A set of features, sorted; each an index into [`Corpus::weights`].
pub type Set = Vec<u32>;

/// What is compared of a goal.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// The title.
    pub item: Set,
    /// What the title is about: 公園の遊具 of 公園の遊具の更新; all of it where it has no の.
    pub subject: Set,
    /// What is done with it: 更新.
    pub act: Set,
    /// どの水準まで.
    pub level: Set,
    /// どのような方法で.
    pub methods: Set,
    /// The names of the indicators.
    pub indicators: Set,
    /// Level, methods and indicators: years move sentences between them.
    pub body: Set,
    /// Everything.
    pub whole: Set,
    /// The categories' keys.
    pub categories: Vec<String>,
}

/// The features of both sides, and what each weighs.
#[derive(Debug)]
pub struct Corpus {
    /// The old side's goals.
    pub old: Vec<Features>,
    /// The new side's goals.
    pub new: Vec<Features>,
    /// The weight of each feature, above 0 and up to 1.
    pub weights: Vec<f32>,
    /// How much a text that holds the other whole counts as like it.
    pub containment: f32,
}

/// The features of both sides' goals.
pub fn corpus(old: &[SideGoal], new: &[SideGoal], weights: &Weights) -> Corpus {
    let mut words = Words::new(*weights);
    let of = |goals: &[SideGoal], words: &mut Words| -> Vec<Features> {
        goals
            .iter()
            .map(|goal| features(goal.goal, words))
            .collect()
    };
    let mut corpus = Corpus {
        old: of(old, &mut words),
        new: of(new, &mut words),
        weights: Vec::new(),
        containment: weights.containment,
    };
    corpus.weights = words.weigh(&corpus.old, &corpus.new);
    corpus
}

fn features(goal: &Goal, words: &mut Words) -> Features {
    let mut text = |text: Option<&str>| words.set(text.unwrap_or_default());
    let title = goal.item.as_ref().map(|item| item.text.as_str());
    let mut item = text(title);
    let (subject, act) = title.map_or(("", ""), subject_and_act);
    let [subject, act] = [subject, act].map(|part| text(Some(part)));
    let level = text(goal.level.as_ref().map(|level| level.text.as_str()));
    let methods = text(goal.methods.as_ref().map(|methods| methods.text.as_str()));
    let names = goal.indicators.iter().filter_map(|i| i.name.as_ref());
    let names: Vec<&str> = names.map(|name| name.text.as_str()).collect();
    let indicators = text(Some(&names.join("\n")));
    let body = union([&level, &methods, &indicators]);
    let number = goal.number.as_ref().map(|number| number.raw.as_str());
    let title = [title, number].into_iter().flatten().map(key);
    let title = title.into_iter().find(|title| !title.is_empty());
    if let (true, true, Some(title)) = (item.is_empty(), body.is_empty(), title) {
        item.push(words.id(Gram::Wordless(title)));
    }
    // 第2期 and 第5期, 45周年 and 50周年 share no subject by their 期 and 周年.
    let [subject, act] = [subject, act].map(|part| words.without_numbers(&part));
    let categories = goal.categories.as_ref();
    Features {
        whole: union([&item, &body, &Vec::new()]),
        categories: categories
            .map(|categories| categories.values.iter().map(|value| key(value)).collect())
            .unwrap_or_default(),
        item,
        subject,
        act,
        level,
        methods,
        indicators,
        body,
    }
}

/// 公園の遊具の更新 → 公園の遊具 and 更新: at the last の that something follows. A title without one is both.
fn subject_and_act(title: &str) -> (&str, &str) {
    let last = title.rmatch_indices('の').find(|(at, _)| {
        let (before, after) = (&title[..*at], &title[at + 'の'.len_utf8()..]);
        before.chars().count() > 1 && after.chars().count() > 1
    });
    last.map_or((title, title), |(at, _)| {
        (&title[..at], &title[at + 'の'.len_utf8()..])
    })
}

fn union(sets: [&Set; 3]) -> Set {
    let mut all: Set = sets.into_iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

impl Corpus {
    /// What a set weighs.
    pub fn weight(&self, set: &[u32]) -> f32 {
        set.iter().map(|&id| self.of(id)).sum()
    }

    /// The weight of one feature.
    pub fn of(&self, id: u32) -> f32 {
        self.weights.get(id as usize).copied().unwrap_or_default()
    }

    /// What two sets share, by weight.
    pub fn shared(&self, a: &[u32], b: &[u32]) -> f32 {
        self.weight(&intersection(a, b))
    }

    /// How alike two sets are that share and weigh so much: their Dice coefficient, and how far the lesser is contained.
    pub fn likeness_of(&self, shared: f32, a: f32, b: f32) -> Option<f32> {
        if a <= 0.0 || b <= 0.0 {
            return None;
        }
        let dice = 2.0 * shared / (a + b);
        let contained = shared / a.min(b);
        let likeness = (1.0 - self.containment) * dice + self.containment * contained;
        Some(likeness.clamp(0.0, 1.0))
    }

    /// How alike two sets are, 0 to 1; `None` if one is empty.
    pub fn likeness(&self, a: &[u32], b: &[u32]) -> Option<f32> {
        self.likeness_of(self.shared(a, b), self.weight(a), self.weight(b))
    }
}

/// What two sorted sets share.
pub fn intersection(a: &[u32], b: &[u32]) -> Set {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut shared = Vec::new();
    while let (Some(&&x), Some(&&y)) = (a.peek(), b.peek()) {
        if x == y {
            shared.push(x);
        }
        if x <= y {
            a.next();
        }
        if y <= x {
            b.next();
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_one_for_the_same_and_none_for_nothing() {
        let corpus = Corpus {
            old: Vec::new(),
            new: Vec::new(),
            weights: Vec::new(),
            containment: Weights::default().containment,
        };
        assert_eq!(corpus.likeness_of(3.0, 3.0, 3.0), Some(1.0));
        assert_eq!(corpus.likeness_of(0.0, 0.0, 3.0), None);
        assert!(corpus.likeness_of(1.0, 1.0, 9.0) > corpus.likeness_of(1.0, 5.0, 5.0));
    }

    #[test]
    fn a_title_is_a_subject_and_an_act() {
        assert_eq!(subject_and_act("公園の遊具の更新"), ("公園の遊具", "更新"));
        assert_eq!(subject_and_act("窓口改善"), ("窓口改善", "窓口改善"));
        assert_eq!(subject_and_act("木の芽"), ("木の芽", "木の芽"));
    }
}
