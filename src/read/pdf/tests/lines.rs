//! Lines of cells and pages: what stands together, where spaces are, what is no text of a table.

use super::sample::{Sample, cell, cells, grids, outside};

#[test]
fn text_belongs_to_the_cell_where_it_starts() {
    // 、 hangs over the rule; the neighbour's text begins right after it.
    let reading = Sample::new()
        .table(&[10.0, 66.0, 150.0], &[10.0, 60.0, 90.0])
        .text(13.0, 30.0, 10.0, "研修を行い、")
        .text(13.0, 45.0, 10.0, "学ぶ。")
        .text(72.0, 30.0, 10.0, "・研修の企画")
        .read();
    assert_eq!(
        cells(&reading)[..2],
        ["研修を行い、~学ぶ。|", "・研修の企画|"]
    );
}

#[test]
fn text_that_touches_the_next_cells_is_told_from_text_that_overflows() {
    let row = || Sample::new().table(&[10.0, 60.0, 120.0], &[10.0, 40.0, 70.0]);
    let overflowing = row()
        .text(13.0, 30.0, 10.0, "一二三四五六")
        .text(73.0, 30.0, 10.0, "七八");
    assert_eq!(
        cells(&overflowing.read())[..2],
        ["一二三四五六七八|".to_owned(), String::new()],
        "it goes on where it stood over the rule"
    );
    let abutting = row()
        .text(13.0, 30.0, 10.0, "一二三四五")
        .text(63.0, 30.0, 10.0, "六七");
    assert_eq!(
        cells(&abutting.read())[..2],
        ["一二三四五|", "六七|"],
        "each as far from its cell's side as the other"
    );
    let beside = row()
        .text(20.0, 30.0, 10.0, "一二三四")
        .text(62.0, 30.0, 10.0, "次の欄");
    assert_eq!(cells(&beside.read())[..2], ["一二三四|", "次の欄|"]);
}

#[test]
fn a_row_written_by_one_operator_is_cut_at_its_rules() {
    let reading = Sample::new()
        .table(&[10.0, 60.0, 150.0, 250.0], &[10.0, 60.0, 90.0])
        .text(13.0, 30.0, 10.0, "番号      実施項目          担当課")
        .read();
    let texts: Vec<String> = cells(&reading)[..3]
        .iter()
        .map(|cell| cell.replace(' ', ""))
        .collect();
    assert_eq!(texts, ["番号|", "実施項目|", "担当課|"]);
}

#[test]
fn gaps_become_spaces_and_letter_spacing_does_not() {
    let reading = Sample::new()
        .text(50.0, 50.0, 10.0, "職名")
        .text(85.0, 50.0, 10.0, "緑政部長")
        .text(50.0, 80.0, 10.0, "繰越事業")
        .spread(8.0)
        .text(50.0, 110.0, 10.0, "Green")
        .text(78.0, 110.0, 10.0, "Town")
        .text(50.0, 140.0, 10.0, "GREEN")
        .spread(2.0)
        .read();
    assert_eq!(
        outside(&reading),
        ["職名　緑政部長|", "繰越事業|", "Green Town|", "GREEN!"]
    );
}

#[test]
fn a_program_that_paints_its_spaces_leaves_none_to_gaps_within_a_word() {
    // A font that is not embedded stands in narrower than the room of each letter.
    let gaps = |more: &str| {
        let reading = Sample::new()
            .text(50.0, 50.0, 10.0, "Web")
            .spread(3.5)
            .text(50.0, 80.0, 10.0, more)
            .read();
        outside(&reading)[0].clone()
    };
    assert_eq!(gaps("Green Town"), "Web|");
    assert_eq!(gaps("緑野市 公園"), "W e b|");
    let reading = Sample::new()
        .text(50.0, 50.0, 10.0, "Web")
        .text(69.0, 50.0, 10.0, "Site")
        .text(50.0, 80.0, 10.0, "Green Town")
        .read();
    assert_eq!(
        outside(&reading)[0],
        "Web Site|",
        "operators may leave them out"
    );
}

#[test]
fn superscripts_stay_in_their_line_and_make_no_number() {
    let reading = Sample::new()
        .text(50.0, 50.0, 10.0, "面積10")
        .text(80.0, 46.0, 6.0, "2")
        .text(83.0, 50.0, 10.0, "増")
        .read();
    assert_eq!(outside(&reading), ["面積10 2増!"]);
}

