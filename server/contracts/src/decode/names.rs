//! The names that a document gives and uses, collected by its declaration.
//!
//! Whatever a kind says about names follows from here alone: definition, references, renaming,
//! completion, and which names nobody knows.

use syntax::yaml::NodeId;
use text::name::Name;

use super::view::Reading;
use crate::schema::{Key, Kind, MapKeys, Presence, Record, Shape, Sort, Text};

/// One name at one place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Named {
    /// What is named.
    pub sort: Sort,
    /// Whether the name is given here, or used.
    pub role: Role,
    /// The name.
    pub name: Name,
    /// The phase of an event, the service of a field: the name beside it that is a part of its
    /// identity.
    pub of: Option<Name>,
    /// The scalar that holds the name.
    pub at: NodeId,
    /// The mapping that the scalar stands in as a key or as the value of one, or the list.
    pub within: NodeId,
}

/// What is done with a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// It is given.
    Defines,
    /// It is used.
    Refers,
}

impl Text {
    /// The sort of thing that such a text names, and whether it gives the name.
    #[must_use]
    pub fn names(self) -> Option<(Sort, Role)> {
        match self {
            Text::Defines(sort) | Text::Coins(sort, _) => Some((sort, Role::Defines)),
            Text::Refers(sort) | Text::MayRefer(sort) => Some((sort, Role::Refers)),
            Text::FieldPath => Some((Sort::Field, Role::Refers)),
            Text::Free
            | Text::Word
            | Text::Type
            | Text::Expression
            | Text::Matching(_)
            | Text::Mentions(_)
            | Text::Moment => None,
        }
    }

    /// The same of one text, which may be of those that name something if they are ids.
    fn names_in(self, word: &str) -> Option<(Sort, Role)> {
        let Text::Mentions(beginnings) = self else { return self.names() };
        let is_id = |rest: &str| {
            let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
            !rest.is_empty() && rest.chars().all(is_part)
        };
        let begins = |(begin, _): &&(&str, Sort)| word.strip_prefix(begin).is_some_and(is_id);
        beginnings.iter().find(begins).map(|(_, sort)| (*sort, Role::Refers))
    }
}

impl MapKeys {
    /// The sort of thing that such a key names, and whether it gives the name.
    #[must_use]
    pub fn names(self) -> Option<(Sort, Role)> {
        match self {
            MapKeys::Defines(sort) => Some((sort, Role::Defines)),
            MapKeys::Refers(sort) => Some((sort, Role::Refers)),
            MapKeys::Free => None,
        }
    }
}

/// The names in the document at `root`; only those in its extensions, where `extensions_only`.
pub(crate) fn of(
    reading: &Reading<'_>,
    root: NodeId,
    kind: &Kind,
    extensions_only: bool,
) -> Box<[Named]> {
    let wanted = if extensions_only { Wanted::InExtensions } else { Wanted::All };
    let mut names = Names { reading, found: Vec::new() };
    names.record(root, kind.root, wanted);
    names.found.into_boxed_slice()
}

/// Which names of a part are collected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// All of them.
    All,
    /// Those in extensions, wherever in the part these are.
    InExtensions,
}

impl Wanted {
    /// Which names of a key's value are collected; nothing where there can be none.
    fn of(self, key: &Key) -> Option<Wanted> {
        match self {
            Wanted::InExtensions if key.presence != Presence::Extension => {
                holds_extensions(&key.shape).then_some(self)
            }
            _ => Some(Wanted::All),
        }
    }
}

/// Whether values of this shape may have extensions in them.
fn holds_extensions(shape: &Shape) -> bool {
    match shape {
        Shape::Record(record) => record
            .keys
            .iter()
            .any(|key| key.presence == Presence::Extension || holds_extensions(&key.shape)),
        Shape::List(items) | Shape::Map(_, items) => holds_extensions(items.of),
        _ => false,
    }
}

struct Names<'r, 'a> {
    reading: &'r Reading<'a>,
    found: Vec<Named>,
}

impl Names<'_, '_> {
    fn record(&mut self, node: NodeId, record: &'static Record, wanted: Wanted) {
        let Some(view) = self.reading.record(node, record) else { return };
        // An owner is named before what it owns, in the same record.
        let mut owners: Vec<(Sort, Name)> = Vec::new();
        for (index, key) in record.keys.iter().enumerate() {
            let Some((entry, wanted)) = view.slot(index).zip(wanted.of(key)) else { continue };
            if let Shape::Text(text) = key.shape {
                let Some(name) = self.name(entry.value) else { continue };
                let Some((sort, role)) = text.names_in(name.as_str()) else { continue };
                self.add((sort, role), (name, entry.value, view.at), &owners);
                owners.retain(|(held, _)| *held != sort);
                owners.push((sort, name));
                continue;
            }
            self.value(entry.value, &key.shape, wanted, &owners);
        }
    }

    fn value(
        &mut self,
        node: NodeId,
        shape: &'static Shape,
        wanted: Wanted,
        owners: &[(Sort, Name)],
    ) {
        match shape {
            Shape::Record(record) => self.record(node, record, wanted),
            Shape::List(items) => {
                for item in self.reading.items(node) {
                    if wanted == Wanted::All {
                        self.item(item, node, items.of, owners);
                    }
                    self.value(item, items.of, wanted, owners);
                }
            }
            Shape::Map(keys, items) => {
                for entry in self.reading.map_entries(node) {
                    if let Some((sort, role)) = keys.names().filter(|_| wanted == Wanted::All)
                        && let Some(name) = self.name(entry.key)
                    {
                        self.add((sort, role), (name, entry.key, node), owners);
                    }
                    self.value(entry.value, items.of, wanted, owners);
                }
            }
            Shape::Text(_) | Shape::Flag | Shape::Number(_) | Shape::OneOf(_) | Shape::Anything => {
            }
        }
    }

    /// The name that an item of a list is by itself.
    fn item(&mut self, item: NodeId, list: NodeId, shape: &'static Shape, owners: &[(Sort, Name)]) {
        if let Shape::Text(text) = shape
            && let Some(name) = self.name(item)
            && let Some((sort, role)) = text.names_in(name.as_str())
        {
            self.add((sort, role), (name, item, list), owners);
        }
    }

    /// The name at a node. The loader takes an empty text in some places; it names nothing.
    fn name(&self, node: NodeId) -> Option<Name> {
        self.reading.name(node).filter(|name| !name.as_str().is_empty())
    }

    fn add(
        &mut self,
        (sort, role): (Sort, Role),
        (name, at, within): (Name, NodeId, NodeId),
        owners: &[(Sort, Name)],
    ) {
        let owner = sort.owner();
        let of = owners.iter().find(|(held, _)| Some(*held) == owner).map(|(_, name)| *name);
        self.found.push(Named { sort, role, name, of, at, within });
    }
}
