//! What the values of one record have to do with each other.

use super::Pattern;

/// What values of a record must be to each other. One whose parts are absent, or wrong by
/// themselves, says nothing.
#[derive(Debug)]
pub enum Relation {
    /// The text of a key stands in a list of records, under a key of theirs, unless the list is
    /// empty.
    Listed {
        /// The key with the text.
        key: &'static str,
        /// The key with the list.
        list: &'static str,
        /// The key of its records.
        item: &'static str,
    },
    /// The moment of a key is not before that of another.
    NotBefore {
        /// The key with the later moment.
        key: &'static str,
        /// The key with the earlier one.
        start: &'static str,
    },
    /// No text stands in both lists.
    Disjoint {
        /// The key with the one list: what it holds as well is at fault.
        key: &'static str,
        /// The key with the other.
        other: &'static str,
    },
    /// The numbers of a mapping are together no more than another number.
    SumAtMost {
        /// The key with the mapping.
        parts: &'static str,
        /// The key with the number.
        total: &'static str,
    },
    /// Some key of the record is there and says something else than its default.
    SomeActive,
    /// Where the text of a key has a form, the word of another is one of these.
    Word {
        /// The key with the word.
        key: &'static str,
        /// The key with the text.
        by: &'static str,
        /// The form.
        form: &'static Pattern,
        /// The words.
        words: &'static [&'static str],
    },
}

impl Relation {
    /// The keys of the record that it is about.
    #[must_use]
    pub fn keys(&self) -> Vec<&'static str> {
        match self {
            Relation::Listed { key: one, list: other, .. }
            | Relation::NotBefore { key: one, start: other }
            | Relation::Disjoint { key: one, other }
            | Relation::SumAtMost { parts: one, total: other }
            | Relation::Word { key: one, by: other, .. } => vec![one, other],
            Relation::SomeActive => Vec::new(),
        }
    }
}
