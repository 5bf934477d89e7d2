//! What a project says about its contracts.

use crate::globs::Globs;
use crate::spanned::Spanned;

/// How contracts are read.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ContractSettings {
    /// Whether announced extensions are admitted, whatever version a contract has.
    pub extensions: bool,
    /// Files that are of a certain kind, whatever they look like; a later one wins.
    pub files: Vec<KindOfFiles>,
}

/// The kind of the files that a glob chooses.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct KindOfFiles {
    /// The files; one glob.
    pub globs: Globs,
    /// The name of the kind, which may be no kind's.
    pub kind: Spanned<String>,
}

impl ContractSettings {
    /// The name of the kind that the file at `path` has by these settings.
    #[must_use]
    pub fn kind_of(&self, path: &str) -> Option<&str> {
        let entry = self.files.iter().rev().find(|entry| entry.globs.matches(path, false))?;
        Some(&entry.kind.value)
    }
}
