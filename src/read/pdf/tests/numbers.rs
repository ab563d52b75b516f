//! Numbers of a table -> as many numbers as it has: no join makes one of two.

use proptest::prelude::*;

use super::sample::{Sample, cells, grids};
use crate::sheet::{LineEnd, Reading};

/// Where the numbers of a cell stand.
#[derive(Debug, Clone, Copy)]
enum Side {
    Left,
    Middle,
    Right,
}

/// A table of one row: cells of numbers, one a line.
#[derive(Debug, Clone)]
struct Table {
    cells: Vec<Vec<String>>,
    side: Side,
    size: f32,
    /// Of a line, in ems.
    pitch: f32,
    padding: f32,
    /// Points that the longest number leaves.
    slack: f32,
}

fn any_number() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[1-9][0-9]{0,2}(,[0-9]{3}){0,2}",
        2 => "[1-9][0-9]{0,6}",
        1 => "[△▲-]?[0-9]{1,3}\\.[0-9]",
        1 => "[１-９][０-９]{0,4}",
        1 => "[1-9][0-9]{0,2}%",
    ]
}

fn any_table() -> impl Strategy<Value = Table> {
    let side = prop_oneof![Just(Side::Left), Just(Side::Middle), Just(Side::Right)];
    (
        prop::collection::vec(prop::collection::vec(any_number(), 2..6), 1..4),
        side,
        5.0f32..14.0,
        1.0f32..1.9,
        0.5f32..6.0,
        0.0f32..20.0,
    )
        .prop_map(|(cells, side, size, pitch, padding, slack)| Table {
            cells,
            side,
            size,
            pitch,
            padding,
            slack,
        })
}

fn width(number: &str, size: f32) -> f32 {
    number
        .chars()
        .map(|c| if c.is_ascii() { size / 2.0 } else { size })
        .sum()
}

fn read(table: &Table) -> Reading {
    let lines = table.cells.iter().map(Vec::len).max().unwrap_or(0);
    let bottom = 10.0 + (lines as f32 + 1.0) * table.pitch * table.size;
    let (mut sample, mut xs) = (Sample::new(), vec![10.0f32]);
    for cell in &table.cells {
        let left = xs.last().copied().unwrap_or(10.0);
        let longest = cell
            .iter()
            .map(|number| width(number, table.size))
            .fold(0.0, f32::max);
        let right = left + longest + 2.0 * table.padding + table.slack;
        for (number, at) in cell.iter().zip(1u8..) {
            let room = right - left - 2.0 * table.padding - width(number, table.size);
            let shift = match table.side {
                Side::Left => 0.0,
                Side::Middle => room / 2.0,
                Side::Right => room,
            };
            let y = 10.0 + f32::from(at) * table.pitch * table.size;
            sample = sample.text(left + table.padding + shift, y, table.size, number);
        }
        xs.push(right);
    }
    sample.table(&xs, &[10.0, bottom, bottom + 30.0]).read()
}

/// What each cell says: lines that go on are one.
fn logical_lines(reading: &Reading) -> Vec<String> {
    let cells = grids(reading).into_iter().flat_map(|grid| &grid.cells);
    let texts = cells.map(|cell| crate::write::sheets::logical_text(&cell.lines, &reading.text));
    let lines = texts.flat_map(|text| text.split('\n').map(str::to_owned).collect::<Vec<_>>());
    lines.filter(|line| !line.trim().is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn a_table_of_numbers_has_as_many_numbers(table in any_table()) {
        let mut found = logical_lines(&read(&table));
        let mut painted: Vec<String> = table.cells.concat();
        found.sort();
        painted.sort();
        prop_assert_eq!(found, painted);
    }

    #[test]
    fn a_raised_or_lowered_number_is_one_of_its_own(
        number in any_number(), other in "[1-9][0-9]?", part in 0.45f32..0.85, rise in -0.3f32..0.55,
    ) {
        prop_assume!(rise.abs() > 0.12 && number.ends_with(|c: char| c.is_numeric()));
        let size = 10.0;
        let reading = Sample::new()
            .table(&[10.0, 200.0], &[10.0, 60.0, 90.0])
            .text(13.0, 40.0, size, &number)
            .text(13.0 + width(&number, size), 40.0 - rise * size, part * size, &other)
            .read();
        let text = logical_lines(&reading).join("\n");
        let glued = format!("{number}{other}");
        prop_assert!(!text.contains(&glued), "{}", text);
    }
}

/// The first cell of ten ems with these lines, and the codes of the notes.
fn lines(lines: &[&str]) -> (String, Vec<String>) {
    let sample = lines
        .iter()
        .zip(1u8..)
        .fold(super::sample::cell(150.0), |sample, (text, at)| {
            sample.text(13.0, 10.0 + 15.0 * f32::from(at), 10.0, text)
        });
    let reading = sample.read();
    let codes = reading.notes.iter().map(|note| note.code.clone()).collect();
    (cells(&reading).swap_remove(0), codes)
}

#[test]
fn amounts_with_their_units_are_entries_too() {
    assert_eq!(
        lines(&["12,345,678,901百万円", "98,765,432,109百万円"]).0,
        "12,345,678,901百万円|98,765,432,109百万円|"
    );
    let (wrapped, _) = lines(&["公園の利用者を今年度は", "130人とする。"]);
    assert!(wrapped.contains('~'), "{wrapped}");
}

#[test]
fn digits_that_meet_at_a_line_end_are_told() {
    let (wide, codes) = lines(&["公園を管理する令和１", "０年度の計画をたてる"]);
    assert_eq!(wide, "公園を管理する令和１~０年度の計画をたてる|");
    assert_eq!(codes, ["number-over-lines"]);
    let (narrow, codes) = lines(&["公園の管理を行うR20", "26年の計画をたてる。"]);
    assert_eq!(narrow, "公園の管理を行うR20|26年の計画をたてる。|");
    assert_eq!(codes, ["number-over-lines"]);
    let (bracketed, codes) = lines(&["相談は68回が目標(年1", "2回)とし、記録する。"]);
    assert_eq!(bracketed, "相談は68回が目標(年1~2回)とし、記録する。|");
    assert_eq!(codes, ["number-over-lines"]);
    let (room, codes) = lines(&["目標は10", "20件の相談を受ける。"]);
    assert_eq!(
        (room.as_str(), codes.len()),
        ("目標は10|20件の相談を受ける。|", 0)
    );
}

#[test]
fn numbers_set_across_in_vertical_text_stay_two() {
    let reading = Sample::new()
        .table(&[10.0, 60.0], &[10.0, 200.0, 240.0])
        .text(30.0, 30.0, 10.0, "令")
        .text(30.0, 40.0, 10.0, "和")
        .text(30.0, 50.0, 10.0, "10")
        .text(30.0, 60.0, 10.0, "20")
        .text(30.0, 70.0, 10.0, "年")
        .text(30.0, 80.0, 10.0, "度")
        .read();
    assert_eq!(cells(&reading)[0], "令和10 20年度|");
    let last = grids(&reading)[0].cells[0].lines.last().unwrap().ends;
    assert_eq!(last, LineEnd::Break);
}
