//! Edits of YAML.

use crate::yaml::NodeId;

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
