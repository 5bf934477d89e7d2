//! Entry points of handlers, and attributes that hold the context between them.

use std::collections::BTreeMap;
use std::rc::Rc;

use contracts::path::FieldPath;
use facts::python::{Function, Parameter, ParameterKind, Root, Written};
use settings::python::PythonSettings;
use text::name::Name;

use super::object::{bindings, is_placeholder, static_path};
use super::place::Roots;
use super::record::Folded;
use super::state::Path;
use super::walk::Walk;
use super::{Folder, Outcome, Unit, whole_context};
use crate::drawn::{self, Given};
use crate::handler::{ClassRef, Code, FunctionRef};
use crate::summary::Summary;

/// Methods by which a handler is started.
pub const ENTRY_POINTS: [&str; 5] = ["execute", "run", "handle", "process", "__call__"];

/// Names of parameters that carry the context.
const CONTEXT_PARAMETERS: [&str; 4] = ["context", "ctx", "state", "shared_context"];

/// Types of parameters that carry the context, by the last part of their name.
const CONTEXT_TYPES: [&str; 6] = [
    "Context",
    "ContextDict",
    "PhaseContext",
    "PipelineContext",
    "SharedContext",
    "WorkflowContext",
];

/// What a handler class does with the context.
pub(super) fn of_class(folder: &mut Folder<'_, '_>, class: ClassRef) -> Option<Outcome> {
    let (entries, order) = entries(folder, class);
    if entries.is_empty() {
        return None;
    }
    let attributes = attributes(folder, class);
    let mut starts = Vec::new();
    for (function, parameter) in entries {
        let roots = whole_context(parameter, &attributes);
        folder.entered.clear();
        let folded = folder.fold(&Unit { function, class: Some(class), roots });
        starts.push(Start { function, folded, entered: std::mem::take(&mut folder.entered) });
    }
    if order == Order::InTurn {
        return in_turn(folder, class, starts);
    }
    let outermost: Vec<&Start> = starts
        .iter()
        .enumerate()
        .filter(|(index, start)| {
            let mut others = starts.iter().enumerate().filter(|(other, _)| other != index);
            !others.any(|(other, one)| one.calls(start) && (other < *index || !start.calls(one)))
        })
        .map(|(_, start)| start)
        .collect();
    outermost.iter().for_each(|start| folder.note_start(Code::Class(class), start.function));
    let returned = returned(folder, class, &outermost);
    let outermost: Vec<&Folded> = outermost.iter().map(|start| &*start.folded).collect();
    let returns = outermost.iter().any(|folded| folded.returns);
    either(&outermost).map(|summary| Outcome { summary, returns, returned })
}

/// What entry points give back, all of them together.
fn returned(folder: &Folder<'_, '_>, class: ClassRef, starts: &[&Start]) -> Given {
    let mut all = Given::default();
    for start in starts {
        let one = drawn::returned(folder.lookup, start.function, Some(class));
        all.keys.extend(one.keys);
        all.open = all.open.or(one.open);
    }
    all
}

/// What comes of entry points that are all started, one after another.
fn in_turn(folder: &mut Folder<'_, '_>, class: ClassRef, starts: Vec<Start>) -> Option<Outcome> {
    starts.iter().for_each(|start| folder.note_start(Code::Class(class), start.function));
    let function = starts.first()?.function;
    let facts = folder.function(function)?;
    let returned = returned(folder, class, &starts.iter().collect::<Vec<_>>());
    let starts: Vec<Rc<Folded>> = starts.into_iter().map(|start| start.folded).collect();
    let unit = Unit { function, class: Some(class), roots: Roots::default() };
    let folded = Walk::new(folder, &unit, facts).in_turn(&starts);
    Some(Outcome { summary: folded.summary(), returns: folded.returns, returned })
}

/// How the entry points of one class are started.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// One of them is.
    One,
    /// All of them are, one after another.
    InTurn,
}

/// The entry points of a class with the parameters that carry the context: those that settings list,
/// or else those that are built in.
fn entries(folder: &Folder<'_, '_>, class: ClassRef) -> (Vec<(FunctionRef, u32)>, Order) {
    let entry = |name: &str| {
        let (_, function) = folder.lookup.method(class, Name::new(name), None)?;
        let parameter = context_parameter(folder, folder.function(function)?)?;
        Some((function, parameter))
    };
    let listed = &folder.lookup.settings.python.entry_points;
    let in_turn: Vec<(FunctionRef, u32)> =
        listed.iter().filter_map(|name| entry(&name.value)).collect();
    if in_turn.is_empty() {
        (ENTRY_POINTS.iter().filter_map(|name| entry(name)).collect(), Order::One)
    } else {
        (in_turn, Order::InTurn)
    }
}

/// Whether a handler has an entry point that takes the context.
pub(super) fn is_there(folder: &Folder<'_, '_>, code: Code) -> bool {
    match code {
        Code::Class(class) => !entries(folder, class).0.is_empty(),
        Code::Function(function) => folder
            .function(function)
            .is_some_and(|facts| context_parameter(folder, facts).is_some()),
    }
}

/// One entry point of a handler.
struct Start {
    function: FunctionRef,
    folded: Rc<Folded>,
    /// The functions that were gone through on the way.
    entered: Vec<FunctionRef>,
}

