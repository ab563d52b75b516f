//! How lines end: whether the writer ran out of room or the author began a new line.

use crate::read::pdf::direction::EmBox;
use crate::read::pdf::lines::TextLine;
use crate::read::pdf::lines::characters::{
    Mark, closes, ends_item, ends_sentence, is_arrow, is_word, leading_mark, may_not_begin,
    may_not_end, opens,
};
use crate::read::pdf::lines::hanging::{Hanging, Indent};
use crate::read::pdf::lines::setting::{
    Alignment, Measure, alignment, end_without_hanging, room, usual_pitch,
};
use crate::read::pdf::marks::Marks;
use crate::sheet::LineEnd;

/// What comes next would have fitted if this many ems had been left beside it: less is within the error of
/// the estimated padding.
const CLEARLY_FITS: f32 = 0.35;
/// It would not have fitted if this many ems were lacking.
const CLEARLY_NOT: f32 = -0.1;
/// An indent of this many ems begins a paragraph.
const INDENT: f32 = 0.8;
/// Ends that differ by this many ems are the same.
const SAME: f32 = 0.02;
/// The narrowest space between words, in ems.
const WORD_SPACE: f32 = 0.25;
/// A line that begins this many ems before or after the one above it is set on its own: a date or a
/// signature at the right, a title in the middle. Items hang by two or three.
const APART: f32 = 4.5;
/// A line in the middle under another leaves as much before it as after it, up to this many ems.
const CENTRED: f32 = 0.7;
/// Lines farther apart than is usual by this factor are of different paragraphs.
const PARAGRAPH_PITCH: f32 = 1.4;

/// What the lines of a cell show of how its paragraphs are indented.
pub(crate) fn hanging(marks: &Marks, lines: &[TextLine], measure: Measure) -> Hanging {
    let mut hanging = Hanging::default();
    // Where all lines begin together nothing is shown.
    if lines.windows(2).all(|pair| match pair {
        [line, next] => (next.start - line.start).abs() < INDENT * line.size,
        _ => true,
    }) {
        return hanging;
    }
    let alignment = alignment(marks, lines, measure);
    let rooms: Vec<f32> = lines
        .iter()
        .map(|line| room(marks, line, measure, alignment))
        .collect();
    let texts: Vec<String> = lines.iter().map(|line| line.text(marks)).collect();
    let block = Block {
        marks,
        lines,
        rooms: &rooms,
        texts: &texts,
        alignment,
        pitch: usual_pitch(lines),
        start: measure.start,
        edge: measure.end,
        out_of_reach: None,
        hanging: Hanging::default(),
    };
    block.look_at_indents(&mut hanging);
    hanging
}

/// Decides the end of each line and its room; the last one ends as told. `elsewhere` is what the other cells show.
pub(crate) fn decide(
    marks: &Marks,
    lines: &mut [TextLine],
    measure: Measure,
    last: LineEnd,
    elsewhere: &Hanging,
) {
    let shown = hanging(marks, lines, measure);
    let alignment = alignment(marks, lines, measure);
    let rooms: Vec<f32> = lines
        .iter()
        .map(|line| room(marks, line, measure, alignment))
        .collect();
    let texts: Vec<String> = lines.iter().map(|line| line.text(marks)).collect();
    let mut block = Block {
        marks,
        lines,
        rooms: &rooms,
        texts: &texts,
        alignment,
        pitch: usual_pitch(lines),
        start: measure.start,
        edge: measure.end,
        out_of_reach: None,
        hanging: shown,
    };
    block.out_of_reach = block.nearest_out_of_reach();
    let items = Items::of(&block);
    let sentences = Sentences::of(&block);
    let ends: Vec<Ending> = (0..lines.len())
        .map(|at| {
            if at + 1 < lines.len() {
                block.end(at, &items, sentences, elsewhere)
            } else {
                Ending::sure(last)
            }
        })
        .collect();
    let rooms: Vec<f32> = (0..lines.len()).map(|at| block.known_room(at)).collect();
    for ((line, room), ending) in lines.iter_mut().zip(rooms).zip(ends) {
        line.ends = ending.ends;
        line.is_end_uncertain = ending.is_uncertain;
        line.room = Some(room);
    }
}

