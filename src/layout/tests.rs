//! Documents from small readings: where they begin, go on and end.

use std::sync::Arc;

use super::{ImportOptions, Layouts, definition, import};
use crate::document::value::Text;
use crate::document::{Document, Goal, GoalSheet, Import, Source};
use crate::error::Error;
use crate::ledger;
use crate::place::{Bbox, Place};
use crate::sheet::{
    Block, Cell, CellValue, Format, Grid, Line, LineEnd, Reading, Sheet, TextRange,
};

/// A reading under construction: text is appended in reading order.
struct Builder {
    reading: Reading,
}

/// Width and height of a cell on a page, and of the page, in points.
const CELL: (f64, f64) = (100.0, 20.0);
const PAGE: (f64, f64) = (842.0, 595.0);

impl Builder {
    fn new() -> Self {
        let reading = Reading {
            format: Format::Pdf,
            producer: None,
            pages: 0,
            text: String::new(),
            source_characters: 0,
            sheets: Vec::new(),
            set_aside: Vec::new(),
            notes: Vec::new(),
        };
        Self { reading }
    }

    fn page(mut self) -> Self {
        self.reading.pages += 1;
        let page = Some(self.reading.pages);
        self.reading.sheets.push(Sheet {
            name: None,
            page,
            size: Some(PAGE),
            blocks: Vec::new(),
        });
        self
    }

    fn worksheet(mut self, name: &str) -> Self {
        self.reading.pages += 1;
        self.reading.sheets.push(Sheet {
            name: Some(Arc::from(name)),
            ..Sheet::default()
        });
        self
    }

    fn text_line(&mut self, text: &str, ends: LineEnd, place: Place) -> Line {
        let start = self.reading.text.len() as u32;
        self.reading.text.push_str(text);
        let end = self.reading.text.len() as u32;
        self.reading.text.push('\n');
        self.reading.source_characters += ledger::count(text);
        Line {
            range: TextRange { start, end },
            ends,
            place,
            ruby: Vec::new(),
            room: Some(0.5),
        }
    }

    /// A line outside any grid, at this height of its page.
    fn line(mut self, text: &str, top: f64) -> Self {
        let page = self.reading.pages;
        let place = Place::Box {
            page,
            bbox: Bbox::new(36.0, top, 300.0, top + 10.0),
        };
        let line = self.text_line(text, LineEnd::Break, place);
        if let Some(sheet) = self.reading.sheets.last_mut() {
            sheet.blocks.push(Block::Line(line));
        }
        self
    }

    /// A grid of one-cell texts; `""` is an empty cell, `"^"` the cell above going on, `|` a line break.
    fn grid(mut self, rows: &[&[&str]]) -> Self {
        let mut cells: Vec<Cell> = Vec::new();
        for (row, texts) in (1u32..).zip(rows) {
            for (column, text) in (1u32..).zip(*texts) {
                if *text == "^" {
                    let above = cells
                        .iter_mut()
                        .rfind(|cell| cell.column == column)
                        .unwrap();
                    above.rows += 1;
                    continue;
                }
                let place = self.place(row, column);
                let lines = text
                    .split('|')
                    .filter(|line| !line.is_empty())
                    .map(str::to_owned)
                    .collect::<Vec<_>>();
                let lines = lines
                    .iter()
                    .map(|line| self.text_line(line, LineEnd::Break, place.clone()))
                    .collect();
                cells.push(Cell {
                    row,
                    column,
                    rows: 1,
                    columns: 1,
                    lines,
                    value: CellValue::Text,
                    place,
                    edges: None,
                });
            }
        }
        let columns = rows.iter().map(|row| row.len() as u32).max().unwrap_or(0);
        let place = self.place(1, 1);
        let grid = Grid {
            rows: rows.len() as u32,
            columns,
            cells,
            place,
            title_rows: None,
            open_below: false,
            open_above: false,
            across_pages: false,
        };
        self.reading
            .sheets
            .last_mut()
            .unwrap()
            .blocks
            .push(Block::Grid(grid));
        self
    }

