//! What text that does not parse does to the facts around it.

use syntax::python::cst::Node;
use syntax::python::kind::Kind;
use text::span::Span;

/// Whether something stands outside functions and classes that does not parse.
pub(super) fn is_broken_outside_classes(node: Node<'_>) -> bool {
    match node.kind() {
        _ if !node.is_broken() => false,
        Kind::Error | Kind::TooDeep => true,
        Kind::ClassDefinition => {
            let mut head = node.children().filter(|child| child.kind() != Kind::Block);
            head.any(is_broken_outside_classes)
        }
        // What is missing from a node is its own fault, and not that of a part.
        _ => {
            !node.children().any(Node::is_broken) || node.children().any(is_broken_outside_classes)
        }
    }
}

/// Whether a function that does not parse has taken in a definition that stands no further in than
/// its own: an open bracket or quote reaches for what follows.
pub(super) fn swallows(source: &str, span: Span) -> bool {
    let line_start = source.get(..span.start as usize).and_then(|before| before.rfind('\n'));
    let indent = span.start as usize - line_start.map_or(0, |at| at + 1);
    span.of(source).split('\n').skip(1).any(|line| {
        let text = line.trim_start();
        let defines = ["def ", "class ", "async def "].iter().any(|word| text.starts_with(word));
        defines && line.len() - text.len() <= indent && !decorated(source, span, line)
    })
}

/// Whether `line` is the function's own head, below its decorators.
fn decorated(source: &str, span: Span, line: &str) -> bool {
    let mut lines = span.of(source).split('\n');
    let head = lines.find(|line| !line.trim_start().starts_with('@'));
    head.is_some_and(|head| std::ptr::eq(head, line))
}
