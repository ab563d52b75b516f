//! The round-trip laws: what is printed – as a workbook, and that as PDF – reads as the same documents.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use crate::support;

use std::path::{Path, PathBuf};

use seirihyo::document::{Document, Import, Policy};
use seirihyo::form::Paper;
use seirihyo::layout::definition::{self, Layout};
use seirihyo::layout::known;
use seirihyo::pipeline::Settings;
use seirihyo::place::{Bbox, Place};
use seirihyo::read::{self, ReadOptions};
use seirihyo::sheet::{Block, Grid, Sheet};
use seirihyo::write::xlsx::Setting;
use support::print::{import_of, layout_name, read_back, soffice, to_pdf, workbook, workbook_in};
use support::{essence, first_difference, shared, solid};

/// A file that gives documents, and how it is opened and read.
struct Source {
    path: PathBuf,
    settings: Settings,
    /// Whether another fixture holds the same sheet.
    is_twin: bool,
}

/// Every fixture that gives documents.
fn fixtures() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.into_iter().filter(|path| path.is_dir()).collect()
    };
    let mut found = Vec::new();
    for case in folders(&root).iter().flat_map(|family| folders(family)) {
        let about = std::fs::read_to_string(case.join("about.toml")).unwrap_or_default();
        let about: toml::Table = toml::from_str(&about).unwrap();
        let word = |key: &str| about.get(key).and_then(toml::Value::as_str);
        let entries = std::fs::read_dir(&case).unwrap();
        let input = entries
            .map(|entry| entry.unwrap().path())
            .find(|path| path.file_stem().is_some_and(|stem| stem == "input"));
        let Some(path) = input.filter(|_| word("problem").is_none()) else {
            continue;
        };
        let mut settings = support::settings(word("password"));
        settings.layouts.own = word("layout")
            .map(|name| own_layout(&case.join(name)))
            .into_iter()
            .collect();
        let is_twin = about.contains_key("same_as");
        found.push(Source {
            path,
            settings,
            is_twin,
        });
    }
    assert!(found.len() > 100, "{}", found.len());
    found
}

