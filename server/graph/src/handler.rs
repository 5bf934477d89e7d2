//! Handlers: the code that carries out phases.

use facts::places::{Anchor, FileId};
use syntax::yaml::NodeId;
use text::name::Name;

use crate::binding::Seat;
use crate::code_contract::CodeContract;
use crate::discovery::FoundHandler;
use crate::drawn::{BuilderRef, Given};
use crate::fold::Outcome;
use crate::summary::Summary;

/// A class of the project: its file and its index among the file's classes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClassRef {
    /// The file.
    pub file: FileId,
    /// Index in [`facts::python::PythonFacts::classes`].
    pub index: u32,
}

/// A function of the project: its file and its index among the file's functions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FunctionRef {
    /// The file.
    pub file: FileId,
    /// Index in [`facts::python::PythonFacts::functions`].
    pub index: u32,
}

impl FunctionRef {
    /// The function that a place in code belongs to; none where it stands outside of functions.
    #[must_use]
    pub fn around(at: Anchor) -> Option<FunctionRef> {
        let index = at.local.unit.checked_sub(1)?;
        Some(FunctionRef { file: at.file, index })
    }
}

/// What may be a handler.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Code {
    /// A class with an entry point.
    Class(ClassRef),
    /// A function that is a handler by itself, as settings say.
    Function(FunctionRef),
}

impl Code {
    /// The file it stands in.
    #[must_use]
    pub fn file(self) -> FileId {
        match self {
            Code::Class(class) => class.file,
            Code::Function(function) => function.file,
        }
    }
}

/// A contract of the project: its file and its index among the file's contracts.
///
/// Where handlers alone declare a pipeline, the group of their registrations stands for the contract;
/// where code draws one with a framework, its builder.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ContractRef {
    /// The file.
    pub file: FileId,
    /// Index in [`facts::file::FileFacts::contracts`]; in a Python file, the number of the group, or
    /// that of the builder among those that are drawn with.
    pub index: u32,
}

/// Numbers from here on stand for builders.
const FIRST_BUILDER: u32 = 1 << 31;

impl ContractRef {
    /// What stands for the workflow that a builder draws.
    #[must_use]
    pub fn of_builder(builder: BuilderRef) -> ContractRef {
        ContractRef { file: builder.file, index: FIRST_BUILDER + builder.index }
    }

    /// The builder that it stands for, if it does.
    #[must_use]
    pub fn builder(self) -> Option<BuilderRef> {
        let index = self.index.checked_sub(FIRST_BUILDER)?;
        Some(BuilderRef { file: self.file, index })
    }

    /// The anchor of a node of the contract.
    #[must_use]
    pub fn anchor(self, node: NodeId) -> Anchor {
        Anchor { file: self.file, local: facts::file::anchor(node) }
    }
}

/// A handler bound to a phase of a pipeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Handler {
    /// Its class or function.
    pub code: Code,
    /// The class's or function's name.
    pub name: Name,
    /// The place of that name.
    pub at: Anchor,
    /// The phase it carries out.
    pub phase: Name,
    /// Where the phase is named: an attribute, a registration, a decorator, or the class's name.
    pub phase_at: Anchor,
    /// What it does with the context; none when it has no entry point that takes one.
    pub summary: Option<Summary>,
    /// What it declares of the context.
    pub declares: CodeContract,
    /// What its entry points give back, whatever becomes of that.
    pub returned: Given,
}

impl Handler {
    /// What was found, in its place in a pipeline.
    pub(crate) fn seated(
        found: &FoundHandler,
        seat: &Seat,
        outcome: Option<Outcome>,
        declares: CodeContract,
    ) -> Handler {
        let (summary, returned) = match outcome {
            Some(outcome) => (Some(outcome.summary), outcome.returned),
            None => (None, Given::default()),
        };
        Handler {
            code: found.code,
            name: found.name,
            at: found.at,
            phase: seat.phase,
            phase_at: seat.phase_at,
            summary,
            declares,
            returned,
        }
    }
}
