//! Quoted names in a text: 「…」 and 『…』, nested ones too.

use std::ops::Range;

/// A quotation in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks, in bytes of the text.
    pub range: Range<usize>,
    /// Which marks it has.
    pub marks: Marks,
}

/// The marks of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// 「…」
    Single,
    /// 『…』
    Double,
}

impl Marks {
    fn opened_by(c: char) -> Option<Self> {
        match c {
            '「' => Some(Self::Single),
            '『' => Some(Self::Double),
            _ => None,
        }
    }

    fn closed_by(c: char) -> Option<Self> {
        match c {
            '」' => Some(Self::Single),
            '』' => Some(Self::Double),
            _ => None,
        }
    }
}

impl Quotation {
    /// What stands between the marks.
    pub fn inside<'a>(&self, text: &'a str) -> &'a str {
        let quoted = text.get(self.range.clone()).unwrap_or_default();
        let mut characters = quoted.chars();
        characters.next();
        characters.next_back();
        characters.as_str()
    }
}

/// The quotations of a text in the order of their beginnings. A mark without its partner quotes nothing.
pub fn quotations(text: &str) -> Vec<Quotation> {
    let mut open: Vec<(usize, Marks)> = Vec::new();
    let mut found: Vec<Quotation> = Vec::new();
    for (at, c) in text.char_indices() {
        if let Some(marks) = Marks::opened_by(c) {
            open.push((at, marks));
        } else if let Some(marks) = Marks::closed_by(c)
            && let Some(index) = open.iter().rposition(|&(_, opened)| opened == marks)
        {
            let start = open.get(index).map_or(at, |&(start, _)| start);
            open.truncate(index);
            found.push(Quotation {
                range: start..at + c.len_utf8(),
                marks,
            });
        }
    }
    found.sort_by_key(|quotation| (quotation.range.start, quotation.range.end));
    found
}

/// Words that the names of plans, notices and by-laws end with.
const PLAN_ENDINGS: &[&str] = &[
    "計画",
    "方針",
    "ビジョン",
    "プラン",
    "プログラム",
    "プロジェクト",
    "指針",
    "大綱",
    "要綱",
    "要領",
    "戦略",
    "条例",
    "規則",
    "規程",
    "構想",
    "憲章",
    "宣言",
    "ガイドライン",
    "マニュアル",
    "ロードマップ",
];

/// Whether a name is one of a plan, notice or by-law: it ends with such a word, a bracketed addition
/// （第3期） and 案 aside.
pub fn is_plan_name(name: &str) -> bool {
    let key = super::heading_key(name);
    let key = key.trim_end_matches("(案)").trim_end_matches('案');
    PLAN_ENDINGS
        .iter()
        .any(|ending| key.ends_with(&super::key(ending)) && key.len() > super::key(ending).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_nest_and_need_their_partners() {
        let text = "「緑の『計画』」を、『道の方針』と「開いたまま";
        let found: Vec<&str> = quotations(text)
            .iter()
            .map(|quotation| quotation.inside(text))
            .collect();
        assert_eq!(found, ["緑の『計画』", "計画", "道の方針"]);
    }

    #[test]
    fn names_of_plans_end_with_their_kind() {
        assert!(is_plan_name("緑野市人材育成基本方針（第3期）"));
        assert!(is_plan_name("みどり環境プラン(案)"));
        assert!(!is_plan_name("目標設定"));
        assert!(!is_plan_name("計画"));
    }
}
