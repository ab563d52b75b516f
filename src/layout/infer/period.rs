//! The time that a heading speaks of: a year, a year seen from the sheet's own, a part of the year.

use crate::text::era::{Era, FiscalYearName, pattern};

/// A year as a heading names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Year {
    /// The calendar year of its April.
    Named(i32),
    /// Years from the sheet's own: −1 is 前年度.
    Relative(i32),
}

/// A part of the year, or a time beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// 当初.
    Start,
    /// 中間, 上半期.
    Middle,
    /// 下半期.
    SecondHalf,
    /// 年度末, 期末.
    End,
    /// One of several stretches: 第1四半期, 4月.
    Stretch,
    /// Beyond the year: 中期, 長期, 最終.
    Beyond,
}

/// The time that a heading speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Period {
    pub year: Option<Year>,
    pub part: Option<Part>,
}

impl Period {
    /// What this one leaves open, as another (the parent's) has it.
    pub fn within(self, outer: Self) -> Self {
        Self {
            year: self.year.or(outer.year),
            part: self.part.or(outer.part),
        }
    }

    /// Years from the sheet's own year, where both are known.
    pub fn distance(self, fiscal_year: Option<i32>) -> Option<i32> {
        match self.year? {
            Year::Relative(years) => Some(years),
            Year::Named(year) => Some(year - fiscal_year?),
        }
    }

    /// Whether nothing is said.
    pub fn is_open(self) -> bool {
        self == Self::default()
    }
}

// A key is folded: 令和６年度 → 令和6年度, Ｒ６ → r6.
pattern!(
    era_year,
    r"(令和|平成|昭和|[rhs])(元|[0-9]{1,2})(?:年度?)?(?:\([0-9]{4}(?:年度?)?\))?".to_owned()
);
pattern!(
    gregorian,
    r"(?:fy)?((?:19|20)[0-9]{2})(?:年度?)?(?:\((?:令和|平成|[rh])[0-9元]{1,2}(?:年度?)?\))?"
        .to_owned()
);
pattern!(bare, r"([0-9]{1,2}|元)年度".to_owned());
pattern!(quarter, r"第?[1-4一二三四]四半期|[1-4]q".to_owned());
pattern!(
    stretch,
    r"(?:[0-9]{1,2}月?[~-])?[0-9]{1,2}月(?:末|頃|現在|時点|期)?|[0-9]{1,2}[./][0-9]{1,2}現在"
        .to_owned()
);

/// Words for a year from the sheet's own; longer ones first.
const RELATIVE: [(&str, i32); 22] = [
    ("前々年度", -2),
    ("前年度", -1),
    ("昨年度", -1),
    ("前年", -1),
    ("昨年", -1),
    ("前回", -1),
    ("今年度", 0),
    ("本年度", 0),
    ("当年度", 0),
    ("当該年度", 0),
    ("今年", 0),
    ("本年", 0),
    ("今期", 0),
    ("次年度", 1),
    ("翌年度", 1),
    ("来年度", 1),
    ("次期", 1),
    ("翌年", 1),
    ("来年", 1),
    ("来期", 1),
    ("翌々年度", 2),
    ("次回", 1),
];

/// Words for a part of the year; longer ones first.
const PARTS: [(&str, Part); 27] = [
    ("年度当初", Part::Start),
    ("期首", Part::Start),
    ("当初", Part::Start),
    ("上半期", Part::Middle),
    ("上期", Part::Middle),
    ("年度中間", Part::Middle),
    ("中間", Part::Middle),
    ("前半", Part::Middle),
    ("前期", Part::Middle),
    ("半期", Part::Middle),
    ("年度途中", Part::Middle),
    ("下半期", Part::SecondHalf),
    ("下期", Part::SecondHalf),
    ("後半", Part::SecondHalf),
    ("後期", Part::SecondHalf),
    ("年度末", Part::End),
    ("期末", Part::End),
    ("年末", Part::End),
    ("1年間", Part::End),
    ("年間", Part::End),
    ("通年", Part::End),
    ("中長期的", Part::Beyond),
    ("中長期", Part::Beyond),
    ("長期的", Part::Beyond),
    ("長期", Part::Beyond),
    ("中期", Part::Beyond),
    ("最終年度", Part::Beyond),
];

/// Other words for the same year, and the one that stands in the table of words.
const SAME_YEAR: [(&str, &str); 8] = [
    ("来年度", "次年度"),
    ("翌年度", "次年度"),
    ("次期", "次年度"),
    ("昨年度", "前年度"),
    ("前回", "前年度"),
    ("本年度", "今年度"),
    ("当年度", "今年度"),
    ("今期", "今年度"),
];

/// A heading's key with one word for each year as seen from the sheet's own: 来年度に向けて is 次年度に向けて.
pub(crate) fn with_usual_year(key: &str) -> Option<String> {
    let (word, usual) = SAME_YEAR.iter().find(|(word, _)| key.contains(word))?;
    Some(key.replacen(word, usual, 1))
}

