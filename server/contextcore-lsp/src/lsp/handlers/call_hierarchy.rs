//! `textDocument/prepareCallHierarchy` and the requests after it: by which calls the context comes to
//! a function, and where it goes from there.

use camino::Utf8Path;
use graph::handler::ContractRef;
use graph::sources::Sources;
use ide::call_hierarchy::{Call, Item, Step, incoming, outgoing, prepare};
use ide::place::Place;
use ide::symbols::SymbolKind as Kind;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use text::name::Name;
use tower_lsp::ls_types::request::{
    CallHierarchyIncomingCalls, CallHierarchyOutgoingCalls, CallHierarchyPrepare,
};
use tower_lsp::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyServerCapability, Range, ServerCapabilities, SymbolKind,
};

use super::symbol_kind;
use crate::lsp::capabilities::Capabilities;
use crate::lsp::router::{Answer, Failure, Feature, Params, Scope};
use crate::lsp::snapshot::{ProjectView, World};

/// What an item carries from one request to the next. The text may change in between.
#[derive(Serialize, Deserialize)]
struct Data {
    /// The project's root.
    root: String,
    /// The file, relative to the root.
    path: String,
    /// The function's qualified name, or the phase's.
    name: String,
    /// Which pipeline of the file the phase belongs to; none of a function.
    pipeline: Option<u32>,
}

/// What calls can be asked for.
pub(crate) enum Callables {}

impl Feature for Callables {
    type Request = CallHierarchyPrepare;

    fn declare(_: &Capabilities, server: &mut ServerCapabilities) {
        server.call_hierarchy_provider = Some(CallHierarchyServerCapability::Simple(true));
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document_position_params.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let at = &params.text_document_position_params;
        let Some(view) = world.document(&at.text_document) else { return Ok(None) };
        let found = prepare(view.sources(), view.cursor(at.position));
        let items: Vec<CallHierarchyItem> =
            found.into_iter().filter_map(|found| item(world, view.project, found)).collect();
        Ok((!items.is_empty()).then_some(items))
    }
}

/// Calls that bring the context.
pub(crate) enum IncomingCalls {}

impl Feature for IncomingCalls {
    type Request = CallHierarchyIncomingCalls;

    /// Declared with [`Callables`].
    fn declare(_: &Capabilities, _: &mut ServerCapabilities) {}

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.item.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        calls(world, &params.item, incoming, |from, from_ranges| CallHierarchyIncomingCall {
            from,
            from_ranges,
        })
    }
}

/// Calls that hand the context on.
pub(crate) enum OutgoingCalls {}

impl Feature for OutgoingCalls {
    type Request = CallHierarchyOutgoingCalls;

    /// Declared with [`Callables`].
    fn declare(_: &Capabilities, _: &mut ServerCapabilities) {}

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.item.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        calls(world, &params.item, outgoing, |to, from_ranges| CallHierarchyOutgoingCall {
            to,
            from_ranges,
        })
    }
}

/// The calls of one direction, each as `told` by what is at its other end and where it stands.
fn calls<T>(
    world: &World,
    of: &CallHierarchyItem,
    asked: fn(&dyn Sources, Step) -> Vec<Call>,
    told: fn(CallHierarchyItem, Vec<Range>) -> T,
) -> Result<Option<Vec<T>>, Failure> {
    let Some((project, step)) = step(world, of.data.as_ref())? else { return Ok(None) };
    let calls = asked(&*project.engine, step).into_iter().filter_map(|call| {
        let at = call.at.iter().filter_map(|place| world.location(project, *place));
        let ranges = at.map(|location| location.range).collect();
        Some(told(item(world, project, call.item)?, ranges))
    });
    Ok(Some(calls.collect()))
}

/// The item in the client's words.
fn item(world: &World, project: &ProjectView, item: Item) -> Option<CallHierarchyItem> {
    let engine = &*project.engine;
    let (file, name, pipeline) = match item.step {
        Step::Function(file, qualified) => (file, qualified, None),
        Step::Phase(contract, phase) => (contract.file, phase, Some(contract.index)),
    };
    let data = Data {
        root: engine.root.to_string(),
        path: engine.path(file).to_string(),
        name: name.to_string(),
        pipeline,
    };
    let [whole, name_only] = [item.whole, item.name_span]
        .map(|span| world.location(project, Place { file: item.file, span }));
    let whole = whole?;
    Some(CallHierarchyItem {
        kind: match (&item.step, item.name.contains('.')) {
            (Step::Phase(..), _) => symbol_kind::of(Kind::Phase),
            (Step::Function(..), true) => SymbolKind::METHOD,
            (Step::Function(..), false) => SymbolKind::FUNCTION,
        },
        name: item.name,
        tags: None,
        detail: Some(item.detail),
        uri: whole.uri,
        range: whole.range,
        selection_range: name_only?.range,
        data: serde_json::to_value(data).ok(),
    })
}

/// What an item stands for, if its project and its file are still there.
fn step<'w>(
    world: &'w World,
    data: Option<&Value>,
) -> Result<Option<(&'w ProjectView, Step)>, Failure> {
    let data = data.cloned().unwrap_or_default();
    let data: Data =
        serde_json::from_value(data).map_err(|error| Failure::Invalid(error.to_string()))?;
    let project = world.projects.iter().find(|project| project.engine.root == data.root);
    Ok(project.and_then(|project| {
        let file = project.engine.known_file(Utf8Path::new(&data.path))?;
        let name = Name::new(&data.name);
        let step = match data.pipeline {
            Some(index) => Step::Phase(ContractRef { file, index }, name),
            None => Step::Function(file, name),
        };
        Some((project, step))
    }))
}
