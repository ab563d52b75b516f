//! Tables over pages and worksheets: where documents begin, go on and end.

use super::builder::{Builder, HEAD, TITLE, codes, items, remarks, sheets};
use crate::document::Goal;
use crate::document::value::Text;
use crate::ledger;

#[test]
fn a_table_goes_on_where_headings_are_repeated() {
    let import = Builder::new()
        .page()
        .line(TITLE, 40.0)
        .grid(&[HEAD, &["1", "花壇", "咲く", "植える", "緑課"]])
        .line("- 1 -", 580.0)
        .page()
        .grid(&[HEAD, &["2", "並木", "茂る", "剪る", "緑課"]])
        .line("- 2 -", 580.0)
        .import();
    let found = sheets(&import);
    assert_eq!(found.len(), 1);
    assert_eq!(items(found[0]), ["花壇", "並木"]);
    assert_eq!(remarks(found[0]), Vec::<&str>::new());
    assert_eq!(
        (import.coverage.repeated, import.coverage.furniture),
        (import.coverage.headings, 6)
    );
}

#[test]
fn a_table_goes_on_where_no_headings_are_repeated() {
    let import = Builder::new()
        .page()
        .line(TITLE, 40.0)
        .grid(&[HEAD, &["1", "花壇", "咲く", "植える", "緑課"]])
        .page()
        .grid(&[
            &["2", "並木", "茂る", "剪る", "緑課"],
            &["3", "池", "澄む", "浚う", "緑課"],
        ])
        .import();
    assert_eq!(items(sheets(&import)[0]), ["花壇", "並木", "池"]);
}

#[test]
fn a_row_without_number_after_a_page_break_is_the_rest_of_the_row_before() {
    let rows: &[&[&str]] = &[
        HEAD,
        &["1", "花壇の整備", "四季の花が咲いて", "植える", "緑課"],
    ];
    let import = Builder::new()
        .page()
        .line(TITLE, 40.0)
        .grid(rows)
        .cut()
        .page()
        .grid(&[
            HEAD,
            &["", "", "いる。", "・抜く", ""],
            &["2", "池", "澄む", "浚う", "緑課"],
        ])
        .import();
    let found = sheets(&import);
    assert_eq!(items(found[0]), ["花壇の整備", "池"]);
    let first = &found[0].goals[0];
    let level = first.level.as_ref().unwrap();
    assert_eq!(level.text, "四季の花が咲いている。");
    assert_eq!(level.places.len(), 2);
    assert_eq!(first.methods.as_ref().unwrap().text, "植える\n・抜く");
    assert!(codes(&import).contains(&"row-joined"));
}

#[test]
fn a_text_above_a_foot_that_each_page_repeats_is_cut() {
    let foot: &[&str] = &["※見込みである。", "<", "<", "<", "<"];
    let row: &[&str] = &["1", "花壇の整備", "四季の花が咲いて", "植える", "緑課"];
    let import = Builder::new()
        .page()
        .line(TITLE, 40.0)
        .grid(&[HEAD, row, foot])
        .page()
        .grid(&[HEAD, &["", "", "いる。", "", ""], foot])
        .import();
    let level = sheets(&import)[0].goals[0].level.as_ref().unwrap();
    assert_eq!(level.text, "四季の花が咲いている。");
}

#[test]
fn a_number_in_the_middle_of_a_cut_row_may_stand_in_its_second_half() {
    let items_of = |first: Builder| {
        let next = first.page().grid(&[
            HEAD,
            &["1", "", "咲いている。", "", ""],
            &["2", "池", "澄む", "浚う", "緑課"],
        ]);
        let import = next.import();
        let found = sheets(&import)[0].goals.iter();
        let values = |goal: &Goal| {
            let text =
                |text: &Option<Text>| text.as_ref().map_or("", |t| t.text.as_str()).to_owned();
            (text(&goal.item), text(&goal.level))
        };
        found.map(values).collect::<Vec<_>>()
    };
    let row = || {
        let rows: &[&[&str]] = &[HEAD, &["", "花壇の整備", "四季の花が", "植える", "緑課"]];
        Builder::new().page().line(TITLE, 40.0).grid(rows)
    };
    let whole = ("花壇の整備".to_owned(), "四季の花が咲いている。".to_owned());
    let next = ("池".to_owned(), "澄む".to_owned());
    assert_eq!(items_of(row().cut()), [whole, next]);
    assert_eq!(items_of(row()).len(), 3, "a rule closes the first half");
}

