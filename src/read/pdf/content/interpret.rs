//! A page's operators -> marks (ISO 32000-1 §8, §9): the interpreter and its graphics operators.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use crate::error::{Error, Problem};
use crate::note::{Note, What};
use crate::place::{Bbox, Place};
use crate::read::limits;
use crate::read::pdf::content::backdrop::Backdrop;
use crate::read::pdf::content::clips::Clips;
use crate::read::pdf::content::colour::{Paint, Spaces};
use crate::read::pdf::content::graphics::{Matrix, State};
use crate::read::pdf::content::layers::Layers;
use crate::read::pdf::content::marked::Marked;
use crate::read::pdf::content::operators::{Content, Operation};
use crate::read::pdf::content::parts::Parts;
use crate::read::pdf::content::paths::{Inside, Path};
use crate::read::pdf::content::patterns::Tiles;
use crate::read::pdf::content::structure;
use crate::read::pdf::file::{Array, Damage, Dict, Page, Pdf, Value};
use crate::read::pdf::fonts::{FontCache, FontId};
use crate::read::pdf::marks::{Marks, Point, Rect};

/// Reads the pages of one file; what they share is read once.
pub(crate) struct Reader<'a> {
    pdf: &'a Pdf,
    fonts: FontCache<'a>,
    layers: Layers,
}

/// The state of reading one page.
pub(crate) struct Interpreter<'a, 'r> {
    pub(crate) page: u32,
    pub(crate) sheet: Rect,
    pub(crate) fonts: &'r mut FontCache<'a>,
    pub(crate) layers: &'r Layers,
    pub(crate) marks: Marks,
    pub(crate) state: State,
    pub(crate) saved: Vec<State>,
    pub(crate) path: Path,
    /// How the path clips after it is painted.
    pub(crate) clip_after: Option<Inside>,
    pub(crate) clips: Clips,
    pub(crate) spaces: Spaces,
    /// The first glyph of this text object that is shown to clip with.
    pub(crate) clipping_text: Option<u32>,
    pub(crate) text_matrix: Matrix,
    pub(crate) line_matrix: Matrix,
    pub(crate) run: u32,
    pub(crate) backdrop: Backdrop,
    pub(crate) marked: Vec<Marked>,
    /// The structure elements that own the page's marked contents.
    pub(crate) elements: Option<Array<'a>>,
    /// How many of the marked contents around are hidden.
    pub(crate) hidden: u32,
    /// Glyphs that no way decodes, by their place among the marks, with their font.
    pub(crate) undecoded: Vec<(usize, FontId)>,
    /// Kanji of text maps that Shift_JIS lacks.
    pub(crate) unusual: BTreeMap<FontId, BTreeSet<char>>,
    pub(crate) resources: Option<Dict<'a>>,
    pub(crate) forms: HashMap<usize, Rc<[u8]>>,
    pub(crate) forms_kept: usize,
    pub(crate) active_forms: Vec<usize>,
    /// The coordinate system that the content began with, which patterns are laid in.
    pub(crate) base: Matrix,
    pub(crate) tiles: Tiles<'a>,
    operators: usize,
    /// Bytes of content that may still run.
    room: usize,
    exceeded: Option<Problem>,
    skipped: u64,
    reasons: Vec<String>,
    pub(crate) notes: Vec<Note>,
}

impl<'a> Reader<'a> {
    /// Prepares to read a file's pages.
    pub(crate) fn new(pdf: &'a Pdf) -> Self {
        Self {
            pdf,
            fonts: FontCache::default(),
            layers: Layers::of(pdf),
        }
    }

    /// Everything painted on a page (1-based), and what to note about it.
    ///
    /// # Errors
    /// The page goes beyond a limit of [`limits`].
    pub(crate) fn page(&mut self, number: u32, notes: &mut Vec<Note>) -> Result<Marks, Error> {
        let Some(page) = self.pdf.page(number) else {
            let reason = "its dictionary is lost".to_owned();
            notes.push(Note::new(What::DamagedContent {
                page: number,
                reason,
            }));
            return Ok(Marks::default());
        };
        let mut interpreter = Interpreter::new(page, number, &mut self.fonts, &self.layers);
        if self.pdf.page_tree_lost {
            interpreter.damage(
                "the list of pages is lost; pages stand in the order of their object numbers"
                    .to_owned(),
            );
        }
        let start = interpreter.state;
        interpreter.elements = structure::elements(self.pdf, page);
        interpreter.run_page(page);
        interpreter.paint_annotations(page, start);
        interpreter.read_tiles(start);
        interpreter.finish(notes)
    }
}

