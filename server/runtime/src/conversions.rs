//! `str`, `int`, `float` and `bool` as functions.

use std::rc::Rc;

use num_bigint::ToBigInt;

use crate::calls::{Arguments, empty};
use crate::failure::{Exception, Outcome, raised, type_error, unsupported, value_error};
use crate::limits::Budget;
use crate::numbers::{Number, clamped, integer};
use crate::representation::as_text;
use crate::value::{Class, Value};
use crate::{floats, integers};

/// What calling a class makes.
pub(crate) fn made(class: Class, arguments: Arguments, budget: &Budget) -> Outcome {
    let Some(nothing) = empty(class) else {
        return Err(unsupported(format!("calling `{}`", class.name())));
    };
    if class == Class::Str {
        return text(arguments, budget);
    }
    if class == Class::Int {
        return whole(arguments, budget);
    }
    let arguments = arguments.plain(0, 1)?;
    let Some(value) = arguments.first() else {
        return Ok(nothing);
    };
    match class {
        Class::Bool => Ok(Value::Bool(value.is_true())),
        _ => float(value, budget),
    }
}

fn text(arguments: Arguments, budget: &Budget) -> Outcome {
    let Arguments { by_place, by_keyword } = arguments;
    let encoded = by_keyword.iter().any(|(name, _)| matches!(&**name, "encoding" | "errors"));
    let known = |name: &str| matches!(name, "object" | "encoding" | "errors");
    let twice = !by_place.is_empty() && by_keyword.iter().any(|(name, _)| &**name == "object");
    if by_place.len() + by_keyword.len() > 3
        || twice
        || by_keyword.iter().any(|(name, _)| !known(name))
    {
        return Err(type_error("`str` takes no such arguments"));
    }
    if by_place.len() > 1 || encoded {
        return Err(match by_place.first() {
            Some(Value::Bytes(_)) | None => unsupported("decoding of bytes"),
            Some(other) => {
                type_error(format!("decoding takes bytes, and no {}", other.shown_class()))
            }
        });
    }
    match by_place.into_iter().chain(by_keyword.into_iter().map(|(_, value)| value)).next() {
        Some(Value::Text(text)) => Ok(Value::Text(text)),
        Some(value) => as_text(&value, budget).map(|text| Value::Text(text.into())),
        None => Ok(Value::text("")),
    }
}

fn whole(arguments: Arguments, budget: &Budget) -> Outcome {
    let Arguments { mut by_place, by_keyword } = arguments;
    for (keyword, value) in by_keyword {
        if &*keyword != "base" || by_place.len() > 1 {
            return Err(type_error(format!("`int` takes no argument `{keyword}`")));
        }
        if by_place.is_empty() {
            return Err(type_error("`int` needs a text beside the base"));
        }
        by_place.push(value);
    }
    match by_place.as_slice() {
        [] => Ok(Value::Int(0)),
        [value] => whole_of(value, budget),
        [text, base] => {
            let Some(base) = clamped(base) else {
                return Err(type_error("the base is an integer"));
            };
            if base != 0 && !(2..=36).contains(&base) {
                return Err(value_error("the base is 0, or lies between 2 and 36"));
            }
            let digits = match text {
                Value::Text(text) => text.clone(),
                Value::Bytes(bytes) => ascii(bytes)?,
                _ => return Err(type_error("with a base, `int` takes text")),
            };
            read(&digits, u32::try_from(base).unwrap_or(10), budget)
        }
        _ => Err(type_error("`int` takes two arguments at most")),
    }
}

fn whole_of(value: &Value, budget: &Budget) -> Outcome {
    match value {
        Value::Text(text) => read(text, 10, budget),
        Value::Bytes(bytes) => read(&ascii(bytes)?, 10, budget),
        Value::Float(number) => truncated(**number).map(Value::integer),
        _ => match integer(value) {
            Some(whole) => Ok(Value::integer(whole)),
            None => Err(type_error(format!("`int` does not take {}", value.shown_class()))),
        },
    }
}

/// The integer next to `number` on the side of zero.
pub(crate) fn truncated(number: f64) -> Outcome<num_bigint::BigInt> {
    match number.to_bigint() {
        Some(whole) => Ok(whole),
        None if number.is_nan() => Err(value_error("not-a-number is no integer")),
        None => Err(raised(Exception::OverflowError, "infinity is no integer")),
    }
}

fn read(text: &str, base: u32, budget: &Budget) -> Outcome {
    match integers::parsed(text, base, budget)? {
        Some(number) => Ok(Value::integer(number)),
        None => Err(unreadable(text, "int")),
    }
}

fn float(value: &Value, budget: &Budget) -> Outcome {
    let text = match value {
        Value::Float(number) => return Ok(Value::Float(number.clone())),
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => ascii(bytes)?,
        _ => {
            return match Number::of(value) {
                Some(number) => number.to_float().map(Value::float),
                None => Err(type_error(format!("`float` does not take {}", value.shown_class()))),
            };
        }
    };
    budget.spend_bytes(text.len() * 4)?;
    floats::parsed(&text).map(Value::float).ok_or_else(|| unreadable(&text, "float"))
}

/// The fault of a text that is no number, unless its digits are ones of another script.
fn unreadable(text: &str, class: &str) -> crate::failure::Fault {
    if text.chars().any(|letter| !letter.is_ascii() && letter.is_numeric()) {
        return unsupported("digits beyond ASCII");
    }
    value_error(format!("the text is no `{class}`"))
}

/// Bytes as text; what is not ASCII is in no number.
fn ascii(bytes: &[u8]) -> Outcome<Rc<str>> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Ok(text.into()),
        _ => Err(value_error("the bytes are no number")),
    }
}
