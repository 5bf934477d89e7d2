//! Pipelines, phases, fields, chains and handlers of the whole project, by name.

use contracts::propagation::{Boundary, Contract};
use facts::places::{Anchor, FileId, LocalAnchor};
use graph::files::File;
use graph::sources::Sources;
use rustc_hash::FxHashSet;
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
    for (id, file) in graph.files().by_path() {
        for facts in &file.contracts {
            search.contract(id, file, &facts.contract);
        }
        for handler in graph.handlers_in(id) {
            let container = || file.path.to_string();
            search.offer(SymbolKind::Handler, handler.name.as_str(), handler.at, container);
        }
    }
    // The order in which they were found decides between equals.
    search.found.sort_by_key(|found| found.rank);
    let placed = search.found.into_iter().filter_map(|found| {
        let span = sources.span(found.at)?;
        let place = Place { file: found.at.file, span };
        let (name, container) = (found.name.to_owned(), found.container);
        Some(WorkspaceSymbol { name, container, kind: found.kind, place })
    });
    placed.take(limit).collect()
}

struct Found {
    rank: (Rank, SymbolKind),
    name: &'static str,
    container: String,
    kind: SymbolKind,
    at: Anchor,
}

struct Search {
    query: Query,
    found: Vec<Found>,
}

impl Search {
    fn contract(&mut self, id: FileId, file: &File, contract: &Contract) {
        let anchor = |node: NodeId| {
            let local = LocalAnchor { unit: 0, index: node.place() };
            Anchor { file: id, local }
        };
        let pipeline = contract.pipeline_id.map(|named| named.value.as_str());
        let container = || pipeline.map_or_else(|| file.path.to_string(), str::to_owned);
        if let Some(named) = contract.pipeline_id {
            let path = || file.path.to_string();
            self.offer(SymbolKind::Pipeline, named.value.as_str(), anchor(named.at), path);
        }
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
        let mut seen = FxHashSet::default();
        for boundaries in [&Boundary::ALL[2..], &Boundary::ALL[..2]] {
            for phase in &contract.phases {
                let fields = boundaries.iter().flat_map(|boundary| phase.fields(*boundary));
                for field in fields.filter(|field| seen.insert(field.path.value)) {
                    let name = field.path.value.as_str();
                    self.offer(SymbolKind::Field, name, anchor(field.path.at), || {
                        format!("{}, {}", container(), phase.name.value)
                    });
                }
            }
        }
    }

    fn offer(
        &mut self,
        kind: SymbolKind,
        name: &'static str,
        at: Anchor,
        container: impl FnOnce() -> String,
    ) {
        let shown_unasked = matches!(kind, SymbolKind::Pipeline | SymbolKind::Phase);
        if self.query.is_empty() && !shown_unasked {
            return;
        }
        if let Some(rank) = self.query.rank(name) {
            self.found.push(Found { rank: (rank, kind), name, container: container(), kind, at });
        }
    }
}
