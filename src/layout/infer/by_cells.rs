//! What the cells of a column say of its meaning: for each field how well they suit it.

use super::cells::{Cells, MOST};
use super::evidence::{Evidence, Why, why};
use super::weights::{
    self, CELLS_AGREE as AGREE, CELLS_CONTRADICT as CONTRADICT, CELLS_DISAGREE as DISAGREE,
    CELLS_FIT as FIT, Kind,
};
use crate::document::Field;

/// Adds what the cells say.
pub(super) fn evidence(cells: &Cells, evidence: &mut Vec<Evidence>) {
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
    if cells.is_empty() {
        return empty_points(field);
    }
    match field {
        Number | Predecessors => number_points(field, cells),
        Categories => category_points(cells),
        Item => item_points(cells),
        Level => level_points(cells),
        Methods => method_points(cells),
        Deadline => deadline_points(cells),
        Sections => section_points(cells),
        IndicatorName => name_points(cells),
        IndicatorBaseline | IndicatorTarget | IndicatorActual => value_points(cells),
        Achievement | MidtermProgress => grade_points(cells),
        MidtermReview | MidtermPlan | YearEndSummary | YearEndViewpoint | YearEndIssues => {
            text_points(field, cells)
        }
    }
}

/// How well it suits a field that nothing is filled in.
fn empty_points(field: Field) -> (f32, Why) {
    use Field::{
        Achievement, IndicatorActual, Item, MidtermPlan, MidtermProgress, MidtermReview, Number,
        YearEndIssues, YearEndSummary, YearEndViewpoint,
    };
    match field {
        Achievement | IndicatorActual | MidtermProgress | MidtermReview | MidtermPlan
        | YearEndSummary | YearEndViewpoint | YearEndIssues => (
            weights::FILLED_LATER,
            why("空欄（後で記入する欄）", "empty: filled in later"),
        ),
        Number | Item => (DISAGREE, why("空欄", "empty")),
        _ => (0.0, why("", "")),
    }
}

/// How well cells suit a number.
fn number_points(field: Field, cells: &Cells) -> (f32, Why) {
    match () {
        () if field == Field::Number && cells.counts_up => {
            (FIT, why("1、2、3…の連番", "1, 2, 3 …"))
        }
        () if cells.codes >= 0.8 && cells.distinct >= 0.8 && !cells.are_grades() => {
            (AGREE, why("番号らしい短い符号", "short codes"))
        }
        () if field == Field::Predecessors && cells.codes >= MOST => (0.0, why("数値", "numbers")),
        () => (CONTRADICT, why("番号でない値", "no numbers")),
    }
}

/// How well cells suit what a goal belongs to.
fn category_points(cells: &Cells) -> (f32, Why) {
    match () {
        () if cells.are_quantities() || cells.are_days() || cells.are_long() => {
            (CONTRADICT, why("分類でない値", "no categories"))
        }
        () if cells.are_units() => (2.0 * DISAGREE, why("組織の名", "names of units")),
        () if cells.are_grades() => (DISAGREE, why("評価の語", "grades")),
        () if cells.closed => (
            AGREE + 0.5,
            why("少ない種類の短い語", "few different short words"),
        ),
        () if cells.spans => (
            AGREE,
            why("いくつもの目標にまたがるセル", "cells over several goals"),
        ),
        () if cells.length <= 16.0 => (0.5 * AGREE, why("短い語", "short words")),
        () => (0.5 * DISAGREE, why("長い語", "long words")),
    }
}

/// How well cells suit the item.
fn item_points(cells: &Cells) -> (f32, Why) {
    match () {
        () if cells.are_quantities()
            || cells.are_days()
            || cells.are_grades()
            || cells.are_units() =>
        {
            (CONTRADICT, why("取組の名でない値", "no names of tasks"))
        }
        () if cells.phrases >= MOST && !cells.are_long() && cells.distinct >= 0.7 => (
            if cells.measures >= 0.8 {
                0.5 * AGREE
            } else {
                FIT - 0.5
            },
            why(
                "行ごとに違う短い体言止め",
                "short noun phrases, different in each row",
            ),
        ),
        () if cells.closed => (
            DISAGREE,
            why("同じ語の繰り返し", "the same words again and again"),
        ),
        () if cells.past >= MOST => (2.0 * DISAGREE, why("過去の文", "past tense")),
        () if cells.marked >= MOST => (DISAGREE, why("箇条書き", "items with marks")),
        () if cells.lacks >= MOST => (DISAGREE, why("課題の文", "what lacks")),
        () if cells.are_long() => (-0.5 * AGREE, why("文", "sentences")),
        () => (0.0, why("", "")),
    }
}

