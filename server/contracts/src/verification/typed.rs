//! What the types of fields say about the parts of an expression.
//!
//! Types that are not known, or whose values may behave in ways of their own, say nothing.

use syntax::expr::{Argument, Brackets, Constant, Expr, Kind};
use text::name::Name;

use crate::types::Type;
use crate::types::members::{Key, Plain};
use crate::value::Value;

/// What tells the types of variables.
pub(super) type Variables<'a> = dyn Fn(&Expr) -> Option<Type> + 'a;

/// The type of the value of `part`, if it has one and that is known.
pub(super) fn type_of(part: &Expr, variables: &Variables<'_>) -> Option<Type> {
    let inner = |part: &Expr| type_of(part, variables);
    match &part.kind {
        Kind::Name(_) => variables(part),
        Kind::Constant(Constant::None) => Some(Type::None),
        Kind::Constant(Constant::True | Constant::False) => Some(class("bool")),
        Kind::Number(_) => match Value::from_expr(part)? {
            Value::Float(_) => Some(class("float")),
            Value::Int(_) => Some(class("int")),
            _ => None,
        },
        Kind::Text(_) => Some(class("str")),
        Kind::Bytes(_) => Some(class("bytes")),
        Kind::List(_) | Kind::Comprehension(Brackets::List, ..) => Some(class("list")),
        Kind::Set(_) | Kind::Comprehension(Brackets::Set, ..) => Some(class("set")),
        Kind::Dict(_) | Kind::Comprehension(Brackets::Dict, ..) => Some(class("dict")),
        Kind::Tuple(_) => Some(class("tuple")),
        Kind::Unary("not", _) | Kind::Compare(..) => Some(class("bool")),
        Kind::Unary(operator, operand) => of_unary(operator, &inner(operand)?),
        Kind::Binary(operator, left, right) => of_binary(operator, &inner(left)?, &inner(right)?),
        Kind::Bool(_, operands) => union(operands.iter().map(inner)),
        Kind::Conditional(_, chosen, otherwise) => union([inner(chosen), inner(otherwise)]),
        Kind::Named(_, value) => inner(value),
        Kind::Subscript(base, index) => of_item(&inner(base)?, index),
        Kind::Call(callee, arguments) => match &callee.kind {
            Kind::Attribute(base, name, _) => of_method(&inner(base)?, name, arguments, variables),
            _ => None,
        },
        _ => None,
    }
}

fn class(name: &str) -> Type {
    Type::Class(Name::new(name), Vec::new())
}

fn union(types: impl IntoIterator<Item = Option<Type>>) -> Option<Type> {
    let mut members = Vec::new();
    for single in types {
        for alternative in single?.alternatives() {
            if !members.contains(alternative) {
                members.push(alternative.clone());
            }
        }
    }
    match members.len() {
        0 => None,
        1 => members.pop(),
        _ => Some(Type::Union(members)),
    }
}

fn of_unary(operator: &str, operand: &Type) -> Option<Type> {
    let plain = operand.plain()?;
    if plain.iter().any(|kind| !takes_unary(operator, *kind)) {
        return None;
    }
    Some(class(if plain.contains(&Plain::Float) { "float" } else { "int" }))
}

fn of_binary(operator: &str, left: &Type, right: &Type) -> Option<Type> {
    let (one, other) = (left.plain()?, right.plain()?);
    let all = |wanted: &[Plain]| one.iter().chain(&other).all(|kind| wanted.contains(kind));
    let left_all = |wanted: Plain| one.iter().all(|kind| *kind == wanted);
    match operator {
        "%" if left_all(Plain::Text) => Some(class("str")),
        "+" if all(&[Plain::Text]) => Some(class("str")),
        "+" if all(&[Plain::List]) => Some(class("list")),
        "+" if all(&[Plain::Tuple]) => Some(class("tuple")),
        "|" if all(&[Plain::Dict]) => Some(class("dict")),
        "-" | "&" | "|" | "^" if all(&[Plain::Set]) => Some(class("set")),
        "/" if all(&NUMBERS) => Some(class("float")),
        "+" | "-" | "*" | "//" | "%" if all(&INTEGERS) => Some(class("int")),
        "+" | "-" | "*" | "//" | "%" if all(&NUMBERS) => Some(class("float")),
        _ => None,
    }
}

/// The type of `base[index]`; alternatives that have no items have failed by then.
fn of_item(base: &Type, index: &Expr) -> Option<Type> {
    let slice = matches!(index.kind, Kind::Slice(..));
    let with_items = base.alternatives().iter().filter(|single| **single != Type::None);
    union(with_items.map(|single| {
        let [kind] = single.plain()?[..] else {
            return None;
        };
        match (kind, single) {
            // A key of text fails there, which is told by itself.
            (Plain::Text, _) if !is_text(index) => Some(class("str")),
            (Plain::Bytes, _) => Some(class(if slice { "bytes" } else { "int" })),
            (Plain::List, _) if slice => Some(single.clone()),
            (Plain::Tuple, _) if slice => Some(class("tuple")),
            (Plain::List, Type::Class(_, arguments)) => arguments.first().cloned(),
            (Plain::Dict, Type::Class(_, arguments)) => arguments.get(1).cloned(),
            _ => None,
        }
    }))
}

