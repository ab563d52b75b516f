//! Conservation from sheets to documents: what each character became, proven on the finished documents.

use std::collections::HashSet;

use crate::document::policy::Section;
use crate::document::value::Sourced;
use crate::document::{Coverage, Document};
use crate::ledger::{Breach, Class, Ledger};
use crate::note::{Note, What};
use crate::place::Place;
use crate::sheet::{Block, Line, Reading, Sheet, TextRange};
use crate::text;

/// Closes the account of a reading.
///
/// `claims` are characters that are in no value: headings, labels, page numbers. `shared` are cells that
/// are merged over several goals: their text counts once. `quoted` are sheets whose text a note quotes already.
pub(crate) fn close(
    reading: &Reading,
    documents: &[Document],
    claims: &[(Class, TextRange)],
    shared: &HashSet<TextRange>,
    quoted: &[usize],
) -> (Coverage, Vec<Note>) {
    let mut ledger = Ledger::open(reading);
    let places = Places::of(reading);
    for &(class, range) in claims {
        ledger.claim(class, range);
    }
    let mut seen: HashSet<TextRange> = HashSet::new();
    for document in documents {
        for section in sections(document) {
            check_section(section, reading, &places, &mut ledger);
            for &range in &section.origin {
                ledger.claim(Class::Documents, range);
            }
        }
        for value in values(document) {
            check_value(value, reading, &places, &mut ledger);
            for &range in value.origin() {
                if seen.insert(range) || !shared.contains(&range) {
                    ledger.claim(Class::Documents, range);
                }
            }
        }
        for range in label_ranges(document) {
            if seen.insert(range)
                || !shared
                    .iter()
                    .any(|cell| cell.start <= range.start && range.end <= cell.end)
            {
                ledger.claim(Class::Documents, range);
            }
        }
    }
    let quoted: HashSet<TextRange> = quoted
        .iter()
        .filter_map(|&sheet| reading.sheets.get(sheet))
        .flat_map(|sheet| lines(sheet).map(|(range, _)| range))
        .collect();
    let mut notes = unplaced_notes(reading, &places, &ledger, &quoted);
    let (coverage, breaches) = ledger.close();
    notes.extend(breaches.iter().map(breach_note));
    (coverage, notes)
}

fn values(document: &Document) -> Vec<&dyn Sourced> {
    match document {
        Document::GoalSheet(sheet) => sheet.values(),
        Document::Policy(policy) => policy.values(),
    }
}

/// The sections of a notice.
fn sections(document: &Document) -> Vec<&Section> {
    match document {
        Document::GoalSheet(_) => Vec::new(),
        Document::Policy(policy) => policy.all_sections(),
    }
}

/// A section says what its source characters say, but for the listed repairs, and stands where they do.
fn check_section(section: &Section, reading: &Reading, places: &Places, ledger: &mut Ledger<'_>) {
    let source = characters(&section.origin, reading).collect::<String>();
    let words = section.words();
    if !text::same_squashed(text::clean(&source).chars(), text::clean(&words).chars()) {
        ledger.report(Breach::Altered(words));
    }
    check_places(&section.origin, &section.places, reading, places, ledger);
}

/// The characters of indicators' labels.
fn label_ranges(document: &Document) -> Vec<TextRange> {
    match document {
        Document::GoalSheet(sheet) => sheet
            .goals
            .iter()
            .flat_map(|goal| &goal.indicators)
            .flat_map(|indicator| indicator.label_origin.iter().copied())
            .collect(),
        Document::Policy(_) => Vec::new(),
    }
}

/// A value's raw is its source characters; its text is its raw but for the listed repairs; its characters
/// stand where it says.
fn check_value(value: &dyn Sourced, reading: &Reading, places: &Places, ledger: &mut Ledger<'_>) {
    if value.origin().is_empty() {
        return;
    }
    let source = characters(value.origin(), reading);
    let lines = value.origin().iter().map(|range| range.of(&reading.text));
    // Whole lines are compared faster than characters, and are nearly always the same.
    if !lines.eq(value.raw().split('\n')) && !text::same_squashed(source, value.raw().chars()) {
        ledger.report(Breach::Altered(value.raw().to_owned()));
    }
    if let Some(shown) = value.text() {
        let repaired = text::clean(value.raw());
        let blocks = shown.blocks.iter().flat_map(|block| {
            let mark = block.mark.as_deref().unwrap_or_default();
            mark.chars().chain(block.text.chars())
        });
        if shown.text != repaired && !text::same_squashed(shown.text.chars(), repaired.chars())
            || !text::same_squashed(blocks, repaired.chars())
        {
            ledger.report(Breach::Altered(value.raw().to_owned()));
        }
    }
    check_places(value.origin(), value.places(), reading, places, ledger);
}

