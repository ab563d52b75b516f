//! What was seen -> text for an 80-column terminal, wide characters counted as two.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::evidence;
use super::{Inspected, end_sign};
use crate::document::reading::SheetReading;
use crate::sheet::{Block, Cell, Grid, Line};
use crate::write::escape::plain;

/// Columns of the terminal.
const WIDTH: usize = 80;
/// Where a cell's text begins.
const TEXT_AT: usize = 16;

/// The whole description.
pub fn text(inspected: &Inspected) -> String {
    let mut out = String::new();
    head(inspected, &mut out);
    for (at, sheet) in inspected.reading.sheets.iter().enumerate() {
        let size = sheet
            .size
            .map(|(width, height)| format!("  {width:.2} × {height:.2} pt"))
            .unwrap_or_default();
        line(
            &mut out,
            "",
            &format!("\n■ {}{size}", inspected.sheet_name(at)),
        );
        let layouts = inspected.best_layouts(at);
        if !layouts.is_empty() {
            line(
                &mut out,
                "  ",
                &format!("{}: {layouts}", inspected.pick("様式", "layouts")),
            );
        }
        for block in &sheet.blocks {
            match block {
                Block::Line(one) => outside(inspected, one, &mut out),
                Block::Grid(grid) => table(inspected, grid, &mut out),
            }
        }
    }
    asides(inspected, &mut out);
    meaning(inspected, &mut out);
    readings(inspected, &mut out);
    notes(inspected, &mut out);
    // Names of files, sheets and programs stand in many lines; none of them is obeyed either.
    out.split('\n').map(plain).collect::<Vec<_>>().join("\n")
}

fn head(inspected: &Inspected, out: &mut String) {
    let source = inspected.source;
    let pages = match inspected.language {
        crate::message::Language::Japanese => format!("{}ページ・シート", source.pages),
        crate::message::Language::English => format!("{} pages or sheets", source.pages),
    };
    let producer = source
        .producer
        .as_deref()
        .map(|name| format!(", {name}"))
        .unwrap_or_default();
    line(
        out,
        "",
        &format!("{}: {}, {pages}{producer}", source.file, source.format),
    );
    line(out, "", &inspected.account());
    let legend = inspected.pick(
        "⏎ 改行  ↩ 折り返し  ✂ ページの境",
        "⏎ break  ↩ wrap  ✂ cut by the page's end",
    );
    line(out, "", legend);
}

fn outside(inspected: &Inspected, one: &Line, out: &mut String) {
    let text = format!(
        "{}{}",
        plain(one.range.of(&inspected.reading.text)),
        end_sign(one.ends)
    );
    labelled(out, inspected.pick("  行", "  line"), &text);
}

fn table(inspected: &Inspected, grid: &Grid, out: &mut String) {
    let size = match inspected.language {
        crate::message::Language::Japanese => format!("{}行 × {}列", grid.rows, grid.columns),
        crate::message::Language::English => {
            format!("{} rows × {} columns", grid.rows, grid.columns)
        }
    };
    line(
        out,
        "  ",
        &format!("{} {size}  {}", inspected.pick("表", "grid"), grid.place),
    );
    if let Some(evidence) = evidence::line(inspected, grid) {
        line(out, "    ", &evidence);
    }
    let mut empty = Vec::new();
    for cell in &grid.cells {
        if cell.lines.is_empty() {
            empty.push(number(cell));
        } else {
            filled(inspected, cell, out);
        }
    }
    if !empty.is_empty() {
        labelled(out, inspected.pick("    空", "    empty"), &empty.join(" "));
    }
}

/// `3,2` or with its span `3,2+2×1`.
fn number(cell: &Cell) -> String {
    if cell.rows == 1 && cell.columns == 1 {
        format!("{},{}", cell.row, cell.column)
    } else {
        format!(
            "{},{}+{}×{}",
            cell.row, cell.column, cell.rows, cell.columns
        )
    }
}

fn filled(inspected: &Inspected, cell: &Cell, out: &mut String) {
    let mut label = format!("    {}", number(cell));
    for one in &cell.lines {
        let text = plain(one.range.of(&inspected.reading.text));
        let mut shown = format!("{text}{}", end_sign(one.ends));
        for ruby in &one.ruby {
            let reading = plain(ruby.reading.of(&inspected.reading.text));
            shown.extend([" 《", &reading, "》"]);
        }
        labelled(out, &label, &shown);
        label.clear();
    }
}

fn asides(inspected: &Inspected, out: &mut String) {
    let asides = &inspected.reading.set_aside;
    if asides.is_empty() {
        return;
    }
    line(
        out,
        "",
        &format!(
            "\n■ {}",
            inspected.pick("本文に入れない文字", "Text set aside")
        ),
    );
    for aside in asides {
        let place = aside
            .place
            .as_ref()
            .map(|place| format!("  {place}"))
            .unwrap_or_default();
        let text = plain(aside.range.of(&inspected.reading.text));
        labelled(
            out,
            &format!("  {}", inspected.aside(aside.class)),
            &format!("{text}{place}"),
        );
    }
}

