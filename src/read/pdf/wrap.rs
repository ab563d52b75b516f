//! How lines end: whether the writer ran out of room or the author began a new line.

use super::characters::{
    Mark, cannot_begin, cannot_end, closes, ends_item, ends_sentence, hangs, is_katakana, is_word,
    leading_mark, opens,
};
use super::direction::EmBox;
use super::lines::TextLine;
use super::marks::Marks;
use crate::sheet::LineEnd;

/// What comes next would have fitted if this many ems had been left beside it: less is within the error of
/// the estimated padding.
const CLEARLY_FITS: f32 = 0.35;
/// It would not have fitted if this many ems were lacking.
const CLEARLY_NOT: f32 = -0.1;
/// A line that keeps this many ems or less is full.
const FULL: f32 = 0.7;
/// Ends that differ by this many ems are the same.
const SAME: f32 = 0.02;
/// The narrowest space between words, in ems.
const WORD_SPACE: f32 = 0.25;
/// An indent of this many ems begins a paragraph.
const INDENT: f32 = 0.8;

/// The edges between which a cell's (or text column's) lines are set, along the lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measure {
    pub start: f32,
    pub end: f32,
}

/// How the lines of a cell stand between its edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alignment {
    Start,
    Center,
    End,
}

/// What the lines of a cell show together.
struct Block {
    alignment: Alignment,
    /// The mark that the first line begins with.
    marked: Option<Mark>,
    /// See [`out_of_reach`].
    out_of_reach: Option<f32>,
    /// The edge where lines end.
    edge: f32,
}

/// Decides the end of each line and its room; the last one ends as told.
pub(crate) fn decide(marks: &Marks, lines: &mut [TextLine], measure: Measure, last: LineEnd) {
    let alignment = alignment(marks, lines, measure);
    let marked = lines
        .first()
        .and_then(|line| leading_mark(&line.text(marks)));
    let block = Block {
        alignment,
        marked,
        out_of_reach: out_of_reach(marks, lines, measure, alignment),
        edge: measure.end,
    };
    let mut brackets = 0;
    for index in 0..lines.len() {
        let Some(line) = lines.get(index) else {
            continue;
        };
        let room = room(marks, line, measure, alignment);
        brackets = open_brackets(brackets, &line.text(marks));
        let rest = lines.get(index + 1..).unwrap_or_default();
        let ends = match rest.first() {
            Some(next) => {
                let mark = leading_mark(&next.text(marks))
                    .filter(|_| brackets == 0 || !closes_bracket(marks, rest));
                end_before(marks, line, next, (room, mark), &block)
            }
            None => last,
        };
        if ends == LineEnd::Break {
            brackets = 0;
        }
        if let Some(line) = lines.get_mut(index) {
            line.ends = ends;
            line.room = Some(room);
        }
    }
}

