//! How a file is known to be of a kind.

use super::Kind;

/// How a file is known to be of a kind.
#[derive(Debug)]
pub struct Signs {
    /// A root key that says what kind of document it is, and the words by which it says this kind:
    /// `contract_type`, `apiVersion`.
    pub says: Option<(&'static str, &'static [&'static str])>,
    /// Root keys that say one of these words where they are there; otherwise it is a document of
    /// somebody else, who says `apiVersion` too.
    pub agrees: &'static [(&'static str, &'static [&'static str])],
    /// Words of file names that speak for the kind, in lower case: `budget` for
    /// `artisan.budget.yaml`, `artisan-budget.contract.yaml` and `budget.contract.yaml`. A word may
    /// hold hyphens, and stands anywhere in the name of a `.contract` then.
    pub words: &'static [&'static str],
    /// Whole file names without the extension: `.contextcore`.
    pub file_names: &'static [&'static str],
    /// Root keys that, together, only this kind has. Any one group speaks for the kind, if the
    /// values look as declared.
    pub root_keys: &'static [&'static [&'static str]],
    /// Root keys that rule the kind out.
    pub foreign_keys: &'static [&'static str],
    /// The kind that the loader takes the document for after all.
    pub gives_way: Option<GivesWay>,
}

/// How a document that is otherwise of one kind turns out to be of another.
#[derive(Debug)]
pub struct GivesWay {
    /// The other kind.
    pub to: &'static Kind,
    /// Root keys, and whether their texts say so. Any one is enough.
    pub says: &'static [(&'static str, SaysSo)],
}

/// Whether a text says so.
pub type SaysSo = fn(&str) -> bool;

impl Signs {
    /// No signs: what declarations begin from.
    pub const NONE: Signs = Signs {
        says: None,
        agrees: &[],
        words: &[],
        file_names: &[],
        root_keys: &[],
        foreign_keys: &[],
        gives_way: None,
    };
}
