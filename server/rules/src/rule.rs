//! What a rule is.

use facts::file::FileFacts;
use facts::places::FileId;
use graph::pipeline::Pipeline;

use crate::finding::Finding;
use crate::level::Level;

/// One rule: its name, how grave its findings are, its manual page and its check.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case, names the smell, reads well after "allow".
    pub name: &'static str,
    /// How grave its findings are when nobody sets another level.
    pub level: Weight,
    /// What it reports, in one line.
    pub summary: &'static str,
    /// Its manual page, `docs/rules/<name>.md`.
    pub page: &'static str,
    /// How findings are made.
    pub check: Check,
}

/// How grave a rule's findings are by default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// Always this.
    Always(Level),
    /// As the field's or chain's severity says.
    BySeverity,
    /// From the first to the second, as the page says.
    Between(Level, Level),
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// One file by itself.
    File(fn(&FileScope<'_>, &mut Vec<Finding>)),
    /// One pipeline, with everything that belongs to it.
    Pipeline(fn(&Pipeline, &mut Vec<Finding>)),
    /// Made where levels and suppressions are applied, or where settings are read.
    Elsewhere,
}

/// One file, for rules that need nothing else.
#[derive(Clone, Copy, Debug)]
pub struct FileScope<'a> {
    /// Which file.
    pub file: FileId,
    /// What it says.
    pub facts: &'a FileFacts,
    /// Whether the workspace has a class of this name.
    pub has_class: &'a dyn ClassNames,
}

/// The names of the workspace's classes.
pub trait ClassNames: std::fmt::Debug {
    /// Whether any Python file of the project defines a class of this name.
    fn has_class(&self, name: &str) -> bool;
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.name == other.name
    }
}
