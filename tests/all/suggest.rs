//! `layouts suggest`: the layout of an unknown sheet reads it as it was read without one.

use std::fs;
use std::path::{Path, PathBuf};

use seirihyo::document::Import;
use seirihyo::document::reading::SheetReading;
use seirihyo::layout::{self, definition, suggest};
use seirihyo::{pipeline, read};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{DONE, FAILED, run_in};
use crate::support::{first_difference, settings, shared};

/// A file's import and how its columns were understood.
fn understood(name: &str, bytes: &[u8]) -> (Import, Vec<SheetReading>) {
    let settings = settings(None);
    let reading = read::read(bytes, &settings.read).unwrap();
    let source = pipeline::source(name, bytes, &reading);
    layout::understand(reading, source, &settings.layouts, &settings.import).unwrap()
}

/// The import of a file with a layout file.
fn import_with(name: &str, bytes: &[u8], layout: &str) -> Import {
    let mut settings = settings(None);
    settings
        .layouts
        .own
        .push(definition::parse(layout).unwrap());
    pipeline::import(name, bytes, &settings).unwrap()
}

/// Documents and account without the layout's name.
fn meaning(import: &Import) -> Value {
    let mut value = serde_json::to_value(import).unwrap();
    for document in value["documents"].as_array_mut().unwrap() {
        document["layout"] = Value::Null;
    }
    value["notes"] = Value::Null;
    value
}

/// Where a file is read otherwise with a layout file than without.
fn difference(name: &str, bytes: &[u8], layout: &str) -> Option<String> {
    let (before, after) = (understood(name, bytes).0, import_with(name, bytes, layout));
    let named = |import: &Import| {
        let documents = import.documents.iter();
        let layouts =
            documents.map(|document| serde_json::to_value(document).unwrap()["layout"].take());
        layouts.collect::<Vec<_>>()
    };
    if named(&after).iter().any(|name| name != "my-town") {
        return Some(format!("{name}: {:?}", named(&after)));
    }
    let difference = first_difference(&meaning(&before), &meaning(&after))?;
    Some(format!("{name}: {difference}"))
}

fn assert_reads_the_same(name: &str, bytes: &[u8], layout: &str) {
    let difference = difference(name, bytes, layout);
    assert!(difference.is_none(), "{difference:?}\n{layout}");
}

fn forms(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            matches!(ending, Some("xlsx" | "pdf"))
        })
        .collect();
    paths.sort();
    paths
}

/// Tables of one to three storeys, cards, and goals side by side, as workbooks and PDF.
#[test]
fn a_suggested_layout_reads_a_sheet_as_it_was_read_without() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/other_towns");
    let mut paths = forms(&own);
    paths.extend(
        shared()
            .map(|shared| forms(&shared.join("acceptance/forms")))
            .unwrap_or_default(),
    );
    let of = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        let bytes = fs::read(&path).unwrap();
        let layout = suggest::layout_file(&understood(&name, &bytes).1, "my-town").unwrap();
        difference(&name, &bytes, &layout)
    };
    let different: Vec<String> = paths.into_iter().filter_map(of).collect();
    assert!(different.is_empty(), "{different:#?}");
}

const OLD: &str = "令和６年度　緑野町の重点目標,,,,\n番号,重点目標,達成のめあて,取組内容,期限\n\
1,花壇の手入れ,花が咲いている。,・水をやる。,年度末\n2,朝市の再開,月に１回開かれている。,・農家を訪ねる。,9月\n";
const NEW: &str = "令和７年度　緑野町の重点目標,,,,,\n番号,重点目標,達成水準,取組内容,期限,担当課\n\
1,花壇の手入れ,花が咲いている。,・水をやる。,年度末,緑課\n2,朝市の再開,月に２回開かれている。,・農家を訪ねる。,9月,農政課\n";

#[test]
fn several_years_give_one_layout_that_check_takes() {
    let folder = TempDir::new().unwrap();
    for (name, text) in [("r6.csv", OLD), ("r7.csv", NEW)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let ran = run_in(
        folder.path(),
        &["layouts", "suggest", "r6.csv", "r7.csv"],
        None,
    )
    .expect(DONE);
    for (name, text) in [("r6.csv", OLD), ("r7.csv", NEW)] {
        assert_reads_the_same(name, text.as_bytes(), &ran.out);
    }
    assert_eq!(
        ran.out.matches("field = \"item\"").count(),
        1,
        "{}",
        ran.out
    );
    fs::write(folder.path().join("town.toml"), &ran.out).unwrap();
    run_in(folder.path(), &["layouts", "check", "town.toml"], None).expect(DONE);
}

#[test]
fn of_a_column_in_doubt_the_other_reading_stands_beside_it() {
    let table = "令和７年度　緑野町の目標,,,\n重点目標,状態,取組内容,経過の記し\n\
花壇の手入れ,花が咲いている,・水をやる。,植えた\n朝市の再開,開かれている,・農家を訪ねる。,訪ねた\n";
    let (_, readings) = understood("表.csv", table.as_bytes());
    let layout = suggest::layout_file(&readings, "my-town").unwrap();
    let doubtful = readings[0]
        .columns
        .iter()
        .filter(|column| column.doubtful)
        .count();
    assert_eq!(
        layout.matches("決められません").count(),
        doubtful,
        "{layout}"
    );
    assert_reads_the_same("表.csv", table.as_bytes(), &layout);
}

#[test]
fn known_sheets_and_other_tables_have_nothing_to_suggest() {
    let folder = TempDir::new().unwrap();
    let roster = "氏名,住所,電話\n北見,緑野,1\n南,緑野,2\n";
    fs::write(folder.path().join("名簿.csv"), roster).unwrap();
    run_in(folder.path(), &["layouts", "suggest", "名簿.csv"], None).expect(FAILED);
}
