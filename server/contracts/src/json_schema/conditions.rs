//! What a record's values ask of each other, as far as a JSON Schema can say it.

use serde_json::{Map, Value, json};

use super::definitions::Definitions;
use crate::schema::{Condition, Key, Presence, Record, Relation, Shape};

impl Definitions {
    /// The schema of a condition: where one key has a word, another must be there.
    pub(super) fn condition(&self, record: &Record, condition: &Condition) -> Value {
        let is = match condition.is {
            "true" => json!([true, "true"]),
            "false" => json!([false, "false"]),
            word => json!([word]),
        };
        let when = self.has(record, condition.when, &json!({ "enum": is }));
        let there = self.has(record, condition.key, &json!({"not": {"type": "null"}}));
        json!({"if": when, "then": there})
    }

    /// The schema of a relation; none where JSON Schema has no words for it.
    pub(super) fn relation(&self, record: &Record, relation: &Relation) -> Option<Value> {
        match relation {
            Relation::SomeActive => {
                let active = record
                    .keys
                    .iter()
                    .map(|key| self.has(record, key.name, &json!({"not": {"enum": idle(key)}})));
                Some(json!({"anyOf": active.collect::<Vec<_>>()}))
            }
            Relation::Word { key, by, form, words } => {
                let when = self.has(record, by, &json!({"pattern": form.regex}));
                let enums = self.spellings(record, key).map(|name| (name, json!({"enum": words})));
                let then: Map<String, Value> = enums.collect();
                Some(json!({"if": when, "then": {"properties": then}}))
            }
            Relation::Listed { .. }
            | Relation::NotBefore { .. }
            | Relation::Disjoint { .. }
            | Relation::SumAtMost { .. } => None,
        }
    }

    /// That a key is there, in any spelling that the loader takes, with such a value.
    fn has(&self, record: &Record, key: &'static str, value: &Value) -> Value {
        let has = |name: String| json!({"required": [name], "properties": {name: value}});
        let mut either: Vec<Value> = self.spellings(record, key).map(has).collect();
        match either.pop() {
            Some(only) if either.is_empty() => only,
            last => {
                either.extend(last);
                json!({ "anyOf": either })
            }
        }
    }

    /// A key in each spelling that the loader takes.
    fn spellings(&self, record: &Record, key: &'static str) -> impl Iterator<Item = String> {
        let other = record.key(key).and_then(|key| self.other_spelling(record, key));
        std::iter::once(key.to_owned()).chain(other)
    }
}

/// What a key says by which it asks for nothing.
fn idle(key: &Key) -> Value {
    match (key.presence, &key.shape) {
        (Presence::Default("false"), Shape::Flag) => {
            json!([false, 0, "false", "off", "no", "f", "n", "0"])
        }
        (Presence::Default(word), _) => json!([word]),
        _ => json!([null]),
    }
}
