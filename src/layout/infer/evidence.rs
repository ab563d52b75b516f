//! A column -> what it may mean: points for each field from its heading, its parents, its time and its cells, each by
//! itself, with its reason.

use super::cells::Cells;
use super::heading::Heading;
use super::period::{Part, Period, Year};
use super::weights::{self, Kind, Weights};
use super::words::{self, Meaning, Strength, Word};
use crate::document::Field;
use crate::text::era::pattern;

/// A column or label with what stands under or beside it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slot {
    pub heading: String,
    /// The headings above it, outermost first.
    pub parents: Vec<String>,
    /// The cells, blank ones left out or not; one that stands over several goals once.
    pub cells: Vec<String>,
    /// How many goals there are.
    pub rows: usize,
}

/// What the evidence is seen against.
#[derive(Debug, Clone)]
pub(crate) struct Context<'w> {
    /// The sheet's fiscal year, where it is known.
    pub fiscal_year: Option<i32>,
    pub weights: &'w Weights,
}

/// A piece of evidence for a meaning.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub kind: Kind,
    pub meaning: Meaning,
    pub points: f32,
    pub why: Why,
}

/// A reason in both languages; `{}` stands for `of`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Why {
    pub ja: &'static str,
    pub en: &'static str,
    pub of: String,
}

pub(crate) const fn why(ja: &'static str, en: &'static str) -> Why {
    Why {
        ja,
        en,
        of: String::new(),
    }
}

/// A column with its evidence.
#[derive(Debug, Clone)]
pub(crate) struct Weighed {
    pub evidence: Vec<Evidence>,
    /// The sums, best first.
    pub candidates: Vec<(Meaning, f32)>,
    /// How much its heading speaks of goals, in tenths.
    pub goals: i32,
}

/// All meanings that a column may have.
pub(crate) fn meanings() -> impl Iterator<Item = Meaning> {
    std::iter::once(None).chain(Field::ALL.into_iter().map(Some))
}

/// Weighs a column.
pub(crate) fn weigh(slot: &Slot, context: &Context<'_>) -> Weighed {
    let parts = Parts::of(slot);
    let cells = Cells::of(&slot.cells, slot.rows);
    let mut evidence = Vec::new();
    let goals = heading_evidence(&parts, &mut evidence);
    parent_evidence(&parts, &mut evidence);
    period_evidence(&parts, context.fiscal_year, &mut evidence);
    cell_evidence(&cells, &mut evidence);
    evidence.extend(Field::ALL.into_iter().map(|field| Evidence {
        kind: Kind::Prior,
        meaning: Some(field),
        points: weights::PRIOR,
        why: why("欄とみなすには根拠が要る", "a field needs evidence"),
    }));
    for piece in &mut evidence {
        piece.points = context.weights.points(piece.kind, piece.points);
    }
    evidence.retain(|piece| piece.points != 0.0);
    let sum = |meaning: Meaning| -> f32 {
        evidence
            .iter()
            .filter(|piece| piece.meaning == meaning)
            .map(|piece| piece.points)
            .sum()
    };
    let mut candidates: Vec<(Meaning, f32)> =
        meanings().map(|meaning| (meaning, sum(meaning))).collect();
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
    Weighed {
        evidence,
        candidates,
        goals,
    }
}

/// The headings of a column, taken apart; the head is the lowest that says more than a time.
struct Parts {
    head: Heading,
    /// Above the head, innermost first.
    above: Vec<Heading>,
    /// The head's time, or the parents'.
    period: Period,
    /// Whether the column's own heading is nothing but a time, and its head stands above.
    borrowed: bool,
}

/// Leaves that say nothing without the heading above them.
const EMPTY_HEADS: [&str; 6] = ["数値", "値", "数", "年度", "年", "数量"];

impl Parts {
    fn of(slot: &Slot) -> Self {
        let mut all: Vec<Heading> = std::iter::once(&slot.heading)
            .chain(slot.parents.iter().rev())
            .map(|raw| Heading::of(raw))
            .collect();
        let graded = all.iter().skip(1).any(|heading| {
            ["評価", "判定", "達成", "進捗"]
                .iter()
                .any(|word| heading.core.ends_with(word))
        });
        let says = |heading: &Heading| {
            let core = heading.core.as_str();
            !heading.is_bare() && !EMPTY_HEADS.contains(&core) && !(graded && core == "区分")
        };
        let at = if slot.heading.is_empty() {
            0
        } else {
            all.iter().position(says).unwrap_or(0)
        };
        let own = all.first().cloned().unwrap_or_default();
        let mut period = own.period;
        // A stretch of months is a column's own; over several columns it says when they are filled in.
        for heading in all.iter().skip(1) {
            let outer = heading.period;
            let part = if outer.part == Some(Part::Stretch) {
                half_of(&heading.full)
            } else {
                outer.part
            };
            period = period.within(Period { part, ..outer });
        }
        if period.part == Some(Part::Stretch) && at == 0 && says(&own) {
            period.part = half_of(&own.full);
        }
        let above = all.split_off(at + 1);
        let head = all.pop().unwrap_or_default();
        Self {
            head,
            above,
            period,
            borrowed: at > 0,
        }
    }
}

