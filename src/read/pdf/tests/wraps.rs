//! Lines of a cell -> which go on, and which begin an item or a paragraph.

use super::sample::{Sample, cell, cells};
use crate::sheet::Reading;

#[test]
fn a_line_wraps_where_the_next_character_would_not_have_fitted() {
    let reading = cell(100.0)
        .text(13.0, 30.0, 10.0, "公園の管理を進め地域")
        .text(13.0, 45.0, 10.0, "に開く。")
        .read();
    assert_eq!(cells(&reading)[0], "公園の管理を進め地域~に開く。|");
    let reading = cell(100.0)
        .text(13.0, 30.0, 10.0, "公園の管理を進める")
        .text(13.0, 45.0, 10.0, "地域に開く公園とする")
        .read();
    assert_eq!(
        cells(&reading)[0],
        "公園の管理を進める~地域に開く公園とする|"
    );
    let reading = cell(100.0)
        .text(13.0, 30.0, 10.0, "公園の管理")
        .text(13.0, 45.0, 10.0, "地域に開く公園とする")
        .read();
    assert_eq!(cells(&reading)[0], "公園の管理|地域に開く公園とする|");
}

#[test]
fn closing_punctuation_words_and_brackets_come_along() {
    // 9 of 10 ems: one character would have fitted, not with its punctuation.
    let full = "一二三四五六七八九十";
    let wraps = |next: &str| {
        let reading = cell(100.0)
            .text(13.0, 30.0, 10.0, "公園の管理を進める")
            .text(13.0, 45.0, 10.0, next)
            .text(13.0, 60.0, 10.0, full)
            .read();
        cells(&reading)[0].starts_with("公園の管理を進める~")
    };
    assert!(wraps("為、市民と話し合い行"));
    assert!(wraps("「緑」を守り育ててい"));
    assert!(wraps("OJTを行う者を選ぶ"));
}

#[test]
fn marks_begin_lines_and_a_middle_dot_in_a_word_does_not() {
    let list = cell(100.0)
        .text(13.0, 30.0, 10.0, "・樹木の調査を行う事")
        .text(13.0, 45.0, 10.0, "・台帳の整備")
        .read();
    assert_eq!(cells(&list)[0], "・樹木の調査を行う事|・台帳の整備|");
    let step = cell(100.0)
        .text(13.0, 30.0, 10.0, "台帳の整備を済ませる")
        .text(13.0, 45.0, 10.0, "⇒公表する")
        .read();
    assert_eq!(cells(&step)[0], "台帳の整備を済ませる|⇒公表する|");
    let sentences = |breaks_anywhere| {
        let mut sample = cell(100.0)
            .text(13.0, 30.0, 10.0, "・樹木を育てる。")
            .text(13.0, 45.0, 10.0, "・市民と職員が公園緑")
            .text(13.0, 60.0, 10.0, "・地を守る。");
        sample.marks.breaks_anywhere = breaks_anywhere;
        cells(&sample.read())[0].clone()
    };
    assert_eq!(
        sentences(false),
        "・樹木を育てる。|・市民と職員が公園緑|・地を守る。|"
    );
    assert_eq!(
        sentences(true),
        "・樹木を育てる。|・市民と職員が公園緑~・地を守る。|"
    );
    let word = cell(100.0)
        .text(13.0, 30.0, 10.0, "公園の管理に係る検証")
        .text(13.0, 45.0, 10.0, "・見直し")
        .read();
    assert_eq!(cells(&word)[0], "公園の管理に係る検証~・見直し|");
    let numbered = cell(100.0)
        .text(13.0, 30.0, 10.0, "①樹木の調査を行う事")
        .text(13.0, 45.0, 10.0, "②台帳の整備")
        .read();
    assert_eq!(cells(&numbered)[0], "①樹木の調査を行う事|②台帳の整備|");
}

#[test]
fn a_full_line_at_a_sentences_end_goes_by_how_the_others_stand() {
    let codes = |reading: &Reading| -> Vec<String> {
        reading.notes.iter().map(|note| note.code.clone()).collect()
    };
    let lines = |texts: [&str; 3]| {
        let mut sample = cell(100.0);
        for (y, text) in [30.0, 45.0, 60.0].into_iter().zip(texts) {
            sample = sample.text(13.0, y, 10.0, text);
        }
        sample.read()
    };
    // The sentences stand one after the other on a line.
    let flow = lines(["公園の管理を進める。", "地域に開く。緑を守り", "育てる。"]);
    assert_eq!(
        cells(&flow)[0],
        "公園の管理を進める。~地域に開く。緑を守り~育てる。|"
    );
    // One had room, and the next stands on a line of its own.
    let apart = lines(["地域に開く。", "公園の管理を進める。", "緑を守り育てる。"]);
    assert_eq!(
        cells(&apart)[0],
        "地域に開く。|公園の管理を進める。|緑を守り育てる。|"
    );
    assert!(codes(&flow).is_empty() && codes(&apart).is_empty());
    let unknown = lines([
        "市民と話し合いの場を",
        "設けて公園を見直す。",
        "緑を守り育てる。",
    ]);
    assert_eq!(codes(&unknown), ["line-end-uncertain"]);
}

#[test]
fn a_middle_dot_after_a_verb_begins_an_item() {
    let list = |second: &str| {
        let mut sample = cell(100.0)
            .text(13.0, 30.0, 10.0, "・樹木を育てる。")
            .text(13.0, 45.0, 10.0, second)
            .text(13.0, 60.0, 10.0, "・緑地の管理を行う。");
        sample.marks.breaks_anywhere = true;
        let reading = sample.read();
        (cells(&reading)[0].clone(), reading.notes.len())
    };
    let verb = "・樹木を育てる。|・市民との場を設ける|・緑地の管理を行う。|";
    assert_eq!(list("・市民との場を設ける"), (verb.to_owned(), 0));
    let (_, notes) = list("・市民との公園の調査");
    assert_eq!(
        notes, 1,
        "a noun before the dot: an item, or two nouns joined"
    );
}

#[test]
fn a_centred_heading_breaks_before_its_gloss() {
    let reading = Sample::new()
        .table(&[10.0, 56.0], &[10.0, 60.0, 90.0])
        .text(13.0, 30.0, 10.0, "いつまで")
        .text(18.0, 45.0, 10.0, "(期限)")
        .read();
    assert_eq!(cells(&reading)[0], "いつまで|(期限)|");
}

#[test]
fn punctuation_that_stands_in_the_padding_says_nothing_of_the_edge() {
    // ReportLab fills a line up to its edge and lets 。 stand beyond it.
    let reading = Sample::new()
        .table(&[20.0, 170.0], &[20.0, 70.0, 90.0])
        .text(26.0, 32.0, 8.0, "支出の誤りが0件である。また、毎月")
        .text(26.0, 43.0, 8.0, "の点検の結果を全ての課と共有し、同")
        .text(26.0, 54.0, 8.0, "じ誤りが続けて起こらない状態にする。")
        .read();
    assert_eq!(
        cells(&reading)[..1],
        [
            "支出の誤りが0件である。また、毎月~の点検の結果を全ての課と共有し、同~じ誤りが続けて起こらない状態にする。|"
        ]
    );
}
