//! Dict displays and comprehensions.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::span::Span;

use super::body::Body;
use super::held::{CopyOf, Held, Own, Value};
use super::presence::Test;
use super::{Effect, Key, Rounds, Written};

impl<'c> Body<'_, 'c> {
    /// `{...}` with `key: value` and `**other`.
    pub(super) fn dictionary(&mut self, node: Node<'c>) -> Value<'c> {
        let mut copied: Option<CopyOf> = None;
        for entry in node.children() {
            if entry.kind() == Kind::DictionarySplat {
                let Some(inner) = entry.first() else { continue };
                let value = self.eval(inner);
                self.current = inner.span();
                let splat = self.copy_of(value, false);
                match (&mut copied, splat) {
                    // Later ones write over it with keys that nobody knows.
                    (Some(copy), _) => copy.own.push(unknown_own(inner.span())),
                    (None, splat) => copied = splat,
                }
                continue;
            }
            let own = self.entry(entry);
            if let (Some(copy), Some(own)) = (&mut copied, own) {
                copy.own.push(own);
            }
        }
        match copied {
            Some(copy) => Held::Copy(copy).into(),
            None => Held::Expression(node).into(),
        }
    }

    /// Reads `key: value`; a part that is kept in a dict may be changed through it.
    fn entry(&mut self, entry: Node<'c>) -> Option<Own> {
        let (key, value) = (entry.child(Field::Key)?, entry.child(Field::Value)?);
        let span = key.span();
        let key = self.key(key);
        let written = self.stored(value);
        Some(Own { key, written, span })
    }

    /// Evaluates a value that is kept, and gives what is known of it.
    pub(super) fn stored(&mut self, node: Node<'c>) -> Written {
        let value = self.eval(node);
        let held = self.settle(value);
        self.current = node.span();
        self.hand_out(&held);
        self.written(&held)
    }

    /// The entries of a dict display or of `dict(...)` arguments, as writes to be made.
    pub(super) fn entries(&mut self, nodes: impl Iterator<Item = Node<'c>>) -> Vec<Own> {
        let mut own = Vec::new();
        for node in nodes {
            match node.kind() {
                Kind::Pair => own.extend(self.entry(node)),
                Kind::KeywordArgument => {
                    let parts = (node.child(Field::Name), node.child(Field::Value));
                    let (Some(name), Some(value)) = parts else {
                        continue;
                    };
                    let written = self.stored(value);
                    let key = Key::Text(text::name::Name::new(name.text()));
                    own.push(Own { key, written, span: name.span() });
                }
                Kind::DictionarySplat => {
                    let Some(inner) = node.first() else { continue };
                    own.extend(self.spread(inner));
                }
                _ => {}
            }
        }
        own
    }

    /// What all the entries of another dict come to, as writes.
    pub(super) fn spread(&mut self, node: Node<'c>) -> Vec<Own> {
        if node.kind() == Kind::Dictionary {
            return self.entries(node.children());
        }
        let span = node.span();
        let value = self.eval(node);
        self.current = span;
        let held = self.settle(value);
        let own = |names: &[text::name::Name], others: bool| {
            let named = names.iter().map(|name| Own {
                key: Key::Text(*name),
                written: Written::Unknown,
                span,
            });
            named.chain(others.then(|| unknown_own(span))).collect()
        };
        match &held {
            Held::Part(_) | Held::Copy(_) => {
                self.read_whole(held.into());
                vec![unknown_own(span)]
            }
            held => match self.shape(held) {
                Written::Dict(names, others) => own(&names, others),
                Written::Literal(literal) => own_of_literal(*literal, span),
                _ => vec![unknown_own(span)],
            },
        }
    }

    /// A copy of what a value holds, where that is followed.
    pub(super) fn copy_of(&mut self, value: Value<'c>, deep: bool) -> Option<CopyOf> {
        match self.settle(value) {
            Held::Part(alias) => Some(CopyOf { place: alias.place, deep, own: Vec::new() }),
            Held::Copy(copy) => Some(CopyOf { deep: copy.deep || deep, ..copy }),
            _ => None,
        }
    }

    /// Any comprehension, and a generator, which is taken as used up where it stands. Gives what
    /// its condition shows of one round, if that alone decides whether the round is kept.
    pub(super) fn comprehension(&mut self, node: Node<'c>) -> Test {
        let clauses = clauses_of(node);
        let mark = self.variables.mark();
        let test = self.clauses(node, &clauses, &mut |body, element| {
            match element.kind() {
                Kind::Pair => body.store_children(element),
                _ => body.store(element),
            }
            Test::default()
        });
        self.variables.back(mark);
        let first_condition = clauses.iter().position(|clause| clause.kind() == Kind::IfClause);
        let decides = first_condition.is_some_and(|first| first + 1 == clauses.len());
        if decides { test } else { Test::default() }
    }

    /// A comprehension whose element is a condition; gives what it shows in one round, unless some
    /// rounds are left out.
    pub(super) fn comprehension_of_tests(&mut self, node: Node<'c>) -> Test {
        let clauses = clauses_of(node);
        let mark = self.variables.mark();
        let mut each = Test::default();
        self.clauses(node, &clauses, &mut |body, element| {
            each = body.condition(element);
            Test::default()
        });
        self.variables.back(mark);
        let all_rounds = clauses.iter().all(|clause| clause.kind() != Kind::IfClause);
        if all_rounds { each } else { Test::default() }
    }

    fn clauses(
        &mut self,
        node: Node<'c>,
        clauses: &[Node<'c>],
        read: &mut dyn FnMut(&mut Self, Node<'c>) -> Test,
    ) -> Test {
        let Some((clause, rest)) = clauses.split_first() else {
            return match node.child(Field::Body) {
                Some(element) => read(self, element),
                None => Test::default(),
            };
        };
        if clause.kind() == Kind::IfClause {
            let Some(condition) = clause.first() else {
                return Test::default();
            };
            let test = self.condition(condition);
            let guarded = self.capture(|body| {
                body.assume(&test.when_true);
                let known = body.out.len();
                body.clauses(node, rest, read);
                if body.out.len() == known {
                    body.out.clear();
                }
            });
            self.maybe(guarded);
            return test;
        }
        let (Some(left), Some(right)) = (clause.child(Field::Left), clause.child(Field::Right))
        else {
            return Test::default();
        };
        let items = self.items(right);
        let rounds = items.rounds();
        let mut test = Test::default();
        let body = self.capture(|body| {
            body.bind_items(left, items.each);
            test = body.clauses(node, rest, read);
        });
        self.emit_loop(body, rounds);
        test
    }

    /// Adds a loop, if anything is repeated.
    pub(super) fn emit_loop(&mut self, body: Effect, rounds: Rounds) {
        let idle = match &body {
            Effect::Break | Effect::Continue => true,
            body => super::body::is_nothing(body),
        };
        if !idle {
            self.emit(Effect::Loop { body: Box::new(body), rounds });
        }
    }
}

/// The entries that a literal, which is written at `span`, brings along.
fn own_of_literal(literal: contracts::value::Value, span: Span) -> Vec<Own> {
    use contracts::value::Value;
    let Value::Map(entries) = literal else {
        return vec![unknown_own(span)];
    };
    let own = |(key, value)| match key {
        Value::Text(name) => {
            Own { key: Key::Text(name), written: Written::Literal(Box::new(value)), span }
        }
        _ => unknown_own(span),
    };
    entries.into_iter().map(own).collect()
}

fn clauses_of(node: Node<'_>) -> Vec<Node<'_>> {
    node.children()
        .filter(|child| matches!(child.kind(), Kind::ForInClause | Kind::IfClause))
        .collect()
}

/// A key that is not known.
pub(super) fn unknown_own(span: Span) -> Own {
    Own { key: Key::Unknown, written: Written::Unknown, span }
}
