//! Keys in a form that design notes used.

use syntax::yaml::{Data, Entry, NodeId, Yaml};
use text::name::Name;

use super::slots::Slots;
use super::{Checker, Slot};
use crate::problem::{Outdated, ProblemKind};
use crate::schema::{Became, Former, Record, Shape};

/// An entry in a former form.
#[derive(Debug)]
pub(super) struct OutdatedEntry {
    /// What is known of the form.
    pub(super) former: &'static Former,
    /// The entry.
    pub(super) entry: Entry,
    /// The index of the key that says this today.
    pub(super) today: Option<usize>,
    /// Whether that key stands there too.
    pub(super) taken: bool,
}

/// The former form that the entry called `name` has, if it has one.
pub(super) fn form(
    yaml: &Yaml,
    record: &'static Record,
    name: &str,
    entry: Entry,
) -> Option<OutdatedEntry> {
    let is_it = |former: &&Former| {
        former.name == name
            && match former.became {
                // One with both names is a record that lacks its dash.
                Became::List(names) => {
                    is_mapping(yaml, entry.value)
                        && names.iter().any(|name| yaml.get(entry.value, name).is_none())
                }
                Became::Word(old, _) => {
                    yaml.text_of(entry.value).is_some_and(|word| word.as_str() == old)
                }
                _ => true,
            }
    };
    let former = record.former.iter().find(is_it)?;
    let today =
        former.today().and_then(|today| record.keys.iter().position(|key| key.name == today));
    Some(OutdatedEntry { former, entry, today, taken: false })
}

impl OutdatedEntry {
    /// The entry as it would be read in today's form, where that needs no rewriting.
    pub(super) fn as_today(&self, yaml: &Yaml) -> Option<Entry> {
        match self.former.became {
            Became::Key(_) | Became::Kin(..) => Some(self.entry),
            Became::Lifted(_, inner) if is_mapping(yaml, self.entry.value) => {
                let held = yaml.get(self.entry.value, inner)?;
                Some(Entry { key: self.entry.key, value: held.value })
            }
            Became::Lifted(..) => Some(self.entry),
            Became::List(_) | Became::Word(..) | Became::Nothing(_) => None,
        }
    }
}

fn is_mapping(yaml: &Yaml, node: NodeId) -> bool {
    matches!(yaml.node(yaml.resolve(node)).data, Data::Mapping(_))
}

impl Checker<'_> {
    /// Says once of each former key that it is one.
    pub(super) fn outdated(&mut self, record: &'static Record, slots: &Slots) {
        for held in &slots.outdated {
            let entry = held.entry;
            // What several mappings merge is written in one place.
            if !self.first_visit(entry.key, held.former) {
                continue;
            }
            let kind = ProblemKind::Outdated(Outdated {
                record: record.name,
                former: held.former,
                value: self.yaml.resolve(entry.value),
                nested: is_mapping(self.yaml, entry.value),
                taken: held.taken,
            });
            self.report(entry.key, kind);
            if let (Became::List([_, name]), Some(index)) = (held.former.became, held.today) {
                self.amounts(entry.value, &record.keys[index].shape, name);
            }
        }
    }

    /// The values of a mapping that is a list of records today, by what the record has for them.
    fn amounts(&mut self, mapping: NodeId, list: &'static Shape, name: &str) {
        let Shape::List(items) = list else { return };
        let Shape::Record(record) = items.of else { return };
        let Some(key) = record.key(name) else { return };
        for entry in self.merges.entries(self.yaml, self.yaml.resolve(mapping)) {
            let what = self.yaml.text_of(entry.key).unwrap_or_else(|| Name::new(name));
            let slot = Slot { what: what.as_str(), shape: &key.shape, nullable: false };
            self.value(entry.value, &slot);
        }
    }
}

#[cfg(test)]
mod tests;
