//! Evaluation of verification expressions.

use std::collections::HashSet;

use syntax::expr::{Constant, Expr, Kind};

use crate::failure::{Failure, Outcome, type_error, unsupported};
use crate::limits::{Budget, Limits};
use crate::loops::Loop;
use crate::operators::unary;
use crate::parameters::Function;
use crate::scope::{GLOBALS, Scope, ScopeId, ScopeKind, globals};
use crate::value::Value;
use crate::{attributes, compare, compiled, floats, integers};

/// What is there beside the variables.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Environment {
    /// Python's own functions and classes; the variables are seen everywhere.
    Whole,
    /// As the loader's own checks evaluate: nothing of Python's own is there, and lambdas and
    /// comprehensions do not see the variables.
    Checker,
}

/// The variables of a verification.
#[derive(Clone, Debug)]
pub struct Variables {
    /// The whole context.
    pub context: Value,
    /// The value at the chain's source.
    pub source: Value,
    /// The value at the chain's destination.
    pub dest: Value,
}

/// The value that `expression` has in Python.
///
/// # Errors
/// Where Python raises an exception, where more would be used than `limits` grant, and where the
/// value is not known here. There is never a wrong value.
pub fn evaluate(
    expression: &Expr,
    variables: &Variables,
    environment: Environment,
    limits: Limits,
) -> Result<Value, Failure> {
    compiled::check(expression).map_err(|fault| fault.told(expression.span))?;
    let mut evaluator = Evaluator::new(expression, variables, environment, limits);
    let scope = evaluator.scopes.len() - 1;
    evaluator.value(expression, scope).map_err(|fault| fault.told(expression.span))
}

/// One evaluation under way.
pub(crate) struct Evaluator<'e> {
    pub(crate) budget: Budget,
    pub(crate) environment: Environment,
    /// Names that are globals wherever they are met.
    pub(crate) globals: HashSet<&'e str>,
    pub(crate) scopes: Vec<Scope<'e>>,
    pub(crate) functions: Vec<Function<'e>>,
    pub(crate) generators: Vec<Option<Loop<'e>>>,
    /// How many loops over something without order are under way.
    pub(crate) unordered: usize,
    depth: u16,
}

