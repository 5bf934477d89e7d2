//! Values out of Python literals.

use syntax::expr::{Constant, Expr, Kind};
use text::name::Name;

use super::{Value, put};

/// Items that are read of one literal; the rest of a long table tells nothing more.
const ITEMS: usize = 4_000;

impl Value {
    /// The value of a literal; none where the expression has to be evaluated.
    ///
    /// What Python has and YAML lacks (tuples, sets, bytes, imaginary and huge numbers) is
    /// [`Value::Other`] by its text.
    #[must_use]
    pub fn from_expr(expr: &Expr) -> Option<Value> {
        let mut left = ITEMS;
        read(expr, &mut left)
    }
}

fn read(expr: &Expr, left: &mut usize) -> Option<Value> {
    *left = left.checked_sub(1)?;
    Some(match &expr.kind {
        Kind::Constant(Constant::None) => Value::Null,
        Kind::Constant(Constant::True) => Value::Bool(true),
        Kind::Constant(Constant::False) => Value::Bool(false),
        Kind::Constant(Constant::Ellipsis) => other("..."),
        Kind::Number(written) => number(written, false),
        Kind::Text(text) => Value::Text(Name::new(text)),
        Kind::Bytes(bytes) => other(&format!("b\"{}\"", bytes.escape_ascii())),
        Kind::Unary(sign @ ("-" | "+"), operand) => {
            let Kind::Number(written) = &operand.kind else {
                return None;
            };
            number(written, *sign == "-")
        }
        Kind::List(items) => Value::List(read_all(items, left)?),
        Kind::Tuple(items) => sequence("(", &read_all(items, left)?, ")", items.len() == 1),
        Kind::Set(items) => sequence("{", &read_all(items, left)?, "}", false),
        Kind::Dict(items) => {
            let mut entries = Vec::new();
            for (key, value) in items {
                let key = read(key.as_ref()?, left)?;
                put(&mut entries, key, read(value, left)?);
            }
            Value::Map(entries)
        }
        _ => return None,
    })
}

fn read_all(items: &[Expr], left: &mut usize) -> Option<Vec<Value>> {
    items.iter().map(|item| read(item, left)).collect()
}

fn sequence(open: &str, items: &[Value], close: &str, comma: bool) -> Value {
    let comma = if comma { "," } else { "" };
    other(&format!("{open}{}{comma}{close}", in_full(items, whole)))
}

/// The value's text, uncut: different tuples must not look the same.
fn whole(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{:?}", text.as_str()),
        Value::Other(text) => text.as_str().to_owned(),
        Value::List(items) => format!("[{}]", in_full(items, whole)),
        Value::Map(entries) => {
            let entry = |(key, held): &(Value, Value)| format!("{}: {}", whole(key), whole(held));
            format!("{{{}}}", in_full(entries, entry))
        }
        short => short.to_string(),
    }
}

fn in_full<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(", ")
}

fn number(written: &str, negative: bool) -> Value {
    let digits = written.replace('_', "").to_ascii_lowercase();
    let sign = if negative { "-" } else { "" };
    let radix = match digits.get(..2) {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => 10,
    };
    let body = if radix == 10 { digits.as_str() } else { &digits[2..] };
    if let Ok(whole) = i64::from_str_radix(&format!("{sign}{body}"), radix) {
        return Value::Int(whole);
    }
    let is_float = radix == 10 && digits.contains(['.', 'e']) && !digits.ends_with('j');
    match digits.parse::<f64>() {
        Ok(float) if is_float => Value::Float(if negative { -float } else { float }),
        _ => other(&format!("{sign}{digits}")),
    }
}

fn other(text: &str) -> Value {
    Value::Other(Name::new(text))
}
