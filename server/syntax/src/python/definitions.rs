//! Classes and functions as a whole.

use text::span::Span;

use super::Tree;

/// The class or function whose name stands at `name`, decorators included.
#[must_use]
pub fn definition_around(tree: &Tree, name: Span) -> Option<Span> {
    let root = tree.raw()?.root_node();
    let range = name.range();
    let mut node = root.descendant_for_byte_range(range.start, range.end)?;
    while !matches!(node.kind(), "class_definition" | "function_definition") {
        node = node.parent()?;
    }
    if let Some(around) = node.parent().filter(|around| around.kind() == "decorated_definition") {
        node = around;
    }
    Some(Span::new(node.start_byte(), node.end_byte()))
}
