//! Dicts that a function builds, and the expressions that give them.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::{Given, Reader};
use crate::frameworks::Saying;
use crate::frameworks::langgraph::reader::items;

/// A dict that the function has made.
#[derive(Clone, Default)]
pub(super) struct Dict<'c> {
    /// Where each key is given, and whether that is certain.
    pub(super) keys: Vec<(Node<'c>, bool)>,
    /// Where all of the state is put into it.
    pub(super) whole: Option<Node<'c>>,
    /// Where something is put into it that cannot be followed.
    pub(super) open: Option<Node<'c>>,
}

/// What a local name holds.
#[derive(Clone)]
pub(super) enum Held<'c> {
    /// A dict of its own.
    Dict(Dict<'c>),
    /// What a call gave.
    Call(Node<'c>),
    /// Nothing that is followed.
    Unknown,
}

impl<'c> Dict<'c> {
    pub(super) fn open(at: Node<'c>) -> Dict<'c> {
        Dict { open: Some(at), ..Dict::default() }
    }

    pub(super) fn put(&mut self, key: Node<'c>) {
        self.keys.push((key, true));
    }

    /// All of another dict as well.
    pub(super) fn extend(&mut self, other: Dict<'c>) {
        self.keys.extend(other.keys);
        self.whole = self.whole.or(other.whole);
        self.open = self.open.or(other.open);
    }

    /// What it is where it may be the other dict instead.
    pub(super) fn meet(&mut self, other: &Dict<'c>) {
        for (key, certain) in &mut self.keys {
            *certain &= other.keys.iter().any(|(known, sure)| *sure && known.text() == key.text());
        }
        for (key, _) in &other.keys {
            match self.keys.iter_mut().find(|(known, _)| known == key) {
                Some(_) => {}
                None => {
                    let same =
                        |(known, sure): &(Node<'c>, bool)| *sure && known.text() == key.text();
                    let certain = self.keys.iter().any(same);
                    self.keys.push((*key, certain));
                }
            }
        }
        self.whole = self.whole.or(other.whole);
        self.open = self.open.or(other.open);
    }

    fn maybe(mut self) -> Dict<'c> {
        self.keys.iter_mut().for_each(|(_, certain)| *certain = false);
        self
    }
}

impl<'c> Reader<'c> {
    /// What an expression gives back.
    pub(super) fn given(&self, node: Node<'c>, depth: usize) -> Given<'c> {
        let mut given = Given::default();
        if depth == 0 {
            given.dict = Dict::open(node);
            return given;
        }
        match node.kind() {
            Kind::None | Kind::True | Kind::False | Kind::Integer | Kind::Float => {}
            Kind::String => given.words.push((node, Saying::Plain)),
            Kind::ParenthesizedExpression | Kind::Await => {
                return node.first().map_or(given, |inner| self.given(inner, depth - 1));
            }
            Kind::ConditionalExpression => {
                let mut ways = node.children();
                let (first, other) = (ways.next(), ways.nth(1));
                for way in [first, other].into_iter().flatten() {
                    given.either(self.given(way, depth - 1));
                }
            }
            Kind::Call => return self.called(node, depth),
            Kind::List | Kind::Tuple | Kind::ExpressionList => {
                for item in items(node).unwrap_or_default() {
                    given.and(self.given(item, depth - 1));
                }
            }
            Kind::ListComprehension => {
                // `[Send("work", {...}) for item in items]`
                given.and(
                    node.first().map_or_else(Given::default, |item| self.given(item, depth - 1)),
                );
                given.dict = given.dict.maybe();
            }
            Kind::Attribute => {
                // `END` of a module, or a name of an enum.
                given.words.push((node, Saying::Plain));
                given.dict = Dict::open(node);
            }
            Kind::Identifier
                if !self.names.contains_key(node.text()) && self.state != Some(node.text()) =>
            {
                given.words.push((node, Saying::Plain));
                given.dict = Dict::open(node);
            }
            Kind::Identifier => match self.names.get(node.text()) {
                Some(Held::Call(call)) => given.calls.push(*call),
                _ => given.dict = self.dict(node, depth - 1),
            },
            _ => given.dict = self.dict(node, depth - 1),
        }
        given
    }

    /// The dict that an expression is.
    pub(super) fn dict(&self, node: Node<'c>, depth: usize) -> Dict<'c> {
        let mut dict = Dict::default();
        if depth == 0 {
            return Dict::open(node);
        }
        match node.kind() {
            Kind::Dictionary => {
                for entry in node.children() {
                    match (entry.kind(), entry.child(Field::Key)) {
                        (Kind::DictionarySplat, _) => {
                            let inner = entry.first().unwrap_or(entry);
                            dict.extend(self.dict(inner, depth - 1));
                        }
                        (_, Some(key)) => dict.put(key),
                        _ => dict.open = dict.open.or(Some(entry)),
                    }
                }
            }
            Kind::Identifier
                if self.state == Some(node.text()) && !self.names.contains_key(node.text()) =>
            {
                dict.whole = Some(node);
            }
            Kind::Identifier => match self.names.get(node.text()) {
                Some(Held::Dict(known)) => return known.clone(),
                _ => return Dict::open(node),
            },
            Kind::BinaryOperator => {
                let sides = [node.child(Field::Left), node.child(Field::Right)];
                for side in sides.into_iter().flatten() {
                    dict.extend(self.dict(side, depth - 1));
                }
            }
            Kind::ParenthesizedExpression => {
                return node.first().map_or(dict, |inner| self.dict(inner, depth - 1));
            }
            Kind::ConditionalExpression => {
                let mut ways = node.children();
                let (first, other) = (ways.next(), ways.nth(1));
                if let (Some(first), Some(other)) = (first, other) {
                    dict = self.dict(first, depth - 1);
                    dict.meet(&self.dict(other, depth - 1));
                }
            }
            Kind::Call => return self.dict_of_call(node, depth),
            _ => return Dict::open(node),
        }
        dict
    }

    /// `dict(...)`, `{...}.copy()` and the like.
    fn dict_of_call(&self, node: Node<'c>, depth: usize) -> Dict<'c> {
        let Some(function) = node.child(Field::Function) else { return Dict::open(node) };
        let arguments = node.child(Field::Arguments);
        if function.text() == "dict" {
            return self.arguments(arguments, depth);
        }
        let copied = function
            .child(Field::Object)
            .filter(|_| function.child(Field::Attribute).is_some_and(|name| name.text() == "copy"));
        match copied {
            Some(object) => self.dict(object, depth - 1),
            None => Dict::open(node),
        }
    }

    /// What `dict(...)` or `update(...)` is given.
    pub(super) fn arguments(&self, arguments: Option<Node<'c>>, depth: usize) -> Dict<'c> {
        let mut dict = Dict::default();
        for argument in arguments.into_iter().flat_map(Node::children) {
            match (argument.kind(), argument.child(Field::Name)) {
                (Kind::KeywordArgument, Some(name)) => dict.put(name),
                (Kind::DictionarySplat, _) => {
                    dict.extend(self.dict(argument.first().unwrap_or(argument), depth - 1));
                }
                _ => dict.extend(self.dict(argument, depth - 1)),
            }
        }
        dict
    }

    /// What a call gives back: a `Command`, a `Send`, a dict, or whatever the function gives.
    fn called(&self, node: Node<'c>, depth: usize) -> Given<'c> {
        let mut given = Given::default();
        let Some(function) = node.child(Field::Function) else { return given };
        let last = function.child(Field::Attribute).unwrap_or(function).text();
        let arguments = node.child(Field::Arguments);
        let argument = |position: usize, name: &str| argument(arguments, position, name);
        match last {
            "Command" => {
                given.to_parent =
                    argument(usize::MAX, "graph").is_some_and(|graph| graph.kind() != Kind::None);
                if let Some(update) = argument(usize::MAX, "update") {
                    given.dict = self.update_of(update, depth - 1);
                }
                if let Some(goto) = argument(usize::MAX, "goto") {
                    let words = self.given(goto, depth - 1).words.into_iter();
                    given.words.extend(words.map(|(word, saying)| match saying {
                        Saying::Plain => (word, Saying::Command),
                        saying => (word, saying),
                    }));
                }
            }
            "Send" => given.words.extend(argument(0, "node").map(|node| (node, Saying::Send))),
            "dict" | "copy" => given.dict = self.dict(node, depth),
            _ => given.calls.push(node),
        }
        given
    }

    /// The update of a `Command`: a dict, or pairs of keys and values.
    fn update_of(&self, node: Node<'c>, depth: usize) -> Dict<'c> {
        let Some(pairs) = items(node) else { return self.dict(node, depth) };
        let mut dict = Dict::default();
        for pair in pairs {
            match items(pair).as_deref() {
                Some([key, _]) => dict.put(*key),
                _ => dict.open = Some(pair),
            }
        }
        dict
    }
}

impl<'c> Given<'c> {
    /// What else is given at once.
    fn and(&mut self, other: Given<'c>) {
        self.dict.extend(other.dict);
        self.words.extend(other.words);
        self.calls.extend(other.calls);
        self.to_parent |= other.to_parent;
    }

    /// What is given instead.
    fn either(&mut self, other: Given<'c>) {
        if self.is_nothing() {
            *self = other;
            return;
        }
        self.dict.meet(&other.dict);
        self.words.extend(other.words);
        self.calls.extend(other.calls);
        self.to_parent |= other.to_parent;
    }

    fn is_nothing(&self) -> bool {
        self.dict.keys.is_empty()
            && self.dict.whole.is_none()
            && self.dict.open.is_none()
            && self.words.is_empty()
            && self.calls.is_empty()
    }
}

/// The argument at a position, or with a name.
fn argument<'c>(arguments: Option<Node<'c>>, position: usize, name: &str) -> Option<Node<'c>> {
    let all = || arguments.into_iter().flat_map(Node::children);
    let named = all().find(|argument| {
        argument.kind() == Kind::KeywordArgument
            && argument.child(Field::Name).is_some_and(|own| own.text() == name)
    });
    let value = named.and_then(|argument| argument.child(Field::Value));
    let plain = || all().filter(|argument| argument.kind() != Kind::KeywordArgument).nth(position);
    value.or_else(plain)
}
