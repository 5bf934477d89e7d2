//! Whether a file is a contract, and of which kind.
//!
//! Three things speak, the strongest first: the document's `contract_type`, the shape of its root
//! keys, and the file's name. A file whose name says nothing must look exactly like a contract; one
//! that is called a contract may be half-typed.
//!
//! Most root keys of contracts are words that other tools use as well: `dependencies`, `versions`,
//! `attributes`. Where nothing else says what a file is, what they hold has to tell.

use syntax::yaml::{Data, Entry, NodeId, Yaml};
use text::near::{Nearness, nearness};

use crate::kinds::{KINDS, propagation};
use crate::schema::signs::SaysSo;
use crate::schema::{Items, Kind, Loader, Record, Shape};

/// What a document is.
#[derive(Clone, Copy, Debug)]
pub enum Verdict {
    /// A contract of this kind.
    Contract(&'static Kind),
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
    bare_name(file_name).is_some_and(|bare| named(&bare).is_some()) || payload(file_name).is_some()
}

/// Whether a file is known by its whole name: `.contextcore.yaml`.
#[must_use]
pub fn is_whole_name(file_name: &str) -> bool {
    bare_name(file_name).is_some_and(|bare| has_whole_name(&bare))
}

/// The kind of payload that a JSON file of this name holds: `ask.handoff.json`. All other JSON is
/// somebody else's.
#[must_use]
pub fn payload(file_name: &str) -> Option<&'static Kind> {
    let name = file_name.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    let (_, word) = name.strip_suffix(".json")?.rsplit_once('.')?;
    let is_it = |kind: &&&Kind| is_payload(kind) && kind.signs.words.contains(&word);
    KINDS.iter().find(is_it).copied()
}

/// Whether documents of this kind are JSON.
fn is_payload(kind: &Kind) -> bool {
    kind.loader == Loader::Payload
}

/// The kinds whose documents are YAML.
fn yaml_kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().copied().filter(|kind| !is_payload(kind))
}

/// The kind of contract that a file of this name would be if nothing in it says otherwise.
#[must_use]
pub fn kind_of_name(file_name: &str) -> Option<&'static Kind> {
    named(&bare_name(file_name)?)
}

/// Whether a file of this name is JSON.
#[must_use]
pub fn is_json_name(file_name: &str) -> bool {
    file_name
        .get(file_name.len().saturating_sub(".json".len())..)
        .is_some_and(|end| end.eq_ignore_ascii_case(".json"))
}

/// Whether a file of this name is YAML.
#[must_use]
pub fn is_yaml_name(file_name: &str) -> bool {
    bare_name(file_name).is_some()
}

/// Groups of words: a YAML file whose name does not say contract can only be one if it holds all
/// words of some group.
pub fn shape_words() -> impl Iterator<Item = &'static [&'static str]> {
    KINDS.iter().flat_map(|kind| {
        let said = kind.signs.says.map_or(&[][..], |(_, words)| words);
        said.iter().map(std::slice::from_ref).chain(kind.signs.root_keys.iter().copied())
    })
}

/// What the document at `root`, in a file of this name, is. A document without content has no root.
#[must_use]
pub fn recognise(file_name: &str, yaml: &Yaml, root: Option<NodeId>) -> Verdict {
    let Some(bare) = bare_name(file_name) else {
        return match payload(file_name) {
            Some(kind) if root.is_some() => Verdict::Contract(kind),
            Some(_) => Verdict::Unknown,
            None => Verdict::Foreign,
        };
    };
    let entries = root.map(|root| yaml.entries(root)).unwrap_or_default();
    let document = Document { yaml, entries };
    if let Some(kind) = document.said() {
        return Verdict::Contract(document.taken_for(kind));
    }
    let named = named(&bare).map(|kind| document.taken_for(kind));
    let is_called_contract = is_called_contract(&bare);
    let speaks = |kind: &&Kind| {
        document.speaks_for(kind, is_called_contract || named.is_some_and(|named| named == *kind))
    };
    if let Some(kind) = yaml_kinds().find(speaks) {
        return Verdict::Contract(kind);
    }
    // `team.budget.yaml` may be anybody's, so that one key of ours is too little.
    let least = if is_called_contract { 1 } else { 2 };
    match named {
        Some(kind) if document.may_become(kind, least) => Verdict::Contract(kind),
        Some(_) if is_called_contract => Verdict::Unknown,
        _ => Verdict::Foreign,
    }
}

