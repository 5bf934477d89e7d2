//! Values out of YAML.

use syntax::yaml::{self, Data, NodeId, Yaml};
use text::name::Name;

use super::{Value, put};

/// Nested collections that are followed; deeper ones are opaque. An alias that leads back to a
/// collection around it ends here too.
const DEPTH: usize = 32;
/// Nodes that are read for one value: aliases of aliases multiply.
const NODES: usize = 4_000;

impl Value {
    /// The value that the safe loader would make of `node`.
    ///
    /// What is nested too deep, repeated too often or not readable becomes [`Value::Other`].
    #[must_use]
    pub fn from_yaml(yaml: &Yaml, node: NodeId) -> Value {
        Reader { yaml, left: NODES }.read(node, 0)
    }
}

struct Reader<'a> {
    yaml: &'a Yaml,
    left: usize,
}

impl Reader<'_> {
    fn read(&mut self, node: NodeId, depth: usize) -> Value {
        if depth > DEPTH || self.left == 0 {
            return opaque();
        }
        self.left -= 1;
        let yaml = self.yaml;
        match yaml.nodes.get(node.index()).map(|found| &found.data) {
            Some(Data::Scalar(scalar)) => scalar_value(&scalar.value),
            Some(Data::Sequence(items)) => {
                Value::List(items.iter().map(|item| self.read(*item, depth + 1)).collect())
            }
            Some(Data::Mapping(entries)) => self.read_mapping(entries, depth),
            // An alias costs depth as well: a chain of aliases must end.
            Some(Data::Alias(target)) => self.read(*target, depth + 1),
            Some(Data::Unreadable) | None => opaque(),
        }
    }

    fn read_mapping(&mut self, entries: &[yaml::Entry], depth: usize) -> Value {
        let mut read = Vec::new();
        // Merged entries come first, so that those written here win over them.
        for entry in entries {
            if self.is_merge(entry.key) {
                self.merge(entry.value, depth + 1, &mut read);
            }
        }
        for entry in entries {
            if !self.is_merge(entry.key) {
                let key = self.read(entry.key, depth + 1);
                let value = self.read(entry.value, depth + 1);
                put(&mut read, key, value);
            }
        }
        Value::Map(read)
    }

    /// Adds what `<<: node` brings; of several mappings the first to have a key wins.
    fn merge(&mut self, node: NodeId, depth: usize, read: &mut Vec<(Value, Value)>) {
        let sources = match self.read(node, depth) {
            Value::List(sources) => sources,
            source => vec![source],
        };
        for source in sources.into_iter().rev() {
            if let Value::Map(entries) = source {
                for (key, value) in entries {
                    put(read, key, value);
                }
            }
        }
    }

    fn is_merge(&self, key: NodeId) -> bool {
        let data = self.yaml.nodes.get(key.index()).map(|node| &node.data);
        matches!(data, Some(Data::Scalar(scalar)) if scalar.value == yaml::Value::Merge)
    }
}

fn scalar_value(value: &yaml::Value) -> Value {
    match value {
        yaml::Value::Null => Value::Null,
        yaml::Value::Bool(truth) => Value::Bool(*truth),
        yaml::Value::Int(number) => Value::Int(*number),
        yaml::Value::Float(number) => Value::Float(*number),
        yaml::Value::Text(text) => Value::Text(*text),
        yaml::Value::Prose(prose) => Value::Text(Name::new(prose)),
        yaml::Value::BigInt(text) | yaml::Value::Timestamp(text) => Value::Other(Name::new(text)),
        yaml::Value::Binary(_) => Value::Other(Name::new("<binary>")),
        yaml::Value::Merge => Value::Text(Name::new("<<")),
    }
}

fn opaque() -> Value {
    Value::Other(Name::new("..."))
}
