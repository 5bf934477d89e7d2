//! The types of fields, as far as written values and defaults show them.

use contracts::path::FieldPath;
use contracts::types::Type;
use contracts::value::Value;
use graph::project::Graph;
use graph::summary::{Strength, WrittenValue};
use rules::offers::written_type;
use rustc_hash::FxHashMap;
use text::name::Name;

use super::line::Step;

/// What stands for a type that does not show.
const ANY: &str = "Any";

/// From this many types on, a field may as well hold anything.
const MANY: usize = 4;

/// The types that are seen in values, by field.
#[derive(Default)]
struct Seen {
    names: Vec<&'static str>,
    or_none: bool,
}

/// The types of the fields of a workflow.
pub(super) struct Types {
    written: FxHashMap<FieldPath, Seen>,
    defaults: FxHashMap<FieldPath, Seen>,
}

impl Types {
    pub(super) fn new(graph: &Graph, steps: &[Step]) -> Types {
        let mut types = Types { written: FxHashMap::default(), defaults: FxHashMap::default() };
        for done in steps.iter().flat_map(Step::summaries) {
            for write in &done.writes {
                types.written.entry(write.path).or_default().add(graph, &write.value);
            }
            for read in &done.reads {
                if let Strength::Defaulted(Some(value)) = &read.strength {
                    let value = WrittenValue::Literal(value.clone());
                    types.defaults.entry(read.path).or_default().add(graph, &value);
                }
            }
        }
        types
    }

    /// The type of a field, made wide enough for its default.
    pub(super) fn of(&self, path: FieldPath, default: Option<&Value>) -> String {
        let written = self.written.get(&path).filter(|seen| !seen.names.is_empty());
        let name = written.or_else(|| self.defaults.get(&path)).map_or(ANY.to_owned(), Seen::name);
        let Some(default) = default else { return name };
        let fits = |wanted: &Type| wanted.accepts(default);
        if Type::named(Name::new(&name)).is_none_or(fits) {
            return name;
        }
        let of_default = written_type(&WrittenValue::Literal(default.clone()));
        of_default.map_or(ANY.to_owned(), |other| format!("{name} | {other}"))
    }
}

impl Seen {
    fn add(&mut self, graph: &Graph, value: &WrittenValue) {
        if matches!(value, WrittenValue::Literal(Value::Null)) {
            self.or_none = true;
        }
        let Some(name) = written_type(value) else { return };
        if is_known(graph, name) && !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    fn name(&self) -> String {
        let mut names = self.names.clone();
        // An int will do wherever a float does.
        if names.contains(&"float") {
            names.retain(|name| *name != "int");
        }
        if names.is_empty() || names.len() >= MANY {
            return ANY.to_owned();
        }
        if self.or_none {
            names.push("None");
        }
        names.join(" | ")
    }
}

/// Whether the name is one of Python's own, or of a class of the project.
fn is_known(graph: &Graph, name: &str) -> bool {
    Type::named(Name::new(name)).is_some_and(|named| {
        named.unknown_names().iter().all(|unknown| {
            let last = unknown.as_str().rsplit('.').next().unwrap_or_default();
            graph.has_class(Name::new(last))
        })
    })
}
