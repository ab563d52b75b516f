//! The words of a 新旧対照表, in both languages: kinds of change, fields, remarks.

use std::fmt::Write as _;

use super::view::Shown;
use crate::compare::Change;
use crate::compare::comparison::{
    Comparison, Direction, FieldChange, FieldDiff, GoalRef, Pair, QuantityDiff, Side,
};
use crate::message::Language;

/// One of two texts.
pub fn pick<'a>(language: Language, japanese: &'a str, english: &'a str) -> &'a str {
    match language {
        Language::Japanese => japanese,
        Language::English => english,
    }
}

/// What became of goals, in a word.
pub fn change(change: Change, language: Language) -> &'static str {
    let (japanese, english) = match change {
        Change::Unchanged => ("変更なし", "unchanged"),
        Change::Wording => ("表記のみ", "wording"),
        Change::Changed => ("変更", "changed"),
        Change::New => ("新規", "new"),
        Change::Ended => ("終了", "ended"),
        Change::Merged => ("統合", "merged"),
        Change::Split => ("分割", "split"),
        Change::Candidate => ("要確認", "candidate"),
    };
    pick(language, japanese, english)
}

/// What a kind of change means, for the legend.
pub fn meaning(change: Change, language: Language) -> &'static str {
    let (japanese, english) = match change {
        Change::Unchanged => ("内容が同じもの", "the same words"),
        Change::Wording => (
            "字の幅、句読点、表記だけが違うもの",
            "other width, punctuation or spelling only",
        ),
        Change::Changed => ("内容が変わったもの", "other content"),
        Change::New => ("新しい年度だけにあるもの", "only in the new year"),
        Change::Ended => ("古い年度だけにあったもの", "only in the old year"),
        Change::Merged => ("複数が一つになったもの", "several became one"),
        Change::Split => ("一つが複数になったもの", "one became several"),
        Change::Candidate => (
            "同じ目標かどうか人の確認が要るもの",
            "perhaps one goal: a person decides",
        ),
    };
    pick(language, japanese, english)
}

/// A field's name for people.
pub fn field(name: &str, language: Language) -> &str {
    let (japanese, english) = match name {
        "number" => ("番号", "number"),
        "categories" => ("分類", "categories"),
        "item" => ("実施項目", "item"),
        "level" => ("どの水準まで", "level"),
        "methods" => ("どのような方法で", "methods"),
        "deadline" => ("いつまで", "deadline"),
        "sections" => ("課名", "sections"),
        "indicators.name" => ("指標", "indicators"),
        "indicators.baseline" => ("現状値", "baseline"),
        "indicators.target" => ("目標値", "target"),
        "indicators.actual" => ("実績値", "actual"),
        "achievement" => ("達成状況", "achievement"),
        "midterm.progress" => ("進捗状況", "progress"),
        "midterm.review" => ("上半期の状況", "first half"),
        "midterm.plan" => ("下半期の予定", "second half"),
        "year_end.summary" => ("1年間の総括", "summary"),
        "year_end.viewpoint" => ("評価の視点", "viewpoint"),
        "year_end.issues" => ("課題と対応", "issues"),
        other => {
            let heading = other.strip_prefix("extra.").unwrap_or(other);
            return if heading.is_empty() { "―" } else { heading };
        }
    };
    pick(language, japanese, english)
}

/// The same, short enough for a list on a narrow terminal.
pub fn short_field(name: &str, language: Language) -> &str {
    match (language, name) {
        (Language::Japanese, "item") => "項目",
        (Language::Japanese, "level") => "水準",
        (Language::Japanese, "methods") => "方法",
        (Language::Japanese, "deadline") => "期限",
        _ => field(name, language),
    }
}

/// Fields that are shown but say nothing of what became of a goal.
pub fn is_aside(name: &str) -> bool {
    matches!(
        name,
        "number" | "sections" | "achievement" | "indicators.actual"
    ) || name.starts_with("midterm.")
        || name.starts_with("year_end.")
}

/// The fields that changed, of those that decide.
pub fn changed_fields(pair: &Pair) -> impl Iterator<Item = &FieldDiff> {
    let both = !pair.old.is_empty() && !pair.new.is_empty();
    pair.fields.iter().filter(move |field| {
        both && field.change != FieldChange::Unchanged && !is_aside(&field.field)
    })
}

/// The goals of the other year that are nearest to one that stands alone.
pub fn nearest(comparison: &Comparison, pair: &Pair, language: Language) -> Vec<String> {
    let (of_old, own) = match (pair.old.as_slice(), pair.new.as_slice()) {
        ([old], []) => (true, old),
        ([], [new]) => (false, new),
        _ => return Vec::new(),
    };
    let near = comparison.nearest.iter().filter(|near| {
        let side = if of_old { &near.old } else { &near.new };
        side.contains(own)
    });
    near.map(|near| {
        let (other, japanese, english) = if of_old {
            (&near.new, "新", "new")
        } else {
            (&near.old, "旧", "old")
        };
        let title = other
            .first()
            .and_then(|goal| goal.item.as_deref())
            .unwrap_or_default();
        let title = title.replace('\n', "");
        let (number, likely) = (numbers(other), near.score * 100.0);
        match language {
            Language::Japanese => {
                format!("近い目標: {japanese}{number} {title}（確からしさ{likely:.0}%）")
            }
            Language::English => format!("near: {english} {number} {title} ({likely:.0}%)"),
        }
    })
    .collect()
}

