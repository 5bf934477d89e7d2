//! Going through what can be iterated.

use std::rc::Rc;

use crate::evaluate::Evaluator;
use crate::failure::{Outcome, type_error};
use crate::items::{Items, no_order, tuple};
use crate::table::Table;
use crate::value::{Handle, Value, ViewKind};

/// A place in something that is iterated.
#[derive(Debug)]
pub(crate) struct Iter {
    over: Over,
    next: usize,
}

#[derive(Debug)]
enum Over {
    Items(Rc<Items>),
    Text(Rc<str>),
    Bytes(Rc<[u8]>),
    Keys(Rc<Table>),
    Values(Rc<Table>),
    Entries(Rc<Table>),
    Members(Rc<Table>),
    Generator(Handle),
}

impl Iter {
    /// At the beginning of `value`. Fails for what cannot be iterated.
    pub(crate) fn of(value: &Value) -> Outcome<Iter> {
        let over = match value {
            Value::List(items) | Value::Tuple(items) => Over::Items(items.clone()),
            Value::Text(text) => Over::Text(text.clone()),
            Value::Bytes(bytes) => Over::Bytes(bytes.clone()),
            Value::Dict(table) => Over::Keys(table.clone()),
            Value::Set(table) => Over::Members(table.clone()),
            Value::View(view) => match view.kind {
                ViewKind::Keys => Over::Keys(view.of.clone()),
                ViewKind::Values => Over::Values(view.of.clone()),
                ViewKind::Items => Over::Entries(view.of.clone()),
            },
            Value::Generator(handle) => Over::Generator(*handle),
            _ => {
                return Err(type_error(format!("{} cannot be iterated", value.shown_class())));
            }
        };
        Ok(Iter { over, next: 0 })
    }
}

impl<'e> Evaluator<'e> {
    /// The next item, if there is one.
    pub(crate) fn next_of(&mut self, iter: &mut Iter) -> Outcome<Option<Value>> {
        self.budget.spend(1)?;
        let place = iter.next;
        iter.next += 1;
        Ok(match &iter.over {
            Over::Items(items) => items.values().get(place).cloned(),
            Over::Text(text) => match text.get(place..).and_then(|rest| rest.chars().next()) {
                Some(letter) => {
                    iter.next = place + letter.len_utf8();
                    Some(Value::text(letter.encode_utf8(&mut [0; 4])))
                }
                None => None,
            },
            Over::Bytes(bytes) => bytes.get(place).map(|byte| Value::Int(i64::from(*byte))),
            Over::Keys(table) | Over::Members(table) => {
                table.entries().get(place).map(|(key, _)| key.clone())
            }
            Over::Values(table) => table.entries().get(place).map(|(_, value)| value.clone()),
            Over::Entries(table) => match table.entries().get(place) {
                Some((key, value)) => Some(tuple(vec![key.clone(), value.clone()], &self.budget)?),
                None => None,
            },
            Over::Generator(handle) => self.next_of_generator(*handle)?,
        })
    }

    /// Whether Python may go through this in another order.
    pub(crate) fn is_unordered(&self, iter: &Iter) -> bool {
        match &iter.over {
            Over::Items(items) => !items.is_ordered(),
            Over::Members(table) => table.len() > 1,
            Over::Generator(handle) => self.generator_is_unordered(*handle),
            _ => false,
        }
    }

    /// All items, in whatever order, and whether that is Python's order.
    pub(crate) fn all(&mut self, value: &Value) -> Outcome<(Vec<Value>, bool)> {
        let mut iter = Iter::of(value)?;
        let mut all = Vec::new();
        while let Some(item) = self.next_of(&mut iter)? {
            self.budget.fits_items(all.len() + 1)?;
            all.push(item);
        }
        let ordered = all.len() < 2 || !self.is_unordered(&iter);
        Ok((all, ordered))
    }

    /// All items, where their order does not matter.
    pub(crate) fn all_members(&mut self, value: &Value) -> Outcome<Vec<Value>> {
        Ok(self.all(value)?.0)
    }

    /// All items, where their order matters.
    pub(crate) fn all_in_order(&mut self, value: &Value) -> Outcome<Vec<Value>> {
        let (all, ordered) = self.all(value)?;
        if ordered { Ok(all) } else { Err(no_order()) }
    }
}
