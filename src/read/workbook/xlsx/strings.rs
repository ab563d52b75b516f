//! Shared and inline strings (ECMA-376-1 §18.4) -> runs of text, with the readings that phonetic
//! runs give them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::worksheet::{CellText, Strike};
use super::super::xml::{Node, Xml};
use crate::error::Error;

/// A string with its runs.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct RichText {
    runs: Vec<Run>,
    readings: Vec<Reading>,
}

/// A phonetic run (§18.4.6): from and to which UTF-16 unit of the text its reading stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reading {
    base: Range<usize>,
    text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    text: String,
    /// What the run's own properties say; `None` if it has none and takes the cell's font.
    strike: Option<Strike>,
}

impl RichText {
    /// A string without runs.
    pub(super) fn plain(text: String) -> Self {
        Self {
            runs: vec![Run { text, strike: None }],
            readings: Vec::new(),
        }
    }

    /// The characters in a cell whose font is struck or not.
    pub(super) fn in_cell(&self, font: Strike) -> CellText {
        let mut text = CellText::default();
        for run in &self.runs {
            text.push(&run.text, run.strike.unwrap_or(font));
        }
        text.normalize_breaks();
        text
    }

    /// The readings for a cell that shows them. Where characters were struck or line breaks changed, the units
    /// no longer tell which ones they belong to, and there are none.
    pub(super) fn readings(&self, cell: &CellText) -> Vec<(Range<usize>, String)> {
        let length: usize = self.runs.iter().map(|run| run.text.len()).sum();
        if self.readings.is_empty() || !cell.struck.is_empty() || length != cell.text.len() {
            return Vec::new();
        }
        let mut bytes = BTreeMap::new();
        let mut unit = 0;
        for (byte, c) in cell.text.char_indices() {
            bytes.insert(unit, byte);
            unit += c.len_utf16();
        }
        bytes.insert(unit, length);
        let mut found: Vec<(Range<usize>, String)> = Vec::new();
        for reading in &self.readings {
            let (Some(&start), Some(&end)) =
                (bytes.get(&reading.base.start), bytes.get(&reading.base.end))
            else {
                continue;
            };
            let base = cell.text.get(start..end).unwrap_or_default();
            let after = found.last().is_none_or(|(before, _)| before.end <= start);
            if after && !base.is_empty() && !base.contains('\n') && !reading.text.is_empty() {
                found.push((start..end, reading.text.clone()));
            }
        }
        found
    }
}

/// All shared strings, in order.
///
/// # Errors
/// The part is not well formed.
pub(super) fn shared_strings(text: &str) -> Result<Vec<RichText>, Error> {
    let mut strings = Vec::new();
    let mut xml = Xml::new(text, "xl/sharedStrings.xml");
    loop {
        match xml.next()? {
            Node::Open(element) if element.name() == "si" => strings.push(rich_text(&mut xml)?),
            Node::End => return Ok(strings),
            _ => {}
        }
    }
}

/// The string of the `si` or `is` element just opened.
///
/// # Errors
/// The part is not well formed.
pub(super) fn rich_text(xml: &mut Xml<'_>) -> Result<RichText, Error> {
    let depth = xml.depth();
    let mut string = RichText::default();
    let mut strike = None;
    while xml.depth() >= depth {
        let Node::Open(element) = xml.next()? else {
            continue;
        };
        match element.name() {
            "r" => strike = None,
            "rPr" => strike = Some(Strike::Live),
            "strike" if strike.is_some() => {
                let off = element
                    .attribute("val")
                    .is_some_and(|v| matches!(v.trim(), "0" | "false"));
                strike = Some(if off { Strike::Live } else { Strike::Struck });
            }
            // The reading of a part of the text (§18.4.6), never a part of it.
            "rPh" => {
                let unit = |name: &str| element.attribute(name)?.trim().parse().ok();
                let base = unit("sb").zip(unit("eb"));
                let text = reading(xml)?;
                let base = base.map(|(start, end): (usize, usize)| start..end);
                string
                    .readings
                    .extend(base.map(|base| Reading { base, text }));
            }
            "t" => {
                let text = unescape(&xml.text()?);
                string.runs.push(Run { text, strike });
            }
            _ => {}
        }
    }
    Ok(string)
}

