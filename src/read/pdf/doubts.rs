//! An arranged page -> notes on what was read in one of several ways.

use super::append::Paper;
use super::direction::Direction;
use super::marks::{Marks, Rect};
use super::page::Arranged;
use crate::note::{Note, What};
use crate::read::pdf::grids::cells::Doubt;
use crate::read::pdf::lines::{Piece, TextLine, slanted};
use crate::read::pdf::tolerance::BESIDE;
use crate::sheet::{LineEnd, Proposer};
use crate::text::setting::numbers;

/// What a person should look at, by kind, each in the page's order.
pub(crate) fn notes(marks: &Marks, paper: Paper, page: &Arranged) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut say = |what: What, line: &TextLine| {
        let note = Note::new(what).at(Some(paper.place(line.rect)));
        notes.push(note.about(line.text(marks)));
    };
    for (_, line) in page.lines().filter(|(_, line)| line.is_overlapped(marks)) {
        say(What::OverlappingText, line);
    }
    for (home, line) in page.lines() {
        let cell = home.and_then(|(grid, cell)| page.grids.get(grid)?.cells.get(cell));
        if cell.is_some_and(|cell| stands_on_rule(line, cell.rect)) && !is_at_angle(line, marks) {
            say(What::TextOverRule, line);
        }
    }
    for (_, line) in page.lines().filter(|(_, line)| line.is_end_uncertain) {
        say(What::LineEndUncertain, line);
    }
    for (_, line) in page
        .lines()
        .filter(|(_, line)| line.has_raised_digits(marks))
    {
        say(What::RaisedDigits, line);
    }
    for (line, next) in page.lines().zip(page.lines().skip(1)) {
        let ((_, line), (_, next)) = (line, next);
        if line.number_goes_on {
            say(number_over_lines(marks, line, next), line);
        }
    }
    for grid in &page.grids {
        let what = match grid {
            _ if grid.doubt == Some(Doubt::Headings) => What::HeadingsApart,
            _ if grid.by == Proposer::Unruled => What::UnruledTable,
            _ if grid.by.is_by_text() => What::PartedByText,
            _ if grid.doubt == Some(Doubt::Cells) => What::NotParted,
            _ => continue,
        };
        notes.push(Note::new(what).at(Some(paper.place(grid.rect))));
    }
    for place in &page.untold {
        let inside = page.lines().filter(|(_, line)| place.holds(line.rect));
        let text: Vec<String> = inside.map(|(_, line)| line.text(marks)).collect();
        let note = Note::new(What::RulesWithoutTable).at(Some(paper.place(*place)));
        notes.push(note.about(text.join("\n")));
    }
    if page.rules_left_out {
        let page = paper.number;
        notes.push(Note::new(What::RulesNotRead { page }).at(Some(paper.whole(marks))));
    }
    notes
}

/// How the digits at the end of a line and at the beginning of the next were read.
fn number_over_lines(marks: &Marks, line: &TextLine, next: &TextLine) -> What {
    let (before, after) = (line.text(marks), next.text(marks));
    let (before, after) = (before.trim_end(), after.trim_start());
    let end = before.chars().count() - numbers::at_end(before);
    let tail: String = before.chars().skip(end).collect();
    let head: String = after.chars().take(numbers::at_start(after)).collect();
    let between = match line.ends {
        LineEnd::Wrap => "",
        LineEnd::Break | LineEnd::Cut => " / ",
    };
    let read = format!("{tail}{between}{head}");
    What::NumberOverLines { read }
}

/// Whether the rule between two rows goes through a line: programs that do not clip what is higher than its row paint it
/// over the rows beside.
fn stands_on_rule(line: &TextLine, cell: Rect) -> bool {
    let out = (cell.top - line.top).max(line.bottom - cell.bottom);
    line.direction == Direction::Right && out > BESIDE * line.size
}

/// Whether a line runs at an angle: headings over narrow columns reach beyond their cells, and begin in them.
fn is_at_angle(line: &TextLine, marks: &Marks) -> bool {
    line.pieces.iter().any(|piece| match *piece {
        Piece::Glyph(at) => marks
            .glyphs
            .get(at as usize)
            .is_some_and(slanted::is_slanted),
        Piece::Space(_) => false,
    })
}
