//! The schema of one value.

use serde_json::{Map, Value, json};
use syntax::yaml::{self, Limits};

use super::definitions::Definitions;
use crate::decode::scalar::MOMENT;
use crate::schema::words::one_line;
use crate::schema::{Enumeration, Items, Loader, MapKeys, Range, Shape, Text};
use crate::value::Value as Written;
use crate::verification::LONGEST;

/// Texts that a lax loader reads as a number.
const NUMBER: &str = r"^\s*[+-]?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)([eE][+-]?\d+)?\s*$|^\s*[+-]?([iI][nN][fF](inity)?|[nN][aA][nN])\s*$";

/// Texts that a lax loader reads as a truth value.
const FLAG: &str = "^([oO][nN]|[oO][fF][fF]|[tT]|[fF]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|[yY]|[nN]|[yY][eE][sS]|[nN][oO]|0|1)$";

impl Definitions {
    /// The schema of a value of this shape.
    pub(super) fn value(&mut self, shape: &'static Shape) -> Map<String, Value> {
        match shape {
            Shape::Text(text) => text_schema(*text),
            Shape::Flag => self.flag(),
            Shape::Number(range) => self.number(*range),
            Shape::OneOf(words) => one_of(words),
            Shape::Anything => Map::new(),
            Shape::List(items) => {
                let item = Value::Object(self.value(items.of));
                let mut schema = object(json!({"type": "array", "items": item}));
                at_least("minItems", *items, &mut schema);
                schema
            }
            Shape::Map(keys, items) => {
                let value = Value::Object(self.value(items.of));
                let mut schema = object(json!({"type": "object", "additionalProperties": value}));
                at_least("minProperties", *items, &mut schema);
                if *keys != MapKeys::Free {
                    schema.insert("propertyNames".into(), json!({"type": "string"}));
                }
                schema
            }
            Shape::Record(record) => {
                let name = self.name(record);
                object(json!({"$ref": format!("#/$defs/{name}")}))
            }
        }
    }

    fn flag(&self) -> Map<String, Value> {
        object(match self.loader() {
            Loader::Payload => json!({"type": "boolean"}),
            Loader::Contract | Loader::Announced | Loader::Manifest | Loader::Policy => json!({
                "type": ["boolean", "number", "string"],
                "minimum": 0, "maximum": 1, "multipleOf": 1, "pattern": FLAG,
            }),
        })
    }

    fn number(&self, range: Range) -> Map<String, Value> {
        let mut schema = object(match self.loader() {
            Loader::Payload => json!({"type": "number"}),
            Loader::Contract | Loader::Announced | Loader::Manifest | Loader::Policy => {
                json!({"type": ["number", "string", "boolean"], "pattern": NUMBER})
            }
        });
        if let Some(least) = range.least {
            let name = if range.above { "exclusiveMinimum" } else { "minimum" };
            schema.insert(name.into(), number(least));
        }
        if let Some(most) = range.most {
            schema.insert("maximum".into(), number(most));
        }
        if range.whole {
            schema.insert("multipleOf".into(), json!(1));
        }
        schema
    }
}

fn text_schema(text: Text) -> Map<String, Value> {
    object(match text {
        Text::Free | Text::MayRefer(_) | Text::Mentions(_) | Text::Type => {
            json!({"type": "string"})
        }
        Text::Word | Text::FieldPath | Text::Defines(_) | Text::Refers(_) => {
            json!({"type": "string", "minLength": 1})
        }
        Text::Expression => json!({"type": "string", "minLength": 1, "maxLength": LONGEST}),
        Text::Matching(pattern) | Text::Coins(_, pattern) => {
            json!({"type": "string", "pattern": pattern.regex})
        }
        Text::Moment => json!({"type": ["string", "number"], "pattern": MOMENT.regex}),
    })
}

/// A closed set, with the meaning of each word where an editor looks for it.
fn one_of(words: &Enumeration) -> Map<String, Value> {
    let names: Vec<&str> = words.values.iter().map(|(word, _)| *word).collect();
    let meanings: Vec<String> = words.values.iter().map(|(_, meaning)| one_line(meaning)).collect();
    object(json!({"enum": names, "markdownEnumDescriptions": meanings}))
}

fn at_least(name: &str, items: Items, schema: &mut Map<String, Value>) {
    if items.least > 0 {
        schema.insert(name.into(), json!(items.least));
    }
}

/// The schema of a value that may be `null` as well.
pub(super) fn or_null(mut schema: Map<String, Value>) -> Map<String, Value> {
    match schema.get_mut("type") {
        Some(Value::String(only)) => {
            let both = json!([only, "null"]);
            schema.insert("type".into(), both);
        }
        Some(Value::Array(several)) => several.push(json!("null")),
        _ => match schema.get_mut("enum") {
            Some(Value::Array(words)) => words.push(Value::Null),
            _ => return object(json!({"anyOf": [Value::Object(schema), {"type": "null"}]})),
        },
    }
    schema
}

/// A default as people write it.
pub(super) fn written(word: &str) -> Value {
    let yaml = yaml::parse(word, &Limits::default());
    let root = yaml.documents.first();
    let value = root.and_then(|root| Written::from_yaml(&yaml, *root).to_json());
    value.unwrap_or_default()
}

/// A whole number without a fraction, so that it is read as people write it.
fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "bounds of declarations are small")]
    if value.fract() == 0.0 { json!(value as i64) } else { json!(value) }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
