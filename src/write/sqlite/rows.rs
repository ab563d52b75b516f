//! Flat rows -> a database of one table.

use rusqlite::{Connection, MAIN_DB, params_from_iter};

use super::Problem;
use super::tables::{declared, sql};
use crate::write::flat::{Column, Value};

/// The bytes of a database with one table of these columns and rows.
///
/// # Errors
/// What the library says.
pub fn table(name: &str, columns: &[Column], rows: &[Vec<Value>]) -> Result<Vec<u8>, Problem> {
    let mut connection = Connection::open_in_memory()?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(&format!("CREATE TABLE {name} ({});", declared(columns)))?;
    {
        let marks = vec!["?"; columns.len()].join(", ");
        let mut insert = transaction.prepare(&format!("INSERT INTO {name} VALUES ({marks})"))?;
        for row in rows {
            insert.execute(params_from_iter(row.iter().map(sql)))?;
        }
    }
    transaction.commit()?;
    Ok(connection.serialize(MAIN_DB)?.to_vec())
}
