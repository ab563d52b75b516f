//! Documents -> an `SQLite` database: tables with keys, and an index of their words that finds Japanese.

mod links;
mod rows;
mod tables;

pub use rows::table;

use rusqlite::{Connection, MAIN_DB, Transaction, params};

use crate::document::{Document, Import};
use crate::write::flat;

/// What tells a database of this program: `seir` in the header (`PRAGMA application_id`).
const APPLICATION: i32 = 0x7365_6972;

/// The version of the tables (`PRAGMA user_version`): rows of another version would not fit them.
const VERSION: i32 = 1;

/// Why there is no database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// What stands there is no database of this program and of this version of its tables.
    NotOurs,
    /// Names of people stand in what it holds of other sources, and none are to be in it.
    Persons,
    /// The library's own words.
    Database(String),
}

/// Whether names of people may be in a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persons {
    /// They may.
    Named,
    /// They were left out of the imports and may not stand in what is there either.
    LeftOut,
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.to_string())
    }
}

/// The bytes of a database with these imports: a new one, or an existing one in which what came from the
/// same sources (by SHA-256) is replaced. All of it is one transaction.
///
/// # Errors
/// An existing file that is no database of this program, or that holds names of people when none are to be in it.
pub fn database(
    existing: Option<&[u8]>,
    imports: &[Import],
    persons: Persons,
) -> Result<Vec<u8>, Problem> {
    let mut connection = Connection::open_in_memory()?;
    if let Some(bytes) = existing {
        if !bytes.starts_with(b"SQLite format 3\0") {
            return Err(Problem::NotOurs);
        }
        connection.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), false)?;
        let application: i32 =
            connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if (application, version) != (APPLICATION, VERSION) {
            return Err(Problem::NotOurs);
        }
    }
    connection.execute_batch("PRAGMA foreign_keys = ON;")?;
    let transaction = connection.transaction()?;
    if existing.is_none() {
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
        transaction.execute_batch(&tables::schema())?;
    }
    let duplicates = flat::duplicates(imports);
    for (import, duplicate_of) in imports.iter().zip(&duplicates) {
        remove(&transaction, &import.source.sha256)?;
        add(&transaction, import, duplicate_of.as_deref())?;
    }
    if persons == Persons::LeftOut && names_people(&transaction)? {
        return Err(Problem::Persons);
    }
    links::renew(&transaction)?;
    if existing.is_some() {
        // Without it the index keeps the words of rows that are gone, and with VACUUM the pages lose them.
        transaction.execute_batch("INSERT INTO search (search) VALUES ('rebuild');")?;
    }
    transaction.commit()?;
    if existing.is_some() {
        connection.execute_batch("VACUUM;")?;
    }
    let bytes = connection.serialize(MAIN_DB)?;
    Ok(bytes.to_vec())
}

fn names_people(transaction: &Transaction<'_>) -> rusqlite::Result<bool> {
    let found = "SELECT EXISTS (SELECT 1 FROM documents WHERE person IS NOT NULL)";
    transaction.query_row(found, [], |row| row.get(0))
}

/// Takes a source out with everything that hangs on it.
fn remove(transaction: &Transaction<'_>, sha256: &str) -> rusqlite::Result<()> {
    transaction.execute(
        "DELETE FROM search WHERE document IN (SELECT id FROM documents WHERE source = ?1)",
        [sha256],
    )?;
    transaction.execute("DELETE FROM sources WHERE sha256 = ?1", [sha256])?;
    Ok(())
}

fn add(
    transaction: &Transaction<'_>,
    import: &Import,
    duplicate_of: Option<&str>,
) -> rusqlite::Result<()> {
    let source = &import.source;
    transaction.execute(
        "INSERT INTO sources VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            source.sha256,
            source.file,
            source.format,
            source.bytes as i64,
            source.pages,
            source.producer,
            import.program,
            duplicate_of
        ],
    )?;
    for (at, document) in import.documents.iter().enumerate() {
        match document {
            Document::GoalSheet(sheet) => tables::add_sheet(transaction, import, at, sheet)?,
            Document::Policy(policy) => tables::add_policy(transaction, import, at, policy)?,
        }
    }
    for note in &import.notes {
        transaction.execute(
            "INSERT INTO notes (source, code, severity, message, place, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                source.sha256,
                note.code,
                format!("{:?}", note.severity).to_lowercase(),
                note.message.to_string(),
                note.place.as_ref().map(ToString::to_string),
                note.text
            ],
        )?;
    }
    Ok(())
}
