//! Typed reading of a document, by its declaration.

use std::cell::Cell;

use syntax::yaml::{Data, Entry, NodeId, Value as Scalar, Yaml};
use text::name::Name;
use text::near::nearest;

use crate::decode::scalar;
use crate::decode::slots::{self, Merges, Slots};
use crate::path::FieldPath;
use crate::propagation::Located;
use crate::schema::{Items, Key, Loader, Place, Presence, Record, Shape};
use crate::value::Value;

/// How many entries and items may be read over and above the nodes of the file. Each node is read
/// once where nothing is shared; aliases of aliases would multiply.
const EXTRA: usize = 200_000;

/// What the views of one reading share.
#[derive(Debug)]
pub struct Reading<'a> {
    yaml: &'a Yaml,
    loader: Loader,
    left: Cell<usize>,
    merges: Merges,
}

impl<'a> Reading<'a> {
    /// A reading of this file, as forgiving as the loader.
    #[must_use]
    pub fn new(yaml: &'a Yaml, loader: Loader) -> Reading<'a> {
        let left = Cell::new(yaml.nodes.len() + EXTRA);
        Reading { yaml, loader, left, merges: Merges::new(yaml) }
    }

    /// The mapping that `node` is or leads to, as a record; none where it is no mapping.
    #[must_use]
    pub fn record(&'a self, node: NodeId, record: &'static Record) -> Option<View<'a>> {
        let at = self.yaml.resolve(node);
        matches!(self.yaml.node(at).data, Data::Mapping(_)).then(|| View {
            reading: self,
            at,
            record,
            slots: self.slots(at, record),
        })
    }

    /// Whether everything was read. What aliases repeat too often is left out.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.left.get() > 0 && !self.merges.are_spent()
    }

    fn entries(&self, mapping: NodeId) -> Vec<Entry> {
        let mut entries = self.merges.entries(self.yaml, mapping);
        entries.truncate(self.take(entries.len()));
        entries
    }

    fn slots(&self, mapping: NodeId, record: &'static Record) -> Option<Slots> {
        (self.take(1) == 1)
            .then(|| Slots::new(self.yaml, mapping, record, (&self.merges, self.loader)))
    }

    /// How many of `wanted` may still be read.
    fn take(&self, wanted: usize) -> usize {
        let left = self.left.get();
        self.left.set(left.saturating_sub(wanted));
        wanted.min(left)
    }

    fn scalar(&self, node: NodeId) -> Option<&'a Scalar> {
        match &self.yaml.node(self.yaml.resolve(node)).data {
            Data::Scalar(scalar) => Some(&scalar.value),
            _ => None,
        }
    }

    /// The text at a node, aliases followed.
    pub(super) fn name(&self, node: NodeId) -> Option<Name> {
        slots::name(self.yaml, node)
    }

    /// The items of a list; none where something else stands.
    pub(super) fn items(&self, node: NodeId) -> impl Iterator<Item = NodeId> + use<'a> {
        let items = match &self.yaml.node(self.yaml.resolve(node)).data {
            Data::Sequence(items) => &items[..self.take(items.len())],
            _ => &[],
        };
        items.iter().copied()
    }

    /// The entries of a mapping, those that it merges included; none where something else stands.
    pub(super) fn map_entries(&self, node: NodeId) -> Vec<Entry> {
        let mapping = self.yaml.resolve(node);
        match &self.yaml.node(mapping).data {
            Data::Mapping(_) => self.entries(mapping),
            _ => Vec::new(),
        }
    }
}

/// One mapping, read as a record. What does not fit its declaration reads as absent.
///
/// Only keys of the record itself may be asked for.
#[derive(Debug)]
pub struct View<'a> {
    reading: &'a Reading<'a>,
    /// The mapping's node.
    pub at: NodeId,
    record: &'static Record,
    /// None where too much was read before.
    slots: Option<Slots>,
}

