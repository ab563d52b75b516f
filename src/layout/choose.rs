//! Which layout a table follows: every one is scored, the best needs a margin, ties are reported.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::bands::{self, Band, Vocabulary};
use super::card_labels::CardLabels;
use super::definition::{Arrangement, Kind, Layout};
use super::fields::{self, Headings, Match};
use super::forms::Labels;
use super::infer::Weights;
use super::parts::{Part, part_rows};
use super::passage::Passage;
use super::table::{Table, is_blank};
use super::{Layouts, arrangement, cards, known};
use crate::error::Problem;
use crate::sheet::{Block, Reading, Sheet};

/// A layout of its own fits only from this score on: with every usual column, no unknown one and no title
/// it scores 0.8; half of the usual columns and a title, 0.75.
pub(crate) const FITS: f64 = 0.6;
/// Two layouts within this distance are a tie.
const MARGIN: f64 = 0.03;

/// Chooses the layout of each table.
pub(crate) struct Choice<'a> {
    /// The user's own, then the built-in ones.
    pub layouts: Vec<&'a Layout>,
    /// Their words, in the same order.
    words: Vec<Words<'a>>,
    /// Those of layouts whose goals stand on cards.
    pub cards: Vec<CardLabels<'a>>,
    /// The heading words of all of them.
    pub vocabulary: Vocabulary,
    own: usize,
    /// The cards that a file's own form told.
    told: Option<&'a arrangement::Cards>,
    /// What each kind of evidence for an unknown sheet's columns is worth.
    pub weights: Weights,
    /// Each tie with its scores.
    pub ties: RefCell<Vec<String>>,
}

/// The words of a layout, folded once for all sheets.
struct Words<'a> {
    labels: Labels<'a>,
    headings: Headings<'a>,
}

/// Whether the goals of a layout stand in a table.
fn is_table(layout: &Layout) -> bool {
    layout.kind == Kind::GoalSheet && layout.arrangement == Arrangement::Table
}

