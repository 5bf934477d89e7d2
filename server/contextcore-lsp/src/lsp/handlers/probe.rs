//! Requests that misbehave, or show what else cannot be seen. They are there in tests alone.

use std::time::Duration;

use serde_json::{Value, json};
use tower_lsp::ls_types::request::Request;
use tower_lsp::ls_types::{ServerCapabilities, TextDocumentIdentifier, TextDocumentPositionParams};

use crate::lsp::capabilities::Capabilities;
use crate::lsp::project::Held;
use crate::lsp::router::{Answer, Feature, Params, Route, Scope, route};
use crate::lsp::snapshot::World;
use crate::lsp::state::State;

static ROUTES: &[Route] = &[route::<Panic>(), route::<Wait>(), route::<Text>()];

/// The notification that makes a change of the state panic.
pub(crate) const FAULT: &str = "contextcore/probe/fault";

/// The request that is answered when everything is read and told.
pub(crate) const SETTLED: &str = "contextcore/probe/settled";

impl State {
    /// Answers those who wait until everything is read and told, if it is.
    pub(crate) fn settle_probes(&mut self) {
        if self.settling.is_empty() || self.projects.values().any(Held::is_reading) {
            return;
        }
        for (root, held) in &self.projects {
            // Who tells holds the project, and goes on until there is nothing to tell.
            while held.wait_for_readers() {
                self.publish(root);
            }
        }
        for reply in self.settling.drain(..) {
            reply.send(Ok(Value::Null));
        }
    }
}

/// The route of a probe.
pub(crate) fn find(method: &str) -> Option<Route> {
    ROUTES.iter().find(|route| route.method() == method).copied()
}

/// Panics.
enum Panic {}

impl Request for Panic {
    type Params = Value;
    type Result = Value;

    const METHOD: &'static str = "contextcore/probe/panic";
}

impl Feature for Panic {
    type Request = Panic;

    fn declare(_: &Capabilities, _: &mut ServerCapabilities) {}

    fn scope(_: &Value) -> Scope {
        Scope::Workspace
    }

    fn answer(_: &World, _: &Params<Self>) -> Answer<Self> {
        panic!("asked for by a test")
    }
}

/// Works until it is given up.
enum Wait {}

impl Request for Wait {
    type Params = Value;
    type Result = Value;

    const METHOD: &'static str = "contextcore/probe/wait";
}

impl Feature for Wait {
    type Request = Wait;

    fn declare(_: &Capabilities, _: &mut ServerCapabilities) {}

    fn scope(_: &Value) -> Scope {
        Scope::Workspace
    }

    fn answer(world: &World, _: &Params<Self>) -> Answer<Self> {
        loop {
            world.checkpoint()?;
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Gives a document's version and its text, as it was analysed.
enum Text {}

impl Request for Text {
    type Params = TextDocumentPositionParams;
    type Result = Value;

    const METHOD: &'static str = "contextcore/probe/text";
}

impl Feature for Text {
    type Request = Text;

    fn declare(_: &Capabilities, _: &mut ServerCapabilities) {}

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let document: &TextDocumentIdentifier = &params.text_document;
        let Some(view) = world.document(document) else { return Ok(Value::Null) };
        let open = world.documents.get(&view.project.path(view.file));
        let offset = view.cursor(params.position).offset;
        Ok(json!({
            "text": **view.lines.text(),
            "version": open.map(|document| document.version),
            "offset": offset,
        }))
    }
}
