//! How lines stand between their edges: alignment, the room left on each, their usual distance.

use crate::read::pdf::lines::TextLine;
use crate::read::pdf::marks::Marks;
use crate::text::setting::characters::hangs;

/// A line that keeps this many ems or less is full.
const FULL: f32 = 0.7;
/// Lines of text from which on the usual pitch shows.
const PITCHES: usize = 3;

/// The edges between which a cell's (or text column's) lines are set, along the lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measure {
    pub start: f32,
    pub end: f32,
}

/// How the lines of a cell stand between its edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alignment {
    Start,
    Center,
    End,
}

/// Ems left on a line.
pub(crate) fn room(marks: &Marks, line: &TextLine, measure: Measure, alignment: Alignment) -> f32 {
    let before = (line.start - measure.start).max(0.0);
    let after = measure.end - end_without_hanging(marks, line, measure.end);
    let left = match alignment {
        Alignment::Start => after,
        Alignment::Center => before + after,
        Alignment::End => before,
    };
    (left / line.size).max(0.0)
}

/// Where a line ends, leaving out punctuation that hangs beyond the edge.
pub(crate) fn end_without_hanging(marks: &Marks, line: &TextLine, edge: f32) -> f32 {
    let mut visible = line
        .characters(marks)
        .rev()
        .filter(|(c, _)| !c.is_whitespace());
    let last = visible.next();
    let before = visible.next();
    match (last, before) {
        (Some((c, Some(_))), Some((_, Some(shape)))) if hangs(c) && line.end > edge => shape.end,
        _ => line.end,
    }
}

/// Centred and right-aligned cells show it on the lines that are not full.
pub(crate) fn alignment(marks: &Marks, lines: &[TextLine], measure: Measure) -> Alignment {
    let slack: Vec<(f32, f32)> = lines
        .iter()
        .map(|line| {
            let after = measure.end - end_without_hanging(marks, line, measure.end);
            ((line.start - measure.start) / line.size, after / line.size)
        })
        .filter(|(before, after)| before + after > FULL)
        .collect();
    if slack.is_empty() {
        return Alignment::Start;
    }
    if slack
        .iter()
        .all(|(before, after)| (before - after).abs() < 0.7 && *before > 0.2)
    {
        return Alignment::Center;
    }
    if slack
        .iter()
        .all(|(before, after)| *after < 0.4 && *before > FULL)
    {
        return Alignment::End;
    }
    Alignment::Start
}

/// The distance of most lines from the one above them.
pub(crate) fn usual_pitch(lines: &[TextLine]) -> Option<f32> {
    let mut pitches: Vec<f32> = lines
        .windows(2)
        .filter_map(|pair| {
            if let [a, b] = pair {
                Some(b.bottom - a.bottom)
            } else {
                None
            }
        })
        .filter(|&pitch| pitch > 0.0)
        .collect();
    pitches.sort_by(f32::total_cmp);
    // The lower third: paragraphs of one line each would make their distance usual.
    (pitches.len() >= PITCHES)
        .then(|| pitches.get(pitches.len() / 3).copied())
        .flatten()
}
