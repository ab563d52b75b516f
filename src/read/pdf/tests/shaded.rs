//! Tables that shading shows: a heading alone, headings and labels, cells.

use super::sample::{Sample, cells, grids, outside, sizes};

const COLUMNS: [f32; 4] = [10.0, 100.0, 250.0, 340.0];

const ROWS: [(f32, f32, &str); 9] = [
    (14.0, 60.0, "道路課"),
    (104.0, 60.0, "歩道の段差を調べ、順に直す。"),
    (254.0, 60.0, "年度末"),
    (14.0, 84.0, "公園課"),
    (104.0, 84.0, "遊具の点検を終える。"),
    (14.0, 108.0, "緑政課"),
    (104.0, 108.0, "街路樹の台帳をつくり、公"),
    (104.0, 120.0, "開する。"),
    (254.0, 108.0, "９月末"),
];

const HEADINGS: [(f32, f32, &str); 3] = [
    (45.0, 34.0, "課名"),
    (160.0, 34.0, "取組"),
    (285.0, 34.0, "期限"),
];

/// Headings over a line and a line below it, which may be a row or paragraphs.
const ROW_OR_PARAGRAPHS: [(f32, f32, &str); 5] = [
    (14.0, 34.0, "課名"),
    (104.0, 34.0, "取組"),
    (14.0, 56.0, "道路課"),
    (104.0, 56.0, "歩道を調べる。"),
    (104.0, 70.0, "順に直す。"),
];

#[test]
fn a_shaded_heading_heads_the_rows_below_it() {
    for by_cell in [true, false] {
        let xs: &[f32] = if by_cell { &COLUMNS } else { &[10.0, 340.0] };
        let sample = Sample::new().shaded_cells(xs, 20.0, 40.0);
        let sample = sample.texts(&HEADINGS).texts(&ROWS);
        let below = [(
            10.0,
            160.0,
            "以上のとおりとし、関係する課と話し合って進める。",
        )];
        let reading = sample.texts(&below).read();
        assert_eq!(sizes(&reading), [(4, 3)]);
        assert_eq!(cells(&reading)[10], "街路樹の台帳をつくり、公~開する。|");
        assert_eq!(outside(&reading).len(), 1);
        assert!(
            reading
                .notes
                .iter()
                .any(|note| note.code == "parted-by-text")
        );
    }
}

#[test]
fn the_heading_that_is_shaded_belongs_to_the_rows_with_rules_below_them() {
    let sample = Sample::new()
        .shaded_cells(&COLUMNS, 20.0, 40.0)
        .lines_across(340.0, &[40.0, 68.0, 92.0, 128.0]);
    let reading = sample.texts(&HEADINGS).texts(&ROWS).read();
    assert_eq!(sizes(&reading), [(4, 3)]);
    assert_eq!(cells(&reading)[0], "課名|");
}

#[test]
fn a_frame_around_a_shaded_heading_is_divided_where_its_cells_are() {
    let sample = Sample::new().table(&[10.0, 340.0], &[20.0, 130.0]);
    let sample = sample.shaded_cells(&COLUMNS, 20.0, 40.0);
    let reading = sample.texts(&HEADINGS).texts(&ROWS).read();
    assert_eq!(sizes(&reading), [(4, 3)]);
}

#[test]
fn rows_of_one_line_below_a_shaded_heading_that_may_be_paragraphs_stay_lines() {
    let sample = Sample::new().shaded_cells(&[10.0, 100.0, 300.0], 20.0, 40.0);
    let reading = sample.texts(&ROW_OR_PARAGRAPHS).read();
    assert!(grids(&reading).is_empty());
}

#[test]
fn shaded_headings_and_labels_name_the_cells_between_them() {
    let sample = Sample::new().shaded_cells(&COLUMNS, 20.0, 40.0);
    let sample = [(40.0, 68.0), (68.0, 92.0), (92.0, 128.0)]
        .into_iter()
        .fold(sample, |sample, (top, bottom)| {
            sample.shaded(10.0, top, 100.0, bottom)
        });
    let reading = sample.texts(&HEADINGS).texts(&ROWS).read();
    assert_eq!(sizes(&reading), [(4, 3)]);
    assert_eq!(cells(&reading)[4], "歩道の段差を調べ、順に直す。|");
}

