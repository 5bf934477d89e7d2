//! The handlers of one file: which classes they are, and which phases they name.

use facts::frameworks::Origin;
use facts::places::{Anchor, FileId, LocalAnchor};
use facts::python::{Class, Constant, ConstantCall, Function};
use text::name::Name;

use crate::code_contract::CodeContract;
use crate::drawn;
use crate::files::module_name;
use crate::handler::{ClassRef, Code, FunctionRef};
use crate::names::{Definition, Lookup};

mod naming;

pub use naming::phase_of_class;
use naming::whole_name;

/// Attributes that name a handler's phase.
const PHASE_ATTRIBUTES: [&str; 2] = ["phase", "phase_name"];

/// Attributes that name a handler's pipeline.
const PIPELINE_ATTRIBUTES: [&str; 2] = ["pipeline", "pipeline_id"];

/// The attribute that names the contract of a handler: its file, or the phase in it.
const CONTRACT_ATTRIBUTE: &str = "context_contract";

/// Decorators that name a handler's phase, by the last part of their name.
const PHASE_DECORATORS: [&str; 5] =
    ["phase", "phase_handler", "handles_phase", "register_handler", "register_phase"];

/// What discovery finds in one file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Discovered {
    /// The handlers defined there.
    pub handlers: Vec<FoundHandler>,
    /// The registrations of handlers made there, wherever those are defined.
    pub registrations: Vec<FoundRegistration>,
    /// The builders by which workflows are drawn there with a framework, by their index.
    pub drawings: Vec<u32>,
}

/// A handler.
#[derive(Clone, PartialEq, Debug)]
pub struct FoundHandler {
    /// Its class or function.
    pub code: Code,
    /// The class's or function's name.
    pub name: Name,
    /// The place of that name.
    pub at: Anchor,
    /// The phase that an attribute names.
    pub attribute: Option<NamedPhase>,
    /// The phases that decorators name.
    pub decorators: Vec<NamedPhase>,
    /// The phases that the name of the class or function may stand for, the likeliest first.
    pub by_name: Vec<Name>,
    /// Whether it leaves a method to classes that inherit from it, and so carries out nothing.
    pub is_abstract: bool,
    /// The pipelines that it belongs to by an attribute, or else by the settings.
    pub pipelines: Vec<Name>,
    /// The name of the contract's file, where its class names one.
    pub contract: Option<Name>,
    /// Whether its class declares what it takes from the context, or leaves in it.
    pub declares: bool,
}

impl FoundHandler {
    /// Whether an attribute or the settings say which contracts it belongs to.
    pub(crate) fn names_contracts(&self) -> bool {
        self.contract.is_some() || !self.pipelines.is_empty()
    }
}

/// A phase as code names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NamedPhase {
    /// Its name.
    pub name: Name,
    /// Where it is named.
    pub at: Anchor,
}

/// A registration of a handler.
#[derive(Clone, PartialEq, Debug)]
pub struct FoundRegistration {
    /// The phase; none where its name cannot be made out.
    pub phase: Option<Name>,
    /// The handler's class.
    pub class: ClassRef,
    /// Where the phase is named.
    pub at: Anchor,
    /// Registrations of one file with one number stand together.
    pub group: u32,
}

/// The handlers of a file, and the registrations in it.
#[must_use]
pub fn discover(lookup: &Lookup<'_>, file: FileId) -> Discovered {
    let Some(module) = lookup.module(file) else {
        return Discovered::default();
    };
    let facts = module.facts();
    let mut handlers = Vec::new();
    for (index, class) in (0..).zip(&facts.classes) {
        let reference = ClassRef { file, index };
        if lookup.is_handler(reference) {
            handlers.push(class_handler(lookup, reference, class));
        }
    }
    if may_have_function_handlers(lookup) {
        for (index, function) in (0..).zip(&facts.functions) {
            let reference = FunctionRef { file, index };
            handlers.extend(function_handler(lookup, reference, function));
        }
    }
    let registrations = facts.registrations.iter().filter_map(|registration| {
        let meaning = lookup.resolve(file, &registration.class);
        let Definition::Class(class) = meaning.definition else {
            return None;
        };
        (meaning.rest == 0 && lookup.is_handler(class)).then(|| FoundRegistration {
            phase: lookup.text_of(file, &registration.phase),
            class,
            at: Anchor { file, local: registration.at },
            group: registration.group,
        })
    });
    let drawings = (0..).zip(&facts.builders).filter(|(_, builder)| match &builder.origin {
        Origin::Made { class, .. } => drawn::framework_of(lookup, file, class).is_some(),
        _ => false,
    });
    Discovered {
        registrations: registrations.collect(),
        drawings: drawings.map(|(index, _)| index).collect(),
        handlers,
    }
}

