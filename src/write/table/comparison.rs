//! A comparison -> a 新旧対照表: both years side by side, changed words marked, remarks at the right.

use super::{Cell, Content, Emphasis, Ground, Look, Position, Row, Rules, Run, Size, Table};
use crate::compare::Change;
use crate::compare::comparison::{Comparison, FieldChange, FieldDiff, Op, Pair};
use crate::form::{Align, Orientation, Paper};
use crate::message::Language;
use crate::write::comparison::words::{self, pick};
use crate::write::comparison::{Mark, Segment, segments};

/// What a 新旧対照表 shows, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// The language of headings and remarks.
    pub language: Language,
    /// Which year stands left.
    pub order: Order,
    /// Which rows there are.
    pub rows: Shown,
    /// The paper.
    pub paper: Paper,
}

/// Which year stands left: offices differ, most have the new one there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// 新 left, 旧 right.
    #[default]
    NewOld,
    /// 旧 left, 新 right.
    OldNew,
}

/// Which rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// All.
    #[default]
    All,
    /// Those that changed; one line lists the others.
    Changes,
}

impl Shown {
    /// Whether a pair has rows of its own.
    pub fn has(self, pair: &Pair) -> bool {
        self == Self::All || !matches!(pair.change, Change::Unchanged | Change::Wording)
    }
}

/// The columns: change, field, the two years, remarks.
const COLUMNS: usize = 5;
/// Half-width characters of the columns of a year, on each paper.
const YEAR_ON_A4: f64 = 46.0;
const YEAR_ON_A3: f64 = 76.0;

impl Table {
    /// The 新旧対照表 of a comparison.
    pub fn from_comparison(comparison: &Comparison, view: View) -> Self {
        let mut rows = head(comparison, view);
        let headings = rows.len();
        rows.push(heading(comparison, view));
        body(comparison, view, &mut rows);
        let year = match view.paper {
            Paper::A4 => YEAR_ON_A4,
            Paper::A3 => YEAR_ON_A3,
        };
        Self {
            name: pick(view.language, "新旧対照表", "Comparison").to_owned(),
            paper: view.paper,
            orientation: Orientation::Landscape,
            widths: vec![9.0, 17.0, year, year, 17.0],
            rows,
            repeated: headings..headings + 1,
            frozen_columns: 0,
            filtered: false,
            entry: None,
        }
    }
}

/// The title, the counts, the legend, what a person should know.
fn head(comparison: &Comparison, view: View) -> Vec<Row> {
    let whole =
        |words: Content, look: Look| Row::new(vec![Cell::new(0, words, look).over(COLUMNS)]);
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
        whole(legend(view.language), Look::default()),
    ];
    let notes = comparison.notes.iter();
    rows.extend(notes.map(|note| {
        let text = format!("※{}", note.message.text(view.language));
        whole(Content::words(text), Look::default())
    }));
    rows
}

fn legend(language: Language) -> Content {
    let run = |text: &str, emphasis| Run {
        reading: None,
        text: text.to_owned(),
        emphasis,
    };
    Content::Words(match language {
        Language::Japanese => vec![
            run("凡例：", Emphasis::None),
            run("新しい年度だけの字句", Emphasis::Inserted),
            run("　", Emphasis::None),
            run("古い年度だけの字句", Emphasis::Deleted),
            run("　", Emphasis::None),
            run("表記だけの違い", Emphasis::Reworded),
            run("　", Emphasis::None),
            run("順序の違い", Emphasis::Moved),
        ],
        Language::English => vec![
            run("Legend: ", Emphasis::None),
            run("only in the new year", Emphasis::Inserted),
            run("  ", Emphasis::None),
            run("only in the old year", Emphasis::Deleted),
            run("  ", Emphasis::None),
            run("wording", Emphasis::Reworded),
            run("  ", Emphasis::None),
            run("moved", Emphasis::Moved),
        ],
    })
}

