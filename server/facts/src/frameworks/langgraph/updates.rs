//! What functions give back: dicts, built in one place or bit by bit, and `Command`s.

use std::collections::BTreeMap;

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::span::Span;

use crate::frameworks::{Action, ReturnedCall, Saying, Target, Update, UpdatedKey, Word};
use crate::places::LocalAnchor;
use crate::python::Constant;
use crate::python::constants::{constant, dotted_name};
use crate::python::scope::visit;
use dicts::{Dict, Held};

mod dicts;
mod statements;

/// How deep expressions are followed.
const DEEPEST: usize = 12;

/// What one `return` gives.
#[derive(Default)]
struct Given<'c> {
    dict: Dict<'c>,
    /// Names of nodes, or what stands for them.
    words: Vec<(Node<'c>, Saying)>,
    calls: Vec<Node<'c>>,
    /// Whether its keys are meant for the workflow around it.
    to_parent: bool,
}

/// Goes through one function.
struct Reader<'c> {
    /// The parameter that the state comes in; there may be none.
    state: Option<&'c str>,
    /// The object that the function is a method of.
    own: Option<&'c str>,
    /// What local names hold.
    names: BTreeMap<&'c str, Held<'c>>,
    returns: Vec<Given<'c>>,
}

/// What a function with this body and these parameters gives back; none where that is nothing.
pub(crate) fn read<'c>(
    block: Node<'c>,
    code: &super::Code<'_, 'c>,
    anchor: &mut dyn FnMut(Span) -> LocalAnchor,
) -> Option<Update> {
    let skipped = usize::from(code.is_method);
    let mut reader = Reader {
        state: code.parameters.get(skipped).copied(),
        own: code.parameters.first().copied().filter(|_| code.is_method),
        names: BTreeMap::new(),
        returns: Vec::new(),
    };
    let falls_through = if block.kind() == Kind::Block {
        reader.block(block)
    } else {
        // The expression of a lambda.
        let given = reader.given(block, DEEPEST);
        reader.returns.push(given);
        false
    };
    // What a generator gives, it gives bit by bit.
    let mut is_generator = false;
    visit(block, &mut |node| is_generator |= node.kind() == Kind::Yield);
    if is_generator {
        let dict = Dict::open(block);
        reader.returns = vec![Given { dict, ..Given::default() }];
    }
    reader.update(falls_through, anchor)
}

impl<'c> Reader<'c> {
    /// All returns together.
    fn update(
        self,
        falls_through: bool,
        anchor: &mut dyn FnMut(Span) -> LocalAnchor,
    ) -> Option<Update> {
        let Reader { returns, own, .. } = self;
        let says = |given: &Given<'_>| {
            !given.dict.keys.is_empty()
                || given.dict.whole.is_some()
                || given.dict.open.is_some()
                || !given.words.is_empty()
                || !given.calls.is_empty()
        };
        if !returns.iter().any(says) {
            return None;
        }
        let mut update = Collected::default();
        for given in &returns {
            for (key, is_certain) in &given.dict.keys {
                let text = constant(*key);
                let everywhere = || {
                    returns.iter().all(|other| {
                        let mut keys = other.dict.keys.iter();
                        keys.any(|(known, certain)| *certain && constant(*known) == text)
                    })
                };
                let must = *is_certain && !falls_through && everywhere();
                update.key(*key, must, given.to_parent);
            }
            update.whole = update.whole.or(given.dict.whole);
            update.open = update.open.or(given.dict.open);
            update.words.extend(&given.words);
            update.calls.extend(&given.calls);
        }
        Some(update.finish(own, anchor))
    }
}

/// Nodes that become an [`Update`].
#[derive(Default)]
struct Collected<'c> {
    keys: Vec<(Node<'c>, bool, bool)>,
    whole: Option<Node<'c>>,
    open: Option<Node<'c>>,
    words: Vec<(Node<'c>, Saying)>,
    calls: Vec<Node<'c>>,
}

impl<'c> Collected<'c> {
    /// One place is one key, however many returns come by it.
    fn key(&mut self, key: Node<'c>, must: bool, to_parent: bool) {
        match self.keys.iter_mut().find(|(known, ..)| *known == key) {
            Some((_, known_must, known_parent)) => {
                *known_must |= must;
                *known_parent &= to_parent;
            }
            None => self.keys.push((key, must, to_parent)),
        }
    }

    fn finish(mut self, own: Option<&str>, anchor: &mut dyn FnMut(Span) -> LocalAnchor) -> Update {
        self.keys.sort_by_key(|(key, ..)| key.span().start);
        self.words.sort_by_key(|(word, _)| word.span().start);
        self.words.dedup();
        self.calls.sort_by_key(|call| call.span().start);
        self.calls.dedup();
        let key = |(node, must, to_parent): &(Node<'c>, bool, bool), at| UpdatedKey {
            key: key_constant(*node),
            must: *must,
            to_parent: *to_parent,
            at,
        };
        Update {
            keys: self.keys.iter().map(|one| key(one, anchor(one.0.span()))).collect(),
            calls: self
                .calls
                .iter()
                .map(|call| ReturnedCall { callee: callee(*call, own), at: anchor(call.span()) })
                .collect(),
            whole: self.whole.map(|node| anchor(node.span())),
            open: self.open.map(|node| anchor(node.span())),
            words: self
                .words
                .iter()
                .map(|(word, saying)| Word {
                    target: Target { name: constant(*word), at: anchor(word.span()) },
                    saying: *saying,
                })
                .collect(),
        }
    }
}

/// A key: a literal, a name, or the name of a keyword.
fn key_constant(node: Node<'_>) -> Constant {
    if node.kind() == Kind::Identifier && node.field() == Field::Name {
        return super::expressions::text_constant(node.text());
    }
    constant(node)
}

/// What a call calls, as far as it is one function whatever went before.
fn callee(call: Node<'_>, own: Option<&str>) -> Action {
    let Some(function) = call.child(Field::Function) else { return Action::Unknown };
    let object = function.child(Field::Object);
    match (object, function.child(Field::Attribute)) {
        (Some(object), Some(name)) if Some(object.text()) == own => {
            Action::SelfMethod(text::name::Name::new(name.text()))
        }
        _ => dotted_name(function).map_or(Action::Unknown, Action::Name),
    }
}

#[cfg(test)]
mod tests;
