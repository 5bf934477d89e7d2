//! What is wrong with a settings file.

use text::span::Span;

/// Something wrong with a settings file. What it speaks of keeps its default.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The key or value at fault.
    pub span: Span,
    /// What is wrong: lower case, names in backticks, no final stop.
    pub message: String,
    /// What to do, where something can be said.
    pub help: Option<String>,
}

impl Problem {
    /// A problem at `span`, without advice.
    pub fn new(span: Span, message: impl Into<String>) -> Problem {
        Problem { span, message: message.into(), help: None }
    }

    /// With a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }
}
