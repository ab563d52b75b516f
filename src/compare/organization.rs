//! The user's map of units – renamed, merged, split, moved between the years – and what it says of two owners.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Error;
use crate::text::organization::unit_path;
use crate::text::spelling_key;
use crate::toml_file;

use super::goals::Owner;

/// A map of units: `--organizations FILE.toml`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationMap {
    /// Each change.
    #[serde(default, rename = "change")]
    pub changes: Vec<OrganizationChange>,
}

/// A change of units.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationChange {
    /// The units before: `総務部秘書課`, `総務部` or `秘書課`.
    #[serde(default)]
    pub from: Names,
    /// The units after.
    #[serde(default)]
    pub to: Names,
    /// What became of them.
    pub kind: ChangeKind,
    /// The first fiscal year in which the new names stand; without it the change always counts.
    #[serde(default)]
    pub year: Option<i32>,
    /// A remark for people.
    #[serde(default)]
    pub note: Option<String>,
}

/// One name or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Names {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Default for Names {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl Names {
    /// Each name.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names.as_slice(),
        }
        .iter()
        .map(String::as_str)
    }
}

/// What became of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// 名称変更.
    #[serde(alias = "名称変更")]
    Renamed,
    /// 統合.
    #[serde(alias = "統合")]
    Merged,
    /// 分割.
    #[serde(alias = "分割")]
    Split,
    /// 移管, 所管替え.
    #[serde(alias = "移管")]
    Moved,
    /// 編入.
    #[serde(alias = "編入")]
    Absorbed,
    /// 新設.
    #[serde(alias = "新設")]
    Created,
    /// 廃止.
    #[serde(alias = "廃止")]
    Abolished,
}

/// Reads a map.
///
/// # Errors
/// What is wrong with the file, with line and column.
pub fn parse(text: &str) -> Result<OrganizationMap, Error> {
    toml_file::parse(text)
}

/// A unit: its department and its own name, as comparison keys. A department alone has no name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// 部.
    pub department: Option<String>,
    /// 課, 室, 担当.
    pub section: Option<String>,
}

impl Unit {
    /// 総務部秘書課, 秘書課 or 総務部.
    pub fn parse(name: &str) -> Self {
        let path = unit_path(name);
        let parts = [path.section, path.unit];
        let rest: String = parts.into_iter().flatten().collect();
        match path.department {
            Some(department) => Self {
                department: Some(spelling_key(&department)),
                section: (!rest.is_empty()).then(|| spelling_key(&rest)),
            },
            None => Self {
                department: None,
                section: Some(spelling_key(name)),
            },
        }
    }

    /// Whether the map's words mean this unit: a department that they leave out may be any.
    fn covers(&self, unit: &Self) -> bool {
        self.section == unit.section
            && (self.department.is_none() || self.department == unit.department)
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [self.department.as_deref(), self.section.as_deref()];
        f.write_str(&parts.into_iter().flatten().collect::<String>())
    }
}

/// The units of an owner: its sections, or its department where all of them answer.
pub fn units_of(owner: &Owner) -> Vec<Unit> {
    let named = owner.sections.iter().map(|section| Unit {
        department: owner.department.clone(),
        section: Some(section.clone()),
    });
    let mut units: Vec<Unit> = named.collect();
    if units.is_empty() && owner.department.is_some() {
        units.push(Unit {
            department: owner.department.clone(),
            section: None,
        });
    }
    units
}

/// A step of the map: one unit became another.
#[derive(Debug, Clone)]
struct Step {
    from: Unit,
    to: Unit,
    kind: ChangeKind,
    year: Option<i32>,
}

/// The map, made ready for two years.
#[derive(Debug, Clone, Default)]
pub struct Succession {
    steps: Vec<Step>,
}

/// Units pass through no more changes than this between two years.
const LONGEST_CHAIN: usize = 8;

