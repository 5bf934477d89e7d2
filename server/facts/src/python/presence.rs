//! What a test shows to be there.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::body::Body;
use super::guards::keys_view;
use super::held::{Held, Value};
use super::{Action, Effect, Key, Place, Rounds};

/// What is known to be there after a condition.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Test {
    /// Where it holds.
    pub(super) when_true: Vec<Known>,
    /// Where it does not.
    pub(super) when_false: Vec<Known>,
    /// What is missing where it does not hold, if that is all that it asks.
    pub(super) found: Option<Place>,
}

/// A place that is there.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Known {
    place: Place,
    /// Whether each of the keys that its last may be is there, and not one of them.
    every: bool,
    /// Whether it has a value that the condition names.
    chosen: bool,
}

impl Known {
    /// This very place.
    pub(super) fn of(place: Place) -> Known {
        Known { place, every: false, chosen: false }
    }
}

impl Test {
    /// One that shows where it holds that these are there.
    pub(super) fn holds(places: impl IntoIterator<Item = Place>) -> Test {
        Test { when_true: places.into_iter().map(Known::of).collect(), ..Test::default() }
    }

    /// One that shows whether this is there.
    pub(super) fn finds(field: &Place, known: Option<Place>) -> Test {
        Test { found: known.is_some().then(|| field.clone()), ..Test::holds(known) }
    }

    /// One that shows where it holds which value there is.
    pub(super) fn chooses(place: Place) -> Test {
        let chosen = Known { chosen: true, ..Known::of(place) };
        Test { when_true: vec![chosen], ..Test::default() }
    }

    /// Whether some field has a value that the condition names, where it holds.
    pub(super) fn is_choice(&self) -> bool {
        self.when_true.iter().any(|known| known.chosen)
    }

    pub(super) fn negated(self) -> Test {
        Test { when_true: self.when_false, when_false: self.when_true, found: None }
    }

    pub(super) fn negated_if(self, negated: bool) -> Test {
        if negated { self.negated() } else { self }
    }

    /// The same for all that a loop's variable takes on, where the test held for each.
    fn of_all(known: Vec<Known>) -> Vec<Known> {
        let of_each =
            known.into_iter().filter(|known| matches!(known.place.keys.last(), Some(Key::Each(_))));
        of_each.map(|known| Known { every: true, ..known }).collect()
    }

    fn says_nothing(&self) -> bool {
        self.when_true.is_empty() && self.when_false.is_empty()
    }
}

impl<'c> Body<'_, 'c> {
    /// Adds what is known on this path.
    pub(super) fn assume(&mut self, known: &[Known]) {
        for Known { place, every, .. } in known {
            self.note_reach(place);
            let assumed = Effect::Assume(place.clone());
            self.emit(if *every {
                Effect::Loop { body: Box::new(assumed), rounds: Rounds::Some }
            } else {
                assumed
            });
        }
    }

    /// A condition as a value, which may be looked at later.
    pub(super) fn tested(&mut self, node: Node<'c>) -> Value<'c> {
        let test = self.condition(node);
        if !test.says_nothing() {
            return Held::Test(Box::new(test), node).into();
        }
        match node.kind() {
            Kind::BooleanOperator => Value::unknown(),
            _ => Held::Expression(node).into(),
        }
    }

    /// `[key for key in KEYS if key not in context]`: empty where none is missing.
    pub(super) fn collected(&mut self, node: Node<'c>) -> Value<'c> {
        let kept = self.comprehension(node);
        let when_false = Test::of_all(kept.when_false);
        if when_false.is_empty() {
            return Held::Expression(node).into();
        }
        let test = Test { when_false, ..Test::default() };
        Held::Test(Box::new(test), node).into()
    }

    /// `all(key in context for key in KEYS)`, and `any(...)`.
    pub(super) fn quantified(&mut self, call: Node<'c>) -> Test {
        let Some((generator, is_all)) = generator_of(call) else {
            return Test::default();
        };
        let each = self.comprehension_of_tests(generator);
        if is_all {
            Test { when_true: Test::of_all(each.when_true), ..Test::default() }
        } else {
            Test { when_false: Test::of_all(each.when_false), ..Test::default() }
        }
    }

    /// `{"x", "y"} <= context.keys()`: `left` and what holds all of it.
    pub(super) fn subset(&mut self, left: Node<'c>, right: Node<'c>) -> Option<Test> {
        let items = set_of(left)?;
        let container = keys_view(right).or_else(|| set_of(right)).unwrap_or(right);
        let Held::Part(alias) = self.eval_plain(container)? else {
            return None;
        };
        let items = self.items(items);
        let rounds = items.rounds();
        let mut test = Test::default();
        let span = left.span();
        let looked = self.capture(|body| {
            let Held::Each(each) = items.each.whole() else {
                return;
            };
            let field = alias.place.child(Key::Each(Box::new(each)));
            body.access(field.clone(), Action::ReadSoft, span);
            test = Test::holds([field]);
        });
        self.emit_loop(looked, rounds);
        Some(Test { when_true: Test::of_all(test.when_true), ..Test::default() })
    }

    /// What a name holds that stands for a whole context; nothing is read by that.
    fn eval_plain(&self, node: Node<'c>) -> Option<Held<'c>> {
        let held = match node.kind() {
            Kind::Identifier => self.lookup(node),
            _ => return None,
        };
        matches!(&held, Held::Part(alias) if alias.is_whole()).then_some(held)
    }
}

/// `{...}`, or what `set(...)` is made of.
fn set_of(node: Node<'_>) -> Option<Node<'_>> {
    match node.kind() {
        Kind::Set => Some(node),
        Kind::Call => {
            let name = node.child(Field::Function)?.text();
            let made = matches!(name, "set" | "frozenset");
            node.child(Field::Arguments)?.first().filter(|_| made)
        }
        _ => None,
    }
}

/// What `all(...)` or `any(...)` goes through, and whether it is `all`.
pub(super) fn generator_of(call: Node<'_>) -> Option<(Node<'_>, bool)> {
    let is_all = match call.child(Field::Function)?.text() {
        "all" => true,
        "any" => false,
        _ => return None,
    };
    let arguments = call.child(Field::Arguments)?;
    let generates = |node: &Node<'_>| {
        matches!(node.kind(), Kind::GeneratorExpression | Kind::ListComprehension)
    };
    let generator =
        Some(arguments).filter(generates).or_else(|| arguments.first().filter(generates))?;
    Some((generator, is_all))
}

/// Whether an expression is there for the answer that it gives, and not for its value.
pub(super) fn is_test(node: Node<'_>) -> bool {
    let mut pending = vec![node];
    while let Some(node) = pending.pop() {
        match node.kind() {
            Kind::ComparisonOperator | Kind::NotOperator => return true,
            Kind::ParenthesizedExpression => pending.extend(node.first()),
            Kind::BooleanOperator => pending.extend(
                [Field::Left, Field::Right].into_iter().filter_map(|side| node.child(side)),
            ),
            _ => {}
        }
    }
    false
}
