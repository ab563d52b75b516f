//! Forms: content that is painted as one object, with its own matrix, clip and resources
//! (ISO 32000-1 §8.10).

use std::rc::Rc;

use crate::read::limits;
use crate::read::pdf::content::graphics::Matrix;
use crate::read::pdf::content::interpret::Interpreter;
use crate::read::pdf::content::operators::Operation;
use crate::read::pdf::file::{Array, Dict, Stream};

/// Bytes of forms that are kept unpacked while a page is read.
const FORMS_KEPT: usize = 32 << 20;

impl<'a> Interpreter<'a, '_> {
    /// `Do` (ISO 32000-1 §8.8).
    pub(crate) fn paint_object(&mut self, operation: &Operation<'_>) {
        let objects = self
            .resources
            .and_then(|resources| resources.dict(b"XObject"));
        let Some(stream) = operation.name().and_then(|name| objects?.stream(name)) else {
            self.damage("a form or image is missing".to_owned());
            return;
        };
        let hidden = stream
            .dict
            .dict(b"OC")
            .is_some_and(|layer| !self.layers.shows(layer));
        self.hidden += u32::from(hidden);
        match stream.dict.name(b"Subtype") {
            Some(b"Image") => self.paint_image(is_opaque(stream.dict)),
            _ => self.paint_form(stream),
        }
        self.hidden -= u32::from(hidden);
    }

    /// A form (ISO 32000-1 §8.10.1).
    pub(crate) fn paint_form(&mut self, form: Stream<'a>) {
        let identity = form.dict.identity();
        if self.active_forms.len() >= limits::FORM_DEPTH || self.active_forms.contains(&identity) {
            self.damage("forms within each other without end".to_owned());
            return;
        }
        let outer = (
            self.state,
            std::mem::take(&mut self.saved),
            self.text_matrix,
            self.line_matrix,
            self.base,
        );
        let outer_path = std::mem::take(&mut self.path);
        let marked = self.marked.len();
        if let Some(matrix) = form.dict.array(b"Matrix").and_then(Array::numbers) {
            self.state.ctm = Matrix::new(matrix).then(self.state.ctm);
        }
        self.base = self.state.ctm;
        if let Some(bounds) = form.dict.array(b"BBox").and_then(Array::numbers) {
            self.clip_to(self.state.ctm.bounds(bounds));
        }
        self.active_forms.push(identity);
        let content = self.form_content(form, identity);
        // A form without resources of its own uses those of the page (ISO 32000-1 Table 95).
        self.run(&content, form.dict.dict(b"Resources").or(self.resources));
        self.active_forms.pop();
        self.close_marked(marked);
        self.path = outer_path;
        (
            self.state,
            self.saved,
            self.text_matrix,
            self.line_matrix,
            self.base,
        ) = outer;
    }

    fn form_content(&mut self, form: Stream<'_>, identity: usize) -> Rc<[u8]> {
        if let Some(content) = self.forms.get(&identity) {
            return Rc::clone(content);
        }
        let decoded = form.decode();
        self.note_damage(decoded.damage.as_ref());
        let content: Rc<[u8]> = decoded.bytes.into();
        if self.forms_kept + content.len() <= FORMS_KEPT {
            self.forms_kept += content.len();
            self.forms.insert(identity, Rc::clone(&content));
        }
        content
    }
}

/// Whether an image hides all that lies beneath it (ISO 32000-1 Table 89).
fn is_opaque(image: Dict<'_>) -> Option<()> {
    let sees_through = image.is_true(b"ImageMask")
        || [b"SMask".as_slice(), b"Mask", b"SMaskInData"]
            .iter()
            .any(|key| image.get(key).is_some());
    (!sees_through).then_some(())
}
