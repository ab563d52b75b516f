//! Annotations that are printed with the page – form fields, typed text, stamps -> marks (ISO 32000-1 §12.5.5).

use crate::note::{Note, What};
use crate::read::pdf::content::graphics::{Matrix, State};
use crate::read::pdf::content::interpret::Interpreter;
use crate::read::pdf::file::{Array, Dict, Page, Stream, Value, inherited, text_string};
use crate::read::pdf::marks::{Ink, Point, Visibility};
use crate::text;

/// Flags of annotations that are not shown: hidden, not viewed (ISO 32000-1 Table 165, bits 2 and 6).
const NOT_SHOWN: u32 = 1 << 1 | 1 << 5;

impl<'a> Interpreter<'a, '_> {
    /// What was painted from this piece of ink on is seen, but no rule.
    fn set_markup(&mut self, first: usize) {
        for ink in self.marks.ink.iter_mut().skip(first) {
            let (from, to) = match *ink {
                Ink::Stroke { from, to, .. } | Ink::Other { from, to } => (from, to),
                Ink::Fill { rect, .. } => {
                    let corner = |x, y| Point { x, y };
                    (corner(rect.left, rect.top), corner(rect.right, rect.bottom))
                }
            };
            *ink = Ink::Other { from, to };
        }
    }

    /// Paints the appearances of a page's annotations, which lie over its content.
    pub(crate) fn paint_annotations(&mut self, page: Page<'a>, start: State) {
        let annotations = page.dict.array(b"Annots");
        for annotation in annotations
            .into_iter()
            .flat_map(Array::iter)
            .filter_map(Value::dict)
        {
            let flags = annotation.number(b"F").unwrap_or(0.0) as u32;
            let layer_is_off = annotation
                .dict(b"OC")
                .is_some_and(|layer| !self.layers.shows(layer));
            if flags & NOT_SHOWN != 0
                || layer_is_off
                || annotation.name(b"Subtype") == Some(b"Popup")
            {
                continue;
            }
            let Some(form) = appearance(annotation) else {
                self.notes.extend(not_drawn(annotation, self.page));
                continue;
            };
            if let Some(placed) = placement(annotation, form) {
                self.state = start;
                self.state.ctm = placed.then(start.ctm);
                let (first, ink) = (self.marks.glyphs.len(), self.marks.ink.len());
                self.paint_form(form);
                if is_markup(annotation) {
                    self.set_markup(ink);
                }
                match annotation.name(b"Subtype") {
                    Some(b"Watermark") => self.set_watermark(first),
                    Some(b"Widget") => self.compare_with_value(annotation, first),
                    // What is typed onto a page fills a form in; the rest is what reviewers put over it.
                    Some(b"FreeText" | b"Link") | None => {}
                    Some(_) => self.set_apart(first),
                }
            }
        }
    }
}

impl Interpreter<'_, '_> {
    /// Sets apart what an annotation has painted since a glyph.
    fn set_apart(&mut self, first: usize) {
        let glyphs = self.marks.glyphs.iter_mut().skip(first);
        for glyph in glyphs.filter(|glyph| glyph.visibility == Visibility::Visible) {
            glyph.visibility = Visibility::Annotation;
        }
    }

    /// Notes where what a field has painted since a glyph is not its value: viewers that draw fields anew show that.
    fn compare_with_value(&mut self, field: Dict<'_>, first: usize) {
        let Some(value) = field_value(field) else {
            return;
        };
        let seen = self.marks.glyphs.iter().skip(first);
        let painted: String = seen
            .filter(|glyph| glyph.visibility == Visibility::Visible)
            .filter_map(|glyph| {
                let (start, end) = glyph.text;
                self.marks.text.get(start as usize..end as usize)
            })
            .collect();
        let page = self.page;
        if text::is_blank(&painted) {
            self.notes
                .push(Note::new(What::NotDrawn { page }).about(value));
        } else if !is_same_value(&value, &painted) {
            let what = What::FieldValueDiffers { page, painted };
            self.notes.push(Note::new(what).about(value));
        }
    }
}

