//! Collections in brackets, half-typed or not.

use super::line::quote_end;
use crate::completion::contract::place::{Entry, Step};

/// The brackets around a place.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Flow<'t> {
    text: &'t str,
    /// From the outermost.
    pub(super) levels: Vec<FlowLevel<'t>>,
    /// Where a scalar that is not finished begins, its quote included.
    pub(super) token: Option<usize>,
    /// The quote that it stands in.
    pub(super) quote: Option<char>,
    /// Whether what was read ends inside of a comment.
    pub(super) in_comment: bool,
    /// A closed collection, where [`Flow::rest_of`] waits for it.
    closed: Option<FlowLevel<'t>>,
}

/// One collection in brackets.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct FlowLevel<'t> {
    /// Whether it is a mapping.
    pub(super) is_mapping: bool,
    /// Whether a colon stands behind the last key.
    pub(super) in_value: bool,
    /// Its entries so far; the last one's value is still empty where it is being read.
    pub(super) entries: Vec<Entry<'t>>,
}

impl<'t> Flow<'t> {
    pub(super) fn new(text: &'t str) -> Flow<'t> {
        Flow { text, levels: Vec::new(), token: None, quote: None, in_comment: false, closed: None }
    }

    /// Reads on from `at` to `end`, or until the outermost bracket is closed.
    pub(super) fn read(&mut self, at: usize, end: usize) {
        let mut at = at;
        self.in_comment = false;
        while at < end {
            let Some(letter) = self.text.get(at..end).and_then(|rest| rest.chars().next()) else {
                return;
            };
            let next = at + letter.len_utf8();
            if let Some(quote) = self.quote {
                let line = self.text.get(..end).unwrap_or("");
                match quote_end(line, at, quote) {
                    Some(close) => {
                        self.quote = None;
                        at = close + 1;
                        continue;
                    }
                    None => return,
                }
            }
            match letter {
                '#' if self.text[..at].ends_with([' ', '\t', '\n', ',']) => {
                    let break_at = self.text[at..end].find(['\n', '\r']);
                    self.in_comment = break_at.is_none();
                    at = break_at.map_or(end, |found| at + found);
                    continue;
                }
                '"' | '\'' if self.token.is_none() => {
                    self.token = Some(at);
                    self.quote = Some(letter);
                }
                '{' | '[' => self.open(letter == '{'),
                '}' | ']' => {
                    self.finish(at);
                    self.closed = self.levels.pop();
                    if self.levels.is_empty() {
                        return;
                    }
                }
                ',' => {
                    self.finish(at);
                    if let Some(level) = self.levels.last_mut() {
                        level.in_value = false;
                    }
                }
                ':' if self.is_colon(at, next, end) => self.colon(at),
                letter if letter.is_whitespace() => {}
                _ => self.token = self.token.or(Some(at)),
            }
            at = next;
        }
    }

    fn open(&mut self, is_mapping: bool) {
        self.token = None;
        self.levels.push(FlowLevel { is_mapping, in_value: false, entries: Vec::new() });
    }

    fn is_colon(&self, at: usize, next: usize, end: usize) -> bool {
        let is_key = self.levels.last().is_some_and(|level| level.is_mapping && !level.in_value);
        let behind = self.text.get(next..end).and_then(|rest| rest.chars().next());
        let ends_word = behind
            .is_none_or(|behind| behind.is_whitespace() || matches!(behind, ',' | '{' | '}' | '['));
        // A quoted key needs no blank behind the colon.
        is_key && (ends_word || self.text[..at].ends_with(['"', '\'']))
    }

    fn colon(&mut self, at: usize) {
        let key = self.take_token(at);
        if let Some(level) = self.levels.last_mut() {
            level.entries.push(Entry { key, value: "" });
            level.in_value = true;
        }
    }

    /// Ends the scalar in hand at `at`.
    fn finish(&mut self, at: usize) {
        let scalar = self.take_token(at);
        let Some(level) = self.levels.last_mut().filter(|level| level.is_mapping) else {
            return;
        };
        match level.entries.last_mut() {
            Some(entry) if level.in_value => entry.value = scalar,
            // `{a, b: 1}`: a key without a value.
            _ if !scalar.is_empty() => level.entries.push(Entry { key: scalar, value: "" }),
            _ => {}
        }
    }

    fn take_token(&mut self, at: usize) -> &'t str {
        let from = self.token.take().unwrap_or(at);
        let scalar = self.text.get(from..at).unwrap_or("").trim();
        match scalar.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                scalar.get(1..quote_end(scalar, 1, quote).unwrap_or(scalar.len())).unwrap_or("")
            }
            _ => scalar,
        }
    }

    /// The steps from what the brackets stand at to the place that was read up to, without the
    /// scalar there: to a mapping where a key is due, else to the value or item.
    pub(super) fn steps(&self) -> Vec<Step<'t>> {
        let mut steps = Vec::new();
        for (index, level) in self.levels.iter().enumerate() {
            let is_last = index + 1 == self.levels.len();
            match (level.is_mapping, level.in_value) {
                (true, true) => {
                    steps.push(Step::Key(level.entries.last().map_or("", |entry| entry.key)));
                }
                (true, false) if is_last => {}
                (true, false) => steps.push(Step::Key("")),
                (false, _) => steps.push(Step::Item),
            }
        }
        steps
    }

    /// All entries of the innermost mapping, those from `at` on too, up to `end` at most; the entry
    /// being typed has an empty key if it is new.
    pub(super) fn rest_of(&self, at: usize, end: usize) -> Vec<Entry<'t>> {
        let mut ahead = self.clone();
        (ahead.token, ahead.quote) = (None, None);
        let depth = ahead.levels.len();
        let mut from = at;
        while ahead.levels.len() >= depth && from < end {
            // Piece by piece, so that the mapping is there to be looked at when it is closed.
            let rest = self.text.get(from..end).unwrap_or("");
            let piece = rest.find(['}', ']']).map_or(end, |found| from + found + 1);
            ahead.read(from, piece);
            if ahead.levels.len() < depth {
                return ahead.closed.map(|level| level.entries).unwrap_or_default();
            }
            from = piece;
        }
        let level = depth.checked_sub(1).and_then(|last| ahead.levels.get(last));
        level.map(|level| level.entries.clone()).unwrap_or_default()
    }
}
