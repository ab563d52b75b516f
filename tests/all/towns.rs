//! Folders of many towns in one run: which town and year each is, and passwords that differ from file to file.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::program::*;

fn document(folder: &Path, output: &str) -> Value {
    let json = fs::read(folder.join("out").join(output)).unwrap();
    serde_json::from_slice::<Value>(&json).unwrap()["documents"][0].clone()
}

/// A sheet that says neither its town nor its year.
const SILENT: &str = "組織目標展開整理表（部の組織目標）\n作成日,,職名,市民部長\n\
    番号,実施項目,どの水準まで,どのような方法で,いつまで,共通/課名\n\
    1,窓口の短縮,10分以内,案内係,年度末,市民課\n";

#[test]
fn each_folder_says_its_town_and_year() {
    let folder = folder(&[]);
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for name in ["緑野市/a.csv", "緑野市/前/b.csv", "緑野市役所/c.csv"] {
        put(&format!("in/{name}"), SILENT);
    }
    let towns = "[[folder]]\npath = \"緑野市\"\ncode = \"132144\"\nname = \"緑野市\"\nfiscal_year = 2026\n\n\
                 [[folder]]\npath = \"緑野市/前\"\nfiscal_year = \"R7\"\n\n\
                 [[folder]]\npath = \"青音町\"\nname = \"青音町\"\n";
    put("towns.toml", towns);
    let arguments = [
        "import",
        "in",
        "-o",
        "out",
        "--municipalities",
        "towns.toml",
    ];
    run_in(folder.path(), &arguments, None)
        .expect(DONE)
        .says(&["there are no files in “青音町”"]);
    let said = |output: &str| {
        let sheet = document(folder.path(), output);
        (
            sheet["municipality"]["name"].as_str().map(str::to_owned),
            sheet["fiscal_year"]["year"].as_i64(),
        )
    };
    assert_eq!(
        said("緑野市/a.csv.json"),
        (Some("緑野市".to_owned()), Some(2026))
    );
    // The inner folder's year; what it does not say, the outer says.
    assert_eq!(
        said("緑野市/前/b.csv.json"),
        (Some("緑野市".to_owned()), Some(2025))
    );
    // Not a folder whose name begins alike.
    assert_eq!(said("緑野市役所/c.csv.json"), (None, None));
    // Another content of the file is another option.
    run_in(folder.path(), &arguments, None)
        .expect(DONE)
        .says(&["skipped 3"]);
    put("towns.toml", &towns.replace("2026", "2027"));
    run_in(folder.path(), &arguments, None)
        .expect(DONE)
        .says(&["imported 3"]);
    assert_eq!(said("緑野市/a.csv.json").1, Some(2027));
}

#[test]
fn a_file_that_makes_no_sense_stops_the_run_before_it_begins() {
    let folder = folder(&[("in/a.xlsx", SHEET)]);
    let towns = folder.path().join("towns.toml");
    fs::write(&towns, "[[folder]]\npath = \"../in\"\n").unwrap();
    let arguments = [
        "import",
        "in",
        "-o",
        "out",
        "--municipalities",
        "towns.toml",
    ];
    run_in(folder.path(), &arguments, None)
        .expect(FAILED)
        .says(&["towns.toml: line 2", "../in"]);
    assert!(!folder.path().join("out").exists());
}

#[test]
fn several_passwords_open_several_files_and_stand_nowhere() {
    let folder = folder(&[
        ("in/a.xlsx", "kokubunji/small_xlsx_password/input.xlsx"),
        ("in/b.pdf", "kokubunji/small_pdf_password/input.pdf"),
        ("in/c.xls", "kokubunji/small_xls_password/input.xls"),
        ("in/d.xlsx", SHEET),
    ]);
    let word = |case: &str| {
        let about = fs::read_to_string(fixture(case).join("about.toml")).unwrap();
        let line = about
            .lines()
            .find_map(|line| line.strip_prefix("password = \""))
            .unwrap();
        line.trim_end_matches('"').to_owned()
    };
    let words = [
        "small_xlsx_password",
        "small_pdf_password",
        "small_xls_password",
    ]
    .map(|case| word(&format!("kokubunji/{case}")));
    let list = format!("\u{feff}まちがい\r\n\r\n{}\r\n{}", words[1], words[2]);
    fs::write(folder.path().join("words.txt"), list).unwrap();
    let arguments = [
        "import",
        "in",
        "-o",
        "out",
        "-v",
        "--password",
        "ちがう",
        "--password",
        &words[0],
        "--passwords",
        "words.txt",
    ];
    let ran = run_in(folder.path(), &arguments, None).expect(DONE);
    let report = report(&folder.path().join("out"));
    assert_eq!(report["totals"]["imported"], 4, "{report:#}");
    let mut said = ran.err + &ran.out;
    for name in [
        "import-report.json",
        "import-notes.csv",
        "a.xlsx.json",
        "b.pdf.json",
    ] {
        said += &fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    }
    for word in words
        .iter()
        .map(String::as_str)
        .chain(["まちがい", "ちがう"])
    {
        assert!(!said.contains(word), "{word}");
    }
    let none = ["import", "in", "-o", "out2", "--passwords", "gone.txt"];
    run_in(folder.path(), &none, None)
        .expect(FAILED)
        .says(&["gone.txt: there is no such file"]);
}
