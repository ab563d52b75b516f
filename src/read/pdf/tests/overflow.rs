//! Text that is wider than its cell and runs over empty neighbours.

use super::sample::{Sample, cells};

/// One row of three cells, 60 points wide each.
fn row(x: f32, text: &str) -> Vec<String> {
    let sample = Sample::new().table(&[10.0, 70.0, 130.0, 190.0], &[10.0, 30.0, 50.0]);
    let reading = sample
        .text(12.0, 45.0, 10.0, "総務課")
        .text(x, 25.0, 10.0, text)
        .read();
    assert!(
        !reading
            .notes
            .iter()
            .any(|note| note.code == "text-not-conserved")
    );
    cells(&reading)[..3].to_vec()
}

#[test]
fn text_that_is_set_at_the_right_is_of_the_cell_where_it_ends() {
    assert_eq!(
        row(108.0, "道の段差を直す。"),
        ["", "", "道の段差を直す。|"]
    );
}

#[test]
fn text_that_is_set_in_the_middle_is_of_the_cell_whose_middle_it_has() {
    assert_eq!(row(60.0, "道の段差を直す。"), ["", "道の段差を直す。|", ""]);
}

#[test]
fn text_that_begins_at_the_left_of_its_cell_is_of_that() {
    assert_eq!(
        row(12.0, "道の段差を地図で調べる"),
        ["道の段差を地図で調べる|", "", ""]
    );
    assert_eq!(
        row(14.0, "道の段差を調べ、順に直していく。")[0],
        "道の段差を調べ、順に直していく。|"
    );
}

#[test]
fn text_that_runs_over_a_cell_with_text_of_its_own_is_of_the_cell_where_it_starts() {
    let sample = Sample::new().table(&[10.0, 70.0, 130.0, 190.0], &[10.0, 50.0]);
    let sample = sample.text(132.0, 45.0, 10.0, "年度末");
    let reading = sample.text(108.0, 25.0, 10.0, "道の段差を直す。").read();
    assert_eq!(cells(&reading), ["", "道の段差を直す。!", "年度末!"]);
}

#[test]
fn a_text_that_an_edge_cuts_off_is_told() {
    use crate::read::pdf::marks::Visibility;
    let mut sample = Sample::new()
        .table(&[10.0, 70.0, 130.0], &[10.0, 30.0])
        .text(12.0, 25.0, 10.0, "総務課の職員");
    let cut = sample.marks.glyphs.iter_mut().skip(5);
    cut.for_each(|glyph| glyph.visibility = Visibility::Clipped);
    let sample = sample
        .text(72.0, 25.0, 10.0, "年度末")
        .text(300.0, 90.0, 10.0, "裏");
    let reading = sample.hidden(Visibility::Clipped).read();
    let told = reading
        .notes
        .iter()
        .map(|note| (note.code.as_str(), note.text.as_deref()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [("cut-off-text", Some("員")), ("hidden-text", Some("裏"))]
    );
}
