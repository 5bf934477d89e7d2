//! The records of a kind, each given once and referred to by name.

use serde_json::{Map, Value};

use crate::schema::{Kind, Loader, Record};

/// The records met so far.
#[derive(Debug)]
pub(super) struct Definitions {
    loader: Loader,
    names: Vec<(&'static Record, String)>,
    schemas: Map<String, Value>,
}

impl Definitions {
    /// None yet.
    pub(super) fn new(kind: &Kind) -> Definitions {
        Definitions { loader: kind.loader, names: Vec::new(), schemas: Map::new() }
    }

    /// What the loader of the kind forgives.
    pub(super) fn loader(&self) -> Loader {
        self.loader
    }

    /// The name of a record's definition. Two records may be called the same.
    pub(super) fn name(&mut self, record: &'static Record) -> String {
        if let Some((_, name)) = self.names.iter().find(|(held, _)| std::ptr::eq(*held, record)) {
            return name.clone();
        }
        let base = record.name.replace(' ', "-");
        let taken = |name: &String| self.names.iter().any(|(_, held)| held == name);
        let mut name = base.clone();
        let mut number = 2;
        while taken(&name) {
            name = format!("{base}-{number}");
            number += 1;
        }
        self.names.push((record, name.clone()));
        // Held before its keys are looked at, so that a record may hold records of its own kind.
        let schema = self.record(record);
        self.schemas.insert(name.clone(), Value::Object(schema));
        name
    }

    /// All of them, by name.
    pub(super) fn finish(self) -> Map<String, Value> {
        let mut schemas: Vec<(String, Value)> = self.schemas.into_iter().collect();
        schemas.sort_by(|(one, _), (other, _)| one.cmp(other));
        schemas.into_iter().collect()
    }
}
