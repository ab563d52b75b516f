//! Goals and the notices given with them -> links: which goal quotes which title, heading or plan.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::policy::{Policy, Section};
use super::{Document, Field, Goal};
use crate::note::{Note, What};
use crate::place::Place;
use crate::text;
use crate::text::era;
use crate::text::quotation::quotations;

/// A goal that quotes a notice, word for word after key folding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// The goal sheet, counted from 0 in the order of the documents given.
    pub document: usize,
    /// The goal, counted from 0 in its sheet.
    pub goal: usize,
    /// The field that has the quotation.
    pub field: Field,
    /// The notice, counted from 0 in the order of the documents given.
    pub policy: usize,
    /// The notice's section; `null`: the notice itself, or its preamble.
    pub section: Option<String>,
    /// What is quoted.
    pub kind: LinkKind,
    /// The goal's words, with their quotation marks.
    pub quote: String,
    /// The notice's words.
    pub target: String,
    /// Where the goal's words stand.
    pub places: Vec<Place>,
}

/// What a link rests on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// The goal quotes the notice's title.
    Title,
    /// The goal quotes a section's heading.
    Heading,
    /// Goal and notice quote the same plan.
    Reference,
}

/// Links, and notes on what is only likely.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Linked {
    /// In the order of the goals.
    pub links: Vec<Link>,
    /// Goals that seem to speak of a notice: an unquoted heading or title, a title of another year.
    pub notes: Vec<Note>,
}

/// The links from goals to the notices among the same documents.
///
/// Only quoted text counts (「…」, 『…』) whose comparison key equals that of a notice's title, of a heading,
/// or of a plan that the notice quotes. The key of a title has its fiscal year.
pub fn links<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Linked {
    let documents: Vec<&Document> = documents.into_iter().collect();
    let targets = Targets::of(&documents);
    let mut linked = Linked::default();
    for (document, sheet) in documents.iter().enumerate() {
        let Document::GoalSheet(sheet) = sheet else {
            continue;
        };
        for (goal, of) in sheet.goals.iter().enumerate() {
            targets.link(document, goal, of, &mut linked);
        }
    }
    linked
}

/// Something that a goal may quote.
#[derive(Debug, Clone)]
struct Target {
    policy: usize,
    section: Option<String>,
    kind: LinkKind,
    words: String,
}

/// Everything that may be quoted, by key.
#[derive(Default)]
struct Targets {
    exact: BTreeMap<String, Vec<Target>>,
    /// Titles without their years, for what is only likely.
    titles: BTreeMap<String, Target>,
    /// Headings, for goals of the same name.
    headings: BTreeMap<String, Target>,
}

impl Targets {
    fn of(documents: &[&Document]) -> Self {
        let mut targets = Self::default();
        for (at, document) in documents.iter().enumerate() {
            if let Document::Policy(policy) = document {
                targets.add_policy(at, policy);
            }
        }
        targets
    }

    fn add_policy(&mut self, at: usize, policy: &Policy) {
        let title = Target {
            policy: at,
            section: None,
            kind: LinkKind::Title,
            words: policy.title.text.clone(),
        };
        let without_year = text::key(&without_years(&policy.title.text));
        self.titles.entry(without_year).or_insert(title.clone());
        self.add(title);
        for section in &policy.sections {
            self.add_section(at, section);
        }
        for reference in &policy.references {
            self.add(Target {
                policy: at,
                section: reference.section.clone(),
                kind: LinkKind::Reference,
                words: inside(&reference.quote).to_owned(),
            });
        }
    }

    fn add_section(&mut self, at: usize, section: &Section) {
        if let Some(heading) = &section.heading {
            let target = Target {
                policy: at,
                section: Some(section.id.clone()),
                kind: LinkKind::Heading,
                words: heading.clone(),
            };
            self.headings
                .entry(text::key(heading))
                .or_insert(target.clone());
            self.add(target);
        }
        for child in &section.children {
            self.add_section(at, child);
        }
    }

