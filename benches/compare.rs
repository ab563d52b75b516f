//! How the time of a comparison grows with the goals of a side: `cargo bench --bench compare`.

use std::time::Instant;

use seirihyo::compare::{Guide, compare};
use seirihyo::document::{Document, Goal, Import};
use seirihyo::layout::{ImportOptions, Layouts};
use seirihyo::pipeline::{self, Settings};
use seirihyo::read::ReadOptions;

const SUBJECTS: &[&str] = &[
    "家庭ごみ",
    "公園の遊具",
    "街路樹",
    "広報紙",
    "防災訓練",
    "保育園",
    "図書館",
    "市民農園",
    "下水道",
    "空き家",
    "認知症の人",
    "子育て相談",
    "学校給食",
    "選挙の投票所",
    "固定資産の評価",
    "納税の窓口",
    "河川の水質",
    "自転車の駐車場",
];
const WORKS: &[&str] = &[
    "減量",
    "更新",
    "管理方針の策定",
    "充実",
    "拡大",
    "改修",
    "電子化",
    "見直し",
    "安全の確保",
    "周知",
    "調査",
];
const PLACES: &[&str] = &[
    "北町",
    "南町",
    "本町",
    "東町",
    "西町",
    "泉町",
    "光町",
    "富士本",
    "並木町",
    "戸倉",
    "新町",
    "日吉町",
];

fn goal(template: &Goal, at: usize, year: usize) -> Goal {
    let pick = |words: &[&'static str], step: usize| words[(at / step + at) % words.len()];
    let (subject, work, place) = (pick(SUBJECTS, 7), pick(WORKS, 3), pick(PLACES, 5));
    let mut goal = template.clone();
    for (text, words) in [
        (
            &mut goal.item,
            format!("{place}における{subject}の{work}（{at}）"),
        ),
        (
            &mut goal.level,
            format!(
                "{subject}の{work}が{place}の{}か所で終わり、結果が公開されている。",
                at % 40 + year
            ),
        ),
        (
            &mut goal.methods,
            format!(
                "・{place}の住民に{subject}について聞き取る。\n・{work}の手順を{}回確かめる。\n・担当者の打合せを毎月行い、課題を整理する。",
                at % 9 + year
            ),
        ),
    ] {
        if let Some(text) = text {
            text.raw.clone_from(&words);
            text.text = words;
        }
    }
    goal
}

fn year(import: &Import, goals: usize, year: usize) -> Import {
    let mut import = import.clone();
    if let Some(Document::GoalSheet(sheet)) = import.documents.first_mut() {
        let template = sheet.goals[0].clone();
        sheet.goals = (0..goals).map(|at| goal(&template, at, year)).collect();
    }
    import
}

fn main() {
    let bytes = include_bytes!("../fixtures/compare/reworded/old.csv");
    let settings = Settings {
        read: ReadOptions::default(),
        layouts: Layouts::default(),
        import: ImportOptions::default(),
    };
    let Ok(import) = pipeline::import("old.csv", bytes, &settings) else {
        return;
    };
    for goals in [100, 300, 1000, 3000] {
        let (old, new) = (year(&import, goals, 1), year(&import, goals, 2));
        let start = Instant::now();
        let comparison = compare(&[old], &[new], &Guide::default(), "bench");
        println!(
            "{goals:5} goals a side: {:7.1} ms, {} changed, {} merged or split, {} candidates",
            start.elapsed().as_secs_f64() * 1000.0,
            comparison.summary.changed,
            comparison.summary.merged + comparison.summary.split,
            comparison.summary.candidate,
        );
    }
}
