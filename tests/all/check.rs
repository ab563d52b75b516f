//! `check`: each fault of a filled sheet is found where it stands, and a sheet without faults has none.

use std::fs;
use std::io::{Cursor, Read};

use tempfile::TempDir;

use crate::support::program::{fixture, run_in};

const HEADINGS: &str =
    "番号,実施項目,計画・方針等の分類,どの水準まで,どのような方法で,いつまで,共通/課名,達成状況";

/// A sheet of the year with these rows, as CSV.
fn sheet(year: &str, prepared: &str, rows: &[&str]) -> String {
    let title = format!("{year} 組織目標展開整理表（部の組織目標）");
    let labels = format!("作成日,{prepared},職名,市民部長,氏名,緑野 花子");
    let lines = [title.as_str(), labels.as_str(), HEADINGS];
    lines
        .iter()
        .chain(rows)
        .fold(String::new(), |sheet, line| sheet + line + "\n")
}

const SOUND: [&str; 3] = [
    "1,窓口の待ち時間の短縮,個別計画,待ち時間を10分以内にする。,・案内係を置く。,年度末,市民課,",
    "2,証明書のコンビニ交付,施政方針,交付の割合を40%にする。,・広報に載せる。,9月末,市民課,",
    "3,相談窓口の充実,その他,相談を月4回開く。,・専門家に頼む。,令和9年3月31日,市民相談課,",
];

/// Status and findings as `place check`, of a sheet and last year's.
fn found(sheet: &str, arguments: &[&str]) -> (i32, Vec<String>) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("r8.csv"), sheet).unwrap();
    let mut words = vec!["check", "r8.csv", "--lang", "ja"];
    words.extend(arguments);
    let ran = run_in(folder.path(), &words, None);
    let findings = ran.out.lines().map(|line| {
        let place = line
            .rsplit("r8.csv: ")
            .next()
            .unwrap()
            .split(':')
            .next()
            .unwrap();
        let check = line.rsplit('(').next().unwrap().trim_end_matches(')');
        format!("{place} {check}")
    });
    (ran.status, findings.collect())
}

#[test]
fn a_sheet_without_faults_has_no_finding() {
    let sound = sheet("令和8年度", "令和8年4月1日", &SOUND);
    assert_eq!(found(&sound, &[]), (0, Vec::new()));
}

#[test]
fn each_fault_is_found_in_its_cell() {
    let rows = [
        "1,窓口の待ち時間の短縮,個別計画,待ち時間を10分以内にする。,・案内係を置く。,令和9年5月31日,市民課,",
        "2,証明書のコンビニ交付,,交付の割合を40%にする。,・令和7年度に引き続き広報に載せる。,9月末,市民課,",
        "2,相談窓口の充実,その他,相談を○○回開く。,・専門家に頼む。,年度末,市民相談課,たいへんよい",
        "5,台帳の整理,その他,台帳を作り終える。,・棚卸しをする。,そのうち,市民課,",
    ];
    let faulty = sheet("令和8年度", "令和7年4月1日", &rows);
    let expected = [
        "B2 prepared-outside-year",
        "A6 number-doubled",
        "A7 number-skipped",
        "F4 deadline-outside-year",
        "C5 blank-cell",
        "E5 last-year-in-text",
        "H6 word-outside-list",
        "D6 template-text",
        "F7 deadline-unclear",
    ];
    let expected: Vec<String> = expected.map(str::to_owned).into();
    assert_eq!(found(&faulty, &[]), (1, expected.clone()));
    let left: Vec<String> = expected
        .into_iter()
        .filter(|line| !line.ends_with("blank-cell") && !line.ends_with("template-text"))
        .collect();
    let skip = ["--skip", "blank-cell", "--skip", "template-text"];
    assert_eq!(found(&faulty, &skip), (1, left));
}

#[test]
fn a_goal_that_last_year_had_word_for_word_is_named() {
    let folder = TempDir::new().unwrap();
    let last = folder.path().join("r7.csv");
    let old = SOUND[1].replace("9月末", "8月末").replace("2,", "6,");
    fs::write(&last, sheet("令和7年度", "令和7年4月1日", &[&old])).unwrap();
    let sound = sheet("令和8年度", "令和8年4月1日", &SOUND);
    let (status, findings) = found(&sound, &["--last", last.to_str().unwrap()]);
    assert_eq!((status, findings), (1, vec!["A5 same-as-last".to_owned()]));
}

#[test]
fn an_unknown_check_is_refused_with_the_names_of_all() {
    let sound = sheet("令和8年度", "令和8年4月1日", &SOUND);
    let (status, findings) = found(&sound, &["--skip", "spelling"]);
    assert_eq!((status, findings), (2, Vec::new()));
}

#[test]
fn the_list_links_to_the_cells_and_is_not_written_over() {
    let folder = TempDir::new().unwrap();
    let list = folder.path().join("確認.xlsx");
    let source = fixture("kokubunji/r8_xlsx/input.xlsx");
    let words = ["check", source.to_str().unwrap(), "-o", "確認.xlsx"];
    assert_eq!(run_in(folder.path(), &words, None).status, 1);
    let part = |name: &str| {
        let bytes = fs::read(&list).unwrap();
        let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        package
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    assert!(part("xl/worksheets/_rels/sheet1.xml.rels").contains("kokubunji/r8_xlsx/input.xlsx\""));
    assert!(part("xl/worksheets/sheet1.xml").contains("location=\"'組織目標'!C14\""));
    fs::write(&list, "a person's own").unwrap();
    assert_eq!(run_in(folder.path(), &words, None).status, 2);
    assert_eq!(fs::read(&list).unwrap(), b"a person's own");
}
