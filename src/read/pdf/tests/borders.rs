//! How cells' borders are drawn: with gutters between, as boxes apart, as dashes, and what is drawn over them.

use super::build::{self, inks};
use super::sample::{Sample, cells, grids};
use crate::read::pdf::marks::{Ink, Point};

/// Rows and columns of each grid.
fn sizes(sample: Sample) -> Vec<(u32, u32)> {
    let reading = sample.read();
    let sizes = grids(&reading)
        .into_iter()
        .map(|grid| (grid.rows, grid.columns));
    sizes.collect()
}

/// Two rows of three boxes, this far apart.
fn boxes(gap: f32) -> Sample {
    let mut sample = Sample::new();
    for (row, top) in [(0u8, 20.0), (1, 50.0 + gap)] {
        for column in 0..3u8 {
            let left = 20.0 + f32::from(column) * (80.0 + gap);
            sample = sample.table(&[left, left + 80.0], &[top, top + 30.0]).text(
                left + 4.0,
                top + 18.0,
                10.0,
                ["課名", "期限"][usize::from(row)],
            );
        }
    }
    sample
}

#[test]
fn gutters_between_borders_are_no_columns() {
    for gap in [2.0, 3.0, 4.5, 6.0] {
        assert_eq!(sizes(boxes(gap)), [(2, 3)], "{gap} points");
    }
    assert_eq!(sizes(boxes(20.0)).len(), 6, "boxes far apart are no table");
}

#[test]
fn a_gutter_with_text_is_a_column() {
    let narrow = |text: &str| {
        sizes(
            Sample::new()
                .table(&[10.0, 80.0, 86.0, 160.0], &[10.0, 40.0, 70.0])
                .text(80.5, 30.0, 5.0, text),
        )
    };
    assert_eq!(narrow(""), [(2, 2)]);
    assert_eq!(narrow("１"), [(2, 3)]);
}

#[test]
fn narrow_columns_of_one_width_are_columns() {
    let xs: Vec<f32> = (0..12u8).map(|n| 10.0 + f32::from(n) * 6.0).collect();
    let months = Sample::new()
        .table(&xs, &[10.0, 40.0, 70.0])
        .text(10.5, 30.0, 5.0, "４");
    assert_eq!(sizes(months), [(2, 11)]);
}

#[test]
fn borders_of_small_cells_are_no_dashes() {
    // The second row is one cell; the borders of the rows around it are as short as dashes.
    let sample = Sample::new()
        .table(&[10.0, 80.0, 150.0], &[10.0, 19.0])
        .table(&[10.0, 150.0], &[21.0, 30.0])
        .table(&[10.0, 80.0, 150.0], &[32.0, 41.0])
        .text(14.0, 17.0, 7.0, "課名")
        .text(14.0, 28.0, 7.0, "期限")
        .text(14.0, 39.0, 7.0, "課名");
    let reading = sample.read();
    let spans: Vec<(u32, u32)> = grids(&reading)[0]
        .cells
        .iter()
        .map(|cell| (cell.row, cell.columns))
        .collect();
    assert_eq!(spans, [(1, 1), (1, 1), (2, 2), (3, 1), (3, 1)]);
}

#[test]
fn dots_with_gaps_twice_their_length_are_a_rule() {
    let mut sample = Sample::new().table(&[10.0, 150.0], &[10.0, 40.0]);
    for dot in 0..30u8 {
        let y = 10.0 + f32::from(dot);
        sample = sample.line(80.0, y, 80.0, y + 0.4);
    }
    assert_eq!(sizes(sample), [(1, 2)]);
}

#[test]
fn frames_are_four_rules_whichever_rectangle_is_drawn_first() {
    let outer_first = build::content(b"10 10 100 50 re 11 11 98 48 re f*").0;
    let inner_first = build::content(b"11 11 98 48 re 10 10 100 50 re f*").0;
    assert_eq!(inks(&outer_first).len(), 4);
    assert_eq!(inks(&inner_first), inks(&outer_first));
}

