//! What was seen -> one self-contained page: no script, no address outside it, nothing of a document obeyed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::{Inspected, drawing, table};
use crate::document::reading::SheetReading;
use crate::message::Language;
use crate::note::{Note, Severity};
use crate::place::Place;
use crate::sheet::{Block, Sheet};
use crate::write::escape::markup;

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
    readings(inspected, &mut out);
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
        (Some(page), Some(size)) => {
            drawing::draw(inspected, sheet, page, size, notes, out);
            evidence(inspected, sheet, out);
        }
        _ => table::tables(inspected, at, sheet, notes, out),
    }
    out.push_str("</section>\n");
}

/// What each table of a page was told by.
fn evidence(inspected: &Inspected, sheet: &Sheet, out: &mut String) {
    let grids = sheet.blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Line(_) => None,
    });
    for evidence in grids.filter_map(|grid| super::evidence::line(inspected, grid)) {
        let _ = writeln!(out, "<p>{}</p>", markup(&evidence));
    }
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
            Some(Place::Cell { sheet, .. } | Place::Margin { sheet, .. }) => {
                named.get(&**sheet).copied()
            }
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

/// How each column of an unknown sheet was understood.
fn readings(inspected: &Inspected, out: &mut String) {
    let is_weighed =
        |sheet: &&SheetReading| sheet.columns.iter().any(|column| column.score.is_some());
    for sheet in inspected.readings.iter().filter(is_weighed) {
        let title = inspected.pick("欄の読み取りの根拠", "Why each column was read so");
        let _ = writeln!(out, "<h2>{title}</h2>\n<table class=\"columns\">");
        for column in &sheet.columns {
            let heading = column
                .parents
                .iter()
                .chain([&column.heading])
                .map(|words| markup(words))
                .collect::<Vec<_>>()
                .join("／");
            let doubt = if column.doubtful {
                inspected.pick("？", "?")
            } else {
                ""
            };
            let lines = inspected
                .evidence(column)
                .into_iter()
                .chain(inspected.other(column));
            let lines = lines
                .map(|text| markup(&text))
                .collect::<Vec<_>>()
                .join("<br>");
            let _ = writeln!(
                out,
                "<tr><td>{heading}</td><td>{}{doubt}</td><td>{lines}</td></tr>",
                Inspected::field(column.best)
            );
        }
        out.push_str("</table>\n");
    }
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::Source;
    use crate::error::{Error, Problem};
    use crate::ledger::Coverage;
    use crate::note::What;
    use crate::place::Bbox;
    use crate::sheet::{
        AsideClass, Block, Cell, CellValue, Format, Grid, Line, LineEnd, Reading, SetAside,
        TextRange,
    };

    const HOSTILE: &str = "<script>alert(1)</script>\u{202e}\u{7}";

    fn line(text: &str, place: &Place, ends: LineEnd) -> Line {
        let range = TextRange {
            start: 0,
            end: text.len() as u32,
        };
        Line {
            range,
            ends,
            place: place.clone(),
            ruby: Vec::new(),
            room: None,
        }
    }

    fn cell(
        row: u32,
        column: u32,
        (rows, columns): (u32, u32),
        place: Place,
        ends: LineEnd,
    ) -> Cell {
        let lines = vec![line(HOSTILE, &place, ends)];
        Cell {
            row,
            column,
            rows,
            columns,
            lines,
            value: CellValue::Text,
            place,
            edges: None,
        }
    }

    fn grid(cells: Vec<Cell>, place: Place) -> Block {
        Block::Grid(Grid {
            rows: 9,
            columns: 9,
            cells,
            place,
            title_rows: None,
            open_below: true,
            open_above: false,
            across_pages: false,
            evidence: None,
        })
    }

    /// A page and a worksheet, every text of which is hostile.
    fn reading() -> Reading {
        let at = |x: f64, y: f64| Place::Box {
            page: 1,
            bbox: Bbox::new(x, y, x + 50.0, y + 10.0),
        };
        let name: Arc<str> = Arc::from("<表>");
        let address = |row, column| Place::cells(&name, row, column, 1, 1);
        let paged = vec![
            Block::Line(line(HOSTILE, &at(0.0, 0.0), LineEnd::Cut)),
            grid(
                vec![cell(1, 1, (1, 2), at(0.0, 20.0), LineEnd::Wrap)],
                at(0.0, 20.0),
            ),
        ];
        let cells = vec![
            cell(1, 1, (2, 1), address(1, 1), LineEnd::Break),
            cell(2, 3, (1, 1), address(5, 3), LineEnd::Break),
            cell(9_000_000, 9, (1, 1), address(9_000_004, 9), LineEnd::Break),
        ];
        let sheet = |blocks| Sheet {
            blocks,
            ..Sheet::default()
        };
        Reading {
            format: Format::Pdf,
            producer: Some(HOSTILE.to_owned()),
            pages: 2,
            text: HOSTILE.to_owned(),
            source_characters: 1,
            sheets: vec![
                Sheet {
                    page: Some(1),
                    size: Some((100.0, 100.0)),
                    ..sheet(paged)
                },
                Sheet {
                    name: Some(Arc::clone(&name)),
                    ..sheet(vec![grid(cells, address(1, 1))])
                },
            ],
            set_aside: vec![SetAside {
                class: AsideClass::Hidden,
                range: TextRange {
                    start: 0,
                    end: HOSTILE.len() as u32,
                },
                place: Some(at(0.0, 50.0)),
            }],
            notes: vec![
                Note::new(What::UnplacedText)
                    .at(Some(at(0.0, 70.0)))
                    .about(HOSTILE),
                Note::new(What::Comment)
                    .at(Some(address(5, 3)))
                    .about(HOSTILE),
                Note::new(What::Comment).at(Some(address(7, 7))),
            ],
        }
    }

    fn rendered() -> String {
        let reading = reading();
        let source = Source {
            file: HOSTILE.to_owned(),
            sha256: String::new(),
            bytes: 1,
            format: "pdf".to_owned(),
            pages: 2,
            producer: reading.producer.clone(),
        };
        let error = Error::from(Problem::NoLayout {
            candidates: HOSTILE.to_owned(),
        });
        page(&Inspected {
            program: "seirihyo 0.1.0",
            source: &source,
            reading: &reading,
            coverage: Coverage::default(),
            scores: vec![vec![(HOSTILE.to_owned(), 0.5)]],
            import: Err(&error),
            readings: Vec::new(),
            language: Language::Japanese,
        })
    }

    #[test]
    fn nothing_of_a_document_is_obeyed() {
        let page = rendered();
        assert!(!page.contains("<script") && !page.contains('\u{202e}') && !page.contains('\u{7}'));
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]"));
    }

    #[test]
    fn every_link_leads_somewhere() {
        let page = rendered();
        let links: Vec<&str> = page
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(links.len() >= 5, "{links:?}");
        for link in links {
            assert_eq!(page.matches(&format!("id=\"{link}\"")).count(), 1, "{link}");
        }
    }

    #[test]
    fn cells_keep_their_columns_beside_spans_and_far_cells_cost_nothing() {
        let page = rendered();
        let table = page
            .split("<table class=\"grid\">")
            .nth(1)
            .unwrap_or_default();
        let rows: Vec<&str> = table.split("<tr").skip(2).collect();
        assert!(rows.len() < 8, "rows without cells are one band");
        // Row 2: its first column is covered from above, its second empty, its third the cell.
        assert_eq!(
            rows.get(1).map(|row| row.matches("<td").count() >= 3),
            Some(true),
            "{rows:?}"
        );
        assert!(
            rows.get(1)
                .is_some_and(|row| row.find("hole") < row.find("2,3"))
        );
        assert!(
            rows.first()
                .is_some_and(|row| row.contains("rowspan=\"2\""))
        );
    }
}