impl<'a> Choice<'a> {
    pub(crate) fn of(layouts: &'a Layouts) -> Self {
        let all = layouts.all();
        let any_town = all.iter().find(|layout| layout.name == known::GENERIC);
        let is_own = |layout: &Layout| layouts.own.iter().any(|own| std::ptr::eq(own, layout));
        let labels = |layout: &'a Layout| match any_town {
            // A user's own layout says which labels its sheets have, or nothing of them.
            Some(any_town) if layout.leaves_head_open() || !is_own(layout) && is_table(layout) => {
                Labels::with_usual(layout, any_town)
            }
            _ => Labels::of(layout),
        };
        let words = all.iter().map(|&layout| Words {
            labels: labels(layout),
            headings: Headings::of(layout),
        });
        let cards = all
            .iter()
            .filter(|layout| layout.arrangement == Arrangement::Cards);
        Self {
            words: words.collect(),
            cards: cards
                .map(|&layout| CardLabels::under(layout, labels(layout)))
                .collect(),
            vocabulary: Vocabulary::of(all.iter().copied()),
            layouts: all,
            own: layouts.own.len(),
            told: None,
            weights: Weights::without(&layouts.without),
            ties: RefCell::default(),
        }
    }

    /// The same with the cards that a file's own form told.
    pub(crate) fn with_cards(mut self, form: &'a arrangement::Cards) -> Self {
        let layout = &form.layout;
        self.layouts.push(layout);
        self.words.push(Words {
            labels: Labels::of(layout),
            headings: Headings::of(layout),
        });
        self.cards.push(CardLabels::of(layout));
        self.told = Some(form);
        self
    }

    /// How the labels of a layout of cards were understood, if a file's own form told it.
    pub(crate) fn understood(&self, layout: &Layout) -> Option<&'a [Match]> {
        let own = |form: &&arrangement::Cards| std::ptr::eq(&raw const form.layout, layout);
        self.told.filter(own).map(|form| form.matches.as_slice())
    }

    fn words(&self, layout: &Layout) -> Option<&Words<'a>> {
        let mut words = self.words.iter();
        words.find(|words| std::ptr::eq(words.labels.layout, layout))
    }

    /// The labels and titles of one of these layouts.
    pub(crate) fn labels(&self, layout: &Layout) -> Option<&Labels<'a>> {
        self.words(layout).map(|words| &words.labels)
    }

    /// The headings of one of these layouts.
    pub(crate) fn headings(&self, layout: &Layout) -> Option<&Headings<'a>> {
        self.words(layout).map(|words| &words.headings)
    }

    /// The labels of one of these layouts, if its goals stand on cards.
    pub(crate) fn cards_of(&self, layout: &Layout) -> Option<&CardLabels<'a>> {
        let mut cards = self.cards.iter();
        cards.find(|labels| std::ptr::eq(labels.layout, layout))
    }

    /// Whether this text could be the title of a layout that says what its titles are.
    pub(crate) fn is_title(&self, passage: &Passage, text: &str) -> bool {
        let labels = self.words.iter().map(|words| &words.labels);
        let mut named = labels.filter(|labels| !labels.is_any_towns());
        named.any(|labels| labels.is_title(passage, text))
    }

    /// Whether this text could be the title of any goal sheet.
    pub(crate) fn is_title_of_any(&self, passage: &Passage, text: &str) -> bool {
        let mut words = self.words.iter();
        words.any(|words| {
            words.labels.layout.kind == Kind::GoalSheet && words.labels.is_title(passage, text)
        })
    }

    /// The layout of tables that no other knows.
    pub(crate) fn any_town(&self) -> Option<&'a Layout> {
        let mut layouts = self.layouts.iter();
        layouts
            .find(|layout| layout.name == known::GENERIC)
            .copied()
    }

    /// The layout of a table with this band of headings and these parts above it: the best one that fits.
    pub(crate) fn layout(
        &self,
        band: &Band,
        parts: &[Vec<Passage>],
        text: &str,
    ) -> Option<&'a Layout> {
        let titled = |words: &Words<'_>| {
            let mut cells = parts.iter().flatten();
            cells.any(|cell| words.labels.is_title(cell, text))
        };
        let mut scored: Vec<(f64, bool, &'a Layout)> = self
            .words
            .iter()
            .enumerate()
            .map(|(at, words)| (at, words, words.labels.layout))
            // A form of cards is a table too when it is printed: it says so by its title.
            .filter(|(_, words, layout)| {
                layout.name != known::GENERIC
                    && layout.kind == Kind::GoalSheet
                    && (layout.is_table() || titled(words))
            })
            .map(|(at, words, layout)| {
                let score = fields::score(band, &words.headings, titled(words));
                (score, at < self.own, layout)
            })
            .filter(|(score, ..)| *score >= FITS)
            .collect();
        scored.sort_by(|a, b| {
            b.0.total_cmp(&a.0)
                .then_with(|| b.1.cmp(&a.1))
                .then_with(|| a.2.name.cmp(&b.2.name))
        });
        let &(best, ..) = scored.first()?;
        let near: Vec<_> = scored
            .iter()
            .filter(|(score, ..)| best - score < MARGIN)
            .collect();
        let chosen = near
            .iter()
            .find(|(_, own, _)| *own)
            .or(near.first())
            .map(|(.., layout)| *layout);
        if near.len() > 1 {
            let named: Vec<String> = near
                .iter()
                .map(|(score, _, layout)| format!("{} {score:.2}", layout.name))
                .collect();
            self.ties.borrow_mut().push(named.join(", "));
        }
        chosen
    }

    /// How well each layout fits the best band of a sheet.
    pub(crate) fn sheet_scores(&self, reading: &Reading, sheet: &Sheet) -> Vec<(String, f64)> {
        let text = &reading.text;
        let grids = sheet.blocks.iter().filter_map(|block| match block {
            Block::Grid(grid) => Some(Table::of(grid, text)),
            Block::Line(_) => None,
        });
        let bands: Vec<Band> = grids
            .flat_map(|table| bands::bands(&table, text, &self.vocabulary))
            .collect();
        let blocks: Vec<Part<'_>> = sheet.blocks.iter().map(Part::of).collect();
        let parts: Vec<Vec<Passage>> = blocks
            .iter()
            .flat_map(|block| part_rows(block, text))
            .collect();
        let goal_sheets = self
            .words
            .iter()
            .filter(|words| words.labels.layout.kind == Kind::GoalSheet);
        let mut scores: Vec<(String, f64)> = goal_sheets
            .map(|Words { labels, headings }| {
                let titled = parts.iter().any(|cells| {
                    cells.len() <= 2 && cells.iter().any(|cell| labels.is_title(cell, text))
                });
                let best = match self.cards_of(labels.layout) {
                    None => bands
                        .iter()
                        .map(|band| fields::score(band, headings, titled))
                        .fold(0.0, f64::max),
                    Some(cards) => cards::score(&blocks, cards, text, titled),
                };
                (labels.layout.name.clone(), best)
            })
            .collect();
        scores.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        scores
    }
}

/// Why nothing was recognised: there is no table, no table of goals, or one of a form that no layout knows.
pub(crate) fn nothing_fits(reading: &Reading, choice: &Choice<'_>) -> Problem {
    let blocks = || reading.sheets.iter().flat_map(|sheet| &sheet.blocks);
    if !blocks().any(|block| is_table_with_words(block, &reading.text)) {
        return Problem::NoTable;
    }
    let mut best: BTreeMap<String, f64> = BTreeMap::new();
    let sheets = reading.sheets.iter();
    for (name, score) in sheets.flat_map(|sheet| choice.sheet_scores(reading, sheet)) {
        let known = best.entry(name).or_default();
        *known = known.max(score);
    }
    let mut best: Vec<(String, f64)> = best.into_iter().collect();
    best.retain(|(_, score)| *score > 0.0);
    best.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    if best.is_empty() {
        return Problem::NoGoalTable;
    }
    let named = best.iter().take(3);
    let named: Vec<String> = named
        .map(|(name, score)| format!("{name} {score:.2}"))
        .collect();
    Problem::NoLayout {
        candidates: named.join(", "),
    }
}

/// Whether a block has words in at least two cells: one cell with words is a line in a box.
fn is_table_with_words(block: &Block, text: &str) -> bool {
    let Block::Grid(grid) = block else {
        return false;
    };
    let cells = grid.cells.iter();
    let with_words = cells.filter(|cell| !is_blank(cell, text));
    with_words.take(2).count() == 2
}