/// The part of the year that a month of a heading is in: 9月末の状況 is one in the middle, 3月末の結果 at the end.
fn half_of(key: &str) -> Option<Part> {
    pattern!(month, r"([0-9]{1,2})月".to_owned());
    let month: u8 = month().captures(key)?.get(1)?.as_str().parse().ok()?;
    match month {
        7..=12 => Some(Part::Middle),
        1..=3 => Some(Part::End),
        _ => None,
    }
}

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
        (Some(Part::Middle | Part::SecondHalf), IndicatorActual | IndicatorTarget | Level)
        | (Some(Part::Beyond), IndicatorTarget | IndicatorActual | Level) => None,
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
    if let Some(word) = words::whole(&heading.core) {
        return vec![(word, 1.0, true)];
    }
    let core = heading.core.as_str();
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

/// The parts of a heading that joins two.
fn joined(core: &str) -> Vec<&str> {
    core.split(['・', '/', '、', 'と'])
        .flat_map(|part| part.split("及び"))
        .flat_map(|part| part.split("並びに"))
        .filter(|part| !part.is_empty())
        .collect()
}

/// Adds what the heading's words say; gives how much they speak of goals.
fn heading_evidence(parts: &Parts, evidence: &mut Vec<Evidence>) -> i32 {
    let head = &parts.head;
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
                .map(|&(meaning, strength)| (at_time(meaning, parts.period.part), strength))
                .collect();
            add_words(&readings, factor, Kind::Words, &head.core, evidence);
        }
    }
    for gloss in &head.glosses {
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
            add_words(
                &word.readings,
                factor * weights::GLOSS,
                Kind::Gloss,
                &gloss.core,
                evidence,
            );
        }
    }
    goals
}

/// Adds what the headings above say: a word of no field (外部評価) for all that stands under it, another little.
fn parent_evidence(parts: &Parts, evidence: &mut Vec<Evidence>) {
    let has_words = evidence
        .iter()
        .any(|piece| piece.kind == Kind::Words && piece.points >= weights::WORD_WEAK);
    for parent in &parts.above {
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

/// Adds what the heading's time says.
fn period_evidence(parts: &Parts, fiscal_year: Option<i32>, evidence: &mut Vec<Evidence>) {
    let period = parts.period;
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
            (Field::YearEndIssues, Some(years)) if years > 0 && issues > 0.0 => 0.0,
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
    if parts.borrowed && period.part == Some(Part::Stretch) {
        evidence.push(Evidence {
            kind: Kind::Period,
            meaning: None,
            points: weights::PART_FITS,
            why: why("月や四半期の欄", "a month's or quarter's column"),
        });
    }
}

/// Whether a field is an indicator's value.
pub(crate) fn is_value(field: Field) -> bool {
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
        ) => against,
        (Part::Start, IndicatorBaseline) => 0.5 * fits,
        (Part::Stretch, _) => against,
        _ => 0.0,
    }
}

/// Adds what the cells say.
fn cell_evidence(cells: &Cells, evidence: &mut Vec<Evidence>) {
    for field in Field::ALL {
        let (points, reason) = cell_points(field, cells);
        if points != 0.0 {
            evidence.push(Evidence {
                kind: Kind::Cells,
                meaning: Some(field),
                points,
                why: reason,
            });
        }
    }
    if cells.directions >= 0.7 && cells.filled > 0 {
        evidence.push(Evidence {
            kind: Kind::Cells,
            meaning: None,
            points: weights::CELLS_AGREE,
            why: why("拡充・継続などの語", "words such as 拡充, 継続"),
        });
    }
}

