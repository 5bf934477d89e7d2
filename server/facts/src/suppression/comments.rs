//! The comments of a Python file.
//!
//! Only what tells a comment from a `#` inside a string is read; the rest of the language plays no
//! part, so that a broken file has its comments too.

use text::span::Span;

/// The comments of `source`, in order.
#[must_use]
pub fn of_python(source: &str) -> Vec<Span> {
    let bytes = source.as_bytes();
    let mut comments = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        at = match byte {
            b'#' => {
                let end = line_end(bytes, at);
                comments.push(Span::new(at, end));
                end
            }
            b'"' | b'\'' => after_string(bytes, at),
            _ => at + 1,
        };
    }
    comments
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    at + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
}

/// Where the string that begins at `at` has ended. One quote alone ends at its line's end at the
/// latest, so that a half-typed string hides no more than its line.
fn after_string(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let long = bytes[at..].starts_with(&[quote; 3]);
    let mut place = at + if long { 3 } else { 1 };
    while let Some(byte) = bytes.get(place).copied() {
        match byte {
            b'\\' => place += 1,
            b'\n' | b'\r' if !long => return place,
            _ if long && bytes[place..].starts_with(&[quote; 3]) => return place + 3,
            _ if !long && byte == quote => return place + 1,
            _ => {}
        }
        place += 1;
    }
    bytes.len()
}
