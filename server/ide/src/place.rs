//! Places, as features take and give them.

use facts::places::FileId;
use text::span::Span;

/// Where somebody points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cursor {
    /// The file.
    pub file: FileId,
    /// The byte offset in its text; may be the text's length.
    pub offset: usize,
}

/// A part of a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Span,
}
