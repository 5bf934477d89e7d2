//! Edits of settings.

/// What should become of a settings file.
#[derive(Clone, PartialEq, Debug)]
pub enum Intent {
    /// `value` is added to the list that the keys lead to; what is missing on the way is created.
    AddToList(Vec<String>, String),
}
