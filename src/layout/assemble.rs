//! Drafts -> goal sheets: header fields, fiscal year, goals, remarks, and the notes about them.

use std::collections::HashSet;

use super::definition::{FiscalYearFrom, HeaderField, OrganizationFrom};
use super::fields::Match;
use super::flow::Draft;
use super::goals::{self, Context};
use super::join;
use super::parts::heading_ranges;
use super::passage::Passage;
use super::rows::Row;
use super::{ImportOptions, values};
use crate::document::Field;
use crate::document::goal::{Column, GoalSheet};
use crate::document::value::{FiscalYear, Municipality, RubyText, Text};
use crate::ledger::Class;
use crate::note::{Note, What};
use crate::place::Place;
use crate::sheet::{Block, Line, Reading, TextRange};
use crate::text::era::{self, FiscalYearName};
use crate::text::own_headings::REMARKS_COLUMN;

/// A finished document with what its account needs.
pub(crate) struct Assembled {
    pub sheet: GoalSheet,
    pub claims: Vec<(Class, TextRange)>,
    pub shared: HashSet<TextRange>,
    pub notes: Vec<Note>,
}

/// Puts a draft's values together.
pub(crate) fn assemble(
    mut draft: Draft<'_>,
    reading: &Reading,
    with_ruby: &[(&Line, &Place)],
    file: &str,
    options: &ImportOptions,
) -> Assembled {
    let text = &reading.text;
    let mut notes = std::mem::take(&mut draft.notes);
    notes.append(&mut draft.head.notes);
    let mut claims: Vec<(Class, TextRange)> = heading_ranges(&draft.columns)
        .into_iter()
        .chain(draft.head.labels.iter().copied())
        .map(|range| (Class::Headings, range))
        .collect();
    column_notes(&draft, text, &mut notes);

    let fiscal_year = fiscal_year(&mut draft, text, options, &mut claims);
    let begins = Beginning::of(&draft);
    year_notes(
        fiscal_year.as_ref(),
        &begins,
        reading,
        file,
        options,
        &mut notes,
    );
    let (mut all_rows, marks) = join::merge_continued(
        std::mem::take(&mut draft.rows),
        &draft.columns,
        text,
        &mut notes,
    );
    claims.extend(marks.into_iter().map(|range| (Class::Furniture, range)));
    claims.extend(drop_empty_rows(&mut all_rows, &draft, text, &mut notes));
    let shared: HashSet<TextRange> = all_rows
        .iter()
        .flat_map(|row| row.shared.iter().copied())
        .collect();
    let printed = draft.head.values.remove(&HeaderField::Municipality);
    let municipality = municipality(options, printed.as_ref(), text);
    match printed {
        // The name is the whole of what is printed, and stands in the document once.
        Some(printed) if options.municipality.is_none() => {
            claims.extend(
                printed
                    .origin()
                    .into_iter()
                    .map(|range| (Class::Documents, range)),
            );
        }
        printed => draft.head.rest.extend(printed),
    }
    let year = fiscal_year.as_ref().map(|year| year.year);
    let context = Context {
        text,
        layout: draft.layout,
        fiscal_year: year,
        scale: draft.layout.scale(municipality.as_ref(), year),
    };
    let mut goals = Vec::with_capacity(all_rows.len());
    for row in &all_rows {
        let goal = goals::goal(row, &draft.columns, &context, &mut notes);
        goals::check_goal(&goal, &context, &mut notes);
        goals.push(goal);
    }
    number_notes(&goals, &mut notes);
    if goals.is_empty() {
        notes.push(Note::new(What::NoGoals).at(begins.place.clone()));
    }

    let take = |draft: &mut Draft<'_>, field| draft.head.values.remove(&field);
    let post = take(&mut draft, HeaderField::Post);
    let label = take(&mut draft, HeaderField::Organization);
    let organization = match (draft.layout.organization, &label, &post) {
        (OrganizationFrom::Nowhere, ..) | (_, None, None) => None,
        (_, Some(label), _) => Some(values::organization(label, text)),
        (_, None, Some(post)) => values::organization_of_post(post, text),
    };
    let prepared_on = take(&mut draft, HeaderField::PreparedOn).map(|day| values::day(&day, text));
    day_notes(prepared_on.as_ref(), &mut notes);
    let person = take(&mut draft, HeaderField::Person).map(|person| person.to_text(text));
    let mission = take(&mut draft, HeaderField::Mission).map(|mission| mission.to_text(text));
    let columns = columns(&draft, text);
    let mut sheet = GoalSheet {
        layout: draft.layout.name.clone(),
        title: draft.head.title.as_ref().map(|title| title.to_text(text)),
        fiscal_year,
        municipality,
        organization,
        prepared_on,
        post: post.map(|post| post.to_text(text)),
        person,
        mission,
        columns,
        goals,
        remarks: remarks(&draft, text),
        ruby: Vec::new(),
    };
    sheet.ruby = ruby(&sheet, with_ruby, text);
    if sheet.fiscal_year.is_none() {
        years_in_text(&sheet, &mut notes);
    }
    hand_wrap_notes(&sheet, &mut notes);
    Assembled {
        sheet,
        claims,
        shared,
        notes,
    }
}

