//! Text as a scalar: bare where that is safe, else in the quotes that the file prefers.

use std::fmt::Write as _;

use super::page::Page;
use crate::yaml::{self, Data, Limits, Scalar, Style, Value};

/// The quotes of a scalar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Quotes {
    Single,
    Double,
}

/// `text` as a scalar that reads as text, bare if it can be.
pub(super) fn scalar(page: &Page<'_>, text: &str, in_flow: bool) -> String {
    if !page.is_json() && is_plain(text, in_flow) {
        text.to_owned()
    } else {
        quoted(text, preferred(page))
    }
}

/// `text` in quotes; single ones only where they can say it.
pub(super) fn quoted(text: &str, quotes: Quotes) -> String {
    match quotes {
        Quotes::Single if !text.contains(must_be_escaped) => {
            format!("'{}'", text.replace('\'', "''"))
        }
        _ => double(text),
    }
}

/// Whether `text`, written bare, reads as itself: as text, and as nothing more than one scalar.
fn is_plain(text: &str, in_flow: bool) -> bool {
    // Readers differ about colons inside brackets, so those are always quoted there.
    if text.contains(must_be_escaped) || (in_flow && text.contains([',', '[', ']', '{', '}', ':']))
    {
        return false;
    }
    let read = yaml::parse(text, &Limits::default());
    let [node] = read.nodes.as_slice() else {
        return false;
    };
    let is_text = match &node.data {
        Data::Scalar(Scalar { value: Value::Text(read), style: Style::Plain }) => {
            read.as_str() == text
        }
        _ => false,
    };
    is_text && read.problems.is_empty() && read.comments.is_empty()
}

/// The quotes that most quoted scalars of the file have.
fn preferred(page: &Page<'_>) -> Quotes {
    let count = |wanted: Style| {
        let has = |data: &Data| matches!(data, Data::Scalar(scalar) if scalar.style == wanted);
        page.yaml.nodes.iter().filter(|node| has(&node.data)).count()
    };
    if count(Style::Single) > count(Style::Double) { Quotes::Single } else { Quotes::Double }
}

fn must_be_escaped(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn double(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if must_be_escaped(c) => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_yaml_1_1_are_quoted() {
        for text in ["on", "1:30", "0.1", "010", "1_000", "~", "", " a", "a: b", "a #b", "- a", "="]
        {
            assert!(!is_plain(text, false), "{text:?}");
        }
        for text in ["a", "a b", "a.b", "0.1.0", "a#b", "it's", "a:b", "domain_summary.*"] {
            assert!(is_plain(text, false), "{text:?}");
        }
        assert!(!is_plain("a:b", true) && !is_plain("a, b", true));
    }

    #[test]
    fn quotes_say_what_they_can() {
        assert_eq!(quoted("it's", Quotes::Single), "'it''s'");
        assert_eq!(quoted("a\nb", Quotes::Single), "\"a\\nb\"");
        assert_eq!(quoted("\"\\\u{85}", Quotes::Double), "\"\\\"\\\\\\u0085\"");
    }
}
