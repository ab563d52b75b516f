//! Comma- or tab-separated values (RFC 4180) -> records, each line break outside quotes a row as Excel shows it.

use super::{container, encoding, limits, workbook};
use crate::error::{Error, Problem};
use crate::note::{Note, What};
use crate::sheet::Reading;

/// Rows looked at to tell commas from tabs.
const SAMPLE_ROWS: usize = 200;
/// A table has at least this many rows with more than one value; a text with fewer is no table.
const TABLE_ROWS: usize = 2;
/// Bytes looked at to tell a text in an unknown encoding from what is no text at all.
const SAMPLE_BYTES: usize = 4096;

/// Reads a text of values.
///
/// # Errors
/// It is no text, no table, or a limit is exceeded.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, Error> {
    if bytes.len() > limits::TEXT_BYTES {
        return Err(too_large());
    }
    let decoded = encoding::decode(bytes)
        .or_else(|| encoding::decode_damaged(bytes))
        .ok_or_else(|| not_decoded(bytes))?;
    // Programs of the DOS age end a text with U+001A.
    let text = decoded.text.trim_end_matches('\u{1a}');
    let (named, text) = named_separator(text);
    let separator = named
        .or_else(|| separator_of(text))
        .ok_or(Problem::UnknownFormat)?;
    let mut records = Records::new(text, separator);
    let values = records
        .by_ref()
        .map(|row| row.into_iter().map(displayed).collect());
    let mut reading = workbook::read_records(values)?;
    if records.is_open {
        // The only sign in such a file that its end is missing.
        reading.notes.push(Note::new(What::PartNotRead {
            part: "CSV (EOF)".to_owned(),
            reason: "閉じる引用符がない / a closing quotation mark is missing".to_owned(),
        }));
    }
    Ok(reading)
}

/// The error for a text beyond the limit.
pub(super) fn too_large() -> Error {
    container::limit(
        "文字の量（バイト）",
        "the amount of text in bytes",
        limits::TEXT_BYTES as u64,
    )
}

/// The separator that a first line `sep=;` names, as Excel reads and some systems write it, and what stands after it.
fn named_separator(text: &str) -> (Option<char>, &str) {
    let found = text
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="));
    let rest = found.and_then(|_| text.get(4..));
    let mut characters = rest.unwrap_or_default().chars();
    let Some(separator) = characters.next().filter(|c| !matches!(c, '\r' | '\n')) else {
        return (None, text);
    };
    let after = characters.as_str();
    let line = after.find(['\r', '\n']).unwrap_or(after.len());
    match after.get(..line) {
        Some("") => {
            let rest = after.strip_prefix("\r\n").or_else(|| after.get(1..));
            (Some(separator), rest.unwrap_or_default())
        }
        _ => (None, text),
    }
}

/// `="1"`, which keeps Excel from taking a text for a number, displays 1.
fn displayed(value: String) -> String {
    let inside = value
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    match inside {
        Some(inside) if !inside.replace("\"\"", "").contains('"') => inside.replace("\"\"", "\""),
        _ => value,
    }
}

/// Columns that make even rows a table, whatever their cells hold.
const TABLE_COLUMNS: usize = 3;

/// Whether a text is a table as spreadsheets write it: rows of one number of values, three or more, or quoted ones.
/// Markup in a cell does not make an export of it.
pub(super) fn is_table(text: &str) -> bool {
    let (named, text) = named_separator(text);
    let is_even = |separator: char| {
        let widths: Vec<usize> = Records::new(text, separator)
            .take(SAMPLE_ROWS)
            .map(|row| row.len())
            .collect();
        let first = widths.first().copied().unwrap_or(0);
        let even = widths.iter().all(|&width| width == first);
        let quoted =
            text.contains(&format!("{separator}\"")) || text.contains(&format!("\"{separator}"));
        widths.len() >= TABLE_ROWS && even && (first >= TABLE_COLUMNS || first > 1 && quoted)
    };
    named.is_some() || SEPARATORS.into_iter().any(is_even)
}

/// What stands between values, what is met most often first.
const SEPARATORS: [char; 3] = [',', '\t', ';'];

/// A text has no control characters; what has none but does not decode is a text all the same.
fn not_decoded(bytes: &[u8]) -> Error {
    let sample = bytes
        .get(..bytes.len().min(SAMPLE_BYTES))
        .unwrap_or_default();
    let control = |byte: &u8| {
        *byte < 0x20 && !matches!(*byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b)
    };
    if sample.iter().any(control) {
        Problem::UnknownFormat
    } else {
        Problem::UnknownEncoding
    }
    .into()
}

/// The separator that gives most rows with more than one value; `None` if none gives a table.
fn separator_of(text: &str) -> Option<char> {
    let rows = |separator| {
        Records::new(text, separator)
            .take(SAMPLE_ROWS)
            .filter(|row| row.len() > 1)
            .count()
    };
    let counts = SEPARATORS.map(|separator| (rows(separator), separator));
    let most = counts
        .into_iter()
        .reduce(|a, b| if b.0 > a.0 { b } else { a });
    most.and_then(|(count, separator)| (count >= TABLE_ROWS).then_some(separator))
}

