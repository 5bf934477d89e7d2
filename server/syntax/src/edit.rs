//! Edit intents to text edits, in the style of the neighbours.
//!
//! A fix says what should become of a file; this module finds the smallest edit of its text that
//! does it: same indentation, same quotes, comments kept. One submodule for each language. The same
//! functions serve quick fixes in the editor and `--fix`.

pub mod directive;
pub mod python;
pub mod toml;
pub mod yaml;

use ::text::edit::TextEdit;
use ::text::span::Span;

/// Why an intent cannot be rendered. The file then stays as it is, and people edit it by hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CannotEdit {
    /// The place does not hold what the intent takes: the file has changed since.
    NotThere,
    /// It is written in a way that a small edit cannot be sure to keep.
    Layout,
    /// The edit would change the meaning of something else: an alias elsewhere, a broken text.
    ChangesMore,
}

/// The line break that the text uses, judged by the first one after `offset`, or before it.
fn line_break(text: &str, offset: usize) -> &'static str {
    let (before, after) = text.split_at(offset.min(text.len()));
    let crlf = match after.find('\n') {
        Some(at) if at > 0 => after.as_bytes()[at - 1] == b'\r',
        Some(_) => before.ends_with('\r'),
        None => before.contains("\r\n"),
    };
    if crlf { "\r\n" } else { "\n" }
}

/// Where the line of `offset` begins; a byte-order mark is no part of it.
fn line_start(text: &str, offset: usize) -> usize {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    if start == 0 && text.starts_with('\u{feff}') && offset >= 3 { 3 } else { start }
}

/// Where the line of `offset` ends, its line break included.
fn line_end(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
}

/// The one replacement that makes `after` of `before`, as small as can be.
fn difference(before: &str, after: &str) -> Option<TextEdit> {
    if before == after {
        return None;
    }
    let same = |(left, right): &(char, char)| left == right;
    let width = |(character, _): (char, char)| character.len_utf8();
    let start: usize = before.chars().zip(after.chars()).take_while(same).map(width).sum();
    let (old, new) = (&before[start..], &after[start..]);
    let end: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(width).sum();
    let span = Span::new(start, before.len() - end);
    Some(TextEdit::replace(span, &new[..new.len() - end]))
}
