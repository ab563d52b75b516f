//! Labels around a table that no layout names -> what their values are: by the word that the label ends with, and by
//! whether the value is of that kind.

use super::definition::HeaderField;
use super::infer::words;
use super::passage::Passage;
use super::signatory;
use crate::sheet::CellValue;
use crate::text::organization::is_unit;
use crate::text::{self, era};

/// Longest label in characters: 学校経営の重点目標 and the like are shorter.
const LONGEST_LABEL: usize = 16;
/// What an organization is for takes at least as many characters.
const SHORTEST_MISSION: usize = 6;
/// Longest name of a unit or person with its post.
const LONGEST_NAME: usize = 40;

/// Endings of labels whose value is an organization: with 名 or 名称 after them or without.
const UNITS: [&str; 25] = [
    "部局",
    "部課",
    "部署",
    "部",
    "局",
    "課",
    "課所",
    "課かい",
    "室",
    "係",
    "所属",
    "所管",
    "組織",
    "機関",
    "学校",
    "校",
    "園",
    "病院",
    "事業所",
    "施設",
    "法人",
    "消防署",
    "センター",
    "館",
    "場",
];
/// Endings of labels whose value is a person, with a post or without.
const PERSONS: [&str; 12] = [
    "氏名",
    "長名",
    "長等名",
    "者名",
    "職・氏名",
    "職氏名",
    "担当者",
    "責任者",
    "記入者",
    "作成者",
    "評価者",
    "記載者",
];
/// Words of labels whose value is what the organization is for.
const MISSIONS: [&str; 7] = [
    "使命",
    "ミッション",
    "ビジョン",
    "理念",
    "目指す学校像",
    "目標像",
    "組織目標",
];
const DAYS: [&str; 6] = ["日", "現在", "時点", "作成", "更新", "提出"];
/// Endings of posts beside those that sign notices.
const POSTS: [&str; 9] = [
    "院長",
    "署長",
    "消防長",
    "師長",
    "会長",
    "学長",
    "班長",
    "隊長",
    "主任",
];
const YEARS: [&str; 3] = ["年度", "対象期間", "評価期間"];

/// What the value of a label is; `None` where the label says nothing or the value is of another kind.
pub(crate) fn field_of(label: &str, value: &Passage, text: &str) -> Option<HeaderField> {
    let key = text::heading_key(label);
    let key = key.trim_end_matches(':');
    if key.chars().count() > LONGEST_LABEL {
        return None;
    }
    let plain = value.plain(text);
    let ends = |words: &[&str]| words.iter().any(|word| key.ends_with(word));
    if ends(&PERSONS) || is_head_of_unit(key) {
        return person_field(value, text);
    }
    let unit = key
        .strip_suffix("名称")
        .or_else(|| key.strip_suffix('名'))
        .unwrap_or(key);
    if UNITS.iter().any(|word| unit.ends_with(word)) {
        return is_organization(&plain).then_some(HeaderField::Organization);
    }
    if ends(&DAYS) {
        let is_day = era::day(&plain).is_some() || matches!(value.value, CellValue::Day(..));
        return is_day.then_some(HeaderField::PreparedOn);
    }
    if ends(&YEARS) {
        let names_year =
            !era::fiscal_years(&plain).is_empty() || era::year_of_period(&plain).is_some();
        return names_year.then_some(HeaderField::FiscalYear);
    }
    let says_something = plain.chars().count() >= SHORTEST_MISSION;
    (ends(&MISSIONS) && says_something).then_some(HeaderField::Mission)
}

/// Whether a label names the head of a unit: 所属長, 校長, 部等の長.
fn is_head_of_unit(key: &str) -> bool {
    key.ends_with("の長") || key == "所属長" || is_post(key)
}

fn is_post(name: &str) -> bool {
    signatory::is_post(name) || POSTS.iter().any(|ending| name.ends_with(ending))
}

/// Whether cells side by side are labels with their values, as they stand above a table, and no headings.
pub(crate) fn are_labels(cells: &[Passage], text: &str) -> bool {
    let mut pairs = cells.windows(2);
    let is_told =
        pairs.any(|pair| matches!(pair, [label, value] if is_surely_told(label, value, text)));
    // One label with what is no heading beside it.
    is_told || matches!(cells, [_, value] if is_statement(&value.plain(text)))
}

/// Whether one cell is the label of the other's value, and both no headings: 課名 and a unit, a post and a name, a day.
fn is_surely_told(label: &Passage, value: &Passage, text: &str) -> bool {
    let plain = value.plain(text);
    let label = text::heading_key(&label.raw(text));
    let is_heading = words::whole(&text::heading_key(&plain)).is_some();
    let is_name = plain.trim().contains(char::is_whitespace);
    let is_area = ["市町村名", "都道府県名", "団体名", "自治体名"].contains(&label.as_str())
        && plain.ends_with(['都', '道', '府', '県', '市', '区', '町', '村']);
    is_area
        || !is_heading
            && match field_of(&label, value, text) {
                Some(HeaderField::Organization) => label.ends_with('名'),
                Some(HeaderField::Person) => is_name,
                Some(HeaderField::PreparedOn) => true,
                // A phrase with a comma is no heading.
                Some(HeaderField::Mission) => is_statement(&plain) || plain.contains('、'),
                _ => false,
            }
}

/// Whether a text says something whole, as no heading does: it ends as a sentence, or counts several things.
fn is_statement(plain: &str) -> bool {
    let key = text::key(plain);
    let sentences = key.contains('。') || key.ends_with(['!', 'る', 'す', 'う']);
    let mut numbers = plain
        .split([' ', '\u{3000}', '\n'])
        .filter(|word| word.chars().next().is_some_and(char::is_numeric));
    sentences || numbers.nth(1).is_some()
}

/// What the value of a label for a person is: a post alone is one.
pub(crate) fn person_field(value: &Passage, text: &str) -> Option<HeaderField> {
    let plain = text::squash(&value.plain(text));
    let is_name = plain.chars().count() <= LONGEST_NAME && !plain.contains(['。', '、', ':', '：']);
    let is_number = plain.chars().any(char::is_numeric);
    (is_name && !is_number).then(|| {
        if is_post(&plain) {
            HeaderField::Post
        } else {
            HeaderField::Person
        }
    })
}

/// Whether a text is the name of an organization: a unit, a school, an agency.
pub(crate) fn is_organization(plain: &str) -> bool {
    let name = text::squash(plain);
    let lines = plain.lines().count();
    let has_stop = name.contains(['。', '、', '：', ':']);
    lines <= 2 && name.chars().count() <= LONGEST_NAME && !has_stop && is_unit(&name)
}

/// 企画部長　浅間　広人 → the post and the name; `None` if it is not both.
pub(crate) fn post_and_person(value: &Passage, text: &str) -> Option<(Passage, Passage)> {
    let [piece] = value.lines.as_slice() else {
        return None;
    };
    let line = piece.range.of(text);
    let spaces = line.char_indices().filter(|(_, c)| c.is_whitespace());
    let cut = spaces.map(|(at, _)| at).find(|&at| {
        let post = text::squash(line.get(..at).unwrap_or_default());
        is_post(&post)
    })?;
    let name = line.get(cut..)?.trim_start();
    let start = line.len() - name.len();
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_whitespace() || signatory::may_stand_in_name(c));
    if !is_name {
        return None;
    }
    Some((value.part(0, 0..cut)?, value.part(0, start..line.len())?))
}