/// The last rows of a form, which have a number and nothing else: not goals; their numbers belong to the form.
fn drop_empty_rows(
    rows: &mut Vec<Row>,
    draft: &Draft<'_>,
    text: &str,
    notes: &mut Vec<Note>,
) -> Vec<(Class, TextRange)> {
    let Some(number) = draft.columns.of(crate::document::Field::Number) else {
        return Vec::new();
    };
    let only_number = |row: &Row| {
        row.cells
            .iter()
            .all(|(&column, cell)| column == number || cell.is_blank(text))
    };
    let filled = rows
        .iter()
        .rposition(|row| !only_number(row))
        .map_or(0, |last| last + 1);
    let empty: Vec<Passage> = rows
        .split_off(filled)
        .into_iter()
        .flat_map(|row| row.cells.into_values())
        .collect();
    if let Some(first) = empty.first() {
        let numbers: Vec<String> = empty.iter().map(|cell| cell.plain(text)).collect();
        notes.push(
            Note::new(What::EmptyRows {
                numbers: numbers.join(", "),
            })
            .at(first.places.first().cloned()),
        );
    }
    empty
        .iter()
        .flat_map(Passage::origin)
        .map(|range| (Class::Furniture, range))
        .collect()
}

fn columns(draft: &Draft<'_>, text: &str) -> Vec<Column> {
    let headed = draft.columns.headed.iter().zip(&draft.columns.matches);
    // A card's label that no card has is no column.
    headed
        .filter(|(column, _)| !column.heading.places.is_empty())
        .map(|(column, found)| Column {
            field: found.field(),
            heading: column.heading.raw(text),
            parents: column
                .parents
                .iter()
                .map(|parent| parent.raw(text))
                .collect(),
            places: column.heading.places.clone(),
        })
        .collect()
}

fn column_notes(draft: &Draft<'_>, text: &str, notes: &mut Vec<Note>) {
    for (column, found) in draft.columns.headed.iter().zip(&draft.columns.matches) {
        let heading = crate::text::squash(&column.heading.raw(text));
        let what = match found {
            Match::None if heading.is_empty() || heading == REMARKS_COLUMN => None,
            Match::None => Some(What::UnmappedColumn { heading }),
            Match::Duplicate(field) => Some(What::DuplicateColumn {
                heading,
                field_ja: field.heading().to_owned(),
                field: field.name().to_owned(),
            }),
            Match::Doubtful(best, other) => Some(What::ColumnDoubtful {
                heading,
                best: words_of(*best),
                other: words_of(*other),
            }),
            Match::MostLikeItem => Some(What::ItemGuessed { heading }),
            Match::Unheaded(field) => Some(What::UnheadedColumn {
                field_ja: field.heading().to_owned(),
                field: field.name().to_owned(),
            }),
            Match::Similar(_, known) => Some(What::HeadingGuessed {
                heading,
                known: known.clone(),
            }),
            _ => None,
        };
        notes.extend(what.map(|what| Note::new(what).at(column.heading.places.first().cloned())));
    }
    if draft.layout.name == super::known::GENERIC {
        let words = matched_words(draft, text);
        notes.push(Note::new(What::GenericLayout { words }).at(beginning(draft)));
    }
}

/// Which heading was read as which field: `重点目標 → 実施項目, …`.
fn matched_words(draft: &Draft<'_>, text: &str) -> String {
    let columns = draft.columns.headed.iter().zip(&draft.columns.matches);
    let words: Vec<String> = columns
        .filter_map(|(column, found)| {
            let heading = crate::text::squash(&column.heading.raw(text));
            Some(format!("{heading} → {}", words_of(Some(found.field()?))))
        })
        .collect();
    words.join(", ")
}

/// What a field is called on the standard sheet.
fn words_of(field: Option<Field>) -> String {
    field.map_or("備考", Field::heading).to_owned()
}

