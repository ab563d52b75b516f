//! A column -> what it may mean: points for each field from its heading, its parents, its time and its cells, each by
//! itself, with its reason.

use super::cells::Cells;
use super::leaf::Leaf;
use super::weights::{self, Kind, Weights};
use super::words::Meaning;
use super::{by_cells, by_time, by_words};
use crate::document::Field;

/// A column or label with what stands under or beside it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slot {
    pub heading: String,
    /// The headings above it, outermost first.
    pub parents: Vec<String>,
    /// The cells, blank ones left out or not; one that stands over several goals once.
    pub cells: Vec<String>,
    /// How many goals there are.
    pub rows: usize,
}

/// What the evidence is seen against.
#[derive(Debug, Clone)]
pub(crate) struct Context<'w> {
    /// The sheet's fiscal year, where it is known.
    pub fiscal_year: Option<i32>,
    pub weights: &'w Weights,
}

/// A piece of evidence for a meaning.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub kind: Kind,
    pub meaning: Meaning,
    pub points: f32,
    pub why: Why,
}

/// A reason in both languages; `{}` stands for `of`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Why {
    pub ja: &'static str,
    pub en: &'static str,
    pub of: String,
}

pub(crate) const fn why(ja: &'static str, en: &'static str) -> Why {
    Why {
        ja,
        en,
        of: String::new(),
    }
}

/// A column with its evidence.
#[derive(Debug, Clone)]
pub(crate) struct Weighed {
    pub evidence: Vec<Evidence>,
    /// The sums, best first.
    pub candidates: Vec<(Meaning, f32)>,
    /// How much its heading speaks of goals, in tenths.
    pub goals: i32,
}

/// All meanings that a column may have.
fn meanings() -> impl Iterator<Item = Meaning> {
    std::iter::once(None).chain(Field::ALL.into_iter().map(Some))
}

/// Weighs a column.
pub(crate) fn weigh(slot: &Slot, context: &Context<'_>) -> Weighed {
    let leaf = Leaf::of(slot);
    let cells = Cells::of(&slot.cells, slot.rows);
    let mut evidence = Vec::new();
    let goals = by_words::heading(&leaf, &mut evidence);
    by_words::parents(&leaf, &mut evidence);
    by_time::evidence(&leaf, context.fiscal_year, &mut evidence);
    by_cells::evidence(&cells, &mut evidence);
    evidence.extend(Field::ALL.into_iter().map(|field| Evidence {
        kind: Kind::Prior,
        meaning: Some(field),
        points: weights::PRIOR,
        why: why("欄とみなすには根拠が要る", "a field needs evidence"),
    }));
    for piece in &mut evidence {
        piece.points = context.weights.points(piece.kind, piece.points);
    }
    evidence.retain(|piece| piece.points != 0.0);
    let sum = |meaning: Meaning| -> f32 {
        evidence
            .iter()
            .filter(|piece| piece.meaning == meaning)
            .map(|piece| piece.points)
            .sum()
    };
    let mut candidates: Vec<(Meaning, f32)> =
        meanings().map(|meaning| (meaning, sum(meaning))).collect();
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
    Weighed {
        evidence,
        candidates,
        goals,
    }
}
