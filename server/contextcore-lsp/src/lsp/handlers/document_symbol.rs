//! `textDocument/documentSymbol`: the outline of a contract, or of a file of handlers.

use ide::symbols::{DocumentSymbol as Symbol, SymbolKind, document_symbols};
use tower_lsp::ls_types::request::DocumentSymbolRequest;
use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolResponse, Location, OneOf, ServerCapabilities, SymbolInformation,
    Uri,
};

use super::symbol_kind;
use crate::lsp::capabilities::Capabilities;
use crate::lsp::router::{Answer, Feature, Params, Scope};
use crate::lsp::snapshot::{DocumentView, World};

/// Outlines.
pub(crate) enum DocumentSymbols {}

impl Feature for DocumentSymbols {
    type Request = DocumentSymbolRequest;

    fn declare(_: &Capabilities, server: &mut ServerCapabilities) {
        server.document_symbol_provider = Some(OneOf::Left(true));
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let Some(view) = world.document(&params.text_document) else { return Ok(None) };
        let symbols = document_symbols(view.sources(), view.file);
        Ok(Some(if world.client.symbol_trees {
            DocumentSymbolResponse::Nested(
                symbols.into_iter().map(|symbol| nested(&view, symbol)).collect(),
            )
        } else {
            let mut flat = Vec::new();
            for symbol in symbols {
                flatten(&view, &params.text_document.uri, symbol, None, &mut flat);
            }
            DocumentSymbolResponse::Flat(flat)
        }))
    }
}

#[expect(deprecated, reason = "the field has to be given; nothing of ours is deprecated")]
fn nested(view: &DocumentView<'_>, symbol: Symbol) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> =
        symbol.children.into_iter().map(|child| nested(view, child)).collect();
    DocumentSymbol {
        name: shown_name(symbol.name, symbol.kind),
        detail: (!symbol.detail.is_empty()).then_some(symbol.detail),
        kind: symbol_kind::of(symbol.kind),
        tags: None,
        deprecated: None,
        range: view.range(symbol.whole),
        selection_range: view.range(symbol.name_span),
        children: (!children.is_empty()).then_some(children),
    }
}

#[expect(deprecated, reason = "the field has to be given; nothing of ours is deprecated")]
fn flatten(
    view: &DocumentView<'_>,
    uri: &Uri,
    symbol: Symbol,
    container: Option<&str>,
    flat: &mut Vec<SymbolInformation>,
) {
    flat.push(SymbolInformation {
        name: shown_name(symbol.name.clone(), symbol.kind),
        kind: symbol_kind::of(symbol.kind),
        tags: None,
        deprecated: None,
        location: Location { uri: uri.clone(), range: view.range(symbol.whole) },
        container_name: container.map(str::to_owned),
    });
    for child in symbol.children {
        flatten(view, uri, child, Some(&symbol.name), flat);
    }
}

/// Clients refuse a symbol without a name, which a half-typed one has not.
fn shown_name(name: String, kind: SymbolKind) -> String {
    if name.trim().is_empty() { format!("({kind:?})").to_lowercase() } else { name }
}
