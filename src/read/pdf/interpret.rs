//! A page's operators -> marks (ISO 32000-1 §8, §9): the interpreter and its graphics operators.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::backdrop::Backdrop;
use super::colour::{Paint, Space};
use super::content::{Content, Operand, Operation};
use super::file::{Dict, Page, Pdf, Stream, Value};
use super::fonts::{FontCache, FontId};
use super::graphics::{Matrix, State};
use super::layers::Layers;
use super::marked::Marked;
use super::marks::{Ink, Marks, Point, Rect};
use super::paths::{Inside, Path, Pen, Shape};
use crate::note::{Note, What};
use crate::place::{Bbox, Place};
use crate::read::limits;

/// An image that is shown thinner than this, in points, is a rule that was drawn as an image.
const THIN_IMAGE: f32 = 2.0;
/// An empty clip: nothing lies inside.
const NOWHERE: Rect = Rect {
    left: f32::MAX,
    top: f32::MAX,
    right: f32::MIN,
    bottom: f32::MIN,
};
/// Bytes of form XObjects that are kept unpacked while a page is read.
const FORMS_KEPT: usize = 32 << 20;

/// Reads the pages of one file; what they share is read once.
pub(crate) struct Reader<'a> {
    pdf: &'a Pdf,
    fonts: FontCache<'a>,
    layers: Layers,
}

