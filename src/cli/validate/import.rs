//! Import JSON held against its meaning.

use std::collections::BTreeSet;

use super::finding::{Fault, Finding};
use super::policy::policy;
use super::value::{quantity, values};
use crate::cli::import::settings::has_check_digit;
use crate::document::goal::{Goal, GoalSheet};
use crate::document::value::{Day, Deadline, DeadlineKind, FiscalYear, Municipality};
use crate::document::{Coverage, Document, Import};
use crate::text::date::Date;
use crate::text::era::{Era, FiscalYearName};
use crate::text::number::whole_number;

/// Everything that does not add up.
pub fn findings(import: &Import) -> Vec<Finding> {
    let mut findings = Vec::new();
    coverage(&import.coverage, &mut findings);
    digest(&import.source.sha256, "source.sha256", &mut findings);
    for (at, document) in import.documents.iter().enumerate() {
        let path = format!("documents[{at}]");
        match document {
            Document::GoalSheet(sheet) => goal_sheet(sheet, &path, &mut findings),
            Document::Policy(notice) => policy(notice, &path, &mut findings),
        }
    }
    findings
}

/// The source is the sum of what became of it.
pub fn coverage(c: &Coverage, findings: &mut Vec<Finding>) {
    let parts = [
        c.documents,
        c.headings,
        c.repeated,
        c.furniture,
        c.markup,
        c.overprint,
        c.hidden,
        c.unplaced,
    ];
    let sum = parts
        .iter()
        .fold(0u64, |sum, part| sum.saturating_add(*part));
    if sum != c.source {
        findings.push(Finding::new(
            "coverage",
            &Fault::Coverage {
                source: c.source,
                sum,
            },
        ));
    }
}

/// Sixty-four hexadecimal digits.
pub fn digest(digest: &str, path: &str, findings: &mut Vec<Finding>) {
    if digest.len() != 64
        || !digest
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    {
        findings.push(Finding::new(path, &Fault::Digest));
    }
}

fn goal_sheet(sheet: &GoalSheet, path: &str, findings: &mut Vec<Finding>) {
    let year = sheet.fiscal_year.as_ref();
    fiscal_year(year, path, findings);
    municipality(sheet.municipality.as_ref(), path, findings);
    day(
        sheet.prepared_on.as_ref(),
        year,
        &format!("{path}.prepared_on"),
        findings,
    );
    columns(sheet, path, findings);
    let mut numbers = BTreeSet::new();
    for (at, goal) in sheet.goals.iter().enumerate() {
        let path = format!("{path}.goals[{at}]");
        number(goal, &mut numbers, &path, findings);
        deadline(
            goal.deadline.as_ref(),
            year,
            &format!("{path}.deadline"),
            findings,
        );
        sections(goal, &path, findings);
        for (at, indicator) in goal.indicators.iter().enumerate() {
            let path = format!("{path}.indicators[{at}]");
            for (key, value) in [
                ("baseline", &indicator.baseline),
                ("target", &indicator.target),
                ("actual", &indicator.actual),
            ] {
                quantity(value.as_ref(), &format!("{path}.{key}"), findings);
            }
        }
    }
    values(&sheet.values(), path, findings);
}

fn columns(sheet: &GoalSheet, path: &str, findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for (at, column) in sheet.columns.iter().enumerate() {
        if let Some(field) = column.field
            && !seen.insert(field)
        {
            let fault = Fault::FieldTwice {
                field: field.name().to_owned(),
            };
            findings.push(Finding::new(format!("{path}.columns[{at}]"), &fault).at(&column.places));
        }
    }
}

fn number(goal: &Goal, seen: &mut BTreeSet<i64>, path: &str, findings: &mut Vec<Finding>) {
    let Some(number) = &goal.number else { return };
    let Some(value) = number.value else { return };
    let path = format!("{path}.number");
    if !seen.insert(value) {
        findings.push(
            Finding::new(path.clone(), &Fault::NumberTwice { number: value }).at(&number.places),
        );
    }
    if whole_number(&number.raw).is_some_and(|read| read != value) {
        let fault = Fault::NumberDiffers {
            raw: number.raw.clone(),
        };
        findings.push(Finding::new(path, &fault).at(&number.places));
    }
}

/// The year's days and era are those of its number.
pub fn fiscal_year(year: Option<&FiscalYear>, path: &str, findings: &mut Vec<Finding>) {
    let Some(year) = year else { return };
    let path = format!("{path}.fiscal_year");
    let days =
        FiscalYearName::of_year(year.year).and_then(|name| Some((name.start()?, name.end()?)));
    if days != Some((year.start, year.end)) {
        findings.push(
            Finding::new(path.clone(), &Fault::YearDays { year: year.year }).at(&year.places),
        );
    }
    let eras = [Era::Reiwa, Era::Heisei, Era::Showa, Era::Taisho, Era::Meiji];
    let offset = eras
        .into_iter()
        .find(|era| era.name() == year.era)
        .map(Era::offset);
    if offset.is_none_or(|offset| offset + year.era_year != year.year) {
        let fault = Fault::YearEra {
            year: year.year,
            era: year.era.clone(),
            era_year: year.era_year,
        };
        findings.push(Finding::new(path, &fault).at(&year.places));
    }
}

/// The code's last digit checks the others.
pub fn municipality(municipality: Option<&Municipality>, path: &str, findings: &mut Vec<Finding>) {
    if let Some(code) = municipality.and_then(|municipality| municipality.code.as_deref())
        && !has_check_digit(code)
    {
        let fault = Fault::MunicipalityCode {
            code: code.to_owned(),
        };
        findings.push(Finding::new(format!("{path}.municipality.code"), &fault));
    }
}

fn is_outside(date: Date, year: &FiscalYear) -> bool {
    date < year.start || date > year.end
}

fn day(day: Option<&Day>, year: Option<&FiscalYear>, path: &str, findings: &mut Vec<Finding>) {
    let (Some(day), Some(year)) = (day, year) else {
        return;
    };
    if let Some(date) = day.date.filter(|&date| is_outside(date, year)) {
        findings.push(
            Finding::new(
                path,
                &Fault::DayOutside {
                    day: date.to_string(),
                },
            )
            .at(&day.places),
        );
    }
}

/// A deadline's days lie in the year, those of a later year after it.
fn deadline(
    deadline: Option<&Deadline>,
    year: Option<&FiscalYear>,
    path: &str,
    findings: &mut Vec<Finding>,
) {
    let Some(deadline) = deadline else { return };
    if let (Some(from), Some(to)) = (deadline.from, deadline.to)
        && to < from
    {
        findings.push(Finding::new(path, &Fault::PeriodReversed).at(&deadline.places));
    }
    let Some(year) = year.filter(|_| deadline.kind != DeadlineKind::FutureYear) else {
        return;
    };
    for date in [deadline.from, deadline.to]
        .into_iter()
        .flatten()
        .filter(|&date| is_outside(date, year))
    {
        findings.push(
            Finding::new(
                path,
                &Fault::DayOutside {
                    day: date.to_string(),
                },
            )
            .at(&deadline.places),
        );
    }
}

fn sections(goal: &Goal, path: &str, findings: &mut Vec<Finding>) {
    let Some(sections) = &goal.sections else {
        return;
    };
    let named = sections.names.iter().any(|name| name == "共通");
    if named || (sections.common && !sections.raw.contains('共')) {
        findings.push(
            Finding::new(format!("{path}.sections"), &Fault::SectionsCommon).at(&sections.places),
        );
    }
}
