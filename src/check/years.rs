//! Days outside the year of the sheet, and the year before in its texts: what a copy of last year's sheet leaves behind.

use super::finding::{Fault, Finding};
use crate::document::goal::GoalSheet;
use crate::document::value::{DeadlineKind, FiscalYear};
use crate::document::{Field, Goal};
use crate::text::date::Date;
use crate::text::era::{fiscal_years, spoken};
use crate::text::squash;

fn is_outside(day: Date, year: &FiscalYear) -> bool {
    day < year.start || day > year.end
}

/// 作成日 outside the year.
pub(super) fn prepared(sheet: &GoalSheet) -> Vec<Finding> {
    let (Some(day), Some(year)) = (&sheet.prepared_on, &sheet.fiscal_year) else {
        return Vec::new();
    };
    let outside = day.date.filter(|&date| is_outside(date, year));
    let finding = outside.map(|_| {
        Finding::new(Fault::PreparedOutsideYear {
            year: spoken(year.year),
            day: squash(&day.raw),
        })
        .under("作成日")
        .at(day.places.first().cloned())
        .about(&*day.raw)
    });
    finding.into_iter().collect()
}

/// A deadline outside the year, or one that says nothing.
pub(super) fn deadline(sheet: &GoalSheet, goal: &Goal) -> Option<Finding> {
    let deadline = goal.deadline.as_ref()?;
    let fault = match (deadline.kind, &sheet.fiscal_year) {
        (DeadlineKind::Unknown, _) if is_said(&deadline.raw) => Fault::DeadlineUnclear,
        (_, Some(year)) => {
            let mut days = [deadline.from, deadline.to].into_iter().flatten();
            days.find(|&day| is_outside(day, year))?;
            Fault::DeadlineOutsideYear {
                year: spoken(year.year),
                day: squash(&deadline.raw),
            }
        }
        _ => return None,
    };
    Some(
        Finding::new(fault)
            .of(&goal.name())
            .under(sheet.heading(Field::Deadline))
            .at(deadline.places.first().cloned())
            .about(&*deadline.raw),
    )
}

/// Whether a cell says anything: a dash says that there is nothing to say.
fn is_said(raw: &str) -> bool {
    squash(raw).chars().any(char::is_alphanumeric)
}

/// The fields whose texts are written anew each year. What is said at the year's end may look back.
const PLANNED: [Field; 4] = [
    Field::Item,
    Field::Level,
    Field::Methods,
    Field::IndicatorName,
];

/// The year before, named in what is planned.
pub(super) fn last_year(sheet: &GoalSheet, goal: &Goal) -> Vec<Finding> {
    let Some(year) = &sheet.fiscal_year else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for field in PLANNED {
        for value in goal.of(field) {
            let text = value.text().map_or(value.raw(), |text| &text.text);
            let named = fiscal_years(text)
                .into_iter()
                .find(|found| found.value.year == year.year - 1);
            findings.extend(named.map(|found| {
                Finding::new(Fault::LastYearInText {
                    year: spoken(year.year - 1),
                })
                .of(&goal.name())
                .under(sheet.heading(field))
                .at(value.places().first().cloned())
                .about(text.get(found.range).unwrap_or_default())
            }));
        }
    }
    findings
}
