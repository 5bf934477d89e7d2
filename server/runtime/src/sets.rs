//! Sets, and views of dicts that behave as sets do.

use crate::compare::same_or_equal;
use crate::failure::Outcome;
use crate::items::tuple;
use crate::limits::Budget;
use crate::table::Table;
use crate::value::{Value, ViewKind};

/// The members of a set, of a dict's keys, or of its entries.
#[derive(Clone, Copy)]
pub(crate) struct Members<'a> {
    table: &'a Table,
    entries: bool,
}

impl<'a> Members<'a> {
    pub(crate) fn of(value: &'a Value) -> Option<Members<'a>> {
        match value {
            Value::Set(table) => Some(Members { table, entries: false }),
            Value::View(view) => match view.kind {
                ViewKind::Keys => Some(Members { table: &view.of, entries: false }),
                ViewKind::Items => Some(Members { table: &view.of, entries: true }),
                ViewKind::Values => None,
            },
            _ => None,
        }
    }

    pub(crate) fn len(self) -> usize {
        self.table.len()
    }

    /// Whether `item` is one of them.
    pub(crate) fn has(self, item: &Value, budget: &Budget) -> Outcome<bool> {
        if !self.entries {
            return self.table.has(item, budget);
        }
        let Value::Tuple(pair) = item else {
            return Ok(false);
        };
        let [key, value] = pair.in_order()? else {
            return Ok(false);
        };
        match self.table.get(key, budget)? {
            Some(held) => same_or_equal(held, value, budget),
            None => Ok(false),
        }
    }

    /// Whether all of them are in `other`.
    pub(crate) fn is_in(self, other: Members<'_>, budget: &Budget) -> Outcome<bool> {
        for (key, value) in self.table.entries() {
            let found = if self.entries {
                other.has(&tuple(vec![key.clone(), value.clone()], budget)?, budget)?
            } else {
                other.has(key, budget)?
            };
            if !found {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether `&`, `|`, `^` and `-` take what the two are.
pub(crate) fn combines(left: &Value, right: &Value) -> bool {
    let sets = matches!((left, right), (Value::Set(_), Value::Set(_)));
    let is_view = |value: &Value| matches!(value, Value::View(_)) && Members::of(value).is_some();
    sets || is_view(left) || is_view(right)
}

/// One side of an operator on sets, with all members that it has.
pub(crate) struct Side {
    pub(crate) members: Vec<Value>,
    pub(crate) is_set: bool,
    pub(crate) is_view: bool,
}

/// The set that `operator` makes of the members of two iterables.
pub(crate) fn combined(operator: &str, left: Side, right: Side, budget: &Budget) -> Outcome {
    let of_right = taken_from_right(&left, &right);
    let left = Table::of_keys(left.members, budget)?;
    let right = Table::of_keys(right.members, budget)?;
    let mut members = Vec::new();
    match operator {
        "&" => {
            let (one, other) = if of_right { (right, left) } else { (left, right) };
            members.extend(only(&one, &other, true, budget)?);
        }
        "|" => members.extend(left.keys().chain(right.keys()).cloned()),
        "-" => members.extend(only(&left, &right, false, budget)?),
        _ => {
            members.extend(only(&left, &right, false, budget)?);
            members.extend(only(&right, &left, false, budget)?);
        }
    }
    Table::of_keys(members, budget).map(Value::Set)
}

/// Of which of two equal members `&` keeps: Python goes through the side that costs less.
fn taken_from_right(left: &Side, right: &Side) -> bool {
    let right_is_small = right.members.len() <= left.members.len();
    match (left.is_view, right.is_view) {
        (true, false) if right.is_set => right.members.len() < left.members.len(),
        (true, false) => true,
        (false, true) if !left.is_set => false,
        _ => right_is_small,
    }
}

/// The keys of `one` that are, or are not, in `other`.
fn only(one: &Table, other: &Table, shared: bool, budget: &Budget) -> Outcome<Vec<Value>> {
    let mut chosen = Vec::new();
    for key in one.keys() {
        if other.has(key, budget)? == shared {
            chosen.push(key.clone());
        }
    }
    Ok(chosen)
}
