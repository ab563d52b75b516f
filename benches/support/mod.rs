//! Sheets of any size, made in memory: the same numbers give the same bytes.
#![allow(dead_code)] // each benchmark uses its part

mod pdf;

pub use pdf::pdf;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, XlsxError};
use seirihyo::layout::{ImportOptions, Layouts};
use seirihyo::pipeline::Settings;
use seirihyo::read::ReadOptions;

/// The headings of the sheet, left to right.
pub const HEADINGS: [&str; 8] = [
    "番号",
    "実施項目",
    "計画・方針等の分類",
    "どの水準まで\n(達成水準又は遂行後の状態等)",
    "どのような方法で\n(目標等を達成するための取組の内容等)",
    "いつまで\n(期限)",
    "共通/課名",
    "達成状況",
];

/// The cells of a goal, counted from 0.
pub fn goal(at: usize) -> [String; 8] {
    let pick = |words: &[&str], step: usize| words[(at / step + at) % words.len()].to_owned();
    let subject = pick(
        &[
            "家庭ごみ",
            "公園の遊具",
            "街路樹",
            "市民農園",
            "緑野川の水質",
            "斎場の予約",
        ],
        7,
    );
    let work = pick(
        &["減量", "更新", "管理の方針づくり", "拡充", "調査", "見直し"],
        3,
    );
    let section = pick(
        &["ごみ減量課", "環境政策課", "公園緑地課", "市民課", "共通"],
        2,
    );
    [
        (at + 1).to_string(),
        format!("{subject}の{work}"),
        pick(&["ビジョン", "施政方針", "その他"], 1),
        format!(
            "{subject}の{work}が{}地区の全てで終わり、結果が{}月に地図とWebで公開されている。また、説明会で出た意見への答えが{section}の窓口に置かれている。",
            at % 40 + 3,
            at % 12 + 1
        ),
        format!(
            "・{subject}について、住民{}人に聞き取る。\n・{work}の手順を{}回確かめ、担当者（{section}ほか2課）の打合せを毎月行う。\n・利用者の多い所から順に進め、進み具合を広報紙とSNSで知らせる。",
            at % 90 + 10,
            at % 9 + 1
        ),
        pick(&["年度末", "12月末", "7月末"], 1),
        section,
        pick(
            &["高度に達成した", "ほぼ達成した", "ほとんど未達成だった"],
            1,
        ),
    ]
}

/// A workbook with one sheet of so many goals.
///
/// # Errors
/// More goals than a worksheet has rows.
pub fn xlsx(goals: usize) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 4, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    let boxed = Format::new().set_text_wrap().set_border(FormatBorder::Thin);
    sheet.set_name("組織目標")?;
    sheet.merge_range(
        0,
        0,
        0,
        7,
        "令和8年度　組織目標展開整理表（部の組織目標）",
        &Format::new(),
    )?;
    for (column, label) in [
        "作成日",
        "令和8年4月1日",
        "職名　くらし環境部長",
        "氏名　五十嵐",
    ]
    .into_iter()
    .enumerate()
    {
        sheet.write_with_format(1, column as u16, label, &boxed)?;
    }
    for (column, heading) in HEADINGS.into_iter().enumerate() {
        sheet.write_with_format(2, column as u16, heading, &boxed)?;
    }
    for at in 0..goals {
        for (column, text) in goal(at).into_iter().enumerate() {
            let (row, column) = (at as u32 + 3, column as u16);
            match text.parse::<u32>() {
                Ok(number) => sheet.write_with_format(row, column, number, &boxed)?,
                Err(_) => sheet.write_with_format(row, column, text, &boxed)?,
            };
        }
    }
    workbook.save_to_buffer()
}

/// The settings of an import without options.
pub fn settings() -> Settings {
    Settings {
        read: ReadOptions::default(),
        layouts: Layouts::default(),
        import: ImportOptions::default(),
    }
}
