//! Where a function binds a name.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::span::Span;

/// A place that binds a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Binding<'c> {
    /// The name there.
    pub(super) name: Span,
    /// What it is bound to, or to the items of which; none where that cannot be told.
    pub(super) to: Option<Node<'c>>,
}

/// The places in `function` that bind `name`.
pub(super) fn of<'c>(function: Node<'c>, name: &str) -> Vec<Binding<'c>> {
    let mut found = Vec::new();
    let names = |node: Node<'c>| {
        let is_it =
            move |inner: &Node<'c>| inner.kind() == Kind::Identifier && inner.text() == name;
        node.descendants().filter(is_it).map(Node::span)
    };
    for node in function.descendants() {
        let (targets, to) = match node.kind() {
            Kind::Assignment => (node.child(Field::Left), node.child(Field::Right)),
            Kind::ForStatement | Kind::ForInClause => {
                (node.child(Field::Left), node.child(Field::Right))
            }
            Kind::NamedExpression => (node.child(Field::Name), node.child(Field::Value)),
            Kind::AugmentedAssignment => (node.child(Field::Left), None),
            Kind::AsPatternTarget | Kind::Parameters | Kind::LambdaParameters => (Some(node), None),
            _ => continue,
        };
        // Behind a dot or in brackets something else is bound.
        let Some(targets) = targets.filter(|node| is_plain(*node)) else { continue };
        found.extend(names(targets).map(|name| Binding { name, to }));
    }
    found
}

fn is_plain(targets: Node<'_>) -> bool {
    !matches!(targets.kind(), Kind::Attribute | Kind::Subscript)
}
