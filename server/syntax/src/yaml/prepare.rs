//! Characters that the loader sees otherwise than the parser: those it refuses, and line breaks.

use text::span::Span;

use super::copy::Copy;
use super::decode::is_break;
use super::{Problem, ProblemKind};

/// How many refused characters are reported; a file full of them is of another kind.
const REPORTED: usize = 16;

/// The text for the parser: refused characters neutralised, all line breaks of a kind it knows.
pub(super) fn prepare<'a>(text: &'a str, problems: &mut Vec<Problem>) -> Copy<'a> {
    if !text.bytes().any(is_suspect) {
        return Copy::new(text);
    }
    let special: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, character)| is_special(*character))
        .collect();
    if special.is_empty() {
        return Copy::new(text);
    }
    let replacements: Vec<(Span, String)> = special
        .iter()
        .map(|(at, character)| {
            let length = character.len_utf8();
            let with = if is_break(*character) {
                "\n".to_owned()
            } else {
                "_".repeat(length)
            };
            (Span::new(*at, at + length), with)
        })
        .collect();
    let refused = special
        .iter()
        .filter(|(_, character)| !is_break(*character));
    problems.extend(refused.take(REPORTED).map(|(at, character)| Problem {
        span: Span::new(*at, at + character.len_utf8()),
        kind: ProblemKind::Syntax(format!(
            "the character U+{:04X} may not stand in YAML; in double quotes, write it as an escape",
            u32::from(*character)
        )),
    }));
    Copy::with(text, &replacements)
}

/// Whether a byte may belong to a special character. Most texts have none and are done with it.
fn is_suspect(byte: u8) -> bool {
    match byte {
        b'\t' | b'\n' | b'\r' => false,
        // U+0080 to U+00BF, U+2028, U+FFFE.
        0xC2 | 0xE2 | 0xEF => true,
        _ => byte < 0x20 || byte == 0x7F,
    }
}

fn is_special(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}' => true,
        _ => character < ' ' || ('\u{7F}'..='\u{9F}').contains(&character),
    }
}
