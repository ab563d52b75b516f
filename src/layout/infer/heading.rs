//! A column's heading -> its modifiers and its head: numbering, signs, year, part of the year, brackets, and what is left.

use super::period::{self, Period};
use crate::text;
use crate::text::era::pattern;

/// A heading taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Its key without numbering and brackets, but with its words of time: 次年度への課題.
    pub full: String,
    /// The same without words of time: what is compared when `full` is not known.
    pub core: String,
    /// What stands in brackets after it, units aside: 期限, 業務目標又は事務の内容.
    pub glosses: Vec<String>,
    /// The unit in brackets after it: %, 千円.
    pub unit: Option<String>,
    /// The time that it speaks of.
    pub period: Period,
}

// ①, (1), 1., 第1, ア, ※ and the like before a heading, in its key (NFKC makes ① a 1).
pattern!(numbering, r"^(?:[※*◎○●◆◇■□▼▽・☆★]+|[(\[【〔]?[0-9]{1,2}[)\]】〕.。:、-]+|[0-9]{1,2}(?:[-.][0-9]{1,2})+|第?[0-9]{1,2}|[(][ア-ンa-z][)]|[ivx]{1,4}[.。、)])".to_owned());
pattern!(
    brackets,
    r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]".to_owned()
);
pattern!(unit, r"^(?:単位[:：]?)?(%|％|[百十]?[千万億]?円|[千万]?[人件回点]|か所|箇所|時間|日|kwh|t|t-co2|ｔ)$".to_owned());

impl Heading {
    /// Takes a heading apart.
    pub fn of(raw: &str) -> Self {
        let key = text::key(raw);
        let mut heading = Self::default();
        let bare = without_numbering(&key);
        let mut rest = unframed(without_reference(bare));
        while let Some(found) = brackets().captures(&rest) {
            let (whole, inner) = (
                found.get(0).map(|m| m.range()),
                found.get(1).map_or("", |m| m.as_str()).to_owned(),
            );
            let Some(whole) = whole else { break };
            // A heading that is nothing but a bracket is the bracket's text: 【目的】.
            let alone = whole.len() == rest.len();
            rest.replace_range(whole, if alone { inner.as_str() } else { "" });
            if alone {
                break;
            }
            heading.gloss(inner);
        }
        let rest = without_numbering(&rest).trim_end_matches(['欄', '。', ':']);
        heading.full = period::tidy(rest);
        let (period, core) = period::take(&heading.full);
        heading.period = period.within(heading.period);
        heading.core = core;
        heading
    }

    fn gloss(&mut self, inner: String) {
        if unit().is_match(&inner) {
            self.unit = Some(inner);
            return;
        }
        let (period, left) = period::take(&inner);
        if !period.is_open() && left.chars().count() <= 2 {
            self.period = self.period.within(period);
        } else if !inner.is_empty() {
            self.glosses.push(inner);
        }
    }

    /// Whether nothing but words of time, numbers or signs stands there.
    pub fn is_bare(&self) -> bool {
        !self.core.chars().any(char::is_alphabetic)
    }
}

/// A key without the sign of a footnote at its end: ※, ※2, *1.
fn without_reference(key: &str) -> &str {
    let unnumbered = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let unsigned = unnumbered.trim_end_matches(['※', '*', '注']);
    if unsigned.len() < unnumbered.len() && !unsigned.is_empty() {
        unsigned
    } else {
        key
    }
}

/// A key whose first words stand in a frame, which is no gloss: 【達成目標】(どこまで).
fn unframed(key: &str) -> String {
    let framed = key.strip_prefix(['【', '〔', '[', '<', '《']);
    let parted = framed.and_then(|rest| rest.split_once(['】', '〕', ']', '>', '》']));
    parted.map_or_else(
        || key.to_owned(),
        |(inside, rest)| format!("{inside}{rest}"),
    )
}

/// A key without the numbering and signs before it.1年間 and 第1四半期 keep their numbers, and so does a number alone.
fn without_numbering(key: &str) -> &str {
    let mut rest = key;
    while let Some(found) = numbering().find(rest) {
        let after = rest.get(found.end()..).unwrap_or_default();
        let counts = after.starts_with([
            '年', '月', '日', '次', '期', '人', '回', '件', '四', '半', '段', '級', 'q', '/', '~',
            '%',
        ]) && !found.as_str().ends_with(['.', '。', ')', '、']);
        if after.is_empty() || counts || found.is_empty() {
            break;
        }
        rest = after;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_taken_apart() {
        for (raw, full, core) in [
            ("①取組内容", "取組内容", "取組内容"),
            ("(1)政策内容", "政策内容", "政策内容"),
            ("目標値（％）", "目標値", "目標値"),
            ("Ｒ６実績", "r6実績", "実績"),
            ("※今年度の重点目標", "今年度の重点目標", "重点目標"),
            ("実施項目\n(業務目標又は事務の内容)", "実施項目", "実施項目"),
            ("1年間の総括", "1年間の総括", "総括"),
            ("【目的】", "目的", "目的"),
            ("中間点検（１０月）", "中間点検", "点検"),
            ("④令和６年度の実績", "令和6年度の実績", "実績"),
            ("備考欄", "備考", "備考"),
            ("達成度※", "達成度", "達成度"),
            ("【達成目標】（どこまで）※１", "達成目標", "達成目標"),
            ("評定（５段階）※２", "評定", "評定"),
        ] {
            let heading = Heading::of(raw);
            assert_eq!(
                (heading.full.as_str(), heading.core.as_str()),
                (full, core),
                "{raw}"
            );
        }
        assert_eq!(Heading::of("効果額（千円）").unit.as_deref(), Some("千円"));

        assert!(Heading::of("６年度").is_bare() && Heading::of("①").is_bare());
    }
}