/// The words of the `rPh` element just opened.
fn reading(xml: &mut Xml<'_>) -> Result<String, Error> {
    let depth = xml.depth();
    let mut words = String::new();
    while xml.depth() >= depth {
        if let Node::Open(element) = xml.next()? {
            if element.name() == "t" {
                words.push_str(&unescape(&xml.text()?));
            } else {
                xml.skip()?;
            }
        }
    }
    Ok(words)
}

/// `_x000D_` -> the character (`ST_Xstring`, ECMA-376-1 §22.9.2.19). `_x005F_` stands for the underscore of
/// a text that looks like such an escape.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(unit) = escape_at(rest) {
            units.push(unit);
            rest = rest.get(ESCAPE_LENGTH..).unwrap_or_default();
            continue;
        }
        out.extend(
            char::decode_utf16(units.drain(..)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)),
        );
        let mut characters = rest.chars();
        out.extend(characters.next());
        rest = characters.as_str();
    }
    out.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    out
}

/// `_xHHHH_`
const ESCAPE_LENGTH: usize = 7;

fn escape_at(text: &str) -> Option<u16> {
    let digits = text
        .get(..ESCAPE_LENGTH)?
        .strip_prefix("_x")?
        .strip_suffix('_')?;
    digits
        .bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(xml: &str, font: Strike) -> CellText {
        shared_strings(&format!("<sst>{xml}</sst>"))
            .unwrap()
            .first()
            .unwrap()
            .in_cell(font)
    }

    #[test]
    fn phonetic_runs_are_no_text() {
        let text = cell(
            "<si><t>共通</t><rPh sb=\"0\" eb=\"2\"><t>キョウツウ</t></rPh><phoneticPr fontId=\"1\"/></si>",
            Strike::Live,
        );
        assert_eq!(text, CellText::plain("共通"));
    }

    #[test]
    fn readings_are_counted_in_utf_16() {
        let string = "<sst><si><r><t>𠮷野の</t></r><r><t>靱</t></r><rPh sb=\"4\" eb=\"5\"><t>じん</t></rPh>\
                      <rPh sb=\"3\" eb=\"4\"><t>の</t></rPh><rPh sb=\"1\" eb=\"9\"><t>外</t></rPh></si></sst>";
        let strings = shared_strings(string).unwrap();
        let rich = strings.first().unwrap();
        let text = rich.in_cell(Strike::Live);
        let base = text.text.find('靱').unwrap();
        let end = base + '靱'.len_utf8();
        assert_eq!(rich.readings(&text), [(base..end, "じん".to_owned())]);
        assert_eq!(rich.readings(&rich.in_cell(Strike::Struck)), []);
    }

    #[test]
    fn runs_are_struck_by_their_own_font_or_the_cells() {
        let runs = "<si><r><t>年</t></r><r><rPr><strike/></rPr><t>５</t></r><r><rPr><strike val=\"0\"/><b/></rPr><t>６回</t></r></si>";
        assert_eq!(cell(runs, Strike::Live).struck.first(), Some(&(3..6)));
        assert_eq!(cell(runs, Strike::Struck).struck.first(), Some(&(0..6)));
    }

    #[test]
    fn escapes_and_spaces_are_kept_as_they_are_meant() {
        let text = cell(
            "<si><t>　甲_x000D_\n乙_x005F_x000D_ _xD842__xDFB7_ </t></si>",
            Strike::Live,
        );
        assert_eq!(text.text, "　甲\n乙_x000D_ 𠮷 ");
    }
}
