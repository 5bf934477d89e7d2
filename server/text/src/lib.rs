//! Text and places in it: byte spans, line tables, edits, names.
//!
//! The foundation that every other crate stands on. It knows no language, no
//! protocol and no file system.

pub mod bytes;
pub mod edit;
pub mod exact;
pub mod lines;
pub mod name;
pub mod near;
pub mod recent;
pub mod span;
pub mod spans;
