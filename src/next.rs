//! This year's goal sheet -> the one to fill in for another year: goals carried over, what was found out in the year left out.

use crate::document::goal::{GoalSheet, Indicator, Midterm, YearEnd};
use crate::document::value::{FiscalYear, Number, Predecessors, Text};
use crate::document::{Field, Goal};
use crate::text::era::{self, FiscalYearName};
use crate::text::width;

/// The heading of the column that says which goal of the year before a goal was. Where a form has no such column, the
/// workbook has one that is not shown; readers read it all the same.
pub use crate::text::own_headings::CARRIED_COLUMN;

/// The sheet of `year` with the goals of this one. Title and year are the new ones; 作成日, 氏名, 達成状況, 中間確認,
/// 年度末確認 and actual values are empty; each goal names its own number as its predecessor's.
#[must_use]
pub fn next(sheet: &GoalSheet, year: FiscalYearName) -> GoalSheet {
    let old = sheet.fiscal_year.as_ref();
    GoalSheet {
        title: sheet.title.as_ref().map(|title| retitled(title, old, year)),
        fiscal_year: named(year, old.and_then(|old| old.raw.as_deref())),
        prepared_on: None,
        person: None,
        goals: sheet.goals.iter().map(carried).collect(),
        ..sheet.clone()
    }
}

/// The same form without goals: so many rows, numbered.
#[must_use]
pub fn blank(mut sheet: GoalSheet, rows: usize) -> GoalSheet {
    let midterm = sheet.goals.iter().any(|goal| goal.midterm.is_some());
    let year_end = sheet.goals.iter().any(|goal| goal.year_end.is_some());
    let empty = |at: usize| Goal {
        number: Some(Number {
            raw: at.to_string(),
            value: i64::try_from(at).ok(),
            places: Vec::new(),
            origin: Vec::new(),
        }),
        midterm: midterm.then(Midterm::default),
        year_end: year_end.then(YearEnd::default),
        ..Goal::default()
    };
    sheet.goals = (1..=rows).map(empty).collect();
    sheet.remarks.clear();
    sheet.ruby.clear();
    sheet
}

/// An empty sheet of a layout.
#[must_use]
pub fn of_layout(layout: &str, year: FiscalYearName) -> GoalSheet {
    GoalSheet {
        layout: layout.to_owned(),
        title: None,
        fiscal_year: named(year, None),
        municipality: None,
        organization: None,
        prepared_on: None,
        post: None,
        person: None,
        mission: None,
        columns: Vec::new(),
        goals: Vec::new(),
        remarks: Vec::new(),
        ruby: Vec::new(),
    }
}

fn named(year: FiscalYearName, old: Option<&str>) -> Option<FiscalYear> {
    Some(FiscalYear {
        raw: old.map(|old| spelled(year, old)),
        year: year.year,
        era: year.era.name().to_owned(),
        era_year: year.era_year,
        start: year.start()?,
        end: year.end()?,
        places: Vec::new(),
    })
}

fn retitled(title: &Text, old: Option<&FiscalYear>, year: FiscalYearName) -> Text {
    let mut text = title.text.clone();
    let mut found = era::fiscal_years(&text);
    found.retain(|found| old.is_none_or(|old| old.year == found.value.year));
    for found in found.iter().rev() {
        let words = spelled(year, text.get(found.range.clone()).unwrap_or_default());
        text.replace_range(found.range.clone(), &words);
    }
    Text {
        raw: text.clone(),
        text,
        ..title.clone()
    }
}

/// A year in the writing of another: 2027年度 for 2026年度, 令和９年度 for 令和８年度.
fn spelled(year: FiscalYearName, like: &str) -> String {
    let starts_with_year = width::fold_width(like)
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit());
    let words = if starts_with_year && width::fold_width(like).trim_start().starts_with("20") {
        format!("{}年度", year.year)
    } else {
        year.to_string()
    };
    let wide = like.chars().any(|c| ('０'..='９').contains(&c));
    let widen = |c: char| match c.to_digit(10).filter(|_| wide) {
        Some(digit) => char::from_u32(u32::from('０') + digit).unwrap_or(c),
        None => c,
    };
    words.chars().map(widen).collect()
}

fn carried(goal: &Goal) -> Goal {
    let number = goal.number.as_ref();
    let predecessors = number.map(|number| {
        let plain = number
            .value
            .map_or_else(|| number.raw.clone(), |value| value.to_string());
        Predecessors {
            raw: plain.clone(),
            numbers: vec![plain],
            places: Vec::new(),
            origin: Vec::new(),
        }
    });
    let indicator = |indicator: &Indicator| Indicator {
        actual: None,
        ..indicator.clone()
    };
    Goal {
        predecessors,
        indicators: goal.indicators.iter().map(indicator).collect(),
        achievement: None,
        midterm: goal.midterm.as_ref().map(|_| Midterm::default()),
        year_end: goal.year_end.as_ref().map(|_| YearEnd::default()),
        ..goal.clone()
    }
}

/// The years and days that stand in what is carried over, by field: 令和8年度末, 4月1日. Each may be last year's.
#[must_use]
pub fn dated_words(sheet: &GoalSheet) -> Vec<(Field, Vec<String>)> {
    const CARRIED: [Field; 7] = [
        Field::Item,
        Field::Level,
        Field::Methods,
        Field::Deadline,
        Field::IndicatorName,
        Field::IndicatorBaseline,
        Field::IndicatorTarget,
    ];
    let of_field = |field: Field| {
        let values = sheet.goals.iter().flat_map(|goal| goal.of(field));
        let mut words: Vec<String> = values
            .flat_map(|value| {
                let text = value.text().map_or(value.raw(), |text| &text.text);
                let found = era::dated_words(text);
                found
                    .into_iter()
                    .filter_map(|range| text.get(range))
                    .map(str::to_owned)
            })
            .collect();
        words.sort();
        words.dedup();
        (field, words)
    };
    let all = CARRIED.into_iter().map(of_field);
    all.filter(|(_, words)| !words.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_written_as_the_old_one_was() {
        let year = FiscalYearName::of_year(2027).unwrap();
        for (old, new) in [
            ("令和8年度", "令和9年度"),
            ("令和８年度", "令和９年度"),
            ("2026年度", "2027年度"),
            ("R8年度", "令和9年度"),
        ] {
            assert_eq!(spelled(year, old), new);
        }
    }

    #[test]
    fn years_and_days_are_found_and_counts_of_years_are_not() {
        let found = |text: &str| -> Vec<String> {
            let ranges = era::dated_words(text);
            ranges
                .into_iter()
                .map(|range| text[range].to_owned())
                .collect()
        };
        assert_eq!(found("令和8年度末までに"), ["令和8年度末"]);
        assert_eq!(
            found("４月１日から令和9年3月31日まで"),
            ["４月１日", "令和9年3月31日"]
        );
        assert_eq!(found("2026年10月に開く"), ["2026年10月"]);
        assert_eq!(found("3年間で年4回、10か月"), Vec::<String>::new());
    }
}
