//! The words of いつまで -> a kind and its days within the fiscal year.

use super::passage::Passage;
use crate::document::value::{Deadline, DeadlineKind as Kind};
use crate::text::date::Date;
use crate::text::era::{self, pattern};

/// A deadline in a sheet of this fiscal year (the calendar year of its April; without one, words give no days).
pub(crate) fn deadline(passage: &Passage, text: &str, fiscal_year: Option<i32>) -> Deadline {
    let (kind, from, to) = resolve(&passage.plain(text), fiscal_year);
    Deadline {
        raw: passage.raw(text),
        kind,
        from,
        to,
        places: passage.places.clone(),
        origin: passage.origin(),
    }
}

/// The kind of deadline that words name, in a sheet of any year.
pub(crate) fn kind_of(words: &str) -> Kind {
    resolve(words, None).0
}

type Resolved = (Kind, Option<Date>, Option<Date>);

pattern!(only_month, r"^(?:令和|平成|昭和|[rhs])?(?:(元|[0-9]{1,4})年)?([0-9]{1,2})月(末日?|中|まで|末まで|中旬|上旬|下旬|初旬|頃)?(?:までに?|に|を?目途に?)?$".to_owned());
pattern!(
    month_and_day,
    r"^([0-9]{1,2})月([0-9]{1,2})日(?:までに?|に)?$".to_owned()
);
pattern!(
    dotted_month,
    r"^((?:令和|平成|昭和|[rhs])(?:元|[0-9]{1,2})|[0-9]{4})[./。]([0-9]{1,2})([^0-9./。].*)?$"
        .to_owned()
);
pattern!(council, r"^([0-9]{1,2})月(?:定例)?(?:市|町|村|区)?(?:議会|定例会|会議|議会定例会)(?:上程|まで|までに)?$".to_owned());
pattern!(
    quarter,
    r"^第?([1-4一二三四])四半期(?:末|中|まで)?$".to_owned()
);
pattern!(
    month_range,
    r"^([0-9]{1,2})月(?:から|~|-)([0-9]{1,2})月(?:末|まで)?$".to_owned()
);

/// Words -> kind, first and last day.
fn resolve(plain: &str, fiscal_year: Option<i32>) -> Resolved {
    let words = &*crate::text::key(plain);
    let year_end = fiscal_year.and_then(|year| Date::new(year + 1, 3, 31));
    let year_start = fiscal_year.and_then(|year| Date::new(year, 4, 1));
    let trimmed = words
        .trim_end_matches("までに")
        .trim_end_matches("まで")
        .trim_end_matches('に');
    if let Some(found) = era::day(plain) {
        let rest = plain.get(found.range.end..).map(str::trim);
        let whole = matches!(rest, Some("" | "まで" | "までに" | "に"));
        if found.range.start == 0 && whole {
            return (Kind::Day, None, found.value);
        }
    }
    match trimmed {
        "年度末" | "年度内" | "年度中" | "今年度末" | "今年度内" | "当年度末" | "本年度末"
        | "通年の終わり" => {
            return (Kind::FiscalYearEnd, None, year_end);
        }
        "年内" | "年末" | "年中" => {
            return (
                Kind::CalendarYearEnd,
                None,
                fiscal_year.and_then(|year| Date::new(year, 12, 31)),
            );
        }
        "上半期" | "前期" | "上期" | "上半期中" | "上半期末" => {
            return (
                Kind::Half,
                year_start,
                fiscal_year.and_then(|year| Date::new(year, 9, 30)),
            );
        }
        "下半期" | "後期" | "下期" | "下半期中" | "下半期末" => {
            return (
                Kind::Half,
                fiscal_year.and_then(|year| Date::new(year, 10, 1)),
                year_end,
            );
        }
        "早急" | "速やか" | "直ち" | "早期" | "至急" | "可能な限り早期" => {
            return (Kind::Asap, None, None);
        }
        _ => {}
    }
    months(words, fiscal_year)
        .or_else(|| quarter_of(trimmed, fiscal_year))
        .or_else(|| named_year(trimmed, fiscal_year))
        .or_else(|| recurring(trimmed))
        .unwrap_or((Kind::Unknown, None, None))
}

