//! The schemas that are checked in are those of the types; `UPDATE=1 cargo test --test schemas` rewrites them.

use std::path::PathBuf;
use std::process::Command;

fn generated(name: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_seirihyo")).args(["schema", name]).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn checked_in_schemas_are_current() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schemas");
    for name in ["import", "sheets", "report", "layout"] {
        let path = folder.join(format!("{name}.schema.json"));
        let generated = generated(name);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &generated).unwrap();
        }
        let checked_in = std::fs::read_to_string(&path).unwrap_or_default();
        // Not assert_eq: two whole schemas help nobody.
        assert!(
            checked_in == generated,
            "{} is stale: UPDATE=1 cargo test --test schemas",
            path.display()
        );
    }
}

#[test]
fn schemas_are_of_the_draft_and_close_every_object() {
    for name in ["import", "sheets", "report", "layout"] {
        let schema: serde_json::Value = serde_json::from_str(&generated(name)).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let mut open = Vec::new();
        find_open(&schema, name.to_owned(), &mut open);
        assert!(open.is_empty(), "objects that allow any key: {open:?}");
        if name != "layout" {
            assert_eq!(schema["properties"]["schema"]["const"], format!("seirihyo/{name}/1"));
            let keys: Vec<_> = schema["properties"].as_object().unwrap().keys().cloned().collect();
            let required: Vec<_> = schema["required"].as_array().unwrap().iter().map(|k| k.as_str().unwrap()).collect();
            assert_eq!(keys, required, "{name}: every key is always there");
        }
    }
}

/// Objects with named properties, and without `additionalProperties: false`.
fn find_open(value: &serde_json::Value, path: String, open: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => {
            let closed = map.get("additionalProperties") == Some(&serde_json::Value::Bool(false));
            if map.get("type").is_some_and(|t| t == "object") && map.contains_key("properties") && !closed {
                open.push(path.clone());
            }
            for (key, value) in map {
                find_open(value, format!("{path}/{key}"), open);
            }
        }
        serde_json::Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                find_open(value, format!("{path}/{at}"), open);
            }
        }
        _ => {}
    }
}