/// How well cells suit how far.
fn level_points(cells: &Cells) -> (f32, Why) {
    match () {
        () if cells.are_grades() || cells.are_days() || cells.are_units() => {
            (CONTRADICT, why("水準でない値", "no levels"))
        }
        () if cells.are_quantities() => (DISAGREE, why("数値", "numbers")),
        () if cells.states >= MOST => (FIT, why("「〜している」状態の文", "states: 〜している")),
        () if cells.past >= MOST => (2.0 * DISAGREE, why("過去の文", "past tense")),
        () if cells.lacks >= MOST || cells.reasons >= MOST => {
            (DISAGREE, why("課題や理由の文", "what lacks, or reasons"))
        }
        () if cells.marked >= MOST => (DISAGREE, why("箇条書き", "items with marks")),
        () if cells.are_long() => (0.5 * AGREE, why("文", "sentences")),
        () if cells.closed => (
            DISAGREE,
            why("同じ語の繰り返し", "the same words again and again"),
        ),
        () => (0.0, why("", "")),
    }
}

/// How well cells suit by what.
fn method_points(cells: &Cells) -> (f32, Why) {
    match () {
        () if cells.are_quantities()
            || cells.are_grades()
            || cells.are_days()
            || cells.are_units() =>
        {
            (CONTRADICT, why("方法でない値", "no methods"))
        }
        () if cells.past >= MOST => (2.0 * DISAGREE, why("過去の文", "past tense")),
        () if cells.lacks >= MOST || cells.reasons >= MOST => {
            (DISAGREE, why("課題や理由の文", "what lacks, or reasons"))
        }
        () if cells.phrases >= 0.8 && cells.length < 20.0 => {
            (-AGREE, why("短い体言止め", "short noun phrases"))
        }
        () if cells.plans >= MOST && (cells.are_long() || cells.length > 12.0) => {
            (FIT - 0.5, why("「〜する」文", "plans: 〜する"))
        }
        () if cells.marked >= MOST => (AGREE, why("箇条書き", "items with marks")),
        () if cells.states >= MOST => (
            DISAGREE,
            why("「〜している」状態の文", "states: 〜している"),
        ),
        () if cells.closed => (
            DISAGREE,
            why("同じ語の繰り返し", "the same words again and again"),
        ),
        () => (0.0, why("", "")),
    }
}

/// How well cells suit until when.
fn deadline_points(cells: &Cells) -> (f32, Why) {
    match () {
        () if cells.are_days() => (FIT, why("日や月、年度末", "days, months, 年度末")),
        () if cells.days > 0.0 => (0.0, why("", "")),
        () => (CONTRADICT + 1.0, why("期限でない値", "no days")),
    }
}

/// How well cells suit who.
fn section_points(cells: &Cells) -> (f32, Why) {
    match () {
        () if cells.units >= 0.8 => (
            weights::CELLS_ARE,
            why("課・室・係の名", "names that end in 課, 室, 係"),
        ),
        () if cells.are_units() => (FIT, why("課・室・係の名", "names that end in 課, 室, 係")),
        () if cells.units > 0.2 => (
            0.5 * AGREE,
            why("課・室・係の名", "names that end in 課, 室, 係"),
        ),
        () if cells.are_quantities()
            || cells.are_days()
            || cells.are_grades()
            || cells.are_long() =>
        {
            (CONTRADICT, why("組織の名でない値", "no names of units"))
        }
        () => (DISAGREE, why("組織の名でない値", "no names of units")),
    }
}

/// How well cells suit an indicator's name.
fn name_points(cells: &Cells) -> (f32, Why) {
    match () {
        () if cells.are_quantities()
            || cells.are_grades()
            || cells.are_days()
            || cells.are_units() =>
        {
            (
                CONTRADICT,
                why("指標の名でない値", "no names of indicators"),
            )
        }
        () if cells.measured >= MOST => (
            DISAGREE,
            why(
                "数値と単位で終わる語句",
                "phrases that end in a number with its unit",
            ),
        ),
        () if cells.measures >= MOST => (
            FIT - 0.5,
            why(
                "「〜率」「〜件数」など測るものの名",
                "names of measures: 〜率, 〜件数",
            ),
        ),
        () if cells.are_long() || cells.past >= MOST => (DISAGREE, why("文", "sentences")),
        () if cells.closed => (
            DISAGREE,
            why("同じ語の繰り返し", "the same words again and again"),
        ),
        () => (0.0, why("", "")),
    }
}

