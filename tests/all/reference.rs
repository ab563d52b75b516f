//! Lists that people look things up in are written from the program: `schemas/notes.md`, and the parts of other pages between
//! `<!-- NAME -->` and `<!-- end of NAME -->`. `UPDATE=1 cargo test --test all reference` writes them anew.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use std::fmt::Write;
use std::path::{Path, PathBuf};

use seirihyo::error::Problem;
use seirihyo::layout::known;
use seirihyo::note::{Severity, What};
use seirihyo::read::limits;
use seirihyo::write::flat::{self, Column, Kind};

fn at(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Holds a page against what the program gives, or writes it.
fn current(name: &str, generated: &str) {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(at(name), generated).unwrap();
    }
    // Not assert_eq: two whole pages help nobody.
    assert!(
        std::fs::read_to_string(at(name)).unwrap_or_default() == generated,
        "{name} is stale: UPDATE=1 cargo test --test all reference"
    );
}

/// The page with another text between its marks.
fn with_part(page: &str, name: &str, part: &str) -> String {
    let (begin, end) = (
        format!("<!-- {name} -->\n"),
        format!("<!-- end of {name} -->"),
    );
    let (before, rest) = page
        .split_once(&begin)
        .unwrap_or_else(|| panic!("no {begin}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("no {end}"));
    format!("{before}{begin}{part}{end}{after}")
}

/// A sentence for a table's cell: `…` where its parts come.
fn cell(declared: &str) -> String {
    let mut cell = String::new();
    let mut is_part = false;
    for c in declared.chars() {
        match c {
            '{' => (is_part, ()) = (true, cell.push('…')),
            '}' => is_part = false,
            _ if is_part => {}
            '|' => cell.push_str("\\|"),
            '\n' => cell.push_str("<br>"),
            c => cell.push(c),
        }
    }
    cell
}

const NOTES: &str = "# 注記、読めなかったときの理由、上限

このページはプログラムから作ります（`UPDATE=1 cargo test --test all reference`）。手で直しません。`…` の所には、そのときの言葉や数が入ります。

Written from the program. `…` stands for what differs from case to case.

## 注記

注記は、文書が読めたときの「ここを確かめてください」という印です。`code` は変わらない名前です。重さは、参考（`info`、知っておくとよい）、警告（`warning`、人が確かめる）、重大（`error`、読めなかったところがある）です。場所があれば、元のファイルのセルかページが付きます。

| code | 重さ | 文 | English |
|---|---|---|---|
";

fn notes() -> String {
    let mut page = NOTES.to_owned();
    for (code, severity, ja, en) in What::DECLARED {
        let severity = match severity {
            Severity::Info => "参考",
            Severity::Warning => "警告",
            Severity::Error => "重大",
        };
        let (ja, en) = (cell(ja), cell(en));
        writeln!(page, "| `{code}` | {severity} | {ja} | {en} |").unwrap();
    }
    page += "\n## 読めなかったときの理由\n\n| code | 文 | English |\n|---|---|---|\n";
    for (code, (), ja, en) in Problem::DECLARED {
        writeln!(page, "| `{code}` | {} | {} |", cell(ja), cell(en)).unwrap();
    }
    page += "\n## 上限\n\n\
        本物の整理表が達することのない大きさに置いた上限です。超えるファイルは、読まずに（PDFの部品の入れ子と描画状態では、その部分だけを読まずに）理由を示します。\
        実際の書類が触れうるのは時間とメモリーだけで、その二つは命令で変えられます。\n\n\
        | 名前 | 値 | 何の上限か | なぜこの値か |\n|---|---|---|---|\n";
    for limit in limits::ALL {
        let (name, value) = (limit.name, limit.value);
        writeln!(
            page,
            "| `{name}` | `{value}` | {} | {} |",
            limit.what, limit.why
        )
        .unwrap();
    }
    page
}

#[test]
fn notes_problems_and_limits_are_the_programs() {
    current("schemas/notes.md", &notes());
}

/// What a column of the export holds, in Japanese.
fn meaning(name: &str) -> Option<String> {
    if let Some((value, part)) = ["baseline", "target", "actual"]
        .iter()
        .find_map(|value| Some((value, name.strip_prefix(value)?)))
    {
        let value = match *value {
            "baseline" => "現状値",
            "target" => "目標値",
            _ => "実績値",
        };
        let part = match part {
            "" => "（書かれたまま）",
            "_value" => "の数（万や億は掛けてある）",
            "_unit" => "の単位",
            "_comparator" => "の比べ方: eq ge le gt lt about",
            "_per" => "の「月」「人」など",
            "_cumulative" => "が累計か",
            "_note" => "の括弧の中",
            _ => return None,
        };
        return Some(format!("{value}{part}"));
    }
    let meanings = MEANINGS.iter().find(|(known, _)| *known == name);
    meanings.map(|(_, meaning)| (*meaning).to_owned())
}

const MEANINGS: &[(&str, &str)] = &[
    ("source_file", "元のファイルの名前"),
    ("source_path", "渡したフォルダーの中での元のファイルの場所"),
    ("source_sha256", "元のファイルのSHA-256"),
    (
        "duplicate_of",
        "同じ内容の文書が先にあれば、そのファイルの名前",
    ),
    ("document", "ファイルの中で何番目の文書か（1から）"),
    ("layout", "様式"),
    ("title", "題"),
    ("municipality_code", "市町村コード（6桁）"),
    ("municipality", "市町村の名前"),
    ("fiscal_year", "年度（西暦、4月の年）"),
    ("fiscal_year_label", "「令和8年度」"),
    ("fiscal_year_start", "年度の初日"),
    ("fiscal_year_end", "年度の末日"),
    ("organization", "部課名（書かれたまま）"),
    ("department", "部"),
    ("section", "課・室"),
    ("unit", "担当・係"),
    ("prepared_on", "作成日"),
    ("post", "職名"),
    ("person", "氏名"),
    ("goal", "表の中で何番目の目標か（1から）"),
    ("number", "番号"),
    ("number_text", "番号（書かれたまま）"),
    ("predecessors", "前年度番号（複数は改行で区切る）"),
    ("categories", "計画・方針等の分類（複数は改行で区切る）"),
    ("item", "実施項目"),
    ("level", "どの水準まで"),
    ("methods", "どのような方法で"),
    ("deadline", "期限（書かれたまま）"),
    (
        "deadline_kind",
        "期限の種類: day month fiscal_year_end など",
    ),
    ("deadline_from", "期限の初日"),
    ("deadline_to", "期限の末日"),
    ("sections", "課名（複数は改行で区切る）"),
    ("common", "「共通」とあるか"),
    ("indicator", "目標の中で何番目の指標か（1から）"),
    ("indicator_label", "①などの記号"),
    ("indicator_name", "指標"),
    ("achievement", "達成状況の言葉"),
    (
        "achievement_group",
        "達成状況の意味: exceeded achieved mostly partial not_achieved など",
    ),
    ("achievement_scale", "評語の一覧の名前"),
    ("midterm_progress", "中間確認の進捗状況"),
    ("midterm_progress_group", "中間確認の進捗状況の意味"),
    ("midterm_review", "上半期の状況や評価"),
    ("midterm_plan", "下半期の予定"),
    ("year_end_summary", "1年間の総括"),
    ("year_end_viewpoint", "評価の視点"),
    ("year_end_issues", "課題と対応"),
    (
        "extra",
        "どの欄にも当たらない列（「見出し: 値」を1行ずつ。二段の見出しは「上の見出し／見出し」）",
    ),
];

fn columns(columns: &[Column]) -> String {
    let mut table = "| 列 | 型 | 内容 |\n|---|---|---|\n".to_owned();
    for Column { name, kind } in columns {
        let kind = match kind {
            Kind::Text => "文字",
            Kind::Integer => "整数",
            Kind::Number => "小数",
            Kind::Flag => "真偽",
            Kind::Day => "日付",
        };
        let meaning = meaning(name)
            .unwrap_or_else(|| panic!("tests/all/reference.rs does not say what {name} holds"));
        writeln!(table, "| `{name}` | {kind} | {meaning} |").unwrap();
    }
    table
}

#[test]
fn the_columns_are_those_of_the_export() {
    let page = std::fs::read_to_string(at("schemas/export.md")).unwrap();
    current(
        "schemas/export.md",
        &with_part(&page, "columns", &columns(flat::COLUMNS)),
    );
}

#[test]
fn the_layouts_are_those_that_are_built_in() {
    let mut table = "| 様式 | 読む表 |\n|---|---|\n".to_owned();
    for layout in known::layouts() {
        writeln!(table, "| `{}` | {} |", layout.name, layout.description.ja).unwrap();
    }
    let page = std::fs::read_to_string(at("README.md")).unwrap();
    current("README.md", &with_part(&page, "layouts", &table));
}

/// Every page of the project that another page may lead to, with its links.
#[test]
fn links_lead_to_files() {
    let mut wrong = Vec::new();
    for page in [
        "README.md",
        "schemas/notes.md",
        "schemas/export.md",
        "schemas/layouts.md",
        "fixtures/README.md",
        "fuzz/README.md",
        "tests/README.md",
        "benches/README.md",
        "findings/README.md",
    ] {
        let text = std::fs::read_to_string(at(page)).unwrap_or_else(|why| panic!("{page}: {why}"));
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let file = link.split('#').next().unwrap_or_default();
            let there = at(page).parent().unwrap().join(file).exists();
            if !link.contains("://") && !file.is_empty() && !there {
                wrong.push(format!("{page}: {link}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The files of "where a rule lives"; one without a folder stands in that of the one before.
#[test]
fn the_map_of_the_sources_names_files() {
    let map = std::fs::read_to_string(at("src/lib.rs")).unwrap();
    let rows = map.lines().filter_map(|line| line.strip_prefix("//! | "));
    let mut found = 0;
    for places in rows.filter_map(|row| row.split(" | ").nth(1)) {
        let mut folder = PathBuf::new();
        for name in places.split('`').skip(1).step_by(2) {
            let name = name.split('*').next().unwrap_or_default();
            let mut path = folder.join(name);
            if name.contains('/') {
                folder = Path::new(name).parent().unwrap().to_owned();
                path = PathBuf::from(name);
            }
            let there = [at("src"), at("")]
                .iter()
                .any(|root| root.join(&path).exists());
            assert!(there, "src/lib.rs names {}", path.display());
            found += 1;
        }
    }
    assert!(found > 20, "only {found} places were found");
}

/// A page that people read before they begin, not a reference.
#[test]
fn the_readme_is_short() {
    let bytes = std::fs::metadata(at("README.md")).unwrap().len();
    assert!(bytes <= 20 * 1024, "README.md has {bytes} bytes");
}
