//! Sheets that no layout knows and that are no tables: cards, and goals side by side.

use super::builder::{Builder, codes, items, remarks, sheets};

/// A card of a plan for reforms, with the years side by side in a small table.
fn card(values: [&str; 8]) -> [Vec<&str>; 7] {
    let [number, item, section, methods, first, second, third, result] = values;
    [
        vec!["整理番号", number, "実施項目", item, "所管課", section],
        vec!["取組内容", methods, "<", "<", "<", "<"],
        vec!["年次計画", "<", "令和６年度", "<", "令和７年度", "<"],
        vec!["計画", "<", first, "<", second, "<"],
        vec!["実績", "<", third, "<", "", "<"],
        vec!["期限", "年度末", "<", "進捗状況", "順調", "<"],
        vec!["取組の成果", result, "<", "<", "<", "<"],
    ]
}

const FIRST: [&str; 8] = [
    "1",
    "窓口の一本化",
    "市民課",
    "・窓口を一つにまとめる。",
    "要綱の作成",
    "試行",
    "要綱を定めた",
    "待ち時間が半分になった。",
];
const SECOND: [&str; 8] = [
    "2",
    "公用車の削減",
    "管財課",
    "・予約の方法を改める。",
    "台数の調査",
    "５台の削減",
    "調査を終えた",
    "台帳を電子化した。",
];

