//! Edit intents to text edits, in the style of the neighbours.
//!
//! A fix says what should become of a file; this module finds the smallest edit of its text that
//! does it: same indentation, same quotes, comments kept. One submodule for each language. The same
//! functions serve quick fixes in the editor and `--fix`.

pub mod python;
pub mod toml;
pub mod yaml;
