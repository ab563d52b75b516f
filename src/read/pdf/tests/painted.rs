//! Text that is painted twice, hidden, struck out, over other text or over a rule.

use super::sample::{Sample, cells, outside};
use crate::read::pdf::marks::Visibility;
use crate::sheet::{AsideClass, Reading};

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
fn a_shadow_is_no_text() {
    for (size, shift) in [(10.0, 2.0), (40.0, 8.0)] {
        let reading = Sample::new()
            .text(50.0, 90.0, size, "番号")
            .text(50.0 + shift, 90.0 + shift, size, "番号")
            .read();
        assert_eq!(outside(&reading), ["番号!"], "{size}");
    }
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