#[test]
fn large_text_over_lines_is_a_line_of_its_own() {
    let reading = Sample::new()
        .text(50.0, 50.0, 10.0, "公園の管理を進め")
        .text(50.0, 65.0, 10.0, "地域に開く")
        .text(50.0, 80.0, 10.0, "公園とする")
        .text(70.0, 88.0, 60.0, "案")
        .read();
    assert_eq!(
        outside(&reading),
        ["案|", "公園の管理を進め|", "地域に開く|", "公園とする!"]
    );
}

#[test]
fn small_kana_above_a_word_is_its_reading() {
    let reading = Sample::new()
        .text(70.0, 39.5, 5.0, "きょうじん")
        .text(50.0, 50.0, 10.0, "国土強靱化")
        .read();
    assert_eq!(outside(&reading), ["国土強靱化!"]);
    let crate::sheet::Block::Line(line) = &reading.sheets[0].blocks[0] else {
        panic!("a line")
    };
    let ruby = line.ruby[0];
    assert_eq!(
        (ruby.base.of(&reading.text), ruby.reading.of(&reading.text)),
        ("強靱", "きょうじん")
    );
}

#[test]
fn a_small_note_is_a_line_and_no_reading() {
    let reading = Sample::new()
        .text(50.0, 50.0, 10.0, "公園の面積")
        .text(50.0, 80.0, 5.0, "ここにかく")
        .read();
    assert_eq!(outside(&reading).len(), 2);
}

#[test]
fn the_last_row_of_a_page_is_cut_and_a_page_number_is_not() {
    let reading = Sample::new()
        .line(10.0, 10.0, 116.0, 10.0)
        .line(10.0, 40.0, 116.0, 40.0)
        .line(10.0, 10.0, 10.0, 90.0)
        .line(116.0, 10.0, 116.0, 90.0)
        .text(13.0, 30.0, 10.0, "目標")
        .text(13.0, 60.0, 10.0, "公園の管理を進め地域")
        .text(13.0, 75.0, 10.0, "に開かれた公園とする")
        .text(290.0, 380.0, 10.0, "1")
        .read();
    assert_eq!(
        cells(&reading),
        ["目標|", "公園の管理を進め地域~に開かれた公園とする!"]
    );
    assert!(grids(&reading)[0].open_below);
    assert_eq!(outside(&reading), ["1|"]);
}

#[test]
fn running_text_breaks_at_paragraphs() {
    let full = |length: usize| {
        "緑野市の公園は市民が育て管理を行う"
            .chars()
            .cycle()
            .take(length)
            .collect::<String>()
    };
    let reading = Sample::new()
        .text(500.0, 30.0, 10.0, "令和八年")
        .text(60.0, 60.0, 10.0, &full(48))
        .text(50.0, 75.0, 10.0, &full(49))
        .text(50.0, 90.0, 10.0, "する。")
        .text(60.0, 105.0, 10.0, "また、樹木の調査を行う。")
        .read();
    let ends: String = outside(&reading)
        .iter()
        .filter_map(|line| line.chars().last())
        .collect();
    assert_eq!(ends, "|~~|!");
}

#[test]
fn painted_cells_without_rules_are_a_table() {
    use crate::read::pdf::marks::{Ink, Rect};
    let mut sample = Sample::new();
    for (left, top) in [(10.0, 10.0), (61.0, 10.0), (10.0, 41.0), (61.0, 41.0)] {
        let rect = Rect {
            left,
            top,
            right: left + 50.0,
            bottom: top + 30.0,
        };
        sample.marks.ink.push(Ink::Fill {
            rect,
            lightness: 0.9,
        });
    }
    let reading = sample
        .text(13.0, 30.0, 10.0, "目標")
        .text(64.0, 60.0, 10.0, "水準")
        .read();
    assert_eq!(cells(&reading), ["目標|", "", "", "水準!"]);
}

#[test]
fn circles_and_slanted_strokes_divide_nothing() {
    use crate::read::pdf::marks::{Ink, Point};
    let mut sample = cell(100.0).line(10.0, 10.0, 116.0, 100.0);
    for (x0, y0, x1, y1) in [(30.0, 20.0, 60.0, 50.0), (60.0, 50.0, 30.0, 80.0)] {
        sample.marks.ink.push(Ink::Other {
            from: Point { x: x0, y: y0 },
            to: Point { x: x1, y: y1 },
        });
    }
    assert_eq!(
        cells(&sample.text(13.0, 30.0, 10.0, "廃止").read()),
        ["廃止|", ""]
    );
}

