//! A project's state as editors ask about it: the graph, and the source of one file at a time.

use std::sync::Arc;

use camino::Utf8Path;
use facts::places::{Anchor, FileId};
use syntax::python;
use text::span::Span;

use crate::handler::FunctionRef;
use crate::project::Graph;

/// One state of a project. Everything that it gives belongs together: places are those of the texts.
pub trait Sources {
    /// What is known of the project.
    fn graph(&self) -> &Graph;

    /// The file at `path`, which is relative to the project.
    fn file(&self, path: &Utf8Path) -> Option<FileId>;

    /// A file's path, relative to the project with `/`; that of a settings file may be absolute.
    fn path(&self, file: FileId) -> &Utf8Path;

    /// The text of a file as it was analysed; empty where it says nothing to the project.
    fn text(&self, file: FileId) -> Arc<str>;

    /// The syntax tree of a Python file that is open.
    fn python(&self, file: FileId) -> Option<&python::Tree>;

    /// Where an anchor stands; none where it is of another text.
    fn span(&self, anchor: Anchor) -> Option<Span>;

    /// The text of a function, decorators included; none where it is of another text.
    fn function(&self, function: FunctionRef) -> Option<Span>;
}
