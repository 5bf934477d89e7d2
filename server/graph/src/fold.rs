//! Effect trees to summaries.

use crate::handler::Code;
use crate::names::Lookup;
use crate::summary::Summary;

/// Folds functions of one build.
pub struct Folder<'l, 'a> {
    lookup: &'l Lookup<'a>,
}

impl<'l, 'a> Folder<'l, 'a> {
    /// Nothing is folded yet.
    #[must_use]
    pub fn new(lookup: &'l Lookup<'a>) -> Folder<'l, 'a> {
        Folder { lookup }
    }

    /// What a handler does with the context; none when it has no entry point that takes one.
    pub fn handler(&mut self, code: Code) -> Option<Summary> {
        self.lookup.files.get(code.file())?;
        None
    }
}