    fn add(&mut self, target: Target) {
        let key = text::key(&target.words);
        if key.is_empty() {
            return;
        }
        let known = self.exact.entry(key).or_default();
        // A plan that a section quotes twice is one target.
        let same = |other: &Target| {
            (other.policy, &other.section, other.kind)
                == (target.policy, &target.section, target.kind)
        };
        if !known.iter().any(same) {
            known.push(target);
        }
    }

    fn link(&self, document: usize, goal: usize, of: &Goal, linked: &mut Linked) {
        let mut likely: BTreeMap<(usize, Option<String>), (String, Option<Place>)> =
            BTreeMap::new();
        let first = linked.links.len();
        for (field, words, places) in texts(of) {
            for quotation in quotations(words) {
                let found = self.exact.get(&text::key(quotation.inside(words)));
                for target in found.into_iter().flatten() {
                    let link = Link {
                        document,
                        goal,
                        field,
                        policy: target.policy,
                        section: target.section.clone(),
                        kind: target.kind,
                        quote: words
                            .get(quotation.range.clone())
                            .unwrap_or_default()
                            .to_owned(),
                        target: target.words.clone(),
                        places: places.to_vec(),
                    };
                    if !linked.links.iter().skip(first).any(|known| *known == link) {
                        linked.links.push(link);
                    }
                }
            }
            for target in self.likely(field, words) {
                likely
                    .entry((target.policy, target.section.clone()))
                    .or_insert_with(|| (target.words.clone(), places.first().cloned()));
            }
        }
        let linked_already = |policy: usize, section: &Option<String>| {
            linked
                .links
                .iter()
                .skip(first)
                .any(|link| link.policy == policy && link.section == *section)
        };
        let name = of
            .item
            .as_ref()
            .map(|item| item.text.clone())
            .unwrap_or_default();
        let notes: Vec<Note> = likely
            .into_iter()
            .filter(|((policy, section), _)| !linked_already(*policy, section))
            .map(|(_, (target, place))| {
                let what = What::LinkUncertain {
                    goal: name.clone(),
                    target,
                };
                Note::new(what).at(place)
            })
            .collect();
        linked.notes.extend(notes);
    }

    /// What a text is likely to speak of: a goal named like a heading, a title without its year or quotation marks.
    fn likely(&self, field: Field, words: &str) -> Vec<&Target> {
        let key = text::key(words);
        let same_name = (field == Field::Item)
            .then(|| self.headings.get(&key))
            .flatten();
        let mentioned = self
            .titles
            .iter()
            .filter(|(title, _)| !title.is_empty() && key.contains(title.as_str()))
            .map(|(_, target)| target);
        same_name.into_iter().chain(mentioned).collect()
    }
}

/// The texts of a goal that may quote.
fn texts(goal: &Goal) -> Vec<(Field, &str, &[Place])> {
    let midterm = goal.midterm.as_ref();
    let year_end = goal.year_end.as_ref();
    let single = [
        (Field::Item, goal.item.as_ref()),
        (Field::Level, goal.level.as_ref()),
        (Field::Methods, goal.methods.as_ref()),
        (
            Field::MidtermReview,
            midterm.and_then(|part| part.review.as_ref()),
        ),
        (
            Field::MidtermPlan,
            midterm.and_then(|part| part.plan.as_ref()),
        ),
        (
            Field::YearEndSummary,
            year_end.and_then(|part| part.summary.as_ref()),
        ),
        (
            Field::YearEndViewpoint,
            year_end.and_then(|part| part.viewpoint.as_ref()),
        ),
        (
            Field::YearEndIssues,
            year_end.and_then(|part| part.issues.as_ref()),
        ),
    ];
    let names = goal
        .indicators
        .iter()
        .map(|indicator| (Field::IndicatorName, indicator.name.as_ref()));
    single
        .into_iter()
        .chain(names)
        .filter_map(|(field, text)| {
            text.map(|text| (field, text.text.as_str(), text.places.as_slice()))
        })
        .collect()
}

