//! A table that goes on over pages, as one: rows that a page break cuts are joined, texts that it cuts too.

use super::bands::Headed;
use super::deadline::deadline;
use super::passage::{Passage, Piece};
use super::rows::{Columns, Part, Row, TopCell, is_continued_mark};
use crate::document::Field;
use crate::document::value::DeadlineKind;
use crate::note::{Note, What};
use crate::place::Place;
use crate::sheet::{LineEnd, TextRange};
use crate::text::setting::characters::ends_sentence;
use crate::text::setting::{Fit, fits, numbers, unit_ems};
use crate::text::{self, blocks};

/// What stands between two rows.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Boundary {
    /// The first grid's last row has no closing rule.
    pub open_below: bool,
    /// The second grid's first row has no rule above it.
    pub open_above: bool,
}

/// Joins the first row after a page break to the last before it, if they are one row. The row that stays
/// apart is given back.
pub(crate) fn join_rows(
    last: &mut Row,
    next: Row,
    boundary: Boundary,
    columns: &Columns,
    text: &str,
    notes: &mut Vec<Note>,
) -> Option<Row> {
    let place = next
        .cells
        .values()
        .find_map(|cell| cell.places.first())
        .cloned();
    match verdict(last, &next, boundary, columns, text) {
        Verdict::Same => {
            notes.push(Note::new(What::RowJoined).at(place));
            reopen(last, text);
            let parts = joined_parts(last, &next, columns, text);
            append_row(last, next, text, notes);
            last.parts = parts;
            None
        }
        Verdict::Uncertain => {
            notes.push(Note::new(What::RowMaybeCut).at(place));
            Some(next)
        }
        Verdict::Other => Some(next),
    }
}

/// The texts of a row that turned out to be cut end as the page does, though another row stands under it: a foot that is
/// repeated on each page.
fn reopen(row: &mut Row, text: &str) {
    let parts = row.parts.iter_mut().map(|part| &mut part.passage);
    for cell in row.cells.values_mut().chain(parts) {
        let mut lines = cell.lines.iter_mut().rev();
        let last = lines.find(|line| !line.range.of(text).trim().is_empty());
        if let Some(line) = last.filter(|line| line.room.is_some()) {
            line.ends = LineEnd::Cut;
        }
    }
}

/// The cells of a goal's physical rows on both pages. The last of the one and the first of the other are one if a text
/// goes on in the indicator's name, or no name stands there: two indicators have each their own.
fn joined_parts(last: &Row, next: &Row, columns: &Columns, text: &str) -> Vec<Part> {
    let (Some(end), Some(start)) = (
        last.parts.iter().map(|part| part.rows.1).max(),
        next.parts.iter().map(|part| part.rows.0).min(),
    ) else {
        return Vec::new();
    };
    let cell = |field: Field, parts: &[Part], at: &dyn Fn(&Part) -> bool| {
        let column = columns.of(field)?;
        let mut parts = parts.iter().rev();
        let found = parts.find(|part| part.column == column && at(part))?;
        Some(found.passage.clone()).filter(|cell| !cell.is_blank(text))
    };
    let before = |field| cell(field, &last.parts, &|part| part.rows.1 == end);
    let after = |field| cell(field, &next.parts, &|part| part.rows.0 == start);
    let both = |field| before(field).is_some() && after(field).is_some();
    let is_one = match (before(Field::IndicatorName), after(Field::IndicatorName)) {
        (Some(before), Some(after)) => {
            passage_goes_on(&before, &after, text) && !both(Field::IndicatorTarget)
        }
        (_, None) => !both(Field::IndicatorTarget) && !both(Field::IndicatorActual),
        (None, Some(_)) => false,
    };
    let shift = if is_one { end } else { end + 1 };
    let moved = next.parts.iter().cloned().map(|mut part| {
        part.rows = (part.rows.0 + shift - start, part.rows.1 + shift - start);
        part
    });
    let mut parts = last.parts.clone();
    for part in moved {
        let cut = parts.iter_mut().find(|before| {
            is_one && part.rows.0 == end && before.column == part.column && before.rows.1 == end
        });
        if let Some(before) = cut {
            close_cut(&mut before.passage, &part.passage, text, &mut Vec::new());
        }
        parts.push(part);
    }
    parts
}

