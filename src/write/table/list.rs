//! Lines to work through -> a printed list: headings on each page, filters, a link on each line's place.

use super::{Cell, Content, Look, Overlong, Position, Row, Rules, Table, head};
use crate::form::{Orientation, Paper};
use crate::message::Language;

/// A column's headings, Japanese and English, and its width in half-width characters.
pub(super) type Heading = (&'static str, &'static str, f64);

/// A line of a list.
pub(super) struct Line {
    /// Its cells, one for each column.
    pub cells: Vec<String>,
    /// The cell that leads somewhere, and where: see [`Cell::link`].
    pub link: Option<(usize, String)>,
}

/// The list under its title. So many columns at the left stay in view.
pub(super) fn table(
    title: String,
    columns: &[Heading],
    frozen_columns: usize,
    lines: impl Iterator<Item = Line>,
    language: Language,
) -> Table {
    let headings = columns.iter().enumerate().map(|(at, heading)| {
        let look = Look::heading();
        let words = match language {
            Language::Japanese => heading.0,
            Language::English => heading.1,
        };
        Cell::new(at, Content::words(words), look)
    });
    let mut rows = vec![
        head::title_row(&title, columns.len()),
        Row::new(headings.collect()),
    ];
    rows.extend(lines.map(row));
    Table {
        name: title,
        paper: Paper::A4,
        orientation: Orientation::Landscape,
        widths: columns.iter().map(|(.., width)| *width).collect(),
        rows,
        repeated: 1..2,
        frozen_columns,
        filtered: true,
        entry: None,
    }
}

fn row(listed: Line) -> Row {
    let mut link = listed.link;
    let cells = listed.cells.into_iter().enumerate().map(|(column, words)| {
        let look = Look {
            position: Position::Middle,
            rules: Rules::Thin,
            ..Look::default()
        };
        let mut made = Cell::new(column, Content::words(words), look);
        made.link = link.take_if(|(of, _)| *of == column).map(|(_, link)| link);
        made
    });
    Row {
        overlong: Overlong::Plain,
        ..Row::new(cells.collect())
    }
}
