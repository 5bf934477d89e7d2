//! Handlers that carry out one workflow together, whether a contract speaks of them or not.

use facts::places::Anchor;
use text::name::Name;

use crate::code_contract::CodeContract;
use crate::discovery::NamedPhase;
use crate::fold::Outcome;
use crate::handler::Code;

/// Handlers that belong together by an id or a registration, or else by their folder.
#[derive(Clone, PartialEq, Debug)]
pub struct Workflow {
    /// The pipeline's id, if an attribute or the settings give one.
    pub id: Option<Name>,
    /// The handlers with their phases, by path and by their order in the file.
    pub members: Vec<Member>,
}

/// A handler in a workflow, with one of its phases.
#[derive(Clone, PartialEq, Debug)]
pub struct Member {
    /// Its class or function.
    pub code: Code,
    /// The class's or function's name.
    pub name: Name,
    /// The place of that name.
    pub at: Anchor,
    /// The path of its file.
    pub path: Name,
    /// The phase, and where it is named.
    pub phase: NamedPhase,
    /// Where it is registered; none where it is registered nowhere.
    pub registered: Option<Registered>,
}

/// A registration. Those of one file are in the order in which they stand there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Registered {
    /// The path of its file.
    pub path: Name,
    /// Its number in the file.
    pub index: usize,
    /// The place of the phase in it.
    pub at: Anchor,
}

/// What a handler does and declares.
#[derive(Clone, PartialEq, Debug)]
pub struct Work {
    /// What it does with the context; none when it has no entry point that takes one.
    pub outcome: Option<Outcome>,
    /// What it declares of the context.
    pub declares: CodeContract,
}
