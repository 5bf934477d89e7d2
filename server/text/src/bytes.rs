//! Bytes of a file to text.

/// Why bytes are no text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotText {
    /// A NUL byte among the first few thousand: some binary format.
    Binary,
    /// Neither UTF-8 nor UTF-16 with a byte-order mark; the offset of the first bad byte.
    NotUnicode {
        /// Bytes from the file's start.
        offset: usize,
    },
}

/// How much of a file is looked at to tell binary formats from text.
const PROBE: usize = 8 * 1024;

/// The text that `bytes` encode: UTF-8, or UTF-16 with a byte-order mark, as PyYAML accepts.
///
/// A UTF-8 byte-order mark stays in the text, so that offsets are those of the file.
///
/// # Errors
/// Where the bytes are binary or in another encoding.
pub fn decode(bytes: Vec<u8>) -> Result<String, NotText> {
    match bytes.as_slice() {
        // The mark of UTF-32 begins like that of UTF-16.
        [0xFF, 0xFE, 0, 0, ..] => return Err(NotText::Binary),
        [0xFF, 0xFE, rest @ ..] => return decode_utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => return decode_utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    if bytes[..bytes.len().min(PROBE)].contains(&0) {
        return Err(NotText::Binary);
    }
    String::from_utf8(bytes)
        .map_err(|error| NotText::NotUnicode { offset: error.utf8_error().valid_up_to() })
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    if !bytes.len().is_multiple_of(2) {
        return Err(NotText::NotUnicode { offset: bytes.len() + 1 });
    }
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    for (index, character) in char::decode_utf16(units).enumerate() {
        text.push(character.map_err(|_| NotText::NotUnicode { offset: 2 + index * 2 })?);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_unicode_encodings_are_text() {
        assert_eq!(decode("ä: 1".into()), Ok("ä: 1".into()));
        assert_eq!(decode(vec![0xFF, 0xFE, b'a', 0, b'b', 0]), Ok("ab".into()));
        assert_eq!(decode(vec![0xFE, 0xFF, 0, b'a']), Ok("a".into()));
    }

    #[test]
    fn anything_else_says_where() {
        assert_eq!(decode(vec![b'a', 0, b'b']), Err(NotText::Binary));
        let utf32 = vec![0xFF, 0xFE, 0, 0, b'a', 0, 0, 0];
        assert_eq!(decode(utf32), Err(NotText::Binary));
        assert_eq!(decode(vec![b'a', 0xE4]), Err(NotText::NotUnicode { offset: 1 }));
    }
}
