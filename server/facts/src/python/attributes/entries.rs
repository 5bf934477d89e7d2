//! Dicts of attributes, and what their keys and values are.

use contracts::value::Value;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::span::Span;

use super::AttributeValue;
use super::uses::{Bound, Uses};
use crate::python::Key;
use crate::python::constants::dotted_name;
use crate::python::keys::{either, root_of};
use crate::python::literals::{literal, text};

/// How many names may lead to a dict or a key.
const LONGEST_WAY: u32 = 8;

/// How many attributes one call may set; of a dict that takes in others again and again, no more is
/// read.
const MOST_ENTRIES: usize = 1024;

/// One attribute whose places are not anchored yet.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Entry {
    pub(super) key: Key,
    pub(super) key_span: Span,
    pub(super) value: AttributeValue,
    pub(super) value_span: Span,
}

/// What is found in a dict.
#[derive(Default)]
pub(super) struct Entries {
    entries: Vec<Entry>,
    /// Whether there may be others.
    open: bool,
}

impl Entries {
    pub(super) fn closed(&self) -> bool {
        !self.open
    }

    pub(super) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

impl<'c> Uses<'_, 'c> {
    /// Adds one attribute. A key that goes through a dict stands for all of that dict.
    pub(super) fn pair(&self, key: Node<'c>, value: Node<'c>, into: &mut Entries) {
        let bound = (key.kind() == Kind::Identifier).then(|| self.bound_once(key.text()));
        match bound.flatten() {
            Some(Bound::KeyOf(dict, name)) => {
                let before = into.entries.len();
                self.dict(dict, 1, into);
                // Made of the dict's value, and not that value.
                if value.text() != name.text() {
                    let added = into.entries.iter_mut().skip(before);
                    added.for_each(|entry| entry.value = AttributeValue::Unknown);
                }
            }
            _ => self.entry(key, value, into),
        }
    }

    /// Adds the attributes that a dict holds.
    pub(super) fn several(&self, dict: Node<'c>, into: &mut Entries) {
        self.dict(dict, 0, into);
    }

    /// What `node` is as a key, and where that is written.
    pub(super) fn key(&self, node: Node<'c>) -> (Key, Span) {
        self.key_through(node, 0)
    }

    fn entry(&self, key: Node<'c>, value: Node<'c>, into: &mut Entries) {
        let (key, key_span) = self.key(key);
        if key == Key::Unknown || into.entries.len() >= MOST_ENTRIES {
            into.open = true;
            return;
        }
        let (value, value_span) = self.value(value, 0);
        into.entries.push(Entry { key, key_span, value, value_span });
    }

    fn dict(&self, node: Node<'c>, depth: u32, into: &mut Entries) {
        if depth > LONGEST_WAY || into.entries.len() >= MOST_ENTRIES {
            into.open = true;
            return;
        }
        match node.kind() {
            Kind::Dictionary => self.display(node, depth, into),
            Kind::ParenthesizedExpression => {
                node.first().into_iter().for_each(|inner| self.dict(inner, depth + 1, into));
            }
            Kind::ConditionalExpression => {
                into.open = true;
                for branch in [node.first(), node.children().nth(2)].into_iter().flatten() {
                    self.dict(branch, depth + 1, into);
                }
            }
            Kind::Identifier => self.variable_as_dict(node, depth, into),
            Kind::None => {}
            _ => into.open = true,
        }
    }

    fn display(&self, node: Node<'c>, depth: u32, into: &mut Entries) {
        for child in node.children() {
            match (child.kind(), child.child(Field::Key), child.child(Field::Value)) {
                (Kind::Pair, Some(key), Some(value)) => self.entry(key, value, into),
                (Kind::DictionarySplat, ..) => match child.first() {
                    Some(inner) => self.dict(inner, depth + 1, into),
                    None => into.open = true,
                },
                _ => into.open = true,
            }
        }
    }

    fn variable_as_dict(&self, name: Node<'c>, depth: u32, into: &mut Entries) {
        let bound = self.bound_once(name.text());
        let (Some(Bound::Value(value)), Some(variable)) = (bound, self.get(name.text())) else {
            into.open = true;
            return;
        };
        self.dict(value, depth + 1, into);
        into.open |= !self.is_known(name.text(), ANYWHERE);
        for (key, value) in &variable.items {
            self.entry(*key, *value, into);
        }
        for other in &variable.updates {
            match other {
                Some(other) => self.dict(*other, depth + 1, into),
                None => into.open = true,
            }
        }
    }

    fn key_through(&self, node: Node<'c>, depth: u32) -> (Key, Span) {
        let key = match node.kind() {
            Kind::String | Kind::ConcatenatedString => text(node).map_or(Key::Unknown, Key::Text),
            Kind::ParenthesizedExpression => {
                return node
                    .first()
                    .map_or((Key::Unknown, node.span()), |inner| self.key_through(inner, depth));
            }
            Kind::ConditionalExpression => {
                let branches = [node.first(), node.children().nth(2)];
                either(&branches.map(|branch| {
                    branch.map_or(Key::Unknown, |branch| self.key_through(branch, depth).0)
                }))
            }
            Kind::Identifier if self.is_local(node.text()) => {
                let bound = self.bound_once(node.text());
                return match bound {
                    Some(Bound::Value(value)) if depth < LONGEST_WAY => {
                        self.key_through(value, depth + 1)
                    }
                    _ => (Key::Unknown, node.span()),
                };
            }
            Kind::Identifier => dotted_name(node).map_or(Key::Unknown, Key::Name),
            Kind::Attribute => self.attribute_as_key(node),
            _ => Key::Unknown,
        };
        (key, node.span())
    }

    fn attribute_as_key(&self, node: Node<'c>) -> Key {
        let root = root_of(node).map_or("", Node::text);
        let of_class = self.around.is_method && matches!(root, "self" | "cls");
        if self.is_local(root) && !of_class {
            return Key::Unknown;
        }
        dotted_name(node).map_or(Key::Unknown, Key::Name)
    }

    fn value(&self, node: Node<'c>, depth: u32) -> (AttributeValue, Span) {
        if let Kind::Identifier = node.kind()
            && let Some(Bound::Value(value)) = self.bound_once(node.text())
            && depth < LONGEST_WAY
        {
            return self.value(value, depth + 1);
        }
        let value = match literal(node) {
            Some(Value::Text(text)) => AttributeValue::Text(Key::Text(text)),
            Some(value) => AttributeValue::Literal(value),
            None => match self.key(node).0 {
                Key::Unknown => AttributeValue::Unknown,
                key => AttributeValue::Text(key),
            },
        };
        (value, node.span())
    }
}

const ANYWHERE: Span = Span { start: 0, end: u32::MAX };
