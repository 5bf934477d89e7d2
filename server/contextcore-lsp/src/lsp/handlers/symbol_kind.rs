//! Kinds of symbols as clients draw them.

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
    }
}
