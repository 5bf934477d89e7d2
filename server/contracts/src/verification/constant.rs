//! Expressions whose result is true, or false, whatever the context holds.

use syntax::expr::{Brackets, Constant, Expr, Kind};

use super::variable;
use crate::value::Value;

/// The truth of the result, whatever the variables hold.
pub(super) fn truth(expression: &Expr) -> Option<bool> {
    match &expression.kind {
        Kind::Constant(Constant::Ellipsis) | Kind::Lambda(..) => Some(true),
        Kind::Comprehension(Brackets::Generator, ..) => Some(true),
        Kind::Constant(_) | Kind::Number(_) | Kind::Text(_) | Kind::Dict(_) | Kind::List(_)
            if Value::from_expr(expression).is_some() =>
        {
            Value::from_expr(expression)?.is_falsy().map(|falsy| !falsy)
        }
        Kind::Bytes(bytes) => Some(!bytes.is_empty()),
        Kind::Tuple(items) | Kind::List(items) | Kind::Set(items) => {
            let sure = items.iter().any(|item| !matches!(item.kind, Kind::Starred(_)));
            (sure || items.is_empty()).then_some(sure)
        }
        Kind::Dict(entries) => entries.iter().any(|(key, _)| key.is_some()).then_some(true),
        Kind::Unary("not", operand) => truth(operand).map(|truth| !truth),
        Kind::Named(_, value) => truth(value),
        Kind::Bool(operator, operands) => truth_of_chain(*operator == "or", operands),
        Kind::Conditional(test, chosen, otherwise) => match truth(test) {
            Some(true) => truth(chosen),
            Some(false) => truth(otherwise),
            None => truth(chosen).filter(|truth_of_one| truth(otherwise) == Some(*truth_of_one)),
        },
        Kind::Compare(left, rest) => match rest.as_slice() {
            [(operator, right)] => truth_of_comparison(left, operator, right),
            _ => None,
        },
        _ => None,
    }
}

/// One operand that settles the chain does so wherever it stands; else all must agree.
fn truth_of_chain(settled_by: bool, operands: &[Expr]) -> Option<bool> {
    let known: Vec<Option<bool>> = operands.iter().map(truth).collect();
    if known.contains(&Some(settled_by)) {
        return Some(settled_by);
    }
    known.iter().all(Option::is_some).then_some(!settled_by)
}

fn truth_of_comparison(left: &Expr, operator: &str, right: &Expr) -> Option<bool> {
    let same = match (variable(left), variable(right)) {
        (Some(name), Some(other)) if name == other => true,
        _ => Value::from_expr(left)? == Value::from_expr(right)?,
    };
    match operator {
        "==" => Some(same),
        "!=" => Some(!same),
        "is" if variable(left).is_some() => Some(true),
        "is not" if variable(left).is_some() => Some(false),
        _ => None,
    }
}