/// Where only changes are shown, one line that lists the goals left out.
pub fn left_out(comparison: &Comparison, rows: Shown, language: Language) -> Option<String> {
    let left: Vec<&Pair> = comparison
        .pairs
        .iter()
        .filter(|pair| !rows.has(pair))
        .collect();
    if left.is_empty() {
        return None;
    }
    let listed: Vec<String> = left.iter().map(|pair| numbers(&pair.new)).collect();
    let listed = listed.join("・");
    Some(match language {
        Language::Japanese => format!("変わらない目標（略）: 新{listed}"),
        Language::English => format!("unchanged goals (left out): new {listed}"),
    })
}

/// The same with the goals' titles.
pub fn left_out_by_title(
    comparison: &Comparison,
    rows: Shown,
    language: Language,
) -> Option<String> {
    let left = comparison.pairs.iter().filter(|pair| !rows.has(pair));
    let titles: Vec<String> = left
        .map(|pair| {
            let title = pair.new.first().and_then(|goal| goal.item.clone());
            let title = title.unwrap_or_default().replace('\n', "");
            format!("{} {title}", numbers(&pair.new))
        })
        .collect();
    if titles.is_empty() {
        return None;
    }
    let (count, titles) = (titles.len(), titles.join(pick(language, "、", "; ")));
    Some(match language {
        Language::Japanese => format!("変わらない目標（{count}件）：{titles}"),
        Language::English => format!("Unchanged goals ({count}): {titles}"),
    })
}

/// What stands on the other side of goals that stand on one side alone.
pub fn instead(pair: &Pair, language: Language) -> Option<&'static str> {
    match (pair.old.is_empty(), pair.new.is_empty()) {
        (true, _) => Some(pick(language, "（新規）", "(new)")),
        (_, true) => Some(pick(language, "（終了）", "(ended)")),
        _ => None,
    }
}

/// The units of goals, each once: 秘書課、職員課.
pub fn sections(goals: &[GoalRef]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in goals.iter().flat_map(|goal| &goal.sections) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names.join("、")
}

/// The numbers of goals.
pub fn numbers(goals: &[GoalRef]) -> String {
    let number = |goal: &GoalRef| goal.number.clone().unwrap_or_else(|| "―".to_owned());
    goals.iter().map(number).collect::<Vec<_>>().join("・")
}

/// What a person should know of a pair beside its texts: 移管, 番号変更, quantities, what it rests on.
pub fn remarks(comparison: &Comparison, pair: &Pair, language: Language) -> Vec<String> {
    let mut remarks = nearest(comparison, pair, language);
    let mut say = |japanese: &str, english: &str| {
        remarks.push(pick(language, japanese, english).to_owned());
    };
    let (old, new) = (numbers(&pair.old), numbers(&pair.new));
    match pair.change {
        Change::Merged => say(&format!("旧{old}を統合"), &format!("merged from {old}")),
        Change::Split => say(&format!("旧{old}を分割"), &format!("split from {old}")),
        Change::Candidate => say(
            &format!("同じ目標か要確認（確からしさ{:.0}%）", pair.score * 100.0),
            &format!("to be confirmed ({:.0}%)", pair.score * 100.0),
        ),
        _ => {}
    }
    let one_to_one = pair.old.len() == 1 && pair.new.len() == 1;
    if pair.renumbered && one_to_one {
        say(
            &format!("番号変更（{old}→{new}）"),
            &format!("number {old} → {new}"),
        );
    }
    let (from, to) = (sections(&pair.old), sections(&pair.new));
    if pair.moved {
        if from == to {
            say("移管（部の変更）", "moved to another department");
        } else {
            say(
                &format!("移管（{from}→{to}）"),
                &format!("moved: {from} → {to}"),
            );
        }
    } else if from != to && !pair.old.is_empty() && !pair.new.is_empty() && one_to_one {
        say(
            &format!("課名変更（{from}→{to}）"),
            &format!("unit: {from} → {to}"),
        );
    }
    for field in pair.fields.iter().filter(|field| !is_aside(&field.field)) {
        remarks.extend(
            field
                .quantities
                .iter()
                .map(|quantity| difference(quantity, language)),
        );
    }
    remarks
}

/// 76%以上→80%以上（4%増）.
fn difference(quantity: &QuantityDiff, language: Language) -> String {
    let mut text = format!("{}→{}", quantity.old.trim(), quantity.new.trim());
    let unit = quantity.unit.as_deref().unwrap_or_default();
    if let Some(difference) = quantity.difference {
        let amount = difference.abs();
        let _ = match quantity.direction {
            Direction::More => write!(text, "{}", pick(language, "（", " (+")),
            Direction::Less => write!(text, "{}", pick(language, "（", " (-")),
            Direction::Same | Direction::Unknown => return text,
        };
        let _ = write!(text, "{amount}{unit}");
        text += match (language, quantity.direction) {
            (Language::Japanese, Direction::More) => "増）",
            (Language::Japanese, _) => "減）",
            (Language::English, _) => ")",
        };
    }
    text
}

/// 令和8年度, or the files' names where no year is known.
pub fn year(side: &Side, language: Language) -> String {
    match side.fiscal_year() {
        Some(year) if language == Language::Japanese => {
            let of_era = match year.era_year {
                1 => "元".to_owned(),
                n => n.to_string(),
            };
            format!("{}{of_era}年度", year.era)
        }
        Some(year) => format!("FY{}", year.year),
        None => side
            .sources
            .first()
            .map_or_else(String::new, |source| source.file.clone()),
    }
}

/// The title: both years.
pub fn title(comparison: &Comparison, language: Language) -> String {
    let (old, new) = (
        year(&comparison.old, language),
        year(&comparison.new, language),
    );
    match language {
        Language::Japanese => format!("組織目標 新旧対照表（{old}・{new}）"),
        Language::English => format!("Goals compared: {old} and {new}"),
    }
}
