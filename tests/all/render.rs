//! `render` as its users meet it: what the workbook holds, what is said to wrong options, what is kept.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::program::{DONE, run_in};
use tempfile::TempDir;

fn fixture(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(case)
}

/// Status and standard error of a run on an English system.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_seirihyo"))
        .current_dir(folder)
        .args(arguments)
        .env("LANG", "en_US.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), error)
}

fn rendered(case: &str, options: &[&str]) -> (TempDir, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let input = fixture(case);
    let mut arguments = vec!["render", input.to_str().unwrap(), "-o", "out.xlsx"];
    arguments.extend(options);
    let (status, error) = run(folder.path(), &arguments);
    assert_eq!(status, 0, "{error}");
    let bytes = fs::read(folder.path().join("out.xlsx")).unwrap();
    (folder, bytes)
}

/// The parts of a workbook: name and text.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn part<'a>(parts: &'a [(String, String)], name: &str) -> &'a str {
    &parts.iter().find(|(known, _)| known == name).unwrap().1
}

#[test]
fn the_workbook_prints_one_page_wide_with_headings_and_page_numbers() {
    let (_folder, bytes) = rendered("kokubunji/r8_xlsx/input.xlsx", &[]);
    let parts = parts(&bytes);
    let sheet = part(&parts, "xl/worksheets/sheet1.xml");
    for words in [
        "<pageSetUpPr fitToPage=\"1\"/>",
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "horizontalCentered=\"1\"",
        "&amp;P / &amp;N",
        "state=\"frozen\"",
        "type=\"list\"",
        "errorStyle=\"warning\"",
        "高度に達成した,ほぼ達成した,ほとんど未達成だった",
    ] {
        assert!(sheet.contains(words), "{words} is not in: {sheet:.3000}");
    }
    let workbook = part(&parts, "xl/workbook.xml");
    assert!(workbook.contains("_xlnm.Print_Titles"), "{workbook}");
    let styles = part(&parts, "xl/styles.xml");
    assert!(
        styles.contains("<name val=\"ＭＳ 明朝\"/>") && styles.contains("<charset val=\"128\"/>"),
        "{styles}"
    );
    assert!(styles.contains("[$-411]ggge"), "{styles}");
    for (name, text) in &parts {
        for foreign in ["vbaProject", "externalLink", "customXml"] {
            assert!(
                !name.contains(foreign) && !text.contains(foreign),
                "{name}: {foreign}"
            );
        }
    }
}

#[test]
fn the_paper_and_the_font_are_chosen() {
    let options = ["--paper", "A3", "--font", "MS Gothic", "--font-size", "9.5"];
    let (_folder, bytes) = rendered("kokubunji/small_xlsx/input.xlsx", &options);
    let parts = parts(&bytes);
    assert!(part(&parts, "xl/worksheets/sheet1.xml").contains("paperSize=\"8\""));
    let styles = part(&parts, "xl/styles.xml");
    assert!(
        styles.contains("ＭＳ ゴシック") && styles.contains("<sz val=\"9.5\"/>"),
        "{styles}"
    );
}

#[test]
fn columns_of_marks_are_narrow_and_others_as_wide_as_their_words() {
    let (_folder, bytes) = rendered("generic/months_xlsx/input.xlsx", &[]);
    let parts = parts(&bytes);
    let columns = part(&parts, "xl/worksheets/sheet1.xml")
        .split("<col ")
        .skip(1);
    let mut widths: Vec<f64> = Vec::new();
    for column in columns {
        let value = |name: &str| {
            let from = column.split(&format!("{name}=\"")).nth(1).unwrap();
            from.split('"').next().unwrap().parse::<f64>().unwrap()
        };
        widths.resize(value("max") as usize, value("width"));
    }
    // Four fields, twelve months, two sums of money, 備考.
    assert_eq!(widths.len(), 19);
    assert!(widths[4..16].iter().all(|width| *width < 9.0), "{widths:?}");
    assert!(
        widths[16..18]
            .iter()
            .all(|width| (9.0..12.0).contains(width)),
        "{widths:?}"
    );
}

#[test]
fn no_row_is_taller_than_a_spreadsheet_allows() {
    for case in [
        "kokubunji/r4_xlsx/input.xlsx",
        "machida/plan_xlsx/input.xlsx",
    ] {
        let (_folder, bytes) = rendered(case, &["--font-size", "24"]);
        for (name, text) in parts(&bytes) {
            for height in text
                .split(" ht=\"")
                .skip(1)
                .filter(|_| name.contains("worksheets/"))
            {
                let height: f64 = height.split('"').next().unwrap().parse().unwrap();
                assert!(height <= 409.5, "{case}: {height}");
            }
        }
    }
}