#[test]
fn two_complete_rows_around_a_page_break_stay_two() {
    let import = Builder::new()
        .page()
        .line(TITLE, 40.0)
        .grid(&[HEAD, &["1", "花壇", "咲く", "植える", "緑課"]])
        .page()
        .grid(&[HEAD, &["", "池", "澄む", "浚う", "水課"]])
        .import();
    assert_eq!(items(sheets(&import)[0]), ["花壇", "池"]);
    assert!(codes(&import).contains(&"row-maybe-cut"));
}

#[test]
fn two_deadlines_around_a_page_break_are_two_goals_though_the_text_seems_to_go_on() {
    let head = &["番号", "実施項目", "どの水準まで", "実施時期", "課名"];
    let rows = |deadline| {
        let import = Builder::new()
            .page()
            .line(TITLE, 40.0)
            .grid(&[head, &["1", "花壇", "花が咲く公園", "9月末", "緑課"]])
            .cut()
            .closed()
            .page()
            .grid(&[head, &["", "", "の池が澄む", deadline, "水課"]])
            .import();
        sheets(&import)[0].goals.len()
    };
    assert_eq!((rows("年度末"), rows("")), (2, 1));
}

#[test]
fn a_title_printed_again_is_furniture_while_the_numbers_go_on() {
    let two = |second: &'static str| {
        Builder::new()
            .page()
            .line(TITLE, 40.0)
            .grid(&[HEAD, &["1", "花壇", "咲く", "植える", "緑課"]])
            .page()
            .line(TITLE, 40.0)
            .grid(&[HEAD, &[second, "池", "澄む", "浚う", "緑課"]])
            .import()
    };
    let going_on = two("2");
    assert_eq!(sheets(&going_on).len(), 1);
    assert_eq!(going_on.coverage.furniture, ledger::count(TITLE));
    assert_eq!(
        sheets(&two("1")).len(),
        2,
        "numbers that begin again begin a document"
    );
}

#[test]
fn without_numbers_the_same_labels_say_that_a_sheet_goes_on() {
    let plan = |goal: &'static str| -> [&'static [&'static str]; 2] {
        let row: &'static [&'static str] = match goal {
            "花壇" => &["花壇", "咲く", "植える"],
            _ => &["並木", "茂る", "剪る"],
        };
        [&["重点目標", "達成水準", "取組内容"], row]
    };
    let two = |second: &'static str| {
        let import = Builder::new()
            .page()
            .line("令和8年度 重点目標　課名　緑課", 40.0)
            .grid(&plan("花壇"))
            .page()
            .line(second, 40.0)
            .grid(&plan("並木"))
            .import();
        sheets(&import).len()
    };
    assert_eq!(two("令和8年度 重点目標　課名　緑課"), 1);
    assert_eq!(two("令和8年度 重点目標　課名　水課"), 2);
}

#[test]
fn labels_begin_a_document_and_what_stands_before_is_the_table_s_before() {
    let plan: &[&[&str]] = &[
        &["順位", "取組項目", "具体的な活動内容", "指標", "目標値"],
        &["1", "窓口", "開ける", "日数", "240日"],
    ];
    let import = Builder::new()
        .page()
        .line("部課名　市民部市民課", 40.0)
        .grid(plan)
        .line("※目標値は見込み", 300.0)
        .line("部課名　市民部税務課", 320.0)
        .grid(plan)
        .import();
    let found = sheets(&import);
    let sections: Vec<_> = found
        .iter()
        .map(|sheet| {
            sheet
                .organization
                .as_ref()
                .unwrap()
                .section
                .clone()
                .unwrap()
        })
        .collect();
    assert_eq!(sections, ["市民課", "税務課"]);
    assert_eq!(remarks(found[0]), ["※目標値は見込み"]);
    assert_eq!(remarks(found[1]), Vec::<&str>::new());
}

#[test]
fn a_worksheet_with_equal_headings_goes_on_and_another_is_one_note() {
    let import = Builder::new()
        .worksheet("1枚目")
        .grid(&[&[TITLE], HEAD, &["1", "花壇", "咲く", "植える", "緑課"]])
        .worksheet("2枚目")
        .grid(&[
            HEAD,
            &["2", "池", "澄む", "浚う", "緑課"],
            &["3", "", "", "", ""],
        ])
        .worksheet("記入例")
        .grid(&[&["この表は例です。"], &["提出しません。"]])
        .import();
    assert_eq!(items(sheets(&import)[0]), ["花壇", "池"]);
    assert_eq!(codes(&import), ["sheet-not-recognised", "empty-rows"]);
    assert_eq!(
        import.notes[0].text.as_deref(),
        Some("この表は例です。\n提出しません。")
    );
}
