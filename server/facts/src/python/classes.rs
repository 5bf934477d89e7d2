//! Classes.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;
use text::span::Span;

use super::constants::{bare_name, constant};
use super::functions::decorators;
use super::{AnnotatedField, Class, Constant, Dotted};
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
        fields: annotated(inner, anchor),
        declarations: Vec::new(),
        methods: Vec::new(),
        at: anchor(name.span()),
        broken: inner.is_broken(),
    })
}

/// What the body of a class annotates. A `ClassVar` is no field.
fn annotated(
    class: Node<'_>,
    anchor: &mut dyn FnMut(Span) -> LocalAnchor,
) -> Box<[AnnotatedField]> {
    let statements = class.child(Field::Body).into_iter().flat_map(Node::children);
    let assignments = statements
        .filter(|statement| statement.kind() == Kind::ExpressionStatement)
        .filter_map(Node::first)
        .filter(|node| node.kind() == Kind::Assignment);
    let field = |node: Node<'_>| {
        let kind = node.child(Field::Type)?;
        let name = node.child(Field::Left).filter(|left| left.kind() == Kind::Identifier)?;
        if kind.text().contains("ClassVar") {
            return None;
        }
        let (type_name, note) = annotation(kind);
        Some(AnnotatedField {
            name: Name::new(name.text()),
            type_name,
            note,
            has_default: node.child(Field::Right).is_some(),
            at: anchor(name.span()),
        })
    };
    assignments.filter_map(field).collect()
}

/// The type that an annotation names, and what `Annotated` adds to it: the last of several.
fn annotation(node: Node<'_>) -> (Option<Dotted>, Option<Constant>) {
    let bare = bare_name(node);
    let is_annotated = bare.and_then(|name| name.last().copied());
    if is_annotated.is_none_or(|last| last.as_str() != "Annotated") {
        return (bare, None);
    }
    let parts = node
        .descendants()
        .find(|inner| matches!(inner.kind(), Kind::TypeParameter | Kind::Subscript));
    let mut parts = parts.into_iter().flat_map(Node::children);
    let inner: Vec<Node<'_>> = match parts.next() {
        // `typing.Annotated[...]` is a subscript, whose value comes first.
        Some(first) if first.field() == Field::Value => parts.collect(),
        first => first.into_iter().chain(parts).collect(),
    };
    let type_name = inner.first().and_then(|first| bare_name(*first));
    let note = inner.last().filter(|_| inner.len() > 1).map(|last| {
        let last = if last.kind() == Kind::Type { last.first().unwrap_or(*last) } else { *last };
        constant(last)
    });
    (type_name, note)
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
