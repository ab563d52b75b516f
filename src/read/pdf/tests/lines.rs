//! Lines of cells and pages: what stands together, where spaces are, how lines end.

use super::sample::{Sample, cells, grids, outside};
use crate::read::pdf::marks::Visibility;

use crate::sheet::{AsideClass, Reading};

/// A cell of ten ems of ten points with a padding of three, and a row after it that ends the grid.
fn cell() -> Sample {
    Sample::new().table(&[10.0, 116.0], &[10.0, 100.0, 130.0])
}

#[test]
fn a_line_wraps_where_the_next_character_would_not_have_fitted() {
    let reading = cell()
        .text(13.0, 30.0, 10.0, "公園の管理を進め地域")
        .text(13.0, 45.0, 10.0, "に開く。")
        .read();
    assert_eq!(cells(&reading)[0], "公園の管理を進め地域~に開く。|");
    let reading = cell()
        .text(13.0, 30.0, 10.0, "公園の管理を進める")
        .text(13.0, 45.0, 10.0, "地域に開く公園とする")
        .read();
    assert_eq!(
        cells(&reading)[0],
        "公園の管理を進める~地域に開く公園とする|"
    );
    let reading = cell()
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
        let reading = cell()
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
    let list = cell()
        .text(13.0, 30.0, 10.0, "・樹木の調査を行う事")
        .text(13.0, 45.0, 10.0, "・台帳の整備")
        .read();
    assert_eq!(cells(&list)[0], "・樹木の調査を行う事|・台帳の整備|");
    let step = cell()
        .text(13.0, 30.0, 10.0, "台帳の整備を済ませる")
        .text(13.0, 45.0, 10.0, "⇒公表する")
        .read();
    assert_eq!(cells(&step)[0], "台帳の整備を済ませる|⇒公表する|");
    let sentences = |breaks_anywhere| {
        let mut sample = cell()
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
    let word = cell()
        .text(13.0, 30.0, 10.0, "公園の管理に係る検証")
        .text(13.0, 45.0, 10.0, "・見直し")
        .read();
    assert_eq!(cells(&word)[0], "公園の管理に係る検証~・見直し|");
    let numbered = cell()
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
        let mut sample = cell();
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
        let mut sample = cell()
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
        .text(13.0, 30.0, 10.0, "一二三四五")
        .text(63.0, 30.0, 10.0, "六七");
    assert_eq!(
        cells(&overflowing.read())[..2],
        ["一二三四五六七|".to_owned(), String::new()],
        "it goes on where it stood over the rule"
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
fn superscripts_stay_in_their_line() {
    let reading = Sample::new()
        .text(50.0, 50.0, 10.0, "面積10")
        .text(80.0, 46.0, 6.0, "2")
        .text(83.0, 50.0, 10.0, "増")
        .read();
    assert_eq!(outside(&reading), ["面積102増!"]);
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
fn upright_characters_one_below_the_other_are_vertical_text() {
    let column = |sample: Sample, x: f32, y: f32, text: &str| {
        text.chars().zip(0u8..).fold(sample, |sample, (c, at)| {
            sample.text(x, y + 10.5 * f32::from(at), 10.0, &c.to_string())
        })
    };
    let sample = column(Sample::new(), 200.0, 50.0, "期限は");
    // Two half-width digits as wide as one character, in the middle of the column.
    let sample = sample.text(200.0, 81.5, 10.0, "12");
    let sample = column(sample, 200.0, 92.0, "月末とする");
    let sample = column(sample, 180.0, 50.0, "次");
    assert_eq!(outside(&sample.read()), ["期限は12月末とする|", "次!"]);
    // Marks in a column of a list are none, nor is text in rows.
    let marks = column(Sample::new(), 200.0, 50.0, "○△○○");
    assert_eq!(outside(&marks.read()).len(), 4);
    let rows = Sample::new().table(&[10.0, 100.0], &[10.0, 30.0, 50.0, 70.0]);
    let rows = ["甲", "乙", "丙"]
        .iter()
        .zip([25.0, 45.0, 65.0])
        .fold(rows, |rows, (text, y)| rows.text(13.0, y, 18.0, text));
    assert_eq!(cells(&rows.read()), ["甲|", "乙|", "丙!"]);
}

#[test]
fn a_number_across_a_spaced_stack_stands_in_its_line() {
    let cell = Sample::new().table(&[10.0, 24.0, 90.0], &[10.0, 90.0, 110.0]);
    let lines = [("第", 30.0), ("12", 48.0), ("回", 66.0)];
    let cell = lines
        .iter()
        .fold(cell, |cell, (text, y)| cell.text(12.0, *y, 10.0, text));
    assert_eq!(cells(&cell.read())[0], "第12回|");
}

#[test]
fn lines_of_one_character_in_a_narrow_cell_are_no_vertical_text() {
    // The middle dot may not begin a line, so one line holds two characters.
    let lines = [
        ("課", 10.5),
        ("税", 21.0),
        ("課・", 31.5),
        ("納", 42.0),
        ("税", 52.5),
        ("課", 63.0),
    ];
    let cell = Sample::new().table(&[10.0, 22.0, 90.0], &[10.0, 80.0, 100.0]);
    let cell = lines.iter().fold(cell, |cell, (text, y)| {
        cell.text(11.0, 10.0 + y, 10.0, text)
    });
    assert_eq!(cells(&cell.read())[0], "課~税~課・~納~税~課|");
}

#[test]
fn vertical_text_of_a_proportional_font_is_set_close() {
    // 「 begins right after 、, which is painted at the top of its em box.
    let tops = [50.0, 60.0, 70.0, 70.4, 80.0, 90.0];
    let column = "課題、「見る"
        .chars()
        .zip(tops)
        .fold(Sample::new(), |sample, (c, y)| {
            sample.text(200.0, y, 10.0, &c.to_string())
        });
    let reading = column.read();
    assert_eq!(outside(&reading), ["課題、「見る!"]);
    assert!(reading.notes.is_empty(), "{:?}", reading.notes);
}

#[test]
fn columns_of_vertical_text_are_read_from_right_to_left() {
    let reading = Sample::new()
        .down(60.0, 50.0, 10.0, "四の行")
        .down(80.0, 48.0, 10.0, "三の行は最も上から")
        .down(100.0, 60.0, 10.0, "二の行は下げてある")
        .down(120.0, 50.0, 10.0, "一の行である")
        .read();
    let lines = outside(&reading)
        .iter()
        .map(|line| line.chars().next().unwrap())
        .collect::<String>();
    assert_eq!(lines, "一二三四");
}

#[test]
fn vertical_text_painted_twice_counts_once() {
    let column = |sample: Sample, x: f32| {
        "期限まで"
            .chars()
            .zip(0u8..)
            .fold(sample, |sample, (c, at)| {
                let y = 50.0 + 10.5 * f32::from(at);
                sample
                    .text(x, y, 10.0, &c.to_string())
                    .text(x + 0.3, y, 10.0, &c.to_string())
            })
    };
    let reading = column(Sample::new(), 200.0).read();
    assert_eq!(outside(&reading), ["期限まで!"]);
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
fn text_painted_twice_counts_once_and_doubled_letters_twice() {
    let reading = Sample::new()
        .text(50.0, 50.0, 10.0, "目標")
        .text(50.3, 50.0, 10.0, "目標")
        .text(50.0, 80.0, 10.0, "いい")
        .read();
    assert_eq!(outside(&reading), ["目標|", "いい!"]);
    assert!(
        reading
            .set_aside
            .iter()
            .all(|aside| aside.class == AsideClass::Overprint)
    );
    assert_eq!(
        reading
            .set_aside
            .iter()
            .map(|aside| aside.range.of(&reading.text).trim())
            .collect::<String>(),
        "目標"
    );
}

#[test]
fn hidden_text_is_set_aside_with_one_note() {
    let reading = Sample::new()
        .text(50.0, 50.0, 10.0, "目標")
        .text(50.0, 70.0, 10.0, "見えない")
        .hidden(Visibility::Clipped)
        .read();
    assert_eq!(outside(&reading), ["目標!"]);
    let notes: Vec<_> = reading
        .notes
        .iter()
        .map(|note| (note.code.as_str(), note.text.as_deref()))
        .collect();
    assert_eq!(notes, [("hidden-text", Some("見えない"))]);
}

fn noted(reading: &Reading) -> Vec<(&str, Option<&str>)> {
    let notes = reading.notes.iter();
    notes
        .map(|note| (note.code.as_str(), note.text.as_deref()))
        .collect()
}

#[test]
fn text_with_a_rule_through_it_is_struck_out_once_or_twice() {
    for strikes in [&[46.5][..], &[45.0, 48.0]] {
        let mut sample = Sample::new()
            .table(&[10.0, 200.0], &[30.0, 60.0, 90.0])
            .text(20.0, 50.0, 10.0, "６月末９月末");
        for &y in strikes {
            sample = sample.line(19.0, y, 51.0, y);
        }
        let reading = sample.read();
        assert_eq!(cells(&reading), ["９月末|", ""]);
        assert_eq!(noted(&reading), [("struck-text", Some("６月末"))]);
    }
}

#[test]
fn a_rule_over_a_small_letter_is_a_mean_and_one_through_it_a_strike() {
    for (y, struck) in [(44.2, false), (47.2, true)] {
        let reading = Sample::new()
            .text(50.0, 50.0, 10.0, "平均x")
            .line(70.0, y, 75.0, y)
            .read();
        assert_eq!(
            noted(&reading) == [("struck-text", Some("x"))],
            struck,
            "{y}"
        );
        let tall = Sample::new()
            .text(50.0, 50.0, 10.0, "平均H")
            .line(70.0, y, 75.0, y)
            .read();
        assert_eq!(noted(&tall), [("struck-text", Some("H"))], "{y}");
    }
}

#[test]
fn underlines_rules_of_cells_and_lines_beside_text_strike_nothing() {
    let page = || {
        Sample::new()
            .table(&[10.0, 200.0], &[30.0, 60.0, 90.0])
            .text(20.0, 50.0, 10.0, "９月末")
    };
    assert_eq!(
        cells(&page().line(20.0, 51.5, 50.0, 51.5).read())[0],
        "９月末|"
    );
    // A separator within the cell, which the text overflows, and a line to write on.
    assert_eq!(
        cells(&page().line(10.0, 46.5, 200.0, 46.5).read()).concat(),
        "９月末|"
    );
    assert_eq!(
        cells(&page().line(20.0, 46.5, 120.0, 46.5).read())[0],
        "９月末|"
    );
}

#[test]
fn texts_printed_over_each_other_are_noted() {
    let reading = Sample::new()
        .table(&[10.0, 200.0], &[30.0, 60.0])
        .text(20.0, 50.0, 10.0, "期限（月末）")
        .text(25.0, 50.0, 10.0, "随時見直す")
        .read();
    assert_eq!(reading.notes.len(), 1, "{:?}", reading.notes);
    assert_eq!(reading.notes[0].code, "overlapping-text");
    let mut stacked = Sample::new().table(&[10.0, 30.0, 90.0], &[10.0, 80.0, 120.0]);
    for (y, c) in [(25.0, "個"), (37.0, "別"), (49.0, "計"), (61.0, "画")] {
        stacked = stacked.text(15.0, y, 10.0, c);
    }
    assert_eq!(stacked.read().notes, []);
    let accented = Sample::new()
        .text(20.0, 50.0, 10.0, "は")
        .text(27.0, 50.0, 10.0, "゛");
    assert_eq!(accented.read().notes, []);
}

#[test]
fn a_line_that_a_rule_goes_through_is_noted() {
    let codes = |baseline: f32| -> Vec<String> {
        let reading = Sample::new()
            .table(&[10.0, 120.0], &[10.0, 40.0, 70.0])
            .text(13.0, baseline, 10.0, "結果を公表する")
            .read();
        reading.notes.into_iter().map(|note| note.code).collect()
    };
    // LibreOffice paints what is higher than its row over the rows beside.
    assert_eq!(codes(44.0), ["text-over-rule"]);
    assert_eq!(codes(39.5), [""; 0]);
}

#[test]
fn stacked_characters_are_one_line_and_columns_go_right_to_left() {
    let mut one = Sample::new().table(&[10.0, 30.0, 90.0], &[10.0, 80.0, 120.0]);
    for (y, c) in [(25.0, "個"), (37.0, "別"), (49.0, "計"), (61.0, "画")] {
        one = one.text(15.0, y, 10.0, c);
    }
    assert_eq!(cells(&one.read())[0], "個別計画|");
    let mut two = Sample::new().table(&[10.0, 50.0], &[10.0, 80.0, 120.0]);
    for (y, left, right) in [
        (25.0, "事", "経"),
        (37.0, "務", "営"),
        (49.0, "改", "改"),
        (61.0, "善", "革"),
    ] {
        two = two.text(31.0, y, 10.0, right).text(15.0, y, 10.0, left);
    }
    assert_eq!(cells(&two.read())[0], "経営改革~事務改善|");
}

#[test]
fn words_under_each_other_are_no_stack() {
    let mut sample = Sample::new().table(&[10.0, 60.0], &[10.0, 80.0, 120.0]);
    for (y, text) in [
        (25.0, "研修によ"),
        (37.0, "る人材の"),
        (49.0, "育成を行"),
        (61.0, "うこと。"),
    ] {
        sample = sample.text(13.0, y, 10.0, text);
    }
    assert_eq!(
        cells(&sample.read())[0],
        "研修によ~る人材の~育成を行~うこと。|"
    );
}

#[test]
fn vertical_fonts_read_from_right_to_left() {
    let reading = Sample::new()
        .table(&[10.0, 60.0], &[10.0, 62.0, 90.0])
        .down(45.0, 13.0, 10.0, "経営改革")
        .down(30.0, 13.0, 10.0, "の推進")
        .read();
    assert_eq!(cells(&reading)[0], "経営改革~の推進|");
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
    let mut sample = cell().line(10.0, 10.0, 116.0, 100.0);
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
    let mut sample = cell();
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
