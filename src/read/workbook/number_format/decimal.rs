//! A stored number -> its decimal digits, rounded half away from zero as spreadsheets round.

/// The digits of a number's absolute value, at most 15 significant ones: what a spreadsheet keeps of it.
#[derive(Debug, Clone)]
pub(super) struct Decimal {
    /// Significant digits, the first not zero; empty for zero.
    digits: Vec<u8>,
    /// The power of ten of the first digit.
    pub exponent: i32,
}

/// Significant digits that a spreadsheet computes with (ECMA-376-1 §18.17.2.1 allows IEEE 754; what is
/// shown is rounded to 15 digits first, so that 1.005 is 1.005).
const SIGNIFICANT: usize = 15;

impl Decimal {
    /// From a finite number.
    pub(super) fn new(value: f64) -> Self {
        let written = format!("{:.*e}", SIGNIFICANT - 1, value.abs());
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let mut digits: Vec<u8> = mantissa
            .bytes()
            .filter(u8::is_ascii_digit)
            .map(|b| b - b'0')
            .collect();
        while digits.last() == Some(&0) {
            digits.pop();
        }
        Self {
            digits,
            exponent: exponent.parse().unwrap_or(0),
        }
    }

    /// The number times a power of ten.
    pub(super) fn scaled(mut self, power: i32) -> Self {
        self.exponent += power;
        self
    }

    /// Whether it is zero.
    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Integer digits (none for zero) and exactly `places` fraction digits, rounded.
    pub(super) fn rounded(&self, places: usize) -> (String, String) {
        let keep = self.exponent + 1 + places as i32;
        let mut digits = self.digits.clone();
        let mut exponent = self.exponent;
        if keep < 0 {
            digits.clear();
        } else if (keep as usize) < digits.len() {
            let up = digits.get(keep as usize).is_some_and(|&digit| digit >= 5);
            digits.truncate(keep as usize);
            if up && increment(&mut digits) {
                digits.insert(0, 1);
                exponent += 1;
            }
        }
        let digit = |power: i32| -> char {
            let at = exponent - power;
            let digit = usize::try_from(at)
                .ok()
                .and_then(|at| digits.get(at))
                .copied()
                .unwrap_or(0);
            char::from(b'0' + digit)
        };
        let integer: String = if digits.is_empty() || exponent < 0 {
            String::new()
        } else {
            (0..=exponent).rev().map(digit).collect()
        };
        (
            integer,
            (1..=places as i32).map(|place| digit(-place)).collect(),
        )
    }
}

/// Adds one to the last digit; true if it carries out of the first.
fn increment(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return false;
        }
        *digit = 0;
    }
    true
}
