//! What stands raised, lowered, small or spread beside text -> whose it is.

use super::sample::{Sample, cell, cells, outside};

#[test]
fn raised_and_lowered_characters_are_of_the_line_beside_them() {
    for (part, rise) in [(0.9, 4.5), (0.8, 5.0), (0.8, -2.5), (0.7, 4.5), (0.6, 3.0)] {
        let reading = Sample::new()
            .table(&[10.0, 150.0], &[10.0, 60.0, 90.0])
            .text(13.0, 40.0, 10.0, "面積m")
            .text(38.0, 40.0 - rise, 10.0 * part, "2")
            .text(38.0 + 5.0 * part, 40.0, 10.0, "の点検")
            .read();
        assert_eq!(cells(&reading)[0], "面積m2の点検|", "{part} {rise}");
    }
    let notes = Sample::new()
        .text(50.0, 50.0, 10.0, "公園の利用者は増えている。")
        .text(50.0, 60.0, 7.0, "注 前の年度との比較である。")
        .read();
    assert_eq!(outside(&notes).len(), 2, "a small line under another");
}

#[test]
fn a_number_in_the_middle_beside_two_lines_is_read_before_them() {
    let reading = Sample::new()
        .table(&[10.0, 150.0], &[10.0, 60.0, 90.0])
        .text(35.0, 30.0, 10.0, "公園緑地")
        .text(13.0, 36.0, 10.0, "4")
        .text(35.0, 42.0, 10.0, "維持管理費")
        .read();
    assert_eq!(cells(&reading)[0], "4|公園緑地|維持管理費|");
}

#[test]
fn readings_on_the_line_itself_are_no_text_of_it() {
    let sample = |small: &str| {
        cell(100.0)
            .text(13.0, 30.0, 10.0, "強靱")
            .text(33.0, 30.0, 5.0, small)
            .text(
                33.0 + 5.0 * small.chars().count() as f32,
                30.0,
                10.0,
                "な街",
            )
            .read()
    };
    let reading = sample("じん");
    assert_eq!(cells(&reading)[0], "強靱な街|");
    let ruby = &super::sample::grids(&reading)[0].cells[0].lines[0].ruby[0];
    assert_eq!(ruby.base.of(&reading.text), "靱");
    assert_eq!(ruby.reading.of(&reading.text), "じん");
    assert_eq!(cells(&sample("の"))[0], "強靱のな街|", "a small particle");
    assert_eq!(
        cells(&sample("について"))[0],
        "強靱についてな街|",
        "another"
    );
    let all = |second: (&str, f32)| {
        let reading = cell(100.0)
            .text(13.0, 30.0, 10.0, "街")
            .text(23.0, 30.0, 5.0, "まち")
            .text(33.0, 30.0, 10.0, "緑野")
            .text(53.0, 30.0, 5.0, second.0)
            .text(53.0 + second.1, 30.0, 5.0, "計画")
            .read();
        cells(&reading).swap_remove(0)
    };
    assert_eq!(
        all(("のための", 20.0)),
        "街まち緑野のための計画|",
        "more of the line is small than readings"
    );
    let over_two = |rest: (&str, f32)| {
        let reading = cell(100.0)
            .text(13.0, 24.0, 10.0, "市民の力と行政協働")
            .text(103.0, 24.0, 5.0, "きょ")
            .text(13.0, 40.0, 5.0, rest.0)
            .text(13.0 + rest.1, 40.0, 10.0, "を進める。")
            .read();
        cells(&reading).swap_remove(0)
    };
    assert_eq!(over_two(("うどう", 15.0)), "市民の力と行政協働~を進める。|");
    assert_eq!(
        over_two(("うどう室", 20.0)),
        "市民の力と行政協働きょ~うどう室を進める。|",
        "no reading on the second line, and none on the first"
    );
    let most = cell(100.0)
        .text(13.0, 30.0, 10.0, "公園")
        .text(33.0, 30.0, 5.0, "こうえん")
        .text(53.0, 30.0, 10.0, "へ")
        .read();
    assert_eq!(
        cells(&most)[0],
        "公園へ|",
        "most of the glyphs are of readings"
    );
    assert_eq!(cells(&sample("事業"))[0], "強靱事業な街|", "no kana");
}

#[test]
fn marks_of_emphasis_and_readings_in_kanji_are_no_lines() {
    let above = |small: &str| {
        let reading = cell(100.0)
            .text(13.0, 24.5, 5.0, small)
            .text(13.0, 33.5, 10.0, "遊具を調べる")
            .read();
        cells(&reading)[0].clone()
    };
    assert_eq!(above("﹅　﹅"), "遊具を調べる|");
    assert_eq!(above("遊技用具"), "遊具を調べる|");
    let apart = cell(100.0)
        .text(13.0, 20.0, 5.0, "単位千円")
        .text(13.0, 33.5, 10.0, "遊具を調べる")
        .read();
    assert_eq!(cells(&apart)[0], "単位千円|遊具を調べる|", "farther above");
}

#[test]
fn entries_that_are_spread_over_the_column_are_no_full_lines() {
    let spread = |lines: [(&str, f32); 3]| {
        let texts = lines.into_iter().zip([25.0, 40.0, 55.0]);
        let sample = texts.fold(cell(100.0), |sample, ((text, by), y)| {
            sample.text(13.0, y, 10.0, text).spread(by)
        });
        cells(&sample.read()).swap_remove(0)
    };
    // 100 points: (100 - 10 n) / (n - 1) between n characters.
    let entries = spread([("地方税", 35.0), ("地方譲与税", 12.5), ("交付金", 35.0)]);
    assert_eq!(entries, "地方税|地方譲与税|交付金|");
    let justified = spread([
        ("公園の管理を進め市", 1.25),
        ("民と話し合って行く", 1.25),
        ("事。", 0.0),
    ]);
    assert_eq!(justified, "公園の管理を進め市~民と話し合って行く~事。|");
}

#[test]
fn a_text_in_the_middle_over_filled_neighbours_is_its_own_cells() {
    let reading = Sample::new()
        .table(&[10.0, 90.0, 170.0, 250.0], &[10.0, 40.0, 70.0])
        .text(15.0, 30.0, 10.0, "042-000-0002")
        .text(80.0, 30.0, 10.0, "midorino.example/a/b")
        .text(175.0, 30.0, 10.0, "○")
        .read();
    assert_eq!(
        cells(&reading)[..3],
        ["042-000-0002|", "midorino.example/a/b|", "○|"]
    );
    // Two texts of one cell do not lie over each other.
    let over = Sample::new()
        .table(&[10.0, 90.0, 170.0, 250.0], &[10.0, 40.0, 70.0])
        .text(15.0, 30.0, 10.0, "０４２の０００２番")
        .text(84.0, 30.0, 9.0, "midorino.example/a/b/c")
        .read();
    assert_eq!(
        cells(&over)[..2],
        ["０４２の０００２番|", "midorino.example/a/b/c|"]
    );
}
