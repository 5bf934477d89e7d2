//! Assignments: what names hold afterwards, and what is written.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::body::Body;
use super::held::{Held, Own, Value};
use super::values::loosened;
use super::{Action, Key, Root};

impl<'c> Body<'_, 'c> {
    /// `a = b = value`; gives what was assigned.
    pub(super) fn assignment(&mut self, node: Node<'c>) -> Held<'c> {
        let Some(left) = node.child(Field::Left) else {
            return Held::Unknown;
        };
        // `a: int` binds nothing.
        let Some(right) = node.child(Field::Right) else {
            return Held::Unknown;
        };
        if let Some(pairs) = side_by_side(left, right) {
            let values: Vec<Value<'c>> = pairs
                .iter()
                .map(|(_, value)| {
                    let value = self.eval(*value);
                    self.settle(value).into()
                })
                .collect();
            for ((target, _), value) in pairs.iter().zip(values) {
                self.bind(*target, value);
            }
            return Held::Unknown;
        }
        let value = match right.kind() {
            Kind::Assignment => self.assignment(right).into(),
            Kind::Call if self.made_for(left, right, false) => Held::Expression(right).into(),
            _ => {
                let value = self.eval(right);
                self.next_state(right, value)
            }
        };
        let held = self.settle(value);
        self.current = right.span();
        self.bind(left, held.clone().into());
        held
    }

    /// Binds a value, which has been read, to a target.
    pub(super) fn bind(&mut self, target: Node<'c>, value: Value<'c>) {
        let held = self.settle(value);
        match target.kind() {
            Kind::Identifier => self.bind_name(target, held),
            Kind::Subscript => self.bind_item(target, &held),
            Kind::Attribute => self.bind_attribute(target, held),
            Kind::PatternList
            | Kind::TuplePattern
            | Kind::ListPattern
            | Kind::Tuple
            | Kind::List => {
                for part in target.children() {
                    let inner = match &held {
                        Held::Part(alias) if !alias.is_whole() => {
                            Held::Part(alias.child(Key::Unknown))
                        }
                        _ => Held::Unknown,
                    };
                    self.bind(part, inner.into());
                }
                if let Held::Part(alias) = &held
                    && alias.is_whole()
                {
                    self.escape_read(alias.place.clone());
                }
            }
            Kind::ListSplatPattern | Kind::ParenthesizedExpression | Kind::AsPatternTarget => {
                target.children().for_each(|inner| self.bind(inner, Held::Unknown.into()));
            }
            _ => {}
        }
    }

    fn bind_name(&mut self, target: Node<'c>, held: Held<'c>) {
        let name = target.text();
        if self.bound_back(target, &held) {
            return;
        }
        let held = match held {
            Held::Expression(node) => self.owned(name, node),
            Held::Test(_, node) if self.scope.changes(name) || self.scope.fills(name) => {
                self.owned(name, node)
            }
            Held::Shape(written) => Held::Shape(loosened(written)),
            held => held,
        };
        self.variables.set(name, held);
    }

    /// What a variable holds that is bound to an expression.
    fn owned(&self, name: &str, node: Node<'c>) -> Held<'c> {
        match node.kind() {
            Kind::Dictionary | Kind::List | Kind::Set | Kind::Call
                if self.scope.changes(name) || self.scope.fills(name) =>
            {
                let written = match node.kind() {
                    Kind::Dictionary => super::values::dict_of(node),
                    _ => self.written(&Held::Expression(node)),
                };
                // Keys that it gets are noted where it gets them.
                Held::Shape(if self.scope.changes(name) { loosened(written) } else { written })
            }
            Kind::List | Kind::Tuple | Kind::Dictionary | Kind::Set => {
                let has_variable = node
                    .descendants()
                    .any(|inner| inner.kind() == Kind::Identifier && self.is_local(inner.text()));
                if has_variable {
                    Held::Shape(self.written(&Held::Expression(node)))
                } else {
                    Held::Expression(node)
                }
            }
            // The names in it may hold something else by the time that it is looked at.
            Kind::String
            | Kind::ConcatenatedString
            | Kind::BinaryOperator
            | Kind::ConditionalExpression => {
                match self.key_of(node, &Held::Expression(node).into()) {
                    Key::Unknown => Held::Shape(self.written(&Held::Expression(node))),
                    key => Held::Key(key),
                }
            }
            _ => Held::Expression(node),
        }
    }

    /// A copy that is bound to the name of what was copied: what was written to it counts.
    fn bound_back(&mut self, target: Node<'c>, held: &Held<'c>) -> bool {
        let copy = match held {
            Held::Copy(copy) => copy,
            Held::Expression(node) => return self.returned_back(target, *node),
            _ => return false,
        };
        let Held::Part(alias) = self.current_of(target) else {
            return false;
        };
        if alias.place != copy.place {
            return false;
        }
        self.write_all(&alias, copy.own.clone());
        true
    }

    /// `context = enrich(context)`: most likely the same again, with something put in or taken out.
    fn returned_back(&mut self, target: Node<'c>, node: Node<'c>) -> bool {
        let Held::Part(alias) = self.current_of(target) else {
            return false;
        };
        if !alias.is_whole() || !is_handed_to(target, node) {
            return false;
        }
        self.access(alias.place, Action::Escape, node.span());
        true
    }

    fn current_of(&self, target: Node<'c>) -> Held<'c> {
        match target.kind() {
            Kind::Identifier => self.lookup(target),
            _ => self.self_attribute(target),
        }
    }

    fn bind_item(&mut self, target: Node<'c>, held: &Held<'c>) {
        let Some(object) = target.child(Field::Value) else {
            return;
        };
        let Some(key_node) = target.child(Field::Subscript) else {
            return;
        };
        let value = self.eval(object);
        match &value.held {
            Held::Part(alias) if key_node.kind() != Kind::Slice => {
                let alias = alias.clone();
                let key = self.key(key_node);
                match held {
                    Held::Function(_) | Held::Method(..) => self.hand_out(held),
                    Held::Part(stored) if stored.is_whole() => self.hand_out(held),
                    _ => {}
                }
                let written = self.written(held);
                self.write(&alias, key, written, key_node.span());
            }
            Held::Copy(copy) if key_node.kind() != Kind::Slice => {
                let mut copy = copy.clone();
                let key = self.key(key_node);
                let written = self.written(held);
                copy.own.push(Own { key, written, span: key_node.span() });
                self.rebind_copy(object, copy);
            }
            Held::Shape(_) => {
                let key = self.key(key_node);
                let name = match key {
                    Key::Text(name) => Some(name),
                    _ => None,
                };
                self.add_keys(object, &[name]);
                self.hand_out(held);
            }
            _ => {
                self.discard(value);
                let key = self.eval(key_node);
                self.discard(key);
                self.hand_out(held);
            }
        }
    }

    fn bind_attribute(&mut self, target: Node<'c>, held: Held<'c>) {
        let (Some(object), Some(attribute)) =
            (target.child(Field::Object), target.child(Field::Attribute))
        else {
            return;
        };
        let value = self.eval(object);
        match &value.held {
            Held::SelfObject => {
                if self.bound_back(target, &held) {
                    return;
                }
                if let Held::Function(_) | Held::Method(..) = held {
                    self.hand_out(&held);
                }
                let root = Root::SelfAttribute(text::name::Name::new(attribute.text()));
                let written = self.written(&held);
                self.access(super::Place::whole(root), Action::Write(written), attribute.span());
                match held {
                    Held::Part(_) | Held::Copy(_) => self.variables.set(target.text(), held),
                    _ => self.variables.unset(target.text()),
                }
            }
            Held::Part(alias) if !alias.is_whole() => {
                let place = alias.place.clone();
                self.discard(value);
                self.access(place, Action::Escape, object.span());
                self.hand_out(&held);
            }
            _ => {
                self.discard(value);
                self.hand_out(&held);
            }
        }
    }
}

/// Whether `target` is an argument of the call `node`.
fn is_handed_to(target: Node<'_>, node: Node<'_>) -> bool {
    let arguments = node.child(Field::Arguments).filter(|_| node.kind() == Kind::Call);
    arguments.into_iter().flat_map(Node::children).any(|argument| {
        let value =
            argument.child(Field::Value).filter(|_| argument.kind() == Kind::KeywordArgument);
        value.unwrap_or(argument).text() == target.text()
    })
}

/// Targets and values of `a, b = x, y`.
fn side_by_side<'c>(left: Node<'c>, right: Node<'c>) -> Option<Vec<(Node<'c>, Node<'c>)>> {
    let many = |node: Node<'_>| {
        matches!(
            node.kind(),
            Kind::PatternList
                | Kind::TuplePattern
                | Kind::ListPattern
                | Kind::ExpressionList
                | Kind::Tuple
                | Kind::List
        )
    };
    if !many(left) || !many(right) {
        return None;
    }
    let splat = |node: &Node<'_>| matches!(node.kind(), Kind::ListSplatPattern | Kind::ListSplat);
    let (targets, values): (Vec<_>, Vec<_>) =
        (left.children().collect(), right.children().collect());
    let plain = !targets.iter().any(splat) && !values.iter().any(splat);
    (plain && targets.len() == values.len()).then(|| targets.into_iter().zip(values).collect())
}
