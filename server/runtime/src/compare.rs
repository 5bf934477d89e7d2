//! `==`, `<`, `is` and `in`.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::failure::{Outcome, type_error, unsupported, value_error};
use crate::items::{Items, no_order};
use crate::limits::Budget;
use crate::numbers::{clamped, order};
use crate::sets::Members;
use crate::value::{Value, ViewKind};

/// What containers ask of their items: one object, or equal.
pub(crate) fn same_or_equal(left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    Ok(is_one_object(left, right) || equal(left, right, budget)?)
}

/// Whether both are certainly one object.
fn is_one_object(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Float(left), Value::Float(right)) => Rc::ptr_eq(left, right),
        (Value::Text(left), Value::Text(right)) => Rc::ptr_eq(left, right),
        (Value::Bytes(left), Value::Bytes(right)) => Rc::ptr_eq(left, right),
        (Value::List(left), Value::List(right)) | (Value::Tuple(left), Value::Tuple(right)) => {
            Rc::ptr_eq(left, right)
        }
        (Value::Set(left), Value::Set(right)) | (Value::Dict(left), Value::Dict(right)) => {
            Rc::ptr_eq(left, right)
        }
        (Value::View(left), Value::View(right)) => Rc::ptr_eq(left, right),
        (Value::Method(left), Value::Method(right)) => Rc::ptr_eq(left, right),
        (Value::Big(left), Value::Big(right)) => Rc::ptr_eq(left, right),
        // The small integers that there is one object for each of.
        (Value::Int(left), Value::Int(right)) => left == right && (-5..=256).contains(left),
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Class(left), Value::Class(right)) => left == right,
        (Value::Builtin(left), Value::Builtin(right)) => left == right,
        (Value::Function(left), Value::Function(right))
        | (Value::Generator(left), Value::Generator(right)) => left == right,
        (Value::None, Value::None) | (Value::Ellipsis, Value::Ellipsis) => true,
        _ => false,
    }
}

/// `left is right`, where Python's way of making objects leaves no doubt.
pub(crate) fn is_same(left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    if is_one_object(left, right) {
        return Ok(true);
    }
    let doubtful = match (left, right) {
        (Value::Float(left), Value::Float(right)) => {
            left.to_bits() == right.to_bits() || (left.is_nan() && right.is_nan())
        }
        (Value::Text(left), Value::Text(right)) if left.is_empty() && right.is_empty() => {
            return Ok(true);
        }
        (Value::Bytes(left), Value::Bytes(right)) if left.is_empty() && right.is_empty() => {
            return Ok(true);
        }
        (Value::Tuple(left), Value::Tuple(right))
            if left.values().is_empty() && right.values().is_empty() =>
        {
            return Ok(true);
        }
        (Value::Int(_), Value::Int(_))
        | (Value::Big(_), Value::Big(_))
        | (Value::Text(_), Value::Text(_))
        | (Value::Bytes(_), Value::Bytes(_))
        | (Value::Tuple(_), Value::Tuple(_))
        | (Value::Union(_), Value::Union(_)) => equal(left, right, budget)?,
        _ => false,
    };
    if doubtful {
        return Err(unsupported("whether two equal values are one object is Python's own affair"));
    }
    Ok(false)
}

/// `left == right`
pub(crate) fn equal(left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    budget.spend(1)?;
    Ok(match (left, right) {
        (Value::Text(left), Value::Text(right)) => {
            budget.spend_bytes(left.len().min(right.len()))?;
            left == right
        }
        (Value::Bytes(left), Value::Bytes(right)) => {
            budget.spend_bytes(left.len().min(right.len()))?;
            left == right
        }
        (Value::List(left), Value::List(right)) | (Value::Tuple(left), Value::Tuple(right)) => {
            equal_items(left, right, budget)?
        }
        (Value::Dict(left), Value::Dict(right)) => {
            if left.len() != right.len() {
                return Ok(false);
            }
            for (key, value) in left.entries() {
                match right.get(key, budget)? {
                    Some(other) if same_or_equal(value, other, budget)? => {}
                    _ => return Ok(false),
                }
            }
            true
        }
        (Value::Union(left), Value::Union(right)) => {
            left.len() == right.len() && left.iter().all(|class| right.contains(class))
        }
        (Value::Method(left), Value::Method(right)) if !Rc::ptr_eq(left, right) => {
            return Err(unsupported("comparing methods"));
        }
        _ => match (Members::of(left), Members::of(right)) {
            (Some(left), Some(right)) => left.len() == right.len() && left.is_in(right, budget)?,
            _ => is_one_object_by_equality(left, right),
        },
    })
}

/// Numbers by their value, and all else by being one object.
fn is_one_object_by_equality(left: &Value, right: &Value) -> bool {
    match order(left, right) {
        Some(order) => order == Ordering::Equal,
        None if matches!(left, Value::Float(_)) => false,
        None => is_one_object(left, right),
    }
}