/// The lines of a cell or a page, and what is known of all of them.
struct Block<'a> {
    marks: &'a Marks,
    lines: &'a [TextLine],
    rooms: &'a [f32],
    texts: &'a [String],
    alignment: Alignment,
    pitch: Option<f32>,
    /// The edges where lines begin and end.
    start: f32,
    edge: f32,
    /// See [`Block::nearest_out_of_reach`].
    out_of_reach: Option<f32>,
    /// What these lines show of their paragraphs.
    hanging: Hanging,
}

/// Whether an indented line goes on a paragraph that begins before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hangs {
    Yes,
    No,
    /// Nothing shows it.
    Unknown,
}

/// How a line ends, and whether it could as well end otherwise.
#[derive(Debug, Clone, Copy)]
struct Ending {
    ends: LineEnd,
    is_uncertain: bool,
}

impl Ending {
    fn sure(ends: LineEnd) -> Self {
        Self {
            ends,
            is_uncertain: false,
        }
    }
}

/// How a text's sentences stand: what a full line that ends with 。 is followed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sentences {
    /// One after the other on a line: the text goes on.
    Flow,
    /// Each on a line of its own, also where there was room.
    Apart,
    /// Both, or neither.
    Unknown,
}

impl Sentences {
    fn of(block: &Block) -> Self {
        let within = |text: &String| {
            let mut depth = 0i32;
            let mut characters = text.trim_end().chars().peekable();
            while let Some(c) = characters.next() {
                depth = (depth + i32::from(opens(c)) - i32::from(closes(c))).max(0);
                if depth == 0 && c == '。' && characters.peek().is_some() {
                    return true;
                }
            }
            false
        };
        let flow = block.texts.iter().any(within);
        let apart = (0..block.texts.len()).any(|at| block.ends_sentence_with_room(at));
        match (flow, apart) {
            (true, false) => Self::Flow,
            (false, true) => Self::Apart,
            _ => Self::Unknown,
        }
    }
}

/// Whether a cell is a list of items that begin with a middle dot, and how its items end. A middle dot
/// also joins words, and writers without line-breaking rules begin lines with it (合意形成／・具体化).
struct Items {
    dotted: bool,
    sentences: bool,
}

impl Items {
    fn of(block: &Block) -> Self {
        let (mut dotted, mut count, mut sentences) = (false, 0, 0);
        for (at, text) in block.texts.iter().enumerate() {
            let begins = begins_with_dot(text) && (at == 0 || block.dot_fitted(at - 1));
            dotted |= begins;
            let ends_before = at > 0 && begins;
            let ended = if ends_before {
                block.texts.get(at - 1)
            } else {
                None
            };
            let ended = ended.or(if at + 1 == block.texts.len() {
                Some(text)
            } else {
                None
            });
            if let Some(ended) = ended {
                count += 1;
                sentences += usize::from(last_visible(ended).is_some_and(ends_sentence));
            }
        }
        Self {
            dotted,
            sentences: dotted && count > 1 && sentences == count,
        }
    }
}

