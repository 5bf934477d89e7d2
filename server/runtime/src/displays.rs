//! Displays of lists, tuples, sets and dicts, and what is taken out of them by subscripts.

use std::rc::Rc;

use syntax::expr::{Expr, Kind};

use crate::evaluate::Evaluator;
use crate::failure::{Exception, Outcome, raised, type_error, unsupported, value_error};
use crate::items::Items;
use crate::limits::Budget;
use crate::numbers::clamped;
use crate::representation::shown;
use crate::scope::ScopeId;
use crate::table::Table;
use crate::value::{Class, Value};

/// How many values Python's compiler keeps waiting before it puts them into a display one by one.
const AT_ONCE: usize = 30;

impl<'e> Evaluator<'e> {
    /// `[a, *b]`, `(a, *b)`
    pub(crate) fn sequence(
        &mut self,
        items: &'e [Expr],
        made: fn(Rc<Items>) -> Value,
        scope: ScopeId,
    ) -> Outcome {
        let (values, ordered) = self.items(items, scope)?;
        Items::new(values, ordered, &self.budget).map(made)
    }

    /// The items of a display, and whether they stand in Python's order.
    fn items(&mut self, items: &'e [Expr], scope: ScopeId) -> Outcome<(Vec<Value>, bool)> {
        let mut values = Vec::with_capacity(items.len());
        let mut ordered = true;
        for item in items {
            if let Kind::Starred(inner) = &item.kind {
                let inner = self.value(inner, scope)?;
                let (all, in_order) = self.all(&inner).map_err(|fault| fault.at(item.span))?;
                values.extend(all);
                ordered &= in_order;
            } else {
                values.push(self.value(item, scope)?);
            }
        }
        Ok((values, ordered))
    }

    /// `{a, *b}`: what stands before the first star is evaluated before any of it is put in.
    pub(crate) fn set(&mut self, items: &'e [Expr], scope: ScopeId) -> Outcome {
        let mut table = Table::default();
        let star = items.iter().position(|item| matches!(item.kind, Kind::Starred(_)));
        let (together, rest) =
            items.split_at(if items.len() > AT_ONCE { 0 } else { star.unwrap_or(items.len()) });
        let one_by_one = rest.iter().map(std::slice::from_ref);
        for items in std::iter::once(together).chain(one_by_one) {
            for value in self.items(items, scope)?.0 {
                table.put(value, Value::None, &self.budget)?;
            }
        }
        Ok(Value::Set(table.into()))
    }

    /// `{a: b, **c}`: entries between stars are evaluated before any of them is put in.
    pub(crate) fn dict(&mut self, entries: &'e [(Option<Expr>, Expr)], scope: ScopeId) -> Outcome {
        let mut table = Table::default();
        for run in entries.chunk_by(|one, other| one.0.is_some() && other.0.is_some()) {
            for entries in run.chunks(AT_ONCE / 2 + 1) {
                let one_by_one = entries.len() > AT_ONCE / 2;
                let most = if one_by_one { 1 } else { entries.len() };
                for entries in entries.chunks(most) {
                    self.put_entries(&mut table, entries, scope)?;
                }
            }
        }
        Ok(Value::Dict(table.into()))
    }

    fn put_entries(
        &mut self,
        table: &mut Table,
        entries: &'e [(Option<Expr>, Expr)],
        scope: ScopeId,
    ) -> Outcome<()> {
        let mut evaluated = Vec::new();
        for (key, value) in entries {
            let Some(key) = key else {
                let Value::Dict(inner) = self.value(value, scope)? else {
                    return Err(type_error("`**` takes a dict").at(value.span));
                };
                evaluated.extend(
                    inner.entries().iter().map(|(key, held)| (key.clone(), held.clone(), value)),
                );
                continue;
            };
            evaluated.push((self.value(key, scope)?, self.value(value, scope)?, key));
        }
        for (key, value, part) in evaluated {
            table.put(key, value, &self.budget).map_err(|fault| fault.at(part.span))?;
        }
        Ok(())
    }

    /// `base[index]`
    pub(crate) fn subscript(&mut self, base: &'e Expr, index: &'e Expr, scope: ScopeId) -> Outcome {
        let base = self.value(base, scope)?;
        match &index.kind {
            Kind::Slice(start, stop, step) => {
                let mut bounds = [Value::None, Value::None, Value::None];
                for (bound, part) in bounds.iter_mut().zip([start, stop, step]) {
                    if let Some(part) = part {
                        *bound = self.value(part, scope)?;
                    }
                }
                sliced(&base, &bounds, &self.budget)
            }
            Kind::Tuple(items) if items.iter().any(|item| matches!(item.kind, Kind::Slice(..))) => {
                Err(unsupported("slices among other items between brackets"))
            }
            _ => {
                let index = self.value(index, scope)?;
                item(&base, &index, &self.budget)
            }
        }
    }
}

