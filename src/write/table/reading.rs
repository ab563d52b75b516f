//! Readings (ルビ) of a document -> runs of the cells whose words they belong to.

use super::{Content, Emphasis, Row, Run};

/// A reading and the characters that it is set above.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    pub base: &'a str,
    pub text: &'a str,
}

/// Sets readings above words of these rows, in order: each stands above the first place after the one before
/// it where its characters stand. Those that found no place are given back.
pub(super) fn set<'a>(rows: &mut [Row], readings: &[Reading<'a>]) -> Vec<Reading<'a>> {
    let mut from = (0, 0, 0);
    let mut left = Vec::new();
    for reading in readings {
        match place(rows, reading, from).or_else(|| place(rows, reading, (0, 0, 0))) {
            Some(at) => from = at,
            None => left.push(*reading),
        }
    }
    left
}

/// Sets one reading; where it was set: row, cell, run.
fn place(
    rows: &mut [Row],
    reading: &Reading<'_>,
    from: (usize, usize, usize),
) -> Option<(usize, usize, usize)> {
    for (at_row, row) in rows.iter_mut().enumerate() {
        for (at_cell, cell) in row.cells.iter_mut().enumerate() {
            let Content::Words(runs) = &mut cell.content else {
                continue;
            };
            let found = runs.iter().enumerate().find_map(|(at, run)| {
                let later = (at_row, at_cell, at) >= from;
                let free = run.reading.is_none() && run.emphasis == Emphasis::None;
                Some((at, run.text.find(reading.base)?)).filter(|_| later && free)
            });
            if let Some((at, start)) = found {
                split(runs, at, start, reading);
                return Some((at_row, at_cell, at));
            }
        }
    }
    None
}

/// Parts a run in what stands before, under and after the reading.
fn split(runs: &mut Vec<Run>, at: usize, start: usize, reading: &Reading<'_>) {
    let text = runs.get(at).map(|run| run.text.clone()).unwrap_or_default();
    let end = start + reading.base.len();
    let part = |range: std::ops::Range<usize>| Run::plain(text.get(range).unwrap_or_default());
    let under = Run {
        reading: Some(reading.text.to_owned()),
        ..part(start..end)
    };
    let parts = [part(0..start), under, part(end..text.len())];
    let parts = parts.into_iter().filter(|run| !run.text.is_empty());
    runs.splice(at..=at, parts);
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Look};
    use super::*;

    fn shown(rows: &[Row]) -> String {
        let cells = rows.iter().flat_map(|row| &row.cells);
        let runs = cells.flat_map(|cell| match &cell.content {
            Content::Words(runs) => runs.clone(),
            _ => Vec::new(),
        });
        runs.map(|run| match run.reading {
            Some(reading) => format!("{}《{reading}》", run.text),
            None => run.text,
        })
        .collect()
    }

    #[test]
    fn readings_stand_in_order_above_their_characters() {
        let row =
            |words: &str| Row::new(vec![Cell::new(0, Content::words(words), Look::default())]);
        let mut rows = vec![row("強靱な橋と強靱な道、"), row("靱帯と轍")];
        let reading = |base, text| Reading { base, text };
        let left = set(
            &mut rows,
            &[
                reading("靱", "じん"),
                reading("靱", "じん"),
                reading("轍", "わだち"),
                reading("鮎", "あゆ"),
            ],
        );
        assert_eq!(
            shown(&rows),
            "強靱《じん》な橋と強靱《じん》な道、靱帯と轍《わだち》"
        );
        assert_eq!(left.iter().map(|left| left.base).collect::<String>(), "鮎");
    }
}
