//! Files: passwords, page trees, producers.

use std::path::Path;

use super::build::{HELVETICA, codes, content, file, page, read, stream};
use crate::error::Problem;
use crate::read::pdf::content::interpret::Reader;
use crate::read::pdf::file::Pdf;
use crate::read::{ReadOptions, RecognisedLayer};

fn fixture(case: &str) -> Vec<u8> {
    std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures")
            .join(case)
            .join("input.pdf"),
    )
    .unwrap()
}

fn problem(bytes: &[u8], password: Option<&str>) -> Problem {
    Pdf::open(bytes, password).err().unwrap().problem().clone()
}

#[test]
fn a_locked_file_asks_for_its_password() {
    let bytes = fixture("kokubunji/small_pdf_password");
    assert_eq!(problem(&bytes, None), Problem::PasswordNeeded);
    assert_eq!(problem(&bytes, Some("違う")), Problem::PasswordWrong);
}

#[test]
fn a_file_that_opens_without_a_password_opens_with_any() {
    let ways = ["owner_password", "rc4_40", "aes_128"];
    let locked = ways.map(|way| fixture(&format!("kokubunji/small_pdf_{way}")));
    for (locked, password) in locked.iter().flat_map(|l| [(l, None), (l, Some("違う"))]) {
        let pdf = Pdf::open(locked, password).unwrap();
        assert!(
            !Reader::new(&pdf)
                .page(1, &mut Vec::new())
                .unwrap()
                .text
                .is_empty()
        );
        assert!(Pdf::open(&page("", "", b"", &[]), password).is_ok());
    }
}

#[test]
fn a_locked_file_without_an_identifier_is_opened() {
    let mut locked = fixture("kokubunji/small_pdf_owner_password");
    let at = locked.windows(5).position(|five| five == b"/ID [");
    locked[at.unwrap() + 1] = b'X';
    let pdf = Pdf::open(&locked, None).unwrap();
    let marks = Reader::new(&pdf).page(1, &mut Vec::new()).unwrap();
    assert!(!marks.text.is_empty());
}

