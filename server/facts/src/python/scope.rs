//! Which names a function binds, and how often.

use rustc_hash::{FxHashMap, FxHashSet};
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::calls::is_reading_method;

/// The names that a function binds.
#[derive(Debug, Default)]
pub(super) struct Scope<'c> {
    /// How often each name is bound, parameters once for the call.
    bound: FxHashMap<&'c str, u32>,
    /// Names of values that may be changed in place.
    changed: FxHashSet<&'c str>,
}

impl<'c> Scope<'c> {
    /// The scope of a function with this body.
    pub(super) fn of(body: Node<'c>, parameters: impl Iterator<Item = &'c str>) -> Scope<'c> {
        let mut scope = Scope::default();
        for name in parameters {
            *scope.bound.entry(name).or_default() += 1;
        }
        visit(body, &mut |node| {
            targets(node, &mut |name| *scope.bound.entry(name).or_default() += 1);
            scope.note_change(node);
        });
        scope
    }

    /// Whether the function binds this name.
    pub(super) fn binds(&self, name: &str) -> bool {
        self.bound.contains_key(name)
    }

    /// Whether the name is bound in one place alone.
    pub(super) fn binds_once(&self, name: &str) -> bool {
        self.bound.get(name) == Some(&1)
    }

    /// Whether the value that the name holds may be changed in place.
    pub(super) fn changes(&self, name: &str) -> bool {
        self.changed.contains(name)
    }

    fn note_change(&mut self, node: Node<'c>) {
        match node.kind() {
            Kind::Call => {
                let Some(function) = node.child(Field::Function) else {
                    return;
                };
                let method = function.child(Field::Attribute).map_or("", Node::text);
                if function.kind() == Kind::Attribute && !is_reading_method(method) {
                    self.note(function.child(Field::Object));
                }
                let arguments = node
                    .child(Field::Arguments)
                    .into_iter()
                    .flat_map(Node::children);
                for argument in arguments {
                    let value = argument.child(Field::Value);
                    self.note(value.filter(|_| argument.kind() == Kind::KeywordArgument));
                    self.note(Some(argument));
                }
            }
            Kind::Assignment | Kind::AugmentedAssignment => {
                self.note(
                    node.child(Field::Left)
                        .filter(|left| left.kind() == Kind::Subscript),
                );
            }
            Kind::DeleteStatement => node.children().for_each(|child| self.note(Some(child))),
            _ => {}
        }
    }

    /// Notes the name that a chain of subscripts begins with.
    fn note(&mut self, node: Option<Node<'c>>) {
        let mut node = node;
        while let Some(inner) = node {
            match inner.kind() {
                Kind::Identifier => {
                    self.changed.insert(inner.text());
                    return;
                }
                Kind::Subscript => node = inner.child(Field::Value),
                _ => return,
            }
        }
    }
}

/// The names that are bound anew somewhere in `node`.
pub(super) fn rebound<'c>(node: Node<'c>) -> Vec<&'c str> {
    let mut names = Vec::new();
    visit(node, &mut |inner| {
        if !is_bound_back(inner) {
            targets(inner, &mut |name| names.push(name));
        }
    });
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a copy is bound to the name that was copied: `context = {**context, "x": 1}`.
fn is_bound_back(node: Node<'_>) -> bool {
    let (Kind::Assignment, Some(left), Some(right)) = (
        node.kind(),
        node.child(Field::Left),
        node.child(Field::Right),
    ) else {
        return false;
    };
    let is_left = |node: Option<Node<'_>>| node.is_some_and(|node| node.text() == left.text());
    match right.kind() {
        Kind::Dictionary => right
            .children()
            .any(|entry| entry.kind() == Kind::DictionarySplat && is_left(entry.first())),
        Kind::BinaryOperator => {
            let operator = right.child(Field::Operator).map_or("", Node::text);
            operator == "|" && is_left(right.child(Field::Left))
        }
        Kind::Call => {
            let function = right.child(Field::Function);
            let object = function.and_then(|function| function.child(Field::Object));
            let argument = right.child(Field::Arguments).and_then(Node::first);
            match function.map_or("", Node::text) {
                "dict" | "copy.copy" | "copy.deepcopy" | "deepcopy" => is_left(argument),
                text => text.ends_with(".copy") && is_left(object),
            }
        }
        _ => false,
    }
}

/// Calls `each` on the nodes of a scope, without those of functions and classes in it.
pub(super) fn visit<'c>(node: Node<'c>, each: &mut dyn FnMut(Node<'c>)) {
    for child in node.children() {
        each(child);
        match child.kind() {
            Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda => {}
            _ => visit(child, each),
        }
    }
}

/// Calls `each` on the names that `node` itself binds. Imports count as the module's.
fn targets<'c>(node: Node<'c>, each: &mut dyn FnMut(&'c str)) {
    match node.kind() {
        Kind::Assignment | Kind::AugmentedAssignment | Kind::ForStatement => node
            .child(Field::Left)
            .into_iter()
            .for_each(|left| names(left, each)),
        Kind::NamedExpression | Kind::FunctionDefinition | Kind::ClassDefinition => {
            node.child(Field::Name)
                .into_iter()
                .for_each(|name| names(name, each));
        }
        Kind::AsPatternTarget | Kind::GlobalStatement | Kind::NonlocalStatement => {
            node.children().for_each(|name| names(name, each));
        }
        Kind::DeleteStatement => {
            node.children().for_each(|name| names(name, each));
        }
        Kind::ExceptClause => {
            node.child(Field::Alias)
                .into_iter()
                .for_each(|alias| names(alias, each));
        }
        // A capture, which looks like any other name in a pattern.
        Kind::CasePattern | Kind::SplatPattern => {
            for inner in node.children() {
                match inner.kind() {
                    Kind::DottedName if inner.children().count() == 1 => each(inner.text()),
                    Kind::Identifier => each(inner.text()),
                    Kind::AsPattern => inner
                        .children()
                        .filter(|child| child.kind() == Kind::Identifier)
                        .for_each(|child| each(child.text())),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// Calls `each` on the names in a target.
fn names<'c>(target: Node<'c>, each: &mut dyn FnMut(&'c str)) {
    match target.kind() {
        Kind::Identifier => each(target.text()),
        Kind::PatternList
        | Kind::TuplePattern
        | Kind::ListPattern
        | Kind::ListSplatPattern
        | Kind::ExpressionList
        | Kind::Tuple
        | Kind::List
        | Kind::ParenthesizedExpression
        | Kind::AsPatternTarget => target.children().for_each(|inner| names(inner, each)),
        _ => {}
    }
}
