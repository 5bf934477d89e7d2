//! Names of every sort, in contracts of every kind.
//!
//! Nothing here knows a kind: what a document names follows from its declaration, and how far a
//! name reaches from its sort.

use contracts::decode::names::{Named, Role};
use contracts::path::FieldPath;
use contracts::schema::Sort;
use contracts::schema::sort::Scope;
use facts::contract::ContractFacts;
use facts::places::{Anchor, FileId};
use graph::handler::ContractRef;
use graph::project::Graph;
use syntax::yaml::{Data, NodeId, Yaml};
use text::name::Name;
use text::span::Span;

use crate::target::Symbol;

/// Something that contracts name: whatever is neither a pipeline that is known nor a phase or field
/// of one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Thing {
    /// What it is.
    pub sort: Sort,
    /// Its name.
    pub name: Name,
    /// The name of what it belongs to, where that is a part of its identity.
    pub of: Option<Name>,
    /// Where it goes by this name.
    pub reach: Reach,
}

/// Where a thing goes by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// In the whole project.
    Project,
    /// In a propagation contract and in those that belong to its pipeline.
    Pipeline(ContractRef),
    /// In contracts that name a pipeline with this id, which no one propagation contract is.
    Unclaimed(Name),
    /// In one document.
    Document(ContractRef),
}

/// One name at one place of a contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Naming {
    /// What is named.
    pub(crate) sort: Sort,
    /// Whether the name is given here, or used.
    pub(crate) role: Role,
    /// The name.
    pub(crate) name: Name,
    /// The name beside it that is a part of its identity.
    pub(crate) of: Option<Name>,
    /// The scalar that holds the name.
    pub(crate) at: NodeId,
}

impl From<&Named> for Naming {
    fn from(named: &Named) -> Naming {
        let Named { sort, role, name, of, at, .. } = *named;
        Naming { sort, role, name, of, at }
    }
}

/// A name in one of the contracts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Use<'g> {
    /// The contract.
    pub(crate) contract: ContractRef,
    /// What it says.
    pub(crate) facts: &'g ContractFacts,
    /// The name.
    pub(crate) named: Naming,
}

impl Use<'_> {
    /// Where the name stands.
    pub(crate) fn at(&self) -> Anchor {
        self.contract.anchor(self.named.at)
    }

    /// Whether the name is given here.
    pub(crate) fn defines(&self) -> bool {
        self.named.role == Role::Defines
    }
}

/// Calls `note` for every name in a contract. Those of a propagation contract are in its typed view,
/// but for extensions.
pub(crate) fn each(facts: &ContractFacts, note: &mut dyn FnMut(Naming)) {
    if facts.propagation().is_some() {
        of_propagation(facts, note);
    }
    facts.document.names.iter().map(Naming::from).for_each(note);
}

fn of_propagation(facts: &ContractFacts, note: &mut dyn FnMut(Naming)) {
    let Some(contract) = facts.propagation() else { return };
    let mut add = |sort: Sort, role: Role, name: Name, at: NodeId| {
        if !name.as_str().is_empty() {
            note(Naming { sort, role, name, of: None, at });
        }
    };
    if let Some(id) = facts.document.pipeline_id {
        add(Sort::Pipeline, Role::Defines, id.value, id.at);
    }
    for phase in &contract.phases {
        add(Sort::Phase, Role::Defines, phase.name.value, phase.name.at);
        for (_, field) in phase.all_fields() {
            add(Sort::Field, Role::Refers, field.path.value.as_name(), field.path.at);
            if let Some(source) = field.source_phase {
                add(Sort::Phase, Role::Refers, source.value, source.at);
            }
        }
    }
    for chain in &contract.chains {
        if let Some(id) = chain.id {
            add(Sort::Chain, Role::Defines, id.value, id.at);
        }
        for endpoint in chain.endpoints() {
            if let Some(phase) = endpoint.phase {
                add(Sort::Phase, Role::Refers, phase.value, phase.at);
            }
            if let Some(field) = endpoint.field {
                add(Sort::Field, Role::Refers, field.value.as_name(), field.at);
            }
        }
    }
}

/// The pipeline that a contract is, or belongs to.
pub(crate) fn pipeline_of(graph: &Graph, contract: ContractRef) -> Option<ContractRef> {
    match graph.propagation(contract) {
        Some(_) => Some(contract),
        None => graph.pipeline_of(contract),
    }
}

/// How far names of a sort reach that stand in this contract.
pub(crate) fn reach(
    graph: &Graph,
    contract: ContractRef,
    facts: &ContractFacts,
    sort: Sort,
) -> Reach {
    match sort.scope() {
        Scope::Project => Reach::Project,
        Scope::Document => Reach::Document(contract),
        Scope::Pipeline => match (pipeline_of(graph, contract), facts.pipeline()) {
            (Some(pipeline), _) => Reach::Pipeline(pipeline),
            (None, Some(id)) => Reach::Unclaimed(id),
            (None, None) => Reach::Document(contract),
        },
    }
}

