//! Sets, and views of dicts that behave as sets do.

use crate::compare::same_or_equal;
use crate::failure::{Cause, Exception, Outcome, unsupported};
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

/// The set that `operator` makes of the members of two iterables.
pub(crate) fn combined(
    operator: &str,
    left: Vec<Value>,
    right: Vec<Value>,
    budget: &Budget,
) -> Outcome {
    let sets = Table::of_keys(left, budget)
        .and_then(|left| Ok((left, Table::of_keys(right, budget)?)));
    let (left, right) = match sets {
        Ok(sets) => sets,
        // Python may get along without making a set of both.
        Err(fault) if operator == "&" && fault.cause() == Cause::Raised(Exception::TypeError) => {
            return Err(unsupported("`&` with entries that cannot be keys"));
        }
        Err(fault) => return Err(fault),
    };
    let mut members = Vec::new();
    for key in left.keys() {
        let shared = right.has(key, budget)?;
        if (operator == "|") || (shared == (operator == "&")) {
            members.push(key.clone());
        }
    }
    if matches!(operator, "|" | "^") {
        for key in right.keys() {
            if operator == "|" || !left.has(key, budget)? {
                members.push(key.clone());
            }
        }
    }
    Table::of_keys(members, budget).map(Value::Set)
}
