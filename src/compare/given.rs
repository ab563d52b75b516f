//! What is known before texts are compared: a person's decisions, predecessor numbers, and what is unusual about the sides.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::value::Municipality;
use crate::document::{Document, Goal, GoalSheet, Import};
use crate::note::{Note, What};
use crate::place::Place;
use crate::text::era;
use crate::text::number::whole_number;
use crate::text::own_headings::CARRIED_COLUMN;
use crate::text::{heading_key, key, squash, width};

use super::Guide;
use super::comparison::Side;
use super::decisions::Verdict;
use super::goals::SideGoal;
use super::organization::{Succession, units_of};
use super::pair::{Basis, Given};

/// Links from decisions and predecessor numbers.
pub fn given(
    old: &[SideGoal],
    new: &[SideGoal],
    guide: &Guide,
    years: [Option<i32>; 2],
    notes: &mut Vec<Note>,
) -> Given {
    let mut given = Given::default();
    decided(old, new, guide, &mut given, notes);
    if are_adjacent(years) {
        let map = Succession::new(&guide.organizations, years[0], years[1]);
        predecessors(old, new, &map, &mut given, notes);
    }
    given
}

/// Predecessor numbers are those of the year before; of other years they say nothing.
fn are_adjacent(years: [Option<i32>; 2]) -> bool {
    match years {
        [Some(old), Some(new)] => new - old == 1,
        _ => true,
    }
}

fn decided(
    old: &[SideGoal],
    new: &[SideGoal],
    guide: &Guide,
    given: &mut Given,
    notes: &mut Vec<Note>,
) {
    for pair in &guide.decisions.pairs {
        let (Some(before), Some(after)) = (pair.old.find(old), pair.new.find(new)) else {
            notes.push(Note::new(What::DecisionNotFound {
                old: pair.old.shown(),
                new: pair.new.shown(),
            }));
            continue;
        };
        match pair.decision {
            Verdict::Same => given.links.push((before, after, Basis::Decision)),
            Verdict::Different => {
                given.refused.insert((before, after));
            }
            Verdict::Open => {}
        }
    }
}

fn predecessors(
    old: &[SideGoal],
    new: &[SideGoal],
    map: &Succession,
    given: &mut Given,
    notes: &mut Vec<Note>,
) {
    let mut carried: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, goal) in new.iter().enumerate() {
        let Some(cell) = predecessor_cell(goal.goal) else {
            continue;
        };
        let is_carried = is_carried(goal.sheet);
        if cell.numbers.is_empty() {
            if says_new(cell.raw) {
                given.without_predecessor.insert(at);
            }
            continue;
        }
        for number in &cell.numbers {
            match numbered(old, number, goal, map) {
                Some(before) if is_carried => carried.entry(before).or_default().push(at),
                Some(before) => given.links.push((before, at, Basis::Predecessor)),
                None => notes.push(
                    Note::new(What::PredecessorNotFound {
                        number: number.clone(),
                    })
                    .at(cell.place.cloned())
                    .about(goal.reference().item.unwrap_or_default()),
                ),
            }
        }
    }
    for (before, named) in carried {
        go_on((old, before), (new, &named), given, notes);
    }
}

/// Whether the predecessors stand in the column that this program put there.
fn is_carried(sheet: &GoalSheet) -> bool {
    let mut columns = sheet.columns.iter();
    columns.any(|column| squash(&column.heading) == CARRIED_COLUMN)
}

/// Of several goals with one carried number, all but one are copied rows that were given other words: the one with the old
/// goal's words goes on with it, the others have no predecessor.
fn go_on(
    (old, before): (&[SideGoal], usize),
    (new, named): (&[SideGoal], &[usize]),
    given: &mut Given,
    notes: &mut Vec<Note>,
) {
    let Some(of_old) = old.get(before) else {
        return;
    };
    let words = |goal: &Goal| {
        [&goal.item, &goal.level, &goal.methods]
            .map(|text| text.as_ref().map(|text| key(&text.text)))
    };
    let wanted = words(of_old.goal);
    let alike = |at: &usize| {
        let own = new
            .get(*at)
            .map(|goal| words(goal.goal))
            .unwrap_or_default();
        own.iter()
            .zip(&wanted)
            .map(|(own, wanted)| own == wanted)
            .collect::<Vec<bool>>()
    };
    // The first of those that are most alike, 実施項目 before the other texts.
    let Some(kept) = named.iter().copied().rev().max_by_key(alike) else {
        return;
    };
    given.links.push((before, kept, Basis::Predecessor));
    let item = |at: usize| {
        new.get(at)
            .and_then(|goal| goal.reference().item)
            .unwrap_or_default()
    };
    for &copied in named.iter().filter(|&&at| at != kept) {
        if given
            .links
            .iter()
            .any(|&(old, new, _)| (old, new) == (before, copied))
        {
            continue;
        }
        given.refused.insert((before, copied));
        let place = new
            .get(copied)
            .and_then(|goal| predecessor_cell(goal.goal)?.place.cloned());
        notes.push(
            Note::new(What::PredecessorDoubled {
                number: of_old.number().unwrap_or_default(),
                kept: item(kept),
            })
            .at(place)
            .about(item(copied)),
        );
    }
}

/// What a sheet says of a goal's predecessors.
struct PredecessorCell<'a> {
    raw: &'a str,
    numbers: Vec<String>,
    place: Option<&'a Place>,
}

/// Headings of a column that was added to a form whose layout does not know it.
const ADDED_COLUMN: &[&str] = &[
    "前年度番号",
    "前年度整理番号",
    "前年番号",
    "旧番号",
    "前年度no",
];