#[test]
fn a_bracket_whose_white_half_stands_over_the_rule_is_in_its_cell() {
    let reading = Sample::new()
        .table(&[10.0, 60.0, 120.0], &[10.0, 40.0, 70.0])
        .text(13.0, 30.0, 10.0, "課名")
        .text(57.5, 30.0, 10.0, "（新規）")
        .read();
    assert_eq!(cells(&reading)[..2], ["課名|", "（新規）|"]);
}

#[test]
fn a_gap_wider_than_usual_at_a_rule_parts_what_one_operator_writes() {
    let row = |gap: f32, rule: f32| {
        let mut sample = Sample::new()
            .table(&[10.0, rule, 120.0], &[10.0, 40.0, 70.0])
            .text(13.0, 30.0, 10.0, "課名と期限");
        for glyph in sample.marks.glyphs.iter_mut().skip(3) {
            glyph.origin.x += gap;
        }
        cells(&sample.read())[..2].to_vec()
    };
    assert_eq!(row(4.0, 45.0), ["課名と|", "期限|"]);
    // A padding of one pixel on each side.
    assert_eq!(row(1.6, 43.8), ["課名と|", "期限|"]);
    assert_eq!(
        row(0.0, 45.0),
        ["課名と期限|", ""],
        "text that overflows its cell"
    );
}

#[test]
fn letters_set_apart_fill_their_cell_and_do_not_go_on_over_its_rule() {
    // 区　分 and 内　容 as one operator writes them, and with white space painted between all the letters.
    let row = |text: &str, apart: f32| {
        let mut sample = Sample::new()
            .table(&[10.0, 45.0, 120.0], &[10.0, 40.0, 70.0])
            .text(15.0, 30.0, 10.0, text);
        for (at, glyph) in sample.marks.glyphs.iter_mut().enumerate() {
            glyph.origin.x += at as f32 * apart;
        }
        cells(&sample.read())[..2].to_vec()
    };
    assert_eq!(row("区分内容", 9.0), ["区分|", "内容|"]);
    assert_eq!(row("区　分　内　容", 0.0)[1], "", "it overflows its cell");
}

#[test]
fn the_rules_of_a_date_stamp_strike_nothing() {
    // 日付印: a circle with two rules across, over the text.
    let mut sample = Sample::new()
        .text(50.0, 50.0, 10.0, "令和8年度予算の要求")
        .line(84.0, 46.0, 116.0, 46.0);
    let corner = [
        (100.0, 30.0),
        (116.5, 46.5),
        (100.0, 63.0),
        (83.5, 46.5),
        (100.0, 30.0),
    ];
    for pair in corner.windows(2) {
        let point = |(x, y): (f32, f32)| Point { x, y };
        let (from, to) = (point(pair[0]), point(pair[1]));
        sample.marks.ink.push(Ink::Other { from, to });
    }
    assert_eq!(
        super::sample::outside(&sample.read()),
        ["令和8年度予算の要求!"]
    );
}

#[test]
fn a_hatched_area_is_no_table() {
    let fine = |range: std::ops::Range<u8>| -> Vec<f32> {
        range.map(|n| 200.0 + f32::from(n) * 5.0).collect()
    };
    let sample = Sample::new()
        .table(&[10.0, 80.0, 160.0], &[10.0, 40.0, 70.0])
        .text(14.0, 30.0, 10.0, "課名")
        .table(&fine(0..30), &fine(0..20));
    assert_eq!(sizes(sample), [(2, 2)]);
}

#[test]
fn a_row_that_fills_its_page_has_no_rules_above_or_below() {
    let mut sample = Sample::new();
    for x in [10.0, 80.0, 150.0] {
        sample = sample.line(x, 0.0, x, 400.0);
    }
    let reading = sample
        .text(14.0, 30.0, 10.0, "課名")
        .text(84.0, 30.0, 10.0, "期限")
        .read();
    let grid = grids(&reading)[0];
    assert_eq!((grid.rows, grid.columns), (1, 2));
    assert!(grid.open_above && grid.open_below);
    assert_eq!(cells(&reading), ["課名!", "期限!"]);
}

