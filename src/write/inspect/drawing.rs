//! A page of a PDF -> SVG in points: cells with their numbers, lines with their ends, what stands outside.

use std::fmt::Write;

use super::page::severity;
use super::{Inspected, end_sign};
use crate::note::Note;
use crate::place::{Bbox, Place};
use crate::sheet::{Block, Cell, Grid, Line, LineEnd, Sheet};
use crate::write::escape::markup;

/// Share of a line's box that its font takes, and where in it the baseline stands; Japanese fonts have
/// 0.88 em above the baseline and 0.12 below (OpenType `ideo`).
const FONT: f64 = 0.94;
const BASELINE: f64 = 0.86;

/// Draws the page.
pub fn draw(
    inspected: &Inspected,
    sheet: &Sheet,
    page: u32,
    (width, height): (f64, f64),
    notes: &[(usize, &Note)],
    out: &mut String,
) {
    let _ = writeln!(
        out,
        "<figure><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.2} {height:.2}\" role=\"img\">\n\
         <rect class=\"paper\" width=\"{width:.2}\" height=\"{height:.2}\"/>"
    );
    for block in &sheet.blocks {
        match block {
            Block::Grid(grid) => draw_grid(inspected, grid, out),
            Block::Line(line) => {
                if let Place::Box { bbox, .. } = &line.place {
                    rectangle("outside", *bbox, "", out);
                }
                draw_line(inspected, line, out);
            }
        }
    }
    draw_asides(inspected, page, out);
    draw_notes(inspected, notes, out);
    let caption = format!("{width:.2} × {height:.2} pt");
    let _ = writeln!(out, "</svg><figcaption>{caption}</figcaption></figure>");
}

fn rectangle(class: &str, bbox: Bbox, title: &str, out: &mut String) {
    let title = if title.is_empty() {
        String::new()
    } else {
        format!("<title>{}</title>", markup(title))
    };
    let _ = writeln!(
        out,
        "<rect class=\"{class}\" x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\">{title}</rect>",
        bbox.left(),
        bbox.top(),
        bbox.width(),
        bbox.height()
    );
}

fn draw_grid(inspected: &Inspected, grid: &Grid, out: &mut String) {
    for cell in &grid.cells {
        draw_cell(inspected, grid, cell, out);
    }
    // Numbers stand above all texts, some of which hang over into the next cell.
    for cell in &grid.cells {
        if let Place::Box { bbox, .. } = &cell.place {
            let _ = writeln!(
                out,
                "<text class=\"number\" x=\"{:.2}\" y=\"{:.2}\">{},{}</text>",
                bbox.right() - 1.0,
                bbox.top() + 6.0,
                cell.row,
                cell.column
            );
        }
    }
    if let (Place::Box { bbox, .. }, true) = (&grid.place, grid.open_below) {
        edge(bbox.bottom(), *bbox, out);
    }
    if let (Place::Box { bbox, .. }, true) = (&grid.place, grid.open_above) {
        edge(bbox.top(), *bbox, out);
    }
}

/// An edge that has no rule: the table goes on over the page.
fn edge(y: f64, bbox: Bbox, out: &mut String) {
    let _ = writeln!(
        out,
        "<line class=\"open\" x1=\"{:.2}\" y1=\"{y:.2}\" x2=\"{:.2}\" y2=\"{y:.2}\"/>",
        bbox.left(),
        bbox.right()
    );
}

fn draw_cell(inspected: &Inspected, grid: &Grid, cell: &Cell, out: &mut String) {
    let Place::Box { bbox, .. } = &cell.place else {
        return;
    };
    let in_title = grid
        .title_rows
        .is_some_and(|(first, last)| (first..=last).contains(&cell.row));
    let class = match (cell.lines.is_empty(), in_title) {
        (true, _) => "cell empty",
        (_, true) => "cell heading",
        _ => "cell",
    };
    let span = if cell.rows > 1 || cell.columns > 1 {
        format!(" ({} × {})", cell.rows, cell.columns)
    } else {
        String::new()
    };
    let number = format!("{},{}{span}", cell.row, cell.column);
    rectangle(class, *bbox, &format!("{number}  {}", cell.place), out);
    cell.lines
        .iter()
        .for_each(|line| draw_line(inspected, line, out));
}

