//! Which goal became which does not depend on the order of the goals, nor on which year is looked at from which.

use std::collections::BTreeSet;

use proptest::prelude::*;
use seirihyo::compare::comparison::{GoalRef, Pair};
use seirihyo::compare::{Change, Comparison, Guide, compare};
use seirihyo::document::Import;

use super::sheets::import;

/// A goal by words that tell it from others: its subject, what is done, how.
type Words = (usize, String, String);

const SUBJECTS: [&str; 10] = [
    "窓口の混雑緩和",
    "公園遊具の更新",
    "広報紙の読みやすさ",
    "職員研修の体系化",
    "避難所の備蓄点検",
    "家庭ごみの減量",
    "図書館の開館延長",
    "橋りょうの長寿命化",
    "給食の地場産品活用",
    "空き家の実態調査",
];

/// Goals of one year, each with a subject of its own.
fn any_year() -> impl Strategy<Value = Vec<Words>> {
    let level = "(待ち時間を10分以内|3か所で実施|80%以上|年2回開催)とする。(|利用者の意見を聞く。)";
    let method = "・(計画を作る|関係課と調整する|試行する|予算を確保する)。(|¶・(結果を公表する|記録を残す)。)";
    let subjects = proptest::sample::subsequence((0..SUBJECTS.len()).collect::<Vec<_>>(), 1..7);
    subjects.prop_flat_map(move |subjects| {
        let texts = proptest::collection::vec((level, method), subjects.len());
        (Just(subjects), texts).prop_map(|(subjects, texts)| {
            let goals = subjects.into_iter().zip(texts);
            goals
                .map(|(subject, (level, method))| (subject, level, method))
                .collect()
        })
    })
}

/// The year's sheet, its goals in this order, without numbers: those say nothing of which goal is which.
fn sheet(year: &[Words], title: &str) -> Import {
    let rows: Vec<String> = year
        .iter()
        .map(|(subject, level, method)| format!("{}\t{level}\t{method}\t1", SUBJECTS[*subject]))
        .collect();
    let head = "実施項目\tどの水準まで\tどのような方法で\t番号";
    let table = format!("{title}　組織目標展開整理表\n{head}\n{}", rows.join("\n"));
    import(&table).unwrap().1
}

/// The pairs that are sure, as sets of titles, with what became of them. Between goals that fit alike a person decides; of
/// those one is a candidate, and the others stand alone.
fn pairs(comparison: &Comparison) -> BTreeSet<(Vec<String>, Vec<String>, String)> {
    let titles = |goals: &[GoalRef]| {
        let mut titles: Vec<String> = goals
            .iter()
            .map(|goal| goal.item.clone().unwrap())
            .collect();
        titles.sort();
        titles
    };
    let alone = |pair: &Pair| pair.old.is_empty() || pair.new.is_empty();
    let sure = |pair: &&Pair| pair.change != Change::Candidate && !alone(pair);
    let pairs = comparison.pairs.iter().filter(sure);
    pairs
        .map(|pair| {
            (
                titles(&pair.old),
                titles(&pair.new),
                format!("{:?}", pair.change),
            )
        })
        .collect()
}

/// What a change is when it is looked at from the other year.
fn reversed(change: &str) -> &str {
    match change {
        "Merged" => "Split",
        "Split" => "Merged",
        other => other,
    }
}

fn compared(old: &[Words], new: &[Words]) -> Comparison {
    let (old, new) = (sheet(old, "令和7年度"), sheet(new, "令和8年度"));
    compare(&[old], &[new], &Guide::default(), "test")
}

#[test]
fn a_title_that_stays_does_not_decide_between_two_goals_whose_sentences_it_took() {
    let goal = |subject, level: &str, method: &str| (subject, level.to_owned(), method.to_owned());
    let twice = ["年2回開催とする。", "・試行する。"];
    let mut old = [
        goal(2, twice[0], twice[1]),
        goal(7, twice[0], twice[1]),
        goal(6, "3か所で実施とする。", "・計画を作る。"),
    ];
    let new = [goal(6, twice[0], twice[1])];
    assert_eq!(pairs(&compared(&old, &new)), BTreeSet::new());
    old.reverse();
    assert_eq!(pairs(&compared(&old, &new)), BTreeSet::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn order_means_nothing(old in any_year(), new in any_year(), turn in 0_usize..7) {
        let (mut turned, mut back) = (new.clone(), old.clone());
        turned.rotate_left(turn % new.len());
        back.reverse();
        let want = pairs(&compared(&old, &new));
        prop_assert_eq!(&pairs(&compared(&old, &turned)), &want);
        prop_assert_eq!(&pairs(&compared(&back, &new)), &want);
    }

    #[test]
    fn direction_means_nothing(old in any_year(), new in any_year()) {
        let there = pairs(&compared(&old, &new));
        let back = pairs(&compared(&new, &old));
        let turned: BTreeSet<_> = back
            .into_iter()
            .map(|(old, new, change)| (new, old, reversed(&change).to_owned()))
            .collect();
        prop_assert_eq!(turned, there);
    }

    #[test]
    fn each_goal_stands_in_one_pair(old in any_year(), new in any_year()) {
        let comparison = compared(&old, &new);
        for (side, goals) in [(0, old.len()), (1, new.len())] {
            let stand = comparison.pairs.iter().flat_map(|pair| if side == 0 { &pair.old } else { &pair.new });
            let stand: Vec<usize> = stand.map(|goal| goal.goal).collect();
            let different: BTreeSet<_> = stand.iter().copied().collect();
            prop_assert_eq!((stand.len(), different), (goals, (0..goals).collect()));
        }
        let subjects = |year: &[Words]| year.iter().map(|goal| goal.0).collect::<BTreeSet<_>>();
        let kept = subjects(&old).intersection(&subjects(&new)).count();
        let of = |change| comparison.summary.of_change(change);
        // A title that stands in both years is the same goal, whatever is written of it.
        prop_assert!(of(Change::New) <= new.len() - kept, "{:?}", pairs(&comparison));
    }
}
