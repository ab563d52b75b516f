//! A serial date and a section with date letters -> the displayed day and time, Japanese eras included.

use std::fmt::Write as _;

use super::Displayed;
use super::number::in_numerals;
use super::section::{Locale, Numerals, Section, Token};

/// The day that a workbook's serial dates count from (ECMA-376-1 §18.17.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in super::super) enum Epoch {
    /// 1 is 1900-01-01, and 1900 counts as a leap year.
    #[default]
    From1900,
    /// 0 is 1904-01-01.
    From1904,
}

/// The last day that has four digits of year: 9999-12-31 from 1900.
const LAST_SERIAL: f64 = 2_958_466.0;

/// Eras by their first day, latest first.
const ERAS: [(i32, u32, u32, &str, &str); 5] = [
    (2019, 5, 1, "令和", "R"),
    (1989, 1, 8, "平成", "H"),
    (1926, 12, 25, "昭和", "S"),
    (1912, 7, 30, "大正", "T"),
    (1868, 1, 25, "明治", "M"),
];

/// A serial number as calendar and clock.
struct Moment {
    year: i32,
    month: u32,
    /// 0 on serial 0, which spreadsheets show as 1900-01-00.
    day: u32,
    /// 0 is Sunday.
    weekday: usize,
    /// Whole days, for elapsed time.
    days: i64,
    /// Seconds of the day.
    seconds: i64,
}

impl Moment {
    fn new(serial: f64, epoch: Epoch) -> Option<Self> {
        if !(0.0..LAST_SERIAL).contains(&serial) {
            return None;
        }
        let (mut days, mut seconds) = (
            serial.floor() as i64,
            (serial.fract() * 86_400.0).round() as i64,
        );
        if seconds == 86_400 {
            (days, seconds) = (days + 1, 0);
        }
        let (year, month, day) = match (epoch, days) {
            (Epoch::From1904, _) => civil(days - 24_107),
            (Epoch::From1900, 60) => (1900, 2, 29),
            (Epoch::From1900, 0) => (1900, 1, 0),
            (Epoch::From1900, 1..60) => civil(days - 25_568),
            (Epoch::From1900, _) => civil(days - 25_569),
        };
        let weekday = match epoch {
            Epoch::From1900 => (days + 6) % 7,
            Epoch::From1904 => (days + 5) % 7,
        };
        Some(Self {
            year,
            month,
            day,
            weekday: weekday as usize,
            days,
            seconds,
        })
    }

    /// The day, if the calendar has it.
    fn day(&self) -> Option<(i32, u8, u8)> {
        let false_leap_day = (self.year, self.month, self.day) == (1900, 2, 29);
        (self.day > 0 && !false_leap_day).then_some((self.year, self.month as u8, self.day as u8))
    }

    /// The era's name, its letter and the year in it.
    fn era(&self) -> Option<(&'static str, &'static str, i32)> {
        let today = (self.year, self.month, self.day);
        ERAS.iter()
            .find(|era| (era.0, era.1, era.2) <= today)
            .map(|era| (era.3, era.4, self.year - era.0 + 1))
    }
}

/// Days since 1970-01-01 as year, month and day of the Gregorian calendar.
fn civil(days: i64) -> (i32, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as u32, day as u32)
}

