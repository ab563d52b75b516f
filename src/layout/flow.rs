//! Pages and worksheets in reading order -> drafts of documents: where each begins, goes on and ends.

use std::collections::BTreeSet;

use super::changed;
use super::choose::Choice;
use super::definition::Layout;
use super::find::{self, Band};
use super::forms::{self, Head, Labels};
use super::furniture;
use super::join::{self, Boundary};
use super::parts::{
    Part, begins_document, fits, head_start, heading_ranges, numbers_go_on, part_rows,
};
use super::passage::Passage;
use super::rows::{Columns, Row, Rows, Side, Stretch};
use super::table::Table;
use crate::document::Field;
use crate::ledger::Class;
use crate::note::{Note, What};
use crate::sheet::{Block, Grid, Reading, Sheet, TextRange};
use crate::text;

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

/// What stands above a table that goes on.
struct Again {
    /// Running titles and labels, proven equal to the first ones.
    furniture: Vec<TextRange>,
    /// Remarks.
    rest: Vec<Passage>,
}

/// Everything that the flow found.
#[derive(Debug, Default)]
pub(crate) struct Flow<'a> {
    pub drafts: Vec<Draft<'a>>,
    /// What became of text that is in no draft: page numbers, repeated headings.
    pub claims: Vec<(Class, TextRange)>,
    /// Sheets with text of which nothing was recognised.
    pub unrecognised: Vec<usize>,
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
            continue;
        }
        for (block_index, block) in sheet.blocks.iter().enumerate() {
            walk.block = block_index;
            match block {
                _ if taken.contains(&(index, block_index)) => {}
                Block::Line(line) if walk.numbers.contains(&(index, block_index)) => {
                    walk.flow.claims.push((Class::Furniture, line.range));
                }
                Block::Line(line) => walk.line(line),
                Block::Grid(grid) => walk.grid(grid),
            }
        }
        walk.end_of_sheet(sheet, recognised_before, rows_before);
    }
    walk.flow
}

