//! A comparison -> a 新旧対照表: both years side by side or in one column, changed words marked, remarks at the right.

use super::{Cell, Content, Down, Emphasis, Look, Position, Row, Rules, Run, Size, Table};
use crate::compare::Change;
use crate::compare::comparison::{Comparison, FieldDiff, Op, Pair};
use crate::form::{Align, Orientation, Paper};
use crate::write::comparison::words::{self, pick};
use crate::write::comparison::{Line, Mark, Order, Segment, Style, View, lines, segments, struck};

/// Half-width characters of the columns: change, number, field; a year's, on each paper; remarks.
const CHANGE: f64 = 9.0;
const NUMBER: f64 = 6.0;
const FIELD: f64 = 12.0;
const YEAR_ON_A4: f64 = 42.0;
const YEAR_ON_A3: f64 = 66.0;
const REMARKS: f64 = 17.0;

impl Table {
    /// The 新旧対照表 of a comparison.
    pub fn from_comparison(comparison: &Comparison, view: &View) -> Self {
        let year = match view.paper {
            Paper::A4 => YEAR_ON_A4,
            Paper::A3 => YEAR_ON_A3,
        };
        let mut widths = vec![CHANGE, NUMBER, FIELD];
        match view.style {
            Style::Sides => widths.extend([year, year]),
            Style::Struck => widths.push(2.0 * year),
        }
        widths.push(REMARKS);
        let mut rows = head(comparison, view, widths.len());
        let headings = rows.len();
        rows.push(heading(comparison, view));
        for pair in comparison.pairs.iter().filter(|pair| view.rows.has(pair)) {
            pair_rows(comparison, pair, view, &mut rows);
        }
        Self {
            name: pick(view.language, "新旧対照表", "Comparison").to_owned(),
            paper: view.paper,
            orientation: Orientation::Landscape,
            widths,
            rows,
            repeated: headings..headings + 1,
            frozen_columns: 0,
            filtered: false,
            entry: None,
        }
    }
}

/// The title, the counts, the goals that did not change, the legend, what a person should know.
fn head(comparison: &Comparison, view: &View, columns: usize) -> Vec<Row> {
    let whole =
        |words: Content, look: Look| Row::new(vec![Cell::new(0, words, look).over(columns)]);
    let title = Look {
        align: Align::Center,
        position: Position::Middle,
        size: Size::Title,
        ..Look::default()
    };
    let counts = Change::ALL.iter().map(|&change| {
        let count = comparison.summary.of_change(change);
        format!("{} {count}", words::change(change, view.language))
    });
    let counts = counts.collect::<Vec<_>>().join("　");
    let mut rows = vec![
        whole(
            Content::words(words::title(comparison, view.language)),
            title,
        ),
        whole(Content::words(counts), Look::default()),
    ];
    let left_out = words::left_out_by_title(comparison, view.rows, view.language);
    rows.extend(left_out.map(|words| whole(Content::words(words), Look::default())));
    rows.push(whole(legend(view), Look::default()));
    let notes = comparison.notes.iter();
    rows.extend(notes.map(|note| {
        let text = format!("※{}", note.message.text(view.language));
        whole(Content::words(text), Look::default())
    }));
    rows
}

fn legend(view: &View) -> Content {
    let language = view.language;
    let deleted = match view.style {
        Style::Sides => Emphasis::Deleted,
        Style::Struck => Emphasis::Struck,
    };
    let mut marks = vec![
        (
            "新しい年度だけの字句",
            "only in the new year",
            Emphasis::Inserted,
        ),
        ("古い年度だけの字句", "only in the old year", deleted),
    ];
    if view.style == Style::Sides {
        marks.push(("表記だけの違い", "wording", Emphasis::Reworded));
        marks.push(("順序の違い", "moved", Emphasis::Moved));
    }
    let mut runs = vec![Run::plain(pick(language, "凡例：", "Legend: "))];
    for (at, (japanese, english, emphasis)) in marks.into_iter().enumerate() {
        if at > 0 {
            runs.push(Run::plain(pick(language, "　", "  ")));
        }
        runs.push(Run {
            reading: None,
            text: pick(language, japanese, english).to_owned(),
            emphasis,
        });
    }
    Content::Words(runs)
}

