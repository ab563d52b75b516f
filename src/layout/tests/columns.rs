//! Headings, labels and merged cells: what each cell is.

use super::builder::{Builder, HEAD, TITLE, codes, items, remarks, sheets};

#[test]
fn merged_cells_give_each_goal_their_value_once_in_the_account() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            HEAD,
            &["1", "花壇", "咲く", "植える", "緑課"],
            &["2", "池", "澄む", "浚う", "^"],
            &["3", "並木", "茂る", "剪る", ""],
        ])
        .import();
    let sections: Vec<_> = sheets(&import)[0]
        .goals
        .iter()
        .map(|goal| goal.sections.as_ref().map(|s| s.names.join("")))
        .collect();
    assert_eq!(
        sections,
        [Some("緑課".to_owned()), Some("緑課".to_owned()), None],
        "nothing is filled down"
    );
}

#[test]
fn a_heading_that_reaches_into_the_rows_is_no_value_of_theirs() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            &["番号", "実施項目", "どの水準まで", "いつまで", "確認欄"],
            &["1", "花壇", "咲く", "9月", "^"],
            &["2", "池", "澄む", "10月", "済"],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(items(sheet), ["花壇", "池"]);
    assert!(sheet.goals[0].extra.is_empty());
    assert!(codes(&import).contains(&"heading-over-rows"));
}

#[test]
fn a_heading_over_many_columns_is_one_and_tells_those_apart_that_are_headed_alike() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            &[
                "番号",
                "実施項目",
                "どの水準まで",
                "スケジュール",
                "<",
                "<",
                "点検",
                "<",
            ],
            &["^", "^", "^", "4月", "5月", "6月", "4月", "5月"],
            &["1", "花壇", "咲く", "○", "", "→", "", "済"],
            &["2", "池", "澄む", "", "○", "", "", ""],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(items(sheet), ["花壇", "池"]);
    let extra = |goal: usize| -> Vec<String> {
        let extra = sheet.goals[goal].extra.iter();
        extra
            .map(|extra| format!("{}={}", extra.name(), extra.value.text))
            .collect()
    };
    assert_eq!(
        extra(0),
        ["スケジュール／4月=○", "スケジュール／6月=→", "点検／5月=済"]
    );
    assert_eq!(extra(1), ["スケジュール／5月=○"]);
    assert!(!codes(&import).contains(&"heading-over-rows"));
}

#[test]
fn a_known_heading_that_reaches_into_the_rows_takes_no_row_with_it() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            HEAD,
            &["1", "花壇", "咲く", "植える", "^"],
            &["2", "池", "澄む", "浚う", "緑課"],
        ])
        .import();
    assert_eq!(items(sheets(&import)[0]), ["花壇", "池"]);
    assert!(codes(&import).contains(&"heading-over-rows"));
}

#[test]
fn unknown_parents_between_headings_of_two_storeys_belong_to_the_headings() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            &["柱", "ねらい", "", "期末報告", "備考"],
            &["^", "何を", "いつまでに", "^", "^"],
            &["緑", "花壇", "9月", "咲いた", "市費"],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(items(sheet), ["花壇"]);
    assert_eq!(sheet.columns[1].parents, ["ねらい"]);
    assert!(remarks(sheet).is_empty());
}

#[test]
fn the_item_is_not_taken_for_what_is_to_be_reached() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &["令和8年度 重点目標"],
            &["番号", "重点取組事項", "目標（達成水準）", "取組内容"],
            &["1", "花壇", "咲く", "植える"],
        ])
        .import();
    let goal = &sheets(&import)[0].goals[0];
    assert_eq!(goal.item.as_ref().unwrap().text, "花壇");
    assert_eq!(goal.level.as_ref().unwrap().text, "咲く");
    assert_eq!(codes(&import), ["generic-layout"]);
}

#[test]
fn labels_that_a_known_layout_lacks_are_read_as_any_towns() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            &["部課名：みどり環境部公園課", "課の使命", "花を絶やさない。"],
            HEAD,
            &["1", "花壇", "咲く", "植える", "公園課"],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(sheet.layout, "kokubunji-seirihyo");
    let organization = sheet.organization.as_ref().unwrap();
    assert_eq!(organization.section.as_deref(), Some("公園課"));
    assert_eq!(sheet.mission.as_ref().unwrap().text, "花を絶やさない。");
    assert!(remarks(sheet).is_empty());
}

#[test]
fn labels_are_read_beside_and_within_cells() {
    for head in [
        vec![vec![
            "作成日",
            "令和8年4月1日",
            "職名",
            "緑部長",
            "氏名",
            "緑野　花子",
        ]],
        vec![vec![
            "作成日：令和8年4月1日",
            "職　名　緑部長",
            "氏名",
            "緑野　花子",
        ]],
        vec![vec![
            "作成日　令和8年4月1日　職名　緑部長　氏名　緑野　花子",
        ]],
        vec![
            vec!["作成日", "職名", "氏名"],
            vec!["令和8年4月1日", "緑部長", "緑野　花子"],
        ],
    ] {
        let mut rows: Vec<&[&str]> = vec![&[TITLE]];
        rows.extend(head.iter().map(Vec::as_slice));
        rows.extend([HEAD, &["1", "花壇", "咲く", "植える", "緑課"]]);
        let import = Builder::new().worksheet("表").grid(&rows).import();
        let sheet = sheets(&import)[0];
        let day = sheet
            .prepared_on
            .as_ref()
            .and_then(|day| day.date)
            .map(|date| date.to_string());
        assert_eq!(day.as_deref(), Some("2026-04-01"), "{head:?}");
        assert_eq!(sheet.post.as_ref().unwrap().text, "緑部長", "{head:?}");
        assert_eq!(
            sheet.person.as_ref().unwrap().text,
            "緑野　花子",
            "{head:?}"
        );
        assert_eq!(
            sheet.organization.as_ref().unwrap().department.as_deref(),
            Some("緑部")
        );
    }
}

#[test]
fn last_year_s_value_is_the_baseline_and_no_actual_value() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &["令和8年度 重点目標"],
            &["番号", "重点目標", "指標", "目標値", "前年度実績値"],
            &["1", "花壇", "面積", "20㎡", "15㎡"],
        ])
        .import();
    let goal = &sheets(&import)[0].goals[0];
    assert!(goal.indicators[0].actual.is_none());
    assert_eq!(goal.indicators[0].baseline.as_ref().unwrap().raw, "15㎡");
}

#[test]
fn a_column_without_heading_is_read_only_where_the_layout_says() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            &[
                "番号",
                "実施項目",
                "どの水準まで",
                "どのような方法で",
                "共通/課名",
                "",
                "",
            ],
            &[
                "1",
                "花壇",
                "咲く",
                "植える",
                "緑課",
                "ほぼ達成した",
                "控え",
            ],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(
        sheet.goals[0].achievement.as_ref().unwrap().raw,
        "ほぼ達成した"
    );
    assert_eq!(sheet.goals[0].extra[0].value.text, "控え");
    assert_eq!(sheet.columns[6].heading, "");
}