/// Takes the words of time out of a heading's key: what they say, and the rest.
///
/// 下半期 holds 半期, and 前年度末 a year and a part: years go first, and of parts the first one in the list that is there.
pub(crate) fn take(key: &str) -> (Period, String) {
    let mut period = Period::default();
    let mut rest = key.to_owned();
    if let Some((year, range)) = named_year(&rest) {
        period.year = Some(Year::Named(year));
        rest = without(&rest, range, "年度");
    } else if let Some((word, years)) = RELATIVE.iter().find(|(word, _)| rest.contains(word)) {
        let at = rest.find(word).unwrap_or_default();
        period.year = Some(Year::Relative(*years));
        rest = without(&rest, at..at + word.len(), "年度");
    }
    // 第1四半期 is a stretch and holds 半期; 下半期 comes before 半期.
    let order = [
        Part::SecondHalf,
        Part::Start,
        Part::Middle,
        Part::End,
        Part::Beyond,
    ];
    let quarter = quarter().find(&rest).map(|found| found.range());
    let word = order.iter().filter(|_| quarter.is_none()).find_map(|part| {
        let (word, _) = PARTS
            .iter()
            .find(|(word, of)| of == part && rest.contains(word))?;
        let at = rest.find(word)?;
        Some((*part, at..at + word.len()))
    });
    let found = quarter.map(|range| (Part::Stretch, range)).or(word);
    let found = found.or_else(|| Some((Part::Stretch, stretch().find(&rest)?.range())));
    if let Some((part, range)) = found {
        period.part = Some(part);
        rest = without(&rest, range, "");
    }
    (period, tidy(&rest))
}

fn named_year(key: &str) -> Option<(i32, std::ops::Range<usize>)> {
    let number = |digits: &str| {
        if digits == "元" {
            Some(1)
        } else {
            digits.parse::<i32>().ok()
        }
    };
    if let Some(found) = era_year().captures(key) {
        let era = match found.get(1)?.as_str() {
            "令和" | "r" => Era::Reiwa,
            "平成" | "h" => Era::Heisei,
            _ => Era::Showa,
        };
        let whole = found.get(0)?;
        // 'r' of a Latin word is no era.
        let latin_before = key
            .get(..whole.start())?
            .ends_with(|c: char| c.is_ascii_alphanumeric());
        if !latin_before {
            let name = FiscalYearName::of_era(era, number(found.get(2)?.as_str())?)?;
            return Some((name.year, whole.range()));
        }
    }
    if let Some(found) = gregorian().captures(key) {
        return Some((number(found.get(1)?.as_str())?, found.get(0)?.range()));
    }
    let found = bare().captures(key)?;
    let whole = found.get(0)?;
    let years = number(found.get(1)?.as_str())?;
    // 第2年度 and 3か年 are no years of an era; a bare number is one of the present era.
    let counted = key.get(..whole.start())?.ends_with('第');
    let name = FiscalYearName::of_era(Era::Reiwa, years)?;
    (!counted).then_some((name.year, whole.range()))
}

/// A key without a part of it; what is left of 年度 after it goes too.
fn without(key: &str, range: std::ops::Range<usize>, also: &str) -> String {
    let before = key.get(..range.start).unwrap_or_default();
    let after = key.get(range.end..).unwrap_or_default();
    // 令和6年度末 is read as a year and 年度末.
    let after = if !also.is_empty() && after.starts_with('末') {
        format!("{also}{after}")
    } else {
        after.to_owned()
    };
    format!("{before}{after}")
}

/// A heading without the particles that joined what was taken out, and without empty brackets.
pub(crate) fn tidy(rest: &str) -> String {
    const AROUND: [char; 12] = [
        'の', '(', ')', '・', '、', ':', '/', '[', ']', '~', '-', '=',
    ];
    let mut rest = rest.replace("()", "");
    for word in [
        "における",
        "時点",
        "現在",
        "に係る",
        "に向けた",
        "への",
        "以降の",
        "に向けて",
    ] {
        if let Some(without) = rest.strip_prefix(word) {
            rest = without.to_owned();
        }
    }
    rest.trim_start_matches(AROUND)
        .trim_end_matches(['の', '(', '・', '、', ':', '/', '[', '~', '-'])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn years_and_parts_are_taken_out() {
        for (heading, year, part, rest) in [
            (
                "令和６年度\n目標値",
                Some(Year::Named(2024)),
                None,
                "目標値",
            ),
            ("Ｒ６実績", Some(Year::Named(2024)), None, "実績"),
            ("６年度", Some(Year::Named(2024)), None, ""),
            ("基準値（Ｒ元）", Some(Year::Named(2019)), None, "基準値"),
            ("2026年度目標", Some(Year::Named(2026)), None, "目標"),
            ("前年度の実績", Some(Year::Relative(-1)), None, "実績"),
            (
                "今年度の重点目標",
                Some(Year::Relative(0)),
                None,
                "重点目標",
            ),
            ("次年度への対策", Some(Year::Relative(1)), None, "対策"),
            ("中間評価", None, Some(Part::Middle), "評価"),
            ("下半期の予定", None, Some(Part::SecondHalf), "予定"),
            (
                "令和6年度末の状態",
                Some(Year::Named(2024)),
                Some(Part::End),
                "状態",
            ),
            ("第１四半期", None, Some(Part::Stretch), ""),
            ("長期的目標値", None, Some(Part::Beyond), "目標値"),
            ("達成水準", None, None, "達成水準"),
        ] {
            let (period, left) = take(&text::key(heading));
            assert_eq!(
                (period.year, period.part, left.as_str()),
                (year, part, rest),
                "{heading}"
            );
        }
    }
}
