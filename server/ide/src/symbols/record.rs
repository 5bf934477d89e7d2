//! The outline of a contract by its declaration alone: its lists and maps, and in them what has a
//! name.

use contracts::document::Document;
use contracts::schema::{Key, Kind, Presence, Record, Shape, Text};
use syntax::yaml::{Data, NodeId, Yaml};
use text::span::Span;

use super::{DocumentSymbol, SymbolKind};
use crate::declaration;

/// A contract's text and tree.
pub(super) struct Outline<'a> {
    pub(super) text: &'a str,
    pub(super) yaml: &'a Yaml,
    pub(super) file_name: &'a str,
}

impl Outline<'_> {
    /// A contract of any kind.
    pub(super) fn contract(&self, document: &Document) -> DocumentSymbol {
        let whole = self.span(document.at);
        let (name, at) = match document.pipeline_id {
            Some(id) => (id.value.to_string(), self.span(id.at)),
            None => (self.file_name.to_owned(), Span::empty(whole.start as usize)),
        };
        let detail = document.kind.title.to_owned();
        let symbol = DocumentSymbol::new(SymbolKind::Contract, name, detail, whole, at);
        symbol.with(self.groups(document.kind, document.at, document.kind.root, &|_| true))
    }

    /// What stands in the extensions of a contract.
    pub(super) fn extensions(&self, document: &Document) -> Vec<DocumentSymbol> {
        let is_extension = |key: &Key| key.presence == Presence::Extension;
        self.groups(document.kind, document.at, document.kind.root, &is_extension)
    }

    /// The keys of a record that hold something with a name.
    fn groups(
        &self,
        kind: &Kind,
        node: NodeId,
        record: &'static Record,
        is_wanted: &dyn Fn(&Key) -> bool,
    ) -> Vec<DocumentSymbol> {
        let mut groups = Vec::new();
        for entry in self.yaml.written(node) {
            let name = self.yaml.text_of(entry.key);
            let key = name.and_then(|name| declaration::key(kind, record, name.as_str()));
            let Some(key) = key.filter(|key| is_wanted(key)) else { continue };
            // What an alias stands for is in the outline where it is written.
            if !matches!(self.yaml.node(entry.value).data, Data::Alias(_)) {
                groups.extend(self.group(kind, entry.key, entry.value, key));
            }
        }
        groups
    }

    fn group(
        &self,
        kind: &Kind,
        at: NodeId,
        value: NodeId,
        key: &'static Key,
    ) -> Option<DocumentSymbol> {
        let (children, noun) = match (&key.shape, &self.yaml.node(value).data) {
            (Shape::Record(record), Data::Mapping(_)) => {
                (self.groups(kind, value, record, &|_| true), None)
            }
            (Shape::List(items), Data::Sequence(nodes)) => {
                let children = nodes.iter().filter_map(|node| self.item(kind, *node, items.of));
                (children.collect(), noun_of(items.of))
            }
            (Shape::Map(keys, items), Data::Mapping(entries)) => {
                let sort = keys.names().map(|(sort, _)| sort);
                let symbol = |entry: &syntax::yaml::Entry| {
                    let name = self.yaml.text_of(entry.key)?;
                    let at = self.span(entry.key);
                    let whole = at.cover(self.span(entry.value));
                    let of = sort.map_or(SymbolKind::Entry, SymbolKind::Name);
                    let symbol =
                        DocumentSymbol::new(of, name.to_string(), String::new(), whole, at);
                    Some(symbol.with(self.within(kind, entry.value, items.of)))
                };
                (entries.iter().filter_map(symbol).collect(), noun_of(items.of))
            }
            _ => return None,
        };
        if children.is_empty() {
            return None;
        }
        let noun = noun.unwrap_or("entry");
        let detail = counted(children.len(), noun);
        let at = self.span(at);
        let whole = at.cover(self.span(value));
        let name = key.name.to_owned();
        Some(DocumentSymbol::new(SymbolKind::List, name, detail, whole, at).with(children))
    }

    /// What a value holds.
    fn within(&self, kind: &Kind, node: NodeId, shape: &'static Shape) -> Vec<DocumentSymbol> {
        match shape {
            Shape::Record(record) => self.groups(kind, node, record, &|_| true),
            _ => Vec::new(),
        }
    }

    /// An item of a list.
    fn item(&self, kind: &Kind, node: NodeId, shape: &'static Shape) -> Option<DocumentSymbol> {
        let whole = self.span(node);
        match shape {
            Shape::Record(record) => {
                let (name, of, at) = self.title(kind, node, record);
                let symbol = DocumentSymbol::new(of, name, String::new(), whole, at);
                Some(symbol.with(self.groups(kind, node, record, &|_| true)))
            }
            Shape::Text(text) => {
                let (sort, _) = text.names()?;
                let name = self.yaml.text_of(node)?.to_string();
                let of = SymbolKind::Name(sort);
                Some(DocumentSymbol::new(of, name, String::new(), whole, whole))
            }
            _ => None,
        }
    }

    /// What a record is called: the name that it gives, or else those that it uses.
    fn title(
        &self,
        kind: &Kind,
        node: NodeId,
        record: &'static Record,
    ) -> (String, SymbolKind, Span) {
        let mut used: Vec<(String, SymbolKind, Span)> = Vec::new();
        for entry in self.yaml.written(node) {
            let name = self.yaml.text_of(entry.key);
            let key = name.and_then(|name| declaration::key(kind, record, name.as_str()));
            let Some(Shape::Text(text)) = key.map(|key| &key.shape) else { continue };
            let (Some((sort, _)), Some(value)) = (text.names(), self.yaml.text_of(entry.value))
            else {
                continue;
            };
            let title = (value.to_string(), SymbolKind::Name(sort), self.span(entry.value));
            if matches!(text, Text::Defines(_)) {
                return title;
            }
            used.push(title);
        }
        let start = Span::empty(self.span(node).start as usize);
        match used.as_slice() {
            [] => (record.name.to_owned(), SymbolKind::Entry, start),
            [only] => only.clone(),
            [(_, _, at), ..] => {
                let words: Vec<&str> = used.iter().map(|(name, ..)| name.as_str()).collect();
                (words.join(" "), SymbolKind::Entry, *at)
            }
        }
    }

    fn span(&self, node: NodeId) -> Span {
        let span = self.yaml.node(node).span;
        Span::new(
            (span.start as usize).min(self.text.len()),
            (span.end as usize).min(self.text.len()),
        )
    }
}

fn noun_of(shape: &'static Shape) -> Option<&'static str> {
    match shape {
        Shape::Record(record) => Some(record.name),
        _ => None,
    }
}

fn counted(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}s"),
    }
}
