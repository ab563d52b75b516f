//! JSON held against its schema: each error at the value that it is about, in both languages.

use std::sync::OnceLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use super::finding::{Fault, Finding};
use crate::cli::args::SchemaName;
use crate::place::Place;

/// What the schema says of a value. The error is a schema that cannot be used: a defect.
pub fn findings(value: &Value, name: SchemaName) -> Result<Vec<Finding>, String> {
    let validator = validator(name).as_ref().map_err(Clone::clone)?;
    let mut findings = Vec::new();
    for error in validator.iter_errors(value) {
        explain(&error, value, &mut findings);
    }
    Ok(findings)
}

/// Each schema is prepared once.
fn validator(name: SchemaName) -> &'static Result<Validator, String> {
    static IMPORT: OnceLock<Result<Validator, String>> = OnceLock::new();
    static SHEETS: OnceLock<Result<Validator, String>> = OnceLock::new();
    static COMPARISON: OnceLock<Result<Validator, String>> = OnceLock::new();
    static REPORT: OnceLock<Result<Validator, String>> = OnceLock::new();
    static LAYOUT: OnceLock<Result<Validator, String>> = OnceLock::new();
    let slot = match name {
        SchemaName::Import => &IMPORT,
        SchemaName::Sheets => &SHEETS,
        SchemaName::Comparison => &COMPARISON,
        SchemaName::Report => &REPORT,
        SchemaName::Layout => &LAYOUT,
    };
    slot.get_or_init(|| {
        let options = jsonschema::options().should_validate_formats(true);
        options
            .build(&crate::cli::schema::schema(name))
            .map_err(|error| error.to_string())
    })
}

/// Where a value may have several forms (a value or null, one of several kinds), only the errors of the
/// form that was meant help.
fn explain(error: &ValidationError, root: &Value, findings: &mut Vec<Finding>) {
    let here = error.instance_path().as_str();
    let (ValidationErrorKind::AnyOf { context: branches }
    | ValidationErrorKind::OneOfNotValid { context: branches }
    | ValidationErrorKind::OneOfMultipleValid { context: branches }) = error.kind()
    else {
        findings.push(Finding {
            path: dotted(here),
            place: place_of(root, here),
            message: fault(error).message(),
        });
        return;
    };
    if let Some(valid) = words(branches) {
        let fault = Fault::NotOneOf {
            valid: valid.join(", "),
        };
        findings.push(Finding {
            path: dotted(here),
            place: place_of(root, here),
            message: fault.message(),
        });
        return;
    }
    let meant = branches
        .iter()
        .filter(|branch| !branch.is_empty())
        .min_by_key(|branch| strangeness(branch, here));
    match meant {
        Some(branch) => branch
            .iter()
            .for_each(|inner| explain(inner, root, findings)),
        None => findings.push(Finding::new(
            dotted(here),
            &Fault::Other {
                detail: error.to_string(),
            },
        )),
    }
}

/// The words of a closed list: each form is one word, or a list of them.
fn words(branches: &[Vec<ValidationError>]) -> Option<Vec<String>> {
    let mut words = Vec::new();
    for branch in branches {
        let [error] = branch.as_slice() else {
            return None;
        };
        match error.kind() {
            ValidationErrorKind::Constant { expected_value } if expected_value.is_string() => {
                words.push(plain(expected_value));
            }
            ValidationErrorKind::Enum { options } => {
                words.extend(options.as_array()?.iter().map(plain));
            }
            _ => return None,
        }
    }
    Some(words)
}

/// How far a form is from the value: another type, another kind, then the number of errors.
fn strangeness(branch: &[ValidationError], here: &str) -> (bool, bool, usize) {
    let other_type = branch.iter().any(|error| {
        matches!(error.kind(), ValidationErrorKind::Type { .. })
            && error.instance_path().as_str() == here
    });
    let other_kind = branch
        .iter()
        .any(|error| matches!(error.kind(), ValidationErrorKind::Constant { .. }));
    (other_type, other_kind, branch.len())
}

fn fault(error: &ValidationError) -> Fault {
    use ValidationErrorKind as Kind;
    match error.kind() {
        Kind::Required { property } => Fault::Missing {
            key: plain(property),
        },
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            Fault::Unexpected {
                keys: unexpected.join(", "),
            }
        }
        Kind::Type { kind } => Fault::WrongType {
            expected: types(kind),
        },
        Kind::Enum { options } => {
            let valid = options
                .as_array()
                .map(|all| all.iter().map(plain).collect::<Vec<_>>().join(", "));
            Fault::NotOneOf {
                valid: valid.unwrap_or_default(),
            }
        }
        Kind::Constant { expected_value } => Fault::NotOneOf {
            valid: plain(expected_value),
        },
        Kind::Format { format } if format == "date" => Fault::WrongForm {
            form: "2026-04-01".to_owned(),
        },
        Kind::Format { format } => Fault::WrongForm {
            form: format.clone(),
        },
        Kind::Pattern { pattern } => Fault::WrongForm {
            form: pattern.clone(),
        },
        Kind::Minimum { limit } => Fault::OutOfRange {
            bound: format!("≥ {limit}"),
        },
        Kind::Maximum { limit } => Fault::OutOfRange {
            bound: format!("≤ {limit}"),
        },
        Kind::MinItems { limit } => Fault::OutOfRange {
            bound: format!("≥ {limit}"),
        },
        Kind::MaxItems { limit } => Fault::OutOfRange {
            bound: format!("≤ {limit}"),
        },
        _ => Fault::Other {
            detail: error.to_string(),
        },
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => one.to_string(),
        TypeKind::Multiple(many) => many
            .iter()
            .map(|one| one.to_string())
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// `/documents/0/goals/3` → `documents[0].goals[3]` (RFC 6901 escapes undone).
fn dotted(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) {
            path.extend(["[", part, "]"]);
        } else {
            let name = part.replace("~1", "/").replace("~0", "~");
            path += if path.is_empty() { "" } else { "." };
            path += &name;
        }
    }
    path
}

/// The place in the source of the value, or of the nearest one around it that has a place.
fn place_of(root: &Value, pointer: &str) -> Option<Place> {
    let mut pointer = pointer;
    loop {
        let value = root.pointer(pointer)?;
        let place = value
            .get("places")
            .and_then(|places| places.get(0))
            .or_else(|| value.get("place"));
        if let Some(place) = place.and_then(|place| serde_json::from_value(place.clone()).ok()) {
            return Some(place);
        }
        pointer = pointer.get(..pointer.rfind('/')?)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_read_as_paths() {
        assert_eq!(
            dotted("/documents/0/goals/3/deadline"),
            "documents[0].goals[3].deadline"
        );
        assert_eq!(dotted("/a~1b/2"), "a/b[2]");
        assert_eq!(dotted(""), "");
    }

    #[test]
    fn every_schema_can_be_used() {
        for name in [
            SchemaName::Import,
            SchemaName::Sheets,
            SchemaName::Report,
            SchemaName::Layout,
        ] {
            assert!(validator(name).is_ok(), "{name:?}");
        }
    }
}
