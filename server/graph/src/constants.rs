//! Names and collections to the texts of the keys they hold.

use contracts::value::Value;
use facts::places::FileId;
use facts::python::{Constant, EachKey, Key, Part};
use text::name::Name;

use crate::handler::ClassRef;
use crate::names::{Definition, Lookup};

/// How many texts one key may stand for.
const MOST_TEXTS: usize = 256;

/// How many names may lead to a constant.
const LONGEST_WAY: u32 = 16;

/// The texts that a key may be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Texts {
    /// One of these, each in turn. Never empty.
    Known(Vec<Name>),
    /// Any text that begins and ends so.
    Pattern(Name, Name),
    /// Not known.
    Unknown,
}

/// What a member of an enum is when it stands alone, without `.value`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Members {
    /// Its value, as where a phase is named.
    Values,
    /// An object of its own, which is a text only where the enum says so.
    Objects,
}

/// A value, with the module in which its names are looked up.
#[derive(Clone, Copy)]
enum Found<'a> {
    Written(FileId, &'a Constant),
    Value(&'a Value),
    Text(Name),
    Class(ClassRef),
}

impl Found<'_> {
    fn text(self) -> Option<Name> {
        match self {
            Found::Text(text) => Some(text),
            Found::Value(Value::Text(text)) => Some(*text),
            Found::Value(_) | Found::Written(..) | Found::Class(_) => None,
        }
    }
}

impl<'a> Lookup<'a> {
    /// The texts that `key`, written in the module `file`, may be.
    pub fn texts(&self, file: FileId, key: &'a Key) -> Texts {
        self.texts_in_class(file, None, key)
    }

    /// The texts that `key` may be where `self` is of this class.
    pub fn texts_in_class(&self, file: FileId, class: Option<ClassRef>, key: &'a Key) -> Texts {
        let known = match key {
            Key::Text(text) => Some(vec![*text]),
            Key::Name(dotted) => self
                .follow_in_class(file, class, dotted)
                .and_then(Found::text)
                .map(|text| vec![text]),
            Key::Each(each) => self.texts_of_each(file, class, each),
            Key::Item(item) => self
                .follow_in_class(file, class, &item.0)
                .and_then(|collection| picked(collection, &item.1))
                .and_then(|item| self.follow(item, Members::Objects, 0))
                .and_then(Found::text)
                .map(|text| vec![text]),
            Key::Joined(joined) => {
                return in_a_row(
                    joined.parts.iter().map(|part| self.texts_in_class(file, class, part)),
                );
            }
            Key::Pattern(ends) => return Texts::Pattern(ends.0, ends.1),
            Key::Unknown => None,
        };
        known.filter(|texts| !texts.is_empty()).map_or(Texts::Unknown, Texts::Known)
    }

    /// The text that a constant is. A member of an enum counts as its value.
    pub fn text_of(&self, file: FileId, constant: &'a Constant) -> Option<Name> {
        self.follow(Found::Written(file, constant), Members::Values, 0)?.text()
    }

