//! A comparison -> one self-contained HTML page that needs no script: filters are form controls and CSS.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::side::{Mark, Segment, segments};
use super::words::{self, pick};
use crate::compare::Change;
use crate::compare::comparison::{Comparison, FieldChange, FieldDiff, Op, Pair};
use crate::message::Language;
use crate::write::escape::markup_of_lines;
use crate::write::table::comparison::Shown;

/// The page.
pub fn page(comparison: &Comparison, rows: Shown, language: Language) -> String {
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
    filters(comparison, &sections, language, &mut html);
    html.push_str("<main>\n");
    let shown = comparison.pairs.iter().filter(|pair| rows.has(pair));
    for (at, pair) in shown.enumerate() {
        article(comparison, pair, at, &sections, language, &mut html);
    }
    if let Some(line) = words::left_out(comparison, rows, language) {
        let _ = writeln!(html, "<p>{}</p>", markup_of_lines(&line));
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
fn filters(comparison: &Comparison, sections: &Sections, language: Language, html: &mut String) {
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
    let legend = pick(
        language,
        "<u>下線</u>は変わったところ、<u class=\"wording\">点線</u>は表記だけの違い、<u class=\"moved\">二重線</u>は順序の違いです。",
        "<u>Underlined</u>: changed; <u class=\"wording\">dotted</u>: wording only; <u class=\"moved\">double</u>: moved.",
    );
    let _ = writeln!(html, "<p class=\"legend\">{legend}</p>");
}

fn article(
    comparison: &Comparison,
    pair: &Pair,
    at: usize,
    sections: &Sections,
    language: Language,
    html: &mut String,
) {
    let title = pair.new.first().or(pair.old.first());
    let title = title.and_then(|goal| goal.item.clone()).unwrap_or_default();
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
    let (new, old) = (pick(language, "新", "New"), pick(language, "旧", "Old"));
    let _ = writeln!(
        html,
        "<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{new}（{}）</th><th scope=\"col\">{old}（{}）</th></tr></thead>\n<tbody>",
        pick(language, "欄", "Field"),
        markup_of_lines(&words::year(&comparison.new, language)),
        markup_of_lines(&words::year(&comparison.old, language)),
    );
    let one_sided = match (pair.old.is_empty(), pair.new.is_empty()) {
        (true, _) => Some((Op::Delete, pick(language, "（新設）", "(new)"))),
        (_, true) => Some((Op::Insert, pick(language, "（廃止）", "(ended)"))),
        _ => None,
    };
    for (row, field) in pair.fields.iter().enumerate() {
        let _ = write!(
            html,
            "<tr class=\"{}\"><th scope=\"row\">{}</th>",
            of_field(field),
            markup_of_lines(words::field(&field.field, language))
        );
        for side in [Op::Insert, Op::Delete] {
            match one_sided {
                // One cell over all rows would keep them on one page.
                Some((empty, word)) if empty == side => {
                    let word = if row == 0 { word } else { "" };
                    let _ = write!(html, "<td class=\"none\">{word}</td>");
                }
                Some(_) => {
                    let _ = write!(html, "<td>{}</td>", plain(&segments(field, side)));
                }
                None => {
                    let _ = write!(html, "<td>{}</td>", marked(&segments(field, side), side));
                }
            }
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n</article>\n");
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
