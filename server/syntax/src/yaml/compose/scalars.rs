//! Scalars: where they stand, and what they mean.

use saphyr_parser::{Marker, ScalarStyle, Tag};
use text::span::Span;

use super::{Composer, full_tag};
use crate::yaml::decode::decode;
use crate::yaml::{Data, ProblemKind, Scalar, Style, Value, check, resolve, scalar};

impl Composer<'_> {
    /// Notes how a key is written, and when its value comes, whether the loader takes it so.
    pub(super) fn check_key(&mut self) {
        if self.is_key() {
            let explicit = self.walker.question.take().is_some();
            if let Some(frame) = self.frames.last_mut() {
                frame.explicit = explicit;
            }
            return;
        }
        let simple = self.frames.last().is_some_and(|frame| frame.mapping && !frame.explicit);
        let Some(colon) = self.walker.colon.take().filter(|_| simple && self.brackets > 0) else {
            return;
        };
        let Some(key) = self.pending.last() else {
            return;
        };
        let start = self.yaml.node(*key).span.start as usize;
        let fault = self.text.get(start..colon).and_then(check::key_in_brackets);
        if let Some(fault) = fault {
            self.syntax(Span::new(colon, colon + 1), fault);
        }
    }

    /// A node without text: what is left out after an indicator, an anchor or a tag.
    pub(super) fn empty(&mut self, span: saphyr_parser::Span, anchor: usize, tag: Option<&Tag>) {
        let bare = anchor == 0 && tag.is_none();
        if bare && self.frames.is_empty() {
            return;
        }
        let mut end = self.marks.offset(span.end);
        if bare {
            end = self.marks.offset(span.start);
            let colon = !self.is_key() && self.text.as_bytes().get(end) == Some(&b':');
            end += usize::from(colon);
        }
        self.walker.walk(end);
        let mut place = Span::empty(self.walker.solid);
        if bare && self.is_key() && self.walker.question.is_none() {
            place = Span::empty(end);
            let message = "the key in front of this `:` is missing; write it";
            self.syntax(Span::new(end, end + 1), message);
        }
        self.value("", Style::Plain, place, anchor, tag);
    }

    pub(super) fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        span: saphyr_parser::Span,
        anchor: usize,
        tag: Option<&Tag>,
    ) {
        let end = self.marks.offset(span.end);
        let (style, place) = match style {
            ScalarStyle::Plain => {
                (Style::Plain, Span::new(self.start(span.start, self.text.len()), end))
            }
            ScalarStyle::SingleQuoted => (Style::Single, self.quoted(span.start)),
            ScalarStyle::DoubleQuoted => (Style::Double, self.quoted(span.start)),
            ScalarStyle::Literal => (Style::Literal, self.block(end)),
            ScalarStyle::Folded => (Style::Folded, self.block(end)),
        };
        if style == Style::Plain && (self.tabs || self.brackets > 0) {
            self.check_bare(place);
        }
        let again = self.cut_off(value, style, place, end);
        let value = again.as_deref().unwrap_or(value);
        self.walker.pass(place.end as usize);
        self.value(value, style, place, anchor, tag);
    }

    /// The text of a block scalar that ends with the file, where its last line has no break: the
    /// parser adds one, and the loader does not.
    fn cut_off(&self, value: &str, style: Style, place: Span, end: usize) -> Option<String> {
        let block = matches!(style, Style::Literal | Style::Folded);
        if !block || end != self.text.len() || self.text.ends_with(['\n', '\r']) {
            return None;
        }
        let last = self.text.rsplit(['\n', '\r']).next().unwrap_or("");
        if last.trim_start_matches(' ').is_empty() {
            return Some(decode(self.text, place.range(), style).text);
        }
        value.strip_suffix('\n').map(str::to_owned)
    }

    /// Where the content begins whose first token, maybe an anchor or a tag, begins at `mark`; before
    /// `limit`.
    pub(super) fn start(&mut self, mark: Marker, limit: usize) -> usize {
        let start = self.marks.offset(mark);
        self.walker.walk(start);
        match self.text.as_bytes().get(start) {
            Some(b'&' | b'!') => self.walker.content(limit),
            _ => start,
        }
    }

    fn quoted(&mut self, mark: Marker) -> Span {
        let start = self.start(mark, self.text.len());
        Span::new(start, scalar::quoted_end(self.text, start))
    }

    fn check_bare(&mut self, span: Span) {
        let text = span.of(self.text);
        if self.tabs && text.contains('\t') {
            let at = span.start as usize + text.find('\t').unwrap_or(0);
            self.syntax(Span::new(at, at + 1), check::TAB);
        }
        if let Some(fault) = (self.brackets > 0).then(|| check::bare_in_brackets(text)).flatten() {
            self.syntax(span, fault);
        }
    }

    fn block(&mut self, end: usize) -> Span {
        let start = self.walker.find(end, |byte| matches!(byte, b'|' | b'>'));
        let header = scalar::header_end(self.text, start);
        self.walker.pass(header);
        if self.text[header..].starts_with('#') {
            let message = "a comment needs a space in front of its `#`; put one there";
            self.syntax(Span::new(header, header + 1), message);
        }
        self.walker.comment();
        let first_line = self.walker.line_end();
        let last = self.text.get(..end).unwrap_or("").trim_end_matches([' ', '\t', '\n', '\r']);
        self.walker.at = self.walker.at.max(end);
        if last.len() <= first_line {
            return Span::new(start, header);
        }
        if check::unindented(&last[first_line..]) {
            let message = "the lines of block text are indented; indent them";
            self.syntax(Span::new(start, header), message);
        }
        Span::new(start, last.len())
    }

    fn value(&mut self, text: &str, style: Style, span: Span, anchor: usize, tag: Option<&Tag>) {
        let is_key = self.is_key();
        let value = match tag.map(full_tag) {
            None if style != Style::Plain => Ok(Value::of_text(text)),
            None => resolve::implicit(text, is_key),
            Some(tag) if tag == "!" => resolve::implicit(text, is_key),
            Some(tag) => match tag.strip_prefix(resolve::STANDARD) {
                Some(tag) => resolve::tagged(tag, text, is_key),
                None => Err(resolve::refused(&tag)),
            },
        };
        let data = match value {
            Ok(value) => Data::Scalar(Scalar { value, style }),
            Err(refusal) => {
                self.problem(span, ProblemKind::RefusedTag(refusal));
                Data::Unreadable
            }
        };
        self.add(span, data, anchor);
    }
}
