//! LangGraph: `StateGraph`, and the calls that draw with one.
//!
//! What they mean was read in the framework's source, version 1.2.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::span::Span;

use super::Builder;
use crate::places::LocalAnchor;
use reader::Reader;

mod calls;
mod expressions;
mod reader;

/// The name of the node before the first.
pub(crate) const START: &str = "__start__";

/// The name of the node after the last.
pub(crate) const END: &str = "__end__";

/// Classes that make a builder, by their last name; `graph` sees where they come from.
const BUILDERS: [&str; 2] = ["StateGraph", "MessageGraph"];

/// Methods that draw.
const METHODS: [&str; 7] = [
    "add_node",
    "add_edge",
    "add_conditional_edges",
    "add_sequence",
    "set_entry_point",
    "set_conditional_entry_point",
    "set_finish_point",
];

/// The code that is read.
pub(crate) struct Code<'r, 'c> {
    /// The function, by its index; none for a module.
    pub(crate) function: Option<u32>,
    /// Whether its first parameter is the object that it belongs to.
    pub(crate) is_method: bool,
    /// The names of its parameters.
    pub(crate) parameters: &'r [&'c str],
    /// The index of the function that stands at a place, and its name.
    pub(crate) function_at: &'r dyn Fn(Span) -> Option<(u32, &'c str)>,
}

/// Whether the call draws a workflow, or begins to.
pub(crate) fn draws(call: Node<'_>) -> bool {
    let Some(function) = call.child(Field::Function) else { return false };
    let last = function.child(Field::Attribute).unwrap_or(function);
    METHODS.contains(&last.text()) || is_builder(function)
}

/// Reads what the statements of `block` draw.
pub(crate) fn read<'c>(
    block: Node<'c>,
    code: &Code<'_, 'c>,
    anchor: &mut dyn FnMut(Span) -> LocalAnchor,
) -> Vec<Builder> {
    let mut reader = Reader::new(code, anchor);
    reader.block(block);
    reader.finish()
}

/// Whether a class of this name makes a builder.
fn is_builder(function: Node<'_>) -> bool {
    let last = match function.kind() {
        Kind::Attribute => function.child(Field::Attribute),
        Kind::Identifier => Some(function),
        // `StateGraph[State]`
        Kind::Subscript => return function.child(Field::Value).is_some_and(is_builder),
        _ => None,
    };
    last.is_some_and(|name| BUILDERS.contains(&name.text()))
}

#[cfg(test)]
mod tests;
