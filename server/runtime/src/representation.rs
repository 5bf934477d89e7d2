//! Values as text: what `repr` and `str` give.

use std::fmt::Write;

use crate::failure::{Outcome, unsupported};
use crate::items::no_order;
use crate::limits::{Budget, Limits};
use crate::table::Table;
use crate::value::{Builtin, Class, Value, ViewKind};
use crate::{floats, integers};

impl Value {
    /// What Python's `repr` gives; none where it is too long, or not the same in every run.
    #[must_use]
    pub fn shown(&self) -> Option<String> {
        shown(self, &Budget::new(Limits::USUAL)).ok()
    }
}

/// `repr(value)`
pub(crate) fn shown(value: &Value, budget: &Budget) -> Outcome<String> {
    let mut text = String::new();
    write(value, &mut text, budget)?;
    Ok(text)
}

/// `str(value)`
pub(crate) fn as_text(value: &Value, budget: &Budget) -> Outcome<String> {
    match value {
        Value::Text(text) => {
            budget.allow_bytes(text.len())?;
            Ok(text.to_string())
        }
        _ => shown(value, budget),
    }
}

fn write(value: &Value, text: &mut String, budget: &Budget) -> Outcome<()> {
    let before = text.len();
    match value {
        Value::None => text.push_str("None"),
        Value::Ellipsis => text.push_str("Ellipsis"),
        Value::Bool(true) => text.push_str("True"),
        Value::Bool(false) => text.push_str("False"),
        Value::Int(number) => text.push_str(&number.to_string()),
        Value::Big(number) => text.push_str(&integers::shown(number, budget)?),
        Value::Float(number) => text.push_str(&floats::shown(**number)),
        Value::Text(held) => {
            budget.allow_bytes(held.len())?;
            text.push_str(&quoted(held));
        }
        Value::Bytes(held) => {
            budget.allow_bytes(held.len())?;
            text.push_str(&quoted_bytes(held));
        }
        Value::List(items) => write_items("[", items.in_order()?, "]", text, budget)?,
        Value::Tuple(items) => {
            let close = if items.values().len() == 1 { ",)" } else { ")" };
            write_items("(", items.in_order()?, close, text, budget)?;
        }
        Value::Set(table) if table.is_empty() => text.push_str("set()"),
        Value::Set(table) if table.len() == 1 => {
            let only: Vec<Value> = table.keys().cloned().collect();
            write_items("{", &only, "}", text, budget)?;
        }
        Value::Set(_) => return Err(no_order()),
        Value::Dict(table) => write_entries(table, text, budget)?,
        Value::View(view) => {
            text.push_str(value.class().name());
            let shown = match view.kind {
                ViewKind::Keys => view.of.keys().cloned().collect::<Vec<_>>(),
                ViewKind::Values => {
                    view.of.entries().iter().map(|(_, value)| value.clone()).collect()
                }
                ViewKind::Items => return write_pairs(&view.of, text, budget),
            };
            write_items("([", &shown, "])", text, budget)?;
        }
        Value::Class(class) => {
            let _ = write!(text, "<class '{}'>", class.name());
        }
        Value::Union(classes) => {
            let name = |class: &Class| match class {
                Class::NoneType => "None",
                named => named.name(),
            };
            text.push_str(&classes.iter().map(name).collect::<Vec<_>>().join(" | "));
        }
        Value::Builtin(Builtin::Len) => text.push_str("<built-in function len>"),
        Value::Builtin(Builtin::IsInstance) => text.push_str("<built-in function isinstance>"),
        Value::Method(_) | Value::Function(_) | Value::Generator(_) => {
            let message = format!("{} as text, which differs from run to run", value.shown_class());
            return Err(unsupported(message));
        }
    }
    budget.fits_bytes(text.len())?;
    budget.spend_bytes(text.len() - before)
}

fn write_items(
    open: &str,
    items: &[Value],
    close: &str,
    text: &mut String,
    budget: &Budget,
) -> Outcome<()> {
    text.push_str(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        write(item, text, budget)?;
    }
    text.push_str(close);
    Ok(())
}

fn write_entries(table: &Table, text: &mut String, budget: &Budget) -> Outcome<()> {
    text.push('{');
    for (index, (key, value)) in table.entries().iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        write(key, text, budget)?;
        text.push_str(": ");
        write(value, text, budget)?;
    }
    text.push('}');
    Ok(())
}

fn write_pairs(table: &Table, text: &mut String, budget: &Budget) -> Outcome<()> {
    text.push_str("([");
    for (index, (key, value)) in table.entries().iter().enumerate() {
        text.push_str(if index > 0 { ", (" } else { "(" });
        write(key, text, budget)?;
        text.push_str(", ");
        write(value, text, budget)?;
        text.push(')');
    }
    text.push_str("])");
    Ok(())
}

/// A text in quotes: single ones, unless it holds such and no double ones.
pub(crate) fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut shown = String::with_capacity(text.len() + 2);
    shown.push(quote);
    for letter in text.chars() {
        match letter {
            '\\' => shown.push_str("\\\\"),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            _ if letter == quote => {
                shown.push('\\');
                shown.push(letter);
            }
            _ if is_printable(letter) => shown.push(letter),
            _ => shown.push_str(&escaped(letter)),
        }
    }
    shown.push(quote);
    shown
}

/// As [`quoted`], in ASCII alone.
pub(crate) fn quoted_ascii(shown: &str) -> String {
    let part = |letter: char| if letter.is_ascii() { letter.to_string() } else { escaped(letter) };
    shown.chars().map(part).collect()
}

fn escaped(letter: char) -> String {
    match u32::from(letter) {
        code @ ..=0xff => format!("\\x{code:02x}"),
        code @ ..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// Whether `repr` shows the character as it is.
fn is_printable(letter: char) -> bool {
    if letter.is_ascii() {
        return !letter.is_ascii_control();
    }
    // Rust escapes the same characters, apart from marks at a text's beginning.
    ['a', letter].iter().collect::<String>().escape_debug().nth(1) == Some(letter)
}

fn quoted_bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut shown = format!("b{quote}");
    for byte in bytes {
        match byte {
            b'\\' => shown.push_str("\\\\"),
            b'\n' => shown.push_str("\\n"),
            b'\r' => shown.push_str("\\r"),
            b'\t' => shown.push_str("\\t"),
            _ if char::from(*byte) == quote => {
                shown.push('\\');
                shown.push(quote);
            }
            b' '..=b'~' => shown.push(char::from(*byte)),
            _ => {
                let _ = write!(shown, "\\x{byte:02x}");
            }
        }
    }
    shown.push(quote);
    shown
}
