//! Attributes of values, as far as they can be told.

use crate::failure::{Exception, Outcome, raised, unsupported};
use crate::methods;
use crate::value::{Class, Method, Value};

/// `value.name`
pub(crate) fn of(value: &Value, name: &str) -> Outcome {
    if name == "__class__" {
        return Ok(Value::Class(value.class()));
    }
    if let Some(name) = methods::of(value, name) {
        return Ok(Value::Method(Method { of: value.clone(), name }.into()));
    }
    if let Some(number) = of_number(value, name) {
        return Ok(number);
    }
    let class = value.class();
    let special = name.starts_with("__") && name.ends_with("__");
    match names(class) {
        Some(names) if !special && !names.split(' ').any(|known| known == name) => {
            let message = format!("{} has no attribute `{name}`", value.shown_class());
            Err(raised(Exception::AttributeError, message))
        }
        _ => Err(unsupported(format!("the attribute `{name}` of {}", value.shown_class()))),
    }
}

/// The parts of a number.
fn of_number(value: &Value, name: &str) -> Option<Value> {
    Some(match (value, name) {
        (Value::Bool(truth), "real" | "numerator") => Value::Int(i64::from(*truth)),
        (Value::Int(_) | Value::Big(_), "real" | "numerator") => value.clone(),
        (Value::Bool(_) | Value::Int(_) | Value::Big(_), "imag") => Value::Int(0),
        (Value::Bool(_) | Value::Int(_) | Value::Big(_), "denominator") => Value::Int(1),
        (Value::Float(_), "real") => value.clone(),
        (Value::Float(_), "imag") => Value::float(0.0),
        _ => return None,
    })
}

/// What `dir` lists for values of a class, without names in underscores; none where that is not
/// known here.
fn names(class: Class) -> Option<&'static str> {
    Some(match class {
        Class::NoneType | Class::Ellipsis => "",
        Class::Bool | Class::Int => INT,
        Class::Float => FLOAT,
        Class::Str => STR,
        Class::Bytes => BYTES,
        Class::List => LIST,
        Class::Tuple => TUPLE,
        Class::Set => SET,
        Class::Dict => DICT,
        _ => return None,
    })
}

const INT: &str = "\
    as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag numerator real \
    to_bytes";
const FLOAT: &str = "as_integer_ratio conjugate fromhex hex imag is_integer real";
const STR: &str = "\
    capitalize casefold center count encode endswith expandtabs find format format_map index \
    isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable \
    isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix \
    removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines \
    startswith strip swapcase title translate upper zfill";
const BYTES: &str = "\
    capitalize center count decode endswith expandtabs find fromhex hex index isalnum isalpha \
    isascii isdigit islower isspace istitle isupper join ljust lower lstrip maketrans \
    partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip \
    split splitlines startswith strip swapcase title translate upper zfill";
const LIST: &str = "append clear copy count extend index insert pop remove reverse sort";
const TUPLE: &str = "count index";
const SET: &str = "\
    add clear copy difference difference_update discard intersection intersection_update \
    isdisjoint issubset issuperset pop remove symmetric_difference symmetric_difference_update \
    union update";
const DICT: &str = "\
    clear copy fromkeys get items keys pop popitem setdefault update values";
