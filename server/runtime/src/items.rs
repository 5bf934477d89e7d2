//! What lists and tuples hold.

use std::rc::Rc;

use crate::failure::{Outcome, unsupported};
use crate::limits::Budget;
use crate::value::Value;

/// The items of a list or tuple.
#[derive(Debug)]
pub struct Items {
    values: Vec<Value>,
    levels: u16,
    ordered: bool,
}

impl Items {
    /// Items of which `ordered` says whether Python has them in this order.
    pub(crate) fn new(values: Vec<Value>, ordered: bool, budget: &Budget) -> Outcome<Rc<Items>> {
        budget.allow_items(values.len())?;
        let inside = values.iter().map(Value::levels).max().unwrap_or(0);
        Budget::allow_levels(inside + 1)?;
        let ordered = ordered || values.len() < 2;
        Ok(Rc::new(Items { values, levels: inside + 1, ordered }))
    }

    /// All of them. Python may have them in another order where they come out of a set.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    pub(crate) fn levels(&self) -> u16 {
        self.levels
    }

    /// Whether Python has them in this order for certain.
    #[must_use]
    pub fn is_ordered(&self) -> bool {
        self.ordered
    }

    /// All of them, where a question depends on their order.
    pub(crate) fn in_order(&self) -> Outcome<&[Value]> {
        if self.ordered { Ok(&self.values) } else { Err(no_order()) }
    }
}

/// The fault of asking for the order of what comes out of a set.
pub(crate) fn no_order() -> crate::failure::Fault {
    unsupported("this depends on the order of a set, which differs from run to run")
}

/// A list in the order given.
pub(crate) fn list(values: Vec<Value>, budget: &Budget) -> Outcome {
    Items::new(values, true, budget).map(Value::List)
}

/// A tuple in the order given.
pub(crate) fn tuple(values: Vec<Value>, budget: &Budget) -> Outcome {
    Items::new(values, true, budget).map(Value::Tuple)
}