fn predecessor_cell(goal: &Goal) -> Option<PredecessorCell<'_>> {
    if let Some(cell) = &goal.predecessors {
        return Some(PredecessorCell {
            raw: &cell.raw,
            numbers: cell.numbers.clone(),
            place: cell.places.first(),
        });
    }
    let added = goal
        .extra
        .iter()
        .find(|extra| ADDED_COLUMN.contains(&heading_key(&extra.heading).trim_end_matches('.')))?;
    let folded = width::fold_width(&added.value.raw);
    let parts = folded.split(|c: char| c.is_whitespace() || "、，,・/".contains(c));
    Some(PredecessorCell {
        raw: &added.value.raw,
        numbers: parts
            .filter(|part| whole_number(part).is_some())
            .map(str::to_owned)
            .collect(),
        place: added.value.places.first(),
    })
}

/// 新規, or a dash in a column of numbers.
fn says_new(raw: &str) -> bool {
    let key = key(raw);
    key.contains('新') || !key.is_empty() && key.chars().all(width::is_hyphen)
}

/// The old goal with a number. Of several – each department counts from 1 – the one of the goal's own
/// department or unit; none if that is not one.
fn numbered(old: &[SideGoal], number: &str, goal: &SideGoal, map: &Succession) -> Option<usize> {
    let wanted = whole_number(number);
    let has = |goal: &&SideGoal| match (wanted, &goal.goal.number) {
        (Some(wanted), Some(number)) => number.value == Some(wanted),
        (None, Some(_)) => goal.number().as_deref() == Some(number),
        (_, None) => false,
    };
    let found: Vec<usize> = (0..old.len())
        .filter(|&at| old.get(at).is_some_and(|goal| has(&goal)))
        .collect();
    if let [only] = found.as_slice() {
        return Some(*only);
    }
    let units = units_of(&goal.owner);
    let is_near = |at: &usize| -> bool {
        old.get(*at).is_some_and(|before| {
            let same_department = before.owner.department == goal.owner.department;
            let succeeded = units_of(&before.owner)
                .iter()
                .flat_map(|unit| map.successors(unit))
                .any(|(unit, _)| units.contains(&unit) || unit.department == goal.owner.department);
            same_department || succeeded
        })
    };
    let same_unit = |at: &usize| {
        old.get(*at)
            .is_some_and(|before| before.owner == goal.owner)
    };
    let one = |near: Vec<usize>| match near.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    one(found.iter().copied().filter(|at| is_near(at)).collect())
        .or_else(|| one(found.iter().copied().filter(|at| same_unit(at)).collect()))
}

/// What a person should know of the two sides before reading on.
pub fn notes_on_sides(old: &Side, new: &Side, imports: (&[Import], &[Import])) -> Vec<Note> {
    let mut notes = Vec::new();
    for side in [old, new] {
        let years: BTreeSet<i32> = side
            .sources
            .iter()
            .filter_map(|source| Some(source.fiscal_year.as_ref()?.year))
            .collect();
        if years.len() > 1 {
            let named: Vec<String> = years.iter().map(|&year| era::spoken(year)).collect();
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            notes.push(Note::new(What::SeveralYears {
                years_ja: named.join("、"),
                years: years.join(", "),
            }));
        }
    }
    if let (Some(before), Some(after)) = (old.fiscal_year(), new.fiscal_year()) {
        let (old, new) = (before.year, after.year);
        let [old_ja, new_ja] = [old, new].map(era::spoken);
        let what = match new - old {
            1 => None,
            0 => Some(What::SameYear {
                year: old,
                year_ja: old_ja,
            }),
            gap if gap < 0 => Some(What::YearsReversed {
                old,
                new,
                old_ja,
                new_ja,
            }),
            _ => Some(What::YearsNotAdjacent {
                old,
                new,
                old_ja,
                new_ja,
            }),
        };
        notes.extend(what.map(Note::new));
    }
    let sheets = [imports.0, imports.1].map(sheets);
    let departments = sheets.each_ref().map(|sheets| names(sheets, department));
    if !departments[0].is_empty()
        && !departments[1].is_empty()
        && departments[0].is_disjoint(&departments[1])
    {
        let [old, new] = departments.map(listed);
        notes.push(Note::new(What::DepartmentsDiffer { old, new }));
    }
    let municipalities = sheets.each_ref().map(|sheets| names(sheets, municipality));
    if !municipalities[0].is_empty()
        && !municipalities[1].is_empty()
        && municipalities[0].is_disjoint(&municipalities[1])
    {
        let [old, new] = municipalities.map(listed);
        notes.push(Note::new(What::MunicipalitiesDiffer { old, new }));
    }
    notes
}

fn sheets(imports: &[Import]) -> Vec<&GoalSheet> {
    let documents = imports.iter().flat_map(|import| &import.documents);
    documents
        .filter_map(|document| match document {
            Document::GoalSheet(sheet) => Some(&**sheet),
            Document::Policy(_) => None,
        })
        .collect()
}

fn names(sheets: &[&GoalSheet], name: fn(&GoalSheet) -> Option<String>) -> BTreeSet<String> {
    sheets.iter().filter_map(|sheet| name(sheet)).collect()
}

fn department(sheet: &GoalSheet) -> Option<String> {
    sheet.organization.as_ref()?.department.clone()
}

fn municipality(sheet: &GoalSheet) -> Option<String> {
    let Municipality { code, name } = sheet.municipality.as_ref()?;
    name.clone().or_else(|| code.clone())
}

fn listed(names: BTreeSet<String>) -> String {
    names.into_iter().collect::<Vec<_>>().join("、")
}
