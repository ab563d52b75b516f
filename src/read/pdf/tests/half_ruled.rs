//! Tables of which rules, paint and text each show a part.

use super::sample::{Sample, cells, grids, sizes};

const XS: [f32; 4] = [10.0, 60.0, 200.0, 300.0];

/// Lines of ten points below each other, each text at its column's start.
fn rows(sample: Sample, ys: &[f32], texts: &[[&str; 3]]) -> Sample {
    let rows = ys.iter().zip(texts);
    rows.fold(sample, |sample, (&y, row)| {
        let places = XS.iter().zip(row);
        places.fold(sample, |sample, (&x, text)| {
            sample.text(x + 4.0, y, 10.0, text)
        })
    })
}

#[test]
fn a_painted_heading_without_a_rule_below_it_is_a_row() {
    let table = |paint: f32| {
        let sample = Sample::new().shaded(10.0, 20.0, 300.0, paint);
        let sample = sample.table(&XS, &[20.0, 64.0, 86.0]);
        let texts = [
            ["番号", "目標", "期限"],
            ["1", "遊具の点検", "9月末"],
            ["2", "窓口の案内", "12月"],
        ];
        rows(sample, &[35.0, 57.0, 79.0], &texts).read()
    };
    assert_eq!(sizes(&table(42.0)), [(3, 3)]);
    assert_eq!(sizes(&table(64.0)), [(2, 3)], "the whole first row");
    assert_eq!(sizes(&table(33.0)), [(2, 3)], "it runs through the text");
}

#[test]
fn boxes_are_one_table_where_their_gutters_are_of_one_width() {
    let boxes = |gutters: [f32; 2]| {
        let mut sample = Sample::new();
        let xs = [10.0, 70.0 + gutters[0], 130.0 + gutters[0] + gutters[1]];
        for x in xs {
            for y in [20.0, 48.0] {
                sample = sample.table(&[x, x + 60.0], &[y, y + 20.0]).text(
                    x + 4.0,
                    y + 14.0,
                    10.0,
                    "緑野",
                );
            }
        }
        sizes(&sample.read())
    };
    assert_eq!(boxes([8.4, 8.6]), [(2, 3)]);
    assert_eq!(boxes([5.0, 30.0]).len(), 3, "a table and two boxes");
}

#[test]
fn an_entry_in_the_middle_beside_two_lines_is_of_their_row() {
    let sample = Sample::new().shaded(10.0, 20.0, 300.0, 42.0);
    let texts = [
        ["番号", "目標", "期限"],
        ["1", "", "9月末"],
        ["2", "", "12月"],
        ["3", "窓口の案内", "通年"],
    ];
    let sample = rows(sample, &[35.0, 66.0, 106.0, 140.0], &texts);
    let lines = [
        (58.5, "遊具の点検を月に一度行い"),
        (73.5, "知らせる。"),
        (98.5, "写真を撮影して目録にする"),
        (113.5, "作業。"),
    ];
    let sample = lines.iter().fold(sample, |sample, &(y, text)| {
        sample.text(64.0, y, 10.0, text)
    });
    assert_eq!(sizes(&sample.read()), [(4, 3)]);
}

#[test]
fn lines_under_a_drawn_heading_are_rows_if_all_columns_have_one_in_each() {
    let table = |last: [&'static str; 3]| {
        let sample = Sample::new().table(&XS, &[20.0, 42.0, 110.0]);
        let texts = [
            ["番号", "目標", "期限"],
            ["1", "遊具の点検を月に一度行い", "9月末"],
            ["", "知らせる。", ""],
            ["2", "窓口の案内", "12月"],
            last,
        ];
        let reading = rows(sample, &[35.0, 56.0, 68.0, 80.0, 92.0], &texts).read();
        sizes(&reading)[0].0
    };
    assert_eq!(table(["3", "市史の電子化", "通年"]), 4);
    assert_eq!(table(["3", "", "通年"]), 2, "an empty cell tells nothing");
}

