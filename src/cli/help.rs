//! The help texts, both languages, put onto the command line's definition.
//!
//! Japanese has no spaces to break at, so its lines are broken here, short enough for 80 columns.

use clap::builder::StyledStr;
use clap::{Arg, Command, CommandFactory};

use super::args::Arguments;
use crate::message::Language;

/// The command line's definition with its texts in one language.
pub fn command(language: Language) -> Command {
    // Not the name of the file, which is another on Windows.
    let command = Arguments::command().bin_name(env!("CARGO_PKG_NAME"));
    localised(command, "", language).max_term_width(80)
}

fn localised(command: Command, path: &str, language: Language) -> Command {
    let template = match language {
        Language::Japanese => "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}",
        Language::English => "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
    };
    let (about, after) = about(path);
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(pick(language, ("コマンド", "Commands")))
        .about(pick(language, about))
        .after_help(after.map(|texts| pick(language, texts)).unwrap_or_default())
        .mut_args(|arg| localised_argument(arg, path, language));
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    for name in names {
        let below = if path.is_empty() {
            name.clone()
        } else {
            format!("{path} {name}")
        };
        command = command.mut_subcommand(name, |sub| localised(sub, &below, language));
    }
    command
}

fn localised_argument(arg: Arg, path: &str, language: Language) -> Arg {
    let heading = if arg.is_positional() {
        ("引数", "Arguments")
    } else {
        ("オプション", "Options")
    };
    let help = StyledStr::from(pick(
        language,
        argument(path, arg.get_id().as_str()).unwrap_or_default(),
    ));
    let arg = arg.help(help).help_heading(pick(language, heading));
    match (path, arg.get_id().as_str()) {
        ("render" | "next", "layouts") => arg.value_name("NAME|FILE.toml"),
        _ => arg,
    }
}

fn pick(language: Language, (japanese, english): (&'static str, &'static str)) -> &'static str {
    match language {
        Language::Japanese => japanese,
        Language::English => english,
    }
}

/// Japanese and English of one text.
type Texts = (&'static str, &'static str);

