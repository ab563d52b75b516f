//! What columns of sheets that no layout knows are read as, by their headings and cells.

use super::{Context, Slot, Weights, choose};
use crate::document::Field;

/// A list of goals with these columns beside its item and level: what each is read as.
fn read(columns: &[(&str, &[&str])]) -> Vec<Option<Field>> {
    let item: (&str, &[&str]) = ("重点目標", &["花壇の手入れ", "朝市の再開", "駅前の緑化"]);
    let level: (&str, &[&str]) = (
        "達成水準",
        &[
            "花が咲いている。",
            "月に２回開かれている。",
            "木が植わっている。",
        ],
    );
    let slot = |&(heading, cells): &(&str, &[&str])| Slot {
        heading: heading.to_owned(),
        parents: Vec::new(),
        cells: cells.iter().map(|&cell| cell.to_owned()).collect(),
        rows: 3,
    };
    let slots: Vec<Slot> = [item, level].iter().chain(columns).map(slot).collect();
    let weights = Weights::without(&[]);
    let context = Context {
        fiscal_year: Some(2025),
        weights: &weights,
    };
    let read = choose(&slots, &context);
    assert_eq!(read[0].meaning, Some(Field::Item));
    read.iter().skip(2).map(|column| column.meaning).collect()
}

#[test]
fn a_number_with_its_unit_at_the_end_of_a_phrase_is_a_target_and_no_measure() {
    let cells = ["参加者延べ1,200人", "出店20軒以上", "植樹30本"];
    assert_eq!(
        read(&[("数値目標", &cells)]),
        [Some(Field::IndicatorTarget)]
    );
}

#[test]
fn a_result_is_a_number_or_what_was_done() {
    let (numbers, texts) = (
        ["9回", "12軒", "28本"],
        ["９回植えた。", "12軒が出した。", "28本を植えた。"],
    );
    assert_eq!(
        read(&[("目標値", &["10回", "15軒", "30本"]), ("結果", &numbers)]),
        [Some(Field::IndicatorTarget), Some(Field::IndicatorActual)]
    );
    assert_eq!(read(&[("結果", &texts)]), [Some(Field::YearEndSummary)]);
    assert_eq!(
        read(&[("植栽の実施状況等", &texts)]),
        [Some(Field::YearEndSummary)]
    );
}

#[test]
fn what_is_to_be_better_next_year_is_what_this_year_lacked() {
    let cells = ["肥料を替える。", "農家を増やす。", "支柱を立てる。"];
    for heading in ["次年度への改善", "来年度に向けて", "次はどうするか"] {
        assert_eq!(
            read(&[(heading, &cells)]),
            [Some(Field::YearEndIssues)],
            "{heading}"
        );
    }
}

#[test]
fn grades_in_brackets_say_that_a_column_is_graded() {
    let cells = ["○", "△", "○"];
    assert_eq!(
        read(&[("花の出来（○△×）", &cells)]),
        [Some(Field::Achievement)]
    );
}

#[test]
fn a_committee_s_grade_is_not_the_town_s_own() {
    let cells = ["Ａ", "Ｂ", "Ａ"];
    assert_eq!(
        read(&[("自己評価", &cells), ("委員会評価", &cells)]),
        [Some(Field::Achievement), None]
    );
}

#[test]
fn another_year_s_target_is_not_this_year_s() {
    let cells = ["10回", "15軒", "30本"];
    assert_eq!(
        read(&[("令和６年度目標値", &cells), ("令和７年度目標値", &cells)]),
        [None, Some(Field::IndicatorTarget)]
    );
}

#[test]
fn what_is_filled_in_later_is_read_by_its_heading() {
    assert_eq!(read(&[("結果", &[])]), [Some(Field::YearEndSummary)]);
}
