//! Marked content: layers that are off, and the characters that a file says its glyphs stand for
//! (ISO 32000-1 §14.6, §8.11.3.2, §14.9.4).

use crate::ledger::count;
use crate::note::{Note, What};
use crate::read::pdf::content::interpret::Interpreter;
use crate::read::pdf::content::operators::{Operand, Operation};
use crate::read::pdf::content::structure;
use crate::read::pdf::file::{Dict, text_string};
use crate::read::pdf::fonts::{FontId, is_character};
use crate::read::pdf::marks::{Glyph, Visibility};

/// How far glyphs of one line may stand off its baseline, in ems: less than any leading.
const SAME_LINE: f32 = 0.6;
/// Replacements within each other at most.
const REPLACEMENTS: usize = 8;
/// Marked contents within each other at most.
const DEPTH: usize = 10_000;

/// What an artifact is called that is one.
const WATERMARK: &[u8] = b"Watermark";

/// A marked content that has begun.
pub(crate) struct Marked {
    hidden: bool,
    replacement: Option<Replacement>,
    /// The first glyph of what the file calls a watermark.
    watermark: Option<usize>,
}

/// Characters that stand for the glyphs painted since.
struct Replacement {
    text: String,
    first_glyph: usize,
}

impl Interpreter<'_, '_> {
    /// `BMC` and `BDC`.
    pub(crate) fn begin_marked(&mut self, operation: &Operation<'_>, resources: Option<Dict<'_>>) {
        if self.marked.len() >= DEPTH {
            return;
        }
        let properties = match operation.operands.last() {
            Some(name @ Operand::Name(..)) if operation.operands.len() > 1 => resources
                .and_then(|resources| resources.dict(b"Properties"))
                .and_then(|properties| properties.dict(operation.bytes_of(*name))),
            _ => None,
        };
        let is_layer = operation.name() == Some(b"OC");
        let hidden = is_layer && properties.is_some_and(|layer| !self.layers.shows(layer));
        let text = properties
            .and_then(|properties| properties.text(b"ActualText"))
            .or_else(|| {
                let value = operation.entry(&[b"ActualText"])?;
                matches!(value, Operand::Text(..)).then(|| text_string(operation.bytes_of(value)))
            })
            .or_else(|| {
                let elements = self.elements.filter(|_| self.active_forms.is_empty())?;
                let identifier = match operation.entry(&[b"MCID"]) {
                    Some(Operand::Number(identifier)) => identifier,
                    _ => properties?.number(b"MCID")?,
                };
                structure::actual_text(elements, identifier)
            });
        self.hidden += u32::from(hidden);
        let text = text.as_deref().and_then(characters_of);
        // Deeper ones are no ligatures or hyphens, and each would be compared with all that it holds.
        let text = text.filter(|_| {
            self.marked
                .iter()
                .filter(|marked| marked.replacement.is_some())
                .count()
                < REPLACEMENTS
        });
        let replacement = text.map(|text| Replacement {
            text,
            first_glyph: self.marks.glyphs.len(),
        });
        // ISO 32000-1 Table 330; Acrobat writes it in each page, the text in a form.
        let is_watermark = operation.name() == Some(b"Artifact")
            && (properties.and_then(|properties| properties.name(b"Subtype")) == Some(WATERMARK)
                || matches!(operation.entry(&[b"Subtype"]), Some(name @ Operand::Name(..))
                    if operation.bytes_of(name) == WATERMARK));
        self.marked.push(Marked {
            hidden,
            replacement,
            watermark: is_watermark.then_some(self.marks.glyphs.len()),
        });
    }

    /// `EMC`.
    pub(crate) fn end_marked(&mut self) {
        let Some(marked) = self.marked.pop() else {
            return;
        };
        self.hidden = self.hidden.saturating_sub(u32::from(marked.hidden));
        if let Some(replacement) = marked.replacement {
            self.replace(&replacement);
        }
        if let Some(first) = marked.watermark {
            self.set_watermark(first);
        }
    }

