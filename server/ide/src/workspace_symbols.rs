//! Pipelines, phases, fields, handlers and whatever else has a name in the whole project.

use std::fmt;

use camino::Utf8Path;
use contracts::decode::names::Role;
use contracts::path::FieldPath;
use contracts::propagation::Boundary;
use facts::contract::ContractFacts;
use facts::places::{Anchor, FileId};
use graph::files::File;
use graph::sources::Sources;
use syntax::yaml::NodeId;

use crate::place::Place;
use crate::symbols::SymbolKind;

mod fuzzy;

use fuzzy::{Query, Rank};

/// Something of the project that has a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkspaceSymbol {
    /// Its name.
    pub name: String,
    /// What it belongs to: for a phase its pipeline, for a pipeline its file.
    pub container: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Where its name stands.
    pub place: Place,
}

/// What fits `query`, the best first, and no more than `limit`. The letters of the query must occur
/// in the name in their order; an empty query fits pipelines and phases.
#[must_use]
pub fn workspace_symbols(sources: &dyn Sources, query: &str, limit: usize) -> Vec<WorkspaceSymbol> {
    let mut search = Search { query: Query::new(query), found: Vec::new() };
    let graph = sources.graph();
    let files = graph.files().by_path();
    for (id, file) in &files {
        for facts in &file.contracts {
            search.contract(*id, file, facts);
        }
        for handler in graph.handlers_in(*id) {
            let name = handler.name.as_str();
            search.offer(SymbolKind::Handler, name, handler.at, Container::File(&file.path));
        }
    }
    // The order in which they were found decides between equals.
    search.found.sort_by_key(|found| (found.rank, found.kind));
    let placed = search.found.into_iter().filter_map(|found| {
        let span = sources.span(found.at)?;
        let place = Place { file: found.at.file, span };
        let (name, container) = (found.name.to_owned(), found.container.to_string());
        Some(WorkspaceSymbol { name, container, kind: found.kind, place })
    });
    placed.take(limit).collect()
}

struct Found<'g> {
    rank: Rank,
    kind: SymbolKind,
    name: &'static str,
    container: Container<'g>,
    at: Anchor,
}

/// What a symbol belongs to.
#[derive(Clone, Copy)]
enum Container<'g> {
    File(&'g Utf8Path),
    Pipeline(&'g str),
    Phase(&'g str, &'g str),
    Contract(&'g str, &'g str),
}

impl fmt::Display for Container<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Container::File(path) => f.write_str(path.as_str()),
            Container::Pipeline(name) => f.write_str(name),
            Container::Phase(pipeline, phase) => write!(f, "{pipeline}, {phase}"),
            Container::Contract(kind, of) => write!(f, "{kind} of {of}"),
        }
    }
}

struct Search<'g> {
    query: Query,
    found: Vec<Found<'g>>,
}

impl<'g> Search<'g> {
    fn contract(&mut self, id: FileId, file: &'g File, facts: &'g ContractFacts) {
        let anchor = |node: NodeId| {
            let local = facts::file::anchor(node);
            Anchor { file: id, local }
        };
        let named = facts.pipeline().map(|id| id.as_str());
        let pipeline = named.unwrap_or(file.path.as_str());
        let container = Container::Contract(facts.document.kind.title, pipeline);
        for named in facts.document.names.iter().filter(|named| named.role == Role::Defines) {
            let name = named.name.as_str();
            self.offer(SymbolKind::Name(named.sort), name, anchor(named.at), container);
        }
        let Some(contract) = facts.propagation() else { return };
        if let Some(id) = facts.document.pipeline_id {
            let container = Container::File(&file.path);
            self.offer(SymbolKind::Pipeline, id.value.as_str(), anchor(id.at), container);
        }
        let container = Container::Pipeline(pipeline);
        for phase in &contract.phases {
            let name = phase.name.value.as_str();
            self.offer(SymbolKind::Phase, name, anchor(phase.name.at), container);
        }
        for chain in contract.chains.iter().filter_map(|chain| chain.id) {
            self.offer(SymbolKind::Chain, chain.value.as_str(), anchor(chain.at), container);
        }
        if self.query.is_empty() {
            return;
        }
        // A field is shown where it is produced, or else where it is first required.
        let mut seen: Vec<FieldPath> = Vec::new();
        for boundaries in [&Boundary::ALL[2..], &Boundary::ALL[..2]] {
            for phase in &contract.phases {
                let container = Container::Phase(pipeline, phase.name.value.as_str());
                let fields = boundaries.iter().flat_map(|boundary| phase.fields(*boundary));
                for field in fields {
                    let path = field.path.value;
                    let Some(rank) = self.query.rank(path.as_str()) else { continue };
                    // Few fields of one contract fit.
                    if !seen.contains(&path) {
                        seen.push(path);
                        let (name, at) = (path.as_str(), anchor(field.path.at));
                        let kind = SymbolKind::Field;
                        self.found.push(Found { rank, kind, name, container, at });
                    }
                }
            }
        }
    }

    fn offer(
        &mut self,
        kind: SymbolKind,
        name: &'static str,
        at: Anchor,
        container: Container<'g>,
    ) {
        let shown_unasked = matches!(kind, SymbolKind::Pipeline | SymbolKind::Phase);
        if self.query.is_empty() && !shown_unasked {
            return;
        }
        if let Some(rank) = self.query.rank(name) {
            self.found.push(Found { rank, kind, name, container, at });
        }
    }
}
