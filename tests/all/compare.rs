//! Years compared: real pairs where they are at hand, invented ones with the pairing that people gave.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;
use crate::support::comparing::{holds, import, named, side};
use crate::support::years;

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use seirihyo::compare::comparison::{FieldChange, GoalRef, Op, Pair, Side};
use seirihyo::compare::{Comparison, Guide, compare, decisions};
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
fn years_that_others_wrote_are_told_as_they_told_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/compare_years");
    let mut counts = years::Counts::default();
    for years in years::all(&folder) {
        let comparison = compare(&[years.old], &[years.new], &Guide::default(), "test");
        holds(&comparison);
        counts.add(&years.truth, &comparison);
    }
    assert!(counts.f1() >= 0.985, "links: F1 {}", counts.f1());
    assert!(counts.named() >= 0.96, "kinds: {}", counts.named());
    assert_eq!(counts.reworded, 0, "wording taken for change");
    assert_eq!(counts.missing, 0, "links that are nowhere");
}

#[test]
fn doubt_is_shown_and_can_be_decided() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/compare/shared_titles");
    let (old, new) = (side(&folder, "old"), side(&folder, "new"));
    let comparison = compare(&old, &new, &Guide::default(), "test");
    let near: Vec<(Option<&str>, Option<&str>)> = comparison
        .nearest
        .iter()
        .map(|near| (near.old[0].number.as_deref(), near.new[0].number.as_deref()))
        .collect();
    assert!(near.contains(&(Some("3"), Some("3"))), "{near:?}");
    let written = decisions::to_toml(&Guide::default().decisions, &comparison);
    let open = decisions::parse(&written).unwrap();
    assert_eq!(
        open.pairs.len(),
        comparison.nearest.len() + comparison.summary.candidate
    );
    assert!(written.contains("確からしさ"), "{written}");
    // What a person says of it is followed.
    let guide = Guide {
        decisions: decisions::parse(&written.replace("\"open\"", "\"same\"")).unwrap(),
        ..Guide::default()
    };
    let decided = compare(&old, &new, &guide, "test");
    let together = |pair: &Pair| {
        let number =
            |goals: &[GoalRef]| goals.iter().any(|goal| goal.number.as_deref() == Some("3"));
        number(&pair.old) && number(&pair.new)
    };
    assert!(decided.pairs.iter().any(together));
}

#[test]
fn what_a_source_wraps_did_not_change() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/compare/wrapped_names");
    let comparison = compare(
        &side(&folder, "old"),
        &side(&folder, "new"),
        &Guide::default(),
        "test",
    );
    let fields = comparison.pairs.iter().flat_map(|pair| &pair.fields);
    for field in fields {
        assert_eq!(field.change, FieldChange::Unchanged, "{field:?}");
    }
}

