//! Which layout a table follows: every one is scored, the best needs a margin, ties are reported.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::definition::{Arrangement, Kind, Layout};
use super::find::{self, Band, Vocabulary};
use super::forms::Labels;
use super::parts::{Part, part_rows};
use super::passage::Passage;
use super::table::Table;
use super::{Layouts, cards, known, scores};
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
    /// Their labels and titles, in the same order.
    labels: Vec<Labels<'a>>,
    own: usize,
    /// Each tie with its scores.
    pub ties: RefCell<Vec<String>>,
}

impl<'a> Choice<'a> {
    pub(crate) fn of(layouts: &'a Layouts) -> Self {
        let all = layouts.all();
        Self {
            labels: all.iter().map(|&layout| Labels::of(layout)).collect(),
            layouts: all,
            own: layouts.own.len(),
            ties: RefCell::default(),
        }
    }

    /// The labels and titles of one of these layouts.
    pub(crate) fn labels(&self, layout: &Layout) -> Option<&Labels<'a>> {
        let at = self
            .layouts
            .iter()
            .position(|known| known.name == layout.name)?;
        self.labels.get(at)
    }

    /// The layouts whose goals stand on cards.
    pub(crate) fn cards(&self) -> impl Iterator<Item = &'a Layout> + use<'a> {
        let cards: Vec<&'a Layout> = self
            .layouts
            .iter()
            .copied()
            .filter(|layout| layout.arrangement == Arrangement::Cards)
            .collect();
        cards.into_iter()
    }

    /// Whether this text could be the title of a layout other than the one by heading words alone.
    pub(crate) fn is_title(&self, passage: &Passage, text: &str) -> bool {
        let mut named = self
            .layouts
            .iter()
            .zip(&self.labels)
            .filter(|(layout, _)| layout.name != known::GENERIC);
        named.any(|(_, labels)| labels.is_title(passage, text))
    }

    /// The layout of a table with this band of headings and these parts above it: the best one that fits,
    /// else the one by heading words alone.
    pub(crate) fn layout(
        &self,
        band: &Band,
        parts: &[Vec<Passage>],
        text: &str,
    ) -> Option<&'a Layout> {
        let titled = |layout: &Layout| {
            let labels = self.labels(layout);
            labels.is_some_and(|labels| {
                parts
                    .iter()
                    .flatten()
                    .any(|cell| labels.is_title(cell, text))
            })
        };
        let mut scored: Vec<(f64, bool, &'a Layout)> = self
            .layouts
            .iter()
            .enumerate()
            // A form of cards is a table too when it is printed: it says so by its title.
            .filter(|(_, layout)| {
                layout.name != known::GENERIC
                    && layout.kind == Kind::GoalSheet
                    && (layout.is_table() || titled(layout))
            })
            .map(|(at, &layout)| {
                (
                    find::score(band, layout, titled(layout)),
                    at < self.own,
                    layout,
                )
            })
            .filter(|(score, ..)| *score >= FITS)
            .collect();
        scored.sort_by(|a, b| {
            b.0.total_cmp(&a.0)
                .then_with(|| b.1.cmp(&a.1))
                .then_with(|| a.2.name.cmp(&b.2.name))
        });
        let Some(&(best, ..)) = scored.first() else {
            let generic = self
                .layouts
                .iter()
                .find(|layout| layout.name == known::GENERIC)?;
            return (find::score(band, generic, false) > 0.0).then_some(*generic);
        };
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
}

/// How well each layout fits the best band of a sheet.
pub(crate) fn sheet_scores(
    reading: &Reading,
    sheet: &Sheet,
    layouts: &[&Layout],
) -> Vec<(String, f64)> {
    let text = &reading.text;
    let vocabulary = Vocabulary::of(layouts.iter().copied());
    let bands: Vec<Band> = sheet
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Grid(grid) => Some(find::bands(&Table::of(grid, text), text, &vocabulary)),
            Block::Line(_) => None,
        })
        .flatten()
        .collect();
    let blocks: Vec<Part<'_>> = sheet.blocks.iter().map(Part::of).collect();
    let parts: Vec<Vec<Passage>> = blocks
        .iter()
        .flat_map(|block| part_rows(block, text))
        .collect();
    let mut scores: Vec<(String, f64)> = layouts
        .iter()
        .filter(|layout| layout.kind == Kind::GoalSheet)
        .map(|layout| {
            let labels = Labels::of(layout);
            let titled = parts.iter().any(|cells| {
                cells.len() <= 2 && cells.iter().any(|cell| labels.is_title(cell, text))
            });
            let best = match layout.arrangement {
                Arrangement::Table => bands
                    .iter()
                    .map(|band| find::score(band, layout, titled))
                    .fold(0.0, f64::max),
                Arrangement::Cards => cards::score(&blocks, layout, text, titled),
            };
            (layout.name.clone(), best)
        })
        .collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    scores
}

/// The best candidates with their scores, for a file that no layout fits.
pub(crate) fn candidates(reading: &Reading, layouts: &Layouts) -> String {
    let mut best: BTreeMap<String, f64> = BTreeMap::new();
    for (name, score) in scores(reading, layouts)
        .into_iter()
        .flat_map(|sheet| sheet.scores)
    {
        let known = best.entry(name).or_default();
        *known = known.max(score);
    }
    let mut best: Vec<(String, f64)> = best.into_iter().collect();
    best.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    best.iter()
        .take(3)
        .map(|(name, score)| format!("{name} {score:.2}"))
        .collect::<Vec<_>>()
        .join(", ")
}
