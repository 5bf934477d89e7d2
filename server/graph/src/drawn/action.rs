//! What stands for a node or a router, to the code that runs.

use facts::frameworks::{Action, Framework, Origin};
use facts::places::FileId;
use facts::python::{Constant, Function, ParameterKind, PythonFacts, Root, Written};
use text::name::Name;

use super::{BuilderRef, Seen};
use crate::handler::{ClassRef, FunctionRef};
use crate::keys::Key;
use crate::names::{Definition, Lookup};

/// How deep actions are followed.
const DEEPEST: usize = 12;

/// What runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Runs {
    /// A function of the project.
    Code(NodeCode),
    /// Another workflow that is drawn.
    Workflow(BuilderRef),
    /// An object of a package whose keys, if it has any, are those of every workflow.
    Prebuilt(Name),
    /// It cannot be seen.
    Unknown,
}

/// A function as a node runs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NodeCode {
    /// The function.
    pub function: FunctionRef,
    /// The class that `self` is of.
    pub class: Option<ClassRef>,
    /// The index of the parameter that takes the state; none where it takes nothing.
    pub state: Option<u32>,
}

/// What an action was found to be, before anybody calls it.
#[derive(Clone, Copy, Debug)]
enum Found {
    /// A function, with so many of its arguments given.
    Function {
        function: FunctionRef,
        class: Option<ClassRef>,
        given: u32,
    },
    Class(ClassRef),
    /// An object of a class.
    Instance(ClassRef),
    Workflow(BuilderRef),
    Outside(Name),
    Unknown,
}

/// What runs where a node or a router is given as `action`.
pub(super) fn runs(lookup: &Lookup<'_>, framework: Framework, seen: Seen, action: &Action) -> Runs {
    match found(lookup, seen, action, DEEPEST) {
        Found::Function { function, class, given } => code(lookup, function, class, given),
        Found::Instance(class) => match lookup.method(class, Name::new("__call__"), None) {
            Some((_, function)) => code(lookup, function, Some(class), 0),
            None => Runs::Unknown,
        },
        Found::Workflow(builder) => Runs::Workflow(builder),
        Found::Outside(name) if framework.adds_no_key(name.as_str()) => Runs::Prebuilt(name),
        Found::Class(_) | Found::Outside(_) | Found::Unknown => Runs::Unknown,
    }
}

