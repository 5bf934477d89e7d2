//! Byte offsets to lines and columns, and back.

use crate::span::Span;

/// The unit that columns count in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place in a text. Both numbers count from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Position {
    /// Number of line breaks before the place.
    pub line: u32,
    /// Units since the line's start, in the encoding that was asked for.
    pub column: u32,
}

/// Where each line of a text begins.
///
/// A line ends at `\n`, `\r\n` or a lone `\r`, as editors count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineTable {
    starts: Vec<u32>,
    length: u32,
}

impl LineTable {
    /// Reads the line starts of `text`.
    #[must_use]
    pub fn new(text: &str) -> LineTable {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for index in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_pair = bytes[index] == b'\r' && bytes.get(index + 1) == Some(&b'\n');
            if !is_pair {
                starts.push(u32::try_from(index + 1).unwrap_or(u32::MAX));
            }
        }
        LineTable { starts, length: u32::try_from(bytes.len()).unwrap_or(u32::MAX) }
    }

    /// Number of lines; a text that ends with a line break has an empty last line.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, that `offset` lies on.
    #[must_use]
    pub fn line(&self, offset: usize) -> u32 {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let after = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The bytes of `line`, line break included. Lines past the end are empty, at the end.
    #[must_use]
    pub fn line_span(&self, line: u32) -> Span {
        let start = self.starts.get(line as usize).copied().unwrap_or(self.length);
        let end = self.starts.get(line as usize + 1).copied().unwrap_or(self.length);
        Span { start, end: end.max(start) }
    }

    /// The bytes of `line` without its line break.
    #[must_use]
    pub fn content_span(&self, text: &str, line: u32) -> Span {
        let span = self.line_span(line);
        let content = span.of(text).trim_end_matches(['\n', '\r']);
        Span::new(span.start as usize, span.start as usize + content.len())
    }

    /// The place of `offset` in `text`, which must be the text the table was made for.
    ///
    /// An offset inside a character counts as that character's start.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let line = self.line(offset);
        let start = self.line_span(line).start as usize;
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = text.get(start..offset).unwrap_or("");
        Position { line, column: units(before, encoding) }
    }

    /// The byte offset of `position`, clamped to its line and to the text.
    #[must_use]
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let content = self.content_span(text, position.line);
        let line = content.of(text);
        let mut left = position.column;
        for (index, character) in line.char_indices() {
            let width = character_units(character, encoding);
            if left < width {
                return content.start as usize + index;
            }
            left -= width;
        }
        content.end as usize
    }
}

fn units(text: &str, encoding: Encoding) -> u32 {
    let count = if text.is_ascii() || encoding == Encoding::Utf8 {
        text.len()
    } else {
        text.chars().map(|character| character_units(character, encoding) as usize).sum()
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn character_units(character: char, encoding: Encoding) -> u32 {
    let units = match encoding {
        Encoding::Utf8 => character.len_utf8(),
        Encoding::Utf16 => character.len_utf16(),
        Encoding::Utf32 => 1,
    };
    u32::try_from(units).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\r\nß𝄞x\rlast\n";

    #[test]
    fn lines_end_as_editors_count() {
        let table = LineTable::new(TEXT);
        assert_eq!(table.count(), 4);
        assert_eq!(table.content_span(TEXT, 1).of(TEXT), "ß𝄞x");
        assert_eq!(table.content_span(TEXT, 2).of(TEXT), "last");
        assert!(table.line_span(3).is_empty());
    }

    #[test]
    fn columns_count_in_each_encoding() {
        let table = LineTable::new(TEXT);
        let offset = TEXT.find('x').unwrap();
        let column = |encoding| table.position(TEXT, offset, encoding).column;
        assert_eq!(column(Encoding::Utf8), 6);
        assert_eq!(column(Encoding::Utf16), 3);
        assert_eq!(column(Encoding::Utf32), 2);
    }

    #[test]
    fn a_position_survives_the_way_back() {
        let table = LineTable::new(TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (offset, character) in TEXT.char_indices() {
                if matches!(character, '\r' | '\n') {
                    continue;
                }
                let position = table.position(TEXT, offset, encoding);
                assert_eq!(table.offset(TEXT, position, encoding), offset);
            }
        }
    }

    #[test]
    fn places_beyond_the_text_are_clamped() {
        let table = LineTable::new(TEXT);
        let far = Position { line: 99, column: 99 };
        assert_eq!(table.offset(TEXT, far, Encoding::Utf16), TEXT.len());
        let wide = Position { line: 2, column: 99 };
        assert_eq!(table.offset(TEXT, wide, Encoding::Utf16), TEXT.find("last").unwrap() + 4);
    }
}
