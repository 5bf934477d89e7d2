//! What a contract's declaration finds wrong with a document.

use syntax::yaml::NodeId;
use text::name::Name;

use crate::schema::{Former, Kind};

/// Something wrong with a contract by itself.
#[derive(Clone, PartialEq, Debug)]
pub struct Problem {
    /// The node at fault: a key, a value, or the mapping that lacks something.
    pub at: NodeId,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The loader names a place by the keys on the way to it. For an absent key, and for problems
    /// inside keys, the last step differs from `at`'s own path; it stands here.
    pub step: Option<Name>,
    /// Whether it lies in what is announced, and no loader reads it yet.
    pub is_announced: bool,
}

/// What is wrong.
#[derive(Clone, PartialEq, Debug)]
pub enum ProblemKind {
    /// A key that the record does not have, with the nearest that it has.
    UnknownKey {
        /// The key as written.
        key: Name,
        /// What the record is called.
        record: &'static str,
        /// The nearest key that the record has and the mapping lacks.
        nearest: Option<&'static str>,
        /// Whether the nearest is the only candidate and one edit away.
        certain: bool,
        /// Where else the key would be at home.
        home: Home,
    },
    /// A form that design notes used; `at` is the key's node.
    Outdated(Outdated),
    /// A required key is absent.
    MissingKey {
        /// The key.
        key: &'static str,
        /// What the record is called.
        record: &'static str,
        /// What may stand there, to insert.
        placeholder: &'static str,
        /// The key and its word that ask for this one; none where it is always asked for.
        because: Option<(&'static str, &'static str)>,
    },
    /// A value of the wrong type.
    WrongType {
        /// The key it belongs to, or what the list or map holds.
        what: Name,
        /// What belongs there: `text`, `a list of fields`.
        expected: Name,
        /// What stands there: `the number 0.1`, `true (YAML 1.1 reads \`on\` so)`.
        found: Name,
        /// Whether quotes make it right.
        quote: bool,
    },
    /// A word outside a closed set.
    NotOneOf {
        /// What the set is called.
        set: &'static str,
        /// The word as written.
        word: Name,
        /// The words that may stand there, joined for a message.
        allowed: Name,
        /// The nearest of them.
        nearest: Option<&'static str>,
        /// Whether it differs in case alone.
        case_only: bool,
    },
    /// Empty where it must not be.
    Empty {
        /// The key.
        what: Name,
    },
    /// A number outside of what makes sense.
    OutOfRange {
        /// The key.
        what: Name,
        /// The number as written.
        found: Name,
        /// What makes sense: `at least 0`, `from 0 to 1`.
        allowed: Name,
    },
    /// A list or a mapping with fewer items than make sense.
    TooFew {
        /// The key.
        what: Name,
        /// How many there are.
        found: usize,
        /// The fewest.
        least: usize,
    },
    /// A text that has not the form it should have.
    Malformed {
        /// The key.
        what: Name,
        /// The text as written, shortened.
        found: Name,
        /// What belongs there: ``a duration such as `150ms` ``.
        expected: &'static str,
    },
    /// A key given twice; `at` is the earlier key's node.
    DuplicateKey {
        /// The key.
        key: Name,
        /// The later key's node, which wins elsewhere.
        later: NodeId,
    },
    /// A key that is no text, where names of phases and the like stand.
    KeyNotText {
        /// What it is: `the number 2024`, `true (YAML 1.1 reads \`on\` so)`.
        found: Name,
    },
    /// A mapping or list that contains itself, where the reader must come to an end.
    Cyclic,
    /// Values of one record that do not go together; `at` is the one to change.
    Clash(Clash),
}

/// Values of one record that do not go together.
#[derive(Clone, PartialEq, Debug)]
pub enum Clash {
    /// A text that its list lacks.
    NotListed {
        /// The key.
        what: &'static str,
        /// The text as written, shortened.
        found: Name,
        /// The key of the list.
        list: &'static str,
        /// The list's node.
        list_at: NodeId,
        /// The nearest that it has.
        nearest: Option<Name>,
    },
    /// A moment before the one that it cannot be before.
    Before {
        /// The key.
        what: &'static str,
        /// The moment as written.
        found: Name,
        /// The key of the earlier moment.
        start: &'static str,
        /// The earlier moment's node.
        start_at: NodeId,
    },
    /// A text that stands in another list too.
    InBoth {
        /// The key of the list.
        what: &'static str,
        /// The text.
        found: Name,
        /// The key of the other list.
        other: &'static str,
        /// Where it stands in there.
        other_at: NodeId,
    },
    /// A number that is less than its parts together.
    Exceeded {
        /// The number.
        total: f64,
        /// The parts together.
        sum: f64,
        /// Each part.
        parts: Box<[(NodeId, f64)]>,
    },
    /// A record of which no key says anything.
    NothingAsked {
        /// What the record is called.
        record: &'static str,
    },
    /// A word that does not go with the text of another key.
    WrongWord {
        /// The key.
        what: &'static str,
        /// The word.
        found: Name,
        /// The text of the other key.
        by: Name,
        /// The words that do, joined for a message.
        allowed: Name,
        /// The only one of them.
        only: Option<&'static str>,
    },
}

/// A key in a form that design notes used.
#[derive(Clone, PartialEq, Debug)]
pub struct Outdated {
    /// What the record is called.
    pub record: &'static str,
    /// The key, and what became of it.
    pub former: &'static Former,
    /// The node of its value, no alias.
    pub value: NodeId,
    /// Whether the value is a mapping.
    pub nested: bool,
    /// Whether the key that says this today stands there too.
    pub taken: bool,
}

/// Where a key would be at home that the record does not have.
#[derive(Clone, PartialEq, Debug)]
pub enum Home {
    /// Nowhere that is known; the loader refuses it.
    Nowhere,
    /// Nowhere, and the loader passes over it without a word.
    Ignored,
    /// Here, as a part of an announced extension, which neither the contract's version nor today's
    /// loader admits.
    Extension,
    /// In contracts of another kind.
    OtherKind(&'static Kind),
}
