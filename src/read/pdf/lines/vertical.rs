//! One-character lines stacked in a narrow cell -> lines of vertical text, columns from right to left.

use std::collections::BTreeMap;

use crate::read::pdf::direction::{Direction, EmBox};
use crate::read::pdf::grids::cells::GridShape;
use crate::read::pdf::lines::runs::{is_white, text_of};
use crate::read::pdf::lines::{Piece, TextLine, finish};
use crate::read::pdf::marks::Marks;
use crate::read::pdf::tolerance::BESIDE;
use crate::text::setting::{self, numbers};

/// Characters of one column have their centres within this many ems.
const COLUMN_WIDTH: f32 = 0.4;
/// Characters of a column follow each other at most this many ems apart.
const PITCH: f32 = 2.2;
/// Two columns stand at most this many ems apart; spaced-out labels (氏　名) stand two.
const COLUMN_PITCH: f32 = 1.9;
/// Lines from which on side-by-side stacks are columns and not words typed with a space inside.
const STACK: usize = 4;
/// Cells of vertical text that a row of such has, at least.
const DOWN_CELLS: usize = 2;
/// Digits set upright in vertical text (縦中横) stand together up to this many.
const UPRIGHT: usize = 3;

/// Glyphs that touch, with their box on the page.
struct Token {
    pieces: Vec<Piece>,
    text: String,
    shape: EmBox,
}

impl Token {
    fn center(&self) -> f32 {
        f32::midpoint(self.shape.start, self.shape.end)
    }
    fn is_single(&self) -> bool {
        let length = self.text.chars().count();
        length == 1 || (length <= UPRIGHT && self.text.chars().all(|c| c.is_ascii_digit()))
    }
}

/// The lines of a cell, stacked ones put together; `width` is the cell's, points.
pub(crate) fn stack(marks: &Marks, lines: Vec<TextLine>, width: f32) -> Vec<TextLine> {
    // The first word of several characters tells most cells.
    let single = lines.iter().map(|line| {
        let row = tokens(marks, line);
        row.iter().all(Token::is_single).then_some(row)
    });
    let rows: Option<Vec<Vec<Token>>> = single.collect();
    match rows.and_then(|rows| Some((columns_of(&lines, &rows, width)?, rows))) {
        Some((centers, rows)) => columns(marks, &lines, rows, &centers),
        None => lines,
    }
}

/// Two characters, one under the other, in a row whose other cells are mostly vertical text are vertical text too,
/// however wide their cell is; elsewhere they may be two lines (有 and 無).
pub(crate) fn stack_in_rows(marks: &Marks, grid: &GridShape, cells: &mut [Vec<TextLine>]) {
    let is_down = |lines: &[TextLine]| lines.iter().all(|line| line.direction == Direction::Down);
    let mut rows: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (shape, lines) in grid.cells.iter().zip(cells.iter()) {
        if !lines.is_empty() {
            let (down, all) = rows.entry(shape.row).or_default();
            *down += usize::from(is_down(lines));
            *all += 1;
        }
    }
    for (shape, lines) in grid.cells.iter().zip(cells) {
        let row = rows.get(&shape.row);
        let is_vertical = row.is_some_and(|(down, all)| *down >= DOWN_CELLS && 2 * down > *all);
        if is_vertical && lines.len() == 2 {
            *lines = stack(marks, std::mem::take(lines), 0.0);
        }
    }
}

/// The centres of the columns, right to left, if these lines of single characters are stacks.
fn columns_of(lines: &[TextLine], rows: &[Vec<Token>], width: f32) -> Option<Vec<f32>> {
    let size = lines.iter().map(|line| line.size).fold(0.0, f32::max);
    let horizontal = lines
        .iter()
        .all(|line| line.direction == Direction::Right && line.ruby.is_empty());
    let worded = rows
        .iter()
        .flatten()
        .filter(|token| token.text.chars().all(char::is_alphabetic))
        .count();
    let marked = rows
        .iter()
        .flatten()
        .any(|token| setting::marks::leading(&token.text).is_some() && token.text != "・");
    let near = lines.windows(2).all(|pair| match pair {
        [a, b] => b.bottom - a.bottom <= PITCH * size,
        _ => true,
    });
    if lines.len() < 2 || !horizontal || marked || !near || worded < 2 {
        return None;
    }
    let mut centers: Vec<f32> = rows.iter().flatten().map(Token::center).collect();
    centers.sort_by(|a, b| b.total_cmp(a));
    centers.dedup_by(|next, kept| (*kept - *next).abs() <= COLUMN_WIDTH * size);
    let close = centers
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if a - b <= COLUMN_PITCH * size));
    let narrow = width <= (1.0 + 2.0 * centers.len() as f32) * size;
    let enough = match centers.len() {
        1 => lines.len() > 2 || narrow,
        _ => lines.len() >= STACK && close && narrow && !are_painted_across(rows),
    };
    enough.then_some(centers)
}

