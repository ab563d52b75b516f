//! Text exports of document readers -> grids of tab-separated or barred rows, and lines of prose.

mod markup;
mod tell;

use super::limits;
use crate::error::Error;
use crate::ledger;
use crate::note::{Note, What};
use crate::place::Place;
use crate::sheet::{
    AsideClass, Block, Cell, CellValue, Format, Grid, Line, LineEnd, Reading, Ruby, SetAside,
    Sheet, TextRange,
};
use crate::text::setting::numbers;
use markup::{Part, Shown};
pub(super) use tell::is_export;

/// Reads a decoded text export.
///
/// # Errors
/// It has more cells than are read.
pub(super) fn read(text: &str) -> Result<Reading, Error> {
    let mut export = Export {
        reading: Reading {
            format: Format::Text,
            producer: None,
            pages: 1,
            text: String::with_capacity(text.len()),
            source_characters: ledger::count(text),
            sheets: Vec::new(),
            set_aside: Vec::new(),
            notes: Vec::new(),
        },
        blocks: Vec::new(),
        grid: None,
        cells: 0,
        gaiji: std::collections::BTreeSet::new(),
    };
    for (line, number) in text.lines().zip(1..) {
        // A page's end stands before the line that begins the next page.
        export.line(line.trim_start_matches('\u{c}'), number)?;
    }
    export.end_grid();
    export.reading.sheets.push(Sheet {
        blocks: export.blocks,
        ..Sheet::default()
    });
    Ok(export.reading)
}

struct Export {
    reading: Reading,
    blocks: Vec<Block>,
    /// The table that the lines before stand in.
    grid: Option<Grid>,
    cells: usize,
    gaiji: std::collections::BTreeSet<char>,
}

impl Export {
    fn line(&mut self, line: &str, number: u32) -> Result<(), Error> {
        let place = Place::Line { line: number };
        self.note_gaiji(line, &place);
        if line.trim().is_empty() {
            self.end_grid();
        } else if let Some(cells) = barred(line) {
            self.barred_row(line, &cells, &place)?;
        } else if line.contains('\t') {
            let cells: Vec<&str> = line.split('\t').collect();
            self.row(&cells, &place)?;
        } else {
            self.end_grid();
            self.prose(line, &place);
        }
        Ok(())
    }

    fn prose(&mut self, line: &str, place: &Place) {
        for shown in markup::prose(line) {
            if let Some(line) = self.shown(&shown, place) {
                self.blocks.push(Block::Line(line));
            }
        }
    }

    /// A row of a Markdown table; the bars are markup, and so is the row of hyphens below the headings.
    fn barred_row(&mut self, line: &str, cells: &[&str], place: &Place) -> Result<(), Error> {
        if tell::is_rule(line) {
            self.aside(line, place);
            return Ok(());
        }
        self.row(cells, place)?;
        let bars: String = line
            .chars()
            .filter(|&c| c == '|')
            .take(cells.len() + 1)
            .collect();
        self.aside(&bars, place);
        Ok(())
    }

    fn row(&mut self, cells: &[&str], place: &Place) -> Result<(), Error> {
        self.cells += cells.len();
        if self.cells > limits::CELLS {
            return Err(super::container::limit(
                "セルの数",
                "the number of cells",
                limits::CELLS as u64,
            ));
        }
        let mut grid = self.grid.take().unwrap_or_else(|| Grid {
            rows: 0,
            columns: 0,
            cells: Vec::new(),
            place: place.clone(),
            title_rows: None,
            open_below: false,
            open_above: false,
            across_pages: false,
            evidence: None,
        });
        grid.rows += 1;
        grid.columns = grid.columns.max(cells.len() as u32);
        for (cell, column) in cells.iter().zip(1..) {
            let shown = markup::cell(cell);
            self.note_losses(cell, &shown, place);
            let lines: Vec<Line> = shown
                .iter()
                .filter_map(|shown| self.shown(shown, place))
                .collect();
            if !lines.is_empty() {
                grid.cells.push(Cell {
                    row: grid.rows,
                    column,
                    rows: 1,
                    columns: 1,
                    lines,
                    value: CellValue::Text,
                    place: place.clone(),
                    edges: None,
                });
            }
        }
        self.grid = Some(grid);
        Ok(())
    }

    fn end_grid(&mut self) {
        if let Some(grid) = self.grid.take().filter(|grid| !grid.cells.is_empty()) {
            self.blocks.push(Block::Grid(grid));
        }
    }

    /// Puts a line's characters into the text: what is shown, then its readings and its markup.
    fn shown(&mut self, shown: &Shown<'_>, place: &Place) -> Option<Line> {
        let start = self.reading.text.len() as u32;
        let mut bases: Vec<(usize, &str)> = Vec::new();
        let mut is_raised = false;
        for part in &shown.parts {
            match part {
                Part::Text(text) => {
                    // 10^{3} is no 103.
                    let before = self.reading.text.get(start as usize..).unwrap_or_default();
                    if is_raised && numbers::meet(before, text) {
                        self.reading.text.push(' ');
                        let note = Note::new(What::RaisedDigits).at(Some(place.clone()));
                        self.reading.notes.push(note.about(shown.text()));
                    }
                    self.reading.text.push_str(text);
                }
                Part::Ruby(reading) => bases.push((self.reading.text.len(), reading)),
                Part::Markup(_) => {}
            }
            is_raised = matches!(part, Part::Markup(markup) if markup::raises(markup));
        }
        let range = trimmed(&self.reading.text, start);
        let mut ruby = Vec::new();
        for (at, reading) in bases {
            let base = self
                .reading
                .text
                .get(start as usize..at)
                .and_then(|before| before.chars().next_back())
                .map_or(0, char::len_utf8);
            ruby.push(Ruby {
                base: TextRange {
                    start: (at - base) as u32,
                    end: at as u32,
                },
                reading: self.push(reading),
            });
        }
        for part in &shown.parts {
            if let Part::Markup(markup) = part {
                self.aside(markup, place);
            }
        }
        // Text of one line ends before that of the next.
        self.reading.text.push('\n');
        let blank = range.of(&self.reading.text).trim().is_empty();
        (!blank).then(|| Line {
            range,
            ends: LineEnd::Break,
            place: place.clone(),
            ruby,
            room: None,
        })
    }