/// The state of reading one page.
pub(super) struct Interpreter<'a, 'r> {
    pub(super) page: u32,
    pub(super) sheet: Rect,
    pub(super) fonts: &'r mut FontCache<'a>,
    pub(super) layers: &'r Layers,
    pub(super) marks: Marks,
    pub(super) state: State,
    saved: Vec<State>,
    path: Path,
    clip_after: bool,
    pub(super) text_matrix: Matrix,
    pub(super) line_matrix: Matrix,
    pub(super) run: u32,
    pub(super) backdrop: Backdrop,
    pub(super) marked: Vec<Marked>,
    /// How many of the marked contents around are hidden.
    pub(super) hidden: u32,
    pub(super) undecoded: BTreeMap<FontId, u64>,
    resources: Option<Dict<'a>>,
    forms: HashMap<usize, Rc<[u8]>>,
    forms_kept: usize,
    active_forms: Vec<usize>,
    operators: usize,
    /// Bytes of content that may still run.
    room: usize,
    skipped: u64,
    reasons: Vec<String>,
    pub(super) notes: Vec<Note>,
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
    pub(crate) fn page(&mut self, number: u32, notes: &mut Vec<Note>) -> Marks {
        let Some(page) = self.pdf.page(number) else {
            let reason = "its dictionary is lost".to_owned();
            notes.push(Note::new(What::DamagedContent {
                page: number,
                reason,
            }));
            return Marks::default();
        };
        let mut interpreter = Interpreter::new(page, number, &mut self.fonts, &self.layers);
        if self.pdf.page_tree_lost {
            interpreter.damage(
                "the list of pages is lost; pages stand in the order of their object numbers"
                    .to_owned(),
            );
        }
        let start = interpreter.state;
        interpreter.run_page(page);
        interpreter.paint_annotations(page, start);
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
            clip_after: false,
            text_matrix: Matrix::IDENTITY,
            line_matrix: Matrix::IDENTITY,
            run: 0,
            backdrop: Backdrop::new(page.size),
            marked: Vec::new(),
            hidden: 0,
            undecoded: BTreeMap::new(),
            resources: page.resources,
            forms: HashMap::new(),
            forms_kept: 0,
            active_forms: Vec::new(),
            operators: 0,
            room: limits::CONTENT_BYTES,
            skipped: 0,
            reasons: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn run_page(&mut self, page: Page<'a>) {
        let mut bytes = Vec::new();
        let parts = match page.dict.get(b"Contents") {
            Some(Value::Stream(stream)) => vec![stream],
            Some(Value::Array(parts)) => {
                let found: Vec<_> = parts.iter().filter_map(Value::stream).collect();
                if found.len() < parts.len() {
                    self.damage("a part of it is missing".to_owned());
                }
                found
            }
            _ => Vec::new(),
        };
        let mut room = limits::STREAM_BYTES;
        for part in parts {
            let decoded = part.decode_up_to(room);
            room = room.saturating_sub(decoded.bytes.len());
            bytes.extend_from_slice(&decoded.bytes);
            // A token may not run over the end of a part, but an operator and its operands may.
            bytes.push(b'\n');
            if let Some(reason) = decoded.damage {
                self.damage(reason);
                // An open string must not swallow what the next part says.
                self.run(&bytes, page.resources);
                bytes.clear();
            }
        }
        self.run(&bytes, page.resources);
    }

    pub(super) fn damage(&mut self, reason: String) {
        if !self.reasons.contains(&reason) && self.reasons.len() < 16 {
            self.reasons.push(reason);
        }
    }

    /// Runs a content stream to its end, or to a limit.
    fn run(&mut self, bytes: &[u8], resources: Option<Dict<'a>>) {
        if bytes.len() > self.room {
            self.damage(format!(
                "more than {} bytes of content",
                limits::CONTENT_BYTES
            ));
            return;
        }
        self.room -= bytes.len();
        let outer = std::mem::replace(&mut self.resources, resources);
        let mut content = Content::new(bytes);
        while let Some(operation) = content.next() {
            self.operators += 1;
            if self.operators > limits::OPERATORS {
                self.damage(format!("more than {} operators", limits::OPERATORS));
                break;
            }
            if self.is_full() {
                break;
            }
            self.apply(&operation);
        }
        self.skipped += content.skipped();
        self.resources = outer;
    }

    /// Whether the page has as many marks as it may have.
    pub(super) fn is_full(&mut self) -> bool {
        let full = self.marks.glyphs.len() + self.marks.ink.len() >= limits::MARKS;
        if full {
            self.damage(format!("more than {} marks", limits::MARKS));
        }
        full
    }

    fn finish(mut self, notes: &mut Vec<Note>) -> Marks {
        self.close_marked(0);
        if self.skipped > 0 {
            let reason = format!("{} bytes are no operators", self.skipped);
            self.damage(reason);
        }
        let page = self.page;
        notes.extend(
            self.reasons
                .drain(..)
                .map(|reason| Note::new(What::DamagedContent { page, reason })),
        );
        for (font, count) in &self.undecoded {
            let font = self.fonts.name(*font);
            notes.push(
                Note::new(What::UndecodedGlyph {
                    font,
                    page,
                    count: *count,
                })
                .at(Some(self.place_of_page())),
            );
        }
        notes.append(&mut self.notes);
        self.marks
    }

    fn place_of_page(&self) -> Place {
        let (width, height) = self.marks.size;
        Place::Box {
            page: self.page,
            bbox: Bbox::new(0.0, 0.0, width.into(), height.into()),
        }
    }

    /// A point of the page as a place.
    pub(super) fn place_of(&self, Point { x, y }: Point) -> Place {
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
                self.state.line_width = operation.number().unwrap_or(self.state.line_width).abs()
            }
            b"d" => self.state.dashed = is_dashed(operation),
            b"gs" => self.extended_state(operation),
            b"Do" => self.paint_object(operation),
            b"BI" => self.paint_image(),
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
        if let Some(dash) = dict
            .array(b"D")
            .and_then(|dash| dash.get(0))
            .and_then(Value::array)
        {
            self.state.dashed = dash
                .iter()
                .filter_map(Value::number)
                .any(|length| length > 0.0);
        }
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

    /// `Do` (ISO 32000-1 §8.8).
    fn paint_object(&mut self, operation: &Operation<'_>) {
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
            Some(b"Image") => self.paint_image(),
            _ => self.paint_form(stream),
        }
        self.hidden -= u32::from(hidden);
    }

