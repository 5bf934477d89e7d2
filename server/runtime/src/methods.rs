//! The methods of dicts, texts and bytes that may be called.

use std::rc::Rc;

use crate::calls::Arguments;
use crate::failure::{Outcome, type_error};
use crate::limits::Budget;
use crate::numbers::clamped;
use crate::table::Table;
use crate::value::{Value, View, ViewKind};

/// The methods of dicts, and those of texts and bytes.
const OF_DICTS: [&str; 4] = ["get", "keys", "values", "items"];
const OF_TEXTS: [&str; 5] = ["startswith", "endswith", "lower", "upper", "strip"];

/// The method called `name`, if `value` has it and it may be called.
pub(crate) fn of(value: &Value, name: &str) -> Option<&'static str> {
    let names: &[&'static str] = match value {
        Value::Dict(_) => &OF_DICTS,
        Value::Text(_) | Value::Bytes(_) => &OF_TEXTS,
        _ => &[],
    };
    names.iter().find(|known| **known == name).copied()
}

/// `value.name(arguments)`
pub(crate) fn call(value: &Value, name: &str, arguments: Arguments, budget: &Budget) -> Outcome {
    match (value, name) {
        (Value::Dict(table), "get") => {
            let arguments = arguments.plain(1, 2)?;
            let found = table.get(&arguments[0], budget)?.cloned();
            Ok(found.or_else(|| arguments.get(1).cloned()).unwrap_or(Value::None))
        }
        (Value::Dict(table), _) => {
            arguments.plain(0, 0)?;
            Ok(view(table, name))
        }
        (_, "startswith" | "endswith") => affix(value, name, &arguments.plain(1, 3)?, budget),
        (_, "strip") => strip(value, &arguments.plain(0, 1)?, budget),
        _ => {
            arguments.plain(0, 0)?;
            cased(value, name, budget)
        }
    }
}

fn view(table: &Rc<Table>, name: &str) -> Value {
    let kind = match name {
        "keys" => ViewKind::Keys,
        "values" => ViewKind::Values,
        _ => ViewKind::Items,
    };
    Value::View(Rc::new(View { of: table.clone(), kind }))
}

fn cased(value: &Value, name: &str, budget: &Budget) -> Outcome {
    let lower = name == "lower";
    match value {
        Value::Text(text) => {
            // One letter may become three.
            budget.allow_bytes(text.len() * 3)?;
            let cased = if lower { text.to_lowercase() } else { text.to_uppercase() };
            Ok(Value::Text(cased.into()))
        }
        Value::Bytes(bytes) => {
            budget.allow_bytes(bytes.len())?;
            let cased = if lower { bytes.to_ascii_lowercase() } else { bytes.to_ascii_uppercase() };
            Ok(Value::Bytes(cased.into()))
        }
        _ => Err(type_error(format!("{} has no letters", value.shown_class()))),
    }
}

/// What Python's `str.strip` takes for space.
pub(crate) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || ('\x1c'..='\x1f').contains(&letter)
}

fn strip(value: &Value, arguments: &[Value], budget: &Budget) -> Outcome {
    let refused = |given: &Value| {
        type_error(format!(
            "`strip` of {} does not take {}",
            value.shown_class(),
            given.shown_class()
        ))
    };
    match value {
        Value::Text(text) => {
            let stripped = match arguments.first() {
                None | Some(Value::None) => text.trim_matches(is_space),
                Some(Value::Text(letters)) => {
                    budget.spend(text.len() as u64 * (1 + letters.len() as u64 / 64))?;
                    text.trim_matches(|letter| letters.contains(letter))
                }
                Some(other) => return Err(refused(other)),
            };
            budget.allow_bytes(text.len())?;
            Ok(Value::text(stripped))
        }
        Value::Bytes(bytes) => {
            let out: &[u8] = match arguments.first() {
                None | Some(Value::None) => b" \t\n\r\x0b\x0c",
                Some(Value::Bytes(letters)) => letters,
                Some(other) => return Err(refused(other)),
            };
            budget.spend(bytes.len() as u64 * (1 + out.len() as u64 / 64))?;
            let kept = |byte: &u8| !out.contains(byte);
            let start = bytes.iter().position(kept).unwrap_or(bytes.len());
            let end = bytes.iter().rposition(kept).map_or(start, |last| last + 1);
            Ok(Value::Bytes(bytes[start..end].into()))
        }
        _ => Err(type_error(format!("{} has no ends", value.shown_class()))),
    }
}

/// `value.startswith(affix, start, end)` and `endswith`.
fn affix(value: &Value, name: &str, arguments: &[Value], budget: &Budget) -> Outcome {
    let length = match value {
        Value::Text(text) => {
            budget.spend_bytes(text.len())?;
            text.chars().count()
        }
        Value::Bytes(bytes) => bytes.len(),
        _ => return Err(type_error(format!("{} has no ends", value.shown_class()))),
    };
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let bound = |value: Option<&Value>, otherwise: i64| match value {
        None | Some(Value::None) => Ok(otherwise),
        Some(given) => clamped(given).ok_or_else(|| type_error("a place is an integer or `None`")),
    };
    let (start, end) = (bound(arguments.get(1), 0)?, bound(arguments.get(2), length)?);
    let from_end =
        |place: i64| (if place < 0 { place.saturating_add(length) } else { place }).max(0);
    let (start, end) = (from_end(start), from_end(end).min(length));
    let affixes = match &arguments[0] {
        Value::Tuple(many) => many.in_order()?,
        one => std::slice::from_ref(one),
    };
    // Behind the end there is nothing, not even an empty text.
    let part = (start <= end).then(|| part(value, start, end));
    for affix in affixes {
        if has_affix(value, part.as_deref(), name, affix, budget)? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

/// The bytes between two places.
fn part(value: &Value, start: i64, end: i64) -> Vec<u8> {
    let [start, end] = [start, end].map(|place| usize::try_from(place).unwrap_or(0));
    match value {
        Value::Text(text) => text.chars().take(end).skip(start).collect::<String>().into_bytes(),
        Value::Bytes(bytes) => bytes[start..end].to_vec(),
        _ => Vec::new(),
    }
}

fn has_affix(
    value: &Value,
    part: Option<&[u8]>,
    name: &str,
    affix: &Value,
    budget: &Budget,
) -> Outcome<bool> {
    let affix: &[u8] = match (value, affix) {
        (Value::Text(_), Value::Text(affix)) => affix.as_bytes(),
        (Value::Bytes(_), Value::Bytes(affix)) => affix,
        _ => {
            let (value, affix) = (value.shown_class(), affix.shown_class());
            return Err(type_error(format!("`{name}` of {value} does not take {affix}")));
        }
    };
    budget.spend_bytes(affix.len())?;
    Ok(part.is_some_and(|part| match name {
        "startswith" => part.starts_with(affix),
        _ => part.ends_with(affix),
    }))
}