/// 第1四半期.
fn quarter_of(trimmed: &str, fiscal_year: Option<i32>) -> Option<Resolved> {
    let captures = trimmed
        .contains("四半期")
        .then(quarter)?
        .captures(trimmed)?;
    let index = crate::text::number::whole_number(&captures[1])? as u8;
    let first = [4, 7, 10, 1].get(usize::from(index) - 1).copied()?;
    Some((
        Kind::Quarter,
        first_of(fiscal_year, first),
        last_of(fiscal_year, first + 2),
    ))
}

/// Months, council sessions.
fn months(words: &str, fiscal_year: Option<i32>) -> Option<Resolved> {
    if !words.contains('月') {
        // R8.9 and 2026/9: a year that cannot be a month, and a month.
        let captures = dotted_month().captures(words)?;
        let rest = captures.get(3).map_or("", |rest| rest.as_str());
        let spelled = format!("{}年{}月{rest}", &captures[1], &captures[2]);
        return months(&spelled, fiscal_year);
    }
    if let Some(captures) = month_range().captures(words) {
        let (from, to) = (number(&captures[1])?, number(&captures[2])?);
        return Some((
            Kind::Month,
            first_of(fiscal_year, from),
            last_of(fiscal_year, to),
        ));
    }
    if let Some(captures) = council().captures(words) {
        let month = number(&captures[1])?;
        return Some((
            Kind::Session,
            first_of(fiscal_year, month),
            last_of(fiscal_year, month),
        ));
    }
    if let Some(captures) = month_and_day().captures(words) {
        let (month, day) = (number(&captures[1])?, captures[2].parse().ok()?);
        let on = fiscal_year.and_then(|year| Date::new(year_of(year, month), month, day));
        return Some((Kind::Day, None, on));
    }
    let captures = only_month().captures(words)?;
    let month = number(&captures[2])?;
    let part = captures.get(3).map_or("", |part| part.as_str());
    let year = match captures.get(1) {
        Some(written) => Some(written_year(words, era::year_number(written.as_str())?)?),
        None => fiscal_year.map(|year| year_of(year, month)),
    };
    let end = year.and_then(|year| Date::month_end(year, month));
    Some(match part {
        "上旬" | "中旬" | "下旬" | "初旬" | "頃" => (
            Kind::Approximate,
            year.and_then(|year| Date::new(year, month, 1)),
            end,
        ),
        // 3月末 is the end of the fiscal year.
        _ if month == 3
            && end.is_some()
            && fiscal_year.is_some_and(|fiscal| Some(fiscal + 1) == year) =>
        {
            (Kind::FiscalYearEnd, None, end)
        }
        _ => (Kind::Month, None, end),
    })
}

fn number(digits: &str) -> Option<u8> {
    digits.parse().ok().filter(|month| (1..=12).contains(month))
}

/// The Gregorian year of `令和9年3月`; a year without an era only with four digits.
fn written_year(words: &str, number: i32) -> Option<i32> {
    let offset = match words.chars().next()? {
        '令' | 'r' => era::Era::Reiwa.offset(),
        '平' | 'h' => era::Era::Heisei.offset(),
        '昭' | 's' => era::Era::Showa.offset(),
        _ if number >= 1900 => 0,
        _ => return None,
    };
    Some(number + offset)
}

/// The calendar year of a month in a fiscal year.
fn year_of(fiscal_year: i32, month: u8) -> i32 {
    if month <= 3 {
        fiscal_year + 1
    } else {
        fiscal_year
    }
}

fn first_of(fiscal_year: Option<i32>, month: u8) -> Option<Date> {
    fiscal_year.and_then(|year| Date::new(year_of(year, month), month, 1))
}

fn last_of(fiscal_year: Option<i32>, month: u8) -> Option<Date> {
    fiscal_year.and_then(|year| Date::month_end(year_of(year, month), month))
}

