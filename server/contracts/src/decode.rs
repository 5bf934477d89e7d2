//! Documents against their declaration.
//!
//! [`check`] says what is wrong with a document of a kind; [`view`] reads it into types. Both go by
//! the declaration alone and agree with each other on what fits.
//!
//! What fits is what the existing loader takes: PyYAML's safe loader, then pydantic models in lax
//! mode with extra keys forbidden.

use rustc_hash::FxHashSet;
use syntax::yaml::{Data, Entry, NodeId, Value, Yaml};
use text::name::Name;

use self::masked::may_be_masked;
use self::slots::{Merges, Slots};
use crate::problem::{Problem, ProblemKind};
use crate::schema::{Items, Key, Kind, Loader, Presence, Record, Shape};

pub mod extensions;
mod found;
mod keys;
mod masked;
pub mod names;
mod outdated;
mod relations;
pub mod scalar;
mod scalars;
mod slots;
pub mod view;

/// What is wrong with the document at `root`, held against the declaration of `kind`; in the order
/// of the nodes. `source` is the text that `yaml` was read from.
///
/// A part that several aliases share is checked once for each shape that is asked of it, so that a
/// problem inside is given once, and aliases of aliases cost no more than the text they stand in.
#[must_use]
pub fn check(source: &str, yaml: &Yaml, root: NodeId, kind: &'static Kind) -> Vec<Problem> {
    let mut checker = Checker {
        source,
        yaml,
        kind,
        admits_extensions: extensions::are_admitted(yaml, root),
        is_announced: kind.loader == Loader::Announced,
        shared: yaml.nodes.iter().any(|node| node.anchored),
        merges: Merges::new(yaml),
        seen: FxHashSet::default(),
        open: Vec::new(),
        comparisons: yaml.nodes.len() + MOST_COMPARISONS,
        problems: Vec::new(),
    };
    checker.repeated_keys();
    checker.record(root, kind.root, kind.root.name);
    let mut problems = checker.problems;
    problems.sort_by_key(|problem| problem.at);
    problems
}

/// How many values may be held against others over and above the nodes of the file.
const MOST_COMPARISONS: usize = 50_000;

/// What stands in for a shape in the set of what was seen: its address.
type ShapeId = usize;

struct Checker<'a> {
    source: &'a str,
    yaml: &'a Yaml,
    kind: &'static Kind,
    admits_extensions: bool,
    /// Whether no loader reads yet what is in hand.
    is_announced: bool,
    /// Whether anything is anchored, so that a node may be reached twice.
    shared: bool,
    merges: Merges,
    seen: FxHashSet<(NodeId, ShapeId)>,
    /// The collections around the node in hand; kept where something is shared.
    open: Vec<NodeId>,
    /// How many values may still be held against others.
    comparisons: usize,
    problems: Vec<Problem>,
}

/// A place for a value.
struct Slot<'a> {
    /// The key it belongs to, or what the list holds.
    what: &'a str,
    shape: &'static Shape,
    nullable: bool,
}

impl<'a> Checker<'a> {
    fn value(&mut self, node: NodeId, slot: &Slot<'_>) {
        if slot.nullable && self.is_null(node) {
            return;
        }
        match slot.shape {
            Shape::Anything => {}
            Shape::Text(text) => self.text(node, *text, slot),
            Shape::Flag => self.flag(node, slot),
            Shape::Number(range) => self.number(node, *range, slot),
            Shape::OneOf(words) => self.word(node, words, slot),
            Shape::List(items) => self.list(node, *items, slot),
            Shape::Map(_, items) => self.map(node, *items, slot),
            Shape::Record(record) => self.record(node, record, slot.what),
        }
    }

    fn list(&mut self, node: NodeId, of: Items, slot: &Slot<'_>) {
        let yaml = self.yaml;
        let target = yaml.resolve(node);
        let Data::Sequence(items) = &yaml.node(target).data else {
            self.wrong_type(node, slot.what, slot.shape);
            return;
        };
        if self.enter(node, target, slot.shape) {
            self.count(node, items.len(), of, slot);
            let what = if let Shape::Record(record) = of.of { record.name } else { slot.what };
            let slot = Slot { what, shape: of.of, nullable: false };
            for item in items {
                self.value(*item, &slot);
            }
            self.leave();
        }
    }

