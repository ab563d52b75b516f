//! Two owners -> whether they are one unit, and how much that says about their goals being one.

use std::collections::BTreeSet;

use super::comparison::EvidenceKind;
use super::goals::{Owner, SideGoal};
use super::organization::{Succession, Unit, units_of};
use super::weights::Weights;

/// What two owners are to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Relation {
    /// By how much it multiplies the odds that their goals are one.
    pub odds: f32,
    /// How far they are one unit, 0 to 1; `None` where nothing is known of one of them.
    pub score: Option<f32>,
    /// What that rests on.
    pub kind: EvidenceKind,
    /// Whether the goal went to another unit.
    pub moved: bool,
}

/// Everything that is known about units: who there is on each side, and who became who.
#[derive(Debug)]
pub struct Relations {
    old: Known,
    new: Known,
    map: Succession,
    /// Names that the goals themselves show: old unit, new unit.
    learned: Vec<(Unit, Unit)>,
    old_owners: Owners,
    new_owners: Owners,
    table: Vec<Relation>,
    weights: Weights,
}

/// The units and departments of a side.
#[derive(Debug)]
struct Known {
    departments: BTreeSet<String>,
    units: BTreeSet<Unit>,
    sections: BTreeSet<String>,
}

impl Known {
    fn of(owners: &[Owner]) -> Self {
        Self {
            departments: owners.iter().filter_map(|o| o.department.clone()).collect(),
            units: owners.iter().flat_map(units_of).collect(),
            sections: owners.iter().flat_map(|o| o.sections.clone()).collect(),
        }
    }
}

/// The distinct owners of a side.
#[derive(Debug, Clone)]
pub struct Owners {
    names: Vec<Owner>,
    /// How many goals each has.
    goals: Vec<usize>,
}

/// Each goal's owner among the distinct ones.
pub fn distinct(goals: &[SideGoal]) -> (Owners, Vec<usize>) {
    let owners: BTreeSet<&Owner> = goals.iter().map(|goal| &goal.owner).collect();
    let owners: Vec<&Owner> = owners.into_iter().collect();
    let at = |goal: &SideGoal| owners.binary_search(&&goal.owner).unwrap_or_default();
    let of_goals: Vec<usize> = goals.iter().map(at).collect();
    let mut counts = vec![0; owners.len()];
    for &at in &of_goals {
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
    }
    let owners = Owners {
        names: owners.into_iter().cloned().collect(),
        goals: counts,
    };
    (owners, of_goals)
}

/// How much a common owner says where it has so many goals: of two goals of a unit that has one each year,
/// likelier than not one became the other; of ten, hardly.
fn of_so_many(goals: usize) -> f32 {
    0.77 + 0.77 / goals.max(1) as f32
}

impl Relations {
    /// For the owners of both sides.
    pub fn new(old: Owners, new: Owners, map: Succession, weights: Weights) -> Self {
        let mut relations = Self {
            old: Known::of(&old.names),
            new: Known::of(&new.names),
            map,
            learned: Vec::new(),
            old_owners: old,
            new_owners: new,
            table: Vec::new(),
            weights,
        };
        relations.fill();
        relations
    }

    /// Takes names that the goals show.
    pub fn learn(&mut self, learned: Vec<(Unit, Unit)>) {
        self.learned = learned;
        self.fill();
    }

    fn fill(&mut self) {
        let (olds, news) = (&self.old_owners, &self.new_owners);
        let mut table = Vec::with_capacity(olds.names.len() * news.names.len());
        for (old, old_goals) in olds.names.iter().zip(&olds.goals) {
            for (new, new_goals) in news.names.iter().zip(&news.goals) {
                let mut relation = self.relation(old, new);
                if relation.odds >= self.weights.common_elsewhere {
                    relation.odds *= of_so_many(*old_goals.max(new_goals));
                }
                table.push(relation);
            }
        }
        self.table = table;
    }

    /// What two distinct owners are to each other.
    pub fn of(&self, old: usize, new: usize) -> Relation {
        let at = old * self.new_owners.names.len() + new;
        self.table
            .get(at)
            .copied()
            .unwrap_or_else(|| self.unknown())
    }

    /// Whether an old unit is gone in the new year, under this name and department.
    pub fn is_gone(&self, unit: &Unit) -> bool {
        !self.new.units.contains(unit)
    }

    /// Whether a new unit was not there before.
    pub fn is_new(&self, unit: &Unit) -> bool {
        !self.old.units.contains(unit)
    }

    fn relation(&self, old: &Owner, new: &Owner) -> Relation {
        if let Some(mapped) = self.mapped(old, new) {
            return mapped;
        }
        let mut relation = match (old.sections.is_empty(), new.sections.is_empty()) {
            (true, true) => self.without_sections(old, new),
            (false, false) => self.of_sections(old, new),
            _ if old.common || new.common => Relation {
                odds: self.weights.common_against_one,
                score: Some(0.3),
                ..self.other_unit()
            },
            _ => self.unknown(),
        };
        if old.common
            && new.common
            && !old.sections.is_empty()
            && relation.odds < self.weights.same_unit
        {
            // 共通 and 職員課 in one cell: one of both still stands there.
            relation.odds = relation.odds.max(1.3);
        }
        if relation.moved && self.is_other_department(old, new) {
            relation.odds *= self.weights.other_department;
        }
        relation
    }

