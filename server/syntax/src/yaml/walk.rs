//! What stands between the nodes: blanks, comments, indicators, anchors, tags.
//!
//! The parser drops comments and gives some nodes a place that is off by the blanks around them.
//! The walker goes over the gaps from one node to the next, which hold no quoted or block text, so
//! that a few bytes tell what is what.

use text::span::Span;

/// Goes over the gaps between nodes, in order of place.
pub(super) struct Walker<'a> {
    bytes: &'a [u8],
    /// Where it stands.
    pub(super) at: usize,
    /// One past the last byte that means something: of a node, an indicator, an anchor, a tag.
    pub(super) solid: usize,
    /// The comments met.
    pub(super) comments: Vec<Span>,
    /// Tabs that separate, which YAML 1.1's readers refuse.
    pub(super) tabs: Vec<usize>,
    /// The last anchor met, with its `&`.
    pub(super) anchor: Option<Span>,
    /// The last tag met.
    pub(super) tag: Option<Span>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(text: &'a str) -> Walker<'a> {
        let bytes = text.as_bytes();
        let mark = if bytes.starts_with(b"\xEF\xBB\xBF") {
            3
        } else {
            0
        };
        Walker {
            bytes,
            at: mark,
            solid: mark,
            comments: Vec::new(),
            tabs: Vec::new(),
            anchor: None,
            tag: None,
        }
    }

    /// Goes on to `limit`.
    pub(super) fn walk(&mut self, limit: usize) {
        self.find(limit, |_| false);
    }

    /// Goes on to the first indicator that `wanted` holds for, and stays before it; at most to
    /// `limit`.
    pub(super) fn find(&mut self, limit: usize, wanted: fn(u8) -> bool) -> usize {
        let limit = limit.min(self.bytes.len());
        while self.at < limit {
            let byte = self.bytes[self.at];
            if byte == b' ' || byte == b'\n' {
                self.at += 1;
            } else if wanted(byte) {
                break;
            } else {
                self.step(byte);
            }
        }
        self.at
    }

    /// Goes past blanks, comments, anchors and tags, up to what they belong to.
    pub(super) fn content(&mut self) -> usize {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            match byte {
                b' ' | b'\n' => self.at += 1,
                b'\t' | b'\r' | b'#' | b'&' | b'!' => self.step(byte),
                _ => break,
            }
        }
        self.at
    }

    /// Marks everything up to `end` as the text of a node.
    pub(super) fn pass(&mut self, end: usize) {
        self.at = self.at.max(end);
        self.solid = self.solid.max(end);
    }

    /// Goes past the `*name` that begins here, or the anchor or tag, and returns its span.
    pub(super) fn property(&mut self) -> Span {
        let start = self.at;
        let verbatim = self.bytes[start..].starts_with(b"!<");
        let ends = |byte: &u8| match byte {
            b' ' | b'\t' | b'\r' | b'\n' => true,
            b'>' => verbatim,
            b',' | b'[' | b']' | b'{' | b'}' => !verbatim,
            _ => false,
        };
        let rest = &self.bytes[start + 1..];
        let mut end = start + 1 + rest.iter().position(ends).unwrap_or(rest.len());
        if verbatim && self.bytes.get(end) == Some(&b'>') {
            end += 1;
        }
        self.at = end;
        self.solid = end;
        Span::new(start, end)
    }

    /// Collects the comment that begins here, or after blanks, if there is one on this line.
    pub(super) fn comment(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        if self.bytes.get(self.at) == Some(&b'#') {
            let end = self.line_end();
            self.comments.push(Span::new(self.at, end));
            self.at = end;
        }
    }

    fn step(&mut self, byte: u8) {
        match byte {
            b' ' | b'\n' | b'\r' => self.at += 1,
            b'\t' => {
                self.tabs.push(self.at);
                self.at += 1;
            }
            b'#' => self.comment(),
            b'&' => self.anchor = Some(self.property()),
            b'!' => self.tag = Some(self.property()),
            b'*' => {
                self.property();
            }
            b'%' if self.starts_line() => {
                self.at = self.line_end();
                self.solid = self.at;
            }
            b'-' | b'.' if self.at_document_marker() => self.indicator(3),
            0xEF if self.bytes[self.at..].starts_with(b"\xEF\xBB\xBF") => self.at += 3,
            _ => self.indicator(1),
        }
    }

    fn indicator(&mut self, length: usize) {
        self.at += length;
        // Between nodes there are indicators alone; should anything else stand here, the place is
        // kept off the middle of a character.
        while self
            .bytes
            .get(self.at)
            .is_some_and(|byte| byte & 0xC0 == 0x80)
        {
            self.at += 1;
        }
        self.solid = self.at;
    }

    fn starts_line(&self) -> bool {
        self.at == 0 || matches!(self.bytes[self.at - 1], b'\n' | b'\r')
    }

    fn at_document_marker(&self) -> bool {
        let rest = &self.bytes[self.at..];
        self.starts_line()
            && (rest.starts_with(b"---") || rest.starts_with(b"..."))
            && rest
                .get(3)
                .is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
    }

    /// Where this line ends, without its break.
    pub(super) fn line_end(&self) -> usize {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        self.at + length.unwrap_or(rest.len())
    }
}
