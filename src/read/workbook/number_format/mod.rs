//! A stored number and its format code -> the characters that a spreadsheet displays (ECMA-376-1 §18.8.30, §18.8.31).

mod builtin;
mod date;
mod decimal;
mod general;
mod moment;
mod number;
mod section;

pub(super) use builtin::builtin_code;
pub(super) use date::Epoch;
pub(super) use general::general;
pub(super) use moment::serial_of;

use section::{Kind, Section};

/// A number format that is understood.
#[derive(Debug, Clone)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

/// What a cell displays.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Displayed {
    pub text: String,
    /// The day that the text shows, if the format is a date.
    pub day: Option<(i32, u8, u8)>,
}

impl NumberFormat {
    /// Reads a format code; `None` if a part of it is not understood.
    pub(super) fn parse(code: &str) -> Option<Self> {
        let sections = section::parse(code)?;
        (!sections.is_empty()).then_some(Self { sections })
    }

    /// The displayed form of a number; `None` if it has none (a date before the epoch).
    pub(super) fn number(&self, value: f64, epoch: Epoch) -> Option<Displayed> {
        let (section, value) = self.section_for(value)?;
        match section.kind {
            Kind::Date => date::display(section, value, epoch),
            Kind::Number => Some(Displayed {
                text: number::display(section, value)?,
                day: None,
            }),
            Kind::Plain => Some(Displayed {
                text: section.plain(&number::plain(section, value)?),
                day: None,
            }),
        }
    }

    /// The displayed form of a text: the fourth section is for texts, and shows its own words alone where it has no
    /// `@`; else the last one, if it says where the text goes (ECMA-376-1 §18.8.31).
    pub(super) fn text(&self, value: &str) -> String {
        let section = self
            .sections
            .get(3)
            .or_else(|| self.sections.last().filter(|last| last.places_text()));
        section.map_or_else(|| value.to_owned(), |section| section.plain(value))
    }

    /// Whether it displays no number at all, as `;;;` does. Formats that leave out zeros or negative numbers have a
    /// section with digits.
    pub(super) fn shows_nothing(&self) -> bool {
        self.sections.len() > 1 && self.sections.iter().take(3).all(|s| s.tokens.is_empty())
    }