pub(super) struct Walk<'a, 'c> {
    pub(super) reading: &'a Reading,
    pub(super) choice: &'c Choice<'a>,
    /// Lines that are page numbers: sheet and block.
    pub(super) numbers: BTreeSet<(usize, usize)>,
    pub(super) flow: Flow<'a>,
    pub(super) pending: Vec<Part<'a>>,
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
        let bands = find::bands(&table, text, &self.choice.vocabulary);
        if bands.is_empty() {
            self.pending.push(Part::Grid(grid));
            return;
        }
        let first = bands.first().map_or(1, |band| band.top);
        self.push_rows(&table, 1, first.saturating_sub(1));
        for (at, band) in bands.iter().enumerate() {
            let end = bands.get(at + 1).map_or(u32::MAX, |next| next.top - 1);
            self.band(grid, &table, band, end, bands.get(at + 1).is_some());
        }
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
    ) {
        let text = &self.reading.text;
        let pending = std::mem::take(&mut self.pending);
        let parts: Vec<Vec<Passage>> = pending
            .iter()
            .flat_map(|part| part_rows(part, text))
            .collect();
        let Some(layout) = self.layout(band, &parts) else {
            self.pending = pending;
            self.push_rows(table, band.top, end);
            return;
        };
        let Some(headings) = self.choice.headings(layout) else {
            return;
        };
        let columns = Columns {
            headed: band.columns.clone(),
            matches: find::match_columns(band, headings),
        };
        let renamed = self.renamed(table, band, end);
        let (layout, columns) = renamed.unwrap_or((layout, columns));
        let Some(labels) = self.choice.labels(layout) else {
            return;
        };
        // Between two bands of one grid stand this table's rows, then the next one's head.
        let data_end = if another_follows {
            head_start(table, band.bottom + 1, end, labels, text)
        } else {
            end
        };
        let found = Stretch {
            table,
            columns: &columns,
            side: Side::SameGrid,
            from: band.bottom + 1,
            text,
        }
        .rows(data_end);
        let start = parts
            .iter()
            .position(|cells| begins_document(cells, labels, text));
        match self.again(labels, &columns, &parts, start, &found) {
            Some(again) => self.continue_with(grid, &columns, again, found),
            None if start.is_none() && self.goes_on_changed(labels, &columns, &found) => {
                self.continue_changed(grid, &columns, &parts, found);
            }
            None => self.begin(grid, labels, &parts, start, columns, found),
        }
        self.has_rows_here = true;
        if another_follows && data_end < end {
            self.push_rows(table, data_end + 1, end);
        }
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
            Some(draft) if !titled() => Some(draft.layout),
            _ => self.choice.layout(band, parts, text),
        }
    }

    /// A band that goes on the current draft although some of its headings are other words: most are the draft's, and
    /// the numbers go on. The other words are read as any town's.
    fn renamed(&self, table: &Table<'a>, band: &Band, end: u32) -> Option<(&'a Layout, Columns)> {
        let text = &self.reading.text;
        let draft = self.flow.drafts.last()?;
        let headings = self.choice.headings(draft.layout)?;
        let any_town = |layout: &&&Layout| layout.name == super::known::GENERIC;
        let generic = self.choice.layouts.iter().find(any_town);
        let generic = generic.and_then(|generic| self.choice.headings(generic))?;
        let columns = changed::renamed(&draft.columns, [headings, generic], band)?;
        let found = Stretch {
            table,
            columns: &columns,
            side: Side::SameGrid,
            from: band.bottom + 1,
            text,
        }
        .rows(end);
        let goes_on = changed::goes_on(&draft.columns, &draft.rows, &columns, &found.goals, text);
        (goes_on && draft.layout.name != super::known::GENERIC).then_some((draft.layout, columns))
    }

    /// What stands above a band that continues the current draft; `None` if it begins a document.
    ///
    /// It continues if its headings are equal, and either nothing above it begins a document, or what stands
    /// there is the draft's own title and labels again – running titles – and the numbers go on.
    fn again(
        &self,
        labels: &Labels<'_>,
        columns: &Columns,
        parts: &[Vec<Passage>],
        start: Option<usize>,
        found: &Rows,
    ) -> Option<Again> {
        let text = &self.reading.text;
        let draft = self.flow.drafts.last()?;
        if draft.layout.name != labels.layout.name
            || !join::same_headings(&draft.columns.headed, &columns.headed, text)
        {
            return None;
        }
        let Some(start) = start else {
            return Some(Again {
                furniture: Vec::new(),
                rest: parts.iter().flatten().cloned().collect(),
            });
        };
        let (before, head) = parts.split_at(start.min(parts.len()));
        let head = forms::read_head(head, labels, text);
        let same = |a: &Passage, b: &Passage| furniture::says_the_same(&a.raw(text), &b.raw(text));
        let same_title = match (&head.title, &draft.head.title) {
            (Some(a), Some(b)) => same(a, b),
            (None, _) => true,
            (Some(_), None) => false,
        };
        let same_values = head.values.iter().all(|(field, value)| {
            draft
                .head
                .values
                .get(field)
                .is_some_and(|known| same(known, value))
        });
        // Without numbers only the same labels with the same values say that the sheet is the same.
        let goes_on = match columns.of(Field::Number) {
            Some(number) => numbers_go_on(&draft.rows, &found.goals, number, text),
            None => !head.values.is_empty(),
        };
        if !same_title || !same_values || !goes_on {
            return None;
        }
        let values = head
            .title
            .iter()
            .chain(head.values.values())
            .flat_map(Passage::origin);
        Some(Again {
            furniture: values.chain(head.labels).collect(),
            rest: before.iter().flatten().cloned().chain(head.rest).collect(),
        })
    }

    /// Appends a table that goes on: its headings are repeated.
    fn continue_with(&mut self, grid: &Grid, columns: &Columns, again: Again, found: Rows) {
        let repeated = heading_ranges(columns)
            .into_iter()
            .map(|range| (Class::Repeated, range));
        let furniture = again
            .furniture
            .into_iter()
            .map(|range| (Class::Furniture, range));
        self.flow.claims.extend(repeated.chain(furniture));
        if let Some(draft) = self.flow.drafts.last_mut() {
            draft.rest.extend(again.rest);
        }
        self.append(grid, found);
    }

    /// Whether a table without a head goes on the current draft under other headings.
    fn goes_on_changed(&self, labels: &Labels<'_>, columns: &Columns, found: &Rows) -> bool {
        self.flow.drafts.last().is_some_and(|draft| {
            draft.layout.name == labels.layout.name
                && draft.layout.name != super::known::GENERIC
                && changed::goes_on(
                    &draft.columns,
                    &draft.rows,
                    columns,
                    &found.goals,
                    &self.reading.text,
                )
        })
    }

    /// Appends such a table.
    fn continue_changed(
        &mut self,
        grid: &Grid,
        columns: &Columns,
        parts: &[Vec<Passage>],
        mut found: Rows,
    ) {
        let Some(draft) = self.flow.drafts.last_mut() else {
            return;
        };
        let new = changed::new_headings(&draft.columns, columns, &self.reading.text);
        let (indices, claims) = changed::merge(&mut draft.columns, columns, &self.reading.text);
        for row in &mut found.goals {
            changed::move_cells(row, &indices);
        }
        draft.rest.extend(parts.iter().flatten().cloned());
        draft.notes.push(
            Note::new(What::HeadingsChanged)
                .at(Some(grid.place.clone()))
                .about(new),
        );
        self.flow.claims.extend(claims);
        self.append(grid, found);
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

    /// What no table claimed on this sheet: rows of a table that goes on without headings, remarks, or
    /// nothing that is known.
    fn end_of_sheet(&mut self, sheet: &Sheet, drafts_before: usize, rows_before: usize) {
        let text = &self.reading.text;
        let pending = std::mem::take(&mut self.pending);
        let worksheet = sheet.page.is_none();
        let touched = self.flow.drafts.len() > drafts_before
            || self.row_count() > rows_before
            || self.has_rows_here;
        if pending.is_empty() || self.cards(&pending) {
            return;
        }
        if !touched && self.is_of_another(&pending) {
            self.flow.unrecognised.push(self.sheet);
            return;
        }
        if self.flow.drafts.is_empty() || (worksheet && !touched) {
            self.flow.unrecognised.push(self.sheet);
            return;
        }
        let goes_on = touched
            || pending
                .iter()
                .any(|part| matches!(part, Part::Grid(grid) if self.fits(grid)));
        if !goes_on && pending.iter().any(|part| matches!(part, Part::Grid(_))) {
            self.flow.unrecognised.push(self.sheet);
            return;
        }
        for part in &pending {
            match part {
                Part::Grid(grid) if self.fits(grid) => {
                    let Some(draft) = self.flow.drafts.last() else {
                        continue;
                    };
                    let table = Table::of(grid, text);
                    let found = Stretch {
                        table: &table,
                        columns: &draft.columns,
                        side: if grid.across_pages {
                            Side::SameGrid
                        } else {
                            Side::OtherGrid
                        },
                        from: 1,
                        text,
                    }
                    .rows(u32::MAX);
                    self.append(grid, found);
                }
                part => {
                    let cells = part_rows(part, text).into_iter().flatten();
                    if let Some(draft) = self.flow.drafts.last_mut() {
                        draft.rest.extend(cells);
                    }
                }
            }
        }
    }

    /// Whether what no table claimed on a sheet is of a document that was not recognised: a title of its own stands
    /// there, or the sheet before is such a one with the same columns. Its heading is not to become a goal.
    fn is_of_another(&self, pending: &[Part<'a>]) -> bool {
        let text = &self.reading.text;
        let Some(draft) = self.flow.drafts.last() else {
            return false;
        };
        let title = draft
            .head
            .title
            .as_ref()
            .map(|title| text::squash(&title.raw(text)));
        let is_own = |cell: &Passage| {
            let said = text::squash(&cell.raw(text));
            title
                .as_ref()
                .is_some_and(|title| said.contains(title.as_str()) || title.contains(&said))
        };
        let has_title = pending
            .iter()
            .take_while(|part| !matches!(part, Part::Grid(grid) if self.fits(grid)))
            .flat_map(|part| part_rows(part, text))
            .filter(|cells| cells.len() <= 2)
            .flatten()
            .any(|cell| self.choice.is_title_of_any(&cell, text) && !is_own(&cell));
        let before = self
            .sheet
            .checked_sub(1)
            .filter(|before| self.flow.unrecognised.last() == Some(before));
        let follows_another = before
            .and_then(|before| self.reading.sheets.get(before))
            .is_some_and(|sheet| {
                sheet
                    .blocks
                    .iter()
                    .any(|block| matches!(block, Block::Grid(grid) if self.fits(grid)))
            });
        has_title || follows_another
    }

    /// Whether a grid without headings has the current table's columns.
    fn fits(&self, grid: &Grid) -> bool {
        self.flow
            .drafts
            .last()
            .is_some_and(|draft| fits(grid, &draft.columns))
    }
}
