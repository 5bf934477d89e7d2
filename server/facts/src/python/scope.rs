//! Which names a function binds, and how often.

use rustc_hash::{FxHashMap, FxHashSet};
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::calls::is_reading_method;
use super::failures::gives_nothing;
use super::known::{Known, known, logs};

/// The names that a function binds.
#[derive(Debug, Default)]
pub(super) struct Scope<'c> {
    /// How often each name is bound, parameters once for the call.
    bound: FxHashMap<&'c str, u32>,
    /// Names that `|=` changes, which leaves a dict the same dict.
    merged: FxHashSet<&'c str>,
    /// Names of values that get items: `plan["x"] = 1`, `plan.update(...)`.
    filled: FxHashSet<&'c str>,
    /// Names of values that may be changed in place in any other way.
    changed: FxHashSet<&'c str>,
    /// How often it returns; a generator, which gives something else, counts as more than once.
    returns: u32,
    /// Whether some `return` gives something.
    gives: bool,
}

impl<'c> Scope<'c> {
    /// The scope of a function with this body.
    pub(super) fn of(body: Node<'c>, parameters: impl Iterator<Item = &'c str>) -> Scope<'c> {
        let mut scope = Scope::default();
        for name in parameters {
            *scope.bound.entry(name).or_default() += 1;
        }
        visit(body, &mut |node| {
            let merges = merges(node);
            targets(node, &mut |name| {
                *scope.bound.entry(name).or_default() += u32::from(!merges);
                scope.merged.extend(merges.then_some(name));
            });
            scope.note_change(node);
            scope.returns += match node.kind() {
                Kind::ReturnStatement => 1,
                Kind::Yield => 2,
                _ => 0,
            };
            scope.gives |= node.kind() == Kind::ReturnStatement
                && node.first().is_some_and(|value| !gives_nothing(value));
        });
        scope
    }

    /// Whether the function binds this name.
    pub(super) fn binds(&self, name: &str) -> bool {
        self.bound.contains_key(name)
    }

    /// Whether the name is bound in one place alone.
    pub(super) fn binds_once(&self, name: &str) -> bool {
        self.is_bound_once_or_merged(name) && !self.merged.contains(name)
    }

    /// Whether the name is bound in one place alone, `|=` left aside.
    pub(super) fn is_bound_once_or_merged(&self, name: &str) -> bool {
        self.bound.get(name) == Some(&1)
    }

    /// Whether there is one `return` alone.
    pub(super) fn returns_once(&self) -> bool {
        self.returns == 1
    }

    /// Whether some `return` gives something.
    pub(super) fn gives(&self) -> bool {
        self.gives
    }

    /// Whether the value that the name holds gets items here.
    pub(super) fn fills(&self, name: &str) -> bool {
        self.filled.contains(name)
    }

    /// Whether the value that the name holds may be changed in place in another way.
    pub(super) fn changes(&self, name: &str) -> bool {
        self.changed.contains(name)
    }

    fn note_change(&mut self, node: Node<'c>) {
        match node.kind() {
            Kind::Call => self.note_call(node),
            Kind::Assignment | Kind::AugmentedAssignment => {
                let left = node.child(Field::Left).filter(|left| left.kind() == Kind::Subscript);
                if let Some(left) = left {
                    self.note_filled(left);
                }
            }
            Kind::DeleteStatement => node.children().for_each(|child| self.note(child)),
            _ => {}
        }
    }

    fn note_call(&mut self, node: Node<'c>) {
        let Some(function) = node.child(Field::Function) else {
            return;
        };
        let object = function.child(Field::Object);
        let method = function.child(Field::Attribute).map_or("", Node::text);
        match object {
            Some(object) if method == "update" => {
                self.filled.extend((object.kind() == Kind::Identifier).then(|| object.text()));
            }
            Some(object) if !is_reading_method(method) => self.note(object),
            _ => {}
        }
        let reads =
            known(function.text()).is_some_and(|known| !matches!(known, Known::Hands { .. }));
        if reads || object.is_some_and(|object| logs(object, method)) || method == "update" {
            return;
        }
        for argument in node.child(Field::Arguments).into_iter().flat_map(Node::children) {
            let value = argument.child(Field::Value);
            let named = argument.kind() == Kind::KeywordArgument;
            self.note(value.filter(|_| named).unwrap_or(argument));
        }
    }

    fn note_filled(&mut self, target: Node<'c>) {
        match target.child(Field::Value) {
            Some(object) if object.kind() == Kind::Identifier => {
                self.filled.insert(object.text());
            }
            _ => self.note(target),
        }
    }

    /// Notes the name that a chain of subscripts begins with.
    fn note(&mut self, node: Node<'c>) {
        let mut node = node;
        while node.kind() == Kind::Subscript {
            let Some(inner) = node.child(Field::Value) else {
                return;
            };
            node = inner;
        }
        if node.kind() == Kind::Identifier {
            self.changed.insert(node.text());
        }
    }
}

/// The names that are bound anew somewhere in `node`, and whether each one is more than merged
/// into, which leaves a dict the same dict.
pub(super) fn rebound<'c>(node: Node<'c>) -> Vec<(&'c str, bool)> {
    let mut names = Vec::new();
    visit(node, &mut |inner| {
        if !is_bound_back(inner) {
            targets(inner, &mut |name| names.push((name, !merges(inner))));
        }
    });
    names.sort_unstable();
    names.dedup();
    names
}

/// `name |= value`
pub(super) fn merges(node: Node<'_>) -> bool {
    node.kind() == Kind::AugmentedAssignment
        && node.child(Field::Operator).is_some_and(|operator| operator.text() == "|=")
}

/// Whether a copy is bound to the name that was copied: `context = {**context, "x": 1}`.
fn is_bound_back(node: Node<'_>) -> bool {
    let (Kind::Assignment, Some(left), Some(right)) =
        (node.kind(), node.child(Field::Left), node.child(Field::Right))
    else {
        return false;
    };
    let right = match right.kind() {
        Kind::Await => right.first().unwrap_or(right),
        _ => right,
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
            let mut arguments = right.child(Field::Arguments).into_iter().flat_map(Node::children);
            match function.map_or("", Node::text) {
                "dict" | "copy.copy" | "copy.deepcopy" | "deepcopy" => is_left(arguments.next()),
                text if text.ends_with(".copy") && is_left(object) => true,
                _ => arguments.any(|argument| is_left(Some(argument))),
            }
        }
        _ => false,
    }
}

/// Calls `each` on the nodes of a scope, without those of functions and classes in it.
pub(crate) fn visit<'c>(node: Node<'c>, each: &mut dyn FnMut(Node<'c>)) {
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
        Kind::Assignment | Kind::AugmentedAssignment | Kind::ForStatement => {
            node.child(Field::Left).into_iter().for_each(|left| names(left, each));
        }
        Kind::NamedExpression | Kind::FunctionDefinition | Kind::ClassDefinition => {
            node.child(Field::Name).into_iter().for_each(|name| names(name, each));
        }
        Kind::AsPatternTarget | Kind::GlobalStatement | Kind::NonlocalStatement => {
            node.children().for_each(|name| names(name, each));
        }
        Kind::DeleteStatement => {
            node.children().for_each(|name| names(name, each));
        }
        Kind::ExceptClause => {
            node.child(Field::Alias).into_iter().for_each(|alias| names(alias, each));
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
