//! Hub 2: what the sheets mean – documents, their values, and where each value came from.

pub mod goal;
pub mod links;
pub mod policy;
pub mod reading;
pub mod value;
pub mod whereabouts;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::ledger::Coverage;
use crate::message::Language;
use crate::note::Note;
pub use goal::{Field, Goal, GoalSheet};
pub use links::{Link, LinkKind, Linked, links};
pub use policy::Policy;

/// The schema name that import JSON carries.
pub const IMPORT_SCHEMA: &str = "seirihyo/import/1";

/// The documents of each year, in order, from the imports of each.
pub fn by_year(years: &[Vec<Import>]) -> Vec<Vec<&Document>> {
    let years = years.iter();
    years
        .map(|imports| {
            let imports = imports.iter();
            imports.flat_map(|import| &import.documents).collect()
        })
        .collect()
}

/// One source file, imported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// `seirihyo/import/1`.
    pub schema: String,
    /// The program and its version.
    pub program: String,
    /// The file.
    pub source: Source,
    /// In reading order.
    pub documents: Vec<Document>,
    /// What a person should look at.
    pub notes: Vec<Note>,
    /// What became of each character of the source.
    pub coverage: Coverage,
}

impl Import {
    /// Chooses the language of the notes' messages.
    pub fn in_language(&mut self, language: Language) {
        for note in &mut self.notes {
            note.in_language(language);
        }
    }
}

/// A source file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name, never a path.
    pub file: String,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// pdf, xlsx, xlsm, xls, xlsb, ods, csv or text.
    pub format: String,
    /// Pages or worksheets.
    pub pages: u32,
    /// What the file says made it.
    pub producer: Option<String>,
}

/// A document found in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Document {
    /// 組織目標展開整理表 and its kin.
    GoalSheet(Box<GoalSheet>),
    /// 運営方針, 基本方針 and other numbered notices.
    Policy(Box<Policy>),
}
