//! Places: parts of what a parameter holds.

use std::ops::Deref;

use contracts::value::Value;
use text::name::Name;

use super::{Constant, Dotted};

/// Where a place starts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Root {
    /// The parameter with this index.
    Parameter(u32),
    /// An attribute of `self`: `self.context`.
    SelfAttribute(Name),
    /// A variable that this nested function takes from a function around it: that function's index
    /// in [`super::PythonFacts::functions`], and the index of its parameter that the variable leads to.
    Captured(u32, u32),
}

/// A part of what a parameter holds: `context["a"]["b"]`.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// Where it starts.
    pub root: Root,
    /// The keys on the way, from the outermost. Empty: the whole.
    pub keys: Keys,
}

/// A key of a place.
#[derive(Clone, PartialEq, Debug)]
pub enum Key {
    /// Literal text.
    Text(Name),
    /// The value of a name: `KEY`, `Keys.DOMAIN`, `Phase.PLAN.value` (a last `value` or `name` is
    /// kept; `graph` reads it as the enum member's), `self.KEY`.
    Name(Dotted),
    /// Each of several, in turn: a loop over a literal or named collection, or a conditional
    /// between known keys.
    Each(Box<EachKey>),
    /// What a literal key or index picks out of a named collection: `KEYS["domain"]`, `KEYS[0]`.
    Item(Box<(Dotted, Value)>),
    /// Text put together of parts, some of which have to be looked up: `f"{PREFIX}_rules"`.
    Joined(Box<Joined>),
    /// Text with parts that are not known: `onboarding_{name}`.
    Pattern(Box<(Name, Name)>),
    /// Not known. Below the top, this is `*`; at the top it leaves the access open.
    Unknown,
}

/// Text in several parts.
#[derive(Clone, PartialEq, Debug)]
pub struct Joined {
    /// The parts, in a row.
    pub parts: Box<[Key]>,
}

impl Joined {
    /// Whether a part is known to be text, so that the whole is.
    pub(super) fn has_text(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Key::Text(_)))
    }
}

/// A key that takes several values in turn.
#[derive(Clone, PartialEq, Debug)]
pub struct EachKey {
    /// What is looped over.
    pub collection: Constant,
    /// Which part of each item the key is.
    pub part: Part,
}

/// Which part of a collection's item a key is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The item itself (for a dict, its key).
    Item,
    /// The item's element at this index: `for a, b in PAIRS`; for `.items()` 0 is the key, 1 the
    /// value.
    Element(u32),
    /// A dict's values: `for v in MAP.values()`.
    Value,
}

/// The keys of a place: mostly one, which then needs no room of its own.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Keys(Inner);

#[derive(Clone, PartialEq, Debug, Default)]
enum Inner {
    #[default]
    None,
    One(Key),
    Several(Box<Several>),
}

/// Behind one word, where a slice would take two.
#[derive(Clone, PartialEq, Debug)]
struct Several(Box<[Key]>);

impl From<Vec<Key>> for Keys {
    fn from(mut keys: Vec<Key>) -> Keys {
        Keys(match (keys.pop(), keys.is_empty()) {
            (None, _) => Inner::None,
            (Some(only), true) => Inner::One(only),
            (Some(last), false) => {
                keys.push(last);
                Inner::Several(Box::new(Several(keys.into_boxed_slice())))
            }
        })
    }
}

impl Deref for Keys {
    type Target = [Key];

    fn deref(&self) -> &[Key] {
        match &self.0 {
            Inner::None => &[],
            Inner::One(key) => std::slice::from_ref(key),
            Inner::Several(several) => &several.0,
        }
    }
}

impl Place {
    /// All that a root holds.
    #[must_use]
    pub fn whole(root: Root) -> Place {
        Place { root, keys: Keys::default() }
    }

    /// What `key` leads to.
    #[must_use]
    pub fn child(&self, key: Key) -> Place {
        let mut keys = Vec::with_capacity(self.keys.len() + 1);
        keys.extend_from_slice(&self.keys);
        keys.push(key);
        Place { root: self.root, keys: keys.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_few_and_small() {
        assert_eq!(size_of::<Key>(), 16);
        assert_eq!(size_of::<Place>(), 32);
        let key = |text: &str| Key::Text(Name::new(text));
        let mut place = Place::whole(Root::Parameter(0));
        for count in 0..4 {
            assert_eq!(place.keys.len(), count);
            place = place.child(key("a"));
        }
        assert_eq!(place.keys.last(), Some(&key("a")));
    }
}