#[test]
fn a_call_out_over_a_cell_is_no_cell() {
    use crate::read::pdf::marks::{Ink, Point};
    // A box with rounded corners, as a path with curves gives its sides.
    let mut sample = cell(100.0);
    for (x0, y0, x1, y1) in [
        (32.0, 40.0, 88.0, 40.0),
        (90.0, 42.0, 90.0, 68.0),
        (88.0, 70.0, 32.0, 70.0),
        (30.0, 68.0, 30.0, 42.0),
    ] {
        sample.marks.ink.push(Ink::Other {
            from: Point { x: x0, y: y0 },
            to: Point { x: x1, y: y1 },
        });
    }
    let reading = sample.text(36.0, 60.0, 10.0, "廃止").read();
    assert_eq!(cells(&reading), ["廃止|", ""]);
}

#[test]
fn a_running_title_does_not_end_the_table_and_a_note_does() {
    let row = || {
        Sample::new().table(&[10.0, 116.0], &[200.0, 340.0]).text(
            13.0,
            330.0,
            10.0,
            "公園の管理を進め地域",
        )
    };
    assert_eq!(
        cells(&row().text(400.0, 385.0, 8.0, "緑野市組織目標").read()),
        ["公園の管理を進め地域!"]
    );
    assert_eq!(
        cells(&row().text(10.0, 352.0, 8.0, "※ 年度末に記入する。").read()),
        ["公園の管理を進め地域|"]
    );
}

#[test]
fn boxes_to_tick_and_empty_frames_are_no_tables() {
    let reading = Sample::new()
        .table(&[10.0, 20.0], &[10.0, 20.0])
        .table(&[200.0, 260.0], &[10.0, 60.0])
        .text(24.0, 19.0, 10.0, "実施")
        .read();
    assert!(grids(&reading).is_empty());
    assert_eq!(outside(&reading), ["実施!"]);
    let ticked = Sample::new()
        .table(&[10.0, 20.0], &[10.0, 20.0])
        .text(11.0, 18.5, 8.0, "レ")
        .text(24.0, 19.0, 10.0, "実施");
    assert!(grids(&ticked.read()).is_empty());
}

#[test]
fn two_columns_are_read_one_after_the_other_and_a_list_is_not() {
    let full = |length: usize| {
        "緑野市の公園は市民が育て管理を行う"
            .chars()
            .cycle()
            .take(length)
            .collect::<String>()
    };
    let mut columns = Sample::new().text(200.0, 30.0, 14.0, "運営方針");
    for row in 0..8u8 {
        let y = 60.0 + 15.0 * f32::from(row);
        columns = columns
            .text(50.0, y, 10.0, &full(20))
            .text(280.0, y, 10.0, &full(20));
    }
    let reading = columns.text(50.0, 300.0, 10.0, "以上").read();
    let lines = outside(&reading);
    let ends: String = lines
        .iter()
        .filter_map(|line| line.chars().last())
        .collect();
    // The left column's last line goes on in the right one.
    assert_eq!(ends, "|~~~~~~~~~~~~~~~|!");
    let mut list = Sample::new();
    for row in 0..8u8 {
        let y = 60.0 + 15.0 * f32::from(row);
        list = list
            .text(50.0, y, 10.0, "緑野公園")
            .text(280.0, y, 10.0, "樹木の調査を行う");
    }
    assert_eq!(outside(&list.read()).len(), 8);
}

#[test]
fn three_and_four_columns_are_read_one_after_the_other() {
    for count in [3u8, 4] {
        let wide = if count == 3 { 14 } else { 13 };
        let mut sample = Sample::new().text(200.0, 30.0, 14.0, "運営方針");
        for row in 0..8u8 {
            for column in 0..count {
                let first = char::from(b'a' + column * 8 + row);
                let text: String = std::iter::repeat_n('緑', wide - 1).collect();
                let x = 20.0 + f32::from(column) * (f32::from(wide as u8) * 8.0 + 20.0);
                sample = sample.text(
                    x,
                    60.0 + 15.0 * f32::from(row),
                    8.0,
                    &format!("{first}。{text}"),
                );
            }
        }
        let lines = outside(&sample.read());
        let order: String = lines[1..]
            .iter()
            .filter_map(|line| line.chars().next())
            .collect();
        let expected: String = (0..count * 8).map(|at| char::from(b'a' + at)).collect();
        assert_eq!(order, expected, "{count}");
        let wraps = lines.iter().filter(|line| line.ends_with('~')).count();
        assert_eq!(wraps, usize::from(count) * 8 - 1, "{count}: {lines:?}");
    }
}