/// The file's name in lower case, without folders and without the extension of YAML files.
fn bare_name(file_name: &str) -> Option<String> {
    let name = file_name.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    let bare = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))?;
    Some(bare.to_owned())
}

/// The kind that a file name speaks of: `artisan.budget`, `artisan-budget.contract`. What is only
/// called a contract is a propagation contract.
fn named(bare: &str) -> Option<&'static Kind> {
    if let Some(kind) = yaml_kinds().find(|kind| kind.signs.file_names.contains(&bare)) {
        return Some(kind);
    }
    let stem = bare.strip_suffix("contract").filter(|stem| stem.is_empty() || stem.ends_with('.'));
    let Some(stem) = stem else {
        // `budget.yaml` may be anybody's; `artisan.budget.yaml` is ours.
        let (_, word) = bare.rsplit_once('.')?;
        return yaml_kinds().find(|kind| kind.signs.words.contains(&word));
    };
    let mut words = stem.split(['.', '-', '_']).filter(|word| !word.is_empty());
    // `otel-semconv`, but `convention-registry` too.
    let (first, last) = (words.next(), words.next_back());
    let speaks = |kind: &&'static Kind| {
        let spoken = |word: &&str| {
            first == Some(word)
                || last == Some(word)
                || (word.contains('-') && stem.contains(*word))
        };
        kind.signs.words.iter().any(spoken)
    };
    yaml_kinds().find(speaks).or(Some(&propagation::KIND))
}

/// Whether the file is called a contract, of whatever kind.
fn is_called_contract(bare: &str) -> bool {
    bare == "contract" || bare.ends_with(".contract") || has_whole_name(bare)
}

fn has_whole_name(bare: &str) -> bool {
    yaml_kinds().any(|kind| kind.signs.file_names.contains(&bare))
}

/// How closely a value is looked at.
type How = fn(&Yaml, NodeId, &Shape) -> bool;

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

    /// The kind that the loader takes the document for, if it would be of this one otherwise.
    fn taken_for(&self, kind: &'static Kind) -> &'static Kind {
        let Some(way) = &kind.signs.gives_way else { return kind };
        let says = |(key, is_it): &(&str, SaysSo)| {
            let word = self.value(key).and_then(|value| self.yaml.text_of(value));
            word.is_some_and(|word| is_it(word.as_str()))
        };
        if way.says.iter().any(says) { way.to } else { kind }
    }

    /// The kind that the document says it is.
    fn said(&self) -> Option<&'static Kind> {
        let says = |key: &str, words: &[&str]| {
            let word = self.value(key).and_then(|value| self.yaml.text_of(value));
            word.is_some_and(|word| words.contains(&word.as_str()))
        };
        yaml_kinds().find(|kind| {
            kind.signs.says.is_some_and(|(key, words)| says(key, words))
                && kind.signs.agrees.iter().all(|(key, words)| !self.has(key) || says(key, words))
        })
    }

    /// Whether a root key belongs to other tools' files, and not to this kind as well.
    fn is_foreign_to(&self, kind: &Kind) -> bool {
        FOREIGN_KEYS.iter().any(|key| kind.root.key(key).is_none() && self.has(key))
    }

    /// Whether the root keys look like this kind and no other. `is_named` is whether the file's name
    /// says that it may be one.
    fn speaks_for(&self, kind: &Kind, is_named: bool) -> bool {
        let has_group = |how: How| {
            let looks = |key: &&str| self.looks(kind, key, how);
            kind.signs.root_keys.iter().any(|group| group.iter().all(looks))
        };
        let is_foreign =
            || self.is_foreign_to(kind) || kind.signs.foreign_keys.iter().any(|key| self.has(key));
        let Some((says, _)) = kind.signs.says else {
            let mut required = kind.root.required().peekable();
            return has_group(is_typical)
                || (required.peek().is_some()
                    && !is_foreign()
                    && required.all(|key| self.looks(kind, key.name, is_plausible)));
        };
        if is_named {
            return !is_foreign() && has_group(is_credible);
        }
        // A document that could say what it is, and does not, must look the whole of it.
        let mut required = kind.root.required().filter(|key| key.name != says);
        !is_foreign()
            && required.all(|key| self.looks(kind, key.name, is_plausible))
            && has_group(is_plausible)
            && kind.root.keys.iter().any(|key| {
                self.value(key.name).is_some_and(|value| tells(self.yaml, value, &key.shape))
            })
    }

    /// Whether a root key is there and its value looks as declared. A key that only the signs of
    /// the kind know, one of an older form, may hold anything.
    fn looks(&self, kind: &Kind, key: &str, how: How) -> bool {
        self.value(key).is_some_and(|value| {
            kind.root.key(key).is_none_or(|key| how(self.yaml, value, &key.shape))
        })
    }

    /// Whether a file that is called a contract of this kind could be on the way to one: it has so
    /// many keys of the kind, and not more that are none.
    fn may_become(&self, kind: &Kind, least: usize) -> bool {
        if self.is_foreign_to(kind) {
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
                None if kind.root.former.iter().any(|held| held.name == name.as_str()) => ours += 1,
                None if is_misspelt(name.as_str(), kind.root) => ours += 1,
                None => alien += 1,
            }
        }
        ours >= least && alien <= ours
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

