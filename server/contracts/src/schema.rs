//! The language that contract kinds are declared in.

use crate::body::Body;
use crate::decode::view::View;

pub mod former;
pub mod key;
pub mod pattern;
pub mod relation;
pub mod signs;
pub mod sort;
pub mod words;

pub use former::{Became, Former};
pub use key::{Key, Presence};
pub use pattern::Pattern;
pub use relation::Relation;
pub use signs::{GivesWay, Signs};
pub use sort::Sort;

/// A kind of contract.
#[derive(Debug)]
pub struct Kind {
    /// Its short name, kebab-case: `propagation`.
    pub name: &'static str,
    /// What people call it: `context propagation contract`.
    pub title: &'static str,
    /// What it is for, in a sentence or two.
    pub prose: &'static str,
    /// How a file is known to be of this kind.
    pub signs: Signs,
    /// What its loader forgives.
    pub loader: Loader,
    /// The mapping at the root of a document.
    pub root: &'static Record,
    /// The typed view of a document; [`Body::plain`] where no rule needs one.
    pub read: fn(&View<'_>) -> Body,
}

impl PartialEq for Kind {
    fn eq(&self, other: &Kind) -> bool {
        self.name == other.name
    }
}

/// What the loader of a kind forgives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loader {
    /// Refuses keys that the kind does not have. Takes text for numbers and truth values where it
    /// reads as such.
    Contract,
    /// There is none yet: the kind is announced, and held to its design as strictly as a contract.
    Announced,
    /// Passes over keys that the kind does not have, and takes keys in camel case and with
    /// underscores alike. Otherwise as for contracts.
    Manifest,
    /// Refuses nothing: passes over keys that the kind does not have, and uses what fits.
    Policy,
    /// A JSON Schema: refuses keys that the kind does not have, and every value of another type.
    Payload,
}

impl Loader {
    /// Whether documents of the kind are contracts: read by a loader, or announced.
    #[must_use]
    pub fn is_of_contracts(self) -> bool {
        matches!(self, Loader::Contract | Loader::Announced)
    }
}

/// A mapping with known keys.
#[derive(Debug)]
pub struct Record {
    /// What one is called in messages: `field`, `phase`, `chain`.
    pub name: &'static str,
    /// What it says, in a sentence.
    pub prose: &'static str,
    /// Its keys, in the order people write them.
    pub keys: &'static [Key],
    /// Keys that must be there because of what others say.
    pub conditions: &'static [Condition],
    /// What its values have to do with each other.
    pub relations: &'static [Relation],
    /// Keys that the loader takes in this spelling alone, though it takes others with underscores as
    /// well.
    pub one_spelling: &'static [&'static str],
    /// Keys as design notes had them.
    pub former: &'static [Former],
}

impl Record {
    /// A record without conditions: what declarations begin from.
    pub const PLAIN: Record = Record {
        name: "",
        prose: "",
        keys: &[],
        conditions: &[],
        relations: &[],
        one_spelling: &[],
        former: &[],
    };

    /// The key of this name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The key of this name, looked up while compiling.
    ///
    /// # Panics
    /// Where there is none; code that asks for such a key in a constant does not compile.
    #[must_use]
    pub const fn place(&'static self, name: &str) -> Place {
        let mut index = 0;
        while index < self.keys.len() {
            if is_same(self.keys[index].name, name) {
                return Place { record: self, index };
            }
            index += 1;
        }
        panic!("the record has no such key");
    }

    /// Where the key of this name is, if there is one.
    #[must_use]
    pub fn find(&'static self, name: &str) -> Option<Place> {
        let index = self.keys.iter().position(|key| key.name == name)?;
        Some(Place { record: self, index })
    }

    /// The keys that must be there.
    pub fn required(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().filter(|key| key.presence == Presence::Required)
    }
}

/// A key that must be there if another key has a certain value.
#[derive(Debug)]
pub struct Condition {
    /// The key that must then be there.
    pub key: &'static str,
    /// The key that decides.
    pub when: &'static str,
    /// The word that it has, as text or as a truth value.
    pub is: &'static str,
}

/// Where a record has a key: code that reads thousands of records need not look for it again.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The record.
    pub(crate) record: &'static Record,
    /// The key's index among the record's.
    pub(crate) index: usize,
}

