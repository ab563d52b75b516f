//! The evidence for a table -> a line that says what it was told by.

use super::Inspected;
use crate::sheet::{Evidence, Grid, Proposer};

/// What the rows and columns of a table were told by, and how much of it is drawn and headed. `None` where the file says
/// so itself.
pub(super) fn line(inspected: &Inspected, grid: &Grid) -> Option<String> {
    let Evidence {
        by,
        sides,
        sides_drawn,
        columns_headed,
        rows_begun,
    } = grid.evidence?;
    let (ja, en) = name(by);
    let (rows, columns) = (grid.rows, grid.columns);
    let by = inspected.pick(ja, en);
    Some(match inspected.language {
        crate::message::Language::Japanese => format!(
            "根拠: {by}　線のある辺 {sides_drawn}/{sides}　見出しのある列 {columns_headed}/{columns}　始まりのある行 {rows_begun}/{rows}"
        ),
        crate::message::Language::English => format!(
            "evidence: {by}; sides drawn {sides_drawn}/{sides}, columns headed {columns_headed}/{columns}, rows begun {rows_begun}/{rows}"
        ),
    })
}

/// The name of a proposer, in Japanese and English.
fn name(by: Proposer) -> (&'static str, &'static str) {
    match by {
        Proposer::Ruled => ("罫線", "rules"),
        Proposer::Boxed => ("離れた枠", "boxes apart"),
        Proposer::Painted => ("塗り", "painted cells"),
        Proposer::Banded => ("罫線と塗りの見出し", "rules and a painted heading"),
        Proposer::Aligned => ("一部の罫線と文字の並び", "some rules and aligned text"),
        Proposer::Grouped => ("組の罫線と文字の行", "rules of groups and lines of text"),
        Proposer::Headed => ("見出しと文字の並び", "a heading and aligned text"),
        Proposer::Labelled => ("塗りの見出し", "painted headings and labels"),
        Proposer::Lined => ("横の罫線と文字の並び", "rules across and aligned text"),
        Proposer::Unruled => ("文字の並び", "aligned text alone"),
        Proposer::Striped => ("一行おきの塗りと文字の並び", "stripes and aligned text"),
    }
}