fn heading(comparison: &Comparison, view: View) -> Row {
    let language = view.language;
    let new = format!(
        "{}（{}）",
        pick(language, "新", "New"),
        words::year(&comparison.new, language)
    );
    let old = format!(
        "{}（{}）",
        pick(language, "旧", "Old"),
        words::year(&comparison.old, language)
    );
    let (left, right) = sided(view.order, new, old);
    let names = [
        pick(language, "区分", "Change").to_owned(),
        pick(language, "欄", "Field").to_owned(),
        left,
        right,
        pick(language, "備考", "Remarks").to_owned(),
    ];
    let look = Look {
        align: Align::Center,
        position: Position::Middle,
        rules: Rules::Thin,
        ground: Ground::Shaded,
        ..Look::default()
    };
    Row::new(
        names
            .into_iter()
            .enumerate()
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

fn body(comparison: &Comparison, view: View, rows: &mut Vec<Row>) {
    for pair in comparison.pairs.iter().filter(|pair| view.rows.has(pair)) {
        pair_rows(comparison, pair, view, rows);
    }
    if let Some(line) = words::left_out(comparison, view.rows, view.language) {
        let look = Look {
            rules: Rules::Thin,
            ..Look::default()
        };
        rows.push(Row::new(vec![
            Cell::new(0, Content::words(line), look).over(COLUMNS),
        ]));
    }
}

fn pair_rows(comparison: &Comparison, pair: &Pair, view: View, rows: &mut Vec<Row>) {
    let both = !pair.old.is_empty() && !pair.new.is_empty();
    let omits = |field: &FieldDiff| {
        view.rows == Shown::Changes
            && both
            && pair.change != Change::Candidate
            && matches!(field.change, FieldChange::Unchanged | FieldChange::Wording)
            && !matches!(field.field.as_str(), "number" | "item")
    };
    let mut change = Content::words(words::change(pair.change, view.language));
    let mut remarks = Content::words(words::remarks(comparison, pair, view.language).join("\n"));
    let mut add = |field: &str, left: Content, right: Content, rows: &mut Vec<Row>| {
        let change = std::mem::replace(&mut change, Content::Blank);
        let remarks = std::mem::replace(&mut remarks, Content::Blank);
        rows.push(row([change, Content::words(field), left, right, remarks]));
    };
    let between = pick(view.language, "・", ", ");
    let word = || Content::words(pick(view.language, "（略）", "(unchanged)"));
    let before = rows.len();
    // Fields that did not change stand in one row where they are.
    let mut left_out: Vec<String> = Vec::new();
    for names in ROWS.iter().map(|names| names.to_vec()).chain(others(pair)) {
        let fields: Vec<&FieldDiff> = names
            .iter()
            .filter_map(|name| pair.fields.iter().find(|field| field.field == *name))
            .collect();
        if fields.is_empty() {
            continue;
        }
        let shown = fields
            .iter()
            .map(|field| words::field(&field.field, view.language));
        let shown = shown.collect::<Vec<_>>().join(between);
        if fields.iter().all(|field| omits(field)) {
            left_out.push(shown);
            continue;
        }
        if !left_out.is_empty() {
            add(&left_out.join(between), word(), word(), rows);
            left_out.clear();
        }
        let first = rows.len() == before;
        let (left, right) = sided(
            view.order,
            text(pair, &fields, Op::Insert, (first, view.language)),
            text(pair, &fields, Op::Delete, (first, view.language)),
        );
        add(&shown, left, right, rows);
    }
    if !left_out.is_empty() {
        add(&left_out.join(between), word(), word(), rows);
    }
}

/// Fields that stand in one row: short ones together, so that a goal takes few lines.
const ROWS: &[&[&str]] = &[
    &["number", "sections"],
    &["item"],
    &["level"],
    &["methods"],
    &["categories", "deadline"],
];

/// The other fields of a pair, a row each.
fn others(pair: &Pair) -> impl Iterator<Item = Vec<&str>> {
    let names = pair.fields.iter().map(|field| field.field.as_str());
    names
        .filter(|name| !ROWS.iter().any(|row| row.contains(name)))
        .map(|name| vec![name])
}

/// One side of a row's fields; of goals that stand on one side alone, what the other side says instead.
fn text(
    pair: &Pair,
    fields: &[&FieldDiff],
    side: Op,
    (first, language): (bool, Language),
) -> Content {
    let missing = match side {
        Op::Insert => pair.new.is_empty().then_some(("（廃止）", "(ended)")),
        _ => pair.old.is_empty().then_some(("（新設）", "(new)")),
    };
    if let Some((japanese, english)) = missing {
        return Content::words(if first {
            pick(language, japanese, english)
        } else {
            ""
        });
    }
    let one_sided = pair.old.is_empty() || pair.new.is_empty();
    let mut runs: Vec<Run> = Vec::new();
    for field in fields {
        let segments = segments(field, side).into_iter();
        let mut own: Vec<Run> = segments
            .map(|segment| run(segment, side, one_sided))
            .collect();
        if let Some(last) = own.last_mut() {
            last.text.truncate(last.text.trim_end_matches('\n').len());
        }
        own.retain(|run| !run.text.is_empty());
        if !runs.is_empty() && !own.is_empty() {
            runs.push(Run::plain("　"));
        }
        runs.append(&mut own);
    }
    if runs.is_empty() {
        Content::Blank
    } else {
        Content::Words(runs)
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

fn row(contents: [Content; COLUMNS]) -> Row {
    let cells = contents.into_iter().enumerate().map(|(column, content)| {
        let look = Look {
            rules: Rules::Thin,
            align: if column == 0 {
                Align::Center
            } else {
                Align::Left
            },
            ..Look::default()
        };
        Cell::new(column, content, look)
    });
    Row::new(cells.collect())
}
