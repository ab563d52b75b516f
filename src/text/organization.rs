//! Names of units and posts: 課税課・納税課, 政策経営部長.

/// Endings of a unit's name.
pub const UNIT_ENDINGS: &[&str] = &[
    "課",
    "室",
    "係",
    "担当",
    "部",
    "局",
    "所",
    "館",
    "センター",
    "事務局",
    "会",
    "校",
    "園",
    "病院",
    "署",
    "機構",
    "大学",
    "公社",
    "組合",
    "連合",
    "試験場",
    "処理場",
    "協会",
    "財団",
    "学院",
    "支庁",
    "班",
    "グループ",
    "チーム",
];

/// Whether a name ends like a unit.
pub fn is_unit(name: &str) -> bool {
    let name = name.trim();
    UNIT_ENDINGS
        .iter()
        .any(|ending| name.len() > ending.len() && name.ends_with(ending))
}

/// The units that a cell names, and whether 共通 is among them.
///
/// `lines` are the cell's lines joined over wraps. A name is split at ・ 、 ， ／ or between lines only when
/// every piece ends like a unit: 課税課・納税課 are two, DX・行政改革室 is one.
pub fn units(lines: &[&str]) -> (Vec<String>, bool) {
    let mut common = false;
    let mut names = Vec::new();
    let lines: Vec<String> = lines
        .iter()
        .map(|line| line.split_whitespace().collect::<String>())
        .filter(|line| !line.is_empty())
        .filter_map(|line| match after_common(&line) {
            Some(rest) => {
                common = true;
                (!rest.is_empty()).then(|| rest.to_owned())
            }
            None => Some(line),
        })
        .collect();
    if lines.iter().all(|line| is_unit(line)) {
        names.extend(lines.iter().flat_map(|line| split_units(line)));
    } else {
        names.extend(split_units(&lines.concat()));
    }
    names.retain(|name| {
        let is_common = name == COMMON;
        common |= is_common;
        !is_common && !name.is_empty()
    });
    (names, common)
}

const COMMON: &str = "共通";

/// What follows 共通 where it stands alone or directly before a unit: 共通職員課 → 職員課; 共通基盤課 is one unit
/// only if nothing says otherwise, and machine reading joins a two-line cell in just this way.
fn after_common(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix(COMMON)?
        .trim_start_matches(['・', '、', '，', '/', '／', '(', '（']);
    let rest = rest.trim_end_matches([')', '）']);
    (rest.is_empty() || rest.split(SEPARATORS).all(is_unit)).then_some(rest)
}

const SEPARATORS: [char; 7] = ['・', '･', '、', '，', ',', '/', '／'];

fn split_units(line: &str) -> Vec<String> {
    let pieces: Vec<&str> = line
        .split(SEPARATORS)
        .filter(|piece| !piece.is_empty())
        .collect();
    let whole = |piece: &&str| is_unit(piece) || *piece == COMMON;
    if pieces.len() > 1 && pieces.iter().all(whole) {
        pieces.into_iter().map(str::to_owned).collect()
    } else if line.is_empty() {
        Vec::new()
    } else {
        vec![line.to_owned()]
    }
}

/// 部, 課 or 室, 担当 or 係 of a unit's full name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitPath {
    /// 部, 局 and their like.
    pub department: Option<String>,
    /// 課, 室 and their like.
    pub section: Option<String>,
    /// 担当, 係.
    pub unit: Option<String>,
}

/// 政策経営部企画政策課 公共施設再編担当 → its three levels.
///
/// A municipality's name before them, set apart by white space, is left out.
pub fn unit_path(name: &str) -> UnitPath {
    let mut rest: String = without_municipality(name).split_whitespace().collect();
    let department = take_level(&mut rest, &["部", "局", "委員会"], |head| {
        !matches!(head, "内部" | "外部" | "一部" | "全部" | "支部")
    });
    // 公園課, 学校教育課, 図書館管理課: the endings of facilities stand inside names of 課 and 室 too.
    let facilities = ["センター", "事務所", "館", "園", "校", "所"];
    let section = take_level(&mut rest, &["課", "室"], |_| true)
        .or_else(|| take_level(&mut rest, &facilities, |_| true));
    let unit = Some(rest).filter(|rest| !rest.is_empty() && is_unit(rest));
    UnitPath {
        department,
        section,
        unit,
    }
}

/// 緑野市　総務部 → 総務部.
fn without_municipality(name: &str) -> &str {
    let name = name.trim();
    match name.split_once(char::is_whitespace) {
        Some((first, rest))
            if first.chars().count() > 1
                && first.ends_with(['市', '区', '町', '村', '県', '都', '府', '道']) =>
        {
            rest
        }
        _ => name,
    }
}

