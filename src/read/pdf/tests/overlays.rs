//! What is laid over a table: boxes, arrows, and borders cut where a diagonal meets them.

use super::build::{content, inks};
use super::sample::{Sample, cells, grids};

const XS: [f32; 5] = [10.0, 80.0, 150.0, 220.0, 290.0];
const YS: [f32; 4] = [10.0, 40.0, 70.0, 100.0];

fn size(sample: Sample) -> (usize, u32, u32, usize) {
    let reading = sample.text(15.0, 30.0, 10.0, "総務課").read();
    let grids = grids(&reading);
    (
        grids.len(),
        grids[0].rows,
        grids[0].columns,
        grids[0].cells.len(),
    )
}

/// The sides of a box, as one path gives them, from the middle of its upper side on.
fn boxed(sample: Sample, left: f32, top: f32, right: f32, bottom: f32) -> Sample {
    let middle = f32::midpoint(left, right);
    sample
        .line(middle, top, left, top)
        .line(left, top, left, bottom)
        .line(left, bottom, right, bottom)
        .line(right, bottom, right, top)
        .line(right, top, middle, top)
}

#[test]
fn a_box_over_cells_divides_none() {
    let table = || Sample::new().table(&XS, &YS);
    assert_eq!(size(boxed(table(), 60.0, 25.0, 200.0, 60.0)), (1, 3, 4, 12));
    assert_eq!(
        size(boxed(table(), 100.0, 20.0, 130.0, 140.0)),
        (1, 3, 4, 12)
    );
}

#[test]
fn the_frame_of_a_table_is_no_box_over_it() {
    let sample = boxed(Sample::new(), 10.0, 10.0, 290.0, 100.0);
    let sample = sample.line(10.0, 40.0, 290.0, 40.0);
    assert_eq!(size(sample.line(80.0, 10.0, 80.0, 100.0)), (1, 2, 2, 4));
}

#[test]
fn arrows_in_a_schedule_divide_no_cells() {
    let table = || Sample::new().table(&XS, &YS);
    assert_eq!(size(table().line(100.0, 55.0, 260.0, 55.0)), (1, 3, 4, 12));
    assert_eq!(size(table().line(180.0, 20.0, 180.0, 90.0)), (1, 3, 4, 12));
    // A rule that runs from rule to rule does, and so do the rules of a table that is open at its sides.
    assert_eq!(size(table().line(80.0, 55.0, 220.0, 55.0)), (1, 4, 4, 14));
    let open = Sample::new()
        .line(80.0, 10.0, 80.0, 70.0)
        .line(150.0, 10.0, 150.0, 70.0);
    let open = [10.0, 40.0, 70.0]
        .into_iter()
        .fold(open, |open, y| open.line(10.0, y, 220.0, y));
    assert_eq!(size(open), (1, 2, 3, 6));
}

#[test]
fn text_over_which_an_arrow_runs_stays_in_its_cell() {
    let sample = Sample::new().table(&XS, &YS).line(100.0, 55.0, 260.0, 55.0);
    let reading = sample
        .text(155.0, 52.0, 10.0, "準備")
        .text(155.0, 66.0, 10.0, "実施")
        .read();
    assert_eq!(cells(&reading)[6], "準備|実施|");
}

#[test]
fn polygons_with_slanted_sides_have_no_rules() {
    // An arrow: a shaft and a head in one path.
    let arrow = b"20 40 m 80 40 l 80 30 l 100 45 l 80 60 l 80 50 l 20 50 l h S";
    assert!(
        inks(&content(arrow).0)
            .iter()
            .all(|ink| ink.starts_with("other"))
    );
    let rules = b"20 40 m 80 40 l 80 30 l S";
    assert!(
        inks(&content(rules).0)
            .iter()
            .all(|ink| ink.starts_with("stroke"))
    );
}

#[test]
fn borders_cut_at_an_angle_are_boxes() {
    // Where a diagonal begins, or two borders of different colours meet, ends are cut.
    let mitred = b"20 90 m 20 20 l 19.4 20 l 19.4 90.1 l f 20 10 m 80 10 l 77 13 l 23 13 l f";
    assert_eq!(
        inks(&content(mitred).0),
        ["fill 194 99 200 800 0", "fill 200 870 800 900 0"]
    );
    let diagonal = b"20 90 m 80 20 l 79 19 l 19 89 l f";
    assert!(
        inks(&content(diagonal).0)
            .iter()
            .all(|ink| ink.starts_with("other"))
    );
}
