//! A decoded text -> whether it is the export of a document reader, or a table of values.

/// Lines looked at.
const SAMPLE: usize = 2000;

/// Whether a text is an export of prose and rows rather than a table of values as spreadsheets write it.
///
/// Residue of markup says so at once. A spreadsheet writes all rows with the same number of separators, and
/// quotes cells that need it; an export has rows of several tables, and lines between them.
pub(in crate::read) fn is_export(text: &str) -> bool {
    if !text.chars().any(is_japanese) || is_program_text(text) {
        return false;
    }
    let lines: Vec<&str> = text
        .split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty())
        .take(SAMPLE)
        .collect();
    if lines.iter().any(|line| has_residue(line)) {
        return true;
    }
    let tabs: Vec<usize> = lines
        .iter()
        .map(|line| line.matches('\t').count())
        .collect();
    if tabs.iter().any(|&count| count > 0) {
        let quoted = lines
            .iter()
            .any(|line| line.split('\t').any(|cell| cell.starts_with('"')));
        let even = tabs.windows(2).all(|pair| pair.first() == pair.last());
        return !quoted && !even;
    }
    !has_comma_rows(text, &lines)
}

fn is_japanese(c: char) -> bool {
    matches!(c, 'ぁ'..='ヺ' | '\u{3400}'..='\u{9fff}')
}

/// JSON and XML are no documents.
fn is_program_text(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) || text.trim_start().starts_with("<?xml")
}

fn has_residue(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    let tags = ["<ul", "</ul>", "<li>", "</li>", "<p>", "</p>"];
    tags.iter().any(|tag| lower.contains(tag))
        || line.contains("^{")
        || line.starts_with("- ・")
        || is_rule(line)
}

/// The row of hyphens below a Markdown table's headings.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|')
        && line.contains("--")
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// Whether commas divide the lines into rows: quoted cells, or half of the lines with one number of commas.
/// Sentences have commas too, but each its own number.
fn has_comma_rows(text: &str, lines: &[&str]) -> bool {
    if text.contains(",\"") || text.contains("\",") {
        return true;
    }
    let mut widths: Vec<usize> = lines.iter().map(|line| line.matches(',').count()).collect();
    widths.sort_unstable();
    let most = widths
        .chunk_by(|a, b| a == b)
        .filter(|chunk| chunk.first().is_some_and(|&commas| commas > 0))
        .map(<[usize]>::len)
        .max()
        .unwrap_or(0);
    most >= 2 && most * 2 >= lines.len()
}

#[cfg(test)]
mod tests {
    use super::is_export;

    #[test]
    fn exports_are_told_from_values() {
        for text in [
            "令和8年度 組織目標\n\n番号\t項目\t課\n1\t甲\t課\n",
            "番号\t項目\n1\t<ul> 甲 乙\n",
            "令和8年4月1日\n\n運営方針\n\n1 甲\n",
            "運営方針\n窓口は,速く,正しく,親切にする。\n研修を,年2回行う。\n記録を残す。\n",
            "| 番号 | 項目 |\n|---|---|\n| 1 | 甲 |\n",
        ] {
            assert!(is_export(text), "{text}");
        }
        for text in [
            "番号\t項目\n1\t甲\n2\t乙\n",
            "組織目標\n番号,項目,課\n1,甲,課\n2,乙,課\n",
            "組織目標,,\r番号,項目,課\r1,甲,課\r2,乙,課\r",
            "表題\t\n番号\t\"項\n目\"\n1\t甲\n",
            "plain English text\n",
            "{\"title\": \"運営方針\"}\n",
        ] {
            assert!(!is_export(text), "{text}");
        }
    }
}
