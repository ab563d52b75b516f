//! Pages drawn by the tests: rules and text at given places, without a file.

use crate::read::pdf::append::{self, Paper};
use crate::read::pdf::empty_reading;
use crate::read::pdf::grids::rules::Drawn;
use crate::read::pdf::lines;
use crate::read::pdf::lines::measure;
use crate::read::pdf::lines::stacked;
use crate::read::pdf::lines::strikes;
use crate::read::pdf::marks::{Glyph, Ink, Marks, Point, Rect, Visibility};
use crate::read::pdf::page;
use crate::read::pdf::upright::Turn;
use crate::sheet::{Block, Grid, Line, LineEnd, Reading};

/// A page of 600 by 400 points that is drawn step by step.
pub(super) struct Sample {
    pub(super) marks: Marks,
    run: u32,
}

impl Sample {
    pub(super) fn new() -> Self {
        Self {
            marks: Marks {
                size: (600.0, 400.0),
                ..Marks::default()
            },
            run: 0,
        }
    }

    /// Text in one show operator from a point on its baseline; ASCII is half an em wide.
    pub(super) fn text(mut self, x: f32, y: f32, size: f32, text: &str) -> Self {
        self.run += 1;
        let mut x = x;
        for c in text.chars() {
            let width = if c.is_ascii() { size / 2.0 } else { size };
            self.glyph(c, Point { x, y }, Point { x: width, y: 0.0 }, size);
            x += width;
        }
        self
    }

    /// Text of a font in vertical writing mode, down from a point at its top.
    pub(super) fn down(mut self, x: f32, y: f32, size: f32, text: &str) -> Self {
        self.run += 1;
        for (at, c) in (0u8..).zip(text.chars()) {
            let origin = Point {
                x,
                y: y + f32::from(at) * size,
            };
            self.glyph(c, origin, Point { x: 0.0, y: size }, size);
            if let Some(glyph) = self.marks.glyphs.last_mut() {
                glyph.vertical = true;
            }
        }
        self
    }

    fn glyph(&mut self, c: char, origin: Point, advance: Point, size: f32) {
        let start = self.marks.text.len() as u32;
        self.marks.text.push(c);
        let text = (start, self.marks.text.len() as u32);
        let (vertical, run, visibility) = (false, self.run, Visibility::Visible);
        self.marks.glyphs.push(Glyph {
            text,
            origin,
            advance,
            size,
            vertical,
            run,
            visibility,
        });
        self.marks.decoded_characters += u64::from(!c.is_whitespace());
    }

    /// Hides the text drawn last.
    pub(super) fn hidden(mut self, visibility: Visibility) -> Self {
        let run = self.run;
        let last = self
            .marks
            .glyphs
            .iter_mut()
            .filter(|glyph| glyph.run == run);
        last.for_each(|glyph| glyph.visibility = visibility);
        self
    }

    /// Spreads the glyphs of the text drawn last: each stands this much farther on than the one before.
    pub(super) fn spread(mut self, by: f32) -> Self {
        let run = self.run;
        let mut shift = 0.0;
        for glyph in self
            .marks
            .glyphs
            .iter_mut()
            .filter(|glyph| glyph.run == run)
        {
            glyph.origin.x += shift;
            shift += by;
        }
        self
    }

    pub(super) fn line(mut self, x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        let (from, to) = (Point { x: x0, y: y0 }, Point { x: x1, y: y1 });
        self.marks.ink.push(Ink::Stroke {
            from,
            to,
            width: 0.5,
            lightness: 0.0,
        });
        self
    }

    /// Rules across from x = 10 to `right`, at these positions.
    pub(super) fn lines_across(self, right: f32, ys: &[f32]) -> Self {
        ys.iter()
            .fold(self, |sample, &y| sample.line(10.0, y, right, y))
    }

