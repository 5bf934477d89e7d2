//! The engine's words to the protocol's, and back.

use std::sync::Arc;

use rules::level::Level;
use text::lines::{Encoding, LineTable, Position};
use text::span::Span;
use tower_lsp::ls_types::{self, DiagnosticSeverity, PositionEncodingKind, Range};

/// A text with its lines, to turn places in it into what the client counts.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    text: Arc<str>,
    table: Arc<LineTable>,
    encoding: Encoding,
}

impl Lines {
    /// The lines of `text`.
    pub(crate) fn new(text: Arc<str>, encoding: Encoding) -> Lines {
        let table = Arc::new(LineTable::new(&text));
        Lines { text, table, encoding }
    }

    /// The text.
    pub(crate) fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The range of `span`.
    pub(crate) fn range(&self, span: Span) -> Range {
        range(&self.text, &self.table, span, self.encoding)
    }

    /// The byte offset of `position`, clamped to the text.
    pub(crate) fn offset(&self, position: ls_types::Position) -> usize {
        let position = Position { line: position.line, column: position.character };
        self.table.offset(&self.text, position, self.encoding)
    }

    /// The bytes of `range`, clamped to the text.
    pub(crate) fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), end.max(start))
    }
}

/// The range of `span` in the text that `table` was made for.
pub(crate) fn range(text: &str, table: &LineTable, span: Span, encoding: Encoding) -> Range {
    let at = |offset: u32| {
        let place = table.position(text, offset as usize, encoding);
        ls_types::Position { line: place.line, character: place.column }
    };
    Range { start: at(span.start), end: at(span.end) }
}

/// How grave a finding is, in the protocol's words.
pub(crate) fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::ERROR,
        Level::Warning => DiagnosticSeverity::WARNING,
        Level::Information => DiagnosticSeverity::INFORMATION,
        Level::Hint => DiagnosticSeverity::HINT,
    }
}

/// The encoding, as it is agreed on.
pub(crate) fn encoding_kind(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}