/// What a name of a contract stands for.
pub(crate) fn symbol(
    graph: &Graph,
    contract: ContractRef,
    facts: &ContractFacts,
    named: &Naming,
) -> Symbol {
    let thing = Thing {
        sort: named.sort,
        name: named.name,
        of: named.of,
        reach: reach(graph, contract, facts, named.sort),
    };
    let pipeline = pipeline_of(graph, contract);
    match (named.sort, pipeline) {
        (Sort::Phase, Some(pipeline)) => Symbol::Phase { pipeline, name: named.name },
        (Sort::Field, Some(pipeline)) => {
            Symbol::Field { pipeline, path: FieldPath::of(named.name) }
        }
        // An extension may name other pipelines than its own.
        (Sort::Pipeline, Some(pipeline)) if is_called(graph, pipeline, named.name) => {
            Symbol::Pipeline(pipeline)
        }
        _ => Symbol::Thing(thing),
    }
}

fn is_called(graph: &Graph, pipeline: ContractRef, name: Name) -> bool {
    graph.contract(pipeline).is_some_and(|facts| facts.pipeline() == Some(name))
}

/// The contracts within reach, by path.
pub(crate) fn contracts(graph: &Graph, reach: Reach) -> Vec<ContractRef> {
    match reach {
        Reach::Document(contract) => vec![contract],
        Reach::Pipeline(pipeline) => {
            std::iter::once(pipeline).chain(graph.companions(pipeline)).collect()
        }
        Reach::Unclaimed(id) => {
            let named = graph.companions_named(id);
            named.filter(|contract| graph.pipeline_of(*contract).is_none()).collect()
        }
        Reach::Project => {
            let files = graph.files().by_path().into_iter();
            files.flat_map(|(file, known)| indexed(file, known.contracts.len())).collect()
        }
    }
}

fn indexed(file: FileId, count: usize) -> impl Iterator<Item = ContractRef> {
    (0..u32::try_from(count).unwrap_or(u32::MAX)).map(move |index| ContractRef { file, index })
}

/// Every name of one sort within reach.
pub(crate) fn uses_of(graph: &Graph, sort: Sort, reach: Reach) -> Vec<Use<'_>> {
    let mut found = Vec::new();
    for contract in contracts(graph, reach) {
        let Some(facts) = graph.contract(contract) else { continue };
        each(facts, &mut |named| {
            if named.sort == sort {
                found.push(Use { contract, facts, named });
            }
        });
    }
    found
}

/// Every place that names a thing.
pub(crate) fn uses<'g>(graph: &'g Graph, thing: &Thing) -> Vec<Use<'g>> {
    let mut all = uses_of(graph, thing.sort, thing.reach);
    all.retain(|found| found.named.name == thing.name && found.named.of == thing.of);
    all
}

/// The places in extensions and companions that name something of a pipeline; what the typed view of
/// its propagation contract holds is left to those who read it.
pub(crate) fn besides<'g>(graph: &'g Graph, pipeline: ContractRef, sort: Sort) -> Vec<Use<'g>> {
    let mut found = Vec::new();
    for contract in contracts(graph, Reach::Pipeline(pipeline)) {
        let Some(facts) = graph.contract(contract) else { continue };
        let names = facts.document.names.iter().filter(|named| named.sort == sort);
        found.extend(names.map(|named| Use { contract, facts, named: named.into() }));
    }
    found
}

/// All that the name at `node` is the name of: the value of a map's key, the record that has the
/// name, or the name alone.
pub(crate) fn whole(yaml: &Yaml, node: NodeId) -> Span {
    let own = yaml.node(node).span;
    let Some(parent) = yaml.parent(node) else { return own };
    match &yaml.node(parent).data {
        Data::Mapping(entries) => match entries.iter().find(|entry| entry.key == node) {
            // What an alias stands for is written elsewhere, and comes later only by mistake.
            Some(entry) => own.cover(yaml.node(entry.value).span),
            None => yaml.node(parent).span,
        },
        _ => own,
    }
}

/// The mapping that the name at `node` is the name of, if it is of one.
pub(crate) fn record(yaml: &Yaml, node: NodeId) -> Option<NodeId> {
    let parent = yaml.parent(node)?;
    let Data::Mapping(entries) = &yaml.node(parent).data else { return None };
    let record = match entries.iter().find(|entry| entry.key == node) {
        Some(entry) => yaml.resolve(entry.value),
        None => parent,
    };
    matches!(yaml.node(record).data, Data::Mapping(_)).then_some(record)
}
