//! The outline of a file: pipelines with their phases, lists, fields and chains; contracts of other
//! kinds with what has a name in them; handlers with the fields that they read and write.

use contracts::schema::Sort;
use facts::places::FileId;
use graph::sources::Sources;
use text::span::Span;

mod contract;
mod handlers;
mod record;

/// One entry of an outline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentSymbol {
    /// Its name.
    pub name: String,
    /// What else is worth showing beside the name; may be empty.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub whole: Span,
    /// Its name; lies within `whole`.
    pub name_span: Span,
    /// What it holds, in order of place.
    pub children: Vec<DocumentSymbol>,
}

/// What a symbol is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SymbolKind {
    /// A pipeline.
    Pipeline,
    /// A phase.
    Phase,
    /// A list of fields: `entry.required`.
    List,
    /// A field.
    Field,
    /// A chain.
    Chain,
    /// A handler.
    Handler,
    /// A contract of another kind than propagation.
    Contract,
    /// Whatever else has a name, or is called by one.
    Name(Sort),
    /// A part of a contract that is called by no one name.
    Entry,
}

impl DocumentSymbol {
    /// A symbol without children. Clients refuse a name outside of what it names, which aliases can
    /// bring about; such a symbol is shown by the whole of it.
    fn new(kind: SymbolKind, name: String, detail: String, whole: Span, at: Span) -> Self {
        let name_span = if whole.contains(at) { at } else { whole };
        DocumentSymbol { name, detail, kind, whole, name_span, children: Vec::new() }
    }

    fn with(mut self, children: impl IntoIterator<Item = DocumentSymbol>) -> Self {
        self.children.extend(children);
        self
    }
}

/// The outline of `file`.
#[must_use]
pub fn document_symbols(sources: &dyn Sources, file: FileId) -> Vec<DocumentSymbol> {
    let mut symbols = contract::symbols(sources, file);
    symbols.extend(handlers::symbols(sources, file));
    symbols
}
