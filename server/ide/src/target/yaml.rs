//! What stands at a place in a contract.

use contracts::propagation::Endpoint;
use facts::contract::ContractFacts;
use graph::handler::ContractRef;
use graph::sources::Sources;
use syntax::yaml::{self, Data, Limits, NodeId, Yaml};

use super::{Symbol, Target, add, contracts_of, key};
use crate::place::Cursor;

/// Keys that stand for what their value names.
const NAMING: [&str; 3] = ["chain_id", "name", "pipeline_id"];

/// What stands at the cursor.
pub(super) fn find(sources: &dyn Sources, cursor: Cursor) -> Option<Target> {
    // Most files of YAML are no contracts, and are not worth parsing.
    contracts_of(sources, cursor.file).next()?;
    let text = sources.text(cursor.file);
    let yaml = yaml::parse(&text, &Limits::default());
    let node = scalar_at(&yaml, cursor.offset)?;
    let span = yaml.node(node).span;
    let mut symbols = Vec::new();
    for (contract, facts) in contracts_of(sources, cursor.file) {
        named_at(contract, facts, node, &mut symbols);
    }
    if symbols.is_empty() && is_naming_key(&yaml, node) {
        // The key of a record is a scalar, and ids follow the text: its value comes next.
        let value = NodeId::new(node.place() + 1);
        for (contract, facts) in contracts_of(sources, cursor.file) {
            named_at(contract, facts, value, &mut symbols);
        }
    }
    if symbols.is_empty() {
        let name = sources.path(cursor.file).file_name().unwrap_or_default();
        symbols.push(Symbol::Key(key::declared(name, &yaml, node)?));
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

fn is_naming_key(yaml: &Yaml, node: NodeId) -> bool {
    let is_key = yaml.parent(node).is_some_and(|parent| {
        yaml.written(parent).binary_search_by_key(&node, |entry| entry.key).is_ok()
    });
    is_key && yaml.text_of(node).is_some_and(|text| NAMING.contains(&text.as_str()))
}

/// What the contract names at `node`. A part that aliases share belongs to several phases.
fn named_at(pipeline: ContractRef, facts: &ContractFacts, node: NodeId, symbols: &mut Vec<Symbol>) {
    let Some(contract) = facts.propagation() else { return };
    if facts.document.pipeline_id.is_some_and(|id| id.at == node) {
        symbols.push(Symbol::Pipeline(pipeline));
    }
    for phase in &contract.phases {
        if phase.name.at == node {
            add(symbols, Symbol::Phase { pipeline, name: phase.name.value });
        }
        for (_, field) in phase.all_fields() {
            if field.path.at == node {
                add(symbols, Symbol::Field { pipeline, path: field.path.value });
            }
            let source = field.source_phase.filter(|source| source.at == node);
            if let Some(source) = source.filter(|source| !source.value.as_str().is_empty()) {
                add(symbols, Symbol::Phase { pipeline, name: source.value });
            }
        }
    }
    for chain in &contract.chains {
        if let Some(id) = chain.id.filter(|id| id.at == node) {
            add(symbols, Symbol::Chain { pipeline, id: id.value });
        }
        for endpoint in chain.endpoints() {
            of_endpoint(pipeline, endpoint, node, symbols);
        }
    }
}

fn of_endpoint(
    pipeline: ContractRef,
    endpoint: &Endpoint,
    node: NodeId,
    symbols: &mut Vec<Symbol>,
) {
    if let Some(phase) = endpoint.phase.filter(|phase| phase.at == node) {
        add(symbols, Symbol::Phase { pipeline, name: phase.value });
    }
    if let Some(field) = endpoint.field.filter(|field| field.at == node) {
        add(symbols, Symbol::Field { pipeline, path: field.value });
    }
}