#[test]
fn rows_of_pairs_and_chains_of_years_are_written() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| run(folder.path(), arguments);
    let at = |name: &str| fixtures.join(name).to_str().unwrap().to_owned();
    let (r6, r7, r8) = (
        at("compare_chain/r6.csv"),
        at("compare_chain/r7.csv"),
        at("compare_chain/r8.csv"),
    );
    for name in ["pairs.csv", "pairs.ndjson", "pairs.parquet", "pairs.sqlite"] {
        let done = run(&["compare", &r7, &r8, "-o", name]);
        assert_eq!(done.status.code(), Some(0), "{name}: {done:?}");
    }
    let pairs = std::fs::read_to_string(folder.path().join("pairs.csv")).unwrap();
    let level = pairs
        .lines()
        .find(|line| line.contains(",level,changed,") && line.contains("480g"))
        .unwrap();
    assert!(
        level.contains("480gを下回っている。,1人1日当たりの家庭ごみが470gを下回っている。"),
        "{level}"
    );
    assert!(level.contains(",-10,g,less,"), "{level}");
    assert!(level.contains("r7.csv,r8.csv,C4,C4"), "{level}");
    for name in [
        "years.csv",
        "years.ndjson",
        "years.parquet",
        "years.sqlite",
        "years.xlsx",
    ] {
        let done = run(&["compare", &r6, &r7, &r8, "-o", name]);
        assert_eq!(done.status.code(), Some(0), "{name}: {done:?}");
    }
    let years = std::fs::read_to_string(folder.path().join("years.csv")).unwrap();
    let lines: Vec<&str> = years.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines[0],
        "chain,item,department,sections,first_fiscal_year,last_fiscal_year,years,achievement_2024,achievement_2025,\
         achievement_2026,achievement_group_2024,achievement_group_2025,achievement_group_2026,number_2024,number_2025,\
         number_2026,item_2024,item_2025,item_2026,change_2024,change_2025,change_2026,besides_2024,besides_2025,besides_2026"
    );
    let starting = |head: &str| lines.iter().find(|line| line.contains(head)).unwrap();
    assert!(
        starting(",不法投棄の防止,").contains(",2024,2025,2,ほぼ達成した,ほとんど未達成だった,,")
    );
    assert!(starting(",家庭ごみの減量,").contains(",2024,2026,3,高度に達成した,ほぼ達成した,,"));
    assert!(starting(",街路樹と花壇の管理,").contains(",,merged,changed,,5 花壇の協力団体の拡大,"));
    assert!(starting(",市民農園の開設,").contains(",2026,2026,1,,,,"));
    // Forms of two years alone are refused, and nothing is written.
    assert_eq!(
        run(&["compare", &r6, &r7, &r8, "-o", "a.html"])
            .status
            .code(),
        Some(2)
    );
    let screen = run(&["compare", &r6, &r7, &r8]);
    let screen = String::from_utf8(screen.stdout).unwrap();
    for line in screen.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
    }
}

#[test]
fn answers_do_not_mislead() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| run(folder.path(), arguments);
    let at = |name: &str| fixtures.join(name).to_str().unwrap().to_owned();
    let (r7, r8) = (at("compare_chain/r7.csv"), at("compare_chain/r8.csv"));
    // A notice has no goals.
    let entries = std::fs::read_dir(fixtures.join("policy")).unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let inputs = cases
        .iter()
        .flat_map(|case| std::fs::read_dir(case).unwrap());
    let mut inputs = inputs.map(|entry| entry.unwrap().path());
    let notice = inputs
        .find(|path| path.file_stem().is_some_and(|stem| stem == "input"))
        .unwrap();
    let told = run(&["compare", notice.to_str().unwrap(), &r8, "-o", "n.json"]);
    assert_eq!(told.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&told.stderr).contains("目標がありません"));
    assert!(!folder.path().join("n.json").exists());
    // The same year is said.
    let same = run(&["compare", &r8, &r8]);
    assert!(String::from_utf8_lossy(&same.stderr).contains("どちらも令和8年度"));
    // Changes alone: the unchanged in one line, what changed in words.
    let same = run(&["compare", &r8, &r8, "--only-changes"]);
    let same = String::from_utf8(same.stdout).unwrap();
    assert!(
        same.contains("変わらない目標（略）: 新1・2・3・4"),
        "{same}"
    );
    let changed = run(&["compare", &r7, &r8, "--only-changes"]);
    let changed = String::from_utf8(changed.stdout).unwrap();
    assert!(changed.contains("水準: 480g→470g"), "{changed}");
    // A year for each side that does not say its own.
    let bare = std::fs::read_to_string(&r7)
        .unwrap()
        .replace("令和7年度　", "")
        .replace("令和7年4月1日", "");
    std::fs::write(folder.path().join("bare.csv"), bare).unwrap();
    for name in ["bare.csv", "bare.json"] {
        let years = [
            "--old-fiscal-year",
            "R7",
            "--new-fiscal-year",
            "R8",
            "--force",
        ];
        let arguments = [
            &["compare", name, "bare.csv", "-o", "years.json"][..],
            &years,
        ]
        .concat();
        assert_eq!(run(&arguments).status.code(), Some(0));
        let json = std::fs::read_to_string(folder.path().join("years.json")).unwrap();
        let comparison: Comparison = serde_json::from_str(&json).unwrap();
        let year = |side: &Side| side.fiscal_year().map(|year| year.year);
        assert_eq!(
            [year(&comparison.old), year(&comparison.new)],
            [Some(2025), Some(2026)]
        );
        let imported = run(&["import", "bare.csv"]);
        std::fs::write(folder.path().join("bare.json"), imported.stdout).unwrap();
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