#[test]
fn each_document_has_a_worksheet_of_its_section() {
    let (_folder, bytes) = rendered("machida/plan_xlsx/input.xlsx", &[]);
    let parts = parts(&bytes);
    let workbook = part(&parts, "xl/workbook.xml");
    assert!(workbook.matches("<sheet name=").count() > 1, "{workbook}");
}

/// Two sheets that only a table makes: without a title, and read back as two.
#[test]
fn a_sheet_without_a_title_gets_none_unless_it_would_go_on_with_another() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a", "b"] {
        let table = format!(
            "番号,実施項目,どの水準まで,どのような方法で\n1,{name}の点検,毎月終わる。,・月に1回歩いて見る。\n"
        );
        fs::write(folder.path().join(format!("{name}.csv")), table).unwrap();
    }
    let titles = |inputs: &[&str], options: &[&str]| -> Vec<(String, String)> {
        let mut arguments = vec!["render"];
        arguments.extend(inputs);
        arguments.extend(["-o", "out.xlsx", "--force"]);
        arguments.extend(options);
        let (status, error) = run(folder.path(), &arguments);
        assert_eq!(status, 0, "{error}");
        let json = folder.path().join("out.xlsx.json");
        let _ = fs::remove_file(&json);
        assert_eq!(run(folder.path(), &["import", "out.xlsx", "-o", "."]).0, 0);
        let json: serde_json::Value = serde_json::from_slice(&fs::read(&json).unwrap()).unwrap();
        let said = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let documents = json["documents"].as_array().unwrap().iter();
        documents
            .map(|document| {
                let year = &document["fiscal_year"]["raw"];
                (said(&document["title"]["text"]), said(year))
            })
            .collect()
    };
    let nothing = (String::new(), String::new());
    assert_eq!(titles(&["a.csv"], &[]), std::slice::from_ref(&nothing));
    let two = titles(&["a.csv", "b.csv"], &[]);
    assert_eq!((two.len(), &two[0]), (2, &nothing), "{two:?}");
    // In a form that is asked for, it has that form's title, with the year that is known.
    let options = ["--fiscal-year", "R8", "--layout", "kokubunji-seirihyo"];
    let [(title, year)] = &titles(&["a.csv"], &options)[..] else {
        panic!("not one sheet");
    };
    assert!(
        title.starts_with("令和8年度") && year == "令和8年度",
        "{title}, {year}"
    );
}

/// Its own title stands below, and the year where the form has none for it: another form prints nothing that it is not, and
/// loses nothing. What the form has no place for reads back as what belongs to no field.
#[test]
fn a_form_that_is_asked_for_has_its_own_title() {
    for (case, layout, title, own) in [
        (
            "kokubunji/r8_xlsx/input.xlsx",
            "machida-jikkokeikaku",
            "令和8年度　実行計画（年度目標）",
            "元の表の題　令和8年度 組織目標展開整理表(部の組織目標)",
        ),
        (
            "machida/plan_xlsx/input.xlsx",
            "kokubunji-seirihyo",
            "組織目標展開整理表（部の組織目標）",
            "元の表の題　実行計画（年度目標）",
        ),
    ] {
        let (folder, _) = rendered(case, &["--layout", layout]);
        let read = run_in(folder.path(), &["import", "out.xlsx"], None);
        let read = read.expect(DONE).json();
        let document = &read["documents"][0];
        assert_eq!(document["title"]["text"], title);
        let remarks = document["remarks"].as_array().unwrap();
        assert!(
            remarks.iter().any(|remark| remark["text"] == own),
            "{remarks:?}"
        );
        if layout == "machida-jikkokeikaku" {
            assert_eq!(document["fiscal_year"]["year"], 2026);
        }
        let notes = read["notes"].as_array().unwrap();
        assert!(
            !notes.iter().any(|note| note["code"] == "unmapped-column"),
            "{notes:?}"
        );
    }
}

/// A missing font's place is taken by one with wider digits, by which columns are measured.
#[test]
fn a_notice_keeps_its_edges_in_any_font() {
    const WIDER_DIGIT: f64 = 9.34;
    const PRINTABLE: f64 = 595.0 - 2.0 * 30.0;
    let (_folder, bytes) = rendered("policy/rows_xlsx/input.xlsx", &[]);
    let parts = parts(&bytes);
    let sheet = part(&parts, "xl/worksheets/sheet1.xml");
    let widths = sheet.split("<col ").skip(1).map(|column| {
        let width = column.split_once(" width=\"").unwrap().1;
        width.split_once('"').unwrap().0.parse::<f64>().unwrap()
    });
    let points: f64 = widths.map(|width| width * WIDER_DIGIT * 0.75).sum();
    assert!(points > 0.8 * PRINTABLE && points <= PRINTABLE, "{points}");
}