fn meaning(inspected: &Inspected, out: &mut String) {
    line(
        out,
        "",
        &format!("\n■ {}", inspected.pick("読み取った意味", "What it means")),
    );
    match inspected.import {
        Err(error) => line(out, "  ", error.message().text(inspected.language)),
        Ok(import) => {
            for (heading, field, _) in inspected.columns() {
                labelled(
                    out,
                    &format!("  {field}"),
                    &format!("← {}", plain(&heading.replace('\n', " "))),
                );
            }
            let c = &import.coverage;
            let sum = format!(
                "documents {}, headings {}, repeated {}, furniture {}, hidden {}, unplaced {}",
                c.documents, c.headings, c.repeated, c.furniture, c.hidden, c.unplaced
            );
            labelled(out, "  coverage", &sum);
        }
    }
}

/// How each column of an unknown sheet was understood: its reading, points, evidence and what else it may be.
fn readings(inspected: &Inspected, out: &mut String) {
    let is_weighed =
        |sheet: &&SheetReading| sheet.columns.iter().any(|column| column.score.is_some());
    for sheet in inspected.readings.iter().filter(is_weighed) {
        let title = inspected.pick("欄の読み取りの根拠", "Why each column was read so");
        line(out, "", &format!("\n■ {title}"));
        for column in &sheet.columns {
            let doubt = if column.doubtful {
                inspected.pick("？", "?")
            } else {
                ""
            };
            let heading = plain(
                &column
                    .parents
                    .iter()
                    .chain([&column.heading])
                    .map(|words| words.replace('\n', ""))
                    .collect::<Vec<_>>()
                    .join("／"),
            );
            labelled(
                out,
                &format!("  {}{doubt}", Inspected::field(column.best)),
                &format!("← {heading}"),
            );
            let lines = inspected
                .evidence(column)
                .into_iter()
                .chain(inspected.other(column));
            for text in lines {
                labelled(out, "", &plain(&text));
            }
        }
    }
}

fn notes(inspected: &Inspected, out: &mut String) {
    let notes = inspected.notes();
    if notes.is_empty() {
        return;
    }
    line(out, "", &format!("\n■ {}", inspected.pick("注意", "Notes")));
    for note in notes {
        let place = note
            .place
            .as_ref()
            .map(|place| format!("{place}: "))
            .unwrap_or_default();
        let quoted = note
            .text
            .as_deref()
            .map(|text| format!(" 「{}」", text.replace('\n', "⏎")));
        let text = format!(
            "{place}{}{}",
            note.message.text(inspected.language),
            quoted.unwrap_or_default()
        );
        line(out, "  ", &plain(&text));
    }
}

/// A label at the left and text in its column, going on there on further lines.
fn labelled(out: &mut String, label: &str, text: &str) {
    let mut label = label.to_owned();
    if label.width() >= TEXT_AT {
        label.push_str("  ");
    }
    let gap = TEXT_AT.saturating_sub(label.width());
    for (at, part) in wrapped(text, WIDTH - TEXT_AT.max(label.width()))
        .iter()
        .enumerate()
    {
        if at == 0 {
            let _ = writeln!(out, "{label}{:gap$}{part}", "");
        } else {
            let _ = writeln!(out, "{:1$}{part}", "", TEXT_AT);
        }
    }
}

/// Text with an indent, going on with the same indent.
fn line(out: &mut String, indent: &str, text: &str) {
    for paragraph in text.split('\n') {
        for part in wrapped(paragraph, WIDTH - indent.width()) {
            let _ = writeln!(out, "{indent}{part}");
        }
    }
}

/// Pieces of at most so many columns; Japanese breaks anywhere, other words at spaces where they can.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let (mut pieces, mut piece, mut used) = (Vec::new(), String::new(), 0);
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        if used + width > columns {
            let keep = piece
                .rfind(' ')
                .filter(|_| c.is_ascii_graphic())
                .map(|at| piece.split_off(at + 1));
            pieces.push(piece.trim_end().to_owned());
            piece = keep
                .filter(|rest| rest.width() + width <= columns)
                .unwrap_or_default();
            used = piece.width();
        }
        piece.push(c);
        used += width;
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_count_as_two_and_nothing_is_lost() {
        let text = "組織目標展開整理表を読み取る ABC def ghijkl 組織目標";
        let pieces = wrapped(text, 10);
        assert!(pieces.iter().all(|piece| piece.width() <= 10), "{pieces:?}");
        let strip = |text: &str| text.replace(' ', "");
        assert_eq!(strip(&pieces.concat()), strip(text));
        assert_eq!(wrapped("", 10), [""]);
    }
}
