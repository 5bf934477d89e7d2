//! Kinds of symbols as clients draw them.

use contracts::schema::Sort;
use ide::symbols::SymbolKind as Kind;
use tower_lsp::ls_types::SymbolKind;

/// The nearest that the protocol has.
pub(crate) fn of(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Pipeline => SymbolKind::MODULE,
        Kind::Phase => SymbolKind::NAMESPACE,
        Kind::List => SymbolKind::ARRAY,
        Kind::Field => SymbolKind::FIELD,
        Kind::Chain => SymbolKind::EVENT,
        Kind::Handler => SymbolKind::CLASS,
        Kind::Contract => SymbolKind::FILE,
        Kind::Name(sort) => of_sort(sort),
        Kind::Entry => SymbolKind::OBJECT,
    }
}

fn of_sort(sort: Sort) -> SymbolKind {
    match sort {
        Sort::Pipeline => SymbolKind::MODULE,
        Sort::Phase => SymbolKind::NAMESPACE,
        Sort::Field | Sort::ServiceField => SymbolKind::FIELD,
        Sort::Chain | Sort::Event => SymbolKind::EVENT,
        Sort::Service => SymbolKind::INTERFACE,
        Sort::Attribute => SymbolKind::PROPERTY,
        Sort::AttributeEnum => SymbolKind::ENUM,
        _ => SymbolKind::KEY,
    }
}
