//! The arguments of a call.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

use super::body::Body;
use super::held::Held;
use super::{Callee, Passed, Place, Root, Slot};

/// One argument of a call, evaluated.
pub(super) struct Argument<'c> {
    /// Which parameter takes it.
    pub(super) slot: Slot,
    /// Its expression.
    pub(super) node: Node<'c>,
    /// What it holds.
    pub(super) held: Held<'c>,
}

impl<'c> Body<'_, 'c> {
    /// Evaluates the arguments of a call.
    pub(super) fn arguments_of(&mut self, node: Node<'c>) -> Vec<Argument<'c>> {
        if node.kind() == Kind::GeneratorExpression {
            self.comprehension(node);
            return Vec::new();
        }
        self.arguments(node.children())
    }

    pub(super) fn arguments(&mut self, nodes: impl Iterator<Item = Node<'c>>) -> Vec<Argument<'c>> {
        let mut arguments = Vec::new();
        let mut position = Some(0u32);
        for node in nodes {
            let (slot, inner) = match node.kind() {
                Kind::KeywordArgument => {
                    let name = node.child(Field::Name).map_or("", Node::text);
                    (Slot::Keyword(Name::new(name)), node.child(Field::Value))
                }
                Kind::ListSplat => {
                    position = None;
                    (Slot::Unclear, node.first())
                }
                Kind::DictionarySplat => {
                    node.first().into_iter().for_each(|inner| {
                        let value = self.eval(inner);
                        self.current = inner.span();
                        self.read_whole(value);
                    });
                    continue;
                }
                _ => {
                    let slot = position.map_or(Slot::Unclear, Slot::Position);
                    position = position.map(|position| position + 1);
                    (slot, Some(node))
                }
            };
            let Some(inner) = inner else { continue };
            let value = self.eval(inner);
            let held = self.settle(value);
            arguments.push(Argument { slot, node: inner, held });
        }
        arguments
    }

    /// Adds the call, with the places among its arguments.
    pub(super) fn hand_over(
        &mut self,
        node: Node<'c>,
        callee: Callee,
        mut arguments: Vec<Argument<'c>>,
    ) {
        let explicit_self = matches!(&callee, Callee::Name(name) if name.len() > 1)
            && arguments.first().is_some_and(|first| matches!(first.held, Held::SelfObject));
        if explicit_self {
            // `Class.method(self, context)`
            arguments.remove(0);
            for argument in &mut arguments {
                if let Slot::Position(position) = &mut argument.slot {
                    *position = position.saturating_sub(1);
                }
            }
        }
        let mut passed = Vec::new();
        for argument in arguments {
            match argument.held {
                Held::Part(alias) => {
                    passed.push(Passed { slot: argument.slot, place: alias.place });
                }
                Held::SelfObject => {
                    let place = Place::whole(Root::Parameter(0));
                    passed.push(Passed { slot: argument.slot, place });
                }
                held => {
                    self.current = argument.node.span();
                    self.hand_out(&held);
                }
            }
        }
        let matters = !passed.is_empty()
            || matches!(
                callee,
                Callee::SelfMethod(_)
                    | Callee::SuperMethod(_)
                    | Callee::Nested(_)
                    | Callee::Member(_)
            );
        if matters {
            self.call_effect(callee, passed, node.span());
        }
    }
}