/// How well cells suit a field.
fn cell_points(field: Field, cells: &Cells) -> (f32, Why) {
    use Field::{
        Achievement, Categories, Deadline, IndicatorActual, IndicatorBaseline, IndicatorName,
        IndicatorTarget, Item, Level, Methods, MidtermPlan, MidtermProgress, MidtermReview, Number,
        Predecessors, Sections, YearEndIssues, YearEndSummary, YearEndViewpoint,
    };
    const MOST: f32 = 0.6;
    let (fit, agree, disagree, contradict) = (
        weights::CELLS_FIT,
        weights::CELLS_AGREE,
        weights::CELLS_DISAGREE,
        weights::CELLS_CONTRADICT,
    );
    if cells.is_empty() {
        // What is filled in later.
        return match field {
            Achievement | IndicatorActual | MidtermProgress | MidtermReview | MidtermPlan
            | YearEndSummary | YearEndViewpoint | YearEndIssues => {
                (0.3, why("空欄（後で記入する欄）", "empty: filled in later"))
            }
            Number | Item => (disagree, why("空欄", "empty")),
            _ => (0.0, why("", "")),
        };
    }
    let numbers = why("数値", "numbers");
    let valued = cells.quantities >= MOST;
    let graded = cells.grades >= MOST;
    let dated = cells.days >= MOST;
    let in_units = cells.units >= MOST;
    let long = cells.sentences >= MOST || cells.length > 30.0;
    match field {
        Number | Predecessors => match () {
            () if field == Number && cells.counts_up => (fit, why("1、2、3…の連番", "1, 2, 3 …")),
            () if cells.codes >= 0.8 && cells.distinct >= 0.8 && !graded => {
                (agree, why("番号らしい短い符号", "short codes"))
            }
            () if field == Predecessors && cells.codes >= MOST => (0.0, numbers),
            () => (contradict, why("番号でない値", "no numbers")),
        },
        Categories => match () {
            () if valued || dated || long => (contradict, why("分類でない値", "no categories")),
            () if in_units => (2.0 * disagree, why("組織の名", "names of units")),
            () if graded => (disagree, why("評価の語", "grades")),
            () if cells.closed => (
                agree + 0.5,
                why("少ない種類の短い語", "few different short words"),
            ),
            () if cells.spans => (
                agree,
                why("いくつもの目標にまたがるセル", "cells over several goals"),
            ),
            () if cells.length <= 16.0 => (0.5 * agree, why("短い語", "short words")),
            () => (0.5 * disagree, why("長い語", "long words")),
        },
        Item => match () {
            () if valued || dated || graded || in_units => {
                (contradict, why("取組の名でない値", "no names of tasks"))
            }
            () if cells.phrases >= MOST && !long && cells.distinct >= 0.7 => (
                if cells.measures >= 0.8 {
                    0.5 * agree
                } else {
                    fit - 0.5
                },
                why(
                    "行ごとに違う短い体言止め",
                    "short noun phrases, different in each row",
                ),
            ),
            () if cells.closed => (
                disagree,
                why("同じ語の繰り返し", "the same words again and again"),
            ),
            () if cells.past >= MOST => (2.0 * disagree, why("過去の文", "past tense")),
            () if cells.marked >= MOST => (disagree, why("箇条書き", "items with marks")),
            () if cells.lacks >= MOST => (disagree, why("課題の文", "what lacks")),
            () if long => (-0.5 * agree, why("文", "sentences")),
            () => (0.0, why("", "")),
        },
        Level => match () {
            () if graded || dated || in_units => (contradict, why("水準でない値", "no levels")),
            () if valued => (disagree, numbers),
            () if cells.states >= MOST => {
                (fit, why("「〜している」状態の文", "states: 〜している"))
            }
            () if cells.past >= MOST => (2.0 * disagree, why("過去の文", "past tense")),
            () if cells.lacks >= MOST || cells.reasons >= MOST => {
                (disagree, why("課題や理由の文", "what lacks, or reasons"))
            }
            () if cells.marked >= MOST => (disagree, why("箇条書き", "items with marks")),
            () if long => (0.5 * agree, why("文", "sentences")),
            () if cells.closed => (
                disagree,
                why("同じ語の繰り返し", "the same words again and again"),
            ),
            () => (0.0, why("", "")),
        },
        Methods => match () {
            () if valued || graded || dated || in_units => {
                (contradict, why("方法でない値", "no methods"))
            }
            () if cells.past >= MOST => (2.0 * disagree, why("過去の文", "past tense")),
            () if cells.lacks >= MOST || cells.reasons >= MOST => {
                (disagree, why("課題や理由の文", "what lacks, or reasons"))
            }
            () if cells.phrases >= 0.8 && cells.length < 20.0 => {
                (-agree, why("短い体言止め", "short noun phrases"))
            }
            () if cells.plans >= MOST && (long || cells.length > 12.0) => {
                (fit - 0.5, why("「〜する」文", "plans: 〜する"))
            }
            () if cells.marked >= MOST => (agree, why("箇条書き", "items with marks")),
            () if cells.states >= MOST => (
                disagree,
                why("「〜している」状態の文", "states: 〜している"),
            ),
            () if cells.closed => (
                disagree,
                why("同じ語の繰り返し", "the same words again and again"),
            ),
            () => (0.0, why("", "")),
        },
        Deadline => match () {
            () if dated => (fit, why("日や月、年度末", "days, months, 年度末")),
            () if cells.days > 0.0 => (0.0, why("", "")),
            () => (contradict + 1.0, why("期限でない値", "no days")),
        },
        Sections => match () {
            () if cells.units >= 0.8 => (
                weights::CELLS_ARE,
                why("課・室・係の名", "names that end in 課, 室, 係"),
            ),
            () if in_units => (fit, why("課・室・係の名", "names that end in 課, 室, 係")),
            () if cells.units > 0.2 => (
                0.5 * agree,
                why("課・室・係の名", "names that end in 課, 室, 係"),
            ),
            () if valued || dated || graded || long => {
                (contradict, why("組織の名でない値", "no names of units"))
            }
            () => (disagree, why("組織の名でない値", "no names of units")),
        },
        IndicatorName => match () {
            () if valued || graded || dated || in_units => (
                contradict,
                why("指標の名でない値", "no names of indicators"),
            ),
            () if cells.measures >= MOST => (
                fit - 0.5,
                why(
                    "「〜率」「〜件数」など測るものの名",
                    "names of measures: 〜率, 〜件数",
                ),
            ),
            () if long || cells.past >= MOST => (disagree, why("文", "sentences")),
            () if cells.closed => (
                disagree,
                why("同じ語の繰り返し", "the same words again and again"),
            ),
            () => (0.0, why("", "")),
        },
        IndicatorBaseline | IndicatorTarget | IndicatorActual => match () {
            () if valued => (fit, numbers),
            () if dated || in_units => (contradict, why("数値でない", "no numbers")),
            () if cells.quantities >= 0.3 => (0.5 * agree, numbers),
            () if long || cells.sentences > 0.3 => (contradict, why("文", "sentences")),
            () if graded => (2.0 * disagree, why("評価の語", "grades")),
            () => (disagree, why("数値でない", "no numbers")),
        },
        Achievement | MidtermProgress => match () {
            () if graded => (fit, why("A・B・C や「概ね達成」などの評価の語", "grades")),
            () if cells.directions >= MOST => (
                disagree,
                why("拡充・継続などの語", "words such as 拡充, 継続"),
            ),
            () if long || cells.sentences >= 0.5 => (contradict + 1.0, why("文", "sentences")),
            () if dated || in_units => (contradict, why("評価でない値", "no grades")),
            // 達成度 95%: the grade is a share.
            () if cells.percent >= MOST => (0.2 * disagree, numbers),
            () if valued => (disagree, numbers),
            () if cells.closed => (
                agree,
                why("少ない種類の短い語", "few different short words"),
            ),
            () => (0.5 * disagree, why("評価でない値", "no grades")),
        },
        MidtermReview | MidtermPlan | YearEndSummary | YearEndViewpoint | YearEndIssues => {
            text_points(field, cells)
        }
    }
}