    fn push(&mut self, text: &str) -> TextRange {
        let start = self.reading.text.len() as u32;
        self.reading.text.push_str(text);
        TextRange {
            start,
            end: self.reading.text.len() as u32,
        }
    }

    fn aside(&mut self, markup: &str, place: &Place) {
        let range = self.push(markup);
        self.reading.set_aside.push(SetAside {
            class: AsideClass::Markup,
            range,
            place: Some(place.clone()),
        });
    }

    /// What the export lost of a cell: the items of a list that only spaces divide, the end of a paragraph
    /// that became a space, wraps that became spaces.
    fn note_losses(&mut self, cell: &str, shown: &[Shown<'_>], place: &Place) {
        let losses = shown
            .iter()
            .filter_map(|line| markup::loss(&line.text(), line.in_list));
        // One note a cell, on the gravest loss.
        let Some(gravest) = losses.min() else {
            return;
        };
        let what = match gravest {
            markup::Loss::Items => What::ItemsNotSeparated,
            markup::Loss::Wraps => What::SpacesKept,
        };
        self.reading
            .notes
            .push(Note::new(what).at(Some(place.clone())).about(cell.trim()));
    }

    /// Notes each private-use character (外字) where it stands first.
    fn note_gaiji(&mut self, line: &str, place: &Place) {
        let private = |c: &char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}');
        for character in line.chars().filter(private) {
            if self.gaiji.insert(character) {
                let what = What::PrivateUse {
                    code: format!("U+{:04X}", u32::from(character)),
                };
                self.reading
                    .notes
                    .push(Note::new(what).at(Some(place.clone())).about(line));
            }
        }
    }
}

/// What was written from `start` on, without the white space around it.
fn trimmed(text: &str, start: u32) -> TextRange {
    let written = text.get(start as usize..).unwrap_or_default();
    let lead = written.len() - written.trim_start().len();
    let start = start + lead as u32;
    TextRange {
        start,
        end: start + written.trim().len() as u32,
    }
}

/// The cells of a Markdown table's row: it begins and ends with a bar.
fn barred(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(reading: &Reading) -> Vec<String> {
        let mut lines = Vec::new();
        for block in &reading.sheets[0].blocks {
            match block {
                Block::Line(line) => lines.push(line.range.of(&reading.text).to_owned()),
                Block::Grid(grid) => {
                    for cell in &grid.cells {
                        let of = |line: &Line| line.range.of(&reading.text).to_owned();
                        let texts: Vec<String> = cell.lines.iter().map(of).collect();
                        lines.push(format!("{},{} {}", cell.row, cell.column, texts.join("/")));
                    }
                }
            }
        }
        lines
    }

    fn conserved(reading: &Reading) {
        let (coverage, breaches) = ledger::coverage_of_sheets(reading);
        assert!(breaches.is_empty(), "{breaches:?}");
        assert_eq!(coverage.unplaced, 0, "{}", reading.text);
    }

    #[test]
    fn rows_and_prose_stand_in_order() {
        let reading =
            read("表題\n\n番号\t項目\t\n1\t・甲を行う。 ・乙を行う。\t課\n注記\n").unwrap();
        assert_eq!(
            lines(&reading),
            [
                "表題",
                "1,1 番号",
                "1,2 項目",
                "2,1 1",
                "2,2 ・甲を行う。/・乙を行う。",
                "2,3 課",
                "注記"
            ]
        );
        conserved(&reading);
    }

    #[test]
    fn markup_is_set_aside_and_readings_belong_to_their_kanji() {
        let reading = read("- ・強靱^{じん}な**まち**を築く。\n| 番号 | 項目 |\n|---|---|\n| 1 | <p>甲</p> <p>乙</p> |\n").unwrap();
        assert_eq!(
            lines(&reading),
            [
                "・強靱なまちを築く。",
                "1,1 番号",
                "1,2 項目",
                "2,1 1",
                "2,2 甲/乙"
            ]
        );
        let Block::Line(line) = &reading.sheets[0].blocks[0] else {
            panic!()
        };
        assert_eq!(line.ruby[0].base.of(&reading.text), "靱");
        assert_eq!(line.ruby[0].reading.of(&reading.text), "じん");
        conserved(&reading);
    }

    #[test]
    fn items_divided_only_by_spaces_stay_one_and_are_noted() {
        let reading = read("1\t<ul style=\"x\"> 研修の実施 手引の作成 </ul>\t年度末\n").unwrap();
        assert_eq!(lines(&reading)[1], "1,2 研修の実施 手引の作成");
        assert_eq!(reading.notes[0].code, "items-not-separated");
        conserved(&reading);
    }
}
