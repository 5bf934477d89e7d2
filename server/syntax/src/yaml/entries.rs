//! Mappings as a reader of the loaded value sees them: keys merged in, repeated keys settled.

use std::collections::HashMap;

use text::name::Name;

use super::{Data, Entry, NodeId, Scalar, Value, Yaml};

/// How many entries merging may visit in one question. Merges of merges grow like powers.
const MERGE_BUDGET: usize = 100_000;
/// Up to how many entries comparing each with each is cheaper than a table.
const FEW: usize = 16;

/// What makes two keys the same, as Python compares them: `1`, `1.0` and `true` are one key.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Key {
    Text(Name),
    Null,
    /// A number, as the bits of a float.
    Number(u64),
    /// An integer that no float holds.
    Large(Box<str>),
    Time(Box<str>),
    Binary(Box<[u8]>),
    /// A key that equals nothing but itself.
    Node(NodeId),
}

impl Yaml {
    /// The entries of `mapping` that count after loading, aliases followed.
    ///
    /// Merge keys are resolved: what they bring comes first, earlier mappings of one list win over
    /// later ones, and the mapping's own keys win over all. Of a key that is repeated the last
    /// value counts, at the place of the first, as in a Python dict. Empty for anything else than
    /// a mapping.
    #[must_use]
    pub fn entries(&self, mapping: NodeId) -> Vec<Entry> {
        let mut merger = Merger { yaml: self, open: Vec::new(), left: MERGE_BUDGET };
        merger.entries(self.resolve(mapping))
    }

    /// The entry of `mapping` whose key is the text `key`, as it counts after loading.
    #[must_use]
    pub fn get(&self, mapping: NodeId, key: &str) -> Option<Entry> {
        let written = self.written(mapping);
        let is_it =
            |entry: &&Entry| self.text_of(entry.key).is_some_and(|text| text.as_str() == key);
        if let Some(entry) = written.iter().rev().find(is_it) {
            return Some(*entry);
        }
        if !written.iter().any(|entry| self.is_merge(entry.key)) {
            return None;
        }
        self.entries(mapping).into_iter().find(|entry| is_it(&entry))
    }

    /// The keys that are written more than once in `mapping`: each entry with the next of its key.
    #[must_use]
    pub fn duplicates(&self, mapping: NodeId) -> Vec<(Entry, Entry)> {
        let written = self.written(mapping);
        let own: Vec<Entry> =
            written.iter().filter(|entry| !self.is_merge(entry.key)).copied().collect();
        let mut last: HashMap<Key, Entry> = HashMap::new();
        if own.len() <= FEW && !self.repeats(&own) {
            return Vec::new();
        }
        own.into_iter()
            .filter_map(|entry| {
                last.insert(self.key(entry.key), entry).map(|earlier| (earlier, entry))
            })
            .collect()
    }

    /// The entries of a mapping as they are written, aliases followed; none for other nodes.
    #[must_use]
    pub fn written(&self, mapping: NodeId) -> &[Entry] {
        match &self.node(self.resolve(mapping)).data {
            Data::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// Whether `key` is the merge key `<<`.
    #[must_use]
    pub fn is_merge(&self, key: NodeId) -> bool {
        matches!(&self.node(key).data, Data::Scalar(Scalar { value: Value::Merge, .. }))
    }

    fn repeats(&self, entries: &[Entry]) -> bool {
        let keys: Vec<Key> = entries.iter().map(|entry| self.key(entry.key)).collect();
        keys.iter().enumerate().any(|(index, key)| keys[..index].contains(key))
    }

    fn key(&self, id: NodeId) -> Key {
        let id = self.resolve(id);
        let Data::Scalar(Scalar { value, .. }) = &self.node(id).data else {
            return Key::Node(id);
        };
        match value {
            Value::Text(text) => Key::Text(*text),
            Value::Prose(prose) => Key::Text(Name::new(prose)),
            Value::Null => Key::Null,
            Value::Bool(bool) => Key::Number(f64::from(u8::from(*bool)).to_bits()),
            Value::Int(number) => integer_key(*number),
            // The loader makes all of these of one object, which is the same key as itself.
            Value::Float(number) if number.is_nan() => Key::Number(f64::NAN.to_bits()),
            // Zero has two signs and is one key.
            Value::Float(number) => Key::Number((number + 0.0).to_bits()),
            Value::BigInt(digits) => Key::Large(digits.clone()),
            Value::Timestamp(text) => Key::Time(text.clone()),
            Value::Binary(bytes) => Key::Binary(bytes.clone()),
            Value::Merge => Key::Node(id),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "only where the float holds the integer exactly")]
fn integer_key(number: i64) -> Key {
    if number.unsigned_abs() <= 1 << 53 {
        Key::Number((number as f64).to_bits())
    } else {
        Key::Large(number.to_string().into())
    }
}

struct Merger<'a> {
    yaml: &'a Yaml,
    /// The mappings that are being flattened, outermost first.
    open: Vec<NodeId>,
    /// How many entries may still be visited.
    left: usize,
}

impl Merger<'_> {
    fn entries(&mut self, mapping: NodeId) -> Vec<Entry> {
        let written = self.yaml.written(mapping);
        let mut all = Vec::with_capacity(written.len());
        if written.iter().any(|entry| self.yaml.is_merge(entry.key)) {
            self.open.push(mapping);
            for entry in written.iter().filter(|entry| self.yaml.is_merge(entry.key)) {
                self.merge(entry.value, &mut all);
            }
            self.open.pop();
            all.extend(written.iter().filter(|entry| !self.yaml.is_merge(entry.key)));
        } else {
            all.extend_from_slice(written);
        }
        self.settle(all)
    }

    /// Appends what `value`, of a merge key, brings; the winner last.
    fn merge(&mut self, value: NodeId, all: &mut Vec<Entry>) {
        let value = self.yaml.resolve(value);
        match &self.yaml.node(value).data {
            Data::Sequence(items) => {
                for item in items.iter().rev() {
                    self.merge_one(self.yaml.resolve(*item), all);
                }
            }
            _ => self.merge_one(value, all),
        }
    }

    fn merge_one(&mut self, mapping: NodeId, all: &mut Vec<Entry>) {
        // How deep merges go is up to the text, and the call stack is not.
        let too_deep = self.open.len() > 64;
        if self.left == 0 || too_deep || self.open.contains(&mapping) {
            return;
        }
        let brought = self.entries(mapping);
        self.left = self.left.saturating_sub(brought.len() + 1);
        all.extend(brought);
    }

    /// Keeps one entry a key: the last, at the place of the first.
    fn settle(&self, entries: Vec<Entry>) -> Vec<Entry> {
        if entries.len() <= FEW && !self.yaml.repeats(&entries) {
            return entries;
        }
        let mut places: HashMap<Key, usize> = HashMap::with_capacity(entries.len());
        let mut settled: Vec<Entry> = Vec::with_capacity(entries.len());
        for entry in entries {
            let place = *places.entry(self.yaml.key(entry.key)).or_insert(settled.len());
            match settled.get_mut(place) {
                Some(earlier) => *earlier = entry,
                None => settled.push(entry),
            }
        }
        settled
    }
}
