//! A comparison -> one self-contained HTML page that needs no script: filters are form controls and CSS.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::side::{Mark, Segment, segments, struck};
use super::view::{Line, Order, Style, View, lines};
use super::words::{self, pick};
use crate::compare::Change;
use crate::compare::comparison::{Comparison, FieldChange, FieldDiff, Op, Pair};
use crate::message::Language;
use crate::write::escape::markup_of_lines;

/// The page.
pub fn page(comparison: &Comparison, view: &View) -> String {
    let language = view.language;
    let sections = Sections::of(comparison);
    let title = markup_of_lines(&words::title(comparison, language));
    let lang = pick(language, "ja", "en");
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"generator\" content=\"{} compare\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        markup_of_lines(&comparison.program),
        include_str!("page.css"),
        sections.rules(),
    );
    notes(comparison, language, &mut html);
    filters(comparison, &sections, view, &mut html);
    if let Some(line) = words::left_out_by_title(comparison, view.rows, language) {
        let _ = writeln!(html, "<p class=\"left-out\">{}</p>", markup_of_lines(&line));
    }
    html.push_str("<main>\n");
    let shown = comparison.pairs.iter().filter(|pair| view.rows.has(pair));
    for (at, pair) in shown.enumerate() {
        article(comparison, pair, at, &sections, view, &mut html);
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// The units of both years, each with its class.
struct Sections(BTreeMap<String, usize>);

impl Sections {
    fn of(comparison: &Comparison) -> Self {
        let mut names = BTreeMap::new();
        for pair in &comparison.pairs {
            for name in pair
                .old
                .iter()
                .chain(&pair.new)
                .flat_map(|goal| &goal.sections)
            {
                let next = names.len();
                names.entry(name.clone()).or_insert(next);
            }
        }
        Self(names)
    }

    /// What a chosen unit hides.
    fn rules(&self) -> String {
        let mut rules = String::new();
        for at in self.0.values() {
            let _ = writeln!(
                rules,
                "#s{at}:checked ~ main article:not(.s{at}) {{ display: none; }}"
            );
        }
        rules
    }

    fn classes(&self, pair: &Pair) -> String {
        let names = pair
            .old
            .iter()
            .chain(&pair.new)
            .flat_map(|goal| &goal.sections);
        let mut classes: Vec<String> = names
            .filter_map(|name| self.0.get(name))
            .map(|at| format!(" s{at}"))
            .collect();
        classes.sort();
        classes.dedup();
        classes.concat()
    }
}

fn notes(comparison: &Comparison, language: Language, html: &mut String) {
    if comparison.notes.is_empty() {
        return;
    }
    let heading = pick(language, "注記", "Notes");
    let _ = writeln!(html, "<section class=\"notes\"><h2>{heading}</h2><ul>");
    for note in &comparison.notes {
        let _ = writeln!(
            html,
            "<li>{}</li>",
            markup_of_lines(note.message.text(language))
        );
    }
    html.push_str("</ul></section>\n");
}

/// The controls stand beside `main`, so that what is checked can hide what it holds.
fn filters(comparison: &Comparison, sections: &Sections, view: &View, html: &mut String) {
    let language = view.language;
    let heading = pick(language, "件数と絞り込み", "Counts and filters");
    let _ = writeln!(html, "<h2 class=\"filters\">{heading}</h2>");
    for change in Change::ALL {
        let (name, class) = (words::change(change, language), class(change));
        let count = comparison.summary.of_change(change);
        let _ = writeln!(
            html,
            "<input type=\"checkbox\" id=\"c-{class}\" checked><label for=\"c-{class}\" title=\"{}\">{name} {count}</label>",
            words::meaning(change, language)
        );
    }
    if sections.0.len() > 1 {
        let all = pick(language, "すべての課", "All sections");
        let _ = writeln!(
            html,
            "<br>\n<input type=\"radio\" name=\"s\" id=\"s-all\" checked><label for=\"s-all\">{all}</label>"
        );
        for (name, at) in &sections.0 {
            let _ = writeln!(
                html,
                "<input type=\"radio\" name=\"s\" id=\"s{at}\"><label for=\"s{at}\">{}</label>",
                markup_of_lines(name)
            );
        }
    }
    let legend = match view.style {
        Style::Sides => pick(
            language,
            "<u>下線</u>は変わったところ、<u class=\"wording\">点線</u>は表記だけの違い、<u class=\"moved\">二重線</u>は順序の違いです。",
            "<u>Underlined</u>: changed; <u class=\"wording\">dotted</u>: wording only; <u class=\"moved\">double</u>: moved.",
        ),
        Style::Struck => pick(
            language,
            "<del>取消線</del>は古い年度だけの字句、<ins>下線</ins>は新しい年度だけの字句です。",
            "<del>Struck</del>: only in the old year; <ins>underlined</ins>: only in the new year.",
        ),
    };
    let _ = writeln!(html, "<p class=\"legend\">{legend}</p>");
}

fn article(
    comparison: &Comparison,
    pair: &Pair,
    at: usize,
    sections: &Sections,
    view: &View,
    html: &mut String,
) {
    let language = view.language;
    let goals = if pair.new.is_empty() {
        &pair.old
    } else {
        &pair.new
    };
    let title = goals.first().and_then(|goal| goal.item.clone());
    let title = format!("{} {}", words::numbers(goals), title.unwrap_or_default());
    let change = words::change(pair.change, language);
    let _ = writeln!(
        html,
        "<article class=\"{}{}\" aria-labelledby=\"p{at}\">\n<h2 id=\"p{at}\"><span class=\"change\">{change}</span> {}</h2>",
        class(pair.change),
        sections.classes(pair),
        markup_of_lines(&title.replace('\n', ""))
    );
    let remarks = words::remarks(comparison, pair, language);
    if !remarks.is_empty() {
        let _ = write!(html, "<ul class=\"remarks\">");
        for remark in &remarks {
            let _ = write!(html, "<li>{}</li>", markup_of_lines(remark));
        }
        html.push_str("</ul>\n");
    }
    let style = match view.style {
        Style::Sides => "sides",
        Style::Struck => "struck",
    };
    let field = pick(language, "欄", "Field");
    let _ = write!(
        html,
        "<table class=\"{style}\">\n<thead><tr><th scope=\"col\">{field}</th>"
    );
    for heading in headings(comparison, view) {
        let _ = write!(html, "<th scope=\"col\">{}</th>", markup_of_lines(&heading));
    }
    html.push_str("</tr></thead>\n<tbody>");
    for (row, line) in lines(pair, view).iter().enumerate() {
        match line {
            Line::Field(field) => {
                let name = markup_of_lines(words::field(&field.field, language));
                let of_field = of_field(field);
                let _ = write!(
                    html,
                    "<tr class=\"{of_field}\"><th scope=\"row\">{name}</th>"
                );
                cells(pair, field, view, row == 0, html);
            }
            Line::LeftOut(names) => {
                let names = markup_of_lines(names);
                let word = pick(language, "（略）", "(same)");
                let columns = headings(comparison, view).len();
                let _ = write!(
                    html,
                    "<tr class=\"same\"><th scope=\"row\">{word}</th><td colspan=\"{columns}\">{names}</td>"
                );
            }
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n</article>\n");
}

/// What stands above the texts.
fn headings(comparison: &Comparison, view: &View) -> Vec<String> {
    let language = view.language;
    let of_year = |name: &str, side| format!("{name}（{}）", words::year(side, language));
    let new = of_year(pick(language, "新", "New"), &comparison.new);
    let old = of_year(pick(language, "旧", "Old"), &comparison.old);
    match (view.style, view.order) {
        (Style::Struck, _) => vec![format!("{old} → {new}")],
        (Style::Sides, Order::NewOld) => vec![new, old],
        (Style::Sides, Order::OldNew) => vec![old, new],
    }
}

fn cells(pair: &Pair, field: &FieldDiff, view: &View, is_first: bool, html: &mut String) {
    if view.style == Style::Struck {
        let _ = write!(html, "<td>{}</td>", in_one(field));
        return;
    }
    let sides = match view.order {
        Order::NewOld => [Op::Insert, Op::Delete],
        Order::OldNew => [Op::Delete, Op::Insert],
    };
    let instead = words::instead(pair, view.language);
    for side in sides {
        let missing = match side {
            Op::Insert => pair.new.is_empty(),
            _ => pair.old.is_empty(),
        };
        let _ = match instead {
            // One cell over all rows would keep them on one page.
            Some(word) if missing => {
                let word = if is_first { word } else { "" };
                write!(html, "<td class=\"none\">{word}</td>")
            }
            Some(_) => write!(html, "<td>{}</td>", plain(&segments(field, side))),
            None => write!(html, "<td>{}</td>", marked(&segments(field, side), side)),
        };
    }
}

/// Both years' words in one, spoken as what went and what came.
fn in_one(field: &FieldDiff) -> String {
    let mut html = String::new();
    for (text, op) in struck(field) {
        let text = markup_of_lines(&text);
        let _ = match op {
            Op::Equal => write!(html, "{text}"),
            Op::Insert => write!(html, "<ins>{text}</ins>"),
            Op::Delete => write!(html, "<del>{text}</del>"),
        };
    }
    html
}

fn of_field(field: &FieldDiff) -> &'static str {
    match field.change {
        FieldChange::Unchanged => "same",
        FieldChange::Wording => "wording",
        FieldChange::Changed => "changed",
        FieldChange::Added => "added",
        FieldChange::Removed => "removed",
    }
}

fn class(change: Change) -> &'static str {
    words::change(change, Language::English)
}

fn plain(segments: &[Segment]) -> String {
    let text: String = segments
        .iter()
        .map(|segment| segment.text.as_str())
        .collect();
    markup_of_lines(text.trim_end_matches('\n'))
}

/// Changed words underlined on both sides; `ins` and `del` are spoken by screen readers that are told to.
fn marked(segments: &[Segment], side: Op) -> String {
    let tag = if side == Op::Insert { "ins" } else { "del" };
    let mut html = String::new();
    for segment in segments {
        let text = markup_of_lines(&segment.text);
        let _ = match segment.mark {
            Mark::Same => write!(html, "{text}"),
            Mark::Changed => write!(html, "<{tag}>{text}</{tag}>"),
            Mark::Wording => write!(html, "<u class=\"wording\">{text}</u>"),
            Mark::Moved => write!(html, "<u class=\"moved\">{text}</u>"),
        };
    }
    html
}
