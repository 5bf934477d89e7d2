//! The text as it is given to the parser, and the way back from there.
//!
//! The parser knows breaks of lines and rules of indentation of a later YAML than the loader's.
//! Where the two differ, the parser reads a copy in which a break is written as `\n`, or a line
//! begins with more spaces; places in the copy are mapped back to the text.

use std::borrow::Cow;

use text::span::Span;

/// A copy of the text for the parser.
#[derive(Clone)]
pub(super) struct Copy<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where the copy differs in length, in order of place.
    changes: Vec<Change>,
}

#[derive(Clone, Copy)]
struct Change {
    /// The place in the copy.
    at: usize,
    /// Bytes of the text that are not in the copy.
    removed: usize,
    /// Bytes of the copy that are not in the text.
    added: usize,
}

impl<'a> Copy<'a> {
    /// A copy with nothing changed.
    pub(super) fn new(text: &'a str) -> Copy<'a> {
        Copy { text: Cow::Borrowed(text), changes: Vec::new() }
    }

    /// A copy of `text` with `replacements`, in order of place.
    pub(super) fn with(text: &'a str, replacements: &[(Span, String)]) -> Copy<'a> {
        let mut copy = String::with_capacity(text.len());
        let mut changes = Vec::new();
        let mut done = 0;
        for (span, with) in replacements {
            copy.push_str(&text[done..span.start as usize]);
            if span.len() != with.len() {
                changes.push(Change { at: copy.len(), removed: span.len(), added: with.len() });
            }
            copy.push_str(with);
            done = span.end as usize;
        }
        copy.push_str(&text[done..]);
        Copy { text: Cow::Owned(copy), changes }
    }

    /// Inserts spaces at each of `places`, which ascend.
    pub(super) fn indent(&mut self, places: &[usize], by: usize) {
        let spaces = " ".repeat(by);
        let mut text = String::with_capacity(self.text.len() + places.len() * by);
        let mut changes = Vec::with_capacity(self.changes.len() + places.len());
        let mut earlier = self.changes.iter().copied().peekable();
        let mut done = 0;
        for (index, place) in places.iter().copied().enumerate() {
            while let Some(change) = earlier.next_if(|change| change.at <= place) {
                changes.push(Change { at: change.at + index * by, ..change });
            }
            text.push_str(&self.text[done..place]);
            changes.push(Change { at: text.len(), removed: 0, added: by });
            text.push_str(&spaces);
            done = place;
        }
        text.push_str(&self.text[done..]);
        changes
            .extend(earlier.map(|change| Change { at: change.at + places.len() * by, ..change }));
        self.text = Cow::Owned(text);
        self.changes = changes;
    }

    /// Blanks out `line`, byte for byte.
    pub(super) fn blank(&mut self, line: Span) {
        self.text.to_mut().replace_range(line.range(), &" ".repeat(line.len()));
    }

    /// Whether the copy is nothing but the text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// The places of the text that those of the copy come from.
    pub(super) fn sources(&self) -> Sources {
        let mut grown: isize = 0;
        let ends = self.changes.iter().map(|change| {
            grown += change.added.cast_signed() - change.removed.cast_signed();
            (change.at, change.at + change.added, grown)
        });
        Sources { ends: ends.collect() }
    }
}

/// The way back from a copy.
pub(super) struct Sources {
    /// Of each change its start and end in the copy, and how much longer the copy is behind it.
    ends: Vec<(usize, usize, isize)>,
}

impl Sources {
    /// The place in the text that `offset` in the copy comes from.
    pub(super) fn offset(&self, offset: usize) -> usize {
        let after = self.ends.partition_point(|(start, _, _)| *start < offset);
        let Some((_, end, grown)) = after.checked_sub(1).map(|index| self.ends[index]) else {
            return offset;
        };
        offset.max(end).saturating_add_signed(-grown)
    }

    /// The part of the text that `span` in the copy comes from.
    pub(super) fn span(&self, span: Span) -> Span {
        if self.ends.is_empty() {
            return span;
        }
        Span::new(self.offset(span.start as usize), self.offset(span.end as usize))
    }
}
