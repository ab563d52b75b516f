//! What the words of a column's heading and of those above it say of its meaning.

use super::evidence::{Evidence, Why};
use super::heading::Heading;
use super::leaf::Leaf;
use super::period::{self, Part};
use super::weights::{self, Kind};
use super::words::{self, Meaning, Strength, Word};
use crate::document::Field;

/// What a word means under a time: 状況 is the review in the middle of the year and the summary at its end; a goal
/// beyond the year is what this year's belongs to.
fn at_time(meaning: Meaning, part: Option<Part>) -> Meaning {
    use Field::{
        Achievement, Categories, IndicatorActual, IndicatorTarget, Item, Level, Methods,
        MidtermPlan, MidtermProgress, MidtermReview, YearEndIssues, YearEndSummary,
        YearEndViewpoint,
    };
    match (part, meaning?) {
        (Some(Part::Middle), Achievement) => Some(MidtermProgress),
        (Some(Part::Middle), YearEndSummary | YearEndViewpoint) => Some(MidtermReview),
        (
            Some(Part::Middle | Part::SecondHalf | Part::Beyond),
            IndicatorActual | IndicatorTarget | Level,
        ) => None,
        (Some(Part::Middle | Part::SecondHalf), YearEndIssues)
        | (Some(Part::SecondHalf), Methods | Item | YearEndSummary) => Some(MidtermPlan),
        (Some(Part::End), MidtermProgress) => Some(Achievement),
        (Some(Part::End), MidtermReview) => Some(YearEndSummary),
        (Some(Part::Beyond), Item) => Some(Categories),
        (_, field) => Some(field),
    }
}

/// The readings of a heading's words, with the factor by which they count.
fn readings(heading: &Heading) -> Vec<(&'static Word, f32, bool)> {
    if let Some(word) = words::whole(&heading.full) {
        return vec![(word, 1.0, true)];
    }
    let with_usual_year = period::with_usual_year(&heading.full);
    let word = with_usual_year.as_deref().and_then(words::whole);
    if let Some(word) = word.or_else(|| words::whole(&heading.core)) {
        return vec![(word, 1.0, true)];
    }
    // 実施状況等 says no more than 実施状況.
    let core = heading.core.strip_suffix('等').unwrap_or(&heading.core);
    if let Some(word) = words::whole(core) {
        return vec![(word, 1.0, true)];
    }
    let pieces = joined(core);
    if pieces.len() > 1 {
        let known: Vec<&'static Word> = pieces
            .iter()
            .filter_map(|piece| words::whole(piece).or_else(|| Some(words::ending(piece)?.0)))
            .collect();
        if known.len() == pieces.len() {
            return known
                .into_iter()
                .map(|word| (word, weights::JOINED, false))
                .collect();
        }
    }
    let without_no = core.replace('の', "");
    let ending = words::ending(core)
        .into_iter()
        .chain(words::ending(&without_no))
        .min_by_key(|(_, before)| *before);
    if let Some((word, before)) = ending {
        let factor = if before == 0 { 1.0 } else { weights::AT_END };
        return vec![(word, factor, before == 0)];
    }
    words::beginning(core)
        .map(|word| (word, weights::AT_START, false))
        .into_iter()
        .collect()
}

/// Whether a gloss is nothing but the grades to choose from: ○△×, A~D, S/A/B/C.
fn lists_grades(gloss: &str) -> bool {
    let (signs, rest): (Vec<char>, Vec<char>) =
        gloss.chars().partition(|c| "◎○〇◯△▲×✕sabcdef".contains(*c));
    signs.len() > 1 && rest.iter().all(|c| "・/,、~-".contains(*c))
}

/// The parts of a heading that joins two.
fn joined(core: &str) -> Vec<&str> {
    core.split(['・', '/', '、', 'と'])
        .flat_map(|part| part.split("及び"))
        .flat_map(|part| part.split("並びに"))
        .filter(|part| !part.is_empty())
        .collect()
}

/// Adds what the heading's words say; gives how much they speak of goals.
pub(super) fn heading(leaf: &Leaf, evidence: &mut Vec<Evidence>) -> i32 {
    let head = &leaf.head;
    let mut goals = 0;
    for &(_, meanings, speaks) in words::phrases(&head.full) {
        goals = goals.max(speaks);
        add_words(meanings, weights::PHRASE, Kind::Words, &head.full, evidence);
    }
    if evidence.is_empty() {
        for (word, factor, _) in readings(head) {
            let speaks = (word.goals as f32 * factor) as i32;
            goals = if goals < 0 || speaks < 0 {
                goals.min(speaks)
            } else {
                goals.max(speaks)
            };
            let readings: Vec<(Meaning, Strength)> = word
                .readings
                .iter()
                .map(|&(meaning, strength)| (at_time(meaning, leaf.period.part), strength))
                .collect();
            add_words(&readings, factor, Kind::Words, &head.core, evidence);
        }
    }
    for gloss in &head.glosses {
        if lists_grades(gloss) {
            let graded = at_time(Some(Field::Achievement), leaf.period.part);
            add_words(
                &[(graded, Strength::Sure)],
                weights::GLOSS_QUESTION,
                Kind::Gloss,
                gloss,
                evidence,
            );
        }
        for &(_, meanings, speaks) in words::phrases(gloss) {
            goals = goals.max(speaks / 2);
            add_words(
                meanings,
                weights::GLOSS_QUESTION,
                Kind::Gloss,
                gloss,
                evidence,
            );
        }
        let gloss = Heading::of(gloss);
        for (word, factor, _) in readings(&gloss) {
            goals = goals.max((word.goals as f32 * factor * 0.5) as i32);
        }
    }
    goals
}

/// Adds what the headings above say: a word of no field (外部評価) for all that stands under it, another little.
pub(super) fn parents(leaf: &Leaf, evidence: &mut Vec<Evidence>) {
    let has_words = evidence
        .iter()
        .any(|piece| piece.kind == Kind::Words && piece.points >= weights::WORD_WEAK);
    for parent in &leaf.above {
        let before = evidence.len();
        for &(_, meanings, _) in words::phrases(&parent.full) {
            let none: Vec<(Meaning, Strength)> = meanings
                .iter()
                .copied()
                .filter(|(meaning, _)| meaning.is_none())
                .collect();
            add_words(
                &none,
                weights::PHRASE,
                Kind::Parents,
                &parent.full,
                evidence,
            );
        }
        if evidence.len() > before {
            continue;
        }
        let factor = if has_words {
            weights::PARENT
        } else {
            2.0 * weights::PARENT
        };
        for (word, at, whole) in readings(parent) {
            let of_none = word.readings.iter().all(|(meaning, _)| meaning.is_none());
            let factor = if of_none && whole {
                2.0 * weights::PARENT
            } else {
                factor
            };
            add_words(
                &word.readings,
                at * factor,
                Kind::Parents,
                &parent.core,
                evidence,
            );
        }
    }
}

fn add_words(
    readings: &[(Meaning, Strength)],
    factor: f32,
    kind: Kind,
    word: &str,
    evidence: &mut Vec<Evidence>,
) {
    let (ja, en) = match kind {
        Kind::Parents => ("上の見出し「{}」", "the heading above, “{}”"),
        Kind::Gloss => ("括弧の中の「{}」", "“{}” in brackets"),
        _ => ("見出しの言葉「{}」", "the heading's word “{}”"),
    };
    for &(meaning, strength) in readings {
        evidence.push(Evidence {
            kind,
            meaning,
            points: weights::of_strength(strength) * factor,
            why: Why {
                ja,
                en,
                of: word.to_owned(),
            },
        });
    }
}
