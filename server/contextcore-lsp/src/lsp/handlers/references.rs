//! `textDocument/references`: all places that speak of a thing, in contracts and in code.

use tower_lsp::ls_types::request::References as ReferencesRequest;
use tower_lsp::ls_types::{Location, OneOf, ServerCapabilities};

use crate::lsp::capabilities::Capabilities;
use crate::lsp::router::{Answer, Feature, Params, Scope};
use crate::lsp::snapshot::World;

/// References.
pub(crate) enum References {}

impl Feature for References {
    type Request = ReferencesRequest;

    fn declare(_: &Capabilities, server: &mut ServerCapabilities) {
        server.references_provider = Some(OneOf::Left(true));
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document_position.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let at = &params.text_document_position;
        let Some(view) = world.document(&at.text_document) else { return Ok(None) };
        let with_declaration = params.context.include_declaration;
        let cursor = view.cursor(at.position);
        let places = ide::references::references(view.sources(), cursor, with_declaration);
        let mut found: Vec<Location> = Vec::new();
        for place in places {
            world.wanted()?;
            found.extend(view.location(place));
        }
        Ok(Some(found))
    }
}
