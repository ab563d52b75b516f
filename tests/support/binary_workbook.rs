//! A small goal sheet as an Excel binary workbook, which no program at hand writes.

use super::xlsb_writer::{self, Cell, Sheet, Value};

/// The workbook: texts of each kind, a number, a merged title, a hidden row and column, print titles.
pub fn bytes() -> Vec<u8> {
    let rows = [
        ["令和8年度　組織目標展開整理表", "", "", "", ""],
        [
            "番号",
            "実施項目",
            "どの水準まで",
            "どのような方法で",
            "いつまで",
        ],
        [
            "1",
            "窓口の改善",
            "待ち時間を10分以内とする。",
            "・予約制を試す。\n・案内板を直す。",
            "年度末",
        ],
        [
            "2",
            "公園の更新",
            "3か所",
            "・地区ごとに意見を聞く。",
            "9月",
        ],
    ];
    let mut cells = Vec::new();
    for (row, values) in (1..).zip(rows) {
        for (column, value) in (1..).zip(values) {
            let value = match (row, column) {
                (3, 1) => Value::Number(1.0),
                (3, 3) => Value::StruckStart(value.to_owned(), 2),
                (4, 2) => Value::Inline(value.to_owned()),
                _ if value.is_empty() => Value::Blank,
                _ => Value::Text(value.to_owned()),
            };
            cells.push(Cell {
                row,
                column,
                style: row % 4,
                value,
            });
        }
    }
    xlsb_writer::workbook(&[Sheet {
        name: "公園課".to_owned(),
        cells,
        merges: vec![(1, 1, 1, 5)],
        hidden_rows: vec![9],
        hidden_columns: vec![9],
        title_rows: Some((2, 2)),
        ..Sheet::default()
    }])
}
