//! The edits so far.

use std::collections::BTreeMap;

use facts::places::{Anchor, FileId};
use syntax::edit::python::{Intent, render};
use text::edit::TextEdit;
use text::span::Span;

use super::{Change, Refusal};
use crate::place::Place;
use crate::question::Question;

/// The edits so far. One place is edited once, however many ways lead to it.
pub(super) struct Draft<'q, 's> {
    pub(super) question: &'q Question<'s>,
    edits: BTreeMap<FileId, BTreeMap<Span, String>>,
}

impl<'q, 's> Draft<'q, 's> {
    pub(super) fn new(question: &'q Question<'s>) -> Draft<'q, 's> {
        Draft { question, edits: BTreeMap::new() }
    }

    /// Adds an edit of a file.
    pub(super) fn put(&mut self, file: FileId, edit: TextEdit) -> Result<(), Refusal> {
        let place = Place { file, span: edit.span };
        let known = self.edits.entry(file).or_default();
        match known.get(&edit.span) {
            Some(text) if *text == edit.new_text => Ok(()),
            Some(_) => Err(self.refused(place, "would get two names")),
            None => {
                known.insert(edit.span, edit.new_text);
                Ok(())
            }
        }
    }

    /// Writes `new` in a string literal of Python; `why` says what it is that cannot be rewritten.
    pub(super) fn put_string(
        &mut self,
        place: Place,
        new: String,
        why: &str,
    ) -> Result<(), Refusal> {
        let text = self.question.text(place.file);
        let edits = render(&text, &Intent::ReplaceString(place.span, new));
        let edits = edits.map_err(|_| self.refused(place, why))?;
        edits.into_iter().try_for_each(|edit| self.put(place.file, edit))
    }

    /// That something is wrong with a place: `plan.py:12` and what.
    pub(super) fn refused(&self, place: Place, why: &str) -> Refusal {
        Refusal::new(format!("{} {why}", self.word(place)))
    }

    /// As [`Draft::refused`], for an anchor.
    pub(super) fn refused_at(&self, at: Anchor, why: &str) -> Refusal {
        match self.question.place(at) {
            Some(place) => self.refused(place, why),
            None => Refusal::new(format!("a place {why}")),
        }
    }

    /// A place as `` `path:line` ``.
    pub(super) fn word(&self, place: Place) -> String {
        let path = self.question.sources.path(place.file);
        format!("`{path}:{}`", self.question.line(place) + 1)
    }

    /// All edits, by path.
    pub(super) fn done(self) -> Result<Vec<Change>, Refusal> {
        let mut changes = Vec::new();
        for (file, edits) in &self.edits {
            let spans: Vec<Span> = edits.keys().copied().collect();
            if let Some(pair) = spans.windows(2).find(|pair| pair[1].start < pair[0].end) {
                let place = Place { file: *file, span: pair[1] };
                return Err(self.refused(place, "would be changed twice"));
            }
            let edits = edits.iter().map(|(span, text)| TextEdit::replace(*span, text.clone()));
            changes.push(Change { file: *file, edits: edits.collect() });
        }
        changes.retain(|change| !change.edits.is_empty());
        let path = |change: &Change| self.question.sources.path(change.file);
        changes.sort_by(|one, other| path(one).cmp(path(other)));
        Ok(changes)
    }
}
