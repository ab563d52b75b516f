//! The notes of a batch -> `import-notes.csv`, for people and their spreadsheet.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::files::{self, Location};
use crate::message::Language;
use crate::note::{Note, Severity};
use crate::write::{self, csv::harmless};

/// A line of the list: file, place, severity, message, text, code.
pub type Line = [String; 6];

/// The line of a note on a file, which is named as in the report.
pub fn line(file: &str, note: &Note, language: Language) -> Line {
    let place = note
        .place
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let cells = [
        file,
        place.as_str(),
        severity(note.severity, language),
        note.message.text(language),
        note.text.as_deref().unwrap_or_default(),
        &note.code,
    ];
    cells.map(harmless)
}

/// The lines that a list has on these files; none, if it cannot be read.
pub fn kept(list: &Path, on: &BTreeSet<&str>) -> Vec<Line> {
    let on: BTreeSet<String> = on.iter().map(|file| harmless(file)).collect();
    let bytes = files::read(&Location::File(list.to_owned())).unwrap_or_default();
    let text = bytes.strip_prefix(MARK).unwrap_or(&bytes);
    let records = csv::Reader::from_reader(text).into_records().flatten();
    let lines = records.filter_map(|record| {
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        Line::try_from(cells).ok()
    });
    lines.filter(|[file, ..]| on.contains(file)).collect()
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The list: files in order, under the names of the columns.
pub fn csv(mut lines: Vec<Line>, language: Language) -> Vec<u8> {
    lines.sort_by(|[a, ..], [b, ..]| a.cmp(b));
    let names = match language {
        Language::Japanese => ["ファイル", "場所", "重さ", "内容", "文字", "コード"],
        Language::English => ["file", "place", "severity", "message", "text", "code"],
    };
    let names = names.into_iter().map(str::to_owned);
    write::csv::lines(names, lines.into_iter().map(Line::into_iter)).into_bytes()
}

fn severity(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Info, Language::Japanese) => "参考",
        (Severity::Warning, Language::Japanese) => "警告",
        (Severity::Error, Language::Japanese) => "重大",
        (Severity::Info, Language::English) => "info",
        (Severity::Warning, Language::English) => "warning",
        (Severity::Error, Language::English) => "error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::What;

    #[test]
    fn a_cell_is_never_a_formula() {
        let notes = [
            "=1+1",
            "+1",
            "-1",
            "@x",
            "\tx",
            "ふつう",
            "a\nb",
            "\"引用\",と",
        ]
        .map(|text| Note::new(What::UnplacedText).about(text));
        let lines = notes
            .iter()
            .map(|note| line("=r8.pdf", note, Language::Japanese));
        let list = csv(lines.collect(), Language::Japanese);
        let text = String::from_utf8(list).unwrap();
        assert!(text.starts_with("\u{feff}ファイル,場所,"));
        assert!(
            text.contains("'=1+1")
                && text.contains("'+1")
                && text.contains("'@x")
                && text.contains("'\tx")
        );
        assert!(text.contains("\"\"\"引用\"\",と\""));
        for line in text.trim_start_matches('\u{feff}').split("\r\n") {
            assert!(!line.starts_with(['=', '+', '-', '@']), "{line}");
        }
    }
}
