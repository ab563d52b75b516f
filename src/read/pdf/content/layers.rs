//! Optional content: which layers the file shows when it is opened (ISO 32000-1 §8.11).

use std::collections::BTreeSet;

use crate::read::pdf::file::{Array, Dict, Pdf, Value};

/// Depth of visibility expressions within each other.
const EXPRESSION_DEPTH: u8 = 16;

/// The layers of a file by its default configuration.
pub(crate) struct Layers {
    off: BTreeSet<usize>,
}

impl Layers {
    /// Reads the default configuration (ISO 32000-1 Table 101).
    pub(crate) fn of(pdf: &Pdf) -> Self {
        let properties = pdf
            .catalog()
            .and_then(|catalog| catalog.dict(b"OCProperties"));
        let groups = |dict: Option<Dict<'_>>, key: &[u8]| -> Vec<usize> {
            let array = dict.and_then(|dict| dict.array(key));
            array
                .into_iter()
                .flat_map(Array::iter)
                .filter_map(Value::dict)
                .map(Dict::identity)
                .collect()
        };
        let configuration = properties.and_then(|properties| properties.dict(b"D"));
        let all_off = configuration.and_then(|dict| dict.name(b"BaseState")) == Some(b"OFF");
        let mut off: BTreeSet<usize> = if all_off {
            groups(properties, b"OCGs").into_iter().collect()
        } else {
            BTreeSet::new()
        };
        for group in groups(configuration, b"ON") {
            off.remove(&group);
        }
        off.extend(groups(configuration, b"OFF"));
        let mut layers = Self { off };
        let usages = configuration.and_then(|dict| dict.array(b"AS"));
        for usage in usages.into_iter().flat_map(Array::iter) {
            layers.apply(usage.dict());
        }
        layers
    }

    /// What viewers set by themselves when a page is looked at (ISO 32000-1 Table 103).
    fn apply(&mut self, usage: Option<Dict<'_>>) {
        let Some(usage) = usage.filter(|usage| usage.name(b"Event") == Some(b"View")) else {
            return;
        };
        let (groups, categories) = (usage.array(b"OCGs"), usage.array(b"Category"));
        for group in groups
            .into_iter()
            .flat_map(Array::iter)
            .filter_map(Value::dict)
        {
            let state = |category: &[u8]| {
                let entry = [category, b"State"].concat();
                group.dict(b"Usage")?.dict(category)?.name(&entry)
            };
            let names = categories.into_iter().flat_map(Array::iter);
            let states: Vec<&[u8]> = names.filter_map(Value::name).filter_map(state).collect();
            if states.contains(&b"OFF".as_slice()) {
                self.off.insert(group.identity());
            } else if !states.is_empty() {
                self.off.remove(&group.identity());
            }
        }
    }

    /// Whether content of a group or membership dictionary is shown.
    pub(crate) fn shows(&self, content: Dict<'_>) -> bool {
        if content.name(b"Type") != Some(b"OCMD") {
            return !self.off.contains(&content.identity());
        }
        if let Some(expression) = content.array(b"VE") {
            return self.holds(Value::Array(expression), EXPRESSION_DEPTH);
        }
        let states: Vec<bool> = match content.get(b"OCGs") {
            Some(Value::Array(groups)) => groups
                .iter()
                .filter_map(Value::dict)
                .map(|group| self.is_on(group))
                .collect(),
            Some(group) => group
                .dict()
                .map(|group| self.is_on(group))
                .into_iter()
                .collect(),
            None => Vec::new(),
        };
        if states.is_empty() {
            return true;
        }
        match content.name(b"P") {
            Some(b"AllOn") => states.iter().all(|on| *on),
            Some(b"AnyOff") => states.iter().any(|on| !on),
            Some(b"AllOff") => states.iter().all(|on| !on),
            _ => states.iter().any(|on| *on),
        }
    }

    fn is_on(&self, group: Dict<'_>) -> bool {
        !self.off.contains(&group.identity())
    }

    /// A visibility expression (ISO 32000-1 §8.11.2.2).
    fn holds(&self, expression: Value<'_>, depth: u8) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return true;
        };
        let Value::Array(array) = expression else {
            return expression.dict().is_none_or(|group| self.is_on(group));
        };
        let mut operands = array
            .iter()
            .skip(1)
            .map(|operand| self.holds(operand, depth));
        match array.get(0).and_then(Value::name) {
            Some(b"Not") => !operands.next().unwrap_or(false),
            Some(b"Or") => operands.any(|holds| holds),
            _ => operands.all(|holds| holds),
        }
    }
}
