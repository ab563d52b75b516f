//! What the time that a column's heading speaks of says of its meaning.

use super::evidence::{Evidence, Why, why};
use super::leaf::Leaf;
use super::period::{Part, Year};
use super::weights::{self, Kind};
use crate::document::Field;

/// Adds what the heading's time says.
pub(super) fn evidence(leaf: &Leaf, fiscal_year: Option<i32>, evidence: &mut Vec<Evidence>) {
    let period = leaf.period;
    let says = |field: Field| {
        evidence
            .iter()
            .filter(|piece| piece.kind == Kind::Words && piece.meaning == Some(field))
            .map(|piece| piece.points)
            .sum::<f32>()
    };
    let (actual, baseline, issues) = (
        says(Field::IndicatorActual),
        says(Field::IndicatorBaseline),
        says(Field::YearEndIssues),
    );
    let distance = period.distance(fiscal_year);
    let unknown = distance.is_none() && matches!(period.year, Some(Year::Named(_)));
    let mut add = |field: Field, points: f32, reason: Why| {
        if points != 0.0 {
            evidence.push(Evidence {
                kind: Kind::Period,
                meaning: Some(field),
                points,
                why: reason,
            });
        }
    };
    for field in Field::ALL {
        let points = match (field, distance) {
            (Field::Predecessors, _) => 0.0,
            (Field::IndicatorBaseline, Some(years))
                if years < 0 && baseline < weights::WORD_SURE && actual >= weights::WORD_WEAK =>
            {
                // It is read as a baseline although its word is another.
                weights::EARLIER_ACTUAL + weights::YEARS_AGO * (-years - 1) as f32
            }
            (Field::IndicatorBaseline, Some(years)) if years < 0 && baseline > 0.0 => 0.0,
            (Field::IndicatorBaseline, None) if unknown && baseline >= weights::WORD_SURE => 0.0,
            (Field::YearEndIssues, Some(years)) if years > 0 && issues > 0.0 => weights::NEXT_YEAR,
            (_, Some(0)) if of_the_year(field) => weights::THIS_YEAR,
            (_, Some(0)) => 0.0,
            (_, Some(_)) => weights::OTHER_YEAR,
            (_, None) if unknown && is_value(field) => weights::PART_CONTRADICTS,
            _ => 0.0,
        };
        add(field, points, why("見出しの年度", "the heading's year"));
        if let Some(part) = period.part {
            add(
                field,
                part_points(field, part),
                why("見出しの時期", "the time of year that the heading names"),
            );
        }
    }
    if leaf.borrowed && period.part == Some(Part::Stretch) {
        evidence.push(Evidence {
            kind: Kind::Period,
            meaning: None,
            points: weights::PART_FITS,
            why: why("月や四半期の欄", "a month's or quarter's column"),
        });
    }
}

/// Whether a field is an indicator's value.
fn is_value(field: Field) -> bool {
    matches!(
        field,
        Field::IndicatorBaseline | Field::IndicatorTarget | Field::IndicatorActual
    )
}

/// Whether 今年度 speaks for a field.
fn of_the_year(field: Field) -> bool {
    is_value(field) && field != Field::IndicatorBaseline
        || matches!(
            field,
            Field::Item | Field::Level | Field::YearEndSummary | Field::Achievement
        )
}

fn part_points(field: Field, part: Part) -> f32 {
    use Field::{
        Achievement, Deadline, IndicatorActual, IndicatorBaseline, IndicatorTarget, Item, Level,
        MidtermPlan, MidtermProgress, MidtermReview, YearEndIssues, YearEndSummary,
        YearEndViewpoint,
    };
    let (fits, against) = (weights::PART_FITS, weights::PART_CONTRADICTS);
    match (part, field) {
        (Part::Middle, MidtermProgress | MidtermReview) | (Part::SecondHalf, MidtermPlan) => fits,
        (Part::Middle, MidtermPlan)
        | (Part::Start, IndicatorBaseline)
        | (
            Part::End,
            Achievement | YearEndSummary | YearEndViewpoint | YearEndIssues | IndicatorActual,
        ) => 0.5 * fits,
        (
            Part::Middle | Part::SecondHalf,
            Achievement | YearEndSummary | YearEndViewpoint | YearEndIssues | IndicatorTarget
            | IndicatorActual | Level,
        )
        | (Part::SecondHalf, MidtermProgress | MidtermReview)
        | (Part::End, MidtermProgress | MidtermReview | MidtermPlan)
        | (Part::Start, IndicatorActual | Achievement | YearEndSummary)
        | (
            Part::Beyond,
            IndicatorTarget | IndicatorActual | IndicatorBaseline | Level | Deadline | Item,
        )
        | (Part::Stretch, _) => against,
        _ => 0.0,
    }
}