impl<'a> View<'a> {
    /// The text of a key.
    #[must_use]
    pub fn text(&self, key: Place) -> Option<Located<Name>> {
        let (declared, entry) = self.entry(key)?;
        let value = self.reading.name(entry.value)?;
        let fits = match declared.shape {
            Shape::Text(text) => scalar::may_be_empty(text) || !value.as_str().is_empty(),
            Shape::OneOf(words) => words.values.iter().any(|(word, _)| *word == value.as_str()),
            _ => false,
        };
        debug_assert!(matches!(declared.shape, Shape::Text(_) | Shape::OneOf(_)), "{key:?}");
        fits.then_some(Located { value, at: entry.value })
    }

    /// Where a key's value is written, if it is text.
    #[must_use]
    pub fn place(&self, key: Place) -> Option<NodeId> {
        let (_, entry) = self.entry(key)?;
        let yaml = self.reading.yaml;
        let is_text = match &yaml.node(yaml.resolve(entry.value)).data {
            Data::Scalar(scalar) => scalar::text(&scalar.value).is_some(),
            _ => false,
        };
        is_text.then_some(entry.value)
    }

    /// The word of a key with a closed set, or the declared default: the word, and where it is
    /// written if it is.
    #[must_use]
    pub fn word(&self, key: Place) -> (&'static str, Option<NodeId>) {
        if let Some(written) = self.text(key) {
            return (written.value.as_str(), Some(written.at));
        }
        if let Some((word, at)) = self.meant(key) {
            return (word, Some(at));
        }
        match self.record.keys[key.index].presence {
            Presence::Default(word) => (word, None),
            _ => ("", None),
        }
    }

    /// The word that was meant by one that is none of those allowed. A slip has its finding where
    /// it stands, and is to lead to none elsewhere.
    fn meant(&self, key: Place) -> Option<(&'static str, NodeId)> {
        let (declared, entry) = self.entry(key)?;
        let Shape::OneOf(words) = declared.shape else { return None };
        let written = self.reading.name(entry.value)?;
        let (word, _) = nearest(written.as_str(), words.values.iter().map(|(word, _)| *word))?;
        Some((word, entry.value))
    }

    /// The dot path of a key.
    #[must_use]
    pub fn path(&self, key: Place) -> Option<Located<FieldPath>> {
        let text = self.text(key)?;
        Some(Located { value: FieldPath::of(text.value), at: text.at })
    }

    /// The number of a key.
    #[must_use]
    pub fn number(&self, key: Place) -> Option<Located<f64>> {
        let (_, entry) = self.entry(key)?;
        let value = scalar::number(self.reading.scalar(entry.value)?)?;
        Some(Located { value, at: entry.value })
    }

    /// The value of a key where any value may stand; `null` reads as absent.
    #[must_use]
    pub fn anything(&self, key: Place) -> Option<Located<Value>> {
        let (_, entry) = self.entry(key)?;
        if self.reading.scalar(entry.value) == Some(&Scalar::Null) {
            return None;
        }
        let value = Value::from_yaml(self.reading.yaml, entry.value);
        Some(Located { value, at: entry.value })
    }

    /// The node of a key, where it is written.
    #[must_use]
    pub fn key_node(&self, key: Place) -> Option<NodeId> {
        self.entry(key).map(|(_, entry)| entry.key)
    }

