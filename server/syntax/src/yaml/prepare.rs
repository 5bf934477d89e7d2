//! Characters that the loader sees otherwise than the parser: those it refuses, and line breaks.

use text::span::Span;

use super::copy::Copy;
use super::{Problem, ProblemKind};

/// How many refused characters are reported; a file full of them is of another kind.
const REPORTED: usize = 16;

/// What stands for a byte-order mark, which is content to the loader: a character of as many bytes.
const STAND_IN: &str = "\u{E000}";

/// The text for the parser: refused characters neutralised, all line breaks of a kind it knows.
pub(super) fn prepare<'a>(text: &'a str, problems: &mut Vec<Problem>) -> Copy<'a> {
    let directives = !text.is_ascii() && (text.starts_with('%') || text.contains("\n%"));
    if !directives && !has_suspects(text.as_bytes()) {
        return Copy::new(text);
    }
    let mut in_directive = false;
    let mut starts_line = true;
    let kinds = text.char_indices().map(|(at, character)| {
        if starts_line {
            in_directive = character == '%';
        }
        let kind = match kind(text, at, character) {
            Kind::Ordinary if in_directive && !character.is_ascii() => Kind::Uncounted,
            kind => kind,
        };
        starts_line = kind == Kind::Break || matches!(character, '\n' | '\r' | '\u{FEFF}');
        (at, character, kind)
    });
    let special: Vec<(usize, char, Kind)> =
        kinds.filter(|(_, _, kind)| *kind != Kind::Ordinary).collect();
    if special.is_empty() {
        return Copy::new(text);
    }
    let replacements: Vec<(Span, String)> = special
        .iter()
        .map(|(at, character, kind)| {
            let length = character.len_utf8();
            let with = match kind {
                Kind::Break => "\n".to_owned(),
                Kind::Mark => STAND_IN.to_owned(),
                Kind::Uncounted => "\\".repeat(length),
                Kind::Refused | Kind::Ordinary => "_".repeat(length),
            };
            (Span::new(*at, at + length), with)
        })
        .collect();
    let refused = special.iter().filter(|(_, _, kind)| *kind == Kind::Refused);
    problems.extend(refused.take(REPORTED).map(|(at, character, _)| Problem {
        span: Span::new(*at, at + character.len_utf8()),
        kind: ProblemKind::Syntax(format!(
            "the character U+{:04X} may not stand in YAML; in double quotes, write it as an escape",
            u32::from(*character)
        )),
    }));
    Copy::with(text, &replacements)
}

/// Whether there may be special characters. Most texts have none and are done with it.
fn has_suspects(bytes: &[u8]) -> bool {
    // Without a branch for each byte, this runs many bytes at a time.
    let any = |chunk: &[u8]| chunk.iter().fold(false, |found, byte| found | is_suspect(*byte));
    let lone = |(at, byte): (usize, &u8)| *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    bytes.chunks(256).any(any) || bytes.contains(&b'\r') && bytes.iter().enumerate().any(lone)
}

fn is_suspect(byte: u8) -> bool {
    // U+0080 to U+00BF, U+2028, U+FEFF.
    let lead = (byte == 0xC2) | (byte == 0xE2) | (byte == 0xEF);
    let control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    lead | control | (byte == 0x7F)
}

/// What a character is to the loader, where the parser sees it otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ordinary,
    /// A line break of a kind that the parser does not know, or that is easily missed.
    Break,
    /// A character in a directive, where the parser counts bytes for characters.
    Uncounted,
    /// A byte-order mark inside of the text.
    Mark,
    /// A character that may not stand in YAML.
    Refused,
}

fn kind(text: &str, at: usize, character: char) -> Kind {
    match character {
        '\t' | '\n' => Kind::Ordinary,
        '\r' if text.as_bytes().get(at + 1) == Some(&b'\n') => Kind::Ordinary,
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::Break,
        '\u{FEFF}' if at > 0 => Kind::Mark,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => Kind::Refused,
        _ => Kind::Ordinary,
    }
}
