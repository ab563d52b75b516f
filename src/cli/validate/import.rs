//! Import JSON held against its meaning.

use std::collections::BTreeSet;

use super::finding::{Fault, Finding};
use crate::cli::import::settings::has_check_digit;
use crate::document::goal::{Goal, GoalSheet};
use crate::document::policy::{Policy, Section};
use crate::document::value::{
    Day, Deadline, DeadlineKind, FiscalYear, Municipality, Quantity, Sourced, Text,
};
use crate::document::{Coverage, Document, Import};
use crate::text::era::{Date, Era, FiscalYearName};
use crate::text::number::whole_number;
use crate::text::width::fold_width;

/// Everything that does not add up.
pub fn findings(import: &Import) -> Vec<Finding> {
    let mut findings = Vec::new();
    coverage(&import.coverage, &mut findings);
    digest(&import.source.sha256, "source.sha256", &mut findings);
    for (at, document) in import.documents.iter().enumerate() {
        let path = format!("documents[{at}]");
        match document {
            Document::GoalSheet(sheet) => goal_sheet(sheet, &path, &mut findings),
            Document::Policy(policy) => self::policy(policy, &path, &mut findings),
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

fn fiscal_year(year: Option<&FiscalYear>, path: &str, findings: &mut Vec<Finding>) {
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

fn municipality(municipality: Option<&Municipality>, path: &str, findings: &mut Vec<Finding>) {
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

/// The number's digits stand in the source's characters, separators aside.
fn quantity(quantity: Option<&Quantity>, path: &str, findings: &mut Vec<Finding>) {
    let Some(quantity) = quantity else { return };
    let multiplier = quantity.multiplier;
    if multiplier == 0
        || !std::iter::successors(Some(1u64), |n| n.checked_mul(10)).any(|n| n == multiplier)
    {
        findings.push(Finding::new(path, &Fault::Multiplier).at(&quantity.places));
    }
    let Some(value) = &quantity.value else { return };
    let raw: String = fold_width(&quantity.raw)
        .chars()
        .filter(|c| !matches!(c, ',' | ' '))
        .collect();
    let digits = value.to_string();
    let digits = digits.trim_start_matches('-').trim_end_matches(".0");
    // Kanji numerals are numbers without digits.
    if raw.chars().any(|c| c.is_ascii_digit()) && !raw.contains(digits) {
        let fault = Fault::QuantityDiffers {
            raw: quantity.raw.clone(),
        };
        findings.push(Finding::new(path, &fault).at(&quantity.places));
    }
}

/// What holds of every value: a place, and of texts the agreement of their layers.
fn values(values: &[&dyn Sourced], path: &str, findings: &mut Vec<Finding>) {
    for value in values {
        if value.places().is_empty() {
            let raw: String = value.raw().chars().take(20).collect();
            findings.push(Finding::new(
                format!("{path} 「{raw}」"),
                &Fault::WithoutPlace,
            ));
        }
        if let Some(text) = value.text() {
            blocks(text, path, findings);
        }
    }
}

/// One line of `text` for each block: its mark, then its text.
fn blocks(text: &Text, path: &str, findings: &mut Vec<Finding>) {
    let squashed = |text: &str| text.split_whitespace().collect::<String>();
    let lines = text
        .text
        .lines()
        .map(squashed)
        .filter(|line| !line.is_empty());
    let blocks = text.blocks.iter().map(|block| {
        squashed(&format!(
            "{}{}",
            block.mark.as_deref().unwrap_or_default(),
            block.text
        ))
    });
    if !lines.eq(blocks.filter(|block| !block.is_empty())) {
        findings.push(Finding::new(path, &Fault::BlocksDiffer).at(&text.places));
    }
    if text
        .blocks
        .iter()
        .any(|block| block.mark.is_some() != (block.depth > 0))
    {
        findings.push(Finding::new(path, &Fault::BlockDepth).at(&text.places));
    }
}

fn policy(policy: &Policy, path: &str, findings: &mut Vec<Finding>) {
    let year = policy.fiscal_year.as_ref();
    fiscal_year(year, path, findings);
    municipality(policy.municipality.as_ref(), path, findings);
    let mut ids = BTreeSet::new();
    section_ids(
        &policy.sections,
        &format!("{path}.sections"),
        &mut ids,
        findings,
    );
    for (at, reference) in policy.references.iter().enumerate() {
        no_such_section(
            reference.section.as_deref(),
            &ids,
            &format!("{path}.references[{at}]"),
            findings,
        );
    }
    for (at, ruby) in policy.ruby.iter().enumerate() {
        no_such_section(
            ruby.section.as_deref(),
            &ids,
            &format!("{path}.ruby[{at}]"),
            findings,
        );
    }
    values(&policy.values(), path, findings);
}

fn section_ids(
    sections: &[Section],
    path: &str,
    ids: &mut BTreeSet<String>,
    findings: &mut Vec<Finding>,
) {
    for (at, section) in sections.iter().enumerate() {
        let path = format!("{path}[{at}]");
        if !ids.insert(section.id.clone()) {
            let fault = Fault::SectionTwice {
                id: section.id.clone(),
            };
            findings.push(Finding::new(path.clone(), &fault).at(&section.places));
        }
        section_ids(
            &section.children,
            &format!("{path}.children"),
            ids,
            findings,
        );
    }
}

fn no_such_section(
    id: Option<&str>,
    ids: &BTreeSet<String>,
    path: &str,
    findings: &mut Vec<Finding>,
) {
    if let Some(id) = id.filter(|id| !ids.contains(*id)) {
        findings.push(Finding::new(
            path,
            &Fault::NoSuchSection { id: id.to_owned() },
        ));
    }
}
