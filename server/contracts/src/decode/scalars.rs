//! Problems of single values: texts, truth values, numbers, words of a set.

use syntax::yaml::{NodeId, Value};
use text::name::Name;

use super::{Checker, Slot, found, keys, scalar};
use crate::problem::ProblemKind;
use crate::schema::{Enumeration, Loader, Range, Text};

impl Checker<'_> {
    pub(super) fn text(&mut self, node: NodeId, text: Text, slot: &Slot<'_>) {
        let value = self.scalar_value(node);
        let Some(word) = value.and_then(scalar::text) else {
            if text != Text::Moment || !value.is_some_and(scalar::is_moment) {
                self.wrong_type(node, slot.what, slot.shape);
            }
            return;
        };
        let form = if text == Text::Moment { Some(&scalar::MOMENT) } else { text.form() };
        if let Some(form) = form.filter(|form| !form.fits(word)) {
            let kind = ProblemKind::Malformed {
                what: Name::new(slot.what),
                found: Name::new(&found::shortened(word)),
                expected: form.name,
            };
            self.report(node, kind);
        } else if word.is_empty() && !scalar::may_be_empty(text) {
            self.report(node, ProblemKind::Empty { what: Name::new(slot.what) });
        }
    }

    pub(super) fn flag(&mut self, node: NodeId, slot: &Slot<'_>) {
        let fits = |value: &Value| match self.kind.loader {
            Loader::Payload => matches!(value, Value::Bool(_)),
            Loader::Contract | Loader::Announced | Loader::Manifest | Loader::Policy => {
                scalar::flag(value).is_some()
            }
        };
        if !self.scalar_value(node).is_some_and(fits) {
            self.wrong_type(node, slot.what, slot.shape);
        }
    }

    pub(super) fn number(&mut self, node: NodeId, range: Range, slot: &Slot<'_>) {
        let read = match self.kind.loader {
            Loader::Payload => scalar::exact_number,
            Loader::Contract | Loader::Announced | Loader::Manifest | Loader::Policy => {
                scalar::number
            }
        };
        let number = self.scalar_value(node).and_then(read);
        let Some(number) = number.filter(|number| !range.whole || number.fract() == 0.0) else {
            self.wrong_type(node, slot.what, slot.shape);
            return;
        };
        if !range.has(number) {
            let kind = ProblemKind::OutOfRange {
                what: Name::new(slot.what),
                found: Name::new(found::spelling(self.source, self.yaml, node)),
                allowed: Name::new(&found::allowed(range)),
            };
            self.report(node, kind);
        }
    }

    pub(super) fn word(&mut self, node: NodeId, words: &'static Enumeration, slot: &Slot<'_>) {
        let value = self.scalar_value(node);
        let Some(value) = value.filter(|value| **value != Value::Null) else {
            self.wrong_type(node, slot.what, slot.shape);
            return;
        };
        let word = match value {
            Value::Text(word) => word.as_str(),
            _ => found::spelling(self.source, self.yaml, node),
        };
        let known =
            matches!(value, Value::Text(_)) && words.values.iter().any(|(is, _)| *is == word);
        if !known {
            let kind = keys::not_one_of(word, words);
            self.report(node, kind);
        }
    }
}
