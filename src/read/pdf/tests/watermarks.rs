//! Text at an angle, and large text over other text.

use super::build::{HELVETICA, codes, page};
use crate::read::ReadOptions;
use crate::sheet::{AsideClass, Block, Reading};

fn reading(content: &str) -> Reading {
    let file = page("", HELVETICA, content.as_bytes(), &[]);
    crate::read::pdf::read(&file, &ReadOptions::default()).unwrap()
}

fn lines(reading: &Reading) -> Vec<&str> {
    let blocks = reading.sheets.iter().flat_map(|sheet| &sheet.blocks);
    let lines = blocks.filter_map(|block| match block {
        Block::Line(line) => Some(line.range.of(&reading.text)),
        Block::Grid(_) => None,
    });
    lines
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect()
}

fn watermarks(reading: &Reading) -> Vec<&str> {
    let asides = reading.set_aside.iter();
    let asides = asides.filter(|aside| aside.class == AsideClass::Furniture);
    asides
        .map(|aside| aside.range.of(&reading.text).trim())
        .collect()
}

const TEXT: &str = "BT /F 8 Tf 1 0 0 1 20 50 Tm (some words of the page) Tj ET ";

#[test]
fn text_at_an_angle_over_a_page_is_a_watermark() {
    let large = reading(&format!(
        "{TEXT} BT /F 30 Tf .7 .7 -.7 .7 120 20 Tm (DR) Tj (AFT) Tj ET"
    ));
    assert_eq!(lines(&large), ["some words of the page"]);
    assert_eq!(watermarks(&large), ["DRAFT"]);
    assert_eq!(codes(&large.notes), ["watermark"]);
    // The second has the words of the first, which lies over the text.
    let small = reading(&format!(
        "{TEXT} BT /F 8 Tf .9 .4 -.4 .9 30 42 Tm (copy) Tj .9 .4 -.4 .9 120 80 Tm (copy) Tj ET"
    ));
    assert_eq!(watermarks(&small), ["copy", "copy"]);
    assert_eq!(codes(&small.notes), ["watermark"], "told once");
}

#[test]
fn what_the_file_calls_a_watermark_is_one() {
    let artifact = |properties: &str| {
        let content = format!(
            "{TEXT} /Artifact <<{properties}>> BDC BT /F 8 Tf 1 0 0 1 20 20 Tm (copy) Tj ET EMC \
             BT 1 0 0 1 20 80 Tm (more) Tj ET"
        );
        reading(&content)
    };
    let called = artifact("/Subtype /Watermark /Type /Pagination");
    assert_eq!(watermarks(&called), ["copy"]);
    assert_eq!(lines(&called), ["more", "some words of the page"]);
    let other = artifact("/Subtype /Footer /Type /Pagination");
    assert_eq!(watermarks(&other), [""; 0]);
    let annotation = "/Annots[<</Subtype/Watermark/Rect[20 10 60 30]/AP<</N 5 0 R>>>>]";
    let form = super::build::stream(
        &format!("/Subtype/Form/BBox[0 0 40 20]/Resources<<{HELVETICA}>>"),
        b"BT /F 8 Tf 1 0 0 1 2 8 Tm (copy) Tj ET",
    );
    let file = page(annotation, HELVETICA, TEXT.as_bytes(), &[(5, form)]);
    let annotated = crate::read::pdf::read(&file, &ReadOptions::default()).unwrap();
    assert_eq!(watermarks(&annotated), ["copy"]);
}

#[test]
fn a_page_with_little_text_has_the_watermark_of_the_pages_before() {
    let mark = "BT /F 40 Tf 1 0 0 1 20 38 Tm (COPY) Tj ET";
    let contents = [
        format!("{TEXT}{mark}"),
        format!("BT /F 8 Tf 5 90 Td (the end) Tj ET {mark}"),
    ];
    let page = |contents: u32| {
        let page =
            format!("<</Type/Page/Parent 2 0 R/Contents {contents} 0 R/Resources<<{HELVETICA}>>>>");
        page.into_bytes()
    };
    let file = super::build::file(&[
        (1, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()),
        (
            2,
            b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 200 100]>>".to_vec(),
        ),
        (3, page(5)),
        (4, page(6)),
        (5, super::build::stream("", contents[0].as_bytes())),
        (6, super::build::stream("", contents[1].as_bytes())),
    ]);
    let both = crate::read::pdf::read(&file, &ReadOptions::default()).unwrap();
    assert_eq!(watermarks(&both), ["COPY", "COPY"]);
    assert_eq!(lines(&both), ["some words of the page", "the end"]);
}

#[test]
fn a_page_that_is_askew_has_no_watermark() {
    let lines: Vec<String> = (0..4)
        .map(|at| {
            format!(
                ".95 .3 -.3 .95 20 {} Tm (line {at} of the page) Tj ",
                70 - 15 * at
            )
        })
        .collect();
    let askew = reading(&format!(
        "BT /F 8 Tf 1 0 0 1 5 5 Tm (1) Tj /F 14 Tf {} ET",
        lines.concat()
    ));
    assert_eq!(watermarks(&askew), [""; 0]);
    assert_eq!(self::lines(&askew).len(), 5);
}

#[test]
fn a_turned_heading_is_none() {
    let turned = reading(&format!(
        "{TEXT} BT /F 8 Tf .7 .7 -.7 .7 120 70 Tm (April) Tj ET"
    ));
    assert_eq!(watermarks(&turned), [""; 0]);
    assert!(codes(&turned.notes).is_empty(), "nor has a character moved");
    assert_eq!(lines(&turned), ["some words of the page", "April"]);
}

#[test]
fn headings_at_an_angle_are_read_one_by_one() {
    let headings = "BT /F 8 Tf .7 .7 -.7 .7 20 60 Tm (April) Tj .7 .7 -.7 .7 32 60 Tm (May) Tj \
        .7 .7 -.7 .7 44 60 Tm (June) Tj ET ";
    let free = reading(&format!("{TEXT}{headings}"));
    assert_eq!(
        lines(&free),
        ["some words of the page", "April", "May", "June"]
    );
    let cells = "10 10 m 10 95 l S 100 10 m 100 95 l S 190 10 m 190 95 l S \
        10 10 m 190 10 l S 10 40 m 190 40 l S 10 95 m 190 95 l S ";
    let table = reading(&format!(
        "{cells}{headings} BT 1 0 0 1 120 70 Tm (rest) Tj ET"
    ));
    let blocks = &table.sheets[0].blocks;
    let [Block::Grid(grid)] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    let texts: Vec<&str> = grid
        .cells
        .iter()
        .flat_map(|cell| &cell.lines)
        .map(|line| line.range.of(&table.text).trim())
        .collect();
    assert_eq!(texts, ["April", "May", "June", "rest"]);
    assert!(table.notes.is_empty(), "{:?}", table.notes);
}

#[test]
fn large_text_over_other_text_is_a_watermark_and_a_large_title_is_none() {
    let over = reading(&format!("{TEXT} BT /F 40 Tf 1 0 0 1 20 38 Tm (COPY) Tj ET"));
    assert_eq!(lines(&over), ["some words of the page"]);
    assert_eq!(watermarks(&over), ["COPY"]);
    let title = reading(&format!("{TEXT} BT /F 40 Tf 1 0 0 1 20 65 Tm (COPY) Tj ET"));
    assert_eq!(lines(&title), ["COPY", "some words of the page"]);
    assert_eq!(watermarks(&title), [""; 0]);
}
