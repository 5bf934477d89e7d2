//! Text to tokens, as CPython's tokenizer cuts it.
//!
//! All of the text is cut before any is parsed. Where it cannot be cut, a last token says why: the
//! parser may find something wrong before it gets there, and then that is the better message.

use text::span::Span;

use super::numbers;

/// Brackets inside brackets that CPython's tokenizer takes.
const BRACKETS: usize = 200;

/// A token and its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// What a token is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum TokenKind {
    /// An identifier that is no keyword.
    Name,
    /// A keyword, operator or delimiter.
    Symbol(&'static str),
    /// A number.
    Number,
    /// A string with prefix and quotes.
    Text,
    /// The end of a line outside brackets that is not blank.
    Newline,
    /// The end of the text.
    End,
    /// The text cannot be cut here.
    Bad(String),
}

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Longest first: a token takes as many characters as it can.
const OPERATORS: &[&str] = &[
    "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=",
    "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=", "<>", "+", "-", "*", "/", "%", "@", "&",
    "|", "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "=",
];

/// Why cutting stopped: the place and the message.
type Stop = (Span, String);

struct Lexer<'a> {
    text: &'a str,
    end: usize,
    at: usize,
    tokens: Vec<Token>,
    open: Vec<(&'static str, Span)>,
}

/// The tokens of `text`, the last of which is [`TokenKind::End`] or [`TokenKind::Bad`].
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let lexer = Lexer { text, end: text.len(), at: 0, tokens: Vec::new(), open: Vec::new() };
    lexer.run(|lexer| {
        if let Some(place) = text.find('\0') {
            return Err((Span::new(place, place + 1), "the text holds a NUL character".into()));
        }
        lexer.line_start()?;
        lexer.cut()
    })
}

/// The tokens of the part of `text` that stands in an f-string's braces, in parentheses that take
/// no room: that is how CPython reads it.
pub(super) fn field_tokens(text: &str, part: Span) -> Vec<Token> {
    let (start, end) = (part.start as usize, part.end as usize);
    let lexer = Lexer { text, end, at: start, tokens: Vec::new(), open: Vec::new() };
    lexer.run(|lexer| {
        lexer.open.push(("(", Span::empty(start)));
        lexer.push(TokenKind::Symbol("("), start);
        lexer.cut()
    })
}