    /// The last grid's last row has no closing rule, and its texts are cut.
    fn cut(mut self) -> Self {
        if let Some(Block::Grid(grid)) = self.reading.sheets.last_mut().unwrap().blocks.last_mut() {
            grid.open_below = true;
            let last = grid.rows;
            for line in grid
                .cells
                .iter_mut()
                .filter(|cell| cell.row == last)
                .filter_map(|cell| cell.lines.last_mut())
            {
                line.ends = LineEnd::Cut;
            }
        }
        self
    }

    /// A rule closes the last grid's last row.
    fn closed(mut self) -> Self {
        if let Some(Block::Grid(grid)) = self.reading.sheets.last_mut().unwrap().blocks.last_mut() {
            grid.open_below = false;
        }
        self
    }

    fn place(&self, row: u32, column: u32) -> Place {
        let sheet = self.reading.sheets.last().unwrap();
        if let Some(name) = &sheet.name {
            return Place::cells(name, row, column, 1, 1);
        }
        let (x, y) = (f64::from(column) * CELL.0, 60.0 + f64::from(row) * CELL.1);
        Place::Box {
            page: self.reading.pages,
            bbox: Bbox::new(x, y, x + CELL.0, y + CELL.1),
        }
    }

    fn import_with(self, layouts: &Layouts, file: &str) -> Result<Import, Error> {
        self.import_with_options(layouts, file, &ImportOptions::default())
    }

    fn import_with_options(
        self,
        layouts: &Layouts,
        file: &str,
        options: &ImportOptions,
    ) -> Result<Import, Error> {
        let source = Source {
            file: file.to_owned(),
            sha256: String::new(),
            bytes: 0,
            format: "pdf".to_owned(),
            pages: self.reading.pages,
            producer: None,
        };
        import(self.reading, source, layouts, options)
    }

    fn import(self) -> Import {
        let found = self.import_with(&Layouts::default(), "sheet.pdf").unwrap();
        let lost: Vec<_> = found
            .notes
            .iter()
            .filter(|note| note.code == "text-not-conserved")
            .collect();
        assert!(lost.is_empty(), "{lost:?}");
        let c = found.coverage;
        let sum = c.documents
            + c.headings
            + c.repeated
            + c.furniture
            + c.markup
            + c.overprint
            + c.hidden
            + c.unplaced;
        assert_eq!(c.source, sum);
        found
    }
}

fn sheets(import: &Import) -> Vec<&GoalSheet> {
    let mut sheets = Vec::new();
    for document in &import.documents {
        if let Document::GoalSheet(sheet) = document {
            sheets.push(&**sheet);
        }
    }
    sheets
}

fn codes(import: &Import) -> Vec<&str> {
    import.notes.iter().map(|note| note.code.as_str()).collect()
}

fn items(sheet: &GoalSheet) -> Vec<&str> {
    sheet
        .goals
        .iter()
        .map(|goal| goal.item.as_ref().map_or("", |item| item.text.as_str()))
        .collect()
}

fn remarks(sheet: &GoalSheet) -> Vec<&str> {
    sheet
        .remarks
        .iter()
        .map(|remark| remark.text.as_str())
        .collect()
}

const TITLE: &str = "令和8年度　組織目標展開整理表";
const HEAD: &[&str] = &[
    "番号",
    "実施項目",
    "どの水準まで",
    "どのような方法で",
    "共通/課名",
];

#[test]
fn a_table_goes_on_where_headings_are_repeated() {
    let import = Builder::new()
        .page()
        .line(TITLE, 40.0)
        .grid(&[HEAD, &["1", "花壇", "咲く", "植える", "緑課"]])
        .line("- 1 -", 580.0)
        .page()
        .grid(&[HEAD, &["2", "並木", "茂る", "剪る", "緑課"]])
        .line("- 2 -", 580.0)
        .import();
    let found = sheets(&import);
    assert_eq!(found.len(), 1);
    assert_eq!(items(found[0]), ["花壇", "並木"]);
    assert_eq!(remarks(found[0]), Vec::<&str>::new());
    assert_eq!(
        (import.coverage.repeated, import.coverage.furniture),
        (import.coverage.headings, 6)
    );
}

