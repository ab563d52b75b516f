//! Years compared: real pairs where they are at hand, invented ones with the pairing that people gave.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;
use crate::support::comparing::{holds, import, named, side};

use std::path::Path;

use proptest::prelude::*;
use seirihyo::compare::comparison::{GoalRef, Op};
use seirihyo::compare::{Guide, compare, decisions};
use seirihyo::document::value::{Number, Text};
use seirihyo::document::{Document, Goal, GoalSheet, Import};

#[test]
fn the_real_years_are_paired_right_in_every_format() {
    let Some(shared) = support::shared() else {
        println!("skipped: the real documents are not here");
        return;
    };
    for format in ["xlsx", "ods", "browser.pdf"] {
        let file = |year: &str| shared.join(format!("acceptance/input/kokubunji_{year}.{format}"));
        let comparison = compare(
            &[import(&file("r4"))],
            &[import(&file("r8"))],
            &Guide::default(),
            "test",
        );
        holds(&comparison);
        let names = named(&comparison);
        let paired: Vec<&String> = names
            .iter()
            .filter(|name| !["new", "ended"].iter().any(|alone| name.starts_with(alone)))
            .collect();
        // Whether no. 16 goes on from no. 18 only a person can say.
        let paired: Vec<_> = paired
            .into_iter()
            .filter(|name| *name != "candidate: 18 > 16")
            .collect();
        assert_eq!(paired, ["changed: 1 > 4", "changed: 20 > 18"], "{format}");
    }
}

#[test]
fn a_sheet_against_itself_is_unchanged_in_every_format() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kokubunji");
    for case in [
        "r4_xlsx",
        "r8_xls",
        "r8_ods",
        "r4_csv_euc_jp",
        "r8_browser_pdf",
        "r4_rksj_pdf",
    ] {
        let entries = std::fs::read_dir(root.join(case)).unwrap();
        let mut paths = entries.map(|entry| entry.unwrap().path());
        let input = paths.find(|path| path.file_stem().is_some_and(|stem| stem == "input"));
        let this = import(&input.unwrap());
        let same = compare(
            std::slice::from_ref(&this),
            std::slice::from_ref(&this),
            &Guide::default(),
            "test",
        );
        assert_eq!(same.summary.unchanged, same.new.goals, "{case}");
        let reworded = reworded(&this);
        let wording = compare(&[this], &[reworded], &Guide::default(), "test");
        assert_eq!(
            wording.summary.wording,
            wording.new.goals,
            "{case}: {:?}",
            named(&wording)
        );
    }
}

/// The same in full-width digits and old punctuation.
fn reworded(import: &Import) -> Import {
    let fold = |text: &str| -> String {
        let wide = |c: char| match c {
            '0'..='9' => char::from_u32(u32::from(c) - 0x30 + 0xff10).unwrap(),
            '、' => '，',
            '(' => '（',
            ')' => '）',
            _ => c,
        };
        text.chars().map(wide).collect()
    };
    let mut import = import.clone();
    for document in &mut import.documents {
        let Document::GoalSheet(sheet) = document else {
            continue;
        };
        for goal in &mut sheet.goals {
            for text in [&mut goal.item, &mut goal.level, &mut goal.methods]
                .into_iter()
                .flatten()
            {
                text.text = fold(&text.text);
                text.raw = fold(&text.raw);
            }
            // So that goals without any such character differ too.
            if let Some(level) = &mut goal.level {
                level.text.push('　');
            }
        }
    }
    import
}

fn text(words: &str) -> Text {
    Text {
        raw: words.to_owned(),
        text: words.to_owned(),
        ..Text::default()
    }
}

/// A sheet with these goals: title, level, methods.
fn sheet(goals: &[(String, String, String)]) -> Import {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/compare/reworded/old.csv");
    let mut import = import(&path);
    let goals = goals
        .iter()
        .enumerate()
        .map(|(at, (item, level, methods))| Goal {
            number: Some(Number {
                raw: (at + 1).to_string(),
                value: Some(at as i64 + 1),
                places: Vec::new(),
                origin: Vec::new(),
            }),
            item: Some(text(item)),
            level: Some(text(level)),
            methods: Some(text(methods)),
            ..Goal::default()
        });
    let goals: Vec<Goal> = goals.collect();
    if let Some(Document::GoalSheet(sheet)) = import.documents.first_mut() {
        **sheet = GoalSheet {
            goals,
            ..(**sheet).clone()
        };
    }
    import
}

