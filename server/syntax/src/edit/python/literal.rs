//! String literals of Python: taken apart, and written anew in their own style.

use std::fmt::Write as _;

use crate::edit::CannotEdit;

/// The literal `old`, saying `new` instead.
///
/// Prefix and quotes are kept, but for an `r` where a raw string cannot say it.
pub(super) fn rewritten(old: &str, new: &str) -> Result<String, CannotEdit> {
    let literal = Literal::read(old)?;
    if literal.raw && literal.says_raw(new) {
        return Ok(format!("{}{}{new}{}", literal.prefix, literal.quotes, literal.quotes));
    }
    let prefix: String = literal.prefix.chars().filter(|c| !matches!(c, 'r' | 'R')).collect();
    Ok(format!("{prefix}{}{}{}", literal.quotes, literal.escaped(new), literal.quotes))
}

struct Literal<'a> {
    prefix: &'a str,
    quotes: &'a str,
    raw: bool,
    bytes: bool,
    format: bool,
}

impl Literal<'_> {
    fn read(old: &str) -> Result<Literal<'_>, CannotEdit> {
        let letters = old.find(['"', '\'']).ok_or(CannotEdit::NotThere)?;
        let (prefix, rest) = old.split_at(letters);
        let has = |letter: char| prefix.chars().any(|c| c.eq_ignore_ascii_case(&letter));
        if prefix.len() > 2 || !prefix.chars().all(|c| "rRbBuUfFtT".contains(c)) {
            return Err(CannotEdit::NotThere);
        }
        let triple = rest.starts_with("\"\"\"") || rest.starts_with("'''");
        let quotes = &rest[..if triple { 3 } else { 1 }];
        let body = rest[quotes.len()..].strip_suffix(quotes).ok_or(CannotEdit::NotThere)?;
        let format = has('f') || has('t');
        // Several literals side by side, or one with expressions inside, are more than a name.
        if closes_early(body, quotes) || (format && body.contains(['{', '}'])) {
            return Err(CannotEdit::Layout);
        }
        Ok(Literal { prefix, quotes, raw: has('r'), bytes: has('b'), format })
    }

    fn says_raw(&self, new: &str) -> bool {
        let quote = self.quotes.chars().next().unwrap_or('"');
        let ends_it = |c: char| c == quote || c.is_control();
        let opens_an_expression = self.format && new.contains(['{', '}']);
        let is_no_byte = self.bytes && !new.is_ascii();
        !(new.ends_with('\\') || new.contains(ends_it) || opens_an_expression || is_no_byte)
    }

    fn escaped(&self, new: &str) -> String {
        let quote = self.quotes.chars().next().unwrap_or('"');
        let triple = self.quotes.len() == 3;
        let mut escaped = String::with_capacity(new.len());
        for character in new.chars() {
            match character {
                '\\' => escaped.push_str("\\\\"),
                '\n' if triple => escaped.push('\n'),
                '\n' => escaped.push_str("\\n"),
                '\r' => escaped.push_str("\\r"),
                '\t' => escaped.push_str("\\t"),
                '{' | '}' if self.format => escaped.extend([character, character]),
                c if c == quote => escaped.extend(['\\', c]),
                c if self.bytes && !c.is_ascii() => push_bytes(&mut escaped, c),
                c if c.is_control() => {
                    let _ = write!(escaped, "\\x{:02x}", u32::from(c));
                }
                c => escaped.push(c),
            }
        }
        escaped
    }
}

fn push_bytes(escaped: &mut String, character: char) {
    for byte in character.encode_utf8(&mut [0; 4]).bytes() {
        let _ = write!(escaped, "\\x{byte:02x}");
    }
}

/// Whether the quotes close before the end of `body`, which stands between two of them.
fn closes_early(body: &str, quotes: &str) -> bool {
    let mut rest = body;
    while let Some(at) = rest.find(['\\', '\'', '"']) {
        if rest[at..].starts_with('\\') {
            let escaped = rest[at + 1..].chars().next().map_or(0, char::len_utf8);
            // The backslash would escape the closing quote itself.
            if escaped == 0 {
                return true;
            }
            rest = &rest[at + 1 + escaped..];
        } else if rest[at..].starts_with(quotes) {
            return true;
        } else {
            rest = &rest[at + 1..];
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn new(old: &str, new: &str) -> String {
        rewritten(old, new).unwrap()
    }

    #[test]
    fn prefix_and_quotes_stay() {
        assert_eq!(new("'a'", "b"), "'b'");
        assert_eq!(new("\"a\"", "it's"), "\"it's\"");
        assert_eq!(new("'''a'''", "b"), "'''b'''");
        assert_eq!(new("Rb\"a\"", "b"), "Rb\"b\"");
        assert_eq!(new("f'a'", "{b}"), "f'{{b}}'");
        assert_eq!(new("''", "b"), "'b'");
    }

    #[test]
    fn what_would_end_the_literal_is_escaped() {
        assert_eq!(new("'a'", "it's"), r"'it\'s'");
        assert_eq!(new("'a'", "a\\b\nc\u{1}"), r"'a\\b\nc\x01'");
        assert_eq!(new("\"\"\"a\"\"\"", "\"b\"\n"), "\"\"\"\\\"b\\\"\n\"\"\"");
        assert_eq!(new("b'a'", "ä"), r"b'\xc3\xa4'");
    }

    #[test]
    fn a_raw_string_stays_raw_where_it_can() {
        assert_eq!(new("r'a'", r"b\d"), r"r'b\d'");
        assert_eq!(new("r'a'", "it's"), r"'it\'s'");
        assert_eq!(new("bR'a'", "a\\"), r"b'a\\'");
    }

    #[test]
    fn more_than_one_literal_is_refused() {
        for old in ["'a' 'b'", "'a' \"b'", "x", "f'{a}'", "'''a''' '''b'''"] {
            assert!(rewritten(old, "c").is_err(), "{old}");
        }
        assert!(rewritten("f(x, 'a'", "c").is_err());
        assert!(rewritten(r"'a\'", "c").is_err());
    }

    proptest! {
        #[test]
        fn any_text_gives_one_literal(
            old in prop::sample::select(vec!["'a'", "\"a\"", "'''a'''", "\"\"\"a\"\"\"", "r'a'", "u'a'"]),
            new in "[a-z'\"\\\\{}\n\r\u{e4}]{0,12}",
        ) {
            let rewritten = rewritten(old, &new).unwrap();
            prop_assert!(Literal::read(&rewritten).is_ok(), "{rewritten}");
            let mut parser = tree_sitter::Parser::new();
            parser.set_language(&tree_sitter_python::LANGUAGE.into()).unwrap();
            let tree = parser.parse(&rewritten, None).unwrap();
            prop_assert!(!tree.root_node().has_error(), "{rewritten}");
            let expression = tree.root_node().child(0).and_then(|node| node.child(0)).unwrap();
            prop_assert_eq!(expression.kind(), "string");
            prop_assert_eq!(expression.byte_range(), 0..rewritten.len());
        }
    }
}
