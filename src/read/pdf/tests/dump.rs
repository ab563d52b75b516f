//! Prints the marks of the file that `SEIRIHYO_DUMP` names, for looking at them.

use crate::read::pdf::content::interpret::Reader;
use crate::read::pdf::file::Pdf;

#[test]
fn dump() {
    let Ok(path) = std::env::var("SEIRIHYO_DUMP") else {
        return;
    };
    let bytes = std::fs::read(path).unwrap();
    let pdf = Pdf::open(&bytes, std::env::var("SEIRIHYO_PASSWORD").ok().as_deref()).unwrap();
    println!("producer {:?} pages {}", pdf.producer(), pdf.page_count());
    let mut reader = Reader::new(&pdf);
    for number in 1..=pdf.page_count() {
        let mut notes = Vec::new();
        let marks = reader.page(number, &mut notes).unwrap();
        println!(
            "page {number} size {:?} glyphs {} ink {} images {} decoded {}",
            marks.size,
            marks.glyphs.len(),
            marks.ink.len(),
            marks.images.len(),
            marks.decoded_characters
        );
        for note in &notes {
            println!("note {} {} {:?}", note.code, note.message, note.text);
        }
        for glyph in &marks.glyphs {
            let text = &marks.text[glyph.text.0 as usize..glyph.text.1 as usize];
            println!(
                "g {text:?} {:.2} {:.2} adv {:.2} {:.2} size {:.2} v{} r{} {:?}",
                glyph.origin.x,
                glyph.origin.y,
                glyph.advance.x,
                glyph.advance.y,
                glyph.size,
                u8::from(glyph.vertical),
                glyph.run,
                glyph.visibility
            );
        }
        for ink in &marks.ink {
            println!("i {ink:?}");
        }
    }
}
