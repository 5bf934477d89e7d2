//! Expressions that can be read without running them.

use contracts::value::Value;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

use super::literals::{literal, scalar};
use super::{Constant, ConstantCall, Dotted};

/// The value of an expression. Names are taken as the module's.
pub(crate) fn constant(node: Node<'_>) -> Constant {
    match node.kind() {
        Kind::ParenthesizedExpression => node.first().map_or(Constant::Unknown, constant),
        Kind::List | Kind::Tuple | Kind::Set | Kind::ExpressionList => {
            let items: Vec<Constant> = node.children().map(constant).collect();
            match as_literals(&items) {
                Some(values) => Constant::Literal(Value::List(values)),
                None => Constant::List(items),
            }
        }
        Kind::Dictionary => dictionary(node),
        Kind::Identifier | Kind::Attribute => {
            dotted_name(node).map_or(Constant::Unknown, Constant::Name)
        }
        Kind::Call => call(node).map_or(Constant::Unknown, |call| Constant::Call(Box::new(call))),
        _ => scalar(node).map_or(Constant::Unknown, Constant::Literal),
    }
}

fn as_literals(items: &[Constant]) -> Option<Vec<Value>> {
    items.iter().map(|item| as_literal(item).cloned()).collect()
}

fn as_literal(constant: &Constant) -> Option<&Value> {
    match constant {
        Constant::Literal(value) => Some(value),
        _ => None,
    }
}

fn dictionary(node: Node<'_>) -> Constant {
    let entry = |pair: Node<'_>| match (pair.child(Field::Key), pair.child(Field::Value)) {
        (Some(key), Some(value)) => (constant(key), constant(value)),
        // `**other`: some entries that are not known.
        _ => (Constant::Unknown, Constant::Unknown),
    };
    let entries: Vec<(Constant, Constant)> = node.children().map(entry).collect();
    let literals = entries.iter().map(|(key, value)| {
        let (key, value) = (as_literal(key)?, as_literal(value)?);
        Some((key.clone(), value.clone()))
    });
    match literals.collect::<Option<Vec<_>>>() {
        Some(literals) => Constant::Literal(Value::Map(literals)),
        None => Constant::Dict(entries),
    }
}

/// A name with dots, if the expression is nothing else.
pub(crate) fn dotted_name(node: Node<'_>) -> Option<Dotted> {
    let mut names = Vec::new();
    let mut node = node;
    loop {
        match node.kind() {
            Kind::Identifier => break names.push(Name::new(node.text())),
            Kind::Attribute => {
                names.push(Name::new(node.child(Field::Attribute)?.text()));
                node = node.child(Field::Object)?;
            }
            Kind::DottedName => {
                let parts: Vec<Name> = node.children().map(|part| Name::new(part.text())).collect();
                names.extend(parts.into_iter().rev());
                break;
            }
            _ => return None,
        }
    }
    names.reverse();
    Some(names.as_slice().into())
}

/// The name that a type or base is written with, without what stands in its brackets.
pub(crate) fn bare_name(node: Node<'_>) -> Option<Dotted> {
    match node.kind() {
        Kind::Type | Kind::GenericType => bare_name(node.first()?),
        Kind::Subscript => bare_name(node.child(Field::Value)?),
        // An annotation in quotes.
        Kind::String => {
            let literal = literal(node)?;
            let Value::Text(text) = literal else {
                return None;
            };
            let name = text.as_str().split('[').next()?.trim();
            let is_name = |part: &str| {
                !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_')
            };
            name.split('.').all(is_name).then(|| name.split('.').map(Name::new).collect())
        }
        _ => dotted_name(node),
    }
}

/// A call, or a name alone, which counts as a call without arguments.
pub(super) fn call(node: Node<'_>) -> Option<ConstantCall> {
    if node.kind() != Kind::Call {
        let callee = dotted_name(node)?;
        return Some(ConstantCall { callee, positional: Vec::new(), keyword: Vec::new() });
    }
    let callee = dotted_name(node.child(Field::Function)?)?;
    let mut result = ConstantCall { callee, positional: Vec::new(), keyword: Vec::new() };
    let arguments = node.child(Field::Arguments)?;
    if arguments.kind() == Kind::GeneratorExpression {
        result.positional.push(Constant::Unknown);
        return Some(result);
    }
    for argument in arguments.children() {
        match (argument.kind(), argument.child(Field::Name), argument.child(Field::Value)) {
            (Kind::KeywordArgument, Some(name), Some(value)) => {
                result.keyword.push((Name::new(name.text()), type_or_constant(value)));
            }
            _ => result.positional.push(type_or_constant(argument)),
        }
    }
    Some(result)
}

/// An argument. `list[str]`, as in `Field(type=list[str])`, counts as `list`.
fn type_or_constant(node: Node<'_>) -> Constant {
    match node.kind() {
        Kind::Subscript => bare_name(node).map_or(Constant::Unknown, Constant::Name),
        _ => constant(node),
    }
}