impl<'a, 'r> Interpreter<'a, 'r> {
    fn new(page: Page<'a>, number: u32, fonts: &'r mut FontCache<'a>, layers: &'r Layers) -> Self {
        let (width, height) = (page.size.0 as f32, page.size.1 as f32);
        let sheet = Rect {
            left: 0.0,
            top: 0.0,
            right: width,
            bottom: height,
        };
        // What is painted beside the page is kept apart by its place, not lost by a clip.
        let everywhere = Rect {
            left: f32::MIN,
            top: f32::MIN,
            right: f32::MAX,
            bottom: f32::MAX,
        };
        Self {
            page: number,
            sheet,
            fonts,
            layers,
            marks: Marks {
                size: (width, height),
                ..Marks::default()
            },
            state: State::start(page.display, everywhere),
            saved: Vec::new(),
            path: Path::default(),
            clip_after: None,
            clips: Clips::default(),
            spaces: Spaces::default(),
            clipping_text: None,
            text_matrix: Matrix::IDENTITY,
            line_matrix: Matrix::IDENTITY,
            run: 0,
            backdrop: Backdrop::new(page.size),
            marked: Vec::new(),
            elements: None,
            hidden: 0,
            undecoded: Vec::new(),
            unusual: BTreeMap::new(),
            resources: page.resources,
            forms: HashMap::new(),
            forms_kept: 0,
            active_forms: Vec::new(),
            base: page.display,
            tiles: Tiles::default(),
            operators: 0,
            room: limits::CONTENT_BYTES,
            exceeded: None,
            skipped: 0,
            reasons: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn run_page(&mut self, page: Page<'a>) {
        let mut joined = Parts::default();
        let parts = match page.dict.get(b"Contents") {
            Some(Value::Stream(stream)) => vec![stream],
            Some(Value::Array(parts)) => {
                let found: Vec<_> = parts.iter().filter_map(Value::stream).collect();
                if found.len() < parts.len() {
                    self.damage("a part of it is missing".to_owned());
                }
                found
            }
            _ => {
                if page.dict.is_lost(b"Contents") {
                    self.damage("what is painted on it is lost".to_owned());
                }
                Vec::new()
            }
        };
        let mut room = limits::STREAM_BYTES;
        for part in parts {
            let decoded = part.decode_up_to(room);
            room = room.saturating_sub(decoded.bytes.len());
            joined.add(&decoded.bytes);
            if decoded.damage.is_some() {
                self.note_damage(decoded.damage.as_ref());
                // An open string must not swallow what the next part says.
                self.run(&joined.take(), page.resources);
            }
        }
        self.run(&joined.take(), page.resources);
    }

    pub(crate) fn damage(&mut self, reason: String) {
        if !self.reasons.contains(&reason) && self.reasons.len() < 16 {
            self.reasons.push(reason);
        }
    }

    pub(crate) fn note_damage(&mut self, damage: Option<&Damage>) {
        match damage {
            Some(Damage::TooLarge) => {
                self.exceed(
                    "展開後のデータの大きさ",
                    "the unpacked size of a stream",
                    limits::STREAM_BYTES,
                );
            }
            Some(Damage::Broken(reason)) => self.damage(reason.clone()),
            None => {}
        }
    }

    /// Says that the page goes beyond a limit: it gives no marks.
    fn exceed(&mut self, what_ja: &str, what_en: &str, limit: usize) {
        let (what_ja, what_en) = (what_ja.to_owned(), what_en.to_owned());
        self.exceeded.get_or_insert(Problem::Limit {
            what_ja,
            what_en,
            limit: limit as u64,
        });
    }

    /// Runs a content stream to its end, or to a limit.
    pub(crate) fn run(&mut self, bytes: &[u8], resources: Option<Dict<'a>>) {
        if bytes.len() > self.room {
            self.exceed(
                "1ページの描画命令の大きさ",
                "the content of a page",
                limits::CONTENT_BYTES,
            );
            return;
        }
        self.room -= bytes.len();
        let outer = std::mem::replace(&mut self.resources, resources);
        let mut content = Content::new(bytes);
        while self.exceeded.is_none()
            && let Some(operation) = content.next()
        {
            self.operators += 1;
            if self.operators > limits::OPERATORS {
                self.exceed(
                    "1ページの描画命令の数",
                    "the number of operators of a page",
                    limits::OPERATORS,
                );
                break;
            }
            if self.is_full() || self.exceeded.is_some() {
                break;
            }
            self.apply(&operation);
        }
        self.skipped += content.skipped();
        self.resources = outer;
    }

    /// Whether the page has as many marks as it may have.
    pub(crate) fn is_full(&mut self) -> bool {
        let full = self.marks.glyphs.len() + self.marks.ink.len() >= limits::MARKS;
        if full {
            self.exceed(
                "1ページの文字・線・塗りの数",
                "the number of marks of a page",
                limits::MARKS,
            );
        }
        full
    }

    fn finish(mut self, notes: &mut Vec<Note>) -> Result<Marks, Error> {
        if let Some(problem) = self.exceeded.take() {
            return Err(problem.into());
        }
        self.close_marked(0);
        self.cover();
        if self.skipped > 0 {
            let reason = format!("{} bytes are no operators", self.skipped);
            self.damage(reason);
        }
        let page = self.page;
        let place = self.place_of_page();
        notes.extend(self.reasons.drain(..).map(|reason| {
            let note = Note::new(What::DamagedContent { page, reason });
            note.at(Some(place.clone()))
        }));
        let mut undecoded: BTreeMap<FontId, u64> = BTreeMap::new();
        for (_, font) in &self.undecoded {
            *undecoded.entry(*font).or_default() += 1;
        }
        for (font, count) in undecoded {
            let font = self.fonts.name(font);
            notes.push(
                Note::new(What::UndecodedGlyph { font, page, count })
                    .at(Some(self.place_of_page())),
            );
        }
        for (font, kanji) in &self.unusual {
            let font = self.fonts.name(*font);
            let note = Note::new(What::UnusualKanji { font, page });
            let note = note.at(Some(self.place_of_page()));
            notes.push(note.about(kanji.iter().collect::<String>()));
        }
        notes.append(&mut self.notes);
        Ok(self.marks)
    }

    pub(crate) fn place_of_page(&self) -> Place {
        let (width, height) = self.marks.size;
        Place::Box {
            page: self.page,
            bbox: Bbox::new(0.0, 0.0, width.into(), height.into()),
        }
    }

    /// A point of the page as a place.
    pub(crate) fn place_of(&self, Point { x, y }: Point) -> Place {
        Place::Box {
            page: self.page,
            bbox: Bbox::new(x.into(), y.into(), x.into(), y.into()),
        }
    }

    fn apply(&mut self, operation: &Operation<'_>) {
        match operation.operator {
            b"q" => self.save(),
            b"Q" => self.restore(),
            b"cm" => {
                if let Some(matrix) = operation.numbers::<6>() {
                    self.state.ctm = Matrix::new(matrix).then(self.state.ctm);
                }
            }
            b"w" => {
                self.state.line_width = operation.number().unwrap_or(self.state.line_width).abs();
            }
            b"gs" => self.extended_state(operation),
            b"Do" => self.paint_object(operation),
            b"BI" => self.paint_image(None),
            b"sh" => self.fill_rectangle(self.sheet, Paint::UNKNOWN),
            b"BMC" | b"BDC" => self.begin_marked(operation, self.resources),
            b"EMC" => self.end_marked(),
            operator => {
                let _ = self.apply_path(operator, operation)
                    || self.apply_colour(operator, operation)
                    || self.apply_text(operator, operation, self.resources);
            }
        }
    }

    fn save(&mut self) {
        if self.saved.len() < limits::GRAPHICS_STATES {
            self.saved.push(self.state);
        } else {
            self.damage(format!(
                "more than {} graphics states",
                limits::GRAPHICS_STATES
            ));
        }
    }

    fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    /// `gs` (ISO 32000-1 Table 58).
    fn extended_state(&mut self, operation: &Operation<'_>) {
        let states = self
            .resources
            .and_then(|resources| resources.dict(b"ExtGState"));
        let Some(dict) = operation.name().and_then(|name| states?.dict(name)) else {
            return;
        };
        if let Some(width) = dict.number(b"LW") {
            self.state.line_width = width.abs();
        }
        if let Some(alpha) = dict.number(b"ca") {
            self.state.fill_alpha = alpha as f32;
        }
        if let Some(alpha) = dict.number(b"CA") {
            self.state.stroke_alpha = alpha as f32;
        }
        let is_normal = |mode: Value<'_>| matches!(mode.name(), Some(b"Normal" | b"Compatible"));
        self.state.replaces &= dict.get(b"BM").is_none_or(is_normal)
            && dict.dict(b"SMask").is_none()
            && !dict.is_true(b"OP")
            && !dict.is_true(b"op");
        if let Some(font) = dict.array(b"Font") {
            if let Some(descriptor) = font.get(0).and_then(Value::dict) {
                self.state.text.font = Some(self.fonts.load(descriptor));
            }
            self.state.text.size = font
                .get(1)
                .and_then(Value::number)
                .unwrap_or(self.state.text.size);
        }
    }
}
