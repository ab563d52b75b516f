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
    let outputs = [
        "without.ndjson",
        "without.csv",
        "without.parquet",
        #[cfg(feature = "sqlite")]
        "without.sqlite",
    ];
    for output in outputs {
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

/// Another reader finds in the Parquet file what stands in the CSV, with its types.
#[test]
fn parquet_is_read_by_another_reader() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    let folder = tempfile::tempdir().unwrap();
    let inputs = [R4, PLAN, SMALL];
    assert_eq!(run(folder.path(), &inputs, &["-o", "a.parquet"]).0, 0);
    assert_eq!(run(folder.path(), &inputs, &["-o", "a.csv"]).0, 0);
    let text = fs::read_to_string(folder.path().join("a.csv")).unwrap();
    let mut csv = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let names: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();

    let file = fs::File::open(folder.path().join("a.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let metadata = reader.metadata().file_metadata();
    assert_eq!(metadata.num_rows(), rows.len() as i64);
    let mut kinds = std::collections::BTreeSet::new();
    for (row, want) in reader.get_row_iter(None).unwrap().zip(&rows) {
        let row = row.unwrap();
        let columns: Vec<(&String, &Field)> = row.get_column_iter().collect();
        assert_eq!(columns.len(), names.len());
        for ((name, field), (known, want)) in columns.into_iter().zip(names.iter().zip(want)) {
            assert_eq!(name, known);
            let (kind, got) = match field {
                Field::Null => ("null", String::new()),
                Field::Str(text) => ("text", text.clone()),
                Field::Long(number) => ("integer", number.to_string()),
                Field::Double(number) => ("number", number.to_string()),
                Field::Bool(flag) => ("flag", flag.to_string()),
                Field::Date(days) => ("day", day_after_1970(*days)),
                other => panic!("{name}: {other:?}"),
            };
            kinds.insert(kind);
            assert_eq!(got, want.strip_prefix('\'').unwrap_or(want), "{name}");
        }
    }
    assert_eq!(kinds.len(), 6, "every type is met: {kinds:?}");
}

/// A day as so many after 1970-01-01, by counting.
fn day_after_1970(days: i32) -> String {
    let (mut year, mut month, mut left) = (1970, 1, days);
    loop {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 => 28 + i32::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if left < length {
            return format!("{year}-{month:02}-{:02}", left + 1);
        }
        left -= length;
        (year, month) = if month == 12 {
            (year + 1, 1)
        } else {
            (year, month + 1)
        };
    }
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

    /// What `--without-persons` writes has no name left of what stood there before: not in the rows, not in the
    /// index of words, not in pages that are free.
    #[test]
    fn names_are_gone_from_a_database_that_had_them() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = || fs::read(folder.path().join("a.sqlite")).unwrap();
        let holds = |words: &str| {
            let words = words.as_bytes();
            bytes().windows(words.len()).any(|part| part == words)
        };
        let sheet = |file: &str| {
            let table = "目標管理シート,,\n部課名,健康福祉部,\n氏名,茨木のり絵,\n番号,実施項目,どの水準まで,どのような方法で\n\
                         1,名簿,茨木のり絵が名簿を直す。,・茨木 のり絵が読み合わせる。\n";
            fs::write(folder.path().join(file), table.replace("名簿", file)).unwrap();
        };
        sheet("甲.csv");
        sheet("乙.csv");
        let export = |inputs: &[&str], options: &[&str]| {
            let output = Command::new(env!("CARGO_BIN_EXE_seirihyo"))
                .current_dir(folder.path())
                .args(
                    [
                        &["export"],
                        inputs,
                        &["-o", "a.sqlite", "--lang", "en"],
                        options,
                    ]
                    .concat(),
                )
                .output()
                .unwrap();
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            (output.status.code().unwrap(), error)
        };
        assert_eq!(
            export(&["甲.csv", "乙.csv"], &[]),
            (0, "→ a.sqlite\n".to_owned())
        );
        assert!(holds("茨木のり絵") && holds("茨木の"));
        // One of two sources only: the other's names would stay.
        let before = bytes();
        let (status, error) = export(&["甲.csv"], &["--without-persons"]);
        assert_eq!(status, 2);
        assert!(error.contains("names of people"), "{error}");
        assert_eq!(bytes(), before);
        assert_eq!(export(&["甲.csv", "乙.csv"], &["--without-persons"]).0, 0);
        for words in ["茨木のり絵", "茨木の", "のり絵"] {
            assert!(!holds(words), "{words}");
        }
        let connection = Connection::open(folder.path().join("a.sqlite")).unwrap();
        assert_eq!(count(&connection, "SELECT count(*) FROM goals"), 2);
        let found = "SELECT count(*) FROM search WHERE text MATCH '読み合わせ'";
        assert_eq!(count(&connection, found), 2);
    }

    /// The queries of `schemas/export.md` run and find what they say.
    #[test]
    fn the_queries_that_are_shown_are_answered() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = [R4, "kokubunji/r8_xlsx/input.xlsx", PLAN];
        assert_eq!(run(folder.path(), &inputs, &["-o", "a.sqlite"]).0, 0);
        let connection = Connection::open(folder.path().join("a.sqlite")).unwrap();
        let page =
            fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/export.md")).unwrap();
        let block = page.split("```sql\n").nth(1).unwrap();
        let block = block.split("```").next().unwrap();
        let queries: Vec<&str> = block
            .split(';')
            .map(str::trim)
            .filter(|query| !query.is_empty())
            .collect();
        assert!(queries.len() >= 5, "{queries:?}");
        for query in queries {
            let mut statement = connection
                .prepare(query)
                .unwrap_or_else(|error| panic!("{query}: {error}"));
            let mut rows = statement.query([]).unwrap();
            let mut found = 0;
            while rows.next().unwrap().is_some() {
                found += 1;
            }
            assert!(found > 0, "{query}");
            let by_old = by_the_systems_own(folder.path(), query);
            assert!(by_old.is_none_or(|by_old| by_old == found), "{query}");
        }
    }

    /// How many rows the system's own `SQLite` finds, which may be years older than the one in the program.
    fn by_the_systems_own(folder: &Path, query: &str) -> Option<usize> {
        let ran = std::process::Command::new("sqlite3")
            // A query that begins with its comment is no option.
            .args(["-json", "a.sqlite", &format!(" {query}")])
            .current_dir(folder)
            .output();
        let Ok(ran) = ran else {
            eprintln!("skipped: no sqlite3 on this system");
            return None;
        };
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
        let rows = serde_json::from_slice::<Vec<serde_json::Value>>(&ran.stdout);
        Some(rows.map(|rows| rows.len()).unwrap_or_default())
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
