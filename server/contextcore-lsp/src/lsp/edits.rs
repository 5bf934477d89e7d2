//! Edits of files as the client applies them.

use std::collections::HashMap;

use graph::sources::Sources;
use tower_lsp::ls_types::{
    CreateFile, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, ResourceOp, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};
use workspace::engine::Engine;
use workspace::fixing::FileEdits;

use super::convert::Lines;
use super::snapshot::World;

/// The edits of several files as one; none where the client cannot apply them all.
pub(crate) fn workspace_edit(
    world: &World,
    engine: &Engine,
    files: &[FileEdits],
) -> Option<WorkspaceEdit> {
    let mut operations = Vec::new();
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for file in files {
        let uri = world.uri(&file.path)?;
        if file.file.is_none() {
            if !(world.client.creates_files && world.client.document_changes) {
                return None;
            }
            let create = CreateFile { uri: uri.clone(), options: None, annotation_id: None };
            operations.push(DocumentChangeOperation::Op(ResourceOp::Create(create)));
        }
        let edits = text_edits(world, engine, file);
        operations.push(DocumentChangeOperation::Edit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: uri.clone(),
                version: world.documents.get(&file.path).map(|document| document.version),
            },
            edits: edits.iter().cloned().map(OneOf::Left).collect(),
        }));
        changes.entry(uri).or_default().extend(edits);
    }
    Some(if world.client.document_changes {
        let operations = DocumentChanges::Operations(operations);
        WorkspaceEdit { document_changes: Some(operations), ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
    })
}

fn text_edits(world: &World, engine: &Engine, file: &FileEdits) -> Vec<TextEdit> {
    let text = file.file.map(|file| engine.text(file));
    let lines = text.map(|text| Lines::new(text, world.client.encoding));
    let edits = file.edits.iter().map(|edit| {
        let range = lines.as_ref().map_or_else(Range::default, |lines| lines.range(edit.span));
        TextEdit { range, new_text: edit.new_text.clone() }
    });
    edits.collect()
}