/// Gives goals after a page break the value of a cell that is merged over them and was cut: its rest stands beside
/// several goals. Beside one goal it may as well be an empty cell, which a note says. `before` is the last row as it
/// stood on its page, `last` with what was joined to it.
pub(crate) fn fill_cut_cells(
    (before, last): (&Row, &Row),
    goals: &mut [Row],
    tops: &[TopCell],
    (joined, boundary): (usize, Boundary),
    text: &str,
    notes: &mut Vec<Note>,
) {
    for top in tops {
        // The rest of a cut text belongs to the row that it was joined to.
        let row = if top.is_empty { before } else { last };
        if !top.is_empty && joined == 0 {
            continue;
        }
        let Some(value) = row
            .cells
            .get(&top.column)
            .filter(|cell| !cell.is_blank(text))
        else {
            continue;
        };
        let beside = goals.get_mut(..top.goals.saturating_sub(joined));
        let beside = beside.unwrap_or_default();
        // What is open below though the last row is whole is the merged cell.
        let is_open = joined == 0 && boundary.open_below && before.merged.contains(&top.column);
        if top.goals > 1 || is_open && top.is_empty {
            for goal in beside.iter_mut() {
                goal.cells.insert(top.column, value.clone());
                goal.shared.extend(value.origin());
                goal.merged.push(top.column);
            }
            if !beside.is_empty() {
                let note = Note::new(What::MergedCellCut).at(Some(top.place.clone()));
                notes.push(note.about(value.raw(text)));
            }
        } else if !beside.is_empty() && before.merged.contains(&top.column) {
            let note = Note::new(What::MergedCellMaybeCut).at(Some(top.place.clone()));
            notes.push(note.about(value.raw(text)));
        }
    }
}

enum Verdict {
    Same,
    Other,
    Uncertain,
}

/// Fields of running text.
const TEXTS: [Field; 3] = [Field::Item, Field::Level, Field::Methods];

/// Fields of which a row has one short value: both halves of a cut row cannot have it.
const SINGLE: [Field; 3] = [Field::Deadline, Field::Sections, Field::Categories];
/// Characters of such a value at most; a longer one is a text (スケジュール with its steps), which a page end may cut.
const SHORT: usize = 20;

/// Whether two rows around a page break are one.
///
/// Two numbers are two rows. With one number, the rows are one if the rule between them is missing, or if the
/// half without a number has none of the single values that the other has. Without a number column the item
/// takes the number's place.
fn verdict(last: &Row, next: &Row, boundary: Boundary, columns: &Columns, text: &str) -> Verdict {
    let filled = |row: &Row, field: Field| {
        columns
            .of(field)
            .and_then(|at| row.cells.get(&at))
            .is_some_and(|cell| !cell.is_blank(text))
    };
    let is_short = |row: &Row, field: Field| {
        columns
            .of(field)
            .and_then(|at| row.cells.get(&at))
            .is_some_and(|cell| text::squash(&cell.raw(text)).chars().count() <= SHORT)
    };
    let open = boundary.open_below || boundary.open_above;
    let has_numbers = columns.of(Field::Number).is_some();
    let two = two_deadlines(last, next, columns, text);
    let both_single = SINGLE
        .iter()
        .filter(|&&field| filled(last, field) && filled(next, field))
        .filter(|&&field| is_short(last, field) && is_short(next, field))
        .filter(|&&field| {
            (two && field == Field::Deadline) || !value_goes_on(last, next, field, columns, text)
        })
        .count();
    // A text that stops within a sentence on a full line is not the end of a goal, though its sections or
    // categories may be a list that goes on. Two deadlines are two goals, whatever their texts look like.
    let within_text = !two
        && TEXTS
            .iter()
            .any(|&field| value_goes_on(last, next, field, columns, text));
    if has_numbers {
        return match (filled(last, Field::Number), filled(next, Field::Number)) {
            // The number is centred in the cut cell and fell to the second half.
            (false, true) if open && both_single == 0 => Verdict::Same,
            (_, true) => Verdict::Other,
            (true, false) if open || within_text || both_single == 0 => Verdict::Same,
            (false, false) if open => Verdict::Same,
            _ => Verdict::Uncertain,
        };
    }
    let both_items = filled(last, Field::Item) && filled(next, Field::Item);
    match (open, both_items, both_single) {
        (true, _, 0) => Verdict::Same,
        (false, false, 0) if !filled(next, Field::Item) => Verdict::Same,
        (true, ..) => Verdict::Uncertain,
        _ => Verdict::Other,
    }
}

/// Whether each row has a whole deadline of its own.
fn two_deadlines(last: &Row, next: &Row, columns: &Columns, text: &str) -> bool {
    let is_whole = |row: &Row| {
        columns
            .of(Field::Deadline)
            .and_then(|at| row.cells.get(&at))
            .filter(|cell| !cell.is_blank(text))
            .is_some_and(|cell| deadline(cell, text, None).kind != DeadlineKind::Unknown)
    };
    is_whole(last) && is_whole(next)
}

/// Whether one value stands in both rows: its line was full when the page ended, and no sentence ended there
/// (公園緑地／課).
fn value_goes_on(last: &Row, next: &Row, field: Field, columns: &Columns, text: &str) -> bool {
    let cell = |row: &Row| columns.of(field).and_then(|at| row.cells.get(&at)).cloned();
    let (Some(before), Some(after)) = (cell(last), cell(next)) else {
        return false;
    };
    passage_goes_on(&before, &after, text)
}

/// The same of two passages.
fn passage_goes_on(before: &Passage, after: &Passage, text: &str) -> bool {
    let line = before.lines.last();
    let following = after.lines.first().map(|line| line.range.of(text));
    line.zip(following).is_some_and(|(line, following)| {
        line.ends == LineEnd::Cut
            && !ends_sentence(line.range.of(text))
            && fits(line.room, unit_ems(following), false) == Fit::Wrap
    })
}