/// 令和10年度, 令和8年度末: this year's end, or a later year's.
fn named_year(trimmed: &str, fiscal_year: Option<i32>) -> Option<Resolved> {
    let found = era::fiscal_years(trimmed).into_iter().next()?;
    let rest = trimmed.get(found.range.end..)?;
    if found.range.start != 0 || !matches!(rest, "" | "末" | "内" | "中") {
        return None;
    }
    let end = found.value.end();
    Some(match fiscal_year {
        Some(year) if found.value.year > year => (Kind::FutureYear, found.value.start(), end),
        _ => (Kind::FiscalYearEnd, None, end),
    })
}

/// 随時, 毎月, 年3回.
fn recurring(trimmed: &str) -> Option<Resolved> {
    pattern!(times, r"^年[0-9○]+回(?:以上|程度)?$".to_owned());
    let is = matches!(
        trimmed,
        "随時"
            | "適宜"
            | "通年"
            | "毎月"
            | "毎年"
            | "毎週"
            | "四半期ごと"
            | "四半期毎"
            | "半期ごと"
            | "隔月"
            | "年間"
            | "年間を通じて"
            | "常時"
            | "都度"
    ) || trimmed.starts_with('年') && times().is_match(trimmed);
    if is {
        return Some((Kind::Recurring, None, None));
    }
    let season = ["春", "夏", "秋", "冬"]
        .iter()
        .any(|season| trimmed.starts_with(season));
    (trimmed.chars().count() <= 5
        && (season || trimmed.ends_with('頃') || trimmed.ends_with("ごろ")))
    .then_some((Kind::Approximate, None, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str) -> (Kind, Option<String>, Option<String>) {
        let (kind, from, to) = resolve(words, Some(2026));
        (kind, from.map(|d| d.to_string()), to.map(|d| d.to_string()))
    }

    #[test]
    fn deadlines_resolve_within_the_fiscal_year() {
        let to = |kind, to: &str| (kind, None, Some(to.to_owned()));
        let span = |kind, from: &str, to: &str| (kind, Some(from.to_owned()), Some(to.to_owned()));
        for (words, expected) in [
            ("年度末", to(Kind::FiscalYearEnd, "2027-03-31")),
            ("年度内に", to(Kind::FiscalYearEnd, "2027-03-31")),
            ("3月末", to(Kind::FiscalYearEnd, "2027-03-31")),
            ("令和9年3月", to(Kind::FiscalYearEnd, "2027-03-31")),
            ("９月末", to(Kind::Month, "2026-09-30")),
            ("9月まで", to(Kind::Month, "2026-09-30")),
            ("1月中", to(Kind::Month, "2027-01-31")),
            ("令和8年10月31日", to(Kind::Day, "2026-10-31")),
            ("10月1日", to(Kind::Day, "2026-10-01")),
            ("１月３１日までに", to(Kind::Day, "2027-01-31")),
            ("2月30日", (Kind::Day, None, None)),
            ("R8.9.30", to(Kind::Day, "2026-09-30")),
            ("Ｒ８．９", to(Kind::Month, "2026-09-30")),
            ("2026/9末", to(Kind::Month, "2026-09-30")),
            ("R9.3", to(Kind::FiscalYearEnd, "2027-03-31")),
            ("8.9", (Kind::Unknown, None, None)),
            ("R8.13", (Kind::Unknown, None, None)),
            ("年内", to(Kind::CalendarYearEnd, "2026-12-31")),
            ("上半期", span(Kind::Half, "2026-04-01", "2026-09-30")),
            ("下半期", span(Kind::Half, "2026-10-01", "2027-03-31")),
            ("第3四半期", span(Kind::Quarter, "2026-10-01", "2026-12-31")),
            ("第4四半期", span(Kind::Quarter, "2027-01-01", "2027-03-31")),
            ("9月定例会", span(Kind::Session, "2026-09-01", "2026-09-30")),
            (
                "10月頃",
                span(Kind::Approximate, "2026-10-01", "2026-10-31"),
            ),
            (
                "令和10年度",
                span(Kind::FutureYear, "2028-04-01", "2029-03-31"),
            ),
            ("早急に", (Kind::Asap, None, None)),
            ("随時", (Kind::Recurring, None, None)),
            ("夏頃", (Kind::Approximate, None, None)),
            ("未定", (Kind::Unknown, None, None)),
        ] {
            assert_eq!(of(words), expected, "{words}");
        }
    }
}