/// How well cells suit the fields of what is written afterwards.
fn text_points(field: Field, cells: &Cells) -> (f32, Why) {
    use Field::{MidtermPlan, MidtermReview, YearEndIssues, YearEndSummary, YearEndViewpoint};
    const MOST: f32 = 0.6;
    let (fit, agree, disagree, contradict) = (
        weights::CELLS_FIT,
        weights::CELLS_AGREE,
        weights::CELLS_DISAGREE,
        weights::CELLS_CONTRADICT,
    );
    let past = why("「〜した」文", "past tense: 〜した");
    if cells.quantities >= MOST || cells.grades >= MOST || cells.days >= MOST || cells.units >= MOST
    {
        return (contradict + 1.0, why("文でない値", "no texts"));
    }
    if cells.closed || cells.directions >= MOST {
        return (
            disagree,
            why("少ない種類の短い語", "few different short words"),
        );
    }
    match field {
        YearEndSummary if cells.past >= MOST => (fit - 0.5, past),
        YearEndSummary if cells.lacks >= MOST || cells.plans >= MOST || cells.reasons >= MOST => {
            (disagree, why("実績でない文", "not of what was done"))
        }
        MidtermReview if cells.past >= MOST => (agree, past),
        MidtermReview if cells.states >= MOST => {
            (0.5 * agree, why("「〜している」文", "〜している"))
        }
        MidtermPlan if cells.plans >= MOST => (agree, why("「〜する」文", "plans: 〜する")),
        MidtermPlan | YearEndIssues if cells.past >= MOST => (disagree, past),
        YearEndViewpoint if cells.reasons >= MOST => {
            (fit - 0.5, why("「〜のため」理由の文", "reasons: 〜のため"))
        }
        YearEndIssues if cells.lacks >= MOST => (
            fit - 0.5,
            why("課題や必要を述べる文", "what lacks or is needed"),
        ),
        YearEndIssues if cells.plans >= MOST => (0.5 * agree, why("「〜する」文", "plans: 〜する")),
        YearEndIssues | YearEndSummary if cells.reasons >= MOST => {
            (disagree, why("理由の文", "reasons"))
        }
        _ => (0.0, why("", "")),
    }
}
