//! Which values an expression excludes.
//!
//! The expression is evaluated with one variable known and everything else unknown. A value is
//! excluded where the result is then false, or fails, whatever the rest may be.

use syntax::expr::{Expr, Kind};
use text::name::Name;

use crate::value::Value;

/// The sentinels that `expression` does not let pass as `dest`, in the order of
/// [`Value::sentinels`].
#[must_use]
pub fn excluded_sentinels(expression: &Expr) -> Vec<Value> {
    excluded(expression, "dest", &Value::sentinels())
}

/// Those of `values` that `expression` does not let pass as `variable`.
#[must_use]
pub fn excluded(expression: &Expr, variable: &str, values: &[Value]) -> Vec<Value> {
    let is_out = |value: &&Value| {
        let result = Scope { variable, value }.evaluate(expression);
        matches!(result, Outcome::Fails) || result.truth() == Some(false)
    };
    values.iter().filter(is_out).cloned().collect()
}

/// What an expression gives.
#[derive(Clone, Debug)]
enum Outcome {
    Known(Value),
    /// A tuple; unknown items are none.
    Tuple(Vec<Option<Value>>),
    /// A set, which cannot be asked for lists and mappings.
    Set(Vec<Option<Value>>),
    /// It depends on what is not known.
    Unknown,
    /// It raises an error.
    Fails,
}

impl Outcome {
    fn truth(&self) -> Option<bool> {
        match self {
            Outcome::Known(value) => value.is_falsy().map(|falsy| !falsy),
            Outcome::Tuple(items) | Outcome::Set(items) => Some(!items.is_empty()),
            Outcome::Unknown | Outcome::Fails => None,
        }
    }

    fn value(self) -> Option<Value> {
        match self {
            Outcome::Known(value) => Some(value),
            _ => None,
        }
    }

    fn from_truth(truth: Option<bool>) -> Outcome {
        truth.map_or(Outcome::Unknown, |truth| Outcome::Known(Value::Bool(truth)))
    }
}

struct Scope<'a> {
    variable: &'a str,
    value: &'a Value,
}

