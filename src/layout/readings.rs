//! Drafts -> how their columns were understood, for people: each with its evidence and what else it may be.

use super::bands::Headed;
use super::definition::Arrangement;
use super::fields::Match;
use super::flow::Draft;
use super::infer::{self, Context, Slot, Understood, Weights};
use super::passage::Passage;
use super::rows::Row;
use crate::document::Field;
use crate::document::reading::{ColumnReading, OtherReading, Reason, SheetReading};
use crate::message::Message;
use crate::text;

/// How a draft's columns were understood.
pub(crate) fn of(draft: &Draft<'_>, text: &str, weights: &Weights) -> SheetReading {
    let understood = if draft.layout.name == super::known::GENERIC {
        understood(draft, text, weights)
    } else {
        Vec::new()
    };
    let columns = draft
        .columns
        .headed
        .iter()
        .zip(&draft.columns.matches)
        .enumerate();
    let columns: Vec<ColumnReading> = columns
        .filter(|(_, (column, _))| !column.heading.places.is_empty())
        .map(|(at, (column, found))| {
            let of_column = ColumnReading {
                heading: column.heading.raw(text),
                parents: parents(draft, at, column, text),
                field: found.field(),
                doubtful: matches!(found, Match::Doubtful(..)),
                score: None,
                margin: None,
                best: found.field(),
                runner_up: None,
                evidence: Vec::new(),
                place: column.heading.places.first().cloned(),
            };
            match understood.get(at) {
                Some(understood) => explained(of_column, found, understood),
                None => of_column,
            }
        })
        .collect();
    SheetReading {
        layout: draft.layout.name.clone(),
        arrangement: match draft.layout.arrangement {
            Arrangement::Table => "table",
            Arrangement::Cards => "cards",
        }
        .to_owned(),
        place: columns.iter().find_map(|column| column.place.clone()),
        columns,
    }
}

/// The words above a column; those that head the labels of a card its layout says.
fn parents(draft: &Draft<'_>, at: usize, column: &Headed, text: &str) -> Vec<String> {
    match (draft.layout.arrangement, draft.layout.columns.get(at)) {
        (Arrangement::Cards, Some(label)) => label.parents.clone(),
        _ => column
            .parents
            .iter()
            .map(|parent| parent.raw(text))
            .collect(),
    }
}

/// The columns of a draft weighed with all that stands under them.
fn understood(draft: &Draft<'_>, text: &str, weights: &Weights) -> Vec<Understood> {
    let headed = draft.columns.headed.iter().enumerate();
    let slots: Vec<Slot> = headed
        .map(|(at, column)| Slot {
            cells: cells(&draft.rows, at, text),
            rows: draft.rows.len(),
            ..infer::slot(column, text)
        })
        .collect();
    let head: Vec<Passage> = draft
        .head
        .title
        .iter()
        .chain(draft.head.values.values())
        .chain(&draft.head.rest)
        .cloned()
        .collect();
    let fiscal_year = infer::sheet_year(infer::year_above(&[head], text), &slots);
    infer::choose(
        &slots,
        &Context {
            fiscal_year,
            weights,
        },
    )
}

/// A column's cells; one that stands over several goals once.
fn cells(rows: &[Row], column: usize, text: &str) -> Vec<String> {
    let mut cells: Vec<&Passage> = Vec::new();
    for row in rows {
        let cell = row.cells.get(&column).filter(|cell| !cell.is_blank(text));
        let is_shared = cell
            .zip(cells.last())
            .is_some_and(|(cell, last)| cell.origin() == last.origin());
        cells.extend(cell.filter(|_| !is_shared));
    }
    cells.into_iter().map(|cell| cell.plain(text)).collect()
}

fn explained(column: ColumnReading, found: &Match, understood: &Understood) -> ColumnReading {
    let best: Option<Field> = match found {
        Match::Doubtful(best, _) => *best,
        found => found.field(),
    };
    let other = |found: &Match| match found {
        Match::Doubtful(_, other) => Some(*other),
        _ => understood
            .runner_up
            .map(|(meaning, _)| meaning)
            .filter(|meaning| *meaning != best),
    };
    let mut evidence: Vec<Reason> = understood
        .all
        .iter()
        .filter(|piece| piece.meaning == best)
        .map(|piece| Reason {
            points: rounded(piece.points),
            text: Message::new(
                piece.why.ja.replace("{}", &piece.why.of),
                piece.why.en.replace("{}", &piece.why.of),
            ),
        })
        .collect();
    evidence.sort_by(|a, b| b.points.total_cmp(&a.points));
    ColumnReading {
        score: Some(rounded(understood.points(best))),
        margin: Some(rounded(understood.margin)),
        best,
        runner_up: other(found).map(|field| OtherReading {
            field,
            score: rounded(understood.points(field)),
        }),
        evidence,
        ..column
    }
}

/// Two decimals: what a person reads.
fn rounded(points: f32) -> f64 {
    (f64::from(points) * 100.0).round() / 100.0
}

/// A heading as one line.
pub(crate) fn one_line(heading: &str) -> String {
    text::squash(heading)
}
