//! What is drawn within cells and beside rules, and is none of a table's own: frames, lines to write on, reviewers' marks.

use super::build::{HELVETICA, page, read, visibilities};
use super::sample::{Sample, cells, grids};
use crate::read::pdf::marks::{Ink, Visibility};
use crate::sheet::LineEnd;

const XS: [f32; 4] = [10.0, 60.0, 200.0, 300.0];
const YS: [f32; 4] = [20.0, 42.0, 64.0, 86.0];
const TEXTS: [(f32, f32, &str); 9] = [
    (14.0, 35.0, "番号"),
    (64.0, 35.0, "目標"),
    (204.0, 35.0, "期限"),
    (14.0, 57.0, "1"),
    (64.0, 57.0, "遊具の点検を行う"),
    (204.0, 57.0, "9月末"),
    (14.0, 79.0, "2"),
    (64.0, 79.0, "窓口の案内"),
    (204.0, 79.0, "12月"),
];

fn table() -> Sample {
    Sample::new().table(&XS, &YS).texts(&TEXTS)
}

/// Rows and columns of the only grid, and the text of a cell of its second row.
fn read_as(sample: Sample) -> ((u32, u32), String) {
    let reading = sample.read();
    let found = grids(&reading);
    assert_eq!(found.len(), 1, "{found:?}");
    (
        (found[0].rows, found[0].columns),
        cells(&reading)[4].clone(),
    )
}

#[test]
fn frames_in_cells_are_of_their_cells() {
    let plain = read_as(table());
    assert_eq!(plain.0, (3, 3));
    let word = table().table(&[94.0, 114.0], &[46.0, 60.0]);
    assert_eq!(read_as(word), plain, "around a word");
    let badge = table().table(&[150.0, 190.0], &[47.0, 59.0]);
    assert_eq!(read_as(badge), plain, "beside the text");
    let field = table().table(&[62.0, 198.0], &[44.0, 62.0]);
    assert_eq!(read_as(field), plain, "a form's field");
}

#[test]
fn a_line_to_write_on_parts_no_row() {
    let high = || {
        Sample::new()
            .table(&XS, &[20.0, 42.0, 72.0, 94.0])
            .texts(&TEXTS[..6])
    };
    let line = high().line(61.0, 60.0, 199.0, 60.0);
    assert_eq!(read_as(line).0, (3, 3));
    let rule = high().line(60.0, 60.0, 200.0, 60.0);
    assert_eq!(read_as(rule).0, (4, 3), "a rule meets those beside it");
}

#[test]
fn what_reviewers_draw_is_no_rule() {
    let form = super::build::stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 180 4]",
        b"1 0 0 RG 0 2 m 180 2 l S 0 0 180 4 re f",
    );
    let annotated = |subtype: &str| {
        let entries = format!(
            "/Annots[<</Type/Annot/Subtype/{subtype}/F 4/Rect[10 48 190 52]/AP<</N 5 0 R>>>>]"
        );
        let (marks, _) = read(&page(&entries, HELVETICA, b"", &[(5, form.clone())]));
        assert!(!marks.ink.is_empty(), "{subtype}");
        marks
            .ink
            .iter()
            .any(|ink| !matches!(ink, Ink::Other { .. }))
    };
    for subtype in ["Line", "Square", "Ink", "Highlight", "Stamp"] {
        assert!(!annotated(subtype), "{subtype}");
    }
    assert!(annotated("Widget"), "a form field's border");
    assert!(annotated("StrikeOut"), "it strikes text out");
}

#[test]
fn text_within_a_ring_is_seen_whichever_way_its_contours_go() {
    let seen = |operators: &str| {
        let content = format!("BT /F 10 Tf 40 40 Td (1) Tj ET 0 g {operators}");
        let (marks, _) = super::build::content(content.as_bytes());
        visibilities(&marks) == [Visibility::Visible]
    };
    // The inner contour has its corners cut.
    let clockwise =
        "20 20 100 60 re 24 22 m 22 24 l 22 76 l 24 78 l 116 78 l 118 76 l 118 24 l 116 22 l h";
    let counter =
        "20 20 100 60 re 24 22 m 116 22 l 118 24 l 118 76 l 116 78 l 24 78 l 22 76 l 22 24 l h";
    assert!(seen(&format!("{clockwise} f")));
    assert!(seen(&format!("{clockwise} f*")));
    assert!(seen(&format!("{counter} f*")));
    assert!(!seen(&format!("{counter} f")), "filled whole");
}

#[test]
fn a_merged_cell_that_the_page_end_leaves_open_holds_its_text() {
    // Rules end the last row of the outer columns at the page's end, not the cell merged over them in the middle.
    let mut sample = Sample::new();
    for x in XS {
        sample = sample.line(x, 300.0, x, 380.0);
    }
    sample = sample.line(10.0, 300.0, 300.0, 300.0);
    for y in [340.0, 380.0] {
        sample = sample.line(10.0, y, 60.0, y).line(200.0, y, 300.0, y);
    }
    let reading = sample.text(64.0, 315.0, 10.0, "文書広報課").read();
    assert_eq!(grids(&reading).len(), 1);
    assert!(
        cells(&reading)
            .iter()
            .any(|text| text.starts_with("文書広報課"))
    );
    assert!(grids(&reading)[0].open_below);
}

#[test]
fn lines_beside_numbers_are_rows_of_their_group() {
    let group = |names: [&str; 3], values: [&str; 3]| {
        let mut sample = Sample::new().table(&[10.0, 50.0, 150.0, 250.0], &[10.0, 30.0, 80.0]);
        sample = sample.texts(&[
            (14.0, 24.0, "区分"),
            (54.0, 24.0, "種別"),
            (154.0, 24.0, "令和7年"),
        ]);
        sample = sample.text(14.0, 58.0, 10.0, "子供");
        for (at, y) in [43.0, 58.0, 73.0].into_iter().enumerate() {
            sample = sample
                .text(54.0, y, 10.0, names[at])
                .text(154.0, y, 10.0, values[at]);
        }
        let reading = sample.read();
        grids(&reading)[0].rows
    };
    assert_eq!(group(["自転車", "歩行者", "原付"], ["17", "9", "1,026"]), 4);
    assert_eq!(
        group(["自転車", "歩行者", "原付"], ["通年", "年末", "年始"]),
        2,
        "no numbers"
    );
    assert_eq!(group(["", "歩行者", ""], ["17", "9", "3"]), 2, "no names");
}

#[test]
fn rules_that_make_no_table_are_said() {
    let sample = [40.0, 60.0, 80.0]
        .into_iter()
        .fold(Sample::new(), |sample, y| sample.line(10.0, y, 200.0, y));
    let sample = sample.line(60.0, 36.0, 60.0, 44.0);
    let reading = sample.texts(&TEXTS[..3]).read();
    let said: Vec<&str> = reading
        .notes
        .iter()
        .map(|note| note.code.as_str())
        .collect();
    assert!(
        said.is_empty() || said.contains(&"rules-without-table"),
        "{said:?}"
    );
}

#[test]
fn the_row_above_a_foot_is_cut_by_the_page_end_too() {
    let ends = |foot: &str| {
        let table = Sample::new().table(&XS, &YS[..3]).texts(&TEXTS[..6]);
        let framed = table.table(&[XS[0], XS[3]], &YS[2..]);
        let reading = framed.text(14.0, 79.0, 10.0, foot).read();
        let grid = grids(&reading)[0];
        assert_eq!((grid.rows, grid.columns), (3, 3));
        grid.cells[4].lines[0].ends
    };
    assert_eq!(ends("※期限は見込み"), LineEnd::Cut);
}
