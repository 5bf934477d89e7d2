//! Pipelines that no contract declares: handlers that are registered together, and say themselves what
//! they take from the context and leave in it.
//!
//! What they declare is put into the form of a contract, so that every question about pipelines is
//! asked in one way. Its nodes are numbers of places in code.

use std::collections::BTreeSet;
use std::sync::Arc;

use contracts::body::Body;
use contracts::document::Document;
use contracts::kinds::propagation;
use contracts::propagation::{Boundary, Contract, Field, FieldList, Located, Phase, Severity};
use contracts::value::Value;
use facts::contract::ContractFacts;
use facts::places::Anchor;
use facts::python::declarations::Side;
use syntax::yaml::NodeId;
use text::name::Name;

use crate::code_contract::{CodeField, CodeSide};
use crate::handler::Handler;

/// Where the nodes of a pipeline stand that is declared in code.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CodePlaces {
    anchors: Vec<Anchor>,
    /// Which sides of which phases are declared as a whole.
    pub(crate) declared: BTreeSet<(usize, Side)>,
}

impl CodePlaces {
    /// The place that a node stands for.
    pub(crate) fn anchor(&self, node: NodeId) -> Anchor {
        self.anchors[node.place() as usize]
    }

    fn node(&mut self, at: Anchor) -> NodeId {
        let node = NodeId::new(u32::try_from(self.anchors.len()).unwrap_or(u32::MAX));
        self.anchors.push(at);
        node
    }
}

/// What handlers declare, as a contract. `phases` are the names of the phases in the order of their
/// registrations, which is taken for the order in which they run, and where each is registered.
pub(crate) fn declared(
    phases: &[(Name, Anchor)],
    handlers: &[Handler],
) -> (Arc<ContractFacts>, CodePlaces) {
    let mut places = CodePlaces::default();
    let phases: Vec<Phase> = phases
        .iter()
        .enumerate()
        .map(|(index, (name, at))| {
            let own = handlers.iter().filter(|handler| handler.phase == *name);
            phase((index, *name, *at), &own.collect::<Vec<_>>(), &mut places)
        })
        .collect();
    let contract = Contract { description: None, phases, chains: Vec::new(), topology: None };
    let document = Document {
        kind: &propagation::KIND,
        at: NodeId::new(0),
        pipeline_id: None,
        body: Body::Propagation(Arc::new(contract)),
        names: Box::default(),
        complete: true,
    };
    let facts = ContractFacts { document, problems: Vec::new(), verifications: Vec::new() };
    (Arc::new(facts), places)
}

fn phase(
    (index, name, at): (usize, Name, Anchor),
    handlers: &[&Handler],
    places: &mut CodePlaces,
) -> Phase {
    let at = places.node(at);
    let mut lists: [FieldList; 4] = std::array::from_fn(|_| FieldList::default());
    for side in Side::ALL {
        let declared: Vec<&CodeSide> =
            handlers.iter().filter_map(|handler| handler.declares.side(side)).collect();
        // Where one of several handlers says nothing, not all is said.
        if !declared.is_empty()
            && declared.len() == handlers.len()
            && declared.iter().all(|side| !side.open)
        {
            places.declared.insert((index, side));
        }
        for code in declared.iter().flat_map(|declared| &declared.fields) {
            let boundary = boundary(side, code);
            lists[boundary as usize].fields.push(field(code, places));
        }
    }
    Phase { name: Located { value: name, at }, at, description: None, lists }
}

/// The list of a contract in which the field would stand.
fn boundary(side: Side, field: &CodeField) -> Boundary {
    let is_critical = field.critical.is_none_or(|(critical, _)| critical);
    match side {
        Side::Requires if is_critical && field.default.is_none() => Boundary::EntryRequired,
        Side::Requires => Boundary::EntryEnrichment,
        Side::Produces if is_critical => Boundary::ExitRequired,
        Side::Produces => Boundary::ExitOptional,
    }
}

fn field(code: &CodeField, places: &mut CodePlaces) -> Field {
    let at = places.node(code.entry);
    let path = Located { value: code.path, at: places.node(code.at) };
    let type_name = code.type_name.map(|(name, at)| Located { value: name, at: places.node(at) });
    let severity = match code.critical {
        Some((true, at)) => (Severity::Blocking, Some(places.node(at))),
        Some((false, at)) => (Severity::Warning, Some(places.node(at))),
        // With a default nothing stops where it is missing.
        None if code.default.is_some() => (Severity::Warning, None),
        None => (Severity::Blocking, None),
    };
    let default = code.default.as_ref().and_then(|(value, at)| {
        let value = value.clone().unwrap_or_else(|| Value::Other(Name::new("...")));
        (value != Value::Null).then(|| Located { value, at: places.node(*at) })
    });
    Field::declared(path, at, type_name, severity, default)
}