/// The displayed form; `None` if the number is no date.
pub(super) fn display(section: &Section, value: f64, epoch: Epoch) -> Option<Displayed> {
    let moment = Moment::new(value, epoch)?;
    match section.locale {
        Locale::LongDate => {
            let text = format!("{}年{}月{}日", moment.year, moment.month, moment.day);
            return Some(Displayed {
                text,
                day: moment.day(),
            });
        }
        Locale::LongTime => {
            let s = moment.seconds;
            let text = format!("{}:{:02}:{:02}", s / 3_600, s / 60 % 60, s % 60);
            return Some(Displayed { text, day: None });
        }
        _ => {}
    }
    let half_day = section
        .tokens
        .iter()
        .any(|token| matches!(token, Token::HalfDay(..)));
    let mut text = String::new();
    for token in &section.tokens {
        match token {
            Token::Literal(literal) => text += literal,
            Token::Date(letter, count) => {
                let part = part(&moment, *letter, *count, section, half_day)?;
                text += &numerals(&part, *letter, section.numerals);
            }
            Token::Elapsed(letter, width) => text += &elapsed(&moment, *letter, *width),
            Token::HalfDay(am, pm) => {
                let word = if moment.seconds < 43_200 { am } else { pm };
                text += match (section.locale, *word) {
                    (Locale::Japanese | Locale::Gannen, "AM") => "午前",
                    (Locale::Japanese | Locale::Gannen, "PM") => "午後",
                    (_, word) => word,
                };
            }
            Token::Point => text.push('.'),
            Token::Comma => text.push(','),
            Token::Percent => text.push('%'),
            // Fractions of a second: the clock is read in whole ones.
            Token::Digit(_) => text.push('0'),
            Token::General | Token::Text | Token::Exponent(_) => return None,
        }
    }
    let dated = section
        .tokens
        .iter()
        .any(|token| matches!(token, Token::Date('y' | 'e' | 'm' | 'd' | 'g', _)));
    Some(Displayed {
        text,
        day: if dated { moment.day() } else { None },
    })
}

/// One date letter's displayed form.
fn part(
    moment: &Moment,
    letter: char,
    count: usize,
    section: &Section,
    half_day: bool,
) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const WEEKDAYS: [&str; 7] = [
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
    ];
    const YOUBI: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];
    let padded = |value: i64| {
        if count >= 2 {
            format!("{value:02}")
        } else {
            value.to_string()
        }
    };
    let month = MONTHS.get(moment.month as usize - 1)?;
    let weekday = WEEKDAYS.get(moment.weekday)?;
    let start = |name: &str, length: usize| name.chars().take(length).collect::<String>();
    Some(match (letter, count) {
        ('y', 1 | 2) => format!("{:02}", moment.year % 100),
        ('y', _) => moment.year.to_string(),
        ('g', 1) => moment.era()?.1.to_owned(),
        ('g', 2) => start(moment.era()?.0, 1),
        ('g', _) => moment.era()?.0.to_owned(),
        ('e', _) => match moment.era() {
            Some((_, _, 1)) if section.locale == Locale::Gannen => "元".to_owned(),
            Some((_, _, year)) => padded(i64::from(year)),
            None => moment.year.to_string(),
        },
        ('m', 3) => start(month, 3),
        ('m', 4) => (*month).to_owned(),
        ('m', 5) => start(month, 1),
        ('m', _) => padded(i64::from(moment.month)),
        ('d', 3) => start(weekday, 3),
        ('d', 4..) => (*weekday).to_owned(),
        ('d', _) => padded(i64::from(moment.day)),
        ('a', 3) => (*YOUBI.get(moment.weekday)?).to_owned(),
        ('a', _) => format!("{}曜日", YOUBI.get(moment.weekday)?),
        ('h', _) if half_day => padded((moment.seconds / 3_600 + 11) % 12 + 1),
        ('h', _) => padded(moment.seconds / 3_600),
        ('n', _) => padded(moment.seconds / 60 % 60),
        ('s', _) => padded(moment.seconds % 60),
        _ => return None,
    })
}

/// Hours, minutes or seconds that are not cut at a day.
fn elapsed(moment: &Moment, letter: char, width: usize) -> String {
    let seconds = moment.days * 86_400 + moment.seconds;
    let amount = match letter {
        'h' => seconds / 3_600,
        'm' => seconds / 60,
        _ => seconds,
    };
    let mut text = String::new();
    let _ = write!(text, "{amount:0width$}");
    text
}

/// Numbers of a date in kanji are read (十二), years are spelt digit by digit (二〇二六).
fn numerals(part: &str, letter: char, numerals: Numerals) -> String {
    let value = part
        .parse::<u32>()
        .ok()
        .filter(|value| (10..100).contains(value));
    let (Numerals::Kanji, Some(value)) = (numerals, value.filter(|_| letter != 'y')) else {
        return in_numerals(part, numerals);
    };
    let spelt = |digit: u32| in_numerals(&digit.to_string(), Numerals::Kanji);
    let tens = if value < 20 {
        String::new()
    } else {
        spelt(value / 10)
    };
    let ones = if value % 10 == 0 {
        String::new()
    } else {
        spelt(value % 10)
    };
    format!("{tens}十{ones}")
}
