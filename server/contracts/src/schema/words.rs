//! What declarations call things and say of them, in sentences.

/// A noun with its article: `a field`, `an edge`.
#[must_use]
pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// Prose on one line: line continuations in declarations leave single blanks.
#[must_use]
pub fn one_line(prose: &str) -> String {
    prose.split_whitespace().collect::<Vec<_>>().join(" ")
}