/// Flag of a text field that shows dots for its characters (ISO 32000-1 Table 228, bit 14).
const PASSWORD: u32 = 1 << 13;

/// What a text or choice field says (ISO 32000-1 §12.7.4.3, §12.7.4.4): of a choice, the words that stand for its value.
fn field_value(field: Dict<'_>) -> Option<String> {
    let kind = inherited(field, b"FT").and_then(Value::name)?;
    let flags = inherited(field, b"Ff")
        .and_then(Value::number)
        .unwrap_or(0.0) as u32;
    if !matches!(kind, b"Tx" | b"Ch") || kind == b"Tx" && flags & PASSWORD != 0 {
        return None;
    }
    let Value::Text(bytes) = inherited(field, b"V")? else {
        return None;
    };
    let value = text_string(bytes);
    let options = inherited(field, b"Opt").and_then(Value::array);
    let mut pairs = options
        .into_iter()
        .flat_map(Array::iter)
        .filter_map(Value::array);
    let shown = pairs.find_map(|pair| match (pair.get(0)?, pair.get(1)?) {
        (Value::Text(export), Value::Text(shown)) if text_string(export) == value => {
            Some(text_string(shown))
        }
        _ => None,
    });
    Some(shown.unwrap_or(value)).filter(|value| !text::is_blank(value))
}

/// Whether a field's value and what is painted of it say the same: numbers may be painted with separators and a unit.
fn is_same_value(value: &str, painted: &str) -> bool {
    let digits = |text: &str| -> String {
        let folded = text.chars().map(text::width::half_width);
        folded.filter(char::is_ascii_digit).collect()
    };
    let is_number = value.parse::<f64>().is_ok();
    text::key(value) == text::key(painted) || is_number && digits(value) == digits(painted)
}

/// Whether reviewers draw it on a finished page, over its tables: all but form fields, watermarks, and lines that strike
/// text out (ISO 32000-1 Table 169).
fn is_markup(annotation: Dict<'_>) -> bool {
    !matches!(
        annotation.name(b"Subtype"),
        None | Some(b"Widget" | b"Watermark" | b"StrikeOut")
    )
}

/// What a field says (ISO 32000-1 Table 220, `V`), or a typed note, that the file does not draw: viewers do it in
/// their own way.
fn not_drawn(annotation: Dict<'_>, page: u32) -> Option<Note> {
    let value = match annotation.name(b"Subtype")? {
        b"Widget" => inherited(annotation, b"V")?,
        b"FreeText" => annotation.get(b"Contents")?,
        _ => return None,
    };
    let Value::Text(bytes) = value else {
        return None;
    };
    let text = text_string(bytes);
    (!text.trim().is_empty()).then(|| Note::new(What::NotDrawn { page }).about(text))
}

/// The normal appearance in its present state.
fn appearance(annotation: Dict<'_>) -> Option<Stream<'_>> {
    match annotation.dict(b"AP")?.get(b"N")? {
        Value::Stream(stream) => Some(stream),
        Value::Dict(states) => states.stream(annotation.name(b"AS")?),
        _ => None,
    }
}

/// What moves and stretches the form's transformed box onto the annotation's rectangle.
fn placement(annotation: Dict<'_>, form: Stream<'_>) -> Option<Matrix> {
    let [x0, y0, x1, y1] = annotation.array(b"Rect")?.numbers()?;
    let boxed = form.dict.array(b"BBox")?.numbers()?;
    let matrix = form
        .dict
        .array(b"Matrix")
        .and_then(Array::numbers)
        .map_or(Matrix::IDENTITY, Matrix::new);
    let bounds = matrix.bounds(boxed);
    let (width, height) = (f64::from(bounds.width()), f64::from(bounds.height()));
    let share = |length: f64, of: f64| if of > 0.0 { length / of } else { 1.0 };
    let (a, d) = (
        share((x1 - x0).abs(), width),
        share((y1 - y0).abs(), height),
    );
    let (e, f) = (
        x0.min(x1) - a * f64::from(bounds.left),
        y0.min(y1) - d * f64::from(bounds.top),
    );
    Some(Matrix::new([a, 0.0, 0.0, d, e, f]))
}