fn draw_line(inspected: &Inspected, line: &Line, out: &mut String) {
    let Place::Box { bbox, .. } = &line.place else {
        return;
    };
    let text = line.range.of(&inspected.reading.text);
    set_text("", text, *bbox, out);
    let class = match line.ends {
        LineEnd::Break => "break",
        LineEnd::Wrap => "wrap",
        LineEnd::Cut => "cut",
    };
    let size = bbox.height().min(bbox.width());
    let (x, y) = if is_vertical(text, *bbox) {
        (bbox.left(), bbox.bottom() + size * 0.7)
    } else {
        (bbox.right() + 0.5, bbox.top() + size * BASELINE)
    };
    let _ = writeln!(
        out,
        "<text class=\"{class}\" x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{:.2}\">{}</text>",
        size * 0.7,
        end_sign(line.ends)
    );
    for ruby in &line.ruby {
        let reading = markup(ruby.reading.of(&inspected.reading.text));
        let _ = writeln!(
            out,
            "<text class=\"ruby\" x=\"{:.2}\" y=\"{:.2}\" font-size=\"{:.2}\">{reading}</text>",
            bbox.left(),
            bbox.top(),
            size * 0.5
        );
    }
}

/// Several characters in a box that is higher than wide run downwards.
fn is_vertical(text: &str, bbox: Bbox) -> bool {
    bbox.height() > bbox.width() * 1.5 && text.chars().nth(1).is_some()
}

/// Text fitted into its box: its length on the page is known, its font is not.
fn set_text(class: &str, text: &str, bbox: Bbox, out: &mut String) {
    let escaped = markup(text);
    let vertical = is_vertical(text, bbox);
    let (size, length) = if vertical {
        (bbox.width(), bbox.height())
    } else {
        (bbox.height(), bbox.width())
    };
    let fitted = if length > 0.0 && text.chars().nth(1).is_some() {
        format!(" textLength=\"{length:.2}\" lengthAdjust=\"spacingAndGlyphs\"")
    } else {
        String::new()
    };
    let (x, y, mode) = if vertical {
        (
            bbox.left() + size / 2.0,
            bbox.top(),
            " writing-mode=\"vertical-rl\"",
        )
    } else {
        (bbox.left(), bbox.top() + size * BASELINE, "")
    };
    let _ = writeln!(
        out,
        "<text class=\"{class}\" x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{:.2}\"{mode}{fitted}>{escaped}</text>",
        size * FONT
    );
}

fn draw_asides(inspected: &Inspected, page: u32, out: &mut String) {
    for aside in &inspected.reading.set_aside {
        let Some(Place::Box { page: on, bbox }) = &aside.place else {
            continue;
        };
        if *on == page {
            rectangle("aside", *bbox, inspected.aside(aside.class), out);
            set_text("aside", aside.range.of(&inspected.reading.text), *bbox, out);
        }
    }
}

fn draw_notes(inspected: &Inspected, notes: &[(usize, &Note)], out: &mut String) {
    for (number, note) in notes {
        let Some(Place::Box { bbox, .. }) = &note.place else {
            continue;
        };
        let class = severity(note.severity);
        let title = markup(note.message.text(inspected.language));
        let _ = writeln!(
            out,
            "<g id=\"n{number}\" class=\"noted {class}\"><title>{title}</title>\
             <rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\"/>\
             <text x=\"{:.2}\" y=\"{:.2}\">{number}</text></g>",
            bbox.left(),
            bbox.top(),
            bbox.width(),
            bbox.height(),
            bbox.left() + 1.0,
            bbox.bottom() - 1.5
        );
    }
}