/// The source characters of ranges.
fn characters<'a>(
    ranges: &'a [TextRange],
    reading: &'a Reading,
) -> impl Iterator<Item = char> + 'a {
    ranges
        .iter()
        .flat_map(|range| range.of(&reading.text).chars())
}

/// Characters stand where their value says.
fn check_places(
    origin: &[TextRange],
    named: &[Place],
    reading: &Reading,
    places: &Places,
    ledger: &mut Ledger<'_>,
) {
    for range in origin
        .iter()
        .filter(|range| !text::is_blank(range.of(&reading.text)))
    {
        let stands = places.of_range(*range);
        if stands.is_some_and(|stands| !named.iter().any(|place| place.holds(stands))) {
            ledger.report(Breach::Misplaced(range.of(&reading.text).to_owned()));
        }
    }
}

/// The lines of a block, in reading order.
pub(crate) fn block_lines(block: &Block) -> Vec<&Line> {
    match block {
        Block::Line(line) => vec![line],
        Block::Grid(grid) => grid.cells.iter().flat_map(|cell| &cell.lines).collect(),
    }
}

/// The lines of a sheet with their places, in reading order.
pub(crate) fn lines(sheet: &Sheet) -> impl Iterator<Item = (TextRange, &Place)> {
    sheet
        .blocks
        .iter()
        .flat_map(|block| -> Vec<(TextRange, &Place)> {
            match block {
                Block::Line(line) => vec![(line.range, &line.place)],
                Block::Grid(grid) => {
                    let lines = grid.cells.iter().flat_map(|cell| &cell.lines);
                    lines.map(|line| (line.range, &line.place)).collect()
                }
            }
        })
}

/// Where each line of a reading stands, by its characters.
struct Places<'a>(Vec<(TextRange, &'a Place)>);

impl<'a> Places<'a> {
    fn of(reading: &'a Reading) -> Self {
        let mut lines: Vec<(TextRange, &Place)> = reading.sheets.iter().flat_map(lines).collect();
        lines.sort_by_key(|(range, _)| *range);
        Self(lines)
    }

    /// The line that has these characters, with its place.
    fn find(&self, range: TextRange) -> Option<&(TextRange, &'a Place)> {
        let after = self
            .0
            .partition_point(|(line, _)| line.start <= range.start);
        self.0
            .get(after.checked_sub(1)?)
            .filter(|(line, _)| range.end <= line.end)
    }

    /// The place of the line that has these characters.
    fn of_range(&self, range: TextRange) -> Option<&'a Place> {
        self.find(range).map(|(_, place)| *place)
    }

    /// The line that has these characters.
    fn line_of(&self, range: TextRange) -> Option<TextRange> {
        self.find(range).map(|(line, _)| *line)
    }
}

/// Everything that nothing claims, quoted.
fn unplaced_notes(
    reading: &Reading,
    places: &Places,
    ledger: &Ledger<'_>,
    quoted_already: &HashSet<TextRange>,
) -> Vec<Note> {
    let whole = TextRange {
        start: 0,
        end: reading.text.len() as u32,
    };
    let mut notes: Vec<Note> = Vec::new();
    let mut last: Option<&Place> = None;
    for part in ledger
        .open_parts(whole)
        .into_iter()
        .flat_map(|part| lines_of(part, places))
    {
        let place = places.of_range(part);
        if places
            .line_of(part)
            .is_some_and(|line| quoted_already.contains(&line))
        {
            continue;
        }
        let quoted = part.of(&reading.text);
        // Lines of one cell are one note.
        if let Some(note) = notes
            .last_mut()
            .filter(|_| place.is_some() && place == last)
            && let Some(text) = &mut note.text
        {
            text.push('\n');
            text.push_str(quoted);
        } else {
            notes.push(
                Note::new(What::UnplacedText)
                    .at(place.cloned())
                    .about(quoted),
            );
        }
        last = place;
    }
    notes
}

/// A range of unclaimed text, line by line.
fn lines_of(part: TextRange, places: &Places) -> Vec<TextRange> {
    let first = places.0.partition_point(|(line, _)| line.end <= part.start);
    let lines: Vec<TextRange> = places.0[first.min(places.0.len())..]
        .iter()
        .take_while(|(line, _)| line.start < part.end)
        .map(|(line, _)| TextRange {
            start: line.start.max(part.start),
            end: line.end.min(part.end),
        })
        .filter(|line| !line.is_empty())
        .collect();
    if lines.is_empty() { vec![part] } else { lines }
}

fn breach_note(breach: &Breach) -> Note {
    let detail = match breach {
        Breach::Doubled(text) => format!("doubled: {text}"),
        Breach::Altered(text) => format!("altered: {text}"),
        Breach::Misplaced(text) => format!("misplaced: {text}"),
        Breach::Miscounted { counted, held } => format!("counted {counted}, held {held}"),
    };
    Note::new(What::TextNotConserved { detail })
}

