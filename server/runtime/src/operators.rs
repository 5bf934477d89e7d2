//! Operators with one and two operands.

use std::rc::Rc;

use crate::evaluate::Evaluator;
use crate::failure::{Exception, Outcome, raised, type_error, unsupported};
use crate::items::Items;
use crate::limits::Budget;
use crate::numbers::{Number, integer};
use crate::sets::Side;
use crate::table::Table;
use crate::value::{Class, Value};
use crate::{floats, format, integers, sets};

/// `operator operand`, for signs and `~`.
pub(crate) fn unary(operator: &str, operand: &Value, budget: &Budget) -> Outcome {
    match (operator, Number::of(operand)) {
        ("-", Some(Number::Float(number))) => Ok(Value::float(-number)),
        ("+", Some(Number::Float(number))) => Ok(Value::float(number)),
        ("-" | "+" | "~", Some(Number::Small(_) | Number::Big(_))) => {
            let number = integer(operand).unwrap_or_default();
            budget.allow_bits(number.bits())?;
            Ok(Value::integer(match operator {
                "-" => -number,
                "+" => number,
                _ => !number,
            }))
        }
        _ => Err(type_error(format!("`{operator}` does not take {}", operand.shown_class()))),
    }
}

impl Evaluator<'_> {
    /// `left operator right`
    pub(crate) fn binary(&mut self, operator: &str, left: &Value, right: &Value) -> Outcome {
        if let Some(result) = arithmetic(operator, left, right, &self.budget)? {
            return Ok(result);
        }
        match operator {
            "+" => added(left, right, &self.budget),
            "*" => repeated(left, right, &self.budget),
            "%" if matches!(left, Value::Text(_)) => format::formatted(left, right, &self.budget),
            "%" if matches!(left, Value::Bytes(_)) => Err(unsupported("`%` on bytes")),
            "|" if matches!((left, right), (Value::Dict(_), Value::Dict(_))) => {
                merged(left, right, &self.budget)
            }
            "|" if alternatives(left).is_some() || alternatives(right).is_some() => {
                union(left, right)
            }
            "&" | "|" | "^" | "-" if sets::combines(left, right) => {
                let [one, other] = [self.side(left)?, self.side(right)?];
                let combined = sets::combined(operator, one, other, &self.budget);
                let entries = [left, right].map(|side| side.class() == Class::DictItems);
                if operator == "&" && combined.is_err() && entries.contains(&true) {
                    // Python may get along without making a set of both.
                    return Err(unsupported("`&` with entries that may be no keys"));
                }
                combined
            }
            _ => Err(refused(operator, left, right)),
        }
    }

    fn side(&mut self, value: &Value) -> Outcome<Side> {
        let members = self.all_members(value)?;
        let (is_set, is_view) = (value.class() == Class::Set, matches!(value, Value::View(_)));
        Ok(Side { members, is_set, is_view })
    }
}

fn refused(operator: &str, left: &Value, right: &Value) -> crate::failure::Fault {
    let (left, right) = (left.shown_class(), right.shown_class());
    type_error(format!("`{operator}` does not take {left} and {right}"))
}

/// What the operator makes of two numbers; none where they are no such numbers.
fn arithmetic(
    operator: &str,
    left: &Value,
    right: &Value,
    budget: &Budget,
) -> Outcome<Option<Value>> {
    if let (Value::Bool(left), Value::Bool(right)) = (left, right) {
        match operator {
            "&" => return Ok(Some(Value::Bool(left & right))),
            "|" => return Ok(Some(Value::Bool(left | right))),
            "^" => return Ok(Some(Value::Bool(left ^ right))),
            _ => {}
        }
    }
    let (Some(one), Some(other)) = (Number::of(left), Number::of(right)) else {
        return Ok(None);
    };
    if let (Number::Small(one), Number::Small(other)) = (&one, &other) {
        let small = match operator {
            "+" => one.checked_add(*other),
            "-" => one.checked_sub(*other),
            "*" => one.checked_mul(*other),
            _ => None,
        };
        if let Some(small) = small {
            return Ok(Some(Value::Int(small)));
        }
    }
    let floats = matches!(one, Number::Float(_)) || matches!(other, Number::Float(_));
    match operator {
        "+" | "-" | "*" | "/" | "//" | "%" | "**" if floats => {
            floats::binary(operator, one.to_float()?, other.to_float()?).map(Some)
        }
        "+" | "-" | "*" | "/" | "//" | "%" | "**" | "<<" | ">>" | "&" | "|" | "^" if !floats => {
            let whole = |value: &Value| integer(value).unwrap_or_default();
            integers::binary(operator, &whole(left), &whole(right), budget).map(Some)
        }
        _ => Err(refused(operator, left, right)),
    }
}