#[test]
fn headings_and_labels_that_are_shaded_as_one_divide_nothing() {
    let sample = Sample::new().shaded(10.0, 20.0, 340.0, 40.0);
    let sample = sample.shaded(10.0, 40.0, 100.0, 128.0);
    let reading = sample.texts(&HEADINGS).texts(&ROWS).read();
    assert!(grids(&reading).is_empty());
}

#[test]
fn numbers_at_the_end_of_their_column_are_apart_from_the_next_by_their_headings() {
    let sample = Sample::new().lines_across(300.0, &[20.0, 40.0, 60.0, 80.0, 100.0]);
    let sample = sample.shaded(10.0, 20.0, 300.0, 40.0);
    let numbers = [
        (12.0, 34.0, "番号"),
        (42.0, 34.0, "事業名"),
        (200.0, 34.0, "期限"),
        (35.0, 54.0, "1"),
        (42.0, 54.0, "歩道を調べる。"),
        (200.0, 54.0, "年度末"),
        (35.0, 74.0, "2"),
        (42.0, 74.0, "遊具の点検を終える。"),
        (200.0, 74.0, "年度末"),
        (35.0, 94.0, "3"),
        (42.0, 94.0, "台帳をつくる。"),
    ];
    let reading = sample.texts(&numbers).read();
    assert_eq!(sizes(&reading), [(4, 3)]);
    assert_eq!(cells(&reading)[3], "1|");
}

#[test]
fn numbers_in_a_row_of_one_pitch_are_no_lines_of_one_cell() {
    // Rows higher than their text among others: the white between rows is of two kinds.
    let sample = Sample::new().shaded_cells(&COLUMNS, 20.0, 40.0);
    let rows = [54.0, 66.0, 92.0, 104.0, 130.0];
    let sample = rows.iter().fold(sample, |sample, &y| {
        let texts = [
            (93.0, y, "1"),
            (104.0, y, "歩道を調べる。"),
            (254.0, y, "年度末"),
        ];
        sample.texts(&texts)
    });
    let reading = sample.texts(&HEADINGS).read();
    assert_eq!(grids(&reading)[0].rows, 6);
}

#[test]
fn filled_cells_apart_are_a_table_however_many_they_are() {
    let mut sample = Sample::new();
    for row in 0..50u8 {
        for column in 0..50u8 {
            let (x, y) = (10.0 + f32::from(column) * 11.0, 10.0 + f32::from(row) * 7.5);
            sample = sample
                .shaded(x, y, x + 7.0, y + 7.5)
                .text(x + 1.0, y + 6.0, 5.0, "1");
        }
    }
    assert_eq!(grids(&sample.read())[0].cells.len(), 2_500);
}

#[test]
fn a_frame_around_a_shaded_heading_that_nothing_divides_is_told() {
    let sample = Sample::new().table(&[10.0, 300.0], &[20.0, 90.0]);
    let sample = sample.shaded(10.0, 20.0, 300.0, 40.0);
    let reading = sample.texts(&ROW_OR_PARAGRAPHS).read();
    assert_eq!(cells(&reading).len(), 1);
    assert!(reading.notes.iter().any(|note| note.code == "not-parted"));
    let box_of_text = [
        (14.0, 34.0, "お知らせ"),
        (14.0, 56.0, "窓口の時間が変わります。"),
    ];
    let sample = Sample::new().table(&[10.0, 300.0], &[20.0, 90.0]);
    let sample = sample.shaded(10.0, 20.0, 300.0, 40.0);
    assert_eq!(sample.texts(&box_of_text).read().notes, []);
}

