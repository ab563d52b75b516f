//! One glyph deleted, doubled or moved after each stage of a real page is caught by the page's own check
//! or by the ledger.

use std::path::PathBuf;

use crate::ledger::coverage_of_sheets;
use crate::read::pdf::append::{self, Paper};
use crate::read::pdf::check;
use crate::read::pdf::content::interpret;
use crate::read::pdf::empty_reading;
use crate::read::pdf::file;
use crate::read::pdf::grids::rules::Drawn;
use crate::read::pdf::lines::Piece;
use crate::read::pdf::lines::measure;
use crate::read::pdf::lines::runs;
use crate::read::pdf::marks::{Marks, Point};
use crate::read::pdf::page::{self, Arranged};
use crate::read::pdf::upright::Turn;
use crate::sheet::{Block, LineEnd, Reading};

/// The first page of the R4 sheet that was written with 90ms-RKSJ-H; `None` where it is not at hand.
fn first_page() -> Option<Marks> {
    let shared = std::env::var("SEIRIHYO_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(shared)
        .join("acceptance/input/kokubunji_r4.90ms-RKSJ-H.pdf");
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    let pdf = file::Pdf::open(&bytes, None).unwrap();
    interpret::Reader::new(&pdf).page(1, &mut Vec::new()).ok()
}

fn arrange(marks: &Marks) -> Arranged {
    page::arrange(
        marks,
        &Drawn::of(marks),
        &mut measure::Margins::default(),
        LineEnd::Cut,
    )
}

/// Visible glyphs in the middle of the page's longest run.
fn two_neighbours(marks: &Marks) -> (usize, usize) {
    let visible = |at: &usize| !runs::is_white(marks, &marks.glyphs[*at]);
    let all: Vec<usize> = (0..marks.glyphs.len()).filter(visible).collect();
    let pair = all.windows(2).find(|pair| {
        let (a, b) = (&marks.glyphs[pair[0]], &marks.glyphs[pair[1]]);
        a.run == b.run
            && runs::text_of(marks, a) != runs::text_of(marks, b)
            && b.origin.x - a.origin.x > 8.0
    });
    let pair = pair.unwrap();
    (pair[0], pair[1])
}

#[test]
fn an_untouched_page_has_no_faults() {
    let Some(marks) = first_page() else { return };
    let mut reading = empty_reading(1, None);
    let page = arrange(&marks);
    assert_eq!(check::marks(&marks), Vec::<String>::new());
    assert_eq!(check::arranged(&marks, &page).faults, Vec::<String>::new());
    let paper = Paper {
        number: 1,
        turn: Turn::default(),
    };
    let sheet = append::finish(&marks, &Drawn::of(&marks), paper, page, &mut reading);
    reading.sheets.push(sheet);
    let mut notes = reading.notes.iter();
    let fault = notes.find(|note| note.code != "line-end-uncertain");
    assert!(fault.is_none(), "{fault:?}");
    assert_eq!(coverage_of_sheets(&reading).1, []);
}

#[test]
fn a_glyph_deleted_doubled_or_moved_among_the_marks_is_caught() {
    let Some(marks) = first_page() else { return };
    let (a, b) = two_neighbours(&marks);
    let mut deleted = marks.clone();
    deleted.glyphs.remove(a);
    let mut doubled = marks.clone();
    doubled.glyphs.insert(a, marks.glyphs[a]);
    let mut swapped = marks.clone();
    (swapped.glyphs[a].origin, swapped.glyphs[b].origin) =
        (marks.glyphs[b].origin, marks.glyphs[a].origin);
    let mut moved = marks.clone();
    moved.glyphs[b].origin = Point { x: 500.0, y: 30.0 };
    for (what, marks) in [
        ("deleted", deleted),
        ("doubled", doubled),
        ("swapped", swapped),
        ("moved", moved),
    ] {
        assert!(!check::marks(&marks).is_empty(), "{what}");
        // The finished page says so.
        let mut reading = empty_reading(1, None);
        let page = arrange(&marks);
        append::finish(
            &marks,
            &Drawn::of(&marks),
            Paper {
                number: 1,
                turn: Turn::default(),
            },
            page,
            &mut reading,
        );
        assert!(
            reading
                .notes
                .iter()
                .any(|note| note.code == "text-not-conserved"),
            "{what}"
        );
    }
}

/// Changes the pieces of a cell's longest line and, for moves between cells, of another cell's.
fn with_lines(marks: &Marks, change: impl FnOnce(&mut Vec<Piece>, &mut Vec<Piece>)) -> Arranged {
    let mut page = arrange(marks);
    let mut lines: Vec<_> = page
        .cells
        .iter_mut()
        .flatten()
        .filter_map(|lines| lines.first_mut())
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.pieces.len()));
    let [first, second, ..] = lines.as_mut_slice() else {
        panic!("two cells with text")
    };
    change(&mut first.pieces, &mut second.pieces);
    page
}

