//! `workspace/diagnostic`: the findings of all files, as far as the client does not know them.
//!
//! Findings are sent in parts as they are gathered. Where there is nothing new, the request waits
//! until there is, and holds no state while it waits.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use serde_json::{Value, json};
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::ls_types::request::WorkspaceDiagnosticRequest;
use tower_lsp::ls_types::{
    Diagnostic, FullDocumentDiagnosticReport, ProgressToken, ServerCapabilities,
    WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport,
};

use super::diagnostic::result_id;
use crate::lsp::capabilities::Capabilities;
use crate::lsp::diagnostics::report;
use crate::lsp::paths::path_of;
use crate::lsp::publish::withdraw;
use crate::lsp::router::{Answer, Failure, Feature, Params, Scope};
use crate::lsp::snapshot::{ProjectView, World};

/// Files that are sent together.
const CHUNK: usize = 64;

/// The findings of all files.
pub(crate) enum WorkspaceDiagnostics {}

impl Feature for WorkspaceDiagnostics {
    type Request = WorkspaceDiagnosticRequest;

    fn declare(_: &Capabilities, _: &mut ServerCapabilities) {
        // It is declared together with that of one document.
    }

    fn scope(_: &Params<Self>) -> Scope {
        Scope::Workspace
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        world.cancel.ask_to_repeat();
        let is_first = world.delivery.workspace_is_answered();
        if is_first && !world.delivery.is_pushed(false) {
            // What was sent before the client asked would be shown twice.
            for path in world.projects.iter().flat_map(|project| project.ledger.take_sent()) {
                withdraw(world, &path);
            }
        }
        let mut known: BTreeMap<Utf8PathBuf, &str> = BTreeMap::new();
        for previous in &params.previous_result_ids {
            if let Some(path) = path_of(&previous.uri, &world.documents) {
                known.insert(path, &previous.value);
            }
        }
        let token = params.partial_result_params.partial_result_token.clone();
        let mut parts = Parts { world, token, items: Vec::new(), any: is_first };
        for project in &world.projects {
            add_project(project, &mut known, &mut parts)?;
        }
        let clean = result_id(0);
        for (path, _) in known.into_iter().filter(|(_, id)| *id != clean) {
            parts.add(&path, 0, Vec::new());
        }
        match parts.any {
            true => Ok(WorkspaceDiagnosticReport { items: parts.items }.into()),
            false => Err(Failure::Parked),
        }
    }
}

fn add_project(
    project: &ProjectView,
    known: &mut BTreeMap<Utf8PathBuf, &str>,
    parts: &mut Parts<'_>,
) -> Result<(), Failure> {
    let files = project.engine.files_with_findings().filter(|file| project.is_reported(*file));
    for file in files {
        parts.world.checkpoint()?;
        let path = project.path(file);
        let before = known.remove(&path);
        let is = |state: u64| before == Some(result_id(state).as_str());
        if project.ledger.state(file).is_some_and(is) {
            continue;
        }
        let found = report(parts.world, project, file);
        project.ledger.keep(file, found.state);
        if !is(found.state) {
            parts.add(&path, found.state, found.diagnostics);
        }
    }
    Ok(())
}

/// What was gathered and not sent yet.
struct Parts<'a> {
    world: &'a World,
    token: Option<ProgressToken>,
    items: Vec<WorkspaceDocumentDiagnosticReport>,
    any: bool,
}

impl Parts<'_> {
    fn add(&mut self, path: &Utf8PathBuf, state: u64, items: Vec<Diagnostic>) {
        let Some(uri) = self.world.uri(path) else { return };
        let open = self.world.documents.get(path);
        let report = FullDocumentDiagnosticReport { result_id: Some(result_id(state)), items };
        self.any = true;
        self.items.push(
            WorkspaceFullDocumentDiagnosticReport {
                uri,
                version: open.map(|document| i64::from(document.version)),
                full_document_diagnostic_report: report,
            }
            .into(),
        );
        if self.items.len() == CHUNK
            && let Some(token) = &self.token
        {
            let items = std::mem::take(&mut self.items);
            self.world
                .outgoing
                .notify::<Part>(json!({ "token": token, "value": { "items": items } }));
        }
    }
}

/// A part of an answer.
enum Part {}

impl Notification for Part {
    type Params = Value;

    const METHOD: &'static str = "$/progress";
}
