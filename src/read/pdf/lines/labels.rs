//! A number or mark in the middle beside two lines -> read before them: it is their label, not a line between.

use super::TextLine;
use crate::read::pdf::marks::Marks;
use crate::read::pdf::tolerance::HALF;
use crate::text::setting::{marks as items, numbers};

/// The label overlaps both lines by this part of its height, at least.
const SHARED: f32 = 0.1;

/// Lines in reading order, from top to bottom, with labels before the lines that they stand beside.
pub(super) fn first(marks: &Marks, mut lines: Vec<TextLine>) -> Vec<TextLine> {
    for at in 1..lines.len().saturating_sub(1) {
        let [above, label, below] = [at - 1, at, at + 1].map(|at| lines.get(at));
        let (Some(above), Some(label), Some(below)) = (above, label, below) else {
            continue;
        };
        if !is_beside(above, label, below) || !is_label(&label.text(marks)) {
            continue;
        }
        let (start, em) = (above.start, above.size);
        let is_of_block = |line: &&TextLine| (line.start - start).abs() <= HALF * em;
        let before = lines.get(..at).unwrap_or_default();
        let length = before.iter().rev().take_while(is_of_block).count();
        if let Some(lines) = lines.get_mut(at - length..=at) {
            lines.rotate_right(1);
        }
    }
    lines
}

/// Whether a line stands to the left of two that begin together, and overlaps both.
fn is_beside(above: &TextLine, label: &TextLine, below: &TextLine) -> bool {
    let height = label.bottom - label.top;
    let alike = above.direction == label.direction && below.direction == label.direction;
    alike
        && (above.start - below.start).abs() <= HALF * above.size
        && label.end <= above.start.min(below.start)
        && above.bottom - label.top > SHARED * height
        && label.bottom - below.top > SHARED * height
}

fn is_label(text: &str) -> bool {
    let text = text.trim();
    let is_mark = items::leading(text).is_some_and(|mark| mark.length == text.len());
    is_mark || numbers::is_number(text)
}