#[test]
fn a_table_goes_on_where_no_headings_are_repeated() {
    let import = Builder::new()
        .page()
        .line(TITLE, 40.0)
        .grid(&[HEAD, &["1", "花壇", "咲く", "植える", "緑課"]])
        .page()
        .grid(&[
            &["2", "並木", "茂る", "剪る", "緑課"],
            &["3", "池", "澄む", "浚う", "緑課"],
        ])
        .import();
    assert_eq!(items(sheets(&import)[0]), ["花壇", "並木", "池"]);
}

#[test]
fn a_row_without_number_after_a_page_break_is_the_rest_of_the_row_before() {
    let rows: &[&[&str]] = &[
        HEAD,
        &["1", "花壇の整備", "四季の花が咲いて", "植える", "緑課"],
    ];
    let import = Builder::new()
        .page()
        .line(TITLE, 40.0)
        .grid(rows)
        .cut()
        .page()
        .grid(&[
            HEAD,
            &["", "", "いる。", "・抜く", ""],
            &["2", "池", "澄む", "浚う", "緑課"],
        ])
        .import();
    let found = sheets(&import);
    assert_eq!(items(found[0]), ["花壇の整備", "池"]);
    let first = &found[0].goals[0];
    let level = first.level.as_ref().unwrap();
    assert_eq!(level.text, "四季の花が咲いている。");
    assert_eq!(level.places.len(), 2);
    assert_eq!(first.methods.as_ref().unwrap().text, "植える\n・抜く");
    assert!(codes(&import).contains(&"row-joined"));
}

#[test]
fn a_number_in_the_middle_of_a_cut_row_may_stand_in_its_second_half() {
    let items_of = |first: Builder| {
        let next = first.page().grid(&[
            HEAD,
            &["1", "", "咲いている。", "", ""],
            &["2", "池", "澄む", "浚う", "緑課"],
        ]);
        let import = next.import();
        let found = sheets(&import)[0].goals.iter();
        let values = |goal: &Goal| {
            let text =
                |text: &Option<Text>| text.as_ref().map_or("", |t| t.text.as_str()).to_owned();
            (text(&goal.item), text(&goal.level))
        };
        found.map(values).collect::<Vec<_>>()
    };
    let row = || {
        let rows: &[&[&str]] = &[HEAD, &["", "花壇の整備", "四季の花が", "植える", "緑課"]];
        Builder::new().page().line(TITLE, 40.0).grid(rows)
    };
    let whole = ("花壇の整備".to_owned(), "四季の花が咲いている。".to_owned());
    let next = ("池".to_owned(), "澄む".to_owned());
    assert_eq!(items_of(row().cut()), [whole, next]);
    assert_eq!(items_of(row()).len(), 3, "a rule closes the first half");
}

#[test]
fn two_complete_rows_around_a_page_break_stay_two() {
    let import = Builder::new()
        .page()
        .line(TITLE, 40.0)
        .grid(&[HEAD, &["1", "花壇", "咲く", "植える", "緑課"]])
        .page()
        .grid(&[HEAD, &["", "池", "澄む", "浚う", "水課"]])
        .import();
    assert_eq!(items(sheets(&import)[0]), ["花壇", "池"]);
    assert!(codes(&import).contains(&"row-maybe-cut"));
}

#[test]
fn two_deadlines_around_a_page_break_are_two_goals_though_the_text_seems_to_go_on() {
    let head = &["番号", "実施項目", "どの水準まで", "実施時期", "課名"];
    let rows = |deadline| {
        let import = Builder::new()
            .page()
            .line(TITLE, 40.0)
            .grid(&[head, &["1", "花壇", "花が咲く公園", "9月末", "緑課"]])
            .cut()
            .closed()
            .page()
            .grid(&[head, &["", "", "の池が澄む", deadline, "水課"]])
            .import();
        sheets(&import)[0].goals.len()
    };
    assert_eq!((rows("年度末"), rows("")), (2, 1));
}

