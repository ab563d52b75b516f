//! Upright characters that are painted one below the other by a horizontal font -> glyphs of vertical text.
//!
//! Browsers and LibreOffice write vertical text so: each character at a place of its own, Latin words turned, and
//! numbers set across (縦中横) as short horizontal runs.

use std::collections::HashMap;

use crate::read::pdf::direction::{Direction, EmBox};
use crate::read::pdf::grids::rules::{Rule, Rules};
use crate::read::pdf::lines::overprint;
use crate::read::pdf::lines::runs::{is_white, text_of};
use crate::read::pdf::marks::{Glyph, Marks, Point, Rect, Visibility};
use crate::read::pdf::tolerance::{BESIDE, CENTRED, SMALL};
use crate::text::setting::numbers;

/// The em boxes of neighbours in a column overlap or leave white by at most this many ems: fonts set punctuation
/// and numbers a little off. Lines of text stand farther apart.
const OFF: f32 = 0.35;
/// Characters of a column that begin at one place across it do so within this many ems.
const ALIGNED: f32 = 0.05;
/// Sizes of one text differ by at most this part.
const ALIKE: f32 = 0.15;
/// Glyphs of a number that is set across are at most this many ems wide together.
const ACROSS: f32 = 1.35;
/// Within one show operator punctuation is pushed over its neighbour's white half (JIS X 4051 §4.7), with a little more,
/// and words and spread letters stand this many ems apart.
const SOLID: f32 = 0.55;
const SPACE: f32 = 2.0;
/// Letters that are spread over a narrow cell stand at most this many ems apart.
const SPACED: f32 = 1.0;
/// Characters that are set across at most.
const MOST_ACROSS: usize = 4;
/// Letters from which on a column is vertical text and no list of marks, and with a number or a turned word in it.
const LETTERS: usize = 3;
const LETTERS_WITH_OTHERS: usize = 2;
/// The next column stands at most this many ems to the left.
const COLUMN_GAP: f32 = 2.5;
/// Columns that a column is compared with: the last ones, for readings beside a column part it.
const RECENT: usize = 4;
/// The least step down a column in points.
const CLOSEST: f32 = 0.05;
/// Glyphs with the same characters among which the one that is painted again is looked for.
const SAME_TEXT: usize = 64;

/// What stands at one place of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// One upright character.
    Upright,
    /// Digits or letters beside each other.
    Across,
    /// Text that goes down already.
    Down,
    /// Horizontal text.
    Horizontal,
}

/// Glyphs that are painted one after the other and touch.
struct Token {
    kind: Kind,
    glyphs: Vec<u32>,
    letters: usize,
    area: Rect,
    size: f32,
}

/// Tokens one below the other.
struct Column {
    tokens: std::ops::Range<usize>,
    area: Rect,
    size: f32,
    is_vertical: bool,
}

/// Makes the glyphs of columns vertical ones.
pub(crate) fn set_vertical(marks: &mut Marks, rules: &Rules) {
    let seen = |at: &u32| {
        marks
            .glyphs
            .get(*at as usize)
            .is_some_and(|glyph| glyph.visibility == Visibility::Visible)
    };
    let shown: Vec<u32> = (0..marks.glyphs.len() as u32).filter(seen).collect();
    if !has_column(marks, &shown) {
        return;
    }
    let (shown, repeated) = overprint::set_apart(marks, &shown);
    let tokens = tokens(marks, &shown);
    let mut columns = columns(&tokens, rules);
    go_on(&mut columns, rules);
    let old = marks.glyphs.clone();
    let mut turned: HashMap<String, Vec<u32>> = HashMap::new();
    for column in columns.iter().filter(|column| column.is_vertical) {
        let inside = tokens.get(column.tokens.clone()).unwrap_or_default();
        let mut top = f32::MIN;
        for (at, token) in inside.iter().enumerate() {
            let next = inside.get(at + 1).map_or(f32::MAX, |next| next.area.top);
            // One after the other in the order of painting, however close they stand.
            top = token.area.top.max(top + CLOSEST);
            let bottom = next.min(token.area.bottom).max(top + CLOSEST);
            turn(marks, token, top, bottom);
            let above = at.checked_sub(1).and_then(|above| inside.get(above));
            if above.is_some_and(|above| are_two_numbers(marks, above, token)) {
                marks.number_starts.extend(token.glyphs.first());
            }
            for &at in &token.glyphs {
                if let Some(glyph) = old.get(at as usize) {
                    let text = text_of(marks, glyph).to_owned();
                    turned.entry(text).or_default().push(at);
                }
            }
        }
    }
    for at in repeated {
        turn_again(marks, &old, &turned, at);
    }
}

