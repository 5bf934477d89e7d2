//! Findings to the client, unasked.
//!
//! A worker tells what has changed: the document that somebody works on first, then the rest, until
//! the next edit comes. What is left then is told after it.

use camino::Utf8Path;
use facts::places::FileId;
use rayon::prelude::*;
use tower_lsp::ls_types::notification::PublishDiagnostics;
use tower_lsp::ls_types::{Diagnostic, PublishDiagnosticsParams};

use super::diagnostics::{Report, report};
use super::snapshot::{ProjectView, World};

/// Files that are looked at side by side. A lower number of changes is told one by one.
const CHUNK: usize = 64;

/// Tells the client what has changed in the projects of `world`.
pub(crate) fn publish(world: &World) {
    let mut stale = false;
    for project in &world.projects {
        while project.ledger.has_news() && !project.is_awaited() {
            stale |= publish_some(world, project);
        }
    }
    if stale {
        world.delivery.refresh(&world.outgoing);
    }
}

/// Takes back what was told about the files at these paths.
pub(crate) fn withdraw(world: &World, path: &Utf8Path) {
    send(world, path, Vec::new());
}

/// Tells about some files. Says whether what the client has asked for is out of date.
fn publish_some(world: &World, project: &ProjectView) -> bool {
    let open = |file: FileId| world.documents.get(&project.path(file)).is_some();
    let files = project.ledger.take(CHUNK, open);
    let tell = |(file, edited): (FileId, bool)| {
        if project.is_awaited() {
            project.ledger.put_back(file, edited);
            return false;
        }
        tell(world, project, file, edited)
    };
    if files.len() < CHUNK {
        return files.into_iter().fold(false, |stale, file| tell(file) | stale);
    }
    files.into_par_iter().map(tell).reduce(|| false, |one, other| one | other)
}

fn tell(world: &World, project: &ProjectView, file: FileId, edited: bool) -> bool {
    let path = project.path(file);
    let is_open = world.documents.get(&path).is_some();
    if world.delivery.is_pushed(is_open) {
        let Report { diagnostics, state } = report(world, project, file);
        let send = || send(world, &path, diagnostics);
        project.ledger.send(project.round, &path, state, edited && is_open, send);
    }
    // Asked anew: the client may have begun to ask while this was sent.
    if world.delivery.is_pushed(is_open) {
        return false;
    }
    // What the client asks for by itself it would show twice.
    project.ledger.send(project.round, &path, 0, false, || withdraw(world, &path));
    // Who edits a document asks for its findings without being told to.
    is_open && !edited && project.ledger.keep(file, report(world, project, file).state)
}

fn send(world: &World, path: &Utf8Path, diagnostics: Vec<Diagnostic>) {
    let Some(uri) = world.uri(path) else { return };
    let open = world.documents.get(path).filter(|_| world.client.diagnostic_version);
    let version = open.map(|document| document.version);
    let params = PublishDiagnosticsParams { uri, diagnostics, version };
    world.outgoing.notify::<PublishDiagnostics>(params);
}
