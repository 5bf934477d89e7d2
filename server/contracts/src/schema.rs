//! The language that contract kinds are declared in.

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
    /// The mapping at the root of a document.
    pub root: &'static Record,
}

/// How a file is known to be of a kind.
#[derive(Debug)]
pub struct Signs {
    /// The value of `contract_type`, where the kind has that key.
    pub contract_type: Option<&'static str>,
    /// Ends of file names that speak for the kind, without the extension: `.contract`.
    pub file_suffixes: &'static [&'static str],
    /// Root keys that, together, only this kind has. Any one group speaks for the kind, if the
    /// values look as declared.
    pub root_keys: &'static [&'static [&'static str]],
    /// Root keys that rule the kind out.
    pub foreign_keys: &'static [&'static str],
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
}

impl Record {
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

    /// The keys that must be there.
    pub fn required(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().filter(|key| key.presence == Presence::Required)
    }
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

/// One key of a [`Record`].
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value must be.
    pub shape: Shape,
    /// Whether and how it may be absent.
    pub presence: Presence,
    /// A value as people write it: what is inserted where a required key is absent, and what
    /// completion offers. On one line.
    pub example: &'static str,
    /// What it says, in a sentence or two.
    pub prose: &'static str,
}

/// Whether a key may be absent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence {
    /// It must stand there.
    Required,
    /// It may be absent and then means this, as people would write it: `blocking`, `[]`.
    Default(&'static str),
    /// It may be absent or `null`, which means the same.
    Optional,
}

/// What a value must be.
#[derive(Debug)]
pub enum Shape {
    /// Text, strictly: `0.1` or `on` without quotes is none.
    Text(Text),
    /// `true` or `false`, or what the loader takes for one: 0, 1, "true", "no", ...
    Flag,
    /// A number, or text that reads as one; with its smallest value.
    Number(Option<f64>),
    /// One of a closed set of words.
    OneOf(&'static Enumeration),
    /// Any value at all.
    Anything,
    /// A list.
    List(&'static Shape),
    /// A mapping with free keys of text.
    Map(MapKeys, &'static Shape),
    /// A mapping with known keys.
    Record(&'static Record),
}

/// What a text means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Text {
    /// Prose or any word; may be empty.
    Free,
    /// Any word, not empty.
    Word,
    /// A field's dot path; not empty.
    FieldPath,
    /// The name of a phase; not empty.
    Phase,
    /// A phase's name that may be empty, as the loader takes it.
    PhaseOrEmpty,
    /// A Python type expression.
    Type,
    /// A verification expression.
    Expression,
}

/// What the keys of a map are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MapKeys {
    /// Any text.
    Free,
    /// Names of phases: each key declares one.
    Phases,
}

/// A closed set of words.
#[derive(Debug)]
pub struct Enumeration {
    /// What one is called in messages: `severity`.
    pub name: &'static str,
    /// The words with their meaning, in order of weight where there is one.
    pub values: &'static [(&'static str, &'static str)],
}
