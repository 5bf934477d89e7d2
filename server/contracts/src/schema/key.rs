//! One key of a record.

use super::Shape;

/// One key of a [`Record`](super::Record).
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
    /// It belongs to an announced extension, which today's loader refuses: it may stand only where
    /// the contract's version or the settings admit extensions.
    Extension,
}

impl Presence {
    /// Whether `null` means the same as absence.
    #[must_use]
    pub fn is_nullable(self) -> bool {
        matches!(self, Presence::Optional | Presence::Extension)
    }
}
