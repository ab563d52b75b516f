//! The schemas that are checked in are those of the types; `UPDATE=1 cargo test --test all schemas` rewrites them.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use std::path::PathBuf;
use std::process::Command;

fn generated(name: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_seirihyo"))
        .args(["schema", name])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn checked_in_schemas_are_current() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schemas");
    for name in ["import", "sheets", "comparison", "report", "layout"] {
        let path = folder.join(format!("{name}.schema.json"));
        let generated = generated(name);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &generated).unwrap();
        }
        let checked_in = std::fs::read_to_string(&path).unwrap_or_default();
        // Not assert_eq: two whole schemas help nobody.
        assert!(
            checked_in == generated,
            "{} is stale: UPDATE=1 cargo test --test all schemas",
            path.display()
        );
    }
}

#[test]
fn schemas_are_of_the_draft_and_close_every_object() {
    for name in ["import", "sheets", "comparison", "report", "layout"] {
        let schema: serde_json::Value = serde_json::from_str(&generated(name)).unwrap();
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        let mut open = Vec::new();
        find_open(&schema, name, &mut open);
        assert!(open.is_empty(), "objects that allow any key: {open:?}");
        if name != "layout" {
            assert_eq!(
                schema["properties"]["schema"]["const"],
                format!("seirihyo/{name}/1")
            );
            let keys: Vec<_> = schema["properties"]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect();
            let required: Vec<_> = schema["required"]
                .as_array()
                .unwrap()
                .iter()
                .map(|k| k.as_str().unwrap())
                .collect();
            assert_eq!(keys, required, "{name}: every key is always there");
        }
    }
}

/// Objects with named properties, and without `additionalProperties: false`.
fn find_open(value: &serde_json::Value, path: &str, open: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => {
            let closed = map.get("additionalProperties") == Some(&serde_json::Value::Bool(false));
            if map.get("type").is_some_and(|t| t == "object")
                && map.contains_key("properties")
                && !closed
            {
                open.push(path.to_owned());
            }
            for (key, value) in map {
                find_open(value, &format!("{path}/{key}"), open);
            }
        }
        serde_json::Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                find_open(value, &format!("{path}/{at}"), open);
            }
        }
        _ => {}
    }
}

mod values {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use seirihyo::document::goal::{Goal, GoalSheet};
    use seirihyo::document::policy::Policy;
    use seirihyo::document::value::{Text, TextBlock};
    use seirihyo::document::{Coverage, Document, IMPORT_SCHEMA, Import, Source};
    use seirihyo::note::{Note, What};
    use seirihyo::place::{Bbox, Place};
    use serde_json::{Value, json};

    fn text(raw: &str) -> Text {
        let place = Place::Box {
            page: 1,
            bbox: Bbox::new(1.0, 2.0, 3.0, 841.89),
        };
        Text {
            raw: raw.to_owned(),
            text: raw.to_owned(),
            blocks: vec![TextBlock {
                mark: None,
                depth: 0,
                text: raw.to_owned(),
            }],
            places: vec![place],
            origin: Vec::new(),
        }
    }

    fn sheet() -> GoalSheet {
        GoalSheet {
            layout: "generic".to_owned(),
            title: Some(text("令和8年度 組織目標展開整理表")),
            fiscal_year: None,
            municipality: None,
            organization: None,
            prepared_on: None,
            post: None,
            person: None,
            mission: None,
            columns: Vec::new(),
            goals: vec![Goal {
                item: Some(text("窓口の案内を見直す。")),
                ..Goal::default()
            }],
            remarks: Vec::new(),
            ruby: Vec::new(),
        }
    }

    fn policy() -> Policy {
        Policy {
            layout: "policy".to_owned(),
            title: text("令和8年度 市民部の運営方針"),
            fiscal_year: None,
            municipality: None,
            issued_on: None,
            issuer: None,
            cosigners: Vec::new(),
            preamble: Vec::new(),
            has_ki: true,
            sections: Vec::new(),
            remarks: Vec::new(),
            references: Vec::new(),
            ruby: Vec::new(),
        }
    }