fn item(base: &Value, index: &Value, budget: &Budget) -> Outcome {
    match base {
        Value::Dict(table) => match table.get(index, budget)? {
            Some(value) => Ok(value.clone()),
            None => {
                let key = shown(index, budget).unwrap_or_else(|_| "that".into());
                Err(raised(Exception::KeyError, format!("there is no key `{key}`")))
            }
        },
        Value::List(items) | Value::Tuple(items) => {
            let place = place(base, index, items.values().len())?;
            Ok(items.in_order()?[place].clone())
        }
        Value::Text(text) => {
            budget.spend_bytes(text.len())?;
            let place = place(base, index, text.chars().count())?;
            let letter = text.chars().nth(place).unwrap_or_default();
            Ok(Value::text(letter.encode_utf8(&mut [0; 4])))
        }
        Value::Bytes(bytes) => {
            let place = place(base, index, bytes.len())?;
            Ok(Value::Int(i64::from(bytes[place])))
        }
        _ => Err(no_items(base)),
    }
}

fn no_items(base: &Value) -> crate::failure::Fault {
    match base {
        Value::Class(
            Class::List | Class::Dict | Class::Tuple | Class::Set | Class::FrozenSet | Class::Type,
        )
        | Value::Union(_) => unsupported("types with arguments"),
        _ => type_error(format!("{} has no items", base.shown_class())),
    }
}

/// The place that `index` stands for among `length`.
fn place(base: &Value, index: &Value, length: usize) -> Outcome<usize> {
    let Some(number) = clamped(index) else {
        let (base, index) = (base.shown_class(), index.shown_class());
        return Err(type_error(format!("{base} takes integers as places, and no {index}")));
    };
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let place = if number < 0 { number.saturating_add(length) } else { number };
    match usize::try_from(place) {
        Ok(found) if place < length => Ok(found),
        _ => {
            Err(raised(Exception::IndexError, format!("{} has no such place", base.shown_class())))
        }
    }
}

fn sliced(base: &Value, bounds: &[Value; 3], budget: &Budget) -> Outcome {
    match base {
        Value::Text(text) => {
            budget.spend_bytes(text.len())?;
            let letters: Vec<char> = text.chars().collect();
            let places = places(bounds, letters.len(), budget)?;
            let chosen: String = places.into_iter().map(|place| letters[place]).collect();
            Ok(Value::Text(chosen.into()))
        }
        Value::Bytes(bytes) => {
            let places = places(bounds, bytes.len(), budget)?;
            Ok(Value::Bytes(places.into_iter().map(|place| bytes[place]).collect()))
        }
        Value::List(items) | Value::Tuple(items) => {
            let places = places(bounds, items.values().len(), budget)?;
            let values = items.in_order()?;
            let chosen = places.into_iter().map(|place| values[place].clone()).collect();
            let items = Items::new(chosen, true, budget)?;
            let list = matches!(base, Value::List(_));
            Ok(if list { Value::List(items) } else { Value::Tuple(items) })
        }
        Value::Dict(_) => Err(type_error("a slice cannot be a key")),
        _ => Err(no_items(base)),
    }
}

/// The places that a slice takes, in its order.
fn places(bounds: &[Value; 3], length: usize, budget: &Budget) -> Outcome<Vec<usize>> {
    let bound = |value: &Value| match value {
        Value::None => Ok(None),
        _ => clamped(value).map(Some).ok_or_else(|| {
            type_error(format!("a slice takes integers or `None`, and no {}", value.shown_class()))
        }),
    };
    let [start, stop, step] = bounds;
    // Python looks at the step first.
    let step = bound(step)?.unwrap_or(1).max(-i64::MAX);
    if step == 0 {
        return Err(value_error("the step of a slice is zero"));
    }
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let (lowest, highest) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let fit = |place: i64| {
        let place = if place < 0 { place.saturating_add(length) } else { place };
        place.clamp(lowest, highest)
    };
    let start = bound(start)?.map_or(if step > 0 { lowest } else { highest }, fit);
    let stop = bound(stop)?.map_or(if step > 0 { highest } else { lowest }, fit);
    let mut places = Vec::new();
    let mut place = start;
    while if step > 0 { place < stop } else { place > stop } {
        places.extend(usize::try_from(place));
        place = place.saturating_add(step);
    }
    budget.spend_items(places.len())?;
    Ok(places)
}
