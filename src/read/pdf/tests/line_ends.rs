//! Where a line ends although it is full, and where it does not although it is not: indents, distances, numbers,
//! brackets, hanging punctuation, the side that lines are set at, the page before.

use super::sample::{Sample, cell, cells, outside};
use crate::read::pdf::grids::rules::Drawn;
use crate::read::pdf::lines::measure::Margins;
use crate::read::pdf::page;
use crate::sheet::{LineEnd, Reading};

/// The lines of the first cell, each 15 points below the one before, with where it begins.
fn lines(lines: &[(f32, &str)]) -> String {
    let texts = lines.iter().zip(0u8..);
    let sample = texts.fold(cell(150.0), |sample, ((x, text), at)| {
        sample.text(*x, 25.0 + 15.0 * f32::from(at), 10.0, text)
    });
    cells(&sample.read()).swap_remove(0)
}

#[test]
fn an_indent_begins_a_paragraph_after_a_full_line() {
    assert_eq!(
        lines(&[(13.0, "公園の管理を進めた。"), (23.0, "次の段落。")]),
        "公園の管理を進めた。|次の段落。|"
    );
}

#[test]
fn a_number_like_the_first_ones_begins_an_item_after_a_full_line() {
    assert_eq!(
        lines(&[(13.0, "1. 公園の管理の計画"), (13.0, "2. 台帳の整備")]),
        "1. 公園の管理の計画|2. 台帳の整備|"
    );
    assert_eq!(
        lines(&[(13.0, "公園の管理を進めた。"), (13.0, "(2) 台帳の整備")]),
        "公園の管理を進めた。|(2) 台帳の整備|",
        "or one after a sentence"
    );
}

#[test]
fn what_stands_in_a_bracket_is_no_item() {
    assert_eq!(
        lines(&[
            (13.0, "公園の（樹木の調査を"),
            (13.0, "●印とする）を整える。")
        ]),
        "公園の（樹木の調査を~●印とする）を整える。|"
    );
}

#[test]
fn a_distance_parts_paragraphs_after_a_full_line() {
    let full = "公園の管理を進め地域";
    let sample = [25.0, 37.0, 49.0, 61.0, 85.0]
        .into_iter()
        .fold(cell(150.0), |sample, y| sample.text(13.0, y, 10.0, full));
    let ends = cells(&sample.read())[0].replace(full, "");
    assert_eq!(ends, "~~~||");
}

#[test]
fn a_line_set_apart_ends_although_nothing_more_would_fit() {
    let full: String = "緑野市の公園は市民が".repeat(5);
    let reading = Sample::new()
        .text(470.0, 30.0, 10.0, "令和八年四月一日")
        .text(50.0, 45.0, 10.0, &full)
        .text(50.0, 60.0, 10.0, &full)
        .text(50.0, 75.0, 10.0, "育てる。")
        .read();
    assert_eq!(outside(&reading)[0], "令和八年四月一日|");
}

#[test]
fn punctuation_that_hangs_over_the_edge_does_not_move_it() {
    assert_eq!(
        lines(&[
            (18.0, "公園の管理を進めて、"),
            (18.0, "区域を八つにし。"),
            (18.0, "（A型を選ぶ。")
        ]),
        "公園の管理を進めて、~区域を八つにし。~（A型を選ぶ。|"
    );
}

#[test]
fn what_did_not_fit_before_does_not_fit_later() {
    // The first line shows that half an em more is out of reach; by the estimated padding it would just have fitted.
    let sample = cell(150.0)
        .text(13.0, 25.0, 10.0, "公園の管理を進める")
        .spread(0.3125)
        .text(13.0, 40.0, 10.0, "A区を定めることだ。")
        .text(13.0, 55.0, 10.0, "B区も定める。");
    assert_eq!(
        cells(&sample.read())[0],
        "公園の管理を進める~A区を定めることだ。~B区も定める。|"
    );
}

#[test]
fn lines_set_at_the_right_have_their_room_at_the_left() {
    assert_eq!(
        lines(&[(43.0, "令和八年度から"), (23.0, "令和十年度までの間")]),
        "令和八年度から|令和十年度までの間|"
    );
}

#[test]
fn a_page_of_few_lines_has_the_edges_of_the_one_before() {
    let full: String = "緑野市の公園は市民が".repeat(4);
    let mut margins = Margins::default();
    let first = (0u8..4).fold(Sample::new(), |sample, at| {
        sample.text(50.0, 30.0 + 15.0 * f32::from(at), 10.0, &full)
    });
    page::arrange(
        &first.marks,
        &Drawn::of(&first.marks),
        &mut margins,
        LineEnd::Cut,
    );
    let second = Sample::new()
        .text(50.0, 30.0, 10.0, &full)
        .text(50.0, 45.0, 10.0, "育てる。");
    let drawn = Drawn::of(&second.marks);
    let second = page::arrange(&second.marks, &drawn, &mut margins, LineEnd::Break);
    assert_eq!(second.outside[0].ends, LineEnd::Wrap);
}

#[test]
fn a_page_number_right_below_the_table_is_none_of_its_page() {
    let reading = cell(150.0)
        .text(13.0, 170.0, 10.0, "公園の管理を進め地域")
        .text(50.0, 190.0, 10.0, "- 3 -")
        .read();
    assert_eq!(cells(&reading)[1], "公園の管理を進め地域!");
}

#[test]
fn an_indented_line_goes_on_a_paragraph_where_one_ends_so_and_the_next_begins_before() {
    assert_eq!(
        lines(&[
            (13.0, "公園の管理を進め地域"),
            (23.0, "の人々と育。"),
            (13.0, "台帳の整備を計画し図"),
            (23.0, "面も作る。"),
        ]),
        "公園の管理を進め地域~の人々と育。|台帳の整備を計画し図~面も作る。|"
    );
}

#[test]
fn an_indented_line_begins_a_paragraph_where_others_go_on_before_it() {
    assert_eq!(
        lines(&[
            (23.0, "公園の管理を進め地"),
            (13.0, "域の人々と育てる計画"),
            (23.0, "台帳の整備。"),
            (13.0, "図面も作る。"),
        ]),
        "公園の管理を進め地~域の人々と育てる計画|台帳の整備。|図面も作る。|"
    );
}

#[test]
fn the_other_cells_show_how_a_paragraph_of_two_lines_is_indented() {
    let sample = || {
        Sample::new()
            .table(&[10.0, 116.0], &[10.0, 100.0, 190.0])
            .text(13.0, 25.0, 10.0, "公園の管理を進め地域")
            .text(23.0, 40.0, 10.0, "の人々と育。")
    };
    let alone = sample().read();
    assert_eq!(cells(&alone)[0], "公園の管理を進め地域|の人々と育。|");
    let unsure = |reading: &Reading| {
        let mut notes = reading.notes.iter();
        notes.any(|note| note.code == "line-end-uncertain")
    };
    assert!(unsure(&alone));
    let shown = sample()
        .text(13.0, 115.0, 10.0, "台帳の整備を計画し図")
        .text(23.0, 130.0, 10.0, "面も作る。")
        .text(13.0, 145.0, 10.0, "図面を作る。")
        .read();
    assert_eq!(cells(&shown)[0], "公園の管理を進め地域~の人々と育。|");
    assert!(!unsure(&shown));
}