/// Puts a row's cells after another's, cell by cell.
pub(crate) fn append_row(last: &mut Row, next: Row, text: &str, notes: &mut Vec<Note>) {
    last.shared.extend(next.shared);
    last.merged.extend(next.merged);
    // Physical rows of two tables have no common count: such a goal's indicators are aligned by label.
    last.parts.clear();
    for (column, cell) in next.cells {
        let into = last.cells.entry(column).or_default();
        if into.is_blank(text) {
            let places = into.places.clone();
            *into = cell;
            for place in places {
                if !into.places.contains(&place) {
                    into.places.insert(0, place);
                }
            }
        } else if !cell.is_blank(text) {
            close_cut(into, &cell, text, notes);
            into.append(cell);
        } else {
            into.append(cell);
        }
    }
}

/// Decides how the line that the page end cut goes on: a mark begins a new line; else the next unbreakable
/// unit would have stood there if it had fitted.
pub(crate) fn close_cut(before: &mut Passage, after: &Passage, text: &str, notes: &mut Vec<Note>) {
    let Some(next) = after
        .lines
        .iter()
        .map(|line| line.range.of(text))
        .find(|line| !line.trim().is_empty())
    else {
        return;
    };
    let Some(line) = before
        .lines
        .iter_mut()
        .rev()
        .find(|line| !line.range.of(text).trim().is_empty())
    else {
        return;
    };
    if line.ends != LineEnd::Cut {
        return;
    }
    line.ends = cut_end(line, next, text, before.places.first(), notes);
}

fn cut_end(
    line: &Piece,
    next: &str,
    text: &str,
    place: Option<&Place>,
    notes: &mut Vec<Note>,
) -> LineEnd {
    let before = line.range.of(text);
    if blocks::has_mark(next) || numbers::are_entries(before, next) {
        return LineEnd::Break;
    }
    let room = line
        .room
        .filter(|_| !numbers::meet(before.trim_end(), next.trim_start()));
    let Some(room) = room else {
        notes.push(
            Note::new(What::CutUncertain)
                .at(place.cloned())
                .about(before),
        );
        return LineEnd::Break;
    };
    match fits(Some(room), unit_ems(next), ends_sentence(before)) {
        Fit::Break => LineEnd::Break,
        Fit::Wrap | Fit::Unknown => LineEnd::Wrap,
    }
}

/// Rows whose number cell says （続き） are merged back onto the row before them; the marks' ranges are given back.
pub(crate) fn merge_continued(
    rows: Vec<Row>,
    columns: &Columns,
    text: &str,
    notes: &mut Vec<Note>,
) -> (Vec<Row>, Vec<TextRange>) {
    let Some(number) = columns.of(Field::Number) else {
        return (rows, Vec::new());
    };
    let mut merged: Vec<Row> = Vec::new();
    let mut marks = Vec::new();
    for mut row in rows {
        let continued = row
            .cells
            .get(&number)
            .is_some_and(|cell| is_continued_mark(&cell.raw(text)));
        match merged.last_mut().filter(|_| continued) {
            Some(last) => {
                marks.extend(
                    row.cells
                        .remove(&number)
                        .into_iter()
                        .flat_map(|cell| cell.origin()),
                );
                marks.extend(join_continued_texts(last, &mut row, text));
                append_row(last, row, text, notes);
            }
            None => merged.push(row),
        }
    }
    (merged, marks)
}

/// What a printed form puts before a text that it had to cut inside a paragraph.
const CONTINUED_TEXT: &str = "（続き）";

/// Texts of a continued row that begin with （続き） go on where the row above ends, without a break; the
/// marks' ranges are given back.
fn join_continued_texts(last: &mut Row, row: &mut Row, text: &str) -> Vec<TextRange> {
    let mut marks = Vec::new();
    for (column, cell) in &mut row.cells {
        let Some(first) = cell.lines.first_mut() else {
            continue;
        };
        if !first.range.of(text).starts_with(CONTINUED_TEXT) {
            continue;
        }
        let before = last
            .cells
            .get_mut(column)
            .and_then(|cell| cell.lines.last_mut());
        if let Some(before) = before {
            before.ends = LineEnd::Wrap;
            let length = first.range.of(text).len();
            marks.push(first.range.slice(0..CONTINUED_TEXT.len()));
            first.range = first.range.slice(CONTINUED_TEXT.len()..length);
        }
    }
    marks
}

/// Whether two rows' headings say the same, cell by cell.
pub(crate) fn same_headings(a: &[Headed], b: &[Headed], text: &str) -> bool {
    let squashed = |passages: &[Passage]| -> Vec<String> {
        passages
            .iter()
            .map(|passage| text::squash(&passage.raw(text)))
            .collect()
    };
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| {
            text::squash(&a.heading.raw(text)) == text::squash(&b.heading.raw(text))
                && squashed(&a.parents) == squashed(&b.parents)
        })
}
