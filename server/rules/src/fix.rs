//! Edits that answer a finding, as intents.
//!
//! A fix says what should become of files; `syntax::edit` renders each intent against the one file
//! it touches, for the editor and for `--fix` alike.

use facts::places::{Anchor, FileId};
use syntax::edit::python::Stub;
use syntax::edit::yaml;

/// One way to repair what a finding reports.
#[derive(Clone, PartialEq, Debug)]
pub struct Fix {
    /// What it does, as an order: `rename to \`domain\``.
    pub title: String,
    /// Whether it keeps the meaning, so that it may be applied without asking.
    pub safe: bool,
    /// The edits, all or none.
    pub intents: Vec<Intent>,
}

/// What should become of one file.
#[derive(Clone, PartialEq, Debug)]
pub enum Intent {
    /// Of a contract; nodes are of this file.
    Yaml(FileId, yaml::Intent),
    /// The Python string literal at the anchor reads this instead.
    PythonString(Anchor, String),
    /// In the Python access at the anchor, the key that reads the first reads the second instead.
    PythonKey(Anchor, String, String),
    /// What the Python access at the anchor falls back to gives way to this expression.
    PythonDefault(Anchor, String),
    /// The Python access at the anchor falls back to nothing any more.
    PythonNoDefault(Anchor),
    /// The Python expression at the anchor gives way to this one.
    PythonExpression(Anchor, String),
    /// The Python dict, list or call at the anchor gets more items, written as they are.
    PythonAddItems(Anchor, Vec<String>),
    /// The item of a Python dict, of a list or of a call's arguments at the anchor goes.
    PythonRemoveItem(Anchor),
    /// Behind the Python class whose name stands at the anchor comes another one like it.
    PythonStub(Anchor, Stub),
    /// The bare word at the anchor, in a directive or a key of the settings, reads this instead.
    Word(Anchor, String),
    /// The suppression directive at the anchor goes, or one rule of it.
    RemoveDirective(Anchor, Option<String>),
    /// In the project's settings, the value is added to the list that the keys lead to. A settings
    /// file is made where there is none.
    Settings(Vec<String>, String),
}

impl Fix {
    /// A fix to be offered, not applied unasked.
    pub fn offered(title: impl Into<String>, intents: Vec<Intent>) -> Fix {
        Fix { title: title.into(), safe: false, intents }
    }

    /// A fix that keeps the meaning.
    pub fn safe(title: impl Into<String>, intents: Vec<Intent>) -> Fix {
        Fix { title: title.into(), safe: true, intents }
    }
}
