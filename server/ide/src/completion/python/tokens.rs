//! The words of Python code up to a place, and what the place lies in.
//!
//! A literal that is being typed has no end yet, and a parser then takes what follows for a part of
//! it. Words up to the cursor do not depend on what follows.

/// One word of code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token<'t> {
    /// A name, a keyword or a number.
    Name(&'t str),
    /// A literal of text, without prefix and quotes; none where it is put together.
    Text(Option<&'t str>),
    /// An operator, of one letter or two.
    Mark(&'t str),
    /// The end of a statement's line.
    Break,
}

/// A class or function around a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Scope<'t> {
    /// Whether it is a class.
    pub(super) is_class: bool,
    /// Its name.
    pub(super) name: &'t str,
    /// Its name's index among the tokens.
    pub(super) at: usize,
    indent: usize,
}

/// A literal of text that a place lies in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Literal {
    /// Right behind the quote that opens it.
    pub(super) start: usize,
    /// Its quote; all three for a long one.
    pub(super) quote: char,
    is_long: bool,
    is_raw: bool,
    is_format: bool,
}

/// What stands before a place.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Words<'t> {
    pub(super) tokens: Vec<Token<'t>>,
    /// From the outermost.
    pub(super) scopes: Vec<Scope<'t>>,
    /// The literal that the place lies in.
    pub(super) literal: Option<Literal>,
    /// The indexes of brackets that are open.
    pub(super) open: Vec<usize>,
    /// Whether the next word begins a statement.
    at_start: bool,
}