impl Scope<'_> {
    fn evaluate(&self, expression: &Expr) -> Outcome {
        match &expression.kind {
            Kind::Name(name) if name == self.variable => Outcome::Known(self.value.clone()),
            Kind::Named(_, value) => self.evaluate(value),
            Kind::Unary("not", operand) => match self.evaluate(operand) {
                Outcome::Fails => Outcome::Fails,
                result => Outcome::from_truth(result.truth().map(|truth| !truth)),
            },
            Kind::Bool(operator, operands) => self.chain(*operator == "or", operands),
            Kind::Compare(first, rest) => self.comparison(first, rest),
            Kind::Conditional(test, chosen, otherwise) => self.conditional(test, chosen, otherwise),
            Kind::Tuple(items) => self.items(items).map_or(Outcome::Unknown, Outcome::Tuple),
            Kind::Set(items) => self.items(items).map_or(Outcome::Unknown, Outcome::Set),
            Kind::Call(callee, arguments) => match &callee.kind {
                Kind::Attribute(base, method, _) => {
                    let arguments: Vec<Outcome> =
                        arguments.iter().map(|argument| self.evaluate(&argument.value)).collect();
                    call(self.evaluate(base), method, arguments)
                }
                _ => Outcome::Unknown,
            },
            Kind::Subscript(base, index) => match self.evaluate(base) {
                Outcome::Known(value) if has_no_item(&value, index) => Outcome::Fails,
                Outcome::Fails => Outcome::Fails,
                _ => Outcome::Unknown,
            },
            _ => Value::from_expr(expression).map_or(Outcome::Unknown, Outcome::Known),
        }
    }

    fn items(&self, items: &[Expr]) -> Option<Vec<Option<Value>>> {
        let starred = items.iter().any(|item| matches!(item.kind, Kind::Starred(_)));
        (!starred).then(|| items.iter().map(|item| self.evaluate(item).value()).collect())
    }

    /// `and` and `or`: the first operand that settles the matter is the result, else the last.
    fn chain(&self, settled_by: bool, operands: &[Expr]) -> Outcome {
        let mut sure = true;
        let mut last = Outcome::Unknown;
        for operand in operands {
            last = self.evaluate(operand);
            match last.truth() {
                Some(truth) if truth == settled_by && (sure || !settled_by) => return last,
                Some(truth) if truth != settled_by => {}
                // An error ends the evaluation, unless an operand before it may have settled it.
                // `and` settles by what is false, and an error is no better.
                _ if matches!(last, Outcome::Fails) && (sure || !settled_by) => {
                    return Outcome::Fails;
                }
                _ => sure = false,
            }
        }
        if sure { last } else { Outcome::Unknown }
    }

    fn conditional(&self, test: &Expr, chosen: &Expr, otherwise: &Expr) -> Outcome {
        let test = self.evaluate(test);
        match test.truth() {
            _ if matches!(test, Outcome::Fails) => Outcome::Fails,
            Some(true) => self.evaluate(chosen),
            Some(false) => self.evaluate(otherwise),
            None => {
                let (one, other) = (self.evaluate(chosen), self.evaluate(otherwise));
                let out = |result: &Outcome| {
                    matches!(result, Outcome::Fails) || result.truth() == Some(false)
                };
                Outcome::from_truth((out(&one) && out(&other)).then_some(false))
            }
        }
    }

    /// `a < b < c` is the chain `a < b and b < c`.
    fn comparison(&self, first: &Expr, rest: &[(&'static str, Expr)]) -> Outcome {
        let mut left = self.evaluate(first);
        let mut sure = true;
        for (operator, operand) in rest {
            let right = self.evaluate(operand);
            let result = compare(&left, operator, &right);
            match result.truth() {
                _ if matches!(result, Outcome::Fails) => return Outcome::Fails,
                Some(false) => return result,
                Some(true) => {}
                None => sure = false,
            }
            left = right;
        }
        Outcome::from_truth(sure.then_some(true))
    }
}

fn compare(left: &Outcome, operator: &str, right: &Outcome) -> Outcome {
    if matches!(left, Outcome::Fails) || matches!(right, Outcome::Fails) {
        return Outcome::Fails;
    }
    let Outcome::Known(value) = left else {
        return Outcome::Unknown;
    };
    match (operator, right) {
        // What is opaque here may equal in Python what looks different.
        (_, _) if matches!(value, Value::Other(_)) => Outcome::Unknown,
        (_, Outcome::Known(Value::Other(_))) => Outcome::Unknown,
        ("==", Outcome::Known(other)) => Outcome::from_truth(Some(value.equals(other))),
        ("!=", Outcome::Known(other)) => Outcome::from_truth(Some(!value.equals(other))),
        ("==", Outcome::Tuple(_) | Outcome::Set(_)) => Outcome::from_truth(Some(false)),
        ("!=", Outcome::Tuple(_) | Outcome::Set(_)) => Outcome::from_truth(Some(true)),
        ("is" | "is not", Outcome::Known(other)) => {
            // Which texts and numbers are one object is Python's own affair.
            let one = matches!(value, Value::Null | Value::Bool(_));
            let known = one || matches!(other, Value::Null | Value::Bool(_));
            let same =
                std::mem::discriminant(value) == std::mem::discriminant(other) && value == other;
            Outcome::from_truth(known.then_some(same == (operator == "is")))
        }
        ("in" | "not in", container) => {
            let found = contains(container, value);
            found.map_or(Outcome::Fails, |found| {
                Outcome::from_truth(found.map(|found| found == (operator == "in")))
            })
        }
        ("<" | "<=" | ">" | ">=", Outcome::Known(other)) => order(value, operator, other),
        _ => Outcome::Unknown,
    }
}

/// Whether `container` holds `value`, if that is known; no answer at all where asking is an error.
fn contains(container: &Outcome, value: &Value) -> Option<Option<bool>> {
    let among = |items: &[Option<Value>]| {
        let found = items.iter().flatten().any(|item| item.equals(value));
        if found || items.iter().all(Option::is_some) { Some(found) } else { None }
    };
    match container {
        Outcome::Tuple(items) => Some(among(items)),
        Outcome::Set(_) if is_unhashable(value) => None,
        Outcome::Set(items) => Some(among(items)),
        Outcome::Known(Value::List(items)) => {
            Some(Some(items.iter().any(|item| item.equals(value))))
        }
        Outcome::Known(Value::Map(_)) if is_unhashable(value) => None,
        Outcome::Known(Value::Map(entries)) => {
            Some(Some(entries.iter().any(|(key, _)| key.equals(value))))
        }
        Outcome::Known(Value::Text(whole)) => match value {
            Value::Text(part) => Some(Some(whole.as_str().contains(part.as_str()))),
            _ => None,
        },
        Outcome::Known(Value::Other(_)) | Outcome::Unknown => Some(None),
        Outcome::Known(_) | Outcome::Fails => None,
    }
}

fn is_unhashable(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Map(_))
}

