//! Texts of a certain form.

use std::sync::OnceLock;

use regex::Regex;

/// A form that a text must have.
#[derive(Debug)]
pub struct Pattern {
    /// What such a text is called in messages: ``a duration such as `150ms` ``.
    pub name: &'static str,
    /// The whole text, as a regular expression with anchors that Rust and JSON Schema read alike.
    pub regex: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A form, by a regular expression with anchors.
    #[must_use]
    pub const fn new(name: &'static str, regex: &'static str) -> Pattern {
        Pattern { name, regex, compiled: OnceLock::new() }
    }

    /// Whether `text` has the form. An expression that is none fits everything; a test sees to it
    /// that there is no such declaration.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.regex).ok());
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.regex == other.regex
    }
}
