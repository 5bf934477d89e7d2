//! Values out of JSON and out of contracts.

use contracts::value::Value as Written;

use super::Value;
use crate::failure::Outcome;
use crate::items::list;
use crate::limits::{Budget, LEVELS, Limits};
use crate::table::Table;

/// Whatever was recorded may be used; only what expressions make of it is counted.
const UNCOUNTED: Limits = Limits {
    steps: u64::MAX,
    depth: u16::MAX,
    items: usize::MAX,
    bytes: usize::MAX,
    bits: u64::MAX,
};

impl Value {
    /// What Python's `json` reads; none where values lie too deep in one another.
    ///
    /// An integer beyond 64 bits is a float here if JSON's reader has made one of it.
    #[must_use]
    pub fn of_json(json: &serde_json::Value) -> Option<Value> {
        of_json(json, LEVELS, &Budget::new(UNCOUNTED)).ok().flatten()
    }

    /// The value that a contract writes; none where that is known by its text alone.
    #[must_use]
    pub fn of_written(written: &Written) -> Option<Value> {
        of_written(written, LEVELS, &Budget::new(UNCOUNTED)).ok().flatten()
    }
}

fn of_json(json: &serde_json::Value, levels: u16, budget: &Budget) -> Outcome<Option<Value>> {
    let Some(levels) = levels.checked_sub(1) else {
        return Ok(None);
    };
    Ok(Some(match json {
        serde_json::Value::Null => Value::None,
        serde_json::Value::Bool(truth) => Value::Bool(*truth),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(small), _) => Value::Int(small),
            (_, Some(large)) => Value::integer(large.into()),
            _ => Value::float(number.as_f64().unwrap_or(f64::NAN)),
        },
        serde_json::Value::String(text) => Value::text(text),
        serde_json::Value::Array(items) => {
            let items = items.iter().map(|item| of_json(item, levels, budget));
            match items.collect::<Outcome<Option<Vec<Value>>>>()? {
                Some(items) => list(items, budget)?,
                None => return Ok(None),
            }
        }
        serde_json::Value::Object(entries) => {
            let mut table = Table::default();
            for (key, value) in entries {
                let Some(value) = of_json(value, levels, budget)? else {
                    return Ok(None);
                };
                table.put(Value::text(key), value, budget)?;
            }
            Value::Dict(table.into())
        }
    }))
}

fn of_written(written: &Written, levels: u16, budget: &Budget) -> Outcome<Option<Value>> {
    let Some(levels) = levels.checked_sub(1) else {
        return Ok(None);
    };
    Ok(Some(match written {
        Written::Null => Value::None,
        Written::Bool(truth) => Value::Bool(*truth),
        Written::Int(number) => Value::Int(*number),
        Written::Float(number) => Value::float(*number),
        Written::Text(text) => Value::text(text.as_str()),
        Written::List(items) => {
            let items = items.iter().map(|item| of_written(item, levels, budget));
            match items.collect::<Outcome<Option<Vec<Value>>>>()? {
                Some(items) => list(items, budget)?,
                None => return Ok(None),
            }
        }
        Written::Map(entries) => {
            let mut table = Table::default();
            for (key, value) in entries {
                let key = of_written(key, levels, budget)?;
                let (Some(key), Some(value)) = (key, of_written(value, levels, budget)?) else {
                    return Ok(None);
                };
                table.put(key, value, budget)?;
            }
            Value::Dict(table.into())
        }
        Written::Other(_) => return Ok(None),
    }))
}
