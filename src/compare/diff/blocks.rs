//! Two texts of paragraphs and items, one a line -> which line became which, in both orders.

use std::collections::BTreeMap;

use crate::text::wording_key;

/// A line, with the line break after it, of one side or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aligned<'a> {
    /// One became the other.
    Both(&'a str, &'a str),
    /// Only the old side has it.
    Old(&'a str),
    /// Only the new side has it.
    New(&'a str),
    /// The old side has it here, the new side elsewhere.
    MovedFrom(&'a str),
    /// The new side has it here, the old side elsewhere.
    MovedTo(&'a str),
}

/// Lines that are less alike than this are two.
const ALIKE: f32 = 0.35;
/// Comparisons of lines for one field; beyond, lines are taken in order.
const MOST_CELLS: usize = 250_000;

/// Aligns the lines of two texts. Each line stands once for its side, in its side's order.
pub fn align<'a>(old: &'a str, new: &'a str) -> Vec<Aligned<'a>> {
    let (old, new) = (Line::all(old), Line::all(new));
    let partners = partners(&old, &new);
    let mut moved = moved(&old, &new, &partners);
    let mut aligned = Vec::new();
    let mut at = 0;
    for (i, line) in old.iter().enumerate() {
        match partners.get(i).copied().flatten() {
            Some(j) => {
                push_new(&new, at..j, &mut moved, &mut aligned);
                let partner = new.get(j).map_or("", |line| line.text);
                aligned.push(Aligned::Both(line.text, partner));
                at = j + 1;
            }
            None if moved.from.contains_key(&i) => aligned.push(Aligned::MovedFrom(line.text)),
            None => aligned.push(Aligned::Old(line.text)),
        }
    }
    push_new(&new, at..new.len(), &mut moved, &mut aligned);
    aligned
}

fn push_new<'a>(
    new: &[Line<'a>],
    range: std::ops::Range<usize>,
    moved: &mut Moved,
    aligned: &mut Vec<Aligned<'a>>,
) {
    for j in range {
        if let Some(line) = new.get(j) {
            aligned.push(if moved.to.contains_key(&j) {
                Aligned::MovedTo(line.text)
            } else {
                Aligned::New(line.text)
            });
        }
    }
}

struct Line<'a> {
    text: &'a str,
    key: String,
    /// Pairs of the key's characters, sorted.
    pairs: Vec<(char, char)>,
}

impl<'a> Line<'a> {
    fn all(text: &'a str) -> Vec<Self> {
        text.split_inclusive('\n').map(Self::new).collect()
    }

    fn new(text: &'a str) -> Self {
        let key = wording_key(text);
        let after = key.chars().skip(1);
        let mut pairs: Vec<_> = key.chars().zip(after).collect();
        pairs.sort_unstable();
        Self { text, key, pairs }
    }

    fn likeness(&self, other: &Self) -> f32 {
        if self.key == other.key {
            return 1.0;
        }
        let (mut a, mut b) = (self.pairs.iter().peekable(), other.pairs.iter().peekable());
        let mut shared = 0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            let order = x.cmp(y);
            shared += usize::from(order.is_eq());
            if order.is_le() {
                a.next();
            }
            if order.is_ge() {
                b.next();
            }
        }
        let all = self.pairs.len() + other.pairs.len();
        // Just below 1, for only equal keys are the same.
        if all == 0 {
            0.0
        } else {
            1.98 * shared as f32 / all as f32
        }
    }
}

/// Each old line's new one, in order on both sides, so that the likeness of all is the greatest.
fn partners(old: &[Line], new: &[Line]) -> Vec<Option<usize>> {
    let (rows, columns) = (old.len(), new.len());
    if rows.saturating_mul(columns) > MOST_CELLS {
        return (0..rows).map(|i| (i < columns).then_some(i)).collect();
    }
    let width = columns + 1;
    let mut best = vec![0.0f32; (rows + 1) * width];
    let mut alike = vec![0.0f32; rows * columns];
    let at = |best: &[f32], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0.0);
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let likeness = match (rows, columns) {
                // Two texts of one paragraph each are one paragraph that changed, however much.
                (1, 1) => a.likeness(b).max(ALIKE),
                _ => a.likeness(b),
            };
            let together = if likeness >= ALIKE {
                likeness + at(&best, i + 1, j + 1)
            } else {
                0.0
            };
            let value = together.max(at(&best, i + 1, j)).max(at(&best, i, j + 1));
            if let (Some(slot), Some(cell)) =
                (best.get_mut(i * width + j), alike.get_mut(i * columns + j))
            {
                (*slot, *cell) = (value, likeness);
            }
        }
    }
    let mut partners = vec![None; rows];
    let (mut i, mut j) = (0, 0);
    while i < rows && j < columns {
        let here = at(&best, i, j);
        let likeness = alike.get(i * columns + j).copied().unwrap_or(0.0);
        if likeness >= ALIKE && here <= likeness + at(&best, i + 1, j + 1) {
            if let Some(slot) = partners.get_mut(i) {
                *slot = Some(j);
            }
            (i, j) = (i + 1, j + 1);
        } else if here <= at(&best, i + 1, j) {
            i += 1;
        } else {
            j += 1;
        }
    }
    partners
}

/// Lines without a partner in order that stand elsewhere on the other side.
struct Moved {
    from: BTreeMap<usize, usize>,
    to: BTreeMap<usize, usize>,
}

fn moved(old: &[Line], new: &[Line], partners: &[Option<usize>]) -> Moved {
    let mut free: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let has_partner: std::collections::BTreeSet<usize> =
        partners.iter().copied().flatten().collect();
    for (j, line) in new.iter().enumerate().rev() {
        if !has_partner.contains(&j) && !line.key.is_empty() {
            free.entry(&line.key).or_default().push(j);
        }
    }
    let mut moved = Moved {
        from: BTreeMap::new(),
        to: BTreeMap::new(),
    };
    for (i, line) in old.iter().enumerate() {
        if partners.get(i).copied().flatten().is_none()
            && let Some(j) = free.get_mut(line.key.as_str()).and_then(Vec::pop)
        {
            moved.from.insert(i, j);
            moved.to.insert(j, i);
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_meet_and_new_ones_stand_alone() {
        let aligned = align(
            "甲の講座を3回開く。\n乙を調べる。",
            "丙を配る。\n甲の講座を5回開く。\n乙を調べる。",
        );
        assert_eq!(
            aligned,
            [
                Aligned::New("丙を配る。\n"),
                Aligned::Both("甲の講座を3回開く。\n", "甲の講座を5回開く。\n"),
                Aligned::Both("乙を調べる。", "乙を調べる。"),
            ]
        );
    }

    #[test]
    fn order_alone_is_a_move() {
        let aligned = align("甲甲甲\n乙乙乙", "乙乙乙\n甲甲甲");
        assert!(aligned.iter().any(|a| matches!(a, Aligned::MovedFrom(_))));
        assert!(aligned.iter().any(|a| matches!(a, Aligned::MovedTo(_))));
    }
}