#[test]
fn a_title_printed_again_is_furniture_while_the_numbers_go_on() {
    let two = |second: &'static str| {
        Builder::new()
            .page()
            .line(TITLE, 40.0)
            .grid(&[HEAD, &["1", "花壇", "咲く", "植える", "緑課"]])
            .page()
            .line(TITLE, 40.0)
            .grid(&[HEAD, &[second, "池", "澄む", "浚う", "緑課"]])
            .import()
    };
    let going_on = two("2");
    assert_eq!(sheets(&going_on).len(), 1);
    assert_eq!(going_on.coverage.furniture, ledger::count(TITLE));
    assert_eq!(
        sheets(&two("1")).len(),
        2,
        "numbers that begin again begin a document"
    );
}

#[test]
fn without_numbers_the_same_labels_say_that_a_sheet_goes_on() {
    let plan = |goal: &'static str| -> [&'static [&'static str]; 2] {
        let row: &'static [&'static str] = match goal {
            "花壇" => &["花壇", "咲く", "植える"],
            _ => &["並木", "茂る", "剪る"],
        };
        [&["重点目標", "達成水準", "取組内容"], row]
    };
    let two = |second: &'static str| {
        let import = Builder::new()
            .page()
            .line("令和8年度 重点目標　課名　緑課", 40.0)
            .grid(&plan("花壇"))
            .page()
            .line(second, 40.0)
            .grid(&plan("並木"))
            .import();
        sheets(&import).len()
    };
    assert_eq!(two("令和8年度 重点目標　課名　緑課"), 1);
    assert_eq!(two("令和8年度 重点目標　課名　水課"), 2);
}

#[test]
fn labels_begin_a_document_and_what_stands_before_is_the_table_s_before() {
    let plan: &[&[&str]] = &[
        &["順位", "取組項目", "具体的な活動内容", "指標", "目標値"],
        &["1", "窓口", "開ける", "日数", "240日"],
    ];
    let import = Builder::new()
        .page()
        .line("部課名　市民部市民課", 40.0)
        .grid(plan)
        .line("※目標値は見込み", 300.0)
        .line("部課名　市民部税務課", 320.0)
        .grid(plan)
        .import();
    let found = sheets(&import);
    let sections: Vec<_> = found
        .iter()
        .map(|sheet| {
            sheet
                .organization
                .as_ref()
                .unwrap()
                .section
                .clone()
                .unwrap()
        })
        .collect();
    assert_eq!(sections, ["市民課", "税務課"]);
    assert_eq!(remarks(found[0]), ["※目標値は見込み"]);
    assert_eq!(remarks(found[1]), Vec::<&str>::new());
}

#[test]
fn a_worksheet_with_equal_headings_goes_on_and_another_is_one_note() {
    let import = Builder::new()
        .worksheet("1枚目")
        .grid(&[&[TITLE], HEAD, &["1", "花壇", "咲く", "植える", "緑課"]])
        .worksheet("2枚目")
        .grid(&[
            HEAD,
            &["2", "池", "澄む", "浚う", "緑課"],
            &["3", "", "", "", ""],
        ])
        .worksheet("記入例")
        .grid(&[&["この表は例です。"], &["提出しません。"]])
        .import();
    assert_eq!(items(sheets(&import)[0]), ["花壇", "池"]);
    assert_eq!(codes(&import), ["sheet-not-recognised", "empty-rows"]);
    assert_eq!(
        import.notes[0].text.as_deref(),
        Some("この表は例です。\n提出しません。")
    );
}