fn added(left: &Value, right: &Value, budget: &Budget) -> Outcome {
    match (left, right) {
        (Value::Text(one), Value::Text(other)) => {
            budget.allow_bytes(one.len() + other.len())?;
            Ok(Value::Text([&**one, &**other].concat().into()))
        }
        (Value::Bytes(one), Value::Bytes(other)) => {
            budget.allow_bytes(one.len() + other.len())?;
            Ok(Value::Bytes([&**one, &**other].concat().into()))
        }
        (Value::List(one), Value::List(other)) => joined(one, other, budget).map(Value::List),
        (Value::Tuple(one), Value::Tuple(other)) => joined(one, other, budget).map(Value::Tuple),
        _ => Err(refused("+", left, right)),
    }
}

fn joined(left: &Items, right: &Items, budget: &Budget) -> Outcome<Rc<Items>> {
    budget.allow_items(left.values().len() + right.values().len())?;
    Items::new([left.in_order()?, right.in_order()?].concat(), true, budget)
}

fn repeated(left: &Value, right: &Value, budget: &Budget) -> Outcome {
    let (sequence, count) = match (integer(left), integer(right)) {
        (None, Some(count)) => (left, count),
        (Some(count), None) => (right, count),
        _ => return Err(refused("*", left, right)),
    };
    let length = match sequence {
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(items) | Value::Tuple(items) => items.values().len(),
        _ => return Err(refused("*", left, right)),
    };
    let Ok(count) = i64::try_from(&count) else {
        return Err(raised(Exception::OverflowError, "the count is too large for an index"));
    };
    let count = usize::try_from(count).unwrap_or(0);
    let total = length.saturating_mul(count);
    match sequence {
        Value::Text(text) => {
            budget.allow_bytes(total)?;
            Ok(Value::Text(if total == 0 { "".into() } else { text.repeat(count).into() }))
        }
        Value::Bytes(bytes) => {
            budget.allow_bytes(total)?;
            Ok(Value::Bytes(if total == 0 { [].into() } else { bytes.repeat(count).into() }))
        }
        Value::List(items) | Value::Tuple(items) => {
            budget.allow_items(total)?;
            let once = items.in_order()?;
            let values = once.iter().cycle().take(total).cloned().collect();
            let items = Items::new(values, true, budget)?;
            let list = matches!(sequence, Value::List(_));
            Ok(if list { Value::List(items) } else { Value::Tuple(items) })
        }
        _ => Err(refused("*", left, right)),
    }
}

fn merged(left: &Value, right: &Value, budget: &Budget) -> Outcome {
    let (Value::Dict(one), Value::Dict(other)) = (left, right) else {
        return Err(refused("|", left, right));
    };
    budget.allow_items(one.len() + other.len())?;
    let entries = one.entries().iter().chain(other.entries()).cloned();
    Table::of(entries, budget).map(Value::Dict)
}

/// The classes that a value stands for on one side of `|`.
fn alternatives(value: &Value) -> Option<&[Class]> {
    match value {
        Value::Class(class) => Some(std::slice::from_ref(class)),
        Value::Union(classes) => Some(classes),
        _ => None,
    }
}

/// `int | str`, `int | None`
fn union(left: &Value, right: &Value) -> Outcome {
    let mut classes = Vec::new();
    for side in [left, right] {
        let given = match side {
            Value::None => &[Class::NoneType],
            _ => alternatives(side).ok_or_else(|| refused("|", left, right))?,
        };
        for class in given {
            if !classes.contains(class) {
                classes.push(*class);
            }
        }
    }
    Ok(match classes.as_slice() {
        [only] => Value::Class(*only),
        _ => Value::Union(classes.into()),
    })
}