/// What a command does, and what stands below its options.
#[allow(clippy::too_many_lines)] // a table of texts
fn about(path: &str) -> (Texts, Option<Texts>) {
    match path {
        "" => (
            (
                "組織目標展開整理表（表計算・PDF）を読み、統一したJSONにします。\n\
                 この機器の中だけで動き、ネットワークには接続しません。元のファイルは変えません。",
                "Reads Japanese municipal goal sheets (spreadsheets, PDFs) into one\n\
                 normalized JSON schema. Works on this machine alone, without the network;\n\
                 never changes a source.",
            ),
            Some((
                "例:\n  seirihyo import r8.pdf               JSONを標準出力へ\n  \
                 seirihyo import 整理表 -o 結果       フォルダーごと、報告付きで\n  \
                 seirihyo inspect r8.pdf -o r8.html   読み取りの様子を図で確かめる\n\n\
                 終了状態: 0 完了、1 完了（指摘あり）、2 失敗または使い方の誤り",
                "Examples:\n  seirihyo import r8.pdf               JSON on standard output\n  \
                 seirihyo import sheets -o out        a whole folder, with a report\n  \
                 seirihyo inspect r8.pdf -o r8.html   see how it was read\n\n\
                 Exit status: 0 done; 1 done, something was found; 2 failed, or wrong usage",
            )),
        ),
        "import" => (
            (
                "表計算ファイル・PDF・CSVを読み、統一したJSONにします。",
                "Reads spreadsheets, PDFs and CSV into normalized JSON.",
            ),
            Some((
                "ファイル一つなら標準出力へ、複数やフォルダーなら -o か --ndjson を付けます。\n\
                 -o では 名前.拡張子.json と import-report.json を書き、import-notes.xlsx に\n\
                 人が確かめることを重い順に並べます（import-notes.csv は注記のすべて）。\n\
                 同じファイルを同じ設定でもう一度読む必要はなく、変わらないものは飛ばします。\n\
                 手で直した出力は上書きせず、その名前を示します（--force で上書き）。",
                "One file goes to standard output; several, or a folder, need -o or --ndjson.\n\
                 -o writes NAME.EXT.json, import-report.json, and import-notes.xlsx with what a\n\
                 person has to look at (import-notes.csv: every note). Unchanged sources are\n\
                 skipped when it is run again; an output that someone edited is kept and named\n\
                 (--force overwrites it).",
            )),
        ),
        "render" => (
            (
                "JSONや元のファイルから、印刷できるExcelの整理表を作り直します。",
                "Makes the printable sheet anew, as Excel, from JSON or a source file.",
            ),
            Some((
                "文書一つにシート一枚。様式は読み取った表と同じもの、--layout 名前 で別の様式に\n\
                 変えられます（様式に欄のない内容は備考の列に入ります）。\n\
                 様式の名前は seirihyo layouts で分かります。",
                "One worksheet for each document, in the form that was recognised, or with\n\
                 --layout NAME in another (what that form has no column for goes to 備考).\n\
                 seirihyo layouts lists the names.",
            )),
        ),
        "next" => (
            (
                "今年度の整理表から、次の年度に記入する用紙を作ります。",
                "Makes next year's form to fill in from this year's sheet.",
            ),
            Some((
                "表題と年度を新しくし、目標を引き継ぎ、作成日・氏名・達成状況・中間と年度末の\n\
                 記入・実績値は空にします。前の年度のものかもしれない年月日と職名に色が付き、\n\
                 書き換えると消えます。前年度番号は、欄がなければ見えない列に入ります。\n\
                 例: seirihyo next r8.pdf --year R9 -o r9.xlsx\n    \
                 seirihyo next --layout kokubunji-seirihyo --year R9 --blank 20 -o r9.xlsx",
                "Title and year are new, goals carried over; 作成日, 氏名, 達成状況, midterm,\n\
                 year-end and actual values empty. Dates that may be last year's, and 職名, are\n\
                 marked until they are changed. Predecessors' numbers stand in a column that is\n\
                 not shown, where the form has none.\n\
                 Example: seirihyo next r8.pdf --year R9 -o r9.xlsx\n         \
                 seirihyo next --layout kokubunji-seirihyo --year R9 --blank 20 -o r9.xlsx",
            )),
        ),
        "export" => (
            (
                "集計用の表にします（CSV、NDJSON、SQLite、Parquet）。",
                "Writes flat tables for analysis (CSV, NDJSON, SQLite, Parquet).",
            ),
            Some((
                "書き先の拡張子（.csv、.ndjson、.sqlite、.parquet）で形式が決まります。\n\
                 .sqlite は既にあるファイルに加え、同じ元ファイルの分は入れ替えます。\n\
                 列の説明は schemas/export.md にあります。",
                "The output's ending chooses the format: .csv, .ndjson, .sqlite, .parquet.\n\
                 An existing .sqlite is added to; what came from the same source is replaced.\n\
                 The columns are described in schemas/export.md.",
            )),
        ),
        "inspect" => (
            (
                "読み取りの様子（表、結合、改行、様式の点数）を示します。",
                "Shows what was read: grids, spans, line ends, layout scores.",
            ),
            Some((
                "様式に合わない表でも使えます。-o FILE.html は、外部に接続しない1枚の\n\
                 ページに、読み取った表を升目の番号付きで描きます。",
                "Works for any table, known layout or not. -o FILE.html draws each page or sheet\n\
                 with its cells numbered, on one page that needs no network.",
            )),
        ),
        "compare" => (
            (
                "二つの年度の目標を対応させ、変わったところを示します。",
                "Pairs the goals of two years and shows what changed.",
            ),
            Some((
                "OLD と NEW は、表計算ファイル・PDF・CSV・JSON、またはそのフォルダーです。\n\
                 -o の拡張子で書き方が決まります: .xlsx（新旧対照表）、.html、.json、\n\
                 .csv・.ndjson・.parquet・.sqlite（対応と欄ごとに1行）\n\
                 年度を三つ以上並べると、目標ごとに各年度の達成状況をたどります。\n\
                 同じ目標か決めきれないものは「要確認」とします。--write-decisions で書き出し、\n\
                 同じか別かを書き込んで --decisions で渡すと、次からその決定に従います。",
                "OLD and NEW: spreadsheets, PDFs, CSV, JSON of import, or folders of them.\n\
                 The ending of -o chooses: .xlsx (新旧対照表), .html, .json, and\n\
                 .csv, .ndjson, .parquet, .sqlite: a row for each pair and field.\n\
                 With three years or more each goal is followed through them.\n\
                 Pairs that are not certain are candidates: --write-decisions writes them to a\n\
                 file; say there what they are, and give it back with --decisions.",
            )),
        ),
        "check" => (
            (
                "記入した整理表を、提出する前に確かめます。",
                "Checks a filled sheet before it is handed in.",
            ),
            Some((
                "空の欄、年度の外の期限と作成日、前年度のままの年度、番号の抜けと重複、\n\
                 目標値のない指標、一覧にない言葉、残った見本の文字を調べます。\n\
                 --last 前年度のファイル で、一字一句同じ目標も示します。\n\
                 -o 確認.xlsx は、元のセルへ移れる一覧です。指摘があれば終了状態は1です。",
                "Empty cells, deadlines and 作成日 outside the year, the year before in texts,\n\
                 numbers missing or doubled, indicators without a target, words that the form's\n\
                 list lacks, words of the blank form. --last FILE: goals that are last year's\n\
                 word for word. -o FILE.xlsx: a list with links to the cells. Status 1: found.",
            )),
        ),
        "validate" => (
            (
                "JSONがスキーマと意味に合うか調べます。",
                "Checks JSON against its schema and its meaning.",
            ),
            Some((
                "番号の重複、年度の外の日付、文字数の合計、指標の数値などを調べます。\n\
                 指摘は「ファイル: 場所: 内容」の形で標準出力へ。指摘があれば終了状態は1です。",
                "Numbers unique, dates inside the year, characters that add up, quantities.\n\
                 Findings go to standard output as `file: place: message`; any makes the status 1.",
            )),
        ),
        "layouts" => (
            (
                "様式の定義を一覧・表示・検査します。",
                "Lists, shows and checks layout definitions.",
            ),
            None,
        ),
        "layouts list" => (
            ("内蔵の様式を一覧します。", "Lists the built-in layouts."),
            None,
        ),
        "layouts show" => (
            ("様式の定義を表示します。", "Shows a layout's definition."),
            None,
        ),
        "layouts suggest" => (
            (
                "知らない様式の表から、様式ファイルの案を作ります。",
                "Suggests a layout file for sheets that no layout knows.",
            ),
            Some((
                "見出しとセルの内容から読み取ったとおりの案を、標準出力へ書きます。\n\
                 決められない欄には、もう一つの読みを添えます。直して --layout に渡せば、\n\
                 同じ様式のすべての年度をそのとおりに読みます。年度の違うファイルを並べると、\n\
                 一つの案になります。",
                "The layout as it was understood goes to standard output, with the other reading\n\
                 of each column in doubt. Correct it and pass it to --layout: all years of that\n\
                 form are read so. Files of several years give one layout.",
            )),
        ),
        "layouts check" => (
            (
                "自作の様式ファイルを検査します。",
                "Checks layout files of your own.",
            ),
            None,
        ),
        "schema" => (
            (
                "JSON Schema（draft 2020-12）を表示します。",
                "Prints a JSON Schema (draft 2020-12).",
            ),
            None,
        ),
        "completions" => (
            ("シェルの補完を表示します。", "Prints shell completions."),
            None,
        ),
        "man" => (
            ("マニュアルページを表示します。", "Prints the manual page."),
            None,
        ),
        _ => (("", ""), None),
    }
}

