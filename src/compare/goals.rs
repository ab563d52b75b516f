//! A side's documents -> its goals in one row, each with the units that answer for it.

use crate::document::value::Organization;
use crate::document::{Document, Goal, GoalSheet, Import};
use crate::text::organization::unit_path;
use crate::text::{key, spelling_key, width};

use super::comparison::GoalRef;

/// A goal with what is said about it elsewhere in its document.
#[derive(Debug)]
pub struct SideGoal<'a> {
    /// The sheet that it stands in.
    pub sheet: &'a GoalSheet,
    /// The goal.
    pub goal: &'a Goal,
    /// Its document, counted from 0 in the side's order.
    pub document: usize,
    /// Its place in the document, from 0.
    pub index: usize,
    /// Who answers for it.
    pub owner: Owner,
}

/// Who answers for a goal; names as comparison keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner {
    /// 部.
    pub department: Option<String>,
    /// 課, 室, 担当: sorted.
    pub sections: Vec<String>,
    /// 共通: every section of the department.
    pub common: bool,
}

/// The goals of a side, in order.
pub fn goals_of(imports: &[Import]) -> Vec<SideGoal<'_>> {
    let documents = imports.iter().flat_map(|import| &import.documents);
    let mut goals = Vec::new();
    for (document, content) in documents.enumerate() {
        let Document::GoalSheet(sheet) = content else {
            continue;
        };
        goals.extend(
            sheet
                .goals
                .iter()
                .enumerate()
                .map(|(index, goal)| SideGoal {
                    sheet,
                    goal,
                    document,
                    index,
                    owner: owner(sheet, goal),
                }),
        );
    }
    goals
}

fn owner(sheet: &GoalSheet, goal: &Goal) -> Owner {
    let of_sheet = sheet.organization.as_ref();
    let mut owner = Owner {
        department: of_sheet
            .and_then(|organization| organization.department.as_deref())
            .map(spelling_key),
        ..Owner::default()
    };
    if let Some(sections) = &goal.sections {
        owner.common = sections.common;
        for name in &sections.names {
            owner.add(name);
        }
    } else if let Some(section) = of_sheet.and_then(section_of_sheet) {
        owner.sections.push(spelling_key(&section));
    }
    owner.sections.sort();
    owner.sections.dedup();
    owner
}

/// 企画政策課 with its 担当, where the sheet is one section's.
fn section_of_sheet(organization: &Organization) -> Option<String> {
    let names = [&organization.section, &organization.unit];
    let whole: String = names.into_iter().flatten().map(String::as_str).collect();
    (!whole.is_empty()).then_some(whole)
}

impl Owner {
    /// A unit's name, which may begin with its department's.
    fn add(&mut self, name: &str) {
        let path = unit_path(name);
        let parts = [path.section, path.unit];
        let rest: String = parts.into_iter().flatten().collect();
        match path.department {
            Some(department) if !rest.is_empty() => {
                self.department = Some(spelling_key(&department));
                self.sections.push(spelling_key(&rest));
            }
            _ => self.sections.push(spelling_key(name)),
        }
    }
}

impl SideGoal<'_> {
    /// How comparison JSON names the goal.
    pub fn reference(&self) -> GoalRef {
        GoalRef {
            document: self.document,
            goal: self.index,
            number: self.number(),
            item: self.goal.item.as_ref().map(|item| item.text.clone()),
            sections: self.section_names(),
        }
    }

    /// Its number, in half width.
    pub fn number(&self) -> Option<String> {
        let number = self.goal.number.as_ref()?;
        Some(match number.value {
            Some(value) => value.to_string(),
            None => width::fold_width(number.raw.trim()),
        })
    }

    /// Its units as the sheet has them, 共通 first; the sheet's own where it has no column for them.
    pub fn section_names(&self) -> Vec<String> {
        let Some(sections) = &self.goal.sections else {
            let of_sheet = self.sheet.organization.as_ref();
            return of_sheet.and_then(section_of_sheet).into_iter().collect();
        };
        let common = sections.common.then(|| "共通".to_owned());
        common
            .into_iter()
            .chain(sections.names.iter().cloned())
            .collect()
    }

    /// The comparison key of its title.
    pub fn item_key(&self) -> String {
        self.goal
            .item
            .as_ref()
            .map_or_else(String::new, |item| key(&item.text))
    }
}
