//! What is imported, printed and imported again says the same.

use proptest::prelude::*;
use seirihyo::document::Import;
use seirihyo::write::{json, xlsx::Setting};
use serde_json::Value;

use super::sheets::HEADINGS;
use crate::support::print::{read_back, workbook};
use crate::support::{essence, first_difference, settings};

/// A sheet whose every cell is what people write there.
fn any_sheet() -> impl Strategy<Value = String> {
    let item = "(窓口|公園|広報|職員|防災|ごみ)(の|に関する)(改善|更新|育成|減量)";
    let category = "(|-|その他|経営改革プラン／その他)";
    let text = "(|・|①)(課題を整理し|地区ごとに|3か所で|Webサイトで)(、公表する。|進める。|5件を示す。)(|¶・記録を残す。|¶②時期を決める。|¶※年2回)";
    let deadline = "(|年度末|9月|令和9年3月31日|上半期|随時)";
    let section = "(|会計課|共通|公園課、広報課)";
    let grade = "(|ほぼ達成した|高度に達成した)";
    let row = (item, category, text, text, deadline, section, grade);
    proptest::collection::vec(row, 1..6).prop_map(|rows| {
        let rows = (1..).zip(rows).map(|(number, (a, b, c, d, e, f, g))| {
            format!("{number}\t{a}\t{b}\t{c}\t{d}\t{e}\t{f}\t{g}")
        });
        let rows: Vec<String> = rows.collect();
        let head = HEADINGS.join("\t");
        format!("令和8年度　組織目標展開整理表\n{head}\n{}", rows.join("\n"))
    })
}

fn said(import: &Import) -> Value {
    essence(&serde_json::to_value(&import.documents).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn printed_and_read_it_is_the_same(table in any_sheet()) {
        let (_, before) = super::sheets::import(&table).unwrap();
        let bytes = workbook(&before, &[], &Setting::default());
        let after = read_back(&bytes, "printed.xlsx", &settings(None));
        prop_assert_eq!(first_difference(&said(&before), &said(&after)), None);
        prop_assert_eq!(after.coverage.unplaced, 0);
    }

    #[test]
    fn written_as_json_and_read_it_prints_the_same(table in any_sheet()) {
        let (_, before) = super::sheets::import(&table).unwrap();
        let read: Import = serde_json::from_str(&json::pretty(&before).unwrap()).unwrap();
        prop_assert_eq!(workbook(&read, &[], &Setting::default()), workbook(&before, &[], &Setting::default()));
    }
}
