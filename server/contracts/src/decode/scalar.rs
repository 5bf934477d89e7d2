//! What the loader makes of a scalar, where a text, a number or a truth value is asked for.
//!
//! Text is strict. Numbers and truth values are lax: some texts and other numbers pass for them.

use syntax::yaml::Value;

use crate::schema::{Pattern, Text};

/// The text, if it is one. Binary data in UTF-8 passes for text.
#[must_use]
pub fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Binary(bytes) => std::str::from_utf8(bytes).ok(),
        value => value.as_text(),
    }
}

/// Whether a text of this meaning may be empty.
#[must_use]
pub fn may_be_empty(text: Text) -> bool {
    match text {
        Text::Word | Text::FieldPath | Text::Defines(_) | Text::Refers(_) => false,
        // An empty expression is refused as an expression, and an empty text of some form for its
        // form, not for being empty.
        Text::Free
        | Text::MayRefer(_)
        | Text::Type
        | Text::Expression
        | Text::Matching(_)
        | Text::Coins(..)
        | Text::Mentions(_)
        | Text::Moment => true,
    }
}

/// The number, or what passes for one: a truth value, or text that reads as a number.
#[must_use]
pub fn number(value: &Value) -> Option<f64> {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "the loader rounds in the same way")]
        Value::Int(number) => Some(*number as f64),
        Value::BigInt(digits) => digits.parse().ok().filter(|number: &f64| number.is_finite()),
        Value::Float(number) => Some(*number),
        Value::Bool(truth) => Some(f64::from(u8::from(*truth))),
        Value::Text(_) | Value::Prose(_) | Value::Binary(_) => number_in(text(value)?),
        Value::Null | Value::Timestamp(_) | Value::Merge => None,
    }
}

fn number_in(text: &str) -> Option<f64> {
    if let Ok(number) = text.trim().parse() {
        return Some(number);
    }
    let grouped = !text.starts_with('_') && !text.ends_with('_') && !text.contains("__");
    grouped.then(|| text.replace('_', "").trim().parse().ok()).flatten()
}

/// The number, if it is one without any reading between the lines.
#[must_use]
pub fn exact_number(value: &Value) -> Option<f64> {
    matches!(value, Value::Int(_) | Value::BigInt(_) | Value::Float(_))
        .then(|| number(value))
        .flatten()
}

/// The truth value, or what passes for one: 0, 1 and a few words.
#[must_use]
pub fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::Int(0) => Some(false),
        Value::Int(1) => Some(true),
        Value::Float(number) if *number == 0.0 => Some(false),
        #[expect(clippy::float_cmp, reason = "exactly one is meant")]
        Value::Float(number) if *number == 1.0 => Some(true),
        Value::Text(_) | Value::Binary(_) => match text(value)?.to_ascii_lowercase().as_str() {
            "0" | "off" | "f" | "false" | "n" | "no" => Some(false),
            "1" | "on" | "t" | "true" | "y" | "yes" => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// A day, or a day and a time, or a count of seconds.
pub(crate) static MOMENT: Pattern = Pattern::new(
    "a date such as `2026-01-31` or a time such as `2026-01-31T10:00:00Z`",
    concat!(
        r"^\s*[+-]?[0-9]+(\.[0-9]+)?\s*$|^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}",
        r"([Tt _][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?\s*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?)?\s*$",
    ),
);

/// Whether it passes for a date or a time without being text.
#[must_use]
pub fn is_moment(value: &Value) -> bool {
    matches!(value, Value::Timestamp(_) | Value::Int(_) | Value::Float(_))
}
