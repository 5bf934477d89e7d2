//! Values in messages.

use std::fmt::{self, Display, Write as _};

use super::Value;

/// Longer texts are cut.
const TEXT: usize = 40;
/// More items than these are left out.
const ITEMS: usize = 4;
/// Deeper collections are not opened.
const DEPTH: usize = 2;

impl Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self, DEPTH, f)
    }
}

fn show(value: &Value, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Value::Null => f.write_str("None"),
        Value::Bool(true) => f.write_str("True"),
        Value::Bool(false) => f.write_str("False"),
        Value::Int(number) => write!(f, "{number}"),
        Value::Float(number) => show_float(*number, f),
        Value::Text(text) => {
            f.write_char('"')?;
            show_text(text.as_str(), true, f)?;
            f.write_char('"')
        }
        Value::Other(text) => show_text(text.as_str(), false, f),
        Value::List(items) => {
            show_items(('[', ']'), items, depth, f, |item, f| show(item, depth - 1, f))
        }
        Value::Map(entries) => show_items(('{', '}'), entries, depth, f, |(key, held), f| {
            show(key, depth - 1, f)?;
            f.write_str(": ")?;
            show(held, depth - 1, f)
        }),
    }
}

fn show_items<T>(
    (open, close): (char, char),
    items: &[T],
    depth: usize,
    f: &mut fmt::Formatter<'_>,
    each: impl Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    f.write_char(open)?;
    if depth == 0 && !items.is_empty() {
        f.write_str("...")?;
    } else {
        for (index, item) in items.iter().take(ITEMS).enumerate() {
            f.write_str(if index == 0 { "" } else { ", " })?;
            each(item, f)?;
        }
        f.write_str(if items.len() > ITEMS { ", ..." } else { "" })?;
    }
    f.write_char(close)
}

fn show_float(number: f64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if number.is_nan() { f.write_str("nan") } else { write!(f, "{number:?}") }
}

fn show_text(text: &str, quoted: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let long = text.chars().nth(TEXT).is_some();
    for character in text.chars().take(if long { TEXT - 3 } else { TEXT }) {
        match character {
            '"' | '\\' if quoted => write!(f, "\\{character}")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            _ if character.is_control() => write!(f, "\\x{:02x}", u32::from(character))?,
            _ => f.write_char(character)?,
        }
    }
    f.write_str(if long { "..." } else { "" })
}
