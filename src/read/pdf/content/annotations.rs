//! Annotations that are printed with the page – form fields, typed text, stamps -> marks (ISO 32000-1 §12.5.5).

use crate::note::{Note, What};
use crate::read::pdf::content::graphics::{Matrix, State};
use crate::read::pdf::content::interpret::Interpreter;
use crate::read::pdf::file::{Array, Dict, Page, Stream, Value, inherited, text_string};

/// Flags of annotations that are not shown: hidden, not viewed (ISO 32000-1 Table 165, bits 2 and 6).
const NOT_SHOWN: u32 = 1 << 1 | 1 << 5;

impl<'a> Interpreter<'a, '_> {
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
                let first = self.marks.glyphs.len();
                self.paint_form(form);
                if annotation.name(b"Subtype") == Some(b"Watermark") {
                    self.set_watermark(first);
                }
            }
        }
    }
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
