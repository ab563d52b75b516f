//! Layouts: which one fits, and what its words mean in a year.

use super::builder::{Builder, HEAD, TITLE, codes, remarks, sheets};
use crate::error::Problem;
use crate::layout::{ImportOptions, Layouts, definition};
use crate::sheet::Format;

#[test]
fn years_that_contradict_the_title_are_warned_of() {
    let layouts = Layouts::default();
    let build = |name: &str| {
        Builder::new().worksheet(name).grid(&[
            &[TITLE],
            HEAD,
            &["1", "花壇", "咲く", "植える", "緑課"],
        ])
    };
    let warned = |name: &str, file: &str| {
        let import = build(name).import_with(&layouts, file).unwrap();
        codes(&import)
            .iter()
            .filter(|code| **code == "year-conflict")
            .count()
    };
    assert_eq!(warned("R8", "組織目標_R8.xlsx"), 0);
    assert_eq!(warned("令和7年度", "組織目標_R7.xlsx"), 2);
    assert_eq!(warned("表", "組織目標（R7→R8）.xlsx"), 0);
}

#[test]
fn a_user_s_layout_wins_a_tie() {
    let text = crate::layout::known::FILES
        .iter()
        .find(|(name, _)| *name == "kokubunji-seirihyo")
        .unwrap()
        .1;
    let own =
        definition::parse(&text.replace("name = \"kokubunji-seirihyo\"", "name = \"zz-own\""))
            .unwrap();
    let build = || {
        Builder::new().worksheet("表").grid(&[
            &[TITLE],
            HEAD,
            &["1", "花壇", "咲く", "植える", "緑課"],
        ])
    };
    let import = build()
        .import_with(
            &Layouts {
                own: vec![own],
                ..Layouts::default()
            },
            "表.xlsx",
        )
        .unwrap();
    assert_eq!(sheets(&import)[0].layout, "zz-own");
    assert!(codes(&import).contains(&"layout-tie"));
}

#[test]
fn what_is_not_recognised_is_told_by_what_it_is() {
    let problem = |rows: &[&[&str]]| {
        let sheet = Builder::new().worksheet("表").grid(rows);
        let import = sheet.import_with(&Layouts::default(), "表.xlsx");
        import.unwrap_err().problem().clone()
    };
    let empty = [&["", ""][..], &["", ""]];
    assert_eq!(problem(&empty), Problem::NoTable);
    assert_eq!(problem(&[&["作業用"]]), Problem::NoTable);
    let budget = [
        &["款", "項", "目", "予算額"][..],
        &["総務費", "総務管理費", "一般管理費", "1,200"],
    ];
    assert_eq!(problem(&budget), Problem::NoGoalTable);
}

/// A layout with two scales and a column that is no field.
const GRADED: &str = r#"
name = "graded"
kind = "goal_sheet"
description = { ja = "評語", en = "Grades" }
title = ["評語の表"]
column = [
  { field = "number", headings = ["番号"] },
  { field = "item", headings = ["何を"], required = true },
  { field = "achievement", headings = ["達成度"] },
  { headings = ["困難度"] },
]

[[scale]]
name = "old"
municipality = "132144"
to = 2024
grade = [{ word = "1", group = "exceeded" }]

[[scale]]
name = "new"
municipality = "132144"
from = 2025
grade = [{ word = "1", group = "not_achieved" }]
"#;

