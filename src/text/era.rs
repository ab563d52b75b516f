//! Japanese eras, fiscal years, and days as texts write them.

use std::fmt;

use super::date::Date;

/// A Japanese era.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Era {
    /// From 1868.
    Meiji,
    /// From 1912.
    Taisho,
    /// From 1926-12-25.
    Showa,
    /// From 1989-01-08.
    Heisei,
    /// From 2019-05-01.
    Reiwa,
}

impl Era {
    /// 令和 …
    pub fn name(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// What is added to a year of the era to give the Gregorian year.
    pub fn offset(self) -> i32 {
        match self {
            Self::Meiji => 1867,
            Self::Taisho => 1911,
            Self::Showa => 1925,
            Self::Heisei => 1988,
            Self::Reiwa => 2018,
        }
    }

    /// The first letter that stands for it: R.
    pub fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// The era of a day.
    pub fn of(date: Date) -> Self {
        match (date.year(), date.month(), date.day()) {
            day if day >= (2019, 5, 1) => Self::Reiwa,
            day if day >= (1989, 1, 8) => Self::Heisei,
            day if day >= (1926, 12, 25) => Self::Showa,
            day if day >= (1912, 7, 30) => Self::Taisho,
            _ => Self::Meiji,
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "令和" | "R" | "r" | "令" | "㋿" => Self::Reiwa,
            "平成" | "H" | "h" | "平" | "㍻" => Self::Heisei,
            "昭和" | "S" | "s" | "昭" | "㍼" => Self::Showa,
            "大正" | "T" | "t" | "大" | "㍽" => Self::Taisho,
            "明治" | "M" | "m" | "明" | "㍾" => Self::Meiji,
            _ => return None,
        })
    }
}

/// A fiscal year as a text names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalYearName {
    /// The calendar year of its April.
    pub year: i32,
    /// The era and its year as written, or those of its first day where none is written.
    pub era: Era,
    /// 元 is 1; a nominal year past the era's end (平成36) stays.
    pub era_year: i32,
}

impl FiscalYearName {
    /// The name of a Gregorian fiscal year by its first day's era: 2019 → 平成31, 2020 → 令和2.
    pub fn of_year(year: i32) -> Option<Self> {
        let era = Era::of(Date::new(year, 4, 1)?);
        Some(Self {
            year,
            era,
            era_year: year - era.offset(),
        })
    }

    /// The year of this number of that era.
    pub fn of_era(era: Era, era_year: i32) -> Option<Self> {
        (1..=120).contains(&era_year).then(|| Self {
            year: era.offset() + era_year,
            era,
            era_year,
        })
    }

    /// 1 April.
    pub fn start(self) -> Option<Date> {
        Date::new(self.year, 4, 1)
    }

    /// 31 March of the next year.
    pub fn end(self) -> Option<Date> {
        Date::new(self.year + 1, 3, 31)
    }
}

impl fmt::Display for FiscalYearName {
    /// 令和8年度, 令和元年度.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}年度", self.era.name(), year_word(self.era_year))
    }
}

/// A fiscal year as it is spoken of in Japanese: 令和8年度; a year that has no era as a number.
pub fn spoken(year: i32) -> String {
    FiscalYearName::of_year(year).map_or_else(|| format!("{year}年度"), |name| name.to_string())
}

/// A year of an era as it is written: the first is 元.
pub fn year_word(era_year: i32) -> String {
    if era_year == 1 {
        "元".to_owned()
    } else {
        era_year.to_string()
    }
}

/// Something found in a text, with its byte range there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// What.
    pub value: T,
    /// Where in the text, in bytes.
    pub range: std::ops::Range<usize>,
}

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        fn $name() -> &'static regex::Regex {
            static PATTERN: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
                let pattern: String = $pattern;
                #[allow(clippy::expect_used)]
                // the pattern is a constant, compiled by every test run
                regex::Regex::new(&pattern).expect("a valid pattern")
            });
            &PATTERN
        }
    };
}
pub(crate) use pattern;

