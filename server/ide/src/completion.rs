//! What could be typed at a place.
//!
//! Nothing here needs the text to be right: somebody is in the middle of typing it.

use std::sync::Arc;

use ::settings::settings::{OWN_FILE, PYPROJECT_FILE};
use contracts::recognise;
use facts::places::{Anchor, FileId};
use graph::sources::Sources;
use text::edit::TextEdit;
use text::span::Span;

use crate::place::Cursor;

mod contract;
mod fields;
mod prose;
mod python;
mod rules;
mod settings;

/// What is offered at a place.
#[derive(Clone, PartialEq, Debug)]
pub struct Completion {
    /// The offers, in the order of [`Item::sort`].
    pub items: Vec<Item>,
    /// False where there are more: ask again as typing goes on.
    pub complete: bool,
}

/// One offer.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// What is shown.
    pub label: String,
    /// What it is.
    pub kind: ItemKind,
    /// A few words beside the label.
    pub detail: Option<String>,
    /// More about it, in Markdown.
    pub documentation: Option<String>,
    /// What accepting it does. The span holds the cursor and lies on its line.
    ///
    /// A new text of several lines is indented by itself; that of a snippet only by what its lines
    /// have more than the line it begins on, since clients add the rest when they expand it.
    pub edit: TextEdit,
    /// What has to change besides, before `edit` and apart from it: the comma that is missing there.
    pub also: Option<TextEdit>,
    /// What the typed text is held against.
    pub filter: String,
    /// What it is ordered by.
    pub sort: String,
    /// Whether the new text has places to fill in: `$1`, `${2:word}`, with `$0` the last.
    pub snippet: bool,
}

/// What an offer is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ItemKind {
    /// A key of a contract or a settings file.
    Key,
    /// A word that a key may have.
    Value,
    /// A field of the context.
    Field,
    /// A phase.
    Phase,
    /// Anything else that has a name.
    Name,
    /// A rule.
    Rule,
}

/// How many offers are made at once.
const MOST: usize = 200;

/// What was asked, and of what.
struct Request<'a> {
    sources: &'a dyn Sources,
    file: FileId,
    text: Arc<str>,
    offset: usize,
    snippets: bool,
}

/// What could be typed at `cursor`. With `snippets`, offers may have places to fill in.
#[must_use]
pub fn completion(sources: &dyn Sources, cursor: Cursor, snippets: bool) -> Completion {
    let text = sources.text(cursor.file);
    let offset = cursor.offset.min(text.len());
    let mut items = Vec::new();
    if text.is_char_boundary(offset) {
        let request = Request { sources, file: cursor.file, text, offset, snippets };
        items = request.items();
        items.retain(|item| request.holds(item.edit.span));
        items.sort_by(|one, other| (&one.sort, &one.label).cmp(&(&other.sort, &other.label)));
        items.dedup_by(|one, other| one.label == other.label && one.edit == other.edit);
        if items.len() > MOST {
            items.retain(|item| request.may_mean(item));
            items.truncate(MOST);
            return Completion { items, complete: false };
        }
    }
    Completion { items, complete: true }
}

impl Request<'_> {
    fn items(&self) -> Vec<Item> {
        let path = self.sources.path(self.file);
        let name = path.file_name().unwrap_or("");
        match name {
            OWN_FILE | PYPROJECT_FILE => settings::items(self),
            _ if recognise::is_yaml_name(name) => contract::in_yaml(self),
            _ if recognise::is_json_name(name) => contract::in_json(self),
            _ if name.ends_with(".py") => {
                rules::in_directive(self).unwrap_or_else(|| python::items(self))
            }
            _ => Vec::new(),
        }
    }

    /// Whether this is what is being typed.
    fn is_here(&self, at: Anchor) -> bool {
        let span = self.sources.span(at);
        at.file == self.file && span.is_some_and(|span| span.touches(self.offset))
    }

    /// Whether the span holds the cursor and lies on its line.
    fn holds(&self, span: Span) -> bool {
        span.touches(self.offset) && !span.of(&self.text).contains(['\n', '\r'])
    }

    /// Whether the letters typed so far occur in the offer's, in their order.
    fn may_mean(&self, item: &Item) -> bool {
        let typed = self.text.get(item.edit.span.start as usize..self.offset).unwrap_or("");
        let mut letters = item.filter.chars().flat_map(char::to_lowercase);
        typed
            .chars()
            .flat_map(char::to_lowercase)
            .all(|typed| letters.any(|letter| letter == typed))
    }
}
