//! What a round of the engine leaves: findings with their places.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use camino::Utf8PathBuf;
use facts::file::parsed;
use facts::places::{Anchor, FileId};
use rules::finding::Finding;
use syntax::yaml::{self, NodeId, Yaml};
use text::lines::LineTable;
use text::name::Name;
use text::span::Span;

use crate::engine::{Engine, FileEntry};
use crate::located::{LocatedFinding, Location, PathStep, Source};
use crate::walk::{Language, language};

/// Places findings of one engine. Texts are shared, and a contract is parsed once for the key paths
/// of all its findings.
#[derive(Debug)]
pub struct Locator<'a> {
    engine: &'a Engine,
    key_paths: bool,
    sources: Mutex<BTreeMap<FileId, Arc<Source>>>,
}

impl<'a> Locator<'a> {
    /// A locator for the engine's present state.
    #[must_use]
    pub fn new(engine: &'a Engine) -> Locator<'a> {
        Locator { engine, key_paths: true, sources: Mutex::default() }
    }

    /// A locator that leaves key paths out. A contract is then parsed only where an alias may make
    /// a finding count in other places too.
    #[must_use]
    pub fn without_key_paths(engine: &'a Engine) -> Locator<'a> {
        Locator { key_paths: false, ..Locator::new(engine) }
    }

    /// The findings of one file with their places, in the order they are shown.
    #[must_use]
    pub fn file(&self, id: FileId) -> Vec<LocatedFinding> {
        let entry = &self.engine.files[id.0 as usize];
        let has_keys = matches!(language(&entry.path), Some(Language::Yaml | Language::Json));
        let yaml = if has_keys && !entry.shown.is_empty() {
            let text = self.source(id);
            let is_needed = self.key_paths || text.text.contains('*');
            is_needed.then(|| parsed(entry.path.as_str(), &text.text))
        } else {
            None
        };
        entry.shown.iter().map(|finding| self.locate(finding, entry, yaml.as_ref())).collect()
    }

    /// Where an anchor stands.
    #[must_use]
    pub fn location(&self, anchor: Anchor) -> Location {
        let span = self.engine.place(anchor).unwrap_or_default();
        Location { source: self.source(anchor.file), span }
    }

    fn source(&self, id: FileId) -> Arc<Source> {
        let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        let source = sources.entry(id).or_insert_with(|| Arc::new(self.make_source(id)));
        Arc::clone(source)
    }

    fn make_source(&self, id: FileId) -> Source {
        let entry = &self.engine.files[id.0 as usize];
        let text = entry.text();
        let path: Utf8PathBuf = self.engine.root.join(&entry.path);
        Source { path, lines: LineTable::new(&text), text }
    }

    fn locate(&self, finding: &Finding, entry: &FileEntry, yaml: Option<&Yaml>) -> LocatedFinding {
        let node = yaml.and_then(|yaml| Some((yaml, node(yaml, entry, finding.at)?)));
        let mut related: Vec<(Location, String)> = finding
            .related
            .iter()
            .map(|related| (self.location(related.at), related.message.clone()))
            .collect();
        for span in node.map_or_else(Vec::new, |(yaml, node)| aliases(yaml, node)) {
            let place = Location { source: self.source(finding.at.file), span };
            related.push((place, "it counts here too, through the alias".to_owned()));
        }
        LocatedFinding {
            rule: finding.rule,
            level: finding.level,
            message: finding.message.clone(),
            at: self.location(finding.at),
            label: finding.label.clone(),
            related,
            why: finding.why.clone(),
            help: finding.help.clone(),
            key_path: node.map(|(yaml, node)| key_path(yaml, node)),
            function: function(entry, finding.at),
            pipeline: finding.pipeline,
            phase: finding.phase,
            field: finding.field,
            fixable: finding.safe_fix().is_some(),
        }
    }
}

/// The node of an anchor, or the innermost node around a place that is none.
fn node(yaml: &Yaml, entry: &FileEntry, anchor: Anchor) -> Option<NodeId> {
    let span: Span = entry.places.span(anchor.local)?;
    if (anchor.local.index as usize) < yaml.nodes.len() {
        Some(NodeId::new(anchor.local.index))
    } else {
        yaml.node_at(span.start as usize)
    }
}

/// The aliases through which a node counts elsewhere: those of every anchored node around it.
fn aliases(yaml: &Yaml, node: NodeId) -> Vec<Span> {
    let anchored = yaml.way_down(node).into_iter().filter(|id| yaml.node(*id).anchored);
    let places = anchored.flat_map(|id| yaml.aliases_of(id));
    places.map(|alias| yaml.node(alias).span).collect()
}

/// The keys and indexes on the way to a node.
fn key_path(yaml: &Yaml, node: NodeId) -> Vec<PathStep> {
    let steps = yaml.key_path(node).into_iter();
    steps
        .map(|step| match step {
            yaml::PathStep::Key(key) => PathStep::Key(key.to_string()),
            yaml::PathStep::Index(index) => PathStep::Index(index as usize),
        })
        .collect()
}

fn function(entry: &FileEntry, anchor: Anchor) -> Option<Name> {
    let python = entry.facts.as_ref()?.python.as_ref()?;
    let index = anchor.local.unit.checked_sub(1)?;
    python.functions.get(index as usize).map(|function| function.qualified)
}
