//! The documents that the client has open. Their text is the client's, not the disk's.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use ropey::{Rope, RopeSlice};
use text::lines::Encoding;
use tower_lsp::ls_types::{Position, TextDocumentContentChangeEvent, Uri};

/// One open document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// What the client calls it.
    pub(crate) uri: Uri,
    /// The number that the client gave to its text.
    pub(crate) version: i32,
    /// Its text. A copy costs nothing, so that the text of a moment can be held.
    pub(crate) text: Rope,
}

/// All open documents, by path. A copy is the state of a moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Documents {
    open: Arc<BTreeMap<Utf8PathBuf, Document>>,
}

impl Documents {
    /// The document at `path`, if it is open.
    pub(crate) fn get(&self, path: &Utf8Path) -> Option<&Document> {
        self.open.get(path)
    }

    /// All of them, in the order of their paths.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Utf8PathBuf, &Document)> {
        self.open.iter()
    }

    /// A document was opened, or opened once more.
    pub(crate) fn open(&mut self, path: Utf8PathBuf, document: Document) {
        Arc::make_mut(&mut self.open).insert(path, document);
    }

    /// A document was closed. Says whether it was open.
    pub(crate) fn close(&mut self, path: &Utf8Path) -> bool {
        Arc::make_mut(&mut self.open).remove(path).is_some()
    }

    /// A document to be changed.
    pub(crate) fn get_mut(&mut self, path: &Utf8Path) -> Option<&mut Document> {
        Arc::make_mut(&mut self.open).get_mut(path)
    }
}

impl Document {
    /// Applies one change. Places outside of the text are moved to where it ends.
    pub(crate) fn change(&mut self, change: &TextDocumentContentChangeEvent, encoding: Encoding) {
        let Some(range) = change.range else {
            self.text = Rope::from_str(&change.text);
            return;
        };
        let one = index(&self.text, range.start, encoding);
        let other = index(&self.text, range.end, encoding);
        let (start, end) = (one.min(other), one.max(other));
        self.text.remove(start..end);
        self.text.insert(start, &change.text);
    }
}

/// The number of the character at `position`, moved to the end of its line or of the text where it
/// lies outside.
fn index(text: &Rope, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= text.len_lines() {
        return text.len_chars();
    }
    let content = without_break(text.line(line));
    let column = position.character as usize;
    let inside = match encoding {
        Encoding::Utf8 => content.byte_to_char(column.min(content.len_bytes())),
        Encoding::Utf16 => content.utf16_cu_to_char(column.min(content.len_utf16_cu())),
        Encoding::Utf32 => column.min(content.len_chars()),
    };
    text.line_to_char(line) + inside
}

fn without_break(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let mut end = line.len_chars();
    while end > 0 && matches!(line.char(end - 1), '\n' | '\r') {
        end -= 1;
    }
    line.slice(..end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::str::FromStr;
    use text::lines::LineTable;
    use text::span::Span;
    use tower_lsp::ls_types::Range;

    use super::*;

    fn document(text: &str) -> Document {
        let uri = Uri::from_str("file:///a.py").unwrap();
        Document { uri, version: 1, text: Rope::from_str(text) }
    }

    fn changed(text: &str, at: [u32; 4], with: &str, encoding: Encoding) -> String {
        let mut document = document(text);
        let range = Range {
            start: Position { line: at[0], character: at[1] },
            end: Position { line: at[2], character: at[3] },
        };
        let change = TextDocumentContentChangeEvent {
            range: Some(range),
            range_length: None,
            text: with.to_owned(),
        };
        document.change(&change, encoding);
        document.text.to_string()
    }

    #[test]
    fn columns_count_as_agreed() {
        let text = "aß𝄞x\n";
        assert_eq!(changed(text, [0, 7, 0, 8], "y", Encoding::Utf8), "aß𝄞y\n");
        assert_eq!(changed(text, [0, 4, 0, 5], "y", Encoding::Utf16), "aß𝄞y\n");
        assert_eq!(changed(text, [0, 3, 0, 4], "y", Encoding::Utf32), "aß𝄞y\n");
    }

    #[test]
    fn places_outside_are_moved_to_the_end() {
        assert_eq!(changed("ab\r\nc", [0, 9, 0, 99], "!", Encoding::Utf16), "ab!\r\nc");
        assert_eq!(changed("ab", [7, 0, 9, 9], "!", Encoding::Utf8), "ab!");
        assert_eq!(changed("abc", [0, 2, 0, 1], "", Encoding::Utf16), "ac", "turned around");
        assert_eq!(changed("", [0, 0, 0, 0], "x", Encoding::Utf16), "x");
    }

    proptest! {
        #[test]
        fn ropes_count_as_line_tables_do(
            text in "[a\u{df}\u{1d11e}\r\n\u{2028}\u{85}]{0,20}",
            at in prop::array::uniform4(0..6_u32),
            which in 0..3_usize,
        ) {
            let encoding = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32][which];
            let table = LineTable::new(&text);
            let offset = |line, column| {
                let position = text::lines::Position { line, column };
                table.offset(&text, position, encoding)
            };
            let (one, other) = (offset(at[0], at[1]), offset(at[2], at[3]));
            let span = Span::new(one.min(other), one.max(other));
            let edits = [text::edit::TextEdit::replace(span, "+")];
            let expected = text::edit::apply(&text, &edits).0;
            prop_assert_eq!(changed(&text, at, "+", encoding), expected);
        }
    }
}
