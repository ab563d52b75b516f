//! The widths of a font's glyphs (ISO 32000-1 §9.7.4.3), in thousandths of the em.

use crate::read::pdf::file::{Array, Dict, Value};

/// Widths by number.
#[derive(Debug, Default)]
pub(super) struct Widths {
    runs: Vec<Run>,
    listed: Vec<f32>,
    default: f32,
}

/// Numbers from `first` to `last`: one width, or one each from the list.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: u32,
    last: u32,
    width: RunWidth,
}

#[derive(Debug, Clone, Copy)]
enum RunWidth {
    Same(f32),
    Listed(usize),
}

impl Widths {
    /// Horizontal displacements of a CIDFont: `W`, `DW`.
    pub(super) fn of_cids(font: Dict<'_>) -> Self {
        let default = font.number(b"DW").unwrap_or(1000.0) as f32;
        Self::parse(font.array(b"W"), default, 1, 0)
    }

    /// Vertical displacements of a CIDFont, downwards as negative numbers: `W2`, `DW2`.
    pub(super) fn downwards(font: Dict<'_>) -> Self {
        let default = font
            .array(b"DW2")
            .and_then(Array::numbers::<2>)
            .map_or(-1000.0, |[_, down]| down as f32);
        Self::parse(font.array(b"W2"), default, 3, 0)
    }

    /// `c [w …]` and `first last w`, with `step` numbers a glyph of which the one at `offset` is taken.
    fn parse(array: Option<Array<'_>>, default: f32, step: usize, offset: usize) -> Self {
        let mut widths = Self {
            default,
            ..Self::default()
        };
        let Some(array) = array else { return widths };
        let cid = |value: Value<'_>| {
            value
                .number()
                .filter(|number| (0.0..=65535.0).contains(number))
                .map(|n| n as u32)
        };
        let mut at = 0;
        while at < array.len() {
            let Some(first) = array.get(at).and_then(cid) else {
                at += 1;
                continue;
            };
            match array.get(at + 1) {
                Some(Value::Array(list)) => {
                    let start = widths.listed.len();
                    let numbers = list
                        .iter()
                        .map(|value| value.number().unwrap_or_default() as f32);
                    widths.listed.extend(numbers.skip(offset).step_by(step));
                    let count = (widths.listed.len() - start) as u32;
                    if count > 0 {
                        widths.runs.push(Run {
                            first,
                            last: first + count - 1,
                            width: RunWidth::Listed(start),
                        });
                    }
                    at += 2;
                }
                Some(last) => {
                    let width = array.get(at + 2 + offset).and_then(Value::number);
                    if let (Some(last), Some(width)) = (cid(last), width) {
                        widths.runs.push(Run {
                            first,
                            last,
                            width: RunWidth::Same(width as f32),
                        });
                    }
                    at += 2 + step;
                }
                None => break,
            }
        }
        widths.runs.sort_by_key(|run| run.first);
        widths
    }

    /// Widths of a simple font: `FirstChar`, `Widths`, and `MissingWidth` of its descriptor; `None` without `Widths`.
    pub(super) fn of_codes(font: Dict<'_>) -> Option<Self> {
        let array = font.array(b"Widths")?;
        let first = font.number(b"FirstChar").unwrap_or(0.0).clamp(0.0, 255.0) as u32;
        let missing = font
            .dict(b"FontDescriptor")
            .and_then(|descriptor| descriptor.number(b"MissingWidth"));
        let listed: Vec<f32> = (0..array.len().min(256))
            .map(|at| array.get(at).and_then(Value::number).unwrap_or(0.0) as f32)
            .collect();
        let last = first + (listed.len() as u32).saturating_sub(1);
        let runs = if listed.is_empty() {
            Vec::new()
        } else {
            vec![Run {
                first,
                last,
                width: RunWidth::Listed(0),
            }]
        };
        Some(Self {
            runs,
            listed,
            default: missing.unwrap_or(0.0) as f32,
        })
    }

    /// Whether any glyph has a width of its own.
    pub(super) fn are_listed(&self) -> bool {
        !self.runs.is_empty()
    }

    /// The width of a CID or code.
    pub(super) fn get(&self, number: u32) -> f32 {
        let end = self.runs.partition_point(|run| run.first <= number);
        let run = end
            .checked_sub(1)
            .and_then(|index| self.runs.get(index))
            .filter(|run| number <= run.last);
        match run.map(|run| (run.width, number - run.first)) {
            Some((RunWidth::Same(width), _)) => width,
            Some((RunWidth::Listed(start), index)) => self
                .listed
                .get(start + index as usize)
                .copied()
                .unwrap_or(self.default),
            None => self.default,
        }
    }
}