/// Where the document's table begins, for notes on the whole of it: a file may hold several.
fn beginning(draft: &Draft<'_>) -> Option<Place> {
    let headings = draft.columns.headed.iter().map(|column| &column.heading);
    headings.flat_map(|heading| &heading.places).next().cloned()
}

/// The title's year, or the label's, or the option's.
fn fiscal_year(
    draft: &mut Draft<'_>,
    text: &str,
    options: &ImportOptions,
    claims: &mut Vec<(Class, TextRange)>,
) -> Option<FiscalYear> {
    let named = |passage: &Passage| {
        let plain = passage.plain(text);
        let found = era::fiscal_years(&plain).into_iter().next()?;
        values::fiscal_year(found.value, plain.get(found.range), &passage.places)
    };
    let label = draft.head.values.remove(&HeaderField::FiscalYear);
    let from_label = label.as_ref().and_then(|label| {
        named(label).or_else(|| {
            let plain = label.plain(text);
            let year = era::parse_fiscal_year(&plain).or_else(|| era::year_of_period(&plain))?;
            values::fiscal_year(year, Some(&plain), &label.places)
        })
    });
    let from_title = draft.head.title.as_ref().and_then(named);
    let written = match draft.layout.fiscal_year {
        FiscalYearFrom::Nowhere => from_title,
        FiscalYearFrom::Label => from_label.or(from_title),
        FiscalYearFrom::Title => from_title.or(from_label),
    };
    if let Some(label) = label {
        let whole = written.as_ref().is_some_and(|year| {
            let raw = year.raw.as_deref().map(crate::text::squash);
            year.places == label.places && raw == Some(crate::text::squash(&label.plain(text)))
        });
        if whole {
            claims.extend(
                label
                    .origin()
                    .into_iter()
                    .map(|range| (Class::Documents, range)),
            );
        } else {
            draft.head.rest.push(label);
        }
    }
    written
        .or_else(|| values::fiscal_year(FiscalYearName::of_year(options.fiscal_year?)?, None, &[]))
}

/// Where a document begins: its first sheet, and a place for notes on the whole of it.
pub(crate) struct Beginning {
    pub sheet: usize,
    pub place: Option<Place>,
}

impl Beginning {
    fn of(draft: &Draft<'_>) -> Self {
        Self {
            sheet: draft.sheet,
            place: beginning(draft),
        }
    }
}

/// The file's, the worksheet's and the option's years against the document's own.
pub(crate) fn year_notes(
    year: Option<&FiscalYear>,
    begins: &Beginning,
    reading: &Reading,
    file: &str,
    options: &ImportOptions,
    notes: &mut Vec<Note>,
) {
    let Some(decided) = year else {
        notes.push(Note::new(What::FiscalYearUnknown).at(begins.place.clone()));
        return;
    };
    let sheet_name = reading
        .sheets
        .get(begins.sheet)
        .and_then(|sheet| sheet.name.clone());
    let mut others: Vec<(String, i32)> = Vec::new();
    let names = |name: &str| {
        era::fiscal_years_in_name(name)
            .into_iter()
            .map(|found| found.year)
            .collect::<Vec<_>>()
    };
    // A name that has the right year among others (R7からR8へ) does not contradict.
    for (name, shown) in [
        (Some(file.to_owned()), file.to_owned()),
        (sheet_name.map(|n| n.to_string()), String::new()),
    ] {
        let Some(name) = name else { continue };
        let years = names(&name);
        let shown = if shown.is_empty() {
            name.clone()
        } else {
            shown
        };
        if !years.is_empty() && !years.contains(&decided.year) {
            others.extend(years.first().map(|&other| (shown, other)));
        }
    }
    if decided.raw.is_some()
        && let Some(other) = options.fiscal_year.filter(|&other| other != decided.year)
    {
        others.push(("--fiscal-year".to_owned(), other));
    }
    for (where_, other) in others {
        let what = What::YearConflict {
            where_,
            year: other,
            year_ja: era::spoken(other),
            decided: decided.year,
            decided_ja: era::spoken(decided.year),
        };
        notes.push(Note::new(what).at(decided.places.first().cloned()));
    }
}

fn municipality(
    options: &ImportOptions,
    printed: Option<&Passage>,
    text: &str,
) -> Option<Municipality> {
    options.municipality.clone().or_else(|| {
        printed.map(|name| Municipality {
            code: None,
            name: Some(crate::text::squash(&name.plain(text))),
        })
    })
}

