//! Is it a list of goals? What the headings, their readings and the title say together.

use super::choice::Understood;
use super::weights;
use crate::document::Field;
use crate::text;

/// What a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A list of goals with an item.
    Goals,
    /// One without a column that is clearly the item: the column of this index is read as it.
    GoalsWithItem(usize),
    /// Something else.
    Other,
}

/// Words of titles and labels that name goals, with their tenths.
const NAMES: [(&str, i32); 34] = [
    ("目標", 10),
    ("行動計画", 7),
    ("実行計画", 7),
    ("実行プログラム", 8),
    ("実行宣言", 10),
    ("マニフェスト", 8),
    ("公約", 8),
    ("取組", 6),
    ("重点", 5),
    ("進捗", 6),
    ("kpi", 8),
    ("自己評価", 7),
    ("学校評価", 8),
    ("自己点検", 6),
    ("事業評価", 6),
    ("施策評価", 7),
    ("評価シート", 7),
    ("評価書", 5),
    ("評価表", 5),
    ("棚卸", 5),
    ("工程表", 6),
    ("整理表", 6),
    ("マネジメントシート", 8),
    ("運営方針", 5),
    ("アクションプラン", 8),
    ("改善計画", 7),
    ("行政改革", 6),
    ("行財政改革", 6),
    ("総合戦略", 5),
    ("実施計画", 5),
    ("事業シート", 5),
    ("個票", 4),
    ("目標管理", 10),
    ("年度計画", 6),
];

/// Words of titles that name something else.
const OTHERS: [(&str, i32); 44] = [
    ("予算", -8),
    ("決算", -8),
    ("補助金", -6),
    ("交付先", -6),
    ("名簿", -10),
    ("議案", -10),
    ("会議録", -10),
    ("議事録", -10),
    ("議事要旨", -10),
    ("統計", -8),
    ("人口", -6),
    ("料金", -8),
    ("使用料一覧", -8),
    ("時間割", -10),
    ("時刻表", -10),
    ("監査", -8),
    ("契約", -8),
    ("入札", -10),
    ("工事", -6),
    ("条例", -8),
    ("献立", -10),
    ("日程", -8),
    ("出席", -8),
    ("当番", -10),
    ("座席", -10),
    ("一覧表(単価)", -10),
    ("単価", -8),
    ("価格", -8),
    ("備品", -8),
    ("財産", -6),
    ("指定管理者", -4),
    ("手数料", -8),
    ("議決", -10),
    ("採決", -10),
    ("質疑", -8),
    ("陳情", -8),
    ("請願", -8),
    ("パブリックコメント", -8),
    ("意見募集", -8),
    ("歳入", -8),
    ("歳出", -8),
    ("職員配置", -8),
    ("異動", -8),
    ("募集要項", -8),
];

/// How much a title or label speaks of goals, in tenths.
pub(crate) fn speaks_of_goals(words: &str) -> i32 {
    let key = text::key(words);
    let best = |list: &[(&str, i32)]| {
        list.iter()
            .filter(|(word, _)| key.contains(&text::key(word)))
            .map(|(_, tenths)| *tenths)
            .collect::<Vec<_>>()
    };
    let names = best(&NAMES).into_iter().max().unwrap_or(0);
    let others = best(&OTHERS).into_iter().min().unwrap_or(0);
    names + others
}

/// Whether columns are a list of goals; `titles` is how much the title speaks of them.
pub(crate) fn verdict(columns: &[Understood], titles: i32) -> Verdict {
    use Field::{
        Achievement, Deadline, IndicatorTarget, Item, Level, Methods, MidtermReview, YearEndIssues,
        YearEndSummary,
    };
    let headings: i32 = columns.iter().map(|column| column.goals).sum();
    let named = titles.clamp(-2 * weights::TITLE_GOALS, weights::TITLE_GOALS);
    if headings + named < weights::GOALS || headings <= 0 {
        return Verdict::Other;
    }
    let has = |fields: &[Field]| {
        columns
            .iter()
            .any(|column| column.best.is_some_and(|field| fields.contains(&field)))
    };
    let is_worked_on = has(&[
        Level,
        Methods,
        IndicatorTarget,
        Deadline,
        Achievement,
        YearEndSummary,
        YearEndIssues,
        MidtermReview,
    ]);
    if columns.iter().any(|column| column.meaning == Some(Item)) && is_worked_on {
        return Verdict::Goals;
    }
    // The item that is doubtful, else the level, the methods or the category that is most like one.
    let like_item = |column: &Understood| match column.best {
        Some(Item) => Some(4),
        Some(Level) => Some(3),
        Some(Methods) => Some(2),
        Some(Field::IndicatorName) => Some(1),
        _ => None,
    };
    let best = columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| Some((like_item(column)?, at)))
        .max_by_key(|&(rank, at)| (rank, std::cmp::Reverse(at)));
    match best {
        Some((_, at)) if named >= weights::TITLE_GOALS / 2 || has(&[Item]) && is_worked_on => {
            Verdict::GoalsWithItem(at)
        }
        _ => Verdict::Other,
    }
}
