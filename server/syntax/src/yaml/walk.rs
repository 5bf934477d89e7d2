//! What stands between the nodes: blanks, comments, indicators, anchors, tags.
//!
//! The parser drops comments and gives some nodes a place that is off by the blanks around them.
//! The walker goes over the gaps from one node to the next, which hold no quoted or block text, so
//! that a few bytes tell what is what.

use text::span::Span;

use super::check;

/// Goes over the gaps between nodes, in order of place.
pub(super) struct Walker<'a> {
    bytes: &'a [u8],
    /// Where it stands.
    pub(super) at: usize,
    /// One past the last byte that means something: of a node, an indicator, an anchor, a tag.
    pub(super) solid: usize,
    /// The comments met.
    pub(super) comments: Vec<Span>,
    /// What the parser lets pass between nodes and the loader does not.
    pub(super) faults: Vec<(Span, String)>,
    /// The last `?` since a key was met.
    pub(super) question: Option<usize>,
    /// The last `:` met.
    pub(super) colon: Option<usize>,
    /// The first end of a document met.
    pub(super) dots: Option<usize>,
    /// The last anchor met, with its `&`.
    pub(super) anchor: Option<Span>,
    /// The last tag met.
    pub(super) tag: Option<Span>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(text: &'a str) -> Walker<'a> {
        let bytes = text.as_bytes();
        let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Walker {
            bytes,
            at: mark,
            solid: mark,
            comments: Vec::new(),
            faults: Vec::new(),
            question: None,
            colon: None,
            dots: None,
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
    pub(super) fn find(&mut self, limit: usize, wanted: impl Fn(u8) -> bool) -> usize {
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

    /// Goes past blanks, comments, anchors and tags, up to what they belong to; at most to `limit`.
    pub(super) fn content(&mut self, limit: usize) -> usize {
        while let Some(byte) = self.bytes[..limit].get(self.at).copied() {
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
        while let Some(byte) = self.bytes.get(self.at).filter(|byte| matches!(byte, b' ' | b'\t')) {
            self.step(*byte);
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
            b'\t' => self.tabs(),
            b'#' => self.comment(),
            b'&' => self.checked_property(check::anchor),
            b'!' => self.checked_property(check::tag),
            b'*' => self.checked_property(check::anchor),
            b'%' if self.starts_line() => self.directive(),
            b'-' | b'.' if self.at_document_marker() => {
                if byte == b'.' && self.dots.is_none() {
                    self.dots = Some(self.at);
                }
                self.indicator(3);
            }
            0xEF if self.bytes[self.at..].starts_with(b"\xEF\xBB\xBF") => self.at += 3,
            _ => {
                match byte {
                    b'?' => self.question = Some(self.at),
                    b':' => self.colon = Some(self.at),
                    b',' => self.question = None,
                    _ => {}
                }
                self.indicator(1);
            }
        }
    }

    /// Tabs between nodes, which the loader never takes.
    fn tabs(&mut self) {
        let start = self.at;
        while self.bytes.get(self.at) == Some(&b'\t') {
            self.at += 1;
        }
        self.faults.push((Span::new(start, self.at), check::TAB.to_owned()));
    }

    fn checked_property(&mut self, check: fn(&[u8], Option<u8>) -> Option<String>) {
        let byte = self.bytes[self.at];
        let span = self.property();
        match byte {
            b'&' => self.anchor = Some(span),
            b'!' => self.tag = Some(span),
            _ => {}
        }
        let next = self.bytes.get(self.at).copied();
        if let Some(fault) = check(&self.bytes[span.range()], next) {
            self.faults.push((span, fault));
        }
    }

    fn directive(&mut self) {
        let span = Span::new(self.at, self.line_end());
        if let Some(fault) = check::directive(&self.bytes[span.range()]) {
            self.faults.push((span, fault));
        }
        self.pass(span.end as usize);
    }

    fn indicator(&mut self, length: usize) {
        self.at += length;
        // Between nodes there are indicators alone; should anything else stand here, the place is
        // kept off the middle of a character.
        while self.bytes.get(self.at).is_some_and(|byte| byte & 0xC0 == 0x80) {
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
            && rest.get(3).is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
    }

    /// Where this line ends, without its break.
    pub(super) fn line_end(&self) -> usize {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        self.at + length.unwrap_or(rest.len())
    }
}
