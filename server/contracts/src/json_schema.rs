//! The declaration of a kind as a JSON Schema, for editors and validators of others.
//!
//! It says all that a JSON Schema can: keys, types, words, ranges, forms, conditions. It cannot say
//! what a loader makes of YAML before it looks at types (the last of two equal keys, keys that are
//! no text), nor what an expression may call, nor how two values compare with each other.

use serde_json::{Map, Value, json};

use crate::schema::words::one_line;
use crate::schema::{Key, Kind, Loader, Presence, Record, Shape};
use definitions::Definitions;

mod conditions;
mod definitions;
mod values;

/// The dialect that the schemas are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Versions of the contract format that admit no extensions: those before 0.2.
const WITHOUT_EXTENSIONS: &str = r"^0*(\.0*1?(\.|$)|$)";

/// The JSON Schema of a kind.
#[must_use]
pub fn of(kind: &'static Kind) -> Value {
    let mut definitions = Definitions::new(kind);
    let root = definitions.record(kind.root);
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!(DIALECT));
    schema.insert("title".into(), json!(kind.title));
    schema.insert("description".into(), json!(one_line(kind.prose)));
    schema.extend(root.into_iter().filter(|(name, _)| name != "description"));
    extend_condition(kind, &mut schema);
    let rest = definitions.finish();
    if !rest.is_empty() {
        schema.insert("$defs".into(), Value::Object(rest));
    }
    Value::Object(schema)
}

/// The schema as text, as it is committed and printed.
#[must_use]
pub fn text_of(kind: &'static Kind) -> String {
    format!("{:#}\n", of(kind))
}

/// Forbids the extensions at the root where the version of the contract does not admit them.
fn extend_condition(kind: &Kind, schema: &mut Map<String, Value>) {
    let extensions = kind.root.keys.iter().filter(|key| key.presence == Presence::Extension);
    let forbidden: Map<String, Value> =
        extensions.map(|key| (key.name.to_owned(), Value::Bool(false))).collect();
    if !forbidden.is_empty() {
        let version = json!({"properties": {"schema_version": {"pattern": WITHOUT_EXTENSIONS}}});
        schema.insert("if".into(), version);
        schema.insert("then".into(), json!({ "properties": forbidden }));
    }
}

impl Definitions {
    /// The schema of a mapping with known keys.
    fn record(&mut self, record: &'static Record) -> Map<String, Value> {
        let mut properties = Map::new();
        let mut required = Vec::new();
        let mut all_of: Vec<Value> =
            record.conditions.iter().map(|held| self.condition(record, held)).collect();
        all_of.extend(record.relations.iter().filter_map(|held| self.relation(record, held)));
        for key in record.keys {
            let schema = self.key(key);
            let other = self.other_spelling(record, key);
            match (key.presence == Presence::Required, &other) {
                (true, None) => required.push(json!(key.name)),
                (true, Some(other)) => {
                    let either = [json!({"required": [key.name]}), json!({"required": [other]})];
                    all_of.push(json!({ "anyOf": either }));
                }
                (false, _) => {}
            }
            if let Some(other) = other {
                properties.insert(other, schema.clone());
            }
            properties.insert(key.name.to_owned(), schema);
        }
        let mut schema = Map::new();
        schema.insert("type".into(), json!("object"));
        schema.insert("description".into(), json!(one_line(record.prose)));
        schema.insert("properties".into(), Value::Object(properties));
        for (name, list) in [("required", required), ("allOf", all_of)] {
            if !list.is_empty() {
                schema.insert(name.into(), Value::Array(list));
            }
        }
        if !matches!(self.loader(), Loader::Manifest | Loader::Policy) {
            schema.insert("additionalProperties".into(), json!(false));
        }
        schema
    }

    fn key(&mut self, key: &'static Key) -> Value {
        let mut schema = self.value(&key.shape);
        let is_nullable = key.presence.is_nullable() && self.loader() != Loader::Payload;
        if is_nullable && !matches!(key.shape, Shape::Anything) {
            schema = values::or_null(schema);
        }
        schema.insert("description".into(), json!(described(key)));
        if let Presence::Default(word) = key.presence {
            schema.insert("default".into(), values::written(word));
        }
        Value::Object(schema)
    }

    /// The other way in which the loader takes a key of a manifest: `project_id` for `projectId`.
    fn other_spelling(&self, record: &Record, key: &Key) -> Option<String> {
        let is_camel = key.name.contains(|letter: char| letter.is_ascii_uppercase())
            && !record.one_spelling.contains(&key.name);
        (self.loader() == Loader::Manifest && is_camel).then(|| {
            let mut name = String::new();
            for letter in key.name.chars() {
                if letter.is_ascii_uppercase() {
                    name.push('_');
                }
                name.push(letter.to_ascii_lowercase());
            }
            name
        })
    }
}

fn described(key: &Key) -> String {
    match key.presence {
        Presence::Extension => format!("{} (An announced extension.)", one_line(key.prose)),
        _ => one_line(key.prose),
    }
}

#[cfg(test)]
mod tests;
