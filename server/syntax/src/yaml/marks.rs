//! The parser's places to bytes.

use saphyr_parser::Marker;

/// Turns the parser's places, which count characters, into byte offsets.
///
/// Events come nearly in order of place, so a cursor that walks from one to the next visits each
/// byte about once; for a text of ASCII alone there is nothing to do.
pub(super) struct Marks<'a> {
    bytes: &'a [u8],
    ascii: bool,
    characters: usize,
    offset: usize,
}

impl<'a> Marks<'a> {
    pub(super) fn new(text: &'a str) -> Marks<'a> {
        Marks { bytes: text.as_bytes(), ascii: text.is_ascii(), characters: 0, offset: 0 }
    }

    /// The byte offset of `mark`.
    pub(super) fn offset(&mut self, mark: Marker) -> usize {
        if self.ascii {
            return mark.index().min(self.bytes.len());
        }
        while self.characters > mark.index() {
            self.offset -= 1;
            if starts_character(self.bytes[self.offset]) {
                self.characters -= 1;
            }
        }
        while self.characters < mark.index() && self.offset < self.bytes.len() {
            self.offset += 1;
            while self.bytes.get(self.offset).is_some_and(|byte| !starts_character(*byte)) {
                self.offset += 1;
            }
            self.characters += 1;
        }
        self.offset
    }
}

fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}
