//! The engine's state, as editors ask about it.

use std::sync::Arc;

use camino::Utf8Path;
use facts::places::{Anchor, FileId};
use graph::handler::FunctionRef;
use graph::project::Graph;
use graph::sources::Sources;
use syntax::python::Tree;
use text::span::Span;

use crate::engine::Engine;

impl Sources for Engine {
    fn graph(&self) -> &Graph {
        Engine::graph(self)
    }

    fn file(&self, path: &Utf8Path) -> Option<FileId> {
        self.known_file(path)
    }

    fn path(&self, file: FileId) -> &Utf8Path {
        self.files.get(file.0 as usize).map_or(Utf8Path::new(""), |entry| &entry.path)
    }

    fn text(&self, file: FileId) -> Arc<str> {
        self.files.get(file.0 as usize).map(|entry| entry.text()).unwrap_or_default()
    }

    fn python(&self, file: FileId) -> Option<&Tree> {
        self.files.get(file.0 as usize)?.open.as_deref().map(|open| &open.tree)
    }

    fn span(&self, anchor: Anchor) -> Option<Span> {
        self.place(anchor)
    }

    fn function(&self, function: FunctionRef) -> Option<Span> {
        let places = &self.files.get(function.file.0 as usize)?.places;
        Some(places.functions.get(function.index as usize)?.span)
    }
}