    /// A name where `self` is of this class.
    fn follow_in_class(
        &self,
        file: FileId,
        class: Option<ClassRef>,
        dotted: &[Name],
    ) -> Option<Found<'a>> {
        match (dotted, class) {
            ([first, name, rest @ ..], Some(class)) if matches!(first.as_str(), "self" | "cls") => {
                self.follow_attribute(class, *name, rest, Members::Objects, 0)
            }
            _ => self.follow_name(file, dotted, Members::Objects, 0),
        }
    }

    fn texts_of_each(
        &self,
        file: FileId,
        class: Option<ClassRef>,
        each: &'a EachKey,
    ) -> Option<Vec<Name>> {
        let collection = match &each.collection {
            Constant::Name(dotted) => self.follow_in_class(file, class, dotted)?,
            other => self.follow(Found::Written(file, other), Members::Objects, 0)?,
        };
        let items = self.items(collection, each.part)?;
        if items.len() > MOST_TEXTS {
            return None;
        }
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            let text = self.follow(item, Members::Objects, 0)?.text()?;
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        Some(texts)
    }

    /// Follows names until there is a value.
    fn follow(&self, found: Found<'a>, members: Members, depth: u32) -> Option<Found<'a>> {
        match found {
            Found::Written(file, Constant::Name(dotted)) => {
                self.follow_name(file, dotted, members, depth + 1)
            }
            Found::Written(_, Constant::Literal(value)) => Some(Found::Value(value)),
            other => Some(other),
        }
    }

    fn follow_name(
        &self,
        file: FileId,
        dotted: &[Name],
        members: Members,
        depth: u32,
    ) -> Option<Found<'a>> {
        if depth > LONGEST_WAY {
            return None;
        }
        let meaning = self.resolve(file, dotted);
        let rest = dotted.get(dotted.len().checked_sub(meaning.rest)?..)?;
        match meaning.definition {
            Definition::Constant(file, index) if rest.is_empty() => {
                let value = self.module(file)?.constant(index)?;
                self.follow(Found::Written(file, value), members, depth + 1)
            }
            Definition::Attribute(class, name) => {
                self.follow_attribute(class, name, rest, members, depth)
            }
            Definition::Class(class) if rest.is_empty() => Some(Found::Class(class)),
            _ => None,
        }
    }

    /// An attribute of a class; in an enum, a member or its `value` or `name`.
    fn follow_attribute(
        &self,
        class: ClassRef,
        name: Name,
        rest: &[Name],
        members: Members,
        depth: u32,
    ) -> Option<Found<'a>> {
        let attribute = self.attribute(class, name)?;
        let kind = self.enum_kind(class);
        let wants_value = match rest {
            [] => kind != EnumKind::Objects || members == Members::Values,
            [last] if kind != EnumKind::None && last.as_str() == "value" => true,
            [last] if kind != EnumKind::None && last.as_str() == "name" => {
                return Some(Found::Text(name));
            }
            _ => false,
        };
        if !wants_value {
            return None;
        }
        if kind == EnumKind::Texts && is_auto(attribute.value) {
            return Some(Found::Text(Name::new(&name.as_str().to_lowercase())));
        }
        self.follow(Found::Written(attribute.class.file, attribute.value), members, depth + 1)
    }

    fn enum_kind(&self, class: ClassRef) -> EnumKind {
        let chain = self.chain(class);
        let has = |fits: &dyn Fn(&str) -> bool| {
            chain.outside.iter().any(|base| fits(base.as_str().rsplit('.').next().unwrap_or("")))
        };
        if !has(&|base| base.ends_with("Enum") || base.ends_with("Flag")) {
            EnumKind::None
        } else if has(&|base| matches!(base, "str" | "StrEnum")) {
            EnumKind::Texts
        } else {
            EnumKind::Objects
        }
    }

    /// The parts of a collection's items.
    fn items(&self, collection: Found<'a>, part: Part) -> Option<Vec<Found<'a>>> {
        match (collection, part) {
            (Found::Value(Value::List(items)), Part::Item) => {
                Some(items.iter().map(Found::Value).collect())
            }
            (Found::Value(Value::List(items)), Part::Element(index)) => {
                items.iter().map(|item| element(item, index)).collect()
            }
            (Found::Value(Value::Map(entries)), part) => {
                let values = takes_value(part)?;
                let pick = |entry: &'a (Value, Value)| if values { &entry.1 } else { &entry.0 };
                Some(entries.iter().map(pick).map(Found::Value).collect())
            }
            (Found::Written(file, Constant::List(items)), Part::Item) => {
                Some(items.iter().map(|item| Found::Written(file, item)).collect())
            }
            (Found::Written(file, Constant::List(items)), Part::Element(index)) => items
                .iter()
                .map(|item| self.element_of(Found::Written(file, item), index))
                .collect(),
            (Found::Written(file, Constant::Dict(entries)), part) => {
                let values = takes_value(part)?;
                let pick = |entry: &'a (Constant, Constant)| {
                    Found::Written(file, if values { &entry.1 } else { &entry.0 })
                };
                Some(entries.iter().map(pick).collect())
            }
            (Found::Class(class), Part::Item) => self.members(class),
            _ => None,
        }
    }

    fn element_of(&self, item: Found<'a>, index: u32) -> Option<Found<'a>> {
        match self.follow(item, Members::Objects, 0)? {
            Found::Value(value) => element(value, index),
            Found::Written(file, Constant::List(parts)) => {
                Some(Found::Written(file, parts.get(index as usize)?))
            }
            _ => None,
        }
    }

    /// The values of all members of an enum of texts.
    fn members(&self, class: ClassRef) -> Option<Vec<Found<'a>>> {
        if self.enum_kind(class) != EnumKind::Texts {
            return None;
        }
        let attributes = &self.class(class)?.attributes;
        attributes
            .iter()
            .filter(|(name, ..)| !name.as_str().starts_with('_'))
            .map(|(name, ..)| self.follow_attribute(class, *name, &[], Members::Values, 0))
            .collect()
    }
}