fn own_layout(path: &Path) -> Layout {
    definition::parse(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Every layout that a goal sheet can be printed in: the built-in ones and those of the fixtures.
fn printable() -> Vec<Layout> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let own = ["focus_goals", "graded_goals", "project_cards"];
    let own = own.map(|family| own_layout(&root.join(family).join("layout.toml")));
    let all = known::layouts().iter().cloned().chain(own);
    let found: Vec<Layout> = all
        .filter(|layout| layout.name != "policy" && layout.form().is_some())
        .collect();
    assert!(found.len() > 3, "{}", found.len());
    found
}

/// The documents that are not part of the project.
fn acceptance() -> Vec<PathBuf> {
    let Some(shared) = shared() else {
        println!("skipped: SEIRIHYO_SHARED does not exist");
        return Vec::new();
    };
    let mut inputs: Vec<PathBuf> = std::fs::read_dir(shared.join("acceptance/input"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    inputs.sort();
    inputs
}

fn difference(before: &Import, after: &Import) -> Option<String> {
    let say = |import: &Import| essence(&serde_json::to_value(&import.documents).unwrap());
    first_difference(&say(before), &say(after))
}

/// The same without readings above characters: LibreOffice does not print the phonetic runs of a worksheet. Where a
/// note says that the end of a full line cannot be told, the words alone are compared.
fn difference_in_print(before: &Import, after: &Import) -> Option<String> {
    let found = first_difference(&printed(before), &printed(after));
    let mut codes = after.notes.iter().map(|note| note.code.as_str());
    let uncertain = codes.any(|code| code == "line-end-uncertain");
    found.filter(|_| !uncertain || printed_words(before) != printed_words(after))
}

/// What documents say, without their readings.
fn printed(import: &Import) -> serde_json::Value {
    let mut documents = serde_json::to_value(&import.documents).unwrap();
    for document in documents.as_array_mut().unwrap() {
        document.as_object_mut().unwrap().remove("ruby");
    }
    essence(&documents)
}

fn printed_words(import: &Import) -> String {
    all_words(&printed(import))
}

/// The characters of all texts, one after the other.
fn all_words(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Object(entries) => entries.values().map(all_words).collect(),
        Value::Array(items) => items.iter().map(all_words).collect(),
        Value::String(text) => solid(text),
        _ => String::new(),
    }
}

#[test]
fn a_printed_workbook_reads_as_the_same_documents() {
    let mut broken = Vec::new();
    let shared = acceptance().into_iter().map(|path| Source {
        path,
        settings: support::settings(None),
        is_twin: false,
    });
    for Source { path, settings, .. } in fixtures().into_iter().chain(shared) {
        let before = import_of(&path, &settings);
        let printed = || workbook(&before, &settings.layouts.own, &Setting::default());
        let bytes = printed();
        assert_eq!(bytes, printed(), "the same bytes");
        let after = read_back(&bytes, "printed.xlsx", &settings);
        let found = difference(&before, &after);
        broken.extend(found.map(|found| format!("{}: {found}", path.display())));
        assert_eq!(after.coverage.unplaced, 0, "{}", path.display());
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn another_form_loses_nothing() {
    for source in fixtures().into_iter().filter(|source| !source.is_twin) {
        let before = import_of(&source.path, &source.settings);
        let goals_only = |document: &Document| matches!(document, Document::GoalSheet(_));
        if !before.documents.iter().all(goals_only) {
            continue;
        }
        for layout in printable() {
            let is_own = |document: &Document| layout_name(document) == layout.name;
            if before.documents.iter().all(is_own) {
                continue;
            }
            let mut settings = support::settings(None);
            settings.layouts.own.push(layout.clone());
            let after = read_back(&workbook_in(&before, &layout), "other.xlsx", &settings);
            let said = solid(&serde_json::to_value(&after.documents).unwrap().to_string());
            let said = said.replace("\\n", "");
            for words in words(&before) {
                let words = escaped(&solid(&words));
                assert!(
                    said.contains(&words),
                    "{} as {}: {words}",
                    source.path.display(),
                    layout.name
                );
            }
        }
    }
}

fn escaped(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .trim_matches('"')
        .to_owned()
}

/// Everything that an import's sheets say, in the words that a form prints: texts, and of typed values what
/// the source wrote; of lists each entry.
fn words(import: &Import) -> Vec<String> {
    let mut words = Vec::new();
    for document in &import.documents {
        let Document::GoalSheet(sheet) = document else {
            continue;
        };
        for value in sheet.values() {
            words.extend(value.text().map(|text| text.text.clone()));
        }
        for goal in &sheet.goals {
            words.extend(goal.deadline.iter().map(|deadline| deadline.raw.clone()));
            words.extend(
                goal.sections
                    .iter()
                    .flat_map(|sections| sections.names.clone()),
            );
            words.extend(
                goal.categories
                    .iter()
                    .flat_map(|categories| categories.values.clone()),
            );
            words.extend(
                goal.predecessors
                    .iter()
                    .flat_map(|before| before.numbers.clone()),
            );
            words.extend(goal.achievement.iter().map(|grade| grade.raw.clone()));
            for indicator in &goal.indicators {
                let quantities = [&indicator.baseline, &indicator.target, &indicator.actual];
                words.extend(
                    quantities
                        .into_iter()
                        .flatten()
                        .map(|quantity| quantity.raw.clone()),
                );
                words.extend(indicator.label.clone());
            }
        }
        words.extend(
            sheet
                .organization
                .iter()
                .filter_map(|unit| unit.department.clone()),
        );
    }
    words
}

/// A document whose texts are longer than the tallest row.
fn overlong() -> Import {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kokubunji/small_xlsx/input.xlsx");
    let mut import = import_of(&path, &support::settings(None));
    let sentence = "窓口に来た人の待ち時間を短くするため、順番を知らせる画面を置き、Web siteでも見られるようにする（2027年度からは出張所でも行う）。";
    let Some(Document::GoalSheet(sheet)) = import.documents.first_mut() else {
        panic!("no sheet");
    };
    let goal = sheet.goals.first_mut().unwrap();
    let paragraphs = [sentence.repeat(12), sentence.to_owned(), sentence.repeat(5)];
    for (text, mark) in [(&mut goal.level, ""), (&mut goal.methods, "・")] {
        let text = text.as_mut().unwrap();
        text.text = paragraphs
            .iter()
            .map(|line| format!("{mark}{line}"))
            .collect::<Vec<_>>()
            .join("\n");
        text.blocks = paragraphs
            .iter()
            .map(|line| seirihyo::document::value::TextBlock {
                mark: (!mark.is_empty()).then(|| mark.to_owned()),
                depth: u32::from(!mark.is_empty()),
                text: line.clone(),
            })
            .collect();
    }
    import
}

/// A notice of several pages, on which some heading would stand last if nothing kept it from that.
fn long_notice() -> Import {
    let head =
        "令和8年4月1日\n令和8年度 市民部の運営方針\n市民部長 一ノ瀬 理\n下記のとおり定める。\n記\n";
    let sentence = "来た人の待ち時間を短くするため、順番を知らせる画面を置く。";
    let sections = (1..40).flat_map(|section| {
        let heading = format!("{section} 窓口の改善その{section}\n");
        let bullets = (0..=(section % 3)).map(|more| format!("・{}\n", sentence.repeat(more + 1)));
        std::iter::once(heading).chain(bullets)
    });
    let text: String = std::iter::once(head.to_owned()).chain(sections).collect();
    read_back(text.as_bytes(), "notice.txt", &support::settings(None))
}

#[test]
fn a_row_that_is_too_tall_goes_on_below_and_is_read_as_one() {
    let before = overlong();
    let after = read_back(
        &workbook(&before, &[], &Setting::default()),
        "printed.xlsx",
        &support::settings(None),
    );
    assert_eq!(difference(&before, &after), None);
    let marks = "（続き）".chars().count() as u64;
    assert!(
        after.coverage.furniture >= 2 * marks,
        "{:?}",
        after.coverage
    );
}

#[test]
fn the_printed_pages_read_as_the_same_documents() {
    let Some(soffice) = soffice() else { return };
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let named = |case: &str, file: &str| root.join(case).join(file);
    let mut inputs = vec![
        named("kokubunji/r4_xlsx", "input.xlsx"),
        named("kokubunji/r8_calc_pdf", "input.pdf"),
        named("kokubunji/traps_xlsx", "input.xlsx"),
        named("machida/plan_xlsx", "input.xlsx"),
        named("midorino/cards_xlsx", "input.xlsx"),
        named("generic/focus_csv", "input.csv"),
        named("policy/notice_browser_pdf", "input.pdf"),
        named("policy/pages_browser_pdf", "input.pdf"),
    ];
    inputs.extend(acceptance().into_iter().filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".xlsx") || name.starts_with("policy")
    }));
    let mut before: Vec<Import> = inputs
        .iter()
        .map(|input| import_of(input, &support::settings(None)))
        .collect();
    before.push(overlong());
    before.push(long_notice());
    let mut workbooks = Vec::new();
    for (at, import) in before.iter().enumerate() {
        for (paper, name) in [
            (None, "own"),
            (Some(Paper::A3), "a3"),
            (Some(Paper::A4), "a4"),
        ] {
            // The own paper for all, the others for the longest texts.
            if paper.is_some() && at + 5 < before.len() {
                continue;
            }
            let setting = Setting {
                paper,
                ..Setting::default()
            };
            let path = folder.path().join(format!("{at}-{name}.xlsx"));
            std::fs::write(&path, workbook(import, &[], &setting)).unwrap();
            workbooks.push((at, path));
        }
    }
    let paths: Vec<PathBuf> = workbooks.iter().map(|(_, path)| path.clone()).collect();
    let mut broken = Vec::new();
    for ((at, _), pdf) in workbooks.iter().zip(to_pdf(soffice, folder.path(), &paths)) {
        let bytes = std::fs::read(&pdf).unwrap();
        let shown = format!("{} ({})", pdf.file_name().unwrap().to_string_lossy(), *at);
        fonts_are_those_of_the_test(&bytes, &shown);
        let after = read_back(&bytes, "printed.pdf", &support::settings(None));
        everything_is_inside(&bytes, &after, &shown);
        let found = difference_in_print(&before[*at], &after);
        broken.extend(found.map(|found| format!("{shown}: {found}")));
        assert_eq!(
            after.coverage.unplaced + after.coverage.hidden,
            0,
            "{shown}"
        );
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn fonts_are_those_of_the_test(pdf: &[u8], shown: &str) {
    let mut rest = pdf;
    let mut names = Vec::new();
    let key = b"/BaseFont/";
    while let Some(at) = rest.windows(key.len()).position(|part| part == key) {
        rest = &rest[at + key.len()..];
        let end = rest
            .iter()
            .position(|byte| b"/\r\n >".contains(byte))
            .unwrap();
        names.push(String::from_utf8_lossy(&rest[..end]).into_owned());
    }
    assert!(!names.is_empty(), "{shown}: no fonts found");
    assert!(
        names.iter().all(|name| name.ends_with("IPAMincho")),
        "{shown}: {names:?}"
    );
}

fn headings(document: &Document) -> Vec<String> {
    match document {
        Document::GoalSheet(sheet) => sheet
            .columns
            .iter()
            .map(|column| solid(&column.heading))
            .collect(),
        Document::Policy(_) => Vec::new(),
    }
}

/// Each page has the whole width of the table with its headings, and each line stands in its cell and page.
fn everything_is_inside(pdf: &[u8], after: &Import, shown: &str) {
    let headings: Vec<Vec<String>> = after.documents.iter().map(headings).collect();
    let reading = read::read(pdf, &ReadOptions::default()).unwrap();
    for sheet in &reading.sheets {
        let (width, height) = sheet.size.unwrap();
        let grids: Vec<&Grid> = sheet
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Grid(grid) => Some(grid),
                Block::Line(_) => None,
            })
            .collect();
        let policies = after
            .documents
            .iter()
            .filter_map(|document| match document {
                Document::Policy(policy) => Some(policy.as_ref()),
                Document::GoalSheet(_) => None,
            });
        let policies: Vec<&Policy> = policies.collect();
        if grids.is_empty() && !policies.is_empty() {
            no_heading_ends_the_page(&policies, sheet, &reading.text, shown);
            continue;
        }
        assert!(!grids.is_empty(), "{shown}: a page without its table");
        let text: String = grids
            .iter()
            .flat_map(|grid| &grid.cells)
            .flat_map(|cell| &cell.lines)
            .map(|line| solid(line.range.of(&reading.text)))
            .collect();
        let headed = headings
            .iter()
            .any(|of_sheet| of_sheet.iter().all(|heading| text.contains(heading)));
        assert!(
            headed,
            "{shown}: page {:?} lacks headings: {text}",
            sheet.page
        );
        for cell in grids.iter().flat_map(|grid| &grid.cells) {
            for line in &cell.lines {
                let (Place::Box { bbox: inner, .. }, Place::Box { bbox: outer, .. }) =
                    (&line.place, &cell.place)
                else {
                    continue;
                };
                let words = line.range.of(&reading.text);
                assert!(
                    is_inside(*inner, *outer),
                    "{shown}: {words}: {inner:?} in {outer:?}"
                );
                assert!(
                    inner.right() <= width && inner.bottom() <= height,
                    "{shown}: {words}"
                );
            }
        }
    }
}

/// What a heading heads stands below it on the same page.
fn no_heading_ends_the_page(policies: &[&Policy], sheet: &Sheet, text: &str, shown: &str) {
    let lines = sheet.blocks.iter().filter_map(|block| match block {
        Block::Line(line) => Some(solid(line.range.of(text))),
        Block::Grid(_) => None,
    });
    let last = lines.fold(String::new(), |_, line| line);
    for section in policies.iter().flat_map(|policy| policy.all_sections()) {
        let (Some(heading), Some(label)) = (&section.heading, &section.label) else {
            continue;
        };
        let heading = solid(&format!("{}{heading}", label.raw));
        assert_ne!(last, heading, "{shown}: page {:?}", sheet.page);
    }
}

/// Punctuation may hang over the right rule by half of its em, as JIS X 4051 allows.
fn is_inside(inner: Bbox, outer: Bbox) -> bool {
    const HAIR: f64 = 1.5;
    const HANGING: f64 = 6.0;
    inner.left() >= outer.left() - HAIR
        && inner.right() <= outer.right() + HANGING
        && inner.top() >= outer.top() - HAIR
        && inner.bottom() <= outer.bottom() + HAIR
}
