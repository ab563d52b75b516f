//! What `compare` shows on a terminal: as wide as it is, with nothing in it that a terminal would obey.

use std::io::IsTerminal;

use crate::cli::args::CompareArguments;
use crate::cli::console::{Console, visible};
use crate::compare::chains::Chain;
use crate::compare::comparison::{Comparison, FieldDiff, GoalRef, Side};
use crate::document::{Import, by_year};
use crate::write::comparison::Shown;
use crate::write::comparison::{Paint, chain_table, terminal};

/// Where nothing says how wide the output is.
const USUAL_WIDTH: usize = 80;

/// The table of two years.
pub fn table(comparison: &Comparison, arguments: &CompareArguments, console: &Console) -> String {
    let mut shown = comparison.clone();
    for source in shown.old.sources.iter_mut().chain(&mut shown.new.sources) {
        source.file = visible(&source.file).replace('\n', "\\n");
    }
    for pair in &mut shown.pairs {
        pair.old.iter_mut().chain(&mut pair.new).for_each(harmless);
        pair.fields.iter_mut().for_each(harmless_field);
    }
    let rows = if arguments.only_changes {
        Shown::Changes
    } else {
        Shown::All
    };
    terminal(&shown, rows, console.language, (width(), paint(console)))
}

/// The table of several years.
pub fn chains(
    chains: &[Chain],
    sides: &[&Side],
    years: &[Vec<Import>],
    console: &Console,
) -> String {
    let mut shown = chains.to_vec();
    for link in shown
        .iter_mut()
        .flat_map(|chain| chain.years.iter_mut().flatten())
    {
        harmless(&mut link.goal);
        link.besides.iter_mut().for_each(harmless);
    }
    let documents = by_year(years);
    let text = chain_table(&shown, sides, &documents, (console.language, width()));
    visible(&text)
}

/// The terminal's columns; `COLUMNS` outranks them.
fn width() -> usize {
    let given = std::env::var("COLUMNS").ok();
    let given = given.and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    given.or_else(seen).unwrap_or(USUAL_WIDTH)
}

fn paint(console: &Console) -> Paint {
    if console.colours_output(std::io::stdout().is_terminal()) {
        Paint::Coloured
    } else {
        Paint::Plain
    }
}

fn harmless(goal: &mut GoalRef) {
    goal.item = goal.item.as_deref().map(visible);
    goal.number = goal.number.as_deref().map(visible);
    goal.sections
        .iter_mut()
        .for_each(|name| *name = visible(name));
}

fn harmless_field(field: &mut FieldDiff) {
    field.field = visible(&field.field);
    for run in &mut field.runs {
        run.text = visible(&run.text);
    }
}