/// What an argument is.
#[allow(clippy::too_many_lines)] // a table of texts
fn argument(path: &str, id: &str) -> Option<Texts> {
    Some(match (path, id) {
        (_, "lang") => (
            "表示の言語: ja または en\n（指定がなければシステムの言語）",
            "Language: ja or en (else the system's)",
        ),
        (_, "quiet") => ("失敗のほかは表示しない", "Say nothing but failures"),
        (_, "verbose") => ("詳しく表示する", "Say more"),
        (_, "color") => ("色: auto、always、never", "Colours: auto, always, never"),
        (_, "help") => ("使い方を表示する", "Print help"),
        (_, "version") => ("版を表示する", "Print the version"),
        ("next", "paths") => (
            "今年度の表: 元のファイル、JSON、\nフォルダー、- （標準入力）",
            "This year's sheets: source files, JSON, folders, -",
        ),
        ("next", "year") => (
            "作る表の年度 例: R9、令和9年度",
            "Year of the new sheet: R9, 2027",
        ),
        ("next", "blank") => (
            "目標の代わりに空の行をこの数だけ",
            "So many empty rows in place of the goals",
        ),
        ("next", "layouts") => (
            "様式の名前、または加える\n様式ファイル（何度でも）",
            "Form, by name; or a layout file to add",
        ),
        ("render", "layouts") => (
            "印刷する様式の名前、または加える\n様式ファイル（何度でも）",
            "Form to print in, by name; or a layout file to add",
        ),
        ("render" | "export", "paths") => (
            "JSON、元のファイル、フォルダー、\n- （標準入力）",
            "JSON, source files, folders, - for standard input",
        ),
        ("render" | "next", "output") => ("書き先: .xlsx", "Workbook to write: .xlsx"),
        ("render" | "next", "paper") => (
            "用紙: A4 または A3\n（指定がなければ様式の用紙）",
            "Paper: A4 or A3 (else the form's)",
        ),
        ("render", "font") => (
            "書体（指定がなければ ＭＳ 明朝）",
            "Font (default: ＭＳ 明朝)",
        ),
        ("render", "font_size") => (
            "文字の大きさ（ポイント）\n（指定がなければ 11）",
            "Size of the letters in points (default: 11)",
        ),
        ("inspect" | "render" | "next" | "export" | "compare" | "check", "force") => {
            ("既にある出力を上書きする", "Overwrite an existing output")
        }
        ("export", "output") => (
            "書き先: .csv、.ndjson、.sqlite、.parquet",
            "Write to FILE: .csv, .ndjson, .sqlite, .parquet",
        ),
        ("export", "without_persons") => ("人の名前を除く", "Leave out names of people"),
        (_, "layouts") => (
            "様式ファイルを加える（何度でも）",
            "Add a layout file (repeatable)",
        ),
        (_, "jobs") => (
            "同時に読むファイルの数\n（指定がなければコアの数）",
            "Files read at the same time (default: cores)",
        ),
        (_, "municipality") => (
            "市町村コード（6桁）と名前\n例: 132144:国分寺市",
            "Municipality, six digits, and its name: 132144:国分寺市",
        ),
        (_, "fiscal_year") => (
            "文書に年度がないときの年度\n例: 2026、R8、令和8年度",
            "Fiscal year where the document does not say: 2026, R8, 令和8年度",
        ),
        ("import", "prune") => (
            "元のファイルがなくなった出力を消す\n（--dry-run を付けると一覧だけ）",
            "Remove outputs whose sources are gone (--dry-run: list them)",
        ),
        ("import", "municipalities") => (
            "フォルダーごとの市町村と年度のファイル",
            "A file that says the municipality and year of each folder",
        ),
        (_, "password") => (
            "暗号化されたファイルのパスワード\n（何度でも。順に試します）",
            "A password of encrypted files (repeatable; each is tried)",
        ),
        (_, "passwords") => (
            "パスワードを1行に一つ書いたファイル\n（命令の一覧に表示されません）",
            "A file of passwords, one a line (kept out of the list of processes)",
        ),
        (_, "memory_limit") => (
            "一つのファイルを読むメモリーの上限\n（MiB、指定がなければ 2048）",
            "Memory for reading one file, MiB (default: 2048)",
        ),
        (_, "time_limit") => (
            "一つのファイルを読む時間の上限\n（秒、指定がなければ 120）",
            "Seconds for reading one file (default: 120)",
        ),
        (_, "ocr_layer") => (
            "スキャン画像の文字認識による\n見えない文字を使う",
            "Use the unseen text recognised in scanned pages",
        ),
        (_, "strict") => (
            "警告があれば終了状態を1にする",
            "Warnings make the exit status 1",
        ),
        ("render" | "export", "dry_run") => (
            "読んで確かめるだけで、何も書かない",
            "Read and check, write nothing",
        ),
        (_, "dry_run") => (
            "読んで報告を標準出力へ示すだけで、\n何も書かない",
            "Read and print the report, write nothing",
        ),
        ("import", "force") => (
            "既にある出力を上書きする",
            "Overwrite existing outputs; skip nothing",
        ),
        ("import", "paths") => (
            "ファイル、フォルダー、- （標準入力）",
            "Files, folders, - for standard input",
        ),
        ("import", "output") => ("JSONを書くフォルダー", "Folder to write JSON to"),
        ("import", "ndjson") => (
            "1ファイル1行のJSONを標準出力へ",
            "One line of JSON a file on standard output",
        ),
        ("inspect", "path") => (
            "ファイル、- （標準入力）",
            "A file, or - for standard input",
        ),
        ("inspect", "output") => (
            "書き先: .html（図）か .json",
            "Write to FILE: .html (drawn) or .json",
        ),
        ("inspect", "json") => (
            "読み取った表をJSONで標準出力へ",
            "The sheets as JSON on standard output",
        ),
        ("compare", "old") => (
            "前の年度: ファイルかフォルダー",
            "The old year: a file or folder",
        ),
        ("compare", "new") => (
            "後の年度: ファイルかフォルダー",
            "The new year: a file or folder",
        ),
        ("compare", "further") => (
            "さらに後の年度: ファイルかフォルダー",
            "Years after that: files or folders",
        ),
        ("compare", "output") => (
            "書き先: .xlsx、.html、.json、\n.csv、.ndjson、.parquet、.sqlite",
            "Write to FILE: .xlsx, .html, .json,\n.csv, .ndjson, .parquet or .sqlite",
        ),
        ("compare", "old_fiscal_year") => (
            "最初の側の年度（書かれていない場合）",
            "Year of the first side, where not printed",
        ),
        ("compare", "new_fiscal_year") => (
            "最後の側の年度（書かれていない場合）",
            "Year of the last side, where not printed",
        ),
        ("compare", "organizations") => (
            "組織の名称変更・統合・分割・移管の表",
            "Renamed, merged, split and moved units",
        ),
        ("compare", "decisions") => ("人が決めた対応", "Pairs that a person decided"),
        ("compare", "write_decisions") => (
            "要確認と近い目標をこのファイルへ書く",
            "Write candidates and nearest goals to FILE",
        ),
        ("compare", "order") => (
            "左右: new-old（左が新、既定）か old-new",
            "Left and right: new-old (default) or old-new",
        ),
        ("compare", "style") => (
            "形: taisho（左右）か mikeshi（見え消し）",
            "taisho: two columns; mikeshi: one, old words struck",
        ),
        ("compare", "all") => (
            "対照表に、変わらない目標と欄も出す",
            "Workbook and page: also what did not change",
        ),
        ("compare", "only_changes") => ("変わったものだけにする", "Only what changed"),
        ("compare", "paper") => (
            "新旧対照表の用紙: A4（既定）か A3",
            "Paper of the workbook: A4 (default) or A3",
        ),
        ("compare", "exit_code") => (
            "変更があれば終了状態を1にする",
            "Changes make the exit status 1",
        ),
        ("check", "paths") => (
            "元のファイル、JSON、フォルダー、\n- （標準入力）",
            "Source files, JSON, folders, - for standard input",
        ),
        ("check", "last") => (
            "前年度の表（ファイルかフォルダー）",
            "Last year's sheet: a file or folder",
        ),
        ("check", "skip") => (
            "しない確認の名前（何度でも）\n例: last-year-in-text",
            "Leave out a check (repeatable): last-year-in-text",
        ),
        ("check", "output") => ("書き先: .xlsx（一覧）", "Write to FILE: .xlsx (a list)"),
        ("validate", "paths") => (
            "JSONファイル、フォルダー、- （標準入力）",
            "JSON files, folders, - for standard input",
        ),
        ("layouts show" | "layouts suggest", "name") => ("様式の名前", "The layout's name"),
        ("layouts suggest", "files") => (
            "一つの団体の、一年度または数年度のファイル",
            "Files of one body, of one year or several",
        ),
        ("layouts check", "files") => ("様式ファイル", "Layout files"),
        ("schema", "name") => (
            "import、sheets、comparison、report、layout\n（指定がなければ import）",
            "import (default), sheets, comparison, report, layout",
        ),
        ("completions", "shell") => (
            "bash、zsh、fish、powershell、elvish",
            "bash, zsh, fish, powershell, elvish",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    fn each(command: &mut Command, path: &str, visit: &mut impl FnMut(&mut Command, &str)) {
        visit(command, path);
        let names: Vec<String> = command
            .get_subcommands()
            .map(|sub| sub.get_name().to_owned())
            .collect();
        for name in names {
            let below = format!("{path} {name}").trim().to_owned();
            if let Some(sub) = command.find_subcommand_mut(&name) {
                each(sub, &below, visit);
            }
        }
    }

    #[test]
    fn every_command_and_argument_has_its_texts() {
        for language in [Language::Japanese, Language::English] {
            each(&mut command(language), "", &mut |command, path| {
                assert!(
                    command
                        .get_about()
                        .is_some_and(|about| !about.to_string().is_empty()),
                    "{path}"
                );
                for arg in command.get_arguments() {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    assert!(!help.is_empty(), "{path} {}", arg.get_id());
                }
            });
        }
    }

    #[test]
    fn no_line_of_help_is_wider_than_a_terminal() {
        for language in [Language::Japanese, Language::English] {
            let mut root = command(language).term_width(80);
            root.build();
            each(&mut root, "", &mut |command, path| {
                for line in command.render_help().to_string().lines() {
                    assert!(
                        line.width() <= 80,
                        "{path}: {} columns: {line}",
                        line.width()
                    );
                }
            });
        }
    }
}
