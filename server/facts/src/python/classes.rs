//! Classes.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;
use text::span::Span;

use super::constants::{bare_name, constant};
use super::functions::decorators;
use super::{Class, Constant};
use crate::places::LocalAnchor;

/// The head of a class; its body is still to be read.
pub(super) fn head(
    definition: Node<'_>,
    outer: Option<Name>,
    anchor: &mut dyn FnMut(Span) -> LocalAnchor,
) -> Option<Class> {
    let inner = match definition.kind() {
        Kind::DecoratedDefinition => definition.child(Field::Definition)?,
        _ => definition,
    };
    let name = inner.child(Field::Name)?;
    let bases = inner.child(Field::Superclasses).into_iter().flat_map(Node::children);
    Some(Class {
        name: match outer {
            Some(outer) => Name::new(&format!("{outer}.{}", name.text())),
            None => Name::new(name.text()),
        },
        bases: bases
            .filter(|base| base.kind() != Kind::KeywordArgument)
            .filter_map(bare_name)
            .collect(),
        decorators: decorators(definition),
        attributes: Vec::new(),
        fields: annotated(inner),
        declarations: Vec::new(),
        methods: Vec::new(),
        at: anchor(name.span()),
        broken: inner.is_broken(),
    })
}

/// The names that the body of a class annotates. A `ClassVar` is no field.
fn annotated(class: Node<'_>) -> Box<[Name]> {
    let statements = class.child(Field::Body).into_iter().flat_map(Node::children);
    let assignments = statements
        .filter(|statement| statement.kind() == Kind::ExpressionStatement)
        .filter_map(Node::first)
        .filter(|node| node.kind() == Kind::Assignment);
    let field = |node: Node<'_>| {
        let kind = node.child(Field::Type)?;
        let name = node.child(Field::Left).filter(|left| left.kind() == Kind::Identifier)?;
        (!kind.text().contains("ClassVar")).then(|| Name::new(name.text()))
    };
    assignments.filter_map(field).collect()
}

/// The names that an assignment binds to values, and where.
pub(super) fn assigned<'c>(assignment: Node<'c>, found: &mut Vec<(Node<'c>, Constant)>) {
    let mut targets = Vec::new();
    let mut node = assignment;
    let value = loop {
        targets.extend(node.child(Field::Left));
        match node.child(Field::Right) {
            Some(right) if right.kind() == Kind::Assignment => node = right,
            value => break value,
        }
    };
    // `x: int` declares a name and gives it no value.
    let Some(value) = value else { return };
    for target in targets {
        match target.kind() {
            Kind::Identifier => found.push((target, constant(value))),
            _ => {
                let names = target.descendants().filter(|node| node.kind() == Kind::Identifier);
                let plain = matches!(target.kind(), Kind::PatternList | Kind::TuplePattern);
                found.extend(names.filter(|_| plain).map(|name| (name, Constant::Unknown)));
            }
        }
    }
}
