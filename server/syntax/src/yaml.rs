//! YAML as PyYAML's `safe_load` reads it, with a place for everything.
//!
//! [`parse`] gives a [`Yaml`]: an arena of nodes, in document order, and the problems met on the
//! way. A [`NodeId`] is a node's index in that arena and stays the same when only spaces, comments
//! or line breaks change, so that facts may refer to nodes while spans live elsewhere.

mod check;
mod compose;
mod copy;
mod decode;
mod entries;
mod marks;
mod message;
mod number;
mod prepare;
mod recover;
mod repair;
mod resolve;
mod scalar;
mod timestamp;
mod tree;
mod walk;

use std::num::NonZeroU32;

use text::name::Name;
use text::span::Span;

pub use decode::{SourceOffsets, source_offset};

/// Reads `text` as far as it can be read; what is wrong with it is among the problems.
///
/// Where the text is broken, the line at fault is left out and the rest is read.
#[must_use]
pub fn parse(text: &str, limits: &Limits) -> Yaml {
    recover::parse(text, limits)
}

/// A node's place in the arena of its file. Ids ascend in document order, all documents counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(
    // One more than the place, so that an absent id takes no room of its own: facts hold many.
    NonZeroU32,
);

impl NodeId {
    /// The id of the node at this place in the arena.
    #[must_use]
    pub fn new(place: u32) -> NodeId {
        NodeId(NonZeroU32::MIN.saturating_add(place))
    }

    /// The node's place in the arena.
    #[must_use]
    pub fn place(self) -> u32 {
        self.0.get() - 1
    }

    /// The node's place in the arena, as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.place() as usize
    }
}

/// One file of YAML, or of JSON.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Yaml {
    /// What it is written in.
    pub notation: Notation,
    /// All nodes; keys are nodes too.
    pub nodes: Vec<Node>,
    /// The root node of each document. A document without content has none.
    pub documents: Vec<NodeId>,
    /// What is wrong with the text itself, in order of place.
    pub problems: Vec<Problem>,
    /// Comments, in order of place; suppression directives are read from them.
    pub comments: Vec<Span>,
}

/// What a tree was read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Notation {
    /// YAML.
    #[default]
    Yaml,
    /// JSON, strictly.
    Json,
}

/// One node.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// The node's text without anchor and tag. A block collection ends after its last item's text.
    pub span: Span,
    /// What it is.
    pub data: Data,
    /// Whether an anchor (`&name`) stands before it.
    pub anchored: bool,
}

/// What a node is.
#[derive(Clone, PartialEq, Debug)]
pub enum Data {
    /// A scalar, resolved by YAML 1.1's rules.
    Scalar(Scalar),
    /// The items of a sequence.
    Sequence(Box<[NodeId]>),
    /// The entries of a mapping in the order written: merge keys (`<<`) and repeated keys are still
    /// there. [`Yaml::entries`] gives what a reader of the loaded value would see.
    Mapping(Box<[Entry]>),
    /// `*name`: the node that the anchor marks. Following it may lead back here: an anchored node
    /// may contain itself.
    Alias(NodeId),
    /// A node that could not be read (an undefined alias, a refused tag); the problem is reported.
    Unreadable,
}

/// One `key: value` of a mapping.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The key's node.
    pub key: NodeId,
    /// The value's node; for a key without a value, an empty null scalar right after the colon.
    pub value: NodeId,
}

/// A scalar and what it means.
#[derive(Clone, PartialEq, Debug)]
pub struct Scalar {
    /// The resolved value.
    pub value: Value,
    /// How it was written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// Bare.
    Plain,
    /// In `'single'` quotes.
    Single,
    /// In `"double"` quotes.
    Double,
    /// After `|`.
    Literal,
    /// After `>`.
    Folded,
}

/// What PyYAML's safe loader would make of a scalar.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// `null`, `~`, or nothing at all.
    Null,
    /// `true`, `on`, `yes`, ...
    Bool(bool),
    /// An integer that fits 64 bits.
    Int(i64),
    /// A larger integer, in decimal digits.
    BigInt(Box<str>),
    /// A float; infinities and not-a-number included.
    Float(f64),
    /// A date or time; its text is the scalar's own.
    Timestamp(Box<str>),
    /// `!!binary`.
    Binary(Box<[u8]>),
    /// Text, as decoded from quotes, escapes and folds, and short enough to be a name.
    Text(Name),
    /// Longer text: prose, of which no two are alike.
    Prose(Box<str>),
    /// The merge key `<<`, where it stands as a key.
    Merge,
}

impl Value {
    /// Bytes of text up to which it counts as a name, and is stored once for the whole process.
    pub const NAME_BYTES: usize = 64;

    /// The value of a text.
    #[must_use]
    pub fn of_text(text: &str) -> Value {
        if text.len() <= Value::NAME_BYTES {
            Value::Text(Name::new(text))
        } else {
            Value::Prose(text.into())
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(name) => Some(name.as_str()),
            Value::Prose(prose) => Some(prose),
            _ => None,
        }
    }
}

/// Something wrong with the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The smallest part of the text that is at fault.
    pub span: Span,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// One step on the way from a document's root to a node.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PathStep {
    /// To the value of this key.
    Key(Name),
    /// To the item with this index, from 0.
    Index(u32),
}

/// What is wrong with a text of YAML. The names in brackets are the classes that PyYAML raises.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProblemKind {
    /// It does not scan or parse (`ScannerError`, `ParserError`, `ReaderError`). The message is for
    /// people: lower case, no final stop, and says what to do where that is known.
    Syntax(String),
    /// `*name` without an earlier `&name` (`ComposerError`).
    UndefinedAlias(Name),
    /// A tag that the safe loader has no constructor for, or a value that does not fit its tag
    /// (`ConstructorError`, `ValueError`).
    RefusedTag(String),
    /// `<<` with a value that is no mapping and no list of mappings (`ConstructorError`).
    BadMerge,
    /// A key that cannot be one: a list or mapping (`ConstructorError`).
    UnhashableKey,
    /// More than one document where the loader takes one (`ComposerError`); at the second's start.
    SecondDocument,
    /// A budget was reached; what follows was not read. The text says which, with its number.
    OverBudget(String),
}

/// Limits of one parse. They count work, never time, so that the same text gives the same tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes of text.
    pub bytes: usize,
    /// Nested collections.
    pub depth: usize,
    /// How often a broken line may be masked before the rest is given up.
    pub recoveries: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 20 * 1024 * 1024, depth: 200, recoveries: 64 }
    }
}

#[cfg(test)]
mod tests;
