//! Entry points of handlers, and attributes that hold the context between them.

use std::collections::BTreeMap;
use std::rc::Rc;

use contracts::path::FieldPath;
use facts::python::{
    Action, Effect, Function, Key, Parameter, ParameterKind, Place, Root, Written,
};
use settings::python::PythonSettings;
use text::name::Name;

use super::record::Folded;
use super::state::Path;
use super::{Folder, Outcome, Unit, whole_context};
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
    let entries: Vec<(FunctionRef, u32)> = ENTRY_POINTS
        .iter()
        .filter_map(|name| {
            let (_, function) = folder.lookup.method(class, Name::new(name), None)?;
            let parameter = context_parameter(folder, folder.function(function)?)?;
            Some((function, parameter))
        })
        .collect();
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
    let outermost: Vec<&Folded> = outermost.iter().map(|start| &*start.folded).collect();
    let returns = outermost.iter().any(|folded| folded.returns);
    either(&outermost).map(|summary| Outcome { summary, returns })
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
    Some(Outcome { summary: folded.summary(), returns: folded.returns })
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
        Written::Literal(value) if value.is_sentinel() => Bound::Placeholder,
        Written::Dict(names, false) if names.is_empty() => Bound::Placeholder,
        _ => Bound::Other,
    }
}

/// The part that a place is, if all its keys are written out.
fn static_path(place: &Place) -> Option<Path> {
    let mut names = Vec::with_capacity(place.keys.len());
    for key in place.keys.iter() {
        let Key::Text(text) = key else { return None };
        names.push(*text);
    }
    Some((!names.is_empty()).then(|| FieldPath::from_segments(names)))
}

/// The bindings of attributes of `self`.
fn bindings(effect: &Effect) -> impl Iterator<Item = (Name, &Written)> {
    effect.accesses().filter_map(|access| match (access.place.root, &access.action) {
        (Root::SelfAttribute(name), Action::Write(written)) if access.place.keys.is_empty() => {
            Some((name, written))
        }
        _ => None,
    })
}
