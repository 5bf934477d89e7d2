//! Edits of YAML.

mod insert;
mod page;
mod quoting;
mod remove;
mod reorder;
mod replace;
mod verify;

use text::edit::TextEdit;

use super::CannotEdit;
use crate::yaml::{NodeId, Yaml};
use page::Page;

/// What should become of a YAML file.
#[derive(Clone, PartialEq, Debug)]
pub enum Intent {
    /// The scalar reads `text` instead (a key or a value); quotes are kept, or added where needed
    /// for the scalar to stay text.
    ReplaceScalar(NodeId, String),
    /// The value becomes this flow-style YAML, written as it is: `[]`, `0.7`, `unknown`.
    ReplaceValue(NodeId, String),
    /// The scalar is put in double quotes, so that it is text.
    Quote(NodeId),
    /// The entry with this key node goes, its own comments with it.
    RemoveEntry(NodeId),
    /// The list item goes; a list without items becomes `[]`.
    RemoveItem(NodeId),
    /// `key: value` is added at the end of the mapping; the value is flow-style YAML.
    InsertEntry(NodeId, String, String),
    /// An item, a mapping of these keys to flow-style values, is added at the end of the list that
    /// the keys lead to from the mapping; what is missing on the way is created.
    AppendItem(NodeId, Vec<String>, Vec<(String, String)>),
    /// The entry with the first key node moves to stand right before the entry with the second;
    /// comments above it and blank lines around it go along.
    MoveEntryBefore(NodeId, NodeId),
}

/// The edits of `text` that do what `intent` says. `yaml` must be the tree of `text`.
///
/// The result is read again before it is handed out: what comes back does what the intent says and
/// changes the value of nothing else.
///
/// # Errors
/// Where the place does not hold what the intent takes, or where no such edit is found.
pub fn render(text: &str, yaml: &Yaml, intent: &Intent) -> Result<Vec<TextEdit>, CannotEdit> {
    let page = Page { text, yaml };
    let edits = match intent {
        Intent::ReplaceScalar(node, new) => replace::scalar(&page, *node, new),
        Intent::ReplaceValue(node, new) => replace::value(&page, *node, new),
        Intent::Quote(node) => replace::quote(&page, *node),
        Intent::RemoveEntry(key) => remove::entry(&page, *key),
        Intent::RemoveItem(item) => remove::item(&page, *item),
        Intent::InsertEntry(mapping, key, value) => insert::entry(&page, *mapping, key, value),
        Intent::AppendItem(mapping, keys, item) => insert::item(&page, *mapping, keys, item),
        Intent::MoveEntryBefore(entry, before) => reorder::entry(&page, *entry, *before),
    }?;
    verify::holds(&page, intent, &edits).then_some(edits).ok_or(CannotEdit::ChangesMore)
}

#[cfg(test)]
mod tests;
