//! A day or a fiscal year whose parts stand in cells of their own (令和 | 8 | 年 | 4 | 月 | 10 | 日) -> one cell.

use super::grid::{Shown, around};
use super::worksheet::CellText;
use crate::sheet::CellValue;
use crate::text;
use crate::text::era::pattern;

/// More parts than these are no date.
const MOST_PARTS: usize = 9;
/// A part is at most a name of an era with a number and a unit.
const LONGEST_PART: usize = 8;

pattern!(
    whole,
    r"^(?:(?:令和|平成|昭和|[RHSrhs])?(?:元|[0-9]{1,4})年(?:度|[0-9]{1,2}月(?:[0-9]{1,2}日)?)|[0-9]{1,2}月[0-9]{1,2}日)$"
        .to_owned()
);
pattern!(
    part,
    r"^(?:令和|平成|昭和|[RHSrhs]|元|[0-9]|年|度|月|日|[./])+$".to_owned()
);

/// Joins the parts of each date that stand in a row with nothing between them.
pub(super) fn join(shown: &mut Vec<Shown>) {
    let mut at = 0;
    while at < shown.len() {
        let count = parts_from(shown, at);
        if count > 2 {
            join_at(shown, at, count);
        }
        at += 1;
    }
}

/// How many of the cells from this one on are the parts of a date; empty ones between them count.
fn parts_from(shown: &[Shown], at: usize) -> usize {
    let Some(first) = shown.get(at).filter(|cell| !words(cell).is_empty()) else {
        return 0;
    };
    let (mut joined, mut parts, mut longest) = (String::new(), 0, 0);
    for (index, cell) in shown.iter().enumerate().skip(at) {
        let words = words(cell);
        if cell.range.row != first.range.row || cell.range.rows != first.range.rows {
            break;
        }
        if words.is_empty() {
            continue;
        }
        if words.chars().count() > LONGEST_PART || !part().is_match(&words) || parts == MOST_PARTS {
            break;
        }
        joined += &words;
        parts += 1;
        if parts > 2 && whole().is_match(&joined) {
            longest = index - at + 1;
        }
    }
    longest
}

/// The characters of a cell as they are compared; digits in one width.
fn words(cell: &Shown) -> String {
    let text = &cell.text.text;
    if text.len() > LONGEST_PART * 4 || !cell.text.struck.is_empty() {
        // Too long to be a part, whatever it says.
        return text.clone();
    }
    let digit = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xff10 + 0x30).unwrap_or(c),
        other => other,
    };
    text::squash(text).chars().map(digit).collect()
}

fn join_at(shown: &mut Vec<Shown>, at: usize, count: usize) {
    let parts: Vec<Shown> = shown.drain(at..at + count).collect();
    let Some(range) = parts.iter().map(|cell| cell.range).reduce(around) else {
        return;
    };
    let mut text = CellText::default();
    for cell in parts {
        text.append(cell.text, "");
    }
    let value = CellValue::Text;
    shown.insert(at, Shown { range, text, value });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::CellRange;

    fn joined(row: &[&str]) -> Vec<String> {
        let cell = |(column, text): (u32, &&str)| Shown {
            range: CellRange {
                row: 3,
                column,
                rows: 1,
                columns: 1,
            },
            text: CellText::plain(*text),
            value: CellValue::Text,
        };
        let mut shown: Vec<Shown> = (1..).zip(row).map(cell).collect();
        join(&mut shown);
        shown.into_iter().map(|cell| cell.text.text).collect()
    }

    #[test]
    fn parts_of_a_date_are_one() {
        assert_eq!(
            joined(&[
                "作成日",
                "令和",
                "",
                "８",
                "年",
                "4",
                "月",
                "10",
                "日",
                "職名"
            ]),
            ["作成日", "令和８年4月10日", "職名"]
        );
        assert_eq!(
            joined(&["令和", "8", "年度", "整理表"]),
            ["令和8年度", "整理表"]
        );
        assert_eq!(joined(&["R8", "年", "4月", "1日"]), ["R8年4月1日"]);
    }

    #[test]
    fn headings_and_numbers_are_none() {
        for row in [
            ["年", "月", "日", "課"],
            ["1", "2", "3", "4"],
            ["8", "月", "末", "課"],
            ["令和", "8", "9", "年"],
        ] {
            assert_eq!(joined(&row), row);
        }
    }
}
