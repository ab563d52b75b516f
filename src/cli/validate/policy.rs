//! Notices of import JSON held against their meaning.

use std::collections::BTreeSet;

use super::finding::{Fault, Finding};
use super::import::{fiscal_year, municipality};
use super::value::values;
use crate::document::policy::{Policy, Section};

/// What does not add up in a notice.
pub fn policy(policy: &Policy, path: &str, findings: &mut Vec<Finding>) {
    let year = policy.fiscal_year.as_ref();
    fiscal_year(year, path, findings);
    municipality(policy.municipality.as_ref(), path, findings);
    let mut ids = BTreeSet::new();
    section_ids(
        &policy.sections,
        &format!("{path}.sections"),
        &mut ids,
        findings,
    );
    for (at, reference) in policy.references.iter().enumerate() {
        no_such_section(
            reference.section.as_deref(),
            &ids,
            &format!("{path}.references[{at}]"),
            findings,
        );
    }
    for (at, ruby) in policy.ruby.iter().enumerate() {
        no_such_section(
            ruby.section.as_deref(),
            &ids,
            &format!("{path}.ruby[{at}]"),
            findings,
        );
    }
    values(&policy.values(), path, findings);
}

fn section_ids(
    sections: &[Section],
    path: &str,
    ids: &mut BTreeSet<String>,
    findings: &mut Vec<Finding>,
) {
    for (at, section) in sections.iter().enumerate() {
        let path = format!("{path}[{at}]");
        if !ids.insert(section.id.clone()) {
            let fault = Fault::SectionTwice {
                id: section.id.clone(),
            };
            findings.push(Finding::new(path.clone(), &fault).at(&section.places));
        }
        section_ids(
            &section.children,
            &format!("{path}.children"),
            ids,
            findings,
        );
    }
}

fn no_such_section(
    id: Option<&str>,
    ids: &BTreeSet<String>,
    path: &str,
    findings: &mut Vec<Finding>,
) {
    if let Some(id) = id.filter(|id| !ids.contains(*id)) {
        findings.push(Finding::new(
            path,
            &Fault::NoSuchSection { id: id.to_owned() },
        ));
    }
}
