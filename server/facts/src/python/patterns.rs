//! `match` statements.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::exact::boxed;

use super::body::{Body, is_nothing};
use super::constants::dotted_name;
use super::held::{Alias, Held};
use super::literals::text;
use super::presence::Known;
use super::{Action, Effect, Key};

impl<'c> Body<'_, 'c> {
    pub(super) fn match_statement(&mut self, node: Node<'c>) {
        let mut subjects = node.children().filter(|child| child.field() == Field::Subject);
        let subject = subjects.next();
        let mut held = Held::Unknown;
        if let Some(subject) = subject {
            let value = self.eval(subject);
            held = self.settle(value);
        }
        let mut several = false;
        for other in subjects {
            several = true;
            let value = self.eval(other);
            self.discard(value);
        }
        let alias = match held {
            Held::Part(alias) if !several => Some(alias),
            _ => None,
        };
        let block = node.child(Field::Body);
        let cases = block.into_iter().flat_map(Node::children);
        let mut fork = self.fork();
        let mut exhaustive = false;
        for case in cases.filter(|child| child.kind() == Kind::CaseClause) {
            exhaustive |= always_matches(case);
            self.arm(&mut fork, |body| body.case(case, alias.as_ref()));
        }
        if !exhaustive {
            self.end_arm(&mut fork);
        }
        let arms = self.close(fork);
        let dead = std::mem::take(&mut self.dead);
        if !arms.iter().all(is_nothing) {
            self.emit(Effect::Branch(boxed(arms)));
        }
        self.dead = dead;
    }

    fn case(&mut self, case: Node<'c>, subject: Option<&Alias>) {
        for pattern in case.children().filter(|child| child.kind() == Kind::CasePattern) {
            self.pattern_of(pattern, subject);
        }
        if let Some(condition) = case.child(Field::Guard).and_then(Node::first) {
            let test = self.condition(condition);
            self.assume(&test.when_true);
        }
        case.child(Field::Consequence).into_iter().for_each(|block| self.block(block));
    }

    /// Reads what a pattern looks at, and binds its captures.
    fn pattern_of(&mut self, node: Node<'c>, subject: Option<&Alias>) {
        match node.kind() {
            Kind::CasePattern => {
                node.children().for_each(|inner| self.pattern_of(inner, subject));
            }
            Kind::DictPattern => self.mapping(node, subject),
            Kind::DottedName if node.children().count() == 1 => {
                let held = subject.cloned().map_or(Held::Unknown, Held::Part);
                if node.text() != "_" {
                    self.variables.set(node.text(), held);
                }
            }
            Kind::AsPattern => {
                for inner in node.children() {
                    match inner.kind() {
                        Kind::Identifier => {
                            let held = subject.cloned().map_or(Held::Unknown, Held::Part);
                            self.variables.set(inner.text(), held);
                        }
                        _ => self.pattern_of(inner, subject),
                    }
                }
            }
            Kind::SplatPattern => {
                for name in node.children().filter(|inner| inner.kind() == Kind::Identifier) {
                    self.variables.set(name.text(), Held::Unknown);
                }
            }
            Kind::ListPattern | Kind::TuplePattern => {
                let element = subject.map(|alias| alias.child(Key::Unknown));
                node.children().for_each(|inner| self.pattern_of(inner, element.as_ref()));
            }
            // `{"x": 1} | {"y": 2}`: either is looked at, and neither is known to be there.
            Kind::UnionPattern => {
                for inner in node.children() {
                    let read = self.capture(|body| body.pattern_of(inner, subject));
                    self.maybe(without_assumptions(read));
                }
            }
            _ => node.children().for_each(|inner| self.pattern_of(inner, None)),
        }
    }

    fn mapping(&mut self, node: Node<'c>, subject: Option<&Alias>) {
        let mut key: Option<Node<'c>> = None;
        for inner in node.children() {
            match inner.field() {
                Field::Key => key = Some(inner),
                Field::Value => {
                    let field = key.take().and_then(|key| {
                        let field = subject?.child(pattern_key(key));
                        let nested = holds_mapping(inner);
                        if !nested {
                            self.access(field.place.clone(), Action::ReadSoft, key.span());
                        }
                        Some(field)
                    });
                    if let Some(field) = &field
                        && !matches!(field.place.keys.last(), Some(Key::Unknown))
                    {
                        self.assume(&[Known::of(field.place.clone())]);
                    }
                    self.pattern_of(inner, field.as_ref());
                }
                // `**rest`
                _ => {
                    if let Some(alias) = subject {
                        self.current = inner.span();
                        self.escape_read(alias.place.clone());
                    }
                    self.pattern_of(inner, None);
                }
            }
        }
    }
}

fn pattern_key(node: Node<'_>) -> Key {
    match node.kind() {
        Kind::DottedName => dotted_name(node).map_or(Key::Unknown, Key::Name),
        _ => text(node).map_or(Key::Unknown, Key::Text),
    }
}

/// Whether the value's pattern looks further in, so that the key is implied.
fn holds_mapping(node: Node<'_>) -> bool {
    node.first().is_some_and(|inner| inner.kind() == Kind::DictPattern && inner.first().is_some())
}

fn without_assumptions(effect: Effect) -> Effect {
    match effect {
        Effect::Assume(_) => super::body::nothing(),
        Effect::Sequence(effects) => {
            let kept = effects.into_iter().filter(|effect| !matches!(effect, Effect::Assume(_)));
            super::body::sequence(kept.collect())
        }
        effect => effect,
    }
}

/// Whether a case takes whatever comes: `case _:`, `case other:`.
fn always_matches(case: Node<'_>) -> bool {
    let mut patterns = case.children().filter(|child| child.kind() == Kind::CasePattern);
    let (Some(pattern), None) = (patterns.next(), patterns.next()) else {
        return false;
    };
    if case.child(Field::Guard).is_some() {
        return false;
    }
    match pattern.first() {
        // The underscore is a token of its own.
        None => pattern.text() == "_",
        Some(inner) => inner.kind() == Kind::DottedName && inner.children().count() == 1,
    }
}