#[test]
fn a_grade_means_what_the_scale_of_its_municipality_and_year_says() {
    let grade = |title: &str, code: Option<&str>| {
        let mut build = Builder::new().worksheet("表").grid(&[
            &[title],
            &["番号", "何を", "達成度", "困難度"],
            &["1", "花壇", "１", "◎"],
        ]);
        build.reading.format = Format::Xlsx;
        let own = vec![definition::parse(GRADED).unwrap()];
        let options = ImportOptions {
            municipality: code.map(|code| crate::document::value::Municipality {
                code: Some(code.to_owned()),
                name: None,
            }),
            ..ImportOptions::default()
        };
        let import = build
            .import_with_options(
                &Layouts {
                    own,
                    ..Layouts::default()
                },
                "表.xlsx",
                &options,
            )
            .unwrap();
        let sheet = sheets(&import)[0];
        assert_eq!(sheet.goals[0].extra[0].heading, "困難度");
        assert!(!codes(&import).contains(&"unmapped-column"));
        let found = sheet.goals[0].achievement.clone().unwrap();
        assert_eq!(found.group.is_none(), found.scale.is_none());
        let noted = codes(&import).contains(&"grade-without-scale");
        assert_eq!(found.scale.is_none(), noted, "{title}");
        found.scale
    };
    assert_eq!(grade("令和6年度 評語の表", None).as_deref(), Some("old"));
    assert_eq!(grade("令和7年度 評語の表", None).as_deref(), Some("new"));
    assert_eq!(
        grade("令和7年度 評語の表", Some("132144")).as_deref(),
        Some("new")
    );
    assert_eq!(
        grade("令和7年度 評語の表", Some("132098")),
        None,
        "another town's"
    );
    assert_eq!(grade("評語の表", None), None, "no year is known");
}

/// A layout of cards.
const CARDS: &str = r#"
name = "cards"
kind = "goal_sheet"
description = { ja = "事業の札", en = "Cards" }
title = ["事業の札"]
arrangement = "cards"
column = [
  { field = "number", headings = ["整理番号"], required = true },
  { field = "item", headings = ["事業の名"], required = true },
  { field = "level", headings = ["目的"] },
  { field = "methods", headings = ["手段"] },
  { field = "deadline", headings = ["期間"] },
  { field = "indicators.name", headings = ["指標名"], parents = ["区分", "活動"] },
  { field = "indicators.target", headings = ["目標値"] },
]
"#;

#[test]
fn a_card_s_values_stand_beside_below_and_in_the_cell_of_their_label() {
    let own = vec![definition::parse(CARDS).unwrap()];
    let card = |number: &'static str| -> [&'static [&'static str]; 9] {
        [
            match number {
                "1" => &["整理番号", "1", "事業の名", "花壇"],
                _ => &["整理番号", "2", "事業の名", ""],
            },
            &["１ 目的", "２．手段"],
            &["咲く", "・植える|・水をやる"],
            &["区分", "指標名", "目標値"],
            &["活動", "株の数", "30株"],
            &["活動", "水やり", ""],
            &["期間：年度末"],
            &["手段 の 説明"],
            &[""],
        ]
    };
    let rows: Vec<&[&str]> = std::iter::once(&["事業の札"] as &[&str])
        .chain(card("1"))
        .chain(card("2"))
        .collect();
    let import = Builder::new()
        .worksheet("表")
        .grid(&rows)
        .import_with(
            &Layouts {
                own,
                ..Layouts::default()
            },
            "表.xlsx",
        )
        .unwrap();
    let sheet = sheets(&import)[0];
    assert_eq!((sheet.layout.as_str(), sheet.goals.len()), ("cards", 2));
    let (first, second) = (&sheet.goals[0], &sheet.goals[1]);
    let text = |text: &Option<crate::document::value::Text>| {
        text.as_ref()
            .map(|text| text.text.clone())
            .unwrap_or_default()
    };
    assert_eq!(
        (text(&first.item), text(&first.level)),
        ("花壇".to_owned(), "咲く".to_owned())
    );
    assert_eq!(text(&first.methods), "・植える\n・水をやる");
    assert_eq!(first.deadline.as_ref().unwrap().raw, "年度末");
    let names: Vec<String> = first.indicators.iter().map(|one| text(&one.name)).collect();
    assert_eq!(names, ["株の数", "水やり"]);
    assert!(first.indicators[0].target.is_some() && first.indicators[1].target.is_none());
    assert!(
        second.item.is_none(),
        "an empty value takes none from below"
    );
    assert_eq!(
        remarks(sheet),
        ["手段 の 説明", "手段 の 説明"],
        "words that only begin like a label"
    );
    assert_eq!(import.coverage.unplaced, 0);
}
