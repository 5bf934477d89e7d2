//! What can be asked of the values of a type, as far as verification expressions may ask.

use super::Type;
use super::names::{Family, family};

impl Type {
    /// Whether a value may have the method `name`, one of those that verifications may call; none
    /// where the type does not tell.
    #[must_use]
    pub fn has_method(&self, name: &str) -> Option<bool> {
        self.any_family(|family| match family {
            Family::Text | Family::Bytes => {
                Some(matches!(name, "startswith" | "endswith" | "lower" | "upper" | "strip"))
            }
            Family::Dict | Family::AnyMapping => {
                Some(matches!(name, "get" | "keys" | "values" | "items"))
            }
            Family::Bool | Family::Int | Family::Number => Some(false),
            Family::List | Family::Tuple | Family::Set | Family::AnySet => Some(false),
            _ => None,
        })
    }

    /// Whether a value may have an attribute `name` that is no method; none where the type does
    /// not tell.
    #[must_use]
    pub fn has_attribute(&self, name: &str) -> Option<bool> {
        self.any_family(|family| match family {
            Family::Bool | Family::Int => {
                Some(matches!(name, "real" | "imag" | "numerator" | "denominator"))
            }
            Family::Text | Family::Bytes | Family::List | Family::Dict | Family::Set => Some(false),
            // Named tuples, dates and paths have attributes of their own, and so has what is only
            // known by an interface.
            _ => None,
        })
    }

    /// Whether `value[...]` may succeed, with a text or a slice between the brackets if `key` says
    /// so; none where the type does not tell.
    #[must_use]
    pub fn has_items(&self, key: Key) -> Option<bool> {
        self.any_family(|family| match family {
            Family::Bool | Family::Int | Family::Set | Family::AnySet => Some(false),
            Family::Text | Family::Bytes | Family::List | Family::Tuple => Some(key != Key::Text),
            Family::Dict => Some(key != Key::Slice),
            _ => None,
        })
    }

    /// The plain classes that a value may have, if it can have no other.
    #[must_use]
    pub fn plain(&self) -> Option<Vec<Plain>> {
        let mut found = Vec::new();
        for single in self.alternatives() {
            let classes: &[Plain] = match single {
                Type::None => &[Plain::None],
                Type::Class(name, _) => plain_class(name.as_str())?,
                Type::Any | Type::Union(_) | Type::Literal(_) => return None,
            };
            for class in classes {
                if !found.contains(class) {
                    found.push(*class);
                }
            }
        }
        Some(found)
    }

    /// Whether `holds` for any class the value may be of. `None` has nothing that can be asked for.
    fn any_family(&self, holds: impl Fn(Family) -> Option<bool>) -> Option<bool> {
        let mut found = false;
        for single in self.alternatives() {
            found |= match single {
                Type::Class(name, _) => holds(family(*name))?,
                Type::None => false,
                Type::Any | Type::Union(_) | Type::Literal(_) => return None,
            };
        }
        Some(found)
    }
}

/// Classes of values that behave as Python's own do, with no subclass that adds operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plain {
    /// `None`
    None,
    /// `bool`
    Bool,
    /// `int`
    Int,
    /// `float`
    Float,
    /// `str`
    Text,
    /// `bytes`
    Bytes,
    /// `list`
    List,
    /// `tuple`
    Tuple,
    /// `set` and `frozenset`
    Set,
    /// `dict`
    Dict,
    /// What a dict's `keys` and `items` give.
    View,
}

/// What stands between the brackets of `value[...]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// A text.
    Text,
    /// A slice.
    Slice,
    /// Anything else.
    Other,
}

/// A truth value does where an integer is declared, and an integer where a float is.
fn plain_class(name: &str) -> Option<&'static [Plain]> {
    Some(match name {
        "bool" => &[Plain::Bool],
        "int" => &[Plain::Bool, Plain::Int],
        "float" => &[Plain::Bool, Plain::Int, Plain::Float],
        "str" => &[Plain::Text],
        "bytes" => &[Plain::Bytes],
        "list" => &[Plain::List],
        "tuple" => &[Plain::Tuple],
        "set" | "frozenset" => &[Plain::Set],
        "dict" | "TypedDict" => &[Plain::Dict],
        "KeysView" | "ItemsView" => &[Plain::View],
        _ => return None,
    })
}
