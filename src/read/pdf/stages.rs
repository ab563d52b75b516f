//! The stages of reading a PDF one by one, so that each can be measured by itself; [`crate::read::read`] runs
//! them page by page and keeps of a page no more than its sheet.

use super::file::{Dict, Pdf, Stream, Value};
use super::fonts::FontCache;
use super::marks::Marks;
use super::page;
use crate::error::Error;
use crate::read::pdf::content::interpret::Reader;
use crate::read::pdf::content::operators::Content;
use crate::read::pdf::grids::rules::Drawn;
use crate::read::pdf::lines::measure;
use crate::sheet::LineEnd;

/// An open file.
pub struct Opened(Pdf);

impl Opened {
    /// Opens a file: its objects and its page tree (ISO 32000-1 §7.5, §7.7).
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn open(bytes: &[u8]) -> Result<Self, Error> {
        Pdf::open(bytes, None).map(Self)
    }

    /// Unpacks the content streams of all pages (ISO 32000-1 §7.8.2); their bytes.
    pub fn unpack(&self) -> Vec<Vec<u8>> {
        let pages = (1..=self.0.page_count()).filter_map(|number| self.0.page(number));
        pages
            .map(|page| {
                let parts: Vec<Stream<'_>> = match page.dict.get(b"Contents") {
                    Some(Value::Stream(stream)) => vec![stream],
                    Some(Value::Array(parts)) => parts.iter().filter_map(Value::stream).collect(),
                    _ => Vec::new(),
                };
                let mut bytes = Vec::new();
                for part in parts {
                    bytes.extend(part.decode().bytes);
                    bytes.push(b'\n');
                }
                bytes
            })
            .collect()
    }

    /// Reads the fonts that the pages name (ISO 32000-1 §9), each once; how many names there are.
    pub fn fonts(&self) -> usize {
        let mut cache = FontCache::default();
        let pages = (1..=self.0.page_count()).filter_map(|number| self.0.page(number));
        let fonts = pages.filter_map(|page| page.resources?.dict(b"Font"));
        fonts
            .flat_map(Dict::dicts)
            .map(|font| cache.load(font))
            .count()
    }

    /// Runs the content of all pages: everything that is painted on them.
    ///
    /// # Errors
    /// A page that goes beyond a limit.
    pub fn paint(&self) -> Result<Painted, Error> {
        let mut reader = Reader::new(&self.0);
        let mut notes = Vec::new();
        (1..=self.0.page_count())
            .map(|number| reader.page(number, &mut notes))
            .collect::<Result<_, _>>()
            .map(Painted)
    }
}

/// Divides a content stream into its operators; how many there are.
pub fn operators(content: &[u8]) -> usize {
    let mut content = Content::new(content);
    let mut operators = 0;
    while content.next().is_some() {
        operators += 1;
    }
    operators
}

/// What is painted on the pages of a file.
pub struct Painted(Vec<Marks>);

impl Painted {
    /// Finds the rules of each page's tables; for how many pages.
    pub fn rules(&self) -> usize {
        let pages = self.0.iter();
        pages.map(Drawn::of).map(std::hint::black_box).count()
    }

    /// Finds the rules and the cells between them; how many cells there are.
    pub fn cells(&self) -> usize {
        let pages = self.0.iter();
        pages
            .flat_map(|marks| {
                page::grids(marks, &Drawn::of(marks), &marks.seen_and_hidden().0).grids
            })
            .map(|grid| grid.cells.len())
            .sum()
    }

    /// Arranges the characters of all pages: tables, cells, lines; how many blocks there are.
    pub fn arrange(&self) -> usize {
        let mut margins = measure::Margins::default();
        let pages = self.0.iter();
        pages
            .map(|marks| page::arrange(marks, &Drawn::of(marks), &mut margins, LineEnd::Break))
            .map(|page| page.order.len())
            .sum()
    }
}
