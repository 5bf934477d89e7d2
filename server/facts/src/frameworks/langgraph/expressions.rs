//! What an expression stands for: a builder, a function, a name.

use contracts::value::Value;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

use super::is_builder;
use super::reader::{Bound, Reader, items};
use crate::frameworks::{Action, Origin, Step};
use crate::python::Constant;
use crate::python::constants::{constant, dotted_name};

/// Names that lead to names, and calls in calls, are followed so far.
const DEEPEST: usize = 12;

/// How many rounds of a loop are read.
const MOST_ROUNDS: usize = 200;

/// Classes that wrap a function without changing what it is given and gives.
const WRAPPERS: [&str; 2] = ["RunnableLambda", "RunnableCallable"];

impl<'c> Reader<'_, 'c> {
    /// What the expression gives; whatever it draws on the way is noted.
    pub(super) fn value(&mut self, node: Node<'c>) -> Bound<'c> {
        match node.kind() {
            Kind::Identifier => self.named(node.text(), node),
            Kind::Attribute if self.is_own(node) => self.named(node.text(), node),
            Kind::ParenthesizedExpression | Kind::Await => {
                node.first().map_or(Bound::Unknown, |inner| self.value(inner))
            }
            Kind::Call => self.call(node),
            Kind::Lambda => Bound::Value(node),
            Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictionaryComprehension
            | Kind::GeneratorExpression => {
                self.open_named_in(node);
                Bound::Unknown
            }
            _ => {
                for child in node.children() {
                    self.value(child);
                }
                Bound::Value(node)
            }
        }
    }

    fn named(&mut self, name: &str, node: Node<'c>) -> Bound<'c> {
        self.names.get(name).copied().unwrap_or(Bound::Value(node))
    }

    fn call(&mut self, node: Node<'c>) -> Bound<'c> {
        let Some(function) = node.child(Field::Function) else { return Bound::Unknown };
        if is_builder(function) {
            return self.made(node, function);
        }
        if let Some((object, method)) = method(function) {
            match self.value(object) {
                Bound::Builder(builder) => return self.on_builder(builder, method, node),
                // `graph.compile().with_config(...)`
                Bound::Workflow(builder) if method.text().starts_with("with_") => {
                    return Bound::Workflow(builder);
                }
                _ if super::METHODS.contains(&method.text()) => {
                    if let Some(builder) = self.builder_elsewhere(object) {
                        return self.on_builder(builder, method, node);
                    }
                }
                _ => {}
            }
        }
        self.hand_out(node, function);
        Bound::Value(node)
    }

    /// What a method of a builder gives.
    fn on_builder(&mut self, builder: usize, method: Node<'c>, call: Node<'c>) -> Bound<'c> {
        match method.text() {
            "compile" => Bound::Workflow(builder),
            name if super::METHODS.contains(&name) => {
                self.draw(builder, name, call);
                Bound::Builder(builder)
            }
            "validate" => Bound::Builder(builder),
            _ => Bound::Unknown,
        }
    }

    fn made(&mut self, node: Node<'c>, function: Node<'c>) -> Bound<'c> {
        let class = if function.kind() == Kind::Subscript {
            function.child(Field::Value).and_then(dotted_name)
        } else {
            dotted_name(function)
        };
        let Some(class) = class else { return Bound::Unknown };
        let schemas = self.schemas(node);
        Bound::Builder(self.builder(Origin::Made { class, schemas, kept: None }, node))
    }

    /// The builder that another function has made.
    fn builder_elsewhere(&mut self, object: Node<'c>) -> Option<usize> {
        let origin = match (object.kind(), self.names.get(object.text())) {
            (Kind::Identifier, Some(Bound::Parameter(index))) => Origin::Parameter(*index),
            (Kind::Attribute, None) if self.is_own(object) => {
                Origin::SelfAttribute(Name::new(object.child(Field::Attribute)?.text()))
            }
            _ => return None,
        };
        let builder = self.builder(origin, object);
        self.names.insert(object.text(), Bound::Builder(builder));
        Some(builder)
    }

    /// Notes which builders a call is given.
    fn hand_out(&mut self, node: Node<'c>, function: Node<'c>) {
        let Some(arguments) = node.child(Field::Arguments) else { return };
        for (position, argument) in (0..).zip(arguments.children()) {
            let is_plain = !matches!(
                argument.kind(),
                Kind::KeywordArgument | Kind::ListSplat | Kind::DictionarySplat
            );
            let given = argument.child(Field::Value).filter(|_| !is_plain).unwrap_or(argument);
            if let Bound::Builder(builder) = self.value(given) {
                let step = if is_plain {
                    Step::Handed(self.action(function, DEEPEST), position)
                } else {
                    Step::Open
                };
                self.step(builder, step);
            }
        }
    }

    /// A comprehension may do anything with the builders that it names.
    fn open_named_in(&mut self, node: Node<'c>) {
        for inner in node.descendants() {
            if let Some(Bound::Builder(builder)) = self.names.get(inner.text()).copied() {
                self.step(builder, Step::Open);
            }
        }
    }

    /// What runs where the expression is given for a node or a router.
    pub(super) fn action(&mut self, node: Node<'c>, depth: usize) -> Action {
        if depth == 0 {
            return Action::Unknown;
        }
        match node.kind() {
            Kind::Identifier => self.bound_action(node, depth),
            Kind::Attribute => self.attribute_action(node, depth),
            Kind::ParenthesizedExpression => {
                node.first().map_or(Action::Unknown, |inner| self.action(inner, depth - 1))
            }
            Kind::Lambda => {
                let found = (self.code.function_at)(node.span());
                found.map_or(Action::Unknown, |(index, _)| Action::Function(index))
            }
            Kind::Call => self.call_action(node, depth),
            Kind::Subscript => match self.picked(node) {
                Some(value) => self.action(value, depth - 1),
                None => Action::Unknown,
            },
            _ => Action::Unknown,
        }
    }

    fn bound_action(&mut self, node: Node<'c>, depth: usize) -> Action {
        match self.names.get(node.text()).copied() {
            None => dotted_name(node).map_or(Action::Unknown, Action::Name),
            Some(Bound::Function(index)) => Action::Function(index),
            Some(Bound::Workflow(builder) | Bound::Builder(builder)) => {
                Action::Workflow(u32::try_from(builder).unwrap_or(u32::MAX))
            }
            Some(Bound::Value(value)) if value == node => {
                dotted_name(node).map_or(Action::Unknown, Action::Name)
            }
            Some(Bound::Value(value)) => self.action(value, depth - 1),
            Some(Bound::Parameter(_) | Bound::Unknown) => Action::Unknown,
        }
    }

    fn attribute_action(&mut self, node: Node<'c>, depth: usize) -> Action {
        let Some((object, name)) = method(node) else { return Action::Unknown };
        let name = Name::new(name.text());
        if self.is_own(node) {
            return match self.names.get(node.text()) {
                Some(_) => self.bound_action(node, depth),
                None => Action::SelfMethod(name),
            };
        }
        let root = root(node);
        match root.map(|root| self.names.contains_key(root.text())) {
            Some(false) => dotted_name(node).map_or(Action::Unknown, Action::Name),
            _ => match self.action(object, depth - 1) {
                Action::Unknown => Action::Unknown,
                object => Action::Method(Box::new(object), name),
            },
        }
    }

    fn call_action(&mut self, node: Node<'c>, depth: usize) -> Action {
        let Some(function) = node.child(Field::Function) else { return Action::Unknown };
        if let Bound::Builder(builder) | Bound::Workflow(builder) = self.value(node) {
            return Action::Workflow(u32::try_from(builder).unwrap_or(u32::MAX));
        }
        let last = method(function).map_or(function, |(_, name)| name).text();
        let arguments = node.child(Field::Arguments);
        let first = arguments.and_then(Node::first);
        let first = first.filter(|first| first.kind() != Kind::KeywordArgument);
        match (last, first) {
            ("partial", Some(first)) => {
                let given = arguments.map_or(0, |given| {
                    given.children().filter(|given| given.kind() != Kind::KeywordArgument).count()
                });
                let given = u32::try_from(given.saturating_sub(1)).unwrap_or(u32::MAX);
                match self.action(first, depth - 1) {
                    Action::Unknown => Action::Unknown,
                    action => Action::Partial(Box::new(action), given),
                }
            }
            (wrapper, Some(first)) if WRAPPERS.contains(&wrapper) => self.action(first, depth - 1),
            _ => match self.action(function, depth - 1) {
                Action::Unknown => Action::Unknown,
                made => Action::Made(Box::new(made)),
            },
        }
    }

    /// The value that a literal key picks out of a dict that stands in the same code.
    fn picked(&mut self, node: Node<'c>) -> Option<Node<'c>> {
        let dict = self.settled(node.child(Field::Value)?, DEEPEST)?;
        let key = self.constant(node.child(Field::Subscript)?);
        let entries = dict.children().filter(|_| dict.kind() == Kind::Dictionary);
        let found =
            entries.filter(|entry| entry.child(Field::Key).is_some_and(|own| constant(own) == key));
        let mut found = found.filter_map(|entry| entry.child(Field::Value));
        found.next().filter(|_| key != Constant::Unknown)
    }

    /// The text or name that an expression is known to be.
    pub(super) fn constant(&mut self, node: Node<'c>) -> Constant {
        match self.settled(node, DEEPEST) {
            Some(settled) => constant(settled),
            None => Constant::Unknown,
        }
    }

    /// The expression that a local name stands for, or the node itself.
    pub(super) fn settled(&mut self, node: Node<'c>, depth: usize) -> Option<Node<'c>> {
        let root = root(node).unwrap_or(node);
        let text = if self.is_own(node) { node.text() } else { root.text() };
        match self.names.get(text).copied() {
            None => Some(node),
            Some(Bound::Value(value)) if value == node => Some(node),
            Some(Bound::Value(value)) if root == node && depth > 0 => {
                self.settled(value, depth - 1)
            }
            Some(_) => None,
        }
    }

    /// What a loop over the expression binds in each of its rounds; none where that is not known.
    pub(super) fn rounds(&mut self, over: Node<'c>) -> Option<Vec<Vec<Node<'c>>>> {
        let over = self.settled(over, DEEPEST)?;
        let rounds = if let Some(items) = items(over) {
            let round = |item: Node<'c>| match item.kind() {
                Kind::Tuple => item.children().collect(),
                _ => vec![item],
            };
            items.into_iter().map(round).collect()
        } else if over.kind() == Kind::Dictionary {
            entries(over)?.into_iter().map(|(key, _)| vec![key]).collect()
        } else {
            let (object, name) = method(over.child(Field::Function)?)?;
            let dict = self.settled(object, DEEPEST)?;
            let entries = entries(dict)?;
            let round = |(key, value): (Node<'c>, Node<'c>)| match name.text() {
                "items" => Some(vec![key, value]),
                "keys" => Some(vec![key]),
                "values" => Some(vec![value]),
                _ => None,
            };
            entries.into_iter().map(round).collect::<Option<Vec<_>>>()?
        };
        (rounds.len() <= MOST_ROUNDS).then_some(rounds)
    }
}

/// The entries of a dict display, if it says all.
fn entries(node: Node<'_>) -> Option<Vec<(Node<'_>, Node<'_>)>> {
    if node.kind() != Kind::Dictionary {
        return None;
    }
    node.children().map(|pair| Some((pair.child(Field::Key)?, pair.child(Field::Value)?))).collect()
}

/// The object and the name of an attribute.
pub(super) fn method(node: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let node = (node.kind() == Kind::Attribute).then_some(node)?;
    Some((node.child(Field::Object)?, node.child(Field::Attribute)?))
}

/// The name that a dotted name begins with.
fn root(node: Node<'_>) -> Option<Node<'_>> {
    match node.kind() {
        Kind::Identifier => Some(node),
        Kind::Attribute => root(node.child(Field::Object)?),
        _ => None,
    }
}

/// A text as a constant.
pub(super) fn text_constant(text: &str) -> Constant {
    Constant::Literal(Value::Text(Name::new(text)))
}
