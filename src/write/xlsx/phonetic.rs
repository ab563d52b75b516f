//! Readings (ルビ) -> phonetic runs (ECMA-376 §18.4.6) in the finished workbook, and cells that show them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::Unwritable;
use super::package::{self, Package};
use crate::write::table::Run;

/// The readings of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phonetic {
    /// The worksheet, from 1.
    pub sheet: usize,
    /// The cell's address.
    pub cell: String,
    /// The cell's words.
    pub runs: Vec<Run>,
}

/// The size of a reading's letters in points.
const SIZE: f64 = 6.0;

/// Sets readings in a workbook. The writer that we use knows no phonetic runs, so they are added to the parts
/// that it made: to the shared string of the cell, and to the cell that it shows them.
///
/// # Errors
/// A workbook that is not as the writer makes it.
pub(super) fn set(package: &mut Package, all: &[Phonetic], font: &str) -> Result<(), Unwritable> {
    if all.is_empty() {
        return Ok(());
    }
    let mut strings: BTreeMap<usize, &[Run]> = BTreeMap::new();
    for phonetic in all {
        let name = package::worksheet(phonetic.sheet);
        let sheet = package.part(&name);
        let index = sheet.and_then(|sheet| show(sheet, &phonetic.cell));
        strings.insert(index.ok_or_else(|| changed(&name))?, &phonetic.runs);
    }
    let styles = package.part("xl/styles.xml");
    let font = styles.and_then(|styles| add_font(styles, font));
    let font = font.ok_or_else(|| changed("xl/styles.xml"))?;
    let shared = package.part("xl/sharedStrings.xml");
    shared
        .and_then(|shared| add_runs(shared, &strings, font))
        .ok_or_else(|| changed("xl/sharedStrings.xml"))
}

fn changed(part: &str) -> Unwritable {
    Unwritable(format!("{part}: phonetic runs"))
}

/// Makes a cell show its readings; the index of its shared string.
fn show(sheet: &mut String, cell: &str) -> Option<usize> {
    let head = format!("<c r=\"{cell}\"");
    let end = sheet.find(&head)? + head.len();
    let value = sheet.get(end..)?.split_once("<v>")?.1;
    let index = value.split_once("</v>")?.0.parse().ok()?;
    sheet.insert_str(end, " ph=\"1\"");
    Some(index)
}

/// Adds a small font to the styles; its index.
fn add_font(styles: &mut String, name: &str) -> Option<usize> {
    let head = "<fonts count=\"";
    let start = styles.find(head)? + head.len();
    let digits = styles.get(start..)?.split_once('"')?.0.len();
    let count: usize = styles.get(start..start + digits)?.parse().ok()?;
    styles.replace_range(start..start + digits, &(count + 1).to_string());
    let end = styles.find("</fonts>")?;
    let font =
        format!("<font><sz val=\"{SIZE}\"/><name val=\"{name}\"/><charset val=\"128\"/></font>");
    styles.insert_str(end, &font);
    Some(count)
}

/// Adds the phonetic runs of shared strings.
fn add_runs(shared: &mut String, strings: &BTreeMap<usize, &[Run]>, font: usize) -> Option<()> {
    const END: &str = "</si>";
    let mut written = String::with_capacity(shared.len());
    let mut left: BTreeSet<usize> = strings.keys().copied().collect();
    for (at, string) in shared.split_inclusive(END).enumerate() {
        match strings.get(&at) {
            Some(runs) => {
                written.push_str(string.strip_suffix(END)?);
                written.push_str(&phonetic_runs(runs, font));
                written.push_str(END);
                left.remove(&at);
            }
            None => written.push_str(string),
        }
    }
    *shared = written;
    left.is_empty().then_some(())
}

/// The readings of runs: each from and to a UTF-16 unit of the text (`sb`, `eb`).
fn phonetic_runs(runs: &[Run], font: usize) -> String {
    let mut xml = String::new();
    let mut at = 0;
    for run in runs {
        let end = at + run.text.encode_utf16().count();
        if let Some(reading) = &run.reading {
            let reading = escaped(reading);
            let _ = write!(xml, "<rPh sb=\"{at}\" eb=\"{end}\"><t>{reading}</t></rPh>");
        }
        at = end;
    }
    let _ = write!(
        xml,
        "<phoneticPr fontId=\"{font}\" type=\"noConversion\" alignment=\"center\"/>"
    );
    xml
}

/// Text of an element, as §22.9.2.19 has it for what XML cannot hold.
fn escaped(text: &str) -> String {
    let mut xml = String::new();
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            c if c.is_control() => {
                let _ = write!(xml, "_x{:04X}_", u32::from(c));
            }
            c => xml.push(c),
        }
    }
    xml
}
