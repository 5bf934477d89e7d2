//! Text back to the bytes of a file, in the encoding that the file has.

/// `text` as bytes, in the encoding of the file that holds `current`: UTF-16 where its byte-order
/// mark says so, else UTF-8.
#[must_use]
pub fn encode_as(current: &[u8], text: &str) -> Vec<u8> {
    match current {
        [0xFF, 0xFE, ..] => utf16([0xFF, 0xFE], text, u16::to_le_bytes),
        [0xFE, 0xFF, ..] => utf16([0xFE, 0xFF], text, u16::to_be_bytes),
        _ => text.as_bytes().to_vec(),
    }
}

fn utf16(mark: [u8; 2], text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_encoding() {
        assert_eq!(encode_as(b"old", "ä"), "ä".as_bytes());
        assert_eq!(encode_as(&[0xFF, 0xFE, b'o', 0], "a"), [0xFF, 0xFE, b'a', 0]);
        assert_eq!(encode_as(&[0xFE, 0xFF], "a"), [0xFE, 0xFF, 0, b'a']);
    }
}
