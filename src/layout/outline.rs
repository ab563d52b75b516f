//! Paragraphs of a notice -> numbered sections: which number is a section's, and what stands below it.

use super::label::{self, Label};
use super::paragraphs::{Lead, Paragraph, merge_places};
use super::passage::Passage;
use crate::document::policy::{self, LabelStyle, Role, Section};
use crate::document::value::{Origin, TextBlock};
use crate::note::{Note, What};
use crate::text::{self, blocks};

/// The sections of a notice.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub sections: Vec<Section>,
    /// Which section each paragraph went to: its id, by index of the paragraph.
    pub owners: Vec<String>,
}

/// What an outline is read by.
pub(crate) struct Rules<'a> {
    /// The series that number sections, outermost first.
    pub levels: &'a [LabelStyle],
    /// Headings of answers to quoted clauses: 【部の方針】.
    pub answers: &'a [String],
}

/// A section while it is read.
struct Node {
    parent: Option<usize>,
    label: Option<Label>,
    raw_label: Option<String>,
    role: Role,
    /// The text beside the label.
    title: Option<Passage>,
    /// Whether that text is a heading whatever follows: an answer's.
    is_answer: bool,
    body: Vec<Passage>,
    label_part: Option<Passage>,
    iroha: bool,
}

/// Whether these paragraphs begin with a section of a notice.
pub(crate) fn begins_section(paragraph: &Paragraph, rules: &Rules<'_>, text: &str) -> bool {
    label_of(paragraph, text).is_some_and(|label| {
        label.value == 1
            && (rules.levels.contains(&label.style) || label.style == LabelStyle::Circled)
    }) || answer_length(paragraph, rules, text).is_some()
}

/// The label of a paragraph, if it begins with one.
pub(crate) fn label_of(paragraph: &Paragraph, text: &str) -> Option<Label> {
    let first = paragraph.passage.lines.first()?.range.of(text);
    match paragraph.lead {
        // A number alone in its cell needs no delimiter.
        Lead::Cell => label::label(first.trim_end()).map(|label| Label {
            body: first.len(),
            ..label
        }),
        Lead::Inline => label::label(first),
    }
}

/// Reads the sections of these paragraphs.
pub(crate) fn outline(
    paragraphs: &[Paragraph],
    rules: &Rules<'_>,
    text: &str,
    notes: &mut Vec<Note>,
) -> Outline {
    let has_answers = paragraphs
        .iter()
        .any(|paragraph| answer_length(paragraph, rules, text).is_some());
    let mut reader = Reader {
        rules,
        text,
        has_answers,
        nodes: Vec::new(),
        open: Vec::new(),
        owners: Vec::new(),
    };
    for (at, paragraph) in paragraphs.iter().enumerate() {
        reader.read(
            paragraph,
            paragraphs.get(at + 1..).unwrap_or_default(),
            notes,
        );
    }
    reader.finish()
}

/// The bytes of an answer's heading at the start of a paragraph.
fn answer_length(paragraph: &Paragraph, rules: &Rules<'_>, text: &str) -> Option<usize> {
    let first = paragraph.passage.lines.first()?.range.of(text);
    let trimmed = first.trim_start();
    let lead = first.len() - trimmed.len();
    rules
        .answers
        .iter()
        .find(|word| trimmed.starts_with(word.as_str()))
        .map(|word| lead + word.len())
}

struct Reader<'a> {
    rules: &'a Rules<'a>,
    text: &'a str,
    has_answers: bool,
    nodes: Vec<Node>,
    /// The open sections, outermost first.
    open: Vec<usize>,
    /// The node of each paragraph.
    owners: Vec<usize>,
}

/// What a label is at the place where it stands.
enum Verdict {
    /// It opens a section; so many of the open ones stay open.
    Section { keep: usize, iroha: bool, gap: bool },
    /// It is part of the text.
    Text { note: bool },
}