#[cfg(test)]
mod tests {
    //! One character deleted, doubled or moved after each stage: each must show.

    use super::*;
    use crate::document::Source;
    use crate::layout::choose::Choice;
    use crate::layout::{ImportOptions, Layouts, documents};
    use crate::read::{ReadOptions, read};
    use crate::sheet::Line;

    /// The sheet that page breaks cut in two rows.
    fn reading() -> Reading {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/fixtures/kokubunji/r4_rksj_pdf/input.pdf"
        );
        read(&std::fs::read(path).unwrap(), &ReadOptions::default()).unwrap()
    }

    /// The codes of notes that say that text is lost or the account does not add up.
    fn alarms(reading: &Reading, change: impl FnOnce(&mut Vec<Document>)) -> Vec<String> {
        let source = Source {
            file: String::new(),
            sha256: String::new(),
            bytes: 0,
            format: String::new(),
            pages: 0,
            producer: None,
        };
        let mut found = documents(
            reading,
            &source,
            &Choice::of(&Layouts::default()),
            &ImportOptions::default(),
        )
        .unwrap();
        change(&mut found.documents);
        let (_, notes) = close(
            reading,
            &found.documents,
            &found.claims,
            &found.shared,
            &found.unrecognised,
        );
        notes.into_iter().map(|note| note.code).collect()
    }

    fn some_lines(reading: &mut Reading) -> Vec<&mut Line> {
        let blocks = reading
            .sheets
            .iter_mut()
            .flat_map(|sheet| &mut sheet.blocks);
        let cells = blocks.filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            Block::Line(_) => None,
        });
        cells
            .flat_map(|grid| &mut grid.cells)
            .flat_map(|cell| &mut cell.lines)
            .filter(|line| line.range.end - line.range.start > 30)
            .collect()
    }

    fn goals(documents: &mut [Document]) -> &mut Vec<crate::document::Goal> {
        match &mut documents[0] {
            Document::GoalSheet(sheet) => &mut sheet.goals,
            Document::Policy(_) => panic!("a goal sheet"),
        }
    }

    #[test]
    fn nothing_alarms_when_nothing_is_changed() {
        assert_eq!(alarms(&reading(), |_| {}), Vec::<String>::new());
    }

    #[test]
    fn changes_after_reading_show() {
        let mut deleted = reading();
        some_lines(&mut deleted)[3].range.start += 3;
        assert_eq!(alarms(&deleted, |_| {}), ["unplaced-text"]);

        let mut doubled = reading();
        some_lines(&mut doubled)[3].range.end += 3;
        assert!(alarms(&doubled, |_| {}).contains(&"text-not-conserved".to_owned()));

        let mut moved = reading();
        let mut lines = some_lines(&mut moved);
        let (a, b) = (lines[3].range, lines[6].range);
        lines[3].range = b;
        lines[6].range = a;
        assert!(alarms(&moved, |_| {}).contains(&"text-not-conserved".to_owned()));

        let mut lost = reading();
        while !lost.text.pop().is_some_and(crate::text::counts) {}
        assert!(alarms(&lost, |_| {}).contains(&"text-not-conserved".to_owned()));
    }

    #[test]
    fn changes_after_layout_show() {
        let reading = reading();
        let conserved = |codes: Vec<String>| !codes.iter().any(|code| code == "text-not-conserved");
        let level =
            |documents: &mut Vec<Document>, at: usize| goals(documents)[at].level.clone().unwrap();

        assert!(!conserved(alarms(&reading, |documents| {
            let text = goals(documents)[2].level.as_mut().unwrap();
            text.raw.pop();
        })));
        assert!(!conserved(alarms(&reading, |documents| {
            let text = goals(documents)[2].level.as_mut().unwrap();
            let last = text.text.pop().unwrap();
            text.text.insert(0, last);
        })));
        assert!(!conserved(alarms(&reading, |documents| {
            goals(documents)[2].level.as_mut().unwrap().blocks[0]
                .text
                .push('々');
        })));
        assert!(!conserved(alarms(&reading, |documents| {
            let again = goals(documents)[2].clone();
            goals(documents).push(again);
        })));
        assert!(!conserved(alarms(&reading, |documents| {
            let (mut a, mut b) = (level(documents, 1), level(documents, 2));
            std::mem::swap(&mut a.places, &mut b.places);
            goals(documents)[1].level = Some(b);
            goals(documents)[2].level = Some(a);
        })));
        assert!(
            alarms(&reading, |documents| goals(documents)[2].level = None)
                .contains(&"unplaced-text".to_owned())
        );
    }
}
