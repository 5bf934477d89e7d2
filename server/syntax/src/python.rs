//! Python to trees that survive broken text.
//!
//! [`parse`] gives a [`Tree`], again and again for the texts of one document: the tree of the text
//! before makes the next one cheap. A [`cst::Cst`] is a part of such a tree laid out for reading:
//! flat, of bounded depth, and without the tokens that mean nothing.
//!
//! Budgets count work and never time, so that the same text always gives the same tree.

use std::cell::RefCell;
use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, ParseState, Parser};

pub mod cst;
mod definitions;
mod edit;
pub mod kind;
mod lookups;

pub use definitions::definition_around;
pub use edit::{edit, reparse};
pub use lookups::{keys_after, keys_before};

/// Limits of one parse.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes of text.
    pub bytes: usize,
    /// How often the parser may report progress for a text of no length.
    pub steps: usize,
    /// How many bytes of text allow for one more report. The parser reports once in 100 operations.
    pub bytes_per_step: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        // Ordinary code takes about one report for 180 bytes.
        Limits { bytes: 4 * 1024 * 1024, steps: 10_000, bytes_per_step: 8 }
    }
}

/// Why a text has no tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OverBudget {
    /// It is longer than [`Limits::bytes`].
    Bytes,
    /// The parser took more steps than [`Limits::steps`] and [`Limits::bytes_per_step`] allow.
    Steps,
}

/// The tree of one text of Python.
#[derive(Clone, Debug)]
pub struct Tree {
    parsed: Result<tree_sitter::Tree, OverBudget>,
}

impl Tree {
    /// Why there is no tree, if there is none.
    #[must_use]
    pub fn over_budget(&self) -> Option<OverBudget> {
        self.parsed.as_ref().err().copied()
    }

    /// Whether some part of the text does not parse.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.parsed.as_ref().map_or(true, |tree| tree.root_node().has_error())
    }

    /// The parser's own tree.
    #[must_use]
    pub fn raw(&self) -> Option<&tree_sitter::Tree> {
        self.parsed.as_ref().ok()
    }
}

thread_local! {
    static PARSER: RefCell<Option<Parser>> = const { RefCell::new(None) };
}

/// The tree of `text`.
///
/// `old` is the tree of an earlier text with [`edit`] applied; where all of `text` parses, what did
/// not change is taken from it. The result is the same as without it.
#[must_use]
pub fn parse(text: &str, old: Option<&Tree>) -> Tree {
    parse_within(text, old, Limits::default())
}

/// As [`parse`], within the limits given.
#[must_use]
pub fn parse_within(text: &str, old: Option<&Tree>, limits: Limits) -> Tree {
    if text.len() > limits.bytes {
        return Tree { parsed: Err(OverBudget::Bytes) };
    }
    let old = old.and_then(Tree::raw);
    let parsed = PARSER.with_borrow_mut(|slot| {
        let parser = slot.get_or_insert_with(new_parser);
        let parsed = run(parser, text, old, limits);
        // How broken text is taken apart depends on what the parser takes over from the tree before,
        // and a text has one tree only.
        let broken = parsed.as_ref().map_or(true, |tree| tree.root_node().has_error());
        if old.is_some() && broken { run(parser, text, None, limits) } else { parsed }
    });
    Tree { parsed }
}

fn new_parser() -> Parser {
    let mut parser = Parser::new();
    // It fails where the grammar is of another version than the library, which a build decides;
    // every parse then comes back without a tree, and the tests say so.
    let _ = parser.set_language(&tree_sitter_python::LANGUAGE.into());
    parser
}

fn run(
    parser: &mut Parser,
    text: &str,
    old: Option<&tree_sitter::Tree>,
    limits: Limits,
) -> Result<tree_sitter::Tree, OverBudget> {
    let mut left = limits.steps + text.len() / limits.bytes_per_step.max(1);
    let mut progress = |_: &ParseState| {
        if left == 0 {
            return ControlFlow::Break(());
        }
        left -= 1;
        ControlFlow::Continue(())
    };
    let options = ParseOptions::new().progress_callback(&mut progress);
    let mut read = |offset: usize, _| text.as_bytes().get(offset..).unwrap_or_default();
    let tree = parser.parse_with_options(&mut read, old, Some(options));
    if tree.is_none() {
        // A parser that was stopped would go on with the old text next time.
        parser.reset();
    }
    tree.ok_or(OverBudget::Steps)
}

#[cfg(test)]
mod tests;