/// Whether three glyphs that follow each other may be a column: most pages have none.
fn has_column(marks: &Marks, shown: &[u32]) -> bool {
    let mut below = 0;
    shown.windows(2).any(|pair| {
        let glyph = |at: usize| marks.glyphs.get(*pair.get(at)? as usize);
        let (Some(a), Some(b)) = (glyph(0), glyph(1)) else {
            return false;
        };
        let steps = b.origin.y - a.origin.y > 0.5 * a.size
            && b.origin.y - a.origin.y < (1.0 + OFF) * a.size
            && (b.origin.x - a.origin.x).abs() < a.size;
        below = if steps && !a.vertical { below + 1 } else { 0 };
        below + 1 >= LETTERS_WITH_OTHERS
    })
}

fn tokens(marks: &Marks, shown: &[u32]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for &at in shown {
        let Some(glyph) = marks.glyphs.get(at as usize) else {
            continue;
        };
        let (direction, shape) = (Direction::of(glyph), EmBox::of(glyph));
        let area = shape.on_page(direction);
        let letters = text_of(marks, glyph)
            .chars()
            .filter(|c| is_letter(*c))
            .count();
        let last = tokens.last_mut().filter(|token| {
            let first = token
                .glyphs
                .last()
                .and_then(|at| marks.glyphs.get(*at as usize));
            first.is_some_and(|before| touches(before, glyph))
        });
        let Some(token) = last else {
            let kind = match direction {
                Direction::Down => Kind::Down,
                Direction::Right if area.right - area.left <= ACROSS * glyph.size => Kind::Upright,
                _ => Kind::Horizontal,
            };
            tokens.push(Token {
                kind,
                glyphs: vec![at],
                letters,
                area,
                size: glyph.size,
            });
            continue;
        };
        token.glyphs.push(at);
        token.letters += letters;
        token.area = union(token.area, area);
        if direction != Direction::Down {
            let narrow = token.area.right - token.area.left <= ACROSS * glyph.size;
            let few = token.glyphs.len() <= MOST_ACROSS && !is_white(marks, glyph);
            token.kind = if narrow && few {
                Kind::Across
            } else {
                Kind::Horizontal
            };
        }
    }
    tokens
}

/// Whether a character is a letter of words; digits and marks also stand below each other in lists.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '○' | '〇')
}

/// Whether a glyph stands beside the one before it on one baseline.
fn touches(before: &Glyph, glyph: &Glyph) -> bool {
    let direction = Direction::of(before);
    let size = before.size.max(glyph.size);
    let gap = EmBox::of(glyph).start - EmBox::of(before).end;
    let level = direction.across(glyph.origin) - direction.across(before.origin);
    let (overlap, space) = if glyph.run == before.run {
        (SOLID, SPACE)
    } else {
        (BESIDE, BESIDE)
    };
    Direction::of(glyph) == direction
        && (-overlap * size..=space * size).contains(&gap)
        && level.abs() <= 0.1 * size
}

fn union(a: Rect, b: Rect) -> Rect {
    Rect {
        left: a.left.min(b.left),
        top: a.top.min(b.top),
        right: a.right.max(b.right),
        bottom: a.bottom.max(b.bottom),
    }
}

fn middle(area: Rect) -> f32 {
    f32::midpoint(area.left, area.right)
}

/// The rules at positions between two; they are sorted by these.
fn between(rules: &[Rule], from: f32, to: f32) -> impl Iterator<Item = &Rule> {
    let first = rules.partition_point(|rule| rule.at <= from);
    rules
        .iter()
        .skip(first)
        .take_while(move |rule| rule.at < to)
}

