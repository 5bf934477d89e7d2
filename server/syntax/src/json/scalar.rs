//! Strings and numbers of JSON.

use text::span::Span;

use crate::yaml::Value;

/// A part at fault, and why.
type Refused = (Span, &'static str);

/// Where a run of letters, digits and the like ends.
pub(super) fn word_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '.' | '_');
    start + rest.find(|c| !is_part(c)).unwrap_or(rest.len())
}

/// The number that a word spells, by the grammar of JSON.
pub(super) fn number(word: &str) -> Option<Value> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = split(digits, &['e', 'E']);
    let (whole, fraction) = split(mantissa, &['.']);
    let are_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = are_digits(whole) && (whole == "0" || !whole.starts_with('0'));
    let power = exponent.map(|power| power.strip_prefix(['+', '-']).unwrap_or(power));
    if !is_whole || !fraction.is_none_or(are_digits) || !power.is_none_or(are_digits) {
        return None;
    }
    if fraction.is_some() || exponent.is_some() {
        return word.parse().ok().map(Value::Float);
    }
    Some(word.parse().map_or_else(|_| Value::BigInt(word.into()), Value::Int))
}

fn split<'t>(text: &'t str, at: &[char]) -> (&'t str, Option<&'t str>) {
    match text.split_once(at) {
        Some((before, behind)) => (before, Some(behind)),
        None => (text, None),
    }
}

/// The string that begins with the quote at `start`: where it ends and what it says.
pub(super) fn string(text: &str, start: usize) -> Result<(usize, String), Refused> {
    let mut said = String::new();
    let mut at = start + 1;
    loop {
        let rest = &text[at..];
        let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
        said.push_str(&rest[..plain]);
        at += plain;
        match rest[plain..].chars().next() {
            Some('"') => return Ok((at + 1, said)),
            Some('\\') => {
                let (end, meant) = escape(text, at)?;
                said.push(meant);
                at = end;
            }
            Some('\n' | '\r') | None => {
                let message = "this quote is not closed; add the closing quote";
                return Err((Span::new(start, at), message));
            }
            Some(_) => {
                let message = "this character cannot stand in a string; write it as `\\u....`";
                return Err((Span::new(at, at + 1), message));
            }
        }
    }
}

/// The escape at `start`: where it ends, and the character that it stands for.
fn escape(text: &str, start: usize) -> Result<(usize, char), Refused> {
    let letter = text[start + 1..].chars().next();
    let meant = match letter {
        Some(letter @ ('"' | '\\' | '/')) => letter,
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => return unicode(text, start),
        letter => {
            let end = start + 1 + letter.map_or(0, char::len_utf8);
            return Err((Span::new(start, end), "this backslash escapes nothing; double it"));
        }
    };
    Ok((start + 2, meant))
}

/// `\u00e9`, or two such escapes for one character.
fn unicode(text: &str, start: usize) -> Result<(usize, char), Refused> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hexadecimal.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    };
    let Some(first) = unit(start) else {
        let message = "this escape lacks hexadecimal digits; complete it";
        return Err((Span::new(start, start + 2), message));
    };
    if let Some(meant) = char::from_u32(first) {
        return Ok((start + 6, meant));
    }
    let second = unit(start + 6).filter(|second| (0xDC00..0xE000).contains(second));
    let meant = second
        .filter(|_| first < 0xDC00)
        .and_then(|second| char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)));
    // Readers of JSON let half a character pass, which no text of ours can hold.
    Ok(meant.map_or((start + 6, char::REPLACEMENT_CHARACTER), |meant| (start + 12, meant)))
}
