//! A grid that no layout knows -> goals, if its headings, found by form and words, are those of a list of goals.

use super::super::bands::Band;
use super::super::infer::{self, Context, Slot};
use super::super::join;
use super::super::known::GENERIC;
use super::super::parts::Part;
use super::super::passage::Passage;
use super::super::rows::Columns;
use super::super::table::Table;
use super::{Below, Walk};
use crate::sheet::{Block, Grid};

impl<'a> Walk<'a, '_> {
    /// The rows of a grid from `from` to `to`, of which no layout knows the headings.
    pub(super) fn unknown(&mut self, grid: &'a Grid, table: &Table<'a>, from: u32, to: u32) {
        let text = &self.reading.text;
        let bands = infer::band::bands(table, (from, to), self.unknown_headings(), text);
        let Some(first) = bands.first() else {
            self.leave(grid, table, from, to);
            return;
        };
        if first.top > from {
            self.push_rows(table, from, first.top - 1);
        }
        for (at, band) in bands.iter().enumerate() {
            let next = bands.get(at + 1);
            let end = next.map_or(to, |next| next.top - 1);
            let below = Below {
                grid,
                table,
                band,
                end,
                another_follows: next.is_some(),
            };
            self.unknown_band(&below);
        }
    }

    /// The headings of the current document, if no layout knows them.
    fn unknown_headings(&self) -> Option<&[super::super::bands::Headed]> {
        let draft = self
            .flow
            .drafts
            .last()
            .filter(|draft| draft.layout.name == GENERIC);
        draft.map(|draft| draft.columns.headed.as_slice())
    }

    /// Keeps rows for what follows.
    fn leave(&mut self, grid: &'a Grid, table: &Table<'a>, from: u32, to: u32) {
        if from == 1 && to == u32::MAX {
            self.pending.push(Part::Grid(grid));
        } else {
            self.push_rows(table, from, to);
        }
    }

    fn unknown_band(&mut self, below: &Below<'a, '_>) {
        let parts = self.parts(self.pending.iter());
        let columns = self
            .read_again(below.band)
            .or_else(|| self.read(below, &parts));
        match (columns, self.choice.any_town()) {
            (Some(columns), Some(layout)) => {
                self.pending.clear();
                self.place(below, layout, columns, &parts);
            }
            _ => self.push_rows(below.table, below.band.top, below.end),
        }
    }

    /// The columns of the current document, if these are its headings again.
    fn read_again(&self, band: &Band) -> Option<Columns> {
        let draft = self
            .flow
            .drafts
            .last()
            .filter(|draft| draft.layout.name == GENERIC)?;
        let same = join::same_headings(&draft.columns.headed, &band.columns, &self.reading.text);
        same.then(|| Columns {
            headed: band.columns.clone(),
            matches: draft.columns.matches.clone(),
        })
    }

    /// The columns of a list of goals.
    fn read(&self, below: &Below<'a, '_>, parts: &[Vec<Passage>]) -> Option<Columns> {
        let text = &self.reading.text;
        let mut slots: Vec<Slot> = infer::slots(below.table, below.band, below.end, text);
        self.add_later_pages(&mut slots, below.band);
        let fiscal_year = infer::sheet_year(infer::year_above(parts, text), &slots);
        let context = Context {
            fiscal_year,
            weights: &self.choice.weights,
        };
        let matches = infer::matches(&slots, &context, infer::titles(parts, text))?;
        Some(Columns {
            matches,
            headed: below.band.columns.clone(),
        })
    }
}

impl Walk<'_, '_> {
    /// Adds what stands under the same headings on the pages that follow: one page of a table may hold a single goal.
    fn add_later_pages(&self, slots: &mut [Slot], band: &Band) {
        const PAGES: usize = 20;
        let text = &self.reading.text;
        for sheet in self.reading.sheets.iter().skip(self.sheet + 1).take(PAGES) {
            let grids = sheet.blocks.iter().filter_map(|block| match block {
                Block::Grid(grid) => Some(Table::of(grid, text)),
                Block::Line(_) => None,
            });
            let mut again = false;
            for table in grids {
                let rows: Vec<u32> = table.rows().collect();
                if let Some(band) = infer::band::again(&table, &rows, &band.columns, text) {
                    again = true;
                    infer::add(slots, &infer::slots(&table, &band, u32::MAX, text));
                }
            }
            if !again {
                break;
            }
        }
    }
}
