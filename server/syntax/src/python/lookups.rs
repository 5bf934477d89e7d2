//! Keys that follow each other: `context["a"]["b"].get("c")`.

use text::span::Span;
use tree_sitter::Node;

use super::Tree;

/// The key at `offset`, and the keys that are looked up in its value, nearest first; none where no
/// key stands there, or none follows.
#[must_use]
pub fn keys_after(tree: &Tree, offset: usize) -> Option<(Span, Vec<Span>)> {
    let root = tree.raw()?.root_node();
    let mut node = root.named_descendant_for_byte_range(offset, offset)?;
    while matches!(node.kind(), "string_content" | "string_start" | "string_end") {
        node = node.parent()?;
    }
    let mut value = looked_up(node)?;
    let here = Span::new(node.start_byte(), node.end_byte());
    let mut later = Vec::new();
    // Each round goes further out, so that there is an end.
    while let Some(parent) = value.parent() {
        let key = match parent.kind() {
            "parenthesized_expression" | "boolean_operator" => None,
            "subscript" if parent.child_by_field_name("value") == Some(value) => {
                parent.child_by_field_name("subscript")
            }
            "attribute" => {
                let call = parent.parent().filter(|call| call.kind() == "call")?;
                value = call;
                later.extend(first_argument(call).map(span));
                continue;
            }
            _ => break,
        };
        later.extend(key.map(span));
        value = parent;
    }
    (!later.is_empty()).then_some((here, later))
}

/// The keys by which the way leads to the key at `key`, nearest first: `"a"` before `"b"` of
/// `context["a"]["b"]`.
#[must_use]
pub fn keys_before(tree: &Tree, key: Span) -> Vec<Span> {
    let mut before = Vec::new();
    let node = tree.raw().and_then(|tree| {
        let (start, end) = (key.start as usize, key.end as usize);
        tree.root_node().named_descendant_for_byte_range(start, end)
    });
    let mut value = node.and_then(looked_up).and_then(holder);
    // Each round goes further in, so that there is an end.
    while let Some(node) = value {
        value = match node.kind() {
            "subscript" => {
                before.extend(node.child_by_field_name("subscript").map(span));
                holder(node)
            }
            "call" => {
                before.extend(first_argument(node).map(span));
                holder(node)
            }
            "parenthesized_expression" => node.named_child(0),
            "boolean_operator" => node.child_by_field_name("left"),
            _ => None,
        };
    }
    before
}

/// What a subscript, or the call of a method, looks into.
fn holder(lookup: Node<'_>) -> Option<Node<'_>> {
    if lookup.kind() == "subscript" {
        return lookup.child_by_field_name("value");
    }
    let function = lookup.child_by_field_name("function")?;
    function.child_by_field_name("object").filter(|_| function.kind() == "attribute")
}

/// The expression that looks up the key `node`.
fn looked_up(node: Node<'_>) -> Option<Node<'_>> {
    let parent = node.parent()?;
    match parent.kind() {
        "subscript" => (parent.child_by_field_name("subscript") == Some(node)).then_some(parent),
        "argument_list" => {
            let call = parent.parent().filter(|call| call.kind() == "call")?;
            let function = call.child_by_field_name("function")?;
            let is_first = first_argument(call) == Some(node);
            (is_first && function.kind() == "attribute").then_some(call)
        }
        _ => None,
    }
}

fn first_argument(call: Node<'_>) -> Option<Node<'_>> {
    call.child_by_field_name("arguments")?.named_child(0)
}

fn span(node: Node<'_>) -> Span {
    Span::new(node.start_byte(), node.end_byte())
}
