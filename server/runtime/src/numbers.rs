//! Numbers of every kind: what they have in common, and how they are compared.

use std::cmp::Ordering;

use num_bigint::{BigInt, ToBigInt};
use num_traits::ToPrimitive;

use crate::failure::{Exception, Outcome, raised};
use crate::value::Value;

/// A number taken out of its value; a bool is an integer.
#[derive(Clone, Debug)]
pub(crate) enum Number {
    Small(i64),
    Big(BigInt),
    Float(f64),
}

impl Number {
    /// The number that `value` is, if it is one.
    pub(crate) fn of(value: &Value) -> Option<Number> {
        Some(match value {
            Value::Bool(truth) => Number::Small(i64::from(*truth)),
            Value::Int(number) => Number::Small(*number),
            Value::Big(number) => Number::Big((**number).clone()),
            Value::Float(number) => Number::Float(**number),
            _ => return None,
        })
    }

    /// As a float, rounded once.
    pub(crate) fn to_float(&self) -> Outcome<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "Python rounds as well")]
            Number::Small(number) => Ok(*number as f64),
            Number::Big(number) => match number.to_f64() {
                Some(float) if float.is_finite() => Ok(float),
                _ => Err(raised(Exception::OverflowError, "the integer is too large for a float")),
            },
            Number::Float(number) => Ok(*number),
        }
    }
}

/// The integer that `value` is, bools included.
pub(crate) fn integer(value: &Value) -> Option<BigInt> {
    match value {
        Value::Bool(truth) => Some(BigInt::from(u8::from(*truth))),
        Value::Int(number) => Some(BigInt::from(*number)),
        Value::Big(number) => Some((**number).clone()),
        _ => None,
    }
}

/// The integer that `value` is, bools included; the nearest that there is if it is larger.
pub(crate) fn clamped(value: &Value) -> Option<i64> {
    match value {
        Value::Bool(truth) => Some(i64::from(*truth)),
        Value::Int(number) => Some(*number),
        Value::Big(number) if number.sign() == num_bigint::Sign::Minus => Some(i64::MIN),
        Value::Big(_) => Some(i64::MAX),
        _ => None,
    }
}

/// How two numbers compare; not at all if one is no number, or not-a-number.
pub(crate) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => return Some(left.cmp(right)),
        (Value::Big(left), Value::Big(right)) => return Some(left.cmp(right)),
        _ => {}
    }
    match (Number::of(left)?, Number::of(right)?) {
        (Number::Float(left), Number::Float(right)) => left.partial_cmp(&right),
        (Number::Float(left), _) => {
            integer_and_float(&integer(right)?, left).map(Ordering::reverse)
        }
        (_, Number::Float(right)) => integer_and_float(&integer(left)?, right),
        _ => Some(integer(left)?.cmp(&integer(right)?)),
    }
}

/// Compares exactly: rounding the integer could make different numbers equal.
fn integer_and_float(integer: &BigInt, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    if float.is_infinite() {
        return Some(if float > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let floor = float.floor();
    let order = integer.cmp(&floor.to_bigint()?);
    Some(order.then(if floor < float { Ordering::Less } else { Ordering::Equal }))
}