#[test]
fn merged_cells_give_each_goal_their_value_once_in_the_account() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            HEAD,
            &["1", "花壇", "咲く", "植える", "緑課"],
            &["2", "池", "澄む", "浚う", "^"],
            &["3", "並木", "茂る", "剪る", ""],
        ])
        .import();
    let sections: Vec<_> = sheets(&import)[0]
        .goals
        .iter()
        .map(|goal| goal.sections.as_ref().map(|s| s.names.join("")))
        .collect();
    assert_eq!(
        sections,
        [Some("緑課".to_owned()), Some("緑課".to_owned()), None],
        "nothing is filled down"
    );
}

#[test]
fn a_heading_that_reaches_into_the_rows_is_no_value_of_theirs() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            &["番号", "実施項目", "どの水準まで", "いつまで", "確認欄"],
            &["1", "花壇", "咲く", "9月", "^"],
            &["2", "池", "澄む", "10月", "済"],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(items(sheet), ["花壇", "池"]);
    assert!(sheet.goals[0].extra.is_empty());
    assert!(codes(&import).contains(&"heading-over-rows"));
}

#[test]
fn a_known_heading_that_reaches_into_the_rows_takes_no_row_with_it() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            HEAD,
            &["1", "花壇", "咲く", "植える", "^"],
            &["2", "池", "澄む", "浚う", "緑課"],
        ])
        .import();
    assert_eq!(items(sheets(&import)[0]), ["花壇", "池"]);
    assert!(codes(&import).contains(&"heading-over-rows"));
}

#[test]
fn unknown_parents_between_headings_of_two_storeys_belong_to_the_headings() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            &["柱", "ねらい", "", "期末報告", "備考"],
            &["^", "何を", "いつまでに", "^", "^"],
            &["緑", "花壇", "9月", "咲いた", "市費"],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(items(sheet), ["花壇"]);
    assert_eq!(sheet.columns[1].parents, ["ねらい"]);
    assert!(remarks(sheet).is_empty());
}

#[test]
fn labels_are_read_beside_and_within_cells() {
    for head in [
        vec![vec![
            "作成日",
            "令和8年4月1日",
            "職名",
            "緑部長",
            "氏名",
            "緑野　花子",
        ]],
        vec![vec![
            "作成日：令和8年4月1日",
            "職　名　緑部長",
            "氏名",
            "緑野　花子",
        ]],
        vec![vec![
            "作成日　令和8年4月1日　職名　緑部長　氏名　緑野　花子",
        ]],
        vec![
            vec!["作成日", "職名", "氏名"],
            vec!["令和8年4月1日", "緑部長", "緑野　花子"],
        ],
    ] {
        let mut rows: Vec<&[&str]> = vec![&[TITLE]];
        rows.extend(head.iter().map(Vec::as_slice));
        rows.extend([HEAD, &["1", "花壇", "咲く", "植える", "緑課"]]);
        let import = Builder::new().worksheet("表").grid(&rows).import();
        let sheet = sheets(&import)[0];
        let day = sheet
            .prepared_on
            .as_ref()
            .and_then(|day| day.date)
            .map(|date| date.to_string());
        assert_eq!(day.as_deref(), Some("2026-04-01"), "{head:?}");
        assert_eq!(sheet.post.as_ref().unwrap().text, "緑部長", "{head:?}");
        assert_eq!(
            sheet.person.as_ref().unwrap().text,
            "緑野　花子",
            "{head:?}"
        );
        assert_eq!(
            sheet.organization.as_ref().unwrap().department.as_deref(),
            Some("緑部")
        );
    }
}

#[test]
fn columns_that_no_field_claims_are_extra_and_last_year_s_value_is_no_actual_value() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &["令和8年度 重点目標"],
            &["番号", "重点目標", "指標", "目標値", "前年度実績値"],
            &["1", "花壇", "面積", "20㎡", "15㎡"],
        ])
        .import();
    let goal = &sheets(&import)[0].goals[0];
    assert!(goal.indicators[0].actual.is_none());
    assert_eq!(goal.extra[0].heading, "前年度実績値");
    assert!(codes(&import).contains(&"unmapped-column"));
}

