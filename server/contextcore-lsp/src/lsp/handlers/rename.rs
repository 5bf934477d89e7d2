//! `textDocument/rename` and `textDocument/prepareRename`: another name for a thing, in contracts,
//! code and settings at once.

use ide::rename::{Change, Refusal, prepare, rename};
use tower_lsp::ls_types::request::{PrepareRenameRequest, Rename};
use tower_lsp::ls_types::{
    OneOf, PrepareRenameResponse, RenameOptions, ServerCapabilities, WorkDoneProgressOptions,
};
use workspace::fixing::FileEdits;

use crate::lsp::capabilities::Capabilities;
use crate::lsp::edits::workspace_edit;
use crate::lsp::router::{Answer, Failure, Feature, Params, Scope};
use crate::lsp::snapshot::{DocumentView, World};

/// What can be renamed.
pub(crate) enum Renamables {}

impl Feature for Renamables {
    type Request = PrepareRenameRequest;

    fn declare(client: &Capabilities, server: &mut ServerCapabilities) {
        server.rename_provider = Some(match client.prepares_renames {
            true => OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            false => OneOf::Left(true),
        });
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let Some(view) = world.document(&params.text_document) else { return Ok(None) };
        let found =
            prepare(view.sources(), view.cursor(params.position)).map_err(|why| refused(&why))?;
        Ok(found.map(|found| PrepareRenameResponse::RangeWithPlaceholder {
            range: view.range(found.span),
            placeholder: found.name,
        }))
    }
}

/// New names.
pub(crate) enum Renames {}

impl Feature for Renames {
    type Request = Rename;

    /// Declared with [`Renamables`].
    fn declare(_: &Capabilities, _: &mut ServerCapabilities) {}

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document_position.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let at = &params.text_document_position;
        let Some(view) = world.document(&at.text_document) else { return Ok(None) };
        let cursor = view.cursor(at.position);
        let changes =
            rename(view.sources(), cursor, &params.new_name).map_err(|why| refused(&why))?;
        let Some(changes) = changes else { return Ok(None) };
        if changes.iter().any(|change| view.is_dirty_settings(change.file)) {
            let why = "the settings are being edited; save them first";
            return Err(Failure::Refused(why.to_owned()));
        }
        let files: Vec<FileEdits> =
            changes.into_iter().map(|change| edits(&view, change)).collect();
        Ok(workspace_edit(world, view.sources(), &files))
    }
}

fn edits(view: &DocumentView<'_>, change: Change) -> FileEdits {
    FileEdits { path: view.project.path(change.file), file: Some(change.file), edits: change.edits }
}

fn refused(why: &Refusal) -> Failure {
    Failure::Refused(format!("cannot rename: {why}"))
}
