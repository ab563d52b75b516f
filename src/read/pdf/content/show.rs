//! Text operators -> glyphs (ISO 32000-1 §9.3, §9.4).

use crate::note::{Note, What};
use crate::read::pdf::content::graphics::{Matrix, State, finite};
use crate::read::pdf::content::interpret::Interpreter;
use crate::read::pdf::content::operators::{Operand, Operation};
use crate::read::pdf::file::Dict;
use crate::read::pdf::fonts::{Characters, Contradiction, Source};
use crate::read::pdf::marks::{Glyph, Point, Rect, Visibility};
use crate::text::counts;

/// Where the middle of a horizontal glyph stands above its baseline, in ems.
const MIDDLE: f64 = 0.35;

/// An adjustment that takes back more than this many ems – more than kerning does, and the narrowest glyph is
/// wide – paints a text of its own elsewhere: it is a run of its own.
const TAKEN_BACK: f64 = 0.55;

/// A space is cancelled by an adjustment that takes back this part of it; spaces of justified text are only narrowed.
const CANCELS: f64 = 0.8;

impl<'a> Interpreter<'a, '_> {
    /// Applies a text operator; whether it was one.
    pub(crate) fn apply_text(
        &mut self,
        operator: &[u8],
        operation: &Operation<'_>,
        resources: Option<Dict<'a>>,
    ) -> bool {
        match operator {
            b"BT" => self.set_matrix(Matrix::IDENTITY),
            b"ET" => self.end_text(),
            b"Tm" => {
                if let Some(matrix) = operation.numbers() {
                    self.set_matrix(Matrix::new(matrix));
                }
            }
            b"Td" | b"TD" => {
                if let Some([x, y]) = operation.numbers() {
                    if operator == b"TD" {
                        self.state.text.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            b"T*" => self.next_line(0.0, -self.state.text.leading),
            b"Tj" => self.show_text(operation),
            b"TJ" => self.show_array(operation),
            b"'" => {
                self.next_line(0.0, -self.state.text.leading);
                self.show_text(operation);
            }
            b"\"" => {
                let numbers: Vec<f64> = operation
                    .operands
                    .iter()
                    .filter_map(|operand| {
                        if let Operand::Number(number) = operand {
                            Some(*number)
                        } else {
                            None
                        }
                    })
                    .take(2)
                    .collect();
                if let [word, character] = numbers.as_slice() {
                    self.state.text.word_spacing = *word;
                    self.state.text.character_spacing = *character;
                }
                self.next_line(0.0, -self.state.text.leading);
                self.show_text(operation);
            }
            b"Tf" => self.choose_font(operation, resources),
            _ => return self.set_text_parameter(operator, operation),
        }
        true
    }

    fn set_text_parameter(&mut self, operator: &[u8], operation: &Operation<'_>) -> bool {
        let text = &mut self.state.text;
        let slot = match operator {
            b"Tc" => &mut text.character_spacing,
            b"Tw" => &mut text.word_spacing,
            b"TL" => &mut text.leading,
            b"Ts" => &mut text.rise,
            b"Tz" => {
                text.scaling = operation
                    .number()
                    .map_or(text.scaling, |percent| percent / 100.0);
                return true;
            }
            b"Tr" => {
                text.mode = operation
                    .number()
                    .map_or(text.mode, |mode| mode.clamp(0.0, 7.0) as u8);
                return true;
            }
            _ => return false,
        };
        if let Some(number) = operation.number() {
            *slot = number;
        }
        true
    }

    fn set_matrix(&mut self, matrix: Matrix) {
        self.text_matrix = matrix;
        self.line_matrix = matrix;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_matrix(Matrix::new([1.0, 0.0, 0.0, 1.0, x, y]).then(self.line_matrix));
    }

    fn choose_font(&mut self, operation: &Operation<'_>, resources: Option<Dict<'a>>) {
        let fonts = resources.and_then(|resources| resources.dict(b"Font"));
        let font = operation.name().and_then(|name| fonts?.dict(name));
        self.state.text.font = font.map(|font| self.fonts.load(font));
        let damage = self
            .state
            .text
            .font
            .and_then(|font| self.fonts.damage(font));
        if let Some(reason) = damage.map(str::to_owned) {
            self.damage(reason);
        }
        let contradiction = (self.state.text.font)
            .and_then(|font| Some((font, self.fonts.take_contradiction(font)?)));
        if let Some((font, contradiction)) = contradiction {
            let (font, page) = (self.fonts.name(font), self.page);
            let Contradiction {
                is_single,
                mapped,
                own,
            } = contradiction;
            let what = if is_single {
                What::ContradictoryGlyph {
                    font,
                    page,
                    mapped,
                    own,
                }
            } else {
                What::ContradictoryTextMap {
                    font,
                    page,
                    mapped,
                    own,
                }
            };
            self.notes
                .push(Note::new(what).at(Some(self.place_of_page())));
        }
        if let Some(size) = operation.number() {
            self.state.text.size = size;
        }
    }

    fn show_text(&mut self, operation: &Operation<'_>) {
        self.run += 1;
        if let Some(bytes) = operation.text() {
            self.show(bytes);
        }
    }

    fn show_array(&mut self, operation: &Operation<'_>) {
        self.run += 1;
        for operand in operation.operands {
            match operand {
                Operand::Text(..) => self.show(operation.bytes_of(*operand)),
                Operand::Number(thousandths) => {
                    let back = -thousandths / 1000.0 * self.state.text.size;
                    let vertical = self
                        .state
                        .text
                        .font
                        .is_some_and(|font| self.fonts.is_vertical(font));
                    let taken_back = if vertical { back } else { -back };
                    self.cancel_space(taken_back);
                    if taken_back > TAKEN_BACK * self.state.text.size.abs() {
                        self.run += 1;
                    }
                    if vertical {
                        self.advance(0.0, back);
                    } else {
                        self.advance(back * self.state.text.scaling, 0.0);
                    }
                }
                _ => {}
            }
        }
    }

    /// A space that an adjustment (text space units) takes back parts no words: nobody sees it.
    fn cancel_space(&mut self, taken_back: f64) {
        let (text, size, run) = (&self.marks.text, self.state.text.size.abs(), self.run);
        let Some(last) = self.marks.glyphs.last_mut().filter(|last| last.run == run) else {
            return;
        };
        let is_space = text
            .get(last.text.0 as usize..last.text.1 as usize)
            .is_some_and(crate::text::is_blank);
        let width =
            f64::from(last.advance.x.hypot(last.advance.y) / last.size.max(f32::MIN_POSITIVE));
        if is_space && width > 0.0 && taken_back > CANCELS * width * size {
            last.visibility = Visibility::Invisible;
        }
    }

    fn advance(&mut self, x: f64, y: f64) {
        let (dx, dy) = self.text_matrix.vector(x, y);
        self.text_matrix.e += dx;
        self.text_matrix.f += dy;
    }

    /// Shows a string: each code a glyph.
    fn show(&mut self, bytes: &[u8]) {
        // A font that the file has lost shows as many characters as bytes, none of them known.
        let id = *self
            .state
            .text
            .font
            .get_or_insert_with(|| self.fonts.lost());
        let vertical = self.fonts.is_vertical(id);
        let em = self.fonts.em(id);
        let text = self.state.text;
        if text.mode >= 4 {
            let first = self.marks.glyphs.len() as u32;
            self.clipping_text.get_or_insert(first);
        }
        let mut rest = if self.is_full() { &[] } else { bytes };
        while let Some(shown) = self.fonts.first(id, rest) {
            rest = rest.get(shown.length.max(1)..).unwrap_or_default();
            let start = self.marks.text.len();
            shown.characters.append_to(&mut self.marks.text);
            let own = self.marks.text.get(start..).unwrap_or_default();
            self.marks.decoded_characters +=
                own.chars().filter(|character| counts(*character)).count() as u64;
            let spacing = text.character_spacing
                + if shown.is_space {
                    text.word_spacing
                } else {
                    0.0
                };
            let width = shown.advance * text.size;
            let (step, next) = if vertical {
                ((0.0, width), (0.0, width + spacing))
            } else {
                (
                    (width * text.scaling, 0.0),
                    ((width + spacing) * text.scaling, 0.0),
                )
            };
            if let (true, Characters::One(kanji)) = (shown.is_unusual, &shown.characters) {
                self.unusual.entry(id).or_default().insert(*kanji);
            }
            let undecoded = shown.source == Source::None;
            let private = private_use(&shown.characters);
            let place = Placement::new(self.text_matrix, &self.state, step, em, vertical);
            let glyph = Glyph {
                text: (start as u32, self.marks.text.len() as u32),
                origin: place.origin,
                advance: place.advance,
                size: place.size,
                vertical,
                run: self.run,
                visibility: self.visibility(place.middle),
            };
            self.marks.glyphs.push(glyph);
            self.advance(next.0, next.1);
            if undecoded {
                self.undecoded.push((self.marks.glyphs.len() - 1, id));
            }
            if let Some(character) = private {
                self.note_private(character, place.middle);
            }
        }
    }

    /// Whether a reader sees what is painted around a point, in the order of what hides most.
    fn visibility(&self, middle: Point) -> Visibility {
        let state = &self.state;
        let fills = matches!(state.text.mode, 0 | 2 | 4 | 6);
        let strokes = matches!(state.text.mode, 1 | 2 | 5 | 6);
        let painted = fills && state.fill_alpha > 0.0 || strokes && state.stroke_alpha > 0.0;
        let blends = |paint: crate::read::pdf::content::colour::Paint, alpha: f32| {
            self.backdrop.hides(paint.over_paper(alpha), middle)
        };
        if self.hidden > 0 {
            Visibility::HiddenLayer
        } else if !painted || state.text.size == 0.0 {
            Visibility::Invisible
        } else if !contains(self.sheet, middle) {
            Visibility::OffPage
        } else if !contains(state.clip, middle) || self.clips.hides(state.clip_shape, middle) {
            Visibility::Clipped
        } else if (!fills || blends(state.fill, state.fill_alpha))
            && (!strokes || blends(state.stroke, state.stroke_alpha))
        {
            Visibility::SameColour
        } else {
            Visibility::Visible
        }
    }

    fn note_private(&mut self, character: char, at: Point) {
        if self.fonts.private_use.insert(character) {
            let code = format!("U+{:04X}", u32::from(character));
            let place = self.place_of(at);
            self.notes.push(
                Note::new(What::PrivateUse { code })
                    .at(Some(place))
                    .about(character),
            );
        }
    }
}

/// Where a glyph stands on the displayed page.
struct Placement {
    origin: Point,
    advance: Point,
    size: f32,
    middle: Point,
}

impl Placement {
    fn new(text_matrix: Matrix, state: &State, step: (f64, f64), em: f64, vertical: bool) -> Self {
        let whole = text_matrix.then(state.ctm);
        let text = &state.text;
        let vector = |(x, y): (f64, f64)| {
            let (x, y) = whole.vector(x, y);
            Point {
                x: finite(x),
                y: finite(y),
            }
        };
        let up = vector((0.0, text.size * em));
        let middle_up = if vertical {
            0.0
        } else {
            MIDDLE * text.size * em
        };
        Self {
            origin: whole.point(0.0, text.rise),
            advance: vector(step),
            size: up.x.hypot(up.y),
            middle: whole.point(step.0 / 2.0, text.rise + step.1 / 2.0 + middle_up),
        }
    }
}

fn contains(rect: Rect, point: Point) -> bool {
    rect.left <= point.x && point.x <= rect.right && rect.top <= point.y && point.y <= rect.bottom
}

/// The first private-use character (Unicode §23.5), if there is one.
fn private_use(characters: &Characters) -> Option<char> {
    let is_private = |character: &char| matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}');
    match characters {
        Characters::One(character) => Some(*character).filter(is_private),
        Characters::Several(text) => text.chars().find(is_private),
    }
}