/// Whether the value could be meant as this shape, and what it holds could be too.
fn is_credible(yaml: &Yaml, value: NodeId, shape: &Shape) -> bool {
    is_plausible(yaml, value, shape) && !is_strange(yaml, value, shape)
}

/// Whether the value looks like this shape and hardly like anything else: a map of records holds
/// one that is recognisable.
fn is_typical(yaml: &Yaml, value: NodeId, shape: &Shape) -> bool {
    let Shape::Map(_, Items { of: Shape::Record(record), .. }) = shape else {
        return is_plausible(yaml, value, shape);
    };
    let values = yaml.written(value).iter().map(|entry| entry.value);
    values
        .into_iter()
        .any(|value| yaml.written(value).iter().any(|inner| is_own(yaml, *inner, record)))
}

/// Whether the value holds something that only this shape has: a list or a map with a record that
/// is whole, and that is more than some texts that any mapping may have.
fn tells(yaml: &Yaml, value: NodeId, shape: &Shape) -> bool {
    let (Shape::List(Items { of: Shape::Record(record), .. })
    | Shape::Map(_, Items { of: Shape::Record(record), .. })) = shape
    else {
        return false;
    };
    records(yaml, value).any(|inner| {
        let has = |name: &str| {
            let is_it =
                |entry: &&Entry| yaml.text_of(entry.key).is_some_and(|key| key.as_str() == name);
            inner.iter().find(is_it)
        };
        let own = inner.iter().filter(|entry| is_own(yaml, **entry, record)).count();
        let required = record.required().count();
        record.required().all(|key| has(key.name).is_some()) && (own > 0 || required >= LEAST_TEXTS)
    })
}

/// So many texts with the right names are no accident.
const LEAST_TEXTS: usize = 3;

/// The entries of the mappings that a list or a map holds.
fn records(yaml: &Yaml, value: NodeId) -> impl Iterator<Item = &[Entry]> {
    let items: Vec<NodeId> = match &yaml.node(yaml.resolve(value)).data {
        Data::Sequence(items) => items.to_vec(),
        _ => yaml.written(value).iter().map(|entry| entry.value).collect(),
    };
    items.into_iter().map(|item| yaml.written(item))
}

/// Whether the value is a list or a map of mappings that have keys, and none of the declared ones;
/// or a list of something else where there should be mappings.
fn is_strange(yaml: &Yaml, value: NodeId, shape: &Shape) -> bool {
    let (Shape::Map(_, Items { of: Shape::Record(record), .. })
    | Shape::List(Items { of: Shape::Record(record), .. })) = shape
    else {
        return false;
    };
    let filled: Vec<&[Entry]> = records(yaml, value).filter(|inner| !inner.is_empty()).collect();
    let declared = |entry: &Entry| {
        let name = yaml.text_of(entry.key);
        name.is_some_and(|name| {
            record.key(name.as_str()).is_some() || is_misspelt(name.as_str(), record)
        })
    };
    let is_filled = !filled.is_empty() || holds_scalars(yaml, value);
    is_filled && !filled.iter().any(|inner| inner.iter().any(declared))
}

/// Whether the value is a list with items such as words and numbers.
fn holds_scalars(yaml: &Yaml, value: NodeId) -> bool {
    let Data::Sequence(items) = &yaml.node(yaml.resolve(value)).data else { return false };
    items.iter().any(|item| match &yaml.node(yaml.resolve(*item)).data {
        Data::Scalar(scalar) => scalar.value != syntax::yaml::Value::Null,
        _ => false,
    })
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
