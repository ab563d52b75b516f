//! Linked crates -> a bill of materials (`CycloneDX` 1.5, JSON), the same bytes for the same crates.

use serde_json::{Value, json};

use super::crates::Crate;

/// The bill.
pub fn of(crates: &[Crate]) -> Value {
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "licenses": [{ "expression": env!("CARGO_PKG_LICENSE") }],
            }
        },
        "components": crates.iter().map(component).collect::<Vec<_>>(),
    })
}

fn component(one: &Crate) -> Value {
    let purl = format!("pkg:cargo/{}@{}", one.name, one.version);
    json!({
        "type": "library",
        "bom-ref": purl,
        "name": one.name,
        "version": one.version,
        "purl": purl,
        "licenses": [{ "expression": one.licence }],
        "hashes": [{ "alg": "SHA-256", "content": one.checksum }],
    })
}
