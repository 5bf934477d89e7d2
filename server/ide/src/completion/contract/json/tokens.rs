//! The tokens of JSON, right or wrong.

use text::span::Span;

/// One token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) what: What,
}

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// A bracket, a comma or a colon.
    Sign(char),
    /// A text in quotes. Without a closing one, it goes to the end of its line.
    Text { is_closed: bool },
    /// A number, a word without quotes, or whatever else.
    Word,
}

impl Token {
    pub(super) fn start(self) -> usize {
        self.span.start as usize
    }

    pub(super) fn end(self) -> usize {
        self.span.end as usize
    }

    /// Whether what is typed at `offset` becomes a part of it.
    pub(super) fn holds(self, offset: usize) -> bool {
        match self.what {
            What::Sign(_) => false,
            What::Text { is_closed } => {
                self.start() < offset
                    && (offset < self.end() || (!is_closed && offset == self.end()))
            }
            What::Word => self.span.touches(offset),
        }
    }

    /// The token without quotes.
    pub(super) fn content(self) -> Span {
        match self.what {
            What::Text { is_closed } => {
                Span::new(self.start() + 1, self.end() - usize::from(is_closed))
            }
            _ => self.span,
        }
    }
}

/// The first token that begins at `from` or behind it.
pub(super) fn token_at(text: &str, from: usize) -> Option<Token> {
    let rest = text.get(from..)?;
    let start = from + rest.len() - rest.trim_start().len();
    let rest = &text[start..];
    let first = rest.chars().next()?;
    let is_sign = |letter: char| matches!(letter, '{' | '}' | '[' | ']' | ',' | ':');
    let (length, what) = match first {
        sign if is_sign(sign) => (1, What::Sign(sign)),
        '"' => {
            let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
            match closing_quote(line) {
                Some(close) => (close + 1, What::Text { is_closed: true }),
                None => (line.trim_end().len(), What::Text { is_closed: false }),
            }
        }
        _ => {
            let ends = |letter: char| is_sign(letter) || letter.is_whitespace() || letter == '"';
            (rest.find(ends).unwrap_or(rest.len()), What::Word)
        }
    };
    Some(Token { span: Span::new(start, start + length), what })
}

/// Where the text that `line` begins with is closed.
fn closing_quote(line: &str) -> Option<usize> {
    let mut letters = line.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            '"' => return Some(at),
            _ => {}
        }
    }
    None
}
