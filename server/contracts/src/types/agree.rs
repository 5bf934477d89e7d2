//! Whether types, and a type and a value, can go together.

use super::Type;
use super::names::{Family, family};
use crate::value::Value;

/// Whether certainly no value is of both types.
pub(super) fn conflict(left: &Type, right: &Type) -> bool {
    let overlap = left
        .alternatives()
        .iter()
        .any(|one| right.alternatives().iter().any(|other| !single_conflict(one, other)));
    !overlap
}

fn single_conflict(left: &Type, right: &Type) -> bool {
    match (left, right) {
        (Type::Literal(values), other) | (other, Type::Literal(values)) => {
            !values.iter().any(|value| is_of(other, value))
        }
        (Type::None, Type::Class(name, _)) | (Type::Class(name, _), Type::None) => {
            !matches!(family(*name), Family::Open | Family::Foreign)
        }
        (Type::Class(name, inner), Type::Class(other, other_inner)) => {
            let families = (family(*name), family(*other));
            !families.0.overlaps(families.1) || arguments_conflict(families, inner, other_inner)
        }
        // Any meets everything, and None meets None; unions were taken apart before.
        _ => false,
    }
}

/// Whether what the collections hold tells them apart. That an empty list is of both types is no
/// comfort to a consumer that expects names and is sent numbers.
fn arguments_conflict(families: (Family, Family), left: &[Type], right: &[Type]) -> bool {
    let depth = |family: Family| match family {
        Family::Dict | Family::AnyMapping => Some(2),
        Family::List | Family::Set | Family::AnySequence | Family::AnySet | Family::AnyIterable => {
            Some(1)
        }
        _ => None,
    };
    let counted = depth(families.0).filter(|count| {
        depth(families.1) == Some(*count) && left.len() == *count && right.len() == *count
    });
    counted.is_some() && left.iter().zip(right).any(|(one, other)| conflict(one, other))
}

/// Whether a default of `value` fits `wanted`.
pub(super) fn accepts(wanted: &Type, value: &Value) -> bool {
    *value == Value::Null || wanted.alternatives().iter().any(|single| is_of(single, value))
}

fn is_of(wanted: &Type, value: &Value) -> bool {
    match wanted {
        Type::Any => true,
        Type::None => matches!(value, Value::Null | Value::Other(_)),
        Type::Literal(values) => matches!(value, Value::Other(_)) || values.contains(value),
        Type::Union(members) => members.iter().any(|member| is_of(member, value)),
        Type::Class(name, arguments) => is_of_class(family(*name), arguments, value),
    }
}

fn is_of_class(family: Family, arguments: &[Type], value: &Value) -> bool {
    use Family::*;
    match value {
        _ if matches!(family, Open | Foreign) => true,
        Value::Other(_) => true,
        Value::Null => false,
        Value::Bool(_) => matches!(family, Bool | Int | Number),
        Value::Int(_) => matches!(family, Int | Number),
        Value::Float(_) => family == Number,
        // YAML has no form of its own for paths, ids and times.
        Value::Text(_) => matches!(
            family,
            Text | Path | Uuid | Date | Time | Duration | AnySequence | AnyIterable
        ),
        // Nor for tuples and sets.
        Value::List(items) => {
            let one_item_type = match family {
                List | Set | AnySequence | AnySet | AnyIterable => arguments.first(),
                Tuple => None,
                _ => return false,
            };
            one_item_type.is_none_or(|wanted| items.iter().all(|item| is_of(wanted, item)))
        }
        Value::Map(entries) => match (family, arguments) {
            (Dict | AnyMapping, [key, held]) => {
                entries.iter().all(|(name, value)| is_of(key, name) && is_of(held, value))
            }
            (Dict | AnyMapping | AnyIterable, _) => true,
            _ => false,
        },
    }
}
