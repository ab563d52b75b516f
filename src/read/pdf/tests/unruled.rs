//! Tables of which not all rules are drawn: where their text parts them, and where it must not.

use super::sample::{Sample, cells, sizes};
use crate::sheet::Reading;

const COLUMNS: [f32; 4] = [10.0, 100.0, 250.0, 340.0];

#[test]
fn rows_are_parted_where_the_white_is_wider_than_within_them() {
    let texts = [
        (14.0, 30.0, "道路課"),
        (104.0, 30.0, "歩道の段差を全て調べ、順"),
        (104.0, 42.0, "に直す。"),
        (254.0, 30.0, "年度末"),
        (14.0, 64.0, "公園課"),
        (104.0, 64.0, "遊具の点検を終える。"),
        (254.0, 64.0, "９月末"),
        (14.0, 86.0, "緑政課"),
        (104.0, 86.0, "街路樹の台帳をつくり、公"),
        (104.0, 98.0, "開する。"),
    ];
    let reading = Sample::new()
        .table(&COLUMNS, &[15.0, 110.0])
        .texts(&texts)
        .read();
    assert_eq!(sizes(&reading), [(3, 3)]);
    assert_eq!(cells(&reading)[1], "歩道の段差を全て調べ、順~に直す。|");
    assert!(
        reading
            .notes
            .iter()
            .any(|note| note.code == "parted-by-text")
    );
}

#[test]
fn paragraphs_of_one_goal_are_no_rows() {
    // One goal: its number and deadline are single lines, its steps are parted by white.
    let texts = [
        (14.0, 30.0, "１"),
        (104.0, 30.0, "・段差を調べる。"),
        (104.0, 52.0, "・順に直す。"),
        (104.0, 74.0, "・地図に載せる。"),
        (254.0, 30.0, "・件数"),
        (254.0, 52.0, "・割合"),
        (254.0, 74.0, "・面積"),
    ];
    assert_eq!(
        sizes(
            &Sample::new()
                .table(&COLUMNS, &[15.0, 90.0])
                .texts(&texts)
                .read()
        ),
        [(1, 3)]
    );
}

#[test]
fn full_lines_side_by_side_are_no_rows() {
    // 改正後 beside 改正前: lines at one distance, each of which may go on in the next.
    let mut sample = Sample::new().table(&[10.0, 60.0, 170.0, 280.0], &[15.0, 100.0]);
    for (line, y) in [28.0, 42.0, 56.0, 70.0].into_iter().enumerate() {
        sample = sample.text(64.0, y, 10.0, "職員は市民の話をよく");
        sample = sample.text(174.0, y, 10.0, "職員は、市民の話をよ");
        if line != 1 {
            sample = sample.text(14.0, y, 10.0, "第１条の");
        }
    }
    assert_eq!(sizes(&sample.read()), [(1, 3)]);
}

#[test]
fn a_box_of_labels_and_values_is_one_cell() {
    let texts = [
        (14.0, 30.0, "課　名　総務課"),
        (14.0, 46.0, "氏　名　緑野花子"),
        (14.0, 62.0, "電　話　内線123"),
    ];
    assert_eq!(
        sizes(
            &Sample::new()
                .table(&[10.0, 200.0], &[15.0, 70.0])
                .texts(&texts)
                .read()
        ),
        [(1, 1)]
    );
}

#[test]
fn a_table_with_all_its_rows_drawn_has_no_more() {
    let mut sample = Sample::new().table(&COLUMNS, &[10.0, 30.0, 50.0, 70.0, 90.0, 190.0]);
    for y in [25.0, 45.0, 65.0, 85.0, 105.0, 130.0, 155.0] {
        for x in [14.0, 104.0, 254.0] {
            sample = sample.text(x, y, 10.0, "総務課");
        }
    }
    assert_eq!(sizes(&sample.read()), [(5, 3)]);
}

/// Rows of a table without vertical rules; in all but the first one operator writes ○, △ and 済, this far apart. The
/// first row's words reach from ○ to △.
fn written_through(words: &str, by: f32, nearer: f32) -> Reading {
    let mut sample = Sample::new().lines_across(300.0, &[15.0, 30.0, 45.0, 60.0, 75.0]);
    sample = sample.text(14.0, 26.0, 10.0, words);
    sample = sample.text(34.0 + 2.0 * by - nearer, 26.0, 10.0, "済");
    for y in [41.0, 56.0, 71.0] {
        sample = sample.text(14.0, y, 10.0, "○△済").spread(by);
        sample.marks.glyphs.last_mut().unwrap().origin.x -= nearer;
    }
    sample.read()
}

#[test]
fn what_one_operator_writes_through_near_columns_is_one_line() {
    let notes = written_through("街路樹", 17.0, 2.0).notes;
    assert!(!notes.iter().any(|note| note.code == "text-not-conserved"));
}

#[test]
fn what_one_operator_writes_far_apart_stands_in_the_columns() {
    assert_eq!(
        cells(&written_through("街路樹の台帳", 50.0, 0.0))[2..4],
        ["○△|", "済|"]
    );
}

#[test]
fn words_spread_over_a_narrow_cell_are_no_vertical_text() {
    // 均等割り付け: painted line by line, each from left to right.
    let spread = [
        (13.0, 25.0, "課"),
        (31.0, 25.0, "税"),
        (13.0, 42.0, "課"),
        (31.0, 42.0, "・"),
        (13.0, 59.0, "納"),
        (31.0, 59.0, "税"),
        (13.0, 76.0, "課"),
    ];
    let sample = Sample::new().table(&[10.0, 44.0], &[10.0, 90.0, 120.0]);
    let text = cells(&sample.texts(&spread).read())[0].replace([' ', '\u{3000}', '~', '|'], "");
    assert_eq!(text, "課税課・納税課");
}

#[test]
fn a_middle_dot_set_apart_at_the_end_of_a_one_character_line_stays_there() {
    // 課, 税, 課　・ (which may not begin a line), 納, 税, 課
    let spread = [
        (13.0, 25.0, "課"),
        (13.0, 37.0, "税"),
        (13.0, 49.0, "課"),
        (28.0, 49.0, "・"),
        (13.0, 61.0, "納"),
        (13.0, 73.0, "税"),
        (13.0, 85.0, "課"),
    ];
    let sample = Sample::new().table(&[10.0, 41.0], &[10.0, 90.0, 120.0]);
    let reading = sample.texts(&spread).read();
    let text = cells(&reading)[0].replace([' ', '\u{3000}', '~', '|'], "");
    assert_eq!(text, "課税課・納税課");
    let fault = |note: &&crate::note::Note| note.code == "text-not-conserved";
    assert!(!reading.notes.iter().any(|note| fault(&note)));
}
