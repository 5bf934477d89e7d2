//! Texts that the loader takes and the parser does not, respelled so that both take them.

use super::compose::{Fault, joined_alias};
use super::copy::Copy;
use super::scalar::quoted_end;

/// How far lines are indented that the parser wants indented. Blocks are hardly ever this deep, and
/// inside of brackets and quotes more does no harm.
const DEEP: usize = 100;

/// Respells what `fault` is about, if the loader has nothing against it.
pub(super) fn repair(copy: &mut Copy<'_>, fault: &Fault) -> bool {
    let at = fault.offset;
    let (places, by) = match fault.reason.as_str() {
        "invalid indentation in quoted scalar" => (lines_of_quoted(&copy.text, at), DEEP),
        "tab cannot be used as indentation" => (shallow_line(&copy.text, at), DEEP),
        "invalid indentation" | "invalid indentation in flow construct" => {
            (lines_of_brackets(&copy.text, at), DEEP)
        }
        "comments must be separated from other tokens by whitespace" => {
            // Behind the header of block text the loader wants that space, too.
            let header = copy.text[..at]
                .ends_with(|byte: char| "|>+-".contains(byte) || byte.is_ascii_digit());
            (if header { vec![] } else { vec![at] }, 1)
        }
        "':' may not precede any of `[{` in flow mapping" => (vec![at + 1], 1),
        // A `?` that ends the text.
        "expected whitespace" if at == copy.text.len() => (vec![at], 1),
        _ => (joined_alias(&copy.text, at).into_iter().collect(), 1),
    };
    if places.is_empty() {
        return false;
    }
    copy.indent(&places, by);
    true
}

/// The starts of lines, after the first, of the quoted scalar at `start`.
fn lines_of_quoted(text: &str, start: usize) -> Vec<usize> {
    let end = quoted_end(text, start);
    let mut places = Vec::new();
    for (index, _) in text[start..end].match_indices('\n') {
        let line = start + index + 1;
        if line >= end || ends_document(&text[line..]) {
            break;
        }
        places.extend(shallow(text, line));
    }
    places
}

/// The start of the line at `offset`, unless it is indented far enough.
fn shallow_line(text: &str, offset: usize) -> Vec<usize> {
    let line = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    shallow(text, line).into_iter().collect()
}

/// The line at `offset`, and those behind it up to the end of the collection in brackets.
fn lines_of_brackets(text: &str, offset: usize) -> Vec<usize> {
    let mut places = shallow_line(text, offset);
    if places.first().is_some_and(|line| ends_document(&text[*line..])) {
        return Vec::new();
    }
    let bytes = text.as_bytes();
    let mut at = offset;
    let mut open = 1_usize;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' if open == 1 => break,
            b']' | b'}' => open -= 1,
            // Inside of quotes, lines are found when the parser complains of them.
            b'"' | b'\'' if starts_token(bytes, at) => {
                at = quoted_end(text, at);
                continue;
            }
            b'#' if at > 0 && bytes[at - 1].is_ascii_whitespace() => {
                at +=
                    bytes[at..].iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len() - at);
                continue;
            }
            b'\n' if ends_document(&text[at + 1..]) => break,
            b'\n' => places.extend(shallow(text, at + 1)),
            _ => {}
        }
        at += 1;
    }
    places
}

/// Whether a quote at `at` begins a scalar, rather than standing inside of a word.
fn starts_token(bytes: &[u8], at: usize) -> bool {
    at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' | b'[' | b'{')
}

fn shallow(text: &str, line: usize) -> Option<usize> {
    let spaces = text[line..].bytes().take_while(|byte| *byte == b' ').take(DEEP).count();
    (spaces < DEEP).then_some(line)
}

fn ends_document(line: &str) -> bool {
    let marker = line.starts_with("---") || line.starts_with("...");
    marker && line[3..].chars().next().is_none_or(char::is_whitespace)
}
