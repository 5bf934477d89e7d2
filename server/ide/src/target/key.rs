//! Keys and words that a contract's kind declares, found by the way that leads to them.

use contracts::schema::{Enumeration, Kind, Record, Shape, Text};
use syntax::yaml::{Data, NodeId, Yaml};

use super::Declared;
use crate::declaration;

/// What a place in a document is declared to be.
#[derive(Clone, Copy)]
enum Declaration {
    Record(&'static Record),
    Shape(&'static Shape),
}

impl Declaration {
    fn record(self) -> Option<&'static Record> {
        match self {
            Declaration::Record(record) | Declaration::Shape(&Shape::Record(record)) => {
                Some(record)
            }
            Declaration::Shape(_) => None,
        }
    }
}

/// What the scalar `node` is by the declaration of its document's kind, which is found by the
/// document's root.
pub(super) fn declared(
    yaml: &Yaml,
    node: NodeId,
    kind: impl Fn(NodeId) -> Option<&'static Kind>,
) -> Option<Declared> {
    let way = yaml.way_down(node);
    follow(yaml, kind(*way.first()?)?, &way)
}

fn follow(yaml: &Yaml, kind: &'static Kind, way: &[NodeId]) -> Option<Declared> {
    let mut declaration = Declaration::Record(kind.root);
    let mut last = None;
    for pair in way.windows(2) {
        let (parent, child) = (pair[0], pair[1]);
        if let (Data::Mapping(entries), Some(record)) =
            (&yaml.node(parent).data, declaration.record())
        {
            let count = entries.partition_point(|entry| entry.key <= child);
            let entry = entries.get(count.checked_sub(1)?)?;
            let key = declaration::key(kind, record, yaml.text_of(entry.key)?.as_str())?;
            if child == entry.key {
                return Some(Declared::Key(record, key));
            }
            last = Some((record, key));
            declaration = Declaration::Shape(&key.shape);
            continue;
        }
        declaration = match (&yaml.node(parent).data, declaration) {
            (Data::Mapping(entries), Declaration::Shape(Shape::Map(_, items))) => {
                // The keys themselves are free.
                if entries.iter().any(|entry| entry.key == child) {
                    return None;
                }
                Declaration::Shape(items.of)
            }
            (Data::Sequence(_), Declaration::Shape(Shape::List(items))) => {
                Declaration::Shape(items.of)
            }
            _ => return None,
        };
    }
    match declaration {
        Declaration::Shape(Shape::OneOf(set)) => word(yaml, way, set),
        // Prose and names explain themselves.
        Declaration::Shape(
            Shape::Text(Text::Type | Text::Expression) | Shape::Flag | Shape::Number(_),
        ) => last.map(|(record, key)| Declared::Key(record, key)),
        _ => None,
    }
}

fn word(yaml: &Yaml, way: &[NodeId], set: &'static Enumeration) -> Option<Declared> {
    let text = yaml.text_of(*way.last()?)?;
    let index = set.values.iter().position(|(word, _)| *word == text.as_str())?;
    Some(Declared::Word(set, index))
}
