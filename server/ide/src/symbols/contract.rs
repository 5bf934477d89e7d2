//! The outline of a propagation contract; that of any other follows from its declaration.

use contracts::propagation::{Boundary, Chain, Endpoint, Field, Phase};
use facts::contract::ContractFacts;
use facts::file::parsed;
use facts::places::{Anchor, FileId};
use graph::sources::Sources;
use syntax::yaml::NodeId;
use text::span::Span;

use super::record::Outline;
use super::{DocumentSymbol, SymbolKind};

pub(super) fn symbols(sources: &dyn Sources, file: FileId) -> Vec<DocumentSymbol> {
    let Some(known) = sources.graph().files().get(file) else {
        return Vec::new();
    };
    if known.contracts.is_empty() {
        return Vec::new();
    }
    let text = sources.text(file);
    let yaml = parsed(known.path.as_str(), &text);
    let file_name = known.path.file_name().unwrap_or_default();
    let outline = Outline { text: &text, yaml: &yaml, file_name };
    let page = Page { sources, file, text: &text };
    let symbol = |facts: &ContractFacts| match facts.propagation() {
        Some(_) => Some(page.pipeline(facts)?.with(outline.extensions(&facts.document))),
        None => Some(outline.contract(&facts.document)),
    };
    known.contracts.iter().filter_map(|facts| symbol(facts)).collect()
}

struct Page<'a> {
    sources: &'a dyn Sources,
    file: FileId,
    text: &'a str,
}

impl Page<'_> {
    fn span(&self, node: NodeId) -> Option<Span> {
        let local = facts::file::anchor(node);
        self.sources.span(Anchor { file: self.file, local })
    }

    fn pipeline(&self, facts: &ContractFacts) -> Option<DocumentSymbol> {
        let contract = facts.propagation()?;
        let whole = self.span(facts.document.at)?;
        let (name, at) = match &facts.document.pipeline_id {
            Some(id) => (id.value.to_string(), self.span(id.at)?),
            None => {
                let path = self.sources.path(self.file);
                (path.file_name().unwrap_or_default().to_owned(), Span::empty(whole.start as usize))
            }
        };
        let phases = contract.phases.iter().filter_map(|phase| self.phase(phase));
        let chains = contract.chains.iter().filter_map(|chain| self.chain(chain));
        let count = contract.phases.len();
        let detail = format!("{count} {}", if count == 1 { "phase" } else { "phases" });
        let symbol = DocumentSymbol::new(SymbolKind::Pipeline, name, detail, whole, at);
        Some(symbol.with(phases).with(chains))
    }

    fn phase(&self, phase: &Phase) -> Option<DocumentSymbol> {
        let at = self.span(phase.name.at)?;
        let body = self.span(phase.at)?;
        // An alias leads elsewhere; the phase is where its name stands.
        let whole = if body.start >= at.end { at.cover(body) } else { at };
        let name = phase.name.value.to_string();
        let symbol = DocumentSymbol::new(SymbolKind::Phase, name, String::new(), whole, at);
        let mut lists: Vec<DocumentSymbol> =
            Boundary::ALL.into_iter().filter_map(|list| self.list(phase, list)).collect();
        lists.sort_by_key(|list| list.whole);
        Some(symbol.with(lists))
    }

    fn list(&self, phase: &Phase, boundary: Boundary) -> Option<DocumentSymbol> {
        let list = &phase.lists[boundary as usize];
        let items = self.span(list.at?)?;
        let name = boundary.as_str();
        let key = name.rsplit('.').next().unwrap_or(name);
        let at = self.key_before(items.start as usize, key);
        let whole = at.map_or(items, |at| at.cover(items));
        let at = at.unwrap_or(Span::empty(items.start as usize));
        let fields = list.fields.iter().filter_map(|field| self.field(field));
        let detail = match list.fields.len() {
            1 => "1 field".to_owned(),
            count => format!("{count} fields"),
        };
        let kind = SymbolKind::List;
        Some(DocumentSymbol::new(kind, name.to_owned(), detail, whole, at).with(fields))
    }

    /// The key right before the value at `offset`: facts keep no place for it.
    fn key_before(&self, offset: usize, key: &str) -> Option<Span> {
        let above = self.text.get(..offset)?;
        let start = above.rfind(key)?;
        let between = above.get(start + key.len()..)?.trim_start_matches(['"', '\'']);
        let mut lines = between.strip_prefix(':')?.lines();
        // An anchor or a comment may stand behind the colon, and comments below it.
        let rest = lines.next().unwrap_or_default().trim_start();
        let is_apart = rest.is_empty() || rest.starts_with(['#', '&', '!']);
        let bare = |line: &str| line.trim_start().is_empty() || line.trim_start().starts_with('#');
        (is_apart && lines.all(bare)).then(|| Span::new(start, start + key.len()))
    }

    fn field(&self, field: &Field) -> Option<DocumentSymbol> {
        let kind = field.type_name.map_or("str", |of| of.value.as_str());
        let detail = format!("{kind}, {}", field.severity.as_str());
        let (whole, at) = (self.span(field.at)?, self.span(field.path.at)?);
        let name = field.path.value.to_string();
        Some(DocumentSymbol::new(SymbolKind::Field, name, detail, whole, at))
    }

    fn chain(&self, chain: &Chain) -> Option<DocumentSymbol> {
        let whole = self.span(chain.at)?;
        let at = chain.id.and_then(|id| self.span(id.at));
        let at = at.unwrap_or(Span::empty(whole.start as usize));
        let name = chain.id.map_or("chain", |id| id.value.as_str()).to_owned();
        let ends: Vec<&str> = chain.endpoints().filter_map(phase_of).collect();
        let detail = ends.join(" -> ");
        Some(DocumentSymbol::new(SymbolKind::Chain, name, detail, whole, at))
    }
}

fn phase_of(endpoint: &Endpoint) -> Option<&'static str> {
    endpoint.phase.map(|phase| phase.value.as_str())
}
