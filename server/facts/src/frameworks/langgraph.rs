//! LangGraph: `StateGraph`, and the calls that draw with one.
//!
//! What they mean was read in the framework's source, version 1.2.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::span::Span;

use super::{Builder, Merging};
use crate::places::LocalAnchor;
use reader::Reader;

mod calls;
mod expressions;
mod reader;
pub(crate) mod updates;

/// The name of the node before the first.
pub(crate) const START: &str = "__start__";

/// The name of the node after the last.
pub(crate) const END: &str = "__end__";

/// Classes that make a builder, by their last name; `graph` sees where they come from.
const BUILDERS: [&str; 2] = ["StateGraph", "MessageGraph"];

/// The same, where they come from.
pub(crate) const BUILDER_CLASSES: [&str; 4] = [
    "langgraph.graph.StateGraph",
    "langgraph.graph.state.StateGraph",
    "langgraph.graph.MessageGraph",
    "langgraph.graph.message.MessageGraph",
];

/// Packages whose objects say nothing of keys when they are nodes.
const RUNNABLES: [&str; 3] = ["langgraph.", "langchain_core.", "langchain."];

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

/// The node that a constant names.
pub(crate) fn point(constant: &str) -> Option<&'static str> {
    let last = constant.strip_prefix("langgraph.")?.rsplit('.').next()?;
    match last {
        "START" => Some(START),
        "END" => Some(END),
        _ => None,
    }
}

/// The keys of a schema that LangGraph brings.
pub(crate) fn schema(class: &str) -> Option<&'static [(&'static str, Merging)]> {
    let (package, last) = class.rsplit_once('.')?;
    let is_own = package.starts_with("langgraph") || package.starts_with("langchain");
    match last {
        "MessagesState" if is_own => Some(&[("messages", Merging::Keyed)]),
        "AgentState" if is_own => {
            Some(&[("messages", Merging::Keyed), ("remaining_steps", Merging::Managed)])
        }
        _ => None,
    }
}

/// Whether what is made so adds no key when it is a node.
pub(crate) fn adds_no_key(maker: &str) -> bool {
    RUNNABLES.iter().any(|package| maker.starts_with(package))
}

/// How a reducer of this name puts values together.
pub(crate) fn merging_of_reducer(name: &str) -> Merging {
    if name == "add_messages" { Merging::Keyed } else { Merging::Reduced }
}

/// How values of this type come together.
pub(crate) fn merging_of_type(type_name: &str) -> Merging {
    match type_name {
        "RemainingSteps" | "IsLastStep" => Merging::Managed,
        _ => Merging::Last,
    }
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
