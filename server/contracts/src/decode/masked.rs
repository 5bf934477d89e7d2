//! What broken text hides.

use syntax::yaml::{NodeId, Yaml};

/// Whether something inside the node, or right after it, could not be parsed and was left out:
/// then what seems to be absent may well be there.
pub(super) fn may_be_masked(yaml: &Yaml, node: NodeId) -> bool {
    if yaml.problems.is_empty() {
        return false;
    }
    let span = yaml.node(node).span;
    let starts = yaml.nodes.iter().skip(node.index() + 1).map(|next| next.span.start);
    let next = starts.into_iter().find(|start| *start >= span.end && *start > span.start);
    let end = next.unwrap_or(u32::MAX);
    let mut masked = yaml.problems.iter().map(|problem| problem.span.start);
    masked.any(|start| span.start <= start && start <= end)
}
