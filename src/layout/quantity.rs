//! 76%以上, 月13時間/人, 累計68回(年12回), ①23億円 -> a number with its unit and bounds.

use super::passage::Passage;
use crate::document::value::{Comparator, Quantity};
use crate::text::era::pattern;
use crate::text::setting::numbers;
use crate::text::width::fold_width;

/// A quantity; words that are no number keep `value` null.
pub(crate) fn quantity(passage: &Passage, text: &str) -> Quantity {
    let parsed = parse(&passage.plain(text)).unwrap_or_default();
    Quantity {
        raw: passage.raw(text),
        value: parsed
            .value
            .as_deref()
            .and_then(|digits| serde_json::from_str(digits).ok()),
        multiplier: parsed.multiplier.max(1),
        unit: parsed.unit,
        comparator: parsed.comparator,
        per: parsed.per,
        cumulative: parsed.cumulative,
        note: parsed.note,
        places: passage.places.clone(),
        origin: passage.origin(),
    }
}

/// The parts of a quantity's words.
#[derive(Debug, Default, PartialEq)]
struct Parsed {
    /// The digits as JSON has them: no separators, no leading zeros.
    value: Option<String>,
    multiplier: u64,
    unit: Option<String>,
    comparator: Option<Comparator>,
    per: Vec<String>,
    cumulative: bool,
    note: Option<String>,
}

// prefix, per, number, multiplier, unit, /per, comparator, (note) – nothing else may stand there: words that
// the pattern does not know leave the value null, so that no number is taken from a sentence.
pattern!(
    shape,
    concat!(
        r"^(?P<before>(?:累計|累積|延べ|のべ|約|およそ|概ね|おおむね)*)",
        r"(?:毎?(?P<per>年間|月間|年|月|週|日|1人|一人|1回|1件)(?:あたり|当たり|平均)?)?",
        r"(?P<about>約)?",
        r"(?P<sign>[-−▲△])?(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)",
        r"(?P<factor>千|万|百万|千万|億|兆)?",
        r"(?P<unit>%|％|ポイント|pt|[^0-9\s()/以超未程約程前上下増減、。，．~-]{1,8}?)?",
        r"(?:/(?P<slash>[^0-9\s()/以超未程約]{1,6}))?",
        r"(?P<bound>以上|以下|以内|超|を超える|超える|を上回る|未満|程度|前後|を下回る|を?維持)?を?",
        r"(?:\((?P<note>[^()]*)\))?$"
    )
    .to_owned()
);

// A number spread over several factors, each section with its own 千 and 百: 1億2千万, 3億2,500万, 3万5千.
const SECTION: &str = r"(?:([0-9])千)?(?:([0-9])百)?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?";
pattern!(
    mixed,
    format!(r"(?:{SECTION}兆)?(?:{SECTION}億)?(?:{SECTION}万)?{SECTION}")
);

/// The same number with the factor of its lowest section as its only one, where several were written: 3億2,500万 is
/// 32500万, 3万5千 is 35000.
fn in_one_factor(words: &str) -> Option<String> {
    const SECTIONS: [(&str, u64); 4] = [
        ("兆", 1_000_000_000_000),
        ("億", 100_000_000),
        ("万", 10_000),
        ("", 1),
    ];
    const WITHIN: [u64; 3] = [1_000, 100, 1];
    for captures in mixed().captures_iter(words) {
        let parts: Vec<(usize, u64, u64)> = (0..12)
            .filter_map(|at| {
                let digits = captures.get(at + 1)?.as_str().replace(',', "");
                Some((at / 3, digits.parse().ok()?, WITHIN[at % 3]))
            })
            .collect();
        let Some(&(lowest, ..)) = parts.last().filter(|_| parts.len() >= 2) else {
            continue;
        };
        let range = captures.get(0)?.range();
        let (before, after) = (words.get(..range.start)?, words.get(range.end..)?);
        let highest = parts.first()?.0;
        // Below the first section there are at most 9,999 of each; a digit or point before it belongs to the number.
        let is_whole = parts.iter().all(|&(section, number, weight)| {
            section == highest || number.checked_mul(weight).is_some_and(|n| n < 10_000)
        });
        if !is_whole || before.ends_with(['.', ',']) {
            return None;
        }
        let (word, factor) = SECTIONS[lowest];
        let sum = parts
            .iter()
            .try_fold(0u64, |sum, &(section, number, weight)| {
                let scale = weight.checked_mul(SECTIONS[section].1 / factor)?;
                sum.checked_add(number.checked_mul(scale)?)
            })?;
        return Some(format!("{before}{sum}{word}{after}"));
    }
    None
}

