//! The objects of a PDF -> what among them a viewer would run, open or play (ISO 32000-1 §12.6, §7.11.4, §13).

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object};

use super::Pdf;
use crate::read::active::Active;

/// Objects that are looked at within one another; writers nest a handful.
const DEPTH: usize = 16;

impl Pdf {
    /// What a viewer would run, open or play. Every object is looked at, not what leads to it, so that no
    /// circle and no damaged tree hides anything.
    pub(crate) fn active(&self) -> BTreeSet<Active> {
        let mut found = BTreeSet::new();
        for object in self.document.objects.values() {
            look(object, 0, &mut found);
        }
        let opening = self
            .catalog()
            .and_then(|catalog| catalog.dict(b"OpenAction"));
        // An array, or a jump, only says where the document is shown first.
        if opening.is_some_and(|action| action.name(b"S") != Some(b"GoTo")) {
            found.insert(Active::Actions);
        }
        found
    }
}

fn look(object: &Object, depth: usize, found: &mut BTreeSet<Active>) {
    if depth > DEPTH {
        return;
    }
    let dict = match object {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        Object::Array(items) => {
            for item in items {
                look(item, depth + 1, found);
            }
            return;
        }
        _ => return,
    };
    found.extend(of(dict));
    for (_, value) in dict {
        look(value, depth + 1, found);
    }
}

/// What one dictionary is.
fn of(dict: &Dictionary) -> impl Iterator<Item = Active> {
    let name = |key: &[u8]| dict.get(key).and_then(Object::as_name).ok();
    let action = match name(b"S") {
        Some(b"JavaScript") => Some(Active::JavaScript),
        Some(b"Launch" | b"SubmitForm" | b"ImportData" | b"GoToE") => Some(Active::Actions),
        Some(b"Rendition" | b"Sound" | b"Movie") => Some(Active::Media),
        _ => None,
    };
    let annotation = match name(b"Subtype") {
        Some(b"RichMedia" | b"Movie" | b"Sound" | b"Screen" | b"3D") => Some(Active::Media),
        Some(b"FileAttachment") => Some(Active::Attachments),
        _ => None,
    };
    let script = dict.has(b"JS").then_some(Active::JavaScript);
    let additional = dict.has(b"AA").then_some(Active::Actions);
    let file = dict.has(b"EF").then_some(Active::Attachments);
    let form = dict.has(b"XFA").then_some(Active::DynamicForm);
    [action, annotation, script, additional, file, form]
        .into_iter()
        .flatten()
}
