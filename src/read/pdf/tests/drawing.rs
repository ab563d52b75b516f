//! Paths, clips, shadings and images -> ink.

use super::build::{content, inks, page, read, stream};

fn drawn(bytes: &[u8]) -> Vec<String> {
    inks(&content(bytes).0)
}

#[test]
fn a_stroked_rectangle_is_four_strokes() {
    assert_eq!(
        drawn(b"0.5 w 10 20 30 40 re S"),
        [
            "stroke 100 800 400 800 w5 0",
            "stroke 400 800 400 400 w5 0",
            "stroke 400 400 100 400 w5 0",
            "stroke 100 400 100 800 w5 0"
        ]
    );
}

#[test]
fn a_stroke_is_as_wide_as_the_matrix_stretches_it() {
    let strokes = drawn(b"2 0 0 5 0 0 cm 1 w 10 10 m 20 10 l 20 15 l S");
    assert_eq!(
        strokes,
        [
            "stroke 200 500 400 500 w50 0",
            "stroke 400 500 400 250 w20 0"
        ]
    );
}

#[test]
fn dashes_and_colours_of_strokes() {
    assert_eq!(
        drawn(b"[3 2] 0 d 0.5 G 0 10 m 50 10 l S"),
        ["stroke 0 900 500 900 w10 50"]
    );
    assert_eq!(
        drawn(b"[] 0 d 1 1 1 RG 0 10 m 50 10 l S"),
        ["stroke 0 900 500 900 w10 100"]
    );
}

#[test]
fn rectangles_are_known_however_they_are_filled() {
    let rectangle = ["fill 100 795 400 800 0"];
    assert_eq!(drawn(b"10 20 30 .5 re f"), rectangle);
    assert_eq!(
        drawn(b"10 20 m 40 20 l 40 20.5 l 10 20.5 l h f*"),
        rectangle
    );
    assert_eq!(drawn(b"10 20 m 10 20.5 l 40 20.5 l 40 20 l f"), rectangle);
    assert_eq!(
        drawn(b"10 20 m 40 20 l 40 20.5 l 10 20.5 l 10 20 l f"),
        rectangle
    );
    assert_eq!(
        drawn(b"10 20.5 m 20 20.5 30 20.5 40 20.5 c 40 20 l 10 20 l f"),
        rectangle,
        "a straight curve"
    );
    assert_eq!(
        drawn(b"10 20 m 40 20 l 30 50 l f").len(),
        3,
        "a triangle is none"
    );
}

#[test]
fn a_filled_frame_is_its_four_sides() {
    let sides = [
        "fill 100 500 500 510 0",
        "fill 100 890 500 900 0",
        "fill 100 500 110 900 0",
        "fill 490 500 500 900 0",
    ];
    assert_eq!(drawn(b"10 10 40 40 re 11 11 38 38 re f*"), sides);
    assert_eq!(
        drawn(b"10 10 40 40 re 11 11 m 11 49 l 49 49 l 49 11 l h f"),
        sides,
        "the other way round"
    );
    assert_eq!(
        drawn(b"10 10 40 40 re 11 11 38 38 re f").len(),
        2,
        "the same way round there is no hole"
    );
}

#[test]
fn white_masks_keep_their_place_in_the_order() {
    assert_eq!(
        drawn(b"0 g 0 0 9 1 re f 1 g 0 0 5 1 re f"),
        ["fill 0 990 90 1000 0", "fill 0 990 50 1000 100"]
    );
    assert_eq!(
        drawn(b"0 0 0 0.25 k 0 0 9 1 re f"),
        ["fill 0 990 90 1000 75"]
    );
}

#[test]
fn the_clip_cuts_what_is_painted() {
    assert_eq!(
        drawn(b"10 10 20 1 re W n 0 0 200 100 re f"),
        ["fill 100 890 300 900 0"]
    );
    assert_eq!(
        drawn(b"10 10 20 20 re W n 0 50 m 200 50 l S 0 20 m 200 20 l S"),
        ["stroke 100 800 300 800 w10 0"]
    );
    assert_eq!(
        drawn(b"10 10 20 20 re W n 50 50 20 20 re W n 0 0 200 100 re f"),
        [""; 0]
    );
    assert_eq!(
        drawn(b"-10 10 50 1 re f 300 0 10 10 re f"),
        ["fill 0 890 400 900 0"],
        "the page's edge cuts, too"
    );
}

#[test]
fn a_shading_in_a_thin_clip_is_a_fill() {
    let shading = "/Shading<</S <</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 0]>>>>";
    let (marks, _) = read(&page("", shading, b"q 10 10 50 .5 re W n /S sh Q", &[]));
    assert_eq!(inks(&marks), ["fill 100 895 600 900 50"]);
}

#[test]
fn a_thin_image_is_a_rule_and_a_large_one_an_image() {
    let image = stream(
        "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"\0",
    );
    let content = b"q 100 0 0 .5 10 10 cm /I Do Q q 100 0 0 50 10 20 cm /I Do Q";
    let (marks, _) = read(&page("", "/XObject<</I 5 0 R>>", content, &[(5, image)]));
    assert_eq!(inks(&marks), ["fill 100 895 1100 900 0"]);
    assert_eq!(marks.images.len(), 1);
}

#[test]
fn inks_and_colour_spaces() {
    let spaces =
        "/ColorSpace<</B [/Separation/Black/DeviceCMYK 5 0 R]/I [/ICCBased 6 0 R]/P [/Pattern]>>";
    let more = [
        (5, b"<</FunctionType 2>>".to_vec()),
        (6, stream("/N 3", b"")),
    ];
    let content = b"/B cs 1 scn 0 0 9 1 re f 0 scn 0 0 9 1 re f /I cs 1 1 1 sc 0 0 9 1 re f /P cs /X scn 0 0 9 1 re f";
    let (marks, _) = read(&page("", spaces, content, &more));
    let lightness: Vec<_> = inks(&marks)
        .iter()
        .map(|ink| ink.rsplit(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(lightness, ["0", "100", "100", "50"]);
}