/// Text outside the table that no label claims, in reading order.
fn remarks(draft: &Draft<'_>, text: &str) -> Vec<Text> {
    draft
        .head
        .rest
        .iter()
        .chain(&draft.rest)
        .filter_map(|passage| passage.to_some_text(text))
        .collect()
}

/// The readings above characters of this sheet's values.
fn ruby(sheet: &GoalSheet, with_ruby: &[(&Line, &Place)], text: &str) -> Vec<RubyText> {
    if with_ruby.is_empty() {
        return Vec::new();
    }
    let own: Vec<TextRange> = sheet
        .values()
        .iter()
        .flat_map(|value| value.origin().to_vec())
        .collect();
    let mut found = Vec::new();
    for &(line, place) in with_ruby {
        for ruby in &line.ruby {
            if own
                .iter()
                .any(|range| range.start <= ruby.base.start && ruby.base.end <= range.end)
            {
                found.push(RubyText {
                    base: ruby.base.of(text).to_owned(),
                    reading: ruby.reading.of(text).to_owned(),
                    places: vec![place.clone()],
                    origin: vec![ruby.reading],
                });
            }
        }
    }
    found
}

/// The lines of a reading that have readings above them.
pub(crate) fn lines_with_ruby(reading: &Reading) -> Vec<(&Line, &Place)> {
    let lines = reading
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.blocks)
        .flat_map(|block| -> Vec<(&Line, &Place)> {
            match block {
                Block::Line(line) => vec![(line, &line.place)],
                Block::Grid(grid) => grid
                    .cells
                    .iter()
                    .flat_map(|cell| cell.lines.iter().map(|line| (line, &line.place)))
                    .collect(),
            }
        });
    lines.filter(|(line, _)| !line.ruby.is_empty()).collect()
}

fn day_notes(day: Option<&crate::document::value::Day>, notes: &mut Vec<Note>) {
    if let Some(day) = day.filter(|day| day.date.is_none()) {
        notes.push(
            Note::new(What::NoSuchDay)
                .at(day.places.first().cloned())
                .about(&day.raw),
        );
    }
}

/// Numbers that stand twice or leave gaps.
fn number_notes(goals: &[crate::document::Goal], notes: &mut Vec<Note>) {
    let mut seen: HashSet<i64> = HashSet::new();
    let mut before: Option<i64> = None;
    for number in goals.iter().filter_map(|goal| goal.number.as_ref()) {
        let Some(value) = number.value else { continue };
        let place = number.places.first().cloned();
        if !seen.insert(value) {
            notes.push(Note::new(What::NumberRepeated { number: value }).at(place));
        } else if let Some(before) = before.filter(|&before| value != before + 1) {
            notes.push(
                Note::new(What::NumberGap {
                    before,
                    after: value,
                })
                .at(place),
            );
        }
        before = Some(value);
    }
}

/// The fiscal years that a sheet without one speaks of, each once.
fn years_in_text(sheet: &GoalSheet, notes: &mut Vec<Note>) {
    let mut seen: HashSet<i32> = HashSet::new();
    for value in sheet.values() {
        for found in era::fiscal_years(value.raw()) {
            if seen.insert(found.value.year) {
                let quoted = value.raw().get(found.range).unwrap_or_default();
                notes.push(
                    Note::new(What::YearInText {
                        year: found.value.year,
                        year_ja: found.value.to_string(),
                    })
                    .at(value.places().first().cloned())
                    .about(quoted),
                );
            }
        }
    }
}

/// Breaks inside a sentence of a spreadsheet's cell: they stay breaks, a person may look.
fn hand_wrap_notes(sheet: &GoalSheet, notes: &mut Vec<Note>) {
    const SHORTEST: usize = 10;
    for value in sheet.values() {
        let Some(text) = value.text() else { continue };
        if !matches!(text.places.first(), Some(Place::Cell { .. })) {
            continue;
        }
        let lines: Vec<&str> = text.text.lines().collect();
        let wrapped = lines.windows(2).any(|pair| {
            let goes_on = pair[0].ends_with([
                'を', 'に', 'が', 'は', 'の', 'と', 'で', 'て', 'し', 'や', 'も', '、', '，',
            ]);
            goes_on
                && pair[0].chars().count() >= SHORTEST
                && !crate::text::blocks::has_mark(pair[1])
        });
        if wrapped {
            notes.push(
                Note::new(What::HandWrap)
                    .at(text.places.first().cloned())
                    .about(&text.raw),
            );
        }
    }
}
