//! Holds an import against what is known to stand in the sheet, cell by cell.

use serde_json::Value;

use super::{solid, tight};

/// Every cell that is not what the truth says: where, what it should be, what it is.
pub fn differences(truth: &Value, import: &Value) -> Vec<String> {
    let sheets = truth
        .get("sheets")
        .and_then(Value::as_array)
        .map_or_else(|| vec![truth], |s| s.iter().collect());
    let documents = list(&import["documents"]);
    let mut found = Vec::new();
    expect(
        &mut found,
        "documents",
        &sheets.len().to_string(),
        &documents.len().to_string(),
    );
    for (i, (sheet, document)) in sheets.iter().zip(documents).enumerate() {
        let mut own = sheet_differences(sheet, document);
        hidden_in_values(sheet, document, &mut own);
        found.extend(
            own.into_iter()
                .map(|what| format!("document {}: {what}", i + 1)),
        );
    }
    found
}

fn sheet_differences(sheet: &Value, document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    expect(
        &mut found,
        "title",
        &tight(word(&sheet["title"])),
        &tight(word(&document["title"]["text"])),
    );
    for (label, value) in sheet["meta"].as_object().into_iter().flatten() {
        let got = match label.as_str() {
            "作成日" => &document["prepared_on"]["raw"],
            "職名" => &document["post"]["text"],
            "氏名" | "記入者" => &document["person"]["text"],
            _ => &document["organization"]["raw"],
        };
        expect(&mut found, label, &solid(word(value)), &solid(word(got)));
    }
    for (key, got) in [
        ("section", &document["organization"]["raw"]),
        ("mission", &document["mission"]["text"]),
    ] {
        if let Some(want) = sheet.get(key) {
            expect(&mut found, key, &tight(word(want)), &tight(word(got)));
        }
    }
    let columns = list(&document["columns"]);
    let joined = |texts: Vec<&str>| texts.into_iter().map(solid).collect::<Vec<_>>().join("|");
    let headings = columns
        .iter()
        .map(|column| word(&column["heading"]))
        .collect();
    expect(
        &mut found,
        "columns",
        &joined(list(&sheet["columns"]).iter().map(word).collect()),
        &joined(headings),
    );
    if let Some(parents) = sheet.get("parents") {
        let got: Vec<String> = columns
            .iter()
            .map(|c| list(&c["parents"]).iter().map(word).collect())
            .collect();
        let want = list(parents).iter().map(word).collect::<Vec<_>>().join("|");
        expect(&mut found, "parents", &want, &got.join("|"));
    }
    goals(sheet, document, columns, &mut found);
    if let Some(remarks) = sheet.get("remarks") {
        let want: Vec<String> = list(remarks).iter().map(|text| tight(word(text))).collect();
        let got: Vec<String> = list(&document["remarks"])
            .iter()
            .map(|text| tight(word(&text["text"])))
            .collect();
        expect(&mut found, "remarks", &want.join(" | "), &got.join(" | "));
    }
    found
}

fn goals(sheet: &Value, document: &Value, columns: &[Value], found: &mut Vec<String>) {
    let (rows, goals) = (list(&sheet["rows"]), list(&document["goals"]));
    expect(
        found,
        "goals",
        &rows.len().to_string(),
        &goals.len().to_string(),
    );
    for (row, goal) in rows.iter().zip(goals) {
        for ((cell, column), k) in list(row).iter().zip(columns).zip(1..) {
            let (want, got) = (word(cell), value(goal, column));
            let (want, got) = match got {
                Cell::Text(text) => (tight(want), tight(&text)),
                Cell::Raw(text) => (solid(want), solid(&text)),
            };
            expect(
                found,
                &format!("goal {} column {k}", word(&row[0])),
                &want,
                &got,
            );
        }
    }
}

enum Cell {
    /// Blocks, one a line.
    Text(String),
    /// A word or number whose line breaks mean nothing.
    Raw(String),
}

/// What the goal has for a column.
fn value(goal: &Value, column: &Value) -> Cell {
    let raw = |value: &Value| Cell::Raw(word(&value["raw"]).to_owned());
    let text = |value: &Value| Cell::Text(word(&value["text"]).to_owned());
    let parts = |part: &str, layer: &str| {
        let having = list(&goal["indicators"])
            .iter()
            .filter(|i| !i[part].is_null());
        let line = |i: &Value| match layer {
            // Physical lines of a page: a wrap means nothing.
            "raw" => format!("{}{}", word(&i["label"]), solid(word(&i[part]["raw"]))),
            _ => format!("{}{}", word(&i["label"]), word(&i[part][layer])),
        };
        Cell::Text(having.map(line).collect::<Vec<_>>().join("\n"))
    };
    match column["field"].as_str() {
        None => {
            let mut extra = list(&goal["extra"]).iter();
            extra
                .find(|e| e["heading"] == column["heading"])
                .map_or(Cell::Text(String::new()), |e| text(&e["value"]))
        }
        Some("indicators.name") => parts("name", "text"),
        Some("indicators.target") => parts("target", "raw"),
        Some("indicators.actual") => parts("actual", "raw"),
        Some("indicators.baseline") => parts("baseline", "raw"),
        Some("midterm.progress") => raw(&goal["midterm"]["progress"]),
        Some(field @ ("item" | "level" | "methods")) => text(&goal[field]),
        Some(field) => match field.split_once('.') {
            Some((part, inner)) => text(&goal[part][inner]),
            None => raw(&goal[field]),
        },
    }
}

/// Text that the sheet holds but does not show must stand in no value.
fn hidden_in_values(sheet: &Value, document: &Value, found: &mut Vec<String>) {
    let all = document.to_string();
    for text in list(&sheet["hidden"])
        .iter()
        .chain(list(&sheet["elsewhere"]))
        .map(word)
    {
        if all.contains(text) {
            found.push(format!(
                "“{text}” is hidden in the source and stands in the document"
            ));
        }
    }
}

fn expect(found: &mut Vec<String>, what: &str, want: &str, got: &str) {
    if want != got {
        found.push(format!("{what}\n      want {want:?}\n      got  {got:?}"));
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
