//! Conditions, and what is known where they hold.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::body::{Body, is_nothing};
use super::held::{Held, Value};
use super::literals::scalar;
use super::presence::{Known, Test, generator_of};
use super::{Action, Effect, Key, Place};

impl<'c> Body<'_, 'c> {
    /// Reads a condition.
    pub(super) fn condition(&mut self, node: Node<'c>) -> Test {
        match node.kind() {
            Kind::ParenthesizedExpression => match node.first() {
                Some(inner) => self.condition(inner),
                None => Test::default(),
            },
            Kind::NotOperator => match node.child(Field::Argument) {
                Some(inner) => self.condition(inner).negated(),
                None => Test::default(),
            },
            Kind::BooleanOperator => self.both_or_either(node),
            Kind::ComparisonOperator => self.comparison(node),
            Kind::Call if is_presence_call(node) => {
                let subject = node.child(Field::Arguments).and_then(Node::first);
                let (value, place) = self.subject(subject);
                self.discard(value);
                let rest =
                    node.child(Field::Arguments).into_iter().flat_map(Node::children).skip(1);
                for argument in rest {
                    let value = self.eval(argument);
                    self.discard(value);
                }
                Test::holds(place)
            }
            Kind::Call if generator_of(node).is_some() => self.quantified(node),
            _ => {
                let (value, place) = self.subject(Some(node));
                if let Held::Test(test, _) = value.held {
                    return *test;
                }
                let present = place.filter(|_| !may_be_truthy_default(&value));
                self.discard(value);
                Test::holds(present)
            }
        }
    }

    /// Reads the condition of an `if`. One under which the function is left at once, and nothing else
    /// done, is asked aside.
    pub(super) fn condition_of(&mut self, clause: Node<'c>, condition: Node<'c>) -> Test {
        let is_alone = clause.child(Field::Alternative).is_none();
        if !(is_alone && condition.kind() == Kind::Call && leaves_at_once(clause)) {
            return self.condition(condition);
        }
        let mut test = Test::default();
        let asked = self.capture(|body| test = body.condition(condition));
        // Where it is left for what is missing, that is missed.
        let is_for_presence = !is_nothing(&asked) && !test.when_true.is_empty();
        self.emit(if is_for_presence { Effect::Aside(Box::new(asked)) } else { asked });
        test
    }

    /// Evaluates what a condition is about, and gives the place that it shows to be there.
    fn subject(&mut self, node: Option<Node<'c>>) -> (Value<'c>, Option<Place>) {
        let Some(node) = node else {
            return (Value::unknown(), None);
        };
        let value = self.eval(node);
        let place = match &value.held {
            Held::Part(alias) if alias.fallback != super::held::Fallback::Other => {
                known(&alias.place)
            }
            _ => None,
        };
        (value, place)
    }

    fn both_or_either(&mut self, node: Node<'c>) -> Test {
        let is_and = node.child(Field::Operator).is_some_and(|operator| operator.text() == "and");
        let (Some(left), Some(right)) = (node.child(Field::Left), node.child(Field::Right)) else {
            return Test::default();
        };
        let first = self.condition(left);
        let mut second = Test::default();
        // What the right side binds is taken as bound: it is, wherever the whole holds.
        let guarded = self.capture(|body| {
            body.assume(if is_and { &first.when_true } else { &first.when_false });
            let known = body.out.len();
            second = body.condition(right);
            // Where the right side does nothing, there is no need for paths.
            if body.out.len() == known {
                body.out.clear();
            }
        });
        self.maybe(guarded);
        let shared = |left: &[Known], right: &[Known]| {
            left.iter().filter(|known| right.contains(known)).cloned().collect()
        };
        let all = |mut left: Vec<Known>, right: Vec<Known>| {
            left.extend(right);
            left.dedup();
            left
        };
        if is_and {
            Test {
                when_false: shared(&first.when_false, &second.when_false),
                when_true: all(first.when_true, second.when_true),
                found: None,
            }
        } else {
            Test {
                when_true: shared(&first.when_true, &second.when_true),
                when_false: all(first.when_false, second.when_false),
                found: None,
            }
        }
    }

    fn comparison(&mut self, node: Node<'c>) -> Test {
        let children: Vec<Node<'c>> = node.children().collect();
        if let [left, operator, right] = children.as_slice() {
            match operator.text() {
                "in" => return self.membership(*left, *right, false),
                "not in" => return self.membership(*left, *right, true),
                "<=" => {
                    if let Some(test) = self.subset(*left, *right) {
                        return test;
                    }
                }
                _ => {}
            }
            let (value, place) = self.subject(Some(*left));
            let strict = is_strict(&value);
            self.read_whole(value);
            let (other, other_place) = self.subject(Some(*right));
            let other_strict = is_strict(&other);
            self.read_whole(other);
            return match (place, other_place) {
                (Some(place), None) => compared(place, strict, operator.text(), *right),
                (None, Some(place)) => compared(place, other_strict, operator.text(), *left),
                _ => Test::default(),
            };
        }
        for operand in children.into_iter().filter(|child| child.kind() != Kind::Operator) {
            let value = self.eval(operand);
            self.read_whole(value);
        }
        Test::default()
    }

    /// `left in right`
    fn membership(&mut self, left: Node<'c>, right: Node<'c>, negated: bool) -> Test {
        let (subject, place) = self.subject(Some(left));
        let place = place.filter(|_| is_strict(&subject));
        let key = self.key_of(left, &subject);
        self.discard(subject);
        let span = left.span();
        let container = keys_view(right).unwrap_or(right);
        let value = self.eval(container);
        match &value.held {
            Held::Part(alias) if alias.is_whole() => {
                let field = alias.place.child(key);
                self.access(field.clone(), Action::ReadSoft, span);
                Test::finds(&field, known(&field)).negated_if(negated)
            }
            Held::Part(alias) => {
                // It may be a list as well, so what is read is the part itself.
                let field = alias.place.child(key);
                self.settle(value);
                Test::holds(known(&field)).negated_if(negated)
            }
            Held::Copy(copy) if copy.place.keys.is_empty() && !copy.owns(&key) => {
                let field = copy.place.child(key);
                self.access(field, Action::ReadSoft, span);
                Test::default()
            }
            _ => {
                self.discard(value);
                let nulls = right.children().filter(|item| item.kind() == Kind::None).count();
                let literals = right.children().all(|item| scalar(item).is_some());
                match place {
                    Some(place) if is_display(right) && literals && nulls == 0 && !negated => {
                        Test::chooses(place)
                    }
                    Some(place) if is_display(right) && literals && nulls > 0 && negated => {
                        Test::holds([place])
                    }
                    Some(place) if is_display(right) && literals && nulls > 0 => {
                        Test::holds([place]).negated()
                    }
                    _ => Test::default(),
                }
            }
        }
    }

    /// Reads a value as a whole: comparing or printing a context reads all of it.
    pub(super) fn read_whole(&mut self, value: Value<'c>) {
        let was_pending = value.pending.is_some();
        let held = self.settle(value);
        let place = match &held {
            Held::Part(alias) if alias.is_whole() && !was_pending => &alias.place,
            Held::Copy(copy) if copy.place.keys.is_empty() && !was_pending => &copy.place,
            _ => return,
        };
        let place = place.clone();
        self.escape_read(place);
    }
}

