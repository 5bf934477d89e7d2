//! The `type` of a field: free text that names a Python type.
//!
//! Nothing checks such names when a workflow runs, so every answer here is careful: a [`Type`] is
//! said to conflict with another, or to refuse a value, only where that is certain.

use std::cell::RefCell;
use std::sync::LazyLock;

use dashmap::DashMap;
use rustc_hash::FxBuildHasher;
use syntax::expr;
use text::name::Name;
use text::recent::Recent;

use crate::value::Value;

mod agree;
pub mod members;
mod names;
mod read;
mod show;
pub mod spelled;

use names::Family;

/// A type, with the spellings of one type made one: `List[str]` is `list[str]`, `Optional[str]` is
/// `str | None`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Type {
    /// `Any`, `object`, or what stands for anything in practice.
    Any,
    /// `None`.
    None,
    /// A class by its canonical name, as `dict`, `Mapping` or `models.Plan`, and its arguments.
    Class(Name, Vec<Type>),
    /// `A | B`, flat.
    Union(Vec<Type>),
    /// `Literal[...]`.
    Literal(Vec<Value>),
}

/// What the texts of types were read as. There are few of them, and fields by the hundred thousand.
static READ: LazyLock<DashMap<Name, Option<&'static Type>, FxBuildHasher>> =
    LazyLock::new(DashMap::default);

thread_local! {
    /// Types that this thread met last; asking here needs no lock.
    static RECENT: RefCell<Recent<Option<&'static Type>, 64>> =
        const { RefCell::new(Recent::new()) };
}

impl Type {
    /// As [`Type::parse`], for text that is stored already: each text is read once.
    #[must_use]
    pub fn named(text: Name) -> Option<&'static Type> {
        RECENT.with_borrow_mut(|recent| recent.get_or(text, || Type::shared(text)))
    }

    /// The type that `text` names, found or stored for all threads.
    fn shared(text: Name) -> Option<&'static Type> {
        if let Some(known) = READ.get(&text) {
            return *known;
        }
        let read = Type::parse(text.as_str());
        *READ.entry(text).or_insert_with(|| read.map(|read| &*Box::leak(Box::new(read))))
    }

    /// The type that `text` names; none where it is no type expression at all.
    #[must_use]
    pub fn parse(text: &str) -> Option<Type> {
        // YAML's folded scalars may bring spaces along that Python would take for indentation.
        read::read(&expr::parse(text.trim()).ok()?)
    }

    /// Names that are neither Python's own nor those of `typing`, `collections.abc` and the common
    /// modules of the standard library, as written, dots included, each once.
    ///
    /// Whether the workspace has classes of these names is for the caller to know.
    #[must_use]
    pub fn unknown_names(&self) -> Vec<Name> {
        let mut unknown = Vec::new();
        let mut waiting = vec![self];
        while let Some(next) = waiting.pop() {
            match next {
                Type::Class(name, arguments) => {
                    if names::family(*name) == Family::Foreign && !unknown.contains(name) {
                        unknown.push(*name);
                    }
                    waiting.extend(arguments.iter().rev());
                }
                Type::Union(members) => waiting.extend(members.iter().rev()),
                Type::Any | Type::None | Type::Literal(_) => {}
            }
        }
        unknown
    }

    /// Whether no value that a producer of this type writes can be one that `consumer` expects.
    #[must_use]
    pub fn conflicts(&self, consumer: &Type) -> bool {
        agree::conflict(self, consumer)
    }

    /// Whether a default of `value` fits. `null` always does: it means that there is no default.
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        agree::accepts(self, value)
    }

    /// The classes that a value may have, alternatives flattened.
    #[must_use]
    pub fn alternatives(&self) -> &[Type] {
        match self {
            Type::Union(members) => members,
            only => std::slice::from_ref(only),
        }
    }
}

/// Whether `producer` and `consumer`, as written in contracts, certainly disagree.
#[must_use]
pub fn conflicts(producer: Name, consumer: Name) -> bool {
    match (Type::named(producer), Type::named(consumer)) {
        (Some(producer), Some(consumer)) => producer.conflicts(consumer),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
