//! `textDocument/codeLens`: how much of the context handlers and phases read and write.

use ide::code_lenses::{CodeLens as Lens, code_lenses};
use serde_json::json;
use tower_lsp::ls_types::request::CodeLensRequest;
use tower_lsp::ls_types::{CodeLens, CodeLensOptions, Command, Location, ServerCapabilities};

use crate::lsp::capabilities::Capabilities;
use crate::lsp::router::{Answer, Feature, Params, Scope};
use crate::lsp::snapshot::{DocumentView, World};

/// The command of a client that shows places: an address, a position in it, and the places.
pub(crate) const SHOW_REFERENCES: &str = "contextcore.showReferences";

/// Lenses.
pub(crate) enum CodeLenses {}

impl Feature for CodeLenses {
    type Request = CodeLensRequest;

    fn declare(_: &Capabilities, server: &mut ServerCapabilities) {
        server.code_lens_provider = Some(CodeLensOptions { resolve_provider: Some(false) });
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        if !world.settings.asides.lenses {
            return Ok(None);
        }
        let Some(view) = world.document(&params.text_document) else { return Ok(None) };
        let mut lenses = Vec::new();
        for found in code_lenses(view.sources(), view.file) {
            world.wanted()?;
            let range = view.range(found.span);
            let command = Some(command(&view, found));
            lenses.push(CodeLens { range, command, data: None });
        }
        Ok(Some(lenses))
    }
}

/// What a lens says, and what comes of a click where the client can show it.
fn command(view: &DocumentView<'_>, lens: Lens) -> Command {
    let plain = Command { title: lens.title, command: String::new(), arguments: None };
    if !view.world.client.shows_references || lens.places.is_empty() {
        return plain;
    }
    let Some(uri) = view.world.uri(&view.project.path(view.file)) else { return plain };
    let places = lens.places.into_iter().filter_map(|place| view.location(place));
    let places: Vec<Location> = places.collect();
    let arguments = vec![json!(uri), json!(view.range(lens.span).start), json!(places)];
    Command { command: SHOW_REFERENCES.to_owned(), arguments: Some(arguments), ..plain }
}
