//! Hashes of values, so that what Python holds equal has the same.

use std::hash::{DefaultHasher, Hash, Hasher};

use num_bigint::{BigInt, ToBigInt};
use num_traits::ToPrimitive;

use crate::failure::{Outcome, type_error, unsupported};
use crate::limits::Budget;
use crate::value::{Value, ViewKind};

/// The hash of `value`. Fails for what cannot be a key.
pub(crate) fn hash(value: &Value, budget: &Budget) -> Outcome<u64> {
    let mut hasher = DefaultHasher::new();
    feed(value, &mut hasher, budget)?;
    Ok(hasher.finish())
}

fn feed(value: &Value, hasher: &mut DefaultHasher, budget: &Budget) -> Outcome<()> {
    budget.spend(1)?;
    match value {
        Value::None => 1_u8.hash(hasher),
        Value::Ellipsis => 2_u8.hash(hasher),
        Value::Bool(truth) => i64::from(*truth).hash(hasher),
        Value::Int(number) => number.hash(hasher),
        Value::Big(number) => {
            budget.spend(number.bits() / 64)?;
            number.hash(hasher);
        }
        Value::Float(number) => feed_float(**number, hasher),
        Value::Text(text) => {
            budget.spend_bytes(text.len())?;
            text.hash(hasher);
        }
        Value::Bytes(bytes) => {
            budget.spend_bytes(bytes.len())?;
            bytes.hash(hasher);
        }
        Value::Tuple(items) => {
            3_u8.hash(hasher);
            for item in items.in_order()? {
                feed(item, hasher, budget)?;
            }
        }
        Value::Class(class) => class.hash(hasher),
        Value::Builtin(builtin) => builtin.hash(hasher),
        Value::Function(handle) | Value::Generator(handle) => handle.0.hash(hasher),
        Value::Union(_) | Value::Method(_) => {
            return Err(unsupported(format!("{} as a key", value.shown_class())));
        }
        Value::View(view) if view.kind == ViewKind::Values => {
            return Err(unsupported(format!("{} as a key", value.shown_class())));
        }
        Value::List(_) | Value::Set(_) | Value::Dict(_) | Value::View(_) => {
            return Err(type_error(format!("{} cannot be a key", value.shown_class())));
        }
    }
    Ok(())
}

/// A whole number has the hash of the integer that it equals.
fn feed_float(number: f64, hasher: &mut DefaultHasher) {
    let whole: Option<BigInt> = if number.fract() == 0.0 { number.to_bigint() } else { None };
    match whole {
        Some(whole) => match whole.to_i64() {
            Some(small) => small.hash(hasher),
            None => whole.hash(hasher),
        },
        None => number.to_bits().hash(hasher),
    }
}