impl Block<'_> {
    /// How the line at this index ends before the next one.
    fn end(&self, at: usize, items: &Items, sentences: Sentences, elsewhere: &Hanging) -> Ending {
        let (Some(line), Some(next)) = (self.lines.get(at), self.lines.get(at + 1)) else {
            return Ending::sure(LineEnd::Break);
        };
        let (Some(text), Some(next_text)) = (self.texts.get(at), self.texts.get(at + 1)) else {
            return Ending::sure(LineEnd::Break);
        };
        let blank = line.is_blank(self.marks) || next.is_blank(self.marks);
        if line.direction != next.direction || blank || self.stands_apart(line, next) {
            return Ending::sure(LineEnd::Break);
        }
        let last = last_visible(text);
        let needed = self.needed(at);
        let slack = self.rooms.get(at).copied().unwrap_or_default() - needed / line.size;
        let sentence = last.is_some_and(ends_sentence);
        let hangs = if slack > CLEARLY_FITS {
            Hangs::No
        } else {
            self.hangs(at, elsewhere)
        };
        if hangs == Hangs::Yes {
            return Ending::sure(LineEnd::Wrap);
        }
        let first_mark = self.texts.first().and_then(|text| leading_mark(text));
        let dot = begins_with_dot(next_text);
        let begins = match leading_mark(next_text) {
            Some(_) if self.in_brackets(at) && self.closes_bracket(at + 1) => false,
            Some(Mark::Bullet) if dot => self.dot_begins_item(at, items),
            Some(Mark::Bullet) => true,
            Some(mark) => last.is_some_and(ends_item) || first_mark == Some(mark),
            None => {
                self.is_gloss(at + 1)
                    || self.begins_paragraph(line, next, sentence)
                    || (sentence && self.begins_before(at))
            }
        };
        let end = end_without_hanging(self.marks, line, self.edge) + needed;
        let refused = self
            .out_of_reach
            .is_some_and(|reach| end > reach - SAME * line.size);
        let fits = slack > CLEARLY_FITS || (slack > CLEARLY_NOT && sentence);
        let ends = if begins || (fits && !refused && !dot) {
            LineEnd::Break
        } else {
            LineEnd::Wrap
        };
        if sentence && !begins && slack <= CLEARLY_FITS && leading_mark(next_text).is_none() {
            return match sentences {
                Sentences::Flow => Ending::sure(LineEnd::Wrap),
                Sentences::Apart => Ending::sure(LineEnd::Break),
                Sentences::Unknown => Ending {
                    ends,
                    is_uncertain: true,
                },
            };
        }
        let is_uncertain = hangs == Hangs::Unknown || (dot && self.may_be_word_or_item(at, items));
        Ending { ends, is_uncertain }
    }

    /// The indent of two lines of which one begins before the other.
    fn indent(&self, first: &TextLine, others: &TextLine) -> Option<Indent> {
        let ems = (others.start - first.start) / first.size;
        let is_indent = self.alignment == Alignment::Start && (INDENT..=APART).contains(&ems);
        is_indent.then_some(Indent {
            first: first.start - self.start,
            others: others.start - self.start,
            em: first.size,
        })
    }

    /// Tells from each line and the one under it how paragraphs are indented. A line with a mark, in brackets as
    /// a whole (the caption of an article) or with a space before it tells nothing of those without.
    fn look_at_indents(&self, hanging: &mut Hanging) {
        let mut is_marked = true;
        for (at, pair) in self.lines.windows(2).enumerate() {
            let ([line, next], Some(text), Some(next_text)) =
                (pair, self.texts.get(at), self.texts.get(at + 1))
            else {
                continue;
            };
            // The mark of the line that these hang under.
            let above = at.checked_sub(1).and_then(|above| self.lines.get(above));
            let is_first = above.is_none_or(|above| line.start < above.start - SAME * line.size);
            is_marked = leading_mark(text).is_some() || (is_marked && !is_first);
            let blank = line.is_blank(self.marks) || next.is_blank(self.marks);
            if blank || line.direction != next.direction || !is_plain(next_text) {
                continue;
            }
            let has_room = self.rooms.get(at).copied().unwrap_or_default()
                - self.needed(at) / line.size
                > CLEARLY_FITS;
            if let Some(indent) = self.indent(line, next)
                && has_room
            {
                hanging.refute(indent);
            }
            if let Some(indent) = self.indent(next, line) {
                let goes_on = !has_room && !last_visible(text).is_some_and(ends_item);
                if goes_on {
                    hanging.refute(indent);
                } else if has_room && !is_marked {
                    hanging.show(indent);
                }
            }
        }
    }

    /// Whether the indented line after this full one goes on its paragraph. A sentence may have ended with the
    /// line, and only its own neighbours tell how it is set.
    fn hangs(&self, at: usize, elsewhere: &Hanging) -> Hangs {
        let (Some(line), Some(next), Some(text), Some(next_text)) = (
            self.lines.get(at),
            self.lines.get(at + 1),
            self.texts.get(at),
            self.texts.get(at + 1),
        ) else {
            return Hangs::No;
        };
        let Some(indent) = self.indent(line, next) else {
            return Hangs::No;
        };
        let is_refuted = self.hanging.is_refuted(indent) || elsewhere.is_refuted(indent);
        if is_refuted || leading_mark(text).is_some() || !is_plain(next_text) {
            return Hangs::No;
        }
        let goes_on = !last_visible(text).is_some_and(ends_item);
        if self.hanging.is_shown(indent) || (goes_on && elsewhere.is_shown(indent)) {
            Hangs::Yes
        } else if (goes_on || elsewhere.is_shown(indent)) && !is_centred_under(next, line) {
            Hangs::Unknown
        } else {
            Hangs::No
        }
    }

    /// Whether the next line begins where paragraphs do whose other lines begin where this one does.
    fn begins_before(&self, at: usize) -> bool {
        let (Some(line), Some(next)) = (self.lines.get(at), self.lines.get(at + 1)) else {
            return false;
        };
        self.indent(next, line)
            .is_some_and(|indent| self.hanging.is_shown(indent))
    }

    /// Whether a line ends with a sentence, and the next one goes on, without a mark, an indent or a distance that
    /// would tell its beginning, and would have fitted on it.
    fn ends_sentence_with_room(&self, at: usize) -> bool {
        let (Some(line), Some(next_line), Some(room), Some(text), Some(next)) = (
            self.lines.get(at),
            self.lines.get(at + 1),
            self.rooms.get(at),
            self.texts.get(at),
            self.texts.get(at + 1),
        ) else {
            return false;
        };
        last_visible(text) == Some('。')
            && !next.trim().is_empty()
            && leading_mark(next).is_none()
            && !self.begins_paragraph(line, next_line, true)
            && !self.stands_apart(line, next_line)
            && room - self.needed(at) / line.size > CLEARLY_FITS
    }

    /// Whether only what the words mean tells if the middle dot after this full line begins an item or joins two
    /// words: in a list, by a writer that begins lines with it.
    fn may_be_word_or_item(&self, at: usize, items: &Items) -> bool {
        let last = self.texts.get(at).and_then(|text| last_visible(text));
        self.marks.breaks_anywhere
            && items.dotted
            && !self.dot_fitted(at)
            && !last.is_some_and(|last| ends_sentence(last) || ends_clause(last))
            && !self.in_brackets(at)
    }

    /// The nearest position that the writer has shown to be out of reach: where a line goes on within a
    /// sentence, what came next had not fitted. It says more than the estimated padding does.
    fn nearest_out_of_reach(&self) -> Option<f32> {
        if self.alignment != Alignment::Start {
            return None;
        }
        let reaches = self.lines.windows(2).enumerate().filter_map(|(at, pair)| {
            let [line, next] = pair else { return None };
            let blank = line.is_blank(self.marks) || next.is_blank(self.marks);
            if blank || next.direction != line.direction || self.stands_apart(line, next) {
                return None;
            }
            let last = last_visible(self.texts.get(at)?)?;
            let end = end_without_hanging(self.marks, line, self.edge) + self.needed(at);
            let within = !ends_item(last) && leading_mark(self.texts.get(at + 1)?).is_none();
            (within && end >= self.edge - CLEARLY_FITS * line.size).then_some(end)
        });
        reaches.min_by(f32::total_cmp)
    }

    /// Ems left on a line: no more than up to what is out of reach.
    fn known_room(&self, at: usize) -> f32 {
        let room = self.rooms.get(at).copied().unwrap_or_default();
        match (self.out_of_reach, self.lines.get(at)) {
            (Some(reach), Some(line)) => {
                let end = end_without_hanging(self.marks, line, self.edge);
                room.min((reach - end) / line.size - SAME).max(0.0)
            }
            _ => room,
        }
    }

    /// The width of what would have had to come to a line: the next unit, and the space between two words,
    /// which is often not painted at a line's end.
    fn needed(&self, at: usize) -> f32 {
        let (Some(line), Some(next)) = (self.lines.get(at), self.lines.get(at + 1)) else {
            return 0.0;
        };
        let words = self
            .texts
            .get(at)
            .and_then(|text| last_visible(text))
            .is_some_and(is_word)
            && self
                .texts
                .get(at + 1)
                .is_some_and(|text| text.trim_start().starts_with(is_word));
        let space = if words { WORD_SPACE * line.size } else { 0.0 };
        space + self.next_unit(next)
    }

    /// Whether an open bracket is closed from this line on, before a sentence ends or an item begins: what
    /// stands between is no item, whatever it begins with (雄5,000円／→7,000円）.
    fn closes_bracket(&self, at: usize) -> bool {
        for (index, text) in self.texts.get(at..).unwrap_or_default().iter().enumerate() {
            if index > 0 && leading_mark(text).is_some() {
                return false;
            }
            if let Some(c) = text
                .chars()
                .find(|&c| closes(c) || opens(c) || ends_sentence(c))
            {
                return closes(c);
            }
        }
        false
    }

    /// Whether a middle dot at the start of the next line would have fitted on this one.
    fn dot_fitted(&self, at: usize) -> bool {
        let (Some(line), Some(next), Some(room)) = (
            self.lines.get(at),
            self.lines.get(at + 1),
            self.rooms.get(at),
        ) else {
            return false;
        };
        let dot = next
            .characters(self.marks)
            .find(|(c, _)| !c.is_whitespace());
        let width = dot
            .and_then(|(_, shape)| shape)
            .map_or(line.size, |shape| shape.end - shape.start);
        room - width / line.size > CLEARLY_FITS
    }

    /// Whether the middle dot at the start of the next line is a bullet. After a full line within a list it is
    /// one, unless the items are sentences, this one is not at its end, and the writer may begin lines so.
    fn dot_begins_item(&self, at: usize, items: &Items) -> bool {
        let text = self.texts.get(at).map_or("", String::as_str);
        let sentence = last_visible(text).is_some_and(ends_sentence);
        let clause = last_visible(text).is_some_and(ends_clause);
        self.dot_fitted(at)
            || sentence
            || (items.dotted && clause && !self.in_brackets(at))
            || (items.dotted
                && !(items.sentences && self.marks.breaks_anywhere)
                && !self.in_brackets(at))
    }

    /// Whether a bracket is open at the end of a line, since its item began.
    fn in_brackets(&self, at: usize) -> bool {
        let before = self.texts.get(..=at).unwrap_or_default();
        let first = before
            .iter()
            .rposition(|text| leading_mark(text).is_some())
            .unwrap_or(0);
        let mut depth = 0i32;
        for c in before
            .get(first..)
            .unwrap_or_default()
            .iter()
            .flat_map(|text| text.chars())
        {
            depth = (depth + i32::from(opens(c)) - i32::from(closes(c))).max(0);
        }
        depth > 0
    }

    /// A bracketed line as a whole that ends a centred heading is its gloss: いつまで／(期限).
    fn is_gloss(&self, at: usize) -> bool {
        let Some([text]) = self.texts.get(at..) else {
            return false;
        };
        let inner = text
            .trim()
            .strip_prefix(['（', '('])
            .and_then(|text| text.strip_suffix(['）', ')']));
        self.alignment == Alignment::Center
            && self.texts.iter().all(|text| leading_mark(text).is_none())
            && inner.is_some_and(|inner| !inner.contains(['（', '(', '）', ')']))
    }

    /// Whether two lines are set apart by distance or position.
    fn stands_apart(&self, line: &TextLine, next: &TextLine) -> bool {
        let far = self
            .pitch
            .is_some_and(|pitch| next.bottom - line.bottom > PARAGRAPH_PITCH * pitch);
        let aside = (next.start - line.start).abs() > APART * line.size;
        // A reading above a line takes its own height.
        (far && next.ruby.is_empty()) || (aside && self.alignment == Alignment::Start)
    }

    /// Whether the next line is indented as the first of a paragraph. A line after one with a mark is set
    /// under the item's text, which is no new paragraph.
    fn begins_paragraph(&self, line: &TextLine, next: &TextLine, sentence: bool) -> bool {
        if self.alignment != Alignment::Start {
            return false;
        }
        let spaced = next
            .characters(self.marks)
            .next()
            .is_some_and(|(c, _)| c == '\u{3000}');
        let indented = next.start - line.start >= INDENT * line.size;
        (spaced && sentence) || (indented && leading_mark(&line.text(self.marks)).is_none())
    }

    /// The width of what would have had to come to this line: a character with the closing punctuation
    /// after it, a Latin word or number, an opening bracket with what follows (JIS X 4051 §4.3). Some
    /// writers also keep a Latin word with the punctuation before it.
    fn next_unit(&self, next: &TextLine) -> f32 {
        let mut characters = next
            .characters(self.marks)
            .skip_while(|(c, _)| c.is_whitespace())
            .peekable();
        // Also after a word: had the writer broken words anywhere, there would be no room for a letter, and
        // the space between two words that a line's end parts is often not painted.
        let mut unit: Option<EmBox> = None;
        let mut before: Option<char> = None;
        while let Some((c, shape)) = characters.next_if(|(c, _)| match before {
            None => true,
            Some(before) => {
                may_not_end(before)
                    || may_not_begin(*c)
                    || (is_word(*c)
                        && (is_word(before) || may_not_begin(before) || is_arrow(before)))
                    || matches!(*c, '/' | '／')
                    || (matches!(before, '/' | '／') && may_not_end(*c))
            }
        }) {
            before = Some(c);
            if let Some(shape) = shape {
                unit = Some(unit.map_or(shape, |unit| EmBox {
                    end: unit.end.max(shape.end),
                    ..unit
                }));
            }
        }
        unit.map_or(0.0, |unit| unit.end - unit.start)
    }
}

/// Whether a line ends as a verb does (う段の仮名, た): a middle dot joins nouns, what stands after a verb is an item.
fn ends_clause(last: char) -> bool {
    matches!(
        last,
        'う' | 'く' | 'ぐ' | 'す' | 'つ' | 'ぬ' | 'ぶ' | 'む' | 'る' | 'た'
    )
}

/// Whether a line stands in the middle under another, as in a heading.
fn is_centred_under(line: &TextLine, above: &TextLine) -> bool {
    let (before, after) = (line.start - above.start, above.end - line.end);
    (before - after).abs() < CENTRED * line.size
}

/// Whether a line has neither a mark nor a space before it, and is no caption in brackets.
fn is_plain(text: &str) -> bool {
    let is_caption = text.starts_with('（') && text.trim_end().ends_with('）');
    leading_mark(text).is_none() && !text.starts_with('\u{3000}') && !is_caption
}

fn begins_with_dot(text: &str) -> bool {
    text.trim_start().starts_with(['・', '･'])
}

fn last_visible(text: &str) -> Option<char> {
    text.trim_end().chars().next_back()
}
