//! What was seen -> one self-contained page: no script, no address outside it, nothing of a document obeyed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::escape::markup;
use super::{Inspected, drawing, table};
use crate::message::Language;
use crate::note::{Note, Severity};
use crate::place::Place;
use crate::sheet::Sheet;

/// Forbids everything but the page's own style.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const STYLE: &str = include_str!("page.css");

/// The notes of each sheet with their numbers, counted from 1 over the file.
pub type Numbered<'a> = Vec<(usize, &'a Note)>;

/// The whole page.
pub fn page(inspected: &Inspected) -> String {
    let mut out = String::new();
    let noted = by_sheet(inspected);
    head(inspected, &mut out);
    out.push_str("<main>\n");
    for (at, sheet) in inspected.reading.sheets.iter().enumerate() {
        section(
            inspected,
            at,
            sheet,
            noted.get(&at).map(Vec::as_slice).unwrap_or_default(),
            &mut out,
        );
    }
    out.push_str("</main>\n<aside>\n");
    notes(inspected, &noted, &mut out);
    meaning(inspected, &mut out);
    asides(inspected, &mut out);
    out.push_str("</aside>\n</body>\n</html>\n");
    out
}

fn head(inspected: &Inspected, out: &mut String) {
    let source = inspected.source;
    let language = if inspected.language == Language::Japanese {
        "ja"
    } else {
        "en"
    };
    let name = markup(&source.file);
    let program = markup(inspected.program).replacen("seirihyo", "seirihyo inspect", 1);
    let pages = inspected.pick("ページ・シート", "pages or sheets");
    let producer = source
        .producer
        .as_deref()
        .map(|name| format!(" · {}", markup(name)))
        .unwrap_or_default();
    let _ = writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"generator\" content=\"{program}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{name} – seirihyo inspect</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{name}</h1>\n\
         <p>{} · {} {pages}{producer} · {} bytes · SHA-256 <code>{}</code></p>\n<p>{}</p>",
        source.format,
        source.pages,
        source.bytes,
        source.sha256,
        inspected.account(),
    );
    legend(inspected, out);
    contents(inspected, out);
    out.push_str("</header>\n");
}

fn legend(inspected: &Inspected, out: &mut String) {
    let items = [
        (
            "number",
            "3,2",
            inspected.pick("升目の番号（行,列）", "cell number (row,column)"),
        ),
        ("break", "⏎", inspected.pick("改行", "line break")),
        ("wrap", "↩", inspected.pick("折り返し", "wrap")),
        (
            "cut",
            "✂",
            inspected.pick("ページの境で切れた行", "cut by the page's end"),
        ),
        (
            "outside",
            "■",
            inspected.pick("表の外の行", "line outside the tables"),
        ),
        (
            "aside",
            "■",
            inspected.pick("本文に入れない文字", "text set aside"),
        ),
        (
            "noted",
            "①",
            inspected.pick("注意の番号", "number of a note"),
        ),
    ];
    out.push_str("<ul class=\"legend\">");
    for (class, sign, text) in items {
        let _ = write!(out, "<li><b class=\"{class}\">{sign}</b> {text}</li>");
    }
    out.push_str("</ul>\n");
}

fn contents(inspected: &Inspected, out: &mut String) {
    out.push_str("<nav>");
    for at in 0..inspected.reading.sheets.len() {
        let _ = write!(
            out,
            "<a href=\"#s{at}\">{}</a> ",
            markup(&inspected.sheet_name(at))
        );
    }
    out.push_str("</nav>\n");
}

fn section(
    inspected: &Inspected,
    at: usize,
    sheet: &Sheet,
    notes: &[(usize, &Note)],
    out: &mut String,
) {
    let _ = writeln!(
        out,
        "<section id=\"s{at}\">\n<h2>{}</h2>",
        markup(&inspected.sheet_name(at))
    );
    scores(inspected, at, out);
    match (sheet.page, sheet.size) {
        (Some(page), Some(size)) => drawing::draw(inspected, sheet, page, size, notes, out),
        _ => table::tables(inspected, at, sheet, notes, out),
    }
    out.push_str("</section>\n");
}

fn scores(inspected: &Inspected, at: usize, out: &mut String) {
    let scores = inspected
        .scores
        .get(at)
        .map(Vec::as_slice)
        .unwrap_or_default();
    if scores.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "<p class=\"scores\">{}: ",
        inspected.pick("様式の点数", "layout scores")
    );
    for (name, score) in scores {
        let name = markup(name);
        let _ = write!(
            out,
            "<span>{name} <meter min=\"0\" max=\"1\" value=\"{score:.2}\"></meter> {score:.2}</span> "
        );
    }
    out.push_str("</p>\n");
}

