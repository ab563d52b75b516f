//! Paragraphs of a notice -> numbered sections: which number is a section's, and what stands below it.

mod sections;
#[cfg(test)]
mod tests;
mod verdict;

use super::label::{self, Label};
use super::paragraphs::{Lead, Paragraph};
use super::passage::Passage;
use crate::document::policy::{LabelStyle, Role, Section};
use crate::note::{Note, What};
use sections::split;
use verdict::{Ahead, Verdict};

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
        ahead: Ahead::of(paragraphs, rules, text),
        nodes: Vec::new(),
        open: Vec::new(),
        owners: Vec::new(),
    };
    for (at, paragraph) in paragraphs.iter().enumerate() {
        reader.read(paragraph, at, notes);
    }
    sections::finish(reader.nodes, &reader.owners, text)
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
    ahead: Ahead,
    nodes: Vec<Node>,
    /// The open sections, outermost first.
    open: Vec<usize>,
    /// The node of each paragraph.
    owners: Vec<usize>,
}

impl Reader<'_> {
    fn read(&mut self, paragraph: &Paragraph, index: usize, notes: &mut Vec<Note>) {
        if let Some(length) = answer_length(paragraph, self.rules, self.text) {
            self.answer(paragraph, length);
            return;
        }
        if let Some(label) = label_of(paragraph, self.text) {
            match self.verdict(&label, paragraph, index) {
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
}
