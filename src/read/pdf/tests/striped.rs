//! Tables without rules of which every second row is shaded.

use super::sample::{Sample, outside, sizes};

/// Rows of two columns, of which every second is shaded; headings stand so far from the left side of theirs.
fn striped(by_cell: bool, indent_of_headings: f32) -> Sample {
    let xs: &[f32] = if by_cell {
        &[10.0, 200.0, 400.0]
    } else {
        &[10.0, 400.0]
    };
    let mut sample = Sample::new();
    let names = ["課名", "総務課", "公園課", "道路課", "緑政課"];
    let days = ["期限", "年度末", "９月末", "早急", "12月末"];
    for (row, y) in [34.0, 54.0, 74.0, 94.0, 114.0].into_iter().enumerate() {
        if row % 2 == 1 {
            sample = sample.shaded_cells(xs, y - 14.0, y + 6.0);
        }
        let indent = if row == 0 { indent_of_headings } else { 4.0 };
        let texts = [
            (10.0 + indent, y, names[row]),
            (200.0 + indent, y, days[row]),
        ];
        sample = sample.texts(&texts);
    }
    sample
}

#[test]
fn every_second_row_shaded_is_a_table_with_those_between() {
    assert_eq!(sizes(&striped(false, 4.0).read()), [(5, 2)]);
}

#[test]
fn headings_in_the_middle_of_their_columns_are_of_the_striped_table() {
    for by_cell in [true, false] {
        let below = [(14.0, 132.0, "以上")];
        let reading = striped(by_cell, 80.0).texts(&below).read();
        assert_eq!(sizes(&reading), [(5, 2)]);
        assert_eq!(outside(&reading), ["以上!"]);
    }
}

#[test]
fn a_paragraph_right_below_the_last_row_is_not_of_its_first_cell() {
    let below = [(14.0, 126.0, "以上の課が進める。")];
    let reading = striped(true, 80.0).texts(&below).read();
    assert_eq!(outside(&reading), ["以上の課が進める。!"]);
}