#[test]
fn attributes_come_from_the_page_tree() {
    let objects = [
        (1, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()),
        (
            2,
            format!("<</Type/Pages/Kids[3 0 R]/Count 1/Resources<<{HELVETICA}>>/Rotate 90>>")
                .into_bytes(),
        ),
        (
            3,
            b"<</Type/Pages/Parent 2 0 R/Kids[5 0 R]/Count 1/MediaBox[0 0 300 100]>>".to_vec(),
        ),
        (4, stream("", b"BT /F 10 Tf (a) Tj ET")),
        (5, b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>".to_vec()),
    ];
    let (marks, _) = read(&file(&objects));
    assert_eq!((marks.text.as_str(), marks.size), ("a", (100.0, 300.0)));
}

#[test]
fn pages_are_found_where_the_page_tree_is_lost() {
    let objects = [
        (1, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()),
        (
            3,
            format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<{HELVETICA}>>>>")
                .into_bytes(),
        ),
        (4, stream("", b"BT /F 10 Tf (a) Tj ET")),
    ];
    let (marks, notes) = read(&file(&objects));
    assert_eq!(marks.text, "a");
    assert_eq!(notes.len(), 1, "{notes:?}");
}

#[test]
fn no_file_without_pages_is_read_as_empty() {
    assert!(matches!(
        problem(b"%PDF-1.7\n", None),
        Problem::Damaged { .. }
    ));
    let objects = [(1, b"<</Type/Catalog>>".to_vec())];
    assert!(matches!(
        problem(&file(&objects), None),
        Problem::Damaged { .. }
    ));
}

/// A scan whose text lies unseen over its image, or under it.
fn scan(content: &[u8]) -> Vec<u8> {
    let image = stream(
        "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"\0",
    );
    page(
        "",
        &format!("{HELVETICA}/XObject<</I 5 0 R>>"),
        content,
        &[(5, image)],
    )
}

#[test]
fn a_page_without_text_is_told_where_others_have_some() {
    let image = stream(
        "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"\0",
    );
    let page = |content: u32| {
        let resources = format!("{HELVETICA}/XObject<</I 9 0 R>>");
        format!("<</Type/Page/Parent 2 0 R/Contents {content} 0 R/Resources<<{resources}>>>>")
    };
    let pages = "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3/MediaBox[0 0 200 100]>>";
    let bytes = file(&[
        (1, "<</Type/Catalog/Pages 2 0 R>>".into()),
        (2, pages.into()),
        (3, page(6).into_bytes()),
        (4, page(7).into_bytes()),
        (5, page(8).into_bytes()),
        (6, stream("", b"BT /F 10 Tf 20 20 Td (abc) Tj ET")),
        (7, stream("", b"q 200 0 0 100 0 0 cm /I Do Q")),
        (8, stream("", b"")),
        (9, image),
    ]);
    let reading = crate::read::pdf::read(&bytes, &ReadOptions::default()).unwrap();
    assert_eq!(codes(&reading.notes), ["page-without-text"]);
    assert!(
        matches!(
            &reading.notes[0].place,
            Some(crate::place::Place::Box { page: 2, .. })
        ),
        "an empty page is no scan"
    );
}

#[test]
fn a_recognised_layer_is_used_only_on_request() {
    let over = scan(b"q 200 0 0 100 0 0 cm /I Do Q BT /F 10 Tf 3 Tr 20 20 Td (abc) Tj ET");
    let under = scan(b"BT /F 10 Tf 20 20 Td (abc) Tj ET q 200 0 0 100 0 0 cm /I Do Q");
    for bytes in [over, under] {
        let alone = crate::read::pdf::read(&bytes, &ReadOptions::default());
        assert!(matches!(
            alone.err().unwrap().problem(),
            Problem::OnlyRecognisedText { pages: 1 }
        ));
        let asked = ReadOptions {
            recognised_layer: RecognisedLayer::Read,
            ..ReadOptions::default()
        };
        let reading = crate::read::pdf::read(&bytes, &asked).unwrap();
        assert_eq!(reading.sheets[0].blocks.len(), 1);
        assert_eq!(codes(&reading.notes), ["recognised-text"]);
    }
}

#[test]
fn a_stream_without_its_end_is_read() {
    let whole = page("", HELVETICA, b"BT /F 10 Tf (a) Tj ET", &[]);
    let word = b"\nendstream";
    let at = whole
        .windows(word.len())
        .position(|part| part == word)
        .unwrap();
    let open = [&whole[..at], &whole[at + word.len()..]].concat();
    assert_eq!(read(&open).0.text, "a");
}

#[test]
fn a_page_without_content_has_no_marks() {
    let (marks, notes) = content(b"");
    assert!(marks.glyphs.is_empty() && marks.ink.is_empty() && notes.is_empty());
}

#[test]
fn a_stream_that_unpacks_without_end_is_stopped_at_the_limit() {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..=(crate::read::limits::STREAM_BYTES >> 20) {
        packer.write_all(&spaces).unwrap();
    }
    let objects = [
        (1, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()),
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec()),
        (3, b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".to_vec()),
        (4, stream("/Filter/FlateDecode", &packer.finish().unwrap())),
    ];
    let bytes = file(&objects);
    let pdf = Pdf::open(&bytes, None).unwrap();
    let error = Reader::new(&pdf).page(1, &mut Vec::new()).err().unwrap();
    assert!(matches!(error.problem(), Problem::Limit { .. }), "{error}");
}

#[test]
fn a_page_whose_content_is_lost_is_damaged_and_no_scan() {
    let bytes = fixture("kokubunji/small_rksj_pdf");
    let at = bytes
        .windows(9)
        .position(|window| window == b"/Contents")
        .unwrap();
    let mut lost = bytes;
    // The reference leads to an object that the file does not have.
    let digit = at + lost[at..].iter().position(u8::is_ascii_digit).unwrap();
    let end = digit
        + lost[digit..]
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .unwrap();
    lost[digit..end].fill(b'9');
    let error = crate::read::pdf::read(&lost, &ReadOptions::default()).unwrap_err();
    assert!(
        matches!(error.problem(), Problem::Damaged { .. }),
        "{error}"
    );
}

fn packed(text: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

/// A page whose content and whose font's map are packed as given.
fn packed_page(content: &[u8], map: &[u8]) -> Vec<u8> {
    file(&[
        (1, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()),
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec()),
        (
            3,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_vec(),
        ),
        (4, stream("/Filter/FlateDecode", content)),
        (5, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>".to_vec()),
        (6, stream("/Filter/FlateDecode", map)),
    ])
}

#[test]
fn a_wrong_checksum_is_the_sign_of_other_characters() {
    let map = packed(
        b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <61> <3042> endbfchar",
    );
    let content = packed(b"BT /F 10 Tf 9 9 Td (a) Tj ET");
    let wrong = |bytes: &[u8]| {
        let (last, rest) = bytes.split_last().unwrap();
        [rest, &[last ^ 1]].concat()
    };
    let cut = |bytes: &[u8]| bytes[..bytes.len() - 4].to_vec();
    let damaged = |content: &[u8], map: &[u8]| {
        let (marks, notes) = read(&packed_page(content, map));
        assert_eq!(marks.text, "あ");
        notes.iter().any(|note| note.code == "damaged-content")
    };
    assert!(!damaged(&content, &map));
    assert!(damaged(&wrong(&content), &map));
    assert!(damaged(&content, &wrong(&map)));
    // Where it was cut off, it says nothing; and a header of another kind changes no data.
    assert!(!damaged(&cut(&content), &cut(&map)));
    assert!(!damaged(&[&[0x79, 0x9c], &content[2..]].concat(), &map));
}