/// Comparing texts is nothing that the language does while compiling.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// What a value must be.
#[derive(Debug)]
pub enum Shape {
    /// Text, strictly: `0.1` or `on` without quotes is none.
    Text(Text),
    /// `true` or `false`, or what the loader takes for one: 0, 1, "true", "no", ...
    Flag,
    /// A number, or text that reads as one.
    Number(Range),
    /// One of a closed set of words.
    OneOf(&'static Enumeration),
    /// Any value at all.
    Anything,
    /// A list.
    List(Items),
    /// A mapping with free keys of text.
    Map(MapKeys, Items),
    /// A mapping with known keys.
    Record(&'static Record),
}

impl Shape {
    /// A list of any length.
    #[must_use]
    pub const fn list(of: &'static Shape) -> Shape {
        Shape::list_of(0, of)
    }

    /// A list of at least so many items.
    #[must_use]
    pub const fn list_of(least: usize, of: &'static Shape) -> Shape {
        Shape::List(Items { of, least })
    }

    /// A mapping of any size.
    #[must_use]
    pub const fn map(keys: MapKeys, of: &'static Shape) -> Shape {
        Shape::Map(keys, Items { of, least: 0 })
    }
}

/// What a list or a mapping with free keys holds.
#[derive(Clone, Copy, Debug)]
pub struct Items {
    /// What each item is.
    pub of: &'static Shape,
    /// How many there are at least.
    pub least: usize,
}

/// The numbers that may stand in a place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Range {
    /// The smallest.
    pub least: Option<f64>,
    /// Whether it must be larger than `least`.
    pub above: bool,
    /// The largest.
    pub most: Option<f64>,
    /// Whether it has no fraction.
    pub whole: bool,
}

impl Range {
    /// Every number.
    pub const ANY: Range = Range { least: None, above: false, most: None, whole: false };

    /// Zero and more.
    pub const FROM_ZERO: Range = Range::from(0.0);

    /// More than zero.
    pub const ABOVE_ZERO: Range = Range { above: true, ..Range::FROM_ZERO };

    /// From 0 to 1.
    pub const SHARE: Range = Range { most: Some(1.0), ..Range::FROM_ZERO };

    /// This number and more.
    #[must_use]
    pub const fn from(least: f64) -> Range {
        Range { least: Some(least), ..Range::ANY }
    }

    /// Whether the number is among them, fractions aside.
    #[must_use]
    pub fn has(self, number: f64) -> bool {
        let least =
            self.least.is_none_or(|least| number > least || (!self.above && number >= least));
        least && self.most.is_none_or(|most| number <= most)
    }

    /// Those of them without a fraction.
    #[must_use]
    pub const fn whole(self) -> Range {
        Range { whole: true, ..self }
    }

    /// Those of them that are no larger than this.
    #[must_use]
    pub const fn to(self, most: f64) -> Range {
        Range { most: Some(most), ..self }
    }
}

/// What a text means.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Text {
    /// Prose or any word; may be empty.
    Free,
    /// Any word, not empty.
    Word,
    /// A field's dot path; not empty.
    FieldPath,
    /// Gives something of this sort its name; not empty.
    Defines(Sort),
    /// Names something of this sort; not empty.
    Refers(Sort),
    /// Names something of this sort, or nothing: the loader takes an empty text.
    MayRefer(Sort),
    /// A Python type expression.
    Type,
    /// A verification expression.
    Expression,
    /// Text of a certain form.
    Matching(&'static Pattern),
    /// Gives something of this sort its name, which has a certain form.
    Coins(Sort, &'static Pattern),
    /// Any text. Where it is an id that begins in one of these ways, it names something of the sort.
    Mentions(&'static [(&'static str, Sort)]),
    /// A date or a time: what YAML reads as one, text in the usual form, or seconds.
    Moment,
}

impl Text {
    /// The form that the text must have.
    #[must_use]
    pub fn form(self) -> Option<&'static Pattern> {
        match self {
            Text::Matching(pattern) | Text::Coins(_, pattern) => Some(pattern),
            _ => None,
        }
    }
}

/// What the keys of a map are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MapKeys {
    /// Any text.
    Free,
    /// Each key gives something of this sort its name.
    Defines(Sort),
    /// Each key names something of this sort.
    Refers(Sort),
}

/// A closed set of words.
#[derive(Debug)]
pub struct Enumeration {
    /// What one is called in messages: `severity`.
    pub name: &'static str,
    /// The words with their meaning, in order of weight where there is one.
    pub values: &'static [(&'static str, &'static str)],
}

#[cfg(test)]
mod tests;
