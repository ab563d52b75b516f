//! The cells 指標, 基準値, 目標値 and 実績値 of a goal -> indicators, aligned by their labels.

use super::passage::Passage;
use super::quantity::quantity;
use crate::document::goal::Indicator;
use crate::note::{Note, What};
use crate::sheet::TextRange;
use crate::text::{blocks, number, width};

/// The cells of one goal that hold its indicators.
#[derive(Debug, Default)]
pub(crate) struct Cells<'a> {
    pub names: Option<&'a Passage>,
    pub baselines: Option<&'a Passage>,
    pub targets: Option<&'a Passage>,
    pub actuals: Option<&'a Passage>,
}

/// A labelled part of a cell.
struct Entry {
    label: Option<TextRange>,
    /// The label with all writings of ① – ー made one; empty without a label.
    key: String,
    body: Passage,
}

/// Aligns the cells by label, else by order where their counts agree; what has no partner stands alone,
/// with a note.
pub(crate) fn indicators(cells: &Cells<'_>, text: &str, notes: &mut Vec<Note>) -> Vec<Indicator> {
    let split_cell = |cell: Option<&Passage>, values| {
        cell.filter(|cell| !cell.is_blank(text))
            .map_or_else(Vec::new, |cell| split(cell, text, values))
    };
    let names = split_cell(cells.names, Values::Words);
    let mut indicators: Vec<(String, Indicator)> = Vec::new();
    let has_names = !names.is_empty();
    for entry in names {
        let name = entry.body.to_some_text(text);
        let mut indicator = labelled(entry.label, text);
        indicator.name = name;
        indicators.push((entry.key, indicator));
    }
    let mut unpaired = false;
    for (cell, slot) in [
        (cells.baselines, slot_baseline as Slot),
        (cells.targets, slot_target as Slot),
        (cells.actuals, slot_actual as Slot),
    ] {
        let entries = split_cell(cell, Values::Quantities);
        unpaired |= align(&mut indicators, entries, slot, text);
    }
    unpaired |= has_names
        && cells.targets.is_some_and(|cell| !cell.is_blank(text))
        && indicators
            .iter()
            .any(|(_, indicator)| indicator.name.is_none() || indicator.target.is_none());
    if unpaired && indicators.len() > 1 {
        let place = cells
            .targets
            .or(cells.names)
            .and_then(|cell| cell.places.first().cloned());
        notes.push(Note::new(What::IndicatorsUnpaired).at(place));
    }
    indicators
        .into_iter()
        .map(|(_, indicator)| indicator)
        .collect()
}

type Slot = fn(&mut Indicator) -> &mut Option<crate::document::value::Quantity>;

fn slot_baseline(indicator: &mut Indicator) -> &mut Option<crate::document::value::Quantity> {
    &mut indicator.baseline
}
fn slot_target(indicator: &mut Indicator) -> &mut Option<crate::document::value::Quantity> {
    &mut indicator.target
}
fn slot_actual(indicator: &mut Indicator) -> &mut Option<crate::document::value::Quantity> {
    &mut indicator.actual
}

fn labelled(label: Option<TextRange>, text: &str) -> Indicator {
    Indicator {
        label: label.map(|label| label.of(text).to_owned()),
        label_origin: label.into_iter().collect(),
        ..Indicator::default()
    }
}

/// Puts each entry with the indicator of its label; where labels give no partner, by order if the counts
/// agree. Returns whether something stayed alone.
fn align(
    indicators: &mut Vec<(String, Indicator)>,
    entries: Vec<Entry>,
    slot: Slot,
    text: &str,
) -> bool {
    if entries.is_empty() {
        return false;
    }
    let by_label = |entry: &Entry, indicators: &[(String, Indicator)]| {
        indicators.iter().position(|(key, _)| *key == entry.key)
    };
    let all_known = entries
        .iter()
        .all(|entry| by_label(entry, indicators).is_some());
    let by_order = !all_known
        && entries.len() == indicators.len()
        && (entries.iter().all(|entry| entry.key.is_empty())
            || indicators.iter().all(|(key, _)| key.is_empty()));
    let mut alone = false;
    for (order, entry) in entries.into_iter().enumerate() {
        let free = |at: &usize| {
            let mut probe = indicators.get(*at).map(|(_, indicator)| indicator.clone());
            probe
                .as_mut()
                .is_some_and(|indicator| slot(indicator).is_none())
        };
        let partner = if by_order {
            Some(order)
        } else {
            (0..indicators.len())
                .filter(|at| indicators[*at].0 == entry.key)
                .find(free)
        };
        let value = Some(quantity(&entry.body, text)).filter(|value| !value.raw.is_empty());
        if let Some((key, indicator)) = partner.and_then(|at| indicators.get_mut(at)) {
            *slot(indicator) = value;
            if key.is_empty() && indicator.label.is_none() {
                indicator.label = entry.label.map(|label| label.of(text).to_owned());
            }
            indicator.label_origin.extend(entry.label);
        } else {
            alone |= !indicators.is_empty();
            let mut indicator = labelled(entry.label, text);
            *slot(&mut indicator) = value;
            indicators.push((entry.key, indicator));
        }
    }
    alone
}

/// What the entries of a cell are.
#[derive(Clone, Copy, PartialEq)]
enum Values {
    /// Names: a ② inside a sentence may speak of another entry.
    Words,
    /// Quantities: a ② after ① begins the next entry wherever it stands.
    Quantities,
}

