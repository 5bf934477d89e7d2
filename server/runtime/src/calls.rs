//! Calls, and the functions of Python's own.

use std::rc::Rc;

use syntax::expr::{Argument, Expr};

use crate::evaluate::Evaluator;
use crate::failure::{Outcome, type_error, unsupported};
use crate::scope::ScopeId;
use crate::value::{Builtin, Class, Value};
use crate::{conversions, methods};

/// The arguments of a call, evaluated.
#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) by_place: Vec<Value>,
    pub(crate) by_keyword: Vec<(Rc<str>, Value)>,
}

impl Arguments {
    /// The arguments, of which none may have a keyword and there must be so many.
    pub(crate) fn plain(self, least: usize, most: usize) -> Outcome<Vec<Value>> {
        if !self.by_keyword.is_empty() {
            return Err(type_error("no argument takes a keyword here"));
        }
        if (least..=most).contains(&self.by_place.len()) {
            return Ok(self.by_place);
        }
        Err(type_error(format!("the call has {} arguments", self.by_place.len())))
    }
}

impl<'e> Evaluator<'e> {
    /// `callee(arguments)`
    pub(crate) fn call_part(
        &mut self,
        callee: &'e Expr,
        arguments: &'e [Argument],
        scope: ScopeId,
    ) -> Outcome {
        let callee = self.value(callee, scope)?;
        let arguments = self.arguments(arguments, scope)?;
        self.call(&callee, arguments)
    }

    fn arguments(&mut self, arguments: &'e [Argument], scope: ScopeId) -> Outcome<Arguments> {
        let mut evaluated = Arguments::default();
        let (by_keyword, by_place): (Vec<_>, Vec<_>) = arguments
            .iter()
            .partition(|argument| argument.keyword.is_some() || argument.stars == 2);
        for argument in by_place {
            let value = self.value(&argument.value, scope)?;
            if argument.stars == 0 {
                evaluated.by_place.push(value);
            } else {
                let all = self.all_in_order(&value).map_err(|fault| fault.at(argument.value.span));
                evaluated.by_place.extend(all?);
            }
        }
        for argument in by_keyword {
            let value = self.value(&argument.value, scope)?;
            match &argument.keyword {
                Some(keyword) => add(&mut evaluated, keyword.as_str().into(), value)?,
                None => add_all(&mut evaluated, &value)
                    .map_err(|fault| fault.at(argument.value.span))?,
            }
        }
        Ok(evaluated)
    }

    fn call(&mut self, callee: &Value, arguments: Arguments) -> Outcome {
        match callee {
            Value::Function(handle) => self.call_function(*handle, arguments),
            Value::Builtin(Builtin::Len) => {
                let [value] = &arguments.plain(1, 1)?[..] else {
                    return Err(type_error("`len` takes one argument"));
                };
                length(value, &self.budget)
            }
            Value::Builtin(Builtin::IsInstance) => {
                let [value, classes] = &arguments.plain(2, 2)?[..] else {
                    return Err(type_error("`isinstance` takes two arguments"));
                };
                self.deeper(|this| this.is_instance(value, classes)).map(Value::Bool)
            }
            Value::Class(class) => conversions::made(*class, arguments, &self.budget),
            Value::Method(method) => {
                methods::call(&method.of, method.name, arguments, &self.budget)
            }
            _ => Err(type_error(format!("{} cannot be called", callee.shown_class()))),
        }
    }

    /// `isinstance(value, classes)`
    fn is_instance(&mut self, value: &Value, classes: &Value) -> Outcome<bool> {
        let class = value.class();
        match classes {
            Value::Class(wanted) => Ok(class.is_a(*wanted)),
            Value::Union(wanted) => Ok(wanted.iter().any(|wanted| class.is_a(*wanted))),
            Value::Tuple(many) => {
                for wanted in many.in_order()? {
                    if self.deeper(|this| this.is_instance(value, wanted))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Err(type_error(format!("{} is no class", classes.shown_class()))),
        }
    }
}

fn add(arguments: &mut Arguments, keyword: Rc<str>, value: Value) -> Outcome<()> {
    if arguments.by_keyword.iter().any(|(known, _)| *known == keyword) {
        return Err(type_error(format!("`{keyword}` is given twice")));
    }
    arguments.by_keyword.push((keyword, value));
    Ok(())
}

fn add_all(arguments: &mut Arguments, value: &Value) -> Outcome<()> {
    let Value::Dict(table) = value else {
        return Err(type_error("`**` takes a dict"));
    };
    for (key, value) in table.entries() {
        let Value::Text(keyword) = key else {
            return Err(type_error("keywords are texts"));
        };
        add(arguments, keyword.clone(), value.clone())?;
    }
    Ok(())
}

fn length(value: &Value, budget: &crate::limits::Budget) -> Outcome {
    let count = match value {
        Value::Text(text) => {
            budget.spend_bytes(text.len())?;
            text.chars().count()
        }
        Value::Bytes(bytes) => bytes.len(),
        Value::List(items) | Value::Tuple(items) => items.values().len(),
        Value::Set(table) | Value::Dict(table) => table.len(),
        Value::View(view) => view.of.len(),
        _ => return Err(type_error(format!("{} has no length", value.shown_class()))),
    };
    i64::try_from(count).map(Value::Int).map_err(|_| unsupported("a length of that size"))
}

/// What `class` without arguments gives; for [`conversions`].
pub(crate) fn empty(class: Class) -> Option<Value> {
    Some(match class {
        Class::Str => Value::text(""),
        Class::Int => Value::Int(0),
        Class::Float => Value::float(0.0),
        Class::Bool => Value::Bool(false),
        _ => return None,
    })
}