fn of_method(
    base: &Type,
    name: &str,
    arguments: &[Argument],
    variables: &Variables<'_>,
) -> Option<Type> {
    let having = base.alternatives().iter().filter(|single| single.has_method(name) != Some(false));
    union(having.map(|single| match (name, single.plain()?.as_slice()) {
        ("lower" | "upper" | "strip", [Plain::Text]) => Some(class("str")),
        ("lower" | "upper" | "strip", [Plain::Bytes]) => Some(class("bytes")),
        ("startswith" | "endswith", [Plain::Text | Plain::Bytes]) => Some(class("bool")),
        ("keys", [Plain::Dict]) => Some(class("KeysView")),
        ("values", [Plain::Dict]) => Some(class("ValuesView")),
        ("items", [Plain::Dict]) => Some(class("ItemsView")),
        ("get", [Plain::Dict]) => {
            let Type::Class(_, types) = single else {
                return None;
            };
            let otherwise = match arguments {
                [_] => Some(Type::None),
                [_, default] => type_of(&default.value, variables),
                _ => None,
            };
            union([types.get(1).cloned(), otherwise])
        }
        _ => None,
    }))
}

const INTEGERS: [Plain; 2] = [Plain::Bool, Plain::Int];
const NUMBERS: [Plain; 3] = [Plain::Bool, Plain::Int, Plain::Float];
const SEQUENCES: [Plain; 4] = [Plain::Text, Plain::Bytes, Plain::List, Plain::Tuple];

fn takes_unary(operator: &str, operand: Plain) -> bool {
    match operator {
        "~" => INTEGERS.contains(&operand),
        "-" | "+" => NUMBERS.contains(&operand),
        _ => true,
    }
}

/// Whether `left operator right` may have a value.
fn takes(operator: &str, left: Plain, right: Plain) -> bool {
    let both = |kinds: &[Plain]| kinds.contains(&left) && kinds.contains(&right);
    let view = [left, right].contains(&Plain::View);
    let iterable = |kind: Plain| !NUMBERS.contains(&kind) && kind != Plain::None;
    match operator {
        "+" => both(&NUMBERS) || (left == right && SEQUENCES.contains(&left)),
        "*" => {
            let repeats = |one, other| SEQUENCES.contains(&one) && INTEGERS.contains(&other);
            both(&NUMBERS) || repeats(left, right) || repeats(right, left)
        }
        "/" | "//" | "**" => both(&NUMBERS),
        "%" => both(&NUMBERS) || matches!(left, Plain::Text | Plain::Bytes),
        "<<" | ">>" => both(&INTEGERS),
        "-" if both(&NUMBERS) => true,
        "|" if both(&[Plain::Dict]) => true,
        "&" | "|" | "^" if both(&INTEGERS) => true,
        "-" | "&" | "|" | "^" => both(&[Plain::Set]) || (view && iterable(left) && iterable(right)),
        "<" | "<=" | ">" | ">=" => {
            both(&NUMBERS)
                || both(&[Plain::Set, Plain::View])
                || (left == right && SEQUENCES.contains(&left))
        }
        "in" | "not in" => match right {
            Plain::Text => left == Plain::Text,
            Plain::Bytes => left == Plain::Bytes || INTEGERS.contains(&left),
            Plain::Dict => !matches!(left, Plain::List | Plain::Dict | Plain::Set),
            Plain::Set => !matches!(left, Plain::List | Plain::Dict),
            kind => iterable(kind),
        },
        "@" => false,
        _ => true,
    }
}

/// Whether `operator operand` certainly raises an error.
pub(super) fn refuses_unary(operator: &str, operand: &Type) -> bool {
    operand.plain().is_some_and(|plain| plain.iter().all(|kind| !takes_unary(operator, *kind)))
}

/// Whether `left operator right` certainly raises an error.
pub(super) fn refuses(operator: &str, left: &Type, right: &Type) -> bool {
    let (Some(left), Some(right)) = (left.plain(), right.plain()) else {
        return false;
    };
    left.iter().all(|one| right.iter().all(|other| !takes(operator, *one, *other)))
}

/// Whether no value of one type equals any of the other.
pub(super) fn never_equal(left: &Type, right: &Type) -> bool {
    let (Some(left), Some(right)) = (left.plain(), right.plain()) else {
        return false;
    };
    let group = |kind: Plain| match kind {
        Plain::Bool | Plain::Float => Plain::Int,
        Plain::View => Plain::Set,
        other => other,
    };
    left.iter().all(|one| right.iter().all(|other| group(*one) != group(*other)))
}

/// What stands between the brackets of a subscript.
pub(super) fn key(index: &Expr) -> Key {
    match &index.kind {
        Kind::Text(_) => Key::Text,
        Kind::Slice(..) => Key::Slice,
        _ => Key::Other,
    }
}

/// Whether the key is a text as written.
fn is_text(index: &Expr) -> bool {
    matches!(Value::from_expr(index), Some(Value::Text(_)))
}

/// Whether a chain may meet the value wherever a field is degraded, whatever its type.
pub(super) fn is_sentinel(part: &Expr) -> bool {
    Value::from_expr(part).is_some_and(|value| value.is_sentinel())
}
