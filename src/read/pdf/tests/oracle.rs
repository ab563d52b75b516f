//! Every glyph's characters and origin against those that an independent interpreter finds, over the project's
//! fixtures and, where they are at hand, the shared documents.
//!
//! Documented differences: that interpreter knows characters by `ToUnicode` and glyph names only, so a glyph that it
//! cannot name is compared by its place; it leaves some invisible text out; it takes vertical glyphs by their
//! horizontal origin; and it writes the wave dash and the minus of JIS where CP932 has the full-width tilde and
//! hyphen-minus.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf as OraclePdf;
use hayro_interpret::kurbo::{Affine, BezPath, Point as OraclePoint, Rect as OracleRect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};

use crate::read::pdf::content::interpret::Reader;
use crate::read::pdf::file::Pdf;
use crate::read::pdf::marks::{Marks, Visibility};

/// Fixtures that the oracle reads otherwise, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("pdf/user_unit_pdf", "it leaves UserUnit out"),
    ("pdf/no_endstream_pdf", "it reads no stream without its end"),
    (
        "pdf/split_tokens_pdf",
        "it takes the end of a part for the end of a token",
    ),
    ("pdf/jis2004_utf16_h_pdf", "it does not have this CMap"),
    ("pdf/utf32_h_pdf", "it does not have this CMap"),
    ("pdf/utf8_h_pdf", "it does not have this CMap"),
    ("pdf/wrong_map_pdf", "it believes the text map"),
    ("pdf/ucs2_wrong_map_pdf", "it believes the text map"),
];

/// A glyph as the oracle sees it: its characters if it knows them, and its origin.
type Seen = (Option<String>, f64, f64);

#[derive(Default)]
struct Collector(Vec<Seen>);

impl Device<'_> for Collector {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let text = glyph.as_unicode().map(|text| match text {
                BfString::Char(character) => character.to_string(),
                BfString::String(text) => text,
            });
            let origin = props.transform * glyph.transform() * OraclePoint::ZERO;
            self.0.push((text, origin.x, origin.y));
        }
    }
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The glyphs of each page.
fn oracle(bytes: &[u8]) -> Option<Vec<Vec<Seen>>> {
    let pdf = OraclePdf::new(bytes.to_vec()).ok()?;
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let initial = Affine::new(page.initial_transform(true).as_coeffs());
        let area = OracleRect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(
            initial,
            area,
            &cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        let mut collector = Collector::default();
        interpret_page(page, &mut context, &mut collector);
        pages.push(collector.0);
    }
    Some(pages)
}

/// A place in half points.
fn slot(x: f64, y: f64) -> (i64, i64) {
    ((x * 2.0).round() as i64, (y * 2.0).round() as i64)
}

/// What one side paints and the other does not.
fn differences(marks: &Marks, oracle: &[Seen]) -> Vec<String> {
    let mut ours: HashMap<(i64, i64), Vec<String>> = HashMap::new();
    // What is not painted may be left out by either, and a pattern's cell, which is painted by what is filled with it.
    let unseen = |visibility| {
        matches!(
            visibility,
            Visibility::Invisible | Visibility::HiddenLayer | Visibility::Pattern
        )
    };
    let unseen: HashSet<(i64, i64)> = marks
        .glyphs
        .iter()
        .filter(|glyph| unseen(glyph.visibility))
        .map(|glyph| slot(glyph.origin.x.into(), glyph.origin.y.into()))
        .collect();
    let painted = marks.glyphs.iter().filter(|glyph| !glyph.vertical);
    for glyph in painted {
        let text = &marks.text[glyph.text.0 as usize..glyph.text.1 as usize];
        if !text.trim().is_empty() {
            ours.entry(slot(glyph.origin.x.into(), glyph.origin.y.into()))
                .or_default()
                .push(text.to_owned());
        }
    }
    let vertical = marks.glyphs.iter().any(|glyph| glyph.vertical);
    let mut differences = Vec::new();
    for (text, x, y) in oracle {
        if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            continue;
        }
        let (column, row) = slot(*x, *y);
        let near = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (column + dx, row + dy)));
        let found = near.into_iter().any(|slot| {
            let Some(texts) = ours.get_mut(&slot) else {
                return false;
            };
            let same = texts
                .iter()
                .position(|own| text.as_ref().is_none_or(|text| fold(own) == fold(text)));
            same.map(|index| texts.remove(index)).is_some()
        });
        // A glyph that the oracle cannot name may be a space.
        if !found && text.is_some() && !vertical {
            differences.push(format!("not ours: {text:?} at {x:.1} {y:.1}"));
        }
    }
    ours.retain(|slot, _| !unseen.contains(slot));
    for (slot, texts) in ours {
        differences.extend(
            texts
                .into_iter()
                .map(|text| format!("only ours: {text:?} at {slot:?} half points")),
        );
    }
    differences
}

/// Without what the two write differently: variation selectors, and characters that Unicode holds for equal.
fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let folded = text
        .nfkc()
        .filter(|c| !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'));
    let same = |c| match c {
        '\u{301c}' => '~',
        '\u{2212}' => '-',
        other => other,
    };
    folded.map(same).collect()
}

fn pdfs_under(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            pdfs_under(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "pdf") {
            found.push(path);
        }
    }
}

#[test]
fn same_characters_at_the_same_places() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared =
        std::env::var_os("SEIRIHYO_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let mut paths = Vec::new();
    pdfs_under(&root.join("fixtures"), &mut paths);
    if shared.is_dir() {
        pdfs_under(&shared.join("acceptance/input"), &mut paths);
    } else {
        println!(
            "skipped the shared documents: {} is not there",
            shared.display()
        );
    }
    if let Some(more) = std::env::var_os("SEIRIHYO_MORE_PDFS") {
        pdfs_under(Path::new(&more), &mut paths);
    }
    let mut wrong = Vec::new();
    let mut compared = 0;
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let (Ok(pdf), Some(pages)) = (Pdf::open(&bytes, None), oracle(&bytes)) else {
            continue;
        };
        let mut reader = Reader::new(&pdf);
        for (number, seen) in (1..=pdf.page_count()).zip(pages) {
            let marks = reader.page(number, &mut Vec::new()).unwrap();
            compared += marks.glyphs.len();
            let differences = differences(&marks, &seen);
            let is_known =
                |(case, _): &(&str, &str)| path.parent().is_some_and(|at| at.ends_with(case));
            if !differences.is_empty() && !EXCEPTIONS.iter().any(is_known) {
                let first: Vec<_> = differences.iter().take(5).collect();
                wrong.push(format!(
                    "{} page {number}: {} differences: {first:?}",
                    path.display(),
                    differences.len()
                ));
            }
        }
    }
    println!("{compared} glyphs compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