    fn import() -> Value {
        serde_json::to_value(Import {
            schema: IMPORT_SCHEMA.to_owned(),
            program: "seirihyo".to_owned(),
            source: Source {
                file: "r8.pdf".to_owned(),
                sha256: "0".repeat(64),
                bytes: 1,
                format: "pdf".to_owned(),
                pages: 1,
                producer: None,
            },
            documents: vec![
                Document::GoalSheet(Box::new(sheet())),
                Document::Policy(Box::new(policy())),
            ],
            notes: vec![Note::new(What::UnplacedText)],
            coverage: Coverage {
                source: 3,
                documents: 2,
                unplaced: 1,
                ..Coverage::default()
            },
        })
        .unwrap()
    }

    /// The findings on a value, and the exit status.
    fn validate(value: &Value) -> (String, Option<i32>) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_seirihyo"))
            .args(["validate", "-", "-q", "--lang", "en"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(value.to_string().as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        (
            String::from_utf8(output.stdout).unwrap(),
            output.status.code(),
        )
    }

    #[test]
    fn what_the_types_write_is_valid() {
        assert_eq!(validate(&import()), (String::new(), Some(0)));
    }

    /// A change at a path, and the words of the finding.
    #[track_caller]
    #[allow(clippy::needless_pass_by_value)] // made in place by each caller
    fn finds(pointer: &str, value: Value, words: &[&str]) {
        let mut import = import();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = import.pointer_mut(parent).unwrap();
        match parent {
            Value::Object(map) => drop(map.insert(key.to_owned(), value)),
            Value::Array(values) => values[key.parse::<usize>().unwrap()] = value,
            _ => panic!("{pointer}"),
        }
        let (findings, status) = validate(&import);
        assert_eq!(status, Some(1), "{pointer}: {findings}");
        assert_eq!(findings.lines().count(), 1, "{findings}");
        for word in words {
            assert!(findings.contains(word), "{word}: {findings}");
        }
    }

    #[test]
    fn a_key_too_many_is_found_at_its_place() {
        finds("/documents/0/titel", json!(1), &["documents[0]", "titel"]);
        finds(
            "/documents/1/has_kii",
            json!(1),
            &["documents[1]", "has_kii"],
        );
        finds(
            "/documents/0/goals/0/item/more",
            json!(1),
            &["documents[0].goals[0].item (p.1", "more"],
        );
        finds(
            "/documents/0/title/places/0/line",
            json!(1),
            &["documents[0].title.places[0]"],
        );
    }

    #[test]
    fn a_wrong_value_is_found_at_its_place() {
        finds(
            "/documents/0/kind",
            json!("goal"),
            &["documents[0].kind", "goal_sheet"],
        );
        finds(
            "/documents/0/goals/0/item/raw",
            json!(7),
            &["goals[0].item.raw", "string"],
        );
        finds(
            "/notes/0/severity",
            json!("bad"),
            &["notes[0].severity", "warning"],
        );
        finds(
            "/documents/0/fiscal_year",
            json!({"raw": null, "year": 2026, "era": "令和", "era_year": 8, "start": "2026-4-1", "end": "2027-03-31", "places": []}),
            &["fiscal_year.start", "2026-04-01"],
        );
    }

    #[test]
    fn a_missing_key_is_found() {
        let mut import = import();
        import["documents"][0]["goals"][0]
            .as_object_mut()
            .unwrap()
            .shift_remove("level");
        let (findings, status) = validate(&import);
        assert_eq!(status, Some(1));
        assert!(
            findings.contains("documents[0].goals[0]: “level” is missing"),
            "{findings}"
        );
    }

    #[test]
    fn the_meaning_is_looked_at() {
        finds(
            "/coverage/source",
            json!(4),
            &["coverage: the characters do not add up"],
        );
        finds(
            "/documents/0/title/text",
            json!("別の題"),
            &["lines of text and its blocks differ"],
        );
        finds("/source/sha256", json!("x"), &["source.sha256"]);
        let place = json!([{"sheet": "a", "cell": "B2"}]);
        let year = json!({"raw": null, "year": 2026, "era": "令和", "era_year": 9, "start": "2026-04-01", "end": "2027-03-31", "places": place});
        finds(
            "/documents/0/fiscal_year",
            year,
            &["fiscal_year (a!B2)", "令和9 is not fiscal year 2026"],
        );
        let target = json!({"raw": "20回", "value": 30, "multiplier": 1, "unit": "回", "comparator": null, "per": [], "cumulative": false, "note": null, "places": place});
        let indicator = json!([{"label": null, "name": null, "baseline": null, "target": target, "actual": null}]);
        finds(
            "/documents/0/goals/0/indicators",
            indicator,
            &["indicators[0].target", "20回"],
        );
    }
}