/// What a call calls, as a node's code would run it.
pub(super) fn callee(lookup: &Lookup<'_>, seen: Seen, action: &Action) -> Option<NodeCode> {
    match found(lookup, seen, action, DEEPEST) {
        Found::Function { function, class, given } => match code(lookup, function, class, given) {
            Runs::Code(code) => Some(code),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an action is code of another project, which knows nothing of this one's nodes.
pub(super) fn is_outside(lookup: &Lookup<'_>, seen: Seen, action: &Action) -> bool {
    matches!(found(lookup, seen, action, DEEPEST), Found::Outside(_))
}

/// The function that an action is, if it is one of the project's.
pub(super) fn function(
    lookup: &Lookup<'_>,
    seen: Seen,
    action: &Action,
) -> Option<(FunctionRef, u32)> {
    match found(lookup, seen, action, DEEPEST) {
        Found::Function { function, class, given } => {
            let facts = lookup.function(function)?;
            Some((function, given + own_parameters(facts, class)))
        }
        _ => None,
    }
}

fn code(lookup: &Lookup<'_>, function: FunctionRef, class: Option<ClassRef>, given: u32) -> Runs {
    let Some(facts) = lookup.function(function) else { return Runs::Unknown };
    let first = given + own_parameters(facts, class);
    let parameter = facts.parameters.get(first as usize);
    let takes = parameter.is_some_and(|parameter| parameter.kind == ParameterKind::Normal);
    Runs::Code(NodeCode { function, class, state: takes.then_some(first) })
}

/// How many parameters take the object that a method is called on.
fn own_parameters(function: &Function, class: Option<ClassRef>) -> u32 {
    let is_static = function
        .decorators
        .iter()
        .any(|call| call.callee.last().is_some_and(|name| name.as_str() == "staticmethod"));
    u32::from(class.is_some() && function.class.is_some() && !is_static)
}

fn found(lookup: &Lookup<'_>, seen: Seen, action: &Action, depth: usize) -> Found {
    if depth == 0 {
        return Found::Unknown;
    }
    match action {
        Action::Function(index) => {
            let function = FunctionRef { file: seen.file, index: *index };
            Found::Function { function, class: None, given: 0 }
        }
        Action::Name(dotted) => named(lookup, seen.file, dotted, depth - 1),
        Action::SelfMethod(name) => match seen.class {
            Some(class) => match method(lookup, class, *name) {
                Found::Unknown => kept(lookup, class, *name, depth - 1),
                method => method,
            },
            None => Found::Unknown,
        },
        Action::Made(maker) => {
            let maker = found(lookup, seen, maker, depth - 1);
            made(lookup, maker)
        }
        Action::Method(object, name) => match found(lookup, seen, object, depth - 1) {
            Found::Instance(class) | Found::Class(class) => method(lookup, class, *name),
            // A method of what a package makes is the package's.
            Found::Outside(outside) => Found::Outside(outside),
            _ => Found::Unknown,
        },
        Action::Partial(inner, more) => match found(lookup, seen, inner, depth - 1) {
            Found::Function { function, class, given } => {
                Found::Function { function, class, given: given + more }
            }
            _ => Found::Unknown,
        },
        Action::Workflow(position) => {
            let builders = builders_of(lookup, seen.file, seen.function);
            let builder = builders.into_iter().nth(*position as usize);
            builder.map_or(Found::Unknown, Found::Workflow)
        }
        Action::Unknown => Found::Unknown,
    }
}

fn method(lookup: &Lookup<'_>, class: ClassRef, name: Name) -> Found {
    match lookup.method(class, name, None) {
        Some((_, function)) => Found::Function { function, class: Some(class), given: 0 },
        None => Found::Unknown,
    }
}

/// What an attribute of `self` holds: what the one assignment to it makes, or takes from a parameter
/// whose type is a class.
fn kept(lookup: &Lookup<'_>, class: ClassRef, name: Name, depth: usize) -> Found {
    let mut found = None;
    for class in &lookup.chain(class).classes {
        let methods = lookup.class(*class).map_or(&[][..], |facts| &facts.methods);
        for index in methods.iter().filter_map(|(_, index)| u32::try_from(*index).ok()) {
            let function = FunctionRef { file: class.file, index };
            let Some(facts) = lookup.function(function) else { continue };
            for access in facts.effect.accesses() {
                let is_it =
                    access.place.root == Root::SelfAttribute(name) && access.place.keys.is_empty();
                let Some(written) = written(&access.action).filter(|_| is_it) else { continue };
                if found.is_some() {
                    return Found::Unknown;
                }
                found = Some(held(lookup, class.file, facts, written, depth));
            }
        }
    }
    found.unwrap_or(Found::Unknown)
}

fn written(action: &facts::python::Action) -> Option<&Written> {
    match action {
        facts::python::Action::Write(written) => Some(written),
        _ => None,
    }
}

fn held(
    lookup: &Lookup<'_>,
    file: FileId,
    function: &Function,
    written: &Written,
    depth: usize,
) -> Found {
    match written {
        Written::Called(maker) | Written::CalledWith(maker, _) if depth > 0 => {
            let maker = named(lookup, file, maker, depth - 1);
            made(lookup, maker)
        }
        Written::Copied(place) => {
            let Root::Parameter(parameter) = place.root else { return Found::Unknown };
            let parameter = function.parameters.get(parameter as usize);
            let annotation = parameter.and_then(|parameter| parameter.annotation);
            match annotation.filter(|_| place.keys.is_empty()) {
                Some(class) => made(lookup, named(lookup, file, &class, depth)),
                None => Found::Unknown,
            }
        }
        _ => Found::Unknown,
    }
}

fn named(lookup: &Lookup<'_>, file: FileId, dotted: &[Name], depth: usize) -> Found {
    let meaning = lookup.resolve(file, dotted);
    match (meaning.definition, meaning.rest) {
        (Definition::Function(function), 0) => Found::Function { function, class: None, given: 0 },
        (Definition::Class(class), 0) => Found::Class(class),
        (Definition::Outside(name), _) => Found::Outside(name),
        (Definition::Constant(file, index), rest) => {
            let found = constant(lookup, file, index, depth);
            match (found, rest, dotted.last()) {
                (found, 0, _) => found,
                (Found::Instance(class), 1, Some(name)) => method(lookup, class, *name),
                (Found::Outside(name), 1, _) => Found::Outside(name),
                _ => Found::Unknown,
            }
        }
        _ => Found::Unknown,
    }
}

/// What a module-level name holds: what a call made, or a workflow.
fn constant(lookup: &Lookup<'_>, file: FileId, index: u32, depth: usize) -> Found {
    let Some(module) = lookup.module(file) else { return Found::Unknown };
    let name = module.facts().constants.get(index as usize).map(|(name, _)| *name);
    let holds = |builder: &facts::frameworks::Builder| {
        name.is_some_and(|name| builder.names.contains(&name))
    };
    if let Some(at) = module.facts().builders.iter().position(holds) {
        lookup.ask(Key::Builders(file));
        return Found::Workflow(BuilderRef { file, index: u32::try_from(at).unwrap_or(u32::MAX) });
    }
    match module.constant(index) {
        Some(Constant::Call(call)) if depth > 0 => {
            let maker = named(lookup, file, &call.callee, depth - 1);
            made(lookup, maker)
        }
        _ => Found::Unknown,
    }
}

/// What a call of something gives.
fn made(lookup: &Lookup<'_>, maker: Found) -> Found {
    match maker {
        Found::Class(class) => Found::Instance(class),
        Found::Outside(name) => Found::Outside(name),
        Found::Function { function, .. } => {
            let Some(facts) = lookup.function(function) else { return Found::Unknown };
            if let Some(closure) = facts.makes {
                let inner = FunctionRef { file: function.file, index: closure.function };
                return Found::Function { function: inner, class: None, given: closure.given };
            }
            let mut builders = builders_of(lookup, function.file, Some(function)).into_iter();
            let returned = builders.find(|builder| {
                let facts = lookup.module(builder.file).map(|module| module.facts());
                let builder = facts.and_then(|facts| facts.builders.get(builder.index as usize));
                builder.is_some_and(|builder| builder.is_returned)
            });
            returned.map_or(Found::Unknown, Found::Workflow)
        }
        _ => Found::Unknown,
    }
}

/// The builders that a function, or the module's own code, makes or is handed.
pub(super) fn builders_of(
    lookup: &Lookup<'_>,
    file: FileId,
    function: Option<FunctionRef>,
) -> Vec<BuilderRef> {
    lookup.ask(Key::Builders(file));
    let Some(module) = lookup.module(file) else { return Vec::new() };
    let facts: &PythonFacts = module.facts();
    let own = |index: usize| BuilderRef { file, index: u32::try_from(index).unwrap_or(u32::MAX) };
    facts
        .builders
        .iter()
        .enumerate()
        .filter(|(_, builder)| builder.function == function.map(|function| function.index))
        .map(|(index, _)| own(index))
        .collect()
}

/// Whether the builder comes by the parameter of this index.
pub(super) fn is_parameter(origin: &Origin, index: u32) -> bool {
    matches!(origin, Origin::Parameter(parameter) if *parameter == index)
}