    /// The record of a key.
    #[must_use]
    pub fn record(&self, key: Place) -> Option<View<'a>> {
        match self.entry(key)? {
            (Key { shape: Shape::Record(record), .. }, entry) => {
                self.reading.record(entry.value, record)
            }
            _ => None,
        }
    }

    /// The list of a key: its node, and those of its items that are records.
    #[must_use]
    pub fn records(
        &self,
        key: Place,
    ) -> Option<(NodeId, impl Iterator<Item = View<'a>> + use<'a>)> {
        let (at, items, of) = self.list(key)?;
        let Shape::Record(record) = of else { return None };
        let reading = self.reading;
        Some((at, items.filter_map(|item| reading.record(item, record))))
    }

    /// The texts in the list of a key.
    pub fn texts(&self, key: Place) -> Vec<Located<Name>> {
        let Some((_, items, of)) = self.list(key) else { return Vec::new() };
        let may_be_empty = match of {
            Shape::Text(text) => scalar::may_be_empty(*text),
            _ => false,
        };
        let text = |at| {
            let value = self.reading.name(at)?;
            (may_be_empty || !value.as_str().is_empty()).then_some(Located { value, at })
        };
        items.filter_map(text).collect()
    }

    /// The list of a key: its node, its items, and what they are to be.
    fn list(
        &self,
        key: Place,
    ) -> Option<(NodeId, impl Iterator<Item = NodeId> + use<'a>, &'static Shape)> {
        let (Key { shape: Shape::List(of), .. }, entry) = self.entry(key)? else { return None };
        let at = self.reading.yaml.resolve(entry.value);
        matches!(self.reading.yaml.node(at).data, Data::Sequence(_))
            .then(|| (at, self.reading.items(at), of.of))
    }

    /// The map of a key whose values are records: each name with its node, the node of its value,
    /// and the record unless something else stands there.
    pub fn map(
        &self,
        key: Place,
    ) -> impl Iterator<Item = (Located<Name>, NodeId, Option<View<'a>>)> + use<'a> {
        let reading = self.reading;
        let found = match self.entry(key) {
            Some((
                Key { shape: Shape::Map(_, Items { of: Shape::Record(record), .. }), .. },
                entry,
            )) => Some((reading.entries(reading.yaml.resolve(entry.value)), *record)),
            _ => None,
        };
        found.into_iter().flat_map(move |(entries, record)| {
            entries.into_iter().filter_map(move |entry| {
                let name = Located { value: reading.name(entry.key)?, at: entry.key };
                let at = reading.yaml.resolve(entry.value);
                Some((name, at, reading.record(entry.value, record)))
            })
        })
    }

    /// The map of a key whose values are texts or anything else that is no record: each name with
    /// its node, and the node of its value.
    pub fn pairs(&self, key: Place) -> Vec<(Located<Name>, NodeId)> {
        let Some((Key { shape: Shape::Map(..), .. }, entry)) = self.entry(key) else {
            return Vec::new();
        };
        let pair = |entry: Entry| {
            let value = self.reading.name(entry.key)?;
            Some((Located { value, at: entry.key }, entry.value))
        };
        self.reading.map_entries(entry.value).into_iter().filter_map(pair).collect()
    }

    /// The map of a key whose values are texts.
    pub fn words(&self, key: Place) -> Vec<(Located<Name>, Located<Name>)> {
        let word = |(name, at): (Located<Name>, NodeId)| {
            Some((name, Located { value: self.reading.name(at)?, at }))
        };
        self.pairs(key).into_iter().filter_map(word).collect()
    }

    /// The map of a key whose values are lists of texts.
    pub fn lists(&self, key: Place) -> Vec<(Located<Name>, Vec<Located<Name>>)> {
        let text = |at| Some(Located { value: self.reading.name(at)?, at });
        let list = |(name, at)| (name, self.reading.items(at).filter_map(text).collect());
        self.pairs(key).into_iter().map(list).collect()
    }

    /// The map of a key whose values are numbers.
    pub fn numbers(&self, key: Place) -> Vec<(Located<Name>, Located<f64>)> {
        let number = |(name, at): (Located<Name>, NodeId)| {
            let value = scalar::number(self.reading.scalar(at)?)?;
            Some((name, Located { value, at }))
        };
        self.pairs(key).into_iter().filter_map(number).collect()
    }

    /// The truth value of a key, or none where it is neither written nor declared.
    #[must_use]
    pub fn flag(&self, key: Place) -> Option<bool> {
        let Some((_, entry)) = self.entry(key) else {
            return match self.record.keys[key.index].presence {
                Presence::Default(word) => word.parse().ok(),
                _ => None,
            };
        };
        scalar::flag(self.reading.scalar(entry.value)?)
    }

    /// The entry of the record's key with this index.
    pub(super) fn slot(&self, index: usize) -> Option<Entry> {
        self.slots.as_ref()?.get(index)
    }

    fn entry(&self, key: Place) -> Option<(&'static Key, Entry)> {
        debug_assert!(std::ptr::eq(self.record, key.record), "{key:?}");
        let entry = self.slots.as_ref()?.get(key.index)?;
        Some((&self.record.keys[key.index], entry))
    }
}
