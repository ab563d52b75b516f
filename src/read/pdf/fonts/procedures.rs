//! Glyph procedures of Type 3 fonts -> what glyphs read that nothing else names (ISO 32000-1 §9.6.5).

use super::{Characters, FontCache, Source};
use crate::read::limits;
use crate::read::pdf::content::operators::{Content, Operand, Operation};
use crate::read::pdf::file::{Dict, Stream};
use crate::read::pdf::fonts::composite::FULL_WIDTH;
use crate::read::pdf::fonts::simple::differences;

/// Type 3 fonts whose procedures show text of a Type 3 font: none that a program makes.
const MOST_NESTED: u8 = 3;
/// A glyph's procedure has less text than this; more is a page that was made a glyph.
const MOST_STRINGS: usize = 16;

/// What a glyph's procedure paints.
#[derive(Default)]
struct Painting<'a> {
    /// Strings with their fonts.
    strings: Vec<(Dict<'a>, Vec<u8>)>,
    /// Whether it paints a shape or an image.
    has_shapes: bool,
}

impl<'a> FontCache<'a> {
    /// Reads the glyphs of a Type 3 font that nothing names by their procedures: one that shows text of another font
    /// reads as that text, one that paints nothing is white space. A glyph that has characters of its own keeps these –
    /// what its procedure shows is how it is drawn – and what is an image or a shape is not known.
    pub(super) fn read_procedures(&mut self, id: super::FontId, dict: Dict<'a>) {
        let procedures = dict.dict(b"CharProcs");
        let Some(procedures) = procedures.filter(|_| self.nested < MOST_NESTED) else {
            return;
        };
        self.nested += 1;
        for (code, name) in differences(dict) {
            let font = self.fonts.get(id.0);
            let unnamed =
                font.map(|font| font.kind.show(code, 1, &self.collections, font.pictures));
            let unnamed = unnamed.filter(|shown| shown.source == Source::None);
            let (Some(mut shown), Some(procedure)) = (unnamed, procedures.stream(name)) else {
                continue;
            };
            let em = self.em(id);
            let Some((characters, source)) =
                self.read_procedure(procedure, dict, shown.advance / em)
            else {
                continue;
            };
            (shown.characters, shown.source) = (characters, source);
            if let Some(font) = self.fonts.get_mut(id.0) {
                font.shown.insert((code, 1), shown);
            }
        }
        self.nested -= 1;
    }

    /// What one procedure shows; `ems` is how far the next glyph stands.
    fn read_procedure(
        &mut self,
        procedure: Stream<'a>,
        font: Dict<'a>,
        ems: f64,
    ) -> Option<(Characters, Source)> {
        let decoded = procedure.decode_up_to(limits::CMAP_BYTES);
        if decoded.damage.is_some() {
            return None;
        }
        let painting = painting(&decoded.bytes, font.dict(b"Resources"));
        if painting.strings.is_empty() {
            let space = if ems * 1000.0 >= f64::from(FULL_WIDTH) {
                '\u{3000}'
            } else {
                ' '
            };
            return (!painting.has_shapes).then_some((Characters::One(space), Source::Blank));
        }
        let strings = painting.strings.iter().take(MOST_STRINGS + 1);
        let mut texts: Vec<String> = strings
            .map(|(font, bytes)| self.text_of(*font, bytes))
            .collect::<Option<_>>()?;
        // The same text again is bold print.
        texts.dedup();
        let text = texts.concat();
        let characters = Characters::from_text(&text).filter(|_| texts.len() <= MOST_STRINGS);
        Some((characters?, Source::Procedure))
    }

    /// The characters of a whole string; `None` if one is not known.
    fn text_of(&mut self, font: Dict<'a>, bytes: &[u8]) -> Option<String> {
        let id = self.load(font);
        let (mut rest, mut text) = (bytes, String::new());
        while let Some(shown) = self.first(id, rest) {
            if shown.source == Source::None {
                return None;
            }
            shown.characters.append_to(&mut text);
            rest = rest.get(shown.length.max(1)..).unwrap_or_default();
        }
        Some(text)
    }
}

/// What a procedure paints. Text of fonts that its font does not name is as good as a shape.
fn painting<'a>(bytes: &[u8], resources: Option<Dict<'a>>) -> Painting<'a> {
    let fonts = resources.and_then(|resources| resources.dict(b"Font"));
    let mut painting = Painting::default();
    let mut font = None;
    let mut content = Content::new(bytes);
    while let Some(operation) = content.next() {
        match operation.operator {
            b"Tf" => font = operation.name().and_then(|name| fonts?.dict(name)),
            b"Tj" | b"TJ" | b"'" | b"\"" => match font {
                Some(font) => painting.strings.push((font, strings(&operation))),
                None => painting.has_shapes = true,
            },
            b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"S" | b"s" | b"sh" | b"Do"
            | b"BI" => painting.has_shapes = true,
            _ => {}
        }
    }
    painting
}

/// The strings of a show operator as one.
fn strings(operation: &Operation<'_>) -> Vec<u8> {
    let texts = operation
        .operands
        .iter()
        .filter(|operand| matches!(operand, Operand::Text(..)));
    let bytes = texts.flat_map(|operand| operation.bytes_of(*operand));
    bytes.copied().collect()
}