/// What a key or an index picks out of a collection.
fn picked<'a>(collection: Found<'a>, key: &Value) -> Option<Found<'a>> {
    let index = || match key {
        Value::Int(index) => usize::try_from(*index).ok(),
        _ => None,
    };
    match collection {
        // The last of equal keys wins.
        Found::Value(Value::Map(entries)) => {
            entries.iter().rev().find(|entry| entry.0 == *key).map(|entry| Found::Value(&entry.1))
        }
        Found::Value(Value::List(items)) => items.get(index()?).map(Found::Value),
        Found::Written(file, Constant::List(items)) => {
            items.get(index()?).map(|item| Found::Written(file, item))
        }
        Found::Written(file, Constant::Dict(entries)) => {
            let is_it = |entry: &&(Constant, Constant)| match &entry.0 {
                Constant::Literal(known) => *known == *key,
                // It may be this one.
                _ => true,
            };
            let entry = entries.iter().rev().find(is_it)?;
            matches!(entry.0, Constant::Literal(_)).then_some(Found::Written(file, &entry.1))
        }
        _ => None,
    }
}

/// The texts that parts in a row make. From the first unknown part to the last, it is a pattern.
fn in_a_row(parts: impl Iterator<Item = Texts>) -> Texts {
    let mut starts = vec![String::new()];
    let mut end: Option<String> = None;
    for part in parts {
        match (part, &mut end) {
            (Texts::Known(texts), None) if texts.len() * starts.len() <= MOST_TEXTS => {
                let with = |start: &String| {
                    let start = start.clone();
                    texts.iter().map(move |text| format!("{start}{text}")).collect::<Vec<_>>()
                };
                starts = starts.iter().flat_map(with).collect();
            }
            (Texts::Known(texts), Some(end)) if texts.len() == 1 => {
                texts.iter().for_each(|text| end.push_str(text.as_str()));
            }
            (Texts::Pattern(start, last), None) => {
                starts.iter_mut().for_each(|known| known.push_str(start.as_str()));
                end = Some(last.as_str().to_owned());
            }
            (Texts::Pattern(_, last), Some(end)) => last.as_str().clone_into(end),
            (_, end) => *end = Some(String::new()),
        }
    }
    match (end, starts.as_slice()) {
        (None, _) => Texts::Known(starts.iter().map(|text| Name::new(text)).collect()),
        (Some(end), [start]) if !(start.is_empty() && end.is_empty()) => {
            Texts::Pattern(Name::new(start), Name::new(&end))
        }
        (Some(end), [_, _, ..]) if !end.is_empty() => {
            Texts::Pattern(Name::new(""), Name::new(&end))
        }
        _ => Texts::Unknown,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum EnumKind {
    /// Not an enum.
    None,
    /// One whose members are texts.
    Texts,
    /// One whose members are objects of their own.
    Objects,
}

fn is_auto(value: &Constant) -> bool {
    let Constant::Call(call) = value else {
        return false;
    };
    call.callee.last().is_some_and(|name| name.as_str() == "auto")
}

fn element(item: &Value, index: u32) -> Option<Found<'_>> {
    match item {
        Value::List(parts) => parts.get(index as usize).map(Found::Value),
        _ => None,
    }
}

/// Whether this part of a dict's item is its value, and not its key.
fn takes_value(part: Part) -> Option<bool> {
    match part {
        Part::Item | Part::Element(0) => Some(false),
        Part::Value | Part::Element(1) => Some(true),
        Part::Element(_) => None,
    }
}
