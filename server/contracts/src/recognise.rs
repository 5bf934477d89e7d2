//! Whether a file is a contract, and of which kind.
//!
//! Three things speak, the strongest first: the document's `contract_type`, the shape of its root
//! keys, and the file's name. A file whose name says nothing must look exactly like a contract; one
//! that is called a contract may be half-typed.

use syntax::yaml::{Data, Entry, NodeId, Yaml};
use text::near::{Nearness, nearness};

use crate::kinds::KINDS;
use crate::schema::{Kind, Record, Shape};

mod others;

/// What a document is.
#[derive(Clone, Copy, Debug)]
pub enum Verdict {
    /// A contract of this kind.
    Contract(&'static Kind),
    /// A contract of a kind that is known by name and not read.
    Other(&'static str),
    /// The file's name says that it is a contract, and nothing else does.
    Unknown,
    /// Something else.
    Foreign,
}

/// Root keys that belong to other tools' files, some of which are called contracts too.
const FOREIGN_KEYS: &[&str] = &[
    "apiVersion",
    "kind",
    "openapi",
    "swagger",
    "asyncapi",
    "dataContractSpecification",
    "services",
    "jobs",
    "columns",
    "$schema",
];

/// Whether a file of this name would be read as a contract if it looks at all like one. Folders
/// before the name are left aside.
#[must_use]
pub fn is_contract_name(file_name: &str) -> bool {
    bare_name(file_name).is_some_and(|bare| KINDS.iter().any(|kind| is_named(&bare, kind)))
}

/// Whether a file of this name is YAML.
#[must_use]
pub fn is_yaml_name(file_name: &str) -> bool {
    bare_name(file_name).is_some()
}

/// Groups of words: a YAML file whose name does not say contract can only be one if it holds all
/// words of some group.
pub fn shape_words() -> impl Iterator<Item = &'static [&'static str]> {
    KINDS.iter().flat_map(|kind| kind.signs.root_keys.iter().copied())
}

/// What the document at `root`, in a file of this name, is. A document without content has no root.
#[must_use]
pub fn recognise(file_name: &str, yaml: &Yaml, root: Option<NodeId>) -> Verdict {
    let Some(bare) = bare_name(file_name) else {
        return Verdict::Foreign;
    };
    let named = KINDS.iter().copied().find(|kind| is_named(&bare, kind));
    let entries = root.map(|root| yaml.entries(root)).unwrap_or_default();
    let document = Document { yaml, entries };
    if let Some(verdict) = document.by_contract_type() {
        return verdict;
    }
    if let Some(kind) = KINDS.iter().copied().find(|kind| document.speaks_for(kind)) {
        return Verdict::Contract(kind);
    }
    if let Some(other) = others::by_keys(|key| document.has(key)) {
        return Verdict::Other(other);
    }
    if let Some(other) = others::by_name(&bare) {
        return Verdict::Other(other);
    }
    match named {
        Some(kind) if document.may_become(kind) => Verdict::Contract(kind),
        Some(_) => Verdict::Unknown,
        None => Verdict::Foreign,
    }
}

/// The file's name in lower case, without folders and without the extension of YAML files.
fn bare_name(file_name: &str) -> Option<String> {
    let name = file_name.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    let bare = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))?;
    Some(bare.to_owned())
}

fn is_named(bare: &str, kind: &Kind) -> bool {
    // `contract.yaml` is called a contract as well as `artisan.contract.yaml` is.
    kind.signs.file_suffixes.iter().any(|suffix| bare.ends_with(suffix) || suffix[1..] == *bare)
}

struct Document<'a> {
    yaml: &'a Yaml,
    entries: Vec<Entry>,
}

