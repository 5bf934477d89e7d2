//! Dict displays and comprehensions.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::span::Span;

use super::body::Body;
use super::held::{CopyOf, Held, Own, Value};
use super::{Effect, Key, Written};

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
                    own.push(Own {
                        key,
                        written,
                        span: name.span(),
                    });
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
            Held::Part(alias) => Some(CopyOf {
                place: alias.place,
                deep,
                own: Vec::new(),
            }),
            Held::Copy(copy) => Some(CopyOf {
                deep: copy.deep || deep,
                ..copy
            }),
            _ => None,
        }
    }

    /// Any comprehension, and a generator, which is taken as used up where it stands.
    pub(super) fn comprehension(&mut self, node: Node<'c>) {
        let clauses: Vec<Node<'c>> = node
            .children()
            .filter(|child| matches!(child.kind(), Kind::ForInClause | Kind::IfClause))
            .collect();
        let mark = self.variables.mark();
        self.clauses(node, &clauses);
        self.variables.back(mark);
    }

    fn clauses(&mut self, node: Node<'c>, clauses: &[Node<'c>]) {
        let Some((clause, rest)) = clauses.split_first() else {
            let Some(element) = node.child(Field::Body) else {
                return;
            };
            match element.kind() {
                Kind::Pair => self.store_children(element),
                _ => self.store(element),
            }
            return;
        };
        if clause.kind() == Kind::IfClause {
            let Some(condition) = clause.first() else {
                return;
            };
            let test = self.condition(condition);
            let guarded = self.capture(|body| {
                body.assume(&test.when_true);
                let known = body.out.len();
                body.clauses(node, rest);
                if body.out.len() == known {
                    body.out.clear();
                }
            });
            return self.maybe(guarded);
        }
        let (Some(left), Some(right)) = (clause.child(Field::Left), clause.child(Field::Right))
        else {
            return;
        };
        let items = self.items(right);
        let certain = items.certain;
        let body = self.capture(|body| {
            body.bind_items(left, items.each);
            body.clauses(node, rest);
        });
        self.emit_loop(body, certain);
    }

    /// Adds a loop, if anything is repeated.
    pub(super) fn emit_loop(&mut self, body: Effect, certain: bool) {
        let idle = match &body {
            Effect::Break | Effect::Continue => true,
            body => super::body::is_nothing(body),
        };
        if !idle {
            self.emit(Effect::Loop {
                body: Box::new(body),
                certain,
            });
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
        Value::Text(name) => Own {
            key: Key::Text(name),
            written: Written::Literal(Box::new(value)),
            span,
        },
        _ => unknown_own(span),
    };
    entries.into_iter().map(own).collect()
}

/// A key that is not known.
pub(super) fn unknown_own(span: Span) -> Own {
    Own {
        key: Key::Unknown,
        written: Written::Unknown,
        span,
    }
}
