//! Cells -> typed values: numbers, categories, sections, grades, days, organizations.

use super::definition::Scale;
use super::passage::Passage;
use crate::document::value::{
    Categories, Day, FiscalYear, Grade, Number, Organization, Predecessors, Sections,
};
use crate::place::Place;
use crate::sheet::CellValue;
use crate::text::date::Date;
use crate::text::era::{self, FiscalYearName, pattern};
use crate::text::organization::{UnitPath, units};
use crate::text::{self, number::whole_number, width};

/// 番号: the number, in whatever width.
pub(crate) fn number(passage: &Passage, text: &str) -> Number {
    Number {
        raw: passage.raw(text),
        value: whole_number(&passage.plain(text)),
        places: passage.places.clone(),
        origin: passage.origin(),
    }
}

/// 前年度番号: every number in the cell.
pub(crate) fn predecessors(passage: &Passage, text: &str) -> Predecessors {
    pattern!(numbers, r"[0-9]+(?:-[0-9]+)*".to_owned());
    let folded: String = width::fold_width(&passage.plain(text))
        .chars()
        .map(|c| if width::is_hyphen(c) { '-' } else { c })
        .collect();
    Predecessors {
        raw: passage.raw(text),
        numbers: numbers()
            .find_iter(&folded)
            .map(|found| found.as_str().to_owned())
            .collect(),
        places: passage.places.clone(),
        origin: passage.origin(),
    }
}

/// 分類: split at ／ / 、 ， and line breaks, never at ・. A hyphen alone says that there is none.
pub(crate) fn categories(passage: &Passage, text: &str) -> Categories {
    let values = passage
        .logical_lines(text)
        .iter()
        .flat_map(|line| line.split(['／', '/', '、', '，']))
        .map(text::squash)
        .filter(|value| !value.is_empty() && !value.chars().all(width::is_hyphen))
        .collect();
    Categories {
        raw: passage.raw(text),
        values,
        places: passage.places.clone(),
        origin: passage.origin(),
    }
}

/// 共通/課名.
pub(crate) fn sections(passage: &Passage, text: &str) -> Sections {
    let lines = passage.logical_lines(text);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (names, common) = units(&lines);
    Sections {
        raw: passage.raw(text),
        names,
        common,
        places: passage.places.clone(),
        origin: passage.origin(),
    }
}

/// 達成状況: the group only if the layout's scale has the word.
pub(crate) fn grade(passage: &Passage, text: &str, scale: Option<&Scale>) -> Grade {
    let key = grade_key(&passage.plain(text));
    let known = scale.and_then(|scale| {
        let word = scale
            .grades
            .iter()
            .find(|grade| grade_key(&grade.word) == key)?;
        Some((scale.name.clone(), word.group))
    });
    let (scale, group) = known.map_or((None, None), |(scale, group)| (Some(scale), Some(group)));
    Grade {
        raw: passage.raw(text),
        scale,
        group,
        places: passage.places.clone(),
        origin: passage.origin(),
    }
}

/// The key of a grade: signs that differ only in code point are one.
pub(crate) fn grade_key(word: &str) -> String {
    text::key(word)
        .trim_end_matches('。')
        .chars()
        .map(|c| match c {
            '〇' | '◯' => '○',
            '✕' | '✖' | 'x' => '×',
            _ => c,
        })
        .collect()
}

/// 作成日: the day that the words name, or that the spreadsheet stores.
pub(crate) fn day(passage: &Passage, text: &str) -> Day {
    let written = era::day(&passage.plain(text));
    let date = match (written, passage.value) {
        (Some(found), _) => found.value,
        (None, CellValue::Day(year, month, day)) => Date::new(year, month, day),
        _ => None,
    };
    Day {
        raw: passage.raw(text),
        date,
        places: passage.places.clone(),
        origin: passage.origin(),
    }
}

/// A unit's name with its levels.
pub(crate) fn organization(passage: &Passage, text: &str) -> Organization {
    let plain = passage.plain(text);
    organization_of(
        passage,
        text::organization::unit_path(&plain),
        passage.raw(text),
        true,
    )
}

/// The unit that a post heads; its characters belong to the post.
pub(crate) fn organization_of_post(passage: &Passage, text: &str) -> Option<Organization> {
    let path = text::organization::unit_of_post(&passage.plain(text))?;
    Some(organization_of(passage, path, passage.raw(text), false))
}

fn organization_of(passage: &Passage, path: UnitPath, raw: String, owns: bool) -> Organization {
    Organization {
        raw,
        department: path.department,
        section: path.section,
        unit: path.unit,
        places: passage.places.clone(),
        origin: if owns { passage.origin() } else { Vec::new() },
    }
}

/// A fiscal year as the JSON has it; `raw` and places where the source names it.
pub(crate) fn fiscal_year(
    name: FiscalYearName,
    raw: Option<&str>,
    places: &[Place],
) -> Option<FiscalYear> {
    Some(FiscalYear {
        raw: raw.map(str::to_owned),
        year: name.year,
        era: name.era.name().to_owned(),
        era_year: name.era_year,
        start: name.start()?,
        end: name.end()?,
        places: places.to_vec(),
    })
}