/// The sheet that each note's place is on.
fn by_sheet<'a>(inspected: &Inspected<'a>) -> BTreeMap<usize, Numbered<'a>> {
    let sheets = &inspected.reading.sheets;
    let named: BTreeMap<&str, usize> = sheets
        .iter()
        .enumerate()
        .filter_map(|(at, sheet)| Some((sheet.name.as_deref()?, at)))
        .collect();
    let paged: BTreeMap<u32, usize> = sheets
        .iter()
        .enumerate()
        .filter_map(|(at, sheet)| Some((sheet.page?, at)))
        .collect();
    let mut noted: BTreeMap<usize, Numbered> = BTreeMap::new();
    for (index, note) in inspected.notes().iter().enumerate() {
        let at = match &note.place {
            Some(Place::Cell { sheet, .. }) => named.get(&**sheet).copied(),
            Some(Place::Box { page, .. }) => paged.get(page).copied(),
            Some(Place::Line { .. }) => Some(0),
            None => None,
        };
        if let Some(at) = at {
            noted.entry(at).or_default().push((index + 1, note));
        }
    }
    noted
}

/// Notes with a place on a sheet that is drawn lead there.
fn notes(inspected: &Inspected, by_sheet: &BTreeMap<usize, Numbered>, out: &mut String) {
    let notes = inspected.notes();
    let drawn: BTreeSet<usize> = by_sheet
        .values()
        .flatten()
        .map(|(number, _)| *number)
        .collect();
    let _ = writeln!(
        out,
        "<h2>{} ({})</h2>\n<ol class=\"notes\">",
        inspected.pick("注意", "Notes"),
        notes.len()
    );
    for (index, note) in notes.iter().enumerate() {
        let number = index + 1;
        let place = note.place.as_ref().map(|place| markup(&place.to_string()));
        let place = place.map(|place| {
            if drawn.contains(&number) {
                format!("<a href=\"#n{number}\">{place}</a> ")
            } else {
                format!("{place} ")
            }
        });
        let quoted = note
            .text
            .as_deref()
            .map(|text| format!(" <q>{}</q>", markup(text)));
        let _ = writeln!(
            out,
            "<li class=\"{}\">{}{}{} <code>{}</code></li>",
            severity(note.severity),
            place.unwrap_or_default(),
            markup(note.message.text(inspected.language)),
            quoted.unwrap_or_default(),
            markup(&note.code),
        );
    }
    out.push_str("</ol>\n");
}

/// The class of a note's severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn meaning(inspected: &Inspected, out: &mut String) {
    let _ = writeln!(
        out,
        "<h2>{}</h2>",
        inspected.pick("読み取った意味", "What it means")
    );
    let import = match inspected.import {
        Ok(import) => import,
        Err(error) => {
            let text = markup(error.message().text(inspected.language));
            let _ = writeln!(out, "<p class=\"error\">{text}</p>");
            return;
        }
    };
    out.push_str("<table class=\"columns\">\n");
    for (heading, field, places) in inspected.columns() {
        let place = places
            .first()
            .map(|place| markup(&place.to_string()))
            .unwrap_or_default();
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td><code>{field}</code></td><td>{place}</td></tr>",
            markup(heading)
        );
    }
    let c = &import.coverage;
    let _ = writeln!(
        out,
        "</table>\n<p class=\"coverage\">documents {} · headings {} · repeated {} · furniture {} · markup {} · \
         overprint {} · hidden {} · unplaced {} = {}</p>",
        c.documents,
        c.headings,
        c.repeated,
        c.furniture,
        c.markup,
        c.overprint,
        c.hidden,
        c.unplaced,
        c.source
    );
}

fn asides(inspected: &Inspected, out: &mut String) {
    let asides = &inspected.reading.set_aside;
    if asides.is_empty() {
        return;
    }
    let title = inspected.pick("本文に入れない文字", "Text set aside");
    let _ = writeln!(
        out,
        "<h2>{title} ({})</h2>\n<ul class=\"asides\">",
        asides.len()
    );
    for aside in asides {
        let place = aside
            .place
            .as_ref()
            .map(|place| markup(&place.to_string()))
            .unwrap_or_default();
        let text = markup(aside.range.of(&inspected.reading.text));
        let _ = writeln!(
            out,
            "<li>{} {place} <q>{text}</q></li>",
            inspected.aside(aside.class)
        );
    }
    out.push_str("</ul>\n");
}
