//! Values -> what is written: JSON, the batch report, the page of `inspect`.

pub mod inspect;
pub mod json;
pub mod report;
pub mod sheets;
pub mod table;
pub mod xlsx;
