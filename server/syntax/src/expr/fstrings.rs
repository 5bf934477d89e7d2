//! F-strings, as CPython 3.11 reads them: the expressions in their braces are found by looking for
//! the end of each field first, and parsed afterwards.

use text::span::Span;

use super::Expr;
use super::parser::{Parsed, parse_field};
use super::primary::error;
use super::strings::{Literal, decode};

/// Format specs may hold fields, whose specs may not.
const LEVELS: usize = 2;
/// Brackets in one field.
const BRACKETS: usize = 200;

/// Appends the expressions in the fields of `literal`.
pub(super) fn fields(
    text: &str,
    literal: Literal,
    depth: usize,
    found: &mut Vec<Expr>,
) -> Parsed<()> {
    let end = literal.body.end as usize;
    let at = literal.body.start as usize;
    let mut reader = Reader { text, end, at, raw: literal.raw, depth, found };
    reader.pieces(0)
}

struct Reader<'a> {
    text: &'a str,
    end: usize,
    at: usize,
    raw: bool,
    depth: usize,
    found: &'a mut Vec<Expr>,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        let place = self.at + ahead;
        self.text.as_bytes().get(place).copied().filter(|_| place < self.end)
    }

    /// Literal text and fields, up to the end, or to the `}` that ends a format spec.
    fn pieces(&mut self, level: usize) -> Parsed<()> {
        loop {
            self.literal(level)?;
            match self.peek(0) {
                Some(b'{') => self.field(level)?,
                _ => return Ok(()),
            }
        }
    }

    /// Text up to a field, its `}`, or the end. Doubled braces are text, except in format specs.
    fn literal(&mut self, level: usize) -> Parsed<()> {
        let mut start = self.at;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' if !self.raw => self.escape(),
                b'{' | b'}' if level == 0 && self.peek(1) == Some(byte) => {
                    self.at += 1;
                    self.check(start)?;
                    self.at += 1;
                    start = self.at;
                }
                b'}' if level == 0 => {
                    let span = Span::new(self.at, self.at + 1);
                    return Err(error(span, "a single `}` in an f-string is written `}}`"));
                }
                b'{' | b'}' => break,
                _ => self.at += 1,
            }
        }
        self.check(start)
    }

    /// Steps over a backslash and what it escapes; a brace is never escaped by it.
    fn escape(&mut self) {
        self.at += 1;
        match self.peek(0) {
            Some(b'N') => {
                self.at += 1;
                if self.peek(0) == Some(b'{') {
                    while self.peek(0).is_some_and(|byte| byte != b'}') {
                        self.at += 1;
                    }
                    self.at = (self.at + 1).min(self.end);
                }
            }
            Some(b'{' | b'}') | None => {}
            Some(_) => self.at += 1,
        }
    }

    /// Whether the escapes in the text from `start` up to here are ones.
    fn check(&self, start: usize) -> Parsed<()> {
        decode(self.text, Span::new(start, self.at), self.raw, &mut String::new())
    }

    /// From `{` over the matching `}`.
    fn field(&mut self, level: usize) -> Parsed<()> {
        let open = self.at;
        if level >= LEVELS {
            return Err(error(Span::new(open, open + 1), "format specs nest too deep"));
        }
        self.at += 1;
        let start = self.at;
        self.skip_expression()?;
        let part = Span::new(start, self.at);
        if self.at >= self.end {
            return Err(self.unclosed(open));
        }
        if part.of(self.text).trim_matches([' ', '\t', '\n', '\r', '\x0c']).is_empty() {
            return Err(error(Span::new(open, self.at + 1), "the braces hold no expression"));
        }
        self.found.push(parse_field(self.text, part, self.depth + 1)?);
        if self.peek(0) == Some(b'=') {
            self.at += 1;
            while self.peek(0).is_some_and(|byte| byte.is_ascii_whitespace() || byte == b'\x0b') {
                self.at += 1;
            }
        }
        self.conversion(open)?;
        if self.peek(0) == Some(b':') {
            self.at += 1;
            self.pieces(level + 1)?;
        }
        if self.peek(0) != Some(b'}') {
            return Err(self.unclosed(open));
        }
        self.at += 1;
        Ok(())
    }

    /// `!r` and its kin.
    fn conversion(&mut self, open: usize) -> Parsed<()> {
        if self.peek(0) != Some(b'!') {
            return Ok(());
        }
        match self.peek(1) {
            Some(b's' | b'r' | b'a') => {
                self.at += 2;
                Ok(())
            }
            Some(_) => Err(error(
                Span::new(self.at, self.at + 1),
                "a conversion is one of `!s`, `!r` and `!a`",
            )),
            None => Err(self.unclosed(open)),
        }
    }

    fn unclosed(&self, open: usize) -> super::SyntaxError {
        error(Span::new(open, self.at.max(open + 1)), "the field's `}` is missing")
    }

    /// Steps to the character that ends a field's expression.
    fn skip_expression(&mut self) -> Parsed<()> {
        let mut open: Vec<(u8, usize)> = Vec::new();
        while let Some(byte) = self.peek(0) {
            let here = Span::new(self.at, self.at + 1);
            match byte {
                b'\\' => {
                    return Err(error(here, "a field of an f-string cannot hold a backslash"));
                }
                b'#' => return Err(error(here, "a field of an f-string cannot hold `#`")),
                b'"' | b'\'' => {
                    self.skip_string(byte)?;
                    continue;
                }
                b'(' | b'[' | b'{' => {
                    if open.len() >= BRACKETS {
                        return Err(error(here, "too many brackets lie in one another"));
                    }
                    open.push((byte, self.at));
                }
                b'!' | b'=' | b'<' | b'>' if open.is_empty() => {
                    if self.peek(1) == Some(b'=') {
                        self.at += 1;
                    } else if matches!(byte, b'!' | b'=') {
                        return Ok(());
                    }
                }
                b':' | b'}' if open.is_empty() => return Ok(()),
                b')' | b']' | b'}' => match (open.pop(), byte) {
                    (Some((b'(', _)), b')') | (Some((b'[', _)), b']') | (Some((b'{', _)), b'}') => {
                    }
                    _ => return Err(error(here, "the bracket closes nothing in the field")),
                },
                _ => {}
            }
            self.at += 1;
        }
        match open.pop() {
            Some((_, place)) => {
                Err(error(Span::new(place, place + 1), "the bracket is never closed"))
            }
            None => Ok(()),
        }
    }

    fn skip_string(&mut self, quote: u8) -> Parsed<()> {
        let start = self.at;
        let triple = self.peek(1) == Some(quote) && self.peek(2) == Some(quote);
        self.at += if triple { 3 } else { 1 };
        while let Some(byte) = self.peek(0) {
            if byte == b'\\' {
                let here = Span::new(self.at, self.at + 1);
                return Err(error(here, "a field of an f-string cannot hold a backslash"));
            }
            if byte == quote && !triple {
                self.at += 1;
                return Ok(());
            }
            if byte == quote && self.peek(1) == Some(quote) && self.peek(2) == Some(quote) {
                self.at += 3;
                return Ok(());
            }
            self.at += 1;
        }
        Err(error(Span::new(start, self.end), "the string is never closed"))
    }
}
