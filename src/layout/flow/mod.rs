//! Pages and worksheets in reading order -> drafts of documents: where each begins, goes on and ends.

mod goes_on;
mod leftover;
mod margins;
mod unknown;

use std::collections::BTreeSet;

use super::bands::{self, Band};
use super::choose::Choice;
use super::definition::Layout;
use super::fields;
use super::forms::{self, Head, Labels};
use super::furniture;
use super::join::{self, Boundary};
use super::known::GENERIC;
use super::parts::{Part, begins_document, head_start, part_rows};
use super::passage::Passage;
use super::rows::{Columns, Row, Rows, Side, Stretch};
use super::table::Table;
use crate::ledger::Class;
use crate::note::Note;
use crate::sheet::{Block, Grid, Line, Reading, TextRange};

/// A document while it is put together.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub layout: &'a Layout,
    pub head: Head,
    pub columns: Columns,
    pub rows: Vec<Row>,
    /// Text after and beside the table.
    pub rest: Vec<Passage>,
    /// Index of the first sheet.
    pub sheet: usize,
    /// Index there of the table's block.
    pub block: usize,
    pub notes: Vec<Note>,
    /// Whether the last row stands at the end of its page.
    pub boundary: Boundary,
}

/// Everything that the flow found.
#[derive(Debug, Default)]
pub(crate) struct Flow<'a> {
    pub drafts: Vec<Draft<'a>>,
    /// What became of text that is in no draft: page numbers, repeated headings.
    pub claims: Vec<(Class, TextRange)>,
    /// Sheets with text of which nothing was recognised.
    pub unrecognised: Vec<usize>,
    /// What a person should know of the texts around the sheets.
    pub notes: Vec<Note>,
}

/// Reads the sheets in order, but for the blocks that notices have taken.
pub(crate) fn flow<'a>(
    reading: &'a Reading,
    choice: &Choice<'a>,
    taken: &BTreeSet<(usize, usize)>,
) -> Flow<'a> {
    let mut walk = Walk {
        reading,
        choice,
        numbers: furniture::page_numbers(reading),
        flow: Flow::default(),
        pending: Vec::new(),
        margins: Vec::new(),
        running: BTreeSet::new(),
        sheet: 0,
        block: 0,
        has_rows_here: false,
    };
    for (index, sheet) in reading.sheets.iter().enumerate() {
        walk.sheet = index;
        walk.has_rows_here = false;
        let recognised_before = walk.flow.drafts.len();
        let rows_before = walk.row_count();
        if walk.sheet_of_cards(sheet, taken) {
            walk.end_of_margins(recognised_before);
            continue;
        }
        for (block_index, block) in sheet.blocks.iter().enumerate() {
            walk.block = block_index;
            match block {
                _ if taken.contains(&(index, block_index)) => {}
                Block::Line(line) if line.in_margin() => walk.margins.push(line),
                Block::Line(line) if walk.numbers.contains(&(index, block_index)) => {
                    walk.flow.claims.push((Class::Furniture, line.range));
                }
                Block::Line(line) => walk.line(line),
                Block::Grid(grid) => walk.grid(grid),
            }
        }
        walk.end_of_sheet(sheet, recognised_before, rows_before);
        walk.end_of_margins(recognised_before);
    }
    walk.flow
}

/// A band of headings in its grid, and how far its rows go.
pub(super) struct Below<'a, 't> {
    grid: &'a Grid,
    table: &'t Table<'a>,
    band: &'t Band,
    end: u32,
    another_follows: bool,
}

pub(super) struct Walk<'a, 'c> {
    pub(super) reading: &'a Reading,
    pub(super) choice: &'c Choice<'a>,
    /// Lines that are page numbers: sheet and block.
    pub(super) numbers: BTreeSet<(usize, usize)>,
    pub(super) flow: Flow<'a>,
    pub(super) pending: Vec<Part<'a>>,
    /// Texts of page headers and footers of the sheet at hand.
    pub(super) margins: Vec<&'a Line>,
    /// Those that have their note.
    pub(super) running: BTreeSet<String>,
    pub(super) sheet: usize,
    pub(super) block: usize,
    /// Whether the current draft has rows on this sheet.
    pub(super) has_rows_here: bool,
}

