//! Every place that speaks of the thing under the cursor, in contracts, code and settings.

use std::collections::BTreeSet;

use contracts::path::{FieldPath, Relation};
use contracts::propagation::Contract;
use facts::places::Anchor;
use graph::handler::ContractRef;
use graph::pipeline::Pipeline;
use graph::sources::Sources;
use syntax::yaml::NodeId;
use text::name::Name;

use crate::mention::{self, What};
use crate::place::{Cursor, Place};
use crate::question::{MANY_PIPELINES, Question};
use crate::target::{self, Symbol};

/// Every place that speaks of the thing at `cursor`, by path and place. The declaration of a field
/// is what puts it into the context by a contract's or the settings' word; that of a phase its key.
#[must_use]
pub fn references(sources: &dyn Sources, cursor: Cursor, with_declaration: bool) -> Vec<Place> {
    let question = Question::new(sources, MANY_PIPELINES);
    let Some(target) = target::find(&question, cursor) else {
        return Vec::new();
    };
    let mut found = BTreeSet::new();
    for symbol in &target.symbols {
        for reference in of_symbol(&question, symbol) {
            if with_declaration || !reference.is_declaration {
                found.insert(reference.place);
            }
        }
    }
    let mut places: Vec<Place> = found.into_iter().collect();
    places.sort_by(|one, other| {
        let path = |place: &Place| sources.path(place.file);
        path(one).cmp(path(other)).then(one.span.cmp(&other.span))
    });
    places
}

/// What a reference does with its field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// It wants the field.
    Reads,
    /// It puts the field there, or takes it away.
    Writes,
    /// It names something.
    Names,
}

/// One place that speaks of a symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference {
    /// Where.
    pub(crate) place: Place,
    /// What it does.
    pub(crate) role: Role,
    /// Whether the symbol is declared there.
    pub(crate) is_declaration: bool,
}

/// Every place that speaks of `symbol`.
pub(crate) fn of_symbol(question: &Question<'_>, symbol: &Symbol) -> Vec<Reference> {
    match *symbol {
        Symbol::Field { pipeline, path } => of_field(question, pipeline, path),
        Symbol::Phase { pipeline, name } => of_phase(question, pipeline, name),
        Symbol::Chain { pipeline, id } => {
            let named = |contract: &Contract| {
                let ids = contract.chains.iter().filter_map(|chain| chain.id);
                ids.filter(|own| own.value == id).map(|own| own.at).collect()
            };
            declared(question, pipeline, &named)
        }
        Symbol::Pipeline(contract) => of_pipeline(question, contract),
        Symbol::Key(_) | Symbol::Rule(_) => Vec::new(),
    }
}

fn of_field(question: &Question<'_>, contract: ContractRef, path: FieldPath) -> Vec<Reference> {
    let Some(pipeline) = question.pipeline(contract) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for mention in mention::all(&pipeline) {
        if mention.path.relation(path) != Some(Relation::Same) {
            continue;
        }
        let role = match mention.what {
            What::Declared(_, boundary) if boundary.is_entry() => Role::Reads,
            What::Declared(..) | What::Write(_) | What::Drop(_) | What::Past(_) => Role::Writes,
            What::Read(_) | What::Output => Role::Reads,
            What::Input => Role::Writes,
            What::Endpoint => Role::Names,
        };
        let in_code = mention.what.site().is_some();
        let is_declaration = mention.what.produces() && !in_code;
        let place = mention.place(question);
        found.extend(place.map(|place| Reference { place, role, is_declaration }));
    }
    found
}

fn of_phase(question: &Question<'_>, contract: ContractRef, name: Name) -> Vec<Reference> {
    let Some(pipeline) = question.pipeline(contract) else {
        return Vec::new();
    };
    let keys = |contract: &Contract| {
        let phases = contract.phases.iter().filter(|phase| phase.name.value == name);
        phases.map(|phase| phase.name.at).collect()
    };
    let mut found = declared(question, contract, &keys);
    for node in mentions_of_phase(&pipeline, name) {
        found.extend(named(question, pipeline.anchor(node)));
    }
    let handlers = pipeline.phases.iter().flat_map(|phase| &phase.handlers);
    for handler in handlers.chain(&pipeline.stray_handlers) {
        if handler.phase == name {
            found.extend(named(question, handler.phase_at));
        }
    }
    found
}

/// Where the contract refers to a phase.
fn mentions_of_phase(pipeline: &Pipeline, name: Name) -> Vec<NodeId> {
    let contract = pipeline.contract();
    let fields = contract.phases.iter().flat_map(|phase| phase.all_fields());
    let sources = fields.filter_map(|(_, field)| field.source_phase);
    let ends = contract.chains.iter().flat_map(|chain| chain.endpoints());
    let ends = ends.filter_map(|end| end.phase);
    sources.chain(ends).filter(|phase| phase.value == name).map(|phase| phase.at).collect()
}

/// The contract's id, and where settings name it.
fn of_pipeline(question: &Question<'_>, contract: ContractRef) -> Vec<Reference> {
    let graph = question.graph();
    let name = graph.contract(contract).and_then(|facts| facts.document.pipeline_id);
    let mut found: Vec<Reference> = name
        .and_then(|id| question.place(anchor(contract, id.at)))
        .map(|place| Reference { place, role: Role::Writes, is_declaration: true })
        .into_iter()
        .collect();
    for settings in &graph.settings().pipelines {
        let is_it = name.is_some_and(|id| id.value.as_str() == settings.name.value);
        if let Some(file) = graph.settings_file().filter(|_| is_it) {
            let place = Place { file, span: settings.name.span };
            found.push(Reference { place, role: Role::Names, is_declaration: false });
        }
    }
    found
}

/// The nodes of a contract at which something is declared.
fn declared(
    question: &Question<'_>,
    contract: ContractRef,
    nodes: &dyn Fn(&Contract) -> Vec<NodeId>,
) -> Vec<Reference> {
    let facts = question.graph().contract(contract);
    let Some(declared) = facts.and_then(|facts| facts.propagation()) else {
        return Vec::new();
    };
    let nodes = nodes(declared).into_iter();
    let places = nodes.filter_map(|node| question.place(anchor(contract, node)));
    places.map(|place| Reference { place, role: Role::Writes, is_declaration: true }).collect()
}

fn anchor(contract: ContractRef, node: NodeId) -> Anchor {
    Anchor { file: contract.file, local: facts::file::anchor(node) }
}

fn named(question: &Question<'_>, anchor: Anchor) -> Option<Reference> {
    let place = question.place(anchor)?;
    Some(Reference { place, role: Role::Names, is_declaration: false })
}
