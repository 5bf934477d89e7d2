//! What the server answers: one line for each feature.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::request::Request;
use tower_lsp::ls_types::{ServerCapabilities, Uri};

use super::capabilities::Capabilities;
use super::handlers;
use super::snapshot::World;

/// Every feature, in no particular order.
static ROUTES: &[Route] = &[
    route::<handlers::call_hierarchy::Callables>(),
    route::<handlers::call_hierarchy::IncomingCalls>(),
    route::<handlers::call_hierarchy::OutgoingCalls>(),
    route::<handlers::code_action::CodeActions>(),
    route::<handlers::code_action_resolve::ResolvedActions>(),
    route::<handlers::code_lens::CodeLenses>(),
    route::<handlers::completion::Completions>(),
    route::<handlers::definition::Definitions>(),
    route::<handlers::diagnostic::Diagnostics>(),
    route::<handlers::document_highlight::Highlights>(),
    route::<handlers::document_symbol::DocumentSymbols>(),
    route::<handlers::execute_command::Commands>(),
    route::<handlers::hover::Hovers>(),
    route::<handlers::inlay_hint::InlayHints>(),
    route::<handlers::references::References>(),
    route::<handlers::rename::Renamables>(),
    route::<handlers::rename::Renames>(),
    route::<handlers::workspace_diagnostic::WorkspaceDiagnostics>(),
    route::<handlers::workspace_symbol::WorkspaceSymbols>(),
];

/// Something that a client can ask for. A feature has a file in `handlers`.
pub(crate) trait Feature: 'static {
    /// How it is asked for.
    type Request: Request<Params: Send + Sync, Result: Send>;

    /// Declares it, as far as the client has use for it.
    fn declare(client: &Capabilities, server: &mut ServerCapabilities);

    /// What the answer depends on.
    fn scope(params: &Params<Self>) -> Scope;

    /// Answers.
    ///
    /// # Errors
    /// Where there is no answer, and why.
    fn answer(world: &World, params: &Params<Self>) -> Answer<Self>;
}

/// What a feature is given.
pub(crate) type Params<F> = <<F as Feature>::Request as Request>::Params;

/// What a feature gives.
pub(crate) type Answer<F> =
    std::result::Result<<<F as Feature>::Request as Request>::Result, Failure>;

/// What an answer depends on.
#[derive(Clone, Debug)]
pub(crate) enum Scope {
    /// The project of one document.
    Document(Uri),
    /// All projects.
    Workspace,
    /// Nothing that changes.
    Nothing,
}

/// Why there is no answer.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Failure {
    /// The client does not want it any more.
    Cancelled,
    /// Somebody waits to change what is asked about; the request begins anew after that.
    Again,
    /// There is nothing new to say; the request waits until there is.
    Parked,
    /// The parameters make no sense.
    Invalid(String),
    /// It cannot be done, for a reason that people should read.
    Refused(String),
}

/// Gives the answer to one request.
type Question = dyn Fn(&World) -> std::result::Result<Value, Failure> + Send + Sync;

/// A request that is understood.
#[derive(Clone)]
pub(crate) struct Prepared {
    /// What its answer depends on.
    pub(crate) scope: Scope,
    /// Answers it; more than once, if it was parked.
    pub(crate) answer: Arc<Question>,
}

/// The way from a method's name to its feature.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    method: &'static str,
    declare: fn(&Capabilities, &mut ServerCapabilities),
    prepare: fn(Value) -> Result<Prepared>,
}

impl Route {
    /// The name of the method.
    pub(crate) fn method(&self) -> &'static str {
        self.method
    }

    /// Reads the parameters.
    pub(crate) fn prepare(&self, params: Value) -> Result<Prepared> {
        (self.prepare)(params)
    }
}

/// The route of a method.
pub(crate) fn find(method: &str) -> Option<Route> {
    ROUTES.iter().find(|route| route.method == method).copied()
}

/// What all features together declare.
pub(crate) fn declare(client: &Capabilities, server: &mut ServerCapabilities) {
    for route in ROUTES {
        (route.declare)(client, server);
    }
}

/// The route of a feature.
pub(crate) const fn route<F: Feature>() -> Route {
    Route { method: F::Request::METHOD, declare: F::declare, prepare: prepare::<F> }
}

fn prepare<F: Feature>(params: Value) -> Result<Prepared> {
    let params: Params<F> =
        serde_json::from_value(params).map_err(|error| Error::invalid_params(error.to_string()))?;
    let scope = F::scope(&params);
    let answer = move |world: &World| {
        let answer = F::answer(world, &params)?;
        serde_json::to_value(answer).map_err(|error| Failure::Invalid(error.to_string()))
    };
    Ok(Prepared { scope, answer: Arc::new(answer) })
}