/// Whether the lines are painted one after the other, each from left to right, as horizontal text is: a word that is
/// spread over a narrow cell (総　務 above 課). Columns of vertical text are painted down.
fn are_painted_across(rows: &[Vec<Token>]) -> bool {
    let first = |token: &Token| match token.pieces.first() {
        Some(Piece::Glyph(at)) => Some(*at),
        _ => None,
    };
    rows.iter().flatten().filter_map(first).is_sorted()
}

/// The words of a line: glyphs that touch.
fn tokens(marks: &Marks, line: &TextLine) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut white: Vec<Piece> = Vec::new();
    for piece in &line.pieces {
        let glyph = if let Piece::Glyph(at) = *piece {
            marks.glyphs.get(at as usize)
        } else {
            None
        };
        let Some(glyph) = glyph.filter(|glyph| !is_white(marks, glyph)) else {
            // A gap's space has no place in a column; a painted one stays with its neighbour.
            white.extend(glyph.is_some().then_some(*piece));
            continue;
        };
        let text = text_of(marks, glyph);
        let shape = EmBox::of(glyph);
        let touches = tokens
            .last_mut()
            .filter(|token| shape.start - token.shape.end < BESIDE * glyph.size);
        let mut pieces = std::mem::take(&mut white);
        pieces.push(*piece);
        if let Some(token) = touches {
            token.shape.end = shape.end;
            token.text.push_str(text);
            token.pieces.append(&mut pieces);
        } else {
            tokens.push(Token {
                pieces,
                text: text.to_owned(),
                shape,
            });
        }
    }
    match tokens.last_mut() {
        Some(token) => token.pieces.append(&mut white),
        None => tokens.push(Token {
            pieces: white,
            text: String::new(),
            shape: EmBox {
                start: line.start,
                end: line.end,
                top: line.top,
                bottom: line.bottom,
            },
        }),
    }
    tokens
}

/// The stacks as lines that go down the page.
fn columns(
    marks: &Marks,
    lines: &[TextLine],
    rows: Vec<Vec<Token>>,
    centers: &[f32],
) -> Vec<TextLine> {
    let size = lines.iter().map(|line| line.size).fold(0.0, f32::max);
    let mut stacks: Vec<(Vec<Piece>, f32, f32)> = centers
        .iter()
        .map(|_| (Vec::new(), f32::INFINITY, f32::NEG_INFINITY))
        .collect();
    let mut above: Vec<String> = vec![String::new(); centers.len()];
    for token in rows.into_iter().flatten() {
        let distance = |center: &f32| (center - token.center()).abs();
        let nearest = (0..centers.len())
            .min_by(|&a, &b| distance(&centers[a]).total_cmp(&distance(&centers[b])));
        if let Some(at) = nearest
            && let (Some((pieces, top, bottom)), Some(above)) =
                (stacks.get_mut(at), above.get_mut(at))
        {
            // Numbers that are set across, one under the other, are two; single digits are one.
            let across = token.text.chars().count() > 1 || above.chars().count() > 1;
            if across && numbers::meet(above, &token.text) {
                pieces.push(Piece::Space(' '));
            }
            above.clone_from(&token.text);
            pieces.extend(token.pieces);
            (*top, *bottom) = (top.min(token.shape.top), bottom.max(token.shape.bottom));
        }
    }
    stacks
        .into_iter()
        .zip(centers)
        .filter(|((pieces, ..), _)| !pieces.is_empty())
        .map(|((pieces, start, end), center)| {
            let mut line = finish(
                marks,
                Direction::Down,
                pieces,
                (-center - size / 2.0, -center + size / 2.0),
            );
            (line.start, line.end) = (start, end);
            line.rect = EmBox {
                start,
                end,
                top: line.top,
                bottom: line.bottom,
            }
            .on_page(Direction::Down);
            line
        })
        .collect()
}
