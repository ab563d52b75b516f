//! What no table claimed on a sheet -> rows of a table that goes on without headings, remarks, or a sheet of which
//! nothing is known.

use super::super::parts::{Part, fits, part_rows};
use super::super::passage::Passage;
use super::super::rows::{Side, Stretch};
use super::super::table::Table;
use super::Walk;
use crate::sheet::{Block, Grid, Sheet};
use crate::text;

impl<'a> Walk<'a, '_> {
    /// What no table claimed on this sheet: rows of a table that goes on without headings, remarks, or
    /// nothing that is known.
    pub(super) fn end_of_sheet(&mut self, sheet: &Sheet, drafts_before: usize, rows_before: usize) {
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
    pub(super) fn fits(&self, grid: &Grid) -> bool {
        self.flow
            .drafts
            .last()
            .is_some_and(|draft| fits(grid, &draft.columns))
    }
}