impl<'t> Words<'t> {
    /// The words of `text` before `offset`; nothing inside of a comment or a long literal.
    pub(super) fn before(text: &'t str, offset: usize) -> Option<Words<'t>> {
        let mut words = Words { at_start: true, ..Words::default() };
        words.read(text, 0, offset)?;
        Some(words)
    }

    /// Reads on from `at` to `end`; none where that is in a comment or a long literal.
    fn read(&mut self, text: &'t str, at: usize, end: usize) -> Option<()> {
        let mut at = at;
        let mut line_start = text[..at].rfind(['\n', '\r']).map_or(0, |found| found + 1);
        while at < end {
            let rest = text.get(at..end)?;
            let letter = rest.chars().next()?;
            let next = at + letter.len_utf8();
            match letter {
                '\n' | '\r' => {
                    self.line_end(&text[next..]);
                    line_start = next;
                    at = next;
                }
                '#' => {
                    let length = rest.find(['\n', '\r'])?;
                    at += length;
                }
                '\\' => at = next + usize::from(text[next..].starts_with(['\n', '\r'])),
                letter if letter.is_whitespace() || letter == '\u{feff}' => at = next,
                '"' | '\'' => {
                    self.begin(at - line_start);
                    at = self.literal(text, at, "", end)?;
                }
                letter if letter == '_' || letter.is_alphanumeric() => {
                    let length = rest
                        .find(|letter: char| letter != '_' && !letter.is_alphanumeric())
                        .unwrap_or(rest.len());
                    let word = &rest[..length];
                    self.begin(at - line_start);
                    let is_prefix = length <= 2
                        && word.chars().all(|letter| "rRbBuUfFtT".contains(letter))
                        && rest[length..].starts_with(['"', '\'']);
                    if is_prefix {
                        at = self.literal(text, at + length, word, end)?;
                    } else {
                        self.word(word, at - line_start);
                        at += length;
                    }
                }
                _ => {
                    self.begin(at - line_start);
                    at += self.mark(rest);
                }
            }
        }
        // What is being typed belongs to the scope of its own line.
        self.begin(end - line_start);
        Some(())
    }

    fn line_end(&mut self, rest: &str) {
        // A bracket that was never closed ends where a definition begins.
        let content = rest.trim_start_matches(' ');
        let begins = |word: &&str| content.starts_with(*word);
        if ["def ", "class ", "async def ", "@"].iter().any(begins) {
            self.open.clear();
        }
        if self.open.is_empty() {
            self.tokens.push(Token::Break);
            self.at_start = true;
        }
    }

    /// A word stands at `indent`, and may begin a statement: what is indented as deep has ended.
    fn begin(&mut self, indent: usize) {
        if self.at_start {
            self.at_start = false;
            while self.scopes.last().is_some_and(|scope| scope.indent >= indent) {
                self.scopes.pop();
            }
        }
    }

    fn word(&mut self, word: &'t str, column: usize) {
        if let Some(Token::Name(keyword @ ("def" | "class"))) = self.tokens.last() {
            let before = self.tokens.len().checked_sub(2).map(|index| self.tokens[index]);
            let is_async = before == Some(Token::Name("async"));
            let lead = keyword.len() + 1 + if is_async { "async ".len() } else { 0 };
            let indent = column.saturating_sub(lead);
            let at = self.tokens.len();
            self.scopes.push(Scope { is_class: *keyword == "class", name: word, at, indent });
        }
        self.tokens.push(Token::Name(word));
    }

    fn mark(&mut self, rest: &'t str) -> usize {
        const DOUBLE: [&str; 10] = ["|=", ":=", "==", "!=", "<=", ">=", "+=", "->", "**", "-="];
        let two = rest.get(..2).filter(|two| DOUBLE.contains(two));
        let length = rest.chars().next().map_or(1, char::len_utf8);
        let mark = two.unwrap_or(&rest[..length]);
        match mark {
            "(" | "[" | "{" => self.open.push(self.tokens.len()),
            ")" | "]" | "}" => {
                self.open.pop();
            }
            _ => {}
        }
        self.tokens.push(Token::Mark(mark));
        mark.len()
    }

    /// Reads the literal whose quote stands at `at`. Gives where it ends.
    fn literal(&mut self, text: &'t str, at: usize, prefix: &str, end: usize) -> Option<usize> {
        let rest = &text[at..];
        let quote = rest.chars().next()?;
        let is_long = rest.starts_with(long_quote(quote));
        let start = at + if is_long { 3 } else { 1 };
        if start > end {
            return None;
        }
        let is = |letters: [char; 2]| prefix.contains(letters);
        let is_format = is(['f', 'F']) || is(['t', 'T']);
        let literal = Literal { start, quote, is_long, is_raw: is(['r', 'R']), is_format };
        let close = literal.close(text);
        match close {
            Some(close) if close < end => {
                let value = text.get(start..close).filter(|_| !is_format);
                let value = value.filter(|value| literal.is_raw || !value.contains('\\'));
                // `"a" "b"` is one literal.
                match self.tokens.last_mut() {
                    Some(Token::Text(joined)) => *joined = None,
                    _ => self.tokens.push(Token::Text(value)),
                }
                Some(close + if is_long { 3 } else { 1 })
            }
            Some(close) if close == end => self.enter(text, literal, end),
            _ if is_long => self.enter(text, literal, end),
            // Without an end, the literal ends with its line.
            _ => {
                let line =
                    text[start..].find(['\n', '\r']).map_or(text.len(), |found| start + found);
                if line < end {
                    self.tokens.push(Token::Text(None));
                    return Some(line);
                }
                self.enter(text, literal, end)
            }
        }
    }

    /// The place lies in `literal`; between braces of a format, that is code again.
    fn enter(&mut self, text: &'t str, literal: Literal, end: usize) -> Option<usize> {
        if literal.is_format
            && let Some(brace) = open_brace(text.get(literal.start..end)?)
        {
            self.tokens.push(Token::Mark("{"));
            self.read(text, literal.start + brace + 1, end)?;
            return Some(end);
        }
        if literal.is_long {
            return None;
        }
        self.literal = Some(literal);
        Some(end)
    }
}

impl Literal {
    /// Where the quote that closes it stands, on its line if it is short.
    pub(super) fn close(&self, text: &str) -> Option<usize> {
        let mut letters = text.get(self.start..)?.char_indices();
        let long = long_quote(self.quote);
        while let Some((index, letter)) = letters.next() {
            match letter {
                '\\' if !self.is_long
                    && text[self.start + index + 1..].starts_with(['\n', '\r']) =>
                {
                    return None;
                }
                '\\' => {
                    letters.next();
                }
                '\n' | '\r' if !self.is_long => return None,
                letter
                    if letter == self.quote
                        && (!self.is_long || text[self.start + index..].starts_with(long)) =>
                {
                    return Some(self.start + index);
                }
                _ => {}
            }
        }
        None
    }
}

fn long_quote(quote: char) -> &'static str {
    if quote == '"' { "\"\"\"" } else { "'''" }
}

/// The last brace of a format that is open at the end of `inside`.
fn open_brace(inside: &str) -> Option<usize> {
    let mut open = None;
    let mut letters = inside.char_indices().peekable();
    while let Some((index, letter)) = letters.next() {
        match letter {
            '{' if open.is_none() && letters.peek().is_some_and(|(_, next)| *next == '{') => {
                letters.next();
            }
            '{' if open.is_none() => open = Some(index),
            '}' => open = None,
            _ => {}
        }
    }
    open
}