/// Whether what stands in `b` follows what stands in `a` down a column.
fn is_below(a: (Rect, f32), b: (Rect, f32), rules: &Rules) -> bool {
    let size = a.1.max(b.1);
    let gap = b.0.top - a.0.bottom;
    let parted = || {
        let (from, to) = (a.0.bottom - OFF * size, b.0.top + OFF * size);
        between(&rules.horizontal, from, to)
            .any(|rule| rule.from < middle(a.0) && middle(a.0) < rule.to)
    };
    let centred = (middle(a.0) - middle(b.0)).abs() <= CENTRED * size
        && (-OFF * size..=OFF * size).contains(&gap);
    // Proportional fonts set punctuation close: its em box lies over its neighbour's.
    let aligned = (a.0.left - b.0.left).abs() <= ALIGNED * size
        && (-ALIGNED * size..=(1.0 + OFF) * size).contains(&(b.0.top - a.0.top));
    (a.1 - b.1).abs() <= ALIKE * size && (centred || aligned) && !parted()
}

/// Runs of tokens that follow each other down.
fn columns(tokens: &[Token], rules: &Rules) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let last = at.checked_sub(1).and_then(|before| tokens.get(before));
        let goes_on = token.kind != Kind::Horizontal
            && last.is_some_and(|last| {
                last.kind != Kind::Horizontal
                    && is_below((last.area, last.size), (token.area, token.size), rules)
            });
        match columns.last_mut().filter(|_| goes_on) {
            Some(column) => {
                column.tokens.end = at + 1;
                column.area = union(column.area, token.area);
            }
            None => columns.push(Column {
                tokens: at..at + 1,
                area: token.area,
                size: token.size,
                is_vertical: false,
            }),
        }
    }
    for column in &mut columns {
        let inside = tokens.get(column.tokens.clone()).unwrap_or_default();
        let upright = |token: &&Token| token.kind == Kind::Upright;
        let letters: usize = inside
            .iter()
            .filter(upright)
            .map(|token| token.letters)
            .sum();
        let others = inside.iter().any(|token| !upright(&token));
        let enough = if others { LETTERS_WITH_OTHERS } else { LETTERS };
        column.is_vertical = letters >= enough && !is_part_of_lines(column, tokens, rules);
    }
    // A horizontal text is none, and stays so.
    columns.retain(|column| {
        let first = tokens.get(column.tokens.start);
        first.is_some_and(|token| token.kind != Kind::Horizontal)
    });
    columns
}

/// Whether a line of several characters stands right above or below, in the same cell: then the cell is too narrow
/// for more than a character a line, except where the next may not begin one (課・).
fn is_part_of_lines(column: &Column, tokens: &[Token], rules: &Rules) -> bool {
    let horizontal = |at: usize| {
        let token = tokens.get(at)?;
        (token.kind == Kind::Horizontal).then_some((token.area, token.size))
    };
    let (first, last) = (column.tokens.start, column.tokens.end);
    let own = |at: usize| tokens.get(at).map(|token| (token.area, token.size));
    let above = first.checked_sub(1).and_then(horizontal).zip(own(first));
    let below = last.checked_sub(1).and_then(own).zip(horizontal(last));
    let beside = last.checked_sub(1).and_then(own).zip(own(last));
    let before = first.checked_sub(1).and_then(own).zip(own(first));
    [above, below]
        .into_iter()
        .flatten()
        .any(|(upper, lower)| is_below(upper, lower, rules))
        || beside.is_some_and(|(a, b)| is_beside(a, b, rules))
        || before.is_some_and(|(a, b)| ends_line_above(a, b, rules))
}

/// Whether `a` ends the line right above the one that `b` begins, in the same cell.
fn ends_line_above(a: (Rect, f32), b: (Rect, f32), rules: &Rules) -> bool {
    let size = a.1.max(b.1);
    let down = b.0.bottom - a.0.bottom;
    let raised = Rect {
        top: b.0.top - down,
        bottom: a.0.bottom,
        ..b.0
    };
    let in_one_cell = !between(
        &rules.horizontal,
        a.0.bottom - OFF * size,
        b.0.top + OFF * size,
    )
    .any(|rule| rule.from < middle(b.0) && middle(b.0) < rule.to);
    (0.5 * size..=(1.0 + OFF) * size).contains(&down)
        && in_one_cell
        && is_beside((raised, b.1), a, rules)
}

/// Whether what stands in `b` goes on to the right of what stands in `a`, though letter-spaced, in the same cell.
fn is_beside(a: (Rect, f32), b: (Rect, f32), rules: &Rules) -> bool {
    let size = a.1.max(b.1);
    let shared = a.0.bottom.min(b.0.bottom) - a.0.top.max(b.0.top);
    let gap = b.0.left - a.0.right;
    let level = f32::midpoint(a.0.top, a.0.bottom);
    let parted = || {
        between(&rules.vertical, middle(a.0), middle(b.0))
            .any(|rule| rule.from < level && level < rule.to)
    };
    shared > 0.5 * size && (-BESIDE * size..=SPACED * size).contains(&gap) && !parted()
}

