//! A part's bytes -> elements and character data, with every way a part can be cut or broken as an error.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::error::Error;
use crate::read::container::damaged;

/// A part's characters: UTF-8, or UTF-16 as its byte order mark or its first character, `<`, tells (XML 1.0 §4.3.3
/// and appendix F).
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match (encoding_rs::Encoding::for_bom(bytes), bytes) {
        (Some((encoding, _)), _) => encoding.decode(bytes).0,
        (None, [b'<', 0, ..]) => encoding_rs::UTF_16LE.decode(bytes).0,
        (None, [0, b'<', ..]) => encoding_rs::UTF_16BE.decode(bytes).0,
        _ => String::from_utf8_lossy(bytes),
    }
}

/// A reader of one part that knows the part's name for its errors.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
    depth: u32,
}

/// What comes next in a part.
pub(super) enum Node<'a> {
    /// A start tag; an empty element gives its end tag next.
    Open(Element<'a>),
    /// An end tag.
    Close,
    /// Character data, entities resolved.
    Text(Cow<'a, str>),
    /// The end of a whole part.
    End,
}

/// A start tag.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// The name without its prefix: writers choose the prefixes, readers know the places.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// An attribute's value by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(match found.normalized_value(XmlVersion::Implicit1_0) {
            Ok(value) => Cow::Owned(value.into_owned()),
            Err(_) => Cow::Owned(found.value.into_owned()),
        })
    }

    /// An attribute's value by its name with the prefix that the format's specification uses, for names
    /// that stand in several namespaces.
    pub(super) fn qualified(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes
            .flatten()
            .find(|attribute| attribute.key.into_inner() == name)?;
        let value = found
            .normalized_value(XmlVersion::Implicit1_0)
            .map(Cow::into_owned);
        Some(Cow::Owned(
            value.unwrap_or_else(|_| found.value.into_owned()),
        ))
    }

    /// A number in an attribute.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether an attribute says yes (`xsd:boolean`).
    pub(super) fn is(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| is_true(&value))
    }
}

/// Whether a value is a true `xsd:boolean`; some writers use capitals or `on`.
pub(super) fn is_true(value: &str) -> bool {
    matches!(
        value.trim().to_ascii_lowercase().as_str(),
        "1" | "true" | "on"
    )
}

impl<'a> Xml<'a> {
    /// A reader from the start of a part.
    pub(super) fn new(text: &'a str, part: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            part,
            depth: 0,
        }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    /// The next tag or text.
    ///
    /// # Errors
    /// The part is not well formed, or ends inside an element.
    pub(super) fn next(&mut self) -> Result<Node<'a>, Error> {
        loop {
            let event = self
                .reader
                .read_event()
                .map_err(|error| damaged(self.part, &error))?;
            return Ok(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    Node::Open(Element(start))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close
                }
                Event::Text(text) => Node::Text(match text.into_inner() {
                    Cow::Borrowed(text) if !text.contains('\r') => Cow::Borrowed(text),
                    text => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
                }),
                Event::CData(text) => Node::Text(text.into_inner()),
                Event::GeneralRef(reference) => Node::Text(Cow::Owned(resolve(&reference))),
                Event::Eof if self.depth > 0 => {
                    return Err(damaged(self.part, &"it ends inside an element"));
                }
                Event::Eof => Node::End,
                _ => continue,
            });
        }
    }

    /// The character data of the element just opened, its inner elements' included, up to its end tag.
    pub(super) fn text(&mut self) -> Result<String, Error> {
        let depth = self.depth;
        let mut text = String::new();
        while self.depth >= depth {
            match self.next()? {
                Node::Text(part) => text.push_str(&part),
                Node::End => break,
                Node::Open(_) | Node::Close => {}
            }
        }
        Ok(text)
    }

    /// Passes over the element just opened.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        let depth = self.depth;
        while self.depth >= depth {
            if matches!(self.next()?, Node::End) {
                break;
            }
        }
        Ok(())
    }
}

/// A character or entity reference. Workbooks define no entities of their own (ECMA-376-2 §6.2.5 forbids
/// a DTD), so an unknown one stays as it is written.
fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name: &str = reference;
    match name {
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "amp" => "&".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}
