//! What is never parted at a line's end: a character with the closing punctuation after it, a Latin word or number, an
//! opening bracket with what follows (JIS X 4051 §4.3).

use super::characters::{is_arrow, is_word, may_not_begin, may_not_end};

/// Whether a line may end between two characters.
pub fn may_part(before: char, after: char) -> bool {
    let keeps = may_not_end(before) || may_not_begin(after) || is_word(before) && is_word(after);
    !(keeps || after.is_whitespace())
}

/// Whether some writers keep two characters together all the same: a Latin word with the punctuation or the arrow before
/// it, a stroke with what it stands between.
fn may_be_kept(before: char, after: char) -> bool {
    let is_stroke = |c: char| matches!(c, '/' | '／');
    is_word(after) && (may_not_begin(before) || is_arrow(before))
        || is_stroke(after)
        || is_stroke(before) && may_not_end(after)
}

/// The first unit of a line that may not be divided, white space before it left out; what each character brings along
/// comes with it.
pub fn first_unit<T>(line: impl IntoIterator<Item = (char, T)>) -> impl Iterator<Item = (char, T)> {
    let mut before: Option<char> = None;
    let inked = line.into_iter().skip_while(|(c, _)| c.is_whitespace());
    inked.take_while(move |(c, _)| {
        let goes_on = before.is_none_or(|before| {
            !c.is_whitespace() && !may_part(before, *c) || may_be_kept(before, *c)
        });
        before = Some(*c);
        goes_on
    })
}

/// The width in ems of the first unit of a line, by the widths that East Asian fonts have.
pub fn unit_ems(line: &str) -> f32 {
    let is_half = |c: char| c.is_ascii() || matches!(c, '\u{ff61}'..='\u{ff9f}');
    let unit = first_unit(line.chars().map(|c| (c, ())));
    unit.map(|(c, ())| if is_half(c) { 0.5 } else { 1.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_may_not_be_divided() {
        for (line, ems) in [
            ("改善", 1.0),
            ("る。次", 2.0),
            ("「施策」", 2.0),
            ("BPRの", 1.5),
            ("2026年", 2.0),
            ("（第3期）", 2.0),
            ("　改善", 1.0),
            ("A B", 0.5),
        ] {
            assert!(
                (unit_ems(line) - ems).abs() < 0.01,
                "{line}: {}",
                unit_ems(line)
            );
        }
    }
}