/// The rows of a text, one after the other.
pub(super) struct Records<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    /// Whether the text ended within quotes.
    is_open: bool,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Self {
            rest: text.chars().peekable(),
            separator,
            is_open: false,
        }
    }

    /// The characters up to the closing quote; a doubled quote is one. Line breaks are `\n`.
    fn quoted(&mut self, value: &mut String) {
        while let Some(character) = self.rest.next() {
            match character {
                '"' if self.rest.next_if_eq(&'"').is_some() => value.push('"'),
                '"' => return,
                '\r' => {
                    self.rest.next_if_eq(&'\n');
                    value.push('\n');
                }
                other => value.push(other),
            }
        }
        self.is_open = true;
    }
}

impl Iterator for Records<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        self.rest.peek()?;
        let mut row = Vec::new();
        let mut value = String::new();
        let mut quotable = true;
        while let Some(character) = self.rest.next() {
            match character {
                '"' if quotable => self.quoted(&mut value),
                '\n' => break,
                '\r' => {
                    self.rest.next_if_eq(&'\n');
                    break;
                }
                other if other == self.separator => {
                    row.push(std::mem::take(&mut value));
                    quotable = true;
                    continue;
                }
                other => value.push(other),
            }
            quotable = false;
        }
        row.push(value);
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, separator: char) -> Vec<Vec<String>> {
        Records::new(text, separator).collect()
    }

    #[test]
    fn quotes_hold_separators_breaks_and_quotes() {
        let text = "番号,\"実施項目\r\n（業務）\",\"「\"\"窓口\"\"」, 改善\"\r\n\r\n1,甲\"乙\",\n";
        assert_eq!(
            rows(text, ','),
            [
                vec!["番号", "実施項目\n（業務）", "「\"窓口\"」, 改善"],
                vec![""],
                vec!["1", "甲\"乙\"", ""]
            ]
        );
    }

    #[test]
    fn a_text_that_ends_within_quotes_is_cut() {
        let codes = |text: &str| {
            let reading = read(text.as_bytes()).unwrap();
            let notes = reading.notes.into_iter();
            notes.map(|note| note.code).collect::<Vec<_>>()
        };
        assert_eq!(codes("a,b\nc,\"d\ne\"\n"), [""; 0]);
        assert_eq!(codes("a,b\nc,\"d\ne"), ["part-not-read"]);
    }

    #[test]
    fn tabs_are_told_from_commas() {
        assert_eq!(separator_of("a\tb, c\nd\te\n"), Some('\t'));
        assert_eq!(separator_of("a,b\nc,d\n"), Some(','));
        assert_eq!(separator_of("a;b\nc,1;d\ne;f"), Some(';'));
        assert_eq!(separator_of("\"a\tb\",c\n\"d\te\",f\n"), Some(','));
        assert_eq!(separator_of("文章です。\n文章，です。\n"), None);
    }

    #[test]
    fn what_only_tells_a_program_how_to_read_is_not_read() {
        assert_eq!(named_separator("sep=;\r\na;b"), (Some(';'), "a;b"));
        assert_eq!(named_separator("SEP=\t\na\tb"), (Some('\t'), "a\tb"));
        assert_eq!(
            named_separator("sep=separator,\n"),
            (None, "sep=separator,\n")
        );
        let shown = |value: &str| displayed(value.to_owned());
        assert_eq!(shown("=\"1\""), "1");
        assert_eq!(shown("=\"甲\"\"乙\"\"\""), "甲\"乙\"");
        assert_eq!(shown("=\"1\"&\"2\""), "=\"1\"&\"2\"");
    }

    #[test]
    fn markup_in_a_cell_makes_no_export_of_a_table() {
        for text in [
            "番号,水準,課\n1,100m^{2}以上,緑課\n2,<p>案</p>,課\n",
            "番号\r項目\r",
            "a;\"<p>\"\nb;c",
        ] {
            assert_eq!(is_table(text), !text.starts_with("番号\r"), "{text}");
        }
        assert!(!is_table(
            "運営方針\n窓口は,速く,正しく,親切にする。\n^{2}\n"
        ));
    }

    #[test]
    fn cells_stand_where_a_spreadsheet_shows_them() {
        let reading =
            read("\u{feff}表題,\r\n\r\n番号,項目\r\n1,\"甲\n乙\"\r\n".as_bytes()).unwrap();
        let crate::sheet::Block::Grid(grid) = &reading.sheets[0].blocks[0] else {
            panic!()
        };
        let cell = grid
            .cells
            .iter()
            .find(|cell| cell.lines.len() == 2)
            .unwrap();
        assert_eq!(
            (cell.row, cell.column, cell.place.to_string().as_str()),
            (4, 2, "B4")
        );
        assert_eq!(cell.lines[1].range.of(&reading.text), "乙");
        assert_eq!(reading.source_characters, 9);
    }

    #[test]
    fn private_use_characters_are_kept_and_noted_once() {
        let mut bytes = encoding_rs::SHIFT_JIS.encode("氏名,課\n").0.into_owned();
        bytes.extend(b"\xf0\x40,\xf0\x40\n");
        let reading = read(&bytes).unwrap();
        assert!(reading.text.contains('\u{e000}'));
        assert_eq!(
            reading
                .notes
                .iter()
                .filter(|note| note.code == "private-use-character")
                .count(),
            1
        );
    }

    #[test]
    fn what_is_no_table_is_said_to_be_none() {
        let problem = |bytes: &[u8]| read(bytes).unwrap_err().problem().code();
        assert_eq!(problem("ただの文章です。\n".as_bytes()), "unknown-format");
        assert_eq!(problem(b"\x00\x01\x02\xff\xfe"), "unknown-format");
        assert_eq!(problem(b"a,b\n\xff\xff,\xa0\xfe\n"), "unknown-encoding");
    }
}
