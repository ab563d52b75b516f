//! `export` as its users meet it: CSV, NDJSON, Parquet, and `SQLite` where it is built in.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn fixture(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(case)
}

fn run(folder: &Path, inputs: &[&str], options: &[&str]) -> (i32, String) {
    let inputs: Vec<PathBuf> = inputs.iter().map(|case| fixture(case)).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_seirihyo"))
        .current_dir(folder)
        .arg("export")
        .args(&inputs)
        .args(options)
        .args(["--lang", "en"])
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), error)
}

const R4: &str = "kokubunji/r4_xlsx/input.xlsx";
const SMALL: &str = "kokubunji/small_xlsx/input.xlsx";
const SMALL_PDF: &str = "kokubunji/small_calc_pdf/input.pdf";
const PLAN: &str = "machida/plan_xlsx/input.xlsx";

#[test]
fn csv_has_a_row_for_each_goal_and_indicator() {
    let folder = tempfile::tempdir().unwrap();
    let (status, error) = run(
        folder.path(),
        &[R4, PLAN, SMALL, SMALL_PDF],
        &["-o", "a.csv"],
    );
    assert_eq!(status, 0, "{error}");
    let bytes = fs::read(folder.path().join("a.csv")).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbf"), "UTF-8 with its mark");
    let text = String::from_utf8(bytes[3..].to_vec()).unwrap();
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |file: &str, layout: &str| -> Vec<&csv::StringRecord> {
        rows.iter()
            .filter(|row| &row[at("source_file")] == file && &row[at("layout")] == layout)
            .collect()
    };
    let first = of("input.xlsx", "kokubunji-seirihyo")[0];
    assert_eq!(&first[at("fiscal_year")], "2022");
    assert_eq!(&first[at("fiscal_year_start")], "2022-04-01");
    let plan = of("input.xlsx", "machida-jikkokeikaku");
    assert!(
        plan.iter()
            .any(|row| &row[at("target_value")] == "120" && &row[at("target_unit")] == "基")
    );
    assert!(plan.iter().any(|row| &row[at("indicator")] == "2"));
    // The small sheet stands there twice, once from its PDF.
    assert!(rows.iter().any(|row| !row[at("duplicate_of")].is_empty()));
    assert!(!rows.iter().any(|row| {
        row.iter()
            .any(|cell| cell.starts_with(['=', '+', '-', '@', '\t']))
    }));
}

#[test]
fn names_of_people_can_be_left_out() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &[SMALL], &["-o", "with.ndjson"]).0, 0);
    let with = fs::read_to_string(folder.path().join("with.ndjson")).unwrap();
    let first: Value = serde_json::from_str(with.lines().next().unwrap()).unwrap();
    let name = first["document"]["person"]["text"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(first["goal"]["item"]["text"].is_string());
    for output in ["without.ndjson", "without.csv", "without.parquet"] {
        assert_eq!(
            run(
                folder.path(),
                &[SMALL],
                &["--without-persons", "-o", output]
            )
            .0,
            0
        );
        let without = fs::read(folder.path().join(output)).unwrap();
        let without = String::from_utf8_lossy(&without);
        assert!(!without.contains(&name), "{output}: {name}");
    }
}

#[test]
fn the_ending_chooses_and_others_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (status, error) = run(folder.path(), &[SMALL], &["-o", "a.txt"]);
    assert_eq!(status, 2);
    assert!(error.contains(".parquet"), "{error}");
    assert_eq!(run(folder.path(), &[SMALL], &["-o", "a.parquet"]).0, 0);
    let bytes = fs::read(folder.path().join("a.parquet")).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    fs::write(folder.path().join("b.csv"), "mine").unwrap();
    assert_eq!(run(folder.path(), &[SMALL], &["-o", "b.csv"]).0, 2);
    assert_eq!(fs::read(folder.path().join("b.csv")).unwrap(), b"mine");
}

#[cfg(not(feature = "sqlite"))]
#[test]
fn without_sqlite_the_program_says_how_to_get_it() {
    let folder = tempfile::tempdir().unwrap();
    let (status, error) = run(folder.path(), &[SMALL], &["-o", "a.sqlite"]);
    assert_eq!(status, 2);
    assert!(error.contains("without SQLite"), "{error}");
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use super::*;
    use rusqlite::Connection;

    fn count(connection: &Connection, query: &str) -> i64 {
        connection.query_row(query, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_database_is_added_to_and_the_same_source_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        let goals = || {
            count(
                &Connection::open(&path).unwrap(),
                "SELECT count(*) FROM goals",
            )
        };
        assert_eq!(run(folder.path(), &[R4], &["-o", "a.sqlite"]).0, 0);
        let first = goals();
        assert!(first > 0);
        assert_eq!(run(folder.path(), &[R4], &["-o", "a.sqlite"]).0, 0);
        assert_eq!(goals(), first, "the same source again");
        assert_eq!(run(folder.path(), &[PLAN], &["-o", "a.sqlite"]).0, 0);
        assert!(goals() > first, "another source is added");
        let connection = Connection::open(&path).unwrap();
        assert_eq!(count(&connection, "SELECT count(*) FROM sources"), 2);
        assert_eq!(
            count(&connection, "SELECT count(*) FROM pragma_foreign_key_check"),
            0
        );
        let integrity: String = connection
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(integrity, "ok");
    }

    #[test]
    fn words_inside_japanese_text_are_found() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(run(folder.path(), &[PLAN], &["-o", "a.sqlite"]).0, 0);
        let connection = Connection::open(folder.path().join("a.sqlite")).unwrap();
        let query = "SELECT count(*) FROM search JOIN goals ON goals.id = search.goal WHERE search.text MATCH '基本計画'";
        assert!(count(&connection, query) > 0);
    }

    #[test]
    fn another_programs_database_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        let other = Connection::open(&path).unwrap();
        other.execute_batch("CREATE TABLE mine (x)").unwrap();
        drop(other);
        let before = fs::read(&path).unwrap();
        let (status, error) = run(folder.path(), &[R4], &["-o", "a.sqlite"]);
        assert_eq!(status, 2, "{error}");
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}
