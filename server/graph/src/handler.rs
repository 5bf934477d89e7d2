//! Handlers: the code that carries out phases.

use facts::places::{Anchor, FileId};
use text::name::Name;

use crate::summary::Summary;

/// A class of the project: its file and its index among the file's classes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClassRef {
    /// The file.
    pub file: FileId,
    /// Index in [`facts::python::PythonFacts::classes`].
    pub index: u32,
}

/// A contract of the project: its file and its index among the file's contracts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ContractRef {
    /// The file.
    pub file: FileId,
    /// Index in [`facts::file::FileFacts::contracts`].
    pub index: u32,
}

/// A handler bound to a phase of a pipeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Handler {
    /// Its class.
    pub class: ClassRef,
    /// The class's name.
    pub name: Name,
    /// The place of the class's name.
    pub at: Anchor,
    /// The phase it carries out.
    pub phase: Name,
    /// Where the phase is named: an attribute, a registration, a decorator, or the class's name.
    pub phase_at: Anchor,
    /// What it does with the context; none when it has no entry point that takes one.
    pub summary: Option<Summary>,
}