/// The number that the words of a quantity state, with its factor: 2億8,400万円 is 28400 times 10,000.
pub fn stated_number(words: &str) -> Option<(serde_json::Number, u64)> {
    let parsed = parse(words)?;
    let value = serde_json::from_str(parsed.value.as_deref()?).ok()?;
    Some((value, parsed.multiplier.max(1)))
}

/// Whether words are a number with or without a unit.
pub(crate) fn is_quantity(words: &str) -> bool {
    parse(words).is_some()
}

fn parse(words: &str) -> Option<Parsed> {
    let folded = numbers::closed_up(&fold_width(words));
    let folded = in_one_factor(&folded).unwrap_or(folded);
    let captures = shape().captures(&folded)?;
    let group = |name: &str| {
        captures
            .name(name)
            .map(|found| found.as_str())
            .filter(|found| !found.is_empty())
    };
    let before = group("before").unwrap_or_default();
    let cumulative = ["累計", "累積", "延べ", "のべ"]
        .iter()
        .any(|word| before.contains(word));
    let about = before.len() > if cumulative { 6 } else { 0 } && !before.ends_with('計')
        || group("about").is_some();
    let sign = if group("sign").is_some() { "-" } else { "" };
    let unit = group("unit");
    // 3日: a day of a month, or a number of days; 3日以内 is a number of days.
    let bounded = matches!(group("bound"), Some("以上" | "以下" | "以内" | "未満"))
        && matches!(unit, Some("日"));
    let counted = unit.is_none_or(is_counter) || group("per").is_some() || bounded;
    if !counted || (group("per").is_some() && unit.is_none()) {
        return None;
    }
    let per = [group("per"), group("slash")]
        .into_iter()
        .flatten()
        .map(|word| word.trim_start_matches('1').replace("一人", "人"));
    Some(Parsed {
        value: Some(format!("{sign}{}", json_digits(group("number")?))),
        multiplier: factor(group("factor")),
        unit: unit.map(str::to_owned),
        comparator: group("bound")
            .map(bound)
            .or(about.then_some(Comparator::About)),
        per: per.collect(),
        cumulative,
        note: group("note").map(str::to_owned),
    })
}

/// Whether the word after a number counts something. 2027年, 9月 and 5時 are points in time, 5回開催 is a
/// statement, 3人増 a change whose base is not said: no amounts.
fn is_counter(unit: &str) -> bool {
    const SPANS: [&str; 7] = ["年間", "年分", "月間", "月分", "日間", "日分", "時間"];
    const STATEMENTS: [&str; 24] = [
        "実施", "開催", "完了", "着手", "導入", "検討", "策定", "設置", "整備", "開始", "達成",
        "確保", "締結", "作成", "公開", "発行", "配布", "更新", "実現", "継続", "増", "減", "以降",
        "以前",
    ];
    let in_time = unit.starts_with(['年', '月', '日', '時']) && !SPANS.contains(&unit);
    !in_time && !STATEMENTS.iter().any(|word| unit.ends_with(word))
}

/// `1,200` → `1200`, `007` → `7`, `1.50` stays.
fn json_digits(digits: &str) -> String {
    let digits = digits.replace(',', "");
    let trimmed = digits.trim_start_matches('0');
    if trimmed.is_empty() || trimmed.starts_with('.') {
        format!("0{trimmed}")
    } else {
        trimmed.to_owned()
    }
}