/// A cell at its labels. A cell without labels is one entry with all its lines.
fn split(cell: &Passage, text: &str, values: Values) -> Vec<Entry> {
    let mut entries = vec![Entry {
        label: None,
        key: String::new(),
        body: Passage::default(),
    }];
    for (at, piece) in cell.lines.iter().enumerate() {
        let line = piece.range.of(text);
        let mut from = 0;
        for (start, end) in labels_in(line, values, last_number(&entries)) {
            let before = line[from..start].trim_end().len() + from;
            extend(&mut entries, cell, at, from..before, text);
            let label = piece.range.slice(start..end);
            let body_start = end + line[end..].len() - line[end..].trim_start().len();
            entries.push(Entry {
                label: Some(label),
                key: label_key(label.of(text)),
                body: Passage::default(),
            });
            from = body_start;
        }
        extend(&mut entries, cell, at, from..line.len(), text);
    }
    entries.retain(|entry| entry.label.is_some() || !entry.body.is_blank(text));
    for entry in &mut entries {
        entry.body.places.clone_from(&cell.places);
    }
    entries
}

fn extend(
    entries: &mut [Entry],
    cell: &Passage,
    line: usize,
    within: std::ops::Range<usize>,
    text: &str,
) {
    if let (Some(entry), Some(part)) = (entries.last_mut(), cell.part(line, within))
        && !part.is_blank(text)
    {
        entry.body.append(part);
    }
}

/// The main number of the last entry's label: 1 for ①ー2.
fn last_number(entries: &[Entry]) -> u32 {
    entries
        .last()
        .and_then(|entry| entry.key.split('-').next()?.parse().ok())
        .unwrap_or(0)
}

/// The labels in a physical line, as byte ranges: at its start or after white space; of quantities also
/// wherever the next number of the series stands.
fn labels_in(line: &str, values: Values, mut last: u32) -> Vec<(usize, usize)> {
    let mut labels = Vec::new();
    let mut before_is_space = true;
    let mut skip_to = 0;
    for (at, c) in line.char_indices() {
        if at >= skip_to
            && let Some((mark, _)) = blocks::split_mark(&line[at..])
                .filter(|_| is_label_start(c))
                .or_else(|| lone_label(&line[at..]))
        {
            let number = label_key(mark)
                .split('-')
                .next()
                .and_then(|n| n.parse().ok())
                .unwrap_or(0);
            let follows = values == Values::Quantities
                && number::circled(c).is_some()
                && number == last + 1
                && last > 0;
            if before_is_space || follows {
                labels.push((at, at + mark.len()));
                last = number;
                skip_to = at + mark.len();
            }
        }
        before_is_space = c.is_whitespace();
    }
    labels
}

fn is_label_start(c: char) -> bool {
    number::circled(c).is_some() || matches!(c, '(' | '（')
}

/// A circled number with nothing after it on its line: an entry that is still empty.
fn lone_label(rest: &str) -> Option<(&str, &str)> {
    let c = rest.chars().next()?;
    (number::circled(c).is_some() && rest.trim().chars().count() == 1)
        .then(|| rest.split_at(c.len_utf8()))
}

/// `①ー１` → `1-1`, `(2)` → `2`.
fn label_key(label: &str) -> String {
    label
        .chars()
        .filter_map(|c| match number::circled(c) {
            Some(n) => Some(n.to_string()),
            None if width::is_hyphen(c) => Some("-".to_owned()),
            None => Some(width::half_width(c))
                .filter(char::is_ascii_alphanumeric)
                .map(String::from),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::passage::Piece;
    use crate::sheet::LineEnd;

    fn cell(text: &mut String, lines: &[&str]) -> Passage {
        let mut passage = Passage::default();
        for line in lines {
            let start = text.len() as u32;
            text.push_str(line);
            let range = TextRange {
                start,
                end: text.len() as u32,
            };
            passage.lines.push(Piece {
                range,
                ends: LineEnd::Break,
                room: None,
            });
        }
        passage
    }

    fn table(names: &[&str], targets: &[&str]) -> (Vec<String>, usize) {
        let mut text = String::new();
        let (names, targets) = (cell(&mut text, names), cell(&mut text, targets));
        let mut notes = Vec::new();
        let cells = Cells {
            names: Some(&names),
            targets: Some(&targets),
            ..Cells::default()
        };
        let rows = indicators(&cells, &text, &mut notes)
            .iter()
            .map(|i| {
                format!(
                    "{}|{}|{}",
                    i.label.clone().unwrap_or_default(),
                    i.name.as_ref().map_or("", |t| &t.text),
                    i.target.as_ref().map_or("", |q| &q.raw)
                )
            })
            .collect();
        (rows, notes.len())
    }

    #[test]
    fn indicators_align_by_label() {
        let (rows, notes) = table(&["①受講率", "②実施"], &["①100% ②95%"]);
        assert_eq!(rows, ["①|受講率|100%", "②|実施|95%"]);
        assert_eq!(notes, 0);
        let (rows, _) = table(
            &["①-1 回数", "①-2 件数", "②会議"],
            &["①ー1 累計68回(年12回)", "①ー2 12件", "②3回"],
        );
        assert_eq!(
            rows,
            ["①-1|回数|累計68回(年12回)", "①-2|件数|12件", "②|会議|3回"]
        );
    }

    #[test]
    fn cells_without_labels_are_one_entry_each() {
        assert_eq!(
            table(&["進捗確認の回数"], &["20回"]),
            (vec!["|進捗確認の回数|20回".to_owned()], 0)
        );
        assert_eq!(table(&["①受講率"], &["95%"]).0, ["①|受講率|95%"]);
    }

    #[test]
    fn what_has_no_partner_stands_alone_with_a_note() {
        let (rows, notes) = table(&["①受講率", "②実施"], &["①100%", "③3回"]);
        assert_eq!(rows, ["①|受講率|100%", "②|実施|", "③||3回"]);
        assert_eq!(notes, 1);
    }
}
