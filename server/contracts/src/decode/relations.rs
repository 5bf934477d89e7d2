//! Values of one record that do not go together.

use rustc_hash::{FxHashMap, FxHashSet};
use syntax::yaml::{Data, Entry, NodeId, Value};
use text::name::Name;
use text::near::nearest;

use super::masked::may_be_masked;
use super::slots::Slots;
use super::{Checker, found, scalar};
use crate::moment;
use crate::problem::{Clash, ProblemKind};
use crate::schema::{Key, Pattern, Presence, Record, Relation, Shape};

/// Sums of decimal fractions are off by as little as this share.
const ROUNDING: f64 = 1e-9;

impl<'a> Checker<'a> {
    /// What the values of a record are not to each other that they should be.
    pub(super) fn relations(&mut self, mapping: NodeId, record: &'static Record, slots: &Slots) {
        for relation in record.relations {
            let value = |name: &str| {
                let index = record.keys.iter().position(|key| key.name == name)?;
                Some(slots.get(index)?.value)
            };
            let both = |one: &str, other: &str| value(one).zip(value(other));
            let clash = match relation {
                Relation::Listed { key, list, item } => {
                    let declared = record.key(key);
                    declared.zip(both(key, list)).and_then(|(declared, values)| {
                        self.not_listed((declared, list, item), values)
                    })
                }
                Relation::NotBefore { key, start } => {
                    both(key, start).and_then(|values| self.before((key, start), values))
                }
                Relation::Disjoint { key, other } => {
                    if let Some(values) = both(key, other) {
                        self.in_both((key, other), values);
                    }
                    None
                }
                Relation::SumAtMost { parts, total } => {
                    both(parts, total).and_then(|values| self.exceeded(values))
                }
                Relation::SomeActive => self.nothing_asked(mapping, record, slots),
                Relation::Word { key, by, form, words } => {
                    let declared = record.key(key);
                    declared.zip(both(key, by)).and_then(|(declared, values)| {
                        self.wrong_word((declared, form, words), values)
                    })
                }
            };
            if let Some((at, clash)) = clash {
                self.report(at, ProblemKind::Clash(clash));
            }
        }
    }

    fn not_listed(
        &mut self,
        (key, list, item_key): (&Key, &'static str, &str),
        (value, list_at): (NodeId, NodeId),
    ) -> Option<(NodeId, Clash)> {
        let form = if let Shape::Text(text) = key.shape { text.form() } else { None };
        let word = self.word_at(value).filter(|word| form.is_none_or(|form| form.fits(word)))?;
        let items = self.items(list_at)?;
        if items.is_empty() || may_be_masked(self.yaml, list_at) {
            return None;
        }
        let says = |item: &NodeId| self.word_at(self.inner(self.yaml.resolve(*item), item_key)?);
        // What is current is mostly what came last.
        if items.iter().rev().any(|item| says(item) == Some(word)) {
            return None;
        }
        let mut seen: FxHashSet<NodeId> = FxHashSet::default();
        let records = items.iter().filter(|item| seen.insert(self.yaml.resolve(**item)));
        // One that cannot be read may be the one.
        let known: Vec<&str> = records.map(says).collect::<Option<_>>()?;
        let near = nearest(word, known).map(|(near, _)| Name::new(near));
        let (what, found) = (key.name, Name::new(&found::shortened(word)));
        Some((value, Clash::NotListed { what, found, list, list_at, nearest: near }))
    }

    fn before(
        &self,
        (what, start): (&'static str, &'static str),
        (value, start_at): (NodeId, NodeId),
    ) -> Option<(NodeId, Clash)> {
        let is_before = moment::is_before(self.moment(value)?, self.moment(start_at)?)?;
        let found = Name::new(found::spelling(self.source, self.yaml, value));
        is_before.then_some((value, Clash::Before { what, found, start, start_at }))
    }

    /// How a moment is written, if it is one.
    fn moment(&self, node: NodeId) -> Option<&'a str> {
        match self.scalar_value(node)? {
            Value::Timestamp(written) => Some(written),
            value => scalar::text(value),
        }
    }

    fn in_both(
        &mut self,
        (what, other): (&'static str, &'static str),
        (list, others): (NodeId, NodeId),
    ) {
        let (Some(items), Some(others)) = (self.items(list), self.items(others)) else { return };
        let words: Vec<(&str, NodeId)> =
            others.iter().filter_map(|at| Some((self.word_at(*at)?, *at))).collect();
        let known: FxHashMap<&str, NodeId> = words.into_iter().rev().collect();
        for item in items {
            let Some(word) = self.word_at(*item) else { continue };
            if let Some(&other_at) = known.get(word) {
                let found = Name::new(word);
                let clash = Clash::InBoth { what, found, other, other_at };
                self.report(*item, ProblemKind::Clash(clash));
            }
        }
    }

