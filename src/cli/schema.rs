//! The program's types -> their JSON Schemas (draft 2020-12).

use schemars::JsonSchema;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use super::Status;
use super::args::{SchemaArguments, SchemaName};
use super::console::{Console, output};
use super::failure::{Failure, Told};
use crate::compare::{COMPARISON_SCHEMA, Comparison};
use crate::document::{IMPORT_SCHEMA, Import};
use crate::layout::definition::Layout;
use crate::write::json::pretty;
use crate::write::report::{REPORT_SCHEMA, Report};
use crate::write::sheets::{SHEETS_SCHEMA, SheetsFile};

/// Prints a schema.
pub fn run(arguments: &SchemaArguments, console: &Console) -> Status {
    let text = pretty(&schema(arguments.name)).map_err(std::io::Error::from);
    match text.and_then(|text| output(text.as_bytes())) {
        Ok(()) => Status::Done,
        Err(error) => {
            console.failure("-", &Failure::writing(&error).told());
            Status::Failed
        }
    }
}

/// The schema of one kind of file.
pub fn schema(name: SchemaName) -> Value {
    match name {
        SchemaName::Import => output_schema::<Import>(IMPORT_SCHEMA),
        SchemaName::Sheets => output_schema::<SheetsFile>(SHEETS_SCHEMA),
        SchemaName::Comparison => output_schema::<Comparison>(COMPARISON_SCHEMA),
        SchemaName::Report => output_schema::<Report>(REPORT_SCHEMA),
        SchemaName::Layout => layout_schema(),
    }
}

/// What the program writes: every key is there. The file's key `schema` has one value.
fn output_schema<T: JsonSchema>(name: &str) -> Value {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let mut schema = generated::<T>(generator, name);
    if let Some(key) = schema
        .pointer_mut("/properties/schema")
        .and_then(Value::as_object_mut)
    {
        key.shift_remove("type");
        key.insert("const".to_owned(), json!(name));
    }
    schema
}

/// What a user writes: keys with a default may be left out.
fn layout_schema() -> Value {
    let generator = SchemaSettings::draft2020_12()
        .for_deserialize()
        .into_generator();
    generated::<Layout>(generator, "seirihyo/layout/1")
}

fn generated<T: JsonSchema>(generator: SchemaGenerator, name: &str) -> Value {
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    close_tagged(&mut schema);
    identified(schema, name)
}

/// `$schema`, a name and the title first. The name is no address: the schema is not on the network.
fn identified(schema: Value, name: &str) -> Value {
    let Value::Object(mut keys) = schema else {
        return schema;
    };
    let mut identified = Map::new();
    identified.insert(
        "$schema".to_owned(),
        keys.shift_remove("$schema").unwrap_or_default(),
    );
    identified.insert(
        "$id".to_owned(),
        json!(format!("urn:{}", name.replace('/', ":"))),
    );
    for key in ["title", "description"] {
        identified.extend(keys.shift_remove(key).map(|value| (key.to_owned(), value)));
    }
    identified.extend(keys);
    Value::Object(identified)
}

/// A variant of a tagged enum is generated as its tag beside a reference to its struct, which allows no
/// key but its own – not the tag either. Its keys are put in the reference's place.
fn close_tagged(schema: &mut Value) {
    let definitions = schema.get("$defs").cloned().unwrap_or_default();
    close(schema, &definitions);
    drop_unused(schema);
}

fn close(value: &mut Value, definitions: &Value) {
    match value {
        Value::Object(map) => {
            if map.contains_key("properties")
                && let Some(definition) = referred(map, definitions)
            {
                *map = merged(map, definition);
            }
            map.values_mut().for_each(|value| close(value, definitions));
        }
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| close(value, definitions)),
        _ => {}
    }
}

fn referred<'a>(
    map: &Map<String, Value>,
    definitions: &'a Value,
) -> Option<&'a Map<String, Value>> {
    let name = map.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?;
    definitions.get(name)?.as_object()
}

/// The definition with the variant's description, and its tag before the other keys.
fn merged(variant: &Map<String, Value>, definition: &Map<String, Value>) -> Map<String, Value> {
    let mut merged = definition.clone();
    if let Some(description) = variant.get("description") {
        merged.insert("description".to_owned(), description.clone());
    }
    let mut properties = variant
        .get("properties")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let own = definition
        .get("properties")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    properties.extend(own);
    let mut required = variant
        .get("required")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    required.extend(
        definition
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .cloned(),
    );
    merged.insert("properties".to_owned(), Value::Object(properties));
    merged.insert("required".to_owned(), Value::Array(required));
    merged
}

/// Definitions that nothing refers to any more.
fn drop_unused(schema: &mut Value) {
    let text = schema.to_string();
    if let Some(definitions) = schema.get_mut("$defs").and_then(Value::as_object_mut) {
        definitions.retain(|name, _| text.contains(&format!("\"#/$defs/{name}\"")));
    }
}
