//! Values -> what is written: JSON, the batch report, the page of `inspect`.

pub mod comparison;
pub mod csv;
mod escape;
pub mod flat;
pub mod inspect;
pub mod json;
pub mod ndjson;
pub mod parquet;
pub mod report;
pub mod sheets;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod table;
pub mod xlsx;
