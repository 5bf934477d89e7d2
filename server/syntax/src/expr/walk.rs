//! Over all parts of an expression, without recursion.

use super::{Clause, Expr, Kind};

/// An expression and all inside it; made by [`Expr::walk`].
pub struct Walk<'a> {
    waiting: Vec<&'a Expr>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(root: &'a Expr) -> Walk<'a> {
        Walk { waiting: vec![root] }
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = &'a Expr;

    fn next(&mut self) -> Option<&'a Expr> {
        let next = self.waiting.pop()?;
        let first = self.waiting.len();
        for_each_child(&next.kind, &mut |child| self.waiting.push(child));
        self.waiting[first..].reverse();
        Some(next)
    }
}

/// Hands each direct part of `kind` to `visit`, in the order they are written.
pub(super) fn for_each_child<'a>(kind: &'a Kind, visit: &mut dyn FnMut(&'a Expr)) {
    match kind {
        Kind::Name(_) | Kind::Constant(_) | Kind::Number(_) | Kind::Text(_) | Kind::Bytes(_) => {}
        Kind::Formatted(items)
        | Kind::Bool(_, items)
        | Kind::Tuple(items)
        | Kind::List(items)
        | Kind::Set(items) => items.iter().for_each(visit),
        Kind::Attribute(only, ..)
        | Kind::Unary(_, only)
        | Kind::Named(_, only)
        | Kind::Starred(only)
        | Kind::Await(only)
        | Kind::YieldFrom(only) => visit(only),
        Kind::Yield(value) => value.iter().for_each(|value| visit(value)),
        Kind::Subscript(left, right) | Kind::Binary(_, left, right) => {
            visit(left);
            visit(right);
        }
        Kind::Slice(start, stop, step) => {
            [start, stop, step].into_iter().flatten().for_each(|part| visit(part));
        }
        Kind::Call(callee, arguments) => {
            visit(callee);
            arguments.iter().for_each(|argument| visit(&argument.value));
        }
        Kind::Compare(first, rest) => {
            visit(first);
            rest.iter().for_each(|(_, operand)| visit(operand));
        }
        Kind::Conditional(test, chosen, otherwise) => {
            visit(chosen);
            visit(test);
            visit(otherwise);
        }
        Kind::Lambda(parameters, body) => {
            let defaults = parameters.iter().filter_map(|parameter| parameter.default.as_ref());
            defaults.for_each(&mut *visit);
            visit(body);
        }
        Kind::Dict(entries) => {
            for (key, value) in entries {
                key.iter().for_each(&mut *visit);
                visit(value);
            }
        }
        Kind::Comprehension(_, element, clauses) => {
            element.iter().for_each(&mut *visit);
            clauses.iter().for_each(|clause| for_each_of_clause(clause, visit));
        }
    }
}

fn for_each_of_clause<'a>(clause: &'a Clause, visit: &mut dyn FnMut(&'a Expr)) {
    visit(&clause.target);
    visit(&clause.iter);
    clause.conditions.iter().for_each(visit);
}
