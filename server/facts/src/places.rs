//! Anchors, and where they stand.

use std::sync::Arc;

use text::exact::fitted;
use text::span::Span;
use text::spans::Spans;

/// A file of the project, numbered by the workspace. The number says nothing about order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// Something in a file that a finding can point at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Anchor {
    /// The file.
    pub file: FileId,
    /// The part of the file.
    pub local: LocalAnchor,
}

/// An anchor within its file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LocalAnchor {
    /// 0 for a YAML file, and for what stands outside functions in Python; otherwise the number of
    /// the function, from 1, in [`crate::python::PythonFacts::functions`].
    pub unit: u32,
    /// In YAML the node's id; in Python a running number within the unit.
    pub index: u32,
}

impl LocalAnchor {
    /// The anchor of a place in a settings file: its span, since every change of settings is a
    /// change of meaning, and there is nothing to keep equal.
    #[must_use]
    pub fn in_settings(span: Span) -> LocalAnchor {
        LocalAnchor { unit: span.start, index: span.end }
    }

    /// The place in a settings file that the anchor stands for.
    #[must_use]
    pub fn settings_span(self) -> Span {
        Span { start: self.unit, end: self.index }
    }
}

/// Where the anchors of one file stand.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Places {
    /// The spans of unit 0, by index.
    pub file: Spans,
    /// The functions of a Python file.
    pub functions: Vec<FunctionPlaces>,
}

/// Where the anchors of one function stand.
#[derive(Clone, PartialEq, Debug)]
pub struct FunctionPlaces {
    /// The function's own text, decorators included.
    pub span: Span,
    /// Its anchors' spans, counted from the start of `span`, so that they are shared while the
    /// function only moves.
    pub anchors: Arc<[Span]>,
}

impl Places {
    /// Adds a place to unit 0, behind those that are there.
    pub fn append(&mut self, span: Span) -> LocalAnchor {
        LocalAnchor { unit: 0, index: self.file.push(span) }
    }

    /// Gives back the room to grow: places are kept for every file of a workspace.
    pub fn shrink_to_fit(&mut self) {
        self.file.shrink_to_fit();
        self.functions = fitted(std::mem::take(&mut self.functions));
    }

    /// The span of an anchor; none where the anchor is of another text.
    #[must_use]
    pub fn span(&self, anchor: LocalAnchor) -> Option<Span> {
        let Some(function) = anchor.unit.checked_sub(1) else {
            return self.file.get(anchor.index);
        };
        let function = self.functions.get(function as usize)?;
        Some(function.anchors.get(anchor.index as usize)?.shifted(function.span.start))
    }
}
