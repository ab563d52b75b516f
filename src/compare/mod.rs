//! Two years' documents -> which goals belong together, and what changed in them.

pub mod chains;
pub mod comparison;
pub mod decisions;
pub mod organization;
pub mod weights;

mod assign;
mod diff;
mod features;
mod given;
mod goals;
mod grams;
mod near;
mod nearest;
mod pair;
mod parts;
mod relation;
mod score;
mod ties;

pub use comparison::{COMPARISON_SCHEMA, Change, Comparison};
pub use decisions::Decisions;
pub use organization::OrganizationMap;
pub use weights::Weights;

use crate::document::{Document, Import};
use crate::note::{Note, What};

use comparison::{
    Evidence, EvidenceKind, FieldChange, GoalRef, Nearest, Pair, Side, SideSource, Summary,
};
use features::{Corpus, corpus};
use goals::{SideGoal, goals_of};
use organization::Succession;
use pair::{Basis, Group, Pairing};

/// What people know about the two years.
#[derive(Debug, Clone, Default)]
pub struct Guide {
    /// Renamed, merged, split and moved units.
    pub organizations: OrganizationMap,
    /// Pairs that a person confirmed or refused.
    pub decisions: Decisions,
}

/// Compares two years. The same imports and guide give the same comparison.
pub fn compare(old: &[Import], new: &[Import], guide: &Guide, program: &str) -> Comparison {
    compare_by(&Weights::default(), old, new, guide, program)
}

/// The same by other weights than the measured ones: to measure them.
pub fn compare_by(
    weights: &Weights,
    old: &[Import],
    new: &[Import],
    guide: &Guide,
    program: &str,
) -> Comparison {
    let (old_side, new_side) = (side(old), side(new));
    let (old_goals, new_goals) = (goals_of(old), goals_of(new));
    let years = [&old_side, &new_side].map(|side| side.fiscal_year().map(|year| year.year));
    let mut notes = given::notes_on_sides(&old_side, &new_side, (old, new));
    let given = given::given(&old_goals, &new_goals, guide, years, &mut notes);
    let corpus = corpus(&old_goals, &new_goals, weights);
    let map = Succession::new(&guide.organizations, years[0], years[1]);
    let pairing = pair::pair(&old_goals, &new_goals, &corpus, map, (&given, weights));
    notes.extend(pairing.learned.iter().map(|(from, to)| {
        Note::new(What::UnitInferred {
            from: from.to_string(),
            to: to.to_string(),
        })
    }));
    let work = Work {
        old: &old_goals,
        new: &new_goals,
        corpus: &corpus,
        pairing: &pairing,
    };
    let pairs = work.pairs();
    let links = nearest::nearest(&pairing, old_goals.len() + new_goals.len(), weights);
    Comparison {
        schema: COMPARISON_SCHEMA.to_owned(),
        program: program.to_owned(),
        old: old_side,
        new: new_side,
        summary: Summary::of(&pairs),
        pairs,
        nearest: links.iter().map(|link| work.nearest(link)).collect(),
        notes,
    }
}

fn side(imports: &[Import]) -> Side {
    let sheets = |import: &Import| -> usize {
        let goals = import.documents.iter().map(|document| match document {
            Document::GoalSheet(sheet) => sheet.goals.len(),
            Document::Policy(_) => 0,
        });
        goals.sum()
    };
    let year = |import: &Import| {
        import.documents.iter().find_map(|document| match document {
            Document::GoalSheet(sheet) => sheet.fiscal_year.clone(),
            Document::Policy(_) => None,
        })
    };
    Side {
        sources: imports
            .iter()
            .map(|import| SideSource {
                file: import.source.file.clone(),
                sha256: import.source.sha256.clone(),
                fiscal_year: year(import),
            })
            .collect(),
        documents: imports.iter().map(|import| import.documents.len()).sum(),
        goals: imports.iter().map(sheets).sum(),
    }
}

/// Groups on their way to pairs.
struct Work<'a> {
    old: &'a [SideGoal<'a>],
    new: &'a [SideGoal<'a>],
    corpus: &'a Corpus,
    pairing: &'a Pairing,
}

