//! The outline of a Python file.

use std::collections::BTreeMap;

use contracts::path::FieldPath;
use facts::places::{Anchor, FileId};
use graph::discovery::FoundHandler;
use graph::handler::ContractRef;
use graph::pipeline::Pipeline;
use graph::sources::Sources;
use syntax::python::{self, Tree, definition_around};
use text::span::Span;

use super::{DocumentSymbol, SymbolKind};

pub(super) fn symbols(sources: &dyn Sources, file: FileId) -> Vec<DocumentSymbol> {
    let handlers = sources.graph().handlers_in(file);
    if handlers.is_empty() {
        return Vec::new();
    }
    let fresh;
    let tree = match sources.python(file) {
        Some(tree) => tree,
        None => {
            fresh = python::parse(&sources.text(file), None);
            &fresh
        }
    };
    let mut outline = Outline { sources, file, tree, pipelines: BTreeMap::new() };
    let mut symbols: Vec<DocumentSymbol> =
        handlers.iter().filter_map(|handler| outline.handler(handler)).collect();
    symbols.sort_by(|one, other| (one.whole, &one.name).cmp(&(other.whole, &other.name)));
    symbols
}

struct Outline<'a> {
    sources: &'a dyn Sources,
    file: FileId,
    tree: &'a Tree,
    pipelines: BTreeMap<ContractRef, Option<Pipeline>>,
}

/// What a handler does with a field, and where first.
struct Use {
    at: Span,
    reads: bool,
    writes: bool,
}

impl Outline<'_> {
    fn handler(&mut self, handler: &FoundHandler) -> Option<DocumentSymbol> {
        let at = self.sources.span(handler.at)?;
        let whole = definition_around(self.tree, at).unwrap_or(at);
        let mut uses = BTreeMap::new();
        let mut seats = Vec::new();
        for (contract, seat) in self.sources.graph().seats_of(handler.code) {
            let built = || self.sources.graph().build(*contract).map(|built| built.pipeline);
            let pipeline = self.pipelines.entry(*contract).or_insert_with(built);
            let Some(pipeline) = pipeline else { continue };
            seats.push(format!("{} of {}", seat.phase, pipeline.name));
            add_uses(self.sources, pipeline, handler, self.file, &mut uses);
        }
        let detail = match seats.is_empty() {
            true => "bound to no pipeline".to_owned(),
            false => seats.join(", "),
        };
        let mut fields: Vec<DocumentSymbol> = uses
            .into_iter()
            .filter(|(_, used)| whole.contains(used.at))
            .map(|(path, used)| field(path, &used))
            .collect();
        fields.sort_by_key(|field| field.whole);
        let name = handler.name.to_string();
        Some(DocumentSymbol::new(SymbolKind::Handler, name, detail, whole, at).with(fields))
    }
}

fn add_uses(
    sources: &dyn Sources,
    pipeline: &Pipeline,
    handler: &FoundHandler,
    file: FileId,
    uses: &mut BTreeMap<FieldPath, Use>,
) {
    let phases = pipeline.phases.iter().flat_map(|phase| &phase.handlers);
    let bound = phases.chain(&pipeline.stray_handlers).filter(|one| one.code == handler.code);
    let summaries = bound.filter_map(|one| one.summary.as_ref());
    let mut add = |path: FieldPath, at: Anchor, reads: bool| {
        let Some(at) = sources.span(at).filter(|_| at.file == file) else {
            return;
        };
        let used = uses.entry(path).or_insert(Use { at, reads: false, writes: false });
        used.at = used.at.min(at);
        used.reads |= reads;
        used.writes |= !reads;
    };
    for summary in summaries {
        summary.reads.iter().for_each(|read| add(read.path, read.site.at, true));
        summary.writes.iter().for_each(|write| add(write.path, write.site.at, false));
    }
}

fn field(path: FieldPath, used: &Use) -> DocumentSymbol {
    let detail = match (used.reads, used.writes) {
        (true, true) => "read and written",
        (true, false) => "read",
        _ => "written",
    };
    let (name, detail) = (path.to_string(), detail.to_owned());
    DocumentSymbol::new(SymbolKind::Field, name, detail, used.at, used.at)
}
