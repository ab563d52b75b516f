//! A PDF's bytes -> its pages and objects (ISO 32000-1 §7); the only folder that names lopdf.

mod active;
mod object;
mod repair;
mod stream;

use lopdf::{Document, LoadOptions, ObjectId};

pub(crate) use object::{Array, Dict, Stream, Value, text_string};
pub(crate) use stream::Damage;

use crate::error::{Error, Problem};
use crate::read::limits;
use crate::read::pdf::content::graphics::Matrix;

/// How far attributes are looked for up the page tree.
const TREE_DEPTH: usize = 64;
/// The page size where a page gives none: US Letter, as viewers assume.
const DEFAULT_MEDIA_BOX: [f64; 4] = [0.0, 0.0, 612.0, 792.0];
/// Largest width and height of a page in points that is taken for real: 100 times what
/// ISO 32000-1 Annex C calls the largest page.
const LARGEST_SIDE: f64 = 1_440_000.0;

/// An open PDF.
pub(crate) struct Pdf {
    document: Document,
    pages: Vec<ObjectId>,
    /// Whether the page tree was lost and the pages were found by looking at every object.
    pub(crate) page_tree_lost: bool,
}

/// A page's attributes, inherited ones included (ISO 32000-1 §7.7.3.4).
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    /// The page's dictionary.
    pub(crate) dict: Dict<'a>,
    /// Its resources; none if the file has lost them.
    pub(crate) resources: Option<Dict<'a>>,
    /// Default user space -> the page as displayed: origin at the top left of the crop box after rotation,
    /// y downwards, points.
    pub(crate) display: Matrix,
    /// Width and height as displayed, points.
    pub(crate) size: (f64, f64),
}

impl Pdf {
    /// Opens a file.
    ///
    /// # Errors
    /// Damage beyond reading; a missing or wrong password; an unknown encryption; too many pages.
    pub(crate) fn open(bytes: &[u8], password: Option<&str>) -> Result<Self, Error> {
        let closed = repair::close_streams(bytes);
        let bytes = closed.as_deref().unwrap_or(bytes);
        let identified = repair::identify(bytes);
        let bytes = identified.as_deref().unwrap_or(bytes);
        let detached = repair::detach_encryption(bytes);
        let document = load(detached.as_deref().unwrap_or(bytes), password)?;
        // An encrypted file without its password loads as a document with no pages.
        if document.is_encrypted() {
            return Err(match password {
                None => Problem::PasswordNeeded,
                Some(_) => Problem::PasswordWrong,
            }
            .into());
        }
        let mut pages: Vec<ObjectId> = document.page_iter().take(limits::PAGES + 1).collect();
        let page_tree_lost = pages.is_empty();
        if page_tree_lost {
            pages = loose_pages(&document);
        }
        if pages.len() > limits::PAGES {
            return Err(Problem::Limit {
                what_ja: "ページ数".to_owned(),
                what_en: "the number of pages".to_owned(),
                limit: limits::PAGES as u64,
            }
            .into());
        }
        if pages.is_empty() {
            return Err(Problem::Damaged {
                reason: "no pages".to_owned(),
            }
            .into());
        }
        Ok(Self {
            document,
            pages,
            page_tree_lost,
        })
    }

    /// Number of pages.
    pub(crate) fn page_count(&self) -> u32 {
        self.pages.len() as u32
    }

    /// What the file says made it: the producer of its information dictionary (ISO 32000-1 §14.3.3).
    pub(crate) fn producer(&self) -> Option<String> {
        let info = self.trailer().dict(b"Info")?;
        let of = |key| {
            info.text(key)
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        of(b"Producer").or_else(|| of(b"Creator"))
    }

    /// The document catalogue (ISO 32000-1 §7.7.2).
    pub(crate) fn catalog(&self) -> Option<Dict<'_>> {
        self.trailer().dict(b"Root")
    }

    fn trailer(&self) -> Dict<'_> {
        Dict::new(self, &self.document.trailer)
    }

    /// A page by its 1-based number.
    pub(crate) fn page(&self, number: u32) -> Option<Page<'_>> {
        let id = self.pages.get((number as usize).checked_sub(1)?)?;
        let dict = Dict::new(self, self.document.get_dictionary(*id).ok()?);
        let boxed = |key| {
            inherited(dict, key)
                .and_then(Value::array)
                .and_then(rectangle)
        };
        let media = boxed(b"MediaBox").unwrap_or(DEFAULT_MEDIA_BOX);
        let shown = boxed(b"CropBox")
            .and_then(|crop| intersection(crop, media))
            .unwrap_or(media);
        let rotate = inherited(dict, b"Rotate")
            .and_then(Value::number)
            .unwrap_or(0.0);
        let unit = dict
            .number(b"UserUnit")
            .filter(|unit| *unit > 0.0 && unit.is_finite())
            .unwrap_or(1.0);
        let (display, size) = displayed(shown, rotate, unit);
        let resources = inherited(dict, b"Resources").and_then(Value::dict);
        Some(Page {
            dict,
            resources,
            display,
            size,
        })
    }
}