#[test]
fn stripes_part_where_headings_stand_apart_though_a_text_fills_its_column() {
    let stripes = [(20.0, 40.0), (60.0, 80.0), (100.0, 120.0)];
    let sample = stripes
        .iter()
        .fold(Sample::new(), |sample, &(top, bottom)| {
            sample.shaded(10.0, top, 300.0, bottom)
        });
    let texts = [
        ["番号", "目標", "期限"],
        ["1", "遊具の点検", "9月末"],
        ["2", "危険な枝を全て調べて記録す", "12月"],
        ["3", "窓口の案内", "通年"],
        ["4", "市史の電子化", "6月"],
    ];
    let reading = rows(sample, &[34.0, 54.0, 74.0, 94.0, 114.0], &texts);
    // Its end is two points before the next column.
    let reading = reading.text(64.0, 134.0, 10.0, "").read();
    assert_eq!(sizes(&reading), [(5, 3)]);
    assert_eq!(cells(&reading)[8], "12月|");
}

#[test]
fn stripes_that_make_no_table_are_said() {
    let stripes = [(20.0, 40.0), (60.0, 80.0), (100.0, 120.0)];
    let sample = stripes
        .iter()
        .fold(Sample::new(), |sample, &(top, bottom)| {
            sample.shaded(10.0, top, 300.0, bottom)
        });
    // Nothing tells whether the white in the second column parts it.
    let lines = [
        (34.0, 100.0),
        (54.0, 101.0),
        (74.0, 102.0),
        (94.0, 101.0),
        (114.0, 100.0),
    ];
    let sample = lines.iter().fold(sample, |sample, &(y, x)| {
        let sample = sample.text(14.0, y, 10.0, "緑野");
        sample
            .text(x, y, 10.0, "緑 野　目標")
            .text(x + 62.0, y, 10.0, "台帳")
    });
    let reading = sample.read();
    let said = reading
        .notes
        .iter()
        .any(|note| note.code == "rules-without-table");
    assert_eq!(said, grids(&reading).is_empty());
}

#[test]
fn complete_rows_under_headings_are_a_table_without_rules_and_said() {
    let texts = [
        ["番号", "目標", "期限"],
        ["1", "遊具の点検", "9月末"],
        ["2", "窓口の案内を見直す", "12月"],
        ["3", "市史の電子化", "通年"],
    ];
    let ys = [35.0, 52.0, 69.0, 86.0];
    let reading = rows(Sample::new(), &ys, &texts).read();
    assert_eq!(sizes(&reading), [(4, 3)]);
    assert!(
        reading
            .notes
            .iter()
            .any(|note| note.code == "unruled-table")
    );
    let mut gap = texts;
    gap[2][1] = "";
    assert!(grids(&rows(Sample::new(), &ys, &gap).read()).is_empty());
    let prose = [["緑野市は公園を", "点検の結果を市民", "窓口は予約を受け"]; 5];
    let reading = rows(Sample::new(), &[35.0, 52.0, 69.0, 86.0, 103.0], &prose).read();
    assert!(grids(&reading).is_empty(), "text in columns");
}

#[test]
fn headings_apart_over_one_column_are_said() {
    let said = |heading: &str| {
        let sample = [20.0, 42.0, 62.0, 82.0, 102.0]
            .iter()
            .fold(Sample::new(), |sample, &y| sample.line(10.0, y, 300.0, y));
        let texts = [
            ["目標", "", "所管"],
            ["公園", "1,234円56", "公園課"],
            ["窓口", "5,678円91", "総務課"],
            ["市史", "3,210円8", "総務課"],
        ];
        let sample = rows(sample, &[36.0, 56.0, 76.0, 96.0], &texts);
        let reading = sample
            .text(64.0, 36.0, 10.0, heading)
            .text(104.0, 36.0, 10.0, "額")
            .read();
        reading
            .notes
            .iter()
            .any(|note| note.code == "headings-apart")
    };
    assert!(said("予"));
    assert!(!said("予算の金"));
}
