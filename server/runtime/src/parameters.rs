//! Lambdas: what they are made of, and how arguments get to their parameters.

use std::rc::Rc;

use syntax::expr::{Expr, Kind, Parameter, Takes};

use crate::calls::Arguments;
use crate::evaluate::Evaluator;
use crate::failure::{Outcome, type_error, unsupported};
use crate::items::tuple;
use crate::scope::{ScopeId, ScopeKind, locals};
use crate::table::Table;
use crate::value::{Handle, Value};

/// A lambda that has been evaluated.
#[derive(Debug)]
pub(crate) struct Function<'e> {
    parameters: &'e [Parameter],
    /// Values of the defaults, for each parameter.
    defaults: Vec<Option<Value>>,
    body: &'e Expr,
    /// The names that belong to a call of it.
    locals: Rc<[&'e str]>,
    /// Whether a call gives a generator and evaluates nothing.
    suspends: bool,
    scope: ScopeId,
}

impl<'e> Evaluator<'e> {
    /// `lambda a, b=c: d`
    pub(crate) fn lambda(
        &mut self,
        parameters: &'e [Parameter],
        body: &'e Expr,
        scope: ScopeId,
    ) -> Outcome {
        let mut defaults = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            let default = parameter.default.as_ref();
            defaults.push(default.map(|default| self.value(default, scope)).transpose()?);
        }
        let locals: Rc<[&str]> = locals(parameters, body).into();
        let suspends = has_yield(body);
        self.budget.spend(1 + body.span.len() as u64 / 4)?;
        self.functions.push(Function { parameters, defaults, body, locals, suspends, scope });
        Ok(Value::Function(Handle(self.functions.len() - 1)))
    }

    /// The value of a lambda's body for some arguments.
    pub(crate) fn call_function(&mut self, handle: Handle, arguments: Arguments) -> Outcome {
        let Function { parameters, body, scope, suspends, .. } = self.functions[handle.0];
        if suspends {
            return Err(unsupported("`yield`"));
        }
        let values = self.bound(handle, arguments)?;
        let locals = self.functions[handle.0].locals.clone();
        let scope = self.open(ScopeKind::Lambda, scope, locals.iter().copied())?;
        for (parameter, value) in parameters.iter().zip(values) {
            self.store(&parameter.name, value, scope);
        }
        self.deeper(|this| this.value(body, scope))
    }

    /// A value for each parameter.
    fn bound(&self, handle: Handle, arguments: Arguments) -> Outcome<Vec<Value>> {
        let function = &self.functions[handle.0];
        let parameters = function.parameters;
        let mut values: Vec<Option<Value>> = vec![None; parameters.len()];
        let by_place = |takes| matches!(takes, Takes::Place | Takes::Either);
        let mut rest = arguments.by_place.into_iter();
        for (value, parameter) in values.iter_mut().zip(parameters) {
            match parameter.takes {
                takes if by_place(takes) => *value = rest.next(),
                Takes::Rest => *value = Some(tuple(rest.by_ref().collect(), &self.budget)?),
                _ => {}
            }
        }
        if rest.next().is_some() {
            return Err(type_error("the lambda takes fewer arguments"));
        }
        let mut others = Vec::new();
        for (keyword, value) in arguments.by_keyword {
            let named = parameters.iter().position(|parameter| {
                matches!(parameter.takes, Takes::Either | Takes::Keyword)
                    && parameter.name == *keyword
            });
            match named {
                Some(place) if values[place].is_none() => values[place] = Some(value),
                Some(_) => return Err(type_error(format!("`{keyword}` is given twice"))),
                None => others.push((Value::Text(keyword), value)),
            }
        }
        match parameters.iter().position(|parameter| parameter.takes == Takes::Keywords) {
            Some(place) => {
                values[place] = Some(Value::Dict(Table::of(others, &self.budget)?));
            }
            None if others.is_empty() => {}
            None => return Err(type_error("the lambda takes no such keyword")),
        }
        let filled = values.into_iter().zip(&function.defaults).zip(parameters);
        filled
            .map(|((value, default), parameter)| {
                value.or_else(|| default.clone()).ok_or_else(|| {
                    type_error(format!("the lambda needs an argument for `{}`", parameter.name))
                })
            })
            .collect()
    }
}

/// Whether the body of a lambda holds a `yield` of its own.
fn has_yield(body: &Expr) -> bool {
    let mut waiting = vec![body];
    while let Some(next) = waiting.pop() {
        match &next.kind {
            Kind::Yield(_) | Kind::YieldFrom(_) => return true,
            Kind::Lambda(parameters, _) => {
                waiting.extend(parameters.iter().filter_map(|inner| inner.default.as_ref()));
            }
            _ => next.for_each_child(&mut |child| waiting.push(child)),
        }
    }
    false
}
