//! `textDocument/completion`: keys, words, phases and fields, where they can stand.

use ide::completion::{Item, ItemKind, completion};
use tower_lsp::ls_types::request::Completion;
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionOptions, CompletionResponse,
    CompletionTextEdit, Documentation, InsertTextFormat, InsertTextMode, MarkupContent, MarkupKind,
    ServerCapabilities, TextEdit,
};

use crate::lsp::capabilities::Capabilities;
use crate::lsp::router::{Answer, Feature, Params, Scope};
use crate::lsp::snapshot::{DocumentView, World};

/// Characters after which there is something to offer: quotes and brackets around names of fields,
/// the dot within one, the space after a key or a dash.
const TRIGGERS: [&str; 7] = ["\"", "'", "[", ".", " ", ",", "{"];

/// Completions.
pub(crate) enum Completions {}

impl Feature for Completions {
    type Request = Completion;

    fn declare(_: &Capabilities, server: &mut ServerCapabilities) {
        server.completion_provider = Some(CompletionOptions {
            trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        });
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document_position.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let at = &params.text_document_position;
        let Some(view) = world.document(&at.text_document) else { return Ok(None) };
        let cursor = view.cursor(at.position);
        let found = completion(view.sources(), cursor, world.client.snippets);
        let items = found.items.into_iter().map(|item| shown(&view, item)).collect();
        let list = CompletionList { is_incomplete: !found.complete, items };
        Ok(Some(CompletionResponse::List(list)))
    }
}

fn shown(view: &DocumentView<'_>, item: Item) -> CompletionItem {
    let client = &view.world.client;
    let documentation = item.documentation.map(|value| match client.completion_markdown {
        true => Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }),
        // A client that names no format may know nothing but text.
        false => Documentation::String(value),
    });
    let edit = TextEdit { range: view.range(item.edit.span), new_text: item.edit.new_text };
    let also =
        item.also.map(|also| TextEdit { range: view.range(also.span), new_text: also.new_text });
    let format =
        if item.snippet { InsertTextFormat::SNIPPET } else { InsertTextFormat::PLAIN_TEXT };
    // A text of several lines is indented as it is to be; lines of a snippet count from its first.
    let as_is = client.insert_modes && !item.snippet && edit.new_text.contains('\n');
    CompletionItem {
        label: item.label,
        kind: Some(item_kind(item.kind)),
        detail: item.detail,
        documentation,
        sort_text: Some(item.sort),
        filter_text: Some(item.filter),
        insert_text_format: Some(format),
        insert_text_mode: as_is.then_some(InsertTextMode::AS_IS),
        text_edit: Some(CompletionTextEdit::Edit(edit)),
        additional_text_edits: also.map(|edit| vec![edit]),
        ..CompletionItem::default()
    }
}

fn item_kind(kind: ItemKind) -> CompletionItemKind {
    match kind {
        ItemKind::Key => CompletionItemKind::PROPERTY,
        ItemKind::Value => CompletionItemKind::ENUM_MEMBER,
        ItemKind::Field => CompletionItemKind::FIELD,
        ItemKind::Phase => CompletionItemKind::MODULE,
        ItemKind::Name => CompletionItemKind::REFERENCE,
        ItemKind::Rule => CompletionItemKind::CONSTANT,
    }
}
