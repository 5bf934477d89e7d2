//! What could stand at a place of a JSON text.
//!
//! The text is half-typed, so no tree is asked: its tokens are read one by one up to the cursor, and
//! some more behind it.

use text::span::Span;

use self::tokens::{Token, What as Is, token_at};
use super::place::{Behind, Context, Entry, Form, Place, Step, Typed, What};

mod tokens;
mod writing;

/// What stands around a place in JSON, as far as it matters for what is new there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Around {
    /// Where a comma is missing before it.
    pub(super) comma_before: Option<usize>,
    /// Whether a comma has to come behind it.
    pub(super) comma_behind: bool,
    /// Whether it has its line to itself, or the lines of a whole document.
    pub(super) has_line: bool,
}

/// How far behind the cursor an object's other keys are looked for.
const AHEAD: usize = 4096;

/// What could stand at `offset`.
pub(super) fn context(text: &str, offset: usize) -> Option<Context<'_>> {
    let mut nest = Nest::default();
    // A byte order mark is no part of the text.
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut here = None;
    while let Some(token) = token_at(text, at) {
        here = token.holds(offset).then_some(token);
        if here.is_some() || token.start() >= offset {
            break;
        }
        nest.read(text, token);
        at = token.end();
    }
    let word = Word::new(text, offset, here)?;
    let (what, comma_behind) = nest.fits(Next::at(text, word.end))?;
    let comma_before = nest.comma_missing();
    let line = text[..word.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let has_line = text[line..word.start].trim_matches(['\u{feff}', ' ', '\t']).is_empty();
    // Right behind a value, on its line, a comma or a bracket is typed next.
    if comma_before.is_some() && !has_line && word.start == word.end {
        return None;
    }
    let around = Around { comma_before, comma_behind, has_line };
    let typed = Typed {
        span: word.span,
        quote: word.quote,
        column: word.start - line,
        in_flow: true,
        blank_before: word.quote.is_none() && text[..word.start].ends_with(':'),
        blank_after: false,
    };
    let place = Place { steps: nest.steps(), what, entries: nest.entries(text, word.end) };
    Some(Context { places: vec![place], typed, form: Form::Json(around) })
}

/// What is typed at the cursor.
struct Word {
    /// Without quotes.
    span: Span,
    quote: Option<(char, bool)>,
    /// Where it begins and ends, with its quotes.
    start: usize,
    end: usize,
}

impl Word {
    fn new(text: &str, offset: usize, token: Option<Token>) -> Option<Word> {
        let Some(token) = token else {
            return Some(Word {
                span: Span::empty(offset),
                quote: None,
                start: offset,
                end: offset,
            });
        };
        let (start, end) = (token.start(), token.end());
        match token.what {
            Is::Word => Some(Word { span: token.span, quote: None, start, end }),
            Is::Text { is_closed: true } if closes(text, end) => {
                let span = Span::new(start + 1, end - 1);
                Some(Word { span, quote: Some(('"', true)), start, end })
            }
            // The next quote opens another text, or there is none on the line.
            Is::Text { .. } => {
                let is_part = |letter: char| letter.is_alphanumeric() || "_-.".contains(letter);
                let rest = text[offset..].find(|letter| !is_part(letter));
                let end = rest.map_or(text.len(), |length| offset + length);
                let span = Span::new(start + 1, end);
                Some(Word { span, quote: Some(('"', false)), start, end })
            }
            Is::Sign(_) => None,
        }
    }
}

/// Whether the quote that ends before `end` closes a text: what follows can follow one.
fn closes(text: &str, end: usize) -> bool {
    token_at(text, end).is_none_or(|next| match next.what {
        Is::Sign(sign) => matches!(sign, ':' | ',' | '}' | ']'),
        Is::Text { .. } => text[end..next.start()].contains(['\n', '\r']),
        Is::Word => false,
    })
}

/// What stands behind the place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Next {
    /// The end, a comma or a closing bracket.
    End,
    /// A colon, and this behind it.
    Colon(Behind),
    /// A key with its colon.
    Key,
    /// The beginning of a value.
    Value,
}

impl Next {
    fn at(text: &str, at: usize) -> Next {
        let Some(token) = token_at(text, at) else { return Next::End };
        let behind = || token_at(text, token.end());
        match token.what {
            Is::Sign(':') => Next::Colon(match Next::at_value(text, token.end()) {
                (Next::Value, true) => Behind::Collection,
                (Next::Value, false) => Behind::Scalar,
                _ => Behind::Colon,
            }),
            Is::Sign('{' | '[') | Is::Word => Next::Value,
            Is::Sign(_) => Next::End,
            Is::Text { .. } => match behind().map(|token| token.what) {
                Some(Is::Sign(':')) => Next::Key,
                _ => Next::Value,
            },
        }
    }

    /// What stands at `at`, and whether it is a collection.
    fn at_value(text: &str, at: usize) -> (Next, bool) {
        let token = token_at(text, at);
        let is_collection = token.is_some_and(|token| matches!(token.what, Is::Sign('{' | '[')));
        match token.map(|token| token.what) {
            // A second colon is nothing to go on from.
            Some(Is::Sign(':')) => (Next::End, false),
            _ => (Next::at(text, at), is_collection),
        }
    }
}