#[test]
fn a_column_without_heading_is_read_only_where_the_layout_says() {
    let import = Builder::new()
        .worksheet("表")
        .grid(&[
            &[TITLE],
            &[
                "番号",
                "実施項目",
                "どの水準まで",
                "どのような方法で",
                "共通/課名",
                "",
                "",
            ],
            &[
                "1",
                "花壇",
                "咲く",
                "植える",
                "緑課",
                "ほぼ達成した",
                "控え",
            ],
        ])
        .import();
    let sheet = sheets(&import)[0];
    assert_eq!(
        sheet.goals[0].achievement.as_ref().unwrap().raw,
        "ほぼ達成した"
    );
    assert_eq!(sheet.goals[0].extra[0].value.text, "控え");
    assert_eq!(sheet.columns[6].heading, "");
}

#[test]
fn years_that_contradict_the_title_are_warned_of() {
    let layouts = Layouts::default();
    let build = |name: &str| {
        Builder::new().worksheet(name).grid(&[
            &[TITLE],
            HEAD,
            &["1", "花壇", "咲く", "植える", "緑課"],
        ])
    };
    let warned = |name: &str, file: &str| {
        let import = build(name).import_with(&layouts, file).unwrap();
        codes(&import)
            .iter()
            .filter(|code| **code == "year-conflict")
            .count()
    };
    assert_eq!(warned("R8", "組織目標_R8.xlsx"), 0);
    assert_eq!(warned("令和7年度", "組織目標_R7.xlsx"), 2);
    assert_eq!(warned("表", "組織目標（R7→R8）.xlsx"), 0);
}

#[test]
fn a_user_s_layout_wins_a_tie() {
    let text = crate::layout::known::FILES
        .iter()
        .find(|(name, _)| *name == "kokubunji-seirihyo")
        .unwrap()
        .1;
    let own =
        definition::parse(&text.replace("name = \"kokubunji-seirihyo\"", "name = \"zz-own\""))
            .unwrap();
    let build = || {
        Builder::new().worksheet("表").grid(&[
            &[TITLE],
            HEAD,
            &["1", "花壇", "咲く", "植える", "緑課"],
        ])
    };
    let import = build()
        .import_with(&Layouts { own: vec![own] }, "表.xlsx")
        .unwrap();
    assert_eq!(sheets(&import)[0].layout, "zz-own");
    assert!(codes(&import).contains(&"layout-tie"));
}

#[test]
fn nothing_known_is_an_error_with_the_candidates() {
    let error = Builder::new()
        .worksheet("表")
        .grid(&[&["品名", "数量"], &["鉛筆", "3"]])
        .import_with(&Layouts::default(), "表.xlsx")
        .unwrap_err();
    assert!(error.to_string().contains("generic 0.00"), "{error}");
}

/// A layout with two scales and a column that is no field.
const GRADED: &str = r#"
name = "graded"
kind = "goal_sheet"
description = { ja = "評語", en = "Grades" }
title = ["評語の表"]
column = [
  { field = "number", headings = ["番号"] },
  { field = "item", headings = ["何を"], required = true },
  { field = "achievement", headings = ["達成度"] },
  { headings = ["困難度"] },
]

[[scale]]
name = "old"
municipality = "132144"
to = 2024
grade = [{ word = "1", group = "exceeded" }]

[[scale]]
name = "new"
municipality = "132144"
from = 2025
grade = [{ word = "1", group = "not_achieved" }]
"#;

