//! What the variables of a function are used for.

use rustc_hash::{FxHashMap, FxHashSet};
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::span::Span;

use super::sites::{Form, Site};
use crate::python::scope::{Scope, visit};

/// What surrounds the code that is read.
#[derive(Clone, Copy)]
pub(in crate::python) struct Around<'a, 'c> {
    /// The names that it binds.
    pub(in crate::python) scope: &'a Scope<'c>,
    /// Whether a name belongs to a function around it.
    pub(in crate::python) is_captured: &'a dyn Fn(&str) -> bool,
    /// Whether its first parameter is `self` or `cls`.
    pub(in crate::python) is_method: bool,
}

/// Methods that let nobody keep the object that they are called on, nor take keys from it.
const HARMLESS: &[&str] = &[
    // Of dicts.
    "copy",
    "get",
    "items",
    "keys",
    "setdefault",
    "update",
    "values",
    // Of spans.
    "add_event",
    "add_link",
    "end",
    "get_span_context",
    "is_recording",
    "record_exception",
    "set_attribute",
    "set_attributes",
    "set_status",
    "update_name",
];

/// How each name is used.
pub(in crate::python) struct Uses<'a, 'c> {
    pub(super) around: Around<'a, 'c>,
    by_name: FxHashMap<&'c str, Variable<'c>>,
    /// Where a use begins of which nothing follows for what the name holds.
    harmless: FxHashSet<u32>,
}

/// What happens to one name.
#[derive(Default)]
pub(super) struct Variable<'c> {
    /// What it is bound to.
    pub(super) bound: Vec<Bound<'c>>,
    /// Items that it gets: `name[key] = value`.
    pub(super) items: Vec<(Node<'c>, Node<'c>)>,
    /// Dicts that it takes in: `name.update(other)`; none for one that cannot be read.
    pub(super) updates: Vec<Option<Node<'c>>>,
    /// Where it is named.
    seen: Vec<u32>,
}

/// What a name is bound to.
#[derive(Clone, Copy)]
pub(super) enum Bound<'c> {
    /// A value.
    Value(Node<'c>),
    /// Each key of a dict in turn, beside its value, which has this name.
    KeyOf(Node<'c>, Node<'c>),
}

impl<'a, 'c> Uses<'a, 'c> {
    /// The uses of names in `block`.
    pub(super) fn of(block: Node<'c>, around: Around<'a, 'c>) -> Uses<'a, 'c> {
        let by_name = FxHashMap::default();
        let mut uses = Uses { around, by_name, harmless: FxHashSet::default() };
        for node in block.descendants() {
            if node.kind() == Kind::Identifier && node.field() != Field::Attribute {
                uses.variable(node).seen.push(node.span().start);
            }
        }
        visit(block, &mut |node| uses.note(node));
        uses
    }

    /// What `name` is bound to, where that is one thing.
    pub(super) fn bound_once(&self, name: &str) -> Option<Bound<'c>> {
        let [only] = *self.by_name.get(name)?.bound.as_slice() else {
            return None;
        };
        self.around.scope.binds_once(name).then_some(only)
    }

    /// What happens to `name`.
    pub(super) fn get(&self, name: &str) -> Option<&Variable<'c>> {
        self.by_name.get(name)
    }

    /// Whether the name is one of the code's own, or of a function around it.
    pub(super) fn is_local(&self, name: &str) -> bool {
        self.around.scope.binds(name) || (self.around.is_captured)(name)
    }

    /// Whether all that happens to `name` within `region` is known.
    pub(super) fn is_known(&self, name: &str, region: Span) -> bool {
        let inside = |at: &&u32| region.start <= **at && **at < region.end;
        self.by_name.get(name).is_some_and(|variable| {
            variable.seen.iter().filter(inside).all(|at| self.harmless.contains(at))
        })
    }

    /// Notes that a site reads the dict that it is given, and does nothing else to it.
    pub(super) fn note_site(&mut self, site: &Site<'c>) {
        if let Form::Several(Some(given)) = site.form {
            self.is_harmless(given);
        }
    }

    fn variable(&mut self, name: Node<'c>) -> &mut Variable<'c> {
        self.by_name.entry(name.text()).or_default()
    }

    fn is_harmless(&mut self, node: Node<'c>) {
        if node.kind() == Kind::Identifier {
            self.harmless.insert(node.span().start);
        }
    }

    fn note(&mut self, node: Node<'c>) {
        match node.kind() {
            Kind::Assignment => self.note_assignment(node),
            Kind::AsPatternTarget => node.children().for_each(|name| self.is_harmless(name)),
            Kind::ForStatement => self.note_loop(node),
            Kind::Call => self.note_call(node),
            Kind::Subscript => {
                node.child(Field::Value).into_iter().for_each(|of| self.is_harmless(of));
            }
            // What is taken from a dict again is not told from the rest.
            Kind::DeleteStatement => node
                .descendants()
                .filter(|inner| inner.kind() == Kind::Identifier)
                .for_each(|name| self.variable(name).updates.push(None)),
            Kind::DictionarySplat | Kind::ComparisonOperator | Kind::NotOperator => {
                node.children().for_each(|part| self.is_harmless(part));
            }
            Kind::IfStatement | Kind::ElifClause => {
                node.child(Field::Condition).into_iter().for_each(|part| self.is_harmless(part));
            }
            _ => {}
        }
    }

    fn note_assignment(&mut self, node: Node<'c>) {
        let (Some(left), right) = (node.child(Field::Left), node.child(Field::Right)) else {
            return;
        };
        match (left.kind(), right) {
            (Kind::Identifier, Some(right)) => {
                self.is_harmless(left);
                self.variable(left).bound.push(Bound::Value(right));
            }
            (Kind::Subscript, Some(right)) => {
                let of = left.child(Field::Value).filter(|of| of.kind() == Kind::Identifier);
                if let (Some(of), Some(key)) = (of, left.child(Field::Subscript)) {
                    self.variable(of).items.push((key, right));
                }
            }
            _ => {}
        }
    }

    /// `for key, value in attributes.items():`
    fn note_loop(&mut self, node: Node<'c>) {
        let pair = node.child(Field::Left).into_iter().flat_map(Node::children).collect::<Vec<_>>();
        let function = node.child(Field::Right).and_then(|call| call.child(Field::Function));
        let (&[key, value], Some(function)) = (pair.as_slice(), function) else {
            return;
        };
        let method = function.child(Field::Attribute).map_or("", Node::text);
        let names = key.kind() == Kind::Identifier && value.kind() == Kind::Identifier;
        if let Some(of) = function.child(Field::Object).filter(|_| names && method == "items") {
            self.variable(key).bound.push(Bound::KeyOf(of, value));
        }
    }

    fn note_call(&mut self, node: Node<'c>) {
        let Some(function) = node.child(Field::Function) else {
            return;
        };
        let object = function.child(Field::Object).filter(|of| of.kind() == Kind::Identifier);
        let method = function.child(Field::Attribute).map_or("", Node::text);
        let Some(object) = object.filter(|_| HARMLESS.contains(&method)) else {
            return;
        };
        self.is_harmless(object);
        let arguments: Vec<Node<'c>> =
            node.child(Field::Arguments).into_iter().flat_map(Node::children).collect();
        match (method, arguments.as_slice()) {
            ("setdefault", &[key, value]) => self.variable(object).items.push((key, value)),
            ("update", &[other]) if other.kind() != Kind::KeywordArgument => {
                self.is_harmless(other);
                self.variable(object).updates.push(Some(other));
            }
            ("setdefault" | "update", _) => self.variable(object).updates.push(None),
            _ => {}
        }
    }
}