/// Three rows of two columns, with horizontal rules at these places.
fn in_two_columns(rules: &[f32]) -> Sample {
    let mut sample = Sample::new();
    for &y in rules {
        sample = sample.line(10.0, y, 300.0, y);
    }
    for (row, y) in [0u8, 1, 2].into_iter().zip([25.0, 45.0, 65.0]) {
        let item = ["実施項目", "公園の管理", "緑の育成"][usize::from(row)];
        sample = sample.text(14.0, y, 10.0, item).text(
            150.0,
            y,
            10.0,
            ["課名", "緑政課", "公園課"][usize::from(row)],
        );
    }
    sample
}

#[test]
fn columns_without_vertical_rules_are_where_no_row_has_text() {
    assert_eq!(sizes(in_two_columns(&[10.0, 30.0, 50.0, 70.0])), [(3, 2)]);
    // A rule above the text and one below are no table.
    assert_eq!(sizes(in_two_columns(&[10.0, 70.0])), []);
}

#[test]
fn too_many_rules_positions_or_tables_are_said() {
    let noted = |sample: Sample| {
        let reading = sample.text(5.0, 5.0, 4.0, "地図").read();
        let codes = reading.notes.iter().map(|note| note.code.clone());
        codes.collect::<Vec<String>>()
    };
    let at = |n: u16, step: f32| 10.0 + f32::from(n) * step;
    let page = |side: f32| {
        let mut sample = Sample::new();
        sample.marks.size = (side, side);
        sample
    };
    let hatching = (0..20_100u16).fold(page(3_000.0), |sample, n| {
        let (x, y) = (at(n % 30, 90.0), at(n / 30, 4.0));
        sample.line(x, y, x + 40.0, y)
    });
    assert_eq!(noted(hatching), ["rules-not-read"], "rules");
    let all: Vec<f32> = (0..1_100).map(|n| at(n, 8.0)).collect();
    let raster = page(9_000.0).table(&all, &all);
    assert_eq!(noted(raster), ["rules-not-read"], "positions");
    let tables = |count: u16| {
        (0..count).fold(page(1_600.0), |sample, n| {
            let (x, y) = (at(n % 34, 45.0), at(n / 34, 45.0));
            sample.table(&[x, x + 15.0, x + 30.0], &[y, y + 30.0])
        })
    };
    assert_eq!(noted(tables(1_001)), ["rules-not-read"], "tables");
    assert!(noted(tables(1_000)).is_empty());
    assert_eq!(grids(&tables(1_001).read()).len(), 1_000);
}

#[test]
fn lines_below_a_row_that_the_page_cuts_are_of_its_cell() {
    let cut = |y: f32| {
        let sides = [10.0, 110.0, 210.0].into_iter();
        let sample = sides.fold(Sample::new(), |sample, x| sample.line(x, 300.0, x, 370.0));
        let sample = sample.line(10.0, 300.0, 210.0, 300.0);
        let sample = sample.text(14.0, 330.0, 10.0, "総務課");
        let sample = [342.0, 354.0, 366.0].into_iter().fold(sample, |sample, y| {
            sample.text(114.0, y, 10.0, "道の段差を調べ、")
        });
        sample.text(114.0, y, 10.0, "直す。").read()
    };
    assert!(super::sample::cells(&cut(378.0))[1].ends_with("直す。!"));
    let below = cut(390.0);
    assert_eq!(
        super::sample::outside(&below),
        ["直す。!"],
        "a line of the page's foot"
    );
}

#[test]
fn a_word_that_is_underlined_at_its_cells_side_bounds_no_row() {
    let sides = [10.0, 110.0, 210.0].into_iter();
    let sample = sides.fold(Sample::new(), |sample, x| sample.line(x, 20.0, x, 100.0));
    let sample = sample
        .line(10.0, 20.0, 210.0, 20.0)
        .line(10.0, 40.0, 210.0, 40.0);
    let sample = sample
        .text(12.0, 94.0, 10.0, "（略）")
        .line(12.0, 96.0, 42.0, 96.0);
    let reading = sample.text(114.0, 60.0, 10.0, "（略）").read();
    assert_eq!((grids(&reading)[0].rows, cells(&reading).len()), (2, 4));
}
