//! The structure tree of a tagged file: what the element that owns a marked content says its glyphs stand for
//! (ISO 32000-1 §14.7.4.4, §14.9.4).

use crate::read::pdf::file::{Array, Dict, Page, Pdf, Value};

/// Levels of the tree that leads from pages to elements.
const DEPTH: u8 = 32;
/// Ancestors of which a marked content is all.
const ANCESTORS: usize = 4;

/// The elements that own a page's marked contents, by their identifiers.
pub(crate) fn elements<'a>(pdf: &'a Pdf, page: Page<'a>) -> Option<Array<'a>> {
    let key = page.dict.number(b"StructParents")?;
    let root = pdf.catalog()?.dict(b"StructTreeRoot")?;
    found(root.dict(b"ParentTree")?, key, DEPTH)?.array()
}

/// The value of a number in a number tree (ISO 32000-1 §7.9.7).
fn found<'a>(node: Dict<'a>, key: f64, depth: u8) -> Option<Value<'a>> {
    let depth = depth.checked_sub(1)?;
    if let Some(pairs) = node.array(b"Nums") {
        let number = |at: usize| pairs.get(2 * at).and_then(Value::number);
        let (mut first, mut end) = (0, pairs.len() / 2);
        while first < end {
            let middle = first.midpoint(end);
            match number(middle)? {
                at if at < key => first = middle + 1,
                at if at > key => end = middle,
                _ => return pairs.get(2 * middle + 1),
            }
        }
        return None;
    }
    let kids = node.array(b"Kids")?.iter().filter_map(Value::dict);
    let holds = |kid: &Dict<'a>| {
        let limits = kid.array(b"Limits").and_then(Array::numbers::<2>);
        limits.is_some_and(|[least, greatest]| (least..=greatest).contains(&key))
    };
    found(kids.into_iter().find(holds)?, key, depth)
}

/// The characters that the element of a marked content, or an ancestor that holds nothing else, says it stands for.
pub(crate) fn actual_text(elements: Array<'_>, identifier: f64) -> Option<String> {
    let mut element = elements.get(identifier as usize)?.dict()?;
    for _ in 0..ANCESTORS {
        let is_all = match element.get(b"K")? {
            Value::Array(kids) => kids.len() == 1,
            _ => true,
        };
        if !is_all {
            return None;
        }
        if let Some(text) = element.text(b"ActualText") {
            return Some(text);
        }
        element = element.dict(b"P")?;
    }
    None
}
