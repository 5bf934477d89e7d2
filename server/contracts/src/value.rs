//! Values as contracts and code write them: defaults, allowed values, literals.
//!
//! There are two questions: whether two values are the same ([`PartialEq`]), and whether Python's
//! `==` holds between them ([`Value::equals`]).

use std::cmp::Ordering;

use text::name::Name;

mod from_expr;
mod from_yaml;
mod show;
mod to_json;
mod to_yaml;

/// A value without behaviour.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, `None`.
    Null,
    /// A truth value.
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// Text.
    Text(Name),
    /// A list.
    List(Vec<Value>),
    /// A mapping, in the order written.
    Map(Vec<(Value, Value)>),
    /// Anything else, by its text: a date, a larger integer, a tuple, bytes, what was over budget.
    Other(Name),
}

impl Value {
    /// Whether Python's `==` holds: `1 == 1.0 == True`, and mappings in any order. Not-a-number
    /// equals itself.
    #[must_use]
    pub fn equals(&self, other: &Value) -> bool {
        self.order(other) == Ordering::Equal
    }

    /// An order of all values in which numbers, texts and lists stand as Python orders them.
    #[must_use]
    pub fn order(&self, other: &Value) -> Ordering {
        AsPython(self).cmp(&AsPython(other))
    }

    /// Whether a chain counts a field with this value as degraded: `None`, `""`, `"unknown"`, `[]`
    /// or `{}`. Neither `0` nor `False` does.
    #[must_use]
    pub fn is_sentinel(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Text(text) => matches!(text.as_str(), "" | "unknown"),
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
            _ => false,
        }
    }

    /// The values that [`Value::is_sentinel`] holds for.
    #[must_use]
    pub fn sentinels() -> [Value; 5] {
        [
            Value::Null,
            Value::Text(Name::new("")),
            Value::Text(Name::new("unknown")),
            Value::List(Vec::new()),
            Value::Map(Vec::new()),
        ]
    }

    /// Whether Python's `bool(value)` is false; of [`Value::Other`] that is not known.
    #[must_use]
    pub fn is_falsy(&self) -> Option<bool> {
        Some(match self {
            Value::Null => true,
            Value::Bool(truth) => !truth,
            Value::Int(number) => *number == 0,
            Value::Float(number) => *number == 0.0,
            Value::Text(text) => text.as_str().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
            Value::Other(_) => return None,
        })
    }

    /// What the value is in the words of a message: `text`, `a list`, ...
    #[must_use]
    pub fn noun(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a bool",
            Value::Int(_) => "an int",
            Value::Float(_) => "a float",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
            Value::Other(_) => "another value",
        }
    }
}

/// Values are the same where they are written with the same meaning: `1` is not `true`, whatever
/// Python's `==` says; [`Value::equals`] is that. Facts are compared so, and no change is missed.
impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::Int(left), Value::Int(right)) => left == right,
            // By bits, so that not-a-number is the same as itself.
            (Value::Float(left), Value::Float(right)) => left.to_bits() == right.to_bits(),
            (Value::Text(left), Value::Text(right)) | (Value::Other(left), Value::Other(right)) => {
                left == right
            }
            (Value::List(left), Value::List(right)) => left == right,
            (Value::Map(left), Value::Map(right)) => left == right,
            _ => false,
        }
    }
}

impl Eq for Value {}

/// An order in which Python's equal values are equal.
#[derive(Clone, Copy, Debug)]
struct AsPython<'a>(&'a Value);

impl PartialEq for AsPython<'_> {
    fn eq(&self, other: &AsPython<'_>) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for AsPython<'_> {}

impl PartialOrd for AsPython<'_> {
    fn partial_cmp(&self, other: &AsPython<'_>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AsPython<'_> {
    fn cmp(&self, other: &AsPython<'_>) -> Ordering {
        match (self.0, other.0) {
            (Value::Text(left), Value::Text(right)) | (Value::Other(left), Value::Other(right)) => {
                left.cmp(right)
            }
            (Value::List(left), Value::List(right)) => {
                left.iter().map(AsPython).cmp(right.iter().map(AsPython))
            }
            (Value::Map(left), Value::Map(right)) => ordered(left).cmp(&ordered(right)),
            (left, right) => match (number(left), number(right)) {
                (Some(left), Some(right)) => left.cmp(right),
                _ => rank(left).cmp(&rank(right)),
            },
        }
    }
}

/// Groups that never equal one another; all numbers are one.
fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => 1,
        Value::Text(_) => 2,
        Value::List(_) => 3,
        Value::Map(_) => 4,
        Value::Other(_) => 5,
    }
}

/// A number in the one form that equal numbers share: whole ones are integers, if 64 bits hold them.
#[derive(Clone, Copy)]
enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    fn cmp(self, other: Number) -> Ordering {
        match (self, other) {
            (Number::Int(left), Number::Int(right)) => left.cmp(&right),
            (Number::Float(left), Number::Float(right)) => left.total_cmp(&right),
            (Number::Int(left), Number::Float(right)) => whole_to_float(left, right),
            (Number::Float(left), Number::Int(right)) => whole_to_float(right, left).reverse(),
        }
    }
}

/// Compares exactly: rounding the integer to a float could make different numbers equal. A float
/// that is left in this form has a fraction, lies beyond 64 bits, or is not a number.
fn whole_to_float(integer: i64, float: f64) -> Ordering {
    if float.is_nan() || float >= TWO_TO_63 {
        return Ordering::Less;
    }
    if float < -TWO_TO_63 {
        return Ordering::Greater;
    }
    // Its floor fits; equality of the floors leaves the fraction to decide.
    integer.cmp(&truncated(float.floor())).then(Ordering::Less)
}

const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

#[expect(clippy::cast_possible_truncation, reason = "callers pass whole numbers within 64 bits")]
fn truncated(whole: f64) -> i64 {
    whole as i64
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Bool(truth) => Some(Number::Int(i64::from(*truth))),
        Value::Int(integer) => Some(Number::Int(*integer)),
        Value::Float(float) => Some(normal(*float)),
        _ => None,
    }
}

fn normal(float: f64) -> Number {
    if float.is_nan() {
        Number::Float(f64::NAN)
    } else if float.fract() == 0.0 && (-TWO_TO_63..TWO_TO_63).contains(&float) {
        Number::Int(truncated(float))
    } else {
        Number::Float(float)
    }
}

fn ordered(entries: &[(Value, Value)]) -> Vec<(AsPython<'_>, AsPython<'_>)> {
    let mut sorted: Vec<_> =
        entries.iter().map(|(key, value)| (AsPython(key), AsPython(value))).collect();
    sorted.sort();
    sorted
}

/// Adds an entry as Python's `dict` does: an equal key keeps its place and takes the new value.
fn put(entries: &mut Vec<(Value, Value)>, key: Value, value: Value) {
    match entries.iter_mut().find(|(known, _)| known.equals(&key)) {
        Some((_, held)) => *held = value,
        None => entries.push((key, value)),
    }
}

#[cfg(test)]
mod tests;