    /// The section for a number, and the number as it shows it: a section for negative numbers alone
    /// shows them without their sign.
    fn section_for(&self, value: f64) -> Option<(&Section, f64)> {
        let numeric = self.sections.get(..self.sections.len().min(3))?;
        let numeric = match numeric {
            // A text section after others is not for numbers: `0;@`.
            [first @ .., last] if !first.is_empty() && last.is_text_only() => first,
            all => all,
        };
        if numeric.iter().any(|section| section.condition.is_some()) {
            let chosen = numeric
                .iter()
                .enumerate()
                .find(|(at, section)| match section.condition {
                    Some(condition) => condition.holds(value),
                    None => *at == numeric.len() - 1 || (*at == 1 && value < 0.0),
                });
            let (at, section) = chosen.or_else(|| numeric.iter().enumerate().next_back())?;
            let unsigned = section
                .condition
                .is_some_and(section::Condition::only_negative)
                || (at == 1 && value < 0.0);
            return Some((section, if unsigned { value.abs() } else { value }));
        }
        Some(match (numeric, value) {
            ([only], value) => (only, value),
            ([_, negative, ..], value) if value < 0.0 => (negative, -value),
            ([_, _, zero], 0.0) => (zero, 0.0),
            ([first, ..], value) => (first, value),
            ([], _) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(code: &str, value: f64) -> String {
        NumberFormat::parse(code)
            .unwrap()
            .number(value, Epoch::From1900)
            .unwrap()
            .text
    }

    #[test]
    fn numbers_as_a_spreadsheet_shows_them() {
        for (code, value, shown) in [
            ("General", 1.0, "1"),
            ("General", 0.1 + 0.2, "0.3"),
            ("General", 1.0 / 3.0, "0.333333333"),
            ("General", 1_234_567.891_23, "1234567.891"),
            ("General", 123_456_789_012.0, "1.23457E+11"),
            ("General", 0.000_012_3, "1.23E-05"),
            ("General", -2.5, "-2.5"),
            ("General\"回\"", 12.0, "12回"),
            ("0", 2.5, "3"),
            ("0", 1.4, "1"),
            ("0\"回\"", 3.0, "3回"),
            ("0回", 3.0, "3回"),
            ("#,##0", 1_234_567.0, "1,234,567"),
            ("#,##0", 12.0, "12"),
            ("#,##0_ ", 1234.0, "1,234 "),
            ("#,##0;\"△ \"#,##0", -1234.0, "△ 1,234"),
            ("#,##0;[赤]△#,##0", -1234.0, "△1,234"),
            ("#,##0,\"千円\"", 1_234_567.0, "1,235千円"),
            ("0.0%", 0.765, "76.5%"),
            ("0%", 0.76, "76%"),
            ("0.00", 1.005, "1.01"),
            ("0.00", -0.5, "-0.50"),
            ("0.##", 1.5, "1.5"),
            ("#", 0.0, ""),
            ("000", 7.0, "007"),
            ("000-0000", 1_850_001.0, "185-0001"),
            ("\\R0", 8.0, "R8"),
            ("\"第\"0\"号\"", 5.0, "第5号"),
            ("[>=100]\"多\";[<10]\"少\";0", 50.0, "50"),
            ("[>=100]\"多\";[<10]\"少\";0", 5.0, "少"),
            ("0;-0;;@", 0.0, ""),
            ("0.00E+00", 12345.0, "1.23E+04"),
            ("¥#,##0", 1200.0, "¥1,200"),
            ("[$¥-411]#,##0", 1200.0, "¥1,200"),
            ("@", 12.0, "12"),
            ("* 0", 5.0, "5"),
            ("??0", 5.0, "  5"),
            ("0.0_ ;[Red]\\-0.0\\ ", -1.25, "-1.3 "),
            ("[DBNum3]0", 12.0, "１２"),
            ("[$-1D000411]0", 12.0, "１２"),
            ("[DBNum1][$-411]General", 12.0, "十二"),
            ("[DBNum1]G/標準", 12_345.0, "一万二千三百四十五"),
            ("[DBNum1]General\"件\"", -1_010.0, "-千十件"),
            ("[DBNum1]General", 0.0, "〇"),
            ("[DBNum1]General", 300_000_021.0, "三億二十一"),
            ("[$-1B000411]General", 20.0, "二十"),
            ("[DBNum3][$-411]General", 1.0, "１"),
            ("G/通用格式", 12.0, "12"),
        ] {
            assert_eq!(show(code, value), shown, "{code} {value}");
        }
    }

    #[test]
    fn days_as_a_spreadsheet_shows_them() {
        let day = 46_113.0; // 2026-04-01
        for (code, value, shown) in [
            ("yyyy/m/d", day, "2026/4/1"),
            ("yyyy-mm-dd", day, "2026-04-01"),
            ("m\"月\"d\"日\"", day, "4月1日"),
            ("m月d日", day, "4月1日"),
            ("[$-411]ggge\"年\"m\"月\"d\"日\"", day, "令和8年4月1日"),
            ("[$-411]ggge\"年\"m\"月\"d\"日\";@", day, "令和8年4月1日"),
            ("[$-411]ge.m.d", day, "R8.4.1"),
            ("[$-411]ge\\.mm\\.dd", day, "R8.04.01"),
            ("gge\"年\"", day, "令8年"),
            ("[$-411]gggee\"年\"", day, "令和08年"),
            ("[$-411]ggge\"年\"", 43_586.0, "令和1年"),
            (
                "[$-ja-JP-x-gannen]ggge\"年\"m\"月\"",
                43_586.0,
                "令和元年5月",
            ),
            ("[$-411]ggge\"年\"", 43_585.0, "平成31年"),
            ("[$-x-sysdate]dddd, mmmm dd, yyyy", day, "2026年4月1日"),
            ("[$-1030411]ggge\"年\"m\"月\"d\"日\"", day, "令和8年4月1日"),
            ("[$-F800]dddd, mmmm dd, yyyy", day, "2026年4月1日"),
            ("yyyy\"年\"m\"月\"d\"日\"(aaa)", day, "2026年4月1日(水)"),
            ("d-mmm-yy", day, "1-Apr-26"),
            ("yyyy/m/d h:mm", 46_113.75, "2026/4/1 18:00"),
            ("h:mm:ss AM/PM", 46_113.75, "6:00:00 PM"),
            ("mm:ss", 0.5 / 24.0, "30:00"),
            ("[h]:mm", 1.5, "36:00"),
            (
                "[$-411][DBNum1]ggge\"年\"m\"月\"d\"日\"",
                day + 11.0,
                "令和八年四月十二日",
            ),
            ("yyyy/m/d", 60.0, "1900/2/29"),
            ("yyyy/m/d", 59.0, "1900/2/28"),
            ("yyyy/m/d", 61.0, "1900/3/1"),
        ] {
            assert_eq!(show(code, value), shown, "{code} {value}");
        }
        let format = NumberFormat::parse("yyyy/m/d").unwrap();
        assert_eq!(
            format.number(44_651.0, Epoch::From1904).unwrap().day,
            Some((2026, 4, 1))
        );
        assert_eq!(format.number(60.0, Epoch::From1900).unwrap().day, None);
        assert_eq!(format.number(-1.0, Epoch::From1900), None);
    }

    #[test]
    fn unknown_codes_are_said_to_be_unknown() {
        for code in [
            "# ?/?",
            "[DBNum9]0",
            "[DBNum1]General",
            "[DBNum3]General\"件\"",
            "[$-1C000411]0",
            "Quarter",
            "0.0.0",
        ] {
            assert!(
                NumberFormat::parse(code).is_none_or(|f| f.number(10.5, Epoch::From1900).is_none()),
                "{code}"
            );
        }
    }

    #[test]
    fn texts_go_where_the_format_says() {
        let shown = |code: &str| NumberFormat::parse(code).unwrap().text("課");
        assert_eq!(shown("0;-0;0;\"担当：\"@"), "担当：課");
        assert_eq!(shown("@\"御中\""), "課御中");
        assert_eq!(shown("#,##0"), "課");
        assert_eq!(shown("0;-0;;@"), "課");
        assert_eq!(shown(";;;"), "");
        assert_eq!(shown("0;0;0;\"非公開\""), "非公開");
        assert_eq!(shown("0;0;0"), "課");
        let hides = |code: &str| NumberFormat::parse(code).unwrap().shows_nothing();
        assert!(hides(";;;") && hides(";;;@") && !hides("0;;") && !hides("General") && !hides("@"));
    }
}
