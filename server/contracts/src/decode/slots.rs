//! The entries of a mapping, sorted into the keys that a record declares.

use std::cell::Cell;

use rustc_hash::FxHashMap;
use syntax::yaml::{Data, Entry, NodeId, Value, Yaml};
use text::name::Name;

use crate::decode::outdated::{self, OutdatedEntry};
use crate::decode::scalar;
use crate::schema::{Key, Loader, Record};

/// No record declares more keys.
const MOST: usize = 16;

/// How many entries may come by merges over and above the nodes of the file.
const MOST_MERGED: usize = 50_000;

/// How many entries may come by merges. Each mapping that merges another has all its entries again,
/// so that a file of some pages could have millions.
#[derive(Debug)]
pub(super) struct Merges {
    left: Cell<usize>,
}

impl Merges {
    /// As many as the file has nodes, and some more, so that no file that is written by hand has too
    /// many.
    pub(super) fn new(yaml: &Yaml) -> Merges {
        Merges { left: Cell::new(yaml.nodes.len() + MOST_MERGED) }
    }

    /// Whether there were too many.
    pub(super) fn are_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// The entries of a mapping after merging, or those that are written in it where too much was
    /// merged before.
    pub(super) fn entries(&self, yaml: &Yaml, mapping: NodeId) -> Vec<Entry> {
        let written = yaml.written(mapping);
        if !written.iter().any(|entry| yaml.is_merge(entry.key)) {
            return yaml.entries(mapping);
        }
        if self.are_spent() {
            let own = written.iter().filter(|entry| !yaml.is_merge(entry.key));
            return own.copied().collect();
        }
        let entries = yaml.entries(mapping);
        self.left.set(self.left.get().saturating_sub(entries.len()));
        entries
    }
}

/// What a reader of the loaded mapping would find.
#[derive(Debug)]
pub(super) struct Slots {
    known: [Option<Entry>; MOST],
    /// Keys of text that the record lacks, each once.
    pub(super) unknown: Vec<(Name, Entry)>,
    /// Entries whose keys are no text.
    pub(super) nameless: Vec<Entry>,
    /// Entries in a form that design notes used. Where today's key is absent and reads the same,
    /// they stand for it among the known ones.
    pub(super) outdated: Vec<OutdatedEntry>,
}

impl Slots {
    /// The entries of `mapping`, which is no alias. Of a repeated key the last counts; merge keys
    /// are followed.
    pub(super) fn new(
        yaml: &Yaml,
        mapping: NodeId,
        record: &'static Record,
        (merges, loader): (&Merges, Loader),
    ) -> Slots {
        debug_assert!(record.keys.len() <= MOST, "`{}` has too many keys", record.name);
        let written = yaml.written(mapping);
        if written.iter().any(|entry| yaml.is_merge(entry.key)) {
            // Merging is rare; everything else needs no list of its own.
            Slots::sort(yaml, &merges.entries(yaml, mapping), record, loader)
        } else {
            Slots::sort(yaml, written, record, loader)
        }
    }

    fn sort(yaml: &Yaml, entries: &[Entry], record: &'static Record, loader: Loader) -> Slots {
        let mut slots = Slots {
            known: [None; MOST],
            unknown: Vec::new(),
            nameless: Vec::new(),
            outdated: Vec::new(),
        };
        let mut places = FxHashMap::default();
        let mut next = 0;
        for entry in entries {
            let Some(name) = name(yaml, entry.key) else {
                slots.nameless.push(*entry);
                continue;
            };
            if let Some(held) = outdated::form(yaml, record, name.as_str(), *entry) {
                slots.outdated.push(held);
                continue;
            }
            let found = find(record, name.as_str(), next);
            match found.or_else(|| find_respelt(record, name.as_str(), loader)) {
                Some(index) => {
                    slots.known[index] = Some(*entry);
                    next = index + 1;
                }
                None => slots.put_unknown(name, *entry, &mut places),
            }
        }
        slots.settle(yaml);
        slots
    }

    /// Lets outdated entries stand for today's keys where those are absent.
    fn settle(&mut self, yaml: &Yaml) {
        for held in &mut self.outdated {
            let Some(slot) = held.today.and_then(|index| self.known.get_mut(index)) else {
                continue;
            };
            held.taken = slot.is_some();
            if !held.taken {
                *slot = held.as_today(yaml);
            }
        }
    }

    /// Whether an outdated entry says what the key with this index says today.
    pub(super) fn is_outdated(&self, index: usize) -> bool {
        self.outdated.iter().any(|held| held.today == Some(index))
    }

    /// Puts an entry among those that the record lacks; `places` are where those are.
    fn put_unknown(&mut self, name: Name, entry: Entry, places: &mut FxHashMap<Name, usize>) {
        let place = *places.entry(name).or_insert(self.unknown.len());
        match self.unknown.get_mut(place) {
            Some(held) => held.1 = entry,
            None => self.unknown.push((name, entry)),
        }
    }

    /// The entry of the record's key with this index.
    pub(super) fn get(&self, index: usize) -> Option<Entry> {
        self.known.get(index).copied().flatten()
    }
}

/// The index of a key, looked for from `next` on first: people write keys in the order in which they
/// are declared.
fn find(record: &Record, name: &str, next: usize) -> Option<usize> {
    let keys = &record.keys[..record.keys.len().min(MOST)];
    let (before, after) = keys.split_at(next.min(keys.len()));
    let is_it = |key: &Key| key.name == name;
    let behind = after.iter().position(is_it).map(|index| before.len() + index);
    behind.or_else(|| before.iter().position(is_it))
}

/// The index of the key that a manifest's loader takes for `name`: `project_id` for `projectId`.
fn find_respelt(record: &Record, name: &str, loader: Loader) -> Option<usize> {
    if loader != Loader::Manifest || !name.contains('_') {
        return None;
    }
    let mut parts = name.split('_');
    let mut camel = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut characters = part.chars();
        camel.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(characters.as_str());
    }
    find(record, &camel, 0).filter(|_| !record.one_spelling.contains(&camel.as_str()))
}

/// The text of a key, aliases followed.
pub(super) fn name(yaml: &Yaml, key: NodeId) -> Option<Name> {
    match &yaml.node(yaml.resolve(key)).data {
        Data::Scalar(scalar) => match &scalar.value {
            // The common case is interned already.
            Value::Text(name) => Some(*name),
            value => scalar::text(value).map(Name::new),
        },
        _ => None,
    }
}

/// The keys that `mapping` repeats, each with the next of its kind.
pub(super) fn repeated(yaml: &Yaml, mapping: NodeId) -> Vec<(Entry, Entry)> {
    let entries = yaml.written(mapping);
    let text = |entry: &Entry| match &yaml.node(entry.key).data {
        Data::Scalar(scalar) => match &scalar.value {
            Value::Text(text) => Some(*text),
            _ => None,
        },
        _ => None,
    };
    // Nearly every mapping is small and has distinct names for keys, which is quickly seen.
    let distinct = entries.len() <= MOST
        && entries.iter().enumerate().all(|(index, entry)| {
            text(entry)
                .is_some_and(|name| entries[..index].iter().all(|other| text(other) != Some(name)))
        });
    if distinct { Vec::new() } else { yaml.duplicates(mapping) }
}