fn factor(word: Option<&str>) -> u64 {
    match word {
        Some("千") => 1_000,
        Some("万") => 10_000,
        Some("百万") => 1_000_000,
        Some("千万") => 10_000_000,
        Some("億") => 100_000_000,
        Some("兆") => 1_000_000_000_000,
        _ => 1,
    }
}

fn bound(word: &str) -> Comparator {
    match word {
        "以上" => Comparator::Ge,
        "以下" | "以内" => Comparator::Le,
        "未満" | "を下回る" => Comparator::Lt,
        "程度" | "前後" => Comparator::About,
        "維持" | "を維持" => Comparator::Eq,
        _ => Comparator::Gt,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// value × multiplier unit comparator per cumulative note, as one line.
    fn line(words: &str) -> String {
        let Some(p) = parse(words) else {
            return "null".into();
        };
        format!(
            "{}×{} {} {:?} {:?} {} {}",
            p.value.unwrap_or_default(),
            p.multiplier,
            p.unit.unwrap_or_default(),
            p.comparator,
            p.per,
            p.cumulative,
            p.note.unwrap_or_default()
        )
    }

    #[test]
    fn quantities_of_real_cells() {
        for (words, expected) in [
            ("20回", "20×1 回 None [] false "),
            ("76%以上", "76×1 % Some(Ge) [] false "),
            ("７６％以上", "76×1 % Some(Ge) [] false "),
            ("月13時間/人", "13×1 時間 None [\"月\", \"人\"] false "),
            ("累計68回(年12回)", "68×1 回 None [] true 年12回"),
            ("23億円", "23×100000000 円 None [] false "),
            ("14万回", "14×10000 回 None [] false "),
            ("1億2千万円以下", "12000×10000 円 Some(Le) [] false "),
            ("3億2,500万円", "32500×10000 円 None [] false "),
            ("2千5百万円", "2500×10000 円 None [] false "),
            ("2億8,400万円", "28400×10000 円 None [] false "),
            ("3万5千本", "35000×1 本 None [] false "),
            ("1万2,000人以上", "12000×1 人 Some(Ge) [] false "),
            ("2千3百人", "2300×1 人 None [] false "),
            ("1兆2,000億円", "12000×100000000 円 None [] false "),
            ("3万50000円", "null"),
            ("1.5億5千万円", "null"),
            ("40台(20%減)", "40×1 台 None [] false 20%減"),
            ("1,200件", "1200×1 件 None [] false "),
            ("約30人", "30×1 人 Some(About) [] false "),
            ("99.3%", "99.3×1 % None [] false "),
            ("100人未満", "100×1 人 Some(Lt) [] false "),
            ("3", "3×1  None [] false "),
            ("毎年10件", "10×1 件 None [\"年\"] false "),
            ("12か所", "12×1 か所 None [] false "),
            ("3つ", "3×1 つ None [] false "),
            ("80％を維持", "80×1 % Some(Eq) [] false "),
            ("500㎡", "500×1 ㎡ None [] false "),
            ("3日間", "3×1 日間 None [] false "),
            ("2時間以内", "2×1 時間 Some(Le) [] false "),
            ("10月中", "null"),
            ("午後5時", "null"),
            ("5時", "null"),
            ("5回開催", "null"),
            ("2課で実施", "null"),
            ("20%減", "null"),
            ("10～20件", "null"),
            ("3校/10校", "null"),
            ("実施", "null"),
            ("完了", "null"),
            ("3日以内", "3×1 日 Some(Le) [] false "),
            ("14日", "null"),
            ("9月程度", "null"),
            ("2027年3月", "null"),
            ("令和9年度", "null"),
            ("第3期計画", "null"),
        ] {
            assert_eq!(line(words), expected, "{words}");
        }
    }
}
