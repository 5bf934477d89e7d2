//! `textDocument/documentHighlight`: the places of one document that speak of a thing.

use ide::highlight::{Access, highlight};
use tower_lsp::ls_types::request::DocumentHighlightRequest;
use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, OneOf, ServerCapabilities};

use crate::lsp::capabilities::Capabilities;
use crate::lsp::router::{Answer, Feature, Params, Scope};
use crate::lsp::snapshot::World;

/// Highlights.
pub(crate) enum Highlights {}

impl Feature for Highlights {
    type Request = DocumentHighlightRequest;

    fn declare(_: &Capabilities, server: &mut ServerCapabilities) {
        server.document_highlight_provider = Some(OneOf::Left(true));
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document_position_params.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let at = &params.text_document_position_params;
        let Some(view) = world.document(&at.text_document) else { return Ok(None) };
        let found = highlight(view.sources(), view.cursor(at.position)).into_iter();
        let shown = found.map(|(span, access)| DocumentHighlight {
            range: view.range(span),
            kind: Some(kind(access)),
        });
        Ok(Some(shown.collect()))
    }
}

fn kind(access: Access) -> DocumentHighlightKind {
    match access {
        Access::Read => DocumentHighlightKind::READ,
        Access::Write => DocumentHighlightKind::WRITE,
        Access::Text => DocumentHighlightKind::TEXT,
    }
}