/// Columns that are too short to show what they are go on with, or lead to, one that is vertical text.
fn go_on(columns: &mut [Column], rules: &Rules) {
    let order: Vec<usize> = (0..columns.len()).collect();
    let back = order.iter().rev().copied();
    for at in order.iter().copied().chain(back) {
        let Some(column) = columns.get(at).filter(|column| !column.is_vertical) else {
            continue;
        };
        let near = columns
            .get(at.saturating_sub(RECENT)..columns.len().min(at + 1 + RECENT))
            .unwrap_or_default();
        let joins = near
            .iter()
            .any(|other| other.is_vertical && belongs(column, other, rules));
        if let Some(column) = columns.get_mut(at).filter(|_| joins) {
            column.is_vertical = true;
        }
    }
}

/// Whether a column is the next or the one before, a part, or a reading of vertical text.
fn belongs(column: &Column, text: &Column, rules: &Rules) -> bool {
    let size = text.size;
    let (a, b) = (column.area, text.area);
    let within =
        a.top >= b.top - size && a.top < b.bottom || b.top >= a.top - size && b.top < a.bottom;
    let gap = (b.left - a.right).max(a.left - b.right);
    let parted = || {
        let (from, to) = (middle(a).min(middle(b)), middle(a).max(middle(b)));
        between(&rules.vertical, from, to).any(|rule| rule.from < a.bottom && a.top < rule.to)
    };
    let alike = (column.size - size).abs() <= ALIKE * size;
    let is_reading = column.size <= SMALL * size && gap.abs() < 0.5 * size && a.left > middle(b);
    let goes_on =
        alike && (is_below((b, size), (a, size), rules) || is_below((a, size), (b, size), rules));
    goes_on
        || within
            && !parted()
            && (is_reading || alike && (-0.3 * size..COLUMN_GAP * size).contains(&gap))
}

/// Gives a token's glyphs the places they have in vertical text: down from a top to the next token's.
fn turn(marks: &mut Marks, token: &Token, top: f32, bottom: f32) {
    if token.kind == Kind::Down {
        return;
    }
    let step = (bottom - top) / token.glyphs.len() as f32;
    for (order, at) in (0u8..).zip(&token.glyphs) {
        if let Some(glyph) = marks.glyphs.get_mut(*at as usize) {
            glyph.origin = Point {
                x: middle(token.area),
                y: top + f32::from(order) * step,
            };
            glyph.advance = Point { x: 0.0, y: step };
            glyph.vertical = true;
        }
    }
}

/// Whether two tokens are numbers of which one is set across: one under the other they are two. Digits below each other,
/// each by itself, are one number.
fn are_two_numbers(marks: &Marks, above: &Token, token: &Token) -> bool {
    let text = |at: Option<&u32>| {
        let glyph = at.and_then(|at| marks.glyphs.get(*at as usize));
        glyph.map_or("", |glyph| text_of(marks, glyph))
    };
    (above.kind == Kind::Across || token.kind == Kind::Across)
        && numbers::meet(text(above.glyphs.last()), text(token.glyphs.first()))
}

/// A glyph that is painted again in place goes along with the first.
fn turn_again(marks: &mut Marks, old: &[Glyph], turned: &HashMap<String, Vec<u32>>, again: u32) {
    let Some(glyph) = old.get(again as usize) else {
        return;
    };
    let same = turned.get(text_of(marks, glyph)).into_iter().flatten();
    let first = same.rev().take(SAME_TEXT).find_map(|at| {
        let first = old.get(*at as usize)?;
        overprint::repeats(first, glyph).then_some((first, *at))
    });
    let Some((first, at)) = first else { return };
    let Some(new) = marks.glyphs.get(at as usize).copied() else {
        return;
    };
    if let Some(place) = marks.glyphs.get_mut(again as usize) {
        place.origin = Point {
            x: new.origin.x + glyph.origin.x - first.origin.x,
            y: new.origin.y + glyph.origin.y - first.origin.y,
        };
        (place.advance, place.vertical) = (new.advance, new.vertical);
    }
}
