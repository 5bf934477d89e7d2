//! Where the anchors of one file stand, as far as directives and the order of findings need it.

use facts::places::{LocalAnchor, Places};
use facts::suppression;
use text::lines::LineTable;
use text::span::Span;

/// Where the anchors of one file stand.
pub trait Lines: std::fmt::Debug {
    /// The place of an anchor; none where the anchor is of another text.
    fn span(&self, anchor: LocalAnchor) -> Option<Span>;

    /// The line, from 0, on which an anchor begins.
    fn line(&self, anchor: LocalAnchor) -> Option<u32>;

    /// The line, from 0, that the directive at an anchor covers.
    fn covered_line(&self, directive: LocalAnchor) -> Option<u32>;
}

/// The lines of a text with its places.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// The text.
    pub text: &'a str,
    /// Its lines.
    pub lines: &'a LineTable,
    /// The places of its anchors.
    pub places: &'a Places,
}

impl Lines for Placed<'_> {
    fn span(&self, anchor: LocalAnchor) -> Option<Span> {
        self.places.span(anchor)
    }

    fn line(&self, anchor: LocalAnchor) -> Option<u32> {
        self.span(anchor).map(|span| self.lines.line(span.start as usize))
    }

    fn covered_line(&self, directive: LocalAnchor) -> Option<u32> {
        suppression::covered_line(self.text, self.lines, self.span(directive)?)
    }
}

/// A settings file: an anchor is its own place there, and there are no directives.
#[derive(Clone, Copy, Debug)]
pub struct InSettings;

impl Lines for InSettings {
    fn span(&self, anchor: LocalAnchor) -> Option<Span> {
        Some(anchor.settings_span())
    }

    fn line(&self, _: LocalAnchor) -> Option<u32> {
        None
    }

    fn covered_line(&self, _: LocalAnchor) -> Option<u32> {
        None
    }
}
