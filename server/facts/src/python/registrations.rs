//! Handlers registered for phases.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::span::Span;

use super::constants::{constant, dotted_name};
use super::{Constant, Dotted, Registration};
use crate::places::LocalAnchor;

/// What one expression registers.
pub(super) struct Found {
    /// Phases and classes.
    pub(super) pairs: Vec<Pair>,
    /// Whether the expression is a group of its own, as a dict is.
    pub(super) stands_alone: bool,
}

/// One phase and one class.
pub(super) struct Pair {
    phase: Constant,
    class: Dotted,
    /// The phase's place.
    pub(super) span: Span,
}

impl Pair {
    /// The registration with its anchor and group.
    pub(super) fn at(self, at: LocalAnchor, group: u32) -> Registration {
        Registration { phase: self.phase, class: self.class, at, group }
    }
}

/// What `node` registers, if it looks like a registration.
pub(super) fn read(node: Node<'_>) -> Option<Found> {
    match node.kind() {
        Kind::Call => {
            let function = node.child(Field::Function)?;
            let last = function.child(Field::Attribute).unwrap_or(function).text();
            if !last.contains("register") {
                return None;
            }
            let pair = arguments(node.child(Field::Arguments)?)?;
            Some(Found { pairs: vec![pair], stands_alone: false })
        }
        Kind::Dictionary => {
            let entry =
                |entry: Node<'_>| pair(entry.child(Field::Key)?, entry.child(Field::Value)?);
            all(node, entry)
        }
        Kind::List => all(node, |item| {
            let mut parts = item.children().filter(|_| item.kind() == Kind::Tuple);
            let found = pair(parts.next()?, parts.next()?)?;
            parts.next().is_none().then_some(found)
        }),
        _ => None,
    }
}

fn all<'c>(node: Node<'c>, read: impl FnMut(Node<'c>) -> Option<Pair>) -> Option<Found> {
    let pairs: Vec<Pair> = node.children().map(read).collect::<Option<_>>()?;
    (!pairs.is_empty()).then_some(Found { pairs, stands_alone: true })
}

/// The first argument that is a phase, with the first other one that is a class.
fn arguments(arguments: Node<'_>) -> Option<Pair> {
    let values: Vec<Node<'_>> = arguments
        .children()
        .filter_map(|argument| match argument.kind() {
            Kind::KeywordArgument => argument.child(Field::Value),
            _ => Some(argument),
        })
        .collect();
    let (at, phase) = values.iter().enumerate().find_map(|(at, node)| Some((at, phase(*node)?)))?;
    let others = values.iter().enumerate().filter(|(other, _)| *other != at);
    let class = others.filter_map(|(_, node)| class(*node)).next()?;
    Some(Pair { phase, class, span: values[at].span() })
}

fn pair(key: Node<'_>, value: Node<'_>) -> Option<Pair> {
    Some(Pair { phase: phase(key)?, class: class(value)?, span: key.span() })
}

/// Text, or a dotted name that is no class by itself: `Phase.PLAN`, `PLAN`.
fn phase(node: Node<'_>) -> Option<Constant> {
    match node.kind() {
        Kind::String => match constant(node) {
            Constant::Unknown => None,
            text => Some(text),
        },
        Kind::Identifier if looks_like_class(node.text()) => None,
        Kind::Identifier | Kind::Attribute => dotted_name(node).map(Constant::Name),
        _ => None,
    }
}

/// A class by name, or one that is constructed.
fn class(node: Node<'_>) -> Option<Dotted> {
    let name = match node.kind() {
        Kind::Call => dotted_name(node.child(Field::Function)?)?,
        _ => dotted_name(node)?,
    };
    looks_like_class(name.last()?.as_str()).then_some(name)
}

fn looks_like_class(name: &str) -> bool {
    let word = name.trim_start_matches('_');
    word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase)
}