#[test]
fn rows_without_white_between_them_begin_with_their_entries() {
    let lines = |last: &'static str| {
        let sample = Sample::new().shaded_cells(&[10.0, 60.0, 190.0], 20.0, 40.0);
        let texts = [
            (14.0, 34.0, "番号"),
            (64.0, 34.0, "取組"),
            (14.0, 56.0, "1"),
            (64.0, 56.0, "歩道の段差を調べ、順に直"),
            (64.0, 68.0, "す。"),
            (14.0, 80.0, "2"),
            (64.0, 80.0, last),
            (14.0, 104.0, "3"),
            (64.0, 104.0, "台帳をつくる。"),
        ];
        sample.texts(&texts)
    };
    let full = lines("遊具の点検を終えて、地図").text(64.0, 92.0, 10.0, "に載せる。");
    let reading = full.read();
    assert_eq!(sizes(&reading), [(4, 2)]);
    // A paragraph of its own may as well be a row that has no number.
    let doubtful = lines("遊具の点検を終える。").text(64.0, 92.0, 10.0, "地図に載せる。");
    assert!(grids(&doubtful.read()).is_empty());
}

#[test]
fn entries_in_the_middle_of_their_rows_begin_none() {
    let sample = Sample::new().shaded_cells(&[10.0, 60.0, 190.0], 20.0, 40.0);
    let texts = [
        (14.0, 34.0, "番号"),
        (64.0, 34.0, "取組"),
        (14.0, 56.0, "1"),
        (64.0, 56.0, "遊具の点検を終えて、公表"),
        (64.0, 68.0, "歩道の段差を調べて、順に"),
        (14.0, 80.0, "2"),
        (64.0, 80.0, "直し、直したところは地図"),
        (64.0, 92.0, "に載せる。"),
    ];
    assert!(grids(&sample.texts(&texts).read()).is_empty());
}

#[test]
fn a_shaded_heading_over_rules_is_a_row_where_its_words_do_not_tell_the_columns() {
    let sample = Sample::new()
        .shaded(10.0, 20.0, 300.0, 40.0)
        .lines_across(300.0, &[40.0, 60.0, 80.0, 100.0]);
    // The words of the heading stand elsewhere than the text of the rows.
    let texts = [
        (14.0, 34.0, "課名"),
        (44.0, 34.0, "取組"),
        (200.0, 34.0, "期限"),
        (14.0, 54.0, "総務課の全員で"),
        (200.0, 54.0, "年度末"),
        (14.0, 74.0, "道路課"),
        (200.0, 74.0, "早急"),
        (14.0, 94.0, "公園課"),
        (200.0, 94.0, "９月末"),
    ];
    let reading = sample.texts(&texts).read();
    assert_eq!((grids(&reading)[0].rows, outside(&reading).len()), (4, 0));
}

#[test]
fn one_number_beside_the_next_column_is_apart_where_both_have_headings() {
    let sample = Sample::new().lines_across(300.0, &[20.0, 40.0, 60.0, 80.0]);
    let texts = [
        (12.0, 34.0, "番号"),
        (42.0, 34.0, "件数"),
        (200.0, 34.0, "期限"),
        (35.0, 54.0, "1"),
        (42.0, 54.0, "12件"),
        (200.0, 54.0, "年度末"),
        (200.0, 74.0, "早急"),
        (42.0, 74.0, "３件"),
    ];
    let reading = sample.texts(&texts).read();
    assert_eq!(cells(&reading)[3..5], ["1|", "12件|"]);
}

#[test]
fn shaded_headings_over_paragraphs_are_no_table() {
    let mut sample = Sample::new();
    for (at, heading) in [(20.0, "１　目的"), (90.0, "２　対象")] {
        sample = sample
            .shaded(10.0, at, 300.0, at + 20.0)
            .text(14.0, at + 14.0, 10.0, heading)
            .text(
                14.0,
                at + 36.0,
                10.0,
                "市民と職員が同じ地図を見ながら、まちの段差を直",
            )
            .text(14.0, at + 50.0, 10.0, "していくための手順を定める。");
    }
    let reading = sample.read();
    assert!(grids(&reading).is_empty());
    assert_eq!(outside(&reading).len(), 6);
}
