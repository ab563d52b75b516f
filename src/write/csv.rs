//! Flat rows -> CSV (RFC 4180) that spreadsheets open as it is: UTF-8 with its mark, CRLF.

use super::flat::{Column, Flag, Value};

/// The CSV of flat rows under their columns' names.
///
/// Words that begin with `=`, `+`, `-`, `@`, one of them in full width, a tab or a line break get an apostrophe
/// before them: spreadsheets would take them for a formula (OWASP: CSV injection).
pub fn text(columns: &[Column], rows: &[Vec<Value>]) -> String {
    let names = columns.iter().map(|column| column.name.to_owned());
    lines(names, rows.iter().map(|row| row.iter().map(cell)))
}

/// Lines of cells that are made harmless already, under their names.
pub(crate) fn lines<C: Iterator<Item = String>>(
    names: impl Iterator<Item = String>,
    rows: impl Iterator<Item = C>,
) -> String {
    let mut csv = String::from("\u{feff}");
    line(&mut csv, names);
    for row in rows {
        line(&mut csv, row);
    }
    csv
}

fn line(csv: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            csv.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r', '\'']) || cell.trim() != cell {
            csv.push('"');
            csv.push_str(&cell.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(&cell);
        }
    }
    csv.push_str("\r\n");
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => harmless(text),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Flag(Flag::Yes) => "true".to_owned(),
        Value::Flag(Flag::No) => "false".to_owned(),
        Value::Day(day) => day.to_string(),
    }
}

/// A spreadsheet takes a cell that begins so for a formula; an apostrophe before it makes it text.
pub(crate) fn harmless(text: &str) -> String {
    let begins = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];
    if text.starts_with(begins) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::flat::Kind;

    #[test]
    fn cells_are_quoted_and_made_harmless() {
        let column = |name, kind| Column { name, kind };
        let columns = [column("item", Kind::Text), column("value", Kind::Number)];
        let row = |text: &str, number| vec![Value::Text(text.to_owned()), Value::Number(number)];
        let csv = text(
            &columns,
            &[
                row("=1+1", -3.0),
                row("「a\"b」\n・c", 0.5),
                row("-", 20.0),
                row("＠市", 1e20),
            ],
        );
        assert_eq!(
            csv,
            "\u{feff}item,value\r\n\"'=1+1\",-3\r\n\"「a\"\"b」\n・c\",0.5\r\n\"'-\",20\r\n\"'＠市\",100000000000000000000\r\n"
        );
    }
}
