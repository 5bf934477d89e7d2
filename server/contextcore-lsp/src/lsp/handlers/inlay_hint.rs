//! `textDocument/inlayHint`: the phases of handlers, and defaults that always win.

use ide::inlay_hints::{HintKind, InlayHint as Hint, inlay_hints};
use tower_lsp::ls_types::request::InlayHintRequest;
use tower_lsp::ls_types::{
    InlayHint, InlayHintKind, InlayHintLabel, InlayHintLabelPart, InlayHintTooltip, MarkupContent,
    MarkupKind, OneOf, ServerCapabilities,
};

use crate::lsp::capabilities::Capabilities;
use crate::lsp::router::{Answer, Feature, Params, Scope};
use crate::lsp::snapshot::{DocumentView, World};

/// Hints.
pub(crate) enum InlayHints {}

impl Feature for InlayHints {
    type Request = InlayHintRequest;

    fn declare(_: &Capabilities, server: &mut ServerCapabilities) {
        server.inlay_hint_provider = Some(OneOf::Left(true));
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let Some(view) = world.document(&params.text_document) else { return Ok(None) };
        let place = (view.file, view.lines.span(params.range));
        let wanted = [
            (HintKind::Phase, world.settings.asides.phases),
            (HintKind::Default, world.settings.asides.defaults),
        ];
        let mut hints = Vec::new();
        for (kind, _) in wanted.into_iter().filter(|(_, is_wanted)| *is_wanted) {
            let found = inlay_hints(view.sources(), place, kind, view.findings());
            hints.extend(found.into_iter().map(|found| hint(&view, found)));
        }
        Ok(Some(hints))
    }
}

fn hint(view: &DocumentView<'_>, hint: Hint) -> InlayHint {
    let tooltip = MarkupContent { kind: MarkupKind::Markdown, value: hint.tooltip };
    let location = hint.target.and_then(|place| view.location(place));
    let label = match location {
        None => InlayHintLabel::String(hint.label),
        Some(_) => InlayHintLabel::LabelParts(vec![InlayHintLabelPart {
            value: hint.label,
            location,
            ..InlayHintLabelPart::default()
        }]),
    };
    InlayHint {
        position: view.position(hint.at),
        label,
        // What stands behind a name reads like its type.
        kind: (hint.kind == HintKind::Phase).then_some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: Some(InlayHintTooltip::MarkupContent(tooltip)),
        padding_left: Some(hint.kind == HintKind::Default),
        padding_right: None,
        data: None,
    }
}
