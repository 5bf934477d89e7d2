//! Values that know where they were written.

use std::hash::{Hash, Hasher};

use text::span::Span;

/// A value and its place in the settings file.
///
/// Equality looks at the place too, hashing does not: [`crate::settings::Settings::fingerprint`]
/// tells whether two settings mean the same, `==` whether they also stand in the same places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }
}

impl<T: Hash> Hash for Spanned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}
