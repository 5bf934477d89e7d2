//! Expressions to effects and values.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::body::Body;
use super::held::{Alias, Held, Pending, Value, with_fallback};
use super::literals::literal;
use super::objects::Making;
use super::presence::{Known, is_test};
use super::{Action, Key, Place, Root};

impl<'c> Body<'_, 'c> {
    /// Evaluates an expression.
    pub(super) fn eval(&mut self, node: Node<'c>) -> Value<'c> {
        match node.kind() {
            Kind::Identifier => self.lookup(node).into(),
            Kind::String | Kind::ConcatenatedString => self.text(node),
            Kind::Subscript => self.subscript(node),
            Kind::Attribute => self.attribute(node),
            Kind::Call => self.call(node),
            Kind::BooleanOperator => self.boolean(node),
            Kind::ConditionalExpression => self.conditional(node),
            Kind::ComparisonOperator | Kind::NotOperator => self.tested(node),
            Kind::BinaryOperator => self.binary(node),
            Kind::NamedExpression => self.walrus(node),
            Kind::Dictionary => self.dictionary(node),
            Kind::List | Kind::Tuple | Kind::Set | Kind::ExpressionList => {
                self.store_children(node);
                Held::Expression(node).into()
            }
            Kind::ListComprehension | Kind::SetComprehension => self.collected(node),
            Kind::DictionaryComprehension | Kind::GeneratorExpression => {
                self.comprehension(node);
                Held::Expression(node).into()
            }
            Kind::Lambda => self.lambda(node),
            // The parser takes `[*context["x"]]` for a part of `*context`.
            Kind::ParenthesizedExpression | Kind::Await | Kind::ListSplat => match node.first() {
                Some(inner) => self.eval(inner),
                None => Value::unknown(),
            },
            Kind::Yield => {
                self.store_children(node);
                Value::unknown()
            }
            Kind::Integer | Kind::Float | Kind::True | Kind::False | Kind::None => {
                Held::Expression(node).into()
            }
            Kind::Assignment => self.assignment(node).into(),
            Kind::TooDeep | Kind::Type => Value::unknown(),
            _ => {
                for child in node.children() {
                    let value = self.eval(child);
                    self.read_whole(value);
                }
                if node.kind() == Kind::UnaryOperator {
                    Held::Expression(node)
                } else {
                    Held::Unknown
                }
                .into()
            }
        }
    }

    /// Makes the read that a value stands for, and forgets the value.
    pub(super) fn discard(&mut self, value: Value<'c>) {
        self.settle(value);
    }

    /// A place handed to code that reads anything in it.
    pub(super) fn escape_read(&mut self, place: Place) {
        let span = self.current;
        self.access(place, Action::EscapeRead, span);
    }

    /// A value that is kept somewhere: from there, anything may happen to it.
    pub(super) fn hand_out(&mut self, held: &Held<'c>) {
        match held {
            Held::Part(alias) => {
                let (place, span) = (alias.place.clone(), self.current);
                self.access(place, Action::Escape, span);
            }
            Held::Method(alias, _) => self.escape_read(alias.place.clone()),
            Held::Copy(copy) => self.escape_read(copy.place.clone()),
            Held::Function(index) => self.let_go(*index),
            _ => {}
        }
    }

    /// Evaluates what is kept in a structure.
    pub(super) fn store(&mut self, node: Node<'c>) {
        let value = self.eval(node);
        self.current = node.span();
        if node.kind() == Kind::ListSplat {
            return self.read_whole(value);
        }
        let held = self.settle(value);
        self.hand_out(&held);
    }

    pub(super) fn store_children(&mut self, node: Node<'c>) {
        node.children().for_each(|child| self.store(child));
    }

    fn text(&mut self, node: Node<'c>) -> Value<'c> {
        for part in node.children() {
            match part.kind() {
                Kind::Interpolation => {
                    for inner in part.children() {
                        let value = self.eval(inner);
                        self.current = inner.span();
                        self.read_whole(value);
                    }
                }
                Kind::String => {
                    self.text(part);
                }
                _ => {}
            }
        }
        Held::Expression(node).into()
    }

    fn subscript(&mut self, node: Node<'c>) -> Value<'c> {
        let Some(object) = node.child(Field::Value) else {
            return Value::unknown();
        };
        let value = self.eval(object);
        let mut keys = node.children().filter(|child| child.field() == Field::Subscript);
        let Some(key_node) = keys.next() else {
            return Value::unknown();
        };
        if let Some(second) = keys.next() {
            self.discard(value);
            for key in [key_node, second].into_iter().chain(keys) {
                let key = self.eval(key);
                self.discard(key);
            }
            return Value::unknown();
        }
        if !matches!(value.held, Held::Part(_) | Held::Copy(_)) {
            self.discard(value);
            let key = self.eval(key_node);
            self.discard(key);
            return Value::unknown();
        }
        if key_node.kind() == Kind::Slice {
            let held = self.settle(value);
            let bounds = self.eval(key_node);
            self.discard(bounds);
            return held.into();
        }
        let key = self.key(key_node);
        let held = self.led_through(value, &key);
        self.item(held, key, Action::ReadHard, key_node.span())
    }

    /// What leads to one of its parts. Where the key is written out that reads the part alone, and
    /// else what holds the part is the last that has a name.
    pub(super) fn led_through(&mut self, value: Value<'c>, key: &Key) -> Held<'c> {
        match key {
            Key::Text(_) => value.held,
            _ => self.settle(value),
        }
    }

    /// A part of a part, which is read unless it turns out to lead further.
    pub(super) fn item(
        &mut self,
        held: Held<'c>,
        key: Key,
        action: Action,
        span: text::span::Span,
    ) -> Value<'c> {
        let held = match held {
            Held::Part(alias) => {
                let action = soften(&alias, action);
                return Value {
                    held: Held::Part(alias.child(key)),
                    pending: Some(Pending { action, span }),
                };
            }
            Held::Copy(copy) if copy.owns(&key) => return Value::unknown(),
            Held::Copy(mut copy) => {
                copy.place = copy.place.child(key);
                copy.own.clear();
                if copy.deep { Held::Copy(copy) } else { Held::Part(Alias::of(copy.place)) }
            }
            _ => return Value::unknown(),
        };
        Value { held, pending: Some(Pending { action, span }) }
    }

    fn attribute(&mut self, node: Node<'c>) -> Value<'c> {
        let Some(object) = node.child(Field::Object) else {
            return Value::unknown();
        };
        let value = match self.object(object) {
            Making::Object(made) => {
                let name = node.child(Field::Attribute).map_or("", Node::text);
                self.use_member(node, made, name, false);
                return Held::Expression(node).into();
            }
            Making::Plain => Held::Expression(object).into(),
            Making::No => self.eval(object),
        };
        match &value.held {
            Held::SelfObject => self.self_attribute(node).into(),
            // Another attribute of what may be the module's.
            Held::Expression(_) => Held::Expression(node).into(),
            Held::Part(alias) if value.pending.is_none() => {
                let name = node.child(Field::Attribute).map_or("", Node::text);
                if super::methods::is_dict_method(name) {
                    return Held::Method(alias.clone(), name).into();
                }
                Value::unknown()
            }
            _ => {
                self.discard(value);
                Value::unknown()
            }
        }
    }

    /// What an attribute of `self` holds.
    pub(super) fn self_attribute(&self, node: Node<'c>) -> Held<'c> {
        let known = self.variables.get(node.text()).or_else(|| self.captured.get(node.text()));
        if let Some(held) = known {
            return held.clone();
        }
        let name = node.child(Field::Attribute).map_or("", Node::text);
        let root = Root::SelfAttribute(text::name::Name::new(name));
        Held::Part(Alias::of(Place::whole(root)))
    }

    fn binary(&mut self, node: Node<'c>) -> Value<'c> {
        let (Some(left), Some(right)) = (node.child(Field::Left), node.child(Field::Right)) else {
            return Value::unknown();
        };
        let merges = node.child(Field::Operator).is_some_and(|operator| operator.text() == "|");
        let value = self.eval(left);
        if merges && matches!(value.held, Held::Part(_) | Held::Copy(_)) {
            let copied = self.copy_of(value, false);
            let own = self.spread(right);
            let Some(mut copy) = copied else {
                return Value::unknown();
            };
            copy.own.extend(own);
            return Held::Copy(copy).into();
        }
        let format = value.held.clone();
        self.current = left.span();
        self.read_whole(value);
        let other = self.eval(right);
        let formats = node.child(Field::Operator).is_some_and(|operator| operator.text() == "%");
        if formats && self.fill_percent(&format, &other, right.span()) {
            return Held::Expression(node).into();
        }
        self.current = right.span();
        self.read_whole(other);
        Held::Expression(node).into()
    }

    /// `a or b`, `a and b` as values.
    fn boolean(&mut self, node: Node<'c>) -> Value<'c> {
        let (Some(left), Some(right)) = (node.child(Field::Left), node.child(Field::Right)) else {
            return Value::unknown();
        };
        if is_test(left) {
            return self.tested(node);
        }
        if node.child(Field::Operator).is_some_and(|operator| operator.text() == "and") {
            let test = self.condition(left);
            let guarded = self.capture(|body| {
                body.assume(&test.when_true);
                let known = body.out.len();
                let value = body.eval(right);
                body.settle(value);
                if body.out.len() == known {
                    body.out.clear();
                }
            });
            self.maybe(guarded);
            return Value::unknown();
        }
        self.fallback(node, left, right)
    }

    /// `left or right`
    fn fallback(&mut self, node: Node<'c>, left: Node<'c>, right: Node<'c>) -> Value<'c> {
        let mut value = self.eval(left);
        let default = literal(right);
        if let Some(pending) = &mut value.pending
            && pending.action == Action::ReadSoft
        {
            *pending = Pending {
                action: Action::ReadDefaulted(default.clone().map(Box::new)),
                span: node.span(),
            };
        }
        // A fresh literal does nothing, so the read may still turn out to lead further.
        if let (Some(_), Held::Part(alias)) = (default, &value.held) {
            let held = with_fallback(alias.clone(), right);
            if matches!(held, Held::Part(_)) {
                return Value { held, pending: value.pending };
            }
        }
        let first = self.settle(value);
        let mut second = Held::Unknown;
        let other = self.capture(|body| {
            let value = body.eval(right);
            second = body.settle(value);
        });
        self.maybe(other);
        match (first, second) {
            (Held::Part(alias), Held::Expression(node)) => with_fallback(alias, node).into(),
            // Neither is known to be fresh; both may be names of something.
            (Held::Part(alias), Held::Unknown) if !alias.is_whole() => {
                Held::Part(Alias { fallback: super::held::Fallback::Other, ..alias }).into()
            }
            // `context or {}`
            _ => Value::unknown(),
        }
    }

    fn conditional(&mut self, node: Node<'c>) -> Value<'c> {
        let parts: Vec<Node<'c>> = node.children().collect();
        let [yes, condition, no] = parts.as_slice() else {
            return Value::unknown();
        };
        let test = self.condition(*condition);
        let mut fork = self.fork();
        let [mut left, mut right] = [Held::Unknown, Held::Unknown];
        self.arm(&mut fork, |body| left = body.chosen(&test.when_true, *yes));
        self.arm(&mut fork, |body| right = body.chosen(&test.when_false, *no));
        self.join(fork);
        match (left, right) {
            (Held::Expression(_), Held::Expression(_)) => Held::Expression(node).into(),
            (left, right) => super::held::join(left, right).into(),
        }
    }

    fn chosen(&mut self, known: &[Known], node: Node<'c>) -> Held<'c> {
        self.assume(known);
        let before = self.out.len();
        let value = self.eval(node);
        let held = self.settle(value);
        // What is known matters to nobody where nothing is done.
        if self.out.len() == before {
            self.out.clear();
        }
        held
    }

    fn walrus(&mut self, node: Node<'c>) -> Value<'c> {
        let (Some(name), Some(value)) = (node.child(Field::Name), node.child(Field::Value)) else {
            return Value::unknown();
        };
        let value = self.eval(value);
        let held = self.settle(value);
        self.bind(name, held.into());
        self.lookup(name).into()
    }

    fn lambda(&mut self, node: Node<'c>) -> Value<'c> {
        self.defaults(node);
        Held::Function(self.nested(node, None)).into()
    }
}

/// A read through a name that may stand for something else does not fail for the place's absence.
fn soften(alias: &Alias, action: Action) -> Action {
    match (action, alias.fallback) {
        (Action::ReadHard, super::held::Fallback::Other) => Action::ReadSoft,
        (action, _) => action,
    }
}
