//! A field's runs -> the text of one side with what is marked in it.

use crate::compare::comparison::{FieldDiff, Op, Run, RunKind};

/// A stretch of one side's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The text.
    pub text: String,
    /// How it differs from the other side.
    pub mark: Mark,
}

/// How a stretch differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It does not.
    Same,
    /// The other side lacks it.
    Changed,
    /// The other side writes it otherwise.
    Wording,
    /// The other side has it elsewhere.
    Moved,
}

/// One side's text of a field; `own` is the operation of its runs: delete for the old side.
pub fn segments(field: &FieldDiff, own: Op) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let runs = field.runs.iter();
    for run in runs.filter(|run| run.op == Op::Equal || run.op == own) {
        let mark = mark(run);
        // A line break is nothing to underline.
        let (breaks, text) = split_leading_breaks(&run.text);
        for (text, mark) in [(breaks, Mark::Same), (text, mark)] {
            match segments.last_mut() {
                _ if text.is_empty() => {}
                Some(last) if last.mark == mark => last.text.push_str(text),
                _ => segments.push(Segment {
                    text: text.to_owned(),
                    mark,
                }),
            }
        }
    }
    segments
}

fn split_leading_breaks(text: &str) -> (&str, &str) {
    let rest = text.trim_start_matches('\n');
    text.split_at_checked(text.len() - rest.len())
        .unwrap_or(("", text))
}

fn mark(run: &Run) -> Mark {
    match (run.op, run.kind) {
        (Op::Equal, _) => Mark::Same,
        (_, None) => Mark::Changed,
        (_, Some(RunKind::Wording)) => Mark::Wording,
        (_, Some(RunKind::Moved)) => Mark::Moved,
    }
}

/// Both sides' text in one: stretches that stayed, went (`Delete`) or came (`Insert`).
pub fn struck(field: &FieldDiff) -> Vec<(String, Op)> {
    let runs = field.runs.iter();
    runs.map(|run| (run.text.clone(), run.op)).collect()
}
