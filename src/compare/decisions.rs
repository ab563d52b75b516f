//! What a person decided about pairs: a TOML file that is read, and written for the open ones.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Error;
use crate::text::{key, width};
use crate::toml_file;

use super::comparison::{Change, Comparison, GoalRef};
use super::goals::SideGoal;

/// Decisions: `--decisions FILE.toml`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// Each decision.
    #[serde(default, rename = "pair")]
    pub pairs: Vec<Decision>,
}

/// A decision about two goals.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What was decided.
    pub decision: Verdict,
    /// The goal of the old year.
    pub old: GoalName,
    /// The goal of the new year.
    pub new: GoalName,
    /// A remark for people.
    #[serde(default)]
    pub note: Option<String>,
}

/// What a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// One goal; several of these for one goal say that it was merged or split.
    #[serde(alias = "同じ")]
    Same,
    /// Two goals.
    #[serde(alias = "別")]
    Different,
    /// Not decided yet.
    #[serde(alias = "未定")]
    Open,
}

/// Names a goal: all that is said must fit, and must fit one goal only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalName {
    /// The document, counted from 1 in the side's order.
    #[serde(default)]
    pub document: Option<usize>,
    /// Its number.
    #[serde(default)]
    pub number: Option<String>,
    /// Its title.
    #[serde(default)]
    pub item: Option<String>,
}

/// Reads decisions.
///
/// # Errors
/// What is wrong with the file, with line and column.
pub fn parse(text: &str) -> Result<Decisions, Error> {
    toml_file::parse(text)
}

impl GoalName {
    /// The goal that is meant, if it is one.
    pub fn find(&self, goals: &[SideGoal]) -> Option<usize> {
        if self.number.is_none() && self.item.is_none() {
            return None;
        }
        let item = self.item.as_deref().map(key);
        let number = self.number.as_deref().map(|n| width::fold_width(n.trim()));
        let fits = |goal: &SideGoal| {
            self.document.is_none_or(|at| goal.document + 1 == at)
                && number
                    .as_ref()
                    .is_none_or(|number| goal.number().as_ref() == Some(number))
                && item.as_ref().is_none_or(|item| goal.item_key() == *item)
        };
        let mut found = goals.iter().enumerate().filter(|(_, goal)| fits(goal));
        let (at, _) = found.next()?;
        found.next().is_none().then_some(at)
    }

    fn of(goal: &GoalRef) -> Self {
        Self {
            document: Some(goal.document + 1),
            number: goal.number.clone(),
            item: goal.item.clone(),
        }
    }

    /// For people: 18 職員の人材育成.
    pub fn shown(&self) -> String {
        let parts = [self.number.as_deref(), self.item.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn to_toml(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.document.map(|at| format!("document = {at}")));
        parts.extend(
            self.number
                .as_deref()
                .map(|n| format!("number = {}", quoted(n))),
        );
        parts.extend(
            self.item
                .as_deref()
                .map(|item| format!("item = {}", quoted(item))),
        );
        format!("{{ {} }}", parts.join(", "))
    }
}

/// The file for `--write-decisions`: what was decided so far, and each open candidate to be edited.
pub fn to_toml(given: &Decisions, comparison: &Comparison) -> String {
    let mut toml = String::from(
        "# 前年度の目標と同じものかどうかを、人が決めるためのファイルです。\n\
         # decision を same（同じ）か different（別）に書き換え、--decisions で渡してください。\n\
         # 一つの目標に same がいくつもあれば、統合または分割とみなします。\n",
    );
    let decided = given
        .pairs
        .iter()
        .filter(|pair| pair.decision != Verdict::Open);
    for pair in decided {
        let verdict = match pair.decision {
            Verdict::Same => "same",
            Verdict::Different => "different",
            Verdict::Open => "open",
        };
        write_pair(&mut toml, verdict, &pair.old, &pair.new);
        if let Some(note) = &pair.note {
            let _ = writeln!(toml, "note = {}", quoted(note));
        }
    }
    let candidates = comparison
        .pairs
        .iter()
        .filter(|pair| pair.change == Change::Candidate);
    let mut open: Vec<Open> = Vec::new();
    open.extend(candidates.map(|pair| ("要確認", pair.score, &pair.old, &pair.new)));
    open.extend(comparison.nearest.iter().map(|near| {
        let kind = match near.change {
            Change::Merged => "統合かもしれない",
            Change::Split => "分割かもしれない",
            _ => "近い目標",
        };
        (kind, near.score, &near.old, &near.new)
    }));
    for (kind, score, olds, news) in open {
        for old in olds {
            for new in news {
                let (old, new) = (GoalName::of(old), GoalName::of(new));
                let is_decided = given.pairs.iter().any(|pair| {
                    pair.decision != Verdict::Open && pair.old == old && pair.new == new
                });
                if !is_decided {
                    let _ = write!(toml, "\n# {kind}（確からしさ {score:.2}）");
                    write_pair(&mut toml, "open", &old, &new);
                }
            }
        }
    }
    toml
}

/// What a person may decide: what it is, how likely, the goals of both years.
type Open<'a> = (&'static str, f64, &'a Vec<GoalRef>, &'a Vec<GoalRef>);

fn write_pair(toml: &mut String, verdict: &str, old: &GoalName, new: &GoalName) {
    let _ = write!(
        toml,
        "\n[[pair]]\ndecision = \"{verdict}\"\nold = {}\nnew = {}\n",
        old.to_toml(),
        new.to_toml()
    );
}

/// A basic string of TOML 1.0.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_names_are_read_back() {
        let name = GoalName {
            document: Some(2),
            number: Some("18".to_owned()),
            item: Some("職員の\"育成\"\\\nと\u{7}定着".to_owned()),
        };
        let mut toml = String::new();
        write_pair(&mut toml, "same", &name, &name);
        let read = parse(&toml).unwrap();
        assert_eq!(read.pairs[0].old, name);
        assert_eq!(read.pairs[0].decision, Verdict::Same);
    }

    #[test]
    fn verdicts_may_be_written_in_japanese() {
        let text =
            "[[pair]]\ndecision = \"別\"\nold = { number = \"1\" }\nnew = { item = \"x\" }\n";
        assert_eq!(parse(text).unwrap().pairs[0].decision, Verdict::Different);
        assert!(parse("[[pair]]\ndecision = \"maybe\"\nold = {}\nnew = {}\n").is_err());
    }
}