/// A text without the fiscal years in it.
fn without_years(words: &str) -> String {
    let mut rest = String::with_capacity(words.len());
    let mut at = 0;
    for found in era::fiscal_years(words) {
        rest.push_str(words.get(at..found.range.start).unwrap_or_default());
        at = found.range.end;
    }
    rest.push_str(words.get(at..).unwrap_or_default());
    rest
}

/// What stands between the marks of a quotation.
fn inside(quote: &str) -> &str {
    quote
        .trim_start_matches(['「', '『'])
        .trim_end_matches(['」', '』'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::GoalSheet;
    use crate::document::policy::{Label, LabelStyle, Reference, Role};
    use crate::document::value::Text;

    fn text(words: &str) -> Text {
        Text {
            raw: words.to_owned(),
            text: words.to_owned(),
            ..Text::default()
        }
    }

    fn policy(title: &str, heading: &str, plan: &str) -> Document {
        let label = Label {
            raw: "3".to_owned(),
            style: LabelStyle::Arabic,
            value: 3,
        };
        Document::Policy(Box::new(Policy {
            layout: "policy".to_owned(),
            title: text(title),
            fiscal_year: None,
            municipality: None,
            issued_on: None,
            issuer: None,
            cosigners: Vec::new(),
            preamble: Vec::new(),
            has_ki: true,
            sections: vec![Section {
                id: "3".to_owned(),
                label: Some(label),
                role: Role::Own,
                heading: Some(heading.to_owned()),
                blocks: Vec::new(),
                children: Vec::new(),
                places: Vec::new(),
                origin: Vec::new(),
            }],
            remarks: Vec::new(),
            references: vec![Reference {
                quote: plan.to_owned(),
                section: Some("3".to_owned()),
                places: Vec::new(),
            }],
            ruby: Vec::new(),
        }))
    }

    fn sheet(goals: &[(&str, &str)]) -> Document {
        let goals = goals.iter().map(|(item, methods)| Goal {
            item: Some(text(item)),
            methods: Some(text(methods)),
            ..Goal::default()
        });
        Document::GoalSheet(Box::new(GoalSheet {
            layout: "generic".to_owned(),
            title: None,
            fiscal_year: None,
            municipality: None,
            organization: None,
            prepared_on: None,
            post: None,
            person: None,
            mission: None,
            columns: Vec::new(),
            goals: goals.collect(),
            remarks: Vec::new(),
            ruby: Vec::new(),
        }))
    }

    #[test]
    fn only_what_is_quoted_word_for_word_is_linked() {
        let notice = policy(
            "令和8年度緑野市運営の基本方針",
            "窓口サービスの改善",
            "『緑野市人材育成計画（第2期）』",
        );
        let goals = sheet(&[
            ("研修", "「緑野市人材育成計画(第２期)」に基づき行う。"),
            ("窓口", "「窓口サービスの改善」に即する。"),
            ("全般", "「令和8年度緑野市運営の基本方針」による。"),
            ("窓口サービスの改善", "待ち時間を短くする。"),
            ("昨年の分", "「令和7年度緑野市運営の基本方針」による。"),
            ("図書館", "「窓口」に本を置く。"),
        ]);
        let linked = links([&notice, &goals]);
        let found: Vec<_> = linked
            .links
            .iter()
            .map(|link| (link.goal, link.kind, link.section.as_deref()))
            .collect();
        assert_eq!(
            found,
            [
                (0, LinkKind::Reference, Some("3")),
                (1, LinkKind::Heading, Some("3")),
                (2, LinkKind::Title, None),
            ]
        );
        let noted: Vec<&str> = linked.notes.iter().map(|note| note.code.as_str()).collect();
        assert_eq!(noted, ["link-uncertain", "link-uncertain"]);
    }
}
