//! Columns with their candidates -> one reading of the whole table: what each column is, by how much, and what else it may be.

use super::evidence::{self, Context, Evidence, Slot, Weighed};
use super::weights::{self, Kind, Weights};
use super::words::Meaning;
use crate::document::Field;

/// How a column was read.
#[derive(Debug, Clone)]
pub(crate) struct Understood {
    /// What it is: a doubtful one is no field.
    pub meaning: Meaning,
    /// What it is in the best reading of the whole.
    pub best: Meaning,
    /// Its own points in that reading.
    pub score: f32,
    /// By how much the best reading of the whole is better than one with this column read otherwise.
    pub margin: f32,
    /// What it is in that other reading, with its points.
    pub runner_up: Option<(Meaning, f32)>,
    /// What speaks for and against each meaning.
    pub all: Vec<Evidence>,
    /// The points of each.
    candidates: Vec<(Meaning, f32)>,
    /// How much its heading speaks of goals, in tenths.
    pub goals: i32,
}

impl Understood {
    /// The points of a meaning.
    pub fn points(&self, meaning: Meaning) -> f32 {
        let found = self.candidates.iter().find(|(known, _)| *known == meaning);
        found.map_or(0.0, |found| found.1)
    }
}

/// Reads columns as one table.
pub(crate) fn choose(slots: &[Slot], context: &Context<'_>) -> Vec<Understood> {
    let weighed: Vec<Weighed> = slots
        .iter()
        .map(|slot| evidence::weigh(slot, context))
        .collect();
    choose_weighed(&weighed, context.weights)
}

/// Candidates of a column that a search looks at: the others are far below.
const CANDIDATES: usize = 7;
/// Points below a column's best from which on a candidate is not looked at.
const FAR: f32 = 9.0;
/// Readings that a search keeps after each column.
const BEAM: usize = 96;

pub(super) fn choose_weighed(weighed: &[Weighed], weights: &Weights) -> Vec<Understood> {
    let candidates: Vec<Vec<(Meaning, f32)>> = weighed
        .iter()
        .map(|column| looked_at(&column.candidates))
        .collect();
    let best = search(&candidates, weights, None);
    weighed
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let own = best.meanings.get(at).copied().flatten();
            let other = search(&candidates, weights, Some((at, own)));
            let margin = best.total - other.total;
            let points = |meaning: Meaning| {
                column
                    .candidates
                    .iter()
                    .find(|(known, _)| *known == meaning)
                    .map_or(0.0, |found| found.1)
            };
            let needed = needed_margin(own);
            let runner_up = other
                .meanings
                .get(at)
                .copied()
                .map(|meaning| (meaning, points(meaning)));
            Understood {
                meaning: own.filter(|_| margin >= needed),
                best: own,
                score: points(own),
                margin,
                runner_up: runner_up.filter(|_| other.total > f32::MIN),
                all: column.evidence.clone(),
                candidates: column.candidates.clone(),
                goals: column.goals,
            }
        })
        .collect()
}

/// The margin that a meaning needs.
fn needed_margin(meaning: Meaning) -> f32 {
    match meaning {
        Some(
            Field::Number
            | Field::Deadline
            | Field::IndicatorBaseline
            | Field::IndicatorTarget
            | Field::IndicatorActual,
        ) => weights::STRICT_MARGIN,
        Some(_) => weights::MARGIN,
        None => 0.0,
    }
}

fn looked_at(candidates: &[(Meaning, f32)]) -> Vec<(Meaning, f32)> {
    let best = candidates.first().map_or(0.0, |first| first.1);
    let near = candidates
        .iter()
        .filter(|(meaning, points)| meaning.is_none() || best - points <= FAR);
    let mut near: Vec<(Meaning, f32)> = near.copied().collect();
    let extra = near
        .iter()
        .position(|(meaning, _)| meaning.is_none())
        .filter(|&at| at >= CANDIDATES)
        .map(|at| near[at]);
    near.truncate(CANDIDATES);
    near.extend(extra);
    near
}

/// A reading of the first columns.
#[derive(Debug, Clone)]
struct State {
    total: f32,
    meanings: Vec<Meaning>,
    /// Fields that are taken, by their place in [`Field::ALL`]; of indicators those of the present group.
    taken: u32,
    /// Groups of indicators begun.
    groups: u8,
}

/// The best reading; with `but`, the best one in which that column is not this.
fn search(
    candidates: &[Vec<(Meaning, f32)>],
    weights: &Weights,
    but: Option<(usize, Meaning)>,
) -> State {
    let start = State {
        total: 0.0,
        meanings: Vec::new(),
        taken: 0,
        groups: 0,
    };
    let mut states = vec![start];
    for (at, column) in candidates.iter().enumerate() {
        let mut next: Vec<State> = Vec::with_capacity(states.len() * column.len());
        for state in &states {
            for &(meaning, points) in column {
                if but != Some((at, meaning)) {
                    next.extend(state.with(meaning, points, weights));
                }
            }
        }
        next.sort_by(|a, b| b.total.total_cmp(&a.total));
        next.truncate(BEAM);
        states = next;
    }
    for state in &mut states {
        if state.meanings.contains(&Some(Field::Item)) {
            state.total += weights.points(Kind::Item, weights::ITEM);
        }
    }
    let best = states
        .into_iter()
        .max_by(|a, b| a.total.total_cmp(&b.total));
    best.unwrap_or(State {
        total: f32::MIN,
        meanings: vec![None; candidates.len()],
        taken: 0,
        groups: 0,
    })
}

const INDICATORS: [Field; 4] = [
    Field::IndicatorName,
    Field::IndicatorBaseline,
    Field::IndicatorTarget,
    Field::IndicatorActual,
];

fn bit(field: Field) -> u32 {
    1 << Field::ALL
        .iter()
        .position(|&known| known == field)
        .unwrap_or(31)
}

impl State {
    /// The reading with one column more; `None` if its field is taken.
    fn with(&self, meaning: Meaning, points: f32, weights: &Weights) -> Option<Self> {
        let mut next = self.clone();
        next.total += points;
        next.meanings.push(meaning);
        let Some(field) = meaning else {
            return Some(next);
        };
        let bit = bit(field);
        if INDICATORS.contains(&field) {
            next.indicator(field, bit, weights)?;
        } else if self.taken & bit != 0 {
            return None;
        }
        next.taken |= bit;
        Some(next)
    }

    /// An indicator's column: a name that is there already begins another group, and so does a value that is taken
    /// only where that group has a name.
    fn indicator(&mut self, field: Field, bit: u32, weights: &Weights) -> Option<()> {
        let all = INDICATORS
            .iter()
            .fold(0, |all, &field| all | self::bit(field));
        let of_group = |points: f32| weights.points(Kind::Groups, points);
        if self.taken & bit != 0 {
            if field != Field::IndicatorName {
                return None;
            }
            self.taken &= !all;
            self.groups += 1;
            self.total += of_group(weights::SECOND_GROUP);
        }
        if field != Field::IndicatorName {
            let named = self.taken & self::bit(Field::IndicatorName) != 0;
            let first = self.taken & all & !self::bit(Field::IndicatorName) == 0;
            self.total += match (named, first) {
                (true, true) => of_group(weights::NAME_WITH_VALUE),
                (false, true) => of_group(weights::VALUE_WITHOUT_NAME),
                _ => 0.0,
            };
        }
        Some(())
    }
}