#[test]
fn a_glyph_deleted_doubled_or_moved_among_the_lines_is_caught() {
    let Some(marks) = first_page() else { return };
    let pages = [
        (
            "deleted",
            with_lines(&marks, |line, _| {
                line.remove(3);
            }),
        ),
        (
            "doubled",
            with_lines(&marks, |line, _| line.insert(3, line[3])),
        ),
        ("swapped", with_lines(&marks, |line, _| line.swap(3, 4))),
        (
            "in another cell",
            with_lines(&marks, |line, other| other.push(line.remove(3))),
        ),
        (
            "exchanged",
            with_lines(&marks, |line, other| {
                std::mem::swap(&mut line[3], &mut other[5]);
            }),
        ),
    ];
    for (what, page) in pages {
        assert!(!check::arranged(&marks, &page).faults.is_empty(), "{what}");
        let mut reading = empty_reading(1, None);
        let paper = Paper {
            number: 1,
            turn: Turn::default(),
        };
        let sheet = append::finish(&marks, &Drawn::of(&marks), paper, page, &mut reading);
        reading.sheets.push(sheet);
        assert!(
            reading
                .notes
                .iter()
                .any(|note| note.code == "text-not-conserved"),
            "{what}"
        );
        if what == "deleted" {
            // What was lost stands outside the grids again, and the account adds up.
            assert_eq!(coverage_of_sheets(&reading).1, []);
        }
    }
}

/// What the page's check and the ledger say of a finished reading that was changed afterwards.
fn is_caught(marks: &Marks, change: impl FnOnce(&mut Reading)) -> bool {
    let mut reading = empty_reading(1, None);
    let paper = Paper {
        number: 1,
        turn: Turn::default(),
    };
    let page = arrange(marks);
    let sheet = append::finish(marks, &Drawn::of(marks), paper, page.clone(), &mut reading);
    reading.sheets.push(sheet);
    change(&mut reading);
    let sheet = &reading.sheets[0];
    let page_check = check::sheet(marks, paper, &page, sheet, &reading, 0);
    !page_check.is_empty() || !coverage_of_sheets(&reading).1.is_empty()
}

#[test]
fn a_character_deleted_doubled_or_moved_on_the_sheet_is_caught() {
    let Some(marks) = first_page() else { return };
    assert!(!is_caught(&marks, |_| {}));
    assert!(is_caught(&marks, |reading| {
        reading.text.remove(0);
    }));
    assert!(is_caught(&marks, |reading| {
        let first = reading.text.chars().next().unwrap();
        reading.text.insert(0, first);
    }));
    assert!(is_caught(&marks, |reading| {
        let mut characters: Vec<char> = reading.text.chars().collect();
        characters.swap(0, 1);
        reading.text = characters.into_iter().collect();
    }));
    let cells = |reading: &mut Reading,
                 change: fn(&mut crate::sheet::Line, &mut crate::sheet::Line)| {
        let grid = reading.sheets[0]
            .blocks
            .iter_mut()
            .find_map(|block| match block {
                Block::Grid(grid) => Some(grid),
                Block::Line(_) => None,
            });
        let mut lines = grid
            .unwrap()
            .cells
            .iter_mut()
            .filter_map(|cell| cell.lines.first_mut());
        let (a, b) = (lines.next().unwrap(), lines.next().unwrap());
        change(a, b);
    };
    assert!(is_caught(&marks, |reading| cells(reading, |a, b| {
        std::mem::swap(&mut a.range, &mut b.range);
    })));
    assert!(is_caught(&marks, |reading| cells(reading, |a, b| b
        .range =
        a.range)));
    assert!(is_caught(&marks, |reading| cells(reading, |a, _| a
        .range
        .start =
        a.range.end)));
}
