//! Vertical text, by its font or by characters one below the other, and readings beside words.

use super::sample::{Sample, cells, outside};

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
