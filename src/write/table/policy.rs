//! A notice -> a table of one column: date, title, signatories, paragraphs, numbered sections.

use super::reading::{self, Reading};
use super::{Cell, Content, Look, Next, Row, Size, Table};
use crate::document::Policy;
use crate::document::policy::{Issuer, Section};
use crate::document::value::{Text, TextBlock};
use crate::form::{Align, Form, Orientation, Paper};
use crate::place::Place;
use crate::text;
use crate::write::table::value::joined;

/// Half-width characters of the one column: a line of 公用文 on A4 has about 40 characters. Where the font is missing, one with
/// wider digits stands in, by which spreadsheet programs count the width (9.34 pixels for 8), and a single column is not
/// made to fit the page: so wide a one must do as well (529 points of 535).
const WIDTH: f64 = 75.0;

/// The notice as rows of one column.
pub(super) fn table(policy: &Policy, form: Option<&Form>) -> Table {
    let (mut rows, remarks) = head(policy);
    rows.push(blank());
    rows.extend(
        policy
            .preamble
            .iter()
            .map(|text| line(&text.text, Align::Left)),
    );
    if policy.has_ki {
        rows.push(blank());
        rows.push(line("記", Align::Center).above_next());
        rows.push(blank().above_next());
    }
    let sections = rows.len();
    for section in &policy.sections {
        section_rows(section, policy, 0, &mut rows);
    }
    let end = rows.len();
    rows.extend(remarks.iter().map(|text| line(&text.text, Align::Left)));
    let (before, after) = rows.split_at_mut(end);
    let own = readings(policy, None);
    let left = reading::set(before.get_mut(..sections).unwrap_or_default(), &own);
    reading::set(after, &left);
    Table {
        name: text::squash(&policy.title.text),
        paper: form.map_or(Paper::A4, |form| form.paper),
        orientation: form.map_or(Orientation::Portrait, |form| form.orientation),
        widths: vec![WIDTH],
        rows,
        repeated: 0..0,
        frozen_columns: 0,
        filtered: false,
        entry: None,
    }
}

/// Date, title and signatories with the remarks that stand among them in the source (document number,
/// addressee), in the source's order; and the other remarks.
fn head(policy: &Policy) -> (Vec<Row>, Vec<&Text>) {
    let mut parts: Vec<(Option<Position>, Row)> = Vec::new();
    if let Some(day) = &policy.issued_on {
        parts.push((position(&day.places), line(&joined(&day.raw), Align::Right)));
    }
    parts.push((position(&policy.title.places), title(&policy.title.text)));
    for issuer in policy.issuer.iter().chain(&policy.cosigners) {
        let row = line(&issuer_words(issuer), Align::Right);
        parts.push((position(&issuer.places), row));
    }
    let body = policy
        .preamble
        .first()
        .map(|text| &text.places)
        .or(policy.sections.first().map(|section| &section.places))
        .and_then(|places| position(places));
    let mut rest = Vec::new();
    for remark in &policy.remarks {
        let own = position(&remark.places);
        if own.is_some() && body.is_some() && own < body {
            parts.push((own, line(&remark.text, Align::Left)));
        } else {
            rest.push(remark);
        }
    }
    if parts.iter().all(|(position, _)| position.is_some()) {
        parts.sort_by_key(|(position, _)| *position);
    }
    (parts.into_iter().map(|(_, row)| row).collect(), rest)
}

/// Where something begins in its source, for telling what comes first: page, then row, line or tenth of a
/// point from the top.
type Position = (u32, u32);

fn position(places: &[Place]) -> Option<Position> {
    Some(match places.first()? {
        Place::Cell { cell, .. } => (0, cell.row),
        Place::Margin { .. } => (0, 0),
        Place::Box { page, bbox } => (*page, (bbox.top().max(0.0) * 10.0) as u32),
        Place::Line { line } => (0, *line),
    })
}

fn title(words: &str) -> Row {
    let look = Look {
        align: Align::Center,
        position: super::Position::Middle,
        size: Size::Title,
        ..Look::default()
    };
    row(words, look)
}

fn line(words: &str, align: Align) -> Row {
    let look = Look {
        align,
        ..Look::default()
    };
    row(words, look)
}

fn row(words: &str, look: Look) -> Row {
    Row::new(vec![Cell::new(0, Content::words(words), look)])
}

fn blank() -> Row {
    row("", Look::default())
}

fn issuer_words(issuer: &Issuer) -> String {
    match (&issuer.post, &issuer.person) {
        (Some(post), Some(person)) => format!("{post}　{person}"),
        _ => joined(&issuer.raw),
    }
}

/// The readings of a section; of none: those outside the sections.
fn readings<'a>(policy: &'a Policy, section: Option<&str>) -> Vec<Reading<'a>> {
    let own = policy.ruby.iter();
    own.filter(|ruby| ruby.section.as_deref() == section)
        .map(|ruby| Reading {
            base: &ruby.base,
            text: &ruby.reading,
        })
        .collect()
}

fn section_rows(section: &Section, policy: &Policy, depth: u8, rows: &mut Vec<Row>) {
    let start = rows.len();
    let label = section.label.as_ref().map(|label| label.raw.as_str());
    let mut blocks = section.blocks.iter();
    let first = match (&section.heading, label) {
        (Some(heading), Some(label)) => Some(format!("{label} {heading}")),
        (Some(heading), None) => Some(heading.clone()),
        (None, Some(label)) => {
            let text = blocks.next().map(block_words).unwrap_or_default();
            Some(format!("{label} {text}"))
        }
        (None, None) => None,
    };
    let indented = |words: &str, indent: u8| {
        row(
            words.trim_end(),
            Look {
                indent,
                ..Look::default()
            },
        )
    };
    rows.extend(first.map(|words| indented(&words, depth)));
    let content = blocks.len() + section.children.len();
    if let Some(row) = rows
        .get_mut(start)
        .filter(|_| section.heading.is_some() && content > 0)
    {
        row.next = Next::SamePage;
    }
    for block in blocks {
        let deeper = depth + u8::try_from(block.depth).unwrap_or(u8::MAX).clamp(1, 4);
        rows.push(indented(&block_words(block), deeper));
    }
    let own = readings(policy, Some(&section.id));
    reading::set(rows.get_mut(start..).unwrap_or_default(), &own);
    for child in &section.children {
        section_rows(child, policy, depth.saturating_add(1).min(8), rows);
    }
}

/// A mark stands directly before its words unless it is a letter or a figure.
fn block_words(block: &TextBlock) -> String {
    match &block.mark {
        None => block.text.clone(),
        Some(mark) if mark.ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '*') => {
            format!("{mark} {}", block.text)
        }
        Some(mark) => format!("{mark}{}", block.text),
    }
}
