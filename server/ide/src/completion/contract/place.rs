//! A place in a half-typed document: where it is, what is there, and what could be.

use text::span::Span;

use super::json::Around;
use super::yaml::layout::Habits;

/// What could stand at the cursor.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Context<'t> {
    /// The possibilities, the likeliest first.
    pub(super) places: Vec<Place<'t>>,
    /// What is there already.
    pub(super) typed: Typed,
    /// What it is written in.
    pub(super) form: Form,
}

/// What a text is written in, and how what is new in it has to be written.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Form {
    /// YAML that indents in this way.
    Yaml(Habits),
    /// JSON with this around the place.
    Json(Around),
}

/// One thing that could stand there.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Place<'t> {
    /// From the root to it; for a key, to its mapping.
    pub(super) steps: Vec<Step<'t>>,
    /// What it is.
    pub(super) what: What,
    /// The other entries of the mapping that it would stand in, or begins.
    pub(super) entries: Vec<Entry<'t>>,
}

/// What could stand somewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// A key of a mapping.
    Key(Behind),
    /// Something on a line of its own, or behind a dash: a mapping may begin here.
    Fresh,
    /// A value behind its key, or in brackets.
    Inline,
    /// An item of a list, whose dash is not there yet.
    Dash,
}

/// What stands behind a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Behind {
    /// Not even a colon.
    Nothing,
    /// A colon alone.
    Colon,
    /// A scalar.
    Scalar,
    /// A list or a mapping.
    Collection,
}

/// What was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Typed {
    /// The word to replace, without quotes; the cursor is in it.
    pub(super) span: Span,
    /// The quotes around it, and whether they are closed.
    pub(super) quote: Option<(char, bool)>,
    /// The column it begins at.
    pub(super) column: usize,
    /// Whether it stands in brackets.
    pub(super) in_flow: bool,
    /// Whether a blank has to come before.
    pub(super) blank_before: bool,
    /// Whether a blank has to come behind.
    pub(super) blank_after: bool,
}

/// One step from the document's root.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step<'t> {
    /// To the value of this key.
    Key(&'t str),
    /// To an item of the list.
    Item,
}

/// One `key: value` of a mapping.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry<'t> {
    /// The key, without quotes.
    pub(super) key: &'t str,
    /// What stands behind the colon on its line, without quotes; empty where nothing does.
    pub(super) value: &'t str,
}
