//! The headings of a column -> the one that says what it is, what stands above it, and the time that they speak of.

use super::evidence::Slot;
use super::heading::Heading;
use super::period::{Part, Period};
use crate::text::era::pattern;

/// The headings of a column, taken apart; the head is the lowest that says more than a time.
pub(super) struct Leaf {
    pub head: Heading,
    /// Above the head, innermost first.
    pub above: Vec<Heading>,
    /// The head's time, or the parents'.
    pub period: Period,
    /// Whether the column's own heading is nothing but a time, and its head stands above.
    pub borrowed: bool,
}

/// Leaves that say nothing without the heading above them.
const EMPTY_HEADS: [&str; 6] = ["数値", "値", "数", "年度", "年", "数量"];

impl Leaf {
    pub fn of(slot: &Slot) -> Self {
        let mut all: Vec<Heading> = std::iter::once(&slot.heading)
            .chain(slot.parents.iter().rev())
            .map(|raw| Heading::of(raw))
            .collect();
        let graded = all.iter().skip(1).any(|heading| {
            ["評価", "判定", "達成", "進捗"]
                .iter()
                .any(|word| heading.core.ends_with(word))
        });
        let says = |heading: &Heading| {
            let core = heading.core.as_str();
            let is_empty = EMPTY_HEADS.contains(&core) || graded && core == "区分";
            !heading.is_bare() && !is_empty
        };
        let at = if slot.heading.is_empty() {
            0
        } else {
            all.iter().position(says).unwrap_or(0)
        };
        let own = all.first().cloned().unwrap_or_default();
        let mut period = own.period;
        // A stretch of months is a column's own; over several columns it says when they are filled in.
        for heading in all.iter().skip(1) {
            let outer = heading.period;
            let part = if outer.part == Some(Part::Stretch) {
                half_of(&heading.full)
            } else {
                outer.part
            };
            period = period.within(Period { part, ..outer });
        }
        if period.part == Some(Part::Stretch) && at == 0 && says(&own) {
            period.part = half_of(&own.full);
        }
        let above = all.split_off(at + 1);
        let head = all.pop().unwrap_or_default();
        Self {
            head,
            above,
            period,
            borrowed: at > 0,
        }
    }
}

/// The part of the year that a month of a heading is in: 9月末の状況 is one in the middle, 3月末の結果 at the end.
fn half_of(key: &str) -> Option<Part> {
    pattern!(month, r"([0-9]{1,2})月".to_owned());
    let month: u8 = month().captures(key)?.get(1)?.as_str().parse().ok()?;
    match month {
        7..=12 => Some(Part::Middle),
        1..=3 => Some(Part::End),
        _ => None,
    }
}