fn goals() -> impl Strategy<Value = Vec<(String, String, String)>> {
    let words = "(ごみ|公園|広報|職員|防災|の|減量|更新|育成|推進|3件|8割|。|、|\n・){1,9}";
    proptest::collection::vec((words, words, words), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_two_years_hold_together(old in goals(), new in goals()) {
        let comparison = compare(&[sheet(&old)], &[sheet(&new)], &Guide::default(), "test");
        holds(&comparison);
        for pair in &comparison.pairs {
            for field in ["item", "level", "methods"] {
                let of = |goals: &[GoalRef], side: &[(String, String, String)]| {
                    let texts = goals.iter().map(|goal| {
                        let (item, level, methods) = &side[goal.goal];
                        match field { "item" => item, "level" => level, _ => methods }.clone()
                    });
                    texts.collect::<Vec<_>>().join("\n")
                };
                let runs = |without: Op| -> String {
                    let diff = pair.fields.iter().find(|diff| diff.field == field).unwrap();
                    diff.runs.iter().filter(|run| run.op != without).map(|run| run.text.as_str()).collect()
                };
                prop_assert_eq!(runs(Op::Insert), of(&pair.old, &old));
                prop_assert_eq!(runs(Op::Delete), of(&pair.new, &new));
            }
        }
    }
}

#[test]
fn decisions_are_followed_and_open_ones_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/compare/all_new");
    let (old, new) = (side(&folder, "old"), side(&folder, "new"));
    let text = "[[pair]]\ndecision = \"same\"\nold = { number = \"3\" }\nnew = { number = \"4\" }\n\
                [[pair]]\ndecision = \"同じ\"\nold = { item = \"事務の適正な執行\" }\nnew = { number = \"4\" }\n\
                [[pair]]\ndecision = \"same\"\nold = { number = \"99\" }\nnew = { number = \"4\" }\n";
    let guide = Guide {
        decisions: decisions::parse(text).unwrap(),
        ..Guide::default()
    };
    let comparison = compare(&old, &new, &guide, "test");
    assert!(
        named(&comparison).contains(&"merged: 3 4 > 4".to_owned()),
        "{:?}",
        named(&comparison)
    );
    assert!(
        comparison
            .notes
            .iter()
            .any(|note| note.code == "decision-not-found")
    );

    let folder = folder.with_file_name("reworded");
    let (old, new) = (side(&folder, "old"), side(&folder, "new"));
    let refuse =
        "[[pair]]\ndecision = \"different\"\nold = { number = \"1\" }\nnew = { number = \"1\" }\n";
    let guide = Guide {
        decisions: decisions::parse(refuse).unwrap(),
        ..Guide::default()
    };
    let comparison = compare(&old, &new, &guide, "test");
    assert!(!named(&comparison).contains(&"changed: 1 > 1".to_owned()));
    let written = decisions::to_toml(&guide.decisions, &comparison);
    assert_eq!(
        decisions::parse(&written).unwrap().pairs[0].decision,
        decisions::Verdict::Different
    );
}

/// The program with arguments, in a folder of its own.
fn run(folder: &Path, arguments: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_seirihyo"))
        .args(arguments)
        .args(["--lang", "ja"])
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn the_command_writes_each_form_and_its_status_says_what_it_found() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/compare");
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| fixtures.join(name).to_str().unwrap().to_owned();
    let (old, new) = (at("reworded/old.csv"), at("reworded/new.csv"));
    let run = |arguments: &[&str]| run(folder.path(), arguments);

    let table = run(&["compare", &old, &new]);
    assert_eq!(table.status.code(), Some(0));
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(
        table.contains("変更なし 0、表記のみ 0、変更 6、新規 1、終了 1"),
        "{table}"
    );
    for line in table.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
    }
    assert_eq!(
        run(&["compare", &old, &new, "--exit-code"]).status.code(),
        Some(1)
    );
    assert_eq!(
        run(&["compare", &old, &old, "--exit-code"]).status.code(),
        Some(0)
    );
    for name in ["a.json", "a.html", "a.xlsx"] {
        assert_eq!(
            run(&["compare", &old, &new, "-o", name]).status.code(),
            Some(0),
            "{name}"
        );
        let first = std::fs::read(folder.path().join(name)).unwrap();
        // The same again is no overwriting; another comparison is.
        assert_eq!(
            run(&["compare", &old, &new, "-o", name]).status.code(),
            Some(0),
            "{name}"
        );
        assert_eq!(
            run(&["compare", &old, &old, "-o", name]).status.code(),
            Some(2),
            "{name}"
        );
        assert_eq!(
            std::fs::read(folder.path().join(name)).unwrap(),
            first,
            "{name}"
        );
    }
    assert_eq!(
        run(&["compare", &old, &new, "-o", "a.txt"]).status.code(),
        Some(2)
    );
    assert_eq!(run(&["validate", "a.json"]).status.code(), Some(0));

    // Folders, their own outputs passed by; decisions written, edited and given back.
    let (old, new) = (at("departments/old"), at("departments/new"));
    let map = at("departments/organizations.toml");
    let arguments = [
        "compare",
        &old,
        &new,
        "--organizations",
        &map,
        "--write-decisions",
        "d.toml",
    ];
    assert_eq!(run(&arguments).status.code(), Some(0));
    let given = run(&[
        "compare",
        &old,
        &new,
        "--decisions",
        "d.toml",
        "--write-decisions",
        "d.toml",
    ]);
    assert_eq!(given.status.code(), Some(0));
    std::fs::write(
        folder.path().join("d.toml"),
        "[[pair]]\ndecision = \"maybe\"\n",
    )
    .unwrap();
    let wrong = run(&["compare", &old, &new, "--decisions", "d.toml"]);
    assert_eq!(wrong.status.code(), Some(2));
    let told = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(
        told.contains("d.toml") && told.contains("2行") && told.contains("same"),
        "{told}"
    );
}
