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
    /// Tells most texts that fit at a fraction of the cost; what it denies may fit all the same.
    usual: Option<fn(&str) -> bool>,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A form, by a regular expression with anchors.
    #[must_use]
    pub const fn new(name: &'static str, regex: &'static str) -> Pattern {
        Pattern { name, regex, usual: None, compiled: OnceLock::new() }
    }

    /// The same, for values of which a file has many: `usual` tells most of those that fit, and none
    /// that does not.
    #[must_use]
    pub const fn frequent(
        name: &'static str,
        regex: &'static str,
        usual: fn(&str) -> bool,
    ) -> Pattern {
        Pattern { name, regex, usual: Some(usual), compiled: OnceLock::new() }
    }

    /// Whether `text` has the form. An expression that is none fits everything; a test sees to it
    /// that there is no such declaration.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        self.usual.is_some_and(|usual| usual(text)) || self.matches(text)
    }

    fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.regex).ok());
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.regex == other.regex
    }
}

#[cfg(test)]
impl Pattern {
    /// Holds the short way against the expression.
    #[track_caller]
    pub(crate) fn agrees(&self, texts: &[&str]) {
        let usual = self.usual.unwrap();
        assert!(texts.iter().any(|text| usual(text)), "`{}` has no short way", self.name);
        for text in texts {
            assert!(!usual(text) || self.matches(text), "{text}");
        }
    }
}
