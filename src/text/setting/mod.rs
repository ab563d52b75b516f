//! How Japanese text is set in lines (JIS X 4051, 公用文作成の考え方): the one room that readers, joins over pages,
//! notices, cards, text exports and printed forms ask which marks begin items, what is never parted, where a sentence
//! ends, and whether what comes next would have stood on a line.

pub mod characters;
mod fits;
pub mod marks;
pub mod numbers;
mod units;

pub use fits::{CLEARLY_FITS, Fit, fits};
pub use units::{first_unit, may_part, unit_ems};
