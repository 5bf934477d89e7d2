//! Scalars to values: what a bare word means, and what a tag makes of a text.

use super::Value;
use super::number::{self, Number};
use super::timestamp::{self, Timestamp};

/// Why a scalar has no value; a message for people.
pub(super) type Refusal = String;

/// The prefix that `!!` stands for.
pub(super) const STANDARD: &str = "tag:yaml.org,2002:";

/// The value of a bare scalar, and of any scalar under the tag `!`.
pub(super) fn implicit(text: &str, is_key: bool) -> Result<Value, Refusal> {
    let Some(first) = text.bytes().next() else {
        return Ok(Value::Null);
    };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => {
            Ok(word(text).unwrap_or_else(|| Value::of_text(text)))
        }
        b'0'..=b'9' | b'+' | b'-' | b'.' => number_or_time(text),
        b'<' if text == "<<" => {
            if is_key {
                Ok(Value::Merge)
            } else {
                Err("`<<` merges mappings where it stands as a key; as a value, quote it".into())
            }
        }
        b'=' if text == "=" && !is_key => {
            Err("a bare `=` is a special value that the loader refuses; quote it".into())
        }
        _ => Ok(Value::of_text(text)),
    }
}

/// `null` and the words for true and false; no other spelling counts.
fn word(text: &str) -> Option<Value> {
    Some(match text {
        "~" | "null" | "Null" | "NULL" => Value::Null,
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Value::Bool(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Value::Bool(false)
        }
        _ => return None,
    })
}

fn number_or_time(text: &str) -> Result<Value, Refusal> {
    match number::read(text) {
        Number::Is(value) => return Ok(value),
        Number::Refused => {
            return Err(format!(
                "`{}` is written like a number, but is none; quote it",
                shortened(text)
            ));
        }
        Number::Not => {}
    }
    match timestamp::implicit(text) {
        Timestamp::Is => Ok(Value::Timestamp(text.into())),
        Timestamp::Refused => {
            Err(format!("`{text}` is written like a date, but there is no such time; quote it"))
        }
        Timestamp::Not => Ok(Value::of_text(text)),
    }
}

/// The value of a scalar with a tag of its own, `str` for `!!str`.
pub(super) fn tagged(tag: &str, text: &str, is_key: bool) -> Result<Value, Refusal> {
    let misfit = || format!("`{}` does not fit its tag `!!{tag}`", shortened(text));
    match tag {
        "str" => Ok(Value::of_text(text)),
        "null" => Ok(Value::Null),
        "bool" => match word(&text.to_lowercase()) {
            Some(value @ Value::Bool(_)) => Ok(value),
            _ => Err(misfit()),
        },
        "int" => integer(text).ok_or_else(misfit),
        "float" => float(text).ok_or_else(misfit),
        "binary" => base64(text).map(Value::Binary).ok_or_else(misfit),
        "timestamp" => match timestamp::explicit(text) {
            Timestamp::Is => Ok(Value::Timestamp(text.into())),
            _ => Err(misfit()),
        },
        "merge" if is_key => Ok(Value::Merge),
        "value" if is_key => Ok(Value::of_text(text)),
        "seq" | "map" | "set" | "omap" | "pairs" => {
            Err(format!("the tag `!!{tag}` does not fit a single value"))
        }
        _ => Err(refused(&format!("{STANDARD}{tag}"))),
    }
}

/// What is said of a tag without a constructor.
pub(super) fn refused(tag: &str) -> Refusal {
    let shown = match tag.strip_prefix(STANDARD) {
        Some(rest) => format!("!!{rest}"),
        None if tag.starts_with('!') => tag.to_owned(),
        None => format!("!<{tag}>"),
    };
    format!("the loader knows no tag `{shown}`; remove it, or quote the value")
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push_str("...");
    }
    short
}

/// Under `!!int`, any text that converts will do, leading zeros meaning octal as ever.
fn integer(text: &str) -> Option<Value> {
    let digits = text.strip_prefix(['-', '+']);
    // A sign may stand apart.
    let joined = digits.map(|digits| format!("{}{}", &text[..1], digits.trim()));
    match number::read(joined.as_deref().unwrap_or(text).trim()) {
        Number::Is(value @ (Value::Int(_) | Value::BigInt(_))) => Some(value),
        _ => None,
    }
}

/// Under `!!float`, any text that converts will do: `1e3` and `7` as well.
fn float(text: &str) -> Option<Value> {
    let text = text.trim();
    match number::read(text) {
        Number::Is(value @ Value::Float(_)) => return Some(value),
        Number::Is(Value::Int(_)) if text.contains(':') => {
            return match number::read(&format!("{text}.")) {
                Number::Is(value) => Some(value),
                _ => None,
            };
        }
        _ => {}
    }
    let clean: String = text.chars().filter(|digit| *digit != '_').collect();
    clean.parse().ok().map(Value::Float)
}

/// Base 64 as Python decodes it: anything outside of the alphabet is skipped.
fn base64(text: &str) -> Option<Box<[u8]>> {
    if !text.is_ascii() {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut gathered = 0_u32;
    let mut count = 0;
    let mut padding = 0;
    for byte in text.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padding += 1;
                if count >= 2 && count + padding >= 4 {
                    // A full last group ends the data, whatever stands behind it.
                    return Some(bytes.into());
                }
                continue;
            }
            _ => continue,
        };
        padding = 0;
        gathered = gathered << 6 | u32::from(digit);
        count += 1;
        match count {
            2 => bytes.push((gathered >> 4 & 0xFF) as u8),
            3 => bytes.push((gathered >> 2 & 0xFF) as u8),
            4 => {
                bytes.push((gathered & 0xFF) as u8);
                (gathered, count) = (0, 0);
            }
            _ => {}
        }
    }
    (count == 0).then(|| bytes.into())
}