impl Document<'_> {
    fn value(&self, key: &str) -> Option<NodeId> {
        let is_it =
            |entry: &&Entry| self.yaml.text_of(entry.key).is_some_and(|name| name.as_str() == key);
        self.entries.iter().find(is_it).map(|entry| entry.value)
    }

    fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    fn by_contract_type(&self) -> Option<Verdict> {
        let named = self.yaml.text_of(self.value("contract_type")?)?;
        let ours = KINDS.iter().find(|kind| kind.signs.contract_type == Some(named.as_str()));
        ours.map(|kind| Verdict::Contract(kind))
            .or_else(|| others::by_contract_type(named.as_str()).map(Verdict::Other))
    }

    /// Whether the root keys look like this kind and no other, whatever the file is called.
    fn speaks_for(&self, kind: &Kind) -> bool {
        let looks = |key: &&str, how: fn(&Yaml, NodeId, &Shape) -> bool| {
            let value = self.value(key);
            let declared = kind.root.key(key);
            value.zip(declared).is_some_and(|(value, key)| how(self.yaml, value, &key.shape))
        };
        if kind.signs.root_keys.iter().any(|group| group.iter().all(|key| looks(key, is_typical))) {
            return true;
        }
        let foreign = kind.signs.foreign_keys.iter().chain(FOREIGN_KEYS);
        let mut required = kind.root.required().map(|key| key.name);
        !foreign.into_iter().any(|key| self.has(key))
            && required.all(|key| looks(&key, is_plausible))
    }

    /// Whether a file that is called a contract of this kind could be on the way to one.
    fn may_become(&self, kind: &Kind) -> bool {
        if FOREIGN_KEYS.iter().any(|key| self.has(key)) {
            return false;
        }
        let (mut ours, mut alien) = (0, 0);
        for entry in &self.entries {
            let Some(name) = self.yaml.text_of(entry.key) else {
                continue;
            };
            match kind.root.key(name.as_str()) {
                // Every other format has a description too.
                Some(key) if key.name == "description" => {}
                Some(key) if is_strange(self.yaml, entry.value, &key.shape) => alien += 1,
                Some(key) => ours += usize::from(is_plausible(self.yaml, entry.value, &key.shape)),
                None if is_misspelt(name.as_str(), kind.root) => ours += 1,
                None => alien += 1,
            }
        }
        ours > 0 && alien <= ours
    }
}

fn is_misspelt(name: &str, record: &Record) -> bool {
    let how = |key: &str| nearness(name, key);
    record.keys.iter().any(|key| how(key.name).is_some_and(|near| near != Nearness::Words))
}

/// Whether the value could be meant as this shape: right, or still empty.
fn is_plausible(yaml: &Yaml, value: NodeId, shape: &Shape) -> bool {
    match (&yaml.node(yaml.resolve(value)).data, shape) {
        (Data::Scalar(scalar), Shape::Map(..) | Shape::Record(_) | Shape::List(_)) => {
            scalar.value == syntax::yaml::Value::Null
        }
        (Data::Scalar(_), _) | (_, Shape::Anything) => true,
        (Data::Sequence(_), shape) => matches!(shape, Shape::List(_)),
        (Data::Mapping(_), shape) => matches!(shape, Shape::Map(..) | Shape::Record(_)),
        (Data::Alias(_) | Data::Unreadable, _) => false,
    }
}

/// Whether the value looks like this shape and hardly like anything else: a map of records holds
/// one that is recognisable.
fn is_typical(yaml: &Yaml, value: NodeId, shape: &Shape) -> bool {
    let Shape::Map(_, Shape::Record(record)) = shape else {
        return is_plausible(yaml, value, shape);
    };
    let values = yaml.written(value).iter().map(|entry| entry.value);
    values
        .into_iter()
        .any(|value| yaml.written(value).iter().any(|inner| is_own(yaml, *inner, record)))
}

/// Whether the value is a map of mappings that have keys, and none of the declared ones.
fn is_strange(yaml: &Yaml, value: NodeId, shape: &Shape) -> bool {
    let Shape::Map(_, Shape::Record(record)) = shape else {
        return false;
    };
    let values = yaml.written(value).iter().map(|entry| yaml.written(entry.value));
    let filled: Vec<&[Entry]> = values.filter(|inner| !inner.is_empty()).collect();
    let declared = |entry: &Entry| {
        let name = yaml.text_of(entry.key);
        name.is_some_and(|name| {
            record.key(name.as_str()).is_some() || is_misspelt(name.as_str(), record)
        })
    };
    !filled.is_empty() && !filled.iter().any(|inner| inner.iter().any(declared))
}

/// Whether the entry is a part of such a record, not just some text that any mapping may have.
fn is_own(yaml: &Yaml, entry: Entry, record: &Record) -> bool {
    let key = yaml.text_of(entry.key).and_then(|name| record.key(name.as_str()));
    key.is_some_and(|key| {
        !matches!(key.shape, Shape::Text(_)) && is_plausible(yaml, entry.value, &key.shape)
    })
}

#[cfg(test)]
mod tests;
