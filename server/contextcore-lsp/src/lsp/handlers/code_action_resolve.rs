//! `codeAction/resolve`: the edits of actions that take too long to be found for a list of them.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use ide::infer::{self, free_path};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use text::edit::TextEdit;
use tower_lsp::ls_types::request::CodeActionResolveRequest;
use tower_lsp::ls_types::{CodeAction, ServerCapabilities, WorkspaceEdit};
use workspace::check::Overlaid;
use workspace::fixing::FileEdits;
use workspace::project::{Project, settings_in};
use workspace::walk::relative;

use crate::lsp::capabilities::Capabilities;
use crate::lsp::edits::workspace_edit;
use crate::lsp::opening::{Read, Reading, read};
use crate::lsp::router::{Answer, Failure, Feature, Params, Scope};
use crate::lsp::snapshot::{DocumentView, World};

/// What an action that creates a contract keeps for later.
#[derive(Serialize, Deserialize)]
struct ContractFor {
    /// The root of the project, absolute.
    project: String,
    /// The file with the handlers, absolute.
    handlers: String,
}

/// Whether the client can have such actions, and make the files that they lead to.
pub(super) fn is_possible(world: &World) -> bool {
    let client = &world.client;
    client.action_literals
        && client.resolves_actions
        && client.creates_files
        && client.document_changes
}

/// What leads to a contract for the handlers of a document.
pub(super) fn contract_for(view: &DocumentView<'_>) -> Option<Value> {
    let project = view.sources().root.to_string();
    let handlers = view.project.path(view.file).into_string();
    serde_json::to_value(ContractFor { project, handlers }).ok()
}

/// Edits of actions.
pub(crate) enum ResolvedActions {}

impl Feature for ResolvedActions {
    type Request = CodeActionResolveRequest;

    /// Declared with [`super::code_action::CodeActions`].
    fn declare(_: &Capabilities, _: &mut ServerCapabilities) {}

    /// What handlers without a contract use is read for the sake of the answer, so nobody has to
    /// wait for it who edits meanwhile.
    fn scope(_: &Params<Self>) -> Scope {
        Scope::Nothing
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        // Some clients have every action resolved, edit or not.
        let data = params.data.clone().filter(|_| params.edit.is_none());
        let wanted = data.and_then(|data| serde_json::from_value::<ContractFor>(data).ok());
        let Some(wanted) = wanted else { return Ok(params.clone()) };
        let edit = create(world, wanted)?;
        Ok(CodeAction { edit: Some(edit), ..params.clone() })
    }
}

/// The contracts of the file's handlers, each in a file of its own.
fn create(world: &World, wanted: ContractFor) -> Result<WorkspaceEdit, Failure> {
    let (root, handlers) = (Utf8PathBuf::from(wanted.project), Utf8PathBuf::from(wanted.handlers));
    let open = world.documents.iter().filter(|(path, _)| path.starts_with(&root));
    let texts: BTreeMap<Utf8PathBuf, Vec<u8>> = open
        .map(|(path, document)| (path.clone(), document.text.to_string().into_bytes()))
        .collect();
    let reading = Reading {
        project: Project { settings_file: settings_in(&root), root: root.clone() },
        round: 0,
        asked: vec![handlers.clone()],
        texts: texts.clone(),
        settings: world.settings.clone(),
    };
    let Read { filled, .. } = read(reading);
    world.wanted()?;
    let mut engine = filled.engine;
    engine.follow_workflows(&Overlaid { root: &root, texts: &texts });
    let file = relative(&handlers, &root).and_then(|path| engine.known_file(&path));
    let contracts = infer::contracts(&engine, engine.project_name()).into_iter();
    let missing = contracts.filter(|contract| {
        contract.known.is_empty() && file.is_some_and(|file| contract.files.contains(&file))
    });
    let mut files: Vec<FileEdits> = Vec::new();
    for contract in missing {
        let path = free_path(&root.join(&contract.path), |path| {
            is_taken(path, &texts) || files.iter().any(|file| file.path == path)
        });
        let edits = vec![TextEdit::insert(0, contract.text)];
        files.push(FileEdits { path, file: None, edits });
    }
    let edit = (!files.is_empty()).then(|| workspace_edit(world, &engine, &files)).flatten();
    edit.ok_or_else(|| Failure::Refused("these handlers have a contract by now".to_owned()))
}

/// Whether a file is at `path`, or a document that shall be saved there.
fn is_taken(path: &Utf8Path, texts: &BTreeMap<Utf8PathBuf, Vec<u8>>) -> bool {
    texts.contains_key(path) || path.symlink_metadata().is_ok()
}
