//! How unknown sheets were understood -> a layout file that says so, for a person to settle once for all years.

use std::fmt::Write;

use super::readings::one_line;
use crate::document::Field;
use crate::document::reading::{ColumnReading, SheetReading};
use crate::text;

/// A column of the layout that is put together.
struct Suggested<'a> {
    column: &'a ColumnReading,
    headings: Vec<String>,
    /// What stands right above it on some sheet: that tells headings apart.
    nearest: Vec<String>,
    /// The other words above it.
    parents: Vec<String>,
    /// The sheets that have it, by their index.
    sheets: Vec<usize>,
}

/// A layout file (TOML) that reads these sheets as they were read without it; `None` if no sheet was one that no layout
/// knows. What a layout does not say – titles, labels – is read as on any town's sheet.
pub fn layout_file(sheets: &[SheetReading], name: &str) -> Option<String> {
    let unknown: Vec<&SheetReading> = sheets
        .iter()
        .filter(|sheet| sheet.layout == super::known::GENERIC)
        .collect();
    let first = unknown.first()?;
    let mut columns: Vec<Suggested<'_>> = Vec::new();
    for (index, sheet) in unknown.iter().enumerate() {
        for column in &sheet.columns {
            add(&mut columns, column, index);
        }
    }
    let mut out = format!(
        "# 見出しとセルの内容から読み取った様式の案です。確かめて、`--layout` に渡してください。\n\
         # 題名・部課名などの欄を書かなければ、どの自治体の表でも使う言葉で読みます。\n\
         name = \"{name}\"\nkind = \"goal_sheet\"\n\
         description = {{ ja = \"{name}（案）\", en = \"{name} (suggested)\" }}\n"
    );
    if first.arrangement != "table" {
        let _ = writeln!(out, "arrangement = \"{}\"", first.arrangement);
    }
    out.push_str("\ncolumn = [\n");
    for column in &columns {
        line(column, unknown.len(), &mut out);
    }
    out.push_str("]\n");
    Some(out)
}

/// Adds a column, or its words to one of the same words or field that is there; two columns of a sheet stay two.
fn add<'a>(columns: &mut Vec<Suggested<'a>>, column: &'a ColumnReading, sheet: usize) {
    let heading = one_line(&column.heading);
    if text::heading_key(&heading).is_empty() {
        return;
    }
    let parents = column.parents.iter().rev().map(|parent| one_line(parent));
    let mut parents = parents.filter(|parent| !text::heading_key(parent).is_empty());
    let nearest: Vec<String> = parents.next().into_iter().collect();
    let parents: Vec<String> = parents.collect();
    let same_words = |known: &Suggested<'_>| {
        known.headings.iter().any(|word| is_same(word, &heading))
            && (known.nearest.is_empty() && nearest.is_empty()
                || known
                    .nearest
                    .iter()
                    .any(|word| nearest.iter().any(|other| is_same(word, other))))
    };
    let same_field = |known: &Suggested<'_>| {
        column.field.is_some() && known.column.field == column.field && !is_indicator(column.field)
    };
    // What nothing tells apart is one column of a layout.
    let is_twin = |known: &Suggested<'_>| {
        same_words(known)
            && known
                .headings
                .iter()
                .any(|word| text::key(word) == text::key(&heading))
    };
    let mut others = columns
        .iter_mut()
        .filter(|known| !known.sheets.contains(&sheet) || is_twin(known))
        .collect::<Vec<_>>();
    let at = others
        .iter()
        .position(|known| same_words(known))
        .or_else(|| others.iter().position(|known| same_field(known)));
    if let Some(known) = at.map(|at| others.swap_remove(at)) {
        known.sheets.push(sheet);
        put(&mut known.headings, [heading]);
        put(&mut known.nearest, nearest);
        put(&mut known.parents, parents);
        return;
    }
    columns.push(Suggested {
        column,
        headings: vec![heading],
        nearest,
        parents,
        sheets: vec![sheet],
    });
}

/// Adds words that are not there.
fn put(words: &mut Vec<String>, more: impl IntoIterator<Item = String>) {
    for word in more {
        if !words.contains(&word) {
            words.push(word);
        }
    }
}

fn is_same(a: &str, b: &str) -> bool {
    text::heading_key(a) == text::heading_key(b)
}

/// Whether several columns may be this field: a sheet may have several groups of indicators.
fn is_indicator(field: Option<Field>) -> bool {
    field.is_some_and(|field| field.name().starts_with("indicators."))
}

/// A column's line, with the other reading of a doubtful one as a comment.
fn line(suggested: &Suggested<'_>, sheets: usize, out: &mut String) {
    let column = suggested.column;
    if let Some(best) = column.best.filter(|_| column.doubtful) {
        let other = column.runner_up.as_ref();
        let points = |score: Option<f64>| {
            score.map_or_else(String::new, |score| format!("（{score:.2}点）"))
        };
        let _ = writeln!(
            out,
            "  # 決められません: {}{}か、{}{}か。正しいほうの field を書き足してください: field = \"{}\"",
            best.heading(),
            points(column.score),
            other
                .and_then(|other| other.field)
                .map_or("extra", Field::heading),
            points(other.map(|other| other.score)),
            best.name(),
        );
    }
    out.push_str("  { ");
    if let Some(field) = column.field {
        let _ = write!(out, "field = \"{}\", ", field.name());
    }
    let _ = write!(out, "headings = {}", strings(&suggested.headings));
    let parents: Vec<String> = [&suggested.nearest[..], &suggested.parents].concat();
    if !parents.is_empty() {
        let _ = write!(out, ", parents = {}", strings(&parents));
    }
    match column.field {
        Some(Field::Item) => out.push_str(", required = true"),
        _ if suggested.sheets.len() < sheets => out.push_str(", optional = true"),
        _ => {}
    }
    out.push_str(" },\n");
}

fn strings(words: &[String]) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\"")))
        .collect();
    format!("[{}]", quoted.join(", "))
}