    fn map(&mut self, node: NodeId, of: Items, slot: &Slot<'_>) {
        let yaml = self.yaml;
        let target = yaml.resolve(node);
        if !matches!(yaml.node(target).data, Data::Mapping(_)) {
            self.wrong_type(node, slot.what, slot.shape);
            return;
        }
        if self.enter(node, target, slot.shape) {
            let entries = self.merges.entries(yaml, target);
            self.count(node, entries.len(), of, slot);
            for entry in entries {
                let what = match self.scalar_value(entry.key).and_then(scalar::text) {
                    Some(name) => name,
                    None => {
                        self.key_not_text(entry.key, Some("[key]"), slot.shape);
                        slot.what
                    }
                };
                self.value(entry.value, &Slot { what, shape: of.of, nullable: false });
            }
            self.leave();
        }
    }

    fn record(&mut self, node: NodeId, record: &'static Record, what: &str) {
        let yaml = self.yaml;
        let target = yaml.resolve(node);
        if !matches!(yaml.node(target).data, Data::Mapping(_)) {
            self.wrong_type_of(node, what, || Name::new(&found::expected_record(record)), false);
            return;
        }
        if self.enter(node, target, record) {
            let slots = Slots::new(yaml, target, record, (&self.merges, self.kind.loader));
            for (index, key) in record.keys.iter().enumerate() {
                match slots.get(index) {
                    Some(entry) => self.entry(entry, key, record),
                    None if key.presence == Presence::Required && !slots.is_outdated(index) => {
                        self.missing(target, record, key, None);
                    }
                    None => {}
                }
            }
            self.conditions(target, record, &slots);
            self.relations(target, record, &slots);
            for entry in &slots.nameless {
                self.key_not_text(entry.key, None, record);
            }
            self.outdated(record, &slots);
            self.unknown_keys(target, record, &slots);
            self.leave();
        }
    }

    fn entry(&mut self, entry: Entry, key: &'static Key, record: &'static Record) {
        let is_extension = key.presence == Presence::Extension;
        let outside = self.is_announced;
        self.is_announced |= is_extension;
        let nullable = key.presence.is_nullable() && self.kind.loader != Loader::Payload;
        self.value(entry.value, &Slot { what: key.name, shape: &key.shape, nullable });
        self.is_announced = outside;
        if is_extension && !self.admits_extensions {
            self.report(entry.key, keys::extension(key.name, record));
        }
    }

    /// Keys that must be there because of what others say.
    fn conditions(&mut self, mapping: NodeId, record: &'static Record, slots: &Slots) {
        for condition in record.conditions {
            let index = |name: &str| record.keys.iter().position(|key| key.name == name);
            let (Some(key), Some(when)) = (index(condition.key), index(condition.when)) else {
                continue;
            };
            let is = |entry: Entry| match self.scalar_value(entry.value) {
                Some(Value::Bool(truth)) => condition.is == truth.to_string(),
                Some(value) => scalar::text(value) == Some(condition.is),
                None => false,
            };
            let is_there = |entry: Entry| !self.is_null(entry.value);
            if slots.get(when).is_some_and(is) && !slots.get(key).is_some_and(is_there) {
                let because = Some((condition.when, condition.is));
                self.missing(mapping, record, &record.keys[key], because);
            }
        }
    }

    /// Whether a list or mapping has enough items.
    fn count(&mut self, node: NodeId, found: usize, of: Items, slot: &Slot<'_>) {
        if found < of.least && !may_be_masked(self.yaml, node) {
            let what = Name::new(slot.what);
            self.report(node, ProblemKind::TooFew { what, found, least: of.least });
        }
    }