impl<'a> Walk<'a, '_> {
    fn row_count(&self) -> usize {
        self.flow.drafts.last().map_or(0, |draft| draft.rows.len())
    }

    /// A line outside grids goes on the line before it where that wraps.
    fn line(&mut self, line: &'a crate::sheet::Line) {
        use crate::sheet::LineEnd;
        let passage = Passage::of_lines([line]);
        if let Some(Part::Cells(cells)) = self.pending.last_mut()
            && let [before] = cells.as_mut_slice()
            && before
                .lines
                .last()
                .is_some_and(|last| last.ends == LineEnd::Wrap)
        {
            before.append(passage);
        } else {
            self.pending.push(Part::Cells(vec![passage]));
        }
    }

    fn grid(&mut self, grid: &'a Grid) {
        let text = &self.reading.text;
        let table = Table::of(grid, text);
        let bands = bands::bands(&table, text, &self.choice.vocabulary);
        let Some(first) = bands.first() else {
            if self.fits(grid) {
                self.pending.push(Part::Grid(grid));
            } else {
                self.unknown(grid, &table, 1, u32::MAX);
            }
            return;
        };
        let layout = self.layout_below(&table, first);
        if layout.is_none() {
            self.unknown(grid, &table, 1, u32::MAX);
            return;
        }
        self.push_rows(&table, 1, first.top.saturating_sub(1));
        let mut of_first = layout;
        for (at, band) in bands.iter().enumerate() {
            let end = bands.get(at + 1).map_or(u32::MAX, |next| next.top - 1);
            let follows = bands.get(at + 1).is_some();
            self.band(grid, &table, band, end, follows, of_first.take());
        }
    }

    /// The layout of a grid's first band, with what stands above it; none for a sheet that no layout knows.
    fn layout_below(&self, table: &Table<'a>, band: &Band) -> Option<&'a Layout> {
        let above = Part::Rows {
            grid: table.grid,
            from: 1,
            to: band.top.saturating_sub(1),
        };
        let has_rows = table
            .rows_within(1, band.top.saturating_sub(1))
            .next()
            .is_some();
        let parts = self.parts(self.pending.iter().chain(has_rows.then_some(&above)));
        self.layout(band, &parts)
    }

    fn parts<'p>(&self, parts: impl Iterator<Item = &'p Part<'a>>) -> Vec<Vec<Passage>>
    where
        'a: 'p,
    {
        parts
            .flat_map(|part| part_rows(part, &self.reading.text))
            .collect()
    }

    /// Keeps rows of a grid for the next band's head.
    fn push_rows(&mut self, table: &Table<'a>, from: u32, to: u32) {
        if table.rows_within(from, to).next().is_some() {
            self.pending.push(Part::Rows {
                grid: table.grid,
                from,
                to,
            });
        }
    }

    /// A band of headings with the rows below it, up to `end`.
    fn band(
        &mut self,
        grid: &'a Grid,
        table: &Table<'a>,
        band: &Band,
        end: u32,
        another_follows: bool,
        first: Option<&'a Layout>,
    ) {
        let parts = self.parts(self.pending.iter());
        let Some(layout) = first.or_else(|| self.layout(band, &parts)) else {
            self.unknown(grid, table, band.top, end);
            return;
        };
        self.pending.clear();
        let Some(headings) = self.choice.headings(layout) else {
            return;
        };
        let columns = Columns {
            headed: band.columns.clone(),
            matches: fields::match_columns(band, headings),
        };
        let renamed = self.renamed(table, band, end);
        let (layout, columns) = renamed.unwrap_or((layout, columns));
        let below = Below {
            grid,
            table,
            band,
            end,
            another_follows,
        };
        self.place(&below, layout, columns, &parts);
    }

    /// Puts a band's rows where they belong: into a new document, or the current one.
    fn place(
        &mut self,
        below: &Below<'a, '_>,
        layout: &'a Layout,
        columns: Columns,
        parts: &[Vec<Passage>],
    ) {
        let text = &self.reading.text;
        let &Below {
            grid,
            table,
            band,
            end,
            another_follows,
        } = below;
        let Some(labels) = self.choice.labels(layout) else {
            return;
        };
        // Between two bands of one grid stand this table's rows, then the next one's head.
        let data_end = if another_follows {
            head_start(table, band.bottom + 1, end, labels, text)
        } else {
            end
        };
        let found = self.rows_below(table, band, &columns, data_end);
        let start = parts
            .iter()
            .position(|cells| begins_document(cells, labels, text));
        match self.again(labels, &columns, parts, start, &found) {
            Some(again) => self.continue_with(grid, &columns, again, found),
            None if start.is_none() && self.goes_on_changed(labels, &columns, &found) => {
                self.continue_changed(grid, &columns, parts, found);
            }
            None => self.begin(grid, labels, parts, start, columns, found),
        }
        self.has_rows_here = true;
        if another_follows && data_end < end {
            self.push_rows(table, data_end + 1, end);
        }
    }

    /// The rows below a band's headings, down to `end`.
    fn rows_below(&self, table: &Table<'_>, band: &Band, columns: &Columns, end: u32) -> Rows {
        Stretch {
            table,
            columns,
            side: Side::SameGrid,
            from: band.bottom + 1,
            text: &self.reading.text,
        }
        .rows(end)
    }

    /// The layout of a band: the current draft's if the headings are its own again and no title above them
    /// speaks for another, else the best one.
    fn layout(&self, band: &Band, parts: &[Vec<Passage>]) -> Option<&'a Layout> {
        let text = &self.reading.text;
        let again = self
            .flow
            .drafts
            .last()
            .filter(|draft| join::same_headings(&draft.columns.headed, &band.columns, text));
        let titled = || {
            parts
                .iter()
                .flatten()
                .any(|cell| self.choice.is_title(cell, text))
        };
        match again {
            Some(draft) if !titled() && draft.layout.name != GENERIC => Some(draft.layout),
            _ => self.choice.layout(band, parts, text),
        }
    }

    /// Begins a document with the parts above its table.
    fn begin(
        &mut self,
        grid: &Grid,
        labels: &Labels<'a>,
        parts: &[Vec<Passage>],
        start: Option<usize>,
        columns: Columns,
        found: Rows,
    ) {
        // What stands before the title on a page where the table before still has rows is that table's.
        let own = if self.has_rows_here {
            start.unwrap_or(0)
        } else {
            0
        };
        let (tail, head) = parts.split_at(own.min(parts.len()));
        if let Some(draft) = self.flow.drafts.last_mut() {
            draft.rest.extend(tail.iter().flatten().cloned());
        }
        self.flow.drafts.push(Draft {
            layout: labels.layout,
            head: forms::read_head(head, labels, &self.reading.text),
            columns,
            rows: Vec::new(),
            rest: Vec::new(),
            sheet: self.sheet,
            block: self.block,
            notes: Vec::new(),
            boundary: Boundary::default(),
        });
        self.append(grid, found);
    }

    /// Appends rows to the current draft; the first may be the end of the last one.
    fn append(&mut self, grid: &Grid, found: Rows) {
        let text = &self.reading.text;
        let is_page = matches!(grid.place, crate::place::Place::Box { .. });
        let Some(draft) = self.flow.drafts.last_mut() else {
            return;
        };
        let boundary = Boundary {
            open_above: grid.open_above,
            ..draft.boundary
        };
        let mut goals = found.goals;
        if is_page
            && !goals.is_empty()
            && let Some(last) = draft.rows.last_mut()
        {
            let before = last.clone();
            let next = goals.remove(0);
            let apart =
                join::join_rows(last, next, boundary, &draft.columns, text, &mut draft.notes);
            let joined = usize::from(apart.is_none());
            goals.splice(0..0, apart);
            let (rows, tops) = ((&before, &*last), &found.top_cells);
            let joined = (joined, boundary);
            join::fill_cut_cells(rows, &mut goals, tops, joined, text, &mut draft.notes);
        }
        draft.rows.extend(goals);
        draft.rest.extend(found.rest);
        draft.notes.extend(found.notes);
        draft.boundary = Boundary {
            open_below: grid.open_below,
            open_above: false,
        };
    }
}