pattern!(
    dated,
    concat!(
        r"(?:(?:令和|平成|[RＲHＨ])[\s　]*(?:[0-9０-９]{1,2}|元)[\s　]*年度?|(?:19|20|１９|２０)[0-9０-９]{2}[\s　]*年度?|[0-9０-９]{1,2}[\s　]*年度)",
        r"(?:末|[\s　]*[0-9０-９]{1,2}[\s　]*月(?:末|[\s　]*[0-9０-９]{1,2}[\s　]*日)?)?",
        r"|[0-9０-９]{1,2}[\s　]*月(?:末|[\s　]*[0-9０-９]{1,2}[\s　]*日)?"
    )
    .to_owned()
);

/// Every year and day that a text names, as byte ranges: 令和8年度末, 2026年10月, 4月1日. Spans of time (3年間, 10か月) are none.
pub fn dated_words(text: &str) -> Vec<std::ops::Range<usize>> {
    dated().find_iter(text).map(|found| found.range()).collect()
}

/// Digits of any width, or kanji numerals, or 元; may be spread with spaces (`平 成 27 年`).
const YEAR_NUMBER: &str = r"(元|[0-9０-９](?:[\s　]*[0-9０-９])?|[一二三四五六七八九十]{1,3})";
const ERA_WORD: &str =
    r"(令[\s　]*和|平[\s　]*成|昭[\s　]*和|大[\s　]*正|明[\s　]*治|㋿|㍻|㍼|㍽|㍾)";

pattern!(
    era_fiscal_year,
    format!(
        r"{ERA_WORD}[\s　]*{YEAR_NUMBER}[\s　]*(?:[（(][\s　]*[0-9０-９]{{4}}年?[\s　]*[）)])?[\s　]*(?:事業)?年[\s　]*度"
    )
);
pattern!(
    short_era_fiscal_year,
    r"([RＲHＨSＳ令平昭])[\.．]?[\s　]*(元|[0-9０-９]{1,2})[\s　]*年[\s　]*度".to_owned()
);
pattern!(
    gregorian_fiscal_year,
    r"(?:FY[\s　]?)?([12１２][0-9０-９]{3})[\s　]*(?:[（(][^（）()]{1,8}[）)])?[\s　]*年[\s　]*度|FY[\s　]?([12][0-9]{3})".to_owned()
);
pattern!(
    era_day,
    format!(
        r"(?:{ERA_WORD}|([RＲHＨSＳ令平昭]))[\.．]?[\s　]*{YEAR_NUMBER}[\s　]*[年\./．／\-－][\s　]*([0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,2}})[\s　]*[月\./．／\-－][\s　]*([0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})[\s　]*日?"
    )
);
pattern!(
    gregorian_day,
    r"([12１２][0-9０-９]{3})[\s　]*[年\./．／\-－][\s　]*([0-9０-９]{1,2})[\s　]*[月\./．／\-－][\s　]*([0-9０-９]{1,2})[\s　]*日?".to_owned()
);

/// Whether a text may have an [`ERA_WORD`]: the first characters of eras, the signs for them.
fn names_era(text: &str) -> bool {
    text.contains(['令', '平', '昭', '大', '明', '㋿', '㍻', '㍼', '㍽', '㍾'])
}

/// Whether a text may have a letter for an era with a year after it.
fn has_short_era(text: &str) -> bool {
    let letters = text.match_indices(['R', 'Ｒ', 'H', 'Ｈ', 'S', 'Ｓ', '令', '平', '昭']);
    letters.into_iter().any(|(at, letter)| {
        let rest = text.get(at + letter.len()..).unwrap_or_default();
        let number = rest.trim_start_matches(['.', '．']).trim_start();
        number.starts_with(|c| {
            matches!(c, '元' | '0'..='9' | '０'..='９') || "一二三四五六七八九十".contains(c)
        })
    })
}

/// Whether a text may name a Gregorian year: four digits in a row.
fn has_gregorian_year(text: &str) -> bool {
    let mut digits = 0;
    text.chars().any(|c| {
        let is_digit = super::width::half_width(c).is_ascii_digit();
        digits = if is_digit { digits + 1 } else { 0 };
        digits == 4
    })
}

