//! Where something came from, in words for a comment.

use camino::Utf8Path;
use facts::places::Anchor;
use graph::summary::{Site, Strength};

use crate::question::Question;

/// Tells of places in code.
pub(super) struct Told<'q> {
    question: &'q Question<'q>,
}

impl<'q> Told<'q> {
    pub(super) fn new(question: &'q Question<'q>) -> Told<'q> {
        Told { question }
    }

    /// `path:line` of an anchor.
    pub(super) fn place(&self, at: Anchor) -> String {
        let path: &Utf8Path = self.question.sources.path(at.file);
        match self.question.place(at) {
            Some(place) => format!("{path}:{}", self.question.line(place) + 1),
            None => path.to_string(),
        }
    }

    /// The place of an access, and the call in the handler that leads there.
    pub(super) fn site(&self, site: &Site) -> String {
        let at = self.place(site.at);
        match site.through.first() {
            Some(call) => format!("{at}, called from {}", self.place(*call)),
            None => at,
        }
    }
}

/// What a read does without its field.
pub(super) fn read_how(strength: &Strength) -> &'static str {
    match strength {
        Strength::Hard => "fails without it",
        Strength::Soft => "read if it is there",
        Strength::Defaulted(Some(_)) => "read with a default",
        Strength::Defaulted(None) => "read with a default that is computed",
    }
}
