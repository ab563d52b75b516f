//! What a layout file may not say although its types allow it: each fault with its place in the file.

use std::collections::{BTreeMap, HashSet};

use super::definition::{ColumnDefinition, Kind, Layout};
use crate::document::Field;
use crate::text;
use crate::toml_file::{Fault, Step};

type Path = Vec<Step>;

/// The first fault of a layout.
pub(crate) fn fault(layout: &Layout) -> Option<Fault> {
    name(layout)
        .or_else(|| words(layout))
        .or_else(|| columns(layout))
        .or_else(|| headings(&layout.columns))
        .or_else(|| scales(layout))
}

#[allow(clippy::unnecessary_wraps)] // each check ends in it
fn at(path: impl IntoIterator<Item = Step>, ja: String, en: String) -> Option<Fault> {
    Some(Fault {
        path: path.into_iter().collect::<Path>(),
        ja,
        en,
    })
}

fn name(layout: &Layout) -> Option<Fault> {
    let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !layout.name.is_empty() && layout.name.chars().all(valid) {
        return None;
    }
    at(
        [Step::Key("name")],
        format!(
            "「{}」は様式の名前になりません（使える文字: a-z、0-9、-）",
            layout.name
        ),
        format!(
            "“{}” cannot be a layout's name (valid characters: a-z, 0-9, -)",
            layout.name
        ),
    )
}

/// Lists of words without a word, and words without a character.
fn words(layout: &Layout) -> Option<Fault> {
    let columns = layout.columns.iter().enumerate();
    let labels = layout.labels.iter().enumerate();
    let lists = columns
        .map(|(index, column)| ("column", index, "headings", &column.headings))
        .chain(labels.map(|(index, label)| ("label", index, "words", &label.words)));
    for (table, index, key, words) in lists {
        let path = vec![Step::Key(table), Step::Index(index), Step::Key(key)];
        if words.is_empty() {
            return at(
                path,
                format!("{key} に言葉がありません"),
                format!("{key} has no word"),
            );
        }
        if let Some(blank) = words
            .iter()
            .position(|word| text::heading_key(word).is_empty())
        {
            let path = path.into_iter().chain([Step::Index(blank)]);
            return at(path, "空の言葉です".to_owned(), "an empty word".to_owned());
        }
    }
    None
}

fn columns(layout: &Layout) -> Option<Fault> {
    if layout.kind == Kind::GoalSheet && !layout.columns.iter().any(|column| column.field.is_some())
    {
        return at(
            [Step::Key("column")],
            "欄（column）が一つもありません".to_owned(),
            "there is no column with a field".to_owned(),
        );
    }
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, column) in layout.columns.iter().enumerate() {
        let Some(field) = column.field.map(Field::name) else {
            continue;
        };
        // A sheet may have several groups of indicators.
        let repeats = field.starts_with("indicators.");
        if let Some(first) = fields.insert(field, index).filter(|_| !repeats) {
            return at(
                [Step::Key("column"), Step::Index(index), Step::Key("field")],
                format!(
                    "{field} の欄が二つあります（一つめは{}番目の column）",
                    first + 1
                ),
                format!(
                    "two columns have the field {field} (the first is column {})",
                    first + 1
                ),
            );
        }
    }
    None
}

/// A heading of two columns that no parent and no bracket tells apart: 目標値(R7) and 目標値(R8) are read in the layout's
/// order.
fn headings(columns: &[ColumnDefinition]) -> Option<Fault> {
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (index, column) in columns.iter().enumerate() {
        let mut parents: Vec<String> = column
            .parents
            .iter()
            .map(|word| text::heading_key(word))
            .collect();
        parents.sort_unstable();
        let parents = [parents.join("/")];
        for (at_word, word) in column.headings.iter().enumerate() {
            for parent in &parents {
                let key = (text::key(&text::squash(word)), parent.clone());
                let first = known.insert(key, index).filter(|&first| first != index);
                if let Some(first) = first {
                    let path = [
                        Step::Key("column"),
                        Step::Index(index),
                        Step::Key("headings"),
                        Step::Index(at_word),
                    ];
                    return at(
                        path,
                        format!("見出し「{word}」は{}番目の column にもあります", first + 1),
                        format!("the heading “{word}” is column {}'s too", first + 1),
                    );
                }
            }
        }
    }
    None
}

fn is_code(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())
}

fn scales(layout: &Layout) -> Option<Fault> {
    for (index, scale) in layout.scales.iter().enumerate() {
        let path = |more: &[Step]| {
            [Step::Key("scale"), Step::Index(index)]
                .into_iter()
                .chain(more.iter().copied())
                .collect::<Path>()
        };
        if let Some(code) = scale.municipality.as_ref().filter(|code| !is_code(code)) {
            return at(
                path(&[Step::Key("municipality")]),
                format!("「{code}」は市町村のコード（6桁の数字）ではありません"),
                format!("“{code}” is no municipality's code (six digits)"),
            );
        }
        if let (Some(from), Some(to)) = (scale.from, scale.to)
            && from > to
        {
            return at(
                path(&[Step::Key("to")]),
                format!("終わりの年度 {to} が始めの年度 {from} より前です"),
                format!("the last year {to} is before the first, {from}"),
            );
        }
        let mut words: HashSet<String> = HashSet::new();
        for (at_grade, grade) in scale.grades.iter().enumerate() {
            if !words.insert(super::values::grade_key(&grade.word)) {
                return at(
                    path(&[Step::Key("grade"), Step::Index(at_grade), Step::Key("word")]),
                    format!("評語「{}」が二度あります", grade.word),
                    format!("the grade “{}” stands twice", grade.word),
                );
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::layout::definition::parse;

    #[test]
    fn faults_that_types_allow_have_their_place() {
        const HEAD: &str = "kind = \"goal_sheet\"\ndescription = { ja = \"\", en = \"\" }\n";
        for (body, place) in [
            ("name = \"My Town\"\n", "line 3, column 8"),
            ("name = \"a\"\n", "line 1, column 1"),
            (
                "name = \"a\"\ncolumn = [{ field = \"item\", headings = [] }]\n",
                "line 4, column 40",
            ),
            (
                "name = \"a\"\ncolumn = [\n{ field = \"item\", headings = [\"何を\"] },\n{ field = \"item\", headings = [\"目標\"] }]\n",
                "line 6, column 11",
            ),
            (
                "name = \"a\"\ncolumn = [\n{ field = \"item\", headings = [\"何を\"] },\n{ headings = [\"備考\", \"何 を\"] }]\n",
                "line 6, column 21",
            ),
        ] {
            let error = parse(&format!("{HEAD}{body}")).unwrap_err().to_string();
            assert!(error.contains(place), "{body}: {error}");
        }
        let apart = "name = \"a\"\ncolumn = [\n{ field = \"item\", headings = [\"目標\"], parents = [\"当初\"] },\n{ headings = [\"目標\"], parents = [\"年度末\"] }]\n";
        assert!(
            parse(&format!("{HEAD}{apart}")).is_ok(),
            "parents tell headings apart"
        );
    }
}