    fn exceeded(&mut self, (parts, total_at): (NodeId, NodeId)) -> Option<(NodeId, Clash)> {
        let total = self.scalar_value(total_at).and_then(scalar::number)?;
        let mapping = self.yaml.resolve(parts);
        let entries = self.merges.entries(self.yaml, mapping);
        self.take(entries.len())?;
        let number = |entry: &Entry| {
            let number = self.scalar_value(entry.value).and_then(scalar::number);
            // One that is negative is refused by itself.
            number.filter(|number| *number >= 0.0).map(|number| (entry.value, number))
        };
        let parts: Option<Box<[_]>> = entries.iter().map(number).collect();
        let parts = parts?;
        let sum: f64 = parts.iter().map(|(_, number)| number).sum();
        let is_exceeded = total >= 0.0 && sum > total * (1.0 + ROUNDING);
        is_exceeded.then_some((total_at, Clash::Exceeded { total, sum, parts }))
    }

    fn nothing_asked(
        &self,
        mapping: NodeId,
        record: &'static Record,
        slots: &Slots,
    ) -> Option<(NodeId, Clash)> {
        let says = |(index, key): (usize, &Key)| {
            slots.get(index).is_some_and(|entry| self.is_active(key, entry.value))
        };
        let is_active = record.keys.iter().enumerate().any(says);
        // What is misspelt asks for something too.
        let is_clear = slots.unknown.is_empty() && !may_be_masked(self.yaml, mapping);
        (!is_active && is_clear).then_some((mapping, Clash::NothingAsked { record: record.name }))
    }

    /// Whether the value says something else than its absence would; a wrong one may be meant to.
    fn is_active(&self, key: &Key, value: NodeId) -> bool {
        let Some(written) = self.scalar_value(value) else { return true };
        match (key.presence, &key.shape) {
            (Presence::Default(default), Shape::Flag) => {
                scalar::flag(written).is_none_or(|truth| truth.to_string() != default)
            }
            (Presence::Default(default), _) => scalar::text(written) != Some(default),
            _ => *written != Value::Null,
        }
    }

    fn wrong_word(
        &self,
        (key, form, words): (&Key, &Pattern, &'static [&'static str]),
        (value, by): (NodeId, NodeId),
    ) -> Option<(NodeId, Clash)> {
        let Shape::OneOf(set) = key.shape else { return None };
        let (word, by) = (self.word_at(value)?, self.word_at(by)?);
        let is_known = set.values.iter().any(|(known, _)| *known == word);
        (is_known && form.fits(by) && !words.contains(&word)).then(|| {
            let clash = Clash::WrongWord {
                what: key.name,
                found: Name::new(word),
                by: Name::new(&found::shortened(by)),
                allowed: Name::new(&found::either(words)),
                only: if let [only] = words { Some(only) } else { None },
            };
            (value, clash)
        })
    }

    fn word_at(&self, node: NodeId) -> Option<&'a str> {
        scalar::text(self.scalar_value(node)?)
    }

    /// The value of a key in a mapping, merged ones included.
    fn inner(&self, mapping: NodeId, key: &str) -> Option<NodeId> {
        let is_it =
            |entry: &&Entry| self.yaml.text_of(entry.key).is_some_and(|name| name.as_str() == key);
        let written = self.yaml.written(mapping);
        let own = written.iter().rev().find(is_it).copied();
        let merged = || {
            let has_merge = written.iter().any(|entry| self.yaml.is_merge(entry.key));
            let entries = has_merge.then(|| self.merges.entries(self.yaml, mapping))?;
            entries.iter().find(is_it).copied()
        };
        own.or_else(merged).map(|entry| entry.value)
    }

    /// The items of a list, as long as not too much was compared.
    fn items(&mut self, list: NodeId) -> Option<&'a [NodeId]> {
        let yaml = self.yaml;
        let Data::Sequence(items) = &yaml.node(yaml.resolve(list)).data else { return None };
        self.take(items.len())?;
        Some(items)
    }

    /// Counts what is compared: lists that aliases share may be compared again and again.
    fn take(&mut self, many: usize) -> Option<()> {
        self.comparisons = self.comparisons.checked_sub(many)?;
        Some(())
    }
}

#[cfg(test)]
mod tests;
