//! Every character of a sheet stands in one value, in a heading, or in a note that quotes it as unplaced – counted in the
//! JSON, without the program's own ledger.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use super::sheets::{any_table, import, is_unique};

/// Where each of the characters that stand only once in the source stands in the JSON: the places of the values, and headings.
#[derive(Default)]
struct Found {
    values: BTreeMap<char, Vec<Vec<Value>>>,
    headings: BTreeMap<char, usize>,
}

impl Found {
    fn look(&mut self, value: &Value) {
        match value {
            Value::Object(entries) => {
                // What stands under another value's key is derived from its `raw`.
                if let Some(raw) = entries.get("raw").and_then(Value::as_str) {
                    let places = entries["places"].as_array().unwrap();
                    for c in raw.chars().filter(|&c| is_unique(c)) {
                        let seen = self.values.entry(c).or_default();
                        // A merged cell gives several goals the value that stands in one place.
                        if !seen
                            .iter()
                            .any(|seen| seen.iter().any(|place| places.contains(place)))
                        {
                            seen.push(places.clone());
                        }
                    }
                }
                for (key, inner) in entries {
                    match (key.as_str(), inner) {
                        ("heading", Value::String(text)) => self.heading(text),
                        ("parents", Value::Array(texts)) => {
                            texts
                                .iter()
                                .filter_map(Value::as_str)
                                .for_each(|text| self.heading(text));
                        }
                        _ => self.look(inner),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.look(item)),
            _ => {}
        }
    }

    fn heading(&mut self, text: &str) {
        for c in text.chars().filter(|&c| is_unique(c)) {
            *self.headings.entry(c).or_default() += 1;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_character_stands_once(table in any_table()) {
        let Some((reading, import)) = import(&table) else { return Ok(()) };
        let mut found = Found::default();
        found.look(&serde_json::to_value(&import.documents).unwrap());
        let quoted: String = import.notes.iter().filter_map(|note| note.text.as_deref()).collect();
        let mut unplaced = 0;
        for c in reading.text.chars().filter(|&c| is_unique(c)) {
            let values = found.values.get(&c).map_or(0, Vec::len);
            let headed = found.headings.contains_key(&c);
            prop_assert!(values <= 1, "{c} stands in {:?}", found.values[&c]);
            prop_assert!(!(values == 1 && headed), "{c} is a value and a heading");
            if values == 0 && !headed {
                unplaced += 1;
                prop_assert!(quoted.contains(c), "{c} is nowhere");
            }
        }
        prop_assert!(import.coverage.unplaced >= unplaced || import.coverage.repeated + import.coverage.furniture > 0,
            "{unplaced} characters are in no value, {:?}", import.coverage);
    }

    #[test]
    fn the_same_table_is_the_same_import(table in any_table()) {
        let once = import(&table).map(|(_, import)| import);
        let again = import(&table).map(|(_, import)| import);
        prop_assert!(once == again);
    }
}

#[test]
fn most_tables_are_sheets() {
    // Else the laws above would hold of nothing.
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let read = (0..100)
        .filter(|_| import(&any_table().new_tree(&mut runner).unwrap().current()).is_some());
    let read = read.count();
    assert!(read > 50, "{read} of 100");
}
