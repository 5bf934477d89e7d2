//! `textDocument/definition`: where a field, a phase or a handler comes from.

use ide::place::Place;
use tower_lsp::ls_types::request::GotoDefinition;
use tower_lsp::ls_types::{GotoDefinitionResponse, LocationLink, OneOf, ServerCapabilities};

use crate::lsp::capabilities::Capabilities;
use crate::lsp::router::{Answer, Feature, Params, Scope};
use crate::lsp::snapshot::World;

/// Definitions.
pub(crate) enum Definitions {}

impl Feature for Definitions {
    type Request = GotoDefinition;

    fn declare(_: &Capabilities, server: &mut ServerCapabilities) {
        server.definition_provider = Some(OneOf::Left(true));
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document_position_params.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let at = &params.text_document_position_params;
        let Some(view) = world.document(&at.text_document) else { return Ok(None) };
        let found = ide::definition::definition(view.sources(), view.cursor(at.position));
        let Some(found) = found else { return Ok(None) };
        if !world.client.definition_links {
            let names = found.places.iter().map(|at| Place { file: at.file, span: at.name });
            let places = names.filter_map(|place| view.location(place)).collect();
            return Ok(Some(GotoDefinitionResponse::Array(places)));
        }
        let origin = view.range(found.origin);
        let links = found.places.iter().filter_map(|at| {
            let name = view.location(Place { file: at.file, span: at.name })?;
            let whole = view.location(Place { file: at.file, span: at.whole })?;
            Some(LocationLink {
                origin_selection_range: Some(origin),
                target_uri: name.uri,
                target_range: whole.range,
                target_selection_range: name.range,
            })
        });
        Ok(Some(GotoDefinitionResponse::Link(links.collect())))
    }
}