impl<'e> Evaluator<'e> {
    fn new(
        expression: &'e Expr,
        variables: &Variables,
        environment: Environment,
        limits: Limits,
    ) -> Evaluator<'e> {
        let names = [
            ("context", Some(variables.context.clone())),
            ("source", Some(variables.source.clone())),
            ("dest", Some(variables.dest.clone())),
        ];
        let top = |names| Scope { names, outer: GLOBALS, kind: ScopeKind::Top };
        let scopes = match environment {
            Environment::Whole => vec![top(names.into())],
            Environment::Checker => vec![top([].into()), top(names.into())],
        };
        let budget = Budget::new(limits);
        Evaluator {
            budget,
            environment,
            globals: globals(expression),
            scopes,
            functions: Vec::new(),
            generators: Vec::new(),
            unordered: 0,
            depth: 0,
        }
    }

    /// The value of a part that stands in `scope`.
    pub(crate) fn value(&mut self, part: &'e Expr, scope: ScopeId) -> Outcome {
        // Written out, since every frame counts here.
        self.enter()?;
        let outcome = self.kind(part, scope);
        self.depth -= 1;
        match outcome {
            Ok(value) => Ok(value),
            Err(fault) => Err(fault.at(part.span)),
        }
    }

    /// Counts one level more, if the limits allow.
    fn enter(&mut self) -> Outcome<()> {
        self.budget.spend(1)?;
        self.budget.allow_depth(self.depth + 1)?;
        self.depth += 1;
        Ok(())
    }

    /// Evaluates one level deeper, if the limits allow.
    pub(crate) fn deeper<T>(
        &mut self,
        evaluate: impl FnOnce(&mut Evaluator<'e>) -> Outcome<T>,
    ) -> Outcome<T> {
        self.enter()?;
        let outcome = evaluate(self);
        self.depth -= 1;
        outcome
    }

    /// Each kind has a function of its own, so that deep expressions need little of the stack.
    fn kind(&mut self, part: &'e Expr, scope: ScopeId) -> Outcome {
        match &part.kind {
            Kind::Name(name) => self.load(name, scope),
            Kind::Attribute(base, name, _) => self.attribute(base, name, scope),
            Kind::Subscript(base, index) => self.subscript(base, index, scope),
            Kind::Call(callee, arguments) => self.call_part(callee, arguments, scope),
            Kind::Unary(operator, operand) => self.unary(operator, operand, scope),
            Kind::Binary(operator, left, right) => self.binary_part(operator, left, right, scope),
            Kind::Bool(operator, operands) => self.bool_chain(operator, operands, scope),
            Kind::Compare(first, rest) => self.comparison(first, rest, scope),
            Kind::Conditional(test, chosen, otherwise) => {
                self.conditional([test, chosen, otherwise], scope)
            }
            Kind::Lambda(parameters, body) => self.lambda(parameters, body, scope),
            Kind::Named(name, value) => self.named(name, value, scope),
            Kind::Tuple(items) => self.sequence(items, Value::Tuple, scope),
            Kind::List(items) => self.sequence(items, Value::List, scope),
            Kind::Set(items) => self.set(items, scope),
            Kind::Dict(entries) => self.dict(entries, scope),
            Kind::Comprehension(brackets, element, clauses) => {
                self.comprehension(*brackets, element, clauses, scope)
            }
            literal => literal_value(literal),
        }
    }

    fn conditional(&mut self, parts: [&'e Expr; 3], scope: ScopeId) -> Outcome {
        let [test, chosen, otherwise] = parts;
        let chosen = if self.value(test, scope)?.is_true() { chosen } else { otherwise };
        self.value(chosen, scope)
    }

    fn attribute(&mut self, base: &'e Expr, name: &str, scope: ScopeId) -> Outcome {
        let base = self.value(base, scope)?;
        attributes::of(&base, name)
    }

    fn unary(&mut self, operator: &str, operand: &'e Expr, scope: ScopeId) -> Outcome {
        let operand = self.value(operand, scope)?;
        match operator {
            "not" => Ok(Value::Bool(!operand.is_true())),
            _ => unary(operator, &operand, &self.budget),
        }
    }

    fn binary_part(
        &mut self,
        operator: &str,
        left: &'e Expr,
        right: &'e Expr,
        scope: ScopeId,
    ) -> Outcome {
        let left = self.value(left, scope)?;
        let right = self.value(right, scope)?;
        self.binary(operator, &left, &right)
    }

    /// The first operand that settles the matter is the result, or else the last.
    fn bool_chain(&mut self, operator: &str, operands: &'e [Expr], scope: ScopeId) -> Outcome {
        let mut result = Value::None;
        for operand in operands {
            result = self.value(operand, scope)?;
            if result.is_true() == (operator == "or") {
                break;
            }
        }
        Ok(result)
    }

    fn comparison(
        &mut self,
        first: &'e Expr,
        rest: &'e [(&'static str, Expr)],
        scope: ScopeId,
    ) -> Outcome {
        let mut left = self.value(first, scope)?;
        let mut written = first;
        for (operator, operand) in rest {
            let right = self.value(operand, scope)?;
            let one_name = matches!((&written.kind, &operand.kind),
                (Kind::Name(name), Kind::Name(other)) if name == other);
            if !self.holds(&left, operator, &right, one_name)? {
                return Ok(Value::Bool(false));
            }
            (left, written) = (right, operand);
        }
        Ok(Value::Bool(true))
    }

    fn holds(
        &mut self,
        left: &Value,
        operator: &str,
        right: &Value,
        one_name: bool,
    ) -> Outcome<bool> {
        let budget = &self.budget;
        match operator {
            "==" => compare::equal(left, right, budget),
            "!=" => Ok(!compare::equal(left, right, budget)?),
            "is" => Ok(one_name || compare::is_same(left, right, budget)?),
            "is not" => Ok(!one_name && !compare::is_same(left, right, budget)?),
            "in" => self.contains(right, left),
            "not in" => Ok(!self.contains(right, left)?),
            _ => compare::ordered(left, operator, right, budget),
        }
    }

    fn contains(&mut self, container: &Value, item: &Value) -> Outcome<bool> {
        if !matches!(container, Value::Generator(_)) {
            return compare::contains(container, item, &self.budget);
        }
        let mut iter = crate::iterate::Iter::of(container)?;
        while let Some(held) = self.next_of(&mut iter)? {
            if compare::same_or_equal(&held, item, &self.budget)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn named(&mut self, name: &'e str, value: &'e Expr, scope: ScopeId) -> Outcome {
        let value = self.value(value, scope)?;
        self.store_named(name, value.clone(), scope)?;
        Ok(value)
    }
}

fn literal_value(literal: &Kind) -> Outcome {
    match literal {
        Kind::Constant(constant) => Ok(constant_value(*constant)),
        Kind::Number(written) => number(written),
        Kind::Text(text) => literal_text(text),
        Kind::Bytes(bytes) => Ok(Value::Bytes(bytes.as_slice().into())),
        Kind::Slice(..) => Err(type_error("a slice stands alone between brackets")),
        Kind::Formatted(_) => Err(unsupported("f-strings")),
        _ => Err(unsupported("what stands in functions alone")),
    }
}

fn constant_value(constant: Constant) -> Value {
    match constant {
        Constant::None => Value::None,
        Constant::True => Value::Bool(true),
        Constant::False => Value::Bool(false),
        Constant::Ellipsis => Value::Ellipsis,
    }
}

fn number(written: &str) -> Outcome {
    if let Some(whole) = integers::literal(written) {
        return Ok(Value::integer(whole));
    }
    match floats::parsed(written) {
        Some(number) => Ok(Value::float(number)),
        None => Err(unsupported("complex numbers")),
    }
}

/// A text is read with this character in place of one that is not known.
fn literal_text(text: &str) -> Outcome {
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Err(unsupported("a character that is given by its name, or half of a pair"));
    }
    Ok(Value::text(text))
}