impl Start {
    /// Whether it calls the other, which is then not started by itself.
    fn calls(&self, other: &Start) -> bool {
        self.entered.contains(&other.function)
    }
}

/// What a function that is a handler by itself does with the context.
pub(super) fn of_function(folder: &mut Folder<'_, '_>, function: FunctionRef) -> Option<Outcome> {
    let facts = folder.function(function)?;
    let parameter = context_parameter(folder, facts)?;
    let roots = whole_context(parameter, &[]);
    folder.note_start(Code::Function(function), function);
    let folded = folder.fold(&Unit { function, class: None, roots });
    let returned = drawn::returned(folder.lookup, function, None);
    Some(Outcome { summary: folded.summary(), returns: folded.returns, returned })
}

/// The summary of something that is started in one of several ways.
fn either(ways: &[&Folded]) -> Option<Summary> {
    let (first, rest) = ways.split_first()?;
    let mut summary = first.summary();
    for way in rest {
        let other = way.summary();
        for write in &mut summary.writes {
            write.must &= other.writes.iter().any(|one| one.must && one.path == write.path);
        }
        let both: Vec<FieldPath> =
            summary.writes.iter().filter(|one| one.must).map(|one| one.path).collect();
        summary.writes.extend(other.writes.into_iter().map(|mut write| {
            write.must &= both.contains(&write.path);
            write
        }));
        for drop in &mut summary.drops {
            drop.must = false;
        }
        summary.drops.extend(other.drops.into_iter().map(|mut drop| {
            drop.must = false;
            drop
        }));
        summary.reads.extend(other.reads);
        summary.past.extend(other.past);
        summary.open_reads = summary.open_reads.or(other.open_reads);
        summary.open_writes = summary.open_writes.or(other.open_writes);
        summary.open_parts.extend(other.open_parts);
        summary.ensured.retain(|path| other.ensured.contains(path));
    }
    Some(summary)
}

/// The parameter of a function that carries the context: by its name, or else by its type.
fn context_parameter(folder: &Folder<'_, '_>, function: &Function) -> Option<u32> {
    let can_hold = |parameter: &Parameter| {
        matches!(parameter.kind, ParameterKind::Normal | ParameterKind::KeywordOnly)
    };
    let position = |fits: &dyn Fn(&Parameter) -> bool| {
        function.parameters.iter().position(|parameter| can_hold(parameter) && fits(parameter))
    };
    let python = &folder.lookup.settings.python;
    let index =
        position(&|parameter| is_context_name(python, parameter.name.as_str())).or_else(|| {
            position(&|parameter| {
                let last = parameter.annotation.as_ref().and_then(|dotted| dotted.last());
                last.is_some_and(|last| is_context_type(last.as_str()))
            })
        })?;
    u32::try_from(index).ok()
}

/// Whether a parameter of this name carries the context.
#[must_use]
pub fn is_context_name(python: &PythonSettings, name: &str) -> bool {
    CONTEXT_PARAMETERS.contains(&name)
        || python.context_parameters.iter().any(|listed| listed.value == name)
}

/// Whether a parameter whose type's last name is this carries the context.
#[must_use]
pub fn is_context_type(name: &str) -> bool {
    CONTEXT_TYPES.contains(&name)
}

/// The attributes of `self` that hold the context or a part of it, because some method binds them
/// to what it was handed as the context, and none to anything else.
fn attributes(folder: &Folder<'_, '_>, class: ClassRef) -> Vec<(Name, Path)> {
    let mut found: BTreeMap<Name, Option<Path>> = BTreeMap::new();
    let chain = folder.lookup.chain(class);
    for class in &chain.classes {
        let Some(facts) = folder.lookup.class(*class) else {
            continue;
        };
        for (_, index) in &facts.methods {
            let Ok(index) = u32::try_from(*index) else {
                continue;
            };
            let function = FunctionRef { file: class.file, index };
            let Some(function) = folder.function(function) else {
                continue;
            };
            let context = context_parameter(folder, function);
            for (name, written) in bindings(&function.effect) {
                note_binding(&mut found, name, bound_to(context, written));
            }
        }
    }
    found.into_iter().filter_map(|(name, path)| Some((name, path?))).collect()
}

/// What an attribute is bound to.
#[derive(Clone, Copy)]
enum Bound {
    /// The context, or a part of it.
    Part(Path),
    /// Nothing yet: a place holder for what is bound later.
    Placeholder,
    /// Something else.
    Other,
}

fn note_binding(found: &mut BTreeMap<Name, Option<Path>>, name: Name, bound: Bound) {
    match bound {
        Bound::Part(path) => {
            let known = found.entry(name).or_insert(Some(path));
            if *known != Some(path) {
                *known = None;
            }
        }
        Bound::Placeholder => {}
        Bound::Other => {
            found.insert(name, None);
        }
    }
}

/// What an attribute is bound to, where this parameter carries the context.
fn bound_to(context: Option<u32>, written: &Written) -> Bound {
    match written {
        Written::Copied(place) => match (place.root, context) {
            (Root::Parameter(parameter), Some(context)) if parameter == context => {
                static_path(place).map_or(Bound::Other, Bound::Part)
            }
            // `self.context = self.context` and the like say nothing new.
            (Root::SelfAttribute(_), _) => Bound::Placeholder,
            _ => Bound::Other,
        },
        written if is_placeholder(written) => Bound::Placeholder,
        _ => Bound::Other,
    }
}
