//! A number at the start of a paragraph -> whether it opens a section, and at which level.

use std::collections::HashMap;

use super::super::label::Label;
use super::super::paragraphs::Paragraph;
use super::sections::place;
use super::{Reader, Rules, answer_length, label_of};
use crate::document::policy::LabelStyle;

/// What a label is at the place where it stands.
pub(super) enum Verdict {
    /// It opens a section; so many of the open ones stay open.
    Section { keep: usize, iroha: bool, gap: bool },
    /// It is part of the text.
    Text { note: bool },
}

impl Reader<'_> {
    /// A label is a section's if it is the next of an open series, or the first of a series that is not open.
    pub(super) fn verdict(&self, label: &Label, paragraph: &Paragraph, index: usize) -> Verdict {
        let numbers = self.rules.levels.contains(&label.style)
            // ① numbers list items, unless it is the outermost number or numbers quoted clauses.
            || (label.style == LabelStyle::Circled
                && (self.has_answers || self.open.is_empty() || self.series(label.style).is_some()));
        if !numbers {
            return Verdict::Text { note: false };
        }
        if label.style == LabelStyle::Circled
            && self.in_answer()
            && !self.ahead.answer_follows(index)
        {
            return Verdict::Text { note: false };
        }
        match self.series(label.style) {
            Some(at) => self.of_open_series(label, at, paragraph),
            None => self.of_new_series(label, paragraph, index),
        }
    }

    /// The next of an open series is a section; a number skipped may be a slip of the author's.
    fn of_open_series(&self, label: &Label, at: usize, paragraph: &Paragraph) -> Verdict {
        let node = self.open.get(at).and_then(|&index| self.nodes.get(index));
        let iroha = node.is_some_and(|node| node.iroha);
        let last = node
            .and_then(|node| node.label.as_ref())
            .map_or(0, |last| place(last, iroha));
        let value = place(label, iroha);
        let gap = value == last + 2 && self.is_heading_like(label, paragraph);
        if value == last + 1 || gap {
            return Verdict::Section {
                keep: at,
                iroha,
                gap,
            };
        }
        // ① may number the items of an answer.
        Verdict::Text {
            note: label.style != LabelStyle::Circled,
        }
    }

    /// The first of a series opens a section below the one that is open.
    fn of_new_series(&self, label: &Label, paragraph: &Paragraph, index: usize) -> Verdict {
        let iroha = label.value != 1 && label.iroha == Some(1);
        let first = label.value == 1 || iroha;
        if self.open.is_empty() && (first || self.is_heading_like(label, paragraph)) {
            return Verdict::Section {
                keep: 0,
                iroha,
                gap: !first,
            };
        }
        // A single number without brackets within a text is more often a word (1 人…) than a list of one.
        let bracketed = matches!(
            label.style,
            LabelStyle::Paren | LabelStyle::ParenKana | LabelStyle::Dai | LabelStyle::Circled
        );
        if !first || !(bracketed || self.ahead.second_follows(label.style, iroha, index)) {
            return Verdict::Text { note: true };
        }
        Verdict::Section {
            keep: self.level_of_new(label.style),
            iroha,
            gap: false,
        }
    }

    fn in_answer(&self) -> bool {
        self.open
            .iter()
            .any(|&index| self.nodes.get(index).is_some_and(|node| node.is_answer))
    }

    /// The index among the open sections of the one with this series.
    fn series(&self, style: LabelStyle) -> Option<usize> {
        self.open.iter().rposition(|&index| {
            self.nodes
                .get(index)
                .and_then(|node| node.label.as_ref())
                .is_some_and(|label| label.style == style)
        })
    }

    /// A series that begins stands below the innermost open section, unless it is further out in the order of
    /// official documents than all of them.
    fn level_of_new(&self, style: LabelStyle) -> usize {
        let rank = |style: LabelStyle| {
            self.rules
                .levels
                .iter()
                .position(|&level| level == style)
                .unwrap_or(usize::MAX)
        };
        let outermost = self
            .open
            .iter()
            .filter_map(|&index| self.nodes.get(index)?.label.as_ref())
            .all(|label| rank(style) < rank(label.style));
        if outermost && rank(style) != usize::MAX {
            0
        } else {
            self.open.len()
        }
    }

    /// A short line that is no sentence.
    fn is_heading_like(&self, label: &Label, paragraph: &Paragraph) -> bool {
        const LONGEST_HEADING: usize = 40;
        let plain = paragraph.plain(self.text);
        !plain.contains('。') && plain.chars().count() <= LONGEST_HEADING && label.value <= 50
    }
}

/// What the paragraphs after each one say about a number.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// The last paragraph that begins with the second of a series; of kana in both orders.
    seconds: HashMap<(LabelStyle, bool), usize>,
    /// For each paragraph, whether an answer comes after it before the next ①.
    answers: Vec<bool>,
}

impl Ahead {
    pub fn of(paragraphs: &[Paragraph], rules: &Rules<'_>, text: &str) -> Self {
        let mut ahead = Self {
            seconds: HashMap::new(),
            answers: vec![false; paragraphs.len()],
        };
        let mut answer_comes = false;
        for (at, paragraph) in paragraphs.iter().enumerate().rev() {
            if let Some(answers) = ahead.answers.get_mut(at) {
                *answers = answer_comes;
            }
            if answer_length(paragraph, rules, text).is_some() {
                answer_comes = true;
                continue;
            }
            let Some(label) = label_of(paragraph, text) else {
                continue;
            };
            if label.style == LabelStyle::Circled {
                answer_comes = false;
            }
            for iroha in [false, true] {
                if place(&label, iroha) == 2 {
                    ahead.seconds.entry((label.style, iroha)).or_insert(at);
                }
            }
        }
        ahead
    }

    fn second_follows(&self, style: LabelStyle, iroha: bool, index: usize) -> bool {
        self.seconds
            .get(&(style, iroha))
            .is_some_and(|&at| at > index)
    }

    /// Whether the next answer comes before the next ①: only then is this ① a quoted clause, not an item of the
    /// answer that it stands in.
    fn answer_follows(&self, index: usize) -> bool {
        self.answers.get(index).copied().unwrap_or_default()
    }
}
