//! Japanese typesetting: room between Japanese and Latin text, close punctuation, readings beside vertical text, two
//! small lines in one, half-width kana.

use super::font_codes::{shown, to_unicode};
use super::sample::{Sample, outside};

#[test]
fn room_between_japanese_and_latin_text_is_no_space_and_a_space_is_one() {
    // A quarter of an em, which programs leave by moving on (JIS X 4051 §4.7).
    let moved = Sample::new()
        .text(20.0, 50.0, 10.0, "令和")
        .text(42.5, 50.0, 10.0, "8")
        .text(50.0, 50.0, 10.0, "年度の")
        .text(82.5, 50.0, 10.0, "Web")
        .text(100.0, 50.0, 10.0, "会議");
    assert_eq!(outside(&moved.read()), ["令和8年度のWeb会議!"]);
    // A space that is painted, however narrow, and one in an operator of its own.
    let typed = Sample::new()
        .text(20.0, 50.0, 10.0, "令和 8 年度の")
        .text(80.0, 50.0, 10.0, " ")
        .text(85.0, 50.0, 10.0, "Web 会議");
    assert_eq!(outside(&typed.read()), ["令和 8 年度の Web 会議!"]);
    let squeezed = Sample::new()
        .text(20.0, 50.0, 10.0, "令和 8 年度")
        .spread(-2.5);
    assert_eq!(outside(&squeezed.read()), ["令和 8 年度!"]);
}

#[test]
fn punctuation_pushed_together_beside_vertical_text_stays_in_its_line() {
    let line = Sample::new()
        .text(100.0, 100.0, 10.0, "句読点")
        .text(130.0, 100.0, 10.0, "．”")
        .spread(-5.0);
    let column = "縦書きの引用文".chars().zip(0u8..);
    let page = column.fold(line, |sample, (c, at)| {
        sample.text(150.0, 60.0 + 10.0 * f32::from(at), 10.0, &c.to_string())
    });
    let reading = page.read();
    assert!(reading.notes.is_empty(), "{:?}", reading.notes);
    let lines = outside(&reading);
    assert!(
        lines.iter().any(|line| line.starts_with("句読点．”")),
        "{lines:?}"
    );
}

#[test]
fn words_of_one_letter_stay_in_their_line() {
    // The first letters of four lines stand in a column; the last line goes on.
    let lines = ["甲", "乙", "丙"].iter().zip([60.0, 70.0, 80.0]);
    let page = lines.fold(Sample::new(), |sample, (c, y)| {
        sample.text(100.0, y, 10.0, c)
    });
    let page = page.text(100.0, 90.0, 10.0, "丁戊己").spread(12.0);
    let reading = page.read();
    assert!(reading.notes.is_empty(), "{:?}", reading.notes);
    let lines = outside(&reading);
    assert!(
        lines.iter().any(|line| line.starts_with("丁戊己")),
        "{lines:?}"
    );
}

#[test]
fn two_characters_in_a_row_of_vertical_headings_are_one_line() {
    let row = |headings: [&str; 3]| {
        let table = Sample::new().table(&[10.0, 60.0, 110.0, 160.0], &[10.0, 80.0, 100.0]);
        let cells = headings.iter().zip([30.0, 80.0, 130.0]);
        let page = cells.fold(table, |page, (text, x)| {
            let letters = text.chars().zip([25.0, 37.0, 49.0, 61.0]);
            letters.fold(page, |page, (c, y)| page.text(x, y, 10.0, &c.to_string()))
        });
        super::sample::cells(&page.read())[..3].concat()
    };
    assert_eq!(
        row(["番号", "実施項目", "達成状況"]),
        "番号|実施項目|達成状況|"
    );
    assert_eq!(row(["有無", "実施項目", "有無"]), "有~無|実施項目|有~無|");
}

#[test]
fn a_reading_beside_vertical_text_is_ruby() {
    let page = Sample::new()
        .down(200.0, 50.0, 10.0, "市民と協働して進める")
        .down(207.5, 77.5, 5.0, "きょうどう");
    let reading = page.read();
    assert_eq!(outside(&reading), ["市民と協働して進める!"]);
    let blocks = &reading.sheets[0].blocks;
    let [crate::sheet::Block::Line(line)] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    let ruby = line.ruby[0];
    let (base, text) = (ruby.base.of(&reading.text), ruby.reading.of(&reading.text));
    assert_eq!((base, text), ("協働", "きょうどう"));
}

#[test]
fn two_small_lines_in_one_are_read_one_after_the_other() {
    let page = Sample::new()
        .text(20.0, 50.0, 10.0, "緑野市（")
        .text(60.0, 46.0, 5.0, "第三次総合")
        .text(60.0, 51.0, 5.0, "計画を含む")
        .text(85.0, 50.0, 10.0, "）の施策");
    assert_eq!(
        outside(&page.read()),
        ["緑野市（第三次総合計画を含む）の施策!"]
    );
}

#[test]
fn half_width_kana_of_simple_fonts_are_kept() {
    let named = "/Subtype/TrueType/BaseFont/G/FirstChar 177/Widths[500 500 500]\
        /Encoding<</Differences[177/uniFF76/uniFF9E/uniFF72]>>";
    assert_eq!(shown(named, "<B1 B2 B3>", &[]).0, "ｶﾞｲ");
    let map = to_unicode("1 beginbfrange <B1> <B3> <FF71> endbfrange");
    let mapped = "/Subtype/TrueType/BaseFont/G/FirstChar 177/Widths[500 500 500]/ToUnicode 6 0 R";
    assert_eq!(shown(mapped, "<B1 B2 B3>", &[(6, map)]).0, "ｱｲｳ");
}