/// Digits, kanji numerals or 元 → the number.
pub(crate) fn year_number(text: &str) -> Option<i32> {
    let folded: String = super::width::fold_width(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if folded == "元" {
        return Some(1);
    }
    folded
        .parse()
        .ok()
        .or_else(|| super::number::kanji_number(&folded).map(|n| n as i32))
}

fn era_of_match(text: &str) -> Option<Era> {
    let folded: String = super::width::fold_width(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    Era::from_word(&folded)
}

/// Every fiscal year that a text names (令和8年度, R8年度, 2026年度, 令和8(2026)年度), in order.
pub fn fiscal_years(text: &str) -> Vec<Found<FiscalYearName>> {
    let mut found: Vec<Found<FiscalYearName>> = Vec::new();
    // Most texts name none, and compiling a pattern costs more than reading a page.
    if !text.contains('度') && !text.contains("FY") {
        return found;
    }
    let with_era = [
        names_era(text).then(era_fiscal_year),
        has_short_era(text).then(short_era_fiscal_year),
    ];
    for pattern in with_era.into_iter().flatten() {
        for captures in pattern.captures_iter(text) {
            let name = era_of_match(&captures[1])
                .zip(year_number(&captures[2]))
                .and_then(|(era, number)| FiscalYearName::of_era(era, number));
            push_found(&mut found, name, captures.get(0));
        }
    }
    let gregorian = has_gregorian_year(text).then(gregorian_fiscal_year);
    for captures in gregorian
        .into_iter()
        .flat_map(|pattern| pattern.captures_iter(text))
    {
        let year = captures.get(1).or_else(|| captures.get(2));
        let name = year
            .and_then(|m| year_number(m.as_str()))
            .and_then(FiscalYearName::of_year);
        push_found(&mut found, name, captures.get(0));
    }
    found.sort_by_key(|found| found.range.start);
    found
}

/// Adds a find unless it lies inside one that is there.
fn push_found<T>(found: &mut Vec<Found<T>>, value: Option<T>, at: Option<regex::Match<'_>>) {
    if let (Some(value), Some(at)) = (value, at)
        && !found
            .iter()
            .any(|f| f.range.start < at.end() && at.start() < f.range.end)
    {
        found.push(Found {
            value,
            range: at.range(),
        });
    }
}

/// The first day that a text names, in any of the usual writings. The inner `None`: the words name a day
/// that does not exist (令和7年2月30日).
pub fn day(text: &str) -> Option<Found<Option<Date>>> {
    let has_era = names_era(text) || has_short_era(text);
    if let Some(captures) = has_era.then(era_day).and_then(|day| day.captures(text)) {
        let era = captures
            .get(1)
            .or_else(|| captures.get(2))
            .and_then(|m| era_of_match(m.as_str()))?;
        let year = era.offset() + year_number(&captures[3])?;
        let (month, day) = (year_number(&captures[4])?, year_number(&captures[5])?);
        let range = captures.get(0)?.range();
        return Some(Found {
            value: date_of(year, month, day),
            range,
        });
    }
    let gregorian = has_gregorian_year(text).then(gregorian_day)?;
    let captures = gregorian.captures(text)?;
    let year = year_number(&captures[1])?;
    let (month, day) = (year_number(&captures[2])?, year_number(&captures[3])?);
    Some(Found {
        value: date_of(year, month, day),
        range: captures.get(0)?.range(),
    })
}

/// The fiscal year that a text names by its first and last day: 令和6年4月1日～令和7年3月31日.
pub fn year_of_period(text: &str) -> Option<FiscalYearName> {
    let first = day(text)?;
    let last = day(text.get(first.range.end..)?)?.value?;
    let first = first.value?;
    let is_year = (first.month(), first.day()) == (4, 1)
        && (last.year(), last.month(), last.day()) == (first.year() + 1, 3, 31);
    is_year.then(|| FiscalYearName::of_year(first.year()))?
}

fn date_of(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// A fiscal year as a person types it: `2026`, `R8`, `令和8年度`.
pub fn parse_fiscal_year(text: &str) -> Option<FiscalYearName> {
    let text = text.trim();
    let with_suffix = if text.contains("年度") {
        text.to_owned()
    } else {
        format!("{}年度", text.trim_end_matches('年'))
    };
    let mut found = fiscal_years(&with_suffix);
    (found.len() == 1 && found[0].range == (0..with_suffix.len())).then(|| found.remove(0).value)
}

/// Fiscal years in a file's or worksheet's name, where 年度 may be missing: `r8`, `R8組織目標`, `令和8`, `2026年度`.
pub fn fiscal_years_in_name(name: &str) -> Vec<FiscalYearName> {
    pattern!(
        in_name,
        r"(?:^|[^A-Za-zＡ-Ｚａ-ｚ0-9])([RrHhＲＨ])(元|[0-9０-９]{1,2})|(令和|平成)(元|[0-9０-９]{1,2})".to_owned()
    );
    let mut names: Vec<FiscalYearName> = fiscal_years(name)
        .into_iter()
        .map(|found| found.value)
        .collect();
    for captures in in_name().captures_iter(name) {
        let after = captures.get(0).map_or("", |whole| &name[whole.end()..]);
        if goes_on_as_another_word(after) {
            continue;
        }
        let era = captures
            .get(1)
            .or_else(|| captures.get(3))
            .and_then(|m| era_of_match(&m.as_str().to_uppercase()));
        let number = captures
            .get(2)
            .or_else(|| captures.get(4))
            .and_then(|m| year_number(m.as_str()));
        let name = era
            .zip(number)
            .and_then(|(era, number)| FiscalYearName::of_era(era, number));
        // A lone h with a small number is a sheet's or form's letter; no goal sheet is that old.
        names
            .extend(name.filter(|name| captures.get(3).is_some() || name.year >= OLDEST_BY_LETTER));
    }
    names.sort_by_key(|name| name.year);
    names.dedup_by_key(|name| name.year);
    names
}

/// Before 平成13 (2001) offices had no goal sheets; a letter and a
/// smaller number name something else.
const OLDEST_BY_LETTER: i32 = 2001;

/// Whether what follows `R8` makes it a part of something else: a code (R8A), a day (R8.3.31).
fn goes_on_as_another_word(after: &str) -> bool {
    pattern!(day_goes_on, r"^[\.\-][0-9]{1,2}[\.\-][0-9]".to_owned());
    after.starts_with(|c: char| c.is_ascii_alphanumeric()) || day_goes_on().is_match(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(text: &str) -> Vec<i32> {
        fiscal_years(text)
            .iter()
            .map(|found| found.value.year)
            .collect()
    }

    #[test]
    fn fiscal_years_in_every_writing() {
        for (text, year) in [
            ("令和8年度 組織目標", 2026),
            ("令和８年度", 2026),
            ("平成31年度", 2019),
            ("令和元年度", 2019),
            ("平 成 27 年 度", 2015),
            ("R8年度", 2026),
            ("令8年度", 2026),
            ("2026年度", 2026),
            ("令和8(2026)年度", 2026),
            ("2023（平成35）年度", 2023),
            ("FY2026", 2026),
            ("令和八年度", 2026),
        ] {
            assert_eq!(years(text), [year], "{text}");
        }
        assert_eq!(years("令和8年4月1日"), Vec::<i32>::new());
        let nominal = fiscal_years("平成36年度").remove(0).value;
        assert_eq!((nominal.year, nominal.era_year), (2024, 36));
    }

    #[test]
    fn days_in_every_writing() {
        for text in [
            "令和8年4月1日",
            "令和８年４月１日",
            "R8.4.1",
            "R08/4/1",
            "令8.4.1",
            "2026/4/1",
            "2026年4月1日",
            "令和八年四月一日",
            "令 和 8 年 4 月 1 日",
        ] {
            assert_eq!(
                day(text)
                    .and_then(|found| found.value)
                    .map(|d| d.to_string())
                    .as_deref(),
                Some("2026-04-01"),
                "{text}"
            );
        }
        assert_eq!(day("令和7年2月30日").map(|found| found.value), Some(None));
        assert_eq!(day("年度末"), None);
    }

    #[test]
    fn options_and_names() {
        for text in ["2026", "R8", "令和8年度", "令和8"] {
            assert_eq!(
                parse_fiscal_year(text).map(|name| name.year),
                Some(2026),
                "{text}"
            );
        }
        assert_eq!(parse_fiscal_year("8"), None);
        let in_name = |name| {
            fiscal_years_in_name(name)
                .iter()
                .map(|n| n.year)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            in_name("01_政策経営部_R8組織目標展開整理表（修正）.xlsx"),
            [2026]
        );
        assert_eq!(in_name("kokubunji_r4.90ms-RKSJ-H.pdf"), [2022]);
        assert_eq!(in_name("H30-3-5提出.xlsx"), Vec::<i32>::new());
        assert_eq!(in_name("様式h3.xlsx"), Vec::<i32>::new());
        assert_eq!(in_name("chart2.xlsx"), Vec::<i32>::new());
    }
}
