//! Nodes of an outline -> sections with their paths, headings and blocks.

use std::collections::{HashMap, HashSet};

use super::super::label::Label;
use super::super::paragraphs::merge_places;
use super::super::passage::Passage;
use super::{Node, Outline};
use crate::document::policy::{self, Section};
use crate::document::value::{Origin, TextBlock};
use crate::text::{self, blocks};

/// The sections of these nodes, each below its parent; `owners` are the nodes of the paragraphs.
pub(super) fn finish(nodes: Vec<Node>, owners: &[usize], text: &str) -> Outline {
    let mut ids: Vec<String> = Vec::with_capacity(nodes.len());
    let mut counters = Counters::default();
    let mut has_children = vec![false; nodes.len()];
    for node in &nodes {
        let id = counters.id(node, &ids);
        ids.push(id);
        if let Some(parent) = node.parent.and_then(|at| has_children.get_mut(at)) {
            *parent = true;
        }
    }
    let owners = owners
        .iter()
        .map(|&index| ids.get(index).cloned().unwrap_or_default())
        .collect();
    // Children come after their parents: from the last to the first, each is given to its parent.
    let mut made: Vec<Option<Section>> = Vec::new();
    let mut parents: Vec<Option<usize>> = Vec::new();
    for (index, node) in nodes.into_iter().enumerate() {
        parents.push(node.parent);
        let deeper = has_children.get(index).copied().unwrap_or_default();
        let id = ids.get(index).cloned().unwrap_or_default();
        made.push(Some(section(&node, id, deeper, text)));
    }
    let mut sections = Vec::new();
    for index in (0..made.len()).rev() {
        let Some(mut section) = made.get_mut(index).and_then(Option::take) else {
            continue;
        };
        // Its children were given from the last to the first.
        section.children.reverse();
        match parents
            .get(index)
            .copied()
            .flatten()
            .and_then(|at| made.get_mut(at))
        {
            Some(Some(parent)) => parent.children.push(section),
            _ => sections.push(section),
        }
    }
    sections.reverse();
    Outline { sections, owners }
}

/// A label's place in its series.
pub(super) fn place(label: &Label, iroha: bool) -> u32 {
    if iroha {
        label.iroha.unwrap_or(0)
    } else {
        label.value
    }
}

/// Gives sections their paths.
#[derive(Default)]
struct Counters {
    taken: HashSet<String>,
    /// By parent: numbers below this one are taken.
    next: HashMap<Option<usize>, u32>,
}

impl Counters {
    /// A path of numbers. A section without a number, and one whose number its siblings have, takes the next
    /// free one.
    fn id(&mut self, node: &Node, ids: &[String]) -> String {
        let prefix = node
            .parent
            .and_then(|parent| ids.get(parent))
            .map(|id| format!("{id}."))
            .unwrap_or_default();
        let own = node
            .label
            .as_ref()
            .map(|label| format!("{prefix}{}", place(label, node.iroha)))
            .filter(|id| !self.taken.contains(id));
        let id = own.unwrap_or_else(|| {
            let next = self.next.entry(node.parent).or_insert(1);
            loop {
                let id = format!("{prefix}{next}");
                *next = next.saturating_add(1);
                if !self.taken.contains(&id) || *next == u32::MAX {
                    break id;
                }
            }
        });
        self.taken.insert(id.clone());
        id
    }
}

/// The part of a passage's first line in `label`, and everything from `body` on.
pub(super) fn split(
    passage: &Passage,
    label: std::ops::Range<usize>,
    body: usize,
) -> (Option<Passage>, Passage) {
    let first = passage.part(0, label);
    let length = passage
        .lines
        .first()
        .map_or(0, |line| (line.range.end - line.range.start) as usize);
    let mut rest = Passage {
        places: passage.places.clone(),
        ..Passage::default()
    };
    if body < length {
        rest.append(passage.part(0, body..length).unwrap_or_default());
    }
    rest.lines.extend(passage.lines.iter().skip(1));
    (first, rest)
}

/// A finished section without its children.
fn section(node: &Node, id: String, deeper: bool, text: &str) -> Section {
    let mut origin: Origin = Vec::new();
    let mut places = Vec::new();
    let parts = node.label_part.iter().chain(&node.title).chain(&node.body);
    for part in parts {
        origin.extend(part.origin());
        places.extend(part.places.iter().cloned());
    }
    merge_places(&mut places);
    let title = node
        .title
        .as_ref()
        .map(|title| title.logical_lines(text).join(" "));
    let is_heading = node.is_answer
        || title
            .as_ref()
            .is_some_and(|title| !title.contains('。') && (deeper || !node.body.is_empty()));
    // What stands beside a number begins with no mark of its own: 「ア　1 人当たり」.
    let lead = title.clone().filter(|_| !is_heading).map(|text| TextBlock {
        mark: None,
        depth: 0,
        text,
    });
    let heading = title.filter(|_| is_heading);
    let lines: Vec<String> = node
        .body
        .iter()
        .flat_map(|part| part.logical_lines(text))
        .collect();
    Section {
        id,
        label: node.label.as_ref().map(|label| policy::Label {
            raw: text::squash(node.raw_label.as_deref().unwrap_or_default()),
            style: label.style,
            value: place(label, node.iroha),
        }),
        role: node.role,
        heading,
        blocks: lead.into_iter().chain(text_blocks(&lines)).collect(),
        children: Vec::new(),
        places,
        origin,
    }
}

fn text_blocks(lines: &[String]) -> Vec<TextBlock> {
    blocks::items(lines.iter().map(String::as_str))
        .into_iter()
        .map(|item| TextBlock {
            mark: item.mark,
            depth: item.depth,
            text: item.text,
        })
        .collect()
}