/// How well cells suit an indicator's value.
fn value_points(cells: &Cells) -> (f32, Why) {
    match () {
        () if cells.are_quantities() => (FIT, why("数値", "numbers")),
        () if cells.are_days() || cells.are_units() => {
            (CONTRADICT, why("数値でない", "no numbers"))
        }
        () if cells.measured >= MOST => (
            AGREE,
            why(
                "数値と単位で終わる語句",
                "phrases that end in a number with its unit",
            ),
        ),
        () if cells.quantities >= 0.3 => (0.5 * AGREE, why("数値", "numbers")),
        () if cells.are_long() || cells.sentences > 0.3 => (CONTRADICT, why("文", "sentences")),
        () if cells.are_grades() => (2.0 * DISAGREE, why("評価の語", "grades")),
        () => (DISAGREE, why("数値でない", "no numbers")),
    }
}

/// How well cells suit a grade.
fn grade_points(cells: &Cells) -> (f32, Why) {
    match () {
        () if cells.are_grades() => (FIT, why("A・B・C や「概ね達成」などの評価の語", "grades")),
        () if cells.directions >= MOST => (
            DISAGREE,
            why("拡充・継続などの語", "words such as 拡充, 継続"),
        ),
        () if cells.are_long() || cells.sentences >= 0.5 => {
            (CONTRADICT + 1.0, why("文", "sentences"))
        }
        () if cells.are_days() || cells.are_units() => {
            (CONTRADICT, why("評価でない値", "no grades"))
        }
        // 達成度 95%: the grade is a share.
        () if cells.percent >= MOST => (0.2 * DISAGREE, why("数値", "numbers")),
        () if cells.are_quantities() => (DISAGREE, why("数値", "numbers")),
        () if cells.closed => (
            AGREE,
            why("少ない種類の短い語", "few different short words"),
        ),
        () => (0.5 * DISAGREE, why("評価でない値", "no grades")),
    }
}

/// How well cells suit the fields of what is written afterwards.
fn text_points(field: Field, cells: &Cells) -> (f32, Why) {
    use Field::{MidtermPlan, MidtermReview, YearEndIssues, YearEndSummary, YearEndViewpoint};
    let past = why("「〜した」文", "past tense: 〜した");
    if cells.quantities >= MOST || cells.grades >= MOST || cells.days >= MOST || cells.units >= MOST
    {
        return (CONTRADICT + 1.0, why("文でない値", "no texts"));
    }
    if cells.closed || cells.directions >= MOST {
        return (
            DISAGREE,
            why("少ない種類の短い語", "few different short words"),
        );
    }
    match field {
        YearEndSummary if cells.past >= MOST => (FIT - 0.5, past),
        YearEndSummary if cells.lacks >= MOST || cells.plans >= MOST || cells.reasons >= MOST => {
            (DISAGREE, why("実績でない文", "not of what was done"))
        }
        MidtermReview if cells.past >= MOST => (AGREE, past),
        MidtermReview if cells.states >= MOST => {
            (0.5 * AGREE, why("「〜している」文", "〜している"))
        }
        MidtermPlan if cells.plans >= MOST => (AGREE, why("「〜する」文", "plans: 〜する")),
        MidtermPlan | YearEndIssues if cells.past >= MOST => (DISAGREE, past),
        YearEndViewpoint if cells.reasons >= MOST => {
            (FIT - 0.5, why("「〜のため」理由の文", "reasons: 〜のため"))
        }
        YearEndIssues if cells.lacks >= MOST => (
            FIT - 0.5,
            why("課題や必要を述べる文", "what lacks or is needed"),
        ),
        YearEndIssues if cells.plans >= MOST => (0.5 * AGREE, why("「〜する」文", "plans: 〜する")),
        YearEndIssues | YearEndSummary if cells.reasons >= MOST => {
            (DISAGREE, why("理由の文", "reasons"))
        }
        _ => (0.0, why("", "")),
    }
}