/// Ems left on a line.
fn room(marks: &Marks, line: &TextLine, measure: Measure, alignment: Alignment) -> f32 {
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
fn alignment(marks: &Marks, lines: &[TextLine], measure: Measure) -> Alignment {
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

/// How a line ends before another.
fn end_before(
    marks: &Marks,
    line: &TextLine,
    next: &TextLine,
    (room, mark): (f32, Option<Mark>),
    block: &Block,
) -> LineEnd {
    let (alignment, first_mark) = (block.alignment, block.marked);
    if line.direction != next.direction || line.is_blank(marks) || next.is_blank(marks) {
        return LineEnd::Break;
    }
    let text = next.text(marks);
    let last = last_visible(marks, line);
    let sentence = last.is_some_and(ends_sentence);
    match mark {
        Some(Mark::Bullet) if !is_inside_katakana(last, &text, room, first_mark) => {
            return LineEnd::Break;
        }
        Some(Mark::Enumerator) if last.is_some_and(ends_item) || first_mark.is_some() => {
            return LineEnd::Break;
        }
        _ => {}
    }
    if alignment == Alignment::Center && is_gloss(&text) {
        return LineEnd::Break;
    }
    if begins_paragraph(marks, line, next, alignment, sentence) {
        return LineEnd::Break;
    }
    let needed = needed(marks, line, next);
    let refused = block.out_of_reach.is_some_and(|position| {
        end_without_hanging(marks, line, block.edge) + needed > position - SAME * line.size
    });
    if refused {
        return LineEnd::Wrap;
    }
    let slack = room - needed / line.size;
    if slack > CLEARLY_FITS || (slack > CLEARLY_NOT && sentence) {
        LineEnd::Break
    } else {
        LineEnd::Wrap
    }
}

/// The nearest position that the writer has shown to be out of reach: where a line goes on within a
/// sentence, what came next had not fitted. It says more than the estimated padding does.
fn out_of_reach(
    marks: &Marks,
    lines: &[TextLine],
    measure: Measure,
    alignment: Alignment,
) -> Option<f32> {
    if alignment != Alignment::Start {
        return None;
    }
    let reaches = lines.windows(2).filter_map(|pair| {
        let [line, next] = pair else { return None };
        if line.is_blank(marks) || next.is_blank(marks) || next.direction != line.direction {
            return None;
        }
        let last = last_visible(marks, line)?;
        let end = end_without_hanging(marks, line, measure.end) + needed(marks, line, next);
        let within = !ends_item(last) && leading_mark(&next.text(marks)).is_none();
        (within && end >= measure.end - CLEARLY_FITS * line.size).then_some(end)
    });
    reaches.min_by(f32::total_cmp)
}

/// The last visible character of a line.
fn last_visible(marks: &Marks, line: &TextLine) -> Option<char> {
    let visible = line.characters(marks).map(|(c, _)| c);
    visible.filter(|c| !c.is_whitespace()).next_back()
}

/// How many brackets stay open after a line, if so many were open before it.
fn open_brackets(before: u32, text: &str) -> u32 {
    text.chars().fold(before, |open, c| match c {
        _ if opens(c) => open + 1,
        _ if closes(c) => open.saturating_sub(1),
        _ => open,
    })
}

/// Whether a bracket that is open is closed in what follows before a sentence ends or an item begins:
/// what stands between is no item, whatever it begins with (雄5,000円／→7,000円）.
fn closes_bracket(marks: &Marks, rest: &[TextLine]) -> bool {
    for (index, line) in rest.iter().enumerate() {
        let text = line.text(marks);
        if index > 0 && leading_mark(&text).is_some() {
            return false;
        }
        if let Some(c) = text
            .chars()
            .find(|&c| closes(c) || opens(c) || ends_sentence(c))
        {
            return closes(c);
        }
    }
    false
}

/// A middle dot that a writer without line-breaking rules put at the start of a line: ワーク／・ライフ.
fn is_inside_katakana(last: Option<char>, text: &str, room: f32, first_mark: Option<Mark>) -> bool {
    let mut characters = text.chars();
    characters.next() == Some('・')
        && characters.next().is_some_and(is_katakana)
        && last.is_some_and(is_katakana)
        && room < 1.0
        && first_mark.is_none()
}

/// A centred line that is bracketed as a whole stands under a heading as its gloss: いつまで／(期限).
fn is_gloss(text: &str) -> bool {
    let text = text.trim();
    let brackets = |c: char| matches!(c, '（' | '(' | '）' | ')');
    let inner = text
        .strip_prefix(['（', '('])
        .and_then(|text| text.strip_suffix(['）', ')']));
    inner.is_some_and(|inner| !inner.contains(brackets))
}

/// Whether the next line is indented as the first of a paragraph. A line after one with a mark is set
/// under the item's text, which is no new paragraph.
fn begins_paragraph(
    marks: &Marks,
    line: &TextLine,
    next: &TextLine,
    alignment: Alignment,
    sentence: bool,
) -> bool {
    if alignment != Alignment::Start {
        return false;
    }
    let spaced = next
        .characters(marks)
        .next()
        .is_some_and(|(c, _)| c == '\u{3000}');
    let indented = next.start - line.start >= INDENT * line.size;
    (spaced && sentence) || (indented && leading_mark(&line.text(marks)).is_none())
}

/// The width of what would have had to come to a line: the next unit, and the space between two words,
/// which is often not painted at a line's end.
fn needed(marks: &Marks, line: &TextLine, next: &TextLine) -> f32 {
    let words = last_visible(marks, line).is_some_and(is_word)
        && next.text(marks).trim_start().starts_with(is_word);
    let space = if words { WORD_SPACE * line.size } else { 0.0 };
    space + next_unit(marks, next)
}

/// The width of what would have had to come to this line: a character with the closing punctuation after
/// it, a Latin word or number, an opening bracket with what follows (JIS X 4051 §4.3).
fn next_unit(marks: &Marks, next: &TextLine) -> f32 {
    let mut characters = next
        .characters(marks)
        .skip_while(|(c, _)| c.is_whitespace())
        .peekable();
    let mut unit: Option<EmBox> = None;
    let mut take = |shape: Option<EmBox>| {
        if let Some(shape) = shape {
            unit = Some(unit.map_or(shape, |unit| EmBox {
                end: unit.end.max(shape.end),
                ..unit
            }));
        }
    };
    while let Some((_, shape)) = characters.next_if(|(c, _)| cannot_end(*c)) {
        take(shape);
    }
    if let Some((first, shape)) = characters.next() {
        take(shape);
        // Also after a word: had the writer broken words anywhere, there would be no room for a letter,
        // and the space between two words that a line's end parts is often not painted.
        while let Some((_, shape)) = characters.next_if(|(c, _)| is_word(first) && is_word(*c)) {
            take(shape);
        }
        while let Some((_, shape)) = characters.next_if(|(c, _)| cannot_begin(*c)) {
            take(shape);
        }
    }
    unit.map_or(0.0, |unit| unit.end - unit.start)
}
