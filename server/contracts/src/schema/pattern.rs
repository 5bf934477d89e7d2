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
    /// What an id begins with that goes on in capitals, digits and hyphens; there are many of them,
    /// and looking costs less than the expression, which says the same.
    prefix: Option<&'static str>,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A form, by a regular expression with anchors.
    #[must_use]
    pub const fn new(name: &'static str, regex: &'static str) -> Pattern {
        Pattern { name, regex, prefix: None, compiled: OnceLock::new() }
    }

    /// Ids that begin with `prefix` and go on in capitals, digits and hyphens, as `regex` says too.
    #[must_use]
    pub const fn id(name: &'static str, prefix: &'static str, regex: &'static str) -> Pattern {
        Pattern { name, regex, prefix: Some(prefix), compiled: OnceLock::new() }
    }

    /// Whether `text` has the form. An expression that is none fits everything; a test sees to it
    /// that there is no such declaration.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        self.prefix.map_or_else(|| self.matches(text), |prefix| is_id(text, prefix))
    }

    fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.regex).ok());
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

fn is_id(text: &str, prefix: &str) -> bool {
    let goes_on = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    let rest = text.strip_prefix(prefix);
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(goes_on))
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.regex == other.regex
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_what_its_expression_says() {
        let id = Pattern::id("an id", "TAC-", "^TAC-[A-Z0-9-]+$");
        for text in
            ["TAC-1", "TAC-A-9", "TAC--", "TAC-", "TAC", "", "tac-1", "TAC-a", "TAC-Ä", "XTAC-1"]
        {
            assert_eq!(id.fits(text), id.matches(text), "{text}");
        }
    }
}
