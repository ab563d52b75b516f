//! What sheets are about -> names that worksheets may have.

/// ECMA-376 leaves the length open; Excel takes 31 UTF-16 units.
const LONGEST: usize = 31;

/// Names that are valid and unlike each other, letter case aside, in the order of what is given.
pub(super) fn worksheet_names<'a>(wanted: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for wanted in wanted {
        let base = valid(wanted);
        let mut name = shortened(&base, LONGEST);
        let mut number = 2;
        while names
            .iter()
            .any(|other| other.to_lowercase() == name.to_lowercase())
        {
            let suffix = format!("（{number}）");
            name = shortened(&base, LONGEST - suffix.encode_utf16().count()) + &suffix;
            number += 1;
        }
        names.push(name);
    }
    names
}

/// Without the signs that a name may not have, and without an apostrophe at either end.
fn valid(wanted: &str) -> String {
    let kept: String = wanted
        .chars()
        .map(|c| match c {
            ':' => '：',
            '\\' => '＼',
            '/' => '／',
            '?' => '？',
            '*' => '＊',
            '[' => '［',
            ']' => '］',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    let kept = kept.trim().trim_matches('\'').trim();
    // Excel keeps this name for itself.
    if kept.is_empty() || kept.eq_ignore_ascii_case("history") {
        "整理表".to_owned()
    } else {
        kept.to_owned()
    }
}

fn shortened(name: &str, longest: usize) -> String {
    let mut units = 0;
    name.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= longest
        })
        .collect::<String>()
        .trim_end_matches(['\'', ' '])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_and_unique() {
        let long = "長い名前の課".repeat(8);
        let names = worksheet_names(
            [
                "総務課",
                "総務課",
                "共通/課名[案]",
                "",
                "History",
                &long,
                &long,
            ]
            .into_iter(),
        );
        assert_eq!(
            names[..5],
            [
                "総務課",
                "総務課（2）",
                "共通／課名［案］",
                "整理表",
                "整理表（2）"
            ]
        );
        assert!(names.iter().all(|name| name.encode_utf16().count() <= 31));
        assert_ne!(names[5], names[6]);
    }
}
