//! `workspace/symbol`: pipelines, phases, fields, chains and handlers of all projects, by name.

use ide::workspace_symbols::workspace_symbols;
use tower_lsp::ls_types::request::WorkspaceSymbolRequest;
use tower_lsp::ls_types::{OneOf, ServerCapabilities, SymbolInformation, WorkspaceSymbolResponse};

use super::symbol_kind;
use crate::lsp::capabilities::Capabilities;
use crate::lsp::router::{Answer, Feature, Params, Scope};
use crate::lsp::snapshot::World;

/// More than anybody reads.
const LIMIT: usize = 256;

/// Symbols of the workspace.
pub(crate) enum WorkspaceSymbols {}

impl Feature for WorkspaceSymbols {
    type Request = WorkspaceSymbolRequest;

    fn declare(_: &Capabilities, server: &mut ServerCapabilities) {
        server.workspace_symbol_provider = Some(OneOf::Left(true));
    }

    fn scope(_: &Params<Self>) -> Scope {
        Scope::Workspace
    }

    #[expect(deprecated, reason = "the field has to be given; nothing of ours is deprecated")]
    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let mut symbols = Vec::new();
        for project in &world.projects {
            world.checkpoint()?;
            let room = LIMIT - symbols.len();
            for found in workspace_symbols(&*project.engine, &params.query, room) {
                world.checkpoint()?;
                let Some(location) = world.location(project, found.place) else { continue };
                symbols.push(SymbolInformation {
                    name: found.name,
                    kind: symbol_kind::of(found.kind),
                    tags: None,
                    deprecated: None,
                    location,
                    container_name: Some(found.container).filter(|name| !name.is_empty()),
                });
            }
        }
        Ok(Some(WorkspaceSymbolResponse::Flat(symbols)))
    }
}