#[test]
fn readings_are_shown_as_phonetic_runs() {
    let (_folder, bytes) = rendered("policy/notice_browser_pdf/input.pdf", &[]);
    let parts = parts(&bytes);
    let strings = part(&parts, "xl/sharedStrings.xml");
    let at = strings.find("<rPh ").unwrap();
    let run = &strings[at..at + strings[at..].find("</si>").unwrap()];
    assert!(run.contains("<t>じん</t></rPh><phoneticPr "), "{run}");
    let number = |name: &str| -> usize {
        let (_, rest) = run.split_once(&format!(" {name}=\"")).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    let string = &strings[strings[..at].rfind("<t").unwrap()..at];
    let text = string.split_once('>').unwrap().1.split_once('<').unwrap().0;
    let base: Vec<char> = text.chars().collect();
    assert_eq!(base[number("sb")..number("eb")], ['靱']);
    let sheet = part(&parts, "xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches(" ph=\"1\"").count(), 1);
}

#[test]
fn wrong_options_are_answered_with_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let input = fixture("kokubunji/small_xlsx/input.xlsx");
    let input = input.to_str().unwrap();
    for (options, words) in [
        (
            vec!["-o", "a.xlsx", "--layout", "nowhere"],
            "kokubunji-seirihyo",
        ),
        (
            vec!["-o", "a.xlsx", "--layout", "generic"],
            "no printed form",
        ),
        (
            vec!["-o", "a.xlsx", "--layout", "policy"],
            "no document can be printed",
        ),
        (vec!["-o", "a.xlsx", "--font", "Comic Sans"], "ＭＳ 明朝"),
        (vec!["-o", "a.xlsx", "--font-size", "99"], "6 to 24"),
        (vec!["-o", "a.xls"], ".xlsx"),
    ] {
        let mut arguments = vec!["render", input];
        arguments.extend(options.iter());
        let (status, error) = run(folder.path(), &arguments);
        assert_eq!(status, 2, "{options:?}: {error}");
        assert!(error.contains(words), "{options:?}: {error}");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            0,
            "{options:?}"
        );
    }
}

#[test]
fn an_output_that_stands_there_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let input = fixture("kokubunji/small_xlsx/input.xlsx");
    let arguments = ["render", input.to_str().unwrap(), "-o", "out.xlsx"];
    fs::write(folder.path().join("out.xlsx"), "worked on").unwrap();
    let (status, error) = run(folder.path(), &arguments);
    assert_eq!(status, 2);
    assert!(error.contains("--force"), "{error}");
    assert_eq!(
        fs::read(folder.path().join("out.xlsx")).unwrap(),
        b"worked on"
    );
    let forced: Vec<&str> = arguments.iter().copied().chain(["--force"]).collect();
    assert_eq!(run(folder.path(), &forced).0, 0);
    // The same again changes nothing and needs no force.
    assert_eq!(run(folder.path(), &arguments).0, 0);
}

/// Not even with `--force`, and by whatever name.
#[test]
fn an_input_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let source = fs::read(fixture("kokubunji/small_xlsx/input.xlsx")).unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/r8.xlsx"), &source).unwrap();
    for arguments in [
        ["render", "in/r8.xlsx", "-o", "in/r8.xlsx", "--force"],
        ["render", "in", "-o", "in/../in/r8.xlsx", "--force"],
    ] {
        let (status, error) = run(folder.path(), &arguments);
        assert_eq!(status, 2, "{arguments:?}");
        assert!(error.contains("never changed"), "{error}");
    }
    let compare = ["compare", "in/r8.xlsx", "in", "-o", "in/r8.xlsx", "--force"];
    assert_eq!(run(folder.path(), &compare).0, 2);
    assert_eq!(fs::read(folder.path().join("in/r8.xlsx")).unwrap(), source);
}

#[test]
fn json_that_is_not_this_programs_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("other.json", "{\"a\": 1}");
    write(
        "broken.json",
        "{\"schema\": \"seirihyo/import/1\", \"program\": 3}",
    );
    for name in ["other.json", "broken.json"] {
        let (status, error) = run(folder.path(), &["render", name, "-o", "out.xlsx"]);
        assert_eq!(status, 2, "{error}");
        assert!(
            error.starts_with(name) && error.contains("seirihyo import"),
            "{error}"
        );
        assert!(!folder.path().join("out.xlsx").exists());
    }
}
