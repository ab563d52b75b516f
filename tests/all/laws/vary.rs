//! A seed -> the same seed with a few bytes changed, pieces cut out, doubled or moved; the same on every run.

use crate::support::dice::Dice;

/// Bytes that mean something to some reader: ends, signs, the largest numbers, line breaks.
const TELLING: &[u8] = b"\0\x01\x7f\x80\xff\t\n\x0c \"'()-./09<=>A[]a{}";

/// The copy of a round.
pub fn varied(bytes: &[u8], round: u64) -> Vec<u8> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (round + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
    let mut varied = bytes.to_vec();
    for _ in 0..=dice.below(6) {
        if varied.is_empty() {
            break;
        }
        let at = dice.below(varied.len());
        let until = (at + 1 + dice.below(48)).min(varied.len());
        match dice.below(7) {
            0 => varied[at] = dice.below(256) as u8,
            1 => varied[at] ^= 1 << dice.below(8),
            2 | 3 => varied[at] = TELLING[dice.below(TELLING.len())],
            4 => drop(varied.drain(at..until)),
            5 => {
                let piece = varied[at..until].to_vec();
                let to = dice.below(varied.len());
                varied.splice(to..to, piece);
            }
            _ => varied[at..until].rotate_left(1),
        }
    }
    varied
}