fn order(left: &Value, operator: &str, right: &Value) -> Outcome {
    let number = |value: &Value| matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_));
    let text = |value: &Value| matches!(value, Value::Text(_));
    let list = |value: &Value| matches!(value, Value::List(_));
    if list(left) && list(right) {
        return Outcome::Unknown;
    }
    let alike = (number(left) && number(right)) || (text(left) && text(right));
    if !alike {
        return Outcome::Fails;
    }
    let order = left.order(right);
    let truth = match operator {
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        _ => order.is_ge(),
    };
    Outcome::from_truth(Some(truth))
}

fn call(base: Outcome, method: &str, arguments: Vec<Outcome>) -> Outcome {
    if arguments.iter().any(|argument| matches!(argument, Outcome::Fails)) {
        return Outcome::Fails;
    }
    let known = match base {
        Outcome::Known(Value::Other(_)) | Outcome::Unknown => return Outcome::Unknown,
        Outcome::Known(value) => value,
        Outcome::Tuple(_) | Outcome::Set(_) | Outcome::Fails => return Outcome::Fails,
    };
    match (&known, method) {
        (Value::Map(entries), "get") if entries.is_empty() => match arguments.len() {
            1 => Outcome::Known(Value::Null),
            2 => arguments.into_iter().next_back().unwrap_or(Outcome::Unknown),
            _ => Outcome::Unknown,
        },
        (Value::Map(_), "get" | "keys" | "values" | "items") => Outcome::Unknown,
        (Value::Text(text), "lower" | "upper" | "strip") if arguments.is_empty() => {
            let text = text.as_str();
            Outcome::Known(Value::Text(Name::new(&match method {
                "lower" => text.to_lowercase(),
                "upper" => text.to_uppercase(),
                _ => text.trim().to_owned(),
            })))
        }
        (Value::Text(text), "startswith" | "endswith") => match arguments.as_slice() {
            [Outcome::Known(Value::Text(part))] => {
                let (text, part) = (text.as_str(), part.as_str());
                let starts = method == "startswith";
                let holds = if starts { text.starts_with(part) } else { text.ends_with(part) };
                Outcome::from_truth(Some(holds))
            }
            _ => Outcome::Unknown,
        },
        (Value::Text(_), "strip") => Outcome::Unknown,
        _ => Outcome::Fails,
    }
}

/// Whether `value[index]` is an error for certain.
fn has_no_item(value: &Value, index: &Expr) -> bool {
    let slice = matches!(index.kind, Kind::Slice(..));
    match value {
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => true,
        Value::Text(text) => {
            !slice && (text.as_str().is_empty() || matches!(index.kind, Kind::Text(_)))
        }
        Value::List(items) => !slice && (items.is_empty() || matches!(index.kind, Kind::Text(_))),
        Value::Map(entries) => entries.is_empty(),
        Value::Other(_) => false,
    }
}