fn rows<'r>(cards: &'r [[Vec<&'r str>; 7]]) -> Vec<&'r [&'r str]> {
    cards.iter().flatten().map(Vec::as_slice).collect()
}

#[test]
fn blocks_of_the_same_labels_are_cards() {
    let cards = [card(FIRST), card(SECOND)];
    let mut all: Vec<&[&str]> = vec![&[
        "行政改革実施計画　個票（令和７年度）",
        "<",
        "<",
        "<",
        "<",
        "<",
    ]];
    all.extend(rows(&cards));
    let import = Builder::new().worksheet("個票").grid(&all).import();
    let sheet = sheets(&import)[0];
    assert_eq!(items(sheet), ["窓口の一本化", "公用車の削減"]);
    assert_eq!(sheet.fiscal_year.as_ref().map(|year| year.year), Some(2025));
    let second = &sheet.goals[1];
    assert_eq!(second.sections.as_ref().unwrap().names, ["管財課"]);
    assert_eq!(
        second.deadline.as_ref().unwrap().raw,
        "年度末",
        "the same on every card, and yet a value"
    );
    let extra: Vec<(String, Vec<String>, String)> = second
        .extra
        .iter()
        .map(|extra| {
            (
                extra.heading.clone(),
                extra.parents.clone(),
                extra.value.text.clone(),
            )
        })
        .collect();
    let of = |heading: &str, year: &str, value: &str| {
        (heading.to_owned(), vec![year.to_owned()], value.to_owned())
    };
    assert!(
        extra.contains(&of("計画", "令和６年度", "台数の調査")),
        "{extra:?}"
    );
    assert!(
        extra.contains(&of("計画", "令和７年度", "５台の削減")),
        "{extra:?}"
    );
    assert!(
        !codes(&import).contains(&"unplaced-text"),
        "{:?}",
        import.notes
    );
    assert!(remarks(sheet).is_empty(), "{:?}", remarks(sheet));
}

#[test]
fn a_page_may_end_within_a_card_and_within_its_small_table() {
    let cards = [card(FIRST), card(SECOND)];
    let all = rows(&cards);
    for end in 8..all.len() {
        let import = Builder::new()
            .page()
            .line("行政改革実施計画　個票（令和７年度）", 30.0)
            .grid(&all[..end])
            .page()
            .grid(&all[end..])
            .import();
        let sheet = sheets(&import)[0];
        assert_eq!(sheets(&import).len(), 1, "cut before row {end}");
        assert_eq!(
            items(sheet),
            ["窓口の一本化", "公用車の削減"],
            "cut before row {end}"
        );
        let summary = sheet.goals[1]
            .year_end
            .as_ref()
            .and_then(|end| end.summary.as_ref());
        assert_eq!(
            summary.unwrap().text,
            "台帳を電子化した。",
            "cut before row {end}"
        );
        assert!(
            !codes(&import).contains(&"unplaced-text"),
            "cut before row {end}: {:?}",
            import.notes
        );
    }
}

#[test]
fn what_says_the_same_on_every_sheet_is_of_the_whole() {
    let sheet = |name: &str, item: &str, level: &str, result: &str, builder: Builder| {
        builder.worksheet(name).grid(&[
            &["令和７年度　福祉課の工程表", "<", "<", "<"],
            &["所属名", "福祉課", "所属長名", "内海　節子"],
            &["重点項目", item, "<", "<"],
            &["到達目標", level, "<", "<"],
            &["上半期", "取組状況", "順調に進んでいる。", "<"],
            &["下半期", "取組状況", result, "<"],
            &["達成度", "A", "<", "<"],
        ])
    };
    let one = sheet(
        "相談",
        "相談の充実",
        "全ての妊婦に面談している。",
        "面談を終えた。",
        Builder::new(),
    );
    let import = sheet(
        "就労",
        "就労の支援",
        "３割が就労している。",
        "目標に届いた。",
        one,
    )
    .import();
    let found = sheets(&import);
    assert_eq!(found.len(), 1, "a running title begins no document");
    let sheet = found[0];
    assert_eq!(items(sheet), ["相談の充実", "就労の支援"]);
    assert_eq!(sheet.organization.as_ref().unwrap().raw, "福祉課");
    assert_eq!(sheet.person.as_ref().unwrap().raw, "内海　節子");
    let parents: Vec<&[String]> = sheet
        .columns
        .iter()
        .filter(|column| column.heading == "取組状況")
        .map(|column| column.parents.as_slice())
        .collect();
    assert_eq!(
        parents,
        [["上半期".to_owned()], ["下半期".to_owned()]],
        "told apart by what stands before them"
    );
}

#[test]
fn one_card_alone_is_told_by_its_words() {
    let import = Builder::new()
        .worksheet("様式")
        .grid(&[
            &["令和７年度　課の重点目標", "<"],
            &["所属", "都市整備部道路課"],
            &["重点目標", "橋の長寿命化"],
            &["現状と課題", "点検を終えた橋のうち１２橋に損傷がある。"],
            &["達成水準", "損傷の大きい４橋の補修が終わっている。"],
            &["取組内容", "・設計を６月までに終える。"],
            &["達成期限", "令和８年３月"],
            &["達成度", ""],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(items(sheet), ["橋の長寿命化"]);
    assert_eq!(sheet.organization.as_ref().unwrap().raw, "都市整備部道路課");
    assert_eq!(
        sheet.goals[0].deadline.as_ref().unwrap().raw,
        "令和８年３月"
    );
}

#[test]
fn labels_may_stand_over_their_values_and_have_their_cards_number() {
    let import = Builder::new()
        .worksheet("様式")
        .grid(&[
            &["令和７年度　学校経営の重点目標", "<", "<"],
            &["目標１", "担当", "期限"],
            &["学力の向上", "教務部", "２月"],
            &["達成水準", "<", "<"],
            &["授業が分かると答える生徒が増えている。", "<", "<"],
            &["取組内容", "<", "<"],
            &["・確認のテストを行う。", "<", "<"],
            &["目標２", "担当", "期限"],
            &["体力の向上", "保健部", "２月"],
            &["達成水準", "<", "<"],
            &["総合評価のＡとＢが増えている。", "<", "<"],
            &["取組内容", "<", "<"],
            &["・持久走を取り入れる。", "<", "<"],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(items(sheet), ["学力の向上", "体力の向上"]);
    let second = &sheet.goals[1];
    assert_eq!(
        second.level.as_ref().unwrap().text,
        "総合評価のＡとＢが増えている。"
    );
    assert_eq!(
        second.methods.as_ref().unwrap().text,
        "・持久走を取り入れる。"
    );
    assert_eq!(second.deadline.as_ref().unwrap().raw, "２月");
    assert!(
        !codes(&import).contains(&"unplaced-text"),
        "{:?}",
        import.notes
    );
}

#[test]
fn goals_side_by_side_are_read_as_rows() {
    let import = Builder::new()
        .worksheet("様式")
        .grid(&[
            &["令和７年度　課の目標管理シート", "<", "<", "<", "<"],
            &["所属", "<", "道路課", "課長氏名", "月岡　徹"],
            &["区分", "<", "目標１", "目標２", "目標３"],
            &[
                "目標項目",
                "<",
                "橋の長寿命化",
                "歩道の段差の解消",
                "街路灯の更新",
            ],
            &[
                "達成水準",
                "<",
                "４橋の補修が終わっている。",
                "駅前の段差がなくなっている。",
                "半数が替わっている。",
            ],
            &[
                "取組方法",
                "<",
                "・設計を急ぐ。",
                "・地元と話し合う。",
                "・委託により替える。",
            ],
            &["期限", "<", "年度末", "９月末", "１２月"],
            &["年度末", "達成度", "A", "B", "A"],
            &[
                "^",
                "振り返り",
                "予定どおり終えた。",
                "１か所が残った。",
                "半数を超えた。",
            ],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(
        items(sheet),
        ["橋の長寿命化", "歩道の段差の解消", "街路灯の更新"]
    );
    assert_eq!(sheet.organization.as_ref().unwrap().raw, "道路課");
    assert_eq!(sheet.person.as_ref().unwrap().raw, "月岡　徹");
    let second = &sheet.goals[1];
    assert_eq!(second.deadline.as_ref().unwrap().raw, "９月末");
    assert_eq!(second.achievement.as_ref().unwrap().raw, "B");
    let place = second.level.as_ref().unwrap().places[0].to_string();
    assert_eq!(place, "様式!D5", "where it stands in the file");
}

#[test]
fn goals_side_by_side_go_on_with_further_labels_on_the_next_page() {
    let import = Builder::new()
        .page()
        .line("令和７年度　課の目標管理シート", 30.0)
        .grid(&[
            &["重点目標", "橋の長寿命化", "歩道の段差の解消"],
            &[
                "達成水準",
                "４橋の補修が終わっている。",
                "駅前の段差がなくなっている。",
            ],
            &["取組方法", "・設計を急ぐ。", "・地元と話し合う。"],
        ])
        .page()
        .grid(&[
            &["達成期限", "年度末", "９月末"],
            &["達成度", "A", "B"],
            &["振り返り", "予定どおり終えた。", "１か所が残った。"],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(items(sheet), ["橋の長寿命化", "歩道の段差の解消"]);
    let second = &sheet.goals[1];
    assert_eq!(second.deadline.as_ref().unwrap().raw, "９月末");
    assert_eq!(second.achievement.as_ref().unwrap().raw, "B");
}

#[test]
fn a_table_with_labels_above_it_on_every_sheet_is_no_card() {
    let sheet = |section: &str, head: &str, items: [&str; 2], builder: Builder| {
        builder.worksheet(section).grid(&[
            &["令和７年度　重点目標", "<", "<", "<"],
            &["部局名", section, "部局長名", head],
            &["電話", section, "担当者", head],
            &["重点項目", "到達目標", "取組内容", "達成度"],
            &[items[0], "増えている。", "・広報を行う。", "A"],
            &[items[1], "減っている。", "・点検を行う。", "B"],
        ])
    };
    let first = sheet(
        "産業部",
        "月岡　悟",
        ["企業の誘致", "商店街の支援"],
        Builder::new(),
    );
    let import = sheet("土木部", "内海　徹", ["橋の補修", "歩道の整備"], first).import();
    let all: Vec<&str> = sheets(&import)
        .iter()
        .flat_map(|sheet| items(sheet))
        .collect();
    assert_eq!(
        all,
        ["企業の誘致", "商店街の支援", "橋の補修", "歩道の整備"]
    );
}

#[test]
fn labels_around_a_table_are_told_by_their_last_word_and_their_value() {
    let import = Builder::new()
        .worksheet("様式")
        .grid(&[
            &["病院経営計画　年度目標", "<", "<", "<"],
            &["病院名（緑野市立中央病院）", "<", "<", "<"],
            &[
                "対象期間",
                "令和７年４月１日～令和８年３月３１日",
                "病院長",
                "大河原　隆",
            ],
            &["病院の使命", "断らない救急を続ける。", "<", "<"],
            &["重点項目", "到達目標", "取組内容", "達成度"],
            &[
                "救急の受入れ",
                "断る件数が減っている。",
                "・当番の医師を増やす。",
                "A",
            ],
            &[
                "医師の確保",
                "三つの科がそろっている。",
                "・大学を訪ねる。",
                "B",
            ],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(sheet.organization.as_ref().unwrap().raw, "緑野市立中央病院");
    assert_eq!(sheet.fiscal_year.as_ref().map(|year| year.year), Some(2025));
    assert_eq!(sheet.person.as_ref().unwrap().raw, "大河原　隆");
    assert_eq!(
        sheet.mission.as_ref().unwrap().raw,
        "断らない救急を続ける。"
    );
    assert_eq!(sheet.title.as_ref().unwrap().raw, "病院経営計画　年度目標");
    assert_eq!(items(sheet), ["救急の受入れ", "医師の確保"]);
}