    /// A form XObject (ISO 32000-1 §8.10.1).
    pub(super) fn paint_form(&mut self, form: Stream<'a>) {
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
        );
        let outer_path = std::mem::take(&mut self.path);
        let marked = self.marked.len();
        if let Some(matrix) = form.dict.array(b"Matrix").and_then(|array| array.numbers()) {
            self.state.ctm = Matrix::new(matrix).then(self.state.ctm);
        }
        if let Some(bounds) = form.dict.array(b"BBox").and_then(|array| array.numbers()) {
            self.clip_to(self.state.ctm.bounds(bounds));
        }
        self.active_forms.push(identity);
        let content = self.form_content(form, identity);
        // A form without resources of its own uses those of the page (ISO 32000-1 Table 95).
        self.run(&content, form.dict.dict(b"Resources").or(self.resources));
        self.active_forms.pop();
        self.close_marked(marked);
        self.path = outer_path;
        (self.state, self.saved, self.text_matrix, self.line_matrix) = outer;
    }

    fn form_content(&mut self, form: Stream<'_>, identity: usize) -> Rc<[u8]> {
        if let Some(content) = self.forms.get(&identity) {
            return Rc::clone(content);
        }
        let decoded = form.decode();
        if let Some(reason) = decoded.damage {
            self.damage(reason);
        }
        let content: Rc<[u8]> = decoded.bytes.into();
        if self.forms_kept + content.len() <= FORMS_KEPT {
            self.forms_kept += content.len();
            self.forms.insert(identity, Rc::clone(&content));
        }
        content
    }

    /// An image: a rule if it is thin, else a place (ISO 32000-1 §8.9.4: it fills the unit square).
    fn paint_image(&mut self) {
        let bounds = self
            .state
            .ctm
            .bounds([0.0, 0.0, 1.0, 1.0])
            .intersection(self.area());
        let Some(rect) = bounds.filter(|_| self.is_shown(self.state.fill_alpha)) else {
            return;
        };
        if rect.width().min(rect.height()) <= THIN_IMAGE {
            self.marks.ink.push(Ink::Fill {
                rect,
                lightness: 0.0,
            });
        } else {
            self.backdrop.fill(rect, Paint::UNKNOWN);
            self.marks.images.push(rect);
        }
    }

    /// Where ink is seen: inside the clip and on the page.
    fn area(&self) -> Rect {
        self.state.clip.intersection(self.sheet).unwrap_or(NOWHERE)
    }

    pub(super) fn is_shown(&self, alpha: f32) -> bool {
        self.hidden == 0 && alpha > 0.0
    }

    fn clip_to(&mut self, rect: Rect) {
        self.state.clip = self.state.clip.intersection(rect).unwrap_or(NOWHERE);
    }

    fn apply_path(&mut self, operator: &[u8], operation: &Operation<'_>) -> bool {
        match operator {
            b"m" => self.with_point(operation, Path::move_to),
            b"l" => self.with_point(operation, Path::line_to),
            b"c" => {
                if let Some([x1, y1, x2, y2, x, y]) = operation.numbers() {
                    self.curve((x1, y1), (x2, y2), (x, y));
                }
            }
            b"v" => {
                if let Some([x2, y2, x, y]) = operation.numbers() {
                    self.curve(self.path.current_user, (x2, y2), (x, y));
                }
            }
            b"y" => {
                if let Some([x1, y1, x, y]) = operation.numbers() {
                    self.curve((x1, y1), (x, y), (x, y));
                }
            }
            b"h" => self.path.close(),
            b"re" => self.rectangle(operation),
            b"W" | b"W*" => self.clip_after = true,
            b"n" => self.end_path(),
            b"S" => self.paint_path(None, Some(())),
            b"s" => {
                self.path.close();
                self.paint_path(None, Some(()));
            }
            b"f" | b"F" => self.paint_path(Some(Inside::NonZeroWinding), None),
            b"f*" => self.paint_path(Some(Inside::EvenOdd), None),
            b"B" => self.paint_path(Some(Inside::NonZeroWinding), Some(())),
            b"B*" => self.paint_path(Some(Inside::EvenOdd), Some(())),
            b"b" => {
                self.path.close();
                self.paint_path(Some(Inside::NonZeroWinding), Some(()));
            }
            b"b*" => {
                self.path.close();
                self.paint_path(Some(Inside::EvenOdd), Some(()));
            }
            _ => return false,
        }
        true
    }

    fn with_point(&mut self, operation: &Operation<'_>, add: fn(&mut Path, Point)) {
        if let Some([x, y]) = operation.numbers() {
            add(&mut self.path, self.state.ctm.point(x, y));
            self.path.current_user = (x, y);
        }
    }

    fn curve(&mut self, first: (f64, f64), second: (f64, f64), end: (f64, f64)) {
        let ctm = self.state.ctm;
        let controls = [ctm.point(first.0, first.1), ctm.point(second.0, second.1)];
        self.path.curve_to(controls, ctm.point(end.0, end.1));
        self.path.current_user = end;
    }

    fn rectangle(&mut self, operation: &Operation<'_>) {
        let Some([x, y, width, height]) = operation.numbers() else {
            return;
        };
        let ctm = self.state.ctm;
        self.path.move_to(ctm.point(x, y));
        self.path.line_to(ctm.point(x + width, y));
        self.path.line_to(ctm.point(x + width, y + height));
        self.path.line_to(ctm.point(x, y + height));
        self.path.close();
        self.path.current_user = (x, y);
    }

    /// Paints the path, clips with it if that was asked for, and forgets it.
    fn paint_path(&mut self, fill: Option<Inside>, stroke: Option<()>) {
        if let Some(inside) = fill {
            self.fill_path(inside);
        }
        if stroke.is_some() && self.is_shown(self.state.stroke_alpha) {
            let state = &self.state;
            let pen = Pen {
                matrix: state.ctm,
                width: state.line_width,
                dashed: state.dashed,
                lightness: state.stroke.over_paper(state.stroke_alpha).lightness,
            };
            self.path.stroke(pen, self.area(), &mut self.marks.ink);
        }
        self.end_path();
    }

    fn fill_path(&mut self, inside: Inside) {
        if !self.is_shown(self.state.fill_alpha) {
            return;
        }
        let paint = self.state.fill.over_paper(self.state.fill_alpha);
        let mut has_others = false;
        for shape in self.path.shapes(inside) {
            match shape {
                Shape::Rectangle(rect) => self.fill_rectangle(rect, paint),
                Shape::Other(bounds) => {
                    has_others = true;
                    if let Some(rect) = bounds.intersection(self.area()) {
                        self.backdrop.fill(rect, Paint::UNKNOWN);
                    }
                }
            }
        }
        if has_others {
            self.path.edges(self.area(), &mut self.marks.ink);
        }
    }

    fn fill_rectangle(&mut self, rect: Rect, paint: Paint) {
        let visible = rect.intersection(self.area());
        if let Some(rect) = visible.filter(|_| self.is_shown(self.state.fill_alpha)) {
            self.backdrop.fill(rect, paint);
            self.marks.ink.push(Ink::Fill {
                rect,
                lightness: paint.lightness,
            });
        }
    }

    fn end_path(&mut self) {
        if std::mem::take(&mut self.clip_after) && !self.path.is_empty() {
            self.clip_to(self.path.bounds());
        }
        self.path.clear();
    }

    fn apply_colour(&mut self, operator: &[u8], operation: &Operation<'_>) -> bool {
        let space = match operator {
            b"g" | b"G" => Space::Gray,
            b"rg" | b"RG" => Space::Rgb,
            b"k" | b"K" => Space::Cmyk,
            b"cs" | b"CS" => operation
                .name()
                .map_or(Space::Other, |name| Space::named(name, self.resources)),
            b"sc" | b"scn" => self.state.fill_space,
            b"SC" | b"SCN" => self.state.stroke_space,
            _ => return false,
        };
        let mut components = [0.0; 32];
        let mut count = 0;
        for operand in operation.operands.iter().take(components.len()) {
            if let (Operand::Number(number), Some(slot)) = (operand, components.get_mut(count)) {
                *slot = *number;
                count += 1;
            }
        }
        let paint = match operator {
            b"cs" | b"CS" => space.initial(),
            _ if operation.last_name().is_some() => Paint::UNKNOWN,
            _ => space.paint(components.get(..count).unwrap_or_default()),
        };
        let strokes = operator.first().is_some_and(u8::is_ascii_uppercase);
        let target = if strokes {
            (&mut self.state.stroke, &mut self.state.stroke_space)
        } else {
            (&mut self.state.fill, &mut self.state.fill_space)
        };
        (*target.0, *target.1) = (paint, space);
        true
    }
}

/// Whether a dash array has a dash (ISO 32000-1 §8.4.3.6).
fn is_dashed(operation: &Operation<'_>) -> bool {
    let inside = operation
        .operands
        .iter()
        .take_while(|operand| **operand != Operand::ArrayEnd);
    inside
        .filter(|operand| matches!(operand, Operand::Number(length) if *length > 0.0))
        .count()
        > 0
}
