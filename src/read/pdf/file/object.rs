//! Objects of a PDF as this program sees them: references followed, wrong types absent (ISO 32000-1 §7.3).

use lopdf::{Dictionary, Object};

use super::Pdf;

/// How many references are followed from one object to the next.
const REFERENCE_DEPTH: usize = 32;

/// An object, its references followed.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    /// An integer or real number.
    Number(f64),
    /// A name, escapes decoded.
    Name(&'a [u8]),
    /// A string's bytes.
    Text(&'a [u8]),
    /// An array.
    Array(Array<'a>),
    /// A dictionary.
    Dict(Dict<'a>),
    /// A stream.
    Stream(Stream<'a>),
}

/// A dictionary of an open PDF.
#[derive(Clone, Copy)]
pub(crate) struct Dict<'a> {
    pdf: &'a Pdf,
    dict: &'a Dictionary,
}

/// An array of an open PDF.
#[derive(Clone, Copy)]
pub(crate) struct Array<'a> {
    pdf: &'a Pdf,
    items: &'a [Object],
}

/// A stream of an open PDF.
#[derive(Clone, Copy)]
pub(crate) struct Stream<'a> {
    /// Its dictionary.
    pub(crate) dict: Dict<'a>,
    pub(super) stream: &'a lopdf::Stream,
}

impl<'a> Value<'a> {
    /// Follows references; `None` for null, a lost object or a circle.
    fn of(pdf: &'a Pdf, mut object: &'a Object) -> Option<Self> {
        for _ in 0..REFERENCE_DEPTH {
            return Some(match object {
                Object::Reference(id) => {
                    object = pdf.document.objects.get(id)?;
                    continue;
                }
                // No key that this program asks for is true or false.
                Object::Null | Object::Boolean(_) => return None,
                Object::Integer(value) => Self::Number(*value as f64),
                Object::Real(value) => Self::Number(f64::from(*value)),
                Object::Name(name) => Self::Name(name),
                Object::String(bytes, _) => Self::Text(bytes),
                Object::Array(items) => Self::Array(Array { pdf, items }),
                Object::Dictionary(dict) => Self::Dict(Dict { pdf, dict }),
                Object::Stream(stream) => Self::Stream(Stream {
                    dict: Dict {
                        pdf,
                        dict: &stream.dict,
                    },
                    stream,
                }),
            });
        }
        None
    }

    /// The number, if it is one.
    pub(crate) fn number(self) -> Option<f64> {
        if let Self::Number(value) = self {
            Some(value)
        } else {
            None
        }
    }
    /// The name, if it is one.
    pub(crate) fn name(self) -> Option<&'a [u8]> {
        if let Self::Name(name) = self {
            Some(name)
        } else {
            None
        }
    }
    /// The array, if it is one.
    pub(crate) fn array(self) -> Option<Array<'a>> {
        if let Self::Array(array) = self {
            Some(array)
        } else {
            None
        }
    }
    /// The dictionary, or that of the stream.
    pub(crate) fn dict(self) -> Option<Dict<'a>> {
        match self {
            Self::Dict(dict) => Some(dict),
            Self::Stream(stream) => Some(stream.dict),
            _ => None,
        }
    }
    /// The stream, if it is one.
    pub(crate) fn stream(self) -> Option<Stream<'a>> {
        if let Self::Stream(stream) = self {
            Some(stream)
        } else {
            None
        }
    }
}

impl<'a> Dict<'a> {
    pub(super) fn new(pdf: &'a Pdf, dict: &'a Dictionary) -> Self {
        Self { pdf, dict }
    }

    /// What tells this dictionary from all others of the open file.
    pub(crate) fn identity(self) -> usize {
        std::ptr::from_ref(self.dict).addr()
    }
    /// An entry.
    pub(crate) fn get(self, key: &[u8]) -> Option<Value<'a>> {
        Value::of(self.pdf, self.dict.get(key).ok()?)
    }
    /// Whether an entry leads to an object that the file does not have, or that could not be read.
    pub(crate) fn is_lost(self, key: &[u8]) -> bool {
        self.dict
            .get(key)
            .is_ok_and(|entry| entry.as_reference().is_ok())
            && self.get(key).is_none()
    }
    /// An entry that is a number.
    pub(crate) fn number(self, key: &[u8]) -> Option<f64> {
        self.get(key)?.number()
    }
    /// An entry that is a name.
    pub(crate) fn name(self, key: &[u8]) -> Option<&'a [u8]> {
        self.get(key)?.name()
    }
    /// An entry that is an array.
    pub(crate) fn array(self, key: &[u8]) -> Option<Array<'a>> {
        self.get(key)?.array()
    }
    /// An entry that is a dictionary, or a stream's dictionary.
    pub(crate) fn dict(self, key: &[u8]) -> Option<Dict<'a>> {
        self.get(key)?.dict()
    }
    /// Its entries that are dictionaries.
    pub(crate) fn dicts(self) -> impl Iterator<Item = Dict<'a>> {
        let entries = self.dict.iter();
        entries.filter_map(move |(_, object)| Value::of(self.pdf, object)?.dict())
    }
    /// Whether the value of a key is `true`.
    pub(crate) fn is_true(self, key: &[u8]) -> bool {
        self.dict
            .get_deref(key, &self.pdf.document)
            .and_then(lopdf::Object::as_bool)
            .unwrap_or(false)
    }
    /// An entry that is a stream.
    pub(crate) fn stream(self, key: &[u8]) -> Option<Stream<'a>> {
        self.get(key)?.stream()
    }
    /// An entry that is a text string (ISO 32000-1 §7.9.2.2).
    pub(crate) fn text(self, key: &[u8]) -> Option<String> {
        if let Value::Text(bytes) = self.get(key)? {
            Some(text_string(bytes))
        } else {
            None
        }
    }
}

impl<'a> Array<'a> {
    /// Number of items, lost ones included.
    pub(crate) fn len(self) -> usize {
        self.items.len()
    }
    /// An item by its 0-based position.
    pub(crate) fn get(self, index: usize) -> Option<Value<'a>> {
        Value::of(self.pdf, self.items.get(index)?)
    }
    /// Its items in order, lost ones left out.
    pub(crate) fn iter(self) -> impl Iterator<Item = Value<'a>> {
        self.items
            .iter()
            .filter_map(move |object| Value::of(self.pdf, object))
    }
    /// Its items, if it has at least `N` and the first `N` are numbers.
    pub(crate) fn numbers<const N: usize>(self) -> Option<[f64; N]> {
        let mut numbers = [0.0; N];
        for (index, number) in numbers.iter_mut().enumerate() {
            *number = self.get(index)?.number()?;
        }
        Some(numbers)
    }
}

/// A text string: UTF-16 or UTF-8 by its byte order mark, else what PDFDocEncoding shares with Windows
/// Latin; a legacy Japanese writer's Shift_JIS is told by being valid CP932 with high bytes.
pub(crate) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE
            .decode_without_bom_handling(rest)
            .0
            .into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE
            .decode_without_bom_handling(rest)
            .0
            .into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes) {
            (text, false) => text.into_owned(),
            _ => encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
                .into_owned(),
        },
    }
}
