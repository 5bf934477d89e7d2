//! Calls of the run-time checkers: guards, validators and trackers.
//!
//! They look at the context by what the contract says, and write nothing but reserved keys. To take
//! them for unknown callees would make every guarded handler open. What they are told by name, a
//! phase or a field, is a name of the contract.

use contracts::schema::Sort;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;
use text::span::Span;

use super::literals::text;
use crate::places::LocalAnchor;

/// A call that tells a run-time checker names of a contract.
#[derive(Clone, PartialEq, Debug)]
pub struct CheckerCall {
    /// The method or function.
    pub method: &'static str,
    /// The names that stand there as literals, in the order of the method's parameters.
    pub names: Box<[CalledName]>,
}

/// A name of a contract in a call. [`Sort::Pipeline`] stands for the path of a contract's file.
#[derive(Clone, PartialEq, Debug)]
pub struct CalledName {
    /// What is named.
    pub sort: Sort,
    /// The name.
    pub name: Name,
    /// Where the literal stands.
    pub at: LocalAnchor,
}

/// A method or function of a checker.
struct Method {
    name: &'static str,
    /// Words with which the object that it is called on ends; none where the name says enough.
    keepers: &'static [&'static str],
    /// What its arguments name: by position, and by keyword.
    names: Told,
}

const KEEPERS: &[&str] = &["guard", "tracker", "validator"];

const METHODS: &[Method] = &[
    Method { name: "enter_phase", keepers: &[], names: &[(Sort::Phase, 0, "phase")] },
    Method { name: "exit_phase", keepers: &[], names: &[(Sort::Phase, 0, "phase")] },
    Method { name: "validate_phase_entry", keepers: &[], names: &[(Sort::Phase, 0, "phase")] },
    Method { name: "validate_phase_exit", keepers: &[], names: &[(Sort::Phase, 0, "phase")] },
    Method { name: "validate_phase_boundary", keepers: &[], names: &[(Sort::Phase, 0, "phase")] },
    Method { name: "validate_enrichment", keepers: &[], names: &[] },
    Method { name: "stamp_evaluation", keepers: &[], names: &[(Sort::Field, 1, "field")] },
    Method {
        name: "record_transformation",
        keepers: &[],
        names: &[(Sort::Field, 1, "field"), (Sort::Phase, 2, "phase")],
    },
    Method { name: "phase", keepers: KEEPERS, names: &[(Sort::Phase, 0, "phase")] },
    Method {
        name: "stamp",
        keepers: KEEPERS,
        names: &[(Sort::Phase, 1, "phase"), (Sort::Field, 2, "field")],
    },
    Method {
        name: "grant",
        keepers: KEEPERS,
        names: &[(Sort::Capability, 1, "capability"), (Sort::Phase, 3, "phase")],
    },
    Method {
        name: "attenuate",
        keepers: KEEPERS,
        names: &[(Sort::Capability, 1, "capability"), (Sort::Phase, 3, "phase")],
    },
    Method {
        name: "record",
        keepers: KEEPERS,
        names: &[(Sort::Budget, 1, "budget_id"), (Sort::Phase, 2, "phase")],
    },
];

/// Loads a contract, and does nothing with the context.
const LOADER: &[Method] =
    &[Method { name: "load", keepers: &["contractloader"], names: &[(Sort::Pipeline, 0, "path")] }];

/// What the arguments of a checker's method or function name: by position, and by keyword.
pub type Told = &'static [(Sort, usize, &'static str)];

/// What is told to the method or function of this name; `object` is the last word of what it is
/// called on, if anything.
#[must_use]
pub fn told(method: &str, object: &str) -> Option<Told> {
    let object = object.to_ascii_lowercase();
    let found = METHODS.iter().find(|known| known.name == method)?;
    let is_kept = || found.keepers.iter().any(|keeper| object.ends_with(keeper));
    (found.keepers.is_empty() || is_kept()).then_some(found.names)
}

/// Whether the called function or method is one of a run-time checker.
pub(super) fn checks_or_records(function: Node<'_>) -> bool {
    called(METHODS, function).is_some()
}

/// The names of a contract that `call` gives to a checker; none where it gives none.
pub(super) fn read(
    call: Node<'_>,
    anchor: &mut dyn FnMut(Span) -> LocalAnchor,
) -> Option<CheckerCall> {
    let function = call.child(Field::Function).filter(|_| call.kind() == Kind::Call)?;
    let method = called(METHODS, function).or_else(|| called(LOADER, function))?;
    let arguments: Vec<Node<'_>> = call.child(Field::Arguments)?.children().collect();
    let mut names = Vec::new();
    for (sort, position, keyword) in method.names {
        let Some(given) = argument(&arguments, *position, keyword).map(path_text) else { continue };
        if let Some(name) = text(given).filter(|name| !name.as_str().is_empty()) {
            names.push(CalledName { sort: *sort, name, at: anchor(given.span()) });
        }
    }
    (!names.is_empty()).then(|| CheckerCall { method: method.name, names: names.into() })
}

/// The one of `methods` that is called. Every call in a file is looked at, and few names are known.
fn called(methods: &'static [Method], function: Node<'_>) -> Option<&'static Method> {
    let name = match function.kind() {
        Kind::Attribute => function.child(Field::Attribute).map_or("", Node::text),
        _ => function.text(),
    };
    let method = methods.iter().find(|method| method.name == name)?;
    (method.keepers.is_empty() || is_called_on(function, method.keepers)).then_some(method)
}

fn is_called_on(function: Node<'_>, keepers: &[&str]) -> bool {
    let object = function.child(Field::Object).map_or("", Node::text).to_ascii_lowercase();
    // `self._guard`, `BudgetTracker()`: the last word names the object.
    let word = object.trim_end_matches("()");
    keepers.iter().any(|keeper| word.ends_with(keeper))
}

/// The argument at a position, or of a keyword. What is unpacked before it may move it.
fn argument<'c>(arguments: &[Node<'c>], position: usize, keyword: &str) -> Option<Node<'c>> {
    let named = |node: &&Node<'c>| {
        node.kind() == Kind::KeywordArgument
            && node.child(Field::Name).is_some_and(|name| name.text() == keyword)
    };
    if let Some(found) = arguments.iter().find(named) {
        return found.child(Field::Value);
    }
    let before = arguments.get(..=position)?;
    let is_plain = |node: &Node<'c>| {
        !matches!(node.kind(), Kind::KeywordArgument | Kind::ListSplat | Kind::DictionarySplat)
    };
    before.iter().all(is_plain).then(|| before[position])
}

/// What is between the brackets of `Path("...")`, or the node itself.
fn path_text(node: Node<'_>) -> Node<'_> {
    let inner = || {
        node.child(Field::Function).filter(|name| name.text().ends_with("Path"))?;
        let mut arguments = node.child(Field::Arguments)?.children();
        arguments.next().filter(|_| arguments.next().is_none())
    };
    inner().unwrap_or(node)
}