fn equal_items(left: &Items, right: &Items, budget: &Budget) -> Outcome<bool> {
    if left.values().len() != right.values().len() {
        return Ok(false);
    }
    if !left.is_ordered() || !right.is_ordered() {
        return equal_in_some_order(left.values(), right.values(), budget);
    }
    for (one, other) in left.values().iter().zip(right.values()) {
        if !same_or_equal(one, other, budget)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether lists of one length are equal where the order of one is not known: they are not if one
/// holds what the other lacks, they are if nothing differs at all, and else nobody knows.
fn equal_in_some_order(left: &[Value], right: &[Value], budget: &Budget) -> Outcome<bool> {
    let mut left_over: Vec<&Value> = right.iter().collect();
    for item in left {
        let mut found = None;
        for (place, other) in left_over.iter().enumerate() {
            if same_or_equal(item, other, budget)? {
                found = Some(place);
                break;
            }
        }
        match found {
            Some(place) => left_over.swap_remove(place),
            None => return Ok(false),
        };
    }
    for item in left.iter().skip(1) {
        if !same_or_equal(&left[0], item, budget)? {
            return Err(no_order());
        }
    }
    Ok(true)
}

/// `left < right` and its kin.
pub(crate) fn ordered(
    left: &Value,
    operator: &str,
    right: &Value,
    budget: &Budget,
) -> Outcome<bool> {
    budget.spend(1)?;
    let holds = |order: Ordering| match operator {
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        _ => order.is_ge(),
    };
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => {
            budget.spend_bytes(left.len().min(right.len()))?;
            return Ok(holds(left.cmp(right)));
        }
        (Value::Bytes(left), Value::Bytes(right)) => {
            budget.spend_bytes(left.len().min(right.len()))?;
            return Ok(holds(left.cmp(right)));
        }
        (Value::List(left), Value::List(right)) | (Value::Tuple(left), Value::Tuple(right)) => {
            let (left, right) = (left.in_order()?, right.in_order()?);
            for (one, other) in left.iter().zip(right) {
                if !same_or_equal(one, other, budget)? {
                    return ordered(one, operator, other, budget);
                }
            }
            return Ok(holds(left.len().cmp(&right.len())));
        }
        _ => {}
    }
    if let (Some(left), Some(right)) = (Members::of(left), Members::of(right)) {
        return match operator {
            "<" => Ok(left.len() < right.len() && left.is_in(right, budget)?),
            "<=" => Ok(left.len() <= right.len() && left.is_in(right, budget)?),
            ">" => Ok(right.len() < left.len() && right.is_in(left, budget)?),
            _ => Ok(right.len() <= left.len() && right.is_in(left, budget)?),
        };
    }
    let numbers = [left, right].map(|value| {
        matches!(value, Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_))
    });
    if numbers == [true, true] {
        return Ok(order(left, right).is_some_and(holds));
    }
    let (left, right) = (left.shown_class(), right.shown_class());
    Err(type_error(format!("`{operator}` does not order {left} and {right}")))
}

/// `item in container`, for all but generators.
pub(crate) fn contains(container: &Value, item: &Value, budget: &Budget) -> Outcome<bool> {
    match container {
        Value::Text(whole) => {
            let Value::Text(part) = item else {
                let class = item.shown_class();
                return Err(type_error(format!("a text holds texts alone, and no {class}")));
            };
            budget.spend_bytes(whole.len() + part.len())?;
            Ok(whole.contains(&**part))
        }
        Value::Bytes(whole) => bytes_contain(whole, item, budget),
        Value::List(items) | Value::Tuple(items) => {
            for held in items.values() {
                if same_or_equal(held, item, budget)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        // No set can be in a set here, and asking is no error.
        Value::Set(_) if matches!(item, Value::Set(_)) => Ok(false),
        Value::Set(table) | Value::Dict(table) => table.has(item, budget),
        Value::View(view) if view.kind == ViewKind::Values => {
            for (_, held) in view.of.entries() {
                if same_or_equal(held, item, budget)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::View(_) => match Members::of(container) {
            Some(members) => members.has(item, budget),
            None => Ok(false),
        },
        _ => Err(type_error(format!("{} holds no items", container.shown_class()))),
    }
}

fn bytes_contain(whole: &[u8], item: &Value, budget: &Budget) -> Outcome<bool> {
    budget.spend_bytes(whole.len())?;
    if let Value::Bytes(part) = item {
        budget.spend(whole.len() as u64 * part.len() as u64 / 16)?;
        return Ok(part.is_empty() || whole.windows(part.len()).any(|window| window == &**part));
    }
    let Some(number) = clamped(item) else {
        let class = item.shown_class();
        return Err(type_error(format!("bytes hold integers and bytes, and no {class}")));
    };
    match u8::try_from(number) {
        Ok(byte) => Ok(whole.contains(&byte)),
        Err(_) => Err(value_error("a byte lies between 0 and 255")),
    }
}