impl Lexer<'_> {
    fn run(mut self, cut: impl FnOnce(&mut Self) -> Result<(), Stop>) -> Vec<Token> {
        if let Err((span, message)) = cut(&mut self) {
            self.tokens.push(Token { kind: TokenKind::Bad(message), span });
        }
        self.tokens
    }

    fn cut(&mut self) -> Result<(), Stop> {
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' | b'\t' | b'\x0c' => self.at += 1,
                b'#' => self.skip_comment(),
                b'\n' | b'\r' => self.line_end()?,
                b'\\' => self.continuation()?,
                b'"' | b'\'' => self.string(self.at)?,
                b'0'..=b'9' => self.number()?,
                b'.' if self.peek(1).is_some_and(|next| next.is_ascii_digit()) => self.number()?,
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word()?,
                _ => self.operator()?,
            }
        }
        self.finish()
    }

    /// The last tokens. The parenthesis around an f-string's field closes here.
    fn finish(&mut self) -> Result<(), Stop> {
        match self.open.pop() {
            Some((_, span)) if span.is_empty() => self.push(TokenKind::Symbol(")"), self.at),
            Some((bracket, span)) => return Err((span, format!("`{bracket}` is never closed"))),
            None => {}
        }
        self.push(TokenKind::End, self.at);
        Ok(())
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        let place = self.at + ahead;
        self.text.as_bytes().get(place).copied().filter(|_| place < self.end)
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        self.tokens.push(Token { kind, span: Span::new(start, self.at) });
    }

    fn skip_comment(&mut self) {
        while !matches!(self.peek(0), None | Some(b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Steps over one line break of any kind.
    fn skip_break(&mut self) {
        self.at += if self.peek(0) == Some(b'\r') && self.peek(1) == Some(b'\n') { 2 } else { 1 };
    }

    fn line_end(&mut self) -> Result<(), Stop> {
        let start = self.at;
        self.skip_break();
        if !self.open.is_empty() {
            return Ok(());
        }
        self.push(TokenKind::Newline, start);
        self.line_start()
    }

    /// Steps over blank lines and the indentation of the first other one, which must have none.
    fn line_start(&mut self) -> Result<(), Stop> {
        let mut start = self.at;
        let mut indented = false;
        let mut continued = false;
        loop {
            match self.peek(0) {
                Some(b' ' | b'\t') => {
                    indented = true;
                    self.at += 1;
                }
                Some(b'\x0c') => {
                    indented = false;
                    self.at += 1;
                }
                Some(b'\\') => {
                    // What stands before the first backslash counts as indentation for good.
                    continued |= indented;
                    self.continuation()?;
                }
                Some(b'#' | b'\n' | b'\r') => {
                    self.skip_comment();
                    if self.peek(0).is_some() {
                        self.skip_break();
                    }
                    start = self.at;
                    (indented, continued) = (false, false);
                }
                _ if indented || continued => {
                    let message = "spaces at the start of a line are indentation, which has no \
                                   place in an expression";
                    return Err((Span::new(start, self.at), message.into()));
                }
                _ => return Ok(()),
            }
        }
    }

    fn continuation(&mut self) -> Result<(), Stop> {
        let start = self.at;
        self.at += 1;
        if !matches!(self.peek(0), Some(b'\n' | b'\r')) {
            return Err((Span::new(start, self.at), "text follows a `\\` on its line".into()));
        }
        self.skip_break();
        if self.peek(0).is_none() {
            return Err((Span::new(start, self.at), "no line follows the `\\`".into()));
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Stop> {
        let start = self.at;
        match numbers::end(&self.text[..self.end], start) {
            Ok(end) => {
                self.at = end;
                self.push(TokenKind::Number, start);
                Ok(())
            }
            Err((place, message)) => Err((Span::new(start, place), message.into())),
        }
    }

    fn word(&mut self) -> Result<(), Stop> {
        let start = self.at;
        while self.peek(0).is_some_and(numbers::is_word_byte) {
            self.at += 1;
        }
        let word = &self.text[start..self.at];
        if matches!(self.peek(0), Some(b'"' | b'\'')) && is_prefix(word) {
            return self.string(start);
        }
        if let Some((index, character)) = word.char_indices().find(|(index, character)| {
            let allowed = match index {
                0 => *character == '_' || unicode_ident::is_xid_start(*character),
                _ => unicode_ident::is_xid_continue(*character),
            };
            !allowed
        }) {
            let place = start + index;
            let span = Span::new(place, place + character.len_utf8());
            return Err((span, format!("the character {} means nothing here", show(character))));
        }
        let kind = match KEYWORDS.binary_search(&word) {
            Ok(index) => TokenKind::Symbol(KEYWORDS[index]),
            Err(_) => TokenKind::Name,
        };
        self.push(kind, start);
        Ok(())
    }

    /// A string that starts, prefix counted, at `start`; the lexer stands on its first quote.
    fn string(&mut self, start: usize) -> Result<(), Stop> {
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        let quotes = if triple { 3 } else { 1 };
        self.at += quotes;
        loop {
            match self.peek(0) {
                None => return Err(unterminated(start, self.end)),
                Some(b'\n' | b'\r') if !triple => return Err(unterminated(start, self.at)),
                Some(b'\\') => {
                    self.at += 1;
                    match self.peek(0) {
                        None => return Err(unterminated(start, self.end)),
                        Some(b'\r') => self.skip_break(),
                        Some(_) => self.at += 1,
                    }
                }
                byte if byte == quote => {
                    let closed = !triple || (self.peek(1) == quote && self.peek(2) == quote);
                    self.at += if closed { quotes } else { 1 };
                    if closed {
                        self.push(TokenKind::Text, start);
                        return Ok(());
                    }
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn operator(&mut self) -> Result<(), Stop> {
        let rest = &self.text[self.at..self.end];
        let start = self.at;
        let Some(symbol) = OPERATORS.iter().find(|symbol| rest.starts_with(**symbol)) else {
            let character = rest.chars().next().unwrap_or_default();
            let span = Span::new(start, start + character.len_utf8());
            return Err((span, format!("the character {} means nothing here", show(character))));
        };
        self.at += symbol.len();
        let span = Span::new(start, self.at);
        match *symbol {
            "(" | "[" | "{" if self.open.len() >= BRACKETS => {
                return Err((span, format!("more than {BRACKETS} brackets lie in one another")));
            }
            "(" | "[" | "{" => self.open.push((symbol, span)),
            ")" | "]" | "}" => self.close(symbol, span)?,
            _ => {}
        }
        self.push(TokenKind::Symbol(symbol), start);
        Ok(())
    }

    fn close(&mut self, symbol: &str, span: Span) -> Result<(), Stop> {
        match self.open.pop() {
            Some(("(", at)) if symbol == ")" && !at.is_empty() => Ok(()),
            Some(("[", _)) if symbol == "]" => Ok(()),
            Some(("{", _)) if symbol == "}" => Ok(()),
            Some((open, at)) if !at.is_empty() => {
                Err((span, format!("`{symbol}` does not close `{open}`")))
            }
            _ => Err((span, format!("`{symbol}` closes nothing"))),
        }
    }
}

fn is_prefix(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "b" | "r" | "u" | "f" | "br" | "rb" | "fr" | "rf")
}

fn unterminated(start: usize, end: usize) -> Stop {
    (Span::new(start, end), "the string is never closed".into())
}

fn show(character: char) -> String {
    if character.is_control() || character.is_whitespace() || u32::from(character) == 0xFEFF {
        format!("U+{:04X}", u32::from(character))
    } else {
        format!("`{character}`")
    }
}