    /// Sets apart what is painted since a glyph as a watermark.
    pub(crate) fn set_watermark(&mut self, first: usize) {
        let glyphs = self.marks.glyphs.iter_mut().skip(first);
        for glyph in glyphs.filter(|glyph| glyph.visibility == Visibility::Visible) {
            glyph.visibility = Visibility::Watermark;
        }
    }

    /// Ends the marked contents that a form or page has left open.
    pub(crate) fn close_marked(&mut self, depth: usize) {
        while self.marked.len() > depth {
            self.end_marked();
        }
    }

    fn replace(&mut self, replacement: &Replacement) {
        let Some(glyphs) = self.marks.glyphs.get(replacement.first_glyph..) else {
            return;
        };
        let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else {
            return;
        };
        let old = self
            .marks
            .text
            .get(first.text.0 as usize..last.text.1 as usize)
            .unwrap_or_default();
        if without_spaces(old).eq(without_spaces(&replacement.text)) {
            return;
        }
        let (old_count, start) = (count(old), first.text.0 as usize);
        let known = |(at, _): &(usize, FontId)| *at < replacement.first_glyph;
        if replacement.text.is_empty() {
            self.undecoded.retain(known);
            // The file says that these glyphs are no text: a hyphen at a line's end, a leader.
            for glyph in self.marks.glyphs.iter_mut().skip(replacement.first_glyph) {
                glyph.visibility = Visibility::HiddenLayer;
            }
            return;
        }
        let exact = replacement.text.chars().count() == glyphs.len();
        let has_gaps = old.contains('\u{fffd}');
        if !exact && !has_gaps && !on_one_line(glyphs) {
            // Which part of the characters stands on which line, the file does not say.
            let place = self.place_of(first.origin);
            let note = Note::new(What::ActualTextNotPlaced).at(Some(place));
            self.notes.push(note.about(replacement.text.clone()));
            return;
        }
        self.undecoded.retain(known);
        self.marks.text.truncate(start);
        self.marks.decoded_characters =
            self.marks.decoded_characters - old_count + count(&replacement.text);
        let glyphs = self.marks.glyphs.split_off(replacement.first_glyph);
        if exact {
            for (glyph, character) in glyphs.into_iter().zip(replacement.text.chars()) {
                self.push_replaced(glyph, character.encode_utf8(&mut [0; 4]));
            }
        } else if let Some(glyph) = merged(&glyphs) {
            self.push_replaced(glyph, &replacement.text);
        }
    }

    fn push_replaced(&mut self, glyph: Glyph, text: &str) {
        let start = self.marks.text.len() as u32;
        self.marks.text.push_str(text);
        self.marks.glyphs.push(Glyph {
            text: (start, self.marks.text.len() as u32),
            ..glyph
        });
    }
}

/// A replacement without controls, which are no text; `None` where it is nothing else. An empty one stays empty.
fn characters_of(text: &str) -> Option<String> {
    let characters: String = text.chars().filter(|c| is_character(*c)).collect();
    (text.is_empty() || !characters.is_empty()).then_some(characters)
}

/// The glyphs as one: from the first's origin over all advances.
fn merged(glyphs: &[Glyph]) -> Option<Glyph> {
    let (mut first, last) = (*glyphs.first()?, glyphs.last()?);
    first.advance.x = last.origin.x + last.advance.x - first.origin.x;
    first.advance.y = last.origin.y + last.advance.y - first.origin.y;
    Some(first)
}

/// Whether the glyphs follow one another on a line.
fn on_one_line(glyphs: &[Glyph]) -> bool {
    let Some(first) = glyphs.first() else {
        return true;
    };
    glyphs.iter().all(|glyph| {
        let (dx, dy) = (
            glyph.origin.x - first.origin.x,
            glyph.origin.y - first.origin.y,
        );
        let across = dx * first.advance.y - dy * first.advance.x;
        let length = first
            .advance
            .x
            .hypot(first.advance.y)
            .max(f32::MIN_POSITIVE);
        (across / length).abs() < SAME_LINE * first.size
    })
}

fn without_spaces(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| !character.is_whitespace())
}
