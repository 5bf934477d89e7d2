//! Values as JSON.

use serde_json::{Map, Value as Json};

use super::Value;

impl Value {
    /// The value as JSON; none where JSON has no such value: a date, a number that is none, a key
    /// that is no text.
    #[must_use]
    pub fn to_json(&self) -> Option<Json> {
        Some(match self {
            Value::Null => Json::Null,
            Value::Bool(truth) => Json::Bool(*truth),
            Value::Int(number) => Json::from(*number),
            Value::Float(number) => Json::Number(serde_json::Number::from_f64(*number)?),
            Value::Text(text) => Json::from(text.as_str()),
            Value::List(items) => items.iter().map(Value::to_json).collect::<Option<_>>()?,
            Value::Map(entries) => {
                let entry = |(key, value): &(Value, Value)| match key {
                    Value::Text(name) => Some((name.as_str().to_owned(), value.to_json()?)),
                    _ => None,
                };
                Json::Object(entries.iter().map(entry).collect::<Option<Map<_, _>>>()?)
            }
            Value::Other(_) => return None,
        })
    }
}