fn heading(comparison: &Comparison, view: &View) -> Row {
    let language = view.language;
    let of_year = |name: &str, side| format!("{name}（{}）", words::year(side, language));
    let new = of_year(pick(language, "新", "New"), &comparison.new);
    let old = of_year(pick(language, "旧", "Old"), &comparison.old);
    let mut names = vec![
        pick(language, "区分", "Change").to_owned(),
        pick(language, "番号", "No.").to_owned(),
        pick(language, "欄", "Field").to_owned(),
    ];
    match view.style {
        Style::Sides => {
            let (left, right) = sided(view.order, new, old);
            names.extend([left, right]);
        }
        Style::Struck => names.push(format!("{old} → {new}")),
    }
    names.push(pick(language, "備考", "Remarks").to_owned());
    let look = Look::heading();
    let cells = names.into_iter().enumerate();
    Row::new(
        cells
            .map(|(column, name)| Cell::new(column, Content::words(name), look.clone()))
            .collect(),
    )
}

fn sided<T>(order: Order, new: T, old: T) -> (T, T) {
    match order {
        Order::NewOld => (new, old),
        Order::OldNew => (old, new),
    }
}

/// A goal: a row for each field, beside them what became of it and its number, a heavier line above.
fn pair_rows(comparison: &Comparison, pair: &Pair, view: &View, rows: &mut Vec<Row>) {
    let language = view.language;
    let change = words::change(pair.change, language);
    let goals = if pair.new.is_empty() {
        &pair.old
    } else {
        &pair.new
    };
    let number = words::numbers(goals);
    let remarks = words::remarks(comparison, pair, language).join("\n");
    for (at, line) in lines(pair, view).into_iter().enumerate() {
        let is_first = at == 0;
        let look = |align| Look {
            rules: if is_first {
                Rules::HeavyAbove
            } else {
                Rules::Thin
            },
            align,
            ..Look::default()
        };
        let beside = |column, words: &str| Cell {
            down: if is_first { Down::Begins } else { Down::GoesOn },
            ..Cell::new(column, Content::words(words), look(Align::Center))
        };
        let mut cells = vec![beside(0, change), beside(1, &number)];
        let mut add = |content: Content, columns: usize| {
            let column = cells
                .last()
                .map_or(0, |cell: &Cell| cell.column + cell.columns);
            cells.push(Cell::new(column, content, look(Align::Left)).over(columns));
        };
        match line {
            Line::Field(field) => {
                add(Content::words(words::field(&field.field, language)), 1);
                for text in texts(pair, field, view, is_first) {
                    add(text, 1);
                }
            }
            Line::LeftOut(names) => {
                add(Content::words(pick(language, "（略）", "(same)")), 1);
                add(
                    Content::words(names),
                    if view.style == Style::Sides { 2 } else { 1 },
                );
            }
        }
        let remarks = if is_first { remarks.as_str() } else { "" };
        add(Content::words(remarks), 1);
        rows.push(Row::new(cells));
    }
}

/// A field's text of each side, or of both in one; of goals that stand on one side alone, what the other side says instead.
fn texts(pair: &Pair, field: &FieldDiff, view: &View, is_first: bool) -> Vec<Content> {
    if view.style == Style::Struck {
        return vec![content(struck(field), struck_run)];
    }
    let one_sided = pair.old.is_empty() || pair.new.is_empty();
    let side = |side: Op| {
        let missing = match side {
            Op::Insert => pair.new.is_empty(),
            _ => pair.old.is_empty(),
        };
        match words::instead(pair, view.language) {
            Some(word) if missing && is_first => Content::words(word),
            _ if missing => Content::Blank,
            _ => content(segments(field, side), |segment| {
                run(segment, side, one_sided)
            }),
        }
    };
    let (left, right) = sided(view.order, side(Op::Insert), side(Op::Delete));
    vec![left, right]
}

fn content<S>(segments: Vec<S>, run: impl Fn(S) -> Run) -> Content {
    let mut runs: Vec<Run> = segments.into_iter().map(run).collect();
    if let Some(last) = runs.last_mut() {
        last.text.truncate(last.text.trim_end_matches('\n').len());
    }
    runs.retain(|run| !run.text.is_empty());
    if runs.is_empty() {
        Content::Blank
    } else {
        Content::Words(runs)
    }
}

fn struck_run((text, op): (String, Op)) -> Run {
    Run {
        text,
        emphasis: match op {
            Op::Equal => Emphasis::None,
            Op::Insert => Emphasis::Inserted,
            Op::Delete => Emphasis::Struck,
        },
        reading: None,
    }
}

/// A goal that stands alone is new or gone as a whole: its change says so, its every word need not.
fn run(segment: Segment, side: Op, one_sided: bool) -> Run {
    let emphasis = match segment.mark {
        _ if one_sided => Emphasis::None,
        Mark::Same => Emphasis::None,
        Mark::Changed if side == Op::Insert => Emphasis::Inserted,
        Mark::Changed => Emphasis::Deleted,
        Mark::Wording => Emphasis::Reworded,
        Mark::Moved => Emphasis::Moved,
    };
    Run {
        text: segment.text,
        emphasis,
        reading: None,
    }
}