    fn missing(
        &mut self,
        mapping: NodeId,
        record: &'static Record,
        key: &'static Key,
        because: Option<(&'static str, &'static str)>,
    ) {
        if !may_be_masked(self.yaml, mapping) {
            let kind = ProblemKind::MissingKey {
                key: key.name,
                record: record.name,
                placeholder: key.example,
                because,
            };
            self.report_at(mapping, Some(Name::new(key.name)), kind);
        }
    }

    /// Keys that are given twice, in free values too: the loader takes the last without a word.
    fn repeated_keys(&mut self) {
        let yaml = self.yaml;
        for (index, node) in yaml.nodes.iter().enumerate() {
            if matches!(node.data, Data::Mapping(_)) {
                let mapping = NodeId::new(u32::try_from(index).unwrap_or(u32::MAX));
                for (earlier, later) in slots::repeated(yaml, mapping) {
                    let spelled = || Name::new(found::spelling(self.source, yaml, earlier.key));
                    let key = yaml.text_of(earlier.key).unwrap_or_else(spelled);
                    let kind = ProblemKind::DuplicateKey { key, later: later.key };
                    self.report(earlier.key, kind);
                }
            }
        }
    }

    fn key_not_text<T>(&mut self, key: NodeId, step: Option<&str>, within: &'static T) {
        let readable = !matches!(self.yaml.node(self.yaml.resolve(key)).data, Data::Unreadable);
        if readable && self.first_visit(key, within) {
            let found = Name::new(&found::describe(self.source, self.yaml, key));
            let kind = ProblemKind::KeyNotText { found };
            self.report_at(key, step.map(Name::new), kind);
        }
    }

    fn wrong_type(&mut self, node: NodeId, what: &str, shape: &'static Shape) {
        let quote =
            matches!(shape, Shape::Text(_)) && found::quotes_help(self.source, self.yaml, node);
        self.wrong_type_of(node, what, || Name::new(&found::expected(shape)), quote);
    }

    fn wrong_type_of(
        &mut self,
        node: NodeId,
        what: &str,
        expected: impl FnOnce() -> Name,
        quote: bool,
    ) {
        let target = self.yaml.resolve(node);
        let readable = !matches!(self.yaml.node(target).data, Data::Unreadable);
        if readable && !(self.is_null(node) && may_be_masked(self.yaml, node)) {
            let kind = ProblemKind::WrongType {
                what: Name::new(what),
                expected: expected(),
                found: Name::new(&found::describe(self.source, self.yaml, node)),
                quote,
            };
            self.report(node, kind);
        }
    }

    fn report(&mut self, at: NodeId, kind: ProblemKind) {
        self.report_at(at, None, kind);
    }

    fn report_at(&mut self, at: NodeId, step: Option<Name>, kind: ProblemKind) {
        let is_announced = self.is_announced;
        self.problems.push(Problem { at, kind, step, is_announced });
    }

    /// Whether the collection is to be read now: for this shape it was not, and it is not one of
    /// those around itself.
    fn enter<T>(&mut self, node: NodeId, target: NodeId, shape: &'static T) -> bool {
        if self.shared {
            if self.open.contains(&target) {
                self.report(node, ProblemKind::Cyclic);
                return false;
            }
            if !self.first_visit(target, shape) {
                return false;
            }
            self.open.push(target);
        }
        true
    }

    fn leave(&mut self) {
        self.open.pop();
    }

    fn first_visit<T>(&mut self, node: NodeId, shape: &'static T) -> bool {
        !self.shared || self.seen.insert((node, std::ptr::from_ref(shape).addr()))
    }

    fn scalar_value(&self, node: NodeId) -> Option<&'a Value> {
        let yaml = self.yaml;
        match &yaml.node(yaml.resolve(node)).data {
            Data::Scalar(scalar) => Some(&scalar.value),
            _ => None,
        }
    }

    fn is_null(&self, node: NodeId) -> bool {
        self.scalar_value(node) == Some(&Value::Null)
    }
}

#[cfg(test)]
pub(crate) mod tests;
