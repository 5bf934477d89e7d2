//! String literals: prefixes, escapes, and several in a row.

use text::span::Span;

use super::parser::Parsed;
use super::primary::error;
use super::{Kind, fstrings};

/// A literal cut into its pieces.
#[derive(Clone, Copy)]
pub(super) struct Literal {
    /// What stands between the quotes.
    pub(super) body: Span,
    /// Backslashes stand for themselves.
    pub(super) raw: bool,
    bytes: bool,
    formatted: bool,
}

/// The one value of the literals on `spans`.
pub(super) fn joined(text: &str, spans: &[Span], depth: usize) -> Parsed<Kind> {
    let literals: Vec<Literal> = spans.iter().map(|span| cut(text, *span)).collect();
    let bytes = literals.iter().filter(|literal| literal.bytes).count();
    if bytes != 0 && bytes != literals.len() {
        let all = spans.iter().fold(spans[0], |whole, span| whole.cover(*span));
        return Err(error(all, "text and bytes cannot be joined"));
    }
    if bytes != 0 {
        let mut value = Vec::new();
        for literal in &literals {
            decode_bytes(text, *literal, &mut value)?;
        }
        return Ok(Kind::Bytes(value));
    }
    let mut value = String::new();
    let mut fields = Vec::new();
    for literal in &literals {
        if literal.formatted {
            fstrings::fields(text, *literal, depth, &mut fields)?;
        } else {
            decode(text, literal.body, literal.raw, &mut value)?;
        }
    }
    let formatted = literals.iter().any(|literal| literal.formatted);
    Ok(if formatted { Kind::Formatted(fields) } else { Kind::Text(value) })
}

fn cut(text: &str, span: Span) -> Literal {
    let written = span.of(text);
    let prefix = written.find(['"', '\'']).unwrap_or(0);
    let has = |letter| written[..prefix].contains([letter, char::to_ascii_uppercase(&letter)]);
    let quoted = &written[prefix..];
    let triple = quoted.len() >= 6 && (quoted.starts_with("\"\"\"") || quoted.starts_with("'''"));
    let quotes = if triple { 3 } else { 1 };
    let start = span.start as usize + prefix + quotes;
    let body = Span::new(start, span.end as usize - quotes);
    Literal { body, raw: has('r'), bytes: has('b'), formatted: has('f') }
}

/// Appends the text that `part` of a literal stands for.
pub(super) fn decode(text: &str, part: Span, raw: bool, value: &mut String) -> Parsed<()> {
    let mut reader = Escapes { text: part.of(text), start: part.start as usize, at: 0 };
    while let Some(character) = reader.next() {
        match character {
            '\\' if !raw => reader.text_escape(value)?,
            _ => value.push(character),
        }
    }
    Ok(())
}

fn decode_bytes(text: &str, literal: Literal, value: &mut Vec<u8>) -> Parsed<()> {
    let part = literal.body;
    let mut reader = Escapes { text: part.of(text), start: part.start as usize, at: 0 };
    while let Some(character) = reader.next() {
        match u8::try_from(character) {
            Ok(b'\\') if !literal.raw => reader.bytes_escape(value)?,
            Ok(byte) if byte.is_ascii() => value.push(byte),
            _ => {
                let span = reader.since(reader.at - character.len_utf8());
                return Err(error(span, "bytes are written in ASCII"));
            }
        }
    }
    Ok(())
}

/// Reads characters of a literal's body; line breaks of any kind are `\n`.
struct Escapes<'a> {
    text: &'a str,
    start: usize,
    at: usize,
}

impl Escapes<'_> {
    fn next(&mut self) -> Option<char> {
        let character = self.text.get(self.at..)?.chars().next()?;
        self.at += character.len_utf8();
        if character != '\r' {
            return Some(character);
        }
        if self.text[self.at..].starts_with('\n') {
            self.at += 1;
        }
        Some('\n')
    }

    /// The place from `from`, an offset in the body, up to here.
    fn since(&self, from: usize) -> Span {
        Span::new(self.start + from, self.start + self.at)
    }

    /// The escapes that text and bytes share; what follows the backslash otherwise.
    fn shared(&mut self) -> Result<Option<char>, Option<char>> {
        let Some(letter) = self.next() else {
            return Err(None);
        };
        Ok(Some(match letter {
            '\n' => return Ok(None),
            '\\' | '\'' | '"' => letter,
            'a' => '\x07',
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            '0'..='7' => {
                self.at -= 1;
                char::from_u32(self.octal()).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            other => return Err(Some(other)),
        }))
    }

    /// One to three octal digits.
    fn octal(&mut self) -> u32 {
        let rest = &self.text.as_bytes()[self.at..];
        let digits = rest.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7'));
        let (count, value) = digits
            .fold((0, 0), |(count, value), byte| (count + 1, value * 8 + u32::from(byte - b'0')));
        self.at += count;
        value
    }

    /// Exactly `count` hexadecimal digits.
    fn hex(&mut self, count: usize) -> Parsed<u32> {
        let from = self.at.saturating_sub(2);
        let rest = &self.text[self.at..];
        let digits =
            rest.get(..count).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += if value.is_some() { count } else { 0 };
        value.ok_or_else(|| error(self.since(from), "the escape has too few hexadecimal digits"))
    }

    fn text_escape(&mut self, value: &mut String) -> Parsed<()> {
        let from = self.at - 1;
        let code = match self.shared() {
            Ok(found) => {
                value.extend(found);
                return Ok(());
            }
            Err(Some('x')) => self.hex(2)?,
            Err(Some('u')) => self.hex(4)?,
            Err(Some('U')) => self.hex(8)?,
            Err(Some('N')) => self.name()?,
            Err(other) => {
                value.push('\\');
                value.extend(other);
                return Ok(());
            }
        };
        if code > u32::from(char::MAX) {
            return Err(error(self.since(from), "no character has this number"));
        }
        // Python can hold half a surrogate pair; text here cannot.
        value.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        Ok(())
    }

    /// `{NAME}` of a character. Which names exist is not known here: any that could be one passes.
    fn name(&mut self) -> Parsed<u32> {
        let from = self.at.saturating_sub(2);
        let rest = &self.text[self.at..];
        let name =
            rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
        match name {
            Some(name) if could_name_a_character(name) => {
                self.at += name.len() + 2;
                Ok(u32::from(char::REPLACEMENT_CHARACTER))
            }
            _ => Err(error(self.since(from), "`\\N` is followed by a character's name in braces")),
        }
    }

    fn bytes_escape(&mut self, value: &mut Vec<u8>) -> Parsed<()> {
        let from = self.at - 1;
        match self.shared() {
            Ok(found) => value.extend(found.map(|character| (u32::from(character) & 0xFF) as u8)),
            Err(Some('x')) => value.push((self.hex(2)? & 0xFF) as u8),
            Err(other) => {
                value.push(b'\\');
                let Some(other) = other else { return Ok(()) };
                let Ok(byte) = u8::try_from(other) else {
                    return Err(error(self.since(from), "bytes are written in ASCII"));
                };
                if !byte.is_ascii() {
                    return Err(error(self.since(from), "bytes are written in ASCII"));
                }
                value.push(byte);
            }
        }
        Ok(())
    }
}

fn could_name_a_character(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-');
    !name.is_empty() && name.bytes().all(allowed)
}
