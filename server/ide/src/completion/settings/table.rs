//! The table of a TOML text that a place lies in, and what the place is there.

use text::span::Span;

use crate::completion::rules::is_part;

/// What stands around a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Around<'t> {
    /// The names of the table, from the outermost; empty above the first header.
    pub(super) table: Vec<&'t str>,
    /// Its keys, but for that of the place's own line.
    pub(super) keys: Vec<&'t str>,
    /// What the place is.
    pub(super) place: Place<'t>,
    /// What is typed there; the place is in it.
    pub(super) typed: Span,
}

/// What a place is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place<'t> {
    /// Between the brackets of a header; whether they are closed.
    Header(bool),
    /// A key; whether a value stands behind it.
    Key(bool),
    /// The value of a key.
    Value {
        /// The key.
        key: &'t str,
        /// The quote that it stands in, and whether that is closed.
        quote: Option<(char, bool)>,
        /// Whether it is an item of a list.
        in_list: bool,
    },
}

/// The state of reading a table.
#[derive(Default)]
struct Entry<'t> {
    key: Option<&'t str>,
    depth: usize,
    quote: Option<(char, usize)>,
    /// Where a bare word begins.
    word: Option<usize>,
}

/// What stands around `offset`; nothing in comments.
pub(super) fn around(text: &str, offset: usize) -> Option<Around<'_>> {
    let mut table = Vec::new();
    let mut keys = Vec::new();
    let mut entry = Entry::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let end = at + content.len();
        let is_header = entry.depth == 0 && content.trim_start().starts_with('[');
        if offset <= end {
            let mut found = if is_header {
                header(text, at, end, offset)
            } else {
                place(text, at, end, offset, entry)
            }?;
            found.table = table;
            found.keys = keys;
            found.keys.extend(keys_below(text, end));
            return Some(found);
        }
        if is_header {
            table = names(content);
            keys.clear();
            entry = Entry::default();
        } else {
            if entry.depth == 0
                && let Some(key) = key_of(content)
            {
                keys.push(key);
                entry.key = Some(key);
            }
            entry.read(text, at, end);
            if entry.depth == 0 {
                entry = Entry::default();
            }
            (entry.quote, entry.word) = (None, None);
        }
        at += line.len();
    }
    // Behind the last line break.
    let mut found = place(text, at, at, offset, entry)?;
    (found.table, found.keys) = (table, keys);
    Some(found)
}

impl<'t> Entry<'t> {
    /// Reads a part of a line; gives whether it ends inside of a comment.
    fn read(&mut self, text: &'t str, from: usize, to: usize) -> bool {
        let mut letters = text.get(from..to).unwrap_or("").char_indices();
        while let Some((index, letter)) = letters.next() {
            let at = from + index;
            match (self.quote, letter) {
                (Some(('"', _)), '\\') => {
                    letters.next();
                }
                (Some((quote, _)), letter) if letter == quote => self.quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => (self.quote, self.word) = (Some((letter, at + 1)), None),
                (None, '#') => return true,
                (None, '[' | '{') => (self.depth, self.word) = (self.depth + 1, None),
                (None, ']' | '}') => {
                    (self.depth, self.word) = (self.depth.saturating_sub(1), None);
                }
                (None, letter) if is_part(letter) => {
                    self.word = self.word.or(Some(at));
                }
                _ => self.word = None,
            }
        }
        false
    }
}

fn header(text: &str, from: usize, end: usize, offset: usize) -> Option<Around<'_>> {
    let line = text.get(from..end)?;
    let open = from + line.len() - line.trim_start().len();
    let start = open + line.trim_start().len() - line.trim_start().trim_start_matches('[').len();
    let close = text[start..end].find(']').map(|at| start + at);
    let stop = close.unwrap_or(end);
    let typed = Span::new(start, stop);
    let is_inside = typed.touches(offset) && !text[start..stop].contains('#');
    is_inside.then(|| Around {
        table: Vec::new(),
        keys: Vec::new(),
        place: Place::Header(close.is_some()),
        typed,
    })
}

fn place<'t>(
    text: &'t str,
    from: usize,
    end: usize,
    offset: usize,
    mut entry: Entry<'t>,
) -> Option<Around<'t>> {
    let line = text.get(from..end)?;
    let equals = if entry.depth == 0 { key_of(line).and_then(|_| line.find('=')) } else { None };
    let (start, place) = match equals.map(|at| from + at) {
        Some(equals) if offset <= equals => (key_start(text, from, offset)?, Place::Key(true)),
        None if entry.depth == 0 => (key_start(text, from, offset)?, Place::Key(false)),
        equals => {
            let from = match equals {
                Some(equals) => {
                    entry.key = key_of(line);
                    equals + 1
                }
                None => from,
            };
            if entry.read(text, from, offset) {
                return None;
            }
            let key = entry.key?;
            let in_list = entry.depth > 0;
            let rest = text.get(offset..end)?;
            match entry.quote {
                Some((quote, start)) => {
                    let close = rest.find(quote).map(|at| offset + at);
                    let word = rest.find(|letter: char| !is_path(letter)).unwrap_or(rest.len());
                    let stop = close.unwrap_or(offset + word);
                    let quote = Some((quote, close.is_some()));
                    let place = Place::Value { key, quote, in_list };
                    let typed = Span::new(start, stop);
                    return Some(Around { table: Vec::new(), keys: Vec::new(), place, typed });
                }
                None => {
                    let place = Place::Value { key, quote: None, in_list };
                    (entry.word.unwrap_or(offset), place)
                }
            }
        }
    };
    let rest = text.get(offset..end)?;
    let word = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
    let typed = Span::new(start, offset + word);
    Some(Around { table: Vec::new(), keys: Vec::new(), place, typed })
}

fn is_path(letter: char) -> bool {
    is_part(letter) || matches!(letter, '.' | '*')
}

/// Where the key begins that is typed up to `offset`; none in comments and behind other text.
fn key_start(text: &str, from: usize, offset: usize) -> Option<usize> {
    let typed = text.get(from..offset)?;
    let word = typed.trim_start();
    let is_key = word.chars().all(is_part);
    is_key.then(|| offset - word.len())
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim();
    (!key.is_empty() && !key.starts_with('#')).then(|| key.trim_matches(['"', '\'']))
}

/// The keys of the same table from the next line on.
fn keys_below(text: &str, end: usize) -> Vec<&str> {
    let rest = text.get(end..).unwrap_or("").lines().skip(1);
    let own = rest.take_while(|line| !line.trim_start().starts_with('['));
    own.filter_map(key_of).collect()
}

/// The names of a header: `[paths."a.b"]`.
fn names(header: &str) -> Vec<&str> {
    let inside = header.trim().trim_start_matches('[');
    let mut names = Vec::new();
    let mut rest = inside;
    loop {
        rest = rest.trim_start();
        let (name, behind) = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => match rest[1..].split_once(quote) {
                Some(parts) => parts,
                None => return names,
            },
            _ => rest.split_at(rest.find(['.', ']', '#']).unwrap_or(rest.len())),
        };
        names.push(name.trim());
        match behind.trim_start().strip_prefix('.') {
            Some(more) => rest = more,
            None => return names,
        }
    }
}