/// The collections around a place.
#[derive(Clone, PartialEq, Debug, Default)]
struct Nest<'t> {
    levels: Vec<Level<'t>>,
    /// Where a value at the root ends.
    root: Option<usize>,
}

/// One collection.
#[derive(Clone, PartialEq, Debug)]
struct Level<'t> {
    is_object: bool,
    entries: Vec<Entry<'t>>,
    state: State<'t>,
}

/// What was read last in a collection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State<'t> {
    /// The opening bracket, or a comma.
    Open,
    /// A key.
    Key(&'t str),
    /// A key's colon.
    Colon,
    /// A value that ends here.
    Value(usize),
}

impl<'t> Nest<'t> {
    /// Takes in one token.
    fn read(&mut self, text: &'t str, token: Token) {
        let end = token.end();
        match token.what {
            Is::Sign(open @ ('{' | '[')) => {
                let (is_object, entries) = (open == '{', Vec::new());
                self.levels.push(Level { is_object, entries, state: State::Open });
            }
            Is::Sign('}' | ']') => {
                self.levels.pop();
                self.value("", end);
            }
            Is::Sign(sign) => {
                let Some(level) = self.levels.last_mut() else { return };
                match (sign, level.state) {
                    (',', _) => level.state = State::Open,
                    (_, State::Key(key)) => {
                        level.entries.push(Entry { key, value: "" });
                        level.state = State::Colon;
                    }
                    _ => {}
                }
            }
            Is::Text { .. } | Is::Word => {
                let inner = token.content().of(text);
                match self.levels.last_mut() {
                    Some(level) if level.is_object && level.state != State::Colon => {
                        level.state = State::Key(inner);
                    }
                    _ => self.value(inner, end),
                }
            }
        }
    }

    /// A value ends at `end`.
    fn value(&mut self, value: &'t str, end: usize) {
        let Some(level) = self.levels.last_mut() else {
            self.root = Some(end);
            return;
        };
        if let (State::Colon, Some(entry)) = (level.state, level.entries.last_mut()) {
            entry.value = value;
        }
        level.state = State::Value(end);
    }

    /// What could stand here before `next`, and whether a comma has to come between.
    fn fits(&self, next: Next) -> Option<(What, bool)> {
        let Some(level) = self.levels.last() else {
            return (self.root.is_none() && next == Next::End).then_some((What::Inline, false));
        };
        match (level.is_object, level.state, next) {
            (true, State::Open | State::Value(_), Next::End) => {
                Some((What::Key(Behind::Nothing), false))
            }
            (true, State::Open | State::Value(_), Next::Key) => {
                Some((What::Key(Behind::Nothing), true))
            }
            (true, State::Open | State::Value(_), Next::Colon(behind)) => {
                Some((What::Key(behind), false))
            }
            (true, State::Colon, Next::End | Next::Key)
            | (false, State::Open | State::Value(_), Next::End | Next::Value) => {
                Some((What::Inline, next != Next::End))
            }
            _ => None,
        }
    }

    /// Where the value before the place ends, if no comma stands between.
    fn comma_missing(&self) -> Option<usize> {
        match self.levels.last()?.state {
            State::Value(end) => Some(end),
            _ => None,
        }
    }

    /// From the root to the place; for a key, to its object.
    fn steps(&self) -> Vec<Step<'t>> {
        let last = self.levels.len().saturating_sub(1);
        let mut steps = Vec::with_capacity(self.levels.len());
        for (index, level) in self.levels.iter().enumerate() {
            match level.state {
                _ if !level.is_object => steps.push(Step::Item),
                State::Colon => {
                    steps.push(Step::Key(level.entries.last().map_or("", |entry| entry.key)));
                }
                _ if index == last => {}
                // A collection where a key should be.
                _ => steps.push(Step::Key("")),
            }
        }
        steps
    }

    /// The entries of the innermost object but for the one in hand, which ends at `at`.
    fn entries(&self, text: &'t str, at: usize) -> Vec<Entry<'t>> {
        let Some(level) = self.levels.last() else { return Vec::new() };
        let mut entries = level.entries.clone();
        if level.state == State::Colon {
            entries.pop();
        }
        let state = State::Open;
        let mut ahead = Nest {
            levels: vec![Level { is_object: level.is_object, entries: Vec::new(), state }],
            root: None,
        };
        let (mut at, most) = (at, at + AHEAD);
        // The key in hand may have its colon and value already.
        while let Some(token) = token_at(text, at).filter(|_| !ahead.levels.is_empty()) {
            let end = token.end();
            let closes_all = ahead.levels.len() == 1 && matches!(token.what, Is::Sign('}' | ']'));
            if closes_all || end > most {
                break;
            }
            ahead.read(text, token);
            at = end;
        }
        entries.extend(ahead.levels.into_iter().next().into_iter().flat_map(|level| level.entries));
        entries
    }
}
