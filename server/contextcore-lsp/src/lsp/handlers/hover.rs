//! `textDocument/hover`: the story of what stands under the cursor.

use camino::Utf8Path;
use tower_lsp::ls_types::request::HoverRequest;
use tower_lsp::ls_types::{
    Hover, HoverContents, HoverProviderCapability, MarkupContent, MarkupKind, ServerCapabilities,
};

use crate::lsp::capabilities::Capabilities;
use crate::lsp::router::{Answer, Feature, Params, Scope};
use crate::lsp::snapshot::World;

/// Hover.
pub(crate) enum Hovers {}

impl Feature for Hovers {
    type Request = HoverRequest;

    fn declare(_: &Capabilities, server: &mut ServerCapabilities) {
        server.hover_provider = Some(HoverProviderCapability::Simple(true));
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document_position_params.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let at = &params.text_document_position_params;
        let Some(view) = world.document(&at.text_document) else { return Ok(None) };
        let markdown = world.client.hover_markdown;
        let link = |path: &Utf8Path, line: u32| {
            let uri = world.uri(&view.sources().root.join(path)).filter(|_| markdown)?;
            Some(format!("{}#L{}", uri.as_str(), line + 1))
        };
        let found = ide::hover::hover(view.sources(), view.cursor(at.position), &link);
        Ok(found.map(|found| Hover {
            contents: HoverContents::Markup(match markdown {
                true => MarkupContent { kind: MarkupKind::Markdown, value: found.markdown },
                false => MarkupContent { kind: MarkupKind::PlainText, value: found.plain() },
            }),
            range: Some(view.range(found.span)),
        }))
    }
}
