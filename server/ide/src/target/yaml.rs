//! What stands at a place in a contract.

use contracts::schema::{Shape, Text};
use facts::contract::ContractFacts;
use facts::file::parsed;
use graph::handler::ContractRef;
use graph::sources::Sources;
use syntax::yaml::{Data, NodeId, Yaml};

use super::{Declared, Symbol, Target, add, contracts_of, key};
use crate::named;
use crate::place::Cursor;

/// What stands at the cursor.
pub(super) fn find(sources: &dyn Sources, cursor: Cursor) -> Option<Target> {
    // Most files of YAML are no contracts, and are not worth parsing.
    contracts_of(sources, cursor.file).next()?;
    let text = sources.text(cursor.file);
    let yaml = parsed(sources.path(cursor.file).as_str(), &text);
    let node = scalar_at(&yaml, cursor.offset)?;
    let span = yaml.node(node).span;
    let mut symbols = Vec::new();
    for contract in contracts_of(sources, cursor.file) {
        named_at(sources, contract, node, &mut symbols);
    }
    let kind = |root: NodeId| {
        let documents = contracts_of(sources, cursor.file).map(|(_, facts)| &facts.document);
        documents.into_iter().find(|document| document.at == root).map(|document| document.kind)
    };
    let declared = || key::declared(&yaml, node, kind);
    if symbols.is_empty() && declared().is_some_and(stands_for_its_value) {
        // The key of a record is a scalar, and ids follow the text: its value comes next.
        let value = NodeId::new(node.place() + 1);
        for contract in contracts_of(sources, cursor.file) {
            named_at(sources, contract, value, &mut symbols);
        }
    }
    if symbols.is_empty() {
        symbols.push(Symbol::Key(declared()?));
    }
    Some(Target { span, symbols, more: 0 })
}

/// The scalar, or the alias of one, at an offset.
fn scalar_at(yaml: &Yaml, offset: usize) -> Option<NodeId> {
    let node = yaml.node_at(offset)?;
    match &yaml.node(node).data {
        // Right behind `key:` begins a value that is nothing.
        Data::Scalar(_) if yaml.node(node).span.is_empty() => {
            let before = NodeId::new(node.place().checked_sub(1)?);
            yaml.node(before).span.touches(offset).then_some(before)
        }
        Data::Scalar(_) | Data::Alias(_) => Some(node),
        _ => None,
    }
}

/// Whether a key stands for what its value names: one that gives a name, or the path that an entry
/// is about.
fn stands_for_its_value(declared: Declared) -> bool {
    let Declared::Key(record, key) = declared else { return false };
    let is_first = record.keys.first().is_some_and(|first| first.name == key.name);
    match key.shape {
        Shape::Text(Text::Defines(_)) => true,
        Shape::Text(Text::FieldPath) => is_first,
        _ => false,
    }
}

/// What the contract names at `node`. A part that aliases share may name several things.
fn named_at(
    sources: &dyn Sources,
    (contract, facts): (ContractRef, &ContractFacts),
    node: NodeId,
    symbols: &mut Vec<Symbol>,
) {
    named::each(facts, &mut |found| {
        if found.at == node {
            add(symbols, named::symbol(sources.graph(), contract, facts, &found));
        }
    });
}