    /// A grey ground.
    pub(super) fn shaded(mut self, left: f32, top: f32, right: f32, bottom: f32) -> Self {
        let rect = Rect {
            left,
            top,
            right,
            bottom,
        };
        let lightness = 0.9;
        self.marks.ink.push(Ink::Fill { rect, lightness });
        self
    }

    /// Each cell of a row with a ground of its own.
    pub(super) fn shaded_cells(self, xs: &[f32], top: f32, bottom: f32) -> Self {
        xs.windows(2)
            .fold(self, |sample, x| sample.shaded(x[0], top, x[1], bottom))
    }

    /// Lines of ten points, each at a place.
    pub(super) fn texts(self, texts: &[(f32, f32, &str)]) -> Self {
        texts
            .iter()
            .fold(self, |sample, &(x, y, text)| sample.text(x, y, 10.0, text))
    }

    /// A table with rules at these positions.
    pub(super) fn table(mut self, xs: &[f32], ys: &[f32]) -> Self {
        let (left, right) = (xs[0], xs[xs.len() - 1]);
        let (top, bottom) = (ys[0], ys[ys.len() - 1]);
        for &y in ys {
            self = self.line(left, y, right, y);
        }
        for &x in xs {
            self = self.line(x, top, x, bottom);
        }
        self
    }

    /// Reads the page as one of several.
    pub(super) fn read(self) -> Reading {
        let mut reading = empty_reading(2, None);
        let paper = Paper {
            number: 1,
            turn: Turn::of(&self.marks),
        };
        let mut marks = paper.turn.upright(self.marks);
        marks.paints_spaces = lines::paints_spaces(&marks);
        let drawn = Drawn::of(&marks);
        strikes::mark(&mut marks, &drawn.rules);
        stacked::set_vertical(&mut marks, &drawn.rules);
        let arranged = page::arrange(
            &marks,
            &drawn,
            &mut measure::Margins::default(),
            LineEnd::Cut,
        );
        let sheet = append::finish(&marks, &drawn, paper, arranged, &mut reading);
        reading.sheets.push(sheet);
        let (_, breaches) = crate::ledger::coverage_of_sheets(&reading);
        assert_eq!(breaches, []);
        reading
    }
}

/// A line's text and end: `~` wrap, `|` break, `!` cut.
fn shown(reading: &Reading, line: &Line) -> String {
    let end = match line.ends {
        LineEnd::Wrap => '~',
        LineEnd::Break => '|',
        LineEnd::Cut => '!',
    };
    format!("{}{end}", line.range.of(&reading.text))
}

pub(super) fn grids(reading: &Reading) -> Vec<&Grid> {
    let blocks = reading.sheets.iter().flat_map(|sheet| &sheet.blocks);
    blocks
        .filter_map(|block| {
            if let Block::Grid(grid) = block {
                Some(grid)
            } else {
                None
            }
        })
        .collect()
}

/// The rows and columns of each grid.
pub(super) fn sizes(reading: &Reading) -> Vec<(u32, u32)> {
    let grids = grids(reading).into_iter();
    grids.map(|grid| (grid.rows, grid.columns)).collect()
}

/// The cells of all grids, each as its lines.
pub(super) fn cells(reading: &Reading) -> Vec<String> {
    let cells = grids(reading).into_iter().flat_map(|grid| &grid.cells);
    cells
        .map(|cell| cell.lines.iter().map(|line| shown(reading, line)).collect())
        .collect()
}

/// The lines outside grids.
pub(super) fn outside(reading: &Reading) -> Vec<String> {
    let blocks = reading.sheets.iter().flat_map(|sheet| &sheet.blocks);
    let lines = blocks.filter_map(|block| {
        if let Block::Line(line) = block {
            Some(line)
        } else {
            None
        }
    });
    lines.map(|line| shown(reading, line)).collect()
}

/// A cell of ten ems of ten points with a padding of three, from 10 down to here, and a row after it that ends the grid.
pub fn cell(bottom: f32) -> Sample {
    Sample::new().table(&[10.0, 116.0], &[10.0, bottom, bottom + 30.0])
}