    fn unknown(&self) -> Relation {
        Relation {
            odds: self.weights.unknown_unit,
            score: None,
            kind: EvidenceKind::Sections,
            moved: false,
        }
    }

    fn one_unit(&self) -> Relation {
        Relation {
            odds: self.weights.same_unit,
            score: Some(1.0),
            kind: EvidenceKind::Sections,
            moved: false,
        }
    }

    fn other_unit(&self) -> Relation {
        Relation {
            odds: self.weights.other_unit,
            score: Some(0.0),
            kind: EvidenceKind::Sections,
            moved: true,
        }
    }

    /// What the user's map, or the goals themselves, say.
    fn mapped(&self, old: &Owner, new: &Owner) -> Option<Relation> {
        if old.common != new.common {
            return None;
        }
        let (old, new) = (units_of(old), units_of(new));
        for unit in &old {
            let reached = self.map.successors(unit);
            if let Some((_, renamed)) = reached.iter().find(|(next, _)| new.contains(next)) {
                return Some(Relation {
                    odds: self.weights.same_unit,
                    score: Some(1.0),
                    kind: EvidenceKind::OrganizationMap,
                    moved: !renamed,
                });
            }
        }
        let learned = self
            .learned
            .iter()
            .any(|(from, to)| old.contains(from) && new.contains(to));
        learned.then_some(Relation {
            odds: self.weights.renamed_unit,
            score: Some(0.8),
            kind: EvidenceKind::Sections,
            moved: false,
        })
    }

    /// 共通 of departments, or sheets without a column for sections.
    fn without_sections(&self, old: &Owner, new: &Owner) -> Relation {
        let (Some(before), Some(after)) = (&old.department, &new.department) else {
            return if old.common && new.common {
                Relation {
                    odds: self.weights.common_elsewhere,
                    score: Some(0.8),
                    ..self.one_unit()
                }
            } else {
                self.unknown()
            };
        };
        if before == after || stem(before) == stem(after) {
            let odds = if old.common == new.common {
                self.weights.same_unit
            } else {
                1.5
            };
            return Relation {
                odds,
                ..self.one_unit()
            };
        }
        if self.is_other_department(old, new) {
            return Relation {
                odds: self.weights.common_of_another,
                score: Some(0.2),
                ..self.other_unit()
            };
        }
        let odds = if old.common {
            self.weights.common_elsewhere
        } else {
            self.weights.successor_perhaps
        };
        Relation {
            odds,
            score: Some(0.7),
            moved: false,
            ..self.other_unit()
        }
    }

    /// Another department, while the old one goes on or the new one was there before.
    fn is_other_department(&self, old: &Owner, new: &Owner) -> bool {
        match (&old.department, &new.department) {
            (Some(before), Some(after)) => {
                before != after
                    && self
                        .map
                        .successors(&department(before))
                        .iter()
                        .all(|(unit, _)| unit.department.as_ref() != Some(after))
                    && (self.new.departments.contains(before)
                        || self.old.departments.contains(after))
            }
            _ => false,
        }
    }

    fn of_sections(&self, old: &Owner, new: &Owner) -> Relation {
        let elsewhere = self.is_other_department(old, new);
        let other_department = old.department.is_some()
            && new.department.is_some()
            && old.department != new.department;
        if old
            .sections
            .iter()
            .any(|section| new.sections.contains(section))
        {
            let all = old.sections == new.sections;
            return match (other_department, elsewhere) {
                (false, _) => Relation {
                    score: Some(if all { 1.0 } else { 0.8 }),
                    ..self.one_unit()
                },
                (true, false) => Relation {
                    odds: self.weights.followed_unit,
                    score: Some(0.8),
                    moved: true,
                    ..self.one_unit()
                },
                (true, true) => Relation {
                    odds: self.weights.namesake,
                    score: Some(0.5),
                    ..self.other_unit()
                },
            };
        }
        let alike = old
            .sections
            .iter()
            .any(|a| new.sections.iter().any(|b| stem(a) == stem(b)));
        if alike && !elsewhere {
            return Relation {
                odds: self.weights.renamed_unit,
                score: Some(0.8),
                moved: other_department,
                ..self.one_unit()
            };
        }
        let gone = !old
            .sections
            .iter()
            .any(|section| self.new.sections.contains(section));
        let fresh = !new
            .sections
            .iter()
            .any(|section| self.old.sections.contains(section));
        if gone && fresh {
            return Relation {
                odds: self.weights.successor_perhaps,
                score: Some(0.3),
                ..self.other_unit()
            };
        }
        self.other_unit()
    }
}

fn department(name: &str) -> Unit {
    Unit {
        department: Some(name.to_owned()),
        section: None,
    }
}

/// A unit's name without its ending: 秘書課 and 秘書室 have one stem, and are seldom two units.
fn stem(name: &str) -> &str {
    const ENDINGS: [&str; 11] = [
        "センター",
        "センタ",
        "グループ",
        "担当",
        "課",
        "室",
        "係",
        "部",
        "局",
        "班",
        "所",
    ];
    ENDINGS
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .filter(|stem| stem.chars().count() > 1)
        .unwrap_or(name)
}
