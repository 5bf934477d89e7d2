//! Texts that are kept for whoever asks later.

use std::sync::Arc;

/// The text of a file.
///
/// Facts are read from a text once; afterwards it is needed only where something in the file is
/// shown or fixed, which of thousands of files happens to few.
#[derive(Clone, Debug)]
pub enum Kept {
    /// As it is: somebody works on it.
    Open(Arc<str>),
    /// Compressed.
    Packed(Box<[u8]>),
}

impl Kept {
    /// The same text, compressed.
    #[must_use]
    pub fn packed(self) -> Kept {
        match self {
            Kept::Open(text) => {
                Kept::Packed(lz4_flex::compress_prepend_size(text.as_bytes()).into_boxed_slice())
            }
            packed @ Kept::Packed(_) => packed,
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> Arc<str> {
        match self {
            Kept::Open(text) => Arc::clone(text),
            Kept::Packed(bytes) => {
                // What was packed here comes out again; there is nobody to tell if it did not.
                let bytes = lz4_flex::decompress_size_prepended(bytes).unwrap_or_default();
                String::from_utf8(bytes).unwrap_or_default().into()
            }
        }
    }
}

impl From<String> for Kept {
    fn from(text: String) -> Kept {
        Kept::Open(text.into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_out_again(text in ".{0,200}", times in 0..20_usize) {
            let text = text.repeat(times);
            prop_assert_eq!(&*Kept::from(text.clone()).packed().text(), text.as_str());
        }
    }
}