/// Takes the shortest prefix that ends like this level; for departments the longest chain of them.
fn take_level(rest: &mut String, endings: &[&str], fits: impl Fn(&str) -> bool) -> Option<String> {
    let end = rest.char_indices().find_map(|(at, c)| {
        let end = at + c.len_utf8();
        let head = &rest[..end];
        let ends = endings
            .iter()
            .any(|ending| head.ends_with(ending) && head.len() > ending.len());
        // 事務局 and 委員会事務局 end with the longer word.
        let goes_on = rest[end..].starts_with("事務局");
        (ends && !goes_on && fits(head)).then_some(end)
    })?;
    let tail = rest.split_off(end);
    let head = std::mem::replace(rest, tail);
    Some(head)
}

/// The unit that a post heads: 政策経営部長 → 政策経営部, 企画政策課長 → its 課, 健康福祉部参事 → 健康福祉部.
/// `None` for posts that name no unit (会計管理者, 教育長).
pub fn unit_of_post(post: &str) -> Option<UnitPath> {
    let post: String = without_municipality(post).split_whitespace().collect();
    let unit = [
        "部長",
        "局長",
        "課長",
        "室長",
        "所長",
        "館長",
        "園長",
        "校長",
        "係長",
        "センター長",
    ]
    .iter()
    .find(|ending| post.ends_with(**ending))
    .map(|_| post.trim_end_matches('長').to_owned())
    .or_else(|| {
        ["次長", "参事", "理事", "主幹"]
            .iter()
            .find_map(|ending| post.strip_suffix(ending))
            .map(str::to_owned)
    })?;
    // 健康福祉部健康推進担当部長 heads a part of 健康福祉部.
    let unit = match unit.strip_suffix("担当部") {
        Some(_) => unit.trim_end_matches('部').to_owned(),
        None => unit,
    };
    let path = unit_path(&unit);
    (path != UnitPath::default()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(lines: &[&str]) -> (Vec<String>, bool) {
        units(lines)
    }

    #[test]
    fn units_split_only_when_every_piece_is_one() {
        assert_eq!(
            names(&["課税課・納税課"]),
            (vec!["課税課".into(), "納税課".into()], false)
        );
        assert_eq!(
            names(&["DX・行政改革室"]),
            (vec!["DX・行政改革室".into()], false)
        );
        assert_eq!(
            names(&["男女平等・消費生活担当"]),
            (vec!["男女平等・消費生活担当".into()], false)
        );
        assert_eq!(names(&["共通"]), (vec![], true));
        assert_eq!(names(&["共通職員課"]), (vec!["職員課".into()], true));
        assert_eq!(names(&["共通", "職員課"]), (vec!["職員課".into()], true));
        assert_eq!(names(&["共通・職員課"]), (vec!["職員課".into()], true));
        assert_eq!(
            names(&["公共施設", "マネジメント室"]),
            (vec!["公共施設マネジメント室".into()], false)
        );
        assert_eq!(
            names(&["契約課", "管財課"]),
            (vec!["契約課".into(), "管財課".into()], false)
        );
    }

    #[test]
    fn posts_name_their_units() {
        assert_eq!(
            unit_of_post("政策経営部長")
                .and_then(|p| p.department)
                .as_deref(),
            Some("政策経営部")
        );
        assert_eq!(
            unit_of_post("健康福祉部健康推進担当部長")
                .and_then(|p| p.department)
                .as_deref(),
            Some("健康福祉部")
        );
        let path = unit_of_post("総務部 職員課長").unwrap();
        assert_eq!(
            (path.department.as_deref(), path.section.as_deref()),
            (Some("総務部"), Some("職員課"))
        );
        assert_eq!(
            unit_of_post("緑野市　みどり環境部長")
                .and_then(|p| p.department)
                .as_deref(),
            Some("みどり環境部")
        );
        assert_eq!(unit_of_post("会計管理者"), None);
    }

    #[test]
    fn paths_have_three_levels() {
        let path = unit_path("政策経営部企画政策課 公共施設再編担当");
        assert_eq!(path.department.as_deref(), Some("政策経営部"));
        assert_eq!(path.section.as_deref(), Some("企画政策課"));
        assert_eq!(path.unit.as_deref(), Some("公共施設再編担当"));
        assert_eq!(
            unit_path("総務部内部統制室").section.as_deref(),
            Some("内部統制室")
        );
        let path = unit_path("まちづくり部公園課 緑化推進担当");
        assert_eq!(path.section.as_deref(), Some("公園課"));
        assert_eq!(path.unit.as_deref(), Some("緑化推進担当"));
        assert_eq!(
            unit_path("教育部中央図書館").section.as_deref(),
            Some("中央図書館")
        );
    }
}
