//! The room left on a line, and what came after it -> whether the writer ran out of room or began a new line.

/// What comes next would have fitted if this many ems had been left beside it: less is within the error of an estimated
/// padding (programs pad cells by a third of an em or less more than they show).
pub const CLEARLY_FITS: f32 = 0.35;
/// It would not have fitted if this many ems were lacking: more than the rounding of widths.
const CLEARLY_NOT: f32 = 0.1;

/// What the room left on a line says of its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// What comes next would not have fitted: the text may go on.
    Wrap,
    /// It would have fitted, or a sentence ended where it would nearly have: the author began a new line.
    Break,
    /// The room is not known, or within the error of what is.
    Unknown,
}

/// Whether the next unit (ems, see [`super::first_unit`]) would have stood on a line with this room (ems) after it;
/// `ends_sentence` is whether a sentence ended there.
pub fn fits(room: Option<f32>, unit: f32, ends_sentence: bool) -> Fit {
    let Some(room) = room else {
        return Fit::Unknown;
    };
    let slack = room - unit;
    if slack > CLEARLY_FITS || (slack > -CLEARLY_NOT && ends_sentence) {
        Fit::Break
    } else if slack < -CLEARLY_NOT {
        Fit::Wrap
    } else {
        Fit::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_have_stood_on_the_line_begins_a_new_one() {
        assert_eq!(fits(Some(2.0), 1.0, false), Fit::Break);
        assert_eq!(fits(Some(0.5), 1.0, true), Fit::Wrap);
        assert_eq!(fits(Some(1.1), 1.0, false), Fit::Unknown);
        assert_eq!(fits(Some(1.1), 1.0, true), Fit::Break);
        assert_eq!(fits(None, 1.0, true), Fit::Unknown);
    }
}