fn class_handler<'a>(lookup: &Lookup<'a>, class: ClassRef, facts: &'a Class) -> FoundHandler {
    let pipelines = match text_attribute(lookup, class, &PIPELINE_ATTRIBUTES) {
        Some(named) => vec![named.name],
        None => pipelines_of_settings(lookup, class.file, facts.name),
    };
    // It names the contract's file, or the phase in it.
    let named = text_attribute(lookup, class, &[CONTRACT_ATTRIBUTE]);
    let phase = named.filter(|named| !is_file(named.name));
    FoundHandler {
        code: Code::Class(class),
        name: facts.name,
        at: Anchor { file: class.file, local: facts.at },
        attribute: text_attribute(lookup, class, &PHASE_ATTRIBUTES).or(phase),
        decorators: decorated(lookup, class.file, &facts.decorators, facts.at),
        is_abstract: lookup.is_abstract(class),
        by_name: phases_by_name(lookup, class, facts.name),
        contract: named.filter(|named| is_file(named.name)).map(|named| file_name(named.name)),
        declares: CodeContract::is_there(lookup, class),
        pipelines,
    }
}

/// A class that settings list itself keeps its whole name, as nothing says that its last word tells
/// it from no other; contracts that leave that word out are met all the same.
fn phases_by_name(lookup: &Lookup<'_>, class: ClassRef, name: Name) -> Vec<Name> {
    let shortened = phase_of_class(name, &lookup.settings.python.handler_bases);
    let whole = lookup.is_listed_base(class, name).then(|| whole_name(name));
    let mut phases: Vec<Name> = whole.into_iter().chain([shortened]).collect();
    phases.dedup();
    phases
}

/// Whether a contract is named by its file.
fn is_file(name: Name) -> bool {
    [".yaml", ".yml"].iter().any(|ending| name.as_str().ends_with(ending))
}

fn file_name(path: Name) -> Name {
    Name::new(path.as_str().rsplit('/').next().unwrap_or(""))
}

fn may_have_function_handlers(lookup: &Lookup<'_>) -> bool {
    let python = &lookup.settings.python;
    !python.handler_functions.is_empty() || !python.handler_decorators.is_empty()
}

/// A function is a handler only where the settings say so.
fn function_handler<'a>(
    lookup: &Lookup<'a>,
    reference: FunctionRef,
    function: &'a Function,
) -> Option<FoundHandler> {
    if function.class.is_some() || function.name != function.qualified {
        return None;
    }
    let listed = &lookup.settings.python.handler_functions;
    let is_handler = listed.iter().any(|pattern| pattern.value.matches(function.name.as_str()))
        || function.decorators.iter().any(|call| lookup.is_handler_decorator(&call.callee));
    if !is_handler {
        return None;
    }
    let file = reference.file;
    // Its name is part of what was asked, so that another index for it is seen.
    lookup.resolve(file, &[function.name]);
    Some(FoundHandler {
        code: Code::Function(reference),
        name: function.name,
        at: Anchor { file, local: function.at },
        attribute: None,
        decorators: decorated(lookup, file, &function.decorators, function.at),
        by_name: vec![function.name],
        contract: None,
        declares: false,
        is_abstract: false,
        pipelines: pipelines_of_settings(lookup, file, function.name),
    })
}

/// The first of these attributes that is a text.
fn text_attribute(lookup: &Lookup<'_>, class: ClassRef, names: &[&str]) -> Option<NamedPhase> {
    names.iter().find_map(|name| {
        let attribute = lookup.attribute(class, Name::new(name))?;
        let file = attribute.class.file;
        let name = lookup.text_of(file, attribute.value)?;
        let at = Anchor { file, local: attribute.at };
        (!name.as_str().is_empty()).then_some(NamedPhase { name, at })
    })
}

/// The phases that decorators name, at the name of what they decorate.
fn decorated<'a>(
    lookup: &Lookup<'a>,
    file: FileId,
    decorators: &'a [ConstantCall],
    at: LocalAnchor,
) -> Vec<NamedPhase> {
    decorators
        .iter()
        .filter(|call| {
            call.callee.last().is_some_and(|last| PHASE_DECORATORS.contains(&last.as_str()))
                || lookup.is_handler_decorator(&call.callee)
        })
        .filter_map(|call| {
            let name = lookup.text_of(file, phase_argument(call)?)?;
            Some(NamedPhase { name, at: Anchor { file, local: at } })
        })
        .collect()
}

fn phase_argument(call: &ConstantCall) -> Option<&Constant> {
    let keyword = |(name, _): &&(Name, Constant)| matches!(name.as_str(), "phase" | "phase_name");
    let named = call.keyword.iter().find(keyword).map(|(_, value)| value);
    named.or_else(|| call.positional.first())
}

/// The pipelines to which settings bind a handler: by its name, or else its module, or its folder.
fn pipelines_of_settings(lookup: &Lookup<'_>, file: FileId, name: Name) -> Vec<Name> {
    let pipelines = &lookup.settings.pipelines;
    if pipelines.is_empty() {
        return Vec::new();
    }
    let path = lookup.files.path(file);
    let module = module_name(path);
    let chosen = |fits: &dyn Fn(&settings::pipelines::PipelineSettings) -> bool| {
        let fitting = pipelines.iter().filter(|pipeline| fits(pipeline));
        fitting.map(|pipeline| Name::new(&pipeline.name.value)).collect::<Vec<Name>>()
    };
    let by_name = chosen(&|pipeline| pipeline.class_of(&module, name.as_str()).is_some());
    if !by_name.is_empty() {
        return by_name;
    }
    let by_module = chosen(&|pipeline| pipeline.module_of(&module).is_some());
    if !by_module.is_empty() {
        return by_module;
    }
    chosen(&|pipeline| pipeline.folder_of(path.as_str()).is_some())
}