impl Succession {
    /// The changes after the old year, up to the new one.
    pub fn new(map: &OrganizationMap, old_year: Option<i32>, new_year: Option<i32>) -> Self {
        let counts = |change: &&OrganizationChange| {
            change.year.is_none_or(|year| {
                old_year.is_none_or(|old| year > old) && new_year.is_none_or(|new| year <= new)
            })
        };
        let mut steps = Vec::new();
        for change in map.changes.iter().filter(counts) {
            for from in change.from.iter().map(Unit::parse) {
                steps.extend(change.to.iter().map(|to| Step {
                    from: from.clone(),
                    to: Unit::parse(to),
                    kind: change.kind,
                    year: change.year,
                }));
            }
        }
        steps.sort_by_key(|step| step.year);
        Self { steps }
    }

    /// What a unit became; and whether it only took another name.
    pub fn successors(&self, unit: &Unit) -> Vec<(Unit, bool)> {
        let mut reached = vec![(unit.clone(), true)];
        let mut at = 0;
        while let Some((unit, renamed)) = reached.get(at).cloned() {
            at += 1;
            if at > LONGEST_CHAIN * LONGEST_CHAIN {
                break;
            }
            for (next, name_only) in self.next(&unit) {
                if !reached.iter().any(|(known, _)| *known == next) {
                    reached.push((next, renamed && name_only));
                }
            }
        }
        reached.remove(0);
        reached
    }

    fn next(&self, unit: &Unit) -> Vec<(Unit, bool)> {
        let name_only = |kind| !matches!(kind, ChangeKind::Moved);
        let whole = self
            .steps
            .iter()
            .filter(|step| step.from.covers(unit))
            .map(|step| (after(&step.to, unit), name_only(step.kind)));
        // A department's new name counts for its sections.
        let department = Unit {
            department: unit.department.clone(),
            section: None,
        };
        let of_department = self
            .steps
            .iter()
            .filter(|step| unit.section.is_some() && step.from.section.is_none())
            .filter(|step| step.from.covers(&department) && step.to.section.is_none())
            .map(|step| {
                let moved = Unit {
                    department: step.to.department.clone(),
                    section: unit.section.clone(),
                };
                (moved, name_only(step.kind))
            });
        whole.chain(of_department).collect()
    }
}

/// The unit after a step; its department stays where the map does not name one.
fn after(to: &Unit, unit: &Unit) -> Unit {
    Unit {
        department: to.department.clone().or_else(|| unit.department.clone()),
        section: to.section.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(text: &str) -> Succession {
        Succession::new(&parse(text).unwrap(), Some(2022), Some(2026))
    }

    #[test]
    fn names_are_followed_through_years_and_departments() {
        let map = map(r#"
            [[change]]
            from = "秘書課"
            to = "未来企画部秘書室"
            kind = "moved"
            year = 2024
            [[change]]
            from = "未来企画部"
            to = "企画部"
            kind = "名称変更"
            year = 2025
            [[change]]
            from = "総務部"
            to = "別の部"
            kind = "renamed"
            year = 2021
        "#);
        let reached = map.successors(&Unit::parse("総務部秘書課"));
        let names: Vec<_> = reached
            .iter()
            .map(|(unit, renamed)| (unit.department.clone().unwrap(), *renamed))
            .collect();
        assert_eq!(
            names,
            [
                ("未来企画部".to_owned(), false),
                ("企画部".to_owned(), false)
            ]
        );
    }

    #[test]
    fn several_units_become_one() {
        let map = map(
            "[[change]]\nfrom = [\"広報課\", \"観光課\"]\nto = \"魅力発信課\"\nkind = \"統合\"\n",
        );
        for name in ["広報課", "観光課"] {
            let reached = map.successors(&Unit::parse(name));
            assert_eq!(reached, [(Unit::parse("魅力発信課"), true)], "{name}");
        }
    }

    #[test]
    fn a_misspelt_key_is_told_with_its_line() {
        let error =
            parse("[[change]]\nfrom = \"a課\"\ntoo = \"b課\"\nkind = \"moved\"\n").unwrap_err();
        assert!(error.to_string().contains("line 3"), "{error}");
        assert!(parse("[[change]]\nkind = \"neu\"\n").is_err());
    }
}
