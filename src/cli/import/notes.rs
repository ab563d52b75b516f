//! The notes of a batch -> `import-notes.csv`, for people and their spreadsheet.

use crate::message::Language;
use crate::note::{Note, Severity};

/// A line of the list.
pub struct Row<'a> {
    /// The file, as in the report.
    pub file: &'a str,
    /// The note.
    pub note: &'a Note,
}

/// UTF-8 with a byte order mark and CRLF: what Excel opens without asking.
pub fn csv(rows: &[Row], language: Language) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(match language {
        Language::Japanese => ["ファイル", "場所", "重さ", "内容", "文字", "コード"],
        Language::English => ["file", "place", "severity", "message", "text", "code"],
    })?;
    for Row { file, note } in rows {
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
        writer.write_record(cells.map(harmless))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
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

/// A spreadsheet takes a cell that begins so for a formula; an apostrophe before it makes it text.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
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
        let rows: Vec<Row> = notes
            .iter()
            .map(|note| Row {
                file: "=r8.pdf",
                note,
            })
            .collect();
        let text = String::from_utf8(csv(&rows, Language::Japanese).unwrap()).unwrap();
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