impl Reader<'_> {
    fn read(&mut self, paragraph: &Paragraph, after: &[Paragraph], notes: &mut Vec<Note>) {
        if let Some(length) = answer_length(paragraph, self.rules, self.text) {
            self.answer(paragraph, length);
            return;
        }
        if let Some(label) = label_of(paragraph, self.text) {
            match self.verdict(&label, paragraph, after) {
                Verdict::Section { keep, iroha, gap } => {
                    if gap {
                        notes.push(self.label_note(&label, paragraph));
                    }
                    self.section(paragraph, label, keep, iroha);
                    return;
                }
                Verdict::Text { note } => {
                    if note {
                        notes.push(self.label_note(&label, paragraph));
                    }
                }
            }
        }
        self.text(paragraph);
    }

    fn label_note(&self, label: &Label, paragraph: &Paragraph) -> Note {
        let raw = paragraph
            .passage
            .lines
            .first()
            .and_then(|line| line.range.of(self.text).get(label.start..label.end))
            .unwrap_or_default();
        Note::new(What::LabelOutOfSequence {
            label: raw.to_owned(),
        })
        .at(paragraph.passage.places.first().cloned())
        .about(paragraph.plain(self.text))
    }

    /// A label is a section's if it is the next of an open series, or the first of a series that is not open.
    fn verdict(&self, label: &Label, paragraph: &Paragraph, after: &[Paragraph]) -> Verdict {
        let numbers = self.rules.levels.contains(&label.style)
            // ① numbers list items, unless it is the outermost number or numbers quoted clauses.
            || (label.style == LabelStyle::Circled
                && (self.has_answers || self.open.is_empty() || self.series(label.style).is_some()));
        if !numbers {
            return Verdict::Text { note: false };
        }
        if let Some(at) = self.series(label.style) {
            let node = self.open.get(at).and_then(|&index| self.nodes.get(index));
            let iroha = node.is_some_and(|node| node.iroha);
            let last = node
                .and_then(|node| node.label.as_ref())
                .map_or(0, |last| place(last, iroha));
            let value = place(label, iroha);
            if value == last + 1 {
                return Verdict::Section {
                    keep: at,
                    iroha,
                    gap: false,
                };
            }
            let gap = value == last + 2 && self.is_heading_like(label, paragraph);
            return if gap {
                Verdict::Section {
                    keep: at,
                    iroha,
                    gap,
                }
            } else {
                // ① may number the items of an answer.
                Verdict::Text {
                    note: label.style != LabelStyle::Circled,
                }
            };
        }
        let iroha = label.value != 1 && label.iroha == Some(1);
        if self.open.is_empty() {
            let first = label.value == 1 || iroha;
            return if first || self.is_heading_like(label, paragraph) {
                Verdict::Section {
                    keep: 0,
                    iroha,
                    gap: !first,
                }
            } else {
                Verdict::Text { note: true }
            };
        }
        if label.value != 1 && !iroha {
            return Verdict::Text { note: true };
        }
        // A single number without brackets within a text is more often a word (1 人…) than a list of one.
        let bracketed = matches!(
            label.style,
            LabelStyle::Paren | LabelStyle::ParenKana | LabelStyle::Dai | LabelStyle::Circled
        );
        let second = |later: &Paragraph| {
            label_of(later, self.text)
                .is_some_and(|later| later.style == label.style && place(&later, iroha) == 2)
        };
        if !bracketed && !after.iter().any(second) {
            return Verdict::Text { note: true };
        }
        Verdict::Section {
            keep: self.level_of_new(label.style),
            iroha,
            gap: false,
        }
    }

    /// The index among the open sections of the one with this series.
    fn series(&self, style: LabelStyle) -> Option<usize> {
        self.open.iter().rposition(|&index| {
            self.nodes
                .get(index)
                .and_then(|node| node.label.as_ref())
                .is_some_and(|label| label.style == style)
        })
    }

    /// A series that begins stands below the innermost open section, unless it is further out in the order of
    /// official documents than all of them.
    fn level_of_new(&self, style: LabelStyle) -> usize {
        let rank = |style: LabelStyle| {
            self.rules
                .levels
                .iter()
                .position(|&level| level == style)
                .unwrap_or(usize::MAX)
        };
        let outermost = self
            .open
            .iter()
            .filter_map(|&index| self.nodes.get(index)?.label.as_ref())
            .all(|label| rank(style) < rank(label.style));
        if outermost && rank(style) != usize::MAX {
            0
        } else {
            self.open.len()
        }
    }

    /// A short line that is no sentence.
    fn is_heading_like(&self, label: &Label, paragraph: &Paragraph) -> bool {
        const LONGEST_HEADING: usize = 40;
        let plain = paragraph.plain(self.text);
        !plain.contains('。') && plain.chars().count() <= LONGEST_HEADING && label.value <= 50
    }

    fn push(&mut self, node: Node, keep: usize) {
        self.open.truncate(keep);
        self.nodes.push(node);
        self.open.push(self.nodes.len() - 1);
        self.owners.push(self.nodes.len() - 1);
    }

    fn section(&mut self, paragraph: &Paragraph, label: Label, keep: usize, iroha: bool) {
        let (label_part, title) = split(&paragraph.passage, label.start..label.end, label.body);
        let parent = keep
            .checked_sub(1)
            .and_then(|at| self.open.get(at).copied());
        let raw_label = label_part.as_ref().map(|part| part.raw(self.text));
        let node = Node {
            parent,
            label: Some(label),
            raw_label,
            role: Role::Own,
            title: Some(title).filter(|title| !title.is_blank(self.text)),
            is_answer: false,
            body: Vec::new(),
            label_part,
            iroha,
        };
        self.push(node, keep);
    }

    /// 【部の方針】: the answer to the clause above, which is thereby a quoted one.
    fn answer(&mut self, paragraph: &Paragraph, length: usize) {
        // An answer ends the answer before it.
        let keep = self
            .open
            .iter()
            .position(|&index| self.nodes.get(index).is_some_and(|node| node.is_answer))
            .unwrap_or(self.open.len());
        let parent = keep
            .checked_sub(1)
            .and_then(|at| self.open.get(at).copied());
        if let Some(clause) = parent.and_then(|index| self.nodes.get_mut(index)) {
            clause.role = Role::Quoted;
        }
        let (heading, body) = split(&paragraph.passage, 0..length, length);
        let node = Node {
            parent,
            label: None,
            raw_label: None,
            role: Role::Own,
            title: heading,
            is_answer: true,
            body: Some(body)
                .filter(|body| !body.is_blank(self.text))
                .into_iter()
                .collect(),
            label_part: None,
            iroha: false,
        };
        self.push(node, keep);
    }

    /// Text without a number belongs to the innermost open section; before any, to one without a label.
    fn text(&mut self, paragraph: &Paragraph) {
        if let Some(&index) = self.open.last()
            && let Some(node) = self.nodes.get_mut(index)
        {
            node.body.push(paragraph.passage.clone());
            self.owners.push(index);
            return;
        }
        let node = Node {
            parent: None,
            label: None,
            raw_label: None,
            role: Role::Own,
            title: None,
            is_answer: false,
            body: vec![paragraph.passage.clone()],
            label_part: None,
            iroha: false,
        };
        self.nodes.push(node);
        self.open.push(self.nodes.len() - 1);
        self.owners.push(self.nodes.len() - 1);
    }

    fn finish(self) -> Outline {
        let mut ids: Vec<String> = Vec::with_capacity(self.nodes.len());
        for (index, node) in self.nodes.iter().enumerate() {
            let id = id_of(&self.nodes, &ids, index, node);
            ids.push(id);
        }
        let has_children: Vec<bool> = (0..self.nodes.len())
            .map(|index| self.nodes.iter().any(|node| node.parent == Some(index)))
            .collect();
        let owners = self
            .owners
            .iter()
            .map(|&index| ids.get(index).cloned().unwrap_or_default())
            .collect();
        // Children come after their parents: from the last to the first, each is given to its parent.
        let mut made: Vec<Option<Section>> = Vec::new();
        let mut parents: Vec<Option<usize>> = Vec::new();
        for (index, node) in self.nodes.into_iter().enumerate() {
            parents.push(node.parent);
            let deeper = has_children.get(index).copied().unwrap_or_default();
            let id = ids.get(index).cloned().unwrap_or_default();
            made.push(Some(section(node, id, deeper, self.text)));
        }
        let mut sections = Vec::new();
        for index in (0..made.len()).rev() {
            let Some(section) = made.get_mut(index).and_then(Option::take) else {
                continue;
            };
            match parents
                .get(index)
                .copied()
                .flatten()
                .and_then(|at| made.get_mut(at))
            {
                Some(Some(parent)) => parent.children.insert(0, section),
                _ => sections.insert(0, section),
            }
        }
        Outline { sections, owners }
    }
}

fn place(label: &Label, iroha: bool) -> u32 {
    if iroha {
        label.iroha.unwrap_or(0)
    } else {
        label.value
    }
}

/// A path of numbers. A section without a number, and one whose number its siblings have, takes the next free one.
fn id_of(nodes: &[Node], ids: &[String], index: usize, node: &Node) -> String {
    let prefix = node
        .parent
        .and_then(|parent| ids.get(parent))
        .map(|id| format!("{id}."))
        .unwrap_or_default();
    let taken = |number: u32| {
        let id = format!("{prefix}{number}");
        nodes
            .iter()
            .take(index)
            .zip(ids)
            .any(|(other, known)| other.parent == node.parent && *known == id)
    };
    let number = node
        .label
        .as_ref()
        .map(|label| place(label, node.iroha))
        .filter(|&number| !taken(number))
        .unwrap_or_else(|| (1..).find(|&number| !taken(number)).unwrap_or(0));
    format!("{prefix}{number}")
}

/// The part of a passage's first line in `label`, and everything from `body` on.
fn split(
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
fn section(node: Node, id: String, deeper: bool, text: &str) -> Section {
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
