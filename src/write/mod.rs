//! Values -> what is written: JSON, the batch report, the page of `inspect`.

pub mod json;
pub mod report;
pub mod sheets;