/// The objects of a file. A password that is meant for another file of the batch does not lock a file that opens
/// without one: the empty password is tried, too.
fn load(bytes: &[u8], password: Option<&str>) -> Result<Document, Error> {
    let options = LoadOptions {
        password: password.map(str::to_owned),
        max_decompressed_size: Some(limits::STREAM_BYTES),
        ..LoadOptions::default()
    };
    Document::load_mem_with_options(bytes, options)
        .map_err(|error| problem(&error, password).into())
}

/// What a loading error means for the user.
fn problem(error: &lopdf::Error, password: Option<&str>) -> Problem {
    use lopdf::Error as E;
    match error {
        E::InvalidPassword
        | E::Decryption(lopdf::encryption::DecryptionError::IncorrectPassword) => match password {
            None => Problem::PasswordNeeded,
            Some(_) => Problem::PasswordWrong,
        },
        E::UnsupportedSecurityHandler(name) => Problem::EncryptionUnsupported {
            detail: String::from_utf8_lossy(name).into_owned(),
        },
        E::Decryption(detail) => Problem::EncryptionUnsupported {
            detail: detail.to_string(),
        },
        E::Decompress(lopdf::DecompressError::MemoryLimitExceeded { limit }) => Problem::Limit {
            what_ja: "展開後のデータの大きさ".to_owned(),
            what_en: "the unpacked size of a stream".to_owned(),
            limit: *limit as u64,
        },
        other => Problem::Damaged {
            reason: other.to_string(),
        },
    }
}

/// The pages of a file whose page tree is lost, in the order of their object numbers: programs number
/// pages as they write them.
fn loose_pages(document: &Document) -> Vec<ObjectId> {
    let is_page =
        |object: &lopdf::Object| object.as_dict().is_ok_and(|dict| dict.has_type(b"Page"));
    let pages = document
        .objects
        .iter()
        .filter(|(_, object)| is_page(object))
        .map(|(id, _)| *id);
    pages.take(limits::PAGES + 1).collect()
}

/// An attribute of a page or form field, or of the nearest ancestor that has it (ISO 32000-1 §7.7.3.4, §12.7.3.1).
pub(crate) fn inherited<'a>(page: Dict<'a>, key: &[u8]) -> Option<Value<'a>> {
    let mut node = page;
    for _ in 0..TREE_DEPTH {
        if let Some(value) = node.get(key) {
            return Some(value);
        }
        node = node.dict(b"Parent")?;
    }
    None
}

/// Left, bottom, right, top of a rectangle object (ISO 32000-1 §7.9.5), corners in any order.
fn rectangle(array: Array<'_>) -> Option<[f64; 4]> {
    let [x0, y0, x1, y1] = array.numbers()?;
    let (left, right) = (x0.min(x1), x0.max(x1));
    let (bottom, top) = (y0.min(y1), y0.max(y1));
    let real = |side: f64| side > 0.0 && side < LARGEST_SIDE;
    (real(right - left) && real(top - bottom)).then_some([left, bottom, right, top])
}

fn intersection(a: [f64; 4], b: [f64; 4]) -> Option<[f64; 4]> {
    let both = [
        a[0].max(b[0]),
        a[1].max(b[1]),
        a[2].min(b[2]),
        a[3].min(b[3]),
    ];
    (both[0] < both[2] && both[1] < both[3]).then_some(both)
}

/// Default user space -> the displayed page, and its size (ISO 32000-1 §7.7.3.3: Rotate is clockwise).
fn displayed([left, bottom, right, top]: [f64; 4], rotate: f64, unit: f64) -> (Matrix, (f64, f64)) {
    let (width, height) = ((right - left) * unit, (top - bottom) * unit);
    let quarter = ((rotate / 90.0).round().rem_euclid(4.0)) as u8;
    let matrix = match quarter {
        1 => Matrix::new([0.0, unit, unit, 0.0, -bottom * unit, -left * unit]),
        2 => Matrix::new([-unit, 0.0, 0.0, unit, right * unit, -bottom * unit]),
        3 => Matrix::new([0.0, -unit, -unit, 0.0, top * unit, right * unit]),
        _ => Matrix::new([unit, 0.0, 0.0, -unit, -left * unit, top * unit]),
    };
    (
        matrix,
        if quarter % 2 == 1 {
            (height, width)
        } else {
            (width, height)
        },
    )
}