/// `return`, also of a name, or `continue`.
fn leaves_at_once(clause: Node<'_>) -> bool {
    let mut statements = clause.child(Field::Consequence).into_iter().flat_map(Node::children);
    let (only, more) = (statements.next(), statements.next());
    let leaves = only.is_some_and(|only| match only.kind() {
        Kind::ContinueStatement => true,
        Kind::ReturnStatement => {
            only.first().is_none_or(|value| matches!(value.kind(), Kind::None | Kind::Identifier))
        }
        _ => false,
    });
    leaves && more.is_none()
}

fn is_display(node: Node<'_>) -> bool {
    matches!(node.kind(), Kind::Tuple | Kind::List | Kind::Set)
}

/// `x` of `x.keys()`
pub(super) fn keys_view(node: Node<'_>) -> Option<Node<'_>> {
    let function = node.child(Field::Function).filter(|_| node.kind() == Kind::Call)?;
    let name = function.child(Field::Attribute)?;
    (name.text() == "keys").then(|| function.child(Field::Object)).flatten()
}

fn is_presence_call(node: Node<'_>) -> bool {
    matches!(node.child(Field::Function).map_or("", Node::text), "isinstance" | "bool" | "len")
}

/// What a comparison with a literal shows.
fn compared(place: Place, strict: bool, operator: &str, other: Node<'_>) -> Test {
    let is_none = other.kind() == Kind::None;
    match operator {
        // A default would be no `None` either, and may equal the literal.
        _ if !strict => Test::default(),
        "is" | "==" if is_none => Test::holds([place]).negated(),
        "is not" | "!=" if is_none => Test::holds([place]),
        "==" | "is" if scalar(other).is_some() => Test::chooses(place),
        "<" | "<=" | ">" | ">=" => Test::holds([place]),
        _ => Test::default(),
    }
}

/// Whether the value is `None` where its place is absent.
fn is_strict(value: &Value<'_>) -> bool {
    match &value.held {
        Held::Part(alias) => alias.fallback <= super::held::Fallback::Null,
        _ => false,
    }
}

/// Whether the value may come from a default that counts as true.
fn may_be_truthy_default(value: &Value<'_>) -> bool {
    let Some(pending) = &value.pending else {
        return false;
    };
    match &pending.action {
        Action::ReadDefaulted(Some(default)) => default.is_falsy() != Some(true),
        Action::ReadDefaulted(None) => true,
        _ => false,
    }
}

/// The place, if knowing that it is there says something.
fn known(place: &Place) -> Option<Place> {
    let first = place.keys.first()?;
    (!matches!(first, Key::Unknown | Key::Pattern(..))).then(|| place.clone())
}
