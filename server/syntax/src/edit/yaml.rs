//! Edits of YAML, and of JSON, which has the same tree.

mod comment_out;
mod insert;
mod json;
mod lift;
mod page;
mod pairs;
mod quoting;
mod remove;
mod reorder;
mod replace;
mod verify;

use std::sync::Arc;

use text::edit::TextEdit;

use super::CannotEdit;
use crate::yaml::{NodeId, Yaml};
use page::Page;

/// What should become of a YAML file, or of a JSON file: there, values of flow-style YAML are written
/// as JSON.
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
    /// The entry with this key node becomes a comment where it stands; one in brackets, or right
    /// behind a dash, above its line.
    CommentOut(NodeId),
    /// The mapping becomes a list with one mapping for each entry: its key under the first name, its
    /// value under the second.
    MapToList(NodeId, [String; 2]),
    /// The entry with this key node, whose value is a mapping, holds that mapping's scalar of the
    /// first name instead, and is called by the second. What else it held becomes comments.
    LiftEntry(NodeId, String, String),
    /// All of these at once.
    All(Arc<[Intent]>),
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
    let edits = edits(&page, intent)?;
    verify::holds(&page, intent, &edits).then_some(edits).ok_or(CannotEdit::ChangesMore)
}

fn edits(page: &Page<'_>, intent: &Intent) -> Result<Vec<TextEdit>, CannotEdit> {
    match intent {
        Intent::ReplaceScalar(node, new) => replace::scalar(page, *node, new),
        Intent::ReplaceValue(node, new) => replace::value(page, *node, new),
        Intent::Quote(node) => replace::quote(page, *node),
        Intent::RemoveEntry(key) => remove::entry(page, *key),
        Intent::RemoveItem(item) => remove::item(page, *item),
        Intent::InsertEntry(mapping, key, value) => insert::entry(page, *mapping, key, value),
        Intent::AppendItem(mapping, keys, item) => insert::items(page, *mapping, &[(keys, item)]),
        Intent::MoveEntryBefore(entry, before) => reorder::entry(page, *entry, *before),
        Intent::CommentOut(key) => comment_out::entries(page, &[*key]),
        Intent::MapToList(mapping, names) => pairs::list(page, *mapping, names),
        Intent::LiftEntry(key, inner, new) => lift::entry(page, *key, inner, new),
        Intent::All(intents) => all(page, intents),
    }
}

/// The edits of several intents. Entries that become comments do so together, since they may stand
/// side by side, and so do items that are added to one mapping: they may need the same new list.
fn all(page: &Page<'_>, intents: &[Intent]) -> Result<Vec<TextEdit>, CannotEdit> {
    let mut comments = Vec::new();
    let mut items: Vec<(NodeId, Vec<insert::Item<'_>>)> = Vec::new();
    let mut found = Vec::new();
    for intent in intents {
        match intent {
            Intent::CommentOut(key) => comments.push(*key),
            Intent::AppendItem(mapping, keys, item) => {
                match items.iter_mut().find(|(known, _)| known == mapping) {
                    Some((_, known)) => known.push((keys, item)),
                    None => items.push((*mapping, vec![(keys, item)])),
                }
            }
            other => found.extend(edits(page, other)?),
        }
    }
    for (mapping, items) in items {
        found.extend(insert::items(page, mapping, &items)?);
    }
    found.extend(comment_out::entries(page, &comments)?);
    Ok(found)
}

#[cfg(test)]
mod tests;
