//! Which lines begin sections, and at which level.

use super::*;
use crate::document::value::TextBlock;
use crate::layout::paragraphs::paragraphs;
use crate::place::Place;
use crate::sheet::{Block, Line, LineEnd, TextRange};

const LEVELS: [LabelStyle; 6] = [
    LabelStyle::Dai,
    LabelStyle::Arabic,
    LabelStyle::Paren,
    LabelStyle::Kana,
    LabelStyle::ParenKana,
    LabelStyle::Latin,
];

/// The sections of these lines, each as `id role heading|blocks`, and the codes of the notes.
fn read(lines: &[&str]) -> (Vec<String>, Vec<String>) {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for (line, number) in lines.iter().zip(1..) {
        let start = text.len() as u32;
        text.push_str(line);
        let range = TextRange {
            start,
            end: text.len() as u32,
        };
        text.push('\n');
        blocks.push(Block::Line(Line {
            range,
            ends: LineEnd::Break,
            place: Place::Line { line: number },
            ruby: Vec::new(),
            room: None,
        }));
    }
    let mut notes = Vec::new();
    let parts = blocks
        .iter()
        .enumerate()
        .map(|(at, block)| ((0, at), block));
    let own = paragraphs(parts, &[], &text);
    let answers = ["【部の方針】".to_owned()];
    let rules = Rules {
        levels: &LEVELS,
        answers: &answers,
    };
    let outline = outline(&own, &rules, &text, &mut notes);
    let mut shown = Vec::new();
    for section in outline.sections.iter().flat_map(Section::with_children) {
        let blocks: Vec<String> = section.blocks.iter().map(TextBlock::marked).collect();
        let quoted = if section.role == Role::Quoted {
            "引用 "
        } else {
            ""
        };
        shown.push(format!(
            "{} {quoted}{}|{}",
            section.id,
            section.heading.as_deref().unwrap_or_default(),
            blocks.join("/")
        ));
    }
    (shown, notes.iter().map(|note| note.code.clone()).collect())
}

#[test]
fn levels_nest_in_the_order_of_official_documents() {
    let (sections, notes) = read(&[
        "第1　総則",
        "1　目標",
        "(1)　数字で表す。",
        "ア　割合を用いる。",
        "(ア)　分母を示す。",
        "a　同じ分母とする。",
        "イ　値を示す。",
        "2　時期",
        "・9月末",
        "第2　記録",
        "1　残し方",
        "その日に残す。",
        "2　見せ方",
        "その場で見せる。",
    ]);
    assert_eq!(
        sections,
        [
            "1 総則|",
            "1.1 目標|",
            "1.1.1 |数字で表す。",
            "1.1.1.1 |割合を用いる。",
            "1.1.1.1.1 |分母を示す。/a同じ分母とする。",
            "1.1.1.2 |値を示す。",
            "1.2 時期|・9月末",
            "2 記録|",
            "2.1 残し方|その日に残す。",
            "2.2 見せ方|その場で見せる。",
        ]
    );
    // A single letter without a second is no list.
    assert_eq!(notes, ["label-out-of-sequence"]);
}

#[test]
fn numbers_in_sentences_begin_no_section() {
    let (sections, notes) = read(&[
        "1　端末",
        "・学校で使う。",
        "3年間の記録を残す。",
        "1人1台を配る。",
        "30 年先を見通す。",
        "2　紙",
        "減らす。",
    ]);
    assert_eq!(
        sections,
        [
            "1 端末|・学校で使う。/3年間の記録を残す。/1人1台を配る。/30年先を見通す。",
            "2 紙|減らす。"
        ]
    );
    assert_eq!(notes, ["label-out-of-sequence"]);
}

#[test]
fn a_heading_has_deeper_content_and_is_no_sentence() {
    let (sections, _) = read(&[
        "1　窓口",
        "(1)　早く",
        "(2)　正しく答えること。",
        "・二人で確かめる。",
        "2　終わりに",
    ]);
    assert_eq!(
        sections,
        [
            "1 窓口|",
            "1.1 |早く",
            "1.2 |正しく答えること。/・二人で確かめる。",
            "2 |終わりに"
        ]
    );
}

#[test]
fn a_skipped_number_is_a_section_with_a_note_and_a_kana_series_may_be_iroha() {
    let (sections, notes) = read(&[
        "1　窓口",
        "イ　早く",
        "ロ　正しく",
        "ハ　親切に",
        "3　記録",
        "残す。",
    ]);
    assert_eq!(
        sections,
        [
            "1 窓口|",
            "1.1 |早く",
            "1.2 |正しく",
            "1.3 |親切に",
            "3 記録|残す。"
        ]
    );
    assert_eq!(notes, ["label-out-of-sequence"]);
}

#[test]
fn answers_make_their_clauses_quoted() {
    let (sections, _) = read(&[
        "① 橋を直すこと。",
        "【部の方針】",
        "・点検する。",
        "① 31の橋",
        "② 84の橋",
        "② 道を直すこと。",
        "【部の方針】見回る。",
    ]);
    assert_eq!(
        sections,
        [
            "1 引用 |橋を直すこと。",
            "1.1 【部の方針】|・点検する。/①31の橋/②84の橋",
            "2 引用 |道を直すこと。",
            "2.1 【部の方針】|見回る。",
        ]
    );
}