impl Work<'_> {
    /// In the new side's order; what ended after the pair of the old goal before it.
    fn pairs(&self) -> Vec<Pair> {
        let mut groups: Vec<&Group> = self.pairing.groups.iter().collect();
        let mut place_of_old = vec![None; self.old.len()];
        for group in &groups {
            if let Some(&first) = group.new.first() {
                for &at in &group.old {
                    if let Some(slot) = place_of_old.get_mut(at) {
                        *slot = Some(first);
                    }
                }
            }
        }
        groups.sort_by_key(|group| match (group.new.first(), group.old.first()) {
            (Some(&new), _) => (new as i64, -1),
            (None, Some(&old)) => {
                let before = place_of_old.iter().take(old).rev().find_map(|place| *place);
                (before.map_or(-1, |new| new as i64), old as i64)
            }
            (None, None) => (i64::MAX, 0),
        });
        groups.into_iter().map(|group| self.pair(group)).collect()
    }

    fn pair(&self, group: &Group) -> Pair {
        let goals = |side: &'_ [SideGoal<'_>], at: &[usize]| -> Vec<GoalRef> {
            at.iter()
                .filter_map(|&at| side.get(at))
                .map(SideGoal::reference)
                .collect()
        };
        let (old, new) = (goals(self.old, &group.old), goals(self.new, &group.new));
        let of = |at: &[usize], side| -> Vec<&SideGoal> {
            let side: &[SideGoal] = side;
            at.iter().filter_map(|&at| side.get(at)).collect()
        };
        let diffs = diff::diffs(&of(&group.old, self.old), &of(&group.new, self.new));
        let numbers = |goals: &[GoalRef]| -> Vec<Option<String>> {
            goals.iter().map(|goal| goal.number.clone()).collect()
        };
        let both = !old.is_empty() && !new.is_empty();
        Pair {
            change: change(group, diffs.change),
            score: rounded(group.score),
            evidence: self.evidence(group),
            renumbered: both && numbers(&old) != numbers(&new),
            moved: both && self.is_moved(group),
            fields: diffs.fields,
            old,
            new,
        }
    }

    fn nearest(&self, link: &nearest::Link) -> Nearest {
        let goal = |side: &[SideGoal], at: usize| side.get(at).map(SideGoal::reference);
        Nearest {
            change: link.would_be,
            old: goal(self.old, link.old).into_iter().collect(),
            new: goal(self.new, link.new).into_iter().collect(),
            score: rounded(link.score),
            evidence: self.likeness(link.old, link.new),
        }
    }

    fn is_moved(&self, group: &Group) -> bool {
        let owner = |owners: &[usize], at: &usize| owners.get(*at).copied().unwrap_or_default();
        let mut relations = group.old.iter().flat_map(|old| {
            group.new.iter().map(move |new| {
                let old = owner(&self.pairing.old_owners, old);
                let new = owner(&self.pairing.new_owners, new);
                self.pairing.relations.of(old, new)
            })
        });
        relations.all(|relation| relation.moved)
    }

    /// Why the goals belong together: of groups of several, of the first of each side.
    fn evidence(&self, group: &Group) -> Vec<Evidence> {
        let mut evidence = Vec::new();
        let mut say = |kind, score: Option<f32>| {
            evidence.extend(score.map(|score| Evidence {
                kind,
                score: rounded(score),
            }));
        };
        match group.basis {
            Basis::Alone => return evidence,
            Basis::Decision => say(EvidenceKind::Decision, Some(1.0)),
            Basis::Predecessor => say(EvidenceKind::Predecessor, Some(1.0)),
            Basis::Likeness | Basis::Doubtful | Basis::Seed => {}
        }
        if let (Some(&old), Some(&new)) = (group.old.first(), group.new.first()) {
            evidence.extend(self.likeness(old, new));
        }
        evidence
    }

    /// What texts and units say of two goals.
    fn likeness(&self, old_at: usize, new_at: usize) -> Vec<Evidence> {
        let mut evidence = Vec::new();
        let mut say = |kind, score: Option<f32>| {
            evidence.extend(score.map(|score| Evidence {
                kind,
                score: rounded(score),
            }));
        };
        if let (Some(old), Some(new)) = (self.corpus.old.get(old_at), self.corpus.new.get(new_at)) {
            let likeness = |a: &[u32], b: &[u32]| self.corpus.likeness(a, b);
            say(EvidenceKind::Item, likeness(&old.item, &new.item));
            say(EvidenceKind::Level, likeness(&old.level, &new.level));
            say(EvidenceKind::Methods, likeness(&old.methods, &new.methods));
            say(
                EvidenceKind::Indicators,
                likeness(&old.indicators, &new.indicators),
            );
        }
        let owner = |owners: &[usize], at: usize| owners.get(at).copied().unwrap_or_default();
        let relation = self.pairing.relations.of(
            owner(&self.pairing.old_owners, old_at),
            owner(&self.pairing.new_owners, new_at),
        );
        say(relation.kind, relation.score);
        evidence
    }
}

/// Two decimal places: more would feign what is not known.
fn rounded(score: f32) -> f64 {
    // An empty sum is -0.0.
    (f64::from(score) * 100.0).round() / 100.0 + 0.0
}

fn change(group: &Group, of_fields: FieldChange) -> Change {
    match (group.old.len(), group.new.len(), group.basis) {
        (0, _, _) => Change::New,
        (_, 0, _) => Change::Ended,
        (_, _, Basis::Doubtful) => Change::Candidate,
        (old, new, _) if old > new || old > 1 && old == new => Change::Merged,
        (old, new, _) if new > old => Change::Split,
        _ => match of_fields {
            FieldChange::Unchanged => Change::Unchanged,
            FieldChange::Wording => Change::Wording,
            _ => Change::Changed,
        },
    }
}
