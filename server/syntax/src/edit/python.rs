//! Edits of Python.

use text::span::Span;

/// What should become of a Python file.
#[derive(Clone, PartialEq, Debug)]
pub enum Intent {
    /// The string literal at this place reads `text` instead; its prefix and quotes are kept.
    ReplaceString(Span, String),
    /// The expression at this place gives way to this one.
    ReplaceExpression(Span, String),
    /// The directive's comment at this place goes: the whole comment, or one rule of its list.
    RemoveDirective(Span, Option<String>),
}