#[test]
fn a_grade_means_what_the_scale_of_its_municipality_and_year_says() {
    let grade = |title: &str, code: Option<&str>| {
        let mut build = Builder::new().worksheet("表").grid(&[
            &[title],
            &["番号", "何を", "達成度", "困難度"],
            &["1", "花壇", "１", "◎"],
        ]);
        build.reading.format = Format::Xlsx;
        let own = vec![definition::parse(GRADED).unwrap()];
        let options = ImportOptions {
            municipality: code.map(|code| crate::document::value::Municipality {
                code: Some(code.to_owned()),
                name: None,
            }),
            ..ImportOptions::default()
        };
        let import = build
            .import_with_options(&Layouts { own }, "表.xlsx", &options)
            .unwrap();
        let sheet = sheets(&import)[0];
        assert_eq!(sheet.goals[0].extra[0].heading, "困難度");
        assert!(!codes(&import).contains(&"unmapped-column"));
        let found = sheet.goals[0].achievement.clone().unwrap();
        assert_eq!(found.group.is_none(), found.scale.is_none());
        let noted = codes(&import).contains(&"grade-without-scale");
        assert_eq!(found.scale.is_none(), noted, "{title}");
        found.scale
    };
    assert_eq!(grade("令和6年度 評語の表", None).as_deref(), Some("old"));
    assert_eq!(grade("令和7年度 評語の表", None).as_deref(), Some("new"));
    assert_eq!(
        grade("令和7年度 評語の表", Some("132144")).as_deref(),
        Some("new")
    );
    assert_eq!(
        grade("令和7年度 評語の表", Some("132098")),
        None,
        "another town's"
    );
    assert_eq!(grade("評語の表", None), None, "no year is known");
}

/// A layout of cards.
const CARDS: &str = r#"
name = "cards"
kind = "goal_sheet"
description = { ja = "事業の札", en = "Cards" }
title = ["事業の札"]
arrangement = "cards"
column = [
  { field = "number", headings = ["整理番号"], required = true },
  { field = "item", headings = ["事業の名"], required = true },
  { field = "level", headings = ["目的"] },
  { field = "methods", headings = ["手段"] },
  { field = "deadline", headings = ["期間"] },
  { field = "indicators.name", headings = ["指標名"], parents = ["区分", "活動"] },
  { field = "indicators.target", headings = ["目標値"] },
]
"#;

#[test]
fn a_card_s_values_stand_beside_below_and_in_the_cell_of_their_label() {
    let own = vec![definition::parse(CARDS).unwrap()];
    let card = |number: &'static str| -> [&'static [&'static str]; 9] {
        [
            match number {
                "1" => &["整理番号", "1", "事業の名", "花壇"],
                _ => &["整理番号", "2", "事業の名", ""],
            },
            &["１ 目的", "２．手段"],
            &["咲く", "・植える|・水をやる"],
            &["区分", "指標名", "目標値"],
            &["活動", "株の数", "30株"],
            &["活動", "水やり", ""],
            &["期間：年度末"],
            &["手段 の 説明"],
            &[""],
        ]
    };
    let rows: Vec<&[&str]> = std::iter::once(&["事業の札"] as &[&str])
        .chain(card("1"))
        .chain(card("2"))
        .collect();
    let import = Builder::new()
        .worksheet("表")
        .grid(&rows)
        .import_with(&Layouts { own }, "表.xlsx")
        .unwrap();
    let sheet = sheets(&import)[0];
    assert_eq!((sheet.layout.as_str(), sheet.goals.len()), ("cards", 2));
    let (first, second) = (&sheet.goals[0], &sheet.goals[1]);
    let text = |text: &Option<crate::document::value::Text>| {
        text.as_ref()
            .map(|text| text.text.clone())
            .unwrap_or_default()
    };
    assert_eq!(
        (text(&first.item), text(&first.level)),
        ("花壇".to_owned(), "咲く".to_owned())
    );
    assert_eq!(text(&first.methods), "・植える\n・水をやる");
    assert_eq!(first.deadline.as_ref().unwrap().raw, "年度末");
    let names: Vec<String> = first.indicators.iter().map(|one| text(&one.name)).collect();
    assert_eq!(names, ["株の数", "水やり"]);
    assert!(first.indicators[0].target.is_some() && first.indicators[1].target.is_none());
    assert!(
        second.item.is_none(),
        "an empty value takes none from below"
    );
    assert_eq!(
        remarks(sheet),
        ["手段 の 説明", "手段 の 説明"],
        "words that only begin like a label"
    );
    assert_eq!(import.coverage.unplaced, 0);
}
