//! From an expression to a type.

use syntax::expr::{self, Constant, Expr, Kind};
use text::name::Name;

use super::{Type, names};
use crate::value::Value;

/// Quoted types inside quoted types; nobody writes more.
const QUOTES: usize = 3;

pub(super) fn read(expr: &Expr) -> Option<Type> {
    read_within(expr, QUOTES)
}

fn read_within(expr: &Expr, quotes: usize) -> Option<Type> {
    match &expr.kind {
        Kind::Constant(Constant::None) => Some(Type::None),
        // `tuple[int, ...]`
        Kind::Constant(Constant::Ellipsis) => Some(Type::Any),
        Kind::Text(quoted) if quotes > 0 => {
            read_within(&expr::parse(quoted.trim()).ok()?, quotes - 1)
        }
        Kind::Name(_) | Kind::Attribute(..) => Some(class(&dotted(expr)?, Vec::new())),
        Kind::Binary("|", left, right) => {
            Some(union(vec![read_within(left, quotes)?, read_within(right, quotes)?]))
        }
        Kind::Subscript(base, index) => subscript(&dotted(base)?, index, quotes),
        _ => None,
    }
}

/// `a.b.c` as text.
fn dotted(expr: &Expr) -> Option<String> {
    let mut parts = Vec::new();
    let mut next = expr;
    while let Kind::Attribute(base, name, _) = &next.kind {
        parts.push(name.as_str());
        next = base;
    }
    let Kind::Name(root) = &next.kind else {
        return None;
    };
    parts.push(root);
    parts.reverse();
    Some(parts.join("."))
}

fn class(written: &str, arguments: Vec<Type>) -> Type {
    match names::canonical(written) {
        "Any" | "object" => Type::Any,
        "None" => Type::None,
        // Without arguments these say nothing about the type.
        "Optional" | "Union" | "Literal" | "Annotated" | "Final" | "ClassVar" => Type::Any,
        name => Type::Class(Name::new(name), arguments),
    }
}

fn subscript(base: &str, index: &Expr, quotes: usize) -> Option<Type> {
    let items = match &index.kind {
        Kind::Tuple(items) => items.as_slice(),
        _ => std::slice::from_ref(index),
    };
    match names::canonical(base) {
        "Literal" => {
            // A member of an enum is no literal that can be read here.
            let values: Option<Vec<Value>> = items.iter().map(Value::from_expr).collect();
            Some(values.map_or(Type::Any, Type::Literal))
        }
        "Annotated" | "Final" | "ClassVar" | "Required" | "NotRequired" | "ReadOnly" => {
            read_within(items.first()?, quotes)
        }
        "Optional" => Some(union(vec![read_within(items.first()?, quotes)?, Type::None])),
        "Union" => Some(union(arguments(items, quotes)?)),
        "Callable" => Some(class(base, Vec::new())),
        _ => Some(class(base, arguments(items, quotes)?)),
    }
}

fn arguments(items: &[Expr], quotes: usize) -> Option<Vec<Type>> {
    items.iter().map(|item| read_within(item, quotes)).collect()
}

/// Flat and without repetitions; whatever joins `Any` is `Any`.
fn union(parts: Vec<Type>) -> Type {
    let mut members: Vec<Type> = Vec::new();
    for part in parts {
        let alternatives = match part {
            Type::Union(inner) => inner,
            single => vec![single],
        };
        for alternative in alternatives {
            if !members.contains(&alternative) {
                members.push(alternative);
            }
        }
    }
    if members.contains(&Type::Any) {
        return Type::Any;
    }
    match members.len() {
        1 => members.remove(0),
        _ => Type::Union(members),
    }
}
